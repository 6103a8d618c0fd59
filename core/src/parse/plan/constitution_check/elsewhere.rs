//! What a plan says of its checks outside of them: in its progress, in a label, at its foot.

use super::principle::folded;
use super::{version, vocabulary};
use crate::markdown::{BlockKind, Markdown};
use crate::parse::label;
use crate::parse::status;
use crate::plan::{ConstitutionCheck, OverallStatus, Section, Stage, Text};
use crate::source::Span;

/// "- [x] Post-Design Constitution Check: PASS" in Progress Tracking: a ticked line outside of
/// every check stands for one.
pub(super) fn ticked_progress(markdown: &Markdown<'_>, sections: &[Section], checks: &mut Vec<ConstitutionCheck>) {
    if !sections.iter().any(|section| section.title.to_lowercase().contains("progress")) && checks.len() > 1 {
        return;
    }
    for block in &markdown.blocks {
        if !matches!(block.kind, BlockKind::Item { .. })
            || checks.iter().any(|check| check.span.encloses(block.content))
        {
            continue;
        }
        let raw = markdown.raw(block.content);
        let ticked = raw.starts_with("[x]") || raw.starts_with("[X]");
        if !ticked || raw.len() > 160 {
            continue;
        }
        let text = markdown.plain_text(Span { start: block.content.start + 3, end: block.content.end });
        let (title, value) = text.text.split_once(':').unwrap_or((&text.text, "PASS"));
        if !vocabulary::is_check_title(title) {
            continue;
        }
        let Some(reading) = status::leading(value) else { continue };
        let stage = vocabulary::stage(title);
        let overall = OverallStatus {
            status: Some(reading.status),
            raw: folded(&value[reading.range]),
            rationale: String::new(),
            span: text.span,
        };
        match checks.iter_mut().find(|check| check.stage == stage) {
            Some(check) if check.overall.is_none() => check.overall = Some(overall),
            Some(_) => {}
            None => checks.push(ConstitutionCheck {
                title: Text::new(title, text.span),
                stage,
                overall: Some(overall),
                span: text.span,
                ..ConstitutionCheck::default()
            }),
        }
    }
}

/// "**Constitution Re-Check**: ✅ PASSED" outside of every check.
pub(super) fn labelled_elsewhere(markdown: &Markdown<'_>, checks: &mut Vec<ConstitutionCheck>) {
    if checks.iter().any(|check| check.stage == Stage::AfterDesign) {
        return;
    }
    for block in markdown.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        if checks.iter().any(|check| check.span.encloses(block.content)) {
            continue;
        }
        for line in markdown.lines(block.content) {
            let Some(label) = label::bold(markdown, line) else { continue };
            let key = markdown.plain_text(label.key);
            if !vocabulary::is_recheck(&key.text) || !vocabulary::is_check_title(&key.text) {
                continue;
            }
            let raw = markdown.raw(label.value);
            let Some(reading) = status::leading(raw) else { continue };
            let overall = OverallStatus {
                status: Some(reading.status),
                raw: folded(&raw[reading.range]),
                rationale: String::new(),
                span: line,
            };
            checks.push(ConstitutionCheck {
                title: key,
                stage: Stage::AfterDesign,
                overall: Some(overall),
                span: line,
                ..ConstitutionCheck::default()
            });
            return;
        }
    }
}

/// "Based on Constitution v2.1.1 - See …" at the foot of a plan.
pub(super) fn footer_version(markdown: &Markdown<'_>, checks: &mut [ConstitutionCheck]) {
    let Some(check) = checks.first_mut().filter(|check| check.version.is_none()) else { return };
    let footer = markdown.blocks.iter().rev().take(12).find(|block| {
        block.kind == BlockKind::Paragraph
            && markdown.raw(block.content).to_lowercase().contains("based on constitution")
    });
    if let Some(block) = footer {
        check.version = version(markdown, &markdown.plain_text(block.content));
    }
}
