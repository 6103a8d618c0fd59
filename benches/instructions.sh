#!/usr/bin/env bash
# Counts the instructions that the main paths take, with valgrind's callgrind, and holds them against
# the table beside this script. Counts hardly differ between runs, however busy the machine is.
#
#   benches/instructions.sh            count and compare
#   benches/instructions.sh --update   count and write the table anew
#   TOLERANCE=2 benches/instructions.sh    percent that a count may grow; 5 where nothing is said, since
#                                          counts of one build were seen to differ by 3.5
#
# Exit code 0: nothing grew; 1: a path takes more instructions; 2: nothing could be compared, because
# valgrind is missing, a path failed, or the table was made by another compiler.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

table=benches/instructions.txt
tolerance="${TOLERANCE:-5}"

fail() {
    printf 'instructions.sh: %s\n' "$*" >&2
    exit 2
}

command -v valgrind >/dev/null || fail "valgrind is missing; install it, it counts the instructions"
compiler="$(rustc --version) $(rustc -vV | sed -n 's/^host: //p')"
if [[ "${1:-}" != --update && "$(sed -n 's/^# compiler: //p' "$table" 2>/dev/null)" != "$compiler" ]]; then
    fail "$table was not made by $compiler: comparing means nothing, run it with --update before your change"
fi

cargo build --quiet --profile bench --lib --bins \
    --package plangate --package plangate-benches --package acme-pack --features acme-pack/loadable
built="$(cargo metadata --format-version 1 --no-deps |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')/release"
library="$built/libacme_pack.so"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

count() {
    env -i PATH="$PATH" LC_ALL=C valgrind --quiet --tool=callgrind "$@"
}

# Paths in memory: one run, whose profile is cut before each call of `measured`. What stands before the
# first call is empty.
count --callgrind-out-file="$work/memory" --combine-dumps=yes \
    --toggle-collect=plangate_benches::measure::measured --dump-before=plangate_benches::measure::measured \
    "$built/plangate-benches" measure >"$work/names" || fail "plangate-benches measure failed"
sed -n 's/^totals: //p' "$work/memory" | tail -n +2 >"$work/counts"
[[ "$(wc -l <"$work/names")" == "$(wc -l <"$work/counts")" ]] || fail "the profile has other parts than there are paths"
# Of several runs of a path the least counts.
paste -d' ' "$work/names" "$work/counts" | awk '
    $1 in least { if ($2 < least[$1]) least[$1] = $2; next }
    { least[$1] = $2; order[++paths] = $1 }
    END { for (i = 1; i <= paths; i++) print order[i], least[order[i]] }' >"$work/table"

# Whole processes, those that run packs included.
cold() {
    local name=$1 status=0
    shift
    count --trace-children=yes --callgrind-out-file="$work/cold.%p" "$built/plangate" "$@" \
        >/dev/null 2>"$work/errors" || status=$?
    # 1 says that something was found, which is not the question here.
    if ((status > 1)); then
        cat "$work/errors" >&2
        fail "plangate $* failed"
    fi
    printf '%s %s\n' "$name" "$(awk '/^(totals|summary): /{sum += $2; nextfile} END{printf "%.0f", sum}' "$work"/cold.*)" \
        >>"$work/table"
    rm -f "$work"/cold.*
}

"$built/plangate-benches" generate "$work/one-plan" 1
"$built/plangate-benches" generate "$work/plans" 100
"$built/plangate-benches" generate "$work/whole" 100 --whole
check=(check --jobs 1 --output-format concise --pack mvp --pack production)
cold command/version --version
cold command/one-plan "${check[@]}" "$work/one-plan/specs/001-live-votes"
cold command/100-plans "${check[@]}" "$work/plans"
cold command/one-feature "${check[@]}" "$work/whole/specs/001-live-votes"
cold command/100-features "${check[@]}" "$work/whole"
cold command/100-features-loaded-pack "${check[@]}" --pack "$library" "$work/whole"

# Shares of what no reader of Markdown can beat, over all forms of plans of 10 KB.
awk -F'[/ ]' '$3 == 10000 {sum[$1] += $4} END {
    printf "of all forms at 10 KB: parse %.2f x limit, check %.2f x limit\n", sum["parse"] / sum["limit"], sum["check"] / sum["limit"]
}' "$work/table"

if [[ "${1:-}" == --update ]]; then
    {
        printf '# Instructions that the main paths take; benches/instructions.sh counts and compares them.\n'
        printf '# Another compiler makes other code: then they are not compared.\n'
        printf '# compiler: %s\n' "$compiler"
        awk '{printf "%-34s %12.0f\n", $1, $2}' "$work/table"
    } >"$table"
    printf '%s is written\n' "$table"
    exit 0
fi

awk -v tolerance="$tolerance" '
    FNR == NR { if ($1 != "#") before[$1] = $2; next }
    !($1 in before) { printf "new      %-34s %12.0f\n", $1, $2; next }
    {
        percent = ($2 / before[$1] - 1) * 100
        word = percent > tolerance ? "MORE" : percent < -tolerance ? "less" : ""
        if (word != "") printf "%-8s %-34s %12.0f %+7.1f %%\n", word, $1, $2, percent
        if (word == "MORE") grown++
        delete before[$1]
    }
    END {
        for (name in before) { printf "gone     %s\n", name; grown++ }
        if (grown) {
            printf "%d paths take more than %s %% more instructions, or are gone; --update where that is meant\n", grown, tolerance
            exit 1
        }
        printf "no path takes more than %s %% more instructions\n", tolerance
    }' "$table" "$work/table"
