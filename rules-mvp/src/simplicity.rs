//! Principle II, Simplicity & Production Readiness: the simplest thing that works, and a reason for
//! every dependency, pattern and piece of infrastructure.

use plangate_core::declare_principle;
use plangate_core::diagnostic::Place;
use plangate_core::evidence::{Evidence, Indicators, Missing, Proof, QuestionContext};
use plangate_core::feature::{DocumentKind, Phase, State};
use plangate_core::judgement::{Claim, LocatedAnswer};
use plangate_core::plan::{Field, Plan, TechnicalContext};
use plangate_core::repository::RepositoryFacts;

use crate::infrastructure::{Infrastructure, cites_requirement};
use crate::package_item::{self, PackageItem, contains_name};
use crate::passage::{Clause, Passage, is_placeholder};
use crate::path_names::PathNames;
use crate::{answered, architecture};

declare_principle! {
    /// The simplest thing that works, and a reason for all that goes beyond it.
    pub SIMPLICITY = "II" "Simplicity & Production Readiness", statuses: [Pass, Attention];

    /// ## What it finds
    /// A solution that is called the simplest one without a word on why.
    ///
    /// "Alternatives considered" in research.md is the best proof: it shows that a simpler way was
    /// looked at.
    ///
    /// ## Why it matters
    /// A bare "yes" costs nothing. Whoever can't name the simpler way that was rejected, or why there is
    /// none, has not looked for it.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Is the simplest viable solution proposed? **No** - a plug-in system, in case more formats come
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Is the simplest viable solution proposed? **Yes** - one function in the existing exporter
    /// ```
    question "MVP201" "unargued-simplicity" = Duty
        "Is the simplest viable solution proposed?",
        indicators: Indicators::terms(&["simplest", "simpler", "simplicity", "minimal change", "minimal solution", "minimal implementation", "minimal approach", "smallest change", "smallest possible", "alternatives considered", "rejected alternative", "simpler alternative", "YAGNI", "KISS", "over-engineering", "overengineering", "no new abstraction", "no abstraction layer"]),
        proof: unargued_simplicity;

    /// ## What it finds
    /// A dependency that no manifest lists yet and that nothing argues for.
    ///
    /// Each item of *Primary Dependencies* is looked up in the repository's manifests. What is new must be
    /// spoken of in research.md, in Complexity Tracking, in the answer, or where else the feature's
    /// documents give a reason. Languages, platforms, services and what is marked as existing or built
    /// in are no packages.
    ///
    /// ## Why it matters
    /// Every dependency is code that others write and the team answers for: updates, advisories, licences.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Are all external dependencies necessary and justified? **No** - left-pad came with a snippet
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Are all external dependencies necessary and justified? **Yes** - zod checks what users send
    ///
    /// ## Technical Context
    ///
    /// **Primary Dependencies**: Express 4.x (existing), zod 3
    /// ```
    question "MVP202" "unjustified-dependency" = Duty
        "Are all external dependencies necessary and justified?",
        indicators: Indicators::terms(&["no new dependency", "no additional dependency", "no external dependency", "new dependency", "third-party dependency", "standard library only", "dependency decision", "library choice", "library selection"]),
        proof: unjustified_dependency;

    /// ## What it finds
    /// A plan that says that it introduces no architectural pattern, and introduces one: by name, by a new file such as `VoteRepository.ts`, or by a dependency such as an ORM.
    ///
    /// A heading, a denial, "repository root" and what exists already are no pattern. A "yes" needs its row in
    /// Complexity Tracking.
    ///
    /// ## Why it matters
    /// Patterns are the cheapest thing to add and the hardest to take away again. The row makes somebody
    /// write down what the direct way could not do.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Are there any architectural patterns (repositories, ORMs) being introduced? If yes, documented in Complexity Tracking? **No**
    ///
    /// ## Summary
    ///
    /// Store bids in a file, and introduce a repository pattern over it.
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Are there any architectural patterns (repositories, ORMs) being introduced? If yes, documented in Complexity Tracking? **No**
    ///
    /// ## Summary
    ///
    /// Store bids in a file, with no repository pattern over it.
    /// ```
    question "MVP203" "undocumented-pattern" = Disclosure
        "Are there any architectural patterns (repositories, ORMs) being introduced? If yes, documented in Complexity Tracking?",
        indicators: Indicators::terms(&[
            "repository pattern", "ORM", "CQRS", "event sourcing", "microservice", "saga", "unit of work", "mediator",
            "dependency injection", "hexagonal", "ports and adapters", "clean architecture", "onion architecture",
            "domain-driven design", "factory pattern", "strategy pattern", "observer pattern", "outbox pattern",
            "architectural pattern", "design pattern",
        ]),
        proof: undocumented_pattern;

    /// ## What it finds
    /// A database, cache, broker, search engine, orchestrator or monitoring system in *Storage* or *Primary Dependencies* that the repository doesn't have, with no Complexity Tracking row and no requirement for it.
    ///
    /// The reason is a row in Complexity Tracking, or an FR-, NFR- or SC- id: in the answer, in research.md,
    /// or in a requirement that names the system itself.
    ///
    /// ## Why it matters
    /// Infrastructure has to be run, watched, patched and paid for. "For speed" is no requirement; "SC-003:
    /// 95 % of searches answer in 200 ms" is.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Is production infrastructure (databases, caching, monitoring) justified against specific requirements? **Yes** - for speed
    ///
    /// ## Technical Context
    ///
    /// **Storage**: Redis 7
    /// ```
    ///
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-001**: System MUST list open auctions
    /// ```
    ///
    /// ```md,file=research.md
    /// ## Storage
    ///
    /// **Decision**: keep bids
    /// ```
    ///
    /// ```text,repository
    /// src/server.js
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **II. Simplicity & Production Readiness** ✅
    /// - Is production infrastructure (databases, caching, monitoring) justified against specific requirements? **Yes** - Redis shares bids between instances (FR-001)
    ///
    /// ## Technical Context
    ///
    /// **Storage**: Redis 7
    /// ```
    ///
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-001**: System MUST show a bid to every visitor, whichever instance serves them
    /// ```
    ///
    /// ```text,repository
    /// src/server.js
    /// ```
    question "MVP204" "unjustified-infrastructure" = Duty
        "Is production infrastructure (databases, caching, monitoring) justified against specific requirements?",
        indicators: Indicators::terms(&["in-memory storage", "no database", "no new infrastructure", "no infrastructure", "infrastructure decision", "storage decision", "database choice", "caching strategy", "justified infrastructure"])
        .files(&["**/docker-compose*", "**/compose.y*ml", "**/prometheus*", "**/grafana/**", "**/k8s/**", "**/helm/**"]),
        proof: unjustified_infrastructure;
}

/// A decision with alternatives is the best proof; the rest is left to the indicators.
fn unargued_simplicity(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let research = cx.feature.research()?;
    let considered = research.decisions.iter().find_map(|decision| Some((decision, decision.alternatives.as_ref()?)));
    Ok(considered.map_or_else(Proof::silent, |(decision, alternatives)| {
        Proof::supports(
            research.place(alternatives.span),
            format!("alternatives considered for \"{}\"", decision.title),
        )
    }))
}

/// Every new package of *Primary Dependencies* is argued for somewhere.
fn unjustified_dependency(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(answer) = answered::yes(cx).filter(|answer| !is_outdated(cx, answer)) else { return Ok(Proof::silent()) };
    let Some(field) = context(cx).and_then(|context| context.primary_dependencies.as_ref()) else {
        return Ok(Proof::silent());
    };
    let facts = cx.repository()?;
    let plan = cx.plan();
    let new: Vec<PackageItem> = package_item::items(field)
        .into_iter()
        .filter(|item| !item.standing && item.is_package(plan, facts) && !item.is_in(facts))
        .filter(|item| !item.is_named_in(&answer.rationale) && !is_argued_in_plan(cx, item))
        .collect();
    let argued = || Proof::supports(cx.in_plan(field.span), "what is not in a manifest yet is argued for");
    if new.is_empty() {
        return Ok(argued());
    }
    if let Err(missing @ Missing::Unknown(_)) = cx.feature.research() {
        return Err(missing);
    }
    let unargued: Vec<Evidence> = new
        .iter()
        .filter(|item| !is_argued_beside_plan(cx, item))
        .map(|item| {
            let note = format!(
                "`{}` is in no manifest, and research.md, Complexity Tracking and the answer say nothing of it",
                item.display()
            );
            Evidence::contradicts(cx.in_plan(item.span), note)
        })
        .collect();
    if unargued.is_empty() {
        return Ok(argued());
    }
    Ok(answered::contradicted_by(unargued)
        .help("say in research.md or in the answer what the package is needed for, or leave it out"))
}

/// "Nothing new" in a delivered feature was said of a repository that has moved on: what it had then
/// may be gone.
fn is_outdated(cx: &QuestionContext<'_>, answer: &LocatedAnswer) -> bool {
    cx.feature.phase == Phase::Delivered && answer.claim != Claim::Planned
}

/// Whether the plan speaks of the item anywhere but in the lists that merely name it: the Technical
/// Context and the trees.
fn is_argued_in_plan(cx: &QuestionContext<'_>, item: &PackageItem) -> bool {
    let plan = cx.plan();
    let tracked = plan.complexity_tracking.iter().flat_map(|tracking| &tracking.rows).any(|row| {
        [&row.violation, &row.why_needed, &row.simpler_alternative].iter().any(|cell| item.is_named_in(&cell.text))
    });
    let summarised = plan.summary.as_ref().is_some_and(|summary| item.is_named_in(&summary.text));
    let decided = plan
        .project_structure
        .as_ref()
        .and_then(|structure| structure.decision.as_ref())
        .is_some_and(|decision| item.is_named_in(&decision.text));
    tracked || summarised || decided || is_argued_in_check(plan, item)
}

fn is_argued_in_check(plan: &Plan, item: &PackageItem) -> bool {
    let principles = plan.constitution_checks.iter().flat_map(|check| &check.principles);
    principles.into_iter().any(|principle| {
        principle.notes.iter().chain(&principle.statements).any(|text| item.is_named_in(&text.text))
            || principle.questions.iter().any(|question| item.is_named_in(&question.answer.rationale))
    })
}

fn is_argued_beside_plan(cx: &QuestionContext<'_>, item: &PackageItem) -> bool {
    // A spec names no packages; where it does, the word is often an ordinary one, such as "moment".
    let arguing = [DocumentKind::Research, DocumentKind::Constitution];
    let mut documents = cx.feature.documents.iter().filter(|document| arguing.contains(&document.kind));
    documents.any(|document| document.state == State::Provided && item.is_named_in(&document.text))
}

/// The plan introduces no pattern that it denies.
fn undocumented_pattern(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::no(cx).is_none() {
        return Ok(Proof::silent());
    }
    let mut unknown = None;
    let mut found = patterns_in_prose(cx, &mut unknown);
    found.extend(patterns_in_rows(cx));
    found.extend(patterns_in_trees(cx, &mut unknown));
    found.extend(patterns_in_dependencies(cx, &mut unknown));
    match unknown {
        Some(missing) if found.is_empty() => Err(missing),
        _ => Ok(answered::contradicted_by(found)),
    }
}

/// The facts, where they are needed to tell new from old; notes that they are unknown.
fn known_repository<'a>(cx: &QuestionContext<'a>, unknown: &mut Option<Missing>) -> Option<&'a RepositoryFacts> {
    cx.repository().map_err(|missing| *unknown = Some(missing)).ok()
}

fn patterns_in_prose(cx: &QuestionContext<'_>, unknown: &mut Option<Missing>) -> Vec<Evidence> {
    let plan = cx.plan();
    let document = cx.feature.plan_document();
    let decision = plan.project_structure.as_ref().and_then(|structure| structure.decision.as_ref());
    let texts = plan.summary.iter().chain(decision).map(|text| (text.text.as_str(), text.span));
    let fields = context(cx).into_iter().flat_map(|context| {
        context.fields().filter(|(key, _)| *key != "Primary Dependencies").filter_map(|(_, field)| field)
    });
    let mut found = Vec::new();
    let fields = fields.map(|field| (field.text.as_str(), field.span));
    for (text, span) in texts.chain(fields).filter(|(text, _)| !is_placeholder(text)) {
        for clause in Passage::new(document, text, span).clauses() {
            let Some(named) = architecture::named_in(&clause) else { continue };
            let new = match cx.feature.repository() {
                // A delivered feature's files are in the repository too, so a plain "introduce" counts
                // whatever the repository shows.
                _ if named.introduced => true,
                Some(facts) => !named.is_in(facts),
                None => known_repository(cx, unknown).is_some(),
            };
            if new {
                let note = format!("the plan introduces a pattern: {}", named.pattern);
                found.push(Evidence::contradicts(cx.in_plan(clause.span(named.words)), note));
            }
        }
    }
    found
}

/// A row that names a pattern as a violation says that it is introduced.
fn patterns_in_rows(cx: &QuestionContext<'_>) -> Vec<Evidence> {
    let rows = cx.plan().complexity_tracking.iter().flat_map(|tracking| &tracking.rows);
    rows.filter_map(|row| {
        let clauses = Passage::folded(&row.violation.text, row.violation.span).clauses();
        let denied = clauses.iter().any(|clause| clause.denies() || clause.speaks_of_standing());
        if denied || is_placeholder(&row.violation.text) {
            return None;
        }
        let named = clauses.iter().find_map(architecture::tracked_in)?;
        let note = format!("Complexity Tracking justifies a pattern: {named}");
        Some(Evidence::contradicts(cx.in_plan(row.span), note))
    })
    .collect()
}

fn patterns_in_trees(cx: &QuestionContext<'_>, unknown: &mut Option<Missing>) -> Vec<Evidence> {
    let Some(structure) = &cx.plan().project_structure else { return Vec::new() };
    let entries: Vec<_> = structure.source.iter().flat_map(|tree| &tree.entries).collect();
    let planned: Vec<&str> = entries.iter().map(|entry| last_part(&entry.path)).collect();
    let delivered = cx.feature.phase == Phase::Delivered;
    // "No: one more of the repositories that we have" introduces nothing.
    let reuses = cx.answer.is_some_and(|answer| {
        Passage::folded(&answer.rationale, answer.place.span).clauses().iter().any(Clause::speaks_of_standing)
    });
    let mut found = Vec::new();
    for entry in &entries {
        let Some(pattern) = architecture::shown_by(entry) else { continue };
        let marked = architecture::is_marked_new(entry);
        let new = match cx.feature.repository() {
            Some(facts) if pattern.is_in(facts, &planned) => marked && !reuses,
            // What a delivered feature doesn't have under this name, it may have under another.
            Some(facts) => marked || !(delivered || is_in_repository(&entry.path, facts)),
            None => marked || known_repository(cx, unknown).is_some(),
        };
        if new {
            let note = format!("the source tree adds `{}`: {}", entry.path, pattern.name);
            found.push(Evidence::contradicts(cx.in_plan(entry.span), note));
        }
    }
    found
}

fn patterns_in_dependencies(cx: &QuestionContext<'_>, unknown: &mut Option<Missing>) -> Vec<Evidence> {
    let Some(field) = context(cx).and_then(|context| context.primary_dependencies.as_ref()) else { return Vec::new() };
    let mut found = Vec::new();
    for item in package_item::items(field).into_iter().filter(|item| !item.standing) {
        let Some(pattern) = architecture::brought_by(&item) else { continue };
        let new = match cx.feature.repository() {
            Some(facts) => item.would_be_listed(cx.plan(), facts) && !pattern.is_in(facts, &[]) && !item.is_in(facts),
            None => item.new || known_repository(cx, unknown).is_some(),
        };
        if new {
            let note = format!("the new dependency `{}` brings a pattern: {}", item.display(), pattern.name);
            found.push(Evidence::contradicts(cx.in_plan(item.span), note));
        }
    }
    found
}

fn is_in_repository(path: &str, facts: &RepositoryFacts) -> bool {
    facts.paths.index::<PathNames>().has(last_part(path))
}

fn last_part(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// New infrastructure has a row or a requirement.
fn unjustified_infrastructure(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(answer) = answered::yes(cx).filter(|answer| !is_outdated(cx, answer)) else { return Ok(Proof::silent()) };
    let Some(context) = context(cx) else { return Ok(Proof::silent()) };
    if cites_requirement(&answer.rationale) {
        return cited_requirement(cx, &answer.rationale);
    }
    let named = infrastructure_in(cx, context);
    let none =
        || Proof::supports(cx.in_plan(context.span), "the Technical Context names no infrastructure without a reason");
    if named.is_empty() {
        return Ok(none());
    }
    let facts = cx.repository()?;
    if package_item::lists_nothing(cx.plan(), facts) {
        return Ok(Proof::silent());
    }
    let (research, spec) = (document_text(cx, DocumentKind::Research)?, document_text(cx, DocumentKind::Spec)?);
    let unjustified: Vec<Evidence> = named
        .into_iter()
        .filter(|(known, _)| !known.is_in(facts) && !is_tracked(cx.plan(), known))
        .filter(|(known, _)| !is_required(known, research) && !is_required(known, spec))
        .map(|(known, place)| {
            let note = format!(
                "neither Complexity Tracking nor a requirement (FR-, SC-) calls for {}, which is new",
                known.name
            );
            Evidence::contradicts(place, note)
        })
        .collect();
    if unjustified.is_empty() {
        return Ok(none());
    }
    Ok(answered::contradicted_by(unjustified)
        .help("name the requirement in the answer, or add a Complexity Tracking row, or leave it out"))
}

/// The requirement that the answer cites, where spec.md defines it.
fn cited_requirement(cx: &QuestionContext<'_>, rationale: &str) -> Result<Proof, Missing> {
    let spec = cx.feature.spec()?;
    let cited = spec.requirements.iter().find(|known| contains_name(rationale, &known.id));
    Ok(cited.map_or_else(Proof::silent, |known| {
        Proof::supports(spec.place(known.span), format!("the answer names {}", known.id))
    }))
}

/// Words of an item that may never come.
const PERHAPS: &[&str] = &[
    "if", "optional", "optionally", "maybe", "possibly", "alternatively", "opcional", "optionnel", "選用", "可選",
    "可选", "任意",
];

/// The infrastructure of *Storage* and *Primary Dependencies*, each once.
fn infrastructure_in(cx: &QuestionContext<'_>, context: &TechnicalContext) -> Vec<(&'static Infrastructure, Place)> {
    let mut found: Vec<(&'static Infrastructure, Place)> = Vec::new();
    for field in [&context.storage, &context.primary_dependencies].into_iter().flatten().filter(|field| changes(field))
    {
        for item in &field.items {
            let clauses = Passage::new(cx.feature.plan_document(), &item.text, item.span).clauses();
            let standing = clauses.iter().any(Clause::speaks_of_standing);
            if standing
                || clauses.iter().any(|clause| clause.has(PERHAPS))
                || is_placeholder(&item.text)
                || cites_requirement(&item.text)
            {
                continue;
            }
            for clause in &clauses {
                for (known, words) in Infrastructure::named_in(clause) {
                    if !found.iter().any(|(seen, _)| *seen == known) {
                        found.push((known, cx.in_plan(clause.span(words))));
                    }
                }
            }
        }
    }
    found
}

/// "PostgreSQL, no schema changes" adds nothing.
fn changes(field: &Field) -> bool {
    let lower = field.text.to_lowercase();
    let unchanged = ["no new", "unchanged", "no change", "no schema change", "no storage change", "no database change"];
    !lower.starts_with("n/a") && !lower.starts_with("none") && !unchanged.iter().any(|phrase| lower.contains(phrase))
}

fn is_tracked(plan: &Plan, known: &Infrastructure) -> bool {
    plan.complexity_tracking.iter().flat_map(|tracking| &tracking.rows).any(|row| {
        [&row.violation, &row.why_needed, &row.simpler_alternative]
            .iter()
            .any(|cell| known.is_named_in_text(&cell.text))
    })
}

/// Whether a paragraph names both the system and a requirement.
fn is_required(known: &Infrastructure, text: &str) -> bool {
    text.split("\n\n").any(|paragraph| known.is_named_in_text(paragraph) && cites_requirement(paragraph))
}

/// The text of a document; empty where it does not exist.
fn document_text<'a>(cx: &QuestionContext<'a>, kind: DocumentKind) -> Result<&'a str, Missing> {
    let missing = match kind {
        DocumentKind::Research => cx.feature.research().err(),
        _ => cx.feature.spec().err(),
    };
    match missing {
        Some(unknown @ Missing::Unknown(_)) => Err(unknown),
        _ => Ok(cx.feature.document(kind).map_or("", |document| document.text.as_str())),
    }
}

fn context<'a>(cx: &QuestionContext<'a>) -> Option<&'a TechnicalContext> {
    cx.plan().technical_context.as_ref()
}

#[cfg(test)]
mod tests {
    use plangate_core::Feature;
    use plangate_core::plan::{ComplexityRow, ComplexityTracking, ProjectStructure, Text, Tree, TreeEntry, Verdict};

    use super::*;
    use crate::asking::{Asked, contradictions, prove, repository};

    fn field(text: &str) -> Option<Field> {
        let mut field = Field::default();
        field.text = text.to_owned();
        field.items = text.split(", ").map(|item| Text::new(item, Default::default())).collect();
        Some(field)
    }

    fn plan(dependencies: &str, storage: &str) -> Plan {
        let mut context = TechnicalContext::default();
        context.primary_dependencies = field(dependencies);
        context.storage = field(storage);
        let mut plan = Plan::default();
        plan.technical_context = Some(context);
        plan
    }

    fn facts(names: &[&str]) -> RepositoryFacts {
        repository(["package.json", "src/server.js"], "javascript", names)
    }

    fn feature(plan: Plan, names: &[&str], research: &str) -> Feature {
        let feature =
            Feature::builder().plan("").spec("").research(research).repository(facts(names)).complete().build();
        Asked::with_plan(feature, plan)
    }

    fn found(feature: &Feature, id: &str, verdict: Verdict, rationale: &str) -> Vec<String> {
        contradictions(feature, &SIMPLICITY, id, verdict, rationale)
    }

    #[test]
    fn a_new_dependency_without_a_reason_contradicts() {
        let plan = plan("Express 4.x (web server), lodash, zod 3 (new), Redis, React (existing)", "N/A");
        let found = found(
            &feature(plan, &["express"], "We take zod to check input."),
            "MVP202",
            Verdict::Yes,
            "Express serves",
        );
        assert_eq!(
            found,
            ["`lodash` is in no manifest, and research.md, Complexity Tracking and the answer say nothing of it"]
        );
    }

    #[test]
    fn a_reason_in_the_answer_is_enough() {
        let feature = feature(plan("lodash", "N/A"), &["express"], "");
        assert!(found(&feature, "MVP202", Verdict::Yes, "Lodash chunks the list").is_empty());
        assert_eq!(found(&feature, "MVP202", Verdict::Yes, "No new dependencies added").len(), 1);
        assert!(found(&feature, "MVP202", Verdict::No, "").is_empty());
    }

    #[test]
    fn an_unknown_repository_is_not_judged() {
        let feature = Asked::with_plan(Feature::builder().plan("").complete().build(), plan("lodash", ""));
        let proof = prove(&feature, &SIMPLICITY, "MVP202", Verdict::Yes, "", Claim::Planned);
        assert!(matches!(proof, Err(Missing::Unknown(_))));
    }

    #[test]
    fn a_plan_that_adds_nothing_is_left_alone() {
        for text in ["React 18.x, Vite (no new dependencies)", "lodash (already installed)", "Node 20 built-in fs"] {
            let feature = feature(plan(text, ""), &["express"], "");
            assert!(found(&feature, "MVP202", Verdict::Yes, "").is_empty(), "{text}");
        }
    }

    #[test]
    fn a_pattern_in_the_tree_contradicts_a_no() {
        let mut with_tree = plan("", "");
        let mut entry = TreeEntry::default();
        entry.path = "src/VoteRepository.js".to_owned();
        entry.comment = Some("NEW".to_owned());
        let mut tree = Tree::default();
        tree.entries.push(entry);
        let mut structure = ProjectStructure::default();
        structure.source.push(tree);
        with_tree.project_structure = Some(structure);
        let feature = feature(with_tree, &[], "");
        assert_eq!(
            found(&feature, "MVP203", Verdict::No, "plain functions"),
            ["the source tree adds `src/VoteRepository.js`: repository pattern"]
        );
        assert!(found(&feature, "MVP203", Verdict::Yes, "").is_empty());

        let mut old = facts(&[]);
        old.paths.extend(["src/models/PollRepository.js"]);
        let mut feature = feature;
        feature.repository = Some(old.into());
        assert!(found(&feature, "MVP203", Verdict::No, "one more of the existing repositories").is_empty());
        assert_eq!(found(&feature, "MVP203", Verdict::No, "plain functions").len(), 1, "it is marked as new");
    }

    #[test]
    fn a_new_orm_contradicts_a_no() {
        let named =
            |names: &[&str]| found(&feature(plan("Express, TypeORM 0.3", ""), names, ""), "MVP203", Verdict::No, "");
        assert_eq!(named(&["express"]), ["the new dependency `typeorm` brings a pattern: ORM"]);
        assert!(named(&["express", "typeorm"]).is_empty());
    }

    #[test]
    fn new_infrastructure_needs_a_row_or_a_requirement() {
        let feature =
            |research: &str| feature(plan("Express", "PostgreSQL 15, Redis 7 (existing)"), &["express"], research);
        assert_eq!(
            found(&feature(""), "MVP204", Verdict::Yes, "for speed"),
            ["neither Complexity Tracking nor a requirement (FR-, SC-) calls for PostgreSQL, which is new"]
        );
        assert!(found(&feature(""), "MVP204", Verdict::Yes, "bids are kept (FR-003)").is_empty());
        assert!(found(&feature("PostgreSQL keeps bids for FR-003."), "MVP204", Verdict::Yes, "kept").is_empty());
    }

    #[test]
    fn a_row_justifies_infrastructure() {
        let mut plan = plan("", "PostgreSQL 15");
        let mut row = ComplexityRow::default();
        row.violation = Text::new("PostgreSQL", Default::default());
        let mut tracking = ComplexityTracking::default();
        tracking.rows.push(row);
        plan.complexity_tracking = Some(tracking);
        assert!(found(&feature(plan, &[], ""), "MVP204", Verdict::Yes, "kept").is_empty());
    }

    #[test]
    fn infrastructure_that_the_repository_has_is_not_new() {
        let feature = feature(plan("", "PostgreSQL 15"), &["pg"], "");
        assert!(found(&feature, "MVP204", Verdict::Yes, "kept").is_empty());
    }
}
