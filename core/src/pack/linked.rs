//! Linked packs: compiled in, registered through `inventory`.

use std::any::Any;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use super::{Evaluation, EvaluationRequest, PackError, PackManifest, PackSource, RulePack};
use crate::evidence::{QuestionContext, Searcher};
use crate::principle::Principle;
use crate::rule::{Rule, RuleContext};

/// What [`register_pack!`](crate::register_pack) submits.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct PackRegistration {
    /// Makes the pack.
    pub make: fn() -> LinkedPack,
}

impl PackRegistration {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(make: fn() -> LinkedPack) -> Self {
        Self { make }
    }
}

inventory::collect!(PackRegistration);

/// Every linked pack, by name.
///
/// A pack crate that stands in Cargo.toml and is never named in code registers nothing: write
/// `use plangate_rules_mvp as _;`.
#[must_use]
pub fn linked_packs() -> Vec<LinkedPack> {
    let mut packs: Vec<LinkedPack> =
        inventory::iter::<PackRegistration>().map(|registration| (registration.make)()).collect();
    packs.sort_by(|a, b| a.manifest.name.cmp(&b.manifest.name));
    packs
}

/// A pack that was compiled in.
#[derive(Clone)]
pub struct LinkedPack {
    manifest: Arc<PackManifest>,
    rules: &'static [&'static dyn Rule],
    searcher: Arc<LazyLock<Searcher, Box<dyn FnOnce() -> Searcher + Send>>>,
}

impl LinkedPack {
    /// A pack of these principles and free-form rules.
    #[must_use]
    pub fn new(
        names: [&'static str; 5],
        principles: &'static [&'static Principle],
        rules: &'static [&'static dyn Rule],
    ) -> Self {
        let [name, version, edition, prefix, title] = names.map(Cow::Borrowed);
        let manifest = Arc::new(PackManifest {
            name,
            version,
            edition,
            prefix,
            title,
            source: PackSource::Linked,
            principles: principles.iter().map(|principle| (*principle).clone()).collect(),
            rules: rules.iter().map(|rule| rule.meta().clone()).collect(),
        });
        let of = Arc::clone(&manifest);
        let make: Box<dyn FnOnce() -> Searcher + Send> = Box::new(move || Searcher::new(&of.principles));
        Self { manifest, rules, searcher: Arc::new(LazyLock::new(make)) }
    }
}

impl std::fmt::Debug for LinkedPack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LinkedPack").field("manifest", &self.manifest).finish_non_exhaustive()
    }
}

impl RulePack for LinkedPack {
    fn manifest(&self) -> &PackManifest {
        &self.manifest
    }

    fn evaluate(&self, request: &EvaluationRequest<'_>) -> Result<Evaluation, PackError> {
        let mut evaluation = answer_questions(&self.manifest, &self.searcher, request);
        for rule in self.rules {
            let meta = rule.meta();
            match guarded(&self.manifest.name, &meta.id, || rule.check(&RuleContext::new(request.feature))) {
                Ok(found) => evaluation.findings.extend(found.into_iter().map(|finding| finding.of_rule(meta))),
                Err(error) => evaluation.failures.push((meta.id.clone(), error.to_string())),
            }
        }
        Ok(evaluation)
    }
}

/// Answers evidence for every question of a pack.
pub(super) fn answer_questions(
    manifest: &PackManifest,
    searcher: &Searcher,
    request: &EvaluationRequest<'_>,
) -> Evaluation {
    let mut evaluation = Evaluation::default();
    let hits = searcher.search(request.feature);
    for question in manifest.principles.iter().flat_map(|principle| principle.questions.iter()) {
        let cx = QuestionContext::new(request.feature, question, request.answers.get(&question.id));
        match guarded(&manifest.name, &question.id, || hits.prove(&cx)) {
            Ok(proof) => evaluation.proofs.push((question.id.clone(), proof)),
            Err(error) => evaluation.failures.push((question.id.clone(), error.to_string())),
        }
    }
    evaluation
}

/// Runs one rule; a panic becomes an error that names it.
pub(crate) fn guarded<T>(pack: &str, rule: &str, run: impl FnOnce() -> T) -> Result<T, PackError> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| PackError::Panicked {
        pack: pack.to_owned(),
        rule: rule.to_owned(),
        message: said(&*panic),
    })
}

/// What a panic said.
pub(super) fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

/// Registers a pack with every program that links its crate.
///
/// ```standalone_crate
/// use plangate_core::{declare_principle, evidence::Indicators, register_pack};
///
/// declare_principle! {
///     /// Data that belongs to people is listed, and kept no longer than needed.
///     pub PRIVACY = "XIII" "Privacy by Design", statuses: [Pass, Attention, NotApplicable];
///
///     /// Personal data that data-model.md does not list.
///     question "ACM1301" "unlisted-personal-data" = Duty "Is all personal data listed in data-model.md?",
///         indicators: Indicators::terms(&["personal data"]);
/// }
/// register_pack! {
///     name: "acme", version: env!("CARGO_PKG_VERSION"), edition: "1.0.0", prefix: "ACM",
///     title: "Acme Principles", principles: [PRIVACY], rules: []
/// }
/// # fn main() {
/// assert!(plangate_core::pack::linked_packs().iter().any(|pack| {
///     use plangate_core::pack::RulePack as _;
///     pack.manifest().name == "acme"
/// }));
/// # }
/// ```
#[macro_export]
macro_rules! register_pack {
    (
        name: $name:expr, version: $version:expr, edition: $edition:expr, prefix: $prefix:expr,
        title: $title:expr, principles: [$($principle:path),* $(,)?], rules: [$($rule:expr),* $(,)?] $(,)?
    ) => {
        /// The pack, for programs that compose their engine by hand.
        #[must_use]
        pub fn pack() -> $crate::pack::LinkedPack {
            static PRINCIPLES: &[&$crate::principle::Principle] = &[$(&$principle),*];
            static RULES: &[&dyn $crate::rule::Rule] = &[$(&$rule),*];
            $crate::pack::LinkedPack::new([$name, $version, $edition, $prefix, $title], PRINCIPLES, RULES)
        }

        $crate::__inventory::submit! { $crate::pack::PackRegistration::new(pack) }
    };
}
