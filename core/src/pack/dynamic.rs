//! Packs in shared libraries: the one place where foreign code comes into a process. A library is never
//! unloaded, and never searched for: only the file that was named is opened.

#![expect(unsafe_code, reason = "loading and calling a library is what this file is for")]

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::abi::{ABI_VERSION, ANSWERED, Answer, Entry, FAILED, MOST_BYTES, PackTable, Request, SYMBOL, Text};
use super::loaded::Loaded;
use super::{Evaluation, EvaluationRequest, PackError, PackManifest, PackReference, RulePack, request};
use crate::repository::RepositoryFacts;

/// The largest library that is opened, in bytes.
const MOST_LIBRARY_BYTES: u64 = 1 << 30;

/// Later versions whose entries are looked for, so that a pack of theirs is told from no pack at all.
const LATER: std::ops::Range<u32> = ABI_VERSION + 1..ABI_VERSION + 9;

/// A pack's library, opened and not yet asked anything.
///
/// For a process of its own: see [`worker::serve`](super::worker::serve).
pub struct Library {
    table: PackTable,
    pack: String,
    sha256: String,
    /// A pack need not be ready for two threads at a time.
    turn: Mutex<()>,
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("pack", &self.pack).field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

impl Library {
    /// Opens the library that `reference` names, in this process.
    ///
    /// # Errors
    /// Where the file can't be read, is not the one that was pinned, is no library of this platform, or
    /// exports no pack of this version.
    ///
    /// # Safety
    /// This runs native code that nothing holds back: the file must be one that the caller trusts as it
    /// trusts the crates that it links, and its table and functions must be what `docs/pack-abi.md` says.
    pub unsafe fn open(reference: &PackReference) -> Result<Self, PackError> {
        let artifact = Artifact::read(reference)?;
        // SAFETY: the caller trusts the file, and these are its bytes.
        unsafe { artifact.open() }
    }

    /// SHA-256 of the bytes that were loaded, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    pub(super) fn flags(&self) -> u64 {
        self.table.flags
    }

    /// What the pack says of itself.
    pub(super) fn manifest(&self) -> Result<Vec<u8>, PackError> {
        let manifest = self.table.manifest.ok_or_else(|| self.protocol("its table has no function `manifest`"))?;
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the function is the pack's own, which the opener of the library trusts.
        let answer = unsafe { manifest() };
        // SAFETY: the answer comes from this library, and nobody else has it.
        unsafe { self.take(answer) }
    }

    /// What the pack answers to a request.
    pub(super) fn evaluate(&self, feature: &[u8], repository: Option<&Repository>) -> Result<Vec<u8>, PackError> {
        let evaluate = self.table.evaluate.ok_or_else(|| self.protocol("its table has no function `evaluate`"))?;
        let text = |bytes: &[u8]| Text { data: bytes.as_ptr(), length: bytes.len() };
        let request = Request {
            feature: text(feature),
            repository: text(repository.map_or(&[], |repository| &repository.json)),
            repository_id: repository.map_or(0, |repository| repository.id),
        };
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the function is the pack's own; the request and its texts outlive the call.
        let answer = unsafe { evaluate(&raw const request) };
        // SAFETY: the answer comes from this library, and nobody else has it.
        unsafe { self.take(answer) }
    }

    /// Copies the bytes of an answer, and hands them back to the pack.
    ///
    /// # Safety
    /// The answer comes from this library, and was not taken before.
    unsafe fn take(&self, answer: Answer) -> Result<Vec<u8>, PackError> {
        let Answer { data, length, status } = answer;
        if data.is_null() {
            return Err(self.protocol("it answered a null pointer"));
        }
        let bytes = (length <= MOST_BYTES).then(|| {
            // SAFETY: the pack says that so many bytes can be read there until they are freed.
            unsafe { std::slice::from_raw_parts(data, length) }.to_vec()
        });
        if let Some(free) = self.table.free {
            // SAFETY: the bytes are the pack's own, and they were copied.
            unsafe { free(answer) };
        }
        let bytes = bytes.ok_or_else(|| self.protocol(&format!("it answered more than {MOST_BYTES} bytes")))?;
        match status {
            ANSWERED => Ok(bytes),
            FAILED => {
                let message = String::from_utf8_lossy(&bytes).into_owned();
                Err(PackError::Failed { pack: self.pack.clone(), message })
            }
            other => Err(self.protocol(&format!("it answered the unknown status {other}"))),
        }
    }

    fn protocol(&self, reason: &str) -> PackError {
        PackError::Protocol { pack: self.pack.clone(), reason: reason.to_owned() }
    }
}

/// The bytes of a library, and their hash: what is hashed is what is loaded.
struct Artifact {
    pack: String,
    bytes: Vec<u8>,
    sha256: String,
}

impl Artifact {
    fn read(reference: &PackReference) -> Result<Self, PackError> {
        let pack = reference.path.display().to_string();
        let unloadable = |reason| PackError::Unloadable { pack: pack.clone(), reason };
        if cfg!(all(unix, target_feature = "crt-static")) {
            return Err(unloadable("this plangate is linked statically, and can't load libraries".to_owned()));
        }
        let (bytes, sha256) = pinned(reference)?;
        Ok(Self { pack, bytes, sha256 })
    }

    /// # Safety
    /// As for [`Library::open`].
    unsafe fn open(self) -> Result<Library, PackError> {
        let Self { pack, bytes, sha256 } = self;
        let unloadable = |reason| PackError::Unloadable { pack: pack.clone(), reason };
        let copy = private_copy(&bytes).map_err(|error| unloadable(format!("its copy failed ({error})")))?;
        // SAFETY: the caller trusts the code; that it runs when the library is opened is what it asks for.
        let opened = unsafe { open(&copy) };
        let library = opened.map_err(|error| {
            // Only plangate knows the copy.
            let reason = error.replace(&copy.display().to_string(), &pack);
            unloadable(reason.trim_start_matches(&format!("{pack}: ")).to_owned())
        })?;
        // SAFETY: the caller says that the entry and the table are what the interface says.
        let table = unsafe { table(&library, &pack) }?;
        // What the table points to has to live as long as the process.
        std::mem::forget(library);
        Ok(Library { table, pack, sha256, turn: Mutex::new(()) })
    }
}

impl PackReference {
    /// The bytes of the file, which are the pinned ones where it is pinned.
    ///
    /// # Errors
    /// Where the file can't be read, or is another one than the one that was pinned.
    pub fn read(&self) -> Result<Vec<u8>, PackError> {
        Ok(pinned(self)?.0)
    }
}

/// The bytes of a pack's file, and their SHA-256, which is the pinned one.
fn pinned(reference: &PackReference) -> Result<(Vec<u8>, String), PackError> {
    let bytes = read(&reference.path).map_err(|error| PackError::Unloadable {
        pack: reference.path.display().to_string(),
        reason: reason(&error),
    })?;
    let sha256 = reference.verify(&bytes)?;
    Ok((bytes, sha256))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = path.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    if about.len() > MOST_LIBRARY_BYTES {
        return Err(io::Error::other(format!("it is larger than {MOST_LIBRARY_BYTES} bytes")));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_LIBRARY_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a file could not be read, in the words of other messages.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "its file may not be read".to_owned(),
        _ => error.to_string(),
    }
}

/// A copy that nobody else can change between its hash and its loading.
#[cfg(target_os = "linux")]
fn private_copy(bytes: &[u8]) -> io::Result<PathBuf> {
    use std::io::Write;
    use std::os::fd::AsRawFd;

    let Ok(memory) = rustix::fs::memfd_create("plangate-pack", rustix::fs::MemfdFlags::CLOEXEC) else {
        return temporary_copy(bytes);
    };
    let mut file = File::from(memory);
    file.write_all(bytes)?;
    let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    // The loader knows libraries by their paths: this one must never name another file.
    std::mem::forget(file);
    if path.exists() { Ok(path) } else { temporary_copy(bytes) }
}

/// A copy that nobody else can change between its hash and its loading.
#[cfg(not(target_os = "linux"))]
fn private_copy(bytes: &[u8]) -> io::Result<PathBuf> {
    temporary_copy(bytes)
}

/// A copy in a folder that only this user can open. It stays: a loaded library can't be removed
/// everywhere.
fn temporary_copy(bytes: &[u8]) -> io::Result<PathBuf> {
    let folder = tempfile::Builder::new().prefix("plangate-pack-").tempdir()?.keep();
    let path = folder.join(format!("pack{}", std::env::consts::DLL_SUFFIX));
    std::fs::write(&path, bytes)?;
    Ok(path)
}

/// # Safety
/// As for [`Library::open`].
#[cfg(unix)]
unsafe fn open(path: &Path) -> Result<libloading::Library, String> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // Symbols that nobody defines are told now, not when they are called.
    // SAFETY: the caller trusts the code that runs when the library is opened.
    let opened = unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) };
    opened.map(Into::into).map_err(|error| error.to_string())
}

/// # Safety
/// As for [`Library::open`].
#[cfg(not(unix))]
unsafe fn open(path: &Path) -> Result<libloading::Library, String> {
    // SAFETY: the caller trusts the code that runs when the library is opened.
    unsafe { libloading::Library::new(path) }.map_err(|error| error.to_string())
}

/// The pack's table: its version and its size are looked at before the rest of it.
///
/// # Safety
/// As for [`Library::open`].
unsafe fn table(library: &libloading::Library, pack: &str) -> Result<PackTable, PackError> {
    let pack = pack.to_owned();
    // SAFETY: the caller says that a symbol of this name is such a function.
    let Ok(entry) = (unsafe { library.get::<Entry>(SYMBOL) }) else {
        let later = |version: &u32| {
            let symbol = format!("plangate_pack_v{version}");
            // SAFETY: the symbol is looked for, and never used.
            unsafe { library.get::<Entry>(symbol.as_str()) }.is_ok()
        };
        return Err(match LATER.into_iter().find(later) {
            Some(found) => PackError::TooNew { pack, found },
            None => PackError::NoEntry { pack },
        });
    };
    // SAFETY: the caller says that the function is what the interface says.
    let table = unsafe { entry() };
    let protocol = |reason: String| PackError::Protocol { pack: pack.clone(), reason };
    if table.is_null() || !table.is_aligned() {
        return Err(protocol("`plangate_pack_v1` returns no table".to_owned()));
    }
    // SAFETY: a table of any version begins with these two numbers.
    let (found, size) = unsafe { ((*table).abi_version, (*table).struct_size) };
    match found {
        ABI_VERSION if size >= PackTable::SIZE => {
            // SAFETY: the table says that it is as large as this.
            Ok(unsafe { *table })
        }
        ABI_VERSION => Err(protocol(format!("its table has {size} bytes, and needs {}", PackTable::SIZE))),
        older if older < ABI_VERSION => Err(PackError::Outdated { pack, found }),
        _ => Err(PackError::TooNew { pack, found }),
    }
}

/// The facts of a repository as they cross the boundary.
#[derive(Debug)]
pub(super) struct Repository {
    id: u64,
    json: Vec<u8>,
}

impl Repository {
    /// Gives the facts a number that no others have in this process.
    pub(super) fn new(json: Vec<u8>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self { id: NEXT.fetch_add(1, Ordering::Relaxed), json }
    }
}

/// A pack in a shared library that runs in this process.
///
/// What the pack does to its process it does to yours: where it aborts, overflows its stack, loops or
/// exits, so does your program. [`ProcessPack`](super::ProcessPack) keeps it apart.
#[derive(Debug)]
pub struct DynamicPack {
    library: Library,
    loaded: Loaded,
    /// The facts that were written last, for the features of one repository.
    repository: Mutex<Option<(Arc<RepositoryFacts>, Arc<Repository>)>>,
}

impl DynamicPack {
    /// Loads the pack that `reference` names into this process.
    ///
    /// ```no_run
    /// use plangate_core::Engine;
    /// use plangate_core::pack::{DynamicPack, PackReference};
    ///
    /// let reference = PackReference::new("packs/libacme.so").pinned("9f86d081…");
    /// // SAFETY: the pin says which build of our own pack this is.
    /// let pack = unsafe { DynamicPack::load(&reference) }?;
    /// let engine = Engine::builder().pack(pack).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the library can't be opened, or what it says of itself is not what a pack may say.
    ///
    /// # Safety
    /// As for [`Library::open`].
    pub unsafe fn load(reference: &PackReference) -> Result<Self, PackError> {
        // SAFETY: the caller says so.
        Self::of(unsafe { Library::open(reference) }?)
    }

    /// The pack of a library that was opened.
    ///
    /// # Errors
    /// Where what it says of itself is not what a pack may say.
    pub fn of(library: Library) -> Result<Self, PackError> {
        let loaded = Loaded::read(&library.pack, &library.manifest()?, library.flags())?;
        Ok(Self { library, loaded, repository: Mutex::new(None) })
    }

    fn repository(&self, facts: &Arc<RepositoryFacts>) -> Arc<Repository> {
        let mut last = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, written)) = last.as_ref().filter(|(known, _)| Arc::ptr_eq(known, facts)) {
            return Arc::clone(written);
        }
        let written = Arc::new(Repository::new(request::repository(facts)));
        *last = Some((Arc::clone(facts), Arc::clone(&written)));
        written
    }
}

impl RulePack for DynamicPack {
    fn manifest(&self) -> &PackManifest {
        self.loaded.manifest()
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        let repository = request.feature.repository.as_ref().map(|facts| self.repository(facts));
        let answer = self.library.evaluate(&self.loaded.request(request), repository.as_deref());
        let answer = answer.map_err(|error| error.of_pack(&self.manifest().name))?;
        self.loaded.evaluation(&answer, request)
    }
}

#[cfg(unix)]
#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::process::Command;

    use tempfile::TempDir;

    use super::*;
    use crate::report::PlanReport;
    use crate::{Engine, Feature};

    const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/c-pack");

    /// The example in C, under another name where one is given.
    fn c_pack(folder: &TempDir, name: &str) -> PathBuf {
        let source = fs::read_to_string(format!("{SOURCES}/pack.c")).unwrap().replace("c-pack", name);
        let (file, library) = (folder.path().join(format!("{name}.c")), folder.path().join(format!("{name}.so")));
        fs::write(&file, source).unwrap();
        let mut cc = Command::new("cc");
        let built = cc.args(["-std=c99", "-shared", "-fPIC", "-I", SOURCES, "-o"]).arg(&library).arg(&file).output();
        assert!(built.expect("a C compiler is called `cc`").status.success());
        library
    }

    fn check(pack: DynamicPack, plan: &str) -> PlanReport {
        let engine = Engine::builder().required([pack.manifest().name.to_string()]).pack(pack).build().unwrap();
        let facts = RepositoryFacts::of_paths(["server/src/audit-log.ts"]);
        engine.evaluate(&Feature::builder().folder("specs/001-voting").plan(plan).repository(facts).build())
    }

    /// # Safety
    /// The library is the example in C.
    unsafe fn load(library: &Path) -> DynamicPack {
        // SAFETY: the example keeps to the interface.
        unsafe { DynamicPack::load(&PackReference::new(library)) }.unwrap()
    }

    #[test]
    fn a_pack_in_c_finds_places_in_any_text() {
        let folder = TempDir::new().unwrap();
        let library = c_pack(&folder, "c-pack");
        for before in ["", "\"quoted\" \\ and\ttabs\r\n", "Vöte für 日本 🗳 \u{1}\u{7f}", "TOD", "TTO"] {
            // SAFETY: this is the example in C.
            let report = check(unsafe { load(&library) }, &format!("# Implementation Plan: A\n\n{before}TODO\n"));
            let finding = report.findings.iter().find(|finding| finding.rule == "CPK901").expect("there is a TODO");
            let start = 26 + before.len() as u32;
            assert_eq!((finding.start.offset, finding.end.offset), (start, start + 4), "{before:?}");
            assert!(report.failures.is_empty());
        }
    }

    #[test]
    fn plangate_looks_for_the_words_of_a_question_that_the_pack_does_not_prove() {
        let folder = TempDir::new().unwrap();
        let plan = "# Implementation Plan: A\n\n## Constitution Check\n\n### XIV. Auditability\n\
                    - Is every change of data written to the audit log? Yes: by a trigger.\n\
                    - **Status**: ✅ PASS\n\n## Storage\n\nEach change goes to the audit log.\n";
        // SAFETY: this is the example in C.
        let report = check(unsafe { load(&c_pack(&folder, "c-pack")) }, plan);
        let evidence = &report.gate.principles[0].questions[0].evidence;
        let paths: Vec<&str> = evidence.iter().map(|evidence| evidence.path.as_str()).collect();
        assert_eq!(paths, ["specs/001-voting/plan.md", "server/src/audit-log.ts"]);
    }

    #[test]
    fn what_was_hashed_is_what_is_loaded() {
        let folder = TempDir::new().unwrap();
        let (file, other) = (c_pack(&folder, "c-pack"), c_pack(&folder, "swapped"));
        let artifact = Artifact::read(&PackReference::new(&file)).unwrap();
        fs::rename(other, &file).unwrap();
        // SAFETY: both are the example in C.
        let pack = DynamicPack::of(unsafe { artifact.open() }.unwrap()).unwrap();
        assert_eq!(pack.manifest().name, "c-pack");
    }

    #[test]
    fn a_copy_on_disk_serves_as_well_as_one_in_memory() {
        let folder = TempDir::new().unwrap();
        let copy = temporary_copy(&fs::read(c_pack(&folder, "c-pack")).unwrap()).unwrap();
        // SAFETY: this is the example in C.
        assert_eq!(unsafe { load(&copy) }.manifest().name, "c-pack");
        fs::remove_dir_all(copy.parent().unwrap()).unwrap();
    }

    #[test]
    fn facts_are_written_once_for_a_repository() {
        let folder = TempDir::new().unwrap();
        // SAFETY: this is the example in C.
        let pack = unsafe { load(&c_pack(&folder, "c-pack")) };
        let facts = Arc::new(RepositoryFacts::of_paths(["a"]));
        let (first, second) = (pack.repository(&facts), pack.repository(&facts));
        let other = pack.repository(&Arc::new(RepositoryFacts::of_paths(["a"])));
        assert_eq!(first.id, second.id);
        assert_ne!(first.id, other.id);
    }
}
