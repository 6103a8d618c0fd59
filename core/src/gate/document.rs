//! The plan as a document: sections, fields, and what the template left behind.

use super::GateRule;

pub(super) const RULES: &[&GateRule] = &[];
