//! The boundary between plangate and a pack in a shared library: what both sides lay out alike, and
//! nothing else. `docs/pack-abi.md` tells it to authors of packs in other languages.

use std::ffi::CStr;

/// The version of the boundary. It grows where a pack or a host of an older one would go wrong.
pub const ABI_VERSION: u32 = 1;

/// The symbol that a pack's library exports: an [`Entry`]. Its name bears the version.
pub const SYMBOL: &CStr = c"plangate_pack_v1";

/// The most that a pack can answer at a time, in bytes.
pub const MOST_BYTES: usize = 64 << 20;

/// The pack reads documents from their texts: requests leave out their models.
pub const READS_TEXTS: u64 = 1;

/// [`Answer::status`] of an answer in JSON.
pub const ANSWERED: u32 = 0;

/// [`Answer::status`] of a sentence that says why there is no answer.
pub const FAILED: u32 = 1;

/// Text that belongs to the host, and is there for the time of one call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// UTF-8, not ended by a zero; not null, even where it is empty.
    pub data: *const u8,
    /// Its length in bytes.
    pub length: usize,
}

/// What [`PackTable::evaluate`] is asked.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The feature and the plan's answers, as JSON.
    pub feature: Text,
    /// The facts of the repository, as JSON; empty where nobody looked.
    pub repository: Text,
    /// The same number comes with the same facts as long as the library is loaded, so that they have
    /// to be read only once; 0 where there are none.
    pub repository_id: u64,
}

/// Bytes that belong to the pack until the host hands them back to [`PackTable::free`].
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// UTF-8, not ended by a zero.
    pub data: *mut u8,
    /// Its length in bytes, at most [`MOST_BYTES`].
    pub length: usize,
    /// [`ANSWERED`] or [`FAILED`].
    pub status: u32,
}

/// What a pack's library offers. It lives as long as the process: a pack is never unloaded.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PackTable {
    /// [`ABI_VERSION`] of the pack.
    pub abi_version: u32,
    /// Size of the pack's table in bytes; a later one may be larger.
    pub struct_size: u32,
    /// Sum of what holds: [`READS_TEXTS`]. Other bits are 0.
    pub flags: u64,
    /// What the pack says of itself, as JSON. Called once.
    pub manifest: Option<unsafe extern "C" fn() -> Answer>,
    /// Evidence for the pack's questions and findings of its rules, as JSON. Called once for each
    /// feature, never by two threads at a time.
    pub evaluate: Option<unsafe extern "C" fn(*const Request) -> Answer>,
    /// Takes back the bytes of an answer. Called once for each answer.
    pub free: Option<unsafe extern "C" fn(Answer)>,
}

/// The function behind [`SYMBOL`].
pub type Entry = unsafe extern "C" fn() -> *const PackTable;

impl PackTable {
    /// The size of this version's table in bytes.
    pub const SIZE: u32 = size_of::<Self>() as u32;
}
