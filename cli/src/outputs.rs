//! Writes one report in several forms at once, plan by plan: to standard output and to files.

use std::cell::RefCell;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use plangate_core::catalogue::RuleEntry;
use plangate_core::emit::{Emitter, TextOptions};
use plangate_core::fix::Replacement;
use plangate_core::report::{PlanReport, Report, Sources};

use crate::error::Error;
use crate::files;
use crate::format::{Format, OutputArguments};
use crate::output::Terminal;

/// The outputs of a run.
pub(crate) struct Outputs<'a> {
    outputs: Vec<Output<'a>>,
}

/// One form on its way to one place.
struct Output<'a> {
    emitter: Box<dyn Emitter + 'a>,
    out: Shared,
    to: Destination,
    /// Whether the reader has gone, which is its good right.
    closed: bool,
}

enum Destination {
    Standard,
    /// A file that takes the place of `path` once it is whole.
    File {
        path: PathBuf,
        whole: Option<Replacement>,
    },
}

/// A writer that the emitter writes to and the output flushes.
#[derive(Clone)]
struct Shared(Rc<RefCell<Box<dyn Write>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.borrow_mut().write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

impl<'a> Outputs<'a> {
    /// No output at all.
    pub(crate) fn none() -> Self {
        Self { outputs: Vec::new() }
    }

    /// Opens every output. Files stay as they are until [`Outputs::end`].
    pub(crate) fn open(
        arguments: &OutputArguments,
        baseline_command: Option<&str>,
        terminal: &Terminal,
        rules: &'a [RuleEntry<'a>],
    ) -> Result<Self, Error> {
        let mut options = TextOptions::default();
        options.delivered = arguments.delivered;
        options.quiet = arguments.quiet;
        options.statistics = arguments.statistics;
        options.baseline_command = baseline_command.map(str::to_owned);
        let mut outputs = Self { outputs: Vec::new() };
        let main = (arguments.output_format, arguments.output_file.as_deref());
        let others = arguments.reports.iter().map(|target| (target.format, Some(target.path.as_path())));
        for (format, path) in std::iter::once(main).chain(others) {
            if let Some(path) = path.filter(|path| outputs.holds(path)) {
                return Err(Error::RepeatedOutput { path: path.to_owned() });
            }
            outputs.outputs.push(Output::open(format, path, options.clone(), terminal, rules)?);
        }
        Ok(outputs)
    }

    /// Begins every output, with the report as it is before its plans.
    pub(crate) fn begin(&mut self, report: &Report) -> Result<(), Error> {
        self.each(|emitter| emitter.begin(report))
    }

    fn holds(&self, file: &Path) -> bool {
        let is = |output: &Output<'_>| matches!(&output.to, Destination::File { path, .. } if path == file);
        self.outputs.iter().any(is)
    }

    /// Writes one plan; plans come in the order of their paths.
    pub(crate) fn plan(&mut self, plan: &PlanReport, sources: &Sources<'_>) -> Result<(), Error> {
        self.each(|emitter| emitter.plan(plan, sources))
    }

    /// Ends every output, and puts the files in their places.
    pub(crate) fn end(mut self, report: &Report) -> Result<(), Error> {
        self.each(|emitter| emitter.end(report))?;
        self.outputs.into_iter().try_for_each(Output::finish)
    }

    fn each(&mut self, mut write: impl FnMut(&mut dyn Emitter) -> io::Result<()>) -> Result<(), Error> {
        self.outputs.iter_mut().try_for_each(|output| output.write(&mut write))
    }
}

impl<'a> Output<'a> {
    fn open(
        format: Format,
        path: Option<&Path>,
        mut options: TextOptions,
        terminal: &Terminal,
        rules: &'a [RuleEntry<'a>],
    ) -> Result<Self, Error> {
        let (out, to): (Box<dyn Write>, _) = match path {
            None => {
                options.color = terminal.color();
                options.width = Terminal::width();
                (terminal.standard_output(), Destination::Standard)
            }
            Some(path) => {
                options.color = terminal.color_in_files();
                let failed = |error| Error::OutputFile { path: path.to_owned(), error };
                let (file, whole) = files::open(path).map_err(failed)?;
                (Box::new(BufWriter::new(file)), Destination::File { path: path.to_owned(), whole })
            }
        };
        let out = Shared(Rc::new(RefCell::new(out)));
        Ok(Self { emitter: format.emitter(out.clone(), rules, options), out, to, closed: false })
    }

    fn write(&mut self, write: impl FnOnce(&mut dyn Emitter) -> io::Result<()>) -> Result<(), Error> {
        if self.closed {
            return Ok(());
        }
        let written = write(self.emitter.as_mut());
        self.settle(written)
    }

    fn finish(mut self) -> Result<(), Error> {
        let flushed = if self.closed { Ok(()) } else { self.out.flush() };
        self.settle(flushed)?;
        match self.to {
            Destination::Standard | Destination::File { whole: None, .. } => Ok(()),
            Destination::File { path, whole: Some(whole) } => {
                files::put(whole, &path).map_err(|error| Error::OutputFile { path, error })
            }
        }
    }

    fn settle(&mut self, written: io::Result<()>) -> Result<(), Error> {
        match (written, &self.to) {
            (Ok(()), _) => Ok(()),
            (Err(error), Destination::Standard) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            (Err(error), Destination::Standard) => Err(Error::StandardOutput(error)),
            (Err(error), Destination::File { path, .. }) => Err(Error::OutputFile { path: path.clone(), error }),
        }
    }
}
