//! Writes a draft into a manifest, and keeps what somebody wrote by hand.

use std::collections::{BTreeSet, HashSet};

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use super::super::{ManifestError, ManifestPack, ManifestProblem};
use super::words::slug;
use super::{ConstitutionDraft, DraftPrinciple, DraftQuestion};
use crate::matching::{Words, same_name};
use crate::parse::ordinal_values;

const HEADER: &str = "\
# Written by `plangate pack from-constitution`, to be completed by hand: add to each question what supports a
# principle that is declared passed (evidence), and what shows that it isn't so (contradicts).
# --update takes up an amended constitution. It changes what says `from`, and leaves everything else alone.

";

/// A manifest with a draft in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Merged {
    /// The text of the manifest.
    pub text: String,
    /// What changed, a sentence each: lower case, no full stop.
    pub changes: Vec<String>,
}

/// A new manifest that holds just the draft.
pub(super) fn new(draft: &ConstitutionDraft, prefix: &str) -> String {
    let mut pack = Table::new();
    pack.insert("name", value(&draft.name));
    pack.insert("version", value("0.1.0"));
    if let Some(edition) = &draft.version {
        pack.insert("edition", value(edition));
    }
    pack.insert("prefix", value(prefix));
    pack.insert("title", value(&draft.title));
    pack.insert("questions", value("evidence-only"));
    pack.decor_mut().set_prefix(HEADER);
    let mut document = DocumentMut::new();
    document.insert("pack", Item::Table(pack));
    let mut principles = ArrayOfTables::new();
    Merge { ids: Ids { prefix: prefix.to_owned(), taken: BTreeSet::new() }, ..Merge::default() }
        .principles(draft, &mut principles);
    document.insert("principle", Item::ArrayOfTables(principles));
    document.to_string()
}

/// An older manifest with the draft in it.
pub(super) fn into(draft: &ConstitutionDraft, text: &str, path: &str) -> Result<Merged, ManifestError> {
    ManifestPack::from_toml(text, path)?;
    let refused = |message: &str| ManifestError {
        path: path.to_owned(),
        problems: vec![ManifestProblem { line: 1, column: 1, message: message.to_owned() }],
    };
    let marked = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut document: DocumentMut = marked.parse().map_err(|_| refused("this is no TOML"))?;
    let mut merge = Merge::default();
    if let Some(pack) = document.get_mut("pack").and_then(Item::as_table_like_mut) {
        merge.ids.prefix = pack.get("prefix").and_then(Item::as_str).unwrap_or_default().to_owned();
        let before = pack.get("edition").and_then(Item::as_str).map(str::to_owned);
        if let Some(edition) = draft.version.as_ref().filter(|edition| before.as_ref() != Some(*edition)) {
            let before = before.unwrap_or_else(|| "not said".to_owned());
            merge.changes.push(format!("the edition is {edition}, and was {before}"));
            match pack.get_mut("edition") {
                Some(item) => set(item, edition),
                None => drop(pack.insert("edition", value(edition))),
            }
        }
    }
    let principles = document.get_mut("principle").and_then(Item::as_array_of_tables_mut);
    let principles = principles.ok_or_else(|| refused("write each principle as [[principle]] to have it updated"))?;
    merge.take_names(principles);
    merge.principles(draft, principles);
    let text = document.to_string();
    ManifestPack::from_toml(&text, path)?;
    Ok(Merged { text, changes: merge.changes })
}

/// What is known while a draft is written.
#[derive(Default)]
struct Merge {
    ids: Ids,
    /// Names of rules.
    names: HashSet<String>,
    changes: Vec<String>,
}

#[derive(Default)]
struct Ids {
    prefix: String,
    /// The numbers behind the prefix.
    taken: BTreeSet<u32>,
}

impl Ids {
    fn number(&self, id: &str) -> Option<u32> {
        id.strip_prefix(&self.prefix)?.parse().ok()
    }

    /// The first free id of the principle that ids such as 300 belong to.
    fn next(&mut self, base: u32) -> Option<String> {
        let number = (base + 1..base + 100).find(|number| *number < 10_000 && !self.taken.contains(number))?;
        self.taken.insert(number);
        Some(format!("{}{number:03}", self.prefix))
    }

    /// The hundred of a new principle: its own numeral's, where nobody uses that.
    fn base(&self, ordinal: Option<&str>) -> u32 {
        let free = |base: &u32| self.taken.range(*base..*base + 100).next().is_none();
        let own = ordinal.and_then(|ordinal| ordinal_values(ordinal).first().copied());
        let own = own.filter(|own| (1..100).contains(own)).map(|own| own * 100).filter(free);
        own.or_else(|| (1..100).map(|number| number * 100).find(free)).unwrap_or(9_900)
    }
}

impl Merge {
    /// The ids and names that are there already.
    fn take_names(&mut self, principles: &ArrayOfTables) {
        for question in principles.iter().flat_map(questions_of) {
            self.ids.taken.extend(text_of(question, "id").and_then(|id| self.ids.number(id)));
            self.names.extend(text_of(question, "name").map(str::to_owned));
        }
    }

    fn principles(&mut self, draft: &ConstitutionDraft, principles: &mut ArrayOfTables) {
        let partners = partners(draft, principles);
        for (drafted, partner) in draft.principles.iter().zip(&partners) {
            match partner.and_then(|at| principles.get_mut(at)) {
                Some(table) => self.update(drafted, table),
                None => {
                    let table = self.principle(drafted);
                    self.changes.push(format!("principle \"{}\" is new", drafted.label()));
                    principles.push(table);
                }
            }
        }
        let kept: HashSet<usize> = partners.into_iter().flatten().collect();
        let mut at = 0;
        let known = principles.len() - (draft.principles.len() - kept.len());
        principles.retain(|table| {
            at += 1;
            let stays = at > known || kept.contains(&(at - 1)) || !is_generated(table) || has_own_question(table);
            if !stays {
                self.changes.push(format!("principle \"{}\" is not in the constitution any more", label_of(table)));
            }
            stays
        });
    }

    fn principle(&mut self, drafted: &DraftPrinciple) -> Table {
        let mut table = Table::new();
        if let Some(ordinal) = &drafted.ordinal {
            table.insert("ordinal", value(ordinal));
        }
        table.insert("name", value(&drafted.name));
        if !drafted.statuses.is_empty() {
            table.insert("statuses", value(strings(drafted.statuses.iter().map(|status| status.as_str()))));
        }
        table.insert("from", value(drafted.source.as_str()));
        table.decor_mut().set_prefix("\n");
        let base = self.ids.base(drafted.ordinal.as_deref());
        let questions: Vec<Table> =
            drafted.questions.iter().filter_map(|question| self.question(question, base)).collect();
        if !questions.is_empty() {
            let mut list = ArrayOfTables::new();
            questions.into_iter().for_each(|question| list.push(question));
            table.insert("question", Item::ArrayOfTables(list));
        }
        table
    }

    /// A question of the principle whose ids are `base` and so on; none where no id is left.
    fn question(&mut self, drafted: &DraftQuestion, base: u32) -> Option<Table> {
        let id = self.ids.next(base)?;
        let mut table = Table::new();
        table.insert("id", value(&id));
        table.insert("name", value(self.name(&drafted.text, &id)));
        table.insert("text", value(&drafted.text));
        let mut evidence = InlineTable::new();
        for (key, list) in [("terms", &drafted.terms), ("files", &drafted.files)] {
            if !list.is_empty() {
                evidence.insert(key, Value::Array(strings(list.iter().map(String::as_str))));
            }
        }
        if !evidence.is_empty() {
            table.insert("evidence", value(evidence));
        }
        table.insert("from", value(drafted.source.as_str()));
        table.decor_mut().set_prefix("\n");
        Some(table)
    }

    /// A name that no other rule has.
    fn name(&mut self, text: &str, id: &str) -> String {
        let words = slug(text, 6);
        let words = if words.is_empty() { format!("rule-{}", id.to_lowercase()) } else { words };
        let mut name = words.clone();
        let mut number = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{words}-{number}");
            number += 1;
        }
        name
    }

    fn update(&mut self, drafted: &DraftPrinciple, table: &mut Table) {
        let before = label_of(table);
        if before != drafted.label() {
            self.changes.push(format!("principle \"{before}\" is \"{}\" now", drafted.label()));
            set(&mut table["name"], &drafted.name);
            match &drafted.ordinal {
                Some(ordinal) => set(table.entry("ordinal").or_insert(Item::None), ordinal),
                None => drop(table.remove("ordinal")),
            }
        }
        let ids = questions_of(table).filter_map(|question| self.ids.number(text_of(question, "id")?));
        let base = ids.min().map(|number| number / 100 * 100);
        let base = base.unwrap_or_else(|| self.ids.base(drafted.ordinal.as_deref()));
        let list = table.entry("question").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(list) = list.as_array_of_tables_mut() else { return };
        self.update_questions(drafted, list, base);
        if list.is_empty() {
            table.remove("question");
        }
    }

    fn update_questions(&mut self, drafted: &DraftPrinciple, list: &mut ArrayOfTables, base: u32) {
        let mut kept: HashSet<usize> = HashSet::new();
        let mut fresh = Vec::new();
        let words: Vec<Words> =
            list.iter().map(|known| Words::of(text_of(known, "text").unwrap_or_default())).collect();
        for question in &drafted.questions {
            let asked = Words::of(&question.text);
            let free = |at: &usize| !kept.contains(at);
            let same = (0..words.len()).filter(free).find(|at| words[*at] == asked);
            let near = || {
                let candidates = (0..words.len()).filter(free).filter(|at| list.get(*at).is_some_and(is_generated));
                candidates.map(|at| (words[at].similarity(&asked), at)).filter(|(alike, _)| *alike >= 0.75)
            };
            let partner = same
                .or_else(|| near().reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, at)| at));
            let Some(known) = partner.and_then(|at| list.get_mut(at)) else {
                fresh.push(question);
                continue;
            };
            kept.extend(partner);
            if is_generated(known) && text_of(known, "text") != Some(question.text.as_str()) {
                let id = text_of(known, "id").unwrap_or_default();
                self.changes.push(format!("{id} reads \"{}\" now", question.text));
                set(&mut known["text"], &question.text);
            }
        }
        let mut at = 0;
        list.retain(|known| {
            at += 1;
            let stays = kept.contains(&(at - 1)) || !is_generated(known);
            if !stays {
                let (id, text) = (text_of(known, "id"), text_of(known, "text"));
                let (id, text) = (id.unwrap_or_default(), text.unwrap_or_default());
                self.changes.push(format!("{id} is not in the constitution any more: \"{text}\""));
            }
            stays
        });
        for question in fresh {
            match self.question(question, base) {
                Some(table) => {
                    let id = text_of(&table, "id").unwrap_or_default();
                    self.changes.push(format!("{id} is new: \"{}\"", question.text));
                    list.push(table);
                }
                None => self.changes.push(format!("no id is free for \"{}\"", question.text)),
            }
        }
    }
}

impl DraftPrinciple {
    fn label(&self) -> String {
        label(self.ordinal.as_deref(), &self.name)
    }
}

/// The principle of the manifest that each of the draft is: the same numeral and name, else the same name, else
/// the same numeral of one that was written by the draft before.
fn partners(draft: &ConstitutionDraft, principles: &ArrayOfTables) -> Vec<Option<usize>> {
    type Fits<'a> = &'a dyn Fn(&DraftPrinciple, &Table) -> bool;
    let values = |ordinal: Option<&str>| ordinal.map(ordinal_values).unwrap_or_default();
    let numbered = |drafted: &DraftPrinciple, table: &Table| {
        values(drafted.ordinal.as_deref()) == values(text_of(table, "ordinal"))
    };
    let named = |drafted: &DraftPrinciple, table: &Table| {
        let name = text_of(table, "name").unwrap_or_default();
        same_name(&Words::of_name(&drafted.name), &Words::of_name(name))
    };
    let both = |drafted: &DraftPrinciple, table: &Table| numbered(drafted, table) && named(drafted, table);
    let renamed = |drafted: &DraftPrinciple, table: &Table| {
        drafted.ordinal.is_some() && numbered(drafted, table) && is_generated(table)
    };
    let mut partners = vec![None; draft.principles.len()];
    let mut taken = HashSet::new();
    let passes: [Fits<'_>; 3] = [&both, &named, &renamed];
    for fits in passes {
        for (drafted, partner) in draft.principles.iter().zip(&mut partners) {
            if partner.is_none() {
                *partner =
                    principles.iter().enumerate().position(|(at, table)| !taken.contains(&at) && fits(drafted, table));
                taken.extend(*partner);
            }
        }
    }
    partners
}

fn label(ordinal: Option<&str>, name: &str) -> String {
    ordinal.map_or_else(|| name.to_owned(), |ordinal| format!("{ordinal}. {name}"))
}

fn label_of(principle: &Table) -> String {
    label(text_of(principle, "ordinal"), text_of(principle, "name").unwrap_or_default())
}

/// Whether a draft wrote it: what was written by hand does not say `from`.
fn is_generated(table: &Table) -> bool {
    table.contains_key("from")
}

fn has_own_question(principle: &Table) -> bool {
    questions_of(principle).any(|question| !is_generated(question))
}

fn questions_of(principle: &Table) -> impl Iterator<Item = &Table> {
    principle.get("question").and_then(Item::as_array_of_tables).into_iter().flat_map(ArrayOfTables::iter)
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Item::as_str)
}

/// Sets a string; what stands around it stays.
fn set(item: &mut Item, text: &str) {
    match item.as_value_mut() {
        Some(known) => {
            let decor = known.decor().clone();
            *known = Value::from(text);
            *known.decor_mut() = decor;
        }
        None => *item = value(text),
    }
}

fn strings<'a>(texts: impl Iterator<Item = &'a str>) -> Array {
    texts.collect()
}
