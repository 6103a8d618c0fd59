//! The Production Principles: what a feature needs before people depend on it. Principles VII to XII of
//! the plan template, edition 2.0.0.

#![forbid(unsafe_code)]

#[cfg(test)]
mod asking;
mod credential;
mod data_persistence;
mod deployment;
mod observability;
mod resilience;
mod scalability;
mod security_first;

use plangate_core::evidence::QuestionContext;
use plangate_core::plan::Verdict;
use plangate_core::register_pack;

pub use data_persistence::DATA_PERSISTENCE;
pub use deployment::DEPLOYMENT_EXCELLENCE;
pub use observability::OBSERVABILITY;
pub use resilience::RESILIENCE;
pub use scalability::SCALABILITY;
pub use security_first::SECURITY_FIRST;

register_pack! {
    name: "production", version: env!("CARGO_PKG_VERSION"), edition: "2.0.0", prefix: "PRD",
    title: "Production Principles",
    principles: [DATA_PERSISTENCE, SECURITY_FIRST, OBSERVABILITY, DEPLOYMENT_EXCELLENCE, SCALABILITY, RESILIENCE],
    rules: []
}

/// Whether the plan answers the question with `verdict`.
fn answers(cx: &QuestionContext<'_>, verdict: Verdict) -> bool {
    cx.answer.is_some_and(|answer| answer.verdict == verdict)
}

/// The words of `text` in lower case. What joins letters and digits belongs to the word: `postgresql`,
/// `read-only` and `don't` are one each.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace('\u{2019}', "'")
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
        .map(|word| word.trim_matches(['-', '\'']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}
