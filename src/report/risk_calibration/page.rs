//! The calibration of risks as a page: chance by level, then cost and days.

use crate::analysis::risk_calibration::FEW;
use crate::document::{Block, Cell, Column, Command, Document, Line, Table};
use crate::model::Number;
use crate::text;

use super::{EffectLine, LevelLine, RiskCalibration};

pub(super) fn page(report: &RiskCalibration) -> Document {
    let subtitle =
        format!("{} ended, {} of them occurred", text::count(report.ended, "risk"), report.occurred);
    let mut page =
        report.head.page(format!("{} calibration of risks", report.head.title())).subtitle(subtitle);
    report.incomplete.tell(&mut page);
    if !report.is_shown {
        page.paragraph("Risks are not shown to these readers.");
        return page;
    }
    if report.ended == 0 {
        page.paragraph(
            "No risk has been closed or has occurred yet, so there is nothing to compare. Every one that ends adds to it.",
        );
        page.push(Block::Commands(next()));
        return page;
    }
    page.heading("Stated chance against what happened");
    page.table(levels(report));
    page.paragraph(score(report));
    let effects: Vec<&EffectLine> =
        report.cost.iter().chain([&report.days]).filter(|line| line.risks > 0).collect();
    if report.occurred > 0 {
        page.heading("Stated effect against what it was");
        if effects.is_empty() {
            page.paragraph(
                Line::new()
                    .text("Of no risk that occurred are both the stated effect and the actual one on record:   ")
                    .code("pmo set REF actual_cost=… actual_days=…"),
            );
        } else {
            page.table(table(&effects));
        }
    }
    page.push(Block::Commands(next()));
    page
}

fn next() -> Vec<Command> {
    vec![Command::new("pmo risk list --state occurred,closed"), Command::new("pmo risk simulate")]
}

fn levels(report: &RiskCalibration) -> Table {
    let columns = vec![
        Column::new("level", "Chance first stated"),
        Column::new("band", "Band").priority(3),
        Column::figures("risks", "Ended"),
        Column::figures("occurred", "Occurred"),
        Column::figures("stated_percent", "Stated").priority(1),
        Column::figures("occurred_percent", "Share that did").priority(0),
        Column::new("verdict", "").seen_only().priority(2),
    ];
    let mut table = Table::new("levels", columns).main();
    for line in &report.levels {
        let percent = |value: Option<Number>| Cell::of(value, |value| Cell::percent(value.0));
        table.row(vec![
            Cell::text(&line.name),
            Cell::text(format!("{} to {} %", line.from, line.to)),
            Cell::count(line.risks),
            Cell::count(line.occurred),
            percent(line.stated_percent),
            percent(line.occurred_percent),
            verdict(line),
        ]);
    }
    let mut parts = Vec::new();
    if report.without_chance > 0 {
        let verb = if report.without_chance == 1 { "states" } else { "state" };
        parts.push(format!("{} that ended {verb} no chance", text::count(report.without_chance, "risk")));
    }
    if report.by_level > 0 {
        let (these, their) = if report.by_level == 1 { ("its", "") } else { ("their", "s") };
        let count = text::count(report.by_level, "risk");
        parts.push(format!("{count} by {these} level{their} of probability alone: the middle of the band"));
    }
    table.note = (!parts.is_empty()).then(|| parts.join("; ").into());
    table
}

/// What a level says: too few, or in or beside its band.
fn verdict(line: &LevelLine) -> Cell {
    match line.occurred_percent {
        None => Cell::Empty,
        Some(_) if line.is_few => Cell::text("few"),
        Some(share) if share.0 < line.from.0 => Cell::text("happens less often"),
        Some(share) if share.0 > line.to.0 => Cell::text("happens more often"),
        Some(_) => Cell::text("as stated"),
    }
}

fn score(report: &RiskCalibration) -> Line {
    let counted = report.ended - report.without_chance;
    let Some(score) = report.brier_score else {
        return Line::new().dim("No risk that ended stated a chance.");
    };
    let line = Line::new().text("Brier score ").value(Cell::number(score.0, 3)).text(format!(
        " over {}: 0 is perfect, 0.25 is what one scores who always says 50 %.",
        text::count(counted, "risk")
    ));
    if counted < FEW {
        let are = if counted == 1 { "One is too few" } else { "These are too few" };
        line.strong(format!(" {are} to judge anybody by."))
    } else {
        line
    }
}

fn table(lines: &[&EffectLine]) -> Table {
    let columns = vec![
        Column::new("effect", "Effect"),
        Column::figures("risks", "Risks"),
        Column::figures("stated", "Stated"),
        Column::figures("actual", "Was"),
        Column::figures("over_percent", "±"),
        Column::figures("within", "Within the range").priority(1),
    ];
    let mut table = Table::new("effects", columns);
    for line in lines {
        let amount = |value: Option<Number>| {
            Cell::of(value, |value| match &line.currency {
                Some(currency) => Cell::money(value.0, currency.as_str()),
                None => Cell::number(value.0, 0),
            })
        };
        table.row(vec![
            Cell::text(
                line.currency.as_ref().map_or("Days".to_owned(), |currency| format!("Cost, {currency}")),
            ),
            Cell::count(line.risks),
            amount(line.stated),
            amount(line.actual),
            Cell::of(line.over_percent, |percent| Cell::percent_change(percent.0)),
            match line.ranged {
                0 => Cell::Missing,
                ranged => Cell::text(format!("{} of {ranged}", line.within)),
            },
        ]);
    }
    let missing = lines.iter().map(|line| line.missing).max().unwrap_or(0);
    table.note = (missing > 0).then(|| {
        format!(
            "up to {} that occurred {} the stated or the actual effect",
            text::count(missing, "risk"),
            if missing == 1 { "lacks" } else { "lack" }
        )
        .into()
    });
    table
}
