//! What can be followed over periods, as a list.

use serde::Serialize;

use crate::analysis::trend::{Measure, Metric, Source};
use crate::document::{Block, Cell, Column, Command, Document, Table};
use crate::model::Date;
use crate::report::SCHEMA_VERSION;

/// The list of metrics.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    /// The version of the list's form.
    pub schema_version: u32,
    /// What it is.
    pub kind: &'static str,
    /// The metrics.
    pub metrics: Vec<Known>,
    #[serde(skip)]
    day: Date,
}

/// A metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Known {
    /// The word that names it.
    pub metric: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Where it is read.
    pub read_from: Source,
    /// Its figures.
    pub measures: &'static [Measure],
}

/// Makes the list.
pub fn metrics(day: Date) -> Metrics {
    let known = Metric::ALL.map(|metric| Known {
        metric: metric.word(),
        about: metric.about(),
        read_from: metric.source(),
        measures: metric.measures(),
    });
    Metrics { schema_version: SCHEMA_VERSION, kind: "metrics", metrics: known.to_vec(), day }
}

impl Metrics {
    /// The list as a page.
    pub fn page(&self) -> Document {
        let mut page = Document::new("What can be followed", self.day.0);
        let columns = vec![
            Column::new("metric", "Metric"),
            Column::new("about", "What it says").stretch(),
            Column::data("read_from"),
        ];
        let mut table = Table::new("metrics", columns).main();
        for (source, title) in [
            (Source::Reports, "From the status reports"),
            (Source::History, "From git, as the register stood at the end of each period"),
        ] {
            table.group(title);
            for known in self.metrics.iter().filter(|known| known.read_from == source) {
                let from = if source == Source::Reports { "reports" } else { "history" };
                table.row(vec![Cell::text(known.metric), Cell::text(known.about), Cell::text(from)]);
            }
        }
        table.group("Of one project");
        table.row(vec![
            Cell::text("milestones"),
            Cell::text("what each report forecast of each milestone, as a chart"),
            Cell::text("reports"),
        ]);
        page.table(table);
        page.push(Block::Commands(vec![
            Command::new("pmo trend rag"),
            Command::new("pmo trend slip --by programme"),
            Command::new("pmo trend milestones PROJECT"),
        ]));
        page
    }
}
