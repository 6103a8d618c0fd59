//! Writes the report in the form that was asked for.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use plangate_core::emit::{self, TextOptions};
use plangate_core::report::{Report, Sources};

use super::{Arguments, Format};
use crate::error::Error;
use crate::output::Terminal;

pub(super) fn write(
    arguments: &Arguments,
    terminal: &Terminal,
    report: &Report,
    sources: &Sources<'_>,
) -> Result<(), Error> {
    let Some(path) = &arguments.output_file else {
        let options = text_options(arguments, terminal.color(), Terminal::width());
        return terminal.write(|out| emit(arguments, report, sources, &options, out));
    };
    let options = text_options(arguments, terminal.color_in_files(), TextOptions::default().width);
    let written = File::create(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        emit(arguments, report, sources, &options, &mut out)?;
        out.flush()
    });
    written.map_err(|error| Error::OutputFile { path: path.clone(), error })
}

fn text_options(arguments: &Arguments, color: bool, width: usize) -> TextOptions {
    let mut options = TextOptions::default();
    options.color = color;
    options.width = width;
    options.delivered = arguments.delivered;
    options.quiet = arguments.quiet;
    options.baseline_command = arguments.baseline_command();
    options
}

fn emit(
    arguments: &Arguments,
    report: &Report,
    sources: &Sources<'_>,
    options: &TextOptions,
    mut out: &mut dyn Write,
) -> io::Result<()> {
    match arguments.output_format {
        Format::Json => emit::json(report, &mut out),
        Format::Concise => emit::concise(report, &mut out),
        Format::Text => {
            emit::text(report, sources, options, &mut out)?;
            if arguments.statistics { emit::statistics(report, &mut out) } else { Ok(()) }
        }
    }
}
