//! PLN302: the plan's date.

use crate::date;
use crate::diagnostic::{Applicability, Edit, Finding, Fix};
use crate::gate::{GateContext, gate_rule};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A **Date** that is not written as an ISO date, or that is no day of the calendar. What stands
    /// behind an ISO date, such as "(revised)", is fine.
    ///
    /// ## Why it matters
    /// The plan's day is compared with the constitution's amendments. `01/02/2026` is January to one
    /// reader and February to another.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Date**: November 2, 2026
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// **Branch**: `001-example` | **Date**: 2026-11-02 (revised)
    /// ```
    MALFORMED_DATE = "PLN302" "malformed-date", Warning, fixable;
    malformed_date
}

fn malformed_date(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(written) = &cx.plan().metadata.date else { return Vec::new() };
    let text = written.text.trim();
    if text.is_empty() || text.starts_with('[') {
        return Vec::new();
    }
    let help = "write the day on which the plan was made, as 2026-01-31";
    // The dates are sought in the plan's own bytes, so that a fix replaces nothing else.
    let raw = written.span.text(cx.text());
    let raw = if raw.is_empty() { text } else { raw };
    let Some(found) = date::find(raw) else {
        return vec![cx.finding(written.span, format!("`{text}` is no day of the calendar")).help(help)];
    };
    if found.iso {
        return Vec::new();
    }
    let start = written.span.start as usize;
    let span = Span::new(start + found.span.start as usize, start + found.span.end as usize);
    let iso = found.date.to_string();
    let fix = Fix {
        applicability: Applicability::Safe,
        description: format!("Write it as {iso}"),
        edits: vec![Edit { place: cx.place(with_weekday(cx.text(), written.span, span)), text: iso }],
    };
    vec![cx.finding(written.span, format!("`{text}` is not an ISO date")).help(help).fix(fix)]
}

/// A weekday before the date, and a counter such as 日 behind it, are a part of it.
fn with_weekday(text: &str, whole: Span, date: Span) -> Span {
    let before = text.get(whole.range().start..date.range().start).unwrap_or_default();
    let only_a_day = before.trim_end().ends_with([',', '.']) && before.split_whitespace().count() == 1;
    let behind = text.get(date.range().end..whole.range().end).unwrap_or_default();
    let counter = behind.chars().next().filter(|c| matches!(c, '日' | '일')).map_or(0, char::len_utf8);
    let start = if only_a_day { whole.range().start } else { date.range().start };
    Span::new(start, date.range().end + counter)
}

#[cfg(test)]
mod tests {
    use crate::gate::document::found::{findings, fixed, voting};

    #[test]
    fn dates() {
        for (date, expected) in [
            ("2026-11-02", None),
            ("2026-11-02 (revised from 2026-10-01)", None),
            ("[DATE]", None),
            ("November 2, 2026", Some("2026-11-02")),
            ("Tuesday, September 16, 2025", Some("2025-09-16")),
            ("2025年9月16日", Some("2025-09-16")),
            ("2026-1-5 (draft)", Some("2026-01-05 (draft)")),
            ("01/02/2026", Some("01/02/2026")),
            ("2026-02-30", Some("2026-02-30")),
            ("TBD", Some("TBD")),
        ] {
            let plan = |date: &str| {
                format!("# Implementation Plan: A\n\n**Branch**: `001-voting` | **Date**: {date} | **Spec**: x\n")
            };
            let feature = voting(&plan(date)).build();
            assert_eq!(findings("PLN302", &feature).len(), usize::from(expected.is_some()), "{date}");
            assert_eq!(fixed("PLN302", &feature), plan(expected.unwrap_or(date)), "{date}");
        }
    }
}
