//! What a document says without planning it: comments, checks of the constitution, sections on what
//! is out of scope, and negated mentions.

use crate::matching::{Phrases, contains_any};
use crate::source::Span;

/// Sections that restate the constitution instead of planning something.
const CONSTITUTION: &[&str] = &[
    "constitution", "constitución", "constitucion", "constituição", "constituicao", "verfassung", "憲章", "宪章",
    "宪法", "憲法", "헌장", "헌법", "konstytucj", "конституци",
];

/// Words for what the feature leaves out, in headings, labels and sentences.
const OUT_OF_SCOPE: &[&str] = &[
    "out of scope", "out-of-scope", "not in scope", "non-goals", "non goals", "nongoals", "not included", "excluded",
    "exclusions", "won't do", "not planned", "future work", "future enhancements", "future considerations",
    "fuera de alcance", "fuera del alcance", "no incluido", "fora do escopo", "fora de escopo", "não incluído",
    "hors périmètre", "hors scope", "non inclus", "nicht im umfang", "außerhalb des umfangs", "nicht enthalten",
    "範囲外", "スコープ外", "对象外", "不在范围", "範圍外", "范围外", "非目标", "非目標", "범위 외", "제외",
];

/// Lines that Spec Kit's tasks template brings into every feature, and that name a matter by chance.
const BOILERPLATE: &[&str] = &["quickstart.md validation", "quickstart validation", "STOP and VALIDATE"];

/// The spans of `text` in which a mention plans nothing. Linear in the text.
pub(super) fn excluded(text: &str) -> Vec<Span> {
    let mut spans = comments(text);
    spans.extend(excluded_sections(text));
    spans.sort_unstable();
    spans
}

fn comments(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("<!--").map(|found| at + found) {
        let Some(end) = text[start..].find("-->").map(|found| start + found + 3) else { break };
        spans.push(Span::new(start, end));
        at = end;
    }
    spans
}

fn excluded_sections(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut fenced = false;
    let mut at = 0;
    let boilerplate = contains_any(text, BOILERPLATE);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        if boilerplate && contains_any(line, BOILERPLATE) {
            spans.push(Span::new(start, at));
        }
        let Some((level, title)) = heading(trimmed) else { continue };
        if let Some((from, _)) = open.take_if(|(_, above)| level <= *above) {
            spans.push(Span::new(from, start));
        }
        if open.is_none() && is_excluded_title(title) {
            open = Some((start, level));
        }
    }
    spans.extend(open.map(|(from, _)| Span::new(from, text.len())));
    spans
}

/// A heading's level and title. A bold line counts as the lowest level.
fn heading(line: &str) -> Option<(usize, &str)> {
    const BOLD: usize = 7;
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    if (1..=6).contains(&level) && title.starts_with([' ', '\t']) {
        return Some((level, title.trim()));
    }
    let label = line.strip_prefix("**")?.trim_end_matches([':', '：']).strip_suffix("**")?;
    (!label.contains("**")).then(|| (BOLD, label.trim_end_matches([':', '：'])))
}

fn is_excluded_title(title: &str) -> bool {
    const LONGEST: usize = 120;
    if title.len() > LONGEST {
        return false;
    }
    let title = title.to_lowercase();
    let phrases = Phrases::of(&title);
    phrases.any(CONSTITUTION) || phrases.any(OUT_OF_SCOPE)
}

/// Words that deny what follows them.
const NEGATIONS: &[&str] = &[
    "no", "not", "without", "never", "none", "non", "neither", "nor", "lacks", "lacking", "omit", "omits", "omitted",
    "skip", "skips", "skipped", "exclude", "excludes", "excluded", "excluding", "cannot", "don't", "doesn't", "isn't",
    "aren't", "won't", "can't", "needn't", "sin", "ni", "nunca", "tampoco", "ningún", "ninguna", "sem", "não", "nao",
    "nem", "nenhum", "nenhuma", "sans", "pas", "aucun", "aucune", "jamais", "ohne", "kein", "keine", "keinen",
    "keiner", "keines", "keinem", "nicht", "weder", "nie",
];

/// Words behind a negation that take it back: "no more than", "not only".
const LIMITS: &[&str] = &["more", "less", "later", "longer", "only", "just", "fewer", "greater", "earlier"];

/// What denies a mention from behind.
const DENIALS: &[&str] = &[
    "out of scope", "out-of-scope", "not in scope", "not needed", "not required", "not applicable", "not planned",
    "not included", "not implemented", "not necessary", "unnecessary", "not configured", "is not ", "are not ",
    "isn't ", "aren't ", "n/a", "deferred", "no aplica", "no es necesari", "fuera de", "não se aplica", "fora d",
    "hors périmètre", "pas nécessaire", "nicht erforderlich", "nicht nötig", "nicht notwendig", "entfällt",
];

/// Whether the mention at `start..end` is denied by what stands around it. Looks at a small window.
pub(super) fn is_denied(text: &str, start: usize, end: usize) -> bool {
    denied_before(window_before(text, start, 64)) || denied_behind(window_behind(text, end)) || in_label(text, start)
}

fn denied_before(before: &str) -> bool {
    const NEAR: usize = 4;
    let sentence = before.rsplit(['.', ';', '!', '?', ',', '|', ':', '(', '\u{2014}', '→']).next().unwrap_or(before);
    let lower = sentence.to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .collect();
    let near = &words[words.len().saturating_sub(NEAR)..];
    near.iter()
        .enumerate()
        .any(|(index, word)| NEGATIONS.contains(word) && !near.get(index + 1).is_some_and(|next| LIMITS.contains(next)))
}

fn denied_behind(behind: &str) -> bool {
    let lower = behind.to_lowercase().replace('\u{2019}', "'");
    let lower = lower.trim_start_matches(|c: char| c.is_whitespace() || "*`_)|:-\u{2014}\u{2013}\"'=".contains(c));
    let alone = |word: &str| {
        lower.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['*', '`', '_', ' ']);
            rest.is_empty() || rest.starts_with([',', '|', '(', ')', '\u{2014}', '\u{2013}', '-'])
        })
    };
    ["no", "none", "false", "nein", "não", "non"].into_iter().any(alone)
        || (lower.starts_with("not ") && !LIMITS.iter().any(|limit| lower[4..].starts_with(limit)))
        || contains_any(lower, DENIALS)
}

/// "Out of scope: payments, rate limiting": the label denies the whole line.
fn in_label(text: &str, start: usize) -> bool {
    let before = window_before(text, start, 240);
    let line = before.rsplit('\n').next().unwrap_or(before);
    line.split_once([':', '：']).is_some_and(|(label, _)| {
        let label = label.to_lowercase();
        contains_any(&label, OUT_OF_SCOPE)
    })
}

/// Up to `length` bytes before `at`, in the same item or paragraph.
fn window_before(text: &str, at: usize, length: usize) -> &str {
    let mut start = at.saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let window = &text[start..at];
    let lines = window.rmatch_indices('\n').map(|(end, _)| &window[end + 1..]);
    let mut begins = lines.filter(|line| ["\n", "- ", "* ", "#", "  - "].iter().any(|mark| line.starts_with(mark)));
    begins.next().map_or(window, |line| line.strip_prefix('\n').unwrap_or(line))
}

/// The rest of the sentence behind `at`, a small window at most.
fn window_behind(text: &str, at: usize) -> &str {
    let mut end = (at + 40).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[at..end];
    let stop = window.find(['\n', ';', '!', '?']).unwrap_or(window.len());
    let stop = window.find(". ").map_or(stop, |found| found.min(stop));
    &window[..stop]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denies(text: &str, term: &str) -> bool {
        let start = text.find(term).expect("the term");
        is_denied(text, start, start + term.len())
    }

    #[test]
    fn negated_mentions_are_denied() {
        for (text, term) in [
            ("There is no rate limiting.", "rate limiting"),
            ("Runs without CORS", "CORS"),
            ("Out of scope: payments, metrics, alerts", "metrics"),
            ("We do not need a circuit breaker", "circuit breaker"),
            ("Rate limiting: no", "Rate limiting"),
            ("| CORS | Not configured |", "CORS"),
            ("CORS is out of scope here", "CORS"),
            ("Metrics are not required", "Metrics"),
            ("It doesn’t retry", "retry"),
            ("sin copias de backup", "backup"),
            ("sem rate limiting", "rate limiting"),
            ("sans retry", "retry"),
            ("kein Rollback vorgesehen", "Rollback"),
            ("Backup: N/A", "Backup"),
        ] {
            assert!(denies(text, term), "{text}");
        }
    }

    #[test]
    fn other_mentions_are_not() {
        for (text, term) in [
            ("No new service. Rate limiting by Redis", "Rate limiting"),
            ("- no queue\n- retry with backoff", "retry"),
            ("no more than 5 retries", "retries"),
            ("not only CORS but CSP", "CORS"),
            ("A timeout of 5 s", "timeout"),
            ("Rate limit: no more than 5 a minute", "Rate limit"),
        ] {
            assert!(!denies(text, term), "{text}");
        }
    }

    #[test]
    fn lines_of_the_tasks_template_are_excluded() {
        let line = "- [ ] T040 Run quickstart.md validation\n";
        assert_eq!(excluded(&format!("a\n{line}b\n")), [Span::new(2, 2 + line.len())]);
    }

    #[test]
    fn an_unclosed_comment_excludes_nothing() {
        assert!(excluded("<!-- metrics").is_empty());
    }
}
