//! PLN003: what the template says to the author, left in the plan.

use crate::diagnostic::{Applicability, Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::matching::contains_any;
use crate::plan::Section;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// The template's words to the author: `ACTION REQUIRED` comments; and, as information, its notes
    /// outside of comments: "This template is filled in by …", "Answer each question …",
    /// "Fill ONLY if Constitution Check has violations …", the Execution Flow of older templates.
    ///
    /// ## Why it matters
    /// An instruction that is still there was either not followed or not cleaned up, and whoever
    /// reads the plan can't tell which. Agents that read the plan follow it again.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// <!--
    ///   ACTION REQUIRED: Replace the content in this section with the technical details
    ///   for the project.
    /// -->
    ///
    /// **Language/Version**: TypeScript 5.4
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// <!-- The versions were taken from package.json. -->
    ///
    /// **Language/Version**: TypeScript 5.4
    /// ```
    LEFTOVER_INSTRUCTION = "PLN003" "leftover-instruction", Warning, needs: [PlanText], fixable;
    leftover_instruction
}

/// The longest comment that is taken for the template's own: what an author added is not removed
/// without a look.
const LONGEST_COMMENT: usize = 480;

/// Sentences of the templates, and what completes each where nothing else stands in the paragraph.
const SENTENCES: &[(&str, &[&str])] = &[
    ("answer each question based on", &["the current feature requirements"]),
    ("fill only if constitution check has violations", &["that must be justified"]),
    ("fill only if any principle above cannot be satisfied", &[]),
];

fn leftover_instruction(cx: &GateContext<'_>) -> Vec<Finding> {
    let markdown = cx.markdown();
    let mut findings: Vec<Finding> = markdown.comments.iter().filter_map(|comment| in_comment(cx, *comment)).collect();
    let flows: Vec<&Section> = cx.plan().sections.iter().filter(|section| is_flow(section)).collect();
    findings.extend(flows.iter().map(|section| in_flow(cx, section)));
    for block in &markdown.blocks {
        let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. });
        if prose && !flows.iter().any(|flow| flow.span.encloses(block.span)) {
            findings.extend(in_prose(cx, &markdown, block));
        }
    }
    findings
}

fn in_comment(cx: &GateContext<'_>, comment: Span) -> Option<Finding> {
    let text = comment.text(cx.text());
    // Text may go on behind the comment, on its last line.
    let length = text.find("-->").map(|at| at + "-->".len());
    let comment = Span::new(comment.start as usize, comment.start as usize + length.unwrap_or(text.len()));
    let inner = text.trim_start_matches("<!--").trim_start();
    if !inner.starts_with("ACTION REQUIRED") {
        return None;
    }
    let applicability = if text.len() <= LONGEST_COMMENT { Applicability::Safe } else { Applicability::Unsafe };
    let finding = cx
        .finding(comment, "the template's ACTION REQUIRED comment is left in the plan")
        .help("do what it says, then remove it");
    Some(match length {
        Some(_) => finding.fix(super::removal::fix(cx, comment, applicability, "Remove the comment")),
        None => finding,
    })
}

/// The Execution Flow of templates before the slash commands were renamed.
fn is_flow(section: &Section) -> bool {
    let title = section.title.to_lowercase();
    title.starts_with("execution flow (") && title.contains("plan")
}

fn in_flow(cx: &GateContext<'_>, section: &Section) -> Finding {
    cx.finding(section.heading, "the template's Execution Flow is left in the plan")
        .at_most(Severity::Info)
        .help("remove the section: it tells the command what to do, and nothing about the feature")
        .fix(super::removal::fix(cx, section.span, Applicability::Unsafe, "Remove the section"))
}

fn in_prose(cx: &GateContext<'_>, markdown: &Markdown<'_>, block: &Block) -> Option<Finding> {
    let lines: Vec<Span> = markdown.lines(block.content).collect();
    let (at, whole) =
        lines.iter().enumerate().filter(|(_, line)| may_instruct(markdown.raw(**line))).find_map(|(at, line)| {
            let plain = markdown.plain(*line);
            Some((at, instruction(&plain)?))
        })?;
    // A note that goes on in the next lines is removed with them; a sentence ends on its line.
    let note = matches!(whole, Extent::Note);
    let span = if note && at == 0 { block.content } else { lines[at] };
    let finding = cx
        .finding(span, "the template's instruction is left in the plan")
        .at_most(Severity::Info)
        .help("remove it: it is addressed to the author, and says nothing about the feature");
    let whole = match whole {
        Extent::Part => false,
        Extent::Line => true,
        Extent::Note => at == 0 && markdown.plain(block.content).len() <= LONGEST_COMMENT / 2,
    };
    let removable = whole && matches!(block.kind, BlockKind::Paragraph);
    Some(if removable { finding.fix(super::removal::fix(cx, span, Applicability::Safe, "Remove it")) } else { finding })
}

/// How much of a line or paragraph is the template's.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Extent {
    /// Something else stands on the line.
    Part,
    /// The line.
    Line,
    /// The paragraph that the line opens.
    Note,
}

/// Whether a line may hold one of the instructions: nearly all hold no letters that all of them have.
fn may_instruct(line: &str) -> bool {
    let bytes = line.as_bytes();
    let begins = |at: usize, word: &str| {
        bytes[at..].get(..word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
    };
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'/' => true,
        b'f' | b'F' => begins(at, "fill"),
        b'a' | b'A' => begins(at, "answer"),
        _ => false,
    })
}

fn instruction(line: &str) -> Option<Extent> {
    let lower = line.to_lowercase();
    let text = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if is_note(text) {
        return Some(Extent::Note);
    }
    SENTENCES.iter().find_map(|(sentence, ends)| {
        let rest = text.strip_prefix(sentence)?.trim();
        let whole = rest.is_empty() || ends.contains(&rest);
        Some(if whole { Extent::Line } else { Extent::Part })
    })
}

/// "Note: This template is filled in by the `/speckit.plan` command", in any language: a note that
/// names the template and the command.
fn is_note(text: &str) -> bool {
    const TEMPLATE: &[&str] =
        &["template", "plantilla", "modèle", "vorlage", "szablon", "шаблон", "模板", "範本", "テンプレート", "템플릿"];
    const COMMANDS: &[&str] = &["/speckit.plan", "/speckit-plan", "/sp.plan", "/plan "];
    if text.contains("template is filled in by") {
        return true;
    }
    if !contains_any(text, COMMANDS) {
        return false;
    }
    // "plan-template.md" names a file, and says nothing of what the note is.
    let words: Vec<&str> = text.split_whitespace().filter(|word| !word.contains(".md")).collect();
    let text = words.join(" ");
    let label = text.find([':', '：']).map_or("", |at| &text[..at]);
    let note = ["note", "nota", "hinweis", "uwaga", "примечание", "注", "備註", "备注", "参考", "참고", "注意", "説明"]
        .iter()
        .any(|word| label.starts_with(word));
    note && contains_any(&text, COMMANDS) && label.len() <= 24 && contains_any(&text, TEMPLATE)
}

#[cfg(test)]
mod tests {
    use super::super::found::{findings, fixed, places, voting};
    use super::*;

    #[test]
    fn instructions() {
        for (line, expected) in [
            ("Note: This template is filled in by the /speckit.plan command. See x.", Some(Extent::Note)),
            ("注意: このテンプレートは /speckit.plan コマンドで記入されます。", Some(Extent::Note)),
            ("Answer each question based on the current feature requirements:", Some(Extent::Line)),
            ("*Fill ONLY if Constitution Check has violations that must be justified*", Some(Extent::Line)),
            ("Fill ONLY if Constitution Check has violations that must be justified: none", Some(Extent::Part)),
            ("Note: This plan was made by /speckit.plan, see .specify/templates/plan.md.", None),
            ("GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.", None),
            ("The settings page has a template that is filled from the profile.", None),
        ] {
            assert_eq!(instruction(line), expected, "{line}");
        }
    }

    #[test]
    fn what_can_be_removed_is_removed() {
        let plan = "# A\n\n**Note**: This template is filled in by the `/speckit.plan` command. See\n`x.md`.\n\n## Summary\n\n\
                    <!--\n  ACTION REQUIRED: Replace it.\n-->\n\nText.\n\n## Complexity Tracking\n\n\
                    > **Fill ONLY if Constitution Check has violations that must be justified**\n\nNone.\n";
        let feature = voting(plan).build();
        let severities: Vec<_> = findings("PLN003", &feature).iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Info, Severity::Warning, Severity::Info]);
        assert_eq!(fixed("PLN003", &feature), "# A\n\n## Summary\n\nText.\n\n## Complexity Tracking\n\nNone.\n");
    }

    #[test]
    fn the_execution_flow_is_one_finding() {
        let plan = "# A\n\n## Execution Flow (/plan command scope)\n```\n1. Load\n```\n\n**IMPORTANT**: it stops.\n\n## Summary\n\nText.\n";
        let feature = voting(plan).build();
        assert_eq!(places("PLN003", &feature), ["## Execution Flow (/plan command scope)"]);
        assert_eq!(fixed("PLN003", &feature), "# A\n\n## Summary\n\nText.\n");
    }
}
