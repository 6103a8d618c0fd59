//! The documentation tree: does it name this feature's folder, and do the documents that it lists exist?

use crate::diagnostic::Finding;
use crate::feature::{Part, Phase, State};
use crate::gate::GateContext;
use crate::plan::{Tree, TreeEntry};
use crate::source::Span;

/// What Phases 0 and 1 make: the part, its name in the tree, and how a plan speaks of it in prose.
const DEMANDED: &[(Part, &str, &[&str])] = &[
    (Part::Research, "research.md", &["research.md"]),
    (Part::DataModel, "data-model.md", &["data-model.md", "data model", "data-model"]),
    (Part::Quickstart, "quickstart.md", &["quickstart.md", "quickstart"]),
    (Part::Contracts, "contracts", &["contracts/", "contracts", "contract files", "api contract"]),
];

/// Words of a comment or a sentence that excuse a document. Those that end in a letter of an alphabet
/// begin a word; the others stand anywhere.
#[rustfmt::skip]
const EXCUSES: &[&str] = &[
    "n/a", "not needed", "not required", "not applicable", "not necessary", "not created", "not produced",
    "not generated", "not present", "not used", "not part", "isn't needed", "is not needed", "are not needed",
    "no need", "unneeded", "unnecessary", "optional", "empty", "skip", "omit", "none", "no", "without", "absent",
    "if needed", "if applicable", "if required", "if any", "as needed", "when needed", "where needed", "deferred",
    "future", "later", "inline", "merged", "folded", "embedded", "instead of", "replaced", "dropped", "unchanged",
    "不需要", "無需", "无需", "不适用", "不適用", "不要", "省略", "跳过", "跳過", "可选", "可選", "任意", "なし", "該当なし", "不必要",
    "해당 없음", "없음", "불필요", "선택", "생략", "no aplica", "no necesari", "no requerid", "opcional", "omitid", "vacío",
    "vazio", "sin", "sem", "não", "ninguno", "nenhum", "entfällt", "nicht", "keine", "leer", "facultatif", "non requis",
    "non nécessaire", "aucun", "vide", "pas de", "nie dotyczy", "opcjonaln", "brak", "niepotrzebn", "не требуется",
    "нет", "пуст", "необязательн",
];

/// PLN203.
pub(super) fn missing(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let absent = |part| cx.feature.state(part) == State::Absent;
    let tree = cx.plan().project_structure.as_ref().and_then(|structure| structure.documentation.as_ref());
    if let Some(tree) = tree.filter(|_| cx.has_reached(Phase::Design)) {
        for (part, name, spoken) in DEMANDED.iter().filter(|(part, ..)| absent(*part)) {
            let Some(entry) = listed(tree, name) else { continue };
            let excused = entry.comment.as_deref().is_some_and(is_excuse)
                || is_excused_in_prose(cx, tree.span, spoken)
                || stands_otherwise(cx, name);
            if !excused {
                let shown = if *part == Part::Contracts { "contracts/" } else { *name };
                findings.push(
                    cx.finding(entry.span, format!("the documentation tree lists {shown}, which does not exist"))
                        .help(format!("write {shown}, or say in the tree why the feature needs none"))
                        .subject(shown),
                );
            }
        }
    }
    // The phase never comes from documents here: they give `tasks` only where there is a tasks.md.
    if cx.has_reached(Phase::Tasks) && absent(Part::Tasks) {
        let message = "tasks.md does not exist, and the phase demands it";
        findings.push(cx.finding(cx.top(), message).help("derive tasks.md from the plan").subject("tasks.md"));
    }
    findings
}

/// The tree's entry for a document of the feature itself.
fn listed<'a>(tree: &'a Tree, name: &str) -> Option<&'a TreeEntry> {
    let is_name =
        |entry: &&TreeEntry| entry.path.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(name));
    tree.entries.iter().find(is_name)
}

fn is_excuse(text: &str) -> bool {
    let lower = text.to_lowercase();
    EXCUSES.iter().any(|excuse| has_word(&lower, excuse))
}

/// Whether `phrase` stands in `text`, a phrase of an alphabet only where a word begins; a short one
/// must also end there.
fn has_word(text: &str, phrase: &str) -> bool {
    let bounded = phrase.starts_with(|c: char| c.is_ascii_alphabetic());
    text.match_indices(phrase).any(|(at, _)| {
        let begins = !text[..at].ends_with(char::is_alphanumeric);
        let ends = phrase.len() > 4 || !text[at + phrase.len()..].starts_with(char::is_alphanumeric);
        !bounded || begins && ends
    })
}

/// Whether a line of the plan, outside of the tree, speaks of the document and excuses it.
fn is_excused_in_prose(cx: &GateContext<'_>, tree: Span, spoken: &[&str]) -> bool {
    let text = cx.text();
    let outside = [text.get(..tree.start as usize), text.get(tree.end as usize..)];
    outside.into_iter().flatten().flat_map(str::lines).any(|line| {
        let lower = line.to_lowercase();
        let named = spoken.iter().find_map(|name| lower.find(name).map(|at| (at, at + name.len())));
        named.is_some_and(|(start, end)| is_excuse(clause(&lower, start, end)))
    })
}

/// What is said close to a mention: from the end of the clause before to the end of its own.
fn clause(line: &str, start: usize, end: usize) -> &str {
    let mark = |c: char| matches!(c, '.' | ';' | '|' | '。' | '；');
    let is_end = |at: usize, c: char| c != '.' || line[at + 1..].starts_with([' ', '*', ')']) || at + 1 == line.len();
    let from = line[..start]
        .char_indices()
        .rev()
        .find(|(at, c)| mark(*c) && is_end(*at, *c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let to = line[end..]
        .char_indices()
        .find(|(at, c)| mark(*c) && *c != '|' && is_end(end + at, *c))
        .map_or(line.len(), |(at, _)| end + at);
    &line[from..to]
}

/// Whether the feature's folder holds the document under another ending, or as a folder.
fn stands_otherwise(cx: &GateContext<'_>, name: &str) -> bool {
    let Some(facts) = cx.feature.repository() else { return false };
    let folder = cx.document().path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let stem = name.trim_end_matches(".md");
    let prefix = if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") };
    let at = facts.paths.partition_point(|known| known.as_str() < prefix.as_str());
    facts.paths[at..].iter().take_while(|known| known.starts_with(&prefix)).any(|known| !known.ends_with("/.gitkeep"))
}

/// PLN204.
pub(super) fn foreign(cx: &GateContext<'_>) -> Vec<Finding> {
    let name = cx.feature.name.as_str();
    let tree = cx.plan().project_structure.as_ref().and_then(|structure| structure.documentation.as_ref());
    let Some(tree) = tree.filter(|_| !name.is_empty()) else { return Vec::new() };
    let own = |path: &str| path.split('/').any(|part| is_same_feature(part, name));
    if tree.entries.iter().any(|entry| own(&entry.path)) {
        return Vec::new();
    }
    let Some((entry, other)) = root_of_feature(tree) else { return Vec::new() };
    let known = cx.feature.repository().is_some_and(|facts| {
        let plan = format!("{other}/plan.md");
        facts.paths.iter().any(|path| path.ends_with(&plan))
    });
    let which = if known { "another feature of this repository" } else { "no folder of this feature" };
    let message = format!("the documentation tree's root is `{other}`, {which}: this is `{name}`");
    vec![cx.finding(entry.span, message).help(format!("write `{name}` for `{other}`")).subject(other)]
}

/// The folder that holds the tree's plan.md, or else the tree's root, where it looks like a feature's.
fn root_of_feature(tree: &Tree) -> Option<(&TreeEntry, &str)> {
    let plan = tree.entries.iter().find_map(|entry| entry.path.strip_suffix("/plan.md"));
    let folder = plan.or(tree.root.as_deref())?;
    let last = folder.rsplit('/').next().filter(|last| is_feature_folder(last))?;
    let entry = tree.entries.iter().find(|entry| entry.path == folder).or(tree.entries.first())?;
    Some((entry, last))
}

/// `001-voting`, `20260304-voting`: digits, a dash and a name.
fn is_feature_folder(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let Some(slug) = name[digits..].strip_prefix(['-', '_']) else { return false };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    digits >= 2 && slug.len() > 1 && slug.chars().all(plain) && !slug.contains("...")
}

/// Whether a part of a path is the feature's folder; a folder that was renamed to mark it, such as
/// `completed-001-voting`, keeps its name in it.
fn is_same_feature(part: &str, name: &str) -> bool {
    let (part, name) = (part.to_lowercase(), name.to_lowercase());
    part == name || part.len() > 4 && (name.ends_with(&format!("-{part}")) || name.starts_with(&format!("{part}.")))
}
