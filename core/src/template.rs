//! The plan template, its Constitution Check made of packs: what `plangate template` prints, and what
//! a new feature's plan starts from. Writing it to disk is not done here.

use crate::pack::PackManifest;
use crate::plan::Status;
use crate::plan::markdown::escape;
use crate::principle::Principle;

/// What a plan says of itself before anybody has filled it in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head {
    /// The feature's name in words.
    pub title: String,
    /// The feature's folder below `specs`, which is its branch as well.
    pub name: String,
    /// The day of the plan, as an ISO date.
    pub date: String,
}

impl Head {
    /// The head of a feature's first plan.
    #[must_use]
    pub fn new(title: impl Into<String>, name: impl Into<String>, date: impl Into<String>) -> Self {
        Self { title: title.into(), name: name.into(), date: date.into() }
    }
}

/// The plan template whose Constitution Check asks what `packs` ask, in their order.
///
/// ```
/// use plangate_core::{parse, template};
/// let template = template::plan_template([]);
/// let plan = parse::plan(&template);
/// assert_eq!(plan.title.unwrap().text, "[FEATURE]");
/// assert!(template.contains("[Gates determined based on constitution file]"), "there is no pack");
/// ```
#[must_use]
pub fn plan_template<'a>(packs: impl IntoIterator<Item = &'a PackManifest>) -> String {
    let head = "# Implementation Plan: [FEATURE]\n\n\
                **Branch**: `[###-feature-name]` | **Date**: [DATE] | **Spec**: [link]\n\
                **Input**: Feature specification from `/specs/[###-feature-name]/spec.md`\n";
    compose(head, packs, "[###-feature]")
}

/// The first plan of a feature: the template with everything filled in that is known by now.
///
/// ```
/// use plangate_core::template::{self, Head};
/// let plan = template::first_plan(&Head::new("Live votes", "007-live-votes", "2026-11-22"), []);
/// assert!(plan.starts_with("# Implementation Plan: Live votes\n"));
/// assert!(plan.contains("**Spec**: [spec.md](./spec.md)"));
/// ```
#[must_use]
pub fn first_plan<'a>(head: &Head, packs: impl IntoIterator<Item = &'a PackManifest>) -> String {
    let Head { title, name, date } = head;
    let head = format!(
        "# Implementation Plan: {}\n\n\
         **Branch**: {} | **Date**: {} | **Spec**: [spec.md](./spec.md)\n\
         **Input**: Feature specification from `/specs/{name}/spec.md`\n",
        escape::heading(title),
        escape::code(name),
        escape::inline(date),
    );
    compose(&head, packs, name)
}

fn compose<'a>(head: &str, packs: impl IntoIterator<Item = &'a PackManifest>, folder: &str) -> String {
    let mut out = String::from(head);
    out.push_str(CONTEXT);
    for (key, value) in FIELDS {
        out.push_str(&format!("**{key}**: {value}  \n"));
    }
    out.push_str(CHECK);
    out.push_str(&check(packs));
    out.push_str(OVERALL);
    out.push_str(&STRUCTURE.replace("{folder}", folder));
    out.push_str(TRACKING);
    out
}

fn check<'a>(packs: impl IntoIterator<Item = &'a PackManifest>) -> String {
    let with_principles = packs.into_iter().filter(|pack| !pack.principles.is_empty());
    let groups: Vec<String> = with_principles.map(group).collect();
    if groups.is_empty() {
        return "\n[Gates determined based on constitution file]\n".to_owned();
    }
    format!("\nAnswer each question based on the current feature requirements:\n{}", groups.concat())
}

fn group(pack: &PackManifest) -> String {
    let title = if pack.title.trim().is_empty() { &pack.name } else { &pack.title };
    let principles: String = pack.principles.iter().map(principle).collect();
    format!("\n### {} (v{})\n{principles}", escape::heading(title), escape::inline(&pack.edition))
}

fn principle(principle: &Principle) -> String {
    let name = match principle.ordinal.trim() {
        "" => escape::inline(&principle.name),
        ordinal => format!("{}. {}", escape::inline(ordinal), escape::inline(&principle.name)),
    };
    // A pack that offers nothing leaves the choice to the plan.
    let any = [Status::Pass, Status::Attention, Status::Blocked];
    let statuses = if principle.statuses.is_empty() { &any } else { &*principle.statuses };
    let options: Vec<&str> = statuses.iter().map(|status| status.mark()).collect();
    let in_plan = principle.questions.iter().filter(|question| !question.evidence_only);
    let questions: String = in_plan.map(|question| bullet(&question.text)).collect();
    format!("\n{} {}\n{questions}", escape::bold(&name), options.join(" / "))
}

fn bullet(text: &str) -> String {
    format!("- {}\n", escape::block(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

const CONTEXT: &str = "
## Summary

[Extract from feature spec: primary requirement + technical approach from research]

## Technical Context

<!-- ACTION REQUIRED: write what holds for this feature in place of the brackets, and N/A where nothing does. -->

";

/// The fields of the Technical Context, and what stands there until somebody fills them in.
const FIELDS: [(&str, &str); 9] = [
    ("Language/Version", "[e.g., Python 3.11, Swift 5.9, Rust 1.75 or NEEDS CLARIFICATION]"),
    ("Primary Dependencies", "[e.g., FastAPI, UIKit, LLVM or NEEDS CLARIFICATION]"),
    ("Storage", "[if applicable, e.g., PostgreSQL, CoreData, files or N/A]"),
    ("Testing", "[e.g., pytest, XCTest, cargo test or NEEDS CLARIFICATION]"),
    ("Target Platform", "[e.g., Linux server, iOS 15+, WASM or NEEDS CLARIFICATION]"),
    ("Project Type", "[single/web/mobile - determines source structure]"),
    ("Performance Goals", "[domain-specific, e.g., 1000 req/s, 10k lines/sec, 60 fps or NEEDS CLARIFICATION]"),
    ("Constraints", "[domain-specific, e.g., <200ms p95, <100MB memory, offline-capable or NEEDS CLARIFICATION]"),
    ("Scale/Scope", "[domain-specific, e.g., 10k users, 1M LOC, 50 screens or NEEDS CLARIFICATION]"),
];

const CHECK: &str = "
## Constitution Check

*GATE: Must pass before Phase 0 research. Re-check after Phase 1 design.*
";

const OVERALL: &str = "
**Overall Status**: ✅ PASS / ⚠️ NEEDS ATTENTION / ❌ BLOCKED

*If any check is ⚠️ or ❌, document justification in Complexity Tracking table below.*
";

const STRUCTURE: &str = r#"
## Project Structure

### Documentation (this feature)

```text
specs/{folder}/
├── plan.md              # This file (/speckit.plan command output)
├── research.md          # Phase 0 output (/speckit.plan command)
├── data-model.md        # Phase 1 output (/speckit.plan command)
├── quickstart.md        # Phase 1 output (/speckit.plan command)
├── contracts/           # Phase 1 output (/speckit.plan command)
└── tasks.md             # Phase 2 output (/speckit.tasks command - NOT created by /speckit.plan)
```

### Source Code (repository root)

<!-- ACTION REQUIRED: keep the one option that fits, without its label, and draw the real directories. -->

```text
# [REMOVE IF UNUSED] Option 1: Single project (DEFAULT)
src/
├── models/
├── services/
├── cli/
└── lib/

tests/
├── contract/
├── integration/
└── unit/

# [REMOVE IF UNUSED] Option 2: Web application (when "frontend" + "backend" detected)
backend/
├── src/
│   ├── models/
│   ├── services/
│   └── api/
└── tests/

frontend/
├── src/
│   ├── components/
│   ├── pages/
│   └── services/
└── tests/

# [REMOVE IF UNUSED] Option 3: Mobile + API (when "iOS/Android" detected)
api/
└── [same as backend above]

ios/ or android/
└── [platform-specific structure: feature modules, UI flows, platform tests]
```

**Structure Decision**: [Document the selected structure and reference the real directories captured above]
"#;

const TRACKING: &str = "
## Complexity Tracking

> **Fill ONLY if Constitution Check has violations that must be justified**

| Violation | Why Needed | Simpler Alternative Rejected Because |
|-----------|------------|-------------------------------------|
| [e.g., 4th project] | [current need] | [why 3 projects insufficient] |
| [e.g., Repository pattern] | [specific problem] | [why direct DB access insufficient] |
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::plan::Verdict;
    use crate::principle::{Kind, Question};

    fn pack(name: &'static str, text: &'static str) -> PackManifest {
        static STATUSES: &[Status] = &[Status::Attention, Status::NotApplicable];
        let questions = [Question::declared("ACM101", "a-fault", Kind::Duty, text, "")].to_vec();
        let principle = Principle {
            ordinal: "XIII".into(),
            name: name.into(),
            statuses: STATUSES.into(),
            questions: questions.into(),
        };
        let principles = vec![principle];
        PackManifest { name: "acme".into(), edition: "3.1.0".into(), principles, ..PackManifest::default() }
    }

    /// What the check of a template says: group, principle, options, questions.
    #[track_caller]
    fn check(pack: &PackManifest, group: &str, principle: &str, question: &str) {
        let plan = parse::plan(&plan_template([pack]));
        let [check] = plan.constitution_checks.as_slice() else { panic!("{:?}", plan.constitution_checks) };
        assert_eq!((check.groups[0].title.as_str(), check.groups[0].version.as_deref()), (group, Some("3.1.0")));
        let [assessed] = check.principles.as_slice() else { panic!("{:?}", check.principles) };
        assert_eq!((assessed.ordinal.as_deref(), assessed.name.as_str()), (Some("XIII"), principle));
        assert_eq!(assessed.options, [Status::Attention, Status::NotApplicable]);
        let [asked] = assessed.questions.as_slice() else { panic!("{assessed:?}") };
        assert_eq!((asked.text.as_str(), asked.answer.verdict), (question, Verdict::Open));
    }

    #[test]
    fn a_pack_without_a_title_goes_by_its_name() {
        check(&pack("Privacy", "Is all data listed?"), "acme", "Privacy", "Is all data listed?");
    }

    #[test]
    fn marks_of_markdown_are_what_they_are() {
        let pack = PackManifest {
            title: "Acme_Co *Rules*".into(),
            ..pack("No `leaks` <b>_at all_</b>", "- Is\n`a_b` *kept*?")
        };
        check(&pack, "Acme_Co *Rules*", "No `leaks` <b>_at all_</b>", "- Is `a_b` *kept*?");
    }

    #[test]
    fn a_first_plan_names_its_feature() {
        let plan = parse::plan(&first_plan(&Head::new("Votes #", "007-votes", "2026-11-22"), []));
        let text = |text: Option<crate::plan::Text>| text.unwrap().text;
        assert_eq!(text(plan.title), "Votes #");
        assert_eq!(text(plan.metadata.branch), "007-votes");
        assert_eq!(text(plan.metadata.date), "2026-11-22");
        assert_eq!(text(plan.metadata.spec), "./spec.md");
        assert_eq!(text(plan.metadata.input), "Feature specification from /specs/007-votes/spec.md");
        assert_eq!(plan.project_structure.unwrap().documentation.unwrap().root.as_deref(), Some("specs/007-votes"));
    }
}
