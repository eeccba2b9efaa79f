//! `pmo export xlsx`: a workbook with a sheet for each kind and for each main report.

use clap::Args;

use crate::document::Document;
use crate::exchange::export::{self, sheet};
use crate::load::Loaded;
use crate::render::{self, Sheet};
use crate::report::{Grouping, Selection, benefits, dates, evm, finance, portfolio, raid, risks};
use crate::text;

use super::super::report::asked;
use super::super::{Context, Done, Outcome};
use super::part::Part;
use super::tell_left_out;

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
        let (loaded, gathered) = self.part.gather(context)?;
        let pages = pages(context, &loaded);
        let tables = export::tables(&gathered, &|_| false);
        let records: Vec<_> = tables.iter().filter(|table| !table.rows.is_empty()).map(sheet).collect();
        let mut sheets = Vec::new();
        for (name, page) in &pages {
            if let Some(table) = page.tables().find(|table| table.main).or_else(|| page.tables().next()) {
                sheets.push(Sheet::of_page(name, table));
            }
        }
        for table in &records {
            sheets.push(Sheet::of_records(&table.key, table));
        }
        let name = &loaded.register.config.register.name;
        let written = render::workbook(name, context.today.0, &sheets, 0)?;
        context.put_bytes(&written.bytes)?;
        context.tell_cut(written.cut);
        tell_left_out(context, &gathered);
        if let Some(path) = &context.output {
            let count = text::count(gathered.count(), "record");
            context.say(&format!(
                "wrote {count} and {} to {}",
                text::count(pages.len(), "report"),
                path.display()
            ));
        }
        Ok(Done::Fine)
    }
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
