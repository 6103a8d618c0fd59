//! Whole constitutions in the forms of the wild.

use super::constitution;
use crate::document::Constitution;
use crate::plan::Text;

fn names(text: &str) -> Vec<String> {
    constitution(text)
        .principles
        .iter()
        .map(|principle| {
            let ordinal = principle.ordinal.as_deref().map(|ordinal| format!("{ordinal} ")).unwrap_or_default();
            let mark = if principle.non_negotiable { " !" } else { "" };
            format!("{ordinal}{}{mark}", principle.name)
        })
        .collect()
}

fn text_of(text: Option<&Text>) -> &str {
    text.map(|text| text.text.as_str()).unwrap_or_default()
}

fn sections(constitution: &Constitution) -> Vec<&str> {
    constitution.sections.iter().map(|section| section.text.as_str()).collect()
}

#[test]
fn the_usual_form() {
    let text = "<!--\nSync Impact Report\nVersion change: 1.0.0 → 1.1.0\nAdded principles:\n- III. Calm Failure\n-->\n# Ferry Constitution\n\n## Core Principles\n\n### I. Small Steps\nEvery step MUST be small. It is nice.\n\n### II. Tests First (NON-NEGOTIABLE)\n- Tests MUST fail first\n- Names matter\n\n### III. Calm Failure\nErrors SHALL be shown.\n\n## Technology Constraints\n\n### Backend\nRust.\n\n## Governance\nAll plans MUST comply.\n\n**Version**: 1.1.0 | **Ratified**: 2025-01-02 | **Last Amended**: 2025-03-04\n";
    let read = constitution(text);
    assert_eq!(names(text), ["I Small Steps", "II Tests First !", "III Calm Failure"]);
    assert_eq!(sections(&read), ["Technology Constraints", "Backend", "Governance"]);
    assert_eq!(read.principles[0].rules[0].text, "Every step MUST be small.");
    assert_eq!(read.principles[1].rules.len(), 1);
    assert_eq!(read.principles[1].heading.text(text), "### II. Tests First (NON-NEGOTIABLE)");
    assert!(read.principles[2].span.text(text).ends_with("shown.\n\n"));
    assert_eq!(text_of(read.title.as_ref()), "Ferry Constitution");
    assert_eq!(text_of(read.version.as_ref()), "1.1.0");
    assert_eq!(text_of(read.amended.as_ref()), "2025-03-04");
    let amendment = read.amendment.unwrap_or_default();
    assert_eq!(
        (amendment.from.as_deref(), amendment.added.as_slice()),
        (Some("1.0.0"), ["III. Calm Failure".to_owned()].as_slice())
    );
    assert!(!read.unfilled);
}

#[test]
fn numerals_and_words_in_headings() {
    for (first, second) in [
        ("## I. Small Steps", "## II. Tests First"),
        ("### Article I: Small Steps", "### Article II: Tests First"),
        ("### Principle I: Small Steps", "### Principle II: Tests First"),
        ("### PRINCIPLE I. Small Steps", "### PRINCIPLE II. Tests First"),
        ("### Princípio I — Small Steps", "### Princípio II — Tests First"),
        ("### 🚀 I. Small Steps", "### 🧪 II. Tests First ✅"),
        ("### **I. Small Steps**", "### **II. Tests First**"),
    ] {
        let text = format!("# T\n\n{first}\nx\n\n{second}\ny\n\n## Governance\nz\n");
        assert_eq!(names(&text), ["I Small Steps", "II Tests First"], "{text}");
    }
    for (first, second) in [
        ("## 第一条 小步前进", "## 第二条 测试优先"),
        ("### 原则一：小步前进", "### 原则二：测试优先"),
        ("## 一、小步前进", "## 二、测试优先\n\n## 三、治理"),
    ] {
        let text = format!("# 宪章\n\n{first}\nx\n\n{second}\ny\n");
        assert_eq!(names(&text), ["一 小步前进", "二 测试优先"], "{text}");
    }
}

#[test]
fn names_under_a_heading_for_principles() {
    for container in [
        "Core Principles", "1. Core Principles", "Principios Fundamentales", "核心原則", "설계 원칙", "Grundsätze",
        "Our Guiding Principles (Non-optional)",
    ] {
        let text = format!(
            "# T\n\n## {container}\n\n### Small Steps\nx\n\n### Tests First\ny\n\n## Governance\n\n### Amendments\nz\n"
        );
        assert_eq!(names(&text), ["Small Steps", "Tests First"], "{container}");
    }
}

#[test]
fn core_principles_one_level_deeper() {
    let text = "# T\n\n## Constitution\n\n### Core Principles\n\n#### Small Steps\nx\n\n#### Tests First\ny\n\n### Governance\n";
    assert_eq!(names(text), ["Small Steps", "Tests First"]);
    let text = "# T\n\n## 1. Stack\n\n### 1.1 General Principles\n\n- **Calm**: x\n- **Small**: y\n\n## 2. Looks\n\n## 3. Tests\n";
    assert_eq!(names(text), ["1 Stack", "2 Looks", "3 Tests"]);
}

#[test]
fn numbered_principles_under_a_heading() {
    let text = "# T\n\n## 2. Core Principles\n\n### 2.1 Small Steps\nx\n\n### 2.2 Tests First\ny\n\n## 3. Governance\n";
    assert_eq!(names(text), ["2.1 Small Steps", "2.2 Tests First"]);
    let text = "# T\n\n## Core Principles\n\n### 1️⃣ Small Steps\nx\n#### 1. A rule\n#### 2. Another\n\n### 2️⃣ Tests First\ny\n";
    assert_eq!(names(text), ["1 Small Steps", "2 Tests First"]);
}

#[test]
fn groups_of_principles() {
    let text = "# T\n\n## Core Principles\n\n### MVP Principles (Established v1.0.0)\n\n#### I. Small Steps\nx\n\n#### II. Tests First\ny\n\n### Production Principles (NON-NEGOTIABLE)\n\n#### III. Calm Failure\nz\n\n## Governance\n";
    assert_eq!(names(text), ["I Small Steps", "II Tests First", "III Calm Failure !"]);
    assert_eq!(sections(&constitution(text)), ["Governance"]);
}

#[test]
fn a_principle_about_principles_is_one() {
    let text =
        "# T\n\n## Principios\n\n### I. Capas\nx\n\n### II. Principios SOLID\n\n#### Una razón\ny\n\n#### Abierto\nz\n";
    assert_eq!(names(text), ["I Capas", "II Principios SOLID"]);
}

#[test]
fn principles_as_bullets_lines_and_rows() {
    let bullets = "# T\n\n## Core Principles\n\n- **I. Small Steps**: Every step MUST be small.\n  - not **bold** enough\n- **II. Tests First (NON-NEGOTIABLE)**: first.\n\n## Governance\n- **Owner**: Ada\n";
    assert_eq!(names(bullets), ["I Small Steps", "II Tests First !"]);
    assert_eq!(constitution(bullets).principles[0].rules.len(), 1);
    let numbers = "# T\n\n## Core Principles\n\n1. **Small Steps** — every step\n2. **Tests First**: first\n";
    assert_eq!(names(numbers), ["1 Small Steps", "2 Tests First"]);
    let plain = "# T\n\n## Core Principles\n\n1. Small Steps: every step is small\n2. Tests First: they come first\n";
    assert_eq!(names(plain), ["1 Small Steps", "2 Tests First"]);
    let paragraphs = "# T\n\n**I. Small Steps**\n\nEvery step MUST be small.\n\n**II. Tests First**\n\nx\n\n**III. Calm Failure**\n\ny\n";
    assert_eq!(names(paragraphs), ["I Small Steps", "II Tests First", "III Calm Failure"]);
    assert_eq!(constitution(paragraphs).principles[0].rules.len(), 1);
    let table = "# T\n\n## Principles\n\n| # | Principle | Rule |\n|---|---|---|\n| I | Small Steps | x |\n| II | Tests First | NON-NEGOTIABLE |\n";
    assert_eq!(names(table), ["I Small Steps", "II Tests First !"]);
}

#[test]
fn a_document_that_numbers_its_sections() {
    let text = "# T\n\n## 1. Purpose\nx\n\n## 2. Small Steps\nMUST.\n\n### 2.1 Detail\ny\n\n## 3. Tests First (Non-Negotiable)\nz\n\n## 4. Governance\n\n## 5. Version History\n";
    assert_eq!(names(text), ["2 Small Steps", "3 Tests First !"]);
    assert_eq!(sections(&constitution(text)), ["Purpose", "Governance", "Version History"]);
    let without = "# T\n\n## Purpose\n\n## 1. One thing\n\n## Coding Style\n\n## Governance\n";
    assert!(names(without).is_empty());
}

#[test]
fn numbered_sections_beside_principles_are_sections() {
    let text = "# T\n\n## I. Purpose\n\n## II. Core Principles\n\n### 1. Small Steps\nx\n\n### 2. Tests First\ny\n\n## III. Security Requirements\n\n### 1. Keys\n\n## IV. Governance\n";
    assert_eq!(names(text), ["1 Small Steps", "2 Tests First"]);
    assert_eq!(sections(&constitution(text)), ["Purpose", "Security Requirements", "Keys", "Governance"]);
}

#[test]
fn a_principle_that_counts_on_elsewhere() {
    let text = "# T\n\n## Core Principles\n\n### I. Small Steps\nx\n\n### II. Tests First\ny\n\n## Security\n\n### III. Secrets Stay Out\nz\n\n## Governance\n";
    assert_eq!(names(text), ["I Small Steps", "II Tests First", "III Secrets Stay Out"]);
}

#[test]
fn non_negotiable_in_every_spelling() {
    for mark in [
        "(NON-NEGOTIABLE)", "(Non-Negotiable)", "(NON‑NEGOTIABLE)", "[NON-NEGOTIABLE]", "— NON-NEGOTIABLE",
        "(NO NEGOCIABLE)", "(INEGOCIÁVEL)", "(NICHT VERHANDELBAR)", "(NON NÉGOCIABLE)", "(不可妥协)", "（妥協不可）",
        "(不可妥協)", "(絕不妥協)", "(비협상)", "(NN)", "(Non-Negotiable Rules)", "🔒 (NON-NEGOTIABLE)",
    ] {
        let text = format!("# T\n\n## Core Principles\n\n### I. Tests First {mark}\nx\n\n### II. Other\ny\n");
        assert_eq!(names(&text), ["I Tests First !", "II Other"], "{mark}");
    }
    let text = "# T\n\n## Core Principles\n\n### I. Tests First (TDD, NON-NEGOTIABLE)\nx\n\n### II. Other\n**NON-NEGOTIABLE**\n\ny\n\n### III. Third\nThis part is non-negotiable only where people are harmed by what we ship to them.\n\n### IV. Non-Negotiable\nx\n";
    assert_eq!(names(text), ["I Tests First (TDD) !", "II Other !", "III Third", "IV Non-Negotiable !"]);
}

#[test]
fn the_untouched_template_is_unfilled() {
    let template = "# [PROJECT_NAME] Constitution\n<!-- Example -->\n\n## Core Principles\n\n### [PRINCIPLE_1_NAME]\n<!-- Example: I. Library-First -->\n[PRINCIPLE_1_DESCRIPTION]\n\n### [PRINCIPLE_2_NAME]\n[PRINCIPLE_2_DESCRIPTION]\n\n## [SECTION_2_NAME]\n\n[SECTION_2_CONTENT]\n\n## Governance\n[GOVERNANCE_RULES]\n\n**Version**: [CONSTITUTION_VERSION] | **Ratified**: [RATIFICATION_DATE] | **Last Amended**: [LAST_AMENDED_DATE]\n";
    let read = constitution(template);
    assert!(read.unfilled && read.principles.is_empty() && read.version.is_none());
    let filled = template
        .replace("[PRINCIPLE_1_NAME]", "I. Small Steps")
        .replace("### [PRINCIPLE_2_NAME]", "### II. Tests First");
    assert!(!constitution(&filled).unfilled);
    let rest = filled.replace("## [SECTION_2_NAME]", "### [PRINCIPLE_3_NAME]\n\n## [SECTION_2_NAME]");
    assert!(!constitution(&rest).unfilled);
    assert_eq!(names(&rest), ["I Small Steps", "II Tests First"]);
}

#[test]
fn an_unclosed_comment_hides_nothing() {
    let text = "<!--\nSync Impact Report\nVersion change: 1.0.0 → 2.0.0\nPrinciples – äöü\n# Ferry Constitution\n\n**Version**: 2.0.0\n\n## Core Principles\n\n### I. Small Steps\nx\n\n### II. Tests First\ny\n";
    let read = constitution(text);
    assert_eq!(names(text), ["I Small Steps", "II Tests First"]);
    assert_eq!(read.principles[0].heading.text(text), "### I. Small Steps");
    assert_eq!(text_of(read.title.as_ref()), "Ferry Constitution");
    assert_eq!(text_of(read.version.as_ref()), "2.0.0");
    assert_eq!(read.amendment.unwrap_or_default().from.as_deref(), Some("1.0.0"));
}

#[test]
fn the_report_gives_the_version_only_where_nothing_else_does() {
    let text = "<!-- Sync Impact Report\nVersion change: 1.0.0 → 1.2.0\n-->\n# T\n\n## Core Principles\n\n### I. A thing\n### II. Another\n";
    let version = constitution(text).version.unwrap_or_default();
    assert_eq!((version.text.as_str(), version.span.text(text)), ("1.2.0", "1.2.0"));
    let text = text.replace("-->", "Version change: 0.9.0 --> 1.0.0\n-->") + "\n**Version**: 1.0.0\n";
    let read = constitution(&text);
    assert_eq!(read.amendment.unwrap_or_default().to.as_deref(), Some("1.0.0"));
    assert_eq!(text_of(read.version.as_ref()), "1.0.0");
}

#[test]
fn nothing_breaks_the_reader() {
    for text in [
        "", "#", "# ", "<!--", "<!-- -->", "##\n##\n", "- **", "| |\n|-|\n", "### I.\n### (NN)\n", "## 第\n## 第一\n",
        "\u{feff}# T\n\n## Core Principles\n\n### \n### I.\n", "**Version**: v", "Version: 1.",
        "## Core Principles\n\n### (NON-NEGOTIABLE\n### NN)\n",
    ] {
        let _ = constitution(text);
    }
}
