//! The forms of a report, and where the command line sends them.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use plangate_core::catalogue::RuleEntry;
use plangate_core::emit::{
    Agent, Concise, Emitter, Github, Gitlab, Html, Json, JsonLines, Junit, Markdown, MarkdownOptions, Sarif, Text,
    TextOptions,
};
use tempfile::SpooledTempFile;

/// Bytes of a page's details that stay in memory before they go to a temporary file.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// Where reports go, and in which form.
#[derive(Debug, clap::Args)]
pub(crate) struct OutputArguments {
    /// The form of the report.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, env = "PLANGATE_OUTPUT_FORMAT")]
    pub(crate) output_format: Format,

    /// Write the report to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) output_file: Option<PathBuf>,

    /// Write the report to a file in another form as well; can be given several times.
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = target)]
    pub(crate) reports: Vec<Target>,

    /// Show delivered features in full.
    #[arg(long)]
    pub(crate) delivered: bool,

    /// Write findings only.
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Count the findings of each rule.
    #[arg(long)]
    pub(crate) statistics: bool,
}

impl OutputArguments {
    /// Whether one of the forms shows excerpts, for which the texts of documents are kept.
    pub(crate) fn shows_excerpts(&self) -> bool {
        let others = self.reports.iter().map(|target| target.format);
        others.chain([self.output_format]).any(|format| matches!(format, Format::Text | Format::Html))
    }
}

/// A form, and the file that is written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) format: Format,
    pub(crate) path: PathBuf,
}

/// Reads `FORMAT=FILE`.
fn target(argument: &str) -> Result<Target, String> {
    let (format, path) = argument.split_once('=').ok_or("write it as FORMAT=FILE, such as html=gate.html")?;
    let format = Format::from_str(format.trim(), true).map_err(|_| {
        let known: Vec<String> = Format::value_variants().iter().map(|format| format.name().to_owned()).collect();
        format!("`{format}` is none of {}", known.join(", "))
    })?;
    if path.is_empty() {
        return Err("the file is missing behind `=`".to_owned());
    }
    Ok(Target { format, path: PathBuf::from(path) })
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: excerpts, the gate's table, the verdict.
    #[default]
    Text,
    /// One line for each finding.
    Concise,
    /// The whole report for programs.
    Json,
    /// The same, an object on each line: as soon as a plan is examined, its line is there.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for test dashboards.
    Junit,
    /// Annotations of a GitHub workflow run.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// For a comment on a pull request, of bounded length.
    Markdown,
    /// One page with a matrix of features and principles.
    Html,
    /// For an agent: one finding a line, with the place and the next step.
    Agent,
}

impl Format {
    fn name(self) -> String {
        self.to_possible_value().as_ref().map_or_else(String::new, |value: &PossibleValue| value.get_name().to_owned())
    }

    /// What writes this form to `out`.
    pub(crate) fn emitter<'a>(
        self,
        out: impl Write + 'a,
        rules: &'a [RuleEntry<'a>],
        options: TextOptions,
    ) -> Box<dyn Emitter + 'a> {
        match self {
            Self::Text => Box::new(Text::new(out, options)),
            Self::Concise => Box::new(Concise::new(out)),
            Self::Json => Box::new(Json::new(out)),
            Self::JsonLines => Box::new(JsonLines::new(out)),
            Self::Sarif => Box::new(Sarif::new(out, rules)),
            Self::Junit => Box::new(Junit::new(out)),
            Self::Github => Box::new(Github::new(out)),
            Self::Gitlab => Box::new(Gitlab::new(out)),
            Self::Markdown => Box::new(Markdown::new(out, MarkdownOptions::default())),
            Self::Html => Box::new(Html::new(out, rules, SpooledTempFile::new(IN_MEMORY))),
            Self::Agent => Box::new(Agent::new(out)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_format_and_a_file() {
        let is = |argument, format, path: &str| assert_eq!(target(argument), Ok(Target { format, path: path.into() }));
        is("html=gate.html", Format::Html, "gate.html");
        is("json-lines=a=b", Format::JsonLines, "a=b");
        assert!(target("html").unwrap_err().contains("FORMAT=FILE"));
        assert!(target("html=").unwrap_err().contains("missing"));
        assert!(target("pdf=x").unwrap_err().starts_with("`pdf` is none of text, concise, json, json-lines,"));
    }
}
