//! Puts a question that the plan leaves out beside those that it restates, unanswered.

use super::JudgedQuestion;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::feature::Document;
use crate::source::Span;

/// The fix that adds the question `text` as a bullet of its own: behind the question that stands
/// before it in the pack, or else in front of the first one that the plan restates.
pub(super) fn fix(
    document: &Document,
    text: &str,
    before: &[JudgedQuestion],
    behind: &[JudgedQuestion],
) -> Option<Fix> {
    let plan = document.text.as_str();
    let bullet = |judged: &JudgedQuestion| Bullet::of(plan, restated(judged)?);
    let (at, new) = match before.iter().rev().find_map(bullet) {
        Some(bullet) => (bullet.end, format!("\n{}{text}", bullet.marker)),
        None => {
            let bullet = behind.iter().find_map(bullet)?;
            (bullet.start, format!("{}{text}\n", bullet.marker))
        }
    };
    Some(Fix {
        applicability: Applicability::Safe,
        description: "Add the question, to be answered".to_owned(),
        edits: vec![Edit { place: document.place(Span::at(at)), text: new }],
    })
}

/// Where the plan restates a question.
fn restated(judged: &JudgedQuestion) -> Option<Span> {
    judged.answer.as_ref().filter(|answer| !answer.implied).map(|answer| answer.question)
}

/// The bullet that restates a question.
struct Bullet {
    /// Where its first line begins.
    start: usize,
    /// Where its last line ends, before the line break.
    end: usize,
    /// Its indentation and its mark; a box of it unticked.
    marker: String,
}

impl Bullet {
    fn of(plan: &str, question: Span) -> Option<Self> {
        let range = question.range();
        let content = plan.get(range.clone())?;
        let start = plan[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let marker = &plan[start..range.start];
        if !matches!(marker.trim(), "-" | "*" | "+") {
            return None;
        }
        let is_box = |text: &str| matches!(text.as_bytes(), [b'[', _, b']', ..]);
        let marker = if is_box(content) { format!("{marker}[ ] ") } else { marker.to_owned() };
        let last = range.end.checked_sub(1)?;
        let end = plan.get(last..)?.find('\n').map_or(plan.len(), |at| last + at);
        let end = start + plan[start..end].trim_end().len();
        Some(Self { start, end, marker })
    }
}
