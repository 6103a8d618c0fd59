//! The MVP Principles as a rule pack: one file per principle, each with its questions and their
//! proofs. What several proofs share stands in files named after the matter.

#![forbid(unsafe_code)]

mod answered;
mod architecture;
mod infrastructure;
mod package_item;
mod passage;
mod story;
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
