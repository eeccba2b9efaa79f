//! `pmo template list|show|new`: scaffolds and documents, built in and the organisation's own.

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::change::Plan;
use crate::document::{Cell, Column, Document, Table};
use crate::model::Scope;
use crate::model::scope::Reports;
use crate::report::paper;
use crate::store::Source as _;
use crate::template::{Listing, Origin};
use crate::text;

use super::emit::ListFormat;
use super::noun::place;
use super::writing::{Deed, Writing};
use super::{CliError, Context, Done, Outcome, complete};

/// Scaffolds and documents
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo template list
  pmo template show charter > templates/charter.md     the built-in one, to make it your own
  pmo template new charter crm                         writes projects/crm/docs/charter.md")]
pub struct Template {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List the templates, built in and your own
    List(List),
    /// Print the text of a template
    Show(Show),
    /// Write a document about a project from a template
    New(New),
}

#[derive(Debug, Args)]
struct List {
    /// The format
    #[arg(short = 'O', long = "format", value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
}

#[derive(Debug, Args)]
struct Show {
    /// The template, such as charter or risk.toml
    #[arg(value_name = "NAME")]
    name: String,
}

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo template new charter crm
  pmo template new meeting-minutes crm -o -            to standard output
  pmo template new closure-report crm --dry-run")]
struct New {
    /// The template, such as charter
    #[arg(value_name = "NAME")]
    name: String,
    /// The project, by its id
    #[arg(value_name = "PROJECT", add = clap_complete::ArgValueCandidates::new(complete::projects))]
    project: String,
    #[command(flatten)]
    writing: Writing,
}

impl Template {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        match self.verb {
            Verb::List(list) => list.run(context),
            Verb::Show(show) => {
                context.put(context.templates()?.source(&show.name)?)?;
                Ok(Done::Fine)
            }
            Verb::New(new) => new.run(context),
        }
    }
}

#[derive(Serialize)]
struct Templates<'a> {
    schema_version: u32,
    kind: &'static str,
    templates: &'a [Listing],
}

impl List {
    fn run(&self, context: &Context) -> Outcome {
        let templates = context.templates()?;
        let list = templates.list();
        let value = Templates { schema_version: 1, kind: "template-list", templates: &list };
        let names = list.iter().map(|one| one.name.clone());
        context.list(self.format, || &value, names, |_| page(&list, context))?;
        for one in list.iter().filter_map(|one| Some((one, one.hides.as_ref()?))) {
            let (one, newer) = one;
            let mine = one.version.as_deref().unwrap_or("no version");
            context.say(&format!("templates/{} says {mine}; the built-in one is {newer}", one.name));
        }
        Ok(Done::Fine)
    }
}

fn page(list: &[Listing], context: &Context) -> Document {
    let columns = vec![
        Column::new("name", "Template"),
        Column::new("version", "Version").priority(2),
        Column::new("origin", "From").priority(3),
        Column::new("about", "What it is").priority(1).stretch(),
    ];
    let mut table = Table::new("templates", columns).main();
    for one in list {
        let origin = if one.origin == Origin::Own { "templates/" } else { "built in" };
        table.row(vec![
            Cell::reference(&one.name),
            Cell::of(one.version.as_deref(), Cell::text),
            Cell::text(origin),
            Cell::of(one.about.as_deref(), Cell::text),
        ]);
    }
    let mut page = Document::new(text::count(list.len(), "template"), context.today.0);
    page.table(table);
    page
}

impl New {
    fn run(&self, context: &Context) -> Outcome {
        let templates = context.templates()?;
        let name = templates.resolve(&self.name)?;
        let stem = name.strip_suffix(".md").filter(|stem| *stem != "README").ok_or_else(|| {
            CliError::new(format!("{name} is no document about a project"))
                .hint("`pmo template list` names them: those that end in .md")
        })?;
        let scope = Scope::all().with_reports(Reports::Newest(1)).on(context.today);
        let before = context.load(&scope)?;
        let id = place::project(&before.register, &self.project)?;
        let paper = paper::of(&before.register, &id, context.today).ok_or_else(|| {
            CliError::new(format!("projects/{id}/project.toml cannot be read or is a draft"))
                .hint(format!("`pmo check {id}` says what is wrong with it"))
        })?;
        let made = templates.render(name, &paper)?;
        if context.to_output(&made)? {
            return Ok(Done::Fine);
        }
        let path = format!("projects/{id}/docs/{stem}.md");
        if context.source()?.read_if_present(&path)?.is_some() {
            return Err(CliError::new(format!("{path} is there already"))
                .hint(format!("`pmo template new {stem} {id} -o FILE` writes it elsewhere")));
        }
        let mut plan = Plan::new();
        plan.create(path.as_str(), made);
        let deed = Deed {
            done: format!("wrote {path}"),
            message: format!("{id}: {stem}"),
            next: vec![format!("$EDITOR {path}")],
        };
        let before = self.writing.load(context)?;
        self.writing.carry_out(context, &before, &plan, deed)
    }
}
