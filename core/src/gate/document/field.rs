//! PLN006: fields of the Technical Context that say nothing.

use crate::diagnostic::{Finding, Severity};
use crate::gate::{GateContext, gate_rule};
use crate::matching::contains_any;
use crate::plan::{Field, TechnicalContext};
use crate::source::Span;

gate_rule! {
    /// ## What it finds
    /// A field of the Technical Context that is absent or empty. "N/A" and "none" are answers, and what the
    /// repository's own plan template doesn't offer isn't asked. "No new dependencies" and "Redis is the
    /// only new dependency", under whatever label, state the Primary Dependencies. Absent fields are told
    /// together, at the section's heading; a Technical Context that is written without any of the template's
    /// fields is only mentioned.
    ///
    /// ## Why it matters
    /// Research, tasks and code follow from these fields. One that nobody filled in is a decision that
    /// is taken later by accident.
    ///
    /// ## Example
    /// ```md,finds
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: TypeScript 5.4
    /// **Primary Dependencies**: Fastify 5
    /// **Storage**:
    /// **Testing**: Vitest
    /// **Target Platform**: Linux server
    /// **Project Type**: web
    /// **Performance Goals**: 200 ms p95
    /// **Constraints**: none
    /// **Scale/Scope**: 100 rooms
    /// ```
    /// ```md
    /// # Implementation Plan: Voting
    ///
    /// ## Technical Context
    ///
    /// **Language/Version**: TypeScript 5.4
    /// **Primary Dependencies**: Fastify 5
    /// **Storage**: N/A
    /// **Testing**: Vitest
    /// **Target Platform**: Linux server
    /// **Project Type**: web
    /// **Performance Goals**: 200 ms p95
    /// **Constraints**: none
    /// **Scale/Scope**: 100 rooms
    /// ```
    EMPTY_FIELD = "PLN006" "empty-field", Warning;
    empty_field
}

fn empty_field(cx: &GateContext<'_>) -> Vec<Finding> {
    let Some(context) = &cx.plan().technical_context else { return Vec::new() };
    let heading = heading(cx, context);
    let absent: Vec<&str> = context.fields().filter(|(_, field)| field.is_none()).map(|(key, _)| key).collect();
    let none = absent.len() == context.fields().count();
    let absent: Vec<&str> =
        absent.into_iter().filter(|key| !says_otherwise(context, key) && is_offered(cx, key)).collect();
    if none {
        let message = "the Technical Context has none of the template's fields";
        return vec![cx.finding(heading, message).at_most(Severity::Info).help(
            "write at least **Language/Version**, **Testing** and **Storage** as fields, so that they can be compared",
        )];
    }
    let mut findings = Vec::new();
    if !absent.is_empty() {
        findings.push(
            cx.finding(heading, format!("the Technical Context does not state {}", listed(&absent)))
                .help("add each as a line such as `**Storage**: N/A`"),
        );
    }
    for (key, field) in context.fields() {
        if let Some(field) = field.filter(|field| is_empty(field)) {
            let line = super::line_around(cx.text(), field.span.start as usize);
            findings.push(
                cx.finding(Span::new(line.start, line.end), format!("the field {key} is empty"))
                    .help("say what holds, or N/A")
                    .subject(key),
            );
        }
    }
    findings
}

/// The section's heading, or the section where the plan did not come as Markdown.
fn heading(cx: &GateContext<'_>, context: &TechnicalContext) -> Span {
    let section = cx.plan().sections.iter().find(|section| section.span.start == context.span.start);
    section.map_or(context.span, |section| section.heading)
}

/// Whether a field of another name says it: "Backend: C# on .NET 10" names the language, and "no new
/// dependencies" anywhere says what the feature depends on.
fn says_otherwise(context: &TechnicalContext, key: &str) -> bool {
    let values =
        || context.fields().filter_map(|(_, field)| field).chain(context.other.iter().map(|other| &other.value));
    if key == "Primary Dependencies" && values().any(|value| tells_of_new_dependencies(&value.text)) {
        return true;
    }
    let words: &[&str] = match key {
        "Language/Version" => &["backend", "frontend", "stack", "runtime", "framework"],
        "Primary Dependencies" => &["depend", "framework", "librar", "package", "stack"],
        "Storage" => &["database", "persistence", "storage", "base de datos", "banco de dados"],
        "Testing" => &["test", "prueba", "prüf"],
        "Target Platform" => &["platform", "plataforma", "hosting", "deploy"],
        "Performance Goals" => &["performance", "latency", "rendimiento", "desempenho"],
        "Constraints" => &["constraint", "mandatory", "restric", "reglas", "regras", "règles", "limit", "制約"],
        "Scale/Scope" => &["scale", "scope", "alcance", "escopo", "escala", "umfang"],
        _ => return false,
    };
    context.other.iter().any(|other| {
        let other = other.key.to_lowercase();
        contains_any(&other, words)
    })
}

/// "No new dependencies", "`web-push` is the only new library": which dependencies come new, or that none does.
fn tells_of_new_dependencies(text: &str) -> bool {
    /// How many words may stand between "no" or "new" and "dependencies".
    const NEAR: usize = 3;
    #[rustfmt::skip]
    const UNSPACED: &[&str] = &[
        "新規依存", "新しい依存", "依存の追加", "依存関係の追加", "追加の依存", "新增依赖", "新依赖", "新的依赖", "新增依賴", "新增相依",
        "新的依賴", "새로운 의존성", "새 의존성", "추가 의존성",
    ];
    #[rustfmt::skip]
    const DEPENDENCY: &[&str] = &[
        "dependenc", "dependênc", "librar", "librer", "bibliot", "abhängigkeit", "dépendance", "dipendenz", "zależnoś",
        "зависимост", "библиотек",
    ];
    #[rustfmt::skip]
    const NEW: &[&str] = &[
        "new", "additional", "nova", "novas", "nueva", "nuevas", "neue", "neuen", "weitere", "weiteren", "nouvelle",
        "nouvelles", "nuova", "nuove", "nowa", "nowe", "nowych", "новых", "новая", "новые",
    ];
    #[rustfmt::skip]
    const NONE: &[&str] = &[
        "no", "zero", "sem", "nenhuma", "sin", "ninguna", "ningún", "keine", "keinerlei", "aucune", "nessuna", "brak", "bez",
        "без",
    ];
    if contains_any(text, UNSPACED) {
        return true;
    }
    let lower = text.to_lowercase();
    lower.split([';', '.', '|', ',']).any(|clause| {
        let words: Vec<&str> = clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.iter().enumerate().any(|(at, word)| {
            let before = &words[at.saturating_sub(NEAR)..at];
            let behind = &words[at..words.len().min(at + NEAR)];
            DEPENDENCY.iter().any(|stem| word.starts_with(stem))
                && (before.iter().any(|word| NONE.contains(word) || NEW.contains(word))
                    || behind.iter().any(|word| NEW.contains(word)))
        })
    })
}

/// Whether the repository's plan template has the field, where it has a Technical Context of its own.
fn is_offered(cx: &GateContext<'_>, key: &str) -> bool {
    let Ok(template) = cx.feature.plan_template() else { return true };
    let Some(context) = &template.technical_context else { return true };
    let mut offered = context.fields().filter(|(_, field)| field.is_some()).map(|(key, _)| key).peekable();
    offered.peek().is_none() || offered.any(|offered| offered == key)
}

fn is_empty(field: &Field) -> bool {
    field.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_' | '.' | '…')).is_empty()
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::{findings, places, voting};
    use crate::diagnostic::Severity;

    #[test]
    fn absent_fields_are_told_together_and_empty_ones_where_they_stand() {
        let plan = "# Implementation Plan: A\n\n## Technical Context\n\n**Language/Version**: Rust 1.95\n\n**Storage**:\n\n**Testing**: N/A\n";
        let feature = voting(plan).build();
        assert_eq!(places("PLN006", &feature), ["## Technical Context", "**Storage**:"]);
        assert_eq!(
            findings("PLN006", &feature)[0].message,
            "the Technical Context does not state Primary Dependencies, Target Platform, Project Type, Performance Goals, Constraints and Scale/Scope"
        );
    }

    #[test]
    fn what_the_template_does_not_offer_is_not_asked() {
        let fields = "**Language/Version**: Rust 1.95\n\n**Testing**: N/A\n\n**Reglas obligatorias**: SOLID\n";
        let plan = format!("# Implementation Plan: A\n\n## Technical Context\n\n{fields}");
        let template = "# Implementation Plan: [FEATURE]\n\n## Technical Context\n\n**Language/Version**: [e.g., Rust]\n\n**Testing**: [e.g., pytest]\n\n**Storage**: [if applicable, e.g., files]\n\n**Constraints**: [domain-specific]\n";
        let found = findings("PLN006", &voting(&plan).plan_template(template).build());
        assert_eq!(found[0].message, "the Technical Context does not state Storage");
        assert!(!findings("PLN006", &voting(&plan).build())[0].message.contains("Constraints"));
    }

    #[test]
    fn new_dependencies_are_told_under_any_label() {
        let asked = |line: &str| {
            let plan = format!("# Implementation Plan: A\n\n## Technical Context\n\n**Storage**: SQLite\n\n{line}\n");
            findings("PLN006", &voting(&plan).build())[0].message.contains("Primary Dependencies")
        };
        assert!(!asked("**Constraints**:\n\n- The room has no login\n- `web-push` is the only new dependency"));
        assert!(!asked("**Notes**: Keine neuen Abhängigkeiten."));
        assert!(!asked("**制約**: 新しい依存なし"));
        assert!(!asked("**Constraints**: Nenhuma biblioteca nova"));
        assert!(asked("**Constraints**: depends on the rooms of feature 3"));
        assert!(asked("**Constraints**: the library page has no login"));
        assert!(asked("**Constraints**: no login. The dependency on the rooms stays as it is"));
    }

    #[test]
    fn prose_is_only_mentioned() {
        let plan = "# Implementation Plan: A\n\n## Technical Context\n\nA command in Rust that keeps nothing.\n";
        let found = findings("PLN006", &voting(plan).build());
        assert_eq!(found.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Info]);
    }
}
