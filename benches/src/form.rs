//! The forms in which public plans write their Constitution Check.

/// How the Constitution Check is written. The shares are those of 1,265 public plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Bold principles with a bullet for each question, as the template of both packs has it.
    Template,
    /// The same with a table of questions below each principle.
    QuestionTables,
    /// The same where most principles don't apply, each with its reason.
    NotApplicable,
    /// A table with a row and a status for each principle, the commonest form.
    Table,
    /// A table with a status before research and one after design.
    TwoStatuses,
    /// A table without any status.
    BareTable,
    /// Bullets with a mark for each principle.
    MarkedBullets,
    /// Bullets without marks.
    Bullets,
    /// A numbered list with a word for each principle.
    Numbered,
    /// A list of checkboxes.
    Checkboxes,
    /// A sub-heading for each principle, its mark in it.
    Headings,
    /// A sub-heading for each principle, and a line with its status.
    StatusLines,
    /// A sub-heading for each principle, and bullets with marks.
    HeadedBullets,
    /// A sub-heading for each principle, and checkboxes.
    HeadedCheckboxes,
    /// A bold paragraph with a mark for each principle.
    Paragraphs,
    /// Sentences that name the principles, and one verdict.
    Prose,
    /// Blocks of the first templates (simplicity, architecture, testing), and progress as checkboxes.
    Old,
    /// A table in a plan that is written in Chinese.
    Chinese,
    /// No check at all.
    Missing,
    /// The plan template that nobody has filled in.
    Unfilled,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 20] = [
        Self::Template,
        Self::QuestionTables,
        Self::NotApplicable,
        Self::Table,
        Self::TwoStatuses,
        Self::BareTable,
        Self::MarkedBullets,
        Self::Bullets,
        Self::Numbered,
        Self::Checkboxes,
        Self::Headings,
        Self::StatusLines,
        Self::HeadedBullets,
        Self::HeadedCheckboxes,
        Self::Paragraphs,
        Self::Prose,
        Self::Old,
        Self::Chinese,
        Self::Missing,
        Self::Unfilled,
    ];

    /// The name in benchmark ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::QuestionTables => "question-tables",
            Self::NotApplicable => "not-applicable",
            Self::Table => "table",
            Self::TwoStatuses => "two-statuses",
            Self::BareTable => "bare-table",
            Self::MarkedBullets => "marked-bullets",
            Self::Bullets => "bullets",
            Self::Numbered => "numbered",
            Self::Checkboxes => "checkboxes",
            Self::Headings => "headings",
            Self::StatusLines => "status-lines",
            Self::HeadedBullets => "headed-bullets",
            Self::HeadedCheckboxes => "headed-checkboxes",
            Self::Paragraphs => "paragraphs",
            Self::Prose => "prose",
            Self::Old => "old",
            Self::Chinese => "chinese",
            Self::Missing => "missing",
            Self::Unfilled => "unfilled",
        }
    }

    /// How many of a hundred plans of a generated repository have this form: about what was counted
    /// in public plans, with more of the forms that answer questions, which cost most.
    fn share(self) -> usize {
        match self {
            Self::Table => 26,
            Self::Template => 20,
            Self::Bullets | Self::MarkedBullets | Self::Chinese => 7,
            Self::Missing => 6,
            Self::Headings | Self::QuestionTables | Self::NotApplicable | Self::Checkboxes => 4,
            Self::Unfilled | Self::Prose | Self::TwoStatuses | Self::Numbered | Self::BareTable | Self::Old => 1,
            Self::StatusLines | Self::HeadedBullets => 1,
            Self::HeadedCheckboxes => 1,
            Self::Paragraphs => 2,
        }
    }

    /// The form of the plan `number` in a generated repository.
    pub(crate) fn of(number: usize) -> Self {
        // 37 has no divisor in common with 100, so that neighbours differ and each hundred is complete.
        let mut place = number * 37 % 100;
        let form = Self::ALL.into_iter().find(|form| match place.checked_sub(form.share()) {
            Some(rest) => {
                place = rest;
                false
            }
            None => true,
        });
        form.unwrap_or(Self::Table)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_shares_are_a_hundred_and_names_are_unique() {
        assert_eq!(Form::ALL.into_iter().map(Form::share).sum::<usize>(), 100);
        assert_eq!(Form::ALL.into_iter().map(Form::name).collect::<HashSet<_>>().len(), Form::ALL.len());
    }

    #[test]
    fn a_hundred_plans_have_every_form() {
        let forms: HashSet<Form> = (0..100).map(Form::of).collect();
        assert_eq!(forms.len(), Form::ALL.len());
        assert_eq!((0..100).filter(|number| Form::of(*number) == Form::Template).count(), 20);
    }
}
