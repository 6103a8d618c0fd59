//! The invariants of ARCHITECTURE.md that can be read off the sources: who reads files, who prints,
//! who knows whom, and where `unsafe` may stand.

#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// The crates of the workspace whose sources are held to the rules.
const CRATES: &[&str] =
    &["benches", "cli", "cli/tests/faulty-pack", "core", "examples/acme-pack", "rules-mvp", "rules-production"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A source file: its path below the workspace, and its code without comments and tests.
struct Source {
    path: String,
    code: String,
}

/// The sources below a folder of the workspace.
fn sources(folder: &str) -> Vec<Source> {
    let mut texts = Vec::new();
    collect(&root().join(folder), folder, &mut texts);
    assert!(!texts.is_empty(), "{folder} holds sources");
    let for_tests: Vec<String> = texts.iter().flat_map(|(_, text)| test_modules(text)).collect();
    let of_product = |path: &str| !for_tests.iter().any(|module| path.ends_with(&format!("/{module}.rs")));
    let sources = texts.into_iter().filter(|(path, _)| of_product(path));
    sources.map(|(path, text)| Source { path, code: code(&text) }).collect()
}

/// The modules in files of their own that exist for tests only.
fn test_modules(text: &str) -> Vec<String> {
    let behind = text.split("#[cfg(test)]\n").skip(1);
    let declared = behind.filter_map(|rest| rest.lines().next()?.split("mod ").nth(1)?.strip_suffix(';'));
    declared.map(str::to_owned).collect()
}

fn collect(folder: &Path, shown: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{shown}: {error}")) {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{shown}/{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &path, found);
        } else if name.ends_with(".rs") {
            found.push((path, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

/// A file's lines up to its tests, without comments. The tests of a module are its last item.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split(" // ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// No source below `folder` holds one of `words`, but for those whose paths begin as one of `allowed`.
#[track_caller]
fn never(folder: &str, words: &[&str], allowed: &[&str]) {
    for Source { path, code } in sources(folder) {
        if allowed.iter().any(|allowed| path.starts_with(allowed)) {
            continue;
        }
        for word in words {
            assert!(!code.contains(word), "{path} holds `{word}`");
        }
    }
}

#[test]
fn core_reads_files_in_four_places_only() {
    let readers = ["core/src/workspace", "core/src/config/", "core/src/pack/dynamic.rs", "core/src/testing"];
    let writers = ["core/src/fix/write.rs", "core/src/fix/replacement.rs"];
    // The process of a pack takes its own standard streams as files.
    let allowed = [&readers[..], &writers, &["core/src/pack/worker.rs"]].concat();
    never("core/src", &["std::fs", "fs::", "File::", "read_to_string(", "read_dir("], &allowed);
    let writes = ["fs::write", "File::create", "OpenOptions", "remove_file", "create_dir", "fs::rename"];
    // The test kit lays features out in a folder of its own, and a library is copied before it is opened.
    never("core/src", &writes, &[&writers[..], &["core/src/testing", "core/src/pack/dynamic.rs"]].concat());
}

#[test]
fn core_and_rules_print_nothing() {
    for folder in ["core/src", "rules-mvp/src", "rules-production/src"] {
        // The standard output of a pack's process is the pipe to its host.
        never(folder, &["println!", "print!", "dbg!", "io::stdout", "io::stderr"], &["core/src/pack/worker.rs"]);
    }
}

#[test]
fn nothing_uses_the_network() {
    for name in CRATES {
        never(&format!("{name}/src"), &["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs"], &[]);
    }
}

#[test]
fn rules_read_no_clock_and_no_environment() {
    let words = ["SystemTime", "Instant::", "std::env", "env::var", "HashMap::iter", "thread::"];
    for folder in ["core/src/gate", "core/src/assessment", "rules-mvp/src", "rules-production/src"] {
        never(folder, &words, &[]);
    }
}

#[test]
fn lines_and_columns_exist_only_in_the_report() {
    let report = ["core/src/source.rs", "core/src/lib.rs", "core/src/report", "core/src/emit", "core/src/testing"];
    // An error about a pack's or a configuration's own file names its line to whoever wrote it.
    let allowed = [&report[..], &["core/src/pack/manifest/mod.rs", "core/src/config/error.rs"]].concat();
    never("core/src", &["LineIndex", "Position"], &allowed);
    never("rules-mvp/src", &["LineIndex", "Position {", "Position::"], &[]);
    never("rules-production/src", &["LineIndex", "Position {", "Position::"], &[]);
}

#[test]
fn rules_know_neither_packs_nor_emitters() {
    let words = ["emit::", "crate::pack::Linked", "RulePack", "linked_packs"];
    never("core/src/gate", &words, &[]);
    // A pack's lib.rs is the pack.
    never("rules-mvp/src", &words, &["rules-mvp/src/lib.rs"]);
    never("rules-production/src", &words, &["rules-production/src/lib.rs"]);
}

#[test]
fn emitters_know_neither_rules_nor_plans() {
    for Source { path, code } in sources("core/src/emit") {
        for module in ["rule", "gate", "engine", "assessment", "principle", "parse", "markdown", "document"] {
            assert!(!code.contains(&format!("crate::{module}::")), "{path} knows `{module}`");
        }
        // The words for statuses are the report's as well.
        let plan = code.matches("crate::plan::").count();
        assert_eq!(plan, code.matches("crate::plan::Status").count(), "{path} knows plans");
    }
}

#[test]
fn crates_depend_one_way() {
    for (name, unknown) in [
        ("core", &["plangate-rules", "plangate ", "plangate.", "clap"][..]),
        ("rules-mvp", &["plangate-rules-production", "plangate ", "plangate.", "clap"]),
        ("rules-production", &["plangate-rules-mvp", "plangate ", "plangate.", "clap"]),
    ] {
        let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap();
        let dependencies = manifest.split("[dependencies]").nth(1).expect("dependencies");
        for line in dependencies.lines() {
            assert!(!unknown.iter().any(|other| line.starts_with(other)), "{name} depends on {line}");
        }
    }
}

#[test]
fn unsafe_stands_where_packs_are_loaded_only() {
    let allowed =
        ["core/src/pack/abi.rs", "core/src/pack/guest.rs", "core/src/pack/dynamic.rs", "cli/src/pack_worker.rs"];
    let words = [
        "unsafe {", "unsafe fn", "unsafe impl", "unsafe extern", "#[unsafe(", "expect(unsafe_code", "allow(unsafe_code",
    ];
    for name in CRATES {
        never(&format!("{name}/src"), &words, &allowed);
        let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name} takes the workspace's lints");
    }
    never("benches/benches", &words, &["benches/benches/packs.rs"]);
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"deny\""));
    assert!(workspace.contains("undocumented_unsafe_blocks = \"warn\""));
    let core = fs::read_to_string(root().join("core/src/lib.rs")).unwrap();
    assert!(core.contains("#![deny(unsafe_code)]"));
    // The rest denies it only: the command and the examples of packs each have the one place that loads or exports.
    for path in ["benches/src/lib.rs", "cli/src/main.rs", "rules-mvp/src/lib.rs", "rules-production/src/lib.rs"] {
        let source = fs::read_to_string(root().join(path)).unwrap();
        assert!(source.contains("\n#![forbid(unsafe_code)]\n"), "{path} needs none");
    }
}

#[test]
fn the_command_loads_packs_in_one_place() {
    let loads: Vec<Source> = sources("cli/src").into_iter().filter(|source| source.code.contains("unsafe {")).collect();
    assert_eq!(loads.len(), 1);
    assert_eq!((loads[0].path.as_str(), loads[0].code.matches("unsafe {").count()), ("cli/src/pack_worker.rs", 1));
}

#[test]
fn a_pack_is_never_unloaded() {
    never("core/src", &["dlclose", "library.close", "Library::close"], &[]);
    let dynamic = fs::read_to_string(root().join("core/src/pack/dynamic.rs")).unwrap();
    assert!(dynamic.contains("std::mem::forget(library)"));
}
