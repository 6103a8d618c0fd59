//! Principle III, Component Isolation: roles don't share components, rights or rooms.

use plangate_core::declare_principle;
use plangate_core::evidence::{Evidence, Indicators, Missing, Proof, QuestionContext};
use plangate_core::plan::{EntryKind, TreeEntry};

use crate::answered;
use crate::architecture::words_of_identifier;

declare_principle! {
    /// Hosts and participants have their own components, rights and rooms.
    pub COMPONENT_ISOLATION = "III" "Component Isolation", statuses: [Pass, Attention, NotApplicable];

    /// ## What it finds
    /// A plan that says that host and participant are kept apart, while one file of its source tree is named for both.
    ///
    /// ## Why it matters
    /// A file that serves both roles is where a participant gets to see, or to do, what is the host's.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **III. Component Isolation** ✅
    /// - Are Host and Participant responsibilities clearly separated? **No** - both use one page
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **III. Component Isolation** ✅
    /// - Are Host and Participant responsibilities clearly separated? **Yes** - one page for each
    /// ```
    ///
    /// ```md,file=spec.md
    /// ### User Story 1 - The host opens an auction (Priority: P1)
    ///
    /// ### User Story 2 - A participant places a bid (Priority: P2)
    /// ```
    question "MVP301" "mixed-responsibilities" = Duty
        "Are Host and Participant responsibilities clearly separated?",
        indicators: Indicators::terms(&["host-only", "participant-only", "as a host", "as a participant", "host dashboard", "host page", "host view", "host component", "participant page", "participant view", "participant component", "separation of concerns", "separate component", "component boundary", "separation of roles", "role separation"])
        .files(&["**/host/**", "**/participant/**", "**/participants/**", "**/*Host*", "**/*Participant*"]),
        proof: mixed_responsibilities;

    /// ## What it finds
    /// A plan that claims boundaries between roles, and says nowhere who may do what.
    ///
    /// ## Why it matters
    /// A boundary that no requirement and no contract states is one that nobody implements: a hidden button is no
    /// permission.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **III. Component Isolation** ✅
    /// - Does this feature maintain role-based permission boundaries? **No** - everybody may close an auction
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **III. Component Isolation** ✅
    /// - Does this feature maintain role-based permission boundaries? **Yes** - FR-005
    /// ```
    ///
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-005**: System MUST answer 403 when anybody but the auction's host closes it
    /// ```
    question "MVP302" "unguarded-role" = Duty
        "Does this feature maintain role-based permission boundaries?",
        indicators: Indicators::terms(&["permission", "authorization", "authorisation", "authorize", "authorise", "unauthorized", "forbidden", "403", "role", "role-based", "RBAC", "ABAC", "access control", "access rights", "access policy", "authorization policy", "host-only", "admin-only", "owner-only", "only the host", "only hosts", "only the owner", "only administrators", "ACL", "row-level security", "least privilege", "privilege escalation"])
        .files(&[
            "**/*permission*", "**/*authoriz*", "**/*authz*", "**/*guard*", "**/*policy*", "**/policies/**", "**/*rbac*",
            "**/*Auth.*", "**/*acl*",
        ])
        .dependencies(&[
            "casl", "@casl/*", "accesscontrol", "casbin*", "pycasbin", "github.com/casbin/casbin*", "pundit", "cancancan",
            "django-guardian", "spring-boot-starter-security", "spring-security*", "spatie/laravel-permission", "bodyguard",
            "oso*",
        ]);

    /// ## What it finds
    /// A plan that claims that rooms are isolated, and names no room, tenant, workspace or session that anything is bound to.
    ///
    /// ## Why it matters
    /// Where a key is missing from an event, a query or a table, one room hears what another one says.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **III. Component Isolation** ✅
    /// - Are room isolation requirements satisfied? **No** - bids go to every open page
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **III. Component Isolation** ✅
    /// - Are room isolation requirements satisfied? **Yes** - FR-006
    /// ```
    ///
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-006**: System MUST send a bid to the auction's own room and to no other
    /// ```
    question "MVP303" "unisolated-room" = Duty
        "Are room isolation requirements satisfied?",
        indicators: Indicators::terms(&[
            "room", "room code", "room id", "roomId", "tenant", "tenant id", "multi-tenant", "multi-tenancy", "workspace",
            "workspace id", "namespace", "session scope", "session id", "channel id", "per-session", "organization id",
            "organisation id", "partition key", "isolation", "isolated", "scoped to",
        ])
        .files(&["**/*room*", "**/*Room*", "**/*tenant*", "**/*Tenant*", "**/*workspace*"]);
}

/// Comments on a tree's entry that tell of a file that goes, or that stood there before.
const NOT_PLANNED: &[&str] =
    &["remove", "removed", "delete", "deleted", "deprecated", "split", "legacy", "existing", "unchanged"];

/// Folders and words of files that may name both roles: they hold no component.
const NO_COMPONENTS: &[&str] = &[
    "test", "tests", "spec", "specs", "e2e", "docs", "contracts", "types", "type", "flow", "separation", "isolation",
    "fixtures", "mocks", "migrations",
];

/// No file of the source tree is named for both roles; stories and files of their own keep them apart.
fn mixed_responsibilities(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let trees = cx.plan().project_structure.iter().flat_map(|structure| &structure.source);
    let entries: Vec<&TreeEntry> = trees.flat_map(|tree| &tree.entries).filter(|entry| is_component(entry)).collect();
    let mixed = entries.iter().filter(|entry| roles(file_name(entry)) == (true, true)).map(|entry| {
        let note = format!("the source tree names `{}` for both host and participant", entry.path);
        Evidence::contradicts(cx.in_plan(entry.span), note)
    });
    let mixed: Vec<Evidence> = mixed.collect();
    if !mixed.is_empty() {
        return Ok(answered::contradicted_by(mixed).help("give each role a file of its own"));
    }
    let of = |wanted| entries.iter().find(|entry| roles(file_name(entry)) == wanted);
    if let (Some(host), Some(participant)) = (of((true, false)), of((false, true))) {
        let note = format!("`{}` and `{}` keep the roles apart", host.path, participant.path);
        return Ok(Proof::supports(cx.in_plan(host.span), note));
    }
    let spec = cx.feature.spec()?;
    let story = |wanted| spec.stories.iter().find(|story| roles(&story.title) == wanted);
    Ok(match (story((true, false)), story((false, true))) {
        (Some(host), Some(_)) => Proof::supports(spec.place(host.heading), "user stories keep the roles apart"),
        _ => Proof::silent(),
    })
}

fn is_component(entry: &TreeEntry) -> bool {
    let comment = words_of_identifier(entry.comment.as_deref().unwrap_or_default());
    let gone = comment.iter().any(|word| NOT_PLANNED.contains(&word.as_str()));
    let elsewhere = words_of_identifier(&entry.path).iter().any(|word| NO_COMPONENTS.contains(&word.as_str()));
    entry.kind == EntryKind::File && !gone && !elsewhere && !entry.path.ends_with(".md")
}

/// Whether a name speaks of the host, and whether it speaks of the participant.
fn roles(name: &str) -> (bool, bool) {
    let words = words_of_identifier(name);
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    (has(&["host", "hosts"]), has(&["participant", "participants", "audience"]))
}

fn file_name(entry: &TreeEntry) -> &str {
    entry.path.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use plangate_core::Feature;
    use plangate_core::evidence::Says;
    use plangate_core::judgement::Claim;
    use plangate_core::plan::{Plan, ProjectStructure, Tree, Verdict};

    use super::*;
    use crate::asking::{Asked, contradictions, notes, prove};

    fn feature(paths: &[&str]) -> Feature {
        let mut tree = Tree::default();
        for path in paths {
            let mut entry = TreeEntry::default();
            entry.path = (*path).to_owned();
            tree.entries.push(entry);
        }
        let mut structure = ProjectStructure::default();
        structure.source.push(tree);
        let mut plan = Plan::default();
        plan.project_structure = Some(structure);
        Asked::with_plan(Feature::builder().plan("").complete().build(), plan)
    }

    #[test]
    fn one_file_for_both_roles_contradicts() {
        let feature = feature(&["src/pages/HostParticipantPage.jsx", "src/pages/HostPage.jsx"]);
        assert_eq!(
            contradictions(&feature, &COMPONENT_ISOLATION, "MVP301", Verdict::Yes, "apart"),
            ["the source tree names `src/pages/HostParticipantPage.jsx` for both host and participant"]
        );
        assert!(contradictions(&feature, &COMPONENT_ISOLATION, "MVP301", Verdict::No, "").is_empty());
    }

    #[test]
    fn tests_and_hosting_are_no_mixture() {
        let feature = feature(&["tests/hostParticipantFlow.test.js", "src/hosting.js", "src/ParticipantPage.jsx"]);
        assert!(contradictions(&feature, &COMPONENT_ISOLATION, "MVP301", Verdict::Yes, "apart").is_empty());
    }

    #[test]
    fn a_file_for_each_role_supports() {
        let feature = feature(&["src/HostPage.jsx", "src/ParticipantPage.jsx"]);
        let proof = prove(&feature, &COMPONENT_ISOLATION, "MVP301", Verdict::Yes, "", Claim::Planned);
        assert_eq!(
            notes(proof, Says::Supports),
            ["`src/HostPage.jsx` and `src/ParticipantPage.jsx` keep the roles apart"]
        );
    }
}
