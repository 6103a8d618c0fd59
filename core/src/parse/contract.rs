//! Reads one file under contracts/.

use crate::document::Contract;

/// Reads the text of one file under contracts/. Never fails.
#[must_use]
pub fn contract(_path: &str, _text: &str) -> Contract {
    Contract::default()
}
