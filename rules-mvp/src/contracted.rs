//! What a contract defines, and by which names tasks speak of it.

use std::collections::HashSet;

use plangate_core::document::Contract;
use plangate_core::feature::Read;

use crate::package_item::contains_name;

/// Whether a file under contracts/ describes an interface that tests can hold: it defines an operation, a message or
/// a schema, and not only the form of a file such as package.json.
pub(crate) fn defines_an_interface(contract: &Read<'_, Contract>) -> bool {
    let mut operations = contract.operations.iter();
    operations.any(|operation| !names_a_file(&operation.name)) && !file_name(contract).starts_with("README")
}

/// Whether a title names a file that holds data: "Scripts of package.json".
fn names_a_file(title: &str) -> bool {
    const DATA: [&str; 7] = [".json", ".yaml", ".yml", ".toml", ".ini", ".xml", ".env"];
    let words = title.split_whitespace().filter(|word| !word.contains('/'));
    words
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| DATA.iter().any(|ending| word.strip_suffix(ending).is_some_and(|stem| !stem.is_empty())))
}

/// A contract, and what tasks that speak of it call it, in lower case.
pub(crate) struct Named<'a> {
    pub(crate) contract: Read<'a, Contract>,
    file: String,
    /// Its file and its operations.
    names: Vec<String>,
    /// Its messages, fields, flags and attributes, by names that are no words.
    parts: HashSet<String>,
}

impl<'a> Named<'a> {
    pub(crate) fn of(contract: Read<'a, Contract>) -> Self {
        let file = file_name(&contract).to_lowercase();
        let stem = file.split('.').next().unwrap_or_default();
        let operations = contract.operations.iter().filter_map(|operation| {
            let name = operation.name.to_lowercase();
            name.rsplit(' ').next().filter(|path| path.len() > 2).map(str::to_owned)
        });
        let names = [stem.replace('-', " "), stem.to_owned()].into_iter().chain(operations).collect();
        let parts = parts(&contract.document.text, file.ends_with(".md"));
        Self { contract, file, names, parts }
    }

    /// Its file's name as it is written.
    pub(crate) fn file_name(&self) -> &'a str {
        file_name(&self.contract)
    }

    /// Whether a text in lower case names it, or a part of it.
    pub(crate) fn is_told_in(&self, text: &str) -> bool {
        let told = |name: &String| text.contains(name.as_str()) && contains_name(text, name);
        text.contains(&self.file)
            || self.names.iter().any(told)
            || !self.parts.is_empty() && identifiers(text).any(|word| self.parts.contains(word))
    }
}

fn file_name<'a>(contract: &Read<'a, Contract>) -> &'a str {
    contract.document.path.rsplit('/').next().unwrap_or_default()
}

/// The identifiers that a contract gives to its parts: in Markdown those in code marks; elsewhere all, but for those with
/// hyphens, which descriptions are full of.
fn parts(text: &str, markdown: bool) -> HashSet<String> {
    let mut parts = HashSet::new();
    let kept = |word: &&str| is_no_word(word) && (markdown || !word.contains(['-', '.', ':']));
    let mut keep = |code: &str| parts.extend(identifiers(code).filter(kept).map(str::to_lowercase));
    if !markdown {
        keep(text);
        return parts;
    }
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            line.split('`').skip(1).step_by(2).for_each(&mut keep);
        }
    }
    parts
}

/// The runs of letters, digits and what joins them in identifiers.
fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.');
    text.split(move |c| !inside(c)).map(|word| word.trim_matches([':', '.'])).filter(|word| !word.is_empty())
}

/// Whether an identifier can't be a word of a sentence: `--force`, `status_update`, `roomId`, `vote:cast`. Names of files
/// are left out, which tasks name for other reasons.
fn is_no_word(word: &str) -> bool {
    const FILES: [&str; 20] = [
        "md", "json", "yaml", "yml", "toml", "ts", "tsx", "js", "py", "go", "rs", "swift", "java", "cs", "html", "css",
        "sh", "sql", "txt", "lock",
    ];
    let is_file = word.rsplit_once('.').is_some_and(|(_, extension)| FILES.contains(&extension));
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let inner = word.trim_matches(['-', '_']);
    // "roomId", and neither "macOS" nor "iPhone".
    let hump = inner.find(char::is_uppercase).filter(|at| *at > 1 && inner.starts_with(char::is_lowercase));
    let camel = hump.is_some_and(|at| inner[at..].chars().nth(1).is_some_and(char::is_lowercase));
    let joined = inner.contains(['_', '-', ':', '.']);
    letters >= 3 && !is_file && (camel || joined || word.starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_file_is_no_interface() {
        assert!(names_a_file("Scripts of package.json") && names_a_file("`auction.yaml`"));
        assert!(!names_a_file("GET /exports/bids.json") && !names_a_file("Node.js client") && !names_a_file("json"));
    }

    #[test]
    fn parts_are_what_no_sentence_says_by_chance() {
        let markdown = "# Bids\n\nThe `bid` has a `bid_amount` and `placedAt`; `--dry-run` and `data-bid-state` are \
                        read-only, see `bids.ts`.\n```json\n{\"left_out\": 1}\n```\nThen `bid:placed`.\n";
        let mut found: Vec<String> = parts(markdown, true).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, ["--dry-run", "bid:placed", "bid_amount", "data-bid-state", "placedat"]);
        let code = "class Outbid(Message):\n    # an end-to-end flow on macOS and iPhone\n    kind = \"bid_refused\"\n";
        assert_eq!(parts(code, false), HashSet::from(["bid_refused".to_owned()]));
    }
}
