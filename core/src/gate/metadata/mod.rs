//! The lines under the title: branch, date, links.

mod branch;
mod day;
mod link;

use super::GateRule;

pub(super) const RULES: &[&GateRule] =
    &[&branch::BRANCH_MISMATCH, &day::MALFORMED_DATE, &link::BROKEN_LINK, &link::MACHINE_PATH];
