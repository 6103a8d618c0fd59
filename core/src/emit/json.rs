//! The report as JSON.

use std::io;

use crate::report::Report;

/// Writes the report as indented JSON that ends with a newline. Nothing but the writer buffers it.
///
/// # Errors
/// What the writer says.
pub fn json(report: &Report, out: &mut impl io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}
