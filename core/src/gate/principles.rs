//! Principles and statuses: is every principle assessed, decided, allowed, and justified?

use super::GateRule;

pub(super) const RULES: &[&GateRule] = &[];
