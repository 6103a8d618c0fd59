//! The [`Assessment`]: which principles a plan assesses, how its answers were judged, and what the
//! gate derives to.

use serde::{Deserialize, Serialize};

/// The judged principles of one feature.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Assessment {}
