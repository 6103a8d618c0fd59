#!/usr/bin/env bash
# Holds the action and the example workflow against their schemas and actionlint, and runs the action's own
# steps. Needs `actionlint` and `check-jsonschema` (PyPI), python3 and `plangate` on the path.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/../expect.sh"

say "the action and the workflow fit their schemas, and actionlint finds nothing"
expect 0 check-jsonschema --builtin-schema vendor.github-actions "$here/../../action.yml"
expect 0 check-jsonschema --builtin-schema vendor.github-workflows "$here/workflow.yml"
expect 0 actionlint -color=false "$here/workflow.yml"

# The script of the step with this name.
step() {
    python3 - "$here/../../action.yml" "$1" <<'PYTHON'
import sys
from ruamel.yaml import YAML

action = YAML(typ="safe").load(open(sys.argv[1], encoding="utf-8"))
print(next(step["run"] for step in action["runs"]["steps"] if step["name"] == sys.argv[2]))
PYTHON
}
step "Check the plans" >"$scratch/check.sh"
step "Hold the gate" >"$scratch/hold.sh"
step "Install plangate" >"$scratch/install.sh"

mkdir -p "$scratch/project/specs/001-voting" "$scratch/project/.specify/memory"
cd "$scratch/project"
cp "$here/../fixture/constitution.md" .specify/memory/
cp "$here/../fixture/plan.md" specs/001-voting/
printf '# Feature Specification: Voting\n' >specs/001-voting/spec.md
export RUNNER_TEMP="$scratch" GITHUB_STEP_SUMMARY="$scratch/summary.md" GITHUB_OUTPUT="$scratch/outputs"
export PLAN_PATH=. ARGUMENTS=""

say "a plangate on the path is not installed again"
SOURCE="$scratch/nowhere" expect 0 bash -eo pipefail "$scratch/install.sh"

say "a clean plan holds"
expect 0 bash -eo pipefail "$scratch/check.sh"
contains_file "$GITHUB_OUTPUT" "exit-code=0"
contains_file "$GITHUB_OUTPUT" "sarif=$scratch/plangate.sarif"
CODE=0 expect 0 bash -eo pipefail "$scratch/hold.sh"

say "a blocked plan is annotated, summed up, and fails the job at the end"
sed -i 's/| II. Test First | ✅ PASS/| II. Test First | ❌ FAIL/' specs/001-voting/plan.md
: >"$GITHUB_OUTPUT"
expect 0 bash -eo pipefail "$scratch/check.sh"
contains "::error "
contains_file "$GITHUB_OUTPUT" "exit-code=1"
contains_file "$GITHUB_STEP_SUMMARY" "PLN106"
contains_file "$scratch/plangate.sarif" '"2.1.0"'
CODE=1 expect 1 bash -eo pipefail "$scratch/hold.sh"

say "arguments are handed on"
: >"$GITHUB_OUTPUT"
ARGUMENTS="--fail-on never" expect 0 bash -eo pipefail "$scratch/check.sh"
contains_file "$GITHUB_OUTPUT" "exit-code=0"
passed
