//! PLN005: the template's option labels in a source tree.

use crate::diagnostic::{Applicability, Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::markdown::{Block, BlockKind, Markdown};
use crate::parse::aliases::Term;
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// "Option 1: …" or "[REMOVE IF UNUSED]" in a source tree: labels of the template's alternatives. A
    /// single label is a warning where the Structure Decision names that option, and the label ("Option 1:
    /// Single project (SELECTED)") or the tree below it is the team's own.
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
    let markdown = cx.markdown();
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
            // The template's own words over its own tree are no choice, whatever the decision says.
            let own_label = !name.contains("DEFAULT") && !name.contains(" detected");
            let told = is_named(cx, &name) && (own_label || is_own_tree(markdown, block, *line));
            let finding = if told { finding.at_most(Severity::Warning) } else { finding };
            let fix = super::removal::fix(cx, *line, Applicability::Safe, "Remove the label");
            finding.help("remove the label: the tree below it is the chosen one").fix(fix)
        } else {
            finding.help("keep the tree of the chosen option without its label, and remove the others")
        }
    };
    labels.iter().map(finding).collect()
}

/// Whether the Structure Decision names the option of a label: "Option 1 (single project)".
fn is_named(cx: &GateContext<'_>, label: &str) -> bool {
    let decision = cx.plan().project_structure.as_ref().and_then(|structure| structure.decision.as_ref());
    // "[DEFAULT to Option 1 unless …]" is the template's question.
    let decision = decision.filter(|decision| !decision.text.starts_with('['));
    let option: Option<String> = label.split_once(|c: char| c.is_ascii_digit()).and_then(|(word, _)| {
        let number = label[word.len()..].chars().take_while(char::is_ascii_digit);
        Some(format!("{} {}", word.trim().to_lowercase(), number.collect::<String>()))
            .filter(|_| !word.trim().is_empty())
    });
    option.zip(decision).is_some_and(|(option, decision)| decision.text.to_lowercase().contains(&option))
}

/// Whether the tree below a label has a folder or file that the template's trees don't.
fn is_own_tree(markdown: &Markdown<'_>, block: &Block, label: Span) -> bool {
    #[rustfmt::skip]
    const STOCK: &[&str] = &[
        "src", "models", "services", "cli", "lib", "tests", "contract", "integration", "unit", "backend", "api",
        "frontend", "components", "pages", "ios", "android",
    ];
    let tree = Span { start: label.end, end: block.content.end };
    let drawn = markdown.lines(tree).map(|line| markdown.raw(line)).filter(|line| !line.starts_with(['#', '/']));
    drawn.into_iter().any(|line| {
        let entry = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '.'));
        let name = entry.split_whitespace().next().unwrap_or_default().trim_end_matches('/');
        !name.is_empty() && !name.starts_with('[') && !STOCK.contains(&name)
    })
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
    use super::super::found::{findings, fixed, places, voting};
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
    fn a_label_that_the_decision_names_is_a_warning() {
        let severity = |label: &str, decision: &str| {
            let plan = format!(
                "# A\n\n## Project Structure\n\n```text\n# {label}\nsrc/\n```\n\n**Structure Decision**: {decision}\n"
            );
            findings("PLN005", &voting(&plan).build())[0].severity
        };
        let selected = "Option 1: Single project (SELECTED)";
        assert_eq!(severity(selected, "Option 1 (single project), one crate."), Severity::Warning);
        assert_eq!(severity(selected, "Option 2, a web application."), Severity::Error);
        assert_eq!(severity(selected, "One crate."), Severity::Error);
        assert_eq!(severity("Option 1: Single project (DEFAULT)", "Option 1 (single project)."), Severity::Error);
    }

    #[test]
    fn a_stock_label_over_a_tree_of_its_own_is_a_warning() {
        let severity = |tree: &str, decision: &str| {
            let plan = format!(
                "# A\n\n## Project Structure\n\n```text\n# Option 1: Single project (DEFAULT)\n{tree}\n```\n\n**Structure Decision**: {decision}\n"
            );
            findings("PLN005", &voting(&plan).build())[0].severity
        };
        let stock = "# The package\nsrc/\n├── models/\n├── services/\n└── lib/\n\ntests/\n├── contract/\n└── unit/";
        let own = "src/\n├── salas/      # votar\n└── lib/\n\ntests/";
        assert_eq!(severity(own, "Option 1, porque es una biblioteca."), Severity::Warning);
        assert_eq!(severity(own, "Una biblioteca."), Severity::Error);
        assert_eq!(severity(own, "[DEFAULT to Option 1 unless another holds]"), Severity::Error);
        assert_eq!(severity(stock, "Option 1, porque es una biblioteca."), Severity::Error);
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
