//! Principle IV, Test-Driven Development: scenarios first, then tests, then the code.

use plangate_core::declare_principle;
use plangate_core::document::{Task, Tasks, TestKind};
use plangate_core::evidence::{Evidence, Indicators, Missing, Proof, QuestionContext};
use plangate_core::feature::{DocumentKind, Read};
use plangate_core::{Span, diagnostic::Place};

use crate::contracted::{Named, defines_an_interface};
use crate::package_item::contains_name;
use crate::test_order::{self, mentions};
use crate::{answered, story};

declare_principle! {
    /// Scenarios first, then tests, then the code.
    pub TEST_DRIVEN_DEVELOPMENT = "IV" "Test-Driven Development", statuses: [Pass, Attention];

    /// ## What it finds
    /// A user story of spec.md without an acceptance scenario, or a scenario that lacks Given, When or Then, in that order.
    ///
    /// ## Why it matters
    /// A test is a scenario in code. Where the scenario doesn't say what was given and what happens, the test
    /// is written after the code, from the code.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Are acceptance scenarios defined in Given-When-Then format in spec.md? **Yes** - for every story
    /// ```
    ///
    /// ```md,file=spec.md
    /// ### User Story 1 - Open an auction (Priority: P1)
    ///
    /// **Acceptance Scenarios**:
    ///
    /// 1. **Given** a host, **Then** the auction is open
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Are acceptance scenarios defined in Given-When-Then format in spec.md? **Yes** - for every story
    /// ```
    ///
    /// ```md,file=spec.md
    /// ### User Story 1 - Open an auction (Priority: P1)
    ///
    /// **Acceptance Scenarios**:
    ///
    /// 1. **Given** a host, **When** they press "open", **Then** the auction is open
    /// ```
    question "MVP401" "scenario-without-given-when-then" = Duty
        "Are acceptance scenarios defined in Given-When-Then format in spec.md?",
        indicators: Indicators::terms(&["acceptance scenario", "acceptance criteria", "given when then", "given-when-then", "gherkin"]),
        proof: scenario_without_given_when_then;

    /// ## What it finds
    /// A real-time feature whose tasks.md has no integration test, although the plan says that they are planned.
    ///
    /// A feature is real-time where the plan answers so; where it doesn't say, where the Summary or a functional requirement adds
    /// a real-time channel.
    ///
    /// ## Why it matters
    /// What goes wrong between a server and many clients shows only when both run.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **I. Real-time First** ✅
    /// - Does this feature require real-time state synchronization? **Yes** - bids appear on every screen
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Are integration tests planned for WebSocket flows? **Yes** - for bidding
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 1 - Place a bid (Priority: P1)
    ///
    /// - [ ] T001 [US1] Unit test of the bid rules in tests/unit/bid.test.js
    /// - [ ] T002 [US1] Implement the bid rules in src/bid.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **I. Real-time First** ✅
    /// - Does this feature require real-time state synchronization? **Yes** - bids appear on every screen
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Are integration tests planned for WebSocket flows? **Yes** - for bidding
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 1 - Place a bid (Priority: P1)
    ///
    /// - [ ] T001 [US1] Integration test of bidding in tests/integration/bid.test.js
    /// - [ ] T002 [US1] Implement the bid rules in src/bid.js
    /// ```
    question "MVP402" "missing-integration-test" = Duty
        "Are integration tests planned for WebSocket flows?",
        if: "MVP101",
        indicators: Indicators::terms(&[
            "integration test", "end-to-end test", "e2e test", "e2e", "socket test", "websocket test", "multi-client test",
        ])
        .files(&["**/integration/**", "**/e2e/**", "**/*integration*", "**/*.e2e.*", "**/*_it.*", "**/*IT.java"])
        .dependencies(&[
            "@playwright/test", "playwright", "cypress", "supertest", "socket.io-client", "testcontainers*", "puppeteer",
            "pytest-playwright", "selenium*", "pytest-asyncio", "Microsoft.AspNetCore.Mvc.Testing",
        ]),
        proof: missing_integration_test;

    /// ## What it finds
    /// A feature with contracts whose tasks.md has no contract test, although the plan says that they are planned.
    ///
    /// A contract test is a test at an interface, or of anything that a contract defines: an operation, a message, a field, an
    /// attribute. A file under contracts/ in which no operation is defined, such as a description of a workflow or the form of package.json, needs none.
    /// Contracts that no task mentions are listed beside the evidence.
    ///
    /// ## Why it matters
    /// A contract that no test holds is a wish: the first change of the code breaks it silently.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Are contract tests planned for APIs? **Yes** - for the auction API
    /// ```
    ///
    /// ```md,file=contracts/auctions.md
    /// # Auction API
    ///
    /// ## POST /auctions
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 1 - Open an auction (Priority: P1)
    ///
    /// - [ ] T001 [US1] Implement the route in src/routes.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Are contract tests planned for APIs? **Yes** - for the auction API
    /// ```
    ///
    /// ```md,file=contracts/auctions.md
    /// # Auction API
    ///
    /// ## POST /auctions
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 1 - Open an auction (Priority: P1)
    ///
    /// - [ ] T001 [US1] Contract test of POST /auctions in tests/contract/auctions.test.js
    /// - [ ] T002 [US1] Implement the route in src/routes.js
    /// ```
    question "MVP403" "missing-contract-test" = Duty
        "Are contract tests planned for APIs?",
        indicators: Indicators::terms(&["contract test", "api test", "schema test", "pact", "consumer-driven", "schemathesis"])
        .files(&["**/tests/contract/**", "**/test/contract/**", "**/contract/**", "**/*contract*test*", "**/*test*contract*", "**/pacts/**"])
        .dependencies(&[
            "@pact-foundation/pact", "pact*", "dredd", "schemathesis", "jest-openapi", "chai-openapi-response-validator",
            "spring-cloud-contract*", "openapi-core", "PactNet",
        ]),
        proof: missing_contract_test;

    /// ## What it finds
    /// A tasks.md that implements a story before its first test, or a file before the test of that file; or in which no task
    /// writes a test, although the plan says that tests come first.
    ///
    /// A test task writes or changes a test file. To run, to review or to skip tests is none, nor is to test by hand. A task
    /// that only adapts a test to the new code ("update the old spec so that it still passes") may stand behind it.
    ///
    /// ## Why it matters
    /// Tasks are done in their order. A test behind the code it tests has never failed, so nobody knows whether it can.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Is TDD workflow (write tests → fail → implement → pass) reflected in tasks.md? **Yes** - tests first
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 1 - Open an auction (Priority: P1)
    ///
    /// - [ ] T001 [US1] Implement the auction page in src/auction.js
    /// - [ ] T002 [US1] Unit test of the auction page in tests/unit/auction.test.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **IV. Test-Driven Development** ✅
    /// - Is TDD workflow (write tests → fail → implement → pass) reflected in tasks.md? **Yes** - tests first
    /// ```
    ///
    /// ```md,file=tasks.md
    /// ## Phase 3: User Story 1 - Open an auction (Priority: P1)
    ///
    /// - [ ] T001 [US1] Unit test of the auction page in tests/unit/auction.test.js
    /// - [ ] T002 [US1] Implement the auction page in src/auction.js
    /// ```
    question "MVP404" "implementation-before-test" = Duty
        "Is TDD workflow (write tests → fail → implement → pass) reflected in tasks.md?",
        indicators: Indicators::terms(&[
            "TDD", "test-driven", "test first", "tests first", "red-green-refactor", "red green refactor", "write tests",
            "failing test", "tests must fail", "fail before implementation",
        ])
        .only_in(&[DocumentKind::Tasks, DocumentKind::Plan]),
        proof: implementation_before_test;
}

/// Every story has a scenario, and every scenario its Given, When and Then.
fn scenario_without_given_when_then(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let spec = cx.feature.spec()?;
    let mut found = Vec::new();
    for story in story::stories(&spec) {
        // Scenarios under a heading of their own belong to no story that a parser could name.
        if story.scenarios.is_empty() && spec.scenarios.is_empty() {
            let note = format!("{} has no acceptance scenario", story::called(story));
            found.push(Evidence::contradicts(spec.place(story.heading), note));
        }
        for scenario in story.scenarios.iter().filter(|scenario| !scenario.complete) {
            let note = format!("a scenario of {} lacks Given, When and Then in order", story::called(story));
            found.push(Evidence::contradicts(spec.place(scenario.span), note));
        }
    }
    for scenario in spec.scenarios.iter().filter(|scenario| !scenario.complete) {
        found.push(Evidence::contradicts(spec.place(scenario.span), "a scenario lacks Given, When and Then in order"));
    }
    let scenarios = || spec.stories.iter().flat_map(|story| &story.scenarios).chain(&spec.scenarios);
    Ok(match scenarios().next() {
        Some(scenario) if found.is_empty() => {
            let count = scenarios().count();
            let note = if count == 1 { "one scenario".to_owned() } else { format!("{count} scenarios") };
            Proof::supports(spec.place(scenario.span), format!("{note} with Given, When and Then"))
        }
        _ => answered::contradicted_by(found).help("write the scenario as `**Given** …, **When** …, **Then** …`"),
    })
}

/// What the text of a test task says when it tests several parts together.
const TOGETHER: &[&str] = &[
    "integration", "e2e", "end-to-end", "end to end", "websocket", "socket", "socket.io", "real-time", "realtime",
    "playwright", "cypress", "multi-client", "system test", "acceptance test", "signalr", "sse",
];

/// tasks.md has an integration test.
fn missing_integration_test(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::planned_yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let tasks = cx.feature.tasks()?;
    let integrates =
        |task: &Task| task.test == Some(TestKind::Integration) || (task.test.is_some() && mentions(task, TOGETHER));
    Ok(match tasks.iter().find(|task| integrates(task)) {
        Some(task) => Proof::supports(tasks.place(task.span), format!("{} is an integration test", called(task))),
        None if tasks.iter().next().is_none() => Proof::silent(),
        None => Proof::contradicts(without_tests(&tasks), "tasks.md has no integration test")
            .help("add a task that tests the flow with connected clients"),
    })
}

/// tasks.md has a contract test where there are contracts.
fn missing_contract_test(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::planned_yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let contracts = cx.feature.contracts()?;
    let tasks = cx.feature.tasks()?;
    let contracts: Vec<_> = contracts.into_iter().filter(defines_an_interface).map(Named::of).collect();
    let Some(first) = contracts.first().filter(|_| tasks.iter().next().is_some()) else { return Ok(Proof::silent()) };
    let texts: Vec<(&Task, String)> = tasks.iter().map(|task| (task, task.text.to_lowercase())).collect();
    let test = texts.iter().find(|(task, text)| tests_a_contract(task, text, &contracts));
    let proof = match test {
        Some((task, _)) => Proof::supports(tasks.place(task.span), format!("{} is a contract test", called(task))),
        None => Proof::contradicts(
            without_tests(&tasks),
            format!("tasks.md has no contract test for `{}`{}", first.file_name(), and_more(contracts.len() - 1)),
        )
        .help("add a task for a contract test, before the task that implements the interface"),
    };
    let unmentioned = contracts.iter().filter(|named| !texts.iter().any(|(_, text)| named.is_told_in(text)));
    Ok(unmentioned.fold(proof, |proof, named| {
        let note = format!("no task mentions `{}`", named.file_name());
        proof.and(Evidence::silent(named.contract.place(Span::default()), note))
    }))
}

/// What the text of a test task says when it tests at an interface.
const AT_AN_INTERFACE: &[&str] = &[
    "contract", "api", "endpoint", "route", "router", "controller", "handler", "http", "rest", "graphql", "rpc",
    "grpc", "schema", "pact", "interface", "protocol", "command line", "cli",
];

/// A contract test by its kind or name, or any test of what a contract defines. `text` is the task's in lower case.
fn tests_a_contract(task: &Task, text: &str, contracts: &[Named<'_>]) -> bool {
    let kind = task.test_kind();
    kind.is_some()
        && (kind == Some(TestKind::Contract)
            || AT_AN_INTERFACE.iter().any(|word| contains_name(text, word))
            || contracts.iter().any(|contract| contract.is_told_in(text)))
}

fn and_more(count: usize) -> String {
    if count == 0 { String::new() } else { format!(" and {count} more") }
}

/// In each story the first test stands before the first implementation.
fn implementation_before_test(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let tasks = cx.feature.tasks()?;
    let Some(first_test) = tasks.iter().find(|task| task.test_kind().is_some() && !task.skipped) else {
        let implements = tasks.iter().any(test_order::is_code);
        return Ok(match answered::planned_yes(cx) {
            Some(_) if implements => Proof::contradicts(without_tests(&tasks), "no task in tasks.md writes a test")
                .help("add the tests of each story before its implementation"),
            _ => Proof::silent(),
        });
    };
    let inverted = test_order::inverted(tasks.model);
    let Some((implementation, test)) = inverted.first() else {
        let note = format!("{} is the first test, ahead of the implementation", called(first_test));
        return Ok(Proof::supports(tasks.place(first_test.span), note));
    };
    let stories = match inverted.len() {
        0 | 1 => String::new(),
        2 => " (and so in 1 more story)".to_owned(),
        all => format!(" (and so in {} more stories)", all - 1),
    };
    Ok(Proof::contradicts(
        tasks.place(implementation.span),
        format!("{} implements what {} tests only later{stories}", called(implementation), called(test)),
    )
    .and(Evidence::silent(tasks.place(test.span), format!("{} stands here", called(test))))
    .help("move the test task in front of the implementation task"))
}

/// Where a tasks.md without the wanted test says so: the note that tests are optional, else its
/// first phase.
fn without_tests(tasks: &Read<'_, Tasks>) -> Place {
    let note = tasks.tests_optional.as_ref().map(|note| note.span);
    let first = tasks.phases.iter().find(|phase| !phase.tasks.is_empty()).map(|phase| phase.heading);
    tasks.place(note.or(first).unwrap_or_default())
}

fn called(task: &Task) -> String {
    task.id.clone().unwrap_or_else(|| {
        let short: String = task.text.chars().take(40).collect();
        format!("\"{}{}\"", short, if short.len() < task.text.len() { "…" } else { "" })
    })
}

#[cfg(test)]
mod tests {
    use plangate_core::Feature;
    use plangate_core::document::{Contract, Operation, Scenario, Spec, Story, TaskPhase};
    use plangate_core::evidence::Says;
    use plangate_core::judgement::Claim;
    use plangate_core::plan::Verdict;

    use super::*;
    use crate::asking::{Asked, contradictions, notes, prove};

    fn test(id: &str, story: Option<u32>, kind: TestKind, path: &str) -> Task {
        let mut task = Task::default();
        task.id = Some(id.to_owned());
        task.story = story;
        task.test = Some(kind);
        task.text = format!("Write a test in {path}");
        task.paths = vec![path.to_owned()];
        task
    }

    fn code(id: &str, story: Option<u32>, path: &str) -> Task {
        let mut task = Task::default();
        task.id = Some(id.to_owned());
        task.story = story;
        task.implementation = true;
        task.text = format!("Implement {path}");
        task.paths = vec![path.to_owned()];
        task
    }

    fn feature(tasks: Vec<Task>) -> Feature {
        let mut phase = TaskPhase::default();
        phase.tasks = tasks;
        let mut model = Tasks::default();
        model.phases.push(phase);
        Asked::with_tasks(Feature::builder().plan("").spec("x").tasks("x").contract("auctions.md", "x").build(), model)
    }

    fn found(feature: &Feature, id: &str) -> Vec<String> {
        contradictions(feature, &TEST_DRIVEN_DEVELOPMENT, id, Verdict::Yes, "planned")
    }

    #[test]
    fn code_before_the_first_test_of_its_story_contradicts() {
        let feature = feature(vec![
            test("T001", Some(1), TestKind::Unit, "tests/a.test.js"),
            code("T002", Some(1), "src/a.js"),
            code("T003", Some(2), "src/b.js"),
            test("T004", Some(2), TestKind::Unit, "tests/b.test.js"),
        ]);
        assert_eq!(found(&feature, "MVP404"), ["T003 implements what T004 tests only later"]);
    }

    #[test]
    fn tests_and_code_may_take_turns() {
        let feature = feature(vec![
            test("T001", Some(1), TestKind::Unit, "tests/bid.test.js"),
            code("T002", Some(1), "src/bid.js"),
            test("T003", Some(1), TestKind::Unit, "tests/auction.test.js"),
            code("T004", Some(1), "src/auction.js"),
        ]);
        assert!(found(&feature, "MVP404").is_empty());
    }

    #[test]
    fn a_file_before_its_own_test_contradicts() {
        let feature = feature(vec![
            test("T001", Some(1), TestKind::Contract, "tests/api.test.js"),
            code("T002", Some(1), "src/auction.js"),
            test("T003", Some(1), TestKind::Unit, "tests/auction.test.js"),
        ]);
        assert_eq!(found(&feature, "MVP404")[0], "T002 implements what T003 tests only later");
    }

    #[test]
    fn an_old_test_may_be_adapted_behind_the_code() {
        let adapted = |path: &str| {
            let mut task = test("T003", Some(1), TestKind::Unit, path);
            task.text = format!("Update {path} so that it still passes");
            task
        };
        let new = test("T001", Some(1), TestKind::Unit, "tests/bid.test.js");
        let code = || code("T002", Some(1), "src/auction.js");
        assert!(found(&feature(vec![new.clone(), code(), adapted("tests/auction.test.js")]), "MVP404").is_empty());
        assert!(found(&feature(vec![code(), adapted("tests/auction.test.js")]), "MVP404").is_empty());
        assert_eq!(
            found(&feature(vec![code(), adapted("tests/auction.test.js"), new]), "MVP404"),
            ["T002 implements what T001 tests only later"]
        );
    }

    #[test]
    fn a_message_counts_the_other_stories() {
        let tasks = |stories: &[u32]| {
            let pair = |story: &u32| {
                let path = format!("tests/{story}.test.js");
                [code("T001", Some(*story), "src/a.js"), test("T002", Some(*story), TestKind::Unit, &path)]
            };
            feature(stories.iter().flat_map(pair).collect())
        };
        let told =
            |stories: &[u32]| found(&tasks(stories), "MVP404").remove(0).replace("T001 implements what T002 ", "");
        assert_eq!(told(&[1]), "tests only later");
        assert_eq!(told(&[1, 2]), "tests only later (and so in 1 more story)");
        assert_eq!(told(&[1, 2, 3]), "tests only later (and so in 2 more stories)");
    }

    #[test]
    fn foundations_come_first_where_there_are_no_stories() {
        let turns = [
            code("T001", None, "src/db.js"),
            test("T002", None, TestKind::Unit, "tests/a.test.js"),
            code("T003", None, "src/a.js"),
        ];
        assert!(found(&feature(turns.to_vec()), "MVP404").is_empty());
        let last = [
            code("T001", None, "src/db.js"),
            code("T002", None, "src/a.js"),
            test("T003", None, TestKind::Unit, "tests/a.test.js"),
        ];
        assert_eq!(found(&feature(last.to_vec()), "MVP404").len(), 1);
    }

    #[test]
    fn no_test_task_contradicts_a_plan_and_no_existing_tests() {
        let feature = feature(vec![code("T001", Some(1), "src/a.js")]);
        assert_eq!(found(&feature, "MVP404"), ["no task in tasks.md writes a test"]);
        let existing =
            prove(&feature, &TEST_DRIVEN_DEVELOPMENT, "MVP404", Verdict::Yes, "existing tests", Claim::Existing);
        assert!(notes(existing, Says::Contradicts).is_empty());
    }

    #[test]
    fn an_integration_test_is_known_by_kind_or_text() {
        assert_eq!(
            found(&feature(vec![test("T001", None, TestKind::Unit, "tests/unit/a.js")]), "MVP402"),
            ["tasks.md has no integration test"]
        );
        assert!(found(&feature(vec![test("T001", None, TestKind::Integration, "tests/a.js")]), "MVP402").is_empty());
        assert!(
            found(&feature(vec![test("T001", None, TestKind::Other, "tests/websocket/a.js")]), "MVP402").is_empty()
        );
        assert!(found(&feature(Vec::new()), "MVP402").is_empty());
    }

    #[test]
    fn a_contract_without_a_test_contradicts() {
        let mut operation = Operation::default();
        operation.name = "POST /auctions".to_owned();
        let mut contract = Contract::default();
        contract.operations.push(operation);
        let asked = |tasks| Asked::with_contract(feature(tasks), contract.clone());
        assert_eq!(
            found(&asked(vec![test("T001", None, TestKind::Unit, "tests/bid.js")]), "MVP403"),
            ["tasks.md has no contract test for `auctions.md`"]
        );
        assert!(found(&asked(vec![test("T001", None, TestKind::Contract, "tests/bid.js")]), "MVP403").is_empty());
        assert!(found(&asked(vec![test("T001", None, TestKind::Other, "tests/auctions.js")]), "MVP403").is_empty());
        let proof = prove(
            &asked(vec![test("T001", None, TestKind::Contract, "tests/bid.js")]),
            &TEST_DRIVEN_DEVELOPMENT,
            "MVP403",
            Verdict::Yes,
            "",
            Claim::Planned,
        );
        assert_eq!(notes(proof, Says::Silent), ["no task mentions `auctions.md`"]);
    }

    #[test]
    fn a_test_of_what_a_contract_defines_is_a_contract_test() {
        let tasks = |said: &str| {
            let text = format!("## Phase 1\n\n- [ ] T001 Write a test: {said} (bids.test.js)\n");
            Feature::builder().plan("").spec("x").tasks(text)
        };
        let bids = "# Bids\n\n## Event: `bid_placed`\n\nIts field `bid_amount` is an integer.\n";
        let found = |said, contract| found(&tasks(said).contract("messages.md", contract).build(), "MVP403");
        assert_eq!(found("the clock ticks", bids), ["tasks.md has no contract test for `messages.md`"]);
        assert!(found("bid_placed carries the room", bids).is_empty());
        assert!(found("`bid_amount` is never negative", bids).is_empty());
        assert!(found("the clock ticks", "# Release\n\nThe job `release` runs at night.\n").is_empty(), "no interface");
    }

    #[test]
    fn stories_need_whole_scenarios() {
        let scenario = |complete| {
            let mut scenario = Scenario::default();
            scenario.complete = complete;
            scenario
        };
        let story = |number, scenarios| {
            let mut story = Story::default();
            story.number = Some(number);
            story.title = "Bid".to_owned();
            story.scenarios = scenarios;
            story
        };
        let mut spec = Spec::default();
        spec.stories = vec![story(1, vec![scenario(true)]), story(2, Vec::new()), story(3, vec![scenario(false)])];
        let feature = Asked::with_spec(feature(Vec::new()), spec);
        assert_eq!(
            found(&feature, "MVP401"),
            [
                "story 2 \"Bid\" has no acceptance scenario",
                "a scenario of story 3 \"Bid\" lacks Given, When and Then in order"
            ]
        );
    }
}
