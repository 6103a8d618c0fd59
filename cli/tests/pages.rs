//! The pages in docs/ can be followed: their shell commands are run, in the order of the page and in a folder of its own.
//!
//! - ```` ```sh ```` is run by `sh -e` and has to end with 0; ```` ```sh,exit=1 ```` with that code; ```` ```sh,no-run ````
//!   is only shown.
//! - ```` ```text,output ```` behind it is what the commands write on standard output and standard error. Where
//!   `UPDATE_DOCS` is set, it is rewritten.
//! - ```` ```toml,file=acme/acme.toml ````, in any language, puts a file there first.
//!
//! `plangate` is the one of this build, and cargo stays offline. Libraries are named as on Linux.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what a test can't set up has failed")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A fenced block: its flags, its text, and where that stands in the page, in bytes.
struct Block<'a> {
    language: &'a str,
    flags: Vec<&'a str>,
    text: &'a str,
    start: usize,
    line: usize,
}

impl<'a> Block<'a> {
    fn flag(&self, name: &str) -> Option<&'a str> {
        self.flags.iter().find_map(|flag| flag.strip_prefix(name)?.strip_prefix('='))
    }

    fn is(&self, language: &str, flag: &str) -> bool {
        self.language == language && self.flags.contains(&flag)
    }
}

/// The fenced blocks of a page that begin at a line's start.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, &str, usize, usize)> = None;
    let mut at = 0;
    for (line, text) in page.split_inclusive('\n').enumerate() {
        let ticks = &text[..text.len() - text.trim_start_matches('`').len()];
        match open {
            Some((fence, info, start, first)) if text.trim_end() == fence => {
                let mut words = info.split(',').map(str::trim);
                let language = words.next().unwrap_or_default();
                blocks.push(Block { language, flags: words.collect(), text: &page[start..at], start, line: first });
                open = None;
            }
            None if ticks.len() >= 3 => open = Some((ticks, text[ticks.len()..].trim(), at + text.len(), line + 1)),
            _ => {}
        }
        at += text.len();
    }
    blocks
}

/// A page that is being followed.
struct Page<'a> {
    name: &'a str,
    folder: TempDir,
}

impl Page<'_> {
    /// What the commands write on both streams.
    fn run(&self, block: &Block<'_>) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_plangate"));
        let mut path = OsString::from(program.parent().unwrap());
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let output = Command::new("sh")
            .args(["-e", "-c", &format!("exec 2>&1\n{}", block.text)])
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("PLANGATE_CORE_PATH", root().join("core"))
            .env("CARGO_NET_OFFLINE", "true")
            // What is compiled stays from run to run; what is built lands where the page says.
            .env("CARGO_BUILD_BUILD_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages"))
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CI")
            .env_remove("PLANGATE_OUTPUT_FORMAT")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let expected: i32 = block.flag("exit").map_or(0, |code| code.parse().unwrap());
        let at = format!("{}:{}", self.name, block.line);
        assert_eq!(output.status.code(), Some(expected), "{at}: {}\n{said}", block.text);
        said.replace(&self.folder.path().display().to_string(), ".")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Follows a page; gives it with the outputs that it should show.
fn follow(name: &str, text: &str) -> String {
    let page = Page { name, folder: TempDir::new().unwrap() };
    let (mut shown, mut at) = (String::new(), 0);
    let mut said: Option<String> = None;
    for block in blocks(text) {
        if let Some(path) = block.flag("file") {
            page.write(path, block.text);
        } else if block.language == "sh" && !block.is("sh", "no-run") {
            said = Some(page.run(&block));
        } else if block.is("text", "output") {
            let said =
                said.take().unwrap_or_else(|| panic!("{name}:{}: no command stands before the output", block.line));
            shown.push_str(&text[at..block.start]);
            shown.push_str(said.trim_end());
            shown.push('\n');
            at = block.start + block.text.len();
        }
    }
    shown + &text[at..]
}

fn pages() -> Vec<String> {
    let entries = fs::read_dir(root().join("docs")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut pages: Vec<String> =
        names.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}")).collect();
    pages.sort_unstable();
    pages
}

#[test]
fn every_page_can_be_followed() {
    for name in pages() {
        let text = fs::read_to_string(root().join(&name)).unwrap();
        let shown = follow(&name, &text);
        if shown == text {
            continue;
        }
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(root().join(&name), shown).unwrap();
            continue;
        }
        let differs = text.lines().zip(shown.lines()).position(|(is, should)| is != should).unwrap_or_default();
        let [is, should] = [text.lines().nth(differs), shown.lines().nth(differs)].map(Option::unwrap_or_default);
        panic!("{name}:{}: shows\n{is}\nand the command writes\n{should}\nUPDATE_DOCS=1 rewrites it", differs + 1);
    }
}

#[test]
fn commands_files_and_outputs_are_told_apart() {
    let text = "```text,file=a/b.txt\nhello\n```\n\n```sh\ncat a/b.txt; pwd\n```\n\n```text,output\nold\n```\n\n```sh,exit=3\nexit 3\n```\n\n```sh,no-run\nexit 1\n```\n";
    let shown = follow("sample.md", text);
    assert_eq!(shown, text.replace("old", "hello\n."));
}

#[test]
fn a_command_that_fails_is_told() {
    let failed = std::panic::catch_unwind(|| follow("sample.md", "Text.\n\n```sh\nfalse\necho never\n```\n"));
    let message = failed.unwrap_err().downcast_ref::<String>().cloned().unwrap();
    assert!(message.contains("sample.md:3: false\n"), "{message}");
}
