//! `pmo explain`: the manual page of a rule, and the computed rating of a project line by line.

use clap::Args;
use clap_complete::{ArgValueCandidates, CompletionCandidate};
use serde::Serialize;

use crate::analysis::rating::{self, Greener, Limit, LimitFrom, Rating, Reason, Unit};
use crate::analysis::standing::Standing;
use crate::check::{self, policy};
use crate::document::{Cell, Column, Document, Level, Line, Rating as Shown, Table};
use crate::load::manual;
use crate::model::scope::Reports;
use crate::model::{Date, Number, Rag, RecordId, Scope};
use crate::text::{count, list, nearest, terminal};

use super::emit::PageFormat;
use super::{CliError, Context, Done, Outcome, complete};

const EXAMPLES: &str = "\
Examples:
  pmo explain                        every rule, one line each
  pmo explain red-without-plan       what the rule checks, why, and how to fix it
  pmo explain rag crm                why the figures rate a project as they do";

/// Explain a rule, or the computed rating of a project
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Explain {
    /// A rule, or `rag` for the rating of a project; every rule unless given
    #[arg(value_name = "RULE|rag", add = ArgValueCandidates::new(topics))]
    topic: Option<String>,
    /// The project, after `rag`
    #[arg(value_name = "PROJECT", add = ArgValueCandidates::new(complete::projects))]
    project: Option<String>,
    /// How to print a rating
    #[arg(short = 'O', long = "format", value_name = "FORMAT", default_value = "terminal")]
    format: PageFormat,
}

fn topics() -> Vec<CompletionCandidate> {
    let rag = CompletionCandidate::new("rag").help(Some("why the figures rate a project as they do".into()));
    let rules = check::RULES.iter().map(|r| CompletionCandidate::new(r.name).help(Some(r.summary().into())));
    std::iter::once(rag).chain(rules).collect()
}

impl Explain {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match (self.topic.as_deref(), self.project.as_deref()) {
            (None, _) => context.put(&every_rule())?,
            (Some("rag"), Some(project)) => rag(context, project, self.format)?,
            (Some("rag"), None) => {
                return Err(CliError::new("of which project?").hint("pmo explain rag crm"));
            }
            (Some(topic), Some(_)) => {
                let error = CliError::new("only `rag` is explained for a project");
                return Err(error.hint(format!("pmo explain {}", terminal(topic))));
            }
            (Some(topic), None) => context.put(&page(topic)?)?,
        }
        Ok(Done::Fine)
    }
}

fn every_rule() -> String {
    let width = check::RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let lines = check::RULES.iter().map(|rule| format!("{:width$}  {}\n", rule.name, rule.summary()));
    lines.chain(["\npmo explain RULE prints the page of a rule\n".to_owned()]).collect()
}

fn page(topic: &str) -> Result<String, CliError> {
    if let Some(rule) = check::rule(topic) {
        return Ok(format!("{}\n", rule.page.trim_end()));
    }
    if let Some(page) = manual::page(topic) {
        return Ok(page);
    }
    let error = CliError::new(format!("there is no rule `{}`", terminal(topic)));
    Err(match nearest(topic, policy::names().chain(manual::MANUAL.iter().map(|(name, ..)| *name))) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`pmo explain` lists the rules, `pmo explain rag PROJECT` explains a rating"),
    })
}

/// The rating of a project as programs read it.
#[derive(Serialize)]
struct Explained<'a> {
    schema_version: u32,
    kind: &'static str,
    project: &'a str,
    day: Date,
    period: Option<String>,
    declared: Option<Rag>,
    greener_than_computed: bool,
    rating: &'a Rating,
}

fn rag(context: &Context, project: &str, format: PageFormat) -> Result<(), CliError> {
    let scope = Scope {
        projects: Some([project.to_owned()].into()),
        ..Scope::kinds(&["project", "risk", "change", "benefit", "actuals"])
    };
    let loaded = context.load(&scope.with_reports(Reports::Newest(1)).on(context.today))?;
    let register = &loaded.register;
    if !register.projects.contains_key(project) {
        let error = CliError::new(format!("there is no project `{}`", terminal(project)));
        return Err(match nearest(project, register.projects.keys().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pmo project list` lists the projects"),
        });
    }
    let Some(at) = Standing::of(register, project, context.today) else {
        let path = RecordId::project(project).path();
        let error = CliError::new(format!("the charter of `{project}` cannot be read"));
        return Err(error.hint(format!("pmo check {path}")));
    };
    let rating = rating::of(&register.config, &at, context.today);
    let scale = register.config.rag.scale;
    let greener: Vec<Greener> =
        at.status().map(|status| rating::greener(&rating, status, scale, context.today)).unwrap_or_default();
    let value = Explained {
        schema_version: 1,
        kind: "rating",
        project: at.id,
        day: context.today,
        period: at.period().map(|p| p.to_string()),
        declared: at.status().map(|s| s.rag.overall),
        greener_than_computed: greener.iter().any(|g| !g.is_excused),
        rating: &rating,
    };
    context.page(format, &value, || {
        line_by_line(&at, &rating, &greener, context.today).source(loaded.source.clone())
    })
}

fn level(rag: Rag) -> Level {
    match rag {
        Rag::Red => Level::Red,
        Rag::AmberRed => Level::AmberRed,
        Rag::Amber => Level::Amber,
        Rag::AmberGreen => Level::AmberGreen,
        Rag::Green => Level::Green,
        Rag::Grey => Level::Grey,
    }
}

fn both(rag: Rag) -> Cell {
    Cell::Rating(Shown::both(level(rag)))
}

fn line_by_line(at: &Standing<'_>, rating: &Rating, greener: &[Greener], day: Date) -> Document {
    let mut page =
        Document::new(&at.charter.name, day.0).subtitle(format!("why the figures rate {} so", at.id));
    let mut line = Line::new().text("The figures say ").value(both(rating.overall));
    if let (Some(period), Some(status)) = (at.period(), at.status()) {
        let reported = format!(", the report of {} says ", period.spoken());
        line = line.text(reported).value(both(status.rag.overall));
    } else {
        line = line.text(", and there is no report that counts");
    }
    page.paragraph(line);
    let columns = vec![
        Column::new("dimension", "Dimension"),
        Column::new("figures", "Figures"),
        Column::new("reported", "Reported"),
        Column::new("reason", "Because").stretch(),
        Column::new("amber", "Amber").priority(1),
        Column::new("red", "Red").priority(1),
    ];
    let mut table = Table::new("rating", columns).main();
    for reading in &rating.readings {
        let declared = at.status().and_then(|status| status.rag.get(reading.dimension));
        for (i, reason) in reading.reasons.iter().enumerate() {
            let head = if i == 0 {
                vec![Cell::text(reading.dimension.word()), both(reading.rag), Cell::of(declared, both)]
            } else {
                vec![Cell::Empty, Cell::Empty, Cell::Empty]
            };
            let cells = [Cell::text(reason.say()), limit(reason, |l| l.amber), limit(reason, |l| l.red)];
            table.row(head.into_iter().chain(cells).collect());
        }
    }
    page.table(table);
    page.paragraph(overall(rating));
    for from in [LimitFrom::Project, LimitFrom::Class, LimitFrom::Everyone] {
        let mut reasons = rating.readings.iter().flat_map(|reading| &reading.reasons);
        if reasons.any(|reason| reason.limit.is_some_and(|limit| limit.from == from)) {
            page.paragraph(match from {
                LimitFrom::Project => "* the project's own tolerance; amber beyond half of it",
                LimitFrom::Class => "* the tolerance of its class; amber beyond half of it",
                _ => "* the tolerance of every project; amber beyond half of it",
            });
        }
    }
    if let Some(text) = too_green(greener) {
        page.paragraph(text);
    }
    page
}

/// One limit of a reason, such as `> 14 days`, with a star where it is a tolerance.
fn limit(reason: &Reason, side: impl Fn(&Limit) -> Option<Number>) -> Cell {
    let Some((limit, figure)) = reason.limit.and_then(|limit| Some((limit, side(&limit)?))) else {
        return Cell::Empty;
    };
    let beyond = if limit.below { "<" } else { ">" };
    let unit = match limit.unit {
        Unit::Days => " days",
        Unit::WorkingDays => " work days",
        Unit::Percent => " %",
        Unit::Index | Unit::Money => "",
    };
    let star = if limit.from == LimitFrom::Register { "" } else { " *" };
    Cell::text(format!("{beyond} {}{unit}{star}", figure.0.normalize()))
}

/// Where the report is better than the figures, in one sentence.
fn too_green(greener: &[Greener]) -> Option<String> {
    let name = |found: &Greener| found.dimension.map_or("overall", |d| d.word());
    let bare: Vec<&str> = greener.iter().filter(|g| !g.is_excused).map(name).collect();
    if !bare.is_empty() {
        let what = list(&bare, "and");
        return Some(format!(
            "Reported better than the figures say: {what}; what to do: pmo explain greener-than-computed"
        ));
    }
    let excused: Vec<&str> = greener.iter().map(name).collect();
    (!excused.is_empty()).then(|| {
        format!(
            "Reported better than the figures say, and explained by an override: {}",
            list(&excused, "and")
        )
    })
}

/// How the rating as a whole follows from the dimensions and the report's age.
fn overall(rating: &Rating) -> String {
    let known = match rating.figures {
        Rag::Grey => "Overall: schedule and cost are both unknown, and nothing else is red, so it is grey",
        _ => "Overall: the worst dimension that is known",
    };
    match (rating.missed, rating.is_aged()) {
        (0, _) => known.to_owned(),
        (missed, true) => {
            let missed = count(usize::try_from(missed).unwrap_or_default(), "missed report");
            format!("{known}, {}; with {missed} it is {}", rating.figures, rating.overall)
        }
        (missed, false) => {
            let missed = count(usize::try_from(missed).unwrap_or_default(), "missed report");
            format!("{known}; {missed} changes nothing about it")
        }
    }
}
