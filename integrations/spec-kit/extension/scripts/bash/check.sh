#!/usr/bin/env bash
# Examines the plan of the current Spec Kit feature. Arguments are handed to `plangate check`; the exit
# code is plangate's.
set -euo pipefail

root="$PWD"
while [[ ! -d "$root/.specify" && "$root" != / ]]; do root="$(dirname "$root")"; done
if [[ ! -d "$root/.specify" ]]; then
    echo "error: there is no .specify folder here or above; run this in a Spec Kit project" >&2
    exit 2
fi
cd "$root"

if ! command -v plangate >/dev/null; then
    echo "error: plangate is not on the path; install it, and run this again" >&2
    exit 2
fi

feature="${SPECIFY_FEATURE_DIRECTORY:-}"
if [[ -z "$feature" && -f .specify/feature.json ]]; then
    feature="$(tr -d '\n' <.specify/feature.json | sed -n 's/.*"feature_directory"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p')"
fi
if [[ -z "$feature" ]]; then
    echo "error: no feature is chosen: .specify/feature.json names none, and SPECIFY_FEATURE_DIRECTORY is not set" >&2
    exit 2
fi
exec plangate check "$@" -- "$feature"
