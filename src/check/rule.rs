//! What a rule is: its name, its weight, its page, and how it looks.

use crate::model::policy::{OfficeKind, Strictness};
use crate::model::scope::{FilingScope, KindSet, Needs, Reports, Scope};

use super::{Context, Findings};

/// How much a finding matters, from which its default level follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The register contradicts itself, so that a figure or link cannot be relied on.
    Broken,
    /// Something that was promised to the PMO is missing or untrue.
    Promise,
    /// Something waits or is incomplete; somebody should look.
    Advice,
    /// Worth a glance.
    Hint,
}

/// A rule: a pattern in a register that should not be.
pub struct Rule {
    /// Its name, in kebab-case, for the bad pattern.
    pub name: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// The kinds of record that it looks at, beside charters; `status` is governed by `reports`.
    pub kinds: &'static [&'static str],
    /// How many status reports of each project it looks at.
    pub reports: Reports,
    /// Its manual page, in Markdown.
    pub page: &'static str,
    /// Finds what breaks it.
    pub check: fn(&Context<'_>, &mut Findings),
}

impl Rule {
    /// What a finding counts as where nothing else is said, by the kind of office that keeps the register.
    pub fn default(&self, office: OfficeKind) -> Strictness {
        match (office, self.weight) {
            (OfficeKind::Supportive, _) | (_, Weight::Hint) => Strictness::Warn,
            (_, Weight::Broken | Weight::Promise) => Strictness::Deny,
            (OfficeKind::Directive, Weight::Advice) => Strictness::Deny,
            (OfficeKind::Controlling, Weight::Advice) => Strictness::Warn,
        }
    }

    /// Whether it looks at when reports were filed, which only git knows.
    pub fn asks_git(&self) -> bool {
        self.name == super::rules::status_late::RULE.name
    }

    /// The first line of its page below the title.
    pub fn summary(&self) -> &'static str {
        let mut lines = self.page.lines().map(str::trim);
        lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
    }
}

impl Needs for Rule {
    /// Charters, the kinds that it names, and its reports.
    fn needs(&self) -> Scope {
        Scope {
            kinds: KindSet::of(self.kinds).union(KindSet::of(&["project"])),
            reports: self.reports,
            // Git is asked for three rules only.
            closings: self.name == "closed-period-changed",
            baselines: self.name == "baseline-moved-without-change",
            filings: FilingScope { newest: self.asks_git(), ..FilingScope::default() },
            ..Scope::default()
        }
    }
}
