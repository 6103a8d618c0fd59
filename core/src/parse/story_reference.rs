//! How documents name a user story and its priority: "User Story 2", "US-2", "(Priority: P1)", in any
//! of the languages that the formats page counts.

use crate::matching::contains_any;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::keyed::folded;

/// Names of a user story; a number may follow.
#[rustfmt::skip]
const STORY: &[&str] = &[
    "user story", "user-story", "userstory", "historia de usuario", "historia del usuario", "história de usuário",
    "história do usuário", "historia de usuário", "récit utilisateur", "récit d'utilisateur",
    "histoire utilisateur", "benutzergeschichte", "anwendergeschichte", "nutzergeschichte", "storia utente",
    "historyjka użytkownika", "historia użytkownika", "gebruikersverhaal", "användarberättelse",
    "kullanıcı hikayesi", "пользовательская история", "история пользователя", "ユーザーストーリー", "ユーザストーリー",
    "ユーザー ストーリー", "사용자 스토리", "사용자스토리", "유저 스토리", "유저스토리", "用户故事", "用戶故事", "使用者故事",
];

/// Names that need a number behind them to mean a user story.
const NUMBERED_STORY: &[&str] =
    &["us", "hu", "story", "historia", "história", "récit", "geschichte", "historyjka", "ストーリー", "스토리", "故事"];

/// Words before "user story" that leave it one.
const ADJECTIVES: &[&str] = &["primary", "secondary", "main", "core", "additional", "the"];

/// Every name of a story by its first letter: a name is looked for at each word of every document.
static NAMES: LazyLock<Vec<(char, Names)>> = LazyLock::new(|| {
    let mut names: BTreeMap<char, Names> = BTreeMap::new();
    for word in STORY {
        names.entry(word.chars().next().unwrap_or_default()).or_default().whole.push(word);
    }
    for word in NUMBERED_STORY {
        names.entry(word.chars().next().unwrap_or_default()).or_default().numbered.push(word);
    }
    names.into_iter().collect()
});

/// The names of a story that begin with one letter.
#[derive(Default)]
struct Names {
    whole: Vec<&'static str>,
    numbered: Vec<&'static str>,
}

const PRIORITY: &[&str] = &["prior", "prio:", "优先", "優先", "우선", "приоритет"];

/// Priorities in words, for specs that don't count them.
const PRIORITY_WORDS: &[&str] = &[
    "critical", "highest", "high", "medium", "low", "lowest", "must", "should", "could", "crítica", "alta", "media",
    "média", "baja", "baixa", "haute", "moyenne", "basse", "hoch", "mittel", "niedrig", "wysoki", "średni", "niski",
    "最高", "高", "中", "低", "높음", "중간", "낮음",
];

/// A story as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StoryName<'a> {
    pub(super) number: Option<u32>,
    /// What follows name and number.
    pub(super) rest: &'a str,
}

/// Reads a text that begins with a story's name: "User Story 2 - Vote", "US-2: Vote",
/// "Primary User Story". "User Story Dependencies" is none.
pub(super) fn leading_story(text: &str) -> Option<StoryName<'_>> {
    let mut text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let initial = |text: &str| text.chars().next()?.to_lowercase().next();
    let first = initial(text)?;
    for adjective in ADJECTIVES.iter().filter(|adjective| adjective.starts_with(first)) {
        if let Some(rest) = strip_word(text, adjective).filter(|rest| rest.starts_with(' ')) {
            text = rest.trim_start();
            break;
        }
    }
    let first = initial(text)?;
    let (_, names) = NAMES.iter().find(|(initial, _)| *initial == first)?;
    for word in &names.whole {
        let Some(rest) = strip_word(text, word) else { continue };
        if let Some((number, rest)) = number(rest) {
            return Some(StoryName { number: Some(number), rest });
        }
        let rest = rest.trim_start();
        let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        return ends.then_some(StoryName { number: None, rest });
    }
    names.numbered.iter().find_map(|word| {
        let (number, rest) = number(strip_word(text, word)?)?;
        Some(StoryName { number: Some(number), rest })
    })
}

/// The number in a text that begins with a story's name and number, and what follows it.
pub(crate) fn numbered_story(text: &str) -> Option<(u32, &str)> {
    let StoryName { number, rest } = leading_story(text)?;
    Some((number?, rest))
}

/// The number of the one story that `text` names anywhere; none where it names several.
pub(super) fn only_story(text: &str) -> Option<u32> {
    holds_digit(text).then_some(())?;
    let mut found = None;
    let mut before = ' ';
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        let begins = at >= skip_to && c.is_alphabetic() && (!before.is_alphanumeric() || !before.is_ascii());
        before = c;
        if !begins {
            continue;
        }
        let Some(StoryName { number: Some(number), rest }) = leading_story(&text[at..]) else { continue };
        if found.is_some_and(|known| known != number) || names_more(rest) {
            return None;
        }
        found = Some(number);
        skip_to = text.len() - rest.len();
    }
    found
}

/// "… & 2", "…, 3", "…–5": another number follows at once.
fn names_more(rest: &str) -> bool {
    let rest = rest.trim_start();
    let joined = ["&", "+", ",", "/", "–", "-", "and ", "y ", "e ", "et ", "und ", "、", "と"]
        .iter()
        .find_map(|join| rest.strip_prefix(join));
    joined.is_some_and(|rest| {
        let rest = rest.trim_start_matches([' ', 'U', 'S']);
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        // "User Story 1 - 2 factor login" goes on with words.
        digits > 0 && !rest[digits..].trim_start().starts_with(char::is_alphabetic)
    })
}

/// The story number in a mark such as `US1`, `US-01`, `US 1` or `Story 1`.
pub(super) fn mark_story(inner: &str) -> Option<u32> {
    leading_story(inner)?.number
}

/// Whether a text holds a digit, without which it names no story by a number.
pub(crate) fn holds_digit(text: &str) -> bool {
    text.contains(|c| digit(c).is_some())
}

/// What a digit stands for, full-width ones included.
fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

/// Reads digits behind a story's name, with what usually stands between.
fn number(text: &str) -> Option<(u32, &str)> {
    let start = text.trim_start_matches([' ', '\u{a0}', '#', '-', '_', '–', 'º', '°', '.', '*']);
    let mut value: Option<u32> = None;
    let mut end = 0;
    for (at, c) in start.char_indices() {
        let Some(digit) = digit(c) else { break };
        value = value.unwrap_or(0).checked_mul(10)?.checked_add(digit).filter(|value| *value < 10_000).or(value);
        end = at + c.len_utf8();
    }
    let mut rest = &start[end..];
    // "4.5" and "1a" belong to story 4 and 1.
    if let Some(minor) = rest.strip_prefix('.').filter(|minor| minor.starts_with(|c: char| c.is_ascii_digit())) {
        rest = minor.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let mut letters = rest.chars();
        letters.next();
        if letters.next().is_none_or(|c| !c.is_alphanumeric()) {
            rest = &rest[1..];
        }
    }
    value.map(|value| (value, rest))
}

/// `text` behind `word`, compared without case; a Latin word must end there.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut chars = text.char_indices();
    for expected in word.chars() {
        let (_, c) = chars.next()?;
        let folded = if c.is_ascii() { c.to_ascii_lowercase() == expected } else { c.to_lowercase().eq([expected]) };
        if !folded {
            return None;
        }
    }
    let rest = &text[chars.offset()..];
    let ends = !word.is_ascii() || rest.chars().next().is_none_or(|c| !c.is_alphabetic() || !c.is_ascii());
    ends.then_some(rest)
}

/// Where the priority stands in a heading: `P1` in brackets, behind the word, or between dashes.
/// Words such as "High" count behind the word only.
pub(super) fn heading_priority(heading: &str) -> Option<Range<usize>> {
    let mut found = None;
    for group in brackets(heading) {
        let inner = &heading[group.clone()];
        let named = contains_any(&folded(inner), PRIORITY);
        if let Some(token) = token_or_word(inner, named) {
            let token = group.start + token.start..group.start + token.end;
            if named {
                return Some(token);
            }
            found = Some(token);
        }
    }
    found.or_else(|| behind_priority(heading)).or_else(|| between_dashes(heading))
}

/// The priority in a line such as `**Priority**: P1` or `Priority: High`.
pub(super) fn line_priority(line: &str) -> Option<Range<usize>> {
    let folded = folded(line.get(..floor(line, 64))?);
    let begins = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let reason = ["reason", "rationale", "justif", "理由", "이유", "原因"];
    if !PRIORITY.iter().any(|word| begins.starts_with(word)) {
        return None;
    }
    let name = begins.split([':', '：']).next().unwrap_or_default();
    if contains_any(name, &reason) {
        return None;
    }
    let colon = line.find([':', '：']).map_or(0, |at| at + 1);
    let colon = ceil(line, colon);
    let end = floor(line, colon + 48);
    let token = token_or_word(line.get(colon..end)?, true)?;
    Some(colon + token.start..colon + token.end)
}

/// A heading over a group of stories, such as "P1 – Must have" or "Priority 2".
pub(super) fn group_priority(heading: &str) -> Option<Range<usize>> {
    heading_priority(heading).or_else(|| {
        let token = token(heading)?;
        (token.start == 0 || heading[..token.start].chars().all(|c| !c.is_alphanumeric())).then_some(token)
    })
}

fn behind_priority(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let at = [
        "priority", "prioridad", "prioridade", "priorité", "priorität", "优先级", "優先級", "優先度", "優先順位",
        "우선순위",
    ]
    .iter()
    .find_map(|word| lower.find(word).map(|at| at + word.len()))?;
    let end = floor(text, at + 16);
    let token = token(text.get(at..end)?)?;
    Some(at + token.start..at + token.end)
}

fn between_dashes(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for part in text.split(['-', '–', '—', ':', '：', '|', '·', '/']) {
        let word = part.trim();
        if token(word).is_some_and(|token| token == (0..word.len())) {
            let at = start + (part.len() - part.trim_start().len());
            return Some(at..at + word.len());
        }
        let behind = start + part.len();
        start = behind + text[behind..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// The insides of the bracket groups of `text`, half- and full-width.
pub(super) fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '【' | '［' => open = Some(at + c.len_utf8()),
            ')' | '）' | ']' | '】' | '］' => {
                if let Some(start) = open.take() {
                    groups.push(start..at);
                }
            }
            _ => {}
        }
    }
    groups
}

fn token_or_word(text: &str, words: bool) -> Option<Range<usize>> {
    if let Some(token) = token(text) {
        return Some(token);
    }
    if !words {
        return None;
    }
    let value = text.find([':', '：']).map_or(0, |at| ceil(text, at + 1));
    let start = value + (text[value..].len() - text[value..].trim_start_matches([' ', '*', '：', ':']).len());
    let lower = text[start..].to_lowercase();
    let known = PRIORITY_WORDS.iter().find(|word| {
        lower.strip_prefix(*word).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
    });
    if let Some(word) = known {
        return Some(start..floor(text, start + word.len()));
    }
    // "Priority: 1"
    let digit = text[start..].chars().next().filter(char::is_ascii_digit)?;
    let alone = text[start + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    alone.then_some(start..start + digit.len_utf8())
}

/// `P1` as a word of its own.
fn token(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    (0..bytes.len().saturating_sub(1)).find_map(|at| {
        let opens = matches!(bytes[at], b'P' | b'p') && (at == 0 || !is_word(bytes.get(at - 1)));
        let digits = bytes[at + 1..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let fits = opens && (1..=2).contains(&digits) && !is_word(bytes.get(at + 1 + digits));
        fits.then_some(at..at + 1 + digits)
    })
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_by_name() {
        for (text, expected) in [
            ("User Story 3 - Vote", Some((Some(3), " - Vote"))),
            ("US-12: Vote", Some((Some(12), ": Vote"))),
            ("US1 — Vote", Some((Some(1), " — Vote"))),
            ("🎯 User Story 1", Some((Some(1), ""))),
            ("Historia de Usuario 2 - Votar", Some((Some(2), " - Votar"))),
            ("História de Usuário 2: Votar", Some((Some(2), ": Votar"))),
            ("Récit utilisateur 4", Some((Some(4), ""))),
            ("ユーザーストーリー1 - 投票", Some((Some(1), " - 投票"))),
            ("사용자 스토리 2 - 투표", Some((Some(2), " - 투표"))),
            ("使用者故事 ５ - 投票", Some((Some(5), " - 投票"))),
            ("Primary User Story", Some((None, ""))),
            ("US4.5 x", Some((Some(4), " x"))),
            ("User Stories", None),
            ("User Story Dependencies", None),
            ("使用者故事品質補充", None),
            ("Usage 3", None),
            ("Historial de cambios", None),
        ] {
            assert_eq!(leading_story(text).map(|story| (story.number, story.rest)), expected, "{text}");
        }
    }

    #[test]
    fn only_one_story() {
        for (text, expected) in [
            ("Phase 3: User Story 1 - Vote (Priority: P1)", Some(1)),
            ("Phase 2: Foundational - US4 base", Some(4)),
            ("Phase 3 (US2)", Some(2)),
            ("阶段 3：用户故事 2 - 投票", Some(2)),
            ("フェーズ3: ユーザーストーリー1", Some(1)),
            ("Phase 5: US1 & US2", None),
            ("Phase 5: User Story 1 + 2", None),
            ("User Story 1 - 2 factor login", Some(1)),
            ("Status 3", None),
            ("Polish", None),
        ] {
            assert_eq!(only_story(text), expected, "{text}");
        }
    }

    #[test]
    fn priorities_in_headings() {
        for (text, expected) in [
            ("User Story 1 - Vote (Priority: P1)", Some("P1")),
            ("User Story 1 - Vote （优先级 P0）🎯 MVP", Some("P0")),
            ("User Story 1 - Vote (P2P chat) (Priority: P3 — future)", Some("P3")),
            ("US1 [P2] Vote", Some("P2")),
            ("US1 - P2 - Vote", Some("P2")),
            ("US1 Vote - Priority: P2", Some("P2")),
            ("US1 Vote (Priority: High)", Some("High")),
            ("US1 横切 （所有 P1/P2 都需要）", Some("P1")),
            ("User Story 1 - Resolve P1 incidents", None),
            ("User Story 1 - Vote (Priority: TBD)", None),
        ] {
            assert_eq!(heading_priority(text).map(|range| &text[range]), expected, "{text}");
        }
    }

    #[test]
    fn priorities_in_lines() {
        for (text, expected) in [
            ("**Priority**: P1", Some("P1")),
            ("Priority: High", Some("High")),
            ("**優先度**：P2（必須）", Some("P2")),
            ("**우선순위**: 2", Some("2")),
            ("**Why this priority**: P1 things", None),
            ("**優先度の理由**: P1 だから", None),
            ("**Prioridad**: media", Some("media")),
        ] {
            assert_eq!(line_priority(text).map(|range| &text[range]), expected, "{text}");
        }
    }
}
