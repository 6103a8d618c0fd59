#!/usr/bin/env bash
# Runs the tests of all integrations with their real counterparts, which come from PyPI into a virtual
# environment of its own (VENV keeps it for the next run). `plangate` is built first, unless PLANGATE names
# a binary. Not part of `cargo test`, which needs no network.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

if [[ -z "${PLANGATE:-}" ]]; then
    cargo build --manifest-path "$here/../Cargo.toml" --package plangate
    target="$(cargo metadata --manifest-path "$here/../Cargo.toml" --no-deps --format-version 1 | python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')"
    PLANGATE="$target/debug/plangate"
fi
export PLANGATE

venv="${VENV:-$(mktemp -d)}"
if [[ -z "${VENV:-}" ]]; then trap 'rm -rf "$venv"' EXIT; fi
if [[ ! -x "$venv/bin/pre-commit" ]]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi
mkdir -p "$venv/plangate"
ln -sf "$PLANGATE" "$venv/plangate/plangate"
export PATH="$venv/plangate:$venv/bin:$PATH"

failed=0
for test in "$here"/*/test.sh; do
    printf '== %s\n' "$(basename "$(dirname "$test")")"
    bash "$test" || failed=$((failed + 1))
done
if [[ "$failed" != 0 ]]; then
    printf '%s of the integrations failed\n' "$failed" >&2
    exit 1
fi
