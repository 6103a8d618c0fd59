//! The principles of the Acme corporation: an example of a pack.
//!
//! One source serves both ways. A program that says `use acme_pack as _;` has it linked; built with
//! `cargo build --features loadable` it is a library that `plangate check --pack` loads.

use plangate_core::evidence::{Indicators, Missing, Proof, QuestionContext};
use plangate_core::rule::RuleContext;
use plangate_core::{Finding, Span, declare_principle, declare_rule, register_pack};

declare_principle! {
    /// Data that belongs to people is listed, and kept no longer than needed.
    pub PRIVACY = "XIII" "Privacy by Design", statuses: [Pass, Attention, NotApplicable];

    /// ## What it finds
    /// A plan that says its personal data is listed, while data-model.md never speaks of it.
    ///
    /// ## Why it matters
    /// Data that nobody listed is kept for ever, and is in every dump.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Accounts
    ///
    /// ## Constitution Check
    ///
    /// ### XIII. Privacy by Design
    /// - Is all personal data listed in data-model.md? Yes: name and address of the account.
    /// - **Status**: ✅ PASS
    /// ```
    /// ```md,file=data-model.md
    /// # Data Model
    ///
    /// ## Account
    ///
    /// Has an id and a day on which it was opened.
    /// ```
    ///
    /// The same plan, and a data model that lists the data:
    ///
    /// ```md
    /// # Implementation Plan: Accounts
    ///
    /// ## Constitution Check
    ///
    /// ### XIII. Privacy by Design
    /// - Is all personal data listed in data-model.md? Yes: name and address of the account.
    /// - **Status**: ✅ PASS
    /// ```
    /// ```md,file=data-model.md
    /// # Data Model
    ///
    /// ## Account
    ///
    /// Personal data: name and address, deleted a year after the account is closed.
    /// ```
    question "ACM1301" "unlisted-personal-data" = Duty "Is all personal data listed in data-model.md?",
        proof: listed_personal_data;

    /// ## What it finds
    /// A plan that says how long data is kept, while nothing else speaks of it.
    ///
    /// ## Why it matters
    /// What nobody deletes is kept.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Accounts
    ///
    /// ## Constitution Check
    ///
    /// ### XIII. Privacy by Design
    /// - Is there a day on which data is deleted?
    /// - **Status**: ✅ PASS
    /// ```
    /// ```md
    /// # Implementation Plan: Accounts
    ///
    /// ## Constitution Check
    ///
    /// ### XIII. Privacy by Design
    /// - Is there a day on which data is deleted? Yes: the retention period ends a year after the last visit.
    /// - **Status**: ✅ PASS
    /// ```
    question "ACM1302" "endless-retention" = Duty "Is there a day on which data is deleted?",
        indicators: Indicators::terms(&["retention", "purge", "anonymize"]).files(&["**/retention/**"]);
}

/// data-model.md speaks of personal data.
fn listed_personal_data(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let data_model = cx.feature.data_model()?.document;
    let text = data_model.text.to_ascii_lowercase();
    Ok(match text.find("personal data") {
        Some(at) => Proof::supports(data_model.place(Span::new(at, at + "personal data".len())), "listed here"),
        // Words that are missing don't contradict: the data may be listed in others.
        None => Proof::silent(),
    })
}

declare_rule! {
    /// ## What it finds
    /// A plan that names no owner.
    ///
    /// ## Why it matters
    /// A plan without an owner is nobody's, and nobody answers for its gate.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Accounts
    /// ```
    /// ```md
    /// # Implementation Plan: Accounts
    ///
    /// **Owner**: the accounts team
    /// ```
    pub UNOWNED_PLAN = "ACM901" "unowned-plan", Warning;
    unowned_plan
}

fn unowned_plan(cx: &RuleContext<'_>) -> Vec<Finding> {
    let document = cx.feature.plan_document();
    if document.text.contains("**Owner**:") {
        return Vec::new();
    }
    let title = document.text.lines().next().unwrap_or_default();
    let finding = Finding::new(document.place(Span::new(0, title.len())), "the plan names no owner");
    vec![finding.help("write a line `**Owner**: …` below the title")]
}

register_pack! {
    name: "acme",
    version: env!("CARGO_PKG_VERSION"),
    edition: "1.0.0",
    prefix: "ACM",
    title: "Acme Principles",
    principles: [PRIVACY],
    rules: [UNOWNED_PLAN],
}

#[cfg(feature = "loadable")]
plangate_core::export_pack!();

#[cfg(test)]
mod tests {
    #[test]
    fn the_pack_keeps_its_promises() {
        plangate_core::testing::check_pack(super::pack());
    }
}
