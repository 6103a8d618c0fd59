#!/usr/bin/env bash
# Runs plangate and linters of Markdown on the same generated plans, and prints the tables of
# the README. Needs bash, cargo and python3; a linter that can't be installed is left out with a word.
#
#   benches/compare.sh                    everything: an hour and 3 GB of disk, most of it for the linters
#   benches/compare.sh --without-peers    plangate's own targets
#   ROUNDS=9 benches/compare.sh           runs of each command whose median counts; 5 where nothing is said
#
# Nothing else may run meanwhile, else times mean little. The linters are installed below the build
# folder and stay there for the next time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

note() {
    printf 'compare.sh: %s\n' "$*" >&2
}

note "building plangate"
cargo build --quiet --profile bench --package plangate --package plangate-benches --bins
target="$(cargo metadata --format-version 1 --no-deps |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')"
peers="$target/compare"
mkdir -p "$peers"

# An installation that fails is told, and its tool is then missing below.
install() {
    local tool=$1 program=$2
    shift 2
    if [[ ! -e "$program" ]]; then
        note "installing $tool"
        "$@" >"$peers/$tool.log" 2>&1 || note "$tool is left out: it can't be installed, see $peers/$tool.log"
    fi
}

from_pypi() {
    python3 -m venv "$peers/python" && "$peers/python/bin/pip" install --quiet "$1"
}

from_npm() {
    npm install --prefix "$peers/npm" --no-audit --no-fund "$@"
}

if [[ "${1:-}" != --without-peers ]]; then
    install rumdl "$peers/python/bin/rumdl" from_pypi rumdl
    install mdbook-lint "$peers/bin/mdbook-lint" cargo install --root "$peers" --locked mdbook-lint
    install quickmark "$peers/bin/qmark" cargo install --root "$peers" --locked quickmark-cli
    install markdownlint-cli2 "$peers/npm/node_modules/.bin/markdownlint-cli2" from_npm markdownlint-cli2
    install remark "$peers/npm/node_modules/.bin/remark" from_npm remark-cli remark-preset-lint-recommended
fi

data="$(mktemp -d)"
trap 'rm -rf "$data"' EXIT
note "generating features"
"$target/release/plangate-benches" generate "$data/one-plan" 1
"$target/release/plangate-benches" generate "$data/plans" 1000
"$target/release/plangate-benches" generate "$data/features" 1000 --whole
"$target/release/plangate-benches" generate "$data/many-plans" 10000
"$target/release/plangate-benches" generate "$data/many-features" 10000 --whole
python3 benches/compare.py "$target/release" "$peers" "$data" "${ROUNDS:-5}"
