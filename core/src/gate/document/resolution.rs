//! Where a question that the plan leaves marked as open was decided: in research.md, or elsewhere in the plan.

use super::line_around;
use crate::diagnostic::Place;
use crate::document::{Decision, Research};
use crate::feature::{Part, Read, State};
use crate::gate::GateContext;
use crate::matching::{Words, contains_any};
use crate::parse::research;
use crate::source::Span;

/// What answers the open questions of one plan.
pub(super) struct Resolutions<'a> {
    cx: &'a GateContext<'a>,
    research: Option<Read<'a, Research>>,
    /// Where research.md says that every open question is resolved.
    summary: Option<Span>,
    /// Decisions that stand in the plan itself.
    in_plan: Vec<Decision>,
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
        Self { cx, research: research_document, summary, in_plan: research(cx.text()).decisions }
    }

    /// Whether somebody looked for research.md.
    pub(super) fn are_known(&self) -> bool {
        self.cx.feature.state(Part::Research) != State::Unknown
    }

    /// The decision about what is marked as open at `mark`.
    pub(super) fn find(&self, mark: Span) -> Option<Resolution> {
        let item = item_around(self.cx.text(), mark);
        let answers = |decision: &&Decision| answers(decision, &item);
        if let Some(research) = &self.research {
            let decided = research.decisions.iter().find(answers).map(|decision| decision.span);
            if let Some(span) = decided.or(self.summary) {
                return Some(Resolution { place: research.place(span), document: "research.md" });
            }
        }
        let elsewhere = self.in_plan.iter().filter(|decision| !decision.span.encloses(mark)).find(answers)?;
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
    let words = Words::of(&own).without([&marker]);
    let is_item = |line: &str| line.trim_start().starts_with(['-', '+']) || line.trim_start().starts_with("* ");
    if words.significant().next().is_some() && !is_item(before) {
        return words;
    }
    // "**Testing**:" above the items of its list.
    let above = text[..line.start].lines().rev().find(|line| !is_item(line) || line.contains("**"));
    words.and(Words::of(above.unwrap_or_default()))
}

/// Whether a decision is about the item: its title's words are the item's, or most of them.
fn answers(decision: &Decision, item: &Words) -> bool {
    const DECIDED: usize = 200;
    let Some(said) = &decision.decision else { return false };
    let title = Words::of(&decision.title);
    let shared = title.shared(item);
    let (of_title, of_item) = (title.significant().count(), item.significant().count());
    let said: String = said.text.chars().take(DECIDED).collect();
    let both = Words::of(&said).and(title).shared(item);
    shared > 0 && (shared == of_title || of_item > 0 && item.shared(&Words::of(&decision.title)) == of_item)
        || shared * 2 >= of_title && both >= 2 && shared > 0
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
