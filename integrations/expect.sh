# What the tests of the integrations share; sourced by each of them. Everything is made below `$scratch`,
# which is removed at the end.

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
output="$scratch/output"
export HOME="$scratch/home" GIT_CONFIG_GLOBAL="$scratch/gitconfig"
mkdir -p "$HOME"
git config --global user.name test
git config --global user.email test@example.com
git config --global init.defaultBranch main

say() { printf -- '- %s\n' "$*"; }

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    if [[ -s "$output" ]]; then cat "$output" >&2; fi
    exit 1
}

# Runs a command that has to succeed, without its output.
quietly() { "$@" >"$output" 2>&1 </dev/null || fail "exit code $? of: $*"; }

# Runs a command that has to end with this exit code, and keeps its output for `contains`.
expect() {
    local expected="$1" code=0
    shift
    "$@" >"$output" 2>&1 </dev/null || code=$?
    [[ "$code" == "$expected" ]] || fail "exit code $code instead of $expected of: $*"
}

contains() { grep -qF -- "$1" "$output" || fail "the output does not contain: $1"; }
lacks() { ! grep -qF -- "$1" "$output" || fail "the output contains: $1"; }
contains_file() { grep -qF -- "$2" "$1" || fail "$1 does not contain: $2"; }
lacks_file() { ! grep -qF -- "$2" "$1" || fail "$1 contains: $2"; }
passed() { printf "passed: %s\n" "$(basename "$here")"; }
