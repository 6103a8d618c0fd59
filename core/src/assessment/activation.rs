//! Which packs concern a plan.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::feature::Feature;
use crate::matching::{Words, same_name};
use crate::pack::PackManifest;
use crate::parse::ordinal_values;
use crate::plan::Plan;
use crate::principle::Principle;

/// Whether a pack examines a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Activation {
    /// It was asked for by name.
    Required,
    /// At least half of its principles occur in the plan, its template or its constitution.
    Occurs,
    /// It does not concern this plan.
    Inactive,
}

impl Activation {
    /// Whether the pack examines the plan.
    #[must_use]
    pub fn is_active(self) -> bool {
        self != Self::Inactive
    }
}

/// Whether `pack` examines the plan of `feature`. One name such as "Test-Driven Development" is
/// common property: a principle occurs where numeral and name agree, or two of its questions stand.
#[must_use]
pub fn activation(feature: &Feature, pack: &PackManifest, required: bool) -> Activation {
    Matter::of(feature).activation(pack, required)
}

/// What the documents of a feature speak of, read once for all packs.
pub(crate) struct Matter<'a> {
    feature: &'a Feature,
    named: OnceCell<Vec<(Vec<u32>, Words)>>,
    asked: OnceCell<HashSet<Words>>,
}

impl<'a> Matter<'a> {
    pub(crate) fn of(feature: &'a Feature) -> Self {
        Self { feature, named: OnceCell::new(), asked: OnceCell::new() }
    }

    /// Whether `pack` examines the plan.
    pub(crate) fn activation(&self, pack: &PackManifest, required: bool) -> Activation {
        if required {
            return Activation::Required;
        }
        let occurring = pack.principles.iter().filter(|principle| self.holds(principle)).count();
        if !pack.principles.is_empty() && occurring * 2 >= pack.principles.len() {
            Activation::Occurs
        } else {
            Activation::Inactive
        }
    }

    fn holds(&self, principle: &Principle) -> bool {
        let named = self.named.get_or_init(|| named_principles(self.feature));
        let ordinal = ordinal_values(&principle.ordinal);
        let name = Words::of_name(&principle.name);
        named.iter().any(|(values, words)| *values == ordinal && same_name(&name, words)) || {
            let asked = self.asked.get_or_init(|| asked_questions(self.feature));
            let mut stands = principle.questions.iter().filter(|question| asked.contains(&Words::of(&question.text)));
            stands.nth(1).is_some()
        }
    }
}

/// Numerals and names in the plan, the template and the constitution.
fn named_principles(feature: &Feature) -> Vec<(Vec<u32>, Words)> {
    let of_plan = |plan: &Plan| -> Vec<(Option<String>, String)> {
        let checks = plan.constitution_checks.iter().flat_map(|check| &check.principles);
        checks.map(|principle| (principle.ordinal.clone(), principle.name.clone())).collect()
    };
    let mut found = of_plan(feature.plan());
    if let Ok(template) = feature.plan_template() {
        found.extend(of_plan(&template));
    }
    if let Ok(constitution) = feature.constitution() {
        found.extend(
            constitution.principles.iter().map(|principle| (principle.ordinal.clone(), principle.name.clone())),
        );
    }
    found.into_iter().filter_map(|(ordinal, name)| Some((ordinal_values(&ordinal?), Words::of_name(&name)))).collect()
}

fn asked_questions(feature: &Feature) -> HashSet<Words> {
    let template = feature.plan_template().ok();
    let plans = [Some(feature.plan()), template.as_ref().map(|template| template.model)];
    plans
        .into_iter()
        .flatten()
        .flat_map(|plan| &plan.constitution_checks)
        .flat_map(|check| &check.principles)
        .flat_map(|principle| &principle.questions)
        .map(|question| Words::of(&question.text))
        .collect()
}
