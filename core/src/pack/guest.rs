//! The pack's side of the boundary for packs in Rust: [`export_pack!`](crate::export_pack) exports what
//! [`register_pack!`](crate::register_pack) registers, and this file holds all the `unsafe` of it.

#![expect(unsafe_code, reason = "the boundary hands over pointers, and takes them back")]

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};

use super::abi::{ANSWERED, Answer, FAILED, Request, Text};
use super::linked::said;
use super::{EvaluationRequest, LinkedPack, RulePack, request};
use crate::repository::RepositoryFacts;

/// A pack behind the boundary. Made by [`export_pack!`](crate::export_pack) only.
#[doc(hidden)]
pub struct Guest {
    make: fn() -> LinkedPack,
    pack: OnceLock<LinkedPack>,
    /// The facts that came last, by their number: a host asks about many features of one repository.
    repository: Mutex<Option<(u64, Arc<RepositoryFacts>)>>,
}

impl Guest {
    /// The pack that `make` makes when it is first asked for.
    #[must_use]
    pub const fn new(make: fn() -> LinkedPack) -> Self {
        Self { make, pack: OnceLock::new(), repository: Mutex::new(None) }
    }

    /// What the pack says of itself.
    pub fn manifest(&self) -> Answer {
        answer(|| serde_json::to_vec(self.pack().manifest()).map_err(|error| error.to_string()))
    }

    /// What the pack answers to `request`.
    ///
    /// # Safety
    /// `request` is null, or points to a request whose texts can be read during the call.
    pub unsafe fn evaluate(&self, request: *const Request) -> Answer {
        // SAFETY: the caller says that the request is null or can be read.
        let request = unsafe { request.as_ref() };
        answer(|| {
            let request = request.ok_or("the host sent no request")?;
            // SAFETY: the caller says that the request's texts can be read until this function returns.
            let (feature, repository) = unsafe { (bytes(request.feature)?, bytes(request.repository)?) };
            self.read_and_evaluate(feature, repository, request.repository_id)
        })
    }

    fn read_and_evaluate(&self, feature: &[u8], repository: &[u8], id: u64) -> Result<Vec<u8>, String> {
        let unread = |error: serde_json::Error| format!("the request of the host can't be read: {error}");
        let mut read: request::Read = serde_json::from_slice(feature).map_err(unread)?;
        read.feature.repository = self.repository(repository, id).map_err(unread)?;
        let request = EvaluationRequest::new(&read.feature, &read.answers);
        let evaluation = self.pack().evaluate(&request).map_err(|error| error.to_string())?;
        serde_json::to_vec(&evaluation).map_err(|error| error.to_string())
    }

    fn repository(&self, bytes: &[u8], id: u64) -> serde_json::Result<Option<Arc<RepositoryFacts>>> {
        if bytes.is_empty() {
            return Ok(None);
        }
        let mut last = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, facts)) = last.as_ref().filter(|(known, _)| *known == id) {
            return Ok(Some(Arc::clone(facts)));
        }
        let facts = request::read_repository(bytes)?;
        *last = Some((id, Arc::clone(&facts)));
        Ok(Some(facts))
    }

    fn pack(&self) -> &LinkedPack {
        self.pack.get_or_init(self.make)
    }
}

/// The bytes of a text.
///
/// # Safety
/// Unless its data is null, `length` bytes can be read there for as long as `'a` lasts.
unsafe fn bytes<'a>(text: Text) -> Result<&'a [u8], &'static str> {
    if text.data.is_null() {
        return Err("the host sent a null pointer");
    }
    // SAFETY: the pointer is not null, and the caller says that the bytes can be read.
    Ok(unsafe { std::slice::from_raw_parts(text.data, text.length) })
}

/// Runs the pack. A panic becomes a failure that keeps its message.
fn answer(run: impl FnOnce() -> Result<Vec<u8>, String>) -> Answer {
    silence_panics();
    let silent = IN_GUEST.replace(true);
    let ran = catch_unwind(AssertUnwindSafe(run));
    IN_GUEST.set(silent);
    let (status, bytes) = match ran {
        Ok(Ok(bytes)) => (ANSWERED, bytes),
        Ok(Err(message)) => (FAILED, message.into_bytes()),
        Err(panic) => (FAILED, panicked(&*panic).into_bytes()),
    };
    let bytes = Box::leak(bytes.into_boxed_slice());
    Answer { data: bytes.as_mut_ptr(), length: bytes.len(), status }
}

fn panicked(panic: &(dyn Any + Send)) -> String {
    format!("it panicked: {}", said(panic))
}

thread_local! {
    /// Whether this thread runs the pack, whose panics are told in its answer.
    static IN_GUEST: Cell<bool> = const { Cell::new(false) };
}

/// Keeps panics that are caught from being printed into the output of the host.
fn silence_panics() {
    static ONCE: Once = Once::new();
    // Where a panic ends the process, what it prints is all that is left of it.
    if cfg!(panic = "abort") {
        return;
    }
    ONCE.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IN_GUEST.get() {
                others(panic);
            }
        }));
    });
}

/// Takes back the bytes of an answer.
///
/// # Safety
/// `answer` comes from [`Guest::manifest`] or [`Guest::evaluate`] of this library, and was not freed.
#[doc(hidden)]
pub unsafe extern "C" fn free(answer: Answer) {
    if !answer.data.is_null() {
        let bytes = std::ptr::slice_from_raw_parts_mut(answer.data, answer.length);
        // SAFETY: `answer` leaked a boxed slice of this length, and the caller frees it only once.
        drop(unsafe { Box::from_raw(bytes) });
    }
}

/// Exports the pack that [`register_pack!`](crate::register_pack) registers in this crate, for a library
/// of crate type `cdylib` that plangate loads at run time.
///
/// It stands in the same module. Put it behind a feature of the crate: two packs that are linked into one program must not export the
/// same symbol. It holds all the `unsafe` that a pack needs; a crate that forbids `unsafe_code` as a
/// whole has to deny it instead.
///
/// ```ignore
/// plangate_core::register_pack! { name: "acme", /* … */ }
///
/// #[cfg(feature = "loadable")]
/// plangate_core::export_pack!();
/// ```
#[macro_export]
macro_rules! export_pack {
    () => {
        $crate::export_pack!(self::pack);
    };
    ($pack:path) => {
        #[allow(unsafe_code)]
        const _: () = {
            use $crate::pack::{abi, guest};

            static GUEST: guest::Guest = guest::Guest::new($pack);

            unsafe extern "C" fn manifest() -> abi::Answer {
                GUEST.manifest()
            }

            unsafe extern "C" fn evaluate(request: *const abi::Request) -> abi::Answer {
                // SAFETY: the host hands over a request that can be read during the call.
                unsafe { GUEST.evaluate(request) }
            }

            static TABLE: abi::PackTable = abi::PackTable {
                abi_version: abi::ABI_VERSION,
                struct_size: abi::PackTable::SIZE,
                flags: abi::READS_TEXTS,
                manifest: Some(manifest),
                evaluate: Some(evaluate),
                free: Some(guest::free),
            };

            // SAFETY: the name belongs to this interface, and a library holds one pack.
            #[unsafe(no_mangle)]
            extern "C" fn plangate_pack_v1() -> *const abi::PackTable {
                &raw const TABLE
            }
        };
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Evaluation, PackManifest, abi};

    crate::declare_principle! {
        PRIVACY = "XIII" "Privacy by Design", statuses: [Pass];
        question "ACM1301" "unlisted-personal-data" = Duty "Is all personal data listed?", proof: panics;
    }

    fn panics(_: &crate::evidence::QuestionContext<'_>) -> Result<crate::evidence::Proof, crate::evidence::Missing> {
        panic!("no list")
    }

    fn pack() -> LinkedPack {
        static PRINCIPLES: &[&crate::principle::Principle] = &[&PRIVACY];
        LinkedPack::new(["acme", "1.0.0", "1.0.0", "ACM", "Acme"], PRINCIPLES, &[])
    }

    /// The answer's status and text; its bytes are freed.
    fn taken(answer: Answer) -> (u32, String) {
        // SAFETY: the answer's bytes are there until they are freed below.
        let text = unsafe { std::slice::from_raw_parts(answer.data, answer.length) }.to_vec();
        // SAFETY: the answer comes from a guest of this library, and was not freed.
        unsafe { free(answer) };
        (answer.status, String::from_utf8(text).unwrap())
    }

    fn ask(guest: &Guest, feature: &str, repository: &str, repository_id: u64) -> (u32, String) {
        let text = |text: &str| Text { data: text.as_ptr(), length: text.len() };
        let request = Request { feature: text(feature), repository: text(repository), repository_id };
        // SAFETY: the request and its texts live until the call returns.
        taken(unsafe { guest.evaluate(&raw const request) })
    }

    const FEATURE: &str =
        r#"{"feature":{"documents":[{"kind":"plan","path":"plan.md","state":"provided","text":"P"}]},"answers":{}}"#;

    #[test]
    fn a_manifest_crosses_the_boundary() {
        let (status, text) = taken(Guest::new(pack).manifest());
        assert_eq!(status, abi::ANSWERED, "{text}");
        assert_eq!(serde_json::from_str::<PackManifest>(&text).unwrap().rule_count(), 1);
    }

    #[test]
    fn a_panic_in_a_rule_keeps_its_message() {
        let (status, text) = ask(&Guest::new(pack), FEATURE, "", 0);
        assert_eq!(status, abi::ANSWERED, "{text}");
        let evaluation: Evaluation = serde_json::from_str(&text).unwrap();
        assert_eq!(evaluation.failures[0].1, "pack `acme`: rule ACM1301 panicked: no list");
    }

    #[test]
    fn a_panic_elsewhere_keeps_its_message() {
        let (status, text) = taken(Guest::new(|| panic!("number {}", 13)).manifest());
        assert_eq!((status, text.as_str()), (abi::FAILED, "it panicked: number 13"));
    }

    #[test]
    fn facts_are_read_once_for_their_number() {
        let guest = Guest::new(pack);
        let facts = r#"{"facts":{"paths":["a"]},"sources":{}}"#;
        assert_eq!(ask(&guest, FEATURE, facts, 7).0, abi::ANSWERED);
        assert_eq!(ask(&guest, FEATURE, "not read again", 7).0, abi::ANSWERED);
        let (status, text) = ask(&guest, FEATURE, "{", 8);
        assert!(status == abi::FAILED && text.starts_with("the request of the host can't be read: "), "{text}");
    }

    #[test]
    fn null_pointers_are_refused() {
        let guest = Guest::new(pack);
        // SAFETY: a null request is one that the guest refuses.
        let (status, text) = taken(unsafe { guest.evaluate(std::ptr::null()) });
        assert_eq!((status, text.as_str()), (abi::FAILED, "the host sent no request"));
        let nothing = Text { data: std::ptr::null(), length: 0 };
        let request = Request { feature: nothing, repository: nothing, repository_id: 0 };
        // SAFETY: null texts are ones that the guest refuses.
        let (status, text) = taken(unsafe { guest.evaluate(&raw const request) });
        assert_eq!((status, text.as_str()), (abi::FAILED, "the host sent a null pointer"));
    }
}
