#!/usr/bin/env bash
# Measures what hostile configurations, packs, manifests and plans as JSON cost: fuzz/hostile-files.sh PLANGATE
#
# Fills one file of a repository after the other with the largest text of its kind that is read, and prints CPU seconds
# and memory of a check. Exits with 1 where one takes more than 2 s or 200 MiB, or ends in another way than a check does.
# `hostile.sh` does the same for the documents of a feature.
set -euo pipefail

plangate=$(realpath "${1:?name the binary}")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

failed=0
# file NAME PATH BEGINNING REPEATED END [ARGUMENT]...: & in what is repeated stands for its number.
file() {
    local name=$1 path=$2 beginning=$3 repeated=$4 end=$5 user system kilobytes over=''
    shift 5
    rm -rf "$here/r" && mkdir -p "$here/r/specs/001-voting" "$here/r/.specify/memory" "$(dirname "$here/r/$path")"
    printf '# Implementation Plan: Voting\n\n## Constitution Check\n\n**I. Fair Counting** ✅\n' \
        >"$here/r/specs/001-voting/plan.md"
    yes 'word' | head -c 2000000 >"$here/r/specs/001-voting/spec.md" || true
    printf '# Constitution\n\n## Core Principles\n\n### I. Fair Counting\n\nEvery guest MUST count once.\n' \
        >"$here/r/.specify/memory/constitution.md"
    {
        printf '%b' "$beginning"
        repeat "$repeated" $((1000000 - ${#beginning} - ${#end}))
        printf '%b' "$end"
    } >"$here/r/$path"
    (cd "$here/r" && /usr/bin/time -f '%U %S %M' -o "$here/time" timeout 60 "$plangate" check --pack mvp \
        --pack production "$@" --output-format json) >"$here/out" 2>"$here/err" || true
    read -r user system kilobytes < <(tail -n 1 "$here/time")
    if awk "BEGIN { exit !($user + $system > 2 || $kilobytes > 200 * 1024) }"; then over=' <' failed=1; fi
    if grep -qE 'panicked|overflowed' "$here/err"; then over=' panicked' failed=1; fi
    if [[ $(wc -c <"$here/err") -gt 20000 ]]; then over=' tells too much' failed=1; fi
    printf '%-28s %6.2f s %5d MiB%s\n' "$name" "$(awk "BEGIN { print $user + $system }")" $((kilobytes / 1024)) "$over"
}

# What is repeated, in no more than so many bytes and as a whole each time: one on a line, then without these ends of lines.
repeat() {
    (set +o pipefail && seq 0 1000000 | sed "s|.*|${1//\\n/\\x02}|" | head -c "$2" | sed '$d' | tr -d '\n' | tr '\002' '\n')
}

override='[[override]]\npaths = ['
file 'overrides' plangate.toml '' '[[override]]\npaths = ["s&*"]\nignore = ["PLN201"]\n' ''
file 'globs of an override' plangate.toml "$override" '"&*",' ']\n'
file 'a long glob' plangate.toml "$override\"" 'a*' '"]\n'
file 'a glob of folders' plangate.toml "$override\"" '**/a/' '"]\n'
file 'a glob of braces' plangate.toml "$override\"" '{a,b}' '"]\n'
file 'a glob of open braces' plangate.toml "$override\"" '{a,' '"]\n'
file 'a class of a glob' plangate.toml "$override\"[" 'a-z' ']"]\n'
file 'waivers' plangate.toml '' '[[waiver]]\nrule = "PLN201"\npath = "s&*"\nreason = "r"\nowner = "o"\n' ''
file 'packs' plangate.toml '' '[[pack]]\npath = "&.toml"\n' ''
file 'ignored rules' plangate.toml 'ignore = [' '"PLN",' ']\n'
file 'unknown rules' plangate.toml 'ignore = [' '"X&",' ']\n'
file 'required packs' plangate.toml 'required-packs = [' '"mvp",' ']\n'
file 'severities' plangate.toml '[severities]\n' 'PLN& = "info"\n' ''
file 'aliases' plangate.toml '[aliases]\nstorage = [' '"w&",' ']\n'
file 'a long key' plangate.toml '' 'a' ' = 1\n'
file 'a long value' plangate.toml 'fail-on = "' 'a' '"\n'
file 'a dotted key' plangate.toml '' 'a.' 'a = 1\n'
file 'arrays' plangate.toml 'ignore = ' '[' '\n'
file 'known findings' .plangate-baseline.json '{"schema_version":1,"findings":[' \
    '{"fingerprint":"&","rule":"PLN002","plan":"p","message":"m"},' '{"fingerprint":"x","rule":"PLN002","plan":"p","message":"m"}]}'

pack='[pack]\nname = "big"\nversion = "1.0.0"\nprefix = "BIG"\n\n[[principle]]\nordinal = "I"\nname = "A"\n'
question=$pack'\n[[principle.question]]\nid = "BIG101"\nname = "unmet"\ntext = "Is it?"\n'
file 'questions of a pack' pack.toml "$pack" \
    '\n[[principle.question]]\nid = "BIG&"\nname = "q-&"\ntext = "Is it &?"\nevidence = { terms = ["word"] }\n' '' --pack ./pack.toml
file 'terms of a pack' pack.toml "$question"'evidence = { terms = [' '"word &",' '] }\n' --pack ./pack.toml
file 'a long term of a pack' pack.toml "$question"'evidence = { terms = ["' 'word ' '"] }\n' --pack ./pack.toml
file 'globs of a pack' pack.toml "$question"'evidence = { files = [' '"{a,b}&*",' '] }\n' --pack ./pack.toml
file 'a long glob of a pack' pack.toml "$question"'evidence = { files = ["' '*[a]' '"] }\n' --pack ./pack.toml
file 'unknown keys of a pack' pack.toml "$question" 'k& = 1\n' '' --pack ./pack.toml
# The largest lists that a pack may have.
most=$(seq 200 | sed 's/.*/"word &",/' | tr -d '\n')
file 'the most terms' pack.toml "${question}evidence = { terms = [$most] }\ndocs = \"" 'a' '"\n' --pack ./pack.toml
most=$(seq 5000 | sed 's/.*/"{a,b}&*",/' | tr -d '\n')
file 'the most globs' pack.toml "${question}evidence = { files = [$most] }\ndocs = \"" 'a' '"\n' --pack ./pack.toml

file 'bases' tsconfig.json '{"extends":[' '"./tsconfig.json",' '"./none.json"]}'
file 'paths' tsconfig.json '{"compilerOptions":{"paths":{' '"@&/*":["&/*"],' '"a":[]}}}'
file 'nested JSON' tsconfig.json '' '{"a":' ''
file 'dependencies, npm' package.json '{"dependencies":{' '"d&":"1",' '"d":"1"}}'
file 'workspaces' package.json '{"workspaces":[' '"w&/*",' '"w"]}'
file 'dependencies, Cargo' Cargo.toml '[dependencies]\n' 'd& = "1"\n' ''
file 'dependencies, pip' requirements.txt '' 'd&==1\n' ''
file 'dependencies, Python' pyproject.toml '[project]\ndependencies = [' '"d&",' ']\n'
file 'dependencies, Go' go.mod '' 'require a.b/d& v1.0.0\n' ''
file 'dependencies, Ruby' Gemfile '' 'gem "d&"\n' ''
file 'dependencies, Maven' pom.xml '<project><dependencies>' '<dependency><artifactId>a&</artifactId></dependency>' '</dependencies></project>'
file 'dependencies, .NET' a.csproj '<Project><ItemGroup>' '<PackageReference Include="d&"/>' '</ItemGroup></Project>'
file 'nested XML' pom.xml '' '<a>' ''
file 'steps' .github/workflows/ci.yml 'on: push\njobs:\n  a:\n    steps:\n' '      - run: npm test &\n' ''
file 'jobs' .github/workflows/ci.yml 'on: push\njobs:\n' '  j&:\n    steps:\n      - run: x\n' ''
file 'nested YAML' .github/workflows/ci.yml '' '- ' ''
file 'hooks' .husky/pre-commit '' 'npm test\n' ''
file 'ignored files' .gitignore '' 'a&*b\n' ''

file 'JSON: keys' plan.json '{' '"k&":1,' '"title":"a"}' plan.json
file 'JSON: principles' plan.json '{"constitution_checks":[{"principles":[' '{"name":"p&","status":"pass"},' '{"name":"p"}]}]}' plan.json
file 'JSON: questions' plan.json '{"constitution_checks":[{"principles":[{"name":"p","questions":[' \
    '{"text":"q&?","answer":{"verdict":"yes","rationale":"r"}},' '{"text":"q"}]}]}]}' plan.json
file 'JSON: rows' plan.json '{"complexity_tracking":{"rows":[' '{"violation":"v&"},' '{"violation":"v"}]}}' plan.json
file 'JSON: places' plan.json '{"project_structure":{"source":[{"root":"a","entries":[' '{"path":"a/&","kind":"file"},' \
    '{"path":"a/b","kind":"file"}]}]}}' plan.json
file 'JSON: sections' plan.json '{"sections":[' '{"title":"s","level":2},' '{"title":"s","level":2}]}' plan.json
file 'JSON: items' plan.json '{"technical_context":{"storage":{"text":"t","items":[' '"i&",' '"i"]}}}' plan.json
file 'JSON: fields' plan.json '{"technical_context":{"other":[' '{"key":"k&","value":{"text":"t"}},' \
    '{"key":"k","value":{"text":"t"}}]}}' plan.json
file 'JSON: a title' plan.json '{"title":"' 'a' '"}' plan.json
exit "$failed"
