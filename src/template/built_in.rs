//! The built-in templates, embedded from `templates/`.

macro_rules! table {
    ($($name:literal),* $(,)?) => {
        /// Every built-in template, by file name.
        pub static TEMPLATES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name)))),*];
    };
}

table![
    "README.md",
    "action.toml",
    "actuals.toml",
    "assumption.toml",
    "benefit.toml",
    "business-case.md",
    "change-request.md",
    "change.toml",
    "charter.md",
    "chase.md",
    "ci/github-check.yml",
    "ci/github-pmo.yml",
    "ci/github-weekly.yml",
    "ci/gitlab-root.yml",
    "ci/gitlab.yml",
    "closure-report.md",
    "communication-plan.md",
    "decision.toml",
    "issue.toml",
    "lesson.toml",
    "lessons-workshop.md",
    "meeting-minutes.md",
    "objective.toml",
    "period.toml",
    "person.toml",
    "pmo.toml",
    "programme-status.toml",
    "programme.toml",
    "project.toml",
    "report-style.css",
    "report.html",
    "request.toml",
    "review.toml",
    "risk.toml",
    "status.toml",
];

/// The text of the built-in template of that name.
pub fn source(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
}
