//! The process of a pack: [`serve`] answers on its standard streams what plangate asks of the pack.

use std::io::{self, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, sync_channel};

use serde::{Deserialize, Serialize};

use super::dynamic::{Library, Repository};
use super::frame::{Frame, Kind};
use super::{PackError, PackReference};

/// What is to be opened.
#[derive(Serialize, Deserialize)]
pub(super) struct Open {
    pub(super) path: std::path::PathBuf,
    pub(super) sha256: Option<String>,
}

/// What was opened.
#[derive(Serialize, Deserialize)]
pub(super) struct Opened {
    pub(super) flags: u64,
    pub(super) sha256: String,
}

/// Serves one pack on the standard streams of this process until its host closes them.
///
/// A program that starts a [`ProcessPack`](super::ProcessPack) names the command of a worker, and
/// this is all that the worker's `main` does. `open` is [`Library::open`], called by the one who trusts
/// the libraries.
///
/// The pack itself finds an empty standard input; what it prints goes to standard error.
///
/// # Errors
/// Where the host can't be read or written to.
pub fn serve(open: fn(&PackReference) -> Result<Library, PackError>) -> io::Result<()> {
    let (input, output) = streams()?;
    answer(requests(input), output, open)
}

/// The streams to the host, out of the pack's reach.
#[cfg(unix)]
fn streams() -> io::Result<(impl Read + Send + 'static, impl Write)> {
    let (input, output) = (rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)?, {
        rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 3)?
    });
    let (nothing, _) = io::pipe()?;
    rustix::stdio::dup2_stdin(&nothing)?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    Ok((std::fs::File::from(input), std::fs::File::from(output)))
}

/// The streams to the host. What a pack prints breaks them, and is told as a broken interface.
#[cfg(not(unix))]
fn streams() -> io::Result<(impl Read + Send + 'static, impl Write)> {
    Ok((io::stdin(), io::stdout()))
}

/// Reads requests ahead, so that the process ends with its host even where the pack never returns.
fn requests(input: impl Read + Send + 'static) -> Receiver<io::Result<Frame>> {
    let (sender, receiver) = sync_channel(1);
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Some(frame) = Frame::read(&mut input).transpose() {
            let failed = frame.is_err();
            if sender.send(frame).is_err() || failed {
                return;
            }
        }
        // Nobody is left who would read an answer.
        std::process::exit(0);
    });
    receiver
}

fn answer(
    requests: impl IntoIterator<Item = io::Result<Frame>>,
    mut output: impl Write,
    open: fn(&PackReference) -> Result<Library, PackError>,
) -> io::Result<()> {
    let mut library = None;
    let mut repository = None;
    for frame in requests {
        let Frame { kind, bytes } = frame?;
        let answered = match kind {
            Kind::Repository => {
                repository = Some(Repository::new(bytes));
                continue;
            }
            Kind::NoRepository => {
                repository = None;
                continue;
            }
            Kind::Open => opened(&bytes, open).map(|(found, said)| {
                library = Some(found);
                Frame::new(Kind::Opened, said)
            }),
            Kind::Manifest => asked(library.as_ref(), Library::manifest),
            Kind::Evaluate => asked(library.as_ref(), |library| library.evaluate(&bytes, repository.as_ref())),
            Kind::Opened | Kind::Answer | Kind::Refused => Err(no_request("this is an answer")),
        };
        let frame = answered
            .or_else(|error| Ok::<_, serde_json::Error>(Frame::new(Kind::Refused, serde_json::to_vec(&error)?)))?;
        // Written at once: whatever the pack does later, this was its answer.
        let mut whole = Vec::with_capacity(frame.bytes.len() + 5);
        frame.write(&mut whole)?;
        output.write_all(&whole)?;
        output.flush()?;
    }
    Ok(())
}

fn opened(
    bytes: &[u8],
    open: fn(&PackReference) -> Result<Library, PackError>,
) -> Result<(Library, Vec<u8>), PackError> {
    let unread = |error: serde_json::Error| no_request(&error.to_string());
    let Open { path, sha256 } = serde_json::from_slice(bytes).map_err(unread)?;
    let mut reference = PackReference::new(path);
    reference.sha256 = sha256;
    let library = open(&reference)?;
    let said = Opened { flags: library.flags(), sha256: library.sha256().to_owned() };
    Ok((library, serde_json::to_vec(&said).map_err(unread)?))
}

fn asked(
    library: Option<&Library>,
    ask: impl FnOnce(&Library) -> Result<Vec<u8>, PackError>,
) -> Result<Frame, PackError> {
    let library = library.ok_or_else(|| no_request("no library was opened"))?;
    ask(library).map(|bytes| Frame::new(Kind::Answer, bytes))
}

/// The host did not ask as a host does.
fn no_request(reason: &str) -> PackError {
    PackError::Protocol { pack: "?".to_owned(), reason: format!("the host's request can't be read: {reason}") }
}
