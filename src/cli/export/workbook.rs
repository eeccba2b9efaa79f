//! `pmo export xlsx`: a workbook with a sheet for each kind and for each main report.

use clap::Args;

use crate::document::Document;
use crate::exchange::export::{self, Gathered, Table, sheet};
use crate::load::Loaded;
use crate::render::{self, Sheet};
use crate::report::{Grouping, Selection, benefits, dates, evm, finance, portfolio, raid, risks};
use crate::text;

use super::super::report::asked;
use super::super::{CliError, Context, Done, Outcome};
use super::part::Part;
use super::{carried, counted, tell_left_out};

/// A workbook.
#[derive(Debug, Args)]
pub(super) struct Xlsx {
    #[command(flatten)]
    part: Part,
}

impl Xlsx {
    pub(super) fn run(self, context: &Context) -> Outcome {
        // Before anything slow: a workbook on a screen is of no use to anybody.
        context.allow_bytes("pmo export xlsx -o register.xlsx")?;
        let loaded = self.part.load(context)?;
        let mut gathered = carried(context, &loaded)?;
        gathered.carry_in_cells();
        let tables = export::tables(&gathered, &|_| false)?;
        fits(&tables, &gathered)?;
        let pages = pages(context, &loaded);
        let filled = tables.iter().filter(|table| gathered.count_of(table.form.kind.name) > 0);
        let records = filled.map(sheet).collect::<Result<Vec<_>, _>>()?;
        let mut sheets = Vec::new();
        for (name, page) in &pages {
            if let Some(table) = page.tables().find(|table| table.main).or_else(|| page.tables().next()) {
                sheets.push(Sheet::of_page(name, table));
            }
        }
        let drafts = (!gathered.carried.is_empty()).then(|| export::drafts_sheet(&gathered.carried));
        for table in records.iter().chain(&drafts) {
            sheets.push(Sheet::of_records(&table.key, table));
        }
        let name = &loaded.register.config.register.name;
        let written = render::workbook(name, context.today.0, &sheets, 0)?;
        context.put_bytes(&written.bytes)?;
        context.tell_cut(written.cut);
        tell_left_out(context, &gathered);
        if let Some(path) = &context.output {
            context.say(&format!(
                "wrote {} and {} to {}",
                counted(&gathered),
                text::count(pages.len(), "report"),
                path.display()
            ));
        }
        Ok(Done::Fine)
    }
}

/// The most cells of records that a workbook gets: what a program for workbooks still opens, and what fits into memory.
const MOST_CELLS: usize = 4_000_000;

/// Refuses what is too much for a workbook, before anything slow.
fn fits(tables: &[Table<'_>], gathered: &Gathered<'_>) -> Result<(), CliError> {
    let records = tables.iter().filter(|table| table.form.part.is_none());
    let cells: usize =
        records.map(|table| table.columns.len() * gathered.count_of(table.form.kind.name)).sum();
    if cells <= MOST_CELLS {
        return Ok(());
    }
    Err(CliError::new(format!(
        "the records have {} million cells, and a workbook gets no more than {}",
        cells.div_ceil(1_000_000),
        MOST_CELLS / 1_000_000
    ))
    .hint("pmo export csv -o register   or `pmo export sqlite` has room for all of them")
    .hint("--programme, --division, --state or --project take a part of the register"))
}

/// The reports of which the workbook has a sheet, by the names of the sheets.
fn pages(context: &Context, loaded: &Loaded) -> Vec<(&'static str, Document)> {
    let register = &loaded.register;
    let asked = asked(context, loaded);
    let all = risks::Options { selection: Selection::default(), top: risks::TOP };
    let held = risks::hold_all(register, asked.day);
    vec![
        ("Portfolio", portfolio::portfolio(register, &asked, portfolio::Options::default()).page()),
        ("Milestones", dates::page(register, &asked)),
        ("Risks", risks::risks(register, held, None, &asked, all).page()),
        ("RAID", raid::raid(register, &asked, raid::Options::default()).page()),
        ("Finance", finance::finance(register, &asked, Grouping::default()).page()),
        ("Earned value", evm::evm(register, &asked, Grouping::default()).page()),
        ("Benefits", benefits::benefits(register, &asked, benefits::Options::default()).page()),
    ]
}
