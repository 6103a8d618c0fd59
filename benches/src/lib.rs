//! Plans of any size for the benchmarks, the same ones in every run.

#![forbid(unsafe_code)]

use std::fmt::Write as _;

use plangate_core::pack::{PackManifest, RulePack as _};
use plangate_core::principle::Principle;

/// How the Constitution Check is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Bold principles with a bullet for each question, as the template of both packs has it.
    Template,
    /// A table with a row for each principle, the commonest form in public plans.
    Table,
}

impl Form {
    /// The name in benchmark ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Table => "table",
        }
    }
}

/// Words that plans are full of; some of them are what rules look for.
const WORDS: &[&str] = &[
    "room", "round", "vote", "guest", "host", "server", "client", "event", "socket", "reconnects", "standings", "song",
    "`server/src/votes.ts`", "**at most**", "FR-003", "PostgreSQL", "queue", "is", "are", "the", "the", "a", "with",
    "and", "of", "when", "keeps", "sends", "validates", "within", "300 ms", "pool", "retry", "backoff", "metrics",
    "before", "[research](research.md)", "existing", "screen", "phone",
];

/// A sequence of numbers that looks random (xorshift) and is the same in every run.
#[derive(Clone, Debug)]
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }

    fn sentence(&mut self) -> String {
        let length = 6 + self.below(14);
        let words: Vec<&str> = (0..length).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }
}

/// A plan of about `bytes` bytes. A small one assesses only the first principles; a large one has long
/// rationales, and sections between its check and its structure.
///
/// ```
/// use plangate_benches::{Form, plan};
/// let small = plan(Form::Table, 1_000);
/// assert!((900..1_400).contains(&small.len()));
/// assert_eq!(small, plan(Form::Table, 1_000));
/// ```
#[must_use]
pub fn plan(form: Form, bytes: usize) -> String {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut plan = String::from(HEAD);
    let end = bytes.saturating_sub(TAIL.len());
    check(form, end, &mut numbers, &mut plan);
    let mut section = 0;
    while plan.len() < end {
        section += 1;
        fill(section, end, &mut numbers, &mut plan);
    }
    plan.push_str(TAIL);
    plan
}

const HEAD: &str = "\
# Implementation Plan: Live Votes

**Branch**: `001-example` | **Date**: 2026-09-14 | **Spec**: [spec.md](spec.md)

## Technical Context

**Language/Version**: TypeScript 5.8
**Primary Dependencies**: Express, Socket.IO
**Storage**: PostgreSQL 17
**Testing**: Vitest

## Constitution Check

*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*

";

const TAIL: &str = "
**Overall Status**: ✅ PASS

## Project Structure

```text
server/
└── src/
```

**Structure Decision**: One server.

## Complexity Tracking

No violations.
";

fn check(form: Form, end: usize, numbers: &mut Numbers, plan: &mut String) {
    if form == Form::Table {
        plan.push_str("| Principle | Status | Notes |\n| --- | --- | --- |\n");
    }
    let manifests = manifests();
    for principle in manifests.iter().flat_map(|manifest| &manifest.principles) {
        if plan.len() >= end {
            break;
        }
        match form {
            Form::Template => template(principle, end, numbers, plan),
            Form::Table => {
                let (ordinal, name, notes) = (&principle.ordinal, &principle.name, numbers.sentence());
                let _ = writeln!(plan, "| {ordinal}. {name} | ✅ PASS | {notes} |");
            }
        }
    }
}

fn template(principle: &Principle, end: usize, numbers: &mut Numbers, plan: &mut String) {
    let _ = writeln!(plan, "**{}. {}** ✅", principle.ordinal, principle.name);
    for question in principle.questions.iter() {
        if plan.len() < end {
            let _ = writeln!(plan, "- {} **Yes** - {}", question.text, numbers.sentence());
        }
    }
    plan.push('\n');
}

/// What large plans hold beside the template: phases with prose, lists, tables and code.
fn fill(section: usize, end: usize, numbers: &mut Numbers, plan: &mut String) {
    let _ = writeln!(plan, "\n## Phase {section}: {}\n\n{}.\n", numbers.sentence(), numbers.sentence());
    for kind in 0..4 {
        for row in 0..4 + numbers.below(4) {
            if plan.len() >= end {
                return;
            }
            let sentence = numbers.sentence();
            let _ = match (kind, row) {
                (0, _) => writeln!(plan, "{sentence}."),
                (1, _) => writeln!(plan, "- {sentence}"),
                (2, 0) => writeln!(plan, "\n| part | what it does |\n| --- | --- |"),
                (2, _) => writeln!(plan, "| {} | {sentence} |", numbers.below(100)),
                (_, 0) => writeln!(plan, "\n```ts\nexport const answer = 42;\n```\n"),
                (_, _) => writeln!(plan, "{row}. {sentence}"),
            };
        }
        plan.push('\n');
    }
}

/// The packs whose questions the plans answer.
fn manifests() -> [PackManifest; 2] {
    [plangate_rules_mvp::pack().manifest().clone(), plangate_rules_production::pack().manifest().clone()]
}
