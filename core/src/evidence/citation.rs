//! An answer that cites a requirement or a task points at its own evidence.

use super::Evidence;
use crate::feature::Feature;

/// Evidence for the first requirement or task that `rationale` cites and the feature defines.
pub(super) fn cited(feature: &Feature, rationale: &str) -> Option<Evidence> {
    ids(rationale).find_map(|id| requirement(feature, id).or_else(|| task(feature, id)))
}

/// Words that look like an id: `FR-010`, `SC-3`, `NFR-002a`, `T030`.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| {
        let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
        let rest = word[letters..].trim_start_matches('-');
        (1..=4).contains(&letters) && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn requirement(feature: &Feature, id: &str) -> Option<Evidence> {
    let spec = feature.spec().ok()?;
    let found = spec.requirements.iter().find(|requirement| requirement.id.eq_ignore_ascii_case(id))?;
    Some(Evidence::supports(spec.place(found.span), format!("the answer cites {} of spec.md", found.id)))
}

fn task(feature: &Feature, id: &str) -> Option<Evidence> {
    let tasks = feature.tasks().ok()?;
    let found = tasks.iter().find(|task| task.id.as_deref() == Some(id))?;
    Some(Evidence::supports(tasks.place(found.span), format!("the answer cites {id} of tasks.md")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defined_id_supports() {
        let feature = Feature::builder()
            .plan("# Implementation Plan: Votes\n")
            .spec("# Feature\n\n## Requirements\n\n- **FR-010**: The system MUST say what went wrong.\n")
            .tasks("# Tasks\n\n## Phase 1\n\n- [ ] T030 Measure the answer times in bench/votes.rs\n")
            .build();
        for (rationale, note) in [
            ("one sentence, FR-010", Some("the answer cites FR-010 of spec.md")),
            ("measured in T030.", Some("the answer cites T030 of tasks.md")),
            ("FR-999 and T999 say so", None),
            ("HTTP-2 and UTF-8", None),
        ] {
            assert_eq!(cited(&feature, rationale).map(|evidence| evidence.note).as_deref(), note, "{rationale}");
        }
    }
}
