//! When reports are due (`[reporting]`): for the register, for some of its projects, for one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lifecycle::ProjectState;
use super::{Cadence, Date, Period, Project};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The same day as the calendar library counts it.
    pub fn get(self) -> chrono::Weekday {
        match self {
            Self::Monday => chrono::Weekday::Mon,
            Self::Tuesday => chrono::Weekday::Tue,
            Self::Wednesday => chrono::Weekday::Wed,
            Self::Thursday => chrono::Weekday::Thu,
            Self::Friday => chrono::Weekday::Fri,
            Self::Saturday => chrono::Weekday::Sat,
            Self::Sunday => chrono::Weekday::Sun,
        }
    }
}

/// When reports are due (`[reporting]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reporting {
    /// How often projects report.
    pub cadence: Cadence,
    /// The weekday on which reports are due: the last such day of the period.
    pub due: Weekday,
    /// Days after the deadline before a report counts as missing.
    pub grace_days: u32,
    /// Days on which nobody works; a deadline on one moves to the working day before it.
    pub holidays: Vec<Date>,
    /// Addresses of programs whose commits do not count as filing a report.
    pub bots: Vec<String>,
    /// What differs for some projects; the first that fits holds.
    #[serde(rename = "override")]
    pub overrides: Vec<ReportingOverride>,
}

impl Default for Reporting {
    fn default() -> Self {
        Self {
            cadence: Cadence::Weekly,
            due: Weekday::Friday,
            grace_days: 0,
            holidays: Vec::new(),
            bots: Vec::new(),
            overrides: Vec::new(),
        }
    }
}

/// How often a project reports, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// Every ISO week, Monday to Sunday.
    Weekly,
    /// Every two ISO weeks.
    Fortnightly,
    /// Every calendar month.
    Monthly,
    /// Every calendar quarter.
    Quarterly,
    /// Not at all.
    None,
}

impl Rhythm {
    /// The cadence; nothing for a project that does not report.
    pub fn cadence(self) -> Option<Cadence> {
        match self {
            Self::Weekly => Some(Cadence::Weekly),
            Self::Fortnightly => Some(Cadence::Fortnightly),
            Self::Monthly => Some(Cadence::Monthly),
            Self::Quarterly => Some(Cadence::Quarterly),
            Self::None => None,
        }
    }
}

/// What differs for some projects (`[[reporting.override]]`): those that fit every selector given.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportingOverride {
    /// Selects one project, by id.
    pub project: Option<String>,
    /// Selects the projects of a programme, by the programme's id.
    pub programme: Option<String>,
    /// Selects projects in a state. Only an override that names it makes a project report that is neither
    /// active nor closing.
    pub state: Option<ProjectState>,
    /// Selects the projects of a complexity class.
    pub class: Option<String>,
    /// How often they report, or "none".
    pub cadence: Option<Rhythm>,
    /// The weekday on which their reports are due.
    pub due: Option<Weekday>,
    /// Days after the deadline before their reports count as missing.
    pub grace_days: Option<u32>,
}

impl ReportingOverride {
    /// Whether it is for this project, were it in that state.
    fn fits(&self, id: &str, charter: &Project, state: ProjectState) -> bool {
        let is = |asked: &Option<String>, own: Option<&str>| asked.is_none() || asked.as_deref() == own;
        self.state.is_none_or(|asked| asked == state)
            && is(&self.project, Some(id))
            && is(&self.programme, charter.programme.as_deref())
            && is(&self.class, charter.class.as_deref())
    }
}

/// What a project's charter says of its reports (`[reporting]`); it goes before the register's overrides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectReporting {
    /// How often the project reports, or "none".
    pub cadence: Option<Rhythm>,
    /// The weekday on which its reports are due.
    pub due: Option<Weekday>,
    /// Days after the deadline before a report counts as missing.
    pub grace_days: Option<u32>,
}

impl Reporting {
    /// The first override that is for this project.
    pub fn override_of(&self, id: &str, charter: &Project) -> Option<&ReportingOverride> {
        self.override_in(id, charter, charter.state)
    }

    fn override_in(&self, id: &str, charter: &Project, state: ProjectState) -> Option<&ReportingOverride> {
        self.overrides.iter().find(|one| one.fits(id, charter, state))
    }

    /// How often a project owes reports; nothing for one that owes none.
    ///
    /// Active and closing projects do, unless their charter or an override says "none"; in another state
    /// only those for which an override that names the state says how often; those that are over never.
    pub fn cadence_of(&self, id: &str, charter: &Project) -> Option<Cadence> {
        let own = charter.reporting.and_then(|own| own.cadence);
        let ruled = self.override_of(id, charter);
        let by_rule = ruled.and_then(|rule| rule.cadence);
        if charter.state.is_over() {
            return None;
        }
        if !charter.state.reports() && (by_rule.is_none() || ruled.is_none_or(|rule| rule.state.is_none())) {
            return None;
        }
        own.or(by_rule).map_or(Some(self.cadence), Rhythm::cadence)
    }

    /// How a project's reports are named; as the register's when its charter was not read.
    pub fn naming_of(&self, id: &str, charter: Option<&Project>) -> Naming {
        let Some(charter) = charter else { return Naming { cadence: self.cadence, others: Vec::new() } };
        if let Some(cadence) = charter.reporting.and_then(|own| own.cadence).and_then(Rhythm::cadence) {
            return Naming { cadence, others: Vec::new() };
        }
        let in_state = |state: ProjectState| {
            let rule = self.override_in(id, charter, state);
            rule.and_then(|rule| rule.cadence).and_then(Rhythm::cadence).unwrap_or(self.cadence)
        };
        let cadence = in_state(charter.state);
        let states = if self.overrides.is_empty() { &[][..] } else { &ProjectState::ALL[..] };
        let others = states.iter().map(|state| in_state(*state)).filter(|other| *other != cadence);
        Naming { cadence, others: others.collect() }
    }
}

/// How a project's reports are named, and which of those that are there are out of place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The cadence of its reports now.
    pub cadence: Cadence,
    /// Cadences that the project has in other states of its life.
    others: Vec<Cadence>,
}

impl Naming {
    /// Whether the project has the cadence of this period in another state of its life.
    pub fn is_of_another_state(&self, period: Period) -> bool {
        self.others.contains(&period.cadence())
    }

    /// Whether a report of this period is out of place among the others that are there, oldest first.
    ///
    /// One of another cadence is history when it came before the first that fits, or when the project has
    /// that cadence in another state (a closing project that reports monthly). Otherwise it would hide those
    /// that fit: the report of November looks newer than that of any week in it.
    pub fn is_off(&self, period: Period, filed: impl Iterator<Item = Period>) -> bool {
        // The names alone decide, and nearly every one fits.
        if period.cadence() == self.cadence {
            return false;
        }
        let is_explained = self.is_of_another_state(period);
        let mut fitting = filed.filter(|other| other.cadence() == self.cadence).take_while(|f| *f < period);
        fitting.any(|fit| !is_explained || period.first() <= fit.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charter(text: &str) -> Project {
        toml::from_str(&format!("name = 'CRM'\nmanager = 'jana'\n{text}")).unwrap()
    }

    fn reporting(text: &str) -> Reporting {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn the_charter_goes_before_the_first_override_that_fits_and_that_before_the_register() {
        let reporting = reporting(
            "cadence = 'fortnightly'\n\
             [[override]]\nproject = 'crm'\nstate = 'closing'\ncadence = 'quarterly'\n\
             [[override]]\nstate = 'closing'\ncadence = 'monthly'\n\
             [[override]]\nprogramme = 'quiet'\nclass = 'C'\ncadence = 'none'\n\
             [[override]]\nstate = 'on-hold'\ncadence = 'monthly'\n",
        );
        for (id, text, expected) in [
            ("erp", "state = 'active'", Some(Cadence::Fortnightly)),
            ("erp", "state = 'closing'", Some(Cadence::Monthly)),
            ("crm", "state = 'closing'", Some(Cadence::Quarterly)),
            ("crm", "state = 'closing'\nreporting.cadence = 'weekly'", Some(Cadence::Weekly)),
            ("crm", "state = 'active'\nreporting.cadence = 'none'", None),
            ("crm", "state = 'active'\nprogramme = 'quiet'\nclass = 'C'", None),
            ("crm", "state = 'active'\nprogramme = 'quiet'\nclass = 'B'", Some(Cadence::Fortnightly)),
            ("crm", "state = 'on-hold'", Some(Cadence::Monthly)),
            ("crm", "state = 'approved'", None),
            ("crm", "state = 'closed'", None),
        ] {
            assert_eq!(reporting.cadence_of(id, &charter(text)), expected, "{id}: {text}");
        }
        // A cadence of its own does not make a project report that is on hold.
        let own = charter("state = 'on-hold'\nreporting.cadence = 'monthly'");
        assert_eq!(Reporting::default().cadence_of("crm", &own), None);
    }

    #[test]
    fn a_cadence_of_another_state_is_no_stray_unless_it_swallows_one_that_fits() {
        let reporting = reporting("[[override]]\nstate = 'closing'\ncadence = 'monthly'\n");
        let off = |state: &str, filed: &[&str]| {
            let filed: Vec<Period> = filed.iter().map(|text| text.parse().unwrap()).collect();
            let naming = reporting.naming_of("crm", Some(&charter(&format!("state = '{state}'"))));
            let off = filed.iter().filter(|period| naming.is_off(**period, filed.iter().copied()));
            off.map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(off("closing", &["2026-03", "2026-W46", "2026-W47"]), [""; 0]);
        assert_eq!(off("active", &["2026-W46", "2026-11"]), ["2026-11"]);
        assert_eq!(off("active", &["2026-W42", "2026-Q4", "2026-12"]), ["2026-Q4"]);
    }
}
