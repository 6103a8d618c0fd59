//! Frames: what crosses the pipes between plangate and the process of a pack. One byte says what a
//! frame is, four its length, and the rest is JSON.

use std::io::{self, Read, Write};

/// The longest frame that is read, in bytes.
const LONGEST: u32 = 1 << 30;

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// To the process: open the library of this reference. Answered by `Opened` or `Refused`.
    Open,
    /// To the process: what does the pack say of itself? Answered by `Answer` or `Refused`.
    Manifest,
    /// To the process: the facts of the repository of the next features. Not answered.
    Repository,
    /// To the process: the next features have no repository. Not answered.
    NoRepository,
    /// To the process: a feature. Answered by `Answer` or `Refused`.
    Evaluate,
    /// From the process: what was opened.
    Opened,
    /// From the process: the pack's own words.
    Answer,
    /// From the process: a [`PackError`](super::PackError).
    Refused,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Open,
        Self::Manifest,
        Self::Repository,
        Self::NoRepository,
        Self::Evaluate,
        Self::Opened,
        Self::Answer,
        Self::Refused,
    ];
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) bytes: Vec<u8>,
}

impl Frame {
    pub(super) fn new(kind: Kind, bytes: Vec<u8>) -> Self {
        Self { kind, bytes }
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let length = u32::try_from(self.bytes.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| io::Error::other("too long for one frame"))?;
        out.write_all(&[self.kind as u8])?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&self.bytes)
    }

    /// The next frame; none at the end of the input.
    pub(super) fn read(input: &mut impl Read) -> io::Result<Option<Self>> {
        let mut kind = [0];
        if input.read(&mut kind)? == 0 {
            return Ok(None);
        }
        let kind = Kind::ALL.into_iter().find(|known| *known as u8 == kind[0]);
        let mut length = [0; 4];
        input.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        let (Some(kind), 0..=LONGEST) = (kind, length) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a frame"));
        };
        // The length is not believed before the bytes are there.
        let mut bytes = Vec::new();
        if input.take(u64::from(length)).read_to_end(&mut bytes)? < length as usize {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(Self { kind, bytes }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_as_they_were_written() {
        let frames = [Frame::new(Kind::Evaluate, b"{}".to_vec()), Frame::new(Kind::Refused, Vec::new())];
        let mut pipe = Vec::new();
        frames.iter().for_each(|frame| frame.write(&mut pipe).unwrap());
        let mut input = pipe.as_slice();
        for frame in frames {
            assert_eq!(Frame::read(&mut input).unwrap(), Some(frame));
        }
        assert_eq!(Frame::read(&mut input).unwrap(), None);
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        for input in [&b"hello world"[..], &[4, 0xff, 0xff, 0xff, 0xff], &[4, 9, 0, 0, 0, 1], &[4, 1]] {
            assert!(Frame::read(&mut &*input).is_err(), "{input:?}");
        }
    }
}
