//! Project Structure held against the repository, and the documents that a phase demands.

use super::GateRule;

pub(super) const RULES: &[&GateRule] = &[];
