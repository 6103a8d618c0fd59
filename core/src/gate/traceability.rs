//! Stories, requirements and tasks held against one another.

use super::GateRule;

pub(super) const RULES: &[&GateRule] = &[];
