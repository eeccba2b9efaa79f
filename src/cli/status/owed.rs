//! The reports that are there or should be, as rows: for people, and for programs.

use serde::Serialize;

use crate::analysis::calendar::owed::{Became, Owed};
use crate::document::{Cell, Column, Document, Line, Table};
use crate::model::filing::{Commit, Unknown};
use crate::model::{Date, Period, RecordId, Register};
use crate::text;

/// One report that is there or should be.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Filed {
    /// The reference: `crm/2026-W47`.
    pub id: String,
    pub project: String,
    pub name: String,
    pub manager: String,
    pub manager_name: String,
    pub period: Period,
    pub due: Date,
    /// Days from the deadline to the day of filing, or to today while it is not filed; 0 before it.
    pub days_late: i64,
    pub state: State,
    /// Whether the period was closed without it, so that it is not wanted any more.
    pub period_closed: bool,
    /// Whether a submitted report came in time; nothing where nobody can tell.
    pub on_time: Option<bool>,
    /// The commit that filed it.
    pub filed: Option<Commit>,
    /// Why nobody can tell when a submitted report was filed.
    pub unknown: Option<Unknown>,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    /// There is no file.
    Missing,
    /// Placeholders are left in it.
    Draft,
    /// It cannot be read.
    Broken,
    /// It is complete, and not committed.
    Complete,
    /// It is complete, and committed where there is git.
    Submitted,
}

/// The reports, for programs.
#[derive(Serialize)]
pub(super) struct Reports<'a> {
    pub schema_version: u32,
    pub kind: &'static str,
    pub day: Date,
    pub reports: &'a [Filed],
}

impl Filed {
    /// A row of what a project owes.
    pub fn of(register: &Register, owed: &Owed<'_>) -> Self {
        Self {
            id: RecordId::status(owed.project, owed.period).to_string(),
            project: owed.project.to_owned(),
            name: owed.charter.name.clone(),
            manager: owed.charter.manager.clone(),
            manager_name: register.person_name(&owed.charter.manager).to_owned(),
            period: owed.period,
            due: owed.deadline,
            days_late: owed.days_late,
            state: match owed.became {
                Became::Missing => State::Missing,
                Became::Draft => State::Draft,
                Became::Broken => State::Broken,
                Became::Uncommitted => State::Complete,
                Became::OnTime(_) | Became::Late(_) | Became::Filed(_) => State::Submitted,
            },
            period_closed: owed.is_missed,
            on_time: match owed.became {
                Became::OnTime(_) => Some(true),
                Became::Late(_) => Some(false),
                _ => None,
            },
            filed: owed.became.commit().cloned(),
            unknown: match owed.became {
                Became::Filed(why) => why.cloned(),
                _ => None,
            },
        }
    }

    /// Whether somebody should do something about it.
    pub fn is_wanted(&self) -> bool {
        self.state != State::Submitted && !self.period_closed
    }

    /// What became of it, for people.
    fn word(&self) -> &'static str {
        match (self.state, self.on_time) {
            _ if self.period_closed => "missed",
            (State::Missing, _) => "missing",
            (State::Draft, _) => "draft",
            (State::Broken, _) => "broken",
            (State::Complete, _) => "not committed",
            (State::Submitted, Some(true)) => "on time",
            (State::Submitted, Some(false)) => "late",
            (State::Submitted, None) => "submitted",
        }
    }
}

/// The order in which the line below the title counts.
const WORDS: [&str; 8] =
    ["on time", "late", "submitted", "not committed", "draft", "broken", "missing", "missed"];

/// What stands around the rows of a page.
pub(super) struct Around<'a> {
    pub title: &'a str,
    /// What is said where there is no row.
    pub none: &'a str,
    pub source: &'a str,
    pub day: Date,
    /// Projects whose charter cannot be read.
    pub unread: usize,
    /// Projects that report in periods of another length.
    pub elsewhere: usize,
    /// Reports that are left out because their period was closed without them.
    pub missed: usize,
}

/// The reports as a page.
pub(super) fn page(filed: &[Filed], around: &Around<'_>) -> Document {
    let counts = WORDS.map(|word| (filed.iter().filter(|filed| filed.word() == word).count(), word));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let subtitle: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    let subtitle = if subtitle.is_empty() { around.none.to_owned() } else { subtitle.join(" · ") };
    let mut page = Document::new(around.title, around.day.0).subtitle(subtitle).source(around.source);
    if !filed.is_empty() {
        page.table(table(filed));
    }
    notes(&mut page, filed, around);
    if let Some(first) = filed.iter().find(|filed| filed.state == State::Missing && filed.is_wanted()) {
        let current = first.period.contains(around.day);
        let period = if current { String::new() } else { format!(" --period {}", first.period) };
        page.paragraph(
            Line::new().text("Begin one: ").code(format!("pmo status new {}{period}", first.project)),
        );
    }
    page
}

fn table(filed: &[Filed]) -> Table {
    let mut columns = vec![
        Column::new("id", "Report"),
        Column::new("name", "Project").stretch().priority(3),
        Column::new("manager", "Manager").priority(2),
        Column::new("due", "Due"),
    ];
    let has_filed = filed.iter().any(|filed| filed.filed.is_some());
    if has_filed {
        columns.push(Column::new("filed", "Filed").priority(2));
    }
    columns.push(Column::figures("days_late", "Late").priority(1));
    columns.push(Column::new("state", "State"));
    let mut table = Table::new("reports", columns).main();
    for filed in filed {
        let mut cells = vec![
            Cell::reference(filed.id.as_str()),
            Cell::text(filed.name.as_str()),
            Cell::text(filed.manager_name.as_str()),
            Cell::date(filed.due.0),
        ];
        if has_filed {
            cells.push(filed.filed.as_ref().map_or(Cell::Empty, |commit| Cell::date(commit.day().0)));
        }
        cells.push(if filed.days_late > 0 { Cell::Days(filed.days_late) } else { Cell::Empty });
        cells.push(Cell::text(filed.word()));
        table.row(cells);
    }
    table
}

/// What the rows leave open: why nobody knows when a report was filed, and who is not among them.
fn notes(page: &mut Document, filed: &[Filed], around: &Around<'_>) {
    let count = |is: fn(&Unknown) -> bool| {
        filed.iter().filter(|filed| filed.unknown.as_ref().is_some_and(is)).count()
    };
    if count(|why| matches!(why, Unknown::NoHistory)) > 0 {
        page.paragraph(
            "Without git history, or before its first commit, nobody can tell when a report was filed.",
        );
    }
    let shallow = count(|why| matches!(why, Unknown::Shallow));
    if shallow > 0 {
        let words = format!("Shallow clone: nobody can tell when {} filed. Fetch the rest: ", were(shallow));
        page.paragraph(Line::new().text(words).code("git fetch --unshallow"));
    }
    let bots = count(|why| matches!(why, Unknown::OnlyBots));
    if bots > 0 {
        let words = format!(
            "Only programs that [reporting] bots lists have committed {}, so nobody can tell when they were filed: ",
            text::count(bots, "report")
        );
        page.paragraph(Line::new().text(words).code("pmo explain status-late"));
    }
    if let Some(Unknown::Unreadable(why)) = filed
        .iter()
        .filter_map(|filed| filed.unknown.as_ref())
        .find(|why| matches!(why, Unknown::Unreadable(_)))
    {
        page.paragraph(Line::new().text(format!("git could not read its history: {why}")));
    }
    if around.missed > 0 {
        let words = format!("{} missed, in a period that is closed: ", were(around.missed));
        page.paragraph(Line::new().text(words).code("pmo status due --all"));
    }
    if around.elsewhere > 0 {
        let words = format!(
            "{} in periods of another length.",
            match around.elsewhere {
                1 => "1 more project reports".to_owned(),
                n => format!("{n} more projects report"),
            }
        );
        page.paragraph(Line::new().text(words));
    }
    if around.unread > 0 {
        let verb = text::plural(around.unread, "has");
        let words = format!(
            "{} {verb} a charter that cannot be read or is a draft; ",
            text::count(around.unread, "project")
        );
        page.paragraph(Line::new().text(words).code("pmo check"));
    }
}

fn were(count: usize) -> String {
    format!("{} {}", text::count(count, "report"), text::plural(count, "was"))
}
