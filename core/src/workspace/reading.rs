//! Bytes from disk → text: bounded, never through a link that leaves the repository, never from
//! anything but a regular file.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::plan::Problem;
use crate::source::Span;

/// Why a file was not read. Completes the sentence "it …".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is not there.
    #[error("does not exist")]
    Missing,
    /// A folder, a pipe, a socket, a device.
    #[error("is {0}, not a file")]
    NotAFile(&'static str),
    /// A link that leaves the repository.
    #[error("is a link that leaves the repository")]
    Outside,
    /// A link that leads nowhere, or to itself.
    #[error("is a link that leads nowhere")]
    Dangling,
    /// More bytes than are read.
    #[error("holds {size} bytes, more than the {limit} that are read")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// It holds NUL bytes, so that it is no text.
    #[error("is a binary file")]
    Binary,
    /// What the system says.
    #[error("could not be read ({0})")]
    Io(#[from] io::Error),
}

/// A text as it was read, and what is wrong with its bytes.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) problem: Option<Problem>,
}

/// Reads the file at `path`, which must lie inside of `root` when all links are resolved.
///
/// `root` is itself a resolved path.
pub(super) fn read(root: &Path, path: &Path, limit: u64) -> Result<Decoded, ReadError> {
    let resolved = resolve(root, path)?;
    let metadata = fs::metadata(&resolved).map_err(missing)?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile(kind_of(&metadata.file_type())));
    }
    if metadata.len() > limit {
        return Err(ReadError::TooLarge { size: metadata.len(), limit });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    File::open(&resolved).map_err(missing)?.take(limit + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    if size > limit {
        return Err(ReadError::TooLarge { size, limit });
    }
    decode(bytes)
}

/// `path` with all links resolved, if it then lies inside of `root`.
pub(crate) fn resolve(root: &Path, path: &Path) -> Result<std::path::PathBuf, ReadError> {
    let resolved = fs::canonicalize(path).map_err(|error| {
        let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        if is_link { ReadError::Dangling } else { missing(error) }
    })?;
    if resolved.starts_with(root) { Ok(resolved) } else { Err(ReadError::Outside) }
}

/// What a file type is called.
pub(super) fn kind_of(kind: &fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() { "a folder" } else { "something else" }
}

pub(super) fn missing(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Missing,
        _ => ReadError::Io(error),
    }
}

/// Turns bytes into text: UTF-8, or UTF-16 with a byte order mark. The mark is not part of the text,
/// so that offsets refer to what is kept.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, ReadError> {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => return decode_utf16(rest, u16::from_le_bytes, "UTF-16 (little endian)"),
        [0xFE, 0xFF, rest @ ..] => return decode_utf16(rest, u16::from_be_bytes, "UTF-16 (big endian)"),
        _ => {}
    }
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    let (mut text, problem) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let message = "the text is not UTF-8 from here on: unreadable bytes were replaced";
            (text, Some((at, message)))
        }
    };
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    text.drain(..mark);
    let problem = problem.map(|(at, message)| {
        let at = at - mark;
        Problem::new(message, Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()))
    });
    Ok(Decoded { text, problem })
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, name: &str) -> Result<Decoded, ReadError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if text.contains('\0') {
        return Err(ReadError::Binary);
    }
    let problem = Problem::new(format!("the text is {name}, not UTF-8"), Span::at(0));
    Ok(Decoded { text, problem: Some(problem) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec()).unwrap()
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        let read = decoded(b"\xEF\xBB\xBF# Plan");
        assert_eq!(read.text, "# Plan");
        assert!(read.problem.is_none());
    }

    #[test]
    fn utf_16_is_decoded_and_named() {
        let little: Vec<u8> = "\u{FEFF}# Plän 🗳".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{FEFF}# Plän 🗳".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            let read = decoded(&bytes);
            assert_eq!(read.text, "# Plän 🗳");
            assert!(read.problem.unwrap().message.contains("UTF-16"));
        }
    }

    #[test]
    fn other_bytes_are_replaced_where_they_stand() {
        let read = decoded(b"\xEF\xBB\xBFcaf\xE9 au lait");
        assert_eq!(read.text, "caf\u{FFFD} au lait");
        assert_eq!(read.problem.unwrap().span.text(&read.text), "\u{FFFD}");
    }

    #[test]
    fn nul_bytes_make_a_binary_file() {
        assert!(matches!(decode(b"\x7FELF\0\0".to_vec()), Err(ReadError::Binary)));
        assert!(matches!(decode(b"\xFF\xFE\0\0\0\0".to_vec()), Err(ReadError::Binary)));
    }
}
