//! Several plangate.toml, arguments and a policy become one configuration: what counts more, where each value comes
//! from, and what nobody can weaken.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]
#![cfg(feature = "fs")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use plangate_core::config::{
    Config, ConfigError, ConfigReader, Effective, FromDisk, KnownRule, Layer, find, layers_of,
};
use plangate_core::feature::Phase;
use plangate_core::report::{FailOn, Summary};
use plangate_core::{Engine, Feature, Severity};

const ROOT: &str = "/repository";
const RULES: [KnownRule<'static>; 3] = [
    KnownRule { id: "PLN101", name: "missing-principle", severity: Severity::Error },
    KnownRule { id: "PLN201", name: "unreal-directory", severity: Severity::Warning },
    KnownRule { id: "MVP404", name: "implementation-before-test", severity: Severity::Error },
];

/// Files that are on no disk.
#[derive(Default)]
struct InMemory(HashMap<PathBuf, &'static str>);

impl InMemory {
    fn of(files: &[(&str, &'static str)]) -> Self {
        Self(files.iter().map(|(path, text)| (Path::new(ROOT).join(path), *text)).collect())
    }
}

impl ConfigReader for InMemory {
    fn read(&self, path: &Path) -> Result<Option<String>, String> {
        match self.0.get(path) {
            Some(&"unreadable") => Err("is locked".to_owned()),
            text => Ok(text.map(|text| (*text).to_owned())),
        }
    }

    fn shown(&self, path: &Path) -> String {
        format!("HEAD:{}", path.strip_prefix(ROOT).unwrap_or(path).display())
    }
}

/// The layers of plangate.toml with these texts.
fn layers(files: &[(&str, &'static str)]) -> Vec<Layer> {
    layers_of(&Path::new(ROOT).join("plangate.toml"), &InMemory::of(files)).unwrap()
}

fn effective(layers: Vec<Layer>, policy: &str) -> Effective {
    let policy = if policy.is_empty() { Vec::new() } else { vec![Layer::of_text("policy.toml", policy).unwrap()] };
    Effective::of(layers, policy, Path::new(ROOT)).unwrap()
}

/// One file and a policy.
fn held(own: &'static str, policy: &str) -> Effective {
    effective(layers(&[("plangate.toml", own)]), policy)
}

/// The settings as `key = value (place)`.
fn settings(effective: &Effective) -> Vec<String> {
    let shown = |setting: &plangate_core::config::Setting| {
        let floor = if setting.floor { ", floor" } else { "" };
        format!("{} = {} ({}{floor})", setting.key, setting.value, setting.origin)
    };
    effective.settings.iter().map(shown).collect()
}

#[test]
fn what_was_said_last_counts_and_lists_add_up() {
    let mut all = layers(&[
        ("plangate.toml", "extends = \"base.toml\"\nfail-on = \"warning\"\nignore = [\"PLN201\"]\n"),
        (
            "base.toml",
            "phase = \"design\"\nfail-on = \"never\"\nignore = [\"MVP4\"]\n[severities]\nPLN101 = \"info\"\n",
        ),
    ]);
    for argument in ["phase=tasks", "severities.PLN101=warning", "ignore=[\"PLN101\"]"] {
        all.push(Layer::of_argument(argument).unwrap());
    }
    let effective = effective(all, "");
    assert_eq!(
        settings(&effective),
        [
            "extends = \"base.toml\" (HEAD:plangate.toml:1)",
            "phase = \"tasks\" (--config phase=tasks)",
            "fail-on = \"warning\" (HEAD:plangate.toml:2)",
            "ignore = \"MVP4\" (HEAD:base.toml:3)",
            "ignore = \"PLN201\" (HEAD:plangate.toml:3)",
            "ignore = \"PLN101\" (--config ignore=[\"PLN101\"])",
            "severities.PLN101 = \"warning\" (--config severities.PLN101=warning)",
        ]
    );
    let config = &effective.config;
    assert_eq!((config.phase, config.fail_on), (Some(Phase::Tasks), Some(FailOn::Warning)));
    assert_eq!(config.severities, [("PLN101".to_owned(), Severity::Warning)]);
    let sources: Vec<&str> = effective.sources.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(sources, ["base.toml", "plangate.toml"]);
}

#[test]
fn tables_show_all_that_they_say() {
    let own = "[[override]]\npaths = [\"specs/0*\"]\nphase = \"auto\"\nselect = [\"PLN\"]\nignore = [\"MVP\"]\n\
               severities = { PLN201 = \"info\" }\n\
               [[waiver]]\nrule = \"PLN101\"\npath = \"**\"\nreason = \"a \\\"sketch\\\"\"\nowner = \"Ada\"\nexpires = 2026-12-31\n\
               [[pack]]\npath = \"packs/acme.toml\"\n";
    assert_eq!(
        settings(&held(own, "")),
        [
            "override = { paths = [\"specs/0*\"], phase = \"auto\", select = [\"PLN\"], ignore = [\"MVP\"], \
             severities.PLN201 = \"info\" } (HEAD:plangate.toml:1)",
            "waiver = { rule = \"PLN101\", path = \"**\", reason = 'a \"sketch\"', owner = \"Ada\", \
             expires = \"2026-12-31\" } (HEAD:plangate.toml:7)",
            "pack = { path = \"/repository/packs/acme.toml\" } (HEAD:plangate.toml:13)",
        ]
    );
}

#[test]
fn a_floor_holds_whatever_a_repository_says() {
    let policy = "fail-on = \"warning\"\nphase = \"tasks\"\nselect = [\"PLN\"]\nallow-dynamic = false\n\
                  required-packs = [\"mvp\"]\npacks = [\"mvp\", \"acme\"]\nprotected = [\"PLN2\"]\n\
                  [severities]\nPLN201 = \"error\"\n";
    let own = "fail-on = \"never\"\nphase = \"delivered\"\nignore = [\"PLN101\"]\nallow-dynamic = true\npacks = []\n\
               [severities]\nPLN201 = \"info\"\nPLN101 = \"info\"\n\
               [[override]]\npaths = [\"specs/**\"]\nignore = [\"PLN201\"]\nphase = \"research\"\n";
    let config = held(own, policy).config;
    assert_eq!((config.fails_on(), config.allows_dynamic()), (FailOn::Warning, Some(false)));
    assert_eq!(config.all_required_packs().collect::<Vec<_>>(), ["mvp"]);
    assert!(config.allows_pack("acme") && !config.allows_pack("production"));
    assert!(config.protects("PLN201", "unreal-directory") && !config.protects("PLN101", "missing-principle"));
    let scope = config.at("specs/001-voting/plan.md");
    assert_eq!(scope.phase(), Some(Phase::Tasks));
    for rule in &RULES[..2] {
        assert!(scope.selects(rule.id, rule.name), "{}", rule.id);
    }
    assert_eq!(scope.severity("PLN201", "unreal-directory"), Some(Severity::Error));
    assert_eq!(scope.severity("PLN101", "missing-principle"), None, "it weighs what it weighs by itself");
    // What nobody holds up falls, and what is stricter stands.
    let loose = held("fail-on = \"error\"\nphase = \"tasks\"\n", "fail-on = \"never\"\nphase = \"design\"\n").config;
    assert_eq!((loose.fails_on(), loose.at("").phase()), (FailOn::Error, Some(Phase::Tasks)));
    assert_eq!(held("allow-dynamic = false", "allow-dynamic = true").config.allows_dynamic(), Some(false));
}

/// What the file weakens, each as `entry: stricter`.
fn weakened(effective: &Effective) -> Vec<String> {
    let shown = |weakened: plangate_core::config::Weakened| {
        assert!(weakened.by_policy, "{weakened}");
        format!("{} {}: {}", weakened.origin, weakened.entry, weakened.stricter)
    };
    effective.weakened(&RULES).into_iter().map(shown).collect()
}

#[test]
fn what_a_policy_forbids_is_told_with_both_places() {
    let policy = "phase = \"design\"\nallow-dynamic = false\npacks = [\"mvp\", \"acme\"]\nselect = [\"PLN\", \"MVP404\"]\n\
                  [severities]\nPLN201 = \"error\"\n";
    let own = "phase = \"research\"\nallow-dynamic = true\npacks = [\"mvp\"]\nselect = [\"PLN2\"]\n\
               ignore = [\"MVP\"]\n[severities]\nunreal-directory = \"warning\"\n";
    assert_eq!(
        weakened(&held(own, policy)),
        [
            "HEAD:plangate.toml:1 phase = \"research\": the phase is design there (policy.toml:1)",
            "HEAD:plangate.toml:3 packs: acme may be active there (policy.toml:3)",
            "HEAD:plangate.toml:2 allow-dynamic = true: it is false there (policy.toml:2)",
            "HEAD:plangate.toml:4 select: PLN101 and 1 more rules speak there (policy.toml:4)",
            "HEAD:plangate.toml:5 ignore MVP: MVP404 speaks there (policy.toml:4)",
            "HEAD:plangate.toml:7 unreal-directory = \"warning\": PLN201 weighs up to error there (policy.toml:6)",
        ]
    );
}

#[test]
fn what_is_as_strict_weakens_nothing() {
    let policy =
        "phase = \"design\"\nfail-on = \"error\"\npacks = [\"mvp\"]\nselect = [\"PLN2\"]\nallow-dynamic = false\n";
    let own = "phase = \"tasks\"\nfail-on = \"warning\"\npacks = [\"mvp\", \"acme\"]\nselect = [\"PLN\"]\n\
               allow-dynamic = false\nignore = [\"MVP\", \"PLN101\"]\n[severities]\nPLN201 = \"error\"\n";
    assert_eq!(weakened(&held(own, policy)), Vec::<String>::new());
    // A delivered feature is held to less than one with tasks, and a phase that documents tell to anything.
    for phase in ["delivered", "auto"] {
        let own = Layer::of_text("plangate.toml", &format!("phase = \"{phase}\"")).unwrap();
        let effective = effective(vec![own], policy);
        let expected = format!("plangate.toml:1 phase = \"{phase}\": the phase is design there (policy.toml:1)");
        assert_eq!(weakened(&effective), [expected]);
    }
}

#[test]
fn a_policy_that_names_no_pack_allows_every_one() {
    let expected = "HEAD:plangate.toml:1 packs: every pack may be active there (policy.toml)";
    assert_eq!(weakened(&held("packs = [\"mvp\"]", "fail-on = \"error\"")), [expected]);
}

#[test]
fn a_base_is_held_up_in_words_alone() {
    let files = [("plangate.toml", "extends = \"base.toml\"\npacks = []\n"), ("base.toml", "packs = [\"mvp\"]\n")];
    let effective = effective(layers(&files), "");
    let told: Vec<String> = effective.weakened(&RULES).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "HEAD:plangate.toml:2: `packs` weakens what this repository builds on: mvp may be active there (HEAD:base.toml:1); \
          remove it, or have the base changed"
        ]
    );
    assert!(!effective.config.allows_pack("mvp"), "a base is no floor");
}

#[test]
fn globs_are_seen_from_the_file_that_states_them() {
    let text = "[[override]]\npaths = [\"services/api/specs\"]\nignore = [\"PLN101\"]\n";
    let ignores = |layer: Layer, root: &str| {
        let effective = Effective::of(vec![layer], Vec::new(), Path::new(root)).unwrap();
        !effective.config.at("specs/001-voting/plan.md").selects("PLN101", "missing-principle")
    };
    let at = |path: &str| Layer::of_text(path, text).unwrap();
    for file in ["/mono/plangate.toml", "/mono/.config/plangate.toml", "/mono/.specify/plangate.toml"] {
        assert!(ignores(at(file), "/mono/services/api"), "{file}");
        assert!(!ignores(at(file), "/mono/services/web"), "{file}");
    }
    let mut from_root = at("/mono/plangate.toml");
    from_root.see_from_root();
    assert!(!ignores(from_root, "/mono/services/api"));
}

/// Why a configuration is refused.
fn fault(error: &ConfigError) -> String {
    error.to_string()
}

#[test]
fn files_that_build_on_each_other_are_told_by_the_reader_s_names() {
    for (own, base, expected) in [
        ("\nextends = \"base.toml\"", "unreadable", "HEAD:base.toml is locked"),
        (
            "\nextends = \"base.toml\"",
            "slect = []",
            "HEAD:base.toml:1: there is no key `slect`; did you mean `select`?",
        ),
        (
            "\nextends = \"bases.toml\"",
            "",
            "HEAD:plangate.toml:2: there is no file `bases.toml`; write its path as seen from this file",
        ),
        (
            "extends = \"base.toml\"",
            "\nextends = \"plangate.toml\"",
            "HEAD:base.toml:2: `plangate.toml` builds on this file in turn; remove one `extends`",
        ),
    ] {
        let reader = InMemory::of(&[("plangate.toml", own), ("base.toml", base)]);
        let error = layers_of(&Path::new(ROOT).join("plangate.toml"), &reader).unwrap_err();
        assert_eq!(fault(&error), expected);
    }
    let error = layers_of(&Path::new(ROOT).join("plangate.toml"), &InMemory::default()).unwrap_err();
    assert_eq!(fault(&error), "HEAD:plangate.toml: there is no such file");
}

#[test]
fn an_argument_that_says_nothing_is_told_without_a_line() {
    for (argument, expected) in [
        ("fail-on", "--config fail-on: `` is none of error, warning, never"),
        ("fail-on=eror", "--config fail-on=eror: `eror` is none of error, warning, never; did you mean `error`?"),
        ("phse=design", "--config phse=design: there is no key `phse`; did you mean `phase`?"),
        ("allow-dynamic=maybe", "--config allow-dynamic=maybe: this is string \"maybe\"; write a boolean"),
    ] {
        assert_eq!(fault(&Layer::of_argument(argument).unwrap_err()), expected);
    }
}

#[test]
fn a_code_that_names_no_rule_is_told_wherever_it_stands() {
    let rules = RULES.map(|rule| (rule.id, rule.name));
    for (text, expected) in [
        ("protected = [\"PNL201\"]", "HEAD:plangate.toml:1: there is no rule `PNL201`; did you mean `PLN201`?"),
        (
            "[[override]]\npaths = [\"**\"]\nselect = [\"missing-principles\"]",
            "HEAD:plangate.toml:3: there is no rule `missing-principles`; did you mean `missing-principle`?",
        ),
        (
            "[[override]]\npaths = [\"**\"]\n[override.severities]\nZZZ999999 = \"info\"",
            "HEAD:plangate.toml:4: there is no rule `ZZZ999999`; `plangate rules` lists them all",
        ),
        (
            "[[waiver]]\nrule = \"pln\"\npath = \"**\"\nreason = \"why\"\nowner = \"Ada\"",
            "HEAD:plangate.toml:2: `pln` begins several rules, and a waiver names one, such as `PLN101`",
        ),
    ] {
        assert_eq!(fault(&held(text, "").refuse_unknown(&rules).unwrap_err()), expected);
    }
    let known = "[[waiver]]\nrule = \"mvp404\"\npath = \"**\"\nreason = \"why\"\nowner = \"Ada\"";
    assert_eq!(held(known, "ignore = [\"PLN\"]").refuse_unknown(&rules), Ok(()));
    let error = held(known, "ignore = [\"PNL\"]").refuse_unknown(&rules).unwrap_err();
    assert!(fault(&error).starts_with("policy.toml:1: there is no rule `PNL`"), "{error}");
}

#[test]
fn a_pack_for_other_platforms_alone_is_told() {
    let own = "[[pack]]\n[pack.artifact.pdp11-unix]\npath = \"libacme.so\"\n\
               sha256 = \"0000000000000000000000000000000000000000000000000000000000000000\"\n";
    let error = Effective::of(layers(&[("plangate.toml", own)]), Vec::new(), Path::new(ROOT)).unwrap_err();
    let fault = fault(&error);
    assert!(fault.starts_with("HEAD:plangate.toml:1: the pack has no library for "), "{fault}");
    assert!(fault.contains(", only for pdp11-unix; add [pack.artifact."), "{fault}");
}

/// The rules of a bare plan's findings, each with what it weighs.
fn weighs(config: Config) -> Vec<(String, Severity)> {
    let plan = "# Implementation Plan: [FEATURE]\n\n## Summary\n\nMembers vote.\n";
    let feature = Feature::builder().folder("specs/001-voting").plan(plan).build();
    let report = Engine::builder().config(config).build().unwrap().evaluate(&feature);
    let mut all: Vec<(String, Severity)> =
        report.findings.into_iter().map(|finding| (finding.rule, finding.severity)).collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn findings_weigh_what_the_configuration_says() {
    use Severity::{Error, Info, Warning};
    for (own, expected) in [
        ("", &[("PLN001", Error), ("PLN002", Error)] as &[(&str, Severity)]),
        ("[severities]\nPLN = \"info\"\nPLN002 = \"warning\"", &[("PLN001", Info), ("PLN002", Warning)]),
        ("select = [\"PLN00\"]\nignore = [\"PLN001\"]", &[("PLN002", Error)]),
        ("select = [\"PLN301\"]", &[]),
        (
            "[[override]]\npaths = [\"specs/001-*\"]\nignore = [\"PLN\"]\nselect = [\"PLN002\"]\nseverities = { PLN002 = \"info\" }",
            &[("PLN002", Info)],
        ),
        ("[[override]]\npaths = [\"specs/002-*\"]\nignore = [\"PLN\"]", &[("PLN001", Error), ("PLN002", Error)]),
    ] {
        let expected: Vec<(String, Severity)> =
            expected.iter().map(|(rule, weight)| ((*rule).to_owned(), *weight)).collect();
        assert_eq!(weighs(held(own, "").config), expected, "{own}");
    }
}

#[test]
fn a_run_fails_from_the_severity_that_was_asked_for() {
    use FailOn::{Error, Never, Warning};
    for (fail_on, counts) in
        [(Error, [false, false, true]), (Warning, [false, true, true]), (Never, [false, false, false])]
    {
        assert_eq!(
            [Severity::Info, Severity::Warning, Severity::Error].map(|severity| fail_on.counts(severity)),
            counts
        );
        let mut summary = Summary::default();
        let fails = |summary: &Summary| fail_on.fails(summary);
        assert!(!fails(&summary), "{fail_on:?}: nothing was found");
        summary.infos = 1;
        assert_eq!(fails(&summary), counts[0], "{fail_on:?}: an info");
        summary.warnings = 1;
        assert_eq!(fails(&summary), counts[1], "{fail_on:?}: a warning");
        summary.errors = 1;
        assert_eq!(fails(&summary), counts[2], "{fail_on:?}: an error");
    }
    for (one, other, stricter) in [(Error, Never, Error), (Warning, Error, Warning), (Never, Warning, Warning)] {
        assert_eq!((one.stricter(other), other.stricter(one)), (stricter, stricter));
    }
}

#[test]
fn a_pack_that_nobody_brought_is_refused_by_name() {
    let refused = |own: &'static str| Engine::builder().config(held(own, "").config).build().unwrap_err().to_string();
    for (own, name) in [("packs = [\"mpv\"]", "mpv"), ("required-packs = [\"mvp\"]", "mvp")] {
        let refused = refused(own);
        assert!(
            refused.starts_with(&format!("no pack is called `{name}`; there is none at all. A linked")),
            "{refused}"
        );
    }
}

#[test]
fn what_stands_on_disk_is_found_from_below_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let reader = FromDisk::seen_from(&root);
    let found = |below: &str| find(&root.join(below), &reader);
    write(".git/HEAD", b"");
    write("services/api/plan.md", b"");
    assert_eq!(found("services/api"), Ok(None));
    write(".config/plangate.toml", b"fail-on = \"warning\"");
    assert_eq!(found("services/api"), Ok(Some(root.join(".config/plangate.toml"))));
    // A working copy of its own ends the search.
    write("vendor/.git/HEAD", b"");
    assert_eq!(found("vendor"), Ok(None));
    write("plangate.toml", b"");
    let twice = ".config/plangate.toml: plangate.toml stands in the same folder, and only one can count; keep one";
    assert_eq!(fault(&found("services/api").unwrap_err()), twice);

    fs::create_dir(root.join("folder.toml")).unwrap();
    write("latin.toml", b"# gr\xfc\xdfe");
    write("large.toml", &[b'#'; 101]);
    for (file, reader, expected) in [
        ("folder.toml", reader.clone(), "folder.toml is not a file"),
        ("latin.toml", reader.clone(), "latin.toml is not UTF-8"),
        ("large.toml", reader.clone().up_to(100), "large.toml holds 101 bytes, more than the 100 that are read"),
        ("plangate.toml/none.toml", reader.clone(), "plangate.toml/none.toml: there is no such file"),
    ] {
        assert_eq!(fault(&layers_of(&root.join(file), &reader).unwrap_err()), expected);
    }
}

#[test]
fn nine_files_build_on_each_other_and_no_more() {
    let chain = |links: usize| {
        let mut files: HashMap<PathBuf, &'static str> = HashMap::new();
        for (at, text) in CHAIN.iter().enumerate().take(links) {
            files.insert(Path::new(ROOT).join(format!("{at}.toml")), text);
        }
        files.insert(Path::new(ROOT).join(format!("{links}.toml")), "fail-on = \"never\"");
        layers_of(&Path::new(ROOT).join("0.toml"), &InMemory(files))
    };
    let layers = chain(8).unwrap();
    assert_eq!((layers.len(), layers[0].text()), (9, "fail-on = \"never\""));
    let expected = "HEAD:8.toml:1: more than 8 files build on each other; let this one build on the last";
    assert_eq!(fault(&chain(9).unwrap_err()), expected);
}

const CHAIN: [&str; 9] = [
    "extends = \"1.toml\"", "extends = \"2.toml\"", "extends = \"3.toml\"", "extends = \"4.toml\"",
    "extends = \"5.toml\"", "extends = \"6.toml\"", "extends = \"7.toml\"", "extends = \"8.toml\"",
    "extends = \"9.toml\"",
];
