//! Builds packs: small ones in C, each with one fault, and the ones in Rust of the workspace.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, atomic};
use std::{env, fs};

/// Where packs are built.
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A pack in C: guest.c, after these lines.
pub(crate) fn c_guest(lines: &str) -> PathBuf {
    static NEXT: atomic::AtomicUsize = atomic::AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, atomic::Ordering::Relaxed);
    let folder = Path::new(FOLDER).join(format!("guest-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (source, library) = (folder.join("source.c"), folder.join("guest.so"));
    fs::write(&source, format!("{lines}\n#include \"guest.c\"\n")).unwrap();
    compile(&source, &library);
    library
}

/// The example in C.
pub(crate) fn c_pack() -> PathBuf {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
        let library = Path::new(FOLDER).join(format!("c-pack-{}.so", std::process::id()));
        compile(&workspace().join("examples/c-pack/pack.c"), &library);
        library
    });
    BUILT.clone()
}

fn compile(source: &Path, library: &Path) {
    let mut cc = Command::new(env::var_os("CC").unwrap_or_else(|| "cc".into()));
    cc.args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I"])
        .arg(workspace().join("cli/tests/packs"));
    cc.arg("-I").arg(workspace().join("examples/c-pack")).arg("-o").arg(library).arg(source);
    let built = cc.output().expect("a C compiler is called `cc`, or `CC` names it");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

/// The packs in Rust, built for debugging.
pub(crate) struct Packs {
    /// The example.
    pub(crate) acme: PathBuf,
    /// Does what the plan's title says.
    pub(crate) faulty: PathBuf,
    /// Panics before it says what it is.
    pub(crate) speechless: PathBuf,
}

pub(crate) fn packs() -> &'static Packs {
    static BUILT: LazyLock<Packs> = LazyLock::new(|| {
        let folder =
            cargo("dev", &["--package", "acme-pack", "--features", "acme-pack/loadable", "--example", "speechless"]);
        let library = |path: &str| folder.join("debug").join(path);
        Packs {
            acme: library("libacme_pack.so"),
            faulty: library("libfaulty_pack.so"),
            speechless: library("examples/libspeechless.so"),
        }
    });
    &BUILT
}

/// The faulty pack, optimized, its panics ending the process.
pub(crate) fn aborting() -> PathBuf {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| cargo("release", &[]).join("release/libfaulty_pack.so"));
    BUILT.clone()
}

/// Builds the faulty pack and what `arguments` name; the folder that the build is in.
fn cargo(profile: &str, arguments: &[&str]) -> PathBuf {
    let folder = Path::new(FOLDER).join("packs");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace()).args(["build", "--offline", "--quiet", "--lib", "--package", "faulty-pack"]);
    cargo.args(["--profile", profile]).args(arguments).arg("--target-dir").arg(&folder);
    for (setting, value) in [("PANIC", "abort"), ("OPT_LEVEL", "1"), ("LTO", "off"), ("CODEGEN_UNITS", "16")] {
        cargo.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
    let built = cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    folder
}
