//! The forecasts as a page: the range of each open project, how forecasts moved, how early red was called.

use rust_decimal::Decimal;

use crate::analysis::calibration;
use crate::analysis::reference_class::{Alike, Refused};
use crate::document::{Block, Cell, Column, Command, Document, Line, Table};
use crate::text;

use super::{Expected, Forecast, Likely, Moved, Outlook};

pub(super) fn page(forecast: &Forecast) -> Document {
    let subtitle = match &forecast.project {
        Some(project) => project.clone(),
        None => text::count(forecast.projects.len(), "open project"),
    };
    let subtitle = format!("{subtitle}, {} past", forecast.past.closed);
    let mut page = forecast.head.page("Forecasts").subtitle(subtitle);
    forecast.incomplete.tell(&mut page);
    if !forecast.is_shown {
        page.paragraph("This is not shown to these readers.");
        return page;
    }
    page.heading("What the past says of the open projects");
    ranges(forecast, &mut page);
    if forecast.project.is_none() {
        page.heading("How far forecasts moved in a month");
        moved(forecast, &mut page);
        page.heading("How early red was called");
        page.paragraph(called(forecast));
    }
    page.push(Block::Table(data(forecast)));
    page.push(Block::Commands(next(forecast)));
    page
}

fn next(forecast: &Forecast) -> Vec<Command> {
    match (&forecast.project, forecast.projects.first()) {
        (Some(project), _) => {
            vec![Command::new(format!("pmo status series {project}")), Command::new("pmo forecast")]
        }
        (None, Some(first)) => vec![
            Command::new(format!("pmo forecast {}", first.project)),
            Command::new("pmo trend slip"),
            Command::new("pmo forecast -O csv"),
        ],
        (None, None) => vec![Command::new("pmo trend slip")],
    }
}

/// The ranges, or why there are none.
fn ranges(forecast: &Forecast, page: &mut Document) {
    let has_range = |one: &Outlook| one.finish.range.is_some() || one.cost.range.is_some();
    let ranged: Vec<&Outlook> = forecast.projects.iter().filter(|one| has_range(one)).collect();
    if forecast.projects.is_empty() {
        page.paragraph(match &forecast.project {
            Some(project) => format!("{project} is not under way, so there is nothing to forecast."),
            None => "No project is under way.".to_owned(),
        });
        return;
    }
    if ranged.is_empty() {
        page.paragraph(too_few(forecast));
        return;
    }
    page.table(table(forecast, &ranged));
    for one in ranged.iter().filter(|_| forecast.project.is_some()) {
        page.push(Block::List(basis(one)));
    }
    page.paragraph(Line::new().dim(
        "Half of the comparable past projects would have ended by the P50, four in five by the P80, had they strayed \
         from their forecasts as they did. The method: docs/forecasting.md.",
    ));
}

/// Why no project has a range: the usual state of a young register.
fn too_few(forecast: &Forecast) -> Line {
    let past = &forecast.past;
    let found = past.with_finish.max(past.with_cost);
    let minimum = forecast.minimum;
    if found >= minimum {
        return Line::new().text(format!(
            "No range can be given: {} past, but fewer than {minimum} of them were forecast at a stage comparable \
             to that of any open project, or the open projects have no start and finish to scale.",
            text::count(found, "usable project")
        ));
    }
    let have = match (past.closed, found) {
        (0, _) => "no project has been closed yet".to_owned(),
        (closed, found) if closed == found => {
            format!("{} been closed", text::count(closed, "project") + " " + &text::plural(closed, "has"))
        }
        (closed, found) => format!(
            "{} closed, and only {found} of them {} a start, a forecast and an outcome",
            text::count(closed, "project") + " " + &text::plural(closed, "was"),
            text::plural(found, "has")
        ),
    };
    let mut line = Line::new().strong("No range can be given yet").text(format!(
        ": {have}, and a range rests on at least {minimum}. Every project that is closed with its reports adds to it"
    ));
    if past.terminated > 0 {
        line = line.text(format!(
            "; {} terminated {} nothing of how long delivery takes",
            past.terminated,
            if past.terminated == 1 { "tells" } else { "tell" }
        ));
    }
    line.text(". Until then the managers' own forecasts stand alone.")
}

fn table(forecast: &Forecast, ranged: &[&Outlook]) -> Table {
    let currencies: std::collections::BTreeSet<&str> =
        ranged.iter().map(|one| one.project_currency.as_str()).collect();
    let shared = currencies.first().copied().filter(|_| currencies.len() == 1);
    let money = |key: &str, title: &str| {
        let column = Column::figures(key, title).group("cost");
        shared.map_or(column.clone(), |currency| column.unit(currency))
    };
    let columns = vec![
        Column::new("project", "Project").stretch(),
        Column::figures("stage", "Stage").priority(5),
        Column::figures("forecast_finish", "Manager").group("finish"),
        Column::figures("finish_p50", "P50").group("finish"),
        Column::figures("finish_p80", "P80").group("finish"),
        money("forecast_cost", "Manager").priority(3),
        money("cost_p50", "P50").priority(2),
        money("cost_p80", "P80").priority(1),
        Column::figures("past", "Past").priority(4),
    ];
    let mut table = Table::new("ranges", columns);
    for one in ranged {
        let date = |date: Option<crate::model::Date>| Cell::of(date, |date| Cell::date(date.0));
        let amount = |amount: Option<crate::model::Number>| {
            Cell::of(amount, |amount| Cell::money(amount.0, one.project_currency.as_str()))
        };
        let (finish, cost) = (&one.finish.range, &one.cost.range);
        let least = [finish.as_ref().map(|range| range.projects), cost.as_ref().map(|range| range.projects)];
        table.row(vec![
            Cell::reference(&one.project),
            Cell::of(one.stage_percent, |stage| Cell::percent(stage.0)),
            date(one.finish.forecast.or(one.finish.agreed)),
            date(finish.as_ref().map(|range| range.p50)),
            date(finish.as_ref().map(|range| range.p80)),
            amount(one.cost.forecast.or(one.cost.agreed)),
            amount(cost.as_ref().map(|range| range.p50)),
            amount(cost.as_ref().map(|range| range.p80)),
            Cell::of(least.into_iter().flatten().min(), Cell::count),
        ]);
    }
    let without = forecast.projects.len() - ranged.len();
    table.note = (without > 0).then(|| {
        format!(
            "{} no range: too few comparable past projects, or nothing to scale",
            match without {
                1 => "1 other project has".to_owned(),
                many => format!("{many} other projects have"),
            }
        )
        .into()
    });
    table
}

/// On what the ranges of one project rest.
fn basis(one: &Outlook) -> Vec<Line> {
    fn said<T>(what: &str, measure: &str, expected: &Expected<T>) -> Line {
        let line = Line::new().strong(what).text(": ");
        match (&expected.range, expected.refused) {
            (Some(range), _) => line.text(rests(range, measure)),
            (None, Some(Refused::TooFew { found })) => {
                line.text(format!("no range, {} comparable", text::count(found, "past project")))
            }
            (None, _) => line.text("no range, there is no forecast and no agreed value to scale"),
        }
    }
    vec![said("Finish", "took", &one.finish), said("Cost", "cost", &one.cost)]
}

fn rests<T>(range: &Likely<T>, measure: &str) -> String {
    let alike = match range.alike {
        Alike::ClassAndMethod => " of the same class and method",
        Alike::Class => " of the same class",
        Alike::Method => " run the same way",
        Alike::All => " of every sort",
    };
    let factor = |factor: crate::model::Number| format!("{:.2}", factor.0.round_dp(2));
    format!(
        "{}{alike} {measure} {} (P50) and {} (P80) times what was forecast at this stage; {} of them kept to it",
        text::count(range.projects, "past project"),
        factor(range.factor_p50),
        factor(range.factor_p80),
        range.met
    )
}

/// How forecasts moved: over all, then the groups that are large enough.
fn moved(forecast: &Forecast, page: &mut Document) {
    let has_pace = |row: &&Moved| row.finish.a_month.is_some() || row.cost.a_month.is_some();
    let rows: Vec<&Moved> = forecast.calibration.iter().filter(has_pace).collect();
    if rows.is_empty() {
        page.paragraph(format!(
            "Nothing can be said yet: it takes {} with two forecasts, on different days.",
            text::count(calibration::MINIMUM, "project")
        ));
        return;
    }
    let columns = vec![
        Column::new("group", "Projects").stretch(),
        Column::figures("finish_days_a_month", "Finish").unit("d"),
        Column::figures("cost_percent_a_month", "Cost"),
        Column::figures("projects", "Rests on").priority(1),
        Column::figures("months", "Months").priority(2),
    ];
    let mut table = Table::new("calibration", columns);
    let mut by = "all";
    for row in rows {
        if row.by != by {
            by = row.by;
            table.group(format!("By {by}"));
        }
        table.row(vec![
            Cell::text(row.group_name.as_deref().unwrap_or("All")),
            Cell::of(row.finish.a_month, |days| Cell::number(days.0, 1)),
            Cell::of(row.cost.a_month, |percent| Cell::Percent {
                value: percent.0,
                decimals: 1,
                signed: true,
            }),
            Cell::count(row.finish.projects.max(row.cost.projects)),
            Cell::number(row.finish.months.0.max(row.cost.months.0), 0),
        ]);
    }
    let small = forecast.calibration.iter().filter(|row| !has_pace(row)).count();
    table.note = (small > 0).then(|| {
        format!(
            "{} with fewer than {} projects not listed",
            text::count(small, "group"),
            calibration::MINIMUM
        )
        .into()
    });
    page.table(table);
    page.paragraph(Line::new().dim(
        "Later and dearer is positive. From a project's first forecast to its last, or to how it ended; what approved \
         changes moved is in it.",
    ));
}

fn called(forecast: &Forecast) -> Line {
    let calls = &forecast.calls;
    let slip = |whose| format!("more than {} days behind {whose} agreed finish", calls.limit_days);
    if calls.slipped == 0 {
        return format!("No project has been {}, so there was nothing to call.", slip("its")).into();
    }
    let mut parts = Vec::new();
    for (count, words) in [
        (calls.before, "called red before it showed"),
        (calls.with, "in the same report"),
        (calls.after, "afterwards"),
        (calls.never, "never"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    let said = format!(
        "{} forecast or closed {}: {}.",
        text::count(calls.slipped, "project") + " " + &text::plural(calls.slipped, "was"),
        slip(if calls.slipped == 1 { "its" } else { "their" }),
        text::list(&parts, "and")
    );
    let lead = match calls.median_lead_days {
        None => " How early red came is told once three were called.".to_owned(),
        Some(days) => {
            let size = days.0.abs().normalize();
            match days.0.cmp(&Decimal::ZERO) {
                std::cmp::Ordering::Greater => {
                    format!(" In the middle, red came {size} days before the slip.")
                }
                std::cmp::Ordering::Less => format!(" In the middle, red came {size} days after the slip."),
                std::cmp::Ordering::Equal => " In the middle, red came with the slip.".to_owned(),
            }
        }
    };
    Line::new().text(said + &lead)
}

/// Every open project with all of its figures, for a spreadsheet.
fn data(forecast: &Forecast) -> Table {
    let keys = [
        "project",
        "stage_percent",
        "currency",
        "agreed_finish",
        "forecast_finish",
        "finish_p50",
        "finish_p80",
        "finish_projects",
        "agreed_cost",
        "forecast_cost",
        "cost_p50",
        "cost_p80",
        "cost_projects",
    ];
    let mut table = Table::new("forecast", keys.map(Column::data).to_vec()).main().for_data();
    for one in &forecast.projects {
        let date = |date: Option<crate::model::Date>| Cell::of(date, |date| Cell::date(date.0));
        let number =
            |number: Option<crate::model::Number>| Cell::of(number, |number| Cell::number(number.0, 2));
        let (finish, cost) = (one.finish.range.as_ref(), one.cost.range.as_ref());
        table.row(vec![
            Cell::text(&one.project),
            number(one.stage_percent),
            Cell::text(&one.project_currency),
            date(one.finish.agreed),
            date(one.finish.forecast),
            date(finish.map(|range| range.p50)),
            date(finish.map(|range| range.p80)),
            Cell::of(finish.map(|range| range.projects), Cell::count),
            number(one.cost.agreed),
            number(one.cost.forecast),
            number(cost.map(|range| range.p50)),
            number(cost.map(|range| range.p80)),
            Cell::of(cost.map(|range| range.projects), Cell::count),
        ]);
    }
    table
}
