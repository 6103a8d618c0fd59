//! Text → typed models, one file per document. Parsing never fails and never panics: any text gives
//! a model, and what could not be read as it was meant becomes a [`crate::plan::Problem`].

mod constitution;
mod contract;
mod data_model;
mod label;
mod plan;
mod requirement;
mod research;
mod scenario;
mod spec;
mod story_reference;
mod task_kind;
mod task_marks;
mod task_paths;
mod task_words;
mod tasks;
mod tests_note;

pub use constitution::constitution;
pub use contract::contract;
pub use data_model::data_model;
pub use plan::plan;
pub use research::research;
pub use spec::spec;
pub use tasks::tasks;
