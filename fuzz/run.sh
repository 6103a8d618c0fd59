#!/usr/bin/env bash
# Fuzzes one target for some seconds, ten minutes where none are said: fuzz/run.sh TARGET [SECONDS]
#
# What it begins with are the repository's own documents and the texts of fuzz/seeds. Further folders of texts can be
# named in SEEDS. What it finds lies in fuzz/artifacts/TARGET.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=${1:?name a target: $(cd fuzz/fuzz_targets && echo *.rs | sed 's/\.rs//g')}
seconds=${2:-600}
corpus=fuzz/corpus/$target
mkdir -p "$corpus" "fuzz/artifacts/$target"

# Copies every file below the other arguments whose name fits the first.
seed() {
    local name=$1 file
    shift
    while IFS= read -r file; do
        cp "$file" "$corpus/seed-$(sha1sum <"$file" | cut -c1-16)"
    done < <(find "$@" -type f -name "$name" -size -64k)
}
documents=(conformance/clean examples core/tests/fixtures)

case $target in
plan) seed 'plan*.md' "${documents[@]}" && seed '*.md' core/tests/fixtures/plans ;;
documents) seed '*.md' "${documents[@]}" && seed '*.y*ml' "${documents[@]}" && seed '*.json' "${documents[@]}" ;;
pack_manifest) seed '*.toml' conformance/faults examples cli/src/pack ;;
configuration) seed '*.toml' cli/src/init ;;
plan_json | pack_answer) ;;
run)
    while IFS= read -r feature; do
        for document in plan spec tasks; do
            cat "$feature/$document.md" && printf '\f'
        done >"$corpus/seed-$(basename "$feature")"
    done < <(find "${documents[@]}" -name tasks.md -printf '%h\n')
    ;;
*) seed "$target.md" "${documents[@]}" ;;
esac
[[ -d fuzz/seeds/$target ]] && cp fuzz/seeds/"$target"/* "$corpus/"

exec cargo fuzz run --sanitizer none "$target" "$corpus" ${SEEDS:-} -- -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=16384 -artifact_prefix="fuzz/artifacts/$target/" -print_final_stats=1
