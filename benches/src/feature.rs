//! Writes what stands beside a plan. Sizes are to the plan's as they are in public features, where the
//! other documents together hold six times as much as the plan.

use std::fmt::Write as _;

use plangate_core::{Feature, template};

use crate::check::manifests;
use crate::form::Form;
use crate::plan::plan_of;
use crate::prose::Prose;

const TOPICS: [&str; 7] =
    ["Live Votes", "Bench Queue", "Guest Names", "Song Wishes", "Standings", "Quiet Rooms", "Late Mails"];

/// The title of the feature `number`.
pub(crate) fn title(number: usize) -> &'static str {
    TOPICS[number % TOPICS.len()]
}

/// The name of the folder of the feature `number`, which counts from 0.
pub(crate) fn name(number: usize) -> String {
    format!("{:03}-{}", number + 1, title(number).to_lowercase().replace(' ', "-"))
}

/// The documents beside a plan of `bytes` bytes: names below the feature's folder, and texts.
///
/// ```
/// let documents = plangate_benches::documents(0, 10_000);
/// assert!(documents.iter().any(|(name, _)| name == "tasks.md"));
/// assert_eq!(documents, plangate_benches::documents(0, 10_000));
/// ```
#[must_use]
pub fn documents(number: usize, bytes: usize) -> Vec<(String, String)> {
    let mut prose = Prose::of(number.wrapping_add(1_000_003));
    let prose = &mut prose;
    let share = |percent: usize| bytes * percent / 100;
    let stories = 3 + bytes / 8_000;
    [
        ("spec.md", spec(number, stories, share(140), prose)),
        ("tasks.md", tasks(number, stories, share(175), prose)),
        ("research.md", research(number, share(80), prose)),
        ("data-model.md", data_model(number, share(80), prose)),
        ("quickstart.md", quickstart(number, share(60), prose)),
        ("contracts/api.yaml", api(share(50), prose)),
        ("contracts/events.md", events(share(50), prose)),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

/// The constitution that has the principles of both packs.
#[must_use]
pub(crate) fn constitution() -> String {
    let mut prose = Prose::of(7);
    let mut text = String::from("# Generated Constitution\n\n## Core Principles\n");
    for principle in manifests().iter().flat_map(|pack| &pack.principles) {
        let _ = writeln!(text, "\n### {}. {}\n\nEvery plan MUST say that {}.", principle.ordinal, principle.name, {
            prose.sentence()
        });
    }
    text.push_str("\n## Governance\n\nTwo maintainers approve amendments.\n\n");
    text.push_str("**Version**: 2.0.0 | **Ratified**: 2025-10-01 | **Last Amended**: 2026-01-15\n");
    text
}

/// The plan template that asks the questions of both packs.
#[must_use]
pub(crate) fn plan_template() -> String {
    template::plan_template(&manifests())
}

/// A plan of about `bytes` bytes and all that stands around it, but for the repository: names and texts.
#[must_use]
pub fn texts(form: Form, bytes: usize) -> Vec<(String, String)> {
    let mut texts = documents(0, bytes);
    texts.push(("plan.md".to_owned(), plan_of(0, form, bytes)));
    texts.push(("constitution.md".to_owned(), constitution()));
    texts.push(("plan-template.md".to_owned(), plan_template()));
    texts
}

/// The feature of these texts, none of which is read before somebody asks.
#[must_use]
pub fn load(texts: &[(String, String)]) -> Feature {
    let builder = Feature::builder().folder(format!("specs/{}", name(0)));
    let builder = texts.iter().fold(builder, |feature, (file, text)| match file.as_str() {
        "plan.md" => feature.plan(text),
        "spec.md" => feature.spec(text),
        "tasks.md" => feature.tasks(text),
        "research.md" => feature.research(text),
        "data-model.md" => feature.data_model(text),
        "quickstart.md" => feature.quickstart(text),
        "constitution.md" => feature.constitution(text),
        "plan-template.md" => feature.plan_template(text),
        contract => feature.contract(contract.trim_start_matches("contracts/"), text),
    });
    builder.build()
}

/// The same feature, and each of its documents read.
#[must_use]
pub fn read(texts: &[(String, String)]) -> Feature {
    let feature = load(texts);
    for document in &feature.documents {
        let _ = document.model();
    }
    feature
}

/// Adds lines until `text` holds `bytes` bytes.
fn fill(text: &mut String, bytes: usize, mut line: impl FnMut(usize) -> String) {
    let mut count = 0;
    while text.len() < bytes {
        count += 1;
        text.push_str(&line(count));
    }
}

fn spec(number: usize, stories: usize, bytes: usize, prose: &mut Prose) -> String {
    let mut text = format!(
        "# Feature Specification: {}\n\n**Feature Branch**: `{}`\n**Created**: 2026-09-10\n**Status**: Approved\n\n\
         ## User Scenarios & Testing\n",
        title(number),
        name(number),
    );
    for story in 1..=stories {
        let _ = write!(
            text,
            "\n### User Story {story} - {} (Priority: P{})\n\n{}.\n\n**Why this priority**: {}.\n\n\
             **Independent Test**: {}.\n\n**Acceptance Scenarios**:\n\n",
            prose.phrase(),
            story.min(3),
            prose.sentence(),
            prose.sentence(),
            prose.sentence(),
        );
        for scenario in 1..=3 {
            let (given, when, then) = (prose.phrase(), prose.phrase(), prose.sentence());
            let _ = writeln!(text, "{scenario}. **Given** {given}, **When** {when}, **Then** {then}");
        }
    }
    text.push_str("\n### Edge Cases\n\n");
    let half = bytes * 3 / 4;
    fill(&mut text, half, |_| format!("- {}.\n", prose.sentence()));
    text.push_str("\n## Requirements\n\n### Functional Requirements\n\n");
    fill(&mut text, bytes, |count| format!("- **FR-{count:03}**: The system MUST {}.\n", prose.sentence()));
    text.push_str("\n## Success Criteria\n\n- **SC-001**: A vote is seen by everybody within 300 ms.\n");
    text
}

fn tasks(number: usize, stories: usize, bytes: usize, prose: &mut Prose) -> String {
    let mut text = format!(
        "# Tasks: {}\n\n**Input**: Design documents from `/specs/{}/`\n\n## Phase 1: Setup\n\n\
         - [x] T001 Add the tables in server/migrations/{number:04}_votes.sql\n",
        title(number),
        name(number),
    );
    let mut task = 1;
    for story in 1..=stories {
        let end = bytes * story / stories;
        let _ = write!(text, "\n## Phase {}: User Story {story}\n\n### Tests for User Story {story}\n\n", story + 1);
        let mut add = |text: &mut String, what: &str, path: String| {
            task += 1;
            let parallel = if task % 3 == 0 { "[P] " } else { "" };
            let _ = writeln!(text, "- [ ] T{task:03} {parallel}[US{story}] {what} {} in {path}", prose.sentence());
        };
        for test in 0..3 {
            add(&mut text, "Contract test:", format!("server/tests/feature{number}/part{test}.test.ts"));
        }
        let _ = write!(text, "\n### Implementation for User Story {story}\n\n");
        while text.len() < end {
            let path = match text.len() % 3 {
                0 => format!("client/src/participant/Feature{number}.tsx"),
                _ => format!("server/src/feature{number}/votes.ts"),
            };
            add(&mut text, "Implement", path);
        }
    }
    text
}

fn research(number: usize, bytes: usize, prose: &mut Prose) -> String {
    let mut text = format!("# Research: {}\n", title(number));
    fill(&mut text, bytes, |count| {
        format!(
            "\n## Decision {count}: {}\n\n**Decision**: {}.\n\n**Rationale**: {}. {}.\n\n\
             **Alternatives considered**: {}.\n",
            prose.phrase(),
            prose.sentence(),
            prose.sentence(),
            prose.sentence(),
            prose.sentence(),
        )
    });
    text
}

fn data_model(number: usize, bytes: usize, prose: &mut Prose) -> String {
    let mut text = format!("# Data Model: {}\n", title(number));
    fill(&mut text, bytes, |count| {
        let mut entity = format!(
            "\n## Entity{count}\n\n{}.\n\n| Field | Type | Rule |\n| --- | --- | --- |\n| id | uuid | primary key |\n",
            prose.sentence()
        );
        for field in 1..6 {
            let _ = writeln!(entity, "| field_{field} | text | {} |", prose.sentence());
        }
        entity
    });
    text
}

fn quickstart(number: usize, bytes: usize, prose: &mut Prose) -> String {
    let mut text = format!("# Quickstart: {}\n\n```sh\nnpm ci\nnpm run dev\n```\n\n", title(number));
    fill(&mut text, bytes, |count| format!("{count}. {}.\n", prose.sentence()));
    text
}

fn api(bytes: usize, prose: &mut Prose) -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo:\n  title: Votes\n  version: 1.0.0\npaths:\n");
    fill(&mut text, bytes, |count| {
        format!(
            "  /rooms/{{room}}/votes{count}:\n    post:\n      summary: {}\n      requestBody:\n        content:\n          \
             application/json:\n            schema:\n              type: object\n              required: [song]\n      \
             responses:\n        \"201\":\n          description: {}\n        \"429\":\n          description: {}\n",
            quoted(&prose.phrase()),
            quoted(&prose.sentence()),
            quoted(&prose.phrase()),
        )
    });
    text
}

/// A scalar of YAML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '\\'], ""))
}

fn events(bytes: usize, prose: &mut Prose) -> String {
    let mut text = String::from("# Events\n\n| Event | From | Payload | When |\n| --- | --- | --- | --- |\n");
    fill(&mut text, bytes, |count| format!("| `vote:event{count}` | server | song, room | {} |\n", prose.sentence()));
    text
}
