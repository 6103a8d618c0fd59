"""Runs commands side by side and prints what they cost as the tables of the README; called by compare.sh."""

import datetime
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

BUILT, PEERS, DATA, ROUNDS = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
PLANGATE = f"{BUILT}/plangate"
PACKS = ["--pack", "mvp", "--pack", "production"]
STREAMED = ["text", "concise", "json", "json-lines", "junit", "github", "gitlab", "markdown", "agent"]
MIB = 2**20

# Commands that take longer than this many seconds run three times only.
PATIENCE = 10

# A process of a few milliseconds is run this often, to be told from the noise of starting it.
COLD_RUNS = 200


class Cost:
    """The medians of a command's runs: CPU and wall seconds, and the most memory in bytes."""

    def __init__(self, runs):
        self.cpu = statistics.median(run[0] for run in runs)
        self.wall = statistics.median(run[1] for run in runs)
        self.memory = max(run[2] for run in runs)


def say(what):
    print(f"compare.sh: {what}", file=sys.stderr)


def environment():
    """What every command sees: nothing that changes what is found, how it is drawn, or who watches."""
    kept = {name: value for name, value in os.environ.items() if not re.match("PLANGATE_|CI$|GITHUB_", name)}
    return kept | {"NO_COLOR": "1"}


def gnu_time():
    """GNU time, which costs a process less memory to start from than Python does."""
    for name in ["time", "gtime"]:
        program = shutil.which(name)
        if program and "GNU" in subprocess.run([program, "--version"], capture_output=True, text=True).stdout:
            return program
    say("GNU time is missing: no peak below 12 MiB or so can be measured")
    return None


def run(command, folder, time_program=None):
    """One run: CPU seconds, wall seconds, peak memory in bytes. 1 is the exit code of linters that found something."""
    peak = f"{DATA}/peak"
    if time_program:
        command = [time_program, "--format=%M", f"--output={peak}", *command]
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    if time_program:
        with open(peak, encoding="utf-8") as file:
            # Above it may stand that the command ended with exit code 1.
            memory = int(file.read().split()[-1]) * 1024
    return usage.ru_utime + usage.ru_stime, wall, memory


def side_by_side(commands):
    """The costs of {name: (command, folder)}, whose runs take turns; a command that fails is left out."""
    runs = {name: [] for name in commands}
    for turn in range(ROUNDS):
        for name, (command, folder) in commands.items():
            done = runs[name]
            if done is None or (turn >= 3 and done[0][1] > PATIENCE):
                continue
            say(f"{turn + 1}/{ROUNDS} {name}")
            try:
                done.append(run(command, folder, TIME))
            except (OSError, RuntimeError) as error:
                say(f"{name} is left out: {error}")
                runs[name] = None
    return {name: Cost(done) for name, done in runs.items() if done}


TIME = gnu_time()


def output(command):
    """The last line that a command prints, or nothing where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return (done.stdout.strip().splitlines() or [""])[-1]


def version(command):
    """The version that a command tells, as numbers."""
    found = re.search(r"\d+\.\d+(\.\d+)?", output(command))
    return found.group() if found else "?"


def npm_version(package):
    """The version of an installed npm package, whose command may tell another one."""
    with open(f"{PEERS}/npm/node_modules/{package}/package.json", encoding="utf-8") as file:
        return json.load(file)["version"]


def check(folder, *more):
    """A run of plangate over a folder, both packs asked of every plan."""
    form = [] if "--output-format" in more else ["--output-format", "concise"]
    return [PLANGATE, "check", *form, *PACKS, *more, "."], f"{DATA}/{folder}"


def peers():
    """The installed linters: name, version, command. All of them without a cache, and without fixing anything."""
    binaries = f"{PEERS}/npm/node_modules/.bin"
    known = [
        ("rumdl", [f"{PEERS}/python/bin/rumdl"], ["check", "--no-cache", "--no-config", "."], None),
        ("mdbook-lint", [f"{PEERS}/bin/mdbook-lint"], ["lint", "--standard-only", "."], None),
        ("quickmark", [f"{PEERS}/bin/qmark"], ["."], None),
        ("markdownlint-cli2", [f"{binaries}/markdownlint-cli2"], ["**/*.md"], "markdownlint-cli2"),
        ("remark-lint", [f"{binaries}/remark"], ["--no-stdout", "--use", remark_preset(), "."], "remark-cli"),
    ]
    for name, program, arguments, package in known:
        if os.path.exists(program[0]):
            told = npm_version(package) if package else version([*program, "--version"])
            yield name, told, [*program, *arguments]
        else:
            say(f"{name} is not installed and is left out")


def remark_preset():
    return f"{PEERS}/npm/node_modules/remark-preset-lint-recommended/index.js"


def cold():
    """One plan in a process of its own: the median of many runs, and the most memory."""
    command, folder = [PLANGATE, "check", *PACKS, "specs/001-live-votes"], f"{DATA}/one-plan"
    cost = Cost([run(command, folder) for _ in range(COLD_RUNS)])
    cost.memory = max(run(command, folder, TIME)[2] for _ in range(ROUNDS))
    return cost


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(": ", 1)[1].strip() for line in file if line.startswith("model name")), model)
    except OSError:
        pass
    return f"{os.cpu_count()} cores of {model}, {platform.system()}"


def peer_table(costs, versions):
    own = costs["plangate"].cpu
    print("| tool | version | reads | CPU s | × plangate | wall s | peak MiB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, cost in sorted(costs.items(), key=lambda item: item[1].cpu):
        tool, _, what = name.partition(", ")
        reads = what or "plan.md"
        print(
            f"| {tool} | {versions.get(tool, '')} | {reads} | {cost.cpu:.2f} | {cost.cpu / own:.1f} "
            f"| {cost.wall:.2f} | {cost.memory / MIB:.0f} |"
        )


class Targets:
    """The table of targets, row by row."""

    def __init__(self):
        print("| target | at most or least | measured | met | measured by |")
        print("| --- | --- | --- | --- | --- |")

    def most(self, what, limit, measured, unit, command):
        self.row(what, f"≤ {limit:g}{unit}", measured, unit, measured <= limit, command)

    def least(self, what, limit, measured, unit, command):
        self.row(what, f"≥ {limit:g}{unit}", measured, unit, measured >= limit, command)

    def row(self, what, limit, measured, unit, met, command):
        print(f"| {what} | {limit} | {measured:.2f}{unit} | {'yes' if met else 'no'} | `{command}` |")

    def unmeasured(self, what, limit, why):
        print(f"| {what} | {limit} | – | – | {why} |")


def main():
    versions = {"plangate": version([PLANGATE, "--version"])}
    commands = {
        "plangate": check("plans"),
        "plangate, all documents and the repository": check("features"),
    }
    for name, told, command in peers():
        versions[name] = told
        commands[name] = command, f"{DATA}/plans"
    costs = side_by_side(commands)
    scale = side_by_side(
        {
            "one core": check("features", "--jobs", "1"),
            "two cores": check("features", "--jobs", "2"),
            "10,000 plans": check("many-plans"),
            "10,000 features": check("many-features"),
        }
    )
    say("memory of each form")
    forms = [*STREAMED, "html", "sarif"]
    memory = {form: run(*check("many-plans", "--output-format", form), TIME)[2] for form in forms}
    one = cold()
    say("ratios")
    limit, parse, whole, megabytes = map(float, output([f"{BUILT}/plangate-benches", "ratios"]).split())

    print(
        f"{datetime.date.today()}, {machine()}; plangate {versions['plangate']}, {output(['rustc', '--version'])}. "
        f"{ROUNDS} runs of each command in turns, medians.\n"
    )
    print("1,000 plans of 12.8 KB on average:\n")
    peer_table(costs, versions)
    print("\nTargets:\n")
    targets = Targets()
    targets.most("parse a plan, against Markdown's events alone", 2, parse / limit, " ×", "plangate-benches ratios")
    targets.most("check a plan, 54 questions and gate rules, against the same", 3, whole / limit, " ×", "plangate-benches ratios")
    rumdl = costs.get("rumdl")
    for what, least, name in [
        ("CPU of rumdl, against 1,000 plans", 12, "plangate"),
        ("CPU of rumdl, against them with all documents", 2.5, "plangate, all documents and the repository"),
    ]:
        if rumdl:
            targets.least(what, least, rumdl.cpu / costs[name].cpu, " ×", "check .")
        else:
            targets.unmeasured(what, f"≥ {least:g} ×", "rumdl is not there")
    targets.most("one plan, cold process", 5, one.wall * 1000, " ms", "plangate check … specs/001-live-votes")
    targets.most("its peak memory", 12, one.memory / MIB, " MiB", "the same")
    for what, few, many in [
        ("CPU of 10,000 plans, against 1,000", costs["plangate"], scale["10,000 plans"]),
        (
            "the same with all documents",
            costs["plangate, all documents and the repository"],
            scale["10,000 features"],
        ),
    ]:
        targets.most(what, 10.5, many.cpu / few.cpu, " ×", "check .")
    worst = max(STREAMED, key=memory.get)
    what = f"peak memory of 10,000 plans, streamed forms (most: {worst})"
    targets.most(what, 64, memory[worst] / MIB, " MiB", f"check --output-format {worst} .")
    targets.most("the same with all documents", 64, scale["10,000 features"].memory / MIB, " MiB", "check .")
    for form in ["html", "sarif"]:
        command = f"check --output-format {form} ."
        targets.most(f"peak memory of 10,000 plans as {form}", 100, memory[form] / MIB, " MiB", command)
    what = "wall time of one core, against two"
    if (os.cpu_count() or 1) > 1:
        speedup = scale["one core"].wall / scale["two cores"].wall
        targets.least(what, 1.7, speedup, " ×", "check --jobs 1 .`, `check --jobs 2 .")
    else:
        targets.unmeasured(what, "≥ 1.7 ×", "this machine has one core")
    print(
        f"\n`check` is `plangate check --output-format concise {' '.join(PACKS)}`; `plangate-benches generate` writes "
        "what it runs on, and `benches/compare.sh` measures all of it."
    )
    megabytes_per_second = [megabytes / seconds for seconds in (limit, parse, whole)]
    print("\nMB/s: Markdown's events {:.0f}, parse {:.0f}, check {:.0f}.".format(*megabytes_per_second))


if __name__ == "__main__":
    main()
