//! Stories, requirements and tasks held against one another.

mod citations;
mod stories;
mod test_first;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{GateContext, GateRule, gate_rule};
use crate::diagnostic::Finding;
use crate::document::Task;

pub(super) const RULES: &[&GateRule] =
    &[&UNPLANNED_STORY, &UNKNOWN_STORY, &UNKNOWN_REQUIREMENT, &REPEATED_TASK_ID, &UNPROVEN_TEST_FIRST];

gate_rule! {
    /// ## What it finds
    /// A user story of spec.md that no task carries: no `[US2]` mark, no phase named after it, no phase
    /// that says it covers it or repeats its title or its Independent Test, no task that cites a
    /// requirement, a command or code that this story alone names. Only where other tasks carry stories,
    /// and not for a story that is deferred.
    ///
    /// ## Why it matters
    /// What no task carries is not built, and nobody notices before the story is tried.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    /// ```
    /// ```md,file=spec.md
    /// # Feature Specification: Voting
    ///
    /// ### User Story 1 - Vote (Priority: P1)
    ///
    /// ### User Story 2 - See results (Priority: P2)
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 [US1] Record a vote in src/vote.ts
    /// ```
    ///
    /// ```md
    /// # Implementation Plan: Voting
    /// ```
    /// ```md,file=spec.md
    /// # Feature Specification: Voting
    ///
    /// ### User Story 1 - Vote (Priority: P1)
    ///
    /// ### User Story 2 - See results (Priority: P2)
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 [US1] Record a vote in src/vote.ts
    /// - [ ] T002 [US2] Count the votes in src/results.ts
    /// ```
    UNPLANNED_STORY = "PLN401" "unplanned-story", Warning, needs: [Spec, Tasks];
    stories::unplanned
}

gate_rule! {
    /// ## What it finds
    /// A task for a story, such as `[US7]`, that spec.md doesn't define.
    ///
    /// ## Why it matters
    /// Either the task was planned for a story that was dropped, or the mark is wrong and the story that
    /// was meant lacks a task.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    /// ```
    /// ```md,file=spec.md
    /// # Feature Specification: Voting
    ///
    /// ### User Story 1 - Vote (Priority: P1)
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 [US1] Record a vote in src/vote.ts
    /// - [ ] T002 [US7] Count the votes in src/results.ts
    /// ```
    ///
    /// ```md
    /// # Implementation Plan: Voting
    /// ```
    /// ```md,file=spec.md
    /// # Feature Specification: Voting
    ///
    /// ### User Story 1 - Vote (Priority: P1)
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 [US1] Record a vote in src/vote.ts
    /// ```
    UNKNOWN_STORY = "PLN402" "unknown-story", Warning, needs: [Spec, Tasks];
    stories::unknown
}

gate_rule! {
    /// ## What it finds
    /// An FR-, NFR- or SC- id in plan.md or tasks.md that spec.md doesn't define, where it defines others
    /// of that series. Ids of other features ("Spec 004 FR-002") are left alone, and FR-005a is FR-005's.
    ///
    /// ## Why it matters
    /// A task that cites a requirement which doesn't exist proves nothing, and the requirement that was
    /// meant may stand without one.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Summary
    ///
    /// Votes are counted once (FR-009).
    /// ```
    /// ```md,file=spec.md
    /// # Feature Specification: Voting
    ///
    /// - **FR-001**: A vote MUST be counted once.
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 Record a vote in src/vote.ts
    /// ```
    ///
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Summary
    ///
    /// Votes are counted once (FR-001).
    /// ```
    /// ```md,file=spec.md
    /// # Feature Specification: Voting
    ///
    /// - **FR-001**: A vote MUST be counted once.
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 Record a vote in src/vote.ts
    /// ```
    UNKNOWN_REQUIREMENT = "PLN403" "unknown-requirement", Warning, needs: [Spec, Tasks];
    citations::unknown
}

gate_rule! {
    /// ## What it finds
    /// Two tasks with one id. Where whole tasks stand there twice, because a block was pasted twice, one
    /// finding says so.
    ///
    /// ## Why it matters
    /// "After T012" and "T012 is done" then say nothing: commands that work through the list tick or skip
    /// the wrong one.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 Record a vote in src/vote.ts
    /// - [ ] T001 Count the votes in src/results.ts
    /// ```
    ///
    /// ```md
    /// # Implementation Plan: Voting
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 Record a vote in src/vote.ts
    /// - [ ] T002 Count the votes in src/results.ts
    /// ```
    REPEATED_TASK_ID = "PLN404" "repeated-task-id", Warning, needs: [Tasks];
    repeated_task_id
}

gate_rule! {
    /// ## What it finds
    /// A principle about test-first or test-driven work that is declared pass although tasks.md has no task
    /// that writes a test, or puts every test of a story after its implementation, or although *Testing* is
    /// manual or N/A. A task that tries something out by hand or runs tests writes none. A note such as "no
    /// code changes" doesn't change that: what the principle doesn't concern is N/A, and what it concerns is
    /// not met. Not where an active pack asks the principle's questions.
    ///
    /// ## Why it matters
    /// The tick is what the gate stands on, and the order of the tasks is what is going to happen.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Constitution Check
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Test-First | ✅ PASS |
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 [US1] Implement the vote in src/vote.ts
    /// - [ ] T002 [US1] Write the unit test in tests/vote.test.ts
    /// ```
    ///
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Constitution Check
    ///
    /// | Principle | Status |
    /// |---|---|
    /// | I. Test-First | ✅ PASS |
    /// ```
    /// ```md,file=tasks.md
    /// # Tasks: Voting
    ///
    /// - [ ] T001 [US1] Write the unit test in tests/vote.test.ts
    /// - [ ] T002 [US1] Implement the vote in src/vote.ts
    /// ```
    UNPROVEN_TEST_FIRST = "PLN405" "unproven-test-first", Warning, needs: [Tasks];
    test_first::unproven
}

/// More ids than this that occur twice mean that numbering began anew.
const MANY: usize = 5;

fn repeated_task_id(cx: &GateContext<'_>) -> Vec<Finding> {
    let Ok(tasks) = cx.feature.tasks() else { return Vec::new() };
    let mut known: BTreeMap<&str, &Task> = BTreeMap::new();
    let mut repeated: Vec<(&str, &Task, &Task)> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    // A skipped task may have given its id to another one.
    for task in tasks.iter().filter(|task| !task.skipped) {
        let Some(id) = task.id.as_deref() else { continue };
        let count = counts.entry(id).or_default();
        *count += 1;
        match known.entry(id) {
            Entry::Vacant(new) => {
                new.insert(task);
            }
            Entry::Occupied(first) if *count == 2 => repeated.push((id, *first.get(), task)),
            Entry::Occupied(_) => {}
        }
    }
    if let Some((id, first, second)) = repeated.first().filter(|_| is_pasted(&repeated)) {
        let others = repeated.len() - 1;
        let more = if others == 1 { "one more task".to_owned() } else { format!("{others} more tasks") };
        let message = format!("{id} and {more} stand here a second time: a block was pasted twice");
        let finding = Finding::new(tasks.place(second.span), message);
        let finding = finding.help("remove one of the two copies; keep the one whose ticks hold");
        return vec![finding.related(tasks.place(first.span), format!("the first {id}")).subject(*id)];
    }
    let many = repeated.len() > MANY;
    let told = if many { 1 } else { repeated.len() };
    let listed = repeated[..told].iter().map(|(id, first, second)| {
        let message = match counts.get(id) {
            _ if many => {
                format!(
                    "{id} and {} more ids stand on several tasks each: the numbering begins anew",
                    repeated.len() - 1
                )
            }
            Some(count) if *count > 2 => format!("{id} stands on {count} tasks"),
            _ => format!("{id} stands on two tasks"),
        };
        Finding::new(tasks.place(second.span), message)
            .help("give every task an id of its own")
            .related(tasks.place(first.span), format!("the first {id}"))
            .subject(*id)
    });
    listed.collect()
}

/// Whether the tasks with one id are each other's copies: several, and nearly all.
fn is_pasted(repeated: &[(&str, &Task, &Task)]) -> bool {
    let copies = repeated.iter().filter(|(_, first, second)| first.text == second.text).count();
    copies >= 2 && copies * 10 >= repeated.len() * 9
}

#[cfg(test)]
mod tests {
    use super::super::document::found::{findings, voting};
    use crate::feature::FeatureBuilder;

    const PLAN: &str = "# Implementation Plan: A\n";
    const SPEC: &str = "# Feature Specification: A\n\n### User Story 1 - Vote (Priority: P1)\n\n### User Story 2 - Count (Priority: P2)\n\n## Requirements\n\n- **FR-001**: A vote MUST be counted once.\n- **FR-002**: A count MUST be shown.\n";

    fn told(id: &str, feature: FeatureBuilder) -> Vec<String> {
        findings(id, &feature.build()).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn stories_are_carried_by_marks_headings_and_introductions() {
        let open = |tasks: &str| told("PLN401", voting(PLAN).spec(SPEC).tasks(tasks)).len();
        assert_eq!(open("- [ ] T001 [US1] Write src/vote.ts\n"), 1);
        for tasks in [
            "- [ ] T001 [US1][US2] Write src/vote.ts\n",
            "## Phase 3: User Story 1 & 2\n\n- [ ] T001 Write src/vote.ts\n",
            "## Phase 3: Votes\n\n**Covers**: US1, US2\n\n- [ ] T001 [US1] Write src/vote.ts\n",
            "- [ ] T001 [US1] Write src/vote.ts\n\nUser story 2 is deferred.\n",
            "- [ ] T001 Write src/vote.ts, as US1 asks\n",
        ] {
            assert_eq!(open(tasks), 0, "{tasks}");
        }
    }

    #[test]
    fn unknown_stories_are_told_once() {
        let tasks = "- [ ] T001 [US1] a in src/a.ts\n- [ ] T002 [US7] b in src/b.ts\n- [ ] T003 [US7] c in src/c.ts\n";
        let found = told("PLN402", voting(PLAN).spec(SPEC).tasks(tasks));
        assert_eq!(found, ["spec.md defines no user story 7 (2 tasks)"]);
    }

    #[test]
    fn ids_are_looked_up_in_their_series() {
        let unknown = |plan: &str| {
            let plan = format!("{PLAN}\n{plan}\n");
            told("PLN403", voting(&plan).spec(SPEC).tasks("- [ ] T001 Write src/a.ts\n")).len()
        };
        for (text, expected) in [
            ("Counted once (FR-001, FR-002a).", 0),
            ("Counted once (FR-009).", 1),
            ("All of FR-001..FR-002.", 0),
            ("All of FR-001–009.", 1),
            ("As in Spec 004 FR-009.", 0),
            ("Fast (NFR-001, SC-001).", 0),
            ("```\nFR-009\n```", 0),
            ("<!-- FR-009 -->", 0),
        ] {
            assert_eq!(unknown(text), expected, "{text}");
        }
    }

    #[test]
    fn numbering_that_begins_anew_is_one_finding() {
        let list = |range: std::ops::Range<u32>| {
            range.map(|id| format!("- [ ] T{id:03} a in src/a{id}.ts\n")).collect::<String>()
        };
        let repeated = |tasks: &str| told("PLN404", voting(PLAN).tasks(tasks)).len();
        assert_eq!(repeated(&list(1..20)), 0);
        assert_eq!(repeated(&format!("{}{}", list(1..20), list(3..5).replace(" a ", " b "))), 2);
        assert_eq!(repeated(&format!("{}{}", list(1..20), list(3..15))), 1);
    }

    #[test]
    fn a_block_that_was_pasted_twice_is_one_finding() {
        let list = |range: std::ops::Range<u32>, what: &str| {
            range.map(|id| format!("- [ ] T{id:03} {what} in src/a{id}.ts\n")).collect::<String>()
        };
        let told = |tasks: &str| told("PLN404", voting(PLAN).tasks(tasks));
        let pasted = format!("{}\n## Phase 2\n\n{}", list(1..20, "Schreibe es"), list(3..15, "Schreibe es"));
        assert_eq!(told(&pasted), ["T003 and 11 more tasks stand here a second time: a block was pasted twice"]);
        let anew = format!("{}\n## Phase 2\n\n{}", list(1..20, "Schreibe es"), list(3..15, "Prüfe es"));
        assert_eq!(told(&anew), ["T003 and 11 more ids stand on several tasks each: the numbering begins anew"]);
        assert_eq!(told(&format!("{}{}", list(1..3, "a"), list(1..2, "a"))), ["T001 stands on two tasks"]);
    }

    #[test]
    fn test_first_is_borne_out_by_the_tasks() {
        let plan = |testing: &str| {
            format!(
                "{PLAN}\n## Technical Context\n\n**Testing**: {testing}\n\n## Constitution Check\n\n- **II. Test-First**: PASS\n"
            )
        };
        let doubted = |testing: &str, tasks: &str| told("PLN405", voting(&plan(testing)).tasks(tasks)).len();
        let test = "- [ ] T001 [US1] Write the unit test in tests/vote.test.ts\n";
        let code = "- [ ] T002 [US1] Implement the vote in src/vote.ts\n";
        assert_eq!(doubted("Vitest", &format!("{test}{code}")), 0);
        assert_eq!(doubted("Vitest", &format!("{code}{test}")), 1);
        assert_eq!(doubted("Vitest", code), 1);
        assert_eq!(doubted("Manual", &format!("{test}{code}")), 1);
        assert_eq!(doubted("Vitest", "- [ ] T001 Write docs/guide.md\n"), 0, "nothing is implemented");
        let constitution = "# Constitution\n## Core Principles\n### I. Test-First & Specs\nTests MUST come first.\n";
        let tasks = "- [ ] T001 [US1] Implement the vote in src/vote.ts\n- [ ] T002 [US1] Test the vote by hand\n";
        assert_eq!(
            told("PLN405", voting(&plan("Vitest")).tasks(tasks).constitution(constitution)),
            ["II. Test-First is declared pass, but tasks.md has no task that writes a test"]
        );
    }
}
