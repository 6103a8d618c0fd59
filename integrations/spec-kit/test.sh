#!/usr/bin/env bash
# Installs the extension, the overlay and the preset with the real `specify` into a new project, lets the
# workflow run with a stand-in for the agent, and looks at what becomes of a blocked and of a clean plan.
# Needs `specify` (PyPI: specify-cli) and `plangate` on the path.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/../expect.sh"

project="$scratch/project"
mkdir -p "$project" "$scratch/bin"
cd "$project"
git init --quiet
quietly specify init --here --force --non-interactive --integration claude --script sh --ignore-agent-tools
cp "$here/../fixture/constitution.md" .specify/memory/constitution.md

say "the extension, the overlay and the preset are installed"
quietly specify extension add --dev "$here/extension"
quietly specify workflow overlay add "$here/overlay.yml"
quietly specify preset add --dev "$here/preset"
expect 0 specify extension list
contains "plangate"
contains_file .specify/extensions.yml "command: speckit.plangate.check"
expect 0 specify workflow resolve speckit
contains "plangate: project:plangate"
expect 0 specify preset resolve plan-template
contains "plangate"

# The agent: it makes a feature, and a plan by the script that /speckit.plan runs. What stands in the
# plan afterwards is the test's.
cat >"$scratch/bin/claude" <<'AGENT'
#!/usr/bin/env bash
set -euo pipefail
case "$*" in
*speckit-specify*)
    mkdir -p specs/001-voting
    printf '# Feature Specification: Voting\n' >specs/001-voting/spec.md
    printf '{"feature_directory": "specs/001-voting"}\n' >.specify/feature.json
    ;;
*speckit-plan*)
    .specify/scripts/bash/setup-plan.sh --json
    if [[ -n "${PLAN:-}" ]]; then cp "$PLAN" specs/001-voting/plan.md; fi
    ;;
esac
echo "$*" >>"$AGENT_LOG"
AGENT
chmod +x "$scratch/bin/claude"
export PATH="$scratch/bin:$PATH" AGENT_LOG="$scratch/agent.log"

# Nobody is there to review; the gates of the workflow itself are left out.
cat >"$scratch/unattended.yml" <<'OVERLAY'
id: unattended
extends: speckit
edits:
  - remove: review-spec
  - remove: review-plan
OVERLAY
quietly specify workflow overlay add "$scratch/unattended.yml"

say "a plan that is still the template fails the run, and no tasks are derived"
: >"$AGENT_LOG"
expect 1 specify workflow run speckit --input spec=voting
contains "plangate"
contains_file specs/001-voting/plan.md "## Constitution Check"
lacks_file "$AGENT_LOG" "speckit-tasks"
expect 1 .specify/extensions/plangate/scripts/bash/check.sh --output-format concise
contains "PLN008"

say "a plan whose gate holds lets the run go on"
rm -rf specs .specify/feature.json
: >"$AGENT_LOG"
PLAN="$here/../fixture/plan.md" expect 0 specify workflow run speckit --input spec=voting
contains_file "$AGENT_LOG" "speckit-tasks"
expect 0 .specify/extensions/plangate/scripts/bash/check.sh

say "the script says what it misses"
mv .specify/feature.json "$scratch/"
expect 2 .specify/extensions/plangate/scripts/bash/check.sh
contains "no feature is chosen"
SPECIFY_FEATURE_DIRECTORY=specs/001-voting expect 0 .specify/extensions/plangate/scripts/bash/check.sh
passed
