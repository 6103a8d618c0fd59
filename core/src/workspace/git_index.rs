//! The paths in git's index, versions 2 to 4: which files are tracked, read without git.

use std::fs;
use std::path::{Path, PathBuf};

/// A larger index is not read.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// Fixed bytes of an entry before the object id.
const STAT: usize = 40;

/// The tracked files of a repository.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Paths with `/`, in git's order.
    pub(super) files: Vec<String>,
}

impl Index {
    /// The index of the repository at `root`, if it has one that can be read whole.
    pub(super) fn of(root: &Path) -> Option<Self> {
        let folder = git_folder(root)?;
        let path = folder.join("index");
        let metadata = fs::symlink_metadata(&path).ok()?;
        if !metadata.is_file() || metadata.len() > MAX_BYTES {
            return None;
        }
        let bytes = fs::read(path).ok()?;
        // A repository with SHA-256 ids says so in its configuration; an index itself doesn't.
        let id = if has_long_ids(&folder) { 32 } else { 20 };
        parse(&bytes, id)
    }
}

/// `.git`, or the folder that a worktree's `.git` file names.
pub(super) fn git_folder(root: &Path) -> Option<PathBuf> {
    let path = root.join(".git");
    let metadata = fs::symlink_metadata(&path).ok()?;
    if metadata.is_dir() {
        return Some(path);
    }
    if !metadata.is_file() || metadata.len() > 4096 {
        return None;
    }
    let text = fs::read_to_string(&path).ok()?;
    Some(root.join(text.strip_prefix("gitdir:")?.trim()))
}

fn has_long_ids(folder: &Path) -> bool {
    let path = folder.join("config");
    fs::metadata(&path).is_ok_and(|metadata| metadata.is_file() && metadata.len() < 1 << 20)
        && fs::read_to_string(path).is_ok_and(|text| text.to_ascii_lowercase().contains("objectformat = sha256"))
}

/// Reads an index whose object ids have `id` bytes. An index that refers to another one (split) is
/// no list of what is tracked.
fn parse(bytes: &[u8], id: usize) -> Option<Index> {
    let mut rest = bytes.strip_prefix(b"DIRC")?;
    let version = number(&mut rest)?;
    let count = number(&mut rest)?;
    if !(2..=4).contains(&version) {
        return None;
    }
    let mut files = Vec::new();
    let mut previous = Vec::new();
    for _ in 0..count {
        let entry = rest;
        rest = rest.get(STAT + id..)?;
        let flags = half(&mut rest)?;
        let extended = if version >= 3 && flags & 0x4000 != 0 { half(&mut rest)? } else { 0 };
        if version == 4 {
            let kept = previous.len().checked_sub(varint(&mut rest)?)?;
            previous.truncate(kept);
        } else {
            previous.clear();
        }
        let length = rest.iter().position(|byte| *byte == 0)?;
        previous.extend_from_slice(&rest[..length]);
        rest = &rest[length + 1..];
        if version < 4 {
            // Entries are padded with one to eight NULs to a multiple of eight bytes.
            let used = entry.len() - rest.len();
            rest = rest.get(used.next_multiple_of(8) - used..)?;
        }
        // A sparse folder's entry ends with a slash, and an intended one has no content yet.
        let is_file = !previous.ends_with(b"/") && extended & 0x2000 == 0;
        if let (true, Ok(path)) = (is_file, std::str::from_utf8(&previous)) {
            files.push(path.to_owned());
        }
    }
    files.dedup();
    (!is_split(rest, id)).then_some(Index { files })
}

/// Whether one of the extensions behind the entries is `link`.
fn is_split(mut rest: &[u8], id: usize) -> bool {
    while rest.len() > id + 8 {
        if rest.starts_with(b"link") {
            return true;
        }
        rest = &rest[4..];
        let Some(size) = number(&mut rest) else { return false };
        let Some(next) = rest.get(size as usize..) else { return false };
        rest = next;
    }
    false
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (head, tail) = rest.split_first_chunk::<4>()?;
    *rest = tail;
    Some(u32::from_be_bytes(*head))
}

fn half(rest: &mut &[u8]) -> Option<u16> {
    let (head, tail) = rest.split_first_chunk::<2>()?;
    *rest = tail;
    Some(u16::from_be_bytes(*head))
}

/// Git's variable width number: seven bits a byte, one added for each that follows.
fn varint(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0usize;
    loop {
        let (byte, tail) = rest.split_first()?;
        *rest = tail;
        value = value.checked_mul(128)?.checked_add(usize::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        value = value.checked_add(1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(version: u32, strip: u8, path: &str) -> Vec<u8> {
        let mut bytes = vec![0; STAT + 20];
        bytes.extend(u16::try_from(path.len()).unwrap().to_be_bytes());
        if version == 4 {
            bytes.push(strip);
        }
        bytes.extend(path.as_bytes());
        bytes.push(0);
        while version < 4 && !bytes.len().is_multiple_of(8) {
            bytes.push(0);
        }
        bytes
    }

    fn index(version: u32, entries: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend(u32::try_from(entries.len()).unwrap().to_be_bytes());
        bytes.extend(entries.concat());
        bytes.extend([0; 20]);
        bytes
    }

    #[test]
    fn reads_padded_entries() {
        let bytes = index(2, &[entry(2, 0, "Cargo.toml"), entry(2, 0, "a/b.rs"), entry(2, 0, "src/lib.rs")]);
        assert_eq!(parse(&bytes, 20).unwrap().files, ["Cargo.toml", "a/b.rs", "src/lib.rs"]);
    }

    #[test]
    fn reads_compressed_paths() {
        let bytes = index(4, &[entry(4, 0, "src/lib.rs"), entry(4, 6, "main.rs"), entry(4, 11, "x")]);
        assert_eq!(parse(&bytes, 20).unwrap().files, ["src/lib.rs", "src/main.rs", "x"]);
    }

    #[test]
    fn a_broken_or_split_index_is_none() {
        let whole = index(2, &[entry(2, 0, "Cargo.toml")]);
        for cut in 0..whole.len() - 20 {
            assert_eq!(parse(&whole[..cut], 20), None, "cut at {cut}");
        }
        let mut split = index(2, &[]);
        split.truncate(12);
        split.extend(b"link\0\0\0\x04abcd");
        split.extend([0; 20]);
        assert_eq!(parse(&split, 20), None);
        assert_eq!(parse(b"not an index", 20), None);
    }

    #[test]
    fn a_number_of_several_bytes_follows_git() {
        assert_eq!(varint(&mut &[0x80, 0x00][..]), Some(128));
        assert_eq!(varint(&mut &[0x7F][..]), Some(127));
        assert_eq!(varint(&mut &[0xFF; 40][..]), None);
    }
}
