#!/usr/bin/env bash
# Holds the job against GitLab's schema, and runs its script. Needs `check-jsonschema` (PyPI), python3 and
# `plangate` on the path.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/../expect.sh"

say "the job fits GitLab's schema"
expect 0 check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci "$here/plangate.gitlab-ci.yml"

python3 - "$here/plangate.gitlab-ci.yml" >"$scratch/job.sh" <<'PYTHON'
import sys
from ruamel.yaml import YAML

print("\n".join(YAML(typ="safe").load(open(sys.argv[1], encoding="utf-8"))["plangate"]["script"]))
PYTHON

mkdir -p "$scratch/project/specs/001-voting" "$scratch/project/specs/000-old" "$scratch/project/.specify/memory"
cd "$scratch/project"
git init --quiet
cp "$here/../fixture/constitution.md" .specify/memory/
cp "$here/../fixture/plan.md" specs/001-voting/
printf '# Feature Specification: Voting\n' >specs/001-voting/spec.md
printf '# Implementation Plan: Old\n' >specs/000-old/plan.md
git add .
git commit --quiet --message "what the target branch holds"

say "all plans are held on the default branch"
expect 1 bash -eo pipefail "$scratch/job.sh"
contains_file gl-code-quality-report.json "000-old"
contains_file plangate.junit.xml "000-old"

say "a merge request is held by the plans that it touches"
export PLANGATE_SCOPE="--changed-since main --config-from main"
printf '\nA note.\n' >>specs/001-voting/plan.md
expect 0 bash -eo pipefail "$scratch/job.sh"
sed -i 's/| II. Test First | ✅ PASS/| II. Test First | ❌ FAIL/' specs/001-voting/plan.md
expect 1 bash -eo pipefail "$scratch/job.sh"
contains_file gl-code-quality-report.json "001-voting"
lacks_file gl-code-quality-report.json "000-old"
passed
