//! `pmo dependency`: who waits for whom, and what follows when somebody slips.

mod add;
mod critical;
mod graph;
mod impact;
mod list;
mod point;

use clap::{Args, Subcommand};

use crate::load::Loaded;

use super::report::project_of;
use super::{CliError, Context, Outcome};

/// Who waits for whom: list, graph, what a slip moves, the critical path
///
/// Dependencies stand in charters as `[[dependency]]`. What is reckoned with them, and how, stands in
/// docs/dependencies.md.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo dependency list                                   every dependency with its float, the worst first
  pmo dependency list --late                            what will not come, or not in time
  pmo dependency graph                                  who waits for whom, as a tree
  pmo dependency graph crm -O mermaid                   one project's, for a diagram
  pmo dependency impact data-platform#api-v2 --slip 20d what moves when it comes 20 days later
  pmo dependency critical --programme customer-360      what the last finish hangs on
  pmo dependency add crm --on erp#api --needed-by 2027-01-10")]
pub struct Dependency {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List dependencies with the days on both sides, their float and their state
    List(list::List),
    /// Show who waits for whom: a tree, or a diagram for Mermaid or Graphviz
    Graph(graph::Graph),
    /// Show everything that moves when a milestone or a finish slips
    Impact(impact::Impact),
    /// Show the chain that the last finish hangs on
    Critical(critical::Critical),
    /// Say in a project's charter that it needs something of another
    Add(add::Add),
}

impl Dependency {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self.verb {
            Verb::List(list) => list.run(context),
            Verb::Graph(graph) => graph.run(context),
            Verb::Impact(impact) => impact.run(context),
            Verb::Critical(critical) => critical.run(context),
            Verb::Add(add) => add.run(context),
        }
    }
}

/// The ids of the projects that were named, or an error with the nearest one.
fn projects(loaded: &Loaded, named: &[String]) -> Result<Vec<String>, CliError> {
    let mut ids = Vec::new();
    for text in named {
        let id = project_of(&loaded.register, text)?.home;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}
