//! Signals that a run heeds. What a script starts in the background ignores Ctrl-C, what `nohup` starts a lost terminal,
//! and so does whatever they start: these tests may be among it.

use std::fs;

pub(crate) const HANGUP: i32 = 1;
pub(crate) const INTERRUPT: i32 = 2;
pub(crate) const TERMINATE: i32 = 15;

/// Those that this process was not started to ignore; all, where the system doesn't tell.
pub(crate) fn heeded() -> Vec<i32> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map_or("0", str::trim);
    let ignored = u64::from_str_radix(mask, 16).unwrap();
    [INTERRUPT, TERMINATE, HANGUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0).collect()
}
