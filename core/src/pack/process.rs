//! Packs in processes of their own: whatever a pack does to its process, the run goes on.

use std::ffi::OsString;
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::frame::{Frame, Kind};
use super::loaded::Loaded;
use super::worker::{Open, Opened};
use super::{Evaluation, EvaluationRequest, PackError, PackManifest, PackReference, RulePack, request};
use crate::repository::RepositoryFacts;

/// How much a pack may print for one feature, in bytes.
const MOST_PRINTED: usize = 1 << 20;

/// How often a pack may let its time run out.
const MOST_TIME_OUTS: u32 = 3;

/// The command that starts the process of a pack: a program whose `main` calls
/// [`worker::serve`](super::worker::serve). It is always named, because plangate can't know what
/// starting the program that embeds it would do.
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    program: PathBuf,
    arguments: Vec<OsString>,
    time_limit: Duration,
}

impl WorkerCommand {
    /// The program, with no argument, and 10 seconds for each answer.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new(), time_limit: Duration::from_secs(10) }
    }

    /// Adds an argument.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// How long a pack may take to load, and to answer about one feature.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }
}

/// A pack in a shared library that runs in a process of its own.
///
/// A pack that aborts, overflows its stack, loops, exits or prints without end is a [`PackError`] for the
/// feature that it was asked about, and is started anew for the next one. It gets an empty environment
/// and no standard input.
///
/// ```no_run
/// use plangate_core::Engine;
/// use plangate_core::pack::{PackReference, ProcessPack, WorkerCommand};
///
/// let worker = WorkerCommand::new("/usr/bin/plangate").argument("pack-worker");
/// let pack = ProcessPack::start(&PackReference::new("packs/libacme.so"), &worker)?;
/// let engine = Engine::builder().pack(pack).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ProcessPack {
    loaded: Loaded,
    /// Pinned to what was loaded first: another start must not find another pack.
    reference: PackReference,
    worker: WorkerCommand,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    process: Option<Process>,
    time_outs: u32,
}

impl ProcessPack {
    /// Starts a process, and loads the pack that `reference` names there.
    ///
    /// # Errors
    /// Where the process can't be started, the library can't be opened, or what it says of itself is not
    /// what a pack may say.
    pub fn start(reference: &PackReference, worker: &WorkerCommand) -> Result<Self, PackError> {
        let pack = reference.path.display().to_string();
        let (mut process, Opened { flags, sha256 }) = Process::start(&pack, reference, worker)?;
        let manifest = process.ask(&pack, worker, vec![Frame::new(Kind::Manifest, Vec::new())])?;
        let loaded = Loaded::read(&pack, &manifest, flags)?;
        let state = Mutex::new(State { process: Some(process), time_outs: 0 });
        Ok(Self { loaded, reference: reference.clone().pinned(sha256), worker: worker.clone(), state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks about one feature. A process that failed is not asked again: the next feature gets a new one.
    fn ask(&self, feature: Vec<u8>, facts: Option<&Arc<RepositoryFacts>>) -> Result<Vec<u8>, PackError> {
        let pack = self.manifest().name.as_ref();
        let mut state = self.state();
        if state.time_outs == MOST_TIME_OUTS {
            return Err(PackError::GivenUp { pack: pack.to_owned(), times: MOST_TIME_OUTS });
        }
        let mut process = match state.process.take() {
            Some(process) => process,
            None => Process::start(pack, &self.reference, &self.worker)?.0,
        };
        let mut frames = process.repository(facts);
        frames.push(Frame::new(Kind::Evaluate, feature));
        let answer = process.ask(pack, &self.worker, frames);
        match &answer {
            Err(PackError::TimedOut { .. }) => state.time_outs += 1,
            Err(PackError::Ended { .. } | PackError::Flooded { .. }) => {}
            _ => state.process = Some(process),
        }
        answer
    }
}

impl RulePack for ProcessPack {
    fn manifest(&self) -> &PackManifest {
        self.loaded.manifest()
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        let feature = self.loaded.request(request);
        let answer = self.ask(feature, request.feature.repository.as_ref());
        self.loaded.evaluation(&answer.map_err(|error| error.of_pack(&self.manifest().name))?, request)
    }
}

/// A running process. It is stopped when it is dropped.
#[derive(Debug)]
struct Process {
    child: Arc<Mutex<Child>>,
    requests: Sender<Vec<Frame>>,
    answers: Receiver<io::Result<Option<Frame>>>,
    /// How much was printed since the last request, in bytes.
    printed: Arc<AtomicUsize>,
    /// The repository that the process knows.
    repository: Option<Arc<RepositoryFacts>>,
}

impl Process {
    fn start(pack: &str, reference: &PackReference, worker: &WorkerCommand) -> Result<(Self, Opened), PackError> {
        let unloadable = |reason| PackError::Unloadable { pack: pack.to_owned(), reason };
        let open = Open { path: reference.path.clone(), sha256: reference.sha256.clone() };
        let open = serde_json::to_vec(&open).map_err(|_| unloadable("its path is not UTF-8".to_owned()))?;
        let mut process = Self::spawn(worker).map_err(|error| {
            unloadable(format!("no process could be started with {} ({error})", worker.program.display()))
        })?;
        let opened = process.ask(pack, worker, vec![Frame::new(Kind::Open, open)])?;
        let opened = serde_json::from_slice(&opened);
        Ok((process, opened.map_err(|error| unloadable(format!("its process speaks another language ({error})")))?))
    }

    fn spawn(worker: &WorkerCommand) -> io::Result<Self> {
        let mut child = Command::new(&worker.program)
            .args(&worker.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output), Some(printed)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("it has no pipes"));
        };
        let child = Arc::new(Mutex::new(child));
        let (requests, asked) = channel();
        let (answered, answers) = channel();
        std::thread::spawn(move || exchange(&asked, &answered, input, output));
        let count = Arc::new(AtomicUsize::new(0));
        let (counted, printer) = (Arc::clone(&count), Arc::clone(&child));
        std::thread::spawn(move || drain(printed, &counted, &printer));
        Ok(Self { child, requests, answers, printed: count, repository: None })
    }

    /// What the process has to be told of the repository before it is asked about a feature.
    fn repository(&mut self, facts: Option<&Arc<RepositoryFacts>>) -> Vec<Frame> {
        let frame = match (&self.repository, facts) {
            (Some(known), Some(facts)) if Arc::ptr_eq(known, facts) => return Vec::new(),
            (None, None) => return Vec::new(),
            (_, Some(facts)) => Frame::new(Kind::Repository, request::repository(facts)),
            (_, None) => Frame::new(Kind::NoRepository, Vec::new()),
        };
        self.repository = facts.cloned();
        vec![frame]
    }

    /// Sends the frames, and waits for the answer to the last one.
    fn ask(&mut self, pack: &str, worker: &WorkerCommand, frames: Vec<Frame>) -> Result<Vec<u8>, PackError> {
        let pack = || pack.to_owned();
        self.printed.store(0, Ordering::Relaxed);
        let sent = self.requests.send(frames);
        let answer = match sent.map(|()| self.answers.recv_timeout(worker.time_limit)) {
            Ok(Ok(answer)) => answer,
            Ok(Err(RecvTimeoutError::Timeout)) if !self.has_flooded() => {
                stop(&self.child);
                return Err(PackError::TimedOut { pack: pack(), seconds: worker.time_limit.as_secs() });
            }
            Ok(Err(_)) | Err(_) => Ok(None),
        };
        let ended = || {
            let status = stop(&self.child);
            // The process may have been stopped for it before it could end in its own way.
            if self.has_flooded() {
                return PackError::Flooded { pack: pack(), bytes: MOST_PRINTED };
            }
            PackError::Ended { pack: pack(), how: status.map_or_else(|| "is gone".to_owned(), how) }
        };
        match answer {
            Ok(Some(Frame { kind: Kind::Answer | Kind::Opened, bytes })) if !self.has_flooded() => Ok(bytes),
            Ok(Some(Frame { kind: Kind::Refused, bytes })) => {
                Err(serde_json::from_slice(&bytes).unwrap_or_else(|_| ended()))
            }
            _ => Err(ended()),
        }
    }

    fn has_flooded(&self) -> bool {
        self.printed.load(Ordering::Relaxed) > MOST_PRINTED
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        stop(&self.child);
    }
}

/// Stops the process, where it did not end by itself, and says how it ended.
fn stop(child: &Mutex<Child>) -> Option<ExitStatus> {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    // A process that has ended keeps its status.
    let _ = child.kill();
    child.wait().ok()
}

/// Writes requests and reads answers until the process ends or nobody asks any more.
fn exchange(
    asked: &Receiver<Vec<Frame>>,
    answered: &Sender<io::Result<Option<Frame>>>,
    mut input: impl Write,
    output: impl Read,
) {
    let mut output = BufReader::new(output);
    for frames in asked {
        let mut whole = Vec::new();
        let written = frames.iter().try_for_each(|frame| frame.write(&mut whole));
        let answer = written.and_then(|()| input.write_all(&whole)).and_then(|()| Frame::read(&mut output));
        if answered.send(answer).is_err() {
            return;
        }
    }
}

/// Reads what the process prints, so that it never waits for a reader, and stops one that floods.
fn drain(mut printed: impl Read, count: &AtomicUsize, child: &Mutex<Child>) {
    let mut buffer = vec![0; 16 << 10];
    loop {
        match printed.read(&mut buffer) {
            Ok(0) => return,
            Ok(read) => {
                if count.fetch_add(read, Ordering::Relaxed) + read > MOST_PRINTED {
                    stop(child);
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// How a process ended; completes "its process …".
fn how(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was ended by signal {signal}{}", meaning(signal));
    }
    match status.code() {
        Some(code) => format!("ended with exit code {code}"),
        None => "ended".to_owned(),
    }
}

/// What a signal tells of the pack.
#[cfg(unix)]
fn meaning(signal: i32) -> &'static str {
    const SIGBUS: i32 = if cfg!(target_os = "linux") { 7 } else { 10 };
    match signal {
        6 => ", as by an abort, a panic that can't unwind, or an overflowed stack",
        9 => ", as where memory runs out",
        11 => ", as by a pointer to nowhere or an overflowed stack",
        SIGBUS => ", as by a library that is cut off",
        _ => "",
    }
}
