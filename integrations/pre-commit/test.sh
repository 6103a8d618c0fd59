#!/usr/bin/env bash
# Runs the hooks by the real pre-commit on a scratch repository: a blocked plan fails the commit, a clean
# one passes. Needs `pre-commit` (PyPI), `git` and `plangate` on the path.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/../expect.sh"

# pre-commit clones hooks from a git repository: one that holds nothing but the definition.
hooks="$scratch/hooks"
mkdir -p "$hooks"
cp "$here/../../.pre-commit-hooks.yaml" "$hooks/"
cd "$hooks"
git init --quiet
git add .
git commit --quiet --message hooks

say "the definition of the hooks is valid"
expect 0 pre-commit validate-manifest .pre-commit-hooks.yaml

feature="$scratch/project/specs/001-voting"
mkdir -p "$feature" "$scratch/project/.specify/memory" "$scratch/project/specs/000-old"
cd "$scratch/project"
git init --quiet
cp "$here/../fixture/constitution.md" .specify/memory/
cp "$here/../fixture/plan.md" "$feature/"
printf '# Feature Specification: Voting\n' >"$feature/spec.md"
printf '# Implementation Plan: Old\n' >specs/000-old/plan.md
git add specs/000-old .specify
git commit --quiet --message "a plan that nobody touches now"
cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: $hooks
    rev: $(git -C "$hooks" rev-parse HEAD)
    hooks:
      - id: plangate
CONFIG
expect 0 pre-commit validate-config
quietly pre-commit install
git add .

say "a clean plan passes"
expect 0 pre-commit run
contains "Passed"
expect 0 git commit --message "a clean plan"

say "a blocked plan fails the commit"
sed -i 's/| II. Test First | ✅ PASS/| II. Test First | ❌ FAIL/' "$feature/plan.md"
git add .
expect 1 pre-commit run
contains "Failed"
contains "PLN106"
lacks "000-old"
expect 1 git commit --message "a blocked plan"
git checkout --quiet HEAD -- specs

say "a document beside the plan is held against it"
printf -- '- [ ] T001 Implement the count in lunch/count.py\n- [ ] T002 Write the test of it in tests/test_count.py\n' >"$feature/tasks.md"
printf '        args: [--fail-on=warning]\n' >>.pre-commit-config.yaml
git add .
expect 1 pre-commit run
contains "specs/001-voting/tasks.md"

say "a feature without a plan is none to hold"
git reset --quiet --hard
mkdir specs/002-rooms
printf '# Feature Specification: Rooms\n' >specs/002-rooms/spec.md
git add .
expect 0 pre-commit run
contains "Passed"

say "what is no document of a feature is left alone"
git reset --quiet --hard
printf 'x\n' >notes.md
git add .
expect 0 pre-commit run
contains "Skipped"

say "every plan is held by plangate-all"
sed -i 's/id: plangate$/id: plangate-all/' .pre-commit-config.yaml
git add .
expect 1 pre-commit run --all-files
contains "000-old"
passed
