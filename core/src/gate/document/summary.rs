//! What stands for the Summary, where no section of that name does.

use crate::gate::GateContext;
use crate::markdown::{BlockKind, Markdown};
use crate::source::Span;

/// Whether the plan says what is built before its Technical Context, or before its first section.
pub(super) fn stands_otherwise(cx: &GateContext<'_>) -> bool {
    is_named_otherwise(cx) || begins_with_a_sentence(cx)
}

/// Whether a heading or a label before the Technical Context says what is built: "## Objective",
/// "- **Description**: …".
fn is_named_otherwise(cx: &GateContext<'_>) -> bool {
    const NAMES: &[&str] = &[
        "description", "feature description", "objective", "goal", "purpose", "descripción", "objetivo", "descrição",
        "ziel", "beschreibung", "objectif", "cel", "opis", "цель", "описание", "目的", "目标", "目標", "목표",
    ];
    let name = |title: &str| {
        let bare = title.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        NAMES.contains(&bare.as_str())
    };
    let context = cx.plan().technical_context.as_ref();
    let end = context.map_or(cx.text().len(), |context| context.span.start as usize);
    let before = cx.text().get(..end).unwrap_or_default();
    let sections =
        cx.plan().sections.iter().filter(|section| section.level <= 2 && section.heading.start < Span::at(end).start);
    sections.into_iter().any(|section| name(&section.title))
        || context.is_some()
            && before.lines().filter_map(labelled).any(|(label, value)| name(label) && value.len() > 20)
}

/// Whether a sentence stands between the title with its metadata and the first section, also as a quote.
fn begins_with_a_sentence(cx: &GateContext<'_>) -> bool {
    let [title, first, ..] = cx.plan().sections.as_slice() else { return false };
    let markdown = cx.markdown();
    let between = Span { start: title.heading.end, end: first.heading.start };
    let paragraphs = markdown.blocks_in(between).iter().filter(|block| block.kind == BlockKind::Paragraph);
    title.level == 1 && paragraphs.into_iter().any(|block| is_sentence(&prose_of(&markdown, block.content)))
}

/// A paragraph without the lines of metadata that open it, and what goes on from them.
fn prose_of(markdown: &Markdown<'_>, paragraph: Span) -> String {
    /// A line as long as this was broken because it was full.
    const FULL: usize = 60;
    let mut prose: Vec<String> = Vec::new();
    let mut of_label = false;
    for line in markdown.lines(paragraph) {
        let raw = markdown.raw(line);
        let labelled = prose.is_empty() && is_metadata(raw);
        of_label &= !raw.starts_with("**");
        if !labelled && !of_label {
            prose.push(markdown.plain(line));
        }
        of_label = (labelled || of_label) && raw.chars().count() >= FULL;
    }
    prose.join(" ")
}

/// "**Status**: done", "Status: done", "[spec.md](spec.md)".
fn is_metadata(line: &str) -> bool {
    let key = line.split_once([':', '：']).map(|(key, _)| key);
    labelled(line).is_some() || line.starts_with('[') || key.is_some_and(|key| key.split_whitespace().count() <= 3)
}

/// Whether a text is a sentence at least, and doesn't only tell which command wrote the plan.
fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let closed = text.trim_end_matches(['*', '_', '"', ')', '”', '」']).ends_with(['.', '!', '。', '！']);
    closed && (words >= 6 || wide >= 15) && !text.contains("/speckit") && !text.contains("/plan")
}

/// The parts of "- **Label**: value".
pub(super) fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.trim_start_matches(['-', '*', '+', ' ', '>']).split_once("**")?;
    let inside = label.ends_with([':', '：']);
    let value = value.trim_start();
    let value = if inside { value } else { value.strip_prefix([':', '：'])? };
    Some((label.trim_end_matches([':', '：']), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::found::{findings, voting};

    #[test]
    fn sentences_below_the_title_are_the_summary() {
        let full = format!("**Status**: {}", "b".repeat(60));
        for (text, expected) in [
            ("> **Spec**: spec.md\n> Rooms vote on polls, and every screen shows it.\n\n## Parts\n\nb", true),
            ("**Status**: draft\n\n質問をルームで投票し、結果をすぐに表示する。\n\n## Parts\n\nb", true),
            (&format!("{full}\n**Rooms vote on polls, and every screen shows it.**\n\n## Parts\n\nb"), true),
            (&format!("{full}\nand waits for the review of the two people who know it."), false),
            ("## Parts\n\nRooms vote on polls, and every screen shows it.", false),
            ("Status: in review by all of the team.\n\nRooms vote.", false),
            ("This file was written by the command /speckit.plan of today.", false),
        ] {
            let plan = format!("# Implementation Plan: A\n\n{text}\n\n## Notes\n\nb\n");
            let found = findings("PLN001", &voting(&plan).build());
            let missing = found.iter().any(|finding| finding.message.ends_with("no Summary"));
            assert_eq!(!missing, expected, "{text}");
        }
    }
}
