#!/usr/bin/env bash
# Measures what hostile documents cost: fuzz/hostile.sh PLANGATE [DOCUMENT [BYTES]]
#
# Fills one document of a feature, plan.md unless another is named, with so many bytes, nearly 2 MiB unless said, of one
# pattern after the other, and prints CPU seconds and memory of a check of it. Exits with 1 where one takes more than
# 2 s or 200 MiB.
set -euo pipefail

plangate=$(realpath "${1:?name the binary}")
document=${2:-plan.md}
bytes=${3:-2000000}
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
feature=$here/specs/001-voting
mkdir -p "$feature/contracts" "$here/.specify/memory" "$here/.specify/templates"
printf '# Implementation Plan: Voting\n\n## Constitution Check\n\n**I. Fair Counting** ✅\n' >"$feature/plan.md"
printf '# Constitution\n\n## Core Principles\n\n### I. Fair Counting\n\nEvery guest MUST count once.\n' \
    >"$here/.specify/memory/constitution.md"
case $document in
constitution.md) path=$here/.specify/memory/$document ;;
plan-template.md) path=$here/.specify/templates/$document ;;
*) path=$feature/$document ;;
esac

patterns=(
    '>' '> ' '>\n' '[' '[a](' '[a](b.md) ' '![' '[a]: b\n' '*' '* ' '**a' '**A**: b\n' '_' '|' '|\n' '| a | b | c |\n'
    '| I. A | ✅ PASS | b |\n' '`' '`a' '``a` ' '```\n' '```text\nsrc/\n' '├── a/\n' '<' '<!--' '<!-- a -->\n'
    '<!-- plangate-ignore PLN201: x -->\n' '<!-- plangate-ignore PLN303: x -->\n[a](b.md)\n'
    'a <!-- plangate-ignore PLN303: x --> [a](b.md) ' '- ' '- a\n' '1. ' '- Is it? **YES** - b\n' '- [ ] T001 [P] [US1] Write tests/a.rs\n'
    '#' '## A\n' '### I. A ✅\n\n' '## Constitution Check\n\n' '## Summary\n\n' '### User Story 1 - Vote (Priority: P1)\n\n'
    '- **FR-001**: System MUST x\n' '**Given** a, **When** b, **Then** c\n' '[NEEDS CLARIFICATION: x] ' '[DATE] ' '`src/a/b.rs` '
    'FR-009 US7 ' '## Phase 3: User Story 1\n' '- **Decision**: a\n' '2026-01-01 ' 'PASS ' '✅' '⚠️→✅ ' 'a ' 'a' '日本' '— ' '('
    '&amp;' '\\' '\r' '\r\n' '\t' ' ' '\n' '\e[2J' 'postgres://a:b@c ' 'https://a.b/c ' '{"a":' '[[' '- a: ' 'a.b = 1\n'
)

# A pattern over and over, or a text whose parts are numbered.
fill() {
    local pattern
    printf -v pattern '%b' "$1"
    head -c "$bytes" < <(set +o pipefail; yes -- "$pattern" | if [[ $1 == *'\n' ]]; then cat; else tr -d '\n'; fi) || true
}

# Prints a line on the document as it stands, and remembers whether it took too long.
failed=0
measure() {
    local user system kilobytes over=''
    /usr/bin/time -f '%U %S %M' -o "$here/time" timeout 60 "$plangate" check "$here" --pack mvp --pack production \
        --output-format json >"$here/out" 2>"$here/err" || true
    read -r user system kilobytes < <(tail -n 1 "$here/time")
    if awk "BEGIN { exit !($user + $system > 2 || $kilobytes > 200 * 1024) }"; then over=' <' failed=1; fi
    if grep -q panicked "$here/err"; then over=' panicked' failed=1; fi
    printf '%-44q %6.2f s %5d MiB%s\n' "$1" "$(awk "BEGIN { print $user + $system }")" $((kilobytes / 1024)) "$over"
}

start=$(cat "$path" 2>/dev/null || true)
for pattern in "${patterns[@]}"; do
    { printf '%s\n\n' "$start" && fill "$pattern"; } >"$path"
    measure "$pattern"
done

numbered() {
    { printf '%s\n\n%b' "$start" "$2" && seq "$4" | sed "$3"; } | head -c "$bytes" >"$path"
    measure "$1"
}
numbered 'a table of 100,000 rows' '| Principle | Status |\n|---|---|\n' 's/.*/| A& | PASS |/' 100000
numbered '100,000 rows of complexity' '## Complexity Tracking\n\n| Violation | Why Needed | Simpler |\n|---|---|---|\n' 's/.*/|a&|b|c|/' 100000
numbered '50,000 headings' '' 's/.*/## Section &\n/' 50000
numbered '50,000 principles' '' 's/.*/### &. Principle & ✅\n/' 50000
numbered '50,000 stories' '' 's/.*/### User Story & - A\n/' 50000
numbered '50,000 tasks' '' 's/.*/- [ ] T& [US&] Do FR-&/' 50000
numbered '50,000 requirements' '' 's/.*/- **FR-&**: it MUST/' 50000
numbered '50,000 links' '' 's/.*/[a](b&.md)/' 50000
numbered '50,000 entities' '' 's/.*/### Entity&\n\n- id: int\n/' 50000
numbered '50,000 places' '## Project Structure\n\n```text\nsrc/\n' 's/.*/├── a&\//' 50000
{ printf '%s\n\n' "$start" && seq 150000 | tr '\n' ' '; } >"$path" && measure 'numbers on one line'
{ printf '%s\n\n' "$start" && awk 'BEGIN { for (d = 0; d < 1400; d++) { printf "%*s- a\n", 2 * d, "" } }'; } >"$path" && measure 'a nested list'
{ printf '%s\n\n' "$start" && awk 'BEGIN { q = ""; for (d = 0; d < 1400; d++) { q = q "> "; print q "a" } }'; } >"$path" && measure 'nested quotes'
truncate -s 10000000 "$path" && measure 'ten megabytes'
exit "$failed"
