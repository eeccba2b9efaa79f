//! The matrix as a page: the map, what stands on it, and what has no place on it.

use std::collections::BTreeMap;

use crate::analysis::risk_matrix::{Judged, Stage};
use crate::document::{
    Block, Cell, Column, Command, Document, Heat, HeatBand, HeatCell, HeatLevel, HeatMark, HeatMove, Line,
    Notice, Rating, Severity, Table,
};
use crate::model::audience::Section;
use crate::model::risk::RiskKind;
use crate::model::risk_scale::Band;
use crate::report::risks::level;
use crate::text;

use super::{Matrix, MatrixCell, MatrixLine};

/// How many references a sentence names.
const NAMED: usize = 8;
/// How many references a cell lists.
const LISTED: usize = 30;

pub(super) fn page(report: &Matrix) -> Document {
    let options = &report.options;
    let what = match options.kind {
        RiskKind::Threat => "threats",
        RiskKind::Opportunity => "opportunities",
    };
    let stage = match options.stage {
        Stage::Initial => ", as first raised",
        Stage::Current => "",
        Stage::Target => ", after the responses",
    };
    let whose = options.project.as_deref().unwrap_or(report.head.title());
    let count = report.risks.len() + report.unassessed.len() + report.off_scale.len();
    let noun = if options.kind == RiskKind::Threat { "open threat" } else { "open opportunity" };
    let mut subtitle = text::count(count, noun);
    if options.project.is_none() {
        subtitle.push_str(&format!(" in {}", text::count(report.projects, "project")));
    }
    let mut page = report.head.page(format!("{whose} {what}{stage}")).subtitle(subtitle);
    report.incomplete.tell(&mut page);
    if !report.head.shows(Section::Risks) {
        page.paragraph("Risks are not among what these readers see.");
        return page;
    }
    page.push(Block::Heat(heat(report, &format!("Matrix of {what}{stage}"))));
    page.paragraph(legend(report));
    if let Some(since) = &report.compared {
        page.paragraph(Line::new().text(format!("Compared with {}, {}.", since.since, since.source)));
    }
    without_a_place(report, &mut page);
    if !report.risks.is_empty() {
        page.heading(if options.kind == RiskKind::Threat { "Threats" } else { "Opportunities" });
        page.table(risks(report));
    }
    if !report.gone.is_empty() {
        page.heading("No longer open");
        let line = |gone: &crate::report::risks::Gone| {
            let state = gone.state.unwrap_or("no longer in the register");
            let score = gone.score.map_or_else(String::new, |score| format!(", score {score} then"));
            Line::new().strong(&gone.risk).text(format!(" {}: {state}{score}", gone.title))
        };
        page.push(Block::List(report.gone.iter().map(line).collect()));
    }
    if options.scales {
        scales(report, &mut page);
    }
    page.push(Block::Commands(commands(report)));
    page
}

fn heat(report: &Matrix, title: &str) -> Heat {
    let scales = &report.scales;
    let levels = |names: Vec<&str>| -> Vec<HeatLevel> {
        names
            .into_iter()
            .enumerate()
            .map(|(at, name)| HeatLevel { number: at + 1, name: name.to_owned() })
            .collect()
    };
    let columns = levels(scales.impact.iter().map(|level| level.name.as_str()).collect());
    let names = levels(scales.probability.iter().map(|level| level.name.as_str()).collect());
    let moves: BTreeMap<&str, HeatMove> =
        report.risks.iter().filter_map(|line| Some((line.entry.risk.as_str(), line.moved?))).collect();
    let rows = names.into_iter().rev().zip(report.cells.chunks(columns.len().max(1)));
    Heat {
        title: title.to_owned(),
        upward: "Probability".to_owned(),
        across: "Impact".to_owned(),
        rows: rows
            .map(|(name, cells)| (name, cells.iter().map(|one| cell(report, one, &moves)).collect()))
            .collect(),
        columns,
        bands: Band::ALL
            .map(|band| HeatBand {
                name: scales.band.name(band).to_owned(),
                level: level(report.options.kind, band),
                // The colours are those of threats: an opportunity in the red band is nothing red.
                colour: scales
                    .band
                    .look(band)
                    .colour
                    .clone()
                    .filter(|_| report.options.kind == RiskKind::Threat),
            })
            .to_vec(),
    }
}

fn cell(report: &Matrix, cell: &MatrixCell, moves: &BTreeMap<&str, HeatMove>) -> HeatCell {
    let mark = |risk: &String| {
        let own = report.options.project.is_some().then(|| risk.split_once('/')).flatten();
        HeatMark {
            reference: own.map_or(risk.as_str(), |(_, name)| name).to_owned(),
            moved: moves.get(risk.as_str()).copied(),
        }
    };
    HeatCell {
        band: Band::ALL.iter().position(|band| *band == cell.band).unwrap_or(0),
        score: cell.score,
        outside: cell.is_outside_appetite && report.options.kind == RiskKind::Threat,
        marks: cell.risks.iter().take(LISTED).map(mark).collect(),
        more: cell.risks.len().saturating_sub(LISTED),
    }
}

/// What the shapes and signs mean.
fn legend(report: &Matrix) -> Line {
    let mut line = Line::new();
    for band in Band::ALL {
        let name = report.scales.band.name(band);
        let shape = Rating::shape(level(report.options.kind, band));
        line = if line.is_empty() { line } else { line.text("   ") };
        line = line.rating(shape).text(format!(" {name}"));
    }
    let is_threat = report.options.kind == RiskKind::Threat;
    if is_threat && report.cells.iter().any(|cell| cell.is_outside_appetite) {
        line = line.text("   ! outside appetite");
    }
    let signs = [
        (HeatMove::Raised, "↑ raised"),
        (HeatMove::Lowered, "↓ lowered"),
        (HeatMove::Aside, "→ same score, other cell"),
        (HeatMove::New, "+ new"),
    ];
    for (moved, words) in signs {
        if report.risks.iter().any(|line| line.moved == Some(moved)) {
            line = line.text(format!("   {words}"));
        }
    }
    line
}

/// What cannot be drawn, counted and named.
fn without_a_place(report: &Matrix, page: &mut Document) {
    let mut tell = |risks: &[String], why: &str| {
        if risks.is_empty() {
            return;
        }
        let mut line = Line::new().strong(text::count(risks.len(), "risk")).text(format!(" {why}: "));
        line = line.text(text::list(
            &risks[..risks.len().min(NAMED)],
            if risks.len() > NAMED { "," } else { "and" },
        ));
        if risks.len() > NAMED {
            line = line.text(format!(" and {} more", risks.len() - NAMED));
        }
        page.push(Block::Notice(Notice { severity: Severity::Warning, text: line, next: None }));
    };
    let missing = match report.options.stage {
        Stage::Current => "without probability or impact, so not on the map",
        Stage::Initial => "without an assessment as first raised, so not on the map",
        Stage::Target => "without an assessment after the response, so not on the map",
    };
    tell(&report.unassessed, missing);
    tell(&report.off_scale, "with a level that the scales do not have");
}

fn risks(report: &Matrix) -> Table {
    let stage = |key: &str, title: &str| Column::figures(key, title).group("score");
    let columns = vec![
        Column::marker("band"),
        Column::new("risk", "Risk"),
        Column::new("title", "").stretch(),
        Column::figures("rank", "Rank").priority(3),
        stage("initial_score", "First").priority(4),
        stage("current_score", "Now"),
        stage("target_score", "Target").priority(2),
        Column::new("moved", "Moved").priority(1),
        Column::new("category", "Category").priority(6),
        Column::new("owner", "Owner").priority(5).stretch(),
        Column::new("appetite", "Appetite").priority(7),
        Column::data("level"),
        Column::data("probability"),
        Column::data("impact"),
        Column::data("initial_probability"),
        Column::data("initial_impact"),
        Column::data("initial_rank"),
        Column::data("current_rank"),
        Column::data("target_probability"),
        Column::data("target_impact"),
        Column::data("target_rank"),
        Column::data("programme"),
        Column::data("division"),
    ];
    let mut table = Table::new("risks", columns).main();
    for line in &report.risks {
        let cells = table.columns.iter().map(|column| value(report, line, &column.key)).collect();
        table.row(cells);
    }
    if report.left_out > 0 {
        let verb = text::plural(report.left_out, "is");
        table.note = Some(format!("{} {verb} not listed", text::count(report.left_out, "project")).into());
    }
    table
}

fn value(report: &Matrix, line: &MatrixLine, key: &str) -> Cell {
    let entry = &line.entry;
    let optional = |text: Option<&str>| text.map_or(Cell::Missing, Cell::text);
    let figure = |judged: Option<Judged>, pick: fn(Judged) -> u32| {
        Cell::of(judged, |one| Cell::Integer(pick(one).into()))
    };
    let rank = |rank: Option<usize>| Cell::of(rank, Cell::count);
    match key {
        "band" => {
            let judged = entry.at(report.options.stage);
            judged.map_or(Cell::Missing, |one| Rating::shape(level(entry.kind, one.band)).into())
        }
        "level" => {
            Cell::of(entry.at(report.options.stage), |one| Cell::text(report.scales.band.name(one.band)))
        }
        "risk" => Cell::reference(&entry.risk),
        "title" => Cell::text(&entry.title),
        "rank" => rank(match report.options.stage {
            Stage::Initial => line.initial_rank,
            Stage::Current => line.current_rank,
            Stage::Target => line.target_rank,
        }),
        "current_rank" => rank(line.current_rank),
        "initial_rank" => rank(line.initial_rank),
        "target_rank" => rank(line.target_rank),
        "initial_score" => figure(entry.initial, |one| one.score),
        "current_score" => figure(entry.current, |one| one.score),
        "target_score" => figure(entry.target, |one| one.score),
        "probability" => figure(entry.current, |one| one.probability),
        "impact" => figure(entry.current, |one| one.impact),
        "initial_probability" => figure(entry.initial, |one| one.probability),
        "initial_impact" => figure(entry.initial, |one| one.impact),
        "target_probability" => figure(entry.target, |one| one.probability),
        "target_impact" => figure(entry.target, |one| one.impact),
        "moved" => line.moved.map_or(Cell::Empty, |moved| Cell::text(moved.word())),
        "category" => optional(entry.category.as_deref()),
        "owner" => optional(entry.owner_name.as_deref()),
        "appetite" if entry.is_outside_appetite => Cell::text("outside"),
        "programme" => optional(entry.programme.as_deref()),
        "division" => optional(entry.division.as_deref()),
        _ => Cell::Empty,
    }
}

/// What the levels mean, in the register's own words.
fn scales(report: &Matrix, page: &mut Document) {
    let scales = &report.scales;
    page.heading("Levels of probability");
    let columns = vec![
        Column::figures("level", "Level"),
        Column::new("name", "Name"),
        Column::new("chance", "Chance"),
        Column::new("anchor", "How to recognise it").stretch(),
    ];
    let mut table = Table::new("probability", columns);
    for (at, level) in scales.probability.iter().enumerate() {
        table.row(vec![
            Cell::count(at + 1),
            Cell::text(&level.name),
            Cell::text(format!("{} to {} %", level.from, level.to)),
            level.anchor.as_deref().map_or(Cell::Empty, Cell::text),
        ]);
    }
    page.table(table);
    page.heading("Levels of impact");
    let mut dimensions: Vec<&str> = scales.dimensions.iter().map(String::as_str).collect();
    for word in scales.impact.iter().flat_map(|level| level.anchor.keys()) {
        if !dimensions.contains(&word.as_str()) {
            dimensions.push(word);
        }
    }
    let mut columns = vec![Column::figures("level", "Level"), Column::new("name", "Name")];
    columns.extend(dimensions.iter().map(|word| Column::new(*word, *word).stretch()));
    let mut table = Table::new("impact", columns);
    for (at, level) in scales.impact.iter().enumerate() {
        let mut cells = vec![Cell::count(at + 1), Cell::text(&level.name)];
        cells.extend(dimensions.iter().map(|word| level.anchor.get(*word).map_or(Cell::Missing, Cell::text)));
        table.row(cells);
    }
    page.table(table);
}

fn commands(report: &Matrix) -> Vec<Command> {
    let first = report.risks.first().map(|line| Command::new(format!("pmo show {}", line.entry.risk)));
    let mut commands: Vec<Command> = first.into_iter().collect();
    if report.options.kind == RiskKind::Threat && report.options.stage == Stage::Current {
        commands.push(Command::noted("pmo risk matrix --target", "after the responses"));
    }
    commands.push(Command::new("pmo report risks"));
    commands
}
