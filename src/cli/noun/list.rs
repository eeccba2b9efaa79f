//! `pmo NOUN list`: the records of a kind.

use clap::Args;

use crate::document::{Block, Document, Notice, Severity, Table};
use crate::load::Loaded;
use crate::model::scope::Reports;
use crate::model::{Kind, Risk, Scope, Slot};
use crate::render::Node;
use crate::text;

use super::super::emit::ListFormat;
use super::super::{CliError, Context, Done, Outcome};
use super::column::{Key, compare};
use super::sieve::{Item, Sieve};

/// A list of records.
#[derive(Clone, Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    sieve: Sieve,
    /// Sort by this key; with - before it, the largest or latest first
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Show these keys: fields, dotted for tables, and id, title, project, owner, due, overdue, rag
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    columns: Vec<String>,
    /// The format
    #[arg(short = 'O', long = "format", value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
}

/// A record that is listed, with its fields as a tree.
struct Line<'a> {
    item: Item<'a>,
    tree: Node,
}

/// Examples for the help of a kind.
pub(super) fn examples(kind: &Kind) -> String {
    let (noun, plural) = (kind.spec.name, kind.spec.plural);
    let lines: &[&str] = match noun {
        "project" => &[
            "--state active --rag red,amber",
            "--programme customer-360 --sort -budget.approved",
            "--columns id,manager,schedule.finish -O csv",
        ],
        "risk" => &[
            "--project crm --sort -probability",
            "--owner jana-novak --overdue",
            "--columns id,title,impact,plan_due -O json",
        ],
        "person" => &["--division IT", "--columns id,name,skills"],
        _ if kind.spec.in_project => &["--project crm", "--overdue --sort due", "--all -O csv"],
        _ => &["--all", "-O json"],
    };
    let lines: Vec<String> = lines.iter().map(|line| format!("  pmo {noun} list {line}")).collect();
    format!("Examples ({plural}):\n{}", lines.join("\n"))
}

impl List {
    /// Runs the command.
    pub fn run(self, kind: &'static Kind, context: &Context) -> Outcome {
        self.sieve.check(kind)?;
        let mut columns = self.keys(kind)?;
        let sort = match &self.sort {
            Some(key) => Some((Key::named(kind, key.trim_start_matches('-'))?, key.starts_with('-'))),
            // The worst first, as people look at risks.
            None if kind.spec.name == "risk" => Some((Key::named(kind, "score")?, true)),
            None => None,
        };
        let loaded = context.load(&self.scope(kind, &columns, context))?;
        self.sieve.check_names(&loaded.register)?;
        let (mut lines, hidden) = self.lines(kind, &loaded, context)?;
        if let Some((key, descending)) = sort {
            let value = |line: &Line<'_>| key.value(&loaded.register, &line.item, &line.tree, context.today);
            lines.sort_by(|a, b| compare(&value(a), &value(b), descending));
        }
        let is_escalated = |line: &Line<'_>| {
            line.item.record.as_any().downcast_ref::<Risk>().is_some_and(|risk| risk.escalated_to.is_some())
        };
        if self.columns.is_empty() && lines.iter().any(is_escalated) {
            // Beside the score, so that it stays where there is little room.
            columns.insert(columns.len().min(4), Key::named(kind, "escalated_to")?);
        }
        if lines.is_empty() && self.format == ListFormat::Table {
            context.put("")?;
        } else {
            let ids = lines.iter().map(|line| line.item.id.to_string());
            let value = || self.tree(kind, &columns, &lines, &loaded, context);
            context
                .list(self.format, value, ids, |_| page(kind, &columns, &lines, hidden, &loaded, context))?;
        }
        if lines.is_empty() {
            context.say(&nothing(kind, &loaded, hidden));
        }
        if let Some(lacking) =
            unreadable(kind, &loaded).filter(|_| self.format != ListFormat::Table || lines.is_empty())
        {
            context.say(&format!("{lacking}: `pmo check` says what is wrong"));
        }
        Ok(Done::Fine)
    }

    /// What the list is made from; reports only where a rating is shown or asked for.
    fn scope(&self, kind: &Kind, columns: &[Key], context: &Context) -> Scope {
        let whole = matches!(self.format, ListFormat::Json | ListFormat::Yaml) && self.columns.is_empty();
        let sorted = self.sort.as_deref().is_some_and(|key| key.trim_start_matches('-') == "rag");
        let rated =
            whole || sorted || !self.sieve.rag.is_empty() || columns.iter().any(|key| key.path == "rag");
        let scope = Scope::kinds(&[kind.spec.name, "project", "programme", "person"]).on(context.today);
        scope.with_reports(if rated { Reports::Newest(1) } else { Reports::None })
    }

    fn keys(&self, kind: &Kind) -> Result<Vec<Key>, CliError> {
        if !self.columns.is_empty() {
            return self.columns.iter().map(|name| Key::named(kind, name)).collect();
        }
        let spec = kind.spec;
        let own = spec.columns.iter().copied();
        let rated: &[&str] = if spec.name == "project" { &["rag"] } else { &[] };
        let scored: &[&str] = if spec.name == "risk" { &["score", "level"] } else { &[] };
        let titled: &[&str] =
            if ["actuals", "period"].contains(&spec.name) { &["id"] } else { &["id", "title"] };
        titled
            .iter()
            .copied()
            .chain(rated.iter().copied())
            .chain(scored.iter().copied())
            .chain(own)
            .map(|name| Key::named(kind, name))
            .collect()
    }

    /// The records that pass, and how many closed ones would.
    fn lines<'a>(
        &self,
        kind: &Kind,
        loaded: &'a Loaded,
        context: &Context,
    ) -> Result<(Vec<Line<'a>>, usize), CliError> {
        let register = &loaded.register;
        let mut lines = Vec::new();
        let mut hidden = 0;
        for (id, slot) in register.all().filter(|(id, _)| id.kind == kind.spec.name) {
            let Some(record) = slot.record_or_draft() else { continue };
            let item = Item::new(register, id, record, matches!(slot, Slot::Draft(_)), context.today);
            if !self.sieve.keeps(register, &item, context.today) {
                continue;
            }
            if record.is_closed() && kind.spec.name != "period" && !self.sieve.wants_closed() {
                hidden += 1;
                continue;
            }
            let tree = Node::of(record.fields())?;
            lines.push(Line { item, tree });
        }
        Ok((lines, hidden))
    }

    /// The list for programs: every field, or the columns that were asked for.
    fn tree(
        &self,
        kind: &Kind,
        columns: &[Key],
        lines: &[Line<'_>],
        loaded: &Loaded,
        context: &Context,
    ) -> Node {
        let text = |text: &str| Node::Text(text.to_owned());
        let entry = |line: &Line<'_>| {
            let value = |key: &Key| key.value(&loaded.register, &line.item, &line.tree, context.today);
            if !self.columns.is_empty() {
                return Node::Map(columns.iter().map(|key| (key.path.clone(), value(key))).collect());
            }
            let item = &line.item;
            let home = &item.id.home;
            let project = if item.charter.is_some() { text(home) } else { Node::Null };
            Node::Map(vec![
                ("id".to_owned(), Node::Text(item.id.to_string())),
                ("project".to_owned(), project),
                ("title".to_owned(), text(item.record.title())),
                ("state".to_owned(), item.state().map_or(Node::Null, Node::Text)),
                ("draft".to_owned(), Node::Bool(item.draft)),
                ("overdue".to_owned(), Node::Bool(item.is_overdue(context.today))),
                ("rag".to_owned(), item.rag.map_or(Node::Null, text)),
                ("fields".to_owned(), line.tree.clone()),
            ])
        };
        Node::Map(vec![
            ("schema_version".to_owned(), Node::Int(1)),
            ("kind".to_owned(), Node::Text(format!("{}-list", kind.spec.name))),
            ("day".to_owned(), Node::Text(context.today.to_string())),
            ("source".to_owned(), text(&loaded.source)),
            ("unreadable".to_owned(), Node::Int(broken(kind, loaded) as i128)),
            ("records".to_owned(), Node::List(lines.iter().map(entry).collect())),
        ])
    }
}

fn page(
    kind: &Kind,
    columns: &[Key],
    lines: &[Line<'_>],
    hidden: usize,
    loaded: &Loaded,
    context: &Context,
) -> Document {
    // The kinds have plurals of their own: people, actuals.
    let noun = if lines.len() == 1 { kind.spec.name } else { kind.spec.plural };
    let mut page = Document::new(format!("{} {noun}", lines.len()), context.today.0)
        .source(loaded.source.clone())
        .language(loaded.register.config.locale.language);
    if hidden > 0 {
        let ones = text::count(hidden, &format!("{} one", closed_word(kind)));
        page = page.subtitle(format!("{ones} not listed (--all)"));
    }
    if let Some(lacking) = unreadable(kind, loaded) {
        let next = Some("pmo check".to_owned());
        page.push(Block::Notice(Notice { severity: Severity::Error, text: lacking.into(), next }));
    }
    let heads = columns.iter().enumerate().map(|(i, key)| key.column(u8::try_from(i).unwrap_or(u8::MAX)));
    let mut table = Table::new(kind.spec.plural, heads.collect()).main();
    for line in lines {
        let value = |key: &Key| key.value(&loaded.register, &line.item, &line.tree, context.today);
        table.row(columns.iter().map(|key| key.cell(&value(key))).collect());
    }
    page.table(table);
    page
}

/// What a record of the kind is called that nobody has to look at any more.
fn closed_word(kind: &Kind) -> &'static str {
    match kind.spec.name {
        "review" | "request" | "change" | "decision" => "settled",
        "person" => "inactive",
        _ => "closed",
    }
}

fn broken(kind: &Kind, loaded: &Loaded) -> usize {
    let all = loaded.register.all().filter(|(id, _)| id.kind == kind.spec.name);
    all.filter(|(_, slot)| matches!(slot, Slot::Broken | Slot::Draft(None))).count()
}

fn unreadable(kind: &Kind, loaded: &Loaded) -> Option<String> {
    match broken(kind, loaded) {
        0 => None,
        n => Some(format!(
            "{} could not be read and {} missing here",
            text::count(n, "file"),
            text::plural(n, "is")
        )),
    }
}

/// What an empty list says.
fn nothing(kind: &Kind, loaded: &Loaded, hidden: usize) -> String {
    let spec = kind.spec;
    if hidden > 0 {
        return format!(
            "no open {} here; {} with --all",
            spec.name,
            text::count(hidden, &format!("{} one", closed_word(kind)))
        );
    }
    if loaded.register.all().any(|(id, _)| id.kind == spec.name) {
        return format!("none of the {} is like that: try with fewer filters", spec.plural);
    }
    format!("no {} yet: `pmo {} add --help` shows how to add the first", spec.plural, spec.name)
}
