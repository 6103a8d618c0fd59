//! The typed models of the documents that stand beside a plan. Pure data, made by [`crate::parse`].

mod constitution;
mod contract;
mod data_model;
mod research;
mod spec;
mod tasks;

pub use constitution::{Amendment, Constitution, ConstitutionPrinciple};
pub use contract::{Contract, ContractKind, Operation};
pub use data_model::{DataModel, Entity};
pub use research::{Decision, Research};
pub use spec::{Requirement, RequirementKind, Scenario, Spec, Story};
pub use tasks::{Task, TaskPhase, Tasks, TestKind};
