//! Standard output and standard error: colours, buffering, closed pipes.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use plangate_core::emit::{json_text, visible};
use plangate_core::report::brief;

use crate::args::Color;
use crate::error::Error;

/// Columns that excerpts fill where nothing says how wide the terminal is.
const WIDTH: usize = 100;

/// A message about the run has so many letters at most, whatever it quotes.
const MOST_LETTERS: usize = 4_000;

/// The two streams, and whether they are coloured.
#[derive(Debug)]
pub(crate) struct Terminal {
    color: Color,
}

impl Terminal {
    pub(crate) fn new(color: Color) -> Self {
        Self { color }
    }

    /// Whether standard output takes colours.
    pub(crate) fn color(&self) -> bool {
        self.choice(&io::stdout()) != ColorChoice::Never
    }

    /// Whether colours are written to a file.
    pub(crate) fn color_in_files(&self) -> bool {
        matches!(self.color, Color::Always)
    }

    /// Columns of the terminal that standard output is.
    pub(crate) fn width() -> usize {
        let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
        terminal.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, 200))
    }

    /// Clears the terminal that standard output is, and puts the cursor on top.
    pub(crate) fn clear(&self) {
        if self.is_for_people() {
            // Where nothing can be written there is nothing to clear.
            let _ = io::stdout().lock().write_all(b"\x1b[2J\x1b[H");
        }
    }

    /// Whether standard output is a terminal, where control characters would be obeyed.
    pub(crate) fn is_for_people(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Standard output behind a buffer, which only a flush empties for certain.
    pub(crate) fn standard_output(&self) -> Box<dyn Write> {
        let choice = self.choice(&io::stdout());
        let stdout = io::stdout().lock();
        if choice == ColorChoice::Never {
            Box::new(BufWriter::new(stdout))
        } else {
            Box::new(BufWriter::new(AutoStream::new(stdout, choice)))
        }
    }

    /// Writes to standard output through a buffer. A closed pipe is the reader's good right, and no
    /// error.
    pub(crate) fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        let mut out = self.standard_output();
        match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(Error::StandardOutput),
        }
    }

    /// Writes lines to standard output, in which control characters are shown instead of obeyed.
    pub(crate) fn write_lines(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        let mut lines = Vec::new();
        write(&mut lines).map_err(Error::StandardOutput)?;
        let lines = String::from_utf8_lossy(&lines);
        self.write(|out| {
            lines.split_inclusive('\n').try_for_each(|line| {
                let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
                write!(out, "{}{end}", visible(text))
            })
        })
    }

    /// Writes a value as JSON to standard output.
    pub(crate) fn write_json(&self, value: &impl serde::Serialize) -> Result<(), Error> {
        let json = json_text(value, true).map_err(Error::StandardOutput)?;
        self.write(|out| writeln!(out, "{json}"))
    }

    /// Writes bytes to standard error as they are.
    pub(crate) fn write_error(&self, bytes: &[u8]) {
        // Where standard error is closed there is nobody left to tell.
        let _ = io::stderr().lock().write_all(bytes);
    }

    /// Says on standard error why plangate could not do its job.
    pub(crate) fn error(&self, message: &impl std::fmt::Display) {
        self.say("error", AnsiColor::BrightRed.on_default().bold(), message);
    }

    /// Says on standard error what one should know of the run.
    pub(crate) fn note(&self, message: &impl std::fmt::Display) {
        self.say("note", AnsiColor::BrightGreen.on_default().bold(), message);
    }

    fn say(&self, label: &str, style: Style, message: &impl std::fmt::Display) {
        let choice = self.choice(&io::stderr());
        let message = message.to_string();
        let message = brief(&message, MOST_LETTERS);
        let message = visible(&message);
        // Where standard error is closed there is nobody left to tell.
        let _ = writeln!(AutoStream::new(io::stderr().lock(), choice), "{style}{label}{style:#}: {message}");
    }

    fn choice(&self, stream: &impl anstream::stream::RawStream) -> ColorChoice {
        match self.color {
            Color::Auto => AutoStream::choice(stream),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }
}
