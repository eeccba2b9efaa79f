//! `pmo dependency graph`.

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::render;
use crate::report::Asked;
use crate::report::dependency::{self, GraphOptions};

use super::super::audience::Readers;
use super::super::report::{Filter, asked, by_name};
use super::super::{Context, Done, Outcome, PageFormat, complete};

/// Show who waits for whom: a tree, or a diagram for Mermaid or Graphviz
///
/// Of the projects that are named: what they wait for, and what waits for them. A circle is marked and not followed,
/// and what was shown once is referred to.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo dependency graph                            every project that waits for another
  pmo dependency graph data-platform              what it waits for, and what waits for it
  pmo dependency graph -O mermaid                 for a pull request or a wiki
  pmo dependency graph -O dot | dot -Tsvg > dependencies.svg")]
pub(super) struct Graph {
    /// The projects; all that are selected unless given
    #[arg(value_name = "PROJECT", add = ArgValueCandidates::new(complete::projects), conflicts_with_all = ["state", "programme", "division", "manager", "rag"])]
    projects: Vec<String>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    readers: Readers,
    /// The format; by the name of the output file unless given
    #[arg(short = 'O', long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// The formats of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A tree for people, on a terminal
    Terminal,
    /// A tree for a README, a wiki or a pull request
    Markdown,
    /// One file for a browser or for print
    Html,
    /// For programs, with raw numbers
    Json,
    /// For programs and people
    Yaml,
    /// For a spreadsheet
    Csv,
    /// A diagram where Mermaid is drawn
    Mermaid,
    /// A diagram for Graphviz
    Dot,
    /// A workbook for Excel and its like
    Xlsx,
}

impl Graph {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let question = Asked::new(context.today, "");
        let loaded = context.load_for(&self.readers, &dependency::scope(&question))?;
        let projects = super::projects(&loaded, &self.projects)?;
        let options = GraphOptions { projects, selection: self.filter.selection(&loaded)? };
        let report = dependency::graph(&loaded.register, &asked(context, &loaded), options);
        drop(loaded);
        let format = match self.format.unwrap_or_else(|| named(context)) {
            Format::Mermaid => {
                context.put(&render::mermaid(report.diagram()))?;
                return Ok(Done::Fine);
            }
            Format::Dot => {
                context.put(&render::dot(report.diagram()))?;
                return Ok(Done::Fine);
            }
            Format::Terminal => PageFormat::Terminal,
            Format::Markdown => PageFormat::Markdown,
            Format::Html => PageFormat::Html,
            Format::Json => PageFormat::Json,
            Format::Yaml => PageFormat::Yaml,
            Format::Csv => PageFormat::Csv,
            Format::Xlsx => PageFormat::Xlsx,
        };
        context.page(format, &report, || report.page())?;
        Ok(Done::Fine)
    }
}

/// The format that the name of the output file asks for.
fn named(context: &Context) -> Format {
    let extension = context.output.as_deref().and_then(|path| path.extension()?.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("mmd" | "mermaid") => Format::Mermaid,
        Some("dot" | "gv") => Format::Dot,
        _ => match by_name(context) {
            PageFormat::Terminal => Format::Terminal,
            PageFormat::Markdown => Format::Markdown,
            PageFormat::Html => Format::Html,
            PageFormat::Json => Format::Json,
            PageFormat::Yaml => Format::Yaml,
            PageFormat::Csv => Format::Csv,
            PageFormat::Xlsx => Format::Xlsx,
        },
    }
}
