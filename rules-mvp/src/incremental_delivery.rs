//! Principle VI, Incremental Delivery: stories are prioritised, testable on their own, and delivered
//! in that order.

use plangate_core::declare_principle;
use plangate_core::document::{Spec, Story, TaskPhase};
use plangate_core::evidence::{Evidence, Indicators, Missing, Proof, QuestionContext};
use plangate_core::feature::{DocumentKind, Read};

use crate::passage::is_placeholder;
use crate::{answered, story};

declare_principle! {
    /// Stories are prioritised, testable on their own, and delivered in that order.
    pub INCREMENTAL_DELIVERY = "VI" "Incremental Delivery", statuses: [Pass, Attention];

    /// ## What it finds
    /// A user story of spec.md that carries no priority, although the plan says that all do.
    ///
    /// ## Why it matters
    /// Without P1, P2, P3 nobody knows which story is the first one worth showing.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VI. Incremental Delivery** ✅
    /// - Are user stories prioritized (P1, P2, P3) in spec.md? **Yes** - every story is
    /// ```
    ///
    /// ```md,file=spec.md
    /// ### User Story 1 - Open an auction (Priority: P1)
    ///
    /// ### User Story 2 - Place a bid
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VI. Incremental Delivery** ✅
    /// - Are user stories prioritized (P1, P2, P3) in spec.md? **Yes** - every story is
    /// ```
    ///
    /// ```md,file=spec.md
    /// ### User Story 1 - Open an auction (Priority: P1)
    ///
    /// ### User Story 2 - Place a bid (Priority: P2)
    /// ```
    question "MVP601" "unprioritized-story" = Duty
        "Are user stories prioritized (P1, P2, P3) in spec.md?",
        indicators: Indicators::terms(&["priority: P1", "P1", "P2", "prioritized", "prioritised"])
        .only_in(&[DocumentKind::Spec]),
        proof: unprioritized_story;

    /// ## What it finds
    /// A user story of spec.md without an Independent Test, although the plan says that each can be tested on its own.
    ///
    /// ## Why it matters
    /// A story that can only be tested together with others can't be delivered before them.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VI. Incremental Delivery** ✅
    /// - Is each story independently testable? **Yes** - see spec.md
    /// ```
    ///
    /// ```md,file=spec.md
    /// ### User Story 1 - Open an auction (Priority: P1)
    ///
    /// **Why this priority**: without it there is nothing to bid on.
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VI. Incremental Delivery** ✅
    /// - Is each story independently testable? **Yes** - see spec.md
    /// ```
    ///
    /// ```md,file=spec.md
    /// ### User Story 1 - Open an auction (Priority: P1)
    ///
    /// **Independent Test**: open an auction and see it in the list.
    /// ```
    question "MVP602" "untestable-story" = Duty
        "Is each story independently testable?",
        indicators: Indicators::terms(&["independent test", "independently testable", "tested independently", "tested on its own", "standalone test"])
        .only_in(&[DocumentKind::Spec, DocumentKind::Tasks]),
        proof: untestable_story;

    /// ## What it finds
    /// A tasks.md that plans a story's phase before that of a story with a higher priority.
    ///
    /// ## Why it matters
    /// When time runs out, what stands last is not there. It should be what matters least.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **VI. Incremental Delivery** ✅
    /// - Are P1 stories planned for completion before P2 stories? **Yes** - in the order of the spec
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 2 - Place a bid (Priority: P2)
    ///
    /// - [ ] T001 [US2] Add the bid form in src/bid.js
    ///
    /// ## Phase 4: User Story 1 - Open an auction (Priority: P1)
    ///
    /// - [ ] T002 [US1] Add the auction page in src/auction.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **VI. Incremental Delivery** ✅
    /// - Are P1 stories planned for completion before P2 stories? **Yes** - in the order of the spec
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 1 - Open an auction (Priority: P1)
    ///
    /// - [ ] T001 [US1] Add the auction page in src/auction.js
    ///
    /// ## Phase 4: User Story 2 - Place a bid (Priority: P2)
    ///
    /// - [ ] T002 [US2] Add the bid form in src/bid.js
    /// ```
    question "MVP603" "priority-inversion" = Duty
        "Are P1 stories planned for completion before P2 stories?",
        indicators: Indicators::terms(&["P1", "MVP first", "priority order", "order of priority", "stories in order"])
        .only_in(&[DocumentKind::Tasks, DocumentKind::Plan]),
        proof: priority_inversion;
}

/// What stands in a heading that gives a priority in other words than P1, P2, P3.
const OTHER_PRIORITIES: &[&str] = &[
    "priority", "prioridad", "prioridade", "priorité", "priorität", "priorytet", "приоритет", "優先", "优先",
    "우선순위",
];

/// Every story of spec.md has a priority.
fn unprioritized_story(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let spec = cx.feature.spec()?;
    let unprioritized = story::stories(&spec)
        .into_iter()
        .filter(|story| priority(story).is_none() && !is_prioritized_otherwise(spec, story));
    let found: Vec<Evidence> = unprioritized
        .map(|story| {
            Evidence::contradicts(spec.place(story.heading), format!("{} has no priority", story::called(story)))
        })
        .collect();
    Ok(match spec.stories.first() {
        Some(first) if found.is_empty() => {
            Proof::supports(spec.place(first.heading), counted(&spec, "carry a priority", "carries a priority"))
        }
        _ => answered::contradicted_by(found).help("add `(Priority: P1)`, `P2` or `P3` to the story's heading"),
    })
}

/// Every story of spec.md has an Independent Test.
fn untestable_story(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let spec = cx.feature.spec()?;
    let untestable = story::stories(&spec).into_iter().filter(|story| !has_independent_test(story));
    let found: Vec<Evidence> = untestable
        .map(|story| {
            Evidence::contradicts(
                spec.place(story.heading),
                format!("{} has no Independent Test", story::called(story)),
            )
        })
        .collect();
    let first = spec.stories.first().and_then(|story| story.independent_test.as_ref());
    Ok(match first {
        Some(test) if found.is_empty() => Proof::supports(
            spec.place(test.span),
            counted(&spec, "have an Independent Test", "has an Independent Test"),
        ),
        _ => answered::contradicted_by(found)
            .help("say under **Independent Test** how the story is tested without the others"),
    })
}

/// No story's phase stands before that of a story with a higher priority.
fn priority_inversion(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let tasks = cx.feature.tasks()?;
    let spec = cx.feature.spec().ok();
    let mut planned: Vec<(&TaskPhase, u32)> = Vec::new();
    for phase in tasks.phases.iter().filter(|phase| !phase.tasks.is_empty()) {
        // A story that comes back later, for polish, was delivered where it first stood.
        let again = phase.story.is_some() && planned.iter().any(|(seen, _)| seen.story == phase.story);
        if let Some(priority) = phase_priority(phase, spec.as_ref()).filter(|_| !again) {
            planned.push((phase, priority));
        }
    }
    let inverted = planned.windows(2).find(|pair| pair[0].1 > pair[1].1);
    Ok(match (inverted, planned.first()) {
        (Some([(early, low), (late, high)]), _) => Proof::contradicts(
            tasks.place(early.heading),
            format!("tasks.md plans \"{}\" (P{low}) before \"{}\" (P{high})", early.title, late.title),
        )
        .and(Evidence::silent(tasks.place(late.heading), format!("the P{high} phase stands here")))
        .help("move the phase of the higher priority up"),
        (_, Some((first, priority))) => Proof::supports(
            tasks.place(first.heading),
            format!("the phases stand in the order of priority, from P{priority} on"),
        ),
        _ => Proof::silent(),
    })
}

/// The priority that spec.md gives the phase's story, else the phase's own.
fn phase_priority(phase: &TaskPhase, spec: Option<&Read<'_, Spec>>) -> Option<u32> {
    let number = phase.story?;
    let story = spec.and_then(|spec| spec.stories.iter().find(|story| story.number == Some(number)));
    story.and_then(priority).or_else(|| phase.priority.as_deref().and_then(level))
}

fn priority(story: &Story) -> Option<u32> {
    story.priority.as_ref().and_then(|priority| level(&priority.text))
}

/// The number of `P1`.
fn level(text: &str) -> Option<u32> {
    let rest = text.trim().strip_prefix(['P', 'p'])?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    rest[..digits].parse().ok()
}

/// "(Priority: High)", or a story that cuts across all priorities: no P1, and yet not without.
fn is_prioritized_otherwise(spec: Read<'_, Spec>, story: &Story) -> bool {
    let heading = story.heading.text(&spec.document.text).to_lowercase();
    let bytes = heading.as_bytes();
    let numbered = bytes.windows(2).any(|pair| pair[0] == b'p' && pair[1].is_ascii_digit());
    story.priority.is_some() || numbered || OTHER_PRIORITIES.iter().any(|word| heading.contains(word))
}

fn has_independent_test(story: &Story) -> bool {
    let text = story.independent_test.as_ref().map_or("", |test| test.text.trim());
    !text.is_empty() && !is_placeholder(text)
}

fn counted(spec: &Spec, many: &str, one: &str) -> String {
    match spec.stories.len() {
        1 => format!("the one story {one}"),
        count => format!("all {count} stories {many}"),
    }
}

#[cfg(test)]
mod tests {
    use plangate_core::Feature;
    use plangate_core::document::{Task, Tasks};
    use plangate_core::plan::{Text, Verdict};

    use super::*;
    use crate::asking::{Asked, contradictions};

    fn story(number: u32, priority: Option<&str>, test: Option<&str>) -> Story {
        let mut story = Story::default();
        story.number = Some(number);
        story.title = format!("Story {number}");
        story.priority = priority.map(|text| Text::new(text, Default::default()));
        story.independent_test = test.map(|text| Text::new(text, Default::default()));
        story
    }

    fn with_stories(stories: Vec<Story>) -> Feature {
        let mut spec = Spec::default();
        spec.stories = stories;
        Asked::with_spec(Feature::builder().plan("").spec("x").tasks("x").build(), spec)
    }

    fn phase(story: u32, priority: Option<&str>) -> TaskPhase {
        let mut phase = TaskPhase::default();
        phase.title = format!("User Story {story}");
        phase.story = Some(story);
        phase.priority = priority.map(str::to_owned);
        phase.tasks.push(Task::default());
        phase
    }

    fn with_phases(feature: Feature, phases: Vec<TaskPhase>) -> Feature {
        let mut tasks = Tasks::default();
        tasks.phases = phases;
        Asked::with_tasks(feature, tasks)
    }

    fn found(feature: &Feature, id: &str) -> Vec<String> {
        contradictions(feature, &INCREMENTAL_DELIVERY, id, Verdict::Yes, "all of them")
    }

    #[test]
    fn a_story_without_a_priority_contradicts() {
        let feature = with_stories(vec![story(1, Some("P1"), None), story(2, None, None), story(3, None, None)]);
        assert_eq!(
            found(&feature, "MVP601"),
            ["story 2 \"Story 2\" has no priority", "story 3 \"Story 3\" has no priority"]
        );
    }

    #[test]
    fn other_priorities_are_no_absence() {
        let feature = with_stories(vec![story(1, Some("High"), None)]);
        assert!(found(&feature, "MVP601").is_empty());
        assert!(found(&with_stories(Vec::new()), "MVP601").is_empty());
    }

    #[test]
    fn a_story_without_a_test_of_its_own_contradicts() {
        let test = Some("open it and look");
        let feature = with_stories(vec![story(1, None, test), story(2, None, Some("[how to test]"))]);
        assert_eq!(found(&feature, "MVP602"), ["story 2 \"Story 2\" has no Independent Test"]);
    }

    #[test]
    fn a_lower_priority_first_contradicts() {
        let phases = vec![phase(2, Some("P2")), phase(1, Some("P1"))];
        let feature = with_phases(with_stories(Vec::new()), phases);
        assert_eq!(found(&feature, "MVP603")[0], "tasks.md plans \"User Story 2\" (P2) before \"User Story 1\" (P1)");
    }

    #[test]
    fn the_priority_of_the_spec_counts() {
        let stories = || vec![story(1, Some("P2"), None), story(2, Some("P1"), None)];
        let straight = with_phases(with_stories(stories()), vec![phase(2, None), phase(1, None)]);
        assert!(found(&straight, "MVP603").is_empty());
        let inverted = with_phases(with_stories(stories()), vec![phase(1, None), phase(2, None)]);
        assert_eq!(found(&inverted, "MVP603").len(), 1);
    }

    #[test]
    fn a_story_that_comes_back_is_no_inversion() {
        let phases = vec![phase(1, Some("P1")), phase(2, Some("P2")), phase(1, Some("P1"))];
        assert!(found(&with_phases(with_stories(Vec::new()), phases), "MVP603").is_empty());
    }
}
