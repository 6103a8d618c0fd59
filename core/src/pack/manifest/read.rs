//! From the tables of a manifest to a [`PackManifest`].

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use toml::de::DeTable;

use super::table::{At, Log, Table, Wrong, malformed};
use crate::diagnostic::Severity;
use crate::evidence::{Indicators, Patterns, is_glob, is_term};
use crate::feature::DocumentKind;
use crate::pack::{GATE, PackManifest, PackSource, RESERVED, is_kebab_case, is_rule_id, prefix_of};
use crate::parse::ordinal_values;
use crate::plan::Status;
use crate::principle::{Applies, Condition, Kind, Outcomes, Principle, Question, Weight};

const KINDS: &[(&str, Kind)] = &[("scope", Kind::Scope), ("duty", Kind::Duty), ("disclosure", Kind::Disclosure)];

const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];

const WEIGHTS: &[(&str, Weight)] =
    &[("error", Weight::Error), ("warning", Weight::Warning), ("info", Weight::Info), ("off", Weight::Off)];

const STATUSES: &[(&str, Status)] = &[
    ("pass", Status::Pass),
    ("attention", Status::Attention),
    ("blocked", Status::Blocked),
    ("not-applicable", Status::NotApplicable),
];

/// So many terms of a pack can begin with the same letters: all of them are tried wherever these stand.
const MOST_ALIKE: usize = 200;
const OPENING: usize = 4;

/// Whether the pack's questions stand in plans, or are held against what plans declare.
const QUESTIONS: &[(&str, bool)] = &[("in-plan", false), ("evidence-only", true)];

/// What `pack from-constitution` wrote, and may change again.
const SOURCES: &[(&str, ())] = &[("constitution", ()), ("template", ())];

/// The documents in which terms are looked for.
const DOCUMENTS: &[(&str, DocumentKind)] = &[
    ("plan.md", DocumentKind::Plan),
    ("spec.md", DocumentKind::Spec),
    ("tasks.md", DocumentKind::Tasks),
    ("research.md", DocumentKind::Research),
    ("data-model.md", DocumentKind::DataModel),
    ("quickstart.md", DocumentKind::Quickstart),
    ("contracts/", DocumentKind::Contract),
];

/// The pack that `text` describes, or all that is wrong with it.
pub(super) fn manifest(text: &str) -> Result<PackManifest, Vec<Wrong>> {
    let table = DeTable::parse(text).map_err(|error| vec![malformed(&error)])?;
    let log = Log::default();
    let pack = read(Table::new("the file", table.get_ref(), 0, &log), &log);
    let wrong = log.into_wrong();
    match pack {
        Some(pack) if wrong.is_empty() => Ok(pack),
        _ => Err(wrong),
    }
}

fn read(mut file: Table<'_, '_>, log: &Log) -> Option<PackManifest> {
    let header = file.table("pack", "[pack]");
    let principles = file.tables("principle", "[[principle]]");
    if !file.holds("principle") {
        log.add(0, "the pack has no principle; write one as [[principle]]");
    }
    file.finish();
    let Some(header) = header else {
        log.add(0, "there is no [pack]; it names the pack, its version and the prefix of its ids");
        return None;
    };
    let header = Header::read(header, log);
    let mut reader = Reader {
        log,
        header: &header,
        ids: HashMap::new(),
        names: HashMap::new(),
        conditions: Vec::new(),
        openings: RefCell::default(),
    };
    let principles = principles.into_iter().map(|table| reader.principle(table)).collect();
    reader.check_conditions();
    let manifest = PackManifest {
        title: header.title.unwrap_or_else(|| default_title(&header.name)).into(),
        edition: header.edition.unwrap_or_else(|| header.version.clone()).into(),
        name: header.name.into(),
        version: header.version.into(),
        prefix: header.prefix.into(),
        source: PackSource::Manifest,
        principles: unrepeated(principles, log),
        rules: Vec::new(),
    };
    Some(manifest)
}

/// "acme" is "Acme Principles".
fn default_title(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{} Principles", letters.as_str())
}

/// What `[pack]` says.
struct Header {
    name: String,
    version: String,
    edition: Option<String>,
    prefix: String,
    title: Option<String>,
    evidence_only: bool,
}

impl Header {
    fn read(mut table: Table<'_, '_>, log: &Log) -> Self {
        let name = table.required("name", "\"acme\"");
        let version = table.required("version", "\"1.0.0\"");
        let prefix = table.required("prefix", "\"ACM\"");
        let edition = table.string("edition");
        let title = table.string("title");
        let questions = table.word("questions", QUESTIONS);
        table.finish();
        if let Some(name) = name.as_ref().filter(|name| !is_kebab_case(&name.value)) {
            log.add(name.at, format!("the pack's name \"{}\" is not kebab-case, such as \"acme\"", name.value));
        }
        if let Some(name) = name.as_ref().filter(|name| RESERVED.contains(&name.value.as_str())) {
            log.add(name.at, format!("the name \"{}\" is one that reports use already; choose another", name.value));
        }
        if let Some(prefix) = &prefix {
            if prefix.value == GATE {
                log.add(prefix.at, "`PLN` is the prefix of the gate rules; choose another");
            } else if !(2..=8).contains(&prefix.value.len()) || !prefix.value.bytes().all(|c| c.is_ascii_uppercase()) {
                let message = format!("the prefix \"{}\" is not two to eight capital letters", prefix.value);
                log.add(prefix.at, message);
            }
        }
        let text = |text: Option<At<String>>| text.map(|text| text.value);
        Self {
            name: text(name).unwrap_or_default(),
            version: text(version).unwrap_or_default(),
            edition: text(edition),
            prefix: text(prefix).unwrap_or_default(),
            title: text(title),
            evidence_only: questions.is_some_and(|questions| questions.value),
        }
    }
}

/// What is known of the pack while its questions are read.
struct Reader<'a> {
    log: &'a Log,
    header: &'a Header,
    /// The kind of each question, by id.
    ids: HashMap<String, Kind>,
    names: HashMap<String, String>,
    /// What `when` names, checked once every question is known.
    conditions: Vec<At<String>>,
    /// How many terms begin with the same letters.
    openings: RefCell<HashMap<String, usize>>,
}

impl Reader<'_> {
    fn principle(&mut self, mut table: Table<'_, '_>) -> At<Principle> {
        let name = table.required("name", "\"Privacy by Design\"");
        let ordinal = table.string("ordinal");
        let statuses = table.words("statuses", STATUSES);
        let questions = table.tables("question", "[[principle.question]]");
        table.word("from", SOURCES);
        let at = name.as_ref().map_or(table.at, |name| name.at);
        table.finish();
        if let Some(ordinal) = ordinal.as_ref().filter(|ordinal| ordinal_values(&ordinal.value).is_empty()) {
            self.log.add(ordinal.at, format!("`ordinal` is no numeral: \"{}\"", ordinal.value));
        }
        let questions: Vec<Question> = questions.into_iter().filter_map(|table| self.question(table)).collect();
        let value = Principle {
            ordinal: ordinal.map(|ordinal| ordinal.value).unwrap_or_default().into(),
            name: name.map(|name| name.value).unwrap_or_default().into(),
            statuses: Cow::Owned(statuses.into_iter().map(|status| status.value).collect()),
            questions: Cow::Owned(questions),
        };
        At { value, at }
    }

    fn question(&mut self, mut table: Table<'_, '_>) -> Option<Question> {
        let id = table.required("id", &format!("\"{}101\"", self.header.prefix));
        let name = table.required("name", "\"unlisted-personal-data\", the fault in kebab-case");
        let text = table.required("text", "\"Is all personal data listed in data-model.md?\"");
        let kind = table.word("kind", KINDS).map_or(Kind::Duty, |kind| kind.value);
        let when = table.string("when");
        let docs = table.string("docs").map(|docs| docs.value).unwrap_or_default();
        let severity = table.word("severity", SEVERITIES).map_or(Severity::Error, |severity| severity.value);
        let evidence = table.table("evidence", "evidence").map(|evidence| self.indicators(evidence));
        let contradicts = table.table("contradicts", "contradicts").map(|table| self.contradictions(table));
        let applies = table.table("applies", "applies").map(|applies| self.applies(applies)).unwrap_or_default();
        let outcomes = table.table("outcomes", "outcomes");
        let indicators = evidence.unwrap_or_default();
        let outcomes = self.outcomes(outcomes, indicators.is_empty());
        table.word("from", SOURCES);
        table.finish();
        let (id, name, text) = (id?, name?, text?);
        self.check_id(&id, kind);
        self.check_name(&name, &id.value);
        let when = when.map(|when| {
            self.conditions.push(when.clone());
            Condition::Scope(when.value.into())
        });
        Some(Question {
            id: id.value.into(),
            name: name.value.into(),
            kind,
            when,
            text: text.value.into(),
            docs: docs.into(),
            severity,
            indicators,
            contradicts: contradicts.unwrap_or_default(),
            applies,
            outcomes,
            evidence_only: self.header.evidence_only,
            proof: None,
        })
    }

    fn indicators(&self, mut table: Table<'_, '_>) -> Indicators {
        let terms = table.strings("terms");
        let files = table.strings("files");
        let dependencies = table.strings("dependencies");
        let steps = table.strings("steps");
        let documents = table.words("in", DOCUMENTS);
        let traced = table.flag("traced").unwrap_or_default();
        table.finish();
        for term in terms.iter().chain(&steps) {
            if is_term(&term.value) {
                self.count_opening(term);
            } else {
                self.log.add(term.at, format!("\"{}\" holds no word to look for", term.value));
            }
        }
        Indicators {
            terms: patterns(terms),
            files: self.globs(files),
            dependencies: patterns(dependencies),
            steps: patterns(steps),
            documents: Cow::Owned(documents.into_iter().map(|document| document.value).collect()),
            traced,
        }
    }

    /// Refuses a term where too many others begin alike; that is told once.
    fn count_opening(&self, term: &At<String>) {
        let letters = term.value.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
        let opening: String = letters.take(OPENING).collect();
        let mut openings = self.openings.borrow_mut();
        let count = openings.entry(opening).or_insert(0);
        *count += 1;
        if *count == MOST_ALIKE + 1 {
            let message = format!("\"{}\" begins as {MOST_ALIKE} other terms of the pack do; leave it out", term.value);
            self.log.add(term.at, message);
        }
    }

    /// A term alone never contradicts, unless the author says in which documents it does.
    fn contradictions(&self, table: Table<'_, '_>) -> Indicators {
        let at = table.at;
        let sought = self.indicators(table);
        if !sought.terms.is_empty() && sought.documents.is_empty() {
            self.log.add(
                at,
                "a term alone contradicts nothing; say with `in` in which documents it does, such as in = [\"data-model.md\"]",
            );
        }
        if sought.traced {
            self.log.add(
                at,
                "`traced` belongs into `evidence`: there a claim of \"already\" without a trace is contradicted",
            );
        }
        sought
    }

    fn applies(&self, mut table: Table<'_, '_>) -> Applies {
        let files = table.strings("files");
        let dependencies = table.strings("dependencies");
        let languages = table.strings("languages");
        table.finish();
        let languages = languages.into_iter().map(|language| language.map(|name| name.to_lowercase()));
        Applies {
            files: self.globs(files),
            dependencies: patterns(dependencies),
            languages: patterns(languages.collect()),
        }
    }

    fn globs(&self, globs: Vec<At<String>>) -> Patterns {
        for glob in globs.iter().filter(|glob| !is_glob(&glob.value)) {
            self.log.add(glob.at, format!("\"{}\" is no glob over paths, such as \"docs/**\"", glob.value));
        }
        patterns(globs)
    }

    /// Where nothing is looked for, nothing can be unsupported.
    fn outcomes(&self, table: Option<Table<'_, '_>>, nothing_sought: bool) -> Outcomes {
        let mut outcomes = Outcomes::default();
        if let Some(mut table) = table {
            let unsupported = table.word("unsupported", WEIGHTS);
            outcomes.unsupported = unsupported.as_ref().map(|weight| weight.value);
            outcomes.unexplained = table.word("unexplained", WEIGHTS).map(|weight| weight.value);
            table.finish();
            if let Some(unsupported) = unsupported.filter(|weight| nothing_sought && weight.value != Weight::Off) {
                self.log.add(unsupported.at, "nothing can be `unsupported` without `evidence` to look for");
            }
        }
        if nothing_sought {
            outcomes.unsupported = Some(Weight::Off);
        }
        outcomes
    }

    fn check_id(&mut self, id: &At<String>, kind: Kind) {
        let prefix = &self.header.prefix;
        if !is_rule_id(&id.value) {
            let message = format!(
                "the id \"{}\" is not capital letters and three or four digits, such as \"{prefix}101\"",
                id.value
            );
            self.log.add(id.at, message);
        } else if prefix_of(&id.value) != prefix {
            self.log.add(id.at, format!("the id \"{}\" does not begin with the pack's prefix \"{prefix}\"", id.value));
        }
        if self.ids.insert(id.value.clone(), kind).is_some() {
            self.log.add(id.at, format!("the id \"{}\" is another question's already", id.value));
        }
    }

    fn check_name(&mut self, name: &At<String>, id: &str) {
        if !is_kebab_case(&name.value) {
            self.log.add(
                name.at,
                format!("the name \"{}\" is not kebab-case, such as \"unlisted-personal-data\"", name.value),
            );
        }
        if let Some(other) = self.names.insert(name.value.clone(), id.to_owned()) {
            self.log.add(name.at, format!("the name \"{}\" is {other}'s already", name.value));
        }
    }

    /// A condition may name another pack's scope question; one of this pack must be there.
    fn check_conditions(&self) {
        for when in &self.conditions {
            let own = prefix_of(&when.value) == self.header.prefix;
            match self.ids.get(&when.value) {
                _ if !is_rule_id(&when.value) => {
                    self.log.add(
                        when.at,
                        format!("`when` names a scope question by its id, and \"{}\" is none", when.value),
                    );
                }
                Some(Kind::Scope) => {}
                Some(_) => self.log.add(when.at, format!("`when` names {}, which is no scope question", when.value)),
                None if own => {
                    self.log.add(when.at, format!("`when` names {}, which the pack doesn't have", when.value));
                }
                None => {}
            }
        }
    }
}

fn patterns(texts: Vec<At<String>>) -> Patterns {
    Patterns::Owned(texts.into_iter().map(|text| text.value).collect())
}

/// The principles, each of which has a numeral or a name of its own.
fn unrepeated(principles: Vec<At<Principle>>, log: &Log) -> Vec<Principle> {
    let mut known = HashSet::new();
    for principle in principles.iter().filter(|principle| !principle.value.name.is_empty()) {
        let label = principle.value.label();
        if !known.insert(label.to_lowercase()) {
            log.add(principle.at, format!("the principle \"{label}\" stands twice"));
        }
    }
    principles.into_iter().map(|principle| principle.value).collect()
}
