//! The model of tasks.md: phases and tasks in order.

use serde::{Deserialize, Serialize};

use crate::plan::Text;
use crate::source::Span;

/// The typed model of one tasks.md.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Tasks {
    /// Headings over tasks, in order; tasks before any heading stand in a phase without a title.
    pub phases: Vec<TaskPhase>,
    /// The note that tests are optional or were not asked for, where there is one.
    pub tests_optional: Option<Text>,
}

impl Tasks {
    /// Every task in order.
    pub fn iter(&self) -> impl Iterator<Item = &Task> {
        self.phases.iter().flat_map(|phase| &phase.tasks)
    }

    /// Whether there is a task and every one is done.
    #[must_use]
    pub fn all_done(&self) -> bool {
        self.iter().next().is_some() && self.iter().all(|task| task.done)
    }
}

/// A heading over tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct TaskPhase {
    /// The heading's text.
    pub title: String,
    /// The number in "Phase 3: …".
    pub number: Option<u32>,
    /// The story in "User Story 2" or "(US2)".
    pub story: Option<u32>,
    /// The priority in "(Priority: P1)" or "(P1)".
    pub priority: Option<String>,
    /// The tasks under it, sub-headings included.
    pub tasks: Vec<Task>,
    /// The heading in bytes.
    pub heading: Span,
    /// The whole phase in bytes.
    pub span: Span,
}

/// What kind of test a task writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// A contract test.
    Contract,
    /// An integration or end-to-end test.
    Integration,
    /// A unit test.
    Unit,
    /// A test of no named kind.
    Other,
}

impl Task {
    /// The kind of test that comes out of the task, alone or together with production code.
    #[must_use]
    pub fn test_kind(&self) -> Option<TestKind> {
        self.test.or(self.own_test)
    }
}

/// One task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Task {
    /// `T001`, where the task has an id.
    pub id: Option<String>,
    /// Ticked.
    pub done: bool,
    /// Marked as skipped, dropped or not applicable.
    pub skipped: bool,
    /// `[P]`.
    pub parallel: bool,
    /// The story in `[US1]`, or its phase's.
    pub story: Option<u32>,
    /// The `[US1]` mark in bytes, where the task itself carries one.
    pub story_mark: Option<Span>,
    /// The description without id and marks, white space folded.
    pub text: String,
    /// Paths that the description names.
    pub paths: Vec<String>,
    /// Set where the task writes or changes a test file, or stands under a Tests heading;
    /// "run", "review" and skipped ones aren't tests.
    pub test: Option<TestKind>,
    /// Set where one task writes production code and its test together. Neither `test` nor
    /// `implementation` is set then: the order of such a task says nothing.
    pub own_test: Option<TestKind>,
    /// Set where the task writes production code: neither a test, nor set-up, nor documentation.
    pub implementation: bool,
    /// The task in bytes.
    pub span: Span,
}
