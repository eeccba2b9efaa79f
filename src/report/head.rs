//! What every report says of itself first: what it is, of which day, by which rules, from which source.

use std::sync::Arc;

use serde::Serialize;

use crate::document::{Block, Cell, Document, Line, Notice, Severity};
use crate::model::audience::{Section, Withheld, Withhold};
use crate::model::config::RagScale;
use crate::model::policy::OfficeKind;
use crate::model::thresholds::Thresholds;
use crate::model::{Config, Date, Language, Period, Register};

use super::withholding;

/// The version of the reports' JSON and YAML; it changes when a name or meaning does.
pub const SCHEMA_VERSION: u32 = 1;

/// Which day a report speaks of, and where its register came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The day.
    pub day: Date,
    /// The source in words: `work tree on 3f2c1a9`.
    pub source: String,
    /// How the report comes about.
    pub making: Making,
}

impl Asked {
    /// A question about a day, of a register from this source, by nobody in particular.
    pub fn new(day: Date, source: impl Into<String>) -> Self {
        Self { day, source: source.into(), making: Making::default() }
    }
}

/// How a report came about, as far as it takes to make it again (`pmo verify`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Making {
    /// The full id of the commit that was read, or that the work tree stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The command, without what says where, when and in which form: `pmo report portfolio --rag red`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The day that counted as today, where the report speaks of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_on: Option<Date>,
}

/// The opening of every report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head {
    /// The version of the report's form.
    pub schema_version: u32,
    /// Which report it is.
    pub kind: &'static str,
    /// The register's name.
    pub register: String,
    /// The register's currency; empty, and left out, where the report is of one project in its own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub currency: String,
    /// The day that it speaks of.
    pub day: Date,
    /// The reporting period of that day.
    pub period: Period,
    /// Where the register came from.
    pub source: String,
    /// How it came about.
    #[serde(flatten)]
    pub making: Making,
    /// By which rules the figures were rated.
    pub rules: RuleSet,
    /// How the page's dates, money and figures are written; programs read the same in every language.
    #[serde(skip)]
    pub language: Language,
    /// For whom it is, and what was withheld from them; only in a report for an audience.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Arc<Withheld>>,
}

/// By which rules figures are rated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleSet {
    /// The program and its version.
    pub program: &'static str,
    /// What sort of office sets the levels.
    pub office: OfficeKind,
    /// How many levels ratings have.
    pub scale: RagScale,
    /// The limits of the computed rating.
    pub thresholds: Thresholds,
}

impl RuleSet {
    fn of(config: &Config) -> Self {
        Self {
            program: concat!("pmo ", env!("CARGO_PKG_VERSION")),
            office: config.register.kind,
            scale: config.rag.scale,
            thresholds: config.thresholds.clone(),
        }
    }

    /// The rule set in words: `controlling office, three levels, built-in limits`.
    pub fn words(&self) -> String {
        let office = match self.office {
            OfficeKind::Supportive => "supportive",
            OfficeKind::Controlling => "controlling",
            OfficeKind::Directive => "directive",
        };
        let levels = match self.scale {
            RagScale::Three => "three",
            RagScale::Five => "five",
        };
        let limits = if self.thresholds == Thresholds::default() { "built-in" } else { "the register's own" };
        format!("{office} office, {levels} levels, {limits} limits")
    }
}

impl Head {
    /// The same for a report that says itself in which currency all of it is.
    #[must_use]
    pub fn in_its_own_currency(self) -> Self {
        Self { currency: String::new(), ..self }
    }

    /// The opening of a report of this kind.
    pub fn new(kind: &'static str, register: &Register, asked: &Asked) -> Self {
        let config = &register.config;
        Self {
            schema_version: SCHEMA_VERSION,
            kind,
            register: config.register.name.clone(),
            currency: config.register.currency.clone(),
            day: asked.day,
            period: Period::containing(asked.day, config.reporting.cadence),
            source: asked.source.clone(),
            making: Making {
                made_on: asked.making.made_on.filter(|day| *day != asked.day),
                ..asked.making.clone()
            },
            rules: RuleSet::of(config),
            language: config.locale.language,
            withheld: register.withheld.clone(),
        }
    }

    /// Whether the report shows this section to its readers.
    pub fn shows(&self, section: Section) -> bool {
        self.withheld.as_ref().is_none_or(|withheld| withheld.shows(section))
    }

    /// Whether this is withheld from its readers.
    pub fn withholds(&self, what: Withhold) -> bool {
        self.withheld.as_ref().is_some_and(|withheld| withheld.has(what))
    }

    /// Starts the report's page: its day, its source, how it was made, and what was withheld from its readers.
    pub fn page(&self, title: impl Into<String>) -> Document {
        let mut page = Document::new(title, self.day.0)
            .language(self.language)
            .source(self.source.clone())
            .imprint("report", "Report", self.kind)
            .imprint("day", "Day", self.day.to_string());
        if let Some(day) = self.making.made_on {
            page = page.imprint("made-on", "Made on", day.to_string());
        }
        page = page.imprint("period", "Period", self.period.to_string()).imprint(
            "source",
            "Source",
            self.source.clone(),
        );
        if let Some(commit) = &self.making.commit {
            page = page.imprint("commit", "Commit", commit.clone());
        }
        if let Some(withheld) = &self.withheld {
            page = page.imprint("audience", "For", withheld.audience.clone());
        }
        page = page.imprint("rules", "Rules", self.rules.words()).imprint(
            "program",
            "Made by",
            self.rules.program,
        );
        if let Some(command) = &self.making.command {
            page = page.imprint("command", "Command", command.clone());
        }
        if let Some(withheld) = &self.withheld {
            let text = Line::new().text(withholding::in_words(withheld));
            page.push(Block::Notice(Notice { severity: Severity::Info, text, next: None }));
        }
        page
    }

    /// The register's name, or a word for one that has none.
    pub fn title(&self) -> &str {
        if self.register.is_empty() { "Register" } else { &self.register }
    }
}

/// A period with its days, as they are written where the report is read: `week 47, 16–22 Nov 2026`.
pub fn period_line(period: Period) -> Line {
    let line = Line::new().text(period.spoken());
    match period {
        Period::Week { .. } | Period::Fortnight { .. } => {
            line.text(", ").value(Cell::Span(period.first().0, period.last().0))
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_named_with_its_days_and_a_month_has_no_need_of_them() {
        let week: Period = "2026-W47".parse().unwrap();
        let days = Cell::Span(week.first().0, week.last().0);
        assert_eq!(period_line(week), Line::new().text("week 47").text(", ").value(days));
        assert_eq!(period_line("2026-11".parse().unwrap()), Line::from("Nov 2026"));
    }
}
