//! `plangate init`: writes a commented plangate.toml, and on request the files that hook plangate into CI,
//! pre-commit and Spec Kit.

use std::fs;
use std::io;
use std::path::Path;

use clap::ValueEnum;
use plangate_core::workspace::Workspace;

use crate::error::Error;
use crate::files;
use crate::output::Terminal;

/// Writes a commented plangate.toml, and on request the files of an integration.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write the file for a CI system.
    #[arg(long, value_name = "SYSTEM", value_enum)]
    ci: Option<Ci>,

    /// Write a .pre-commit-config.yaml.
    #[arg(long)]
    pre_commit: bool,

    /// Write an extension, a workflow overlay and a preset for Spec Kit.
    #[arg(long)]
    spec_kit: bool,

    /// Replace files that are there already.
    #[arg(long)]
    force: bool,
}

/// A CI system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ci {
    /// A workflow of GitHub Actions.
    Github,
    /// A job to be included in .gitlab-ci.yml.
    Gitlab,
}

/// A file to write.
struct New {
    path: &'static str,
    text: &'static str,
    /// It is run as a program.
    program: bool,
}

const CONFIGURATION: &str = "plangate.toml";

/// The other places where a configuration is found.
const OTHERS: &[&str] = &[".plangate.toml", ".config/plangate.toml", ".specify/plangate.toml"];

/// A file of the folder `integrations`.
macro_rules! integration {
    ($path:literal, $file:literal) => {
        New { path: $path, text: include_str!(concat!("../integrations/", $file)), program: false }
    };
}

const GITHUB: &[New] = &[integration!(".github/workflows/plangate.yml", "github-action/workflow.yml")];

const GITLAB: &[New] = &[integration!(".gitlab/plangate.gitlab-ci.yml", "gitlab/plangate.gitlab-ci.yml")];

const PRE_COMMIT: &[New] = &[integration!(".pre-commit-config.yaml", "pre-commit/pre-commit-config.yaml")];

const SPEC_KIT: &[New] = &[
    integration!(".specify/plangate/extension/extension.yml", "spec-kit/extension/extension.yml"),
    integration!(
        ".specify/plangate/extension/commands/speckit.plangate.check.md",
        "spec-kit/extension/commands/speckit.plangate.check.md"
    ),
    New {
        program: true,
        ..integration!(".specify/plangate/extension/scripts/bash/check.sh", "spec-kit/extension/scripts/bash/check.sh")
    },
    integration!(
        ".specify/plangate/extension/scripts/powershell/check.ps1", "spec-kit/extension/scripts/powershell/check.ps1"
    ),
    integration!(".specify/plangate/overlay.yml", "spec-kit/overlay.yml"),
    integration!(".specify/plangate/preset/preset.yml", "spec-kit/preset/preset.yml"),
    integration!(".specify/plangate/preset/templates/plan-template.md", "spec-kit/preset/templates/plan-template.md"),
];

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<u8, Error> {
    let workspace = Workspace::open(".")?;
    let root = workspace.root();
    let (mut wanted, next) = arguments.integrations();
    match [CONFIGURATION].iter().chain(OTHERS).find(|path| is_there(root, path)) {
        // Whoever asks for an integration keeps the configuration that is there.
        Some(path) if !wanted.is_empty() => terminal.note(&format_args!("{path} is there already, and was kept")),
        Some(path) if *path != CONFIGURATION || !arguments.force => return Err(Error::Initialized { path }),
        _ => wanted.push(&New { path: CONFIGURATION, text: include_str!("init/plangate.toml"), program: false }),
    }
    if !arguments.force {
        let taken: Vec<&str> = wanted.iter().map(|new| new.path).filter(|path| is_there(root, path)).collect();
        if !taken.is_empty() {
            return Err(Error::FilesInTheWay { paths: taken.join(", ") });
        }
    }
    for new in wanted {
        write(root, new).map_err(|error| Error::NotWritten { path: new.path.into(), error })?;
        terminal.note(&format_args!("wrote {}", new.path));
    }
    next.iter().for_each(|next| terminal.note(next));
    Ok(0)
}

impl Arguments {
    /// The files that were asked for, and what to do with them next.
    fn integrations(&self) -> (Vec<&'static New>, Vec<&'static str>) {
        let (mut files, mut next) = (Vec::new(), Vec::new());
        let mut add = |asked: bool, more: &'static [New], then: &'static str| {
            if asked {
                files.extend(more);
                next.push(then);
            }
        };
        add(self.ci == Some(Ci::Github), GITHUB, "put the repository that you take plangate from for OWNER/plangate");
        add(
            self.ci == Some(Ci::Gitlab),
            GITLAB,
            "include `.gitlab/plangate.gitlab-ci.yml` in .gitlab-ci.yml, and set PLANGATE_IMAGE",
        );
        add(self.pre_commit, PRE_COMMIT, "`pre-commit install` runs it on every commit");
        add(
            self.spec_kit,
            SPEC_KIT,
            "install them with `specify extension add --dev .specify/plangate/extension`, `specify workflow overlay \
             add .specify/plangate/overlay.yml` and `specify preset add --dev .specify/plangate/preset`",
        );
        (files, next)
    }
}

/// Whether something has the path, be it a link that leads nowhere.
fn is_there(root: &Path, path: &str) -> bool {
    fs::symlink_metadata(root.join(path)).is_ok()
}

fn write(root: &Path, new: &New) -> io::Result<()> {
    let path = root.join(new.path);
    if is_there(root, new.path) {
        if !path.canonicalize()?.starts_with(root) {
            return Err(io::Error::other("it is a link that leaves the repository"));
        }
        return files::replace(&path, new.text);
    }
    files::create(&path, new.text)?;
    #[cfg(unix)]
    if new.program {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
