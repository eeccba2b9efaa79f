//! Exposure as a page.

use crate::analysis::sum::Sum;
use crate::document::{Attention, Block, Cell, Column, Command, Document, Level, Line, Rating, Table};
use crate::model::audience::{Section, Withhold};
use crate::model::risk::RiskKind;
use crate::text;

use crate::report::converted::{self, Converted};

use super::{By, Exposure, Group, Total};

pub(super) fn page(report: &Exposure) -> Document {
    let head = &report.head;
    let [threats, opportunities] = [RiskKind::Threat, RiskKind::Opportunity].map(|kind| report.count(kind));
    let subtitle = format!(
        "{} and {} in {}",
        text::count(threats, "open threat"),
        text::count(opportunities, "open opportunity"),
        text::count(report.projects, "project")
    );
    let is_shown = head.shows(Section::Risks) && !head.withholds(Withhold::Money);
    let mut page = head.page(format!("{} exposure", head.title()));
    if is_shown {
        page = page.subtitle(subtitle);
    }
    report.incomplete.tell(&mut page);
    if !is_shown {
        page.paragraph("What risks may cost and save is not among what these readers see.");
        return page;
    }
    if threats + opportunities == 0 {
        page.paragraph("There is no open risk.");
        page.push(Block::Commands(vec![Command::noted("pmo risk add PROJECT", "records one")]));
        return page;
    }
    if !report.over.is_empty() {
        page.heading("More than is left of the contingency");
        page.push(Block::Attention(report.over.iter().map(over).collect()));
    }
    page.heading(format!("By {}", report.options.by.word()));
    if let Some(converted) = &report.converted {
        page.paragraph(converted::line(&converted.rates));
    }
    page.table(groups(report));
    let others = By::WORDS.into_iter().filter(|word| *word != report.options.by.word()).take(2);
    let mut commands: Vec<Command> =
        others.map(|word| Command::new(format!("pmo report exposure --by {word}"))).collect();
    commands.push(Command::new("pmo report risks"));
    page.push(Block::Commands(commands));
    page
}

fn over(one: &super::Over) -> Attention {
    let money = |amount: crate::model::Number| Cell::money(amount.0, &one.currency);
    Attention {
        mark: Some(Rating::shape(Level::Amber)),
        subject: one.project.clone(),
        text: Line::new()
            .text("threats may cost ")
            .value(money(one.threatened))
            .text(", and ")
            .value(money(one.contingency_left))
            .text(" is left"),
        next: Some(format!("pmo report project {}", one.project)),
    }
}

fn groups(report: &Exposure) -> Table {
    let own = report.head.currency.as_str();
    let money = |key: &str, title: &str, group: &str| Column::figures(key, title).group(group).unit(own);
    let (threats, opportunities) = (format!("threats, {own}"), format!("opportunities, {own}"));
    let title = report.options.by.word();
    let mut letters = title.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let mut columns = vec![
        Column::new("group", title).stretch(),
        Column::figures("threats", "Risks").group(threats.as_str()).priority(5),
        money("threats_now", "Now", &threats),
        money("threats_after", "After", &threats).priority(2),
        money("threats_plan_cost", "Plans", &threats).priority(6),
        money("threats_net", "Net gain", &threats).priority(3),
        Column::figures("opportunities", "Risks").group(opportunities.as_str()).priority(7),
        money("opportunities_now", "Now", &opportunities).priority(1),
        money("opportunities_after", "After", &opportunities).priority(6),
        money("opportunities_plan_cost", "Plans", &opportunities).priority(9),
        money("opportunities_net", "Net gain", &opportunities).priority(8),
        Column::figures("together", "Together").unit(own).priority(4),
        money("contingency_left", "Left", "contingency").priority(2),
        money("headroom", "Spare", "contingency").priority(3),
    ];
    columns.extend(["together_after", "threats_gain", "opportunities_gain", "currency"].map(Column::data));
    columns.extend(["threats_without_value", "opportunities_without_value"].map(Column::data));
    let mut table = Table::new("groups", columns).main();
    for Group { title, total } in &report.groups {
        let cells = table.columns.iter().map(|column| match column.key.as_str() {
            "group" => match title {
                Some(title) => Cell::text(title),
                None => Cell::text(format!("without {}", article(report.options.by))),
            },
            key => cell(total, key),
        });
        table.row(cells.collect());
    }
    let mut sums: Vec<(String, &Total)> =
        report.totals.iter().map(|total| ("total".to_owned(), total)).collect();
    if let Some(total) = report.converted.as_ref().and_then(Converted::sum) {
        sums.push((format!("all in {}", total.currency), total));
    }
    for (title, total) in sums {
        let cells = table.columns.iter().map(|column| match column.key.as_str() {
            "group" => Cell::text(&title),
            key => cell(total, key),
        });
        table.footer.push(cells.collect());
    }
    table.note = note(report);
    table
}

fn article(by: By) -> String {
    let word = by.word();
    let an = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{an} {word}")
}

fn cell(total: &Total, key: &str) -> Cell {
    let currency = total.currency.as_str();
    let sum = |sum: &Sum| Cell::of(sum.value, |value| Cell::money(value.0, currency));
    let change = |sum: &Sum| Cell::of(sum.value, |value| Cell::money_change(value.0, currency));
    let exposed = &total.exposed;
    let (kind, figure) = match key.split_once('_') {
        Some(("threats", figure)) => (Some(&exposed.threats), figure),
        Some(("opportunities", figure)) => (Some(&exposed.opportunities), figure),
        _ => (None, key),
    };
    let optional = |sum: Option<&Sum>, cell: &dyn Fn(&Sum) -> Cell| sum.map_or(Cell::Empty, cell);
    match (kind, figure) {
        // Where there is no such risk, nothing is missing.
        (Some(kind), _) if kind.risks == 0 => Cell::Empty,
        (Some(kind), "now") => sum(&kind.now),
        (Some(kind), "after") => sum(&kind.after),
        (Some(kind), "plan_cost") => sum(&kind.plan_cost),
        (Some(kind), "gain") => change(&kind.gain),
        (Some(kind), "net") => change(&kind.net),
        (Some(kind), "without_value") => Cell::count(kind.now.missing),
        (_, "threats") => Cell::count(exposed.threats.risks),
        (_, "opportunities") => Cell::count(exposed.opportunities.risks),
        (_, "together") => sum(&exposed.together),
        (_, "together_after") => sum(&exposed.together_after),
        (_, "contingency_left") => optional(total.contingency_left.as_ref(), &sum),
        (_, "headroom") => optional(total.headroom.as_ref(), &change),
        (_, "currency") => Cell::text(currency),
        _ => Cell::Empty,
    }
}

/// What the sums lack, and what they are.
fn note(report: &Exposure) -> Option<Line> {
    let mut parts = Vec::new();
    let missing = |pick: fn(&Total) -> usize| report.totals.iter().map(pick).sum::<usize>();
    let lacks =
        |count: usize, what: &str| (count > 0).then(|| format!("{} {what}", text::count(count, "risk")));
    let now = missing(|total| total.exposed.together.missing);
    let after = missing(|total| total.exposed.together_after.missing);
    let gains = missing(|total| total.exposed.threats.net.missing + total.exposed.opportunities.net.missing);
    let lacking: Vec<String> = [
        lacks(now, "without chance or cost effect"),
        lacks(after, "without a value after the response"),
        lacks(gains, "without a net gain, for want of a target or of what the plan costs"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !lacking.is_empty() {
        parts.push(format!("not in the sums: {}", text::list(&lacking, "and")));
    }
    let projects = missing(|total| total.contingency_left.map_or(0, |sum| sum.missing));
    if projects > 0 && report.groups.iter().any(|group| group.total.contingency_left.is_some()) {
        parts.push(format!("{} without a contingency", text::count(projects, "project")));
    }
    parts.push("together: threats less opportunities".to_owned());
    if report.left_out > 0 {
        let verb = text::plural(report.left_out, "is");
        parts.push(format!("{} {verb} not listed", text::count(report.left_out, "project")));
    }
    Some(parts.join("; ").into())
}
