//! PLN005: the template's option labels in a source tree.

use crate::diagnostic::{Applicability, Finding};
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::parse::aliases::Term;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// "Option 1: …" or "[REMOVE IF UNUSED]" in a source tree: labels of the template's alternatives.
    ///
    /// ## Why it matters
    /// The template offers three layouts and says that the delivered plan must not include their
    /// labels. Where they stand, nobody has chosen, or the choice can't be told from the alternatives.
    ///
    /// ## Example
    /// ````md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ```text
    /// # Option 1: Single project (DEFAULT)
    /// src/
    /// └── rooms/
    /// ```
    /// ````
    /// ````md
    /// # Implementation Plan: Voting
    ///
    /// ## Project Structure
    ///
    /// ```text
    /// src/
    /// └── rooms/
    /// ```
    ///
    /// **Structure Decision**: Option 1, a single project.
    /// ````
    LEFTOVER_OPTION = "PLN005" "leftover-option", Error, needs: [PlanText], fixable;
    leftover_option
}

/// "Option" as plans write it.
const OPTION: &[&str] = &[
    "option", "opción", "opcion", "opção", "opcao", "opcja", "opzione", "вариант", "オプション", "选项", "選項",
    "옵션", "方案",
];

const REMOVE: &str = "[REMOVE IF UNUSED]";

fn leftover_option(cx: &GateContext<'_>) -> Vec<Finding> {
    let structures: Vec<Span> = cx
        .plan()
        .sections
        .iter()
        .filter(|section| {
            matches!(cx.feature.aliases().term(&section.title), Some(Term::ProjectStructure | Term::SourceCode))
        })
        .map(|section| section.span)
        .collect();
    if structures.is_empty() {
        return Vec::new();
    }
    let markdown = Markdown::parse(cx.text());
    let inside = |block: &&Block| {
        matches!(block.kind, BlockKind::Code { .. }) && structures.iter().any(|span| span.encloses(block.span))
    };
    markdown.blocks.iter().filter(inside).flat_map(|block| labels_of(cx, &markdown, block)).collect()
}

fn labels_of(cx: &GateContext<'_>, markdown: &Markdown<'_>, block: &Block) -> Vec<Finding> {
    let labels: Vec<Span> = markdown.lines(block.content).filter(|line| is_label(markdown.raw(*line))).collect();
    let chosen = labels.len() == 1;
    let finding = |line: &Span| {
        let name = markdown.raw(*line).trim_start_matches(['#', '/', ' ']).replace(REMOVE, "");
        let finding = cx.finding(*line, format!("the template's label \"{}\" is left in the source tree", name.trim()));
        if chosen {
            let fix = super::removal::fix(cx, *line, Applicability::Safe, "Remove the label");
            finding.help("remove the label: the tree below it is the chosen one").fix(fix)
        } else {
            finding.help("keep the tree of the chosen option without its label, and remove the others")
        }
    };
    labels.iter().map(finding).collect()
}

/// Whether a line of a tree is "# Option 2: Web application" or carries the template's mark.
fn is_label(line: &str) -> bool {
    if line.contains(REMOVE) {
        return true;
    }
    let text = line.trim_start_matches(['#', '/', '-', '*', ' ', '<', '!', '[']);
    let lower: String = text.chars().take(24).flat_map(char::to_lowercase).collect();
    let Some(rest) = OPTION.iter().find_map(|word| lower.strip_prefix(word)) else { return false };
    let rest = rest.trim_start_matches([' ', '\u{3000}']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..].trim_start();
    (1..=2).contains(&digits)
        && (behind.is_empty() || behind.starts_with([':', '：', '-', '–', '—', '(', '（', ']', '.']))
}

#[cfg(test)]
mod tests {
    use super::super::found::{fixed, places, voting};
    use super::*;

    #[test]
    fn labels() {
        for (line, expected) in [
            ("# Option 1: Single project (DEFAULT)", true),
            ("# [REMOVE IF UNUSED] Option 3: Mobile + API", true),
            ("// Option 2 (Web application)", true),
            ("# 选项 2：Web 应用", true),
            ("Opción 2: Aplicación web", true),
            ("├── option1.ts", false),
            ("options/", false),
            ("# optional: shared code", false),
            ("src/  # Option 1 of the template was chosen", false),
        ] {
            assert_eq!(is_label(line), expected, "{line}");
        }
    }

    #[test]
    fn the_only_label_can_be_removed() {
        let plan = "# A\n\n## Project Structure\n\n```text\n# Option 1: Single\nsrc/\n```\n";
        assert_eq!(fixed("PLN005", &voting(plan).build()), "# A\n\n## Project Structure\n\n```text\nsrc/\n```\n");
        let plan = "# A\n\n## Project Structure\n\n```text\n# Option 1: Single\nsrc/\n\n# Option 2: Web\nweb/\n```\n\n```text\nx/\n```\n";
        let feature = voting(plan).build();
        assert_eq!(places("PLN005", &feature), ["# Option 1: Single", "# Option 2: Web"]);
        assert_eq!(fixed("PLN005", &feature), plan);
    }
}
