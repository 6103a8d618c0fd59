//! The tool's own rules: suppressions and waivers that hold nothing, say nothing, or are past their
//! day. What they find lies in `crate::suppression`, which is asked when every finding is known.

use super::{GateContext, GateRule, gate_rule};
use crate::diagnostic::Finding;

gate_rule! {
    /// ## What it finds
    /// A `plangate-ignore` comment, or a waiver of plangate.toml, that suppresses no finding: the
    /// matter was settled, the rule is misspelled, or the comment stands in the wrong place.
    ///
    /// ## Why it matters
    /// What suppresses nothing today suppresses the next fault of that rule, unseen.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// <!-- plangate-ignore PLN001: the constitution is still being written -->
    ///
    /// ## Summary
    ///
    /// <!-- plangate-ignore PLN302: the date is unknown -->
    /// Members vote.
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// <!-- plangate-ignore PLN001: the constitution is still being written -->
    ///
    /// ## Summary
    ///
    /// Members vote.
    /// ```
    UNUSED_SUPPRESSION = "PLN901" "unused-suppression", Warning;
    asked_last
}

gate_rule! {
    /// ## What it finds
    /// A `plangate-ignore` comment without a reason. It suppresses nothing until it has one.
    ///
    /// ## Why it matters
    /// A suppressed finding stays listed with its reason, so that whoever reads the report can judge
    /// it. Without a reason there is nothing to judge.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// <!-- plangate-ignore PLN001 -->
    ///
    /// ## Summary
    ///
    /// Members vote.
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// <!-- plangate-ignore PLN001: the constitution is still being written -->
    ///
    /// ## Summary
    ///
    /// Members vote.
    /// ```
    UNEXPLAINED_SUPPRESSION = "PLN902" "unexplained-suppression", Error;
    asked_last
}

gate_rule! {
    /// ## What it finds
    /// A waiver of plangate.toml past its day. What it covered counts again.
    ///
    /// ## Why it matters
    /// A waiver buys time. When the time is up, somebody has to decide anew: settle the matter, or
    /// give the waiver another day and answer for it.
    ///
    /// ## Example
    /// The examples are held against 2026-11-22.
    ///
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Summary
    ///
    /// Members vote.
    /// ```
    /// ```toml,file=plangate.toml
    /// [[waiver]]
    /// rule = "PLN001"
    /// path = "specs/**"
    /// reason = "the constitution is still being written"
    /// owner = "Ada"
    /// expires = 2026-10-31
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Summary
    ///
    /// Members vote.
    /// ```
    /// ```toml,file=plangate.toml
    /// [[waiver]]
    /// rule = "PLN001"
    /// path = "specs/**"
    /// reason = "the constitution is still being written"
    /// owner = "Ada"
    /// expires = 2026-12-31
    /// ```
    EXPIRED_WAIVER = "PLN903" "expired-waiver", Error;
    asked_last
}

pub(super) const RULES: &[&GateRule] = &[&UNUSED_SUPPRESSION, &UNEXPLAINED_SUPPRESSION, &EXPIRED_WAIVER];

/// Before all other findings are known there is nothing to say of what suppresses them.
fn asked_last(_: &GateContext<'_>) -> Vec<Finding> {
    Vec::new()
}
