//! What one should know of a run itself, on standard error.

use plangate_core::emit::Statistics;
use plangate_core::report::{Report, RepositoryReport};
use plangate_core::repository::Skipped;

use super::Arguments;
use super::project::Project;
use crate::error::Error;
use crate::format::Format;
use crate::locate::Repository;
use crate::output::Terminal;

/// Files that were passed over are named one by one up to this number.
pub(super) const MOST_SKIPPED: usize = 3;

/// What one should know of the run itself, on standard error.
pub(super) fn notes(
    arguments: &Arguments,
    terminal: &Terminal,
    repositories: &[Repository],
    projects: &[Project],
    report: &Report,
    statistics: &Statistics,
) -> Result<(), Error> {
    if report.summary.plans == 0 && report.failures.is_empty() {
        match &arguments.changed_since {
            Some(range) => terminal.note(&format_args!("no feature changed since {range}: nothing was checked")),
            None => terminal.note(&"there is no plan, and --allow-empty says that this is well"),
        }
    }
    projects.iter().flat_map(|project| &project.weakened).for_each(|weakened| terminal.note(weakened));
    passed_over(terminal, repositories);
    // The text ends with them.
    if arguments.output.statistics && arguments.output.output_format != Format::Text {
        let mut counts = Vec::new();
        statistics.write(&mut counts).map_err(Error::StandardOutput)?;
        terminal.write_error(&counts);
    }
    Ok(())
}

/// Names files that could have held evidence, and were not read.
fn passed_over(terminal: &Terminal, repositories: &[Repository]) {
    let skipped: Vec<_> = repositories
        .iter()
        .flat_map(|repository| {
            let at = RepositoryReport::at(repository.root.as_str());
            let named = move |skipped: Skipped| format!("{} ({})", at.path(&skipped.path), skipped.reason);
            repository.workspace.skipped().into_iter().map(named)
        })
        .collect();
    let named = skipped[..skipped.len().min(MOST_SKIPPED)].join(", ");
    match skipped.len() {
        0 => {}
        1..=MOST_SKIPPED => terminal.note(&format_args!("passed over {named}")),
        number => terminal.note(&format_args!("passed over {number} files, such as {named}")),
    }
}
