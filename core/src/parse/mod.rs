//! Text → typed models, one file per document. Parsing never fails and never panics: any text gives
//! a model, and what could not be read as it was meant becomes a [`crate::plan::Problem`].

pub mod aliases;
mod constitution;
mod contract;
mod data_model;
mod declaration;
mod exemption;
mod keyed;
mod label;
mod ordinal;
mod phrase;
mod plan;
mod requirement;
mod research;
mod scenario;
mod spec;
mod status;
mod story_reference;
mod task_kind;
mod task_marks;
mod task_paths;
mod task_words;
mod tasks;
mod tests_note;

pub(crate) use data_model::read_data_model;
pub(crate) use exemption::does_not_apply;
pub(crate) use ordinal::ordinal_values;
pub(crate) use plan::complexity_tracking::says_none;
pub(crate) use plan::constitution_check::{is_check_title, is_deviations_title};
pub(crate) use plan::{items_of, read_plan, tree_of, tree_root};
pub(crate) use research::read_research;
pub(crate) use spec::read_spec;
pub(crate) use status::{is_status, mark_and_word};
pub(crate) use story_reference::{holds_digit, numbered_story};
pub(crate) use tasks::read_tasks;

pub use constitution::constitution;
pub use contract::contract;
pub use data_model::data_model;
pub use plan::{plan, plan_with};
pub use research::research;
pub use spec::spec;
pub use tasks::tasks;
