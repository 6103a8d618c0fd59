//! Writes a Constitution Check over the principles of both packs, in any form.

use std::fmt::Write as _;

use plangate_core::pack::{PackManifest, RulePack as _};
use plangate_core::principle::{Kind, Principle, Question};

use crate::form::Form;
use crate::prose::Prose;

/// The packs whose questions the plans answer.
pub(crate) fn manifests() -> [PackManifest; 2] {
    [plangate_rules_mvp::pack().manifest().clone(), plangate_rules_production::pack().manifest().clone()]
}

/// Adds the check to `plan`, as many principles as fit below `end` bytes.
pub(crate) fn write(form: Form, end: usize, prose: &mut Prose, plan: &mut String) {
    let title = match form {
        Form::Missing | Form::Unfilled => return,
        Form::Chinese => "## 宪法检查\n\n",
        _ => "## Constitution Check\n\n*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*\n\n",
    };
    plan.push_str(title);
    plan.push_str(match form {
        Form::Table => "| Principle | Status | Notes |\n| --- | --- | --- |\n",
        Form::TwoStatuses => "| Principle | Pre-research | Post-design | Notes |\n| --- | --- | --- | --- |\n",
        Form::BareTable => "| Principle | How the plan meets it |\n| --- | --- |\n",
        Form::Chinese => "| 原则 | 状态 | 说明 |\n| --- | --- | --- |\n",
        _ => "",
    });
    if form == Form::Old {
        return old(end, prose, plan);
    }
    for pack in manifests() {
        for principle in &pack.principles {
            if plan.len() >= end {
                break;
            }
            let _ = write_principle(form, principle, end, prose, plan);
        }
    }
    plan.push_str(match form {
        Form::Prose => "\nAll gates pass.\n",
        Form::Chinese => "\n**总体状态**: ✅ 通过\n",
        Form::BareTable | Form::Bullets => "",
        _ => "\n**Overall Status**: ✅ PASS\n",
    });
}

fn write_principle(
    form: Form,
    principle: &Principle,
    end: usize,
    prose: &mut Prose,
    plan: &mut String,
) -> std::fmt::Result {
    let (ordinal, name) = (&principle.ordinal, &principle.name);
    let notes = prose.sentence();
    match form {
        Form::Template => {
            writeln!(plan, "**{ordinal}. {name}** ✅")?;
            answers(principle, end, prose, plan)
        }
        Form::QuestionTables => {
            writeln!(plan, "### {ordinal}. {name} ✅\n\n| Question | Answer | Notes |\n| --- | --- | --- |")?;
            for question in principle.questions.iter() {
                if plan.len() < end {
                    let (verdict, why) = answer(question, prose);
                    writeln!(plan, "| {} | {verdict} | {why} |", question.text)?;
                }
            }
            writeln!(plan)
        }
        Form::NotApplicable if prose.once_in(4) => {
            writeln!(plan, "**{ordinal}. {name}** ✅")?;
            answers(principle, end, prose, plan)
        }
        Form::NotApplicable => {
            writeln!(plan, "**{ordinal}. {name}** N/A")?;
            for question in principle.questions.iter() {
                if plan.len() < end {
                    writeln!(plan, "- {} **N/A** - {}", question.text, prose.phrase())?;
                }
            }
            writeln!(plan)
        }
        Form::Table if prose.once_in(8) => writeln!(plan, "| {ordinal}. {name} | N/A | {notes} |"),
        Form::Table => writeln!(plan, "| {ordinal}. {name} | ✅ PASS | {notes} |"),
        Form::TwoStatuses => writeln!(plan, "| {ordinal}. {name} | ⚠️ | ✅ PASS | {notes} |"),
        Form::BareTable => writeln!(plan, "| {ordinal}. {name} | {notes} |"),
        Form::MarkedBullets => writeln!(plan, "- ✅ **{ordinal}. {name}**: {notes}."),
        Form::Bullets => writeln!(plan, "- **{ordinal}. {name}**: {notes}."),
        Form::Numbered => writeln!(plan, "1. **{name}**: PASS - {notes}"),
        Form::Checkboxes => writeln!(plan, "- [x] **{ordinal}. {name}**: {notes}"),
        Form::Headings => writeln!(plan, "### {ordinal}. {name} ✅ PASS\n\n{notes}.\n"),
        Form::StatusLines => writeln!(plan, "### {ordinal}. {name}\n\n**Status**: ✅ PASS\n\n{notes}.\n"),
        Form::HeadedBullets => {
            writeln!(plan, "### {ordinal}. {name}\n\n- ✅ {notes}\n- ✅ {}\n", prose.sentence())
        }
        Form::HeadedCheckboxes => {
            writeln!(plan, "### {ordinal}. {name}\n\n- [x] {notes}\n- [x] {}\n", prose.sentence())
        }
        Form::Paragraphs => writeln!(plan, "**{ordinal}. {name}**: ✅ PASS. {notes}.\n"),
        Form::Prose => writeln!(plan, "Principle {ordinal} ({name}) asks for care: {notes}."),
        Form::Chinese => writeln!(plan, "| {ordinal}. {name} | ✅ 通过 | {notes} |"),
        Form::Old | Form::Missing | Form::Unfilled => Ok(()),
    }
}

fn answers(principle: &Principle, end: usize, prose: &mut Prose, plan: &mut String) -> std::fmt::Result {
    for question in principle.questions.iter() {
        if plan.len() < end {
            let (verdict, why) = answer(question, prose);
            writeln!(plan, "- {} **{verdict}** - {why}", question.text)?;
        }
    }
    writeln!(plan)
}

/// Mostly the good answer, with a reason.
fn answer(question: &Question, prose: &mut Prose) -> (&'static str, String) {
    let verdict = match question.kind {
        Kind::Disclosure => "No",
        _ if prose.once_in(12) => "N/A",
        _ => "Yes",
    };
    (verdict, prose.sentence())
}

/// The blocks that plans had before constitutions were numbered, and their progress.
fn old(end: usize, prose: &mut Prose, plan: &mut String) {
    for block in ["Simplicity", "Architecture", "Testing", "Observability", "Versioning"] {
        if plan.len() >= end {
            return;
        }
        let _ = writeln!(plan, "**{block}**:");
        for _ in 0..3 + prose.below(3) {
            let verdict = if prose.once_in(5) { "No" } else { "Yes" };
            let _ = writeln!(plan, "- {}? {verdict}, {}", prose.phrase(), prose.sentence());
        }
        plan.push('\n');
    }
    plan.push_str("## Progress Tracking\n\n**Phase Status**:\n");
    for phase in ["Research", "Design", "Task planning"] {
        let _ = writeln!(plan, "- [x] {phase} complete");
    }
    plan.push_str(
        "\n**Gate Status**:\n- [x] Initial Constitution Check: PASS\n- [ ] Post-Design Constitution Check: PASS\n",
    );
}

#[cfg(test)]
mod tests {
    use plangate_core::parse;
    use plangate_core::plan::{Plan, Status, Verdict};

    use crate::{Form, plan};

    /// Twelve principles, 54 questions.
    const PRINCIPLES: usize = 12;
    const QUESTIONS: usize = 54;

    fn read(form: Form) -> Plan {
        let plan = parse::plan(&plan(form, 20_000));
        assert_eq!(plan.problems, [], "{form:?}");
        plan
    }

    #[test]
    fn plans_are_read_as_they_are_meant() {
        for form in Form::ALL {
            let plan = read(form);
            let principles = plan.constitution_checks.first().map_or(0, |check| check.principles.len());
            match form {
                Form::Missing => assert!(plan.constitution_checks.is_empty()),
                // Neither names the principles where their statuses are looked for.
                Form::Old | Form::Prose => assert!(!plan.constitution_checks.is_empty(), "{form:?}"),
                _ => assert_eq!(principles, PRINCIPLES, "{form:?}"),
            }
        }
    }

    #[test]
    fn statuses_are_read_where_a_form_has_them() {
        let marked = [
            Form::Template,
            Form::QuestionTables,
            Form::Table,
            Form::TwoStatuses,
            Form::MarkedBullets,
            Form::Numbered,
            Form::Checkboxes,
            Form::Headings,
            Form::StatusLines,
            Form::HeadedBullets,
            Form::HeadedCheckboxes,
            Form::Paragraphs,
            Form::Chinese,
        ];
        for form in marked {
            let check = &read(form).constitution_checks[0];
            let statuses: Vec<Option<Status>> = check.principles.iter().map(|principle| principle.status).collect();
            let passed = statuses.iter().filter(|status| **status == Some(Status::Pass)).count();
            assert!(passed * 2 > PRINCIPLES, "{form:?}: {statuses:?}");
        }
    }

    #[test]
    fn questions_are_answered_where_a_form_asks_them() {
        for form in [Form::Template, Form::QuestionTables, Form::NotApplicable] {
            let check = &read(form).constitution_checks[0];
            let questions = check.principles.iter().flat_map(|principle| &principle.questions);
            let answers: Vec<Verdict> = questions.map(|question| question.answer.verdict).collect();
            assert_eq!(answers.len(), QUESTIONS, "{form:?}");
            assert!(!answers.contains(&Verdict::Open), "{form:?}: {answers:?}");
        }
    }
}
