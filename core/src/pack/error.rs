//! Why a pack could not be loaded, or could not answer.

use serde::{Deserialize, Serialize};

use super::abi::ABI_VERSION;

/// Why a pack could not be loaded, or could not answer. Each names the pack: by its name where that is
/// known, else by its file. It crosses the pipe between plangate and the process of a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PackError {
    /// A rule panicked.
    #[error("pack `{pack}`: rule {rule} panicked: {message}")]
    Panicked {
        /// The pack.
        pack: String,
        /// The rule.
        rule: String,
        /// What the panic said.
        message: String,
    },
    /// The file could not be read, or is no library of this platform.
    #[error("pack `{pack}` can't be loaded: {reason}")]
    Unloadable {
        /// The pack.
        pack: String,
        /// Why.
        reason: String,
    },
    /// Loading libraries was not allowed.
    #[error(
        "pack `{pack}` was not opened: libraries are not allowed (where CI is set, only pinned ones are); \
         `--allow-dynamic` allows them"
    )]
    NotAllowed {
        /// The pack.
        pack: String,
    },
    /// The file is not the one that was pinned.
    #[error(
        "pack `{pack}` has the SHA-256 {found}, and {pinned} is pinned: find out who changed it before you pin it anew"
    )]
    Changed {
        /// The pack.
        pack: String,
        /// The SHA-256 that was pinned.
        pinned: String,
        /// The SHA-256 of the file's bytes.
        found: String,
    },
    /// The library exports no pack.
    #[error(
        "pack `{pack}` exports no `plangate_pack_v{ABI_VERSION}`, so it is no pack: one in Rust exports it by \
         `plangate_core::export_pack!()`"
    )]
    NoEntry {
        /// The pack.
        pack: String,
    },
    /// The pack was built for an older plangate.
    #[error(
        "pack `{pack}` speaks version {found} of the pack interface, and this plangate version {ABI_VERSION}: rebuild \
         the pack with plangate-core {}",
        env!("CARGO_PKG_VERSION")
    )]
    Outdated {
        /// The pack.
        pack: String,
        /// The version that the pack speaks.
        found: u32,
    },
    /// The pack was built for a newer plangate.
    #[error(
        "pack `{pack}` speaks version {found} of the pack interface, and this plangate version {ABI_VERSION}: upgrade \
         plangate"
    )]
    TooNew {
        /// The pack.
        pack: String,
        /// The version that the pack speaks.
        found: u32,
    },
    /// What the pack said is not what a pack may say.
    #[error("pack `{pack}` breaks the pack interface: {reason}")]
    Protocol {
        /// The pack.
        pack: String,
        /// What is wrong.
        reason: String,
    },
    /// The pack has neither a question nor a rule.
    #[error("pack `{pack}` brought no rule: neither a principle with a question nor a free-form rule")]
    Empty {
        /// The pack.
        pack: String,
    },
    /// The pack says itself that it could not do its job.
    #[error("pack `{pack}` failed: {message}")]
    Failed {
        /// The pack.
        pack: String,
        /// What it said.
        message: String,
    },
    /// The pack's process ended before it answered.
    #[error("pack `{pack}` gave no answer: its process {how}")]
    Ended {
        /// The pack.
        pack: String,
        /// How it ended; completes "its process …".
        how: String,
    },
    /// The pack's process did not answer in time.
    #[error("pack `{pack}` gave no answer within {seconds} s: its process was stopped")]
    TimedOut {
        /// The pack.
        pack: String,
        /// The time that it had.
        seconds: u64,
    },
    /// The pack's process was stopped too often.
    #[error("pack `{pack}` is not asked any more: its process was stopped {times} times because it did not answer")]
    GivenUp {
        /// The pack.
        pack: String,
        /// How often.
        times: u32,
    },
    /// The pack's process printed without end.
    #[error("pack `{pack}` printed more than {bytes} bytes: its process was stopped")]
    Flooded {
        /// The pack.
        pack: String,
        /// How much it may print for one feature.
        bytes: usize,
    },
}

impl PackError {
    /// The same error of the pack that is now known by its name.
    #[cfg(feature = "dynamic")]
    pub(super) fn of_pack(mut self, name: &str) -> Self {
        match &mut self {
            Self::Panicked { pack, .. }
            | Self::Unloadable { pack, .. }
            | Self::NotAllowed { pack }
            | Self::Changed { pack, .. }
            | Self::NoEntry { pack }
            | Self::Outdated { pack, .. }
            | Self::TooNew { pack, .. }
            | Self::Protocol { pack, .. }
            | Self::Empty { pack }
            | Self::Failed { pack, .. }
            | Self::Ended { pack, .. }
            | Self::TimedOut { pack, .. }
            | Self::GivenUp { pack, .. }
            | Self::Flooded { pack, .. } => name.clone_into(pack),
        }
        self
    }
}
