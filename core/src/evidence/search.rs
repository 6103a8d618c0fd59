//! Searches the feature for the indicators of a pack's questions.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

use super::lexicon::Lexicon;
use super::planned::PlannedText;
use super::trace::{Tracer, Traces};
use super::{Concerns, Evidence, Indicators, Missing, Patterns, Proof, QuestionContext, citation, patterns};
use crate::feature::{Document, DocumentKind, Feature, Part, State};
use crate::judgement::Claim;
use crate::plan::Verdict;
use crate::principle::{Applies, Kind, Principle};
use crate::repository::RepositoryFacts;
use crate::source::Span;

/// A question shows at most so many pieces of evidence that its indicators found.
const SHOWN: usize = 3;

/// The documents in which a plan's matters are planned.
const SEARCHED: [(DocumentKind, Option<Part>); 7] = [
    (DocumentKind::Plan, None),
    (DocumentKind::Spec, Some(Part::Spec)),
    (DocumentKind::Tasks, Some(Part::Tasks)),
    (DocumentKind::Research, Some(Part::Research)),
    (DocumentKind::DataModel, Some(Part::DataModel)),
    (DocumentKind::Quickstart, Some(Part::Quickstart)),
    (DocumentKind::Contract, Some(Part::Contracts)),
];

/// The indicators of a pack's questions, compiled once.
#[derive(Debug)]
pub struct Searcher {
    /// What is looked for on behalf of each question, by its id.
    questions: HashMap<Cow<'static, str>, Sought>,
    /// The indicators that support, contradict, or show that a question concerns the repository.
    indicators: Vec<Indicators>,
    terms: Lexicon,
    tracer: Tracer,
    /// The traces in the repository that was searched last: its features share them.
    last: Mutex<Option<Traced>>,
}

/// Indices of one question's indicators.
#[derive(Clone, Copy, Debug)]
struct Sought {
    supports: usize,
    contradicts: Option<usize>,
    /// Files and dependencies, of which each must be there.
    concerns: [Option<usize>; 2],
}

/// The traces of one repository.
#[derive(Debug)]
struct Traced {
    facts: Weak<RepositoryFacts>,
    traces: Arc<[Traces]>,
}

/// What the indicators of a pack found in one feature.
#[derive(Debug)]
pub struct Hits<'a> {
    searcher: &'a Searcher,
    feature: &'a Feature,
    /// What the documents say, by question.
    mentions: Vec<Vec<Evidence>>,
    /// What the repository shows, by question; nothing where nobody looked.
    traces: Option<Arc<[Traces]>>,
}

impl Searcher {
    /// Compiles the indicators of these principles' questions.
    #[must_use]
    pub fn new(principles: &[Principle]) -> Self {
        let mut indicators: Vec<Indicators> = Vec::new();
        let mut add = |sought: Indicators| {
            indicators.push(sought);
            indicators.len() - 1
        };
        let mut questions = HashMap::new();
        for question in principles.iter().flat_map(|principle| principle.questions.iter()) {
            let supports = add(question.indicators.clone());
            let contradicts = (!question.contradicts.is_empty()).then(|| add(question.contradicts.clone()));
            let Applies { files, dependencies, .. } = &question.applies;
            let concerns = [
                Indicators { files: files.clone(), ..Indicators::NONE },
                Indicators { dependencies: dependencies.clone(), ..Indicators::NONE },
            ];
            let concerns = concerns.map(|sought| (!sought.is_empty()).then(|| add(sought)));
            questions.insert(question.id.clone(), Sought { supports, contradicts, concerns });
        }
        let terms = Lexicon::new(patterns(&indicators, |of| &of.terms));
        Self { questions, terms, tracer: Tracer::default(), indicators, last: Mutex::new(None) }
    }

    /// Searches `feature` once for all of them.
    #[must_use]
    pub fn search<'a>(&'a self, feature: &'a Feature) -> Hits<'a> {
        let mut mentions = vec![Vec::new(); self.indicators.len()];
        for document in &feature.documents {
            self.search_document(feature, document, &mut mentions);
        }
        let traces = feature.repository.as_ref().map(|facts| self.traces(facts));
        Hits { searcher: self, feature, mentions, traces }
    }

    /// Finds at most one mention of each question's matter in `document`.
    fn search_document(&self, feature: &Feature, document: &Document, mentions: &mut [Vec<Evidence>]) {
        if document.state != State::Provided || !SEARCHED.iter().any(|(kind, _)| *kind == document.kind) {
            return;
        }
        let mut wanted: Vec<bool> = self
            .indicators
            .iter()
            .zip(mentions.iter())
            .map(|(indicators, found)| found.len() < SHOWN && looks_into(indicators, document.kind))
            .collect();
        let name = shown_name(feature, document);
        if document.kind == DocumentKind::Contract {
            self.terms.find(name, &mut wanted, |found, wanted| {
                wanted[found.question] = false;
                let note = format!("path names `{}`", found.term);
                mentions[found.question].push(Evidence::supports(document.place(Span::default()), note));
            });
        }
        let text = PlannedText::new(document);
        self.terms.find(text.text(), &mut wanted, |found, wanted| {
            let span = Span::new(found.start, found.end);
            if text.plans(span) {
                wanted[found.question] = false;
                let note = format!("`{}` in {name}", found.term);
                mentions[found.question].push(Evidence::supports(document.place(span), note));
            }
        });
    }

    fn traces(&self, facts: &Arc<RepositoryFacts>) -> Arc<[Traces]> {
        // A panic elsewhere leaves the memory as it was: whole.
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = last.as_ref().filter(|known| std::ptr::eq(known.facts.as_ptr(), Arc::as_ptr(facts))) {
            return Arc::clone(&known.traces);
        }
        let traces: Arc<[Traces]> = self.tracer.trace(&self.indicators, facts, &self.terms).into();
        *last = Some(Traced { facts: Arc::downgrade(facts), traces: Arc::clone(&traces) });
        traces
    }
}

impl Hits<'_> {
    /// The proof of one question: its own proof function's evidence, then its indicators'.
    #[must_use]
    pub fn prove(&self, cx: &QuestionContext<'_>) -> Proof {
        let (mut proof, missing) = match cx.question.proof.map(|proof| proof(cx)) {
            Some(Ok(proof)) => (proof, None),
            Some(Err(Missing::Unknown(part))) => (Proof::silent(), Some(part)),
            Some(Err(Missing::Absent(_))) | None => (Proof::silent(), None),
        };
        if let Some(sought) = self.searcher.questions.get(&cx.question.id) {
            self.add_indicators(cx, sought.supports, &mut proof);
            if let Some(index) = sought.contradicts {
                self.add_contradictions(cx, index, &mut proof);
            }
            proof.concerns = self.concerns(sought);
        }
        if let Some(part) = missing.filter(|part| !proof.unknown.contains(part)) {
            proof.unknown.push(part);
        }
        proof
    }

    fn add_indicators(&self, cx: &QuestionContext<'_>, index: usize, proof: &mut Proof) {
        let traces = self.traces.as_ref().map(|traces| &traces[index]);
        let found = self.mentions[index].iter().chain(traces.into_iter().flat_map(Traces::iter));
        for evidence in found.take(SHOWN) {
            if !proof.evidence.iter().any(|known| known.place == evidence.place) {
                proof.evidence.push(evidence.clone());
            }
        }
        // A proof that says itself what is missing says it better.
        let is_silent = proof.contradiction().is_none();
        if is_silent && traces.is_some_and(|traces| traces.iter().next().is_none()) {
            proof.evidence.extend(self.untraced(cx));
        }
        if !proof.is_supported() && proof.contradiction().is_none() {
            proof.evidence.extend(cx.answer.and_then(|answer| citation::cited(self.feature, &answer.rationale)));
        }
        if !proof.is_supported() {
            let unknown = self.unknown_parts(&cx.question.indicators);
            proof.unknown.extend(unknown.into_iter().filter(|part| !proof.unknown.contains(part)).collect::<Vec<_>>());
        }
    }

    /// What the pack's author says contradicts a good answer.
    fn add_contradictions(&self, cx: &QuestionContext<'_>, index: usize, proof: &mut Proof) {
        let good = if cx.question.kind == Kind::Duty { Verdict::Yes } else { Verdict::No };
        if cx.answer.is_none_or(|answer| answer.verdict != good) {
            return;
        }
        let mentions = self.mentions[index].iter().map(|mention| {
            let Evidence { place, note, .. } = mention.clone();
            Evidence::contradicts(place, format!("there is {note}"))
        });
        let traces = self.traces.as_ref().map(|traces| &traces[index]);
        let traces = traces.into_iter().flat_map(Traces::contradictions);
        proof.evidence.extend(mentions.chain(traces).take(SHOWN));
    }

    /// Whether the repository holds what makes the question concern it.
    fn concerns(&self, sought: &Sought) -> Concerns {
        let mut needed = sought.concerns.iter().flatten().peekable();
        match &self.traces {
            _ if needed.peek().is_none() => Concerns::Yes,
            None => Concerns::Unknown,
            Some(traces) if needed.all(|index| traces[*index].iter().next().is_some()) => Concerns::Yes,
            Some(_) => Concerns::No,
        }
    }

    /// A claim that it is there already, of something that always leaves a trace, and there is none.
    fn untraced(&self, cx: &QuestionContext<'_>) -> Option<Evidence> {
        let indicators = &cx.question.indicators;
        let answer = cx.answer.filter(|answer| answer.verdict == Verdict::Yes && indicators.traced)?;
        let facts = self.feature.repository()?;
        let claims = match answer.claim {
            Claim::Existing => true,
            Claim::Unchanged => self.names_matter(&cx.question.id, &answer.rationale),
            Claim::Planned => false,
        };
        // A manifest or workflow that could not be read may hold the trace.
        let read = facts.skipped.is_empty() || (indicators.dependencies.is_empty() && indicators.steps.is_empty());
        (claims && read).then(|| Evidence::contradicts(answer.place.clone(), untraced_note(indicators)))
    }

    /// Whether `text` names the matter of a question by one of its terms.
    fn names_matter(&self, id: &str, text: &str) -> bool {
        let Some(Sought { supports, .. }) = self.searcher.questions.get(id) else { return false };
        let mut wanted = vec![false; self.searcher.indicators.len()];
        wanted[*supports] = true;
        self.searcher.terms.find(text, &mut wanted, |found, wanted| wanted[found.question] = false);
        !wanted[*supports]
    }

    /// The parts that could have held support, and that nobody looked into.
    fn unknown_parts(&self, indicators: &Indicators) -> Vec<Part> {
        let documents = SEARCHED
            .iter()
            .filter(|(kind, _)| !indicators.terms.is_empty() && looks_into(indicators, *kind))
            .filter_map(|(_, part)| *part);
        let looks_at_repository = !(indicators.files.is_empty()
            && indicators.dependencies.is_empty()
            && indicators.steps.is_empty()
            && (indicators.terms.is_empty() || !indicators.documents.is_empty()));
        documents
            .chain(looks_at_repository.then_some(Part::Repository))
            .filter(|part| self.feature.state(*part) == State::Unknown)
            .collect()
    }
}

fn looks_into(indicators: &Indicators, kind: DocumentKind) -> bool {
    indicators.documents.is_empty() || indicators.documents.contains(&kind)
}

/// The document's path as the feature's folder sees it.
fn shown_name<'a>(feature: &Feature, document: &'a Document) -> &'a str {
    let folder = feature.plan_document().path.rsplit_once('/').map_or("", |(folder, _)| folder);
    document.path.strip_prefix(folder).map_or(document.path.as_str(), |path| path.trim_start_matches('/'))
}

/// "no `Dockerfile`, `Containerfile` or `compose.yml` is in the repository"
fn untraced_note(indicators: &Indicators) -> String {
    if let Some(files) = examples(&indicators.files) {
        return format!("no {files} is in the repository");
    }
    if let Some(names) = examples(&indicators.dependencies) {
        return format!("no manifest of the repository names {names}");
    }
    let steps = examples(&indicators.steps).unwrap_or_else(|| "it".to_owned());
    format!("no workflow, hook or script of the repository runs {steps}")
}

/// The first patterns as a person names them: `**/Dockerfile*` is `Dockerfile`.
fn examples(patterns: &Patterns) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for pattern in patterns.iter() {
        let name = pattern.trim_start_matches("**/").trim_matches('*').trim_end_matches('/');
        let name = format!("`{name}`");
        if name.len() > 2 && !name.contains(['*', '{']) && !names.contains(&name) && names.len() < 4 {
            names.push(name);
        }
    }
    let last = names.pop()?;
    Some(if names.is_empty() { last } else { format!("{} or {last}", names.join(", ")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare_principle;
    use crate::diagnostic::Place;
    use crate::evidence::Says;
    use crate::judgement::LocatedAnswer;
    use crate::repository::{Dependency, Manifest, Step, Workflow};

    declare_principle! {
        /// A principle to search for.
        LIMITS = "I" "Limits", statuses: [Pass];

        /// Limits.
        question "TST101" "missing-limit" = Duty "Is there a limit?",
            indicators: Indicators::terms(&["rate limit"]).dependencies(&["*throttl*"]);

        /// Containers.
        question "TST102" "missing-container" = Duty "Is there a container?",
            indicators: Indicators::terms(&["docker"])
                .files(&["Dockerfile", "**/compose*.yml"])
                .steps(&["docker build"])
                .traced();

        /// Events.
        question "TST103" "missing-event" = Duty "Is there an event?",
            indicators: Indicators::terms(&["event"]).only_in(&[DocumentKind::Contract]);
    }

    fn prove(feature: &Feature, question: usize, answer: Option<&LocatedAnswer>) -> Proof {
        let searcher = Searcher::new(std::slice::from_ref(&*LIMITS_OWNED));
        let cx = QuestionContext::new(feature, &LIMITS.questions[question], answer);
        searcher.search(feature).prove(&cx)
    }

    static LIMITS_OWNED: std::sync::LazyLock<Principle> = std::sync::LazyLock::new(|| LIMITS.clone());

    fn notes(proof: &Proof) -> Vec<&str> {
        proof.evidence.iter().map(|evidence| evidence.note.as_str()).collect()
    }

    fn answer(claim: Claim, rationale: &str) -> LocatedAnswer {
        LocatedAnswer {
            verdict: Verdict::Yes,
            rationale: rationale.to_owned(),
            claim,
            place: Place::new("plan.md", Span::new(3, 7)),
            question: Span::default(),
            implied: false,
        }
    }

    #[test]
    fn the_check_and_negations_are_no_support() {
        let plan = "# Plan\n## Constitution Check\n- Is there a rate limit? Yes\n## Summary\nno rate limits\n";
        let feature = Feature::builder().plan(plan).complete().build();
        assert_eq!(prove(&feature, 0, None), Proof { unknown: vec![Part::Repository], ..Proof::silent() });
    }

    #[test]
    fn the_first_mention_of_each_document_supports() {
        let feature = Feature::builder()
            .folder("specs/001-a")
            .plan("# Plan\n## Summary\nRate limiting by Redis, rate limits everywhere\n")
            .spec("# Spec\n- FR-001: requests are rate-limited\n")
            .contract("api.yaml", "x-rateLimit: 5")
            .research("rate limit")
            .build();
        let proof = prove(&feature, 0, None);
        assert_eq!(
            notes(&proof),
            ["`rate limit` in plan.md", "`rate limit` in spec.md", "`rate limit` in research.md"]
        );
        assert_eq!(proof.unknown, []);
        assert_eq!(proof.evidence[1].place.span.text(&feature.documents[1].text), "rate-limited");
    }

    #[test]
    fn the_repository_supports() {
        let mut facts = RepositoryFacts::of_paths(["api/Dockerfile", "specs/002-b/rate-limit.md"]);
        facts.manifests.push(Manifest {
            path: "package.json".to_owned(),
            dependencies: vec![Dependency { name: "@nestjs/throttler".to_owned(), ..Dependency::default() }],
            ..Manifest::default()
        });
        facts.workflows.push(Workflow {
            path: ".github/workflows/ci.yml".to_owned(),
            steps: vec![Step { text: "docker build .".to_owned(), span: Span::new(1, 2) }],
        });
        let feature = Feature::builder().plan("").repository(facts).build();
        assert_eq!(notes(&prove(&feature, 0, None)), ["depends on `@nestjs/throttler`"]);
        let container = prove(&feature, 1, None);
        assert_eq!(notes(&container), ["`api/Dockerfile` is in the repository", "workflow step runs `docker build`"]);
    }

    #[test]
    fn a_claim_without_its_trace_is_contradicted() {
        let feature = Feature::builder().plan("").repository(RepositoryFacts::of_paths(["src/main.rs"])).build();
        let existing = answer(Claim::Existing, "already there");
        let proof = prove(&feature, 1, Some(&existing));
        let contradiction = proof.contradiction().expect("a contradiction");
        assert_eq!(contradiction.note, "no `Dockerfile` is in the repository");
        assert_eq!(contradiction.place, existing.place);
        for quiet in [answer(Claim::Planned, "docker"), answer(Claim::Unchanged, "nothing changes")] {
            assert_eq!(prove(&feature, 1, Some(&quiet)).contradiction(), None);
        }
        let named = answer(Claim::Unchanged, "Docker unchanged");
        assert_eq!(prove(&feature, 1, Some(&named)).evidence[0].says, Says::Contradicts);
    }

    #[test]
    fn terms_may_be_restricted_to_documents() {
        let feature = Feature::builder().plan("").spec("event").contract("b.md", "an event").build();
        let proof = prove(&feature, 2, None);
        assert_eq!(notes(&proof), ["`event` in contracts/b.md"]);
        let feature = Feature::builder().plan("").spec("event").build();
        assert_eq!(prove(&feature, 2, None).unknown, [Part::Contracts]);
    }

    #[test]
    fn features_share_the_traces_of_their_repository() {
        let facts = Arc::new(RepositoryFacts::of_paths(["Dockerfile"]));
        let searcher = Searcher::new(std::slice::from_ref(&*LIMITS_OWNED));
        let first = Feature::builder().plan("a").repository(Arc::clone(&facts)).build();
        let second = Feature::builder().plan("b").repository(facts).build();
        let (first, second) = (searcher.search(&first), searcher.search(&second));
        let (Some(first), Some(second)) = (&first.traces, &second.traces) else { panic!("both have a repository") };
        assert!(Arc::ptr_eq(first, second));
    }
}
