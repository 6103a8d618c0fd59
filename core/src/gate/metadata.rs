//! The lines under the title: branch, date, links.

use super::GateRule;

pub(super) const RULES: &[&GateRule] = &[];
