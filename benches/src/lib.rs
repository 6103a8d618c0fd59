//! Plans, features and repositories of any size, the same ones in every run, and what is measured on them.
//!
//! `cargo bench` measures time, `instructions.sh` counts instructions, `compare.sh` runs other linters on
//! the same files.

#![forbid(unsafe_code)]

mod check;
mod feature;
mod form;
pub mod measured;
mod plan;
mod prose;
pub mod repository;

pub use feature::{documents, load, read, texts};
pub use form::Form;
pub use plan::plan;

/// Sizes of plans in bytes: the median of 1,265 public plans is 8 KB, the largest has 121 KB.
pub const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
