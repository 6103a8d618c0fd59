//! plangate examines the Constitution Check of Spec Kit plans.
//!
//! Text becomes a [`Plan`]; a plan and what stands around it become a [`Feature`]; the engine asks the
//! rules of the active packs about the feature; findings and the derived gate become a report.

#![deny(unsafe_code)]

pub mod assessment;
mod brief;
pub mod catalogue;
mod complexity;
pub mod config;
mod date;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod engine;
pub mod evidence;
pub mod feature;
pub mod fix;
mod gate;
mod glob;
#[cfg(any(feature = "fs", feature = "validate"))]
mod json_form;
pub mod judgement;
mod markdown;
mod matching;
pub mod pack;
pub mod parse;
pub mod plan;
#[cfg(feature = "validate")]
pub mod plan_json;
pub mod principle;
pub mod report;
pub mod repository;
pub mod rule;
#[cfg(feature = "schema")]
pub mod schema;
mod source;
pub mod spelling;
pub mod suppression;
pub mod template;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(feature = "fs")]
pub mod workspace;

pub use diagnostic::{Finding, Severity};
pub use engine::Engine;
pub use feature::Feature;
pub use plan::Plan;
pub use report::Report;
pub use source::{LineIndex, Position, Span};
#[cfg(feature = "fs")]
pub use workspace::{Workspace, WorkspaceError};

#[doc(hidden)]
pub use inventory as __inventory;
