//! A [`Feature`]: a plan with everything that stands around it. Pure data; files are read elsewhere.

mod from_json;
mod plan_model;

use std::ptr;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::document::{Constitution, Contract, DataModel, Research, Spec, Tasks};
use crate::evidence::{Excluded, Missing};
use crate::markdown::{Layout, Markdown};
use crate::parse;
use crate::parse::aliases::Aliases;
use crate::plan::{Plan, Problem};
use crate::repository::RepositoryFacts;
use crate::source::Span;

#[cfg(any(test, feature = "dynamic"))]
pub(crate) use from_json::Shown;

/// How far a feature has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before Phase 0: the plan alone.
    #[default]
    Research,
    /// After Phase 1: data model, contracts or quickstart exist.
    Design,
    /// After Phase 2: tasks.md exists.
    Tasks,
    /// Every task is ticked.
    Delivered,
}

impl Phase {
    /// The word that stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Research => "research",
            Self::Design => "design",
            Self::Tasks => "tasks",
            Self::Delivered => "delivered",
        }
    }
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// plan.md
    Plan,
    /// spec.md
    Spec,
    /// tasks.md
    Tasks,
    /// research.md
    Research,
    /// data-model.md
    DataModel,
    /// quickstart.md
    Quickstart,
    /// A file under contracts/.
    Contract,
    /// `.specify/memory/constitution.md`
    Constitution,
    /// `.specify/templates/plan-template.md`
    PlanTemplate,
}

impl DocumentKind {
    /// The name that messages use.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Plan => "plan.md",
            Self::Spec => "spec.md",
            Self::Tasks => "tasks.md",
            Self::Research => "research.md",
            Self::DataModel => "data-model.md",
            Self::Quickstart => "quickstart.md",
            Self::Contract => "contracts/",
            Self::Constitution => "constitution.md",
            Self::PlanTemplate => "plan-template.md",
        }
    }
}

/// A part of a feature that can be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// spec.md
    Spec,
    /// tasks.md
    Tasks,
    /// research.md
    Research,
    /// data-model.md
    DataModel,
    /// quickstart.md
    Quickstart,
    /// contracts/
    Contracts,
    /// The constitution.
    Constitution,
    /// The plan template.
    PlanTemplate,
    /// The repository's paths, manifests and workflows.
    Repository,
    /// The plan's own text, beyond what its model holds.
    PlanText,
}

/// Whether a document is there. Unknown is not absent: only absence can contradict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its text is here.
    Provided,
    /// It does not exist.
    Absent,
    /// Nobody looked.
    #[default]
    Unknown,
}

impl State {
    /// For what stands in JSON only where it is another.
    pub(crate) fn is_provided(&self) -> bool {
        *self == Self::Provided
    }

    fn provided() -> Self {
        Self::Provided
    }
}

/// The typed model of a document's text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum Model {
    /// Read as text only.
    #[default]
    None,
    /// plan.md
    Plan(Box<Plan>),
    /// spec.md
    Spec(Box<Spec>),
    /// tasks.md
    Tasks(Box<Tasks>),
    /// research.md
    Research(Box<Research>),
    /// data-model.md
    DataModel(Box<DataModel>),
    /// A file under contracts/.
    Contract(Box<Contract>),
    /// constitution.md
    Constitution(Box<Constitution>),
}

impl Model {
    /// What could not be read as it was meant.
    pub(crate) fn problems(&self) -> &[Problem] {
        match self {
            Self::Plan(plan) => &plan.problems,
            Self::Constitution(constitution) => &constitution.problems,
            _ => &[],
        }
    }
}

/// One document of a feature.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "from_json::Written")]
#[non_exhaustive]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// Path relative to the repository's root, with `/`.
    pub path: String,
    /// Whether it is there.
    pub state: State,
    /// Its text; empty unless provided.
    pub text: String,
    /// What the text says, read when somebody first asks. Copies of a document read it once.
    #[cfg_attr(feature = "schema", schemars(with = "Model"))]
    model: Arc<OnceLock<Model>>,
    /// What stands where in the text.
    #[cfg_attr(feature = "schema", schemars(skip))]
    layout: Arc<OnceLock<Arc<Layout>>>,
    /// Where the text plans nothing.
    #[cfg_attr(feature = "schema", schemars(skip))]
    excluded: Arc<OnceLock<Excluded>>,
    /// What went wrong when it was read: bytes that are no UTF-8 (the document is provided all the
    /// same), or why it could not be read (its state is then unknown).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, self.state, &self.path, &self.text) == (other.kind, other.state, &other.path, &other.text)
            && self.problems == other.problems
            && self.model() == other.model()
    }
}

impl Document {
    /// A document with its text; the model is read from it.
    #[must_use]
    pub fn provided(kind: DocumentKind, path: impl Into<String>, text: impl Into<String>) -> Self {
        Self::provided_with(kind, path, text, Aliases::built_in())
    }

    /// A document with its text, whose headings and keys go by these names.
    #[must_use]
    pub fn provided_with(
        kind: DocumentKind,
        path: impl Into<String>,
        text: impl Into<String>,
        aliases: &Aliases,
    ) -> Self {
        let (path, text) = (path.into(), text.into());
        let document = Self { state: State::Provided, text, ..Self::unread(kind, path) };
        // The names are not kept: by names of its own, a text is read now.
        if ptr::eq(aliases, Aliases::built_in()) { document } else { document.with_model(document.read(aliases)) }
    }

    /// What the text says; [`Model::None`] where it is not there.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.model.get_or_init(|| self.read(Aliases::built_in()))
    }

    /// Its Markdown.
    pub(crate) fn markdown(&self) -> Markdown<'_> {
        let layout = self.layout.get_or_init(|| Arc::new(Layout::of(&self.text)));
        Markdown::with(&self.text, Arc::clone(layout))
    }

    /// Where its text plans nothing.
    pub(crate) fn excluded(&self) -> &Excluded {
        self.excluded.get_or_init(|| Excluded::of(self))
    }

    /// The document with a model that does not follow from its text.
    #[must_use]
    pub fn with_model(&self, model: Model) -> Self {
        Self { model: Arc::new(OnceLock::from(model)), ..self.clone() }
    }

    fn read(&self, aliases: &Aliases) -> Model {
        if self.state != State::Provided {
            return Model::None;
        }
        let text = &self.text;
        match self.kind {
            DocumentKind::Plan | DocumentKind::PlanTemplate => {
                let mut plan = parse::read_plan(&self.markdown(), aliases);
                plan.problems.extend(self.problems.iter().cloned());
                Model::Plan(Box::new(plan))
            }
            DocumentKind::Spec => Model::Spec(Box::new(parse::read_spec(&self.markdown()))),
            DocumentKind::Tasks => Model::Tasks(Box::new(parse::read_tasks(&self.markdown()))),
            DocumentKind::Research => Model::Research(Box::new(parse::read_research(&self.markdown()))),
            DocumentKind::DataModel => Model::DataModel(Box::new(parse::read_data_model(&self.markdown()))),
            DocumentKind::Contract => Model::Contract(Box::new(parse::contract(&self.path, text))),
            DocumentKind::Constitution => Model::Constitution(Box::new(parse::constitution(text))),
            DocumentKind::Quickstart => Model::None,
        }
    }

    /// A document that does not exist.
    #[must_use]
    pub fn absent(kind: DocumentKind, path: impl Into<String>) -> Self {
        Self { state: State::Absent, ..Self::unread(kind, path.into()) }
    }

    /// A document that exists and could not be read; `reason` completes "spec.md …", such as
    /// `is a folder`. Its state is unknown: it can't prove anything, nor can its absence.
    #[must_use]
    pub fn unreadable(kind: DocumentKind, path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { problems: vec![Problem::new(reason, Span::default())], ..Self::unread(kind, path.into()) }
    }

    /// Adds what went wrong when it was read.
    #[must_use]
    pub fn with_problems(mut self, problems: impl IntoIterator<Item = Problem>) -> Self {
        let known = self.problems.len();
        self.problems.extend(problems);
        match self.model.get() {
            Some(Model::Plan(plan)) => {
                let mut plan = plan.clone();
                plan.problems.extend(self.problems[known..].iter().cloned());
                self.with_model(Model::Plan(plan))
            }
            _ => self,
        }
    }

    fn unread(kind: DocumentKind, path: String) -> Self {
        let (state, text, problems) = (State::Unknown, String::new(), Vec::new());
        let (model, layout, excluded) = (Arc::default(), Arc::default(), Arc::default());
        Self { kind, path, state, text, model, layout, excluded, problems }
    }

    /// A place in this document.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.path.clone(), span)
    }
}

/// A document together with its model, so that a proof can say where something stands.
#[derive(Debug)]
pub struct Read<'a, T> {
    /// The document.
    pub document: &'a Document,
    /// What it says.
    pub model: &'a T,
}

impl<T> Clone for Read<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Read<'_, T> {}

impl<T> std::ops::Deref for Read<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.model
    }
}

impl<T> Read<'_, T> {
    /// A place in the document.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.document.place(span)
    }
}

/// A plan with everything that stands around it.
///
/// ```
/// use plangate_core::Feature;
/// let feature = Feature::builder().plan("# Implementation Plan: Voting\n").build();
/// assert!(feature.spec().is_err(), "nobody said whether there is a spec.md");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "from_json::WrittenFeature")]
#[non_exhaustive]
pub struct Feature {
    /// The feature's folder, such as `001-voting`; empty for a plan from standard input.
    pub name: String,
    /// How far it has come.
    pub phase: Phase,
    /// Its documents: plan.md first, then in the order of [`DocumentKind`] and path.
    pub documents: Vec<Document>,
    /// The repository around it, where somebody looked.
    pub repository: Option<Arc<RepositoryFacts>>,
    /// Index of the plan in `documents`.
    #[serde(skip)]
    plan: usize,
    /// Whether the plan's text is its own, and not what a model was written as.
    #[serde(skip_serializing_if = "State::is_provided")]
    plan_text: State,
    /// What its headings and keys are called, where that is not what they usually are.
    #[serde(skip)]
    aliases: Option<Arc<Aliases>>,
}

static NO_PLAN: std::sync::LazyLock<Plan> = std::sync::LazyLock::new(Plan::default);

impl Feature {
    /// Makes a feature from texts in memory.
    #[must_use]
    pub fn builder() -> FeatureBuilder {
        FeatureBuilder::default()
    }

    /// A feature of these documents, put into their order; without a plan among them, of an empty one.
    fn of_documents(name: String, mut documents: Vec<Document>, repository: Option<Arc<RepositoryFacts>>) -> Self {
        if !documents.iter().any(|document| document.kind == DocumentKind::Plan) {
            documents.push(Document::provided(DocumentKind::Plan, "plan.md", ""));
        }
        documents.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
        let plan = documents.iter().position(|document| document.kind == DocumentKind::Plan).unwrap_or_default();
        Self { name, phase: Phase::Research, documents, repository, plan, plan_text: State::Provided, aliases: None }
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        match self.plan_document().model() {
            Model::Plan(plan) => plan,
            _ => &NO_PLAN,
        }
    }

    /// What the headings and keys of its plan are called.
    #[must_use]
    pub fn aliases(&self) -> &Aliases {
        self.aliases.as_deref().unwrap_or(Aliases::built_in())
    }

    /// The plan's document.
    #[must_use]
    pub fn plan_document(&self) -> &Document {
        &self.documents[self.plan]
    }

    /// The document at `path`, if its text is what stands in the file, letter by letter.
    pub(crate) fn own_text(&self, path: &str) -> Option<&Document> {
        let written = |document: &&Document| document.kind != DocumentKind::Plan || self.plan_text == State::Provided;
        self.document_at(path).filter(|document| document.problems.is_empty()).filter(written)
    }

    /// Reads the document at `path` anew from another text, and gives back the one before.
    pub(crate) fn rewrite(&mut self, path: &str, text: &str) -> Option<String> {
        let at = self.documents.iter().position(|document| document.path == path)?;
        let kind = self.documents[at].kind;
        let renewed = Document::provided_with(kind, path, text, self.aliases());
        Some(std::mem::replace(&mut self.documents[at], renewed).text)
    }

    /// The document of this kind, provided or absent; the first one of several contracts.
    #[must_use]
    pub fn document(&self, kind: DocumentKind) -> Option<&Document> {
        self.documents.iter().find(|document| document.kind == kind)
    }

    /// The provided document at `path`.
    #[must_use]
    pub fn document_at(&self, path: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.path == path && document.state == State::Provided)
    }

    /// Whether a part is provided, absent or unknown.
    #[must_use]
    pub fn state(&self, part: Part) -> State {
        let kind = match part {
            Part::Repository => {
                return if self.repository.is_some() { State::Provided } else { State::Unknown };
            }
            Part::PlanText => return self.plan_text,
            Part::Spec => DocumentKind::Spec,
            Part::Tasks => DocumentKind::Tasks,
            Part::Research => DocumentKind::Research,
            Part::DataModel => DocumentKind::DataModel,
            Part::Quickstart => DocumentKind::Quickstart,
            Part::Contracts => DocumentKind::Contract,
            Part::Constitution => DocumentKind::Constitution,
            Part::PlanTemplate => DocumentKind::PlanTemplate,
        };
        self.document(kind).map_or(State::Unknown, |document| document.state)
    }

    /// spec.md.
    ///
    /// # Errors
    /// Where it is absent or unknown; the same holds for the methods below.
    pub fn spec(&self) -> Result<Read<'_, Spec>, Missing> {
        self.read(DocumentKind::Spec, Part::Spec, |model| match model {
            Model::Spec(spec) => Some(&**spec),
            _ => None,
        })
    }

    /// tasks.md.
    ///
    /// # Errors
    /// Where it is absent or unknown.
    pub fn tasks(&self) -> Result<Read<'_, Tasks>, Missing> {
        self.read(DocumentKind::Tasks, Part::Tasks, |model| match model {
            Model::Tasks(tasks) => Some(&**tasks),
            _ => None,
        })
    }

    /// research.md.
    ///
    /// # Errors
    /// Where it is absent or unknown.
    pub fn research(&self) -> Result<Read<'_, Research>, Missing> {
        self.read(DocumentKind::Research, Part::Research, |model| match model {
            Model::Research(research) => Some(&**research),
            _ => None,
        })
    }

    /// data-model.md.
    ///
    /// # Errors
    /// Where it is absent or unknown.
    pub fn data_model(&self) -> Result<Read<'_, DataModel>, Missing> {
        self.read(DocumentKind::DataModel, Part::DataModel, |model| match model {
            Model::DataModel(model) => Some(&**model),
            _ => None,
        })
    }

    /// The constitution.
    ///
    /// # Errors
    /// Where it is absent or unknown.
    pub fn constitution(&self) -> Result<Read<'_, Constitution>, Missing> {
        self.read(DocumentKind::Constitution, Part::Constitution, |model| match model {
            Model::Constitution(constitution) => Some(&**constitution),
            _ => None,
        })
    }

    /// The repository's plan template.
    ///
    /// # Errors
    /// Where it is absent or unknown.
    pub fn plan_template(&self) -> Result<Read<'_, Plan>, Missing> {
        self.read(DocumentKind::PlanTemplate, Part::PlanTemplate, |model| match model {
            Model::Plan(plan) => Some(&**plan),
            _ => None,
        })
    }

    /// The files under contracts/.
    ///
    /// # Errors
    /// Where there is none, or nobody looked.
    pub fn contracts(&self) -> Result<Vec<Read<'_, Contract>>, Missing> {
        match self.state(Part::Contracts) {
            State::Unknown => Err(Missing::Unknown(Part::Contracts)),
            State::Absent => Err(Missing::Absent(Part::Contracts)),
            State::Provided => Ok(self
                .documents
                .iter()
                .filter(|document| document.kind == DocumentKind::Contract)
                .filter_map(|document| match document.model() {
                    Model::Contract(model) => Some(Read { document, model: &**model }),
                    _ => None,
                })
                .collect()),
        }
    }

    /// The facts of the repository, where somebody looked.
    #[must_use]
    pub fn repository(&self) -> Option<&RepositoryFacts> {
        self.repository.as_deref()
    }

    fn read<T>(
        &self,
        kind: DocumentKind,
        part: Part,
        pick: impl Fn(&Model) -> Option<&T>,
    ) -> Result<Read<'_, T>, Missing> {
        let Some(document) = self.document(kind) else { return Err(Missing::Unknown(part)) };
        match document.state {
            State::Unknown => Err(Missing::Unknown(part)),
            State::Absent => Err(Missing::Absent(part)),
            State::Provided => {
                pick(document.model()).map(|model| Read { document, model }).ok_or(Missing::Unknown(part))
            }
        }
    }

    /// The phase that the documents speak of: tasks.md gives `tasks`, or `delivered` where every
    /// task is ticked; data-model.md, contracts/ or quickstart.md give `design`; else `research`.
    #[must_use]
    pub fn phase_of_documents(&self) -> Phase {
        let provided = |part| self.state(part) == State::Provided;
        match self.tasks() {
            Ok(tasks) if tasks.all_done() => Phase::Delivered,
            Ok(_) => Phase::Tasks,
            Err(_) if [Part::DataModel, Part::Contracts, Part::Quickstart].into_iter().any(provided) => Phase::Design,
            Err(_) => Phase::Research,
        }
    }
}

/// Makes a [`Feature`] from texts in memory. What is not given is unknown, unless
/// [`FeatureBuilder::complete`] says that it is absent.
#[derive(Clone, Debug)]
pub struct FeatureBuilder {
    name: String,
    folder: Option<String>,
    phase: Option<Phase>,
    documents: Vec<Document>,
    repository: Option<Arc<RepositoryFacts>>,
    complete: bool,
    plan_text: State,
    aliases: Option<Arc<Aliases>>,
}

impl Default for FeatureBuilder {
    fn default() -> Self {
        Self {
            name: String::new(),
            folder: None,
            phase: None,
            documents: Vec::new(),
            repository: None,
            complete: false,
            plan_text: State::Provided,
            aliases: None,
        }
    }
}

impl FeatureBuilder {
    /// The feature's folder, such as `specs/001-voting`; its last part is the feature's name.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<String>) -> Self {
        let folder = folder.into();
        self.name = folder.rsplit('/').next().unwrap_or_default().to_owned();
        self.folder = Some(folder);
        self
    }

    /// The phase; taken from the documents where it is not said.
    #[must_use]
    pub fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// plan.md.
    #[must_use]
    pub fn plan(self, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::Plan, "plan.md", text)
    }

    /// spec.md.
    #[must_use]
    pub fn spec(self, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::Spec, "spec.md", text)
    }

    /// tasks.md.
    #[must_use]
    pub fn tasks(self, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::Tasks, "tasks.md", text)
    }

    /// research.md.
    #[must_use]
    pub fn research(self, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::Research, "research.md", text)
    }

    /// data-model.md.
    #[must_use]
    pub fn data_model(self, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::DataModel, "data-model.md", text)
    }

    /// quickstart.md.
    #[must_use]
    pub fn quickstart(self, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::Quickstart, "quickstart.md", text)
    }

    /// A file under contracts/.
    #[must_use]
    pub fn contract(self, file: &str, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::Contract, &format!("contracts/{file}"), text)
    }

    /// The constitution, at its usual path.
    #[must_use]
    pub fn constitution(self, text: impl Into<String>) -> Self {
        self.document(Document::provided(DocumentKind::Constitution, ".specify/memory/constitution.md", text))
    }

    /// The plan template, at its usual path.
    #[must_use]
    pub fn plan_template(self, text: impl Into<String>) -> Self {
        self.beside(DocumentKind::PlanTemplate, ".specify/templates/plan-template.md", text)
    }

    /// Any document.
    #[must_use]
    pub fn document(mut self, document: Document) -> Self {
        self.documents.push(document);
        self
    }

    /// The repository around the feature.
    #[must_use]
    pub fn repository(mut self, facts: impl Into<Arc<RepositoryFacts>>) -> Self {
        self.repository = Some(facts.into());
        self
    }

    /// What the headings and keys of the plan and of its template are called; documents that are added
    /// later are read by these names.
    #[must_use]
    pub fn aliases(mut self, aliases: Arc<Aliases>) -> Self {
        self.aliases = Some(aliases);
        self
    }

    /// Says that every document which was not given does not exist.
    #[must_use]
    pub fn complete(mut self) -> Self {
        self.complete = true;
        self
    }

    /// The feature.
    #[must_use]
    pub fn build(self) -> Feature {
        let Self { name, folder, phase, mut documents, repository, complete, plan_text, aliases } = self;
        let inside = |file: &str| folder.as_ref().map_or_else(|| file.to_owned(), |folder| format!("{folder}/{file}"));
        for document in &mut documents {
            let beside = !matches!(document.kind, DocumentKind::Constitution | DocumentKind::PlanTemplate);
            if beside && (!document.path.contains('/') || document.path.starts_with("contracts/")) {
                document.path = inside(&document.path);
            }
        }
        if !documents.iter().any(|document| document.kind == DocumentKind::Plan) {
            documents.push(Document::provided(DocumentKind::Plan, inside("plan.md"), ""));
        }
        if complete {
            for (kind, path) in [
                (DocumentKind::Spec, inside("spec.md")),
                (DocumentKind::Tasks, inside("tasks.md")),
                (DocumentKind::Research, inside("research.md")),
                (DocumentKind::DataModel, inside("data-model.md")),
                (DocumentKind::Quickstart, inside("quickstart.md")),
                (DocumentKind::Contract, inside("contracts")),
                (DocumentKind::Constitution, ".specify/memory/constitution.md".to_owned()),
                (DocumentKind::PlanTemplate, ".specify/templates/plan-template.md".to_owned()),
            ] {
                if !documents.iter().any(|document| document.kind == kind) {
                    documents.push(Document::absent(kind, path));
                }
            }
        }
        let mut feature = Feature::of_documents(name, documents, repository);
        feature.aliases = aliases;
        feature.phase = phase.unwrap_or_else(|| feature.phase_of_documents());
        feature.plan_text = plan_text;
        feature
    }

    fn beside(self, kind: DocumentKind, file: &str, text: impl Into<String>) -> Self {
        let aliases = self.aliases.clone();
        self.document(Document::provided_with(kind, file, text, aliases.as_deref().unwrap_or(Aliases::built_in())))
    }
}
