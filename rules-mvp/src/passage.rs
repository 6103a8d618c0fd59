//! A passage of a document as clauses of words, so that a proof can tell "add a WebSocket endpoint"
//! from "no change to the existing WebSocket". Words only; what they mean is each proof's matter.

use plangate_core::Span;
use plangate_core::feature::Document;

/// Words that open a clause which describes something instead of planning it.
const RELATIVE: &[&str] =
    &["that", "which", "whose", "where", "who", "because", "since", "while", "when", "although", "if", "as"];

/// Words that open a clause of equal rank.
const COORDINATE: &[&str] = &["but", "then"];

/// Words that turn a clause into its opposite.
const DENIALS: &[&str] = &[
    "no", "not", "never", "without", "neither", "nor", "none", "cannot", "don", "doesn", "isn", "aren", "won",
    "instead", "rather", "avoid", "avoids", "avoiding", "remove", "removes", "removing", "removed", "drop", "drops",
    "dropping", "reject", "rejected", "unnecessary", "future", "later", "deferred", "eliminate", "eliminates",
    "eliminating", "disable", "disabled",
];

/// Words that say that something is there already, or stays as it is.
const STANDING: &[&str] = &[
    "existing", "exists", "exist", "already", "unchanged", "current", "currently", "continue", "continues", "keep",
    "keeps", "preserve", "preserves", "preserving", "remain", "remains", "still", "retain", "retains", "maintain",
    "maintains", "reuse", "reuses", "reusing", "reused", "legacy", "present", "inherited", "established", "same",
    "existente", "existentes", "bestehende", "bestehenden", "presente",
];

/// A piece of a document.
pub(crate) struct Passage<'a> {
    text: &'a str,
    /// Where `text` begins in the document; absent where only the folded text is known.
    start: Option<usize>,
    span: Span,
}

/// One word in lower case.
#[derive(Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// Words between two stops.
#[derive(Debug, Default)]
pub(crate) struct Clause {
    pub(crate) words: Vec<Word>,
    /// Opened by a word such as "which".
    pub(crate) relative: bool,
}

impl<'a> Passage<'a> {
    /// The passage at `span`, read from the document itself so that words keep their places.
    /// `folded` serves where the document has no such place: a plan that was given as JSON.
    pub(crate) fn new(document: &'a Document, folded: &'a str, span: Span) -> Self {
        let raw = span.text(&document.text);
        if raw.is_empty() {
            Self { text: folded, start: None, span }
        } else {
            Self { text: raw, start: Some(span.start as usize), span }
        }
    }

    /// A text of its own, whose words all stand at `span`.
    pub(crate) fn folded(text: &'a str, span: Span) -> Self {
        Self { text, start: None, span }
    }

    /// The clauses in order.
    pub(crate) fn clauses(&self) -> Vec<Clause> {
        let mut out = vec![Clause::default()];
        let mut at = 0;
        for chunk in self.text.split_inclusive(char::is_whitespace) {
            let start = at;
            at += chunk.len();
            self.chunk(chunk.trim_end(), start, &mut out);
        }
        out.retain(|clause| !clause.words.is_empty());
        out
    }

    /// Every word in order, stops forgotten.
    pub(crate) fn words(&self) -> Vec<Word> {
        self.clauses().into_iter().flat_map(|clause| clause.words).collect()
    }

    fn chunk(&self, chunk: &str, start: usize, out: &mut Vec<Clause>) {
        if is_dash(chunk) {
            out.push(Clause::default());
            return;
        }
        if is_path(chunk) {
            self.word(chunk, start, out);
            return;
        }
        let mut from = None;
        let mut characters = chunk.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let inner = matches!(character, '.' | '#' | '+' | '_') && from.is_some();
            let joins = inner && (character != '.' || next.is_some_and(char::is_alphanumeric));
            if character.is_alphanumeric() || joins {
                from.get_or_insert(at);
                continue;
            }
            if let Some(from) = from.take() {
                self.word(&chunk[from..at], start + from, out);
            }
            if is_stop(character) {
                out.push(Clause::default());
            }
        }
        if let Some(from) = from {
            self.word(&chunk[from..], start + from, out);
        }
    }

    fn word(&self, word: &str, at: usize, out: &mut Vec<Clause>) {
        let text = word.to_lowercase();
        let relative = RELATIVE.contains(&text.as_str());
        if relative || COORDINATE.contains(&text.as_str()) {
            out.push(Clause { words: Vec::new(), relative });
        }
        let span = match self.start {
            Some(start) => Span::new(start + at, start + at + word.len()),
            None => self.span,
        };
        if let Some(clause) = out.last_mut() {
            clause.words.push(Word { text, span });
        }
    }
}

impl Clause {
    /// Where the words of `phrase` stand one behind the other; a last word also matches its plural.
    pub(crate) fn find(&self, phrase: &[&str]) -> Option<std::ops::Range<usize>> {
        (0..self.words.len()).find(|at| self.starts(*at, phrase)).map(|at| at..at + phrase.len())
    }

    fn starts(&self, at: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(offset, wanted)| {
            self.words.get(at + offset).is_some_and(|word| {
                let last = offset + 1 == phrase.len();
                word.text == *wanted || (last && word.text.strip_suffix('s') == Some(wanted))
            })
        })
    }

    /// Whether one of `words` stands in the clause.
    pub(crate) fn has(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.text.as_str()))
    }

    /// Whether the clause says that something is not so, or not now.
    pub(crate) fn denies(&self) -> bool {
        self.has(DENIALS)
    }

    /// Whether the clause speaks of what is there already.
    pub(crate) fn speaks_of_standing(&self) -> bool {
        self.has(STANDING)
    }

    /// The span from the first word of `range` to its last.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        match self.words.get(range) {
            Some([first, .., last]) => first.span.to(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }
}

/// Whether `word` says that something is there already.
pub(crate) fn is_standing(word: &str) -> bool {
    STANDING.contains(&word)
}

/// Text in square brackets that nobody replaced: the template's, or one like it.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let text = text.trim().trim_matches('`').trim_start_matches('*');
    text.starts_with('[') && !text.contains("](")
}

fn is_dash(chunk: &str) -> bool {
    matches!(chunk, "-" | "–" | "—" | "--" | "→" | "*")
}

fn is_stop(character: char) -> bool {
    matches!(character, ',' | ';' | ':' | '.' | '!' | '?' | '(' | ')' | '—' | '–' | '、' | '。' | '，' | '；')
}

/// `src/api/polls.ts` is one word: what its parts say is a name, not a plan.
fn is_path(chunk: &str) -> bool {
    let inner = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains('/') && (inner.matches('/').count() > 1 || inner.rsplit('/').next().is_some_and(|s| s.contains('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(text: &str) -> Vec<(Vec<String>, bool)> {
        Passage { text, start: Some(0), span: Span::default() }
            .clauses()
            .into_iter()
            .map(|clause| (clause.words.into_iter().map(|word| word.text).collect(), clause.relative))
            .collect()
    }

    #[test]
    fn stops_and_relative_words_part_clauses() {
        assert_eq!(
            clauses("Push votes over Socket.io, which **already** runs."),
            [
                (["push", "votes", "over", "socket.io"].map(str::to_owned).to_vec(), false),
                (["which", "already", "runs"].map(str::to_owned).to_vec(), true),
            ]
        );
    }

    #[test]
    fn a_path_is_one_word() {
        assert_eq!(
            clauses("see contracts/websocket-events.md"),
            [(vec!["see".to_owned(), "contracts/websocket-events.md".to_owned()], false)]
        );
        assert_eq!(clauses("WebSocket/SSE")[0].0, ["websocket", "sse"]);
    }

    #[test]
    fn words_know_their_place() {
        let text = "Ä new WebSocket-based feed";
        let clauses = Passage { text, start: Some(10), span: Span::default() }.clauses();
        let found = clauses[0].find(&["websocket"]).expect("it is there");
        let span = clauses[0].span(found);
        assert_eq!(&text[span.start as usize - 10..span.end as usize - 10], "WebSocket");
    }
}
