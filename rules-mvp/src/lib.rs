//! The MVP Principles as a rule pack: one file per principle, each with its questions and their
//! proofs. What several proofs share stands in files named after the matter.

#![forbid(unsafe_code)]

mod answered;
mod architecture;
mod contracted;
mod infrastructure;
mod package_item;
mod passage;
mod path_names;
mod story;
mod test_order;
mod tooling;

#[cfg(test)]
mod asking;

pub mod code_quality;
pub mod component_isolation;
pub mod incremental_delivery;
pub mod real_time_first;
pub mod simplicity;
pub mod test_driven_development;

plangate_core::register_pack! {
    name: "mvp",
    version: env!("CARGO_PKG_VERSION"),
    edition: "1.0.0",
    prefix: "MVP",
    title: "MVP Principles",
    principles: [
        real_time_first::REAL_TIME_FIRST,
        simplicity::SIMPLICITY,
        component_isolation::COMPONENT_ISOLATION,
        test_driven_development::TEST_DRIVEN_DEVELOPMENT,
        code_quality::CODE_QUALITY,
        incremental_delivery::INCREMENTAL_DELIVERY,
    ],
    rules: [],
}

#[cfg(test)]
mod tests {
    use plangate_core::pack::RulePack as _;
    use plangate_core::testing::{check_pack, examples};

    use super::*;

    #[test]
    fn the_pack_keeps_its_promises() {
        check_pack(pack());
    }

    #[test]
    fn every_question_of_the_template_is_here() {
        let pack = pack();
        let ids =
            pack.manifest().principles.iter().flat_map(|principle| &*principle.questions).map(|question| &*question.id);
        let expected = "101 102 103 201 202 203 204 301 302 303 401 402 403 404 501 502 503 504 601 602 603";
        assert!(ids.eq(expected.split(' ').map(|number| format!("MVP{number}"))));
    }

    #[test]
    fn an_example_that_fires_comes_first() {
        let pack = pack();
        for question in pack.manifest().principles.iter().flat_map(|principle| &*principle.questions) {
            let finds: Vec<bool> = examples(&question.docs).iter().map(|example| example.finds).collect();
            assert_eq!(finds, [true, false], "{}", question.id);
        }
    }
}
