//! The documentation tree: does it name this feature's folder, and do the documents that it lists exist?

use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::feature::{Part, Phase, State};
use crate::gate::GateContext;
use crate::matching::contains_any;
use crate::plan::{Tree, TreeEntry};
use crate::repository::{Endings, PathIndex};
use crate::source::Span;

/// What Phases 0 and 1 make: the part, its name in the tree, and how a plan speaks of it in prose.
const DEMANDED: &[(Part, &str, &[&str])] = &[
    (Part::Research, "research.md", &["research.md"]),
    (Part::DataModel, "data-model.md", &["data-model.md", "data model", "data-model"]),
    (Part::Quickstart, "quickstart.md", &["quickstart.md", "quickstart"]),
    (Part::Contracts, "contracts", &["contracts/", "contracts", "contract files", "api contract"]),
];

/// What excuses a document, in a comment of the tree and in a sentence. A phrase of an alphabet stands
/// where a word begins.
#[rustfmt::skip]
const EXCUSES: &[&str] = &[
    "n/a", "not needed", "not required", "not applicable", "not necessary", "not created", "not produced",
    "not generated", "not present", "not used", "unneeded", "unnecessary", "optional", "empty", "skip", "omit",
    "none", "no changes", "if needed", "if applicable", "if required", "if any", "as needed", "when needed",
    "where needed", "deferred", "dropped", "unchanged", "不需要", "無需", "无需", "不适用", "不適用", "不要", "省略", "跳过",
    "跳過", "可选", "可選", "任意", "なし", "該当なし", "不必要", "해당 없음", "없음", "불필요", "선택", "생략", "no aplica",
    "no necesari", "no requerid", "no se requiere", "opcional", "omitid", "vacío", "vazio", "não aplic", "não necess",
    "não se aplica", "ninguno", "nenhum", "entfällt", "nicht nötig", "nicht erforderlich", "nicht benötigt", "leer",
    "facultatif", "non requis", "non nécessaire", "non applicable", "aucun", "vide", "nie dotyczy", "opcjonaln", "brak",
    "niepotrzebn", "не требуется", "не нужн", "пуст", "необязательн",
];

/// What excuses a document in a comment, where nothing else is spoken of, and before its name.
#[rustfmt::skip]
const DENIALS: &[&str] = &[
    "no", "not", "without", "neither", "nor", "later", "future", "inline", "merged", "folded", "embedded", "below",
    "instead", "replaced", "sin", "sem", "não", "nicht", "kein", "keine", "ohne", "sans", "pas", "bez", "без", "нет",
    "無", "无",
];

/// PLN203.
pub(super) fn missing(cx: &GateContext<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let absent = |part| cx.feature.state(part) == State::Absent;
    let tree = cx.plan().project_structure.as_ref().and_then(|structure| structure.documentation.as_ref());
    if let Some(tree) = tree.filter(|_| cx.has_reached(Phase::Design)) {
        for (part, name, spoken) in DEMANDED.iter().filter(|(part, ..)| absent(*part)) {
            let Some(entry) = listed(tree, name) else { continue };
            let excused = is_excused_by_comment(entry)
                || is_excused_in_prose(cx, tree.span, spoken)
                || stands_otherwise(cx, name);
            if !excused {
                let shown = if *part == Part::Contracts { "contracts/" } else { *name };
                let severity = if is_outlisted(cx, name) { Severity::Warning } else { Severity::Error };
                findings.push(
                    cx.finding(entry.span, format!("the documentation tree lists {shown}, which does not exist"))
                        .at_most(severity)
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

/// Whether a list of what the phases made names other documents, and not this one: "**Outputs**:" and its
/// items know better than a tree that nobody edited.
fn is_outlisted(cx: &GateContext<'_>, name: &str) -> bool {
    const LISTS: &[&str] = &["output", "generated", "artifact", "deliverable", "artefact", "生成物", "成果物", "产出"];
    let is_item = |line: &str| line.trim_start().starts_with(['-', '+']) || line.trim_start().starts_with("* ");
    let lists = |line: &str| {
        let lower = line.to_lowercase();
        let titled = line.starts_with('#') || line.starts_with("**") && line.trim_end().ends_with(['*', ':', '：']);
        titled && contains_any(&lower, LISTS)
    };
    let lines: Vec<&str> = cx.text().lines().filter(|line| !line.trim().is_empty()).collect();
    let titles = lines.iter().enumerate().filter(|(_, line)| !is_item(line) && lists(line));
    titles.into_iter().any(|(at, _)| {
        let listed: Vec<&str> = lines[at + 1..].iter().copied().take_while(|line| is_item(line)).collect();
        let says = |name: &str| listed.iter().any(|item| item.contains(name));
        !says(name) && DEMANDED.iter().filter(|(_, other, _)| says(other)).count() >= 2
    })
}

fn is_excused_by_comment(entry: &TreeEntry) -> bool {
    let comment = entry.comment.as_deref().unwrap_or_default().to_lowercase();
    is_excuse(&comment) || is_denial(&comment)
}

fn is_excuse(text: &str) -> bool {
    EXCUSES.iter().any(|excuse| has_word(text, excuse))
}

fn is_denial(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| DENIALS.contains(&word))
}

/// Whether `phrase` stands in `text`: a phrase of an alphabet where a word begins, a very short one as
/// a word of its own.
fn has_word(text: &str, phrase: &str) -> bool {
    let bounded = phrase.starts_with(|c: char| c.is_ascii_alphabetic());
    text.match_indices(phrase).any(|(at, _)| {
        let begins = !text[..at].ends_with(char::is_alphanumeric);
        let ends = phrase.len() > 3 || !text[at + phrase.len()..].starts_with(char::is_alphanumeric);
        !bounded || begins && ends
    })
}

/// Whether the plan, outside of its tree, says of the document that there is none: "no API contracts",
/// "data-model.md: not needed".
fn is_excused_in_prose(cx: &GateContext<'_>, tree: Span, spoken: &[&str]) -> bool {
    let text = cx.text();
    let outside = [text.get(..tree.start as usize), text.get(tree.end as usize..)];
    outside.into_iter().flatten().flat_map(str::lines).any(|line| {
        let lower = line.to_lowercase();
        spoken.iter().any(|name| lower.match_indices(name).any(|(at, _)| is_excused_at(&lower, at, at + name.len())))
    })
}

fn is_excused_at(line: &str, start: usize, end: usize) -> bool {
    const NEAR: usize = 60;
    let is_end = |c: char| matches!(c, '.' | ';' | '|' | ',' | '。' | '；' | '，');
    let from = (start.saturating_sub(NEAR)..start).find(|at| line.is_char_boundary(*at)).unwrap_or(start);
    let before = line[from..start].rsplit(is_end).next().unwrap_or_default();
    let denied = before.split_whitespace().rev().take(3).any(|word| is_denial(word) || is_excuse(word));
    // A table's next cell, or the rest of the sentence.
    let behind = line[end..].trim_start_matches(['`', '*', '/', '|', ' ']);
    let near = behind.char_indices().nth(NEAR).map_or(behind, |(at, _)| &behind[..at]);
    let near = near.split([';', '|', '。', '；']).next().unwrap_or_default();
    denied || is_excuse(near.split(". ").next().unwrap_or_default())
}

/// Whether the feature's folder holds the document under another ending, or as a folder.
fn stands_otherwise(cx: &GateContext<'_>, name: &str) -> bool {
    let Some(facts) = cx.feature.repository() else { return false };
    let folder = cx.document().path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let stem = name.trim_end_matches(".md");
    let prefix = if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") };
    facts.paths.starting_with(&prefix).iter().any(|known| !known.ends_with("/.gitkeep"))
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
    let known = cx.feature.repository().is_some_and(|facts| facts.paths.index::<Features>().0.any(other));
    let which = if known { "another feature of this repository" } else { "no folder of this feature" };
    let message = format!("the documentation tree's root is `{other}`, {which}: this is `{name}`");
    let finding = cx.finding(entry.span, message).help(format!("write `{name}` for `{other}`")).subject(other);
    vec![match renamed(cx, entry, other) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }]
}

/// The folders that hold a plan.md.
struct Features(Endings);

impl PathIndex for Features {
    fn of(paths: &[String]) -> Self {
        Self(paths.iter().filter_map(|path| path.strip_suffix("/plan.md")).collect())
    }
}

/// The feature's own name where the entry names another.
fn renamed(cx: &GateContext<'_>, entry: &TreeEntry, other: &str) -> Option<Fix> {
    let at = entry.span.range().start + entry.span.text(cx.text()).find(other)?;
    let text = cx.feature.name.clone();
    Some(Fix {
        applicability: Applicability::Safe,
        description: format!("Replace it by {text}"),
        edits: vec![Edit { place: cx.place(Span::new(at, at + other.len())), text }],
    })
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

#[cfg(test)]
mod tests {
    use crate::feature::{Feature, FeatureBuilder, Phase};
    use crate::gate::document::found::{findings, fixed, places, voting};

    fn listing(contracts: &str, prose: &str) -> FeatureBuilder {
        let plan = format!(
            "# Implementation Plan: A\n\n{prose}\n\n## Project Structure\n\n### Documentation (this feature)\n\n```text\nspecs/001-voting/\n├── plan.md\n├── data-model.md\n└── contracts/   # {contracts}\n```\n"
        );
        voting(&plan).data_model("# Data Model\n")
    }

    fn names(feature: &Feature) -> Vec<String> {
        places("PLN203", feature)
    }

    #[test]
    fn what_the_tree_lists_must_exist_after_design() {
        assert_eq!(names(&listing("Phase 1 output", "").complete().build()), ["contracts/"]);
        assert_eq!(names(&listing("Phase 1 output", "").contract("api.md", "# API\n").complete().build()), [""; 0]);
        assert_eq!(names(&listing("Phase 1 output", "").build()), [""; 0], "nobody looked");
        assert_eq!(names(&listing("Phase 1 output", "").complete().phase(Phase::Research).build()), [""; 0]);
    }

    #[test]
    fn a_document_can_be_excused() {
        for comment in ["N/A (no API)", "optional", "empty: no new contracts", "skipped", "該当なし", "no aplica"] {
            assert_eq!(names(&listing(comment, "").complete().build()), [""; 0], "{comment}");
        }
        for prose in [
            "There are no API contracts.", "`contracts/` is not needed: nothing is exposed.", "| contracts/ | N/A |",
            "Contracts: none.",
        ] {
            assert_eq!(names(&listing("Phase 1 output", prose).complete().build()), [""; 0], "{prose}");
        }
        for prose in
            ["No breaking changes. Contracts are written in Phase 1.", "Contracts hold the API; the page is optional."]
        {
            assert_eq!(names(&listing("Phase 1 output", prose).complete().build()), ["contracts/"], "{prose}");
        }
    }

    #[test]
    fn a_list_of_outputs_outranks_the_tree() {
        let severity = |list: &str| {
            let feature = listing("Phase 1 output", &format!("**Outputs**:\n{list}")).complete().build();
            findings("PLN203", &feature)[0].severity
        };
        assert_eq!(severity("- [data-model.md](data-model.md)\n- quickstart.md"), crate::diagnostic::Severity::Warning);
        assert_eq!(severity("- data-model.md\n- quickstart.md\n- contracts/"), crate::diagnostic::Severity::Error);
        assert_eq!(severity("- the poll's model\n- its routes"), crate::diagnostic::Severity::Error);
    }

    #[test]
    fn tasks_are_demanded_only_where_the_phase_was_said() {
        let plan = || voting("# Implementation Plan: A\n").data_model("# Data Model\n").complete();
        assert_eq!(findings("PLN203", &plan().build()).len(), 0);
        assert_eq!(findings("PLN203", &plan().phase(Phase::Tasks).build()).len(), 1);
    }

    #[test]
    fn the_tree_is_rooted_in_the_feature() {
        let foreign = |tree: &str| {
            let plan = format!(
                "# Implementation Plan: A\n\n## Project Structure\n\n### Documentation (this feature)\n\n```text\n{tree}\n```\n"
            );
            places("PLN204", &voting(&plan).build())
        };
        for tree in [
            "specs/001-voting/\n├── plan.md\n└── spec.md", "specs/\n└── 001-voting/\n    └── plan.md",
            "docs/archive/specs/001-voting/\n└── plan.md", "specs/[###-feature]/\n└── plan.md", "specs/\n└── plan.md",
            "specs/voting/\n└── plan.md",
        ] {
            assert_eq!(foreign(tree), [""; 0], "{tree}");
        }
        assert_eq!(foreign("specs/002-rooms/\n├── plan.md\n└── spec.md"), ["specs/002-rooms/"]);
        assert_eq!(foreign("specs/\n└── 002-rooms/\n    └── plan.md"), ["002-rooms/"]);
    }

    #[test]
    fn the_root_can_be_renamed() {
        let plan = |root: &str| {
            format!(
                "# Implementation Plan: A\n\n## Project Structure\n\n### Documentation (this feature)\n\n```text\n{root}\n```\n"
            )
        };
        for tree in ["specs/{}/\n├── plan.md   # of {}\n└── spec.md", "specs/\n└── {}/\n    └── plan.md"]
        {
            let feature = voting(&plan(&tree.replacen("{}", "002-rooms", 1))).build();
            assert_eq!(fixed("PLN204", &feature), plan(&tree.replacen("{}", "001-voting", 1)));
        }
    }
}
