//! The Sync Impact Report: what the last amendment changed.

use std::collections::HashSet;

use crate::document::{Amendment, ConstitutionPrinciple};
use crate::parse::phrase;

use super::version::version_in;
use crate::parse::ordinal::numbered;

const ADDED: &[&str] = &[
    "added principles", "added principle", "new principles", "new principle", "principles added", "principle added",
    "principios añadidos", "principios agregados", "nuevos principios", "princípios adicionados", "novos princípios",
    "principes ajoutés", "nouveaux principes", "hinzugefügte prinzipien", "neue prinzipien", "dodane zasady",
    "nowe zasady", "добавленные принципы", "новые принципы", "新增原则", "新增原則", "新增的原则", "新增的原則",
    "新增核心原则", "添加的原则", "追加された原則", "追加原則", "新規原則", "추가된 원칙", "신규 원칙", "추가 원칙",
];

const MODIFIED: &[&str] = &[
    "modified principles", "modified principle", "principles modified", "principle modified", "changed principles",
    "changed principle", "updated principles", "updated principle", "principles updated", "renamed principles",
    "amended principles", "revised principles", "principios modificados", "principios actualizados",
    "princípios modificados", "princípios alterados", "principes modifiés", "geänderte prinzipien", "zmienione zasady",
    "zmodyfikowane zasady", "изменённые принципы", "измененные принципы", "изменены принципы", "修改的原则",
    "修改的原則", "修改原则", "修改原則", "变更原则", "變更原則", "已修改原则", "已修改原則", "更新的原则",
    "更新的原則", "変更された原則", "変更原則", "修正された原則", "更新された原則", "수정된 원칙", "변경된 원칙",
    "수정 원칙",
];

const SECTIONS: &[&str] = &[
    "added sections", "added section", "new sections", "sections added", "secciones añadidas", "secciones agregadas",
    "seções adicionadas", "sections ajoutées", "hinzugefügte abschnitte", "dodane sekcje", "добавленные разделы",
    "新增章节", "新增章節", "新增部分", "新增区段", "新增區段", "追加されたセクション", "追加セクション",
    "추가된 섹션",
];

const DEFINED: &[&str] =
    &["principles defined", "defined principles", "core principles", "initial principles", "principles established"];

const VERSION_CHANGE: &[&str] = &[
    "version change", "version changes", "version bump", "version update", "version", "cambio de versión",
    "mudança de versão", "alteração de versão", "changement de version", "versionsänderung", "versionswechsel",
    "zmiana wersji", "изменение версии", "版本变更", "版本變更", "版本变化", "版本變化", "版本更新", "バージョン変更",
    "버전 변경", "new version",
];

const PREVIOUS: &[&str] = &["previous", "previous version", "old version", "from version"];

const ADDING: &[&str] = &["added", "add", "adds", "new", "introduced", "introduces"];

const CHANGING: &[&str] = &[
    "updated", "update", "modified", "changed", "expanded", "clarified", "renamed", "strengthened", "reinforced",
    "revised", "amended", "extended", "rewrote", "redefined",
];

/// More principles than any amendment touches.
const MOST_NAMES: usize = 200;

/// What the lines below a key list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Nothing,
    Added,
    Modified,
    /// Sections: only numbered entries are principles.
    Sections,
    /// The principles of a first version.
    Defined,
    /// Changes of an earlier version.
    Earlier,
}

/// Reads every report of `region`, in order.
pub(super) fn amendments(region: &str, principles: &[ConstitutionPrinciple]) -> Vec<Amendment> {
    let known = principles.iter().map(|principle| folded(&principle.name)).collect();
    let mut reader = Reader { known, reports: Vec::new(), list: List::Nothing, key: None, indent: None };
    region.lines().for_each(|line| reader.line(line));
    let mut reports = reader.reports;
    reports.retain(|report| *report != Amendment::default());
    reports
}

struct Reader {
    /// Names of the constitution's principles, folded.
    known: HashSet<String>,
    reports: Vec<Amendment>,
    list: List,
    /// Indentation of the key over the list, and whether the key is itself a bullet.
    key: Option<(usize, bool)>,
    /// Indentation of the list's first entry.
    indent: Option<usize>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let content =
            text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '（' | '[')).trim_end();
        if content.is_empty() {
            return;
        }
        let bullet = text.starts_with(['-', '*', '•', '+', '–', '·', '✅']) && !text.starts_with("**");
        if self.key_line(content, indent, bullet) || self.sentence(content) {
            return;
        }
        let listed = match self.key {
            Some((key, true)) => indent > key,
            Some((key, false)) => bullet || indent > key || numbered(content).is_some(),
            None => false,
        };
        if !listed {
            self.list = if self.list == List::Earlier { List::Earlier } else { List::Nothing };
        } else if indent <= *self.indent.get_or_insert(indent) {
            self.entry(content);
        }
    }

    /// A line that begins a list or states the version.
    fn key_line(&mut self, content: &str, indent: usize, bullet: bool) -> bool {
        if let Some(value) = behind_key(content, VERSION_CHANGE).or_else(|| behind_version(content)) {
            return self.version_change(value);
        }
        if let Some(value) = behind_key(content, PREVIOUS) {
            let report = self.report();
            if report.from.is_none() {
                report.from = version_in(value).map(|(version, _)| version.to_owned());
            }
            return true;
        }
        if let Some(length) = phrase::leading_word(content, &["changes in"]) {
            let version = version_in(&content[length..]).map(|(version, _)| version.to_owned());
            let current = version.is_none() || version == self.report().to;
            self.list = if current { List::Nothing } else { List::Earlier };
            return true;
        }
        if self.list == List::Earlier && bullet && indent > 0 {
            return false;
        }
        let keys =
            [(List::Added, ADDED), (List::Modified, MODIFIED), (List::Sections, SECTIONS), (List::Defined, DEFINED)];
        let Some((list, value)) =
            keys.iter().find_map(|(list, keys)| behind_key(content, keys).map(|value| (*list, value)))
        else {
            return false;
        };
        self.list = list;
        self.key = Some((indent, bullet));
        self.indent = None;
        if list != List::Defined {
            value.split([';', ',', '；']).for_each(|entry| self.entry(entry));
        }
        true
    }

    /// `1.0.0 → 1.1.0`. A second one in the same text begins an earlier report.
    fn version_change(&mut self, value: &str) -> bool {
        let Some((first, at)) = version_in(value) else { return false };
        let second = version_in(&value[at + first.len()..]).map(|(version, _)| version);
        let (from, to) = match second {
            // "1.2.0 (was 1.1.0)" and "1.1.0 → 1.2.0".
            Some(second) if arrow(&value[at..]).is_some() || phrase::contains(value, " to ") => (Some(first), second),
            _ => (None, first),
        };
        if self.reports.last().is_some_and(|report| report.to.is_some()) {
            self.reports.push(Amendment::default());
        }
        let report = self.report();
        report.from = from.map(str::to_owned);
        report.to = Some(to.to_owned());
        self.list = List::Nothing;
        self.key = None;
        true
    }

    /// `Added Principle XI: Name`, `Updated Principle II (Name) …`.
    fn sentence(&mut self, content: &str) -> bool {
        if self.list == List::Earlier {
            return false;
        }
        let verb = |verbs: &[&str]| phrase::leading_word(content, verbs).map(|length| content[length..].trim_start());
        let (rest, list) = match (verb(ADDING), verb(CHANGING)) {
            (Some(rest), _) => (rest, List::Added),
            (None, Some(rest)) => (rest, List::Modified),
            _ => return false,
        };
        if phrase::starts_with(rest, "principle").is_none() || numbered(rest).is_none() {
            return false;
        }
        let name = self.name(rest);
        self.push(list, name);
        true
    }

    fn entry(&mut self, text: &str) {
        let text = text.trim().trim_matches(['*', '`', '"']).trim();
        let is_new = ["(new)", "[new]", "(new ", "[new "].iter().any(|mark| phrase::contains(text, mark));
        let is_numbered = numbered(text).is_some();
        let is_first = self.report().from.is_none();
        let list = match self.list {
            List::Nothing | List::Earlier => return,
            List::Sections if !is_numbered => return,
            List::Sections => List::Added,
            List::Defined if is_new || is_first => List::Added,
            List::Defined => return,
            list => list,
        };
        let name = self.name(text);
        let renamed = arrow(text).is_some();
        if numbered(&name).is_some() || renamed || self.is_known(&name) {
            self.push(list, name);
        }
    }

    /// The name in an entry: the new one of a renamed principle, without notes behind it.
    fn name(&self, text: &str) -> String {
        let text = match arrow(text) {
            Some((_, new)) if numbered(new).is_some() || self.is_known(without_note(new)) => new,
            Some((old, _)) => old,
            None => text,
        };
        without_note(text).trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '`' | '"')).to_owned()
    }

    fn is_known(&self, name: &str) -> bool {
        let name = name.trim().trim_matches(['*', '"', '`']);
        !name.is_empty() && self.known.contains(&folded(name))
    }

    fn push(&mut self, list: List, name: String) {
        if name.is_empty() || is_none(&name) {
            return;
        }
        let report = self.report();
        let names = if list == List::Added { &mut report.added } else { &mut report.modified };
        if names.len() < MOST_NAMES && !names.contains(&name) {
            names.push(name);
        }
    }

    fn report(&mut self) -> &mut Amendment {
        if self.reports.is_empty() {
            self.reports.push(Amendment::default());
        }
        let last = self.reports.len() - 1;
        &mut self.reports[last]
    }
}

fn folded(text: &str) -> String {
    text.chars().map(phrase::fold).collect()
}

/// What stands behind a key and its colon; a key without a colon ends its line.
fn behind_key<'a>(content: &'a str, keys: &[&str]) -> Option<&'a str> {
    let length = phrase::leading_word(content, keys)?;
    let rest = content[length..].trim_start_matches(['*', '_', ' ']);
    let rest = match rest.strip_prefix(['(', '（']) {
        Some(note) => note.split_once([')', '）']).map_or("", |(_, rest)| rest).trim_start_matches(['*', ' ']),
        None => rest,
    };
    match rest.strip_prefix([':', '：']) {
        Some(value) => Some(value.trim_start_matches(['*', ' '])),
        None => rest.is_empty().then_some(""),
    }
}

/// What stands behind "version" in `Version 1.0.0 → 1.1.0`, which needs no colon.
fn behind_version(content: &str) -> Option<&str> {
    let rest = &content[phrase::leading_word(content, VERSION_CHANGE)?..];
    arrow(rest).map(|_| rest)
}

/// Both sides of an arrow.
fn arrow(text: &str) -> Option<(&str, &str)> {
    ["→", "➜", "⇒", "-->", "->", "=>", "ー>"]
        .iter()
        .find_map(|arrow| text.split_once(arrow))
        .map(|(old, new)| (old.trim(), new.trim()))
}

/// Cuts what explains a name: `IX. Name (new) - because`. A name in brackets stays: `Principle II (Name) was …`.
fn without_note(text: &str) -> &str {
    let numeral = numbered(text).map_or(0, |found| found.rest.as_ptr() as usize - text.as_ptr() as usize);
    let name = &text[numeral..];
    if name.starts_with('(') {
        let end = name.find(')').map_or(name.len(), |at| at + 1);
        return &text[..numeral + end];
    }
    let cut = [" - ", " – ", " — ", " (", "（", " [", ": ", "：", "; "].iter().filter_map(|mark| name.find(mark)).min();
    text[..numeral + cut.unwrap_or(name.len())].trim_end()
}

fn is_none(name: &str) -> bool {
    ["none", "n/a", "no ", "ninguno", "nenhum", "aucun", "keine", "brak", "нет", "无", "無", "なし", "없음"]
        .iter()
        .any(|none| phrase::starts_with(name, none).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principle(name: &str) -> ConstitutionPrinciple {
        ConstitutionPrinciple { name: name.to_owned(), ..ConstitutionPrinciple::default() }
    }

    fn check(region: &str) -> Amendment {
        let principles = [principle("Small Steps"), principle("Open Data")];
        amendments(region, &principles).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn lists_below_keys() {
        let report = check(
            "Sync Impact Report\nVersion change: 1.0.0 → 2.0.0\nModified Principles:\n  - II. Old Name → II. New Name\n    - removed a sentence\nAdded Principles:\n  - VII. Data Care (critical)\n  - VIII. Calm Failure - why\n  - Open Data\nRemoved Principles: None\nTemplates:\n  - IX. Not a principle\n",
        );
        assert_eq!((report.from.as_deref(), report.to.as_deref()), (Some("1.0.0"), Some("2.0.0")));
        assert_eq!(report.modified, ["II. New Name"]);
        assert_eq!(report.added, ["VII. Data Care", "VIII. Calm Failure", "Open Data"]);
    }

    #[test]
    fn keys_as_bullets() {
        let report = check(
            "- Version change: 1.1.0 -> 1.2.0\n- Modified principles:\n  - I. Small Steps (more rules)\n- Added sections: none\n- II. Not listed\n",
        );
        assert_eq!(report.modified, ["I. Small Steps"]);
        assert!(report.added.is_empty());
    }

    #[test]
    fn nothing_changed() {
        for none in ["None", "N/A (initial creation)", "Initial constitution creation", "(none)", "なし"] {
            let report =
                check(&format!("Version Change: N/A → 1.0.0\nModified principles: {none}\nAdded principles: {none}\n"));
            assert_eq!((report.from, report.to.as_deref()), (None, Some("1.0.0")));
            assert!(report.modified.is_empty() && report.added.is_empty(), "{none}");
        }
    }

    #[test]
    fn sentences_say_it_too() {
        let report = check(
            "- Version: 1.3.0 (minor)\n- Previous: 1.2.0\n- Changes in 1.3.0:\n  * Added Principle XI: Small Steps\n  * Updated Principle II (Open Data) to be shorter\n- Changes in 1.2.0:\n  * Added Principle X: Other\n",
        );
        assert_eq!((report.from.as_deref(), report.to.as_deref()), (Some("1.2.0"), Some("1.3.0")));
        assert_eq!(report.added, ["Principle XI: Small Steps"]);
        assert_eq!(report.modified, ["Principle II (Open Data)"]);
    }

    #[test]
    fn sections_with_a_numeral_are_principles() {
        let report = check("Version change: 1.1.0 → 1.2.0\nAdded sections:\n  - IX. Tests\n  - Workflow\n");
        assert_eq!(report.added, ["IX. Tests"]);
    }

    #[test]
    fn several_reports_keep_their_order() {
        let region = "Version change: 1.1.0 → 1.2.0\nAdded principles: VI. One\n\nVersion change: 1.0.0 → 1.1.0\nAdded principles: V. Two\n";
        let reports = amendments(region, &[]);
        assert_eq!(reports.iter().map(|report| report.added.concat()).collect::<Vec<_>>(), ["VI. One", "V. Two"]);
    }
}
