//! Where a question that the plan leaves marked as open was decided: in research.md, or elsewhere in the plan.

use super::line_around;
use crate::diagnostic::Place;
use crate::document::{Decision, Research};
use crate::feature::{Part, Read, State};
use crate::gate::GateContext;
use crate::matching::{Words, contains_any};
use crate::parse::research;
use crate::source::{Span, beginning};

/// So many decisions of a document are looked through: each is compared with every mark.
const MOST_DECISIONS: usize = 500;

/// So far above an item the label of its list is looked for, in bytes.
const ABOVE: usize = 4096;

/// What answers the open questions of one plan.
pub(super) struct Resolutions<'a> {
    cx: &'a GateContext<'a>,
    research: Option<Read<'a, Research>>,
    /// Where research.md says that every open question is resolved.
    summary: Option<Span>,
    /// The decisions of research.md.
    in_research: Vec<Decided>,
    /// Decisions that stand in the plan itself.
    in_plan: Vec<Decided>,
}

/// A decision by its words.
struct Decided {
    span: Span,
    title: Words,
    /// The title's, and those that the decision begins with.
    all: Words,
}

/// The answer to one question.
pub(super) struct Resolution {
    /// Where it stands.
    pub(super) place: Place,
    /// The document, as messages call it.
    pub(super) document: &'static str,
}

impl<'a> Resolutions<'a> {
    pub(super) fn of(cx: &'a GateContext<'a>) -> Self {
        let research_document = cx.feature.research().ok();
        // A sentence resolves nothing where there is no decision that it could speak of.
        let decided = research_document.as_ref().filter(|research| !research.decisions.is_empty());
        let summary = decided.and_then(|research| summary_in(&research.document.text));
        let in_research = research_document.as_ref().map(|research| decided_in(&research.decisions));
        let in_plan = decided_in(&research(cx.text()).decisions);
        Self { cx, research: research_document, summary, in_research: in_research.unwrap_or_default(), in_plan }
    }

    /// Whether somebody looked for research.md.
    pub(super) fn are_known(&self) -> bool {
        self.cx.feature.state(Part::Research) != State::Unknown
    }

    /// The decision about what is marked as open at `mark`.
    pub(super) fn find(&self, mark: Span) -> Option<Resolution> {
        let item = item_around(self.cx.text(), mark);
        let answers = |decided: &&Decided| decided.answers(&item);
        if let Some(research) = &self.research {
            let decided = self.in_research.iter().find(answers).map(|decided| decided.span);
            if let Some(span) = decided.or(self.summary) {
                return Some(Resolution { place: research.place(span), document: "research.md" });
            }
        }
        let elsewhere = self.in_plan.iter().filter(|decided| !decided.span.encloses(mark)).find(answers)?;
        Some(Resolution { place: self.cx.place(elsewhere.span), document: "the plan" })
    }
}

/// The words of the line that carries a mark. An item, and a line without words of its own, has those of the
/// label above it too.
fn item_around(text: &str, mark: Span) -> Words {
    let line = line_around(text, mark.start as usize);
    let (before, behind) = (&text[line.start..mark.start as usize], text.get(mark.end as usize..line.end));
    let own = format!("{before} {} {}", mark.text(text), behind.unwrap_or_default());
    let marker = Words::of("NEEDS CLARIFICATION");
    let words = Words::of(&own).without(&marker);
    let is_item = |line: &str| line.trim_start().starts_with(['-', '+']) || line.trim_start().starts_with("* ");
    if words.significant().next().is_some() && !is_item(before) {
        return words;
    }
    // "**Testing**:" above the items of its list.
    let above = before_within(&text[..line.start], ABOVE);
    let above = above.lines().rev().find(|line| !is_item(line) || line.contains("**"));
    words.and(Words::of(above.unwrap_or_default()))
}

/// The end of a text, about so many bytes.
fn before_within(text: &str, bytes: usize) -> &str {
    (text.len().saturating_sub(bytes)..=text.len()).find_map(|start| text.get(start..)).unwrap_or_default()
}

fn decided_in(decisions: &[Decision]) -> Vec<Decided> {
    decisions.iter().take(MOST_DECISIONS).filter_map(Decided::of).collect()
}

impl Decided {
    /// The words of a decision that says something.
    fn of(decision: &Decision) -> Option<Self> {
        /// So many letters of a decision say what it is about.
        const SAID: usize = 200;
        let said = Words::of(beginning(&decision.decision.as_ref()?.text, SAID));
        let title = Words::of(beginning(&decision.title, SAID));
        Some(Self { span: decision.span, all: said.and(title.clone()), title })
    }

    /// Whether it is about the item: its title's words are the item's, or most of them.
    fn answers(&self, item: &Words) -> bool {
        let shared = self.title.shared(item);
        let (of_title, of_item) = (self.title.significant().count(), item.significant().count());
        shared > 0 && (shared == of_title || of_item > 0 && item.shared(&self.title) == of_item)
            || shared * 2 >= of_title && self.all.shared(item) >= 2 && shared > 0
    }
}

/// The line that says that every open question is resolved.
fn summary_in(text: &str) -> Option<Span> {
    const ALL: &[&str] = &["all", "every", "none", "no", "alle", "todos", "todas", "tous", "keine", "ningún"];
    const ALL_WITHOUT_SPACES: &[&str] = &["すべて", "全て", "全部", "所有", "均已", "모든", "모두"];
    const RESOLVED: &[&str] = &[
        "resolved", "clarified", "answered", "addressed", "remain", "resuelt", "resolvid", "résolu", "geklärt", "解決",
        "已解决", "已澄清", "解消", "해결",
    ];
    const NOT_YET: &[&str] =
        &["must", "should", "will", "to be", "until", "before", "output", "[ ]", "not all", "if ", "unresolved:"];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let lower = line.to_lowercase();
        let all = lower.split(|c: char| !c.is_alphanumeric()).any(|word| ALL.contains(&word))
            || contains_any(&lower, ALL_WITHOUT_SPACES);
        if lower.contains("needs clarification")
            && all
            && contains_any(&lower, RESOLVED)
            && !contains_any(&lower, NOT_YET)
        {
            return Some(Span::new(start, start + line.trim_end().len()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::found::{findings, voting};
    use crate::diagnostic::Severity;
    use crate::feature::Phase;

    fn severity(item: &str, plan: &str, research: &str) -> Severity {
        let plan = format!("# A\n\n## Technical Context\n\n{item}\n\n{plan}\n");
        let feature = voting(&plan).research(research).phase(Phase::Design).build();
        findings("PLN004", &feature)[0].severity
    }

    #[test]
    fn a_decision_about_the_item_leaves_a_warning() {
        for (item, research) in [
            ("**Storage**: NEEDS CLARIFICATION", "## Storage\n\n**Decision**: PostgreSQL\n"),
            ("**Storage**:\n- NEEDS CLARIFICATION", "## Storage\n\n**Decision**: PostgreSQL\n"),
            ("**Testing**: NEEDS CLARIFICATION", "## 2. Testing framework of the client\n\n**Decision**: Vitest\n"),
            (
                "- Client: NEEDS CLARIFICATION (Jest or Vitest for testing)",
                "## 1. Client Testing Framework\n\n### Decision\n\nVitest\n",
            ),
            (
                "**Testing**:\n- Server: JUnit 5\n- Client: NEEDS CLARIFICATION (Jest, Mocha to be determined)",
                "## 1. Client Testing Framework\n\n### Decision\n\nVitest\n",
            ),
            ("- NEEDS CLARIFICATION: モック戦略", "### 3. モック戦略\n\n**Decision**: Emulator\n"),
            (
                "- Queue (NEEDS CLARIFICATION - which broker?)",
                "## Wire\n\n**Decision**: JSON\n\n✅ All NEEDS CLARIFICATION items resolved\n",
            ),
            (
                "- Queue (NEEDS CLARIFICATION)",
                "## Wire\n\n**Decision**: JSON\n\nNone - all NEEDS CLARIFICATION items have been resolved.\n",
            ),
        ] {
            assert_eq!(severity(item, "", research), Severity::Warning, "{item}");
        }
    }

    #[test]
    fn the_plan_may_decide_it_elsewhere() {
        let plan = "## Phase 0\n\n### Storage\n\n**Decision**: PostgreSQL\n";
        assert_eq!(severity("**Storage**: NEEDS CLARIFICATION", plan, ""), Severity::Warning);
    }

    #[test]
    fn what_nobody_decided_stays_an_error() {
        let item = "**Storage**: NEEDS CLARIFICATION";
        for research in [
            "# Research\n\nAll NEEDS CLARIFICATION items resolved.\n",
            "## Wire\n\n**Decision**: JSON\n",
            "## Storage\n\nPostgreSQL or SQLite.\n",
            "## Wire\n\n**Decision**: JSON\n\n- [ ] All NEEDS CLARIFICATION resolved\n",
            "## Wire\n\n**Decision**: JSON\n\nAll NEEDS CLARIFICATION must be resolved before design.\n",
        ] {
            assert_eq!(severity(item, "", research), Severity::Error, "{research}");
        }
    }
}
