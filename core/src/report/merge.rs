//! Joins the reports of several repositories.

use super::{Failure, PackReport, Report, RepositoryReport};

impl Report {
    /// One report of many: each with the name of its repository, below which all its paths then
    /// stand. The report is as if one run had looked at all of them; what they don't share (the day,
    /// the configuration, the revision) it doesn't say.
    ///
    /// ```
    /// use plangate_core::feature::Phase;
    /// use plangate_core::plan::Status;
    /// use plangate_core::report::{GateReport, PlanReport, Report};
    /// let gate = GateReport::new(None, Status::Pass, Vec::new());
    /// let plan = PlanReport::new("specs/001-a/plan.md", "001-a", Phase::Tasks, gate, Vec::new());
    /// let report = Report::new(Vec::new(), vec![plan]);
    /// let merged = Report::merge([("web".to_owned(), report.clone()), ("api".to_owned(), report)]);
    /// assert_eq!(merged.plans[0].path, "api/specs/001-a/plan.md");
    /// assert_eq!(merged.summary.plans, 2);
    /// ```
    #[must_use]
    pub fn merge(reports: impl IntoIterator<Item = (String, Report)>) -> Self {
        let mut packs: Vec<PackReport> = Vec::new();
        let mut plans = Vec::new();
        let mut failures: Vec<Failure> = Vec::new();
        let mut shared = None;
        for (name, report) in reports {
            packs.extend(report.packs.into_iter().filter(|pack| !packs.contains(pack)).collect::<Vec<_>>());
            plans.extend(report.plans.into_iter().map(|plan| plan.below(&name)));
            failures.extend(report.failures.into_iter().map(|failure| failure.below(&name)));
            let (today, policy) = shared.get_or_insert_with(|| (report.today.clone(), report.policy.clone()));
            today.take_if(|day| Some(&*day) != report.today.as_ref());
            policy.take_if(|known| Some(&*known) != report.policy.as_ref());
        }
        let mut merged = Self::new(packs, plans);
        merged.failures = failures;
        merged.repository = RepositoryReport::at(".");
        (merged.today, merged.policy) = shared.unwrap_or_default();
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shared_is_not_said() {
        let on = |day: &str| {
            let mut report = Report::new(Vec::new(), Vec::new());
            report.today = Some(day.to_owned());
            report.failures.push(Failure::of_path("plan.md", "plan.md could not be read"));
            report.failures.push(Failure::of_pack("mvp", "a rule panicked"));
            report
        };
        let merge =
            |days: [&str; 3]| Report::merge(days.iter().zip(1..).map(|(day, name)| (name.to_string(), on(day))));
        assert_eq!(merge(["2026-01-01"; 3]).today.as_deref(), Some("2026-01-01"));
        let merged = merge(["2026-01-01", "2026-01-02", "2026-01-01"]);
        assert_eq!(merged.today, None);
        let paths: Vec<_> = merged.failures.iter().map(|failure| failure.path.as_deref()).collect();
        assert_eq!(paths, [Some("1/plan.md"), None, Some("2/plan.md"), None, Some("3/plan.md"), None]);
    }
}
