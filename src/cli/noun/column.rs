//! The columns of a list: what a record says under a key, shown, sorted, and written for programs.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::analysis::exposure;
use crate::document::{Cell, Column};
use crate::load::schema_of_kind;
use crate::model::{Date, Kind, Register, Risk};
use crate::render::Node;
use crate::syntax::schema::{Schema, Shape};
use crate::text;

use super::super::CliError;
use super::sieve::Item;

/// Keys that every kind has, beside the fields of its files.
const COMMON: [&str; 8] = ["id", "title", "project", "state", "owner", "due", "overdue", "rag"];
/// Keys that a record has of its project.
/// Keys that are worked out for a kind.
fn worked_out(kind: &Kind) -> &'static [&'static str] {
    if kind.spec.name == "risk" { &["score", "level"] } else { &[] }
}
const OF_PROJECT: [&str; 3] = ["programme", "division", "manager"];

/// A column by its key, and what its values are.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The key as typed: `probability`, `schedule.finish`.
    pub path: String,
    /// Whether it holds dates.
    date: bool,
    /// Whether it holds numbers.
    number: bool,
    /// Whether the file of the kind has the field.
    field: bool,
}

impl Key {
    /// The key of that name, or an error with the nearest one.
    pub fn named(kind: &Kind, name: &str) -> Result<Self, CliError> {
        let name = name.trim();
        let root = Schema::new(schema_of_kind(kind));
        let mut here = Some(root);
        for part in name.split('.') {
            here = here.and_then(|schema| {
                schema.alternatives().iter().find_map(|one| {
                    let known = one.fields().contains(&part) || one.is_map();
                    one.field(part).filter(|_| known)
                })
            });
        }
        let shapes: Vec<Shape> =
            here.iter().flat_map(|s| s.alternatives()).flat_map(|one| one.shapes()).collect();
        let has = |shape| shapes.contains(&shape);
        let field = here.is_some();
        let own = worked_out(kind).contains(&name);
        let around = OF_PROJECT.contains(&name) && kind.spec.in_project;
        if !(field || own || around || COMMON.contains(&name)) {
            let mut known: Vec<&str> = COMMON.iter().chain(worked_out(kind)).copied().collect();
            if kind.spec.in_project {
                known.extend(OF_PROJECT);
            }
            for field in root.fields() {
                if !known.contains(&field) {
                    known.push(field);
                }
            }
            let error = CliError::new(format!("a {} has no `{}`", kind.spec.name, text::terminal(name)));
            return Err(match text::nearest(name, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint(format!("it has {}", text::list(&known, "and"))),
            });
        }
        Ok(Self {
            path: name.to_owned(),
            date: has(Shape::Date) || name == "due",
            number: (own && name != "level") || has(Shape::Number) || has(Shape::Whole),
            field,
        })
    }

    /// The column's head.
    pub fn column(&self, priority: u8) -> Column {
        let last = self.path.rsplit('.').next().unwrap_or(&self.path);
        let title = match self.path.as_str() {
            "id" => "Record".to_owned(),
            "rag" => "Rated".to_owned(),
            _ => sentence(&last.replace('_', " ")),
        };
        let column =
            if self.number { Column::figures(&self.path, title) } else { Column::new(&self.path, title) };
        let column = column.priority(priority);
        if ["title", "name", "outcome", "summary", "reason"].contains(&last) {
            column.stretch()
        } else {
            column
        }
    }

    /// What a record says under the key.
    pub fn value(&self, register: &Register, item: &Item<'_>, tree: &Node, day: Date) -> Node {
        let text = |value: Option<String>| value.map_or(Node::Null, Node::Text);
        let date = |value: Option<Date>| text(value.map(|d| d.to_string()));
        let of_project = |pick: fn(&crate::model::Project) -> Option<&str>| {
            text(item.charter.and_then(pick).map(str::to_owned))
        };
        match self.path.as_str() {
            "id" => Node::Text(item.id.to_string()),
            "title" => Node::Text(item.record.title().to_owned()),
            "state" => text(item.state()),
            "rag" => text(item.rag.map(str::to_owned)),
            "score" if !self.field => {
                let risk = item.record.as_any().downcast_ref::<Risk>();
                risk.and_then(exposure::current_score).map_or(Node::Null, |score| Node::Int(score.into()))
            }
            "level" if !self.field => {
                let scales = &register.config.risk;
                let risk = item.record.as_any().downcast_ref::<Risk>();
                let band = risk.and_then(|risk| exposure::current_band(risk, scales));
                text(band.map(|band| scales.band.name(band).to_owned()))
            }
            "overdue" => Node::Bool(item.is_overdue(day)),
            _ if self.field => at(tree, &self.path).clone(),
            "project" => text(Some(item.id.home.clone()).filter(|h| register.projects.contains_key(h))),
            "owner" => text(item.record.owner().map(str::to_owned)),
            "due" => date(item.due),
            "programme" => of_project(|c| c.programme.as_deref()),
            "division" => of_project(|c| c.division.as_deref()),
            "manager" => of_project(|c| Some(&c.manager)),
            _ => Node::Null,
        }
    }

    /// A value as a cell of a page.
    pub fn cell(&self, value: &Node) -> Cell {
        match value {
            Node::Null => Cell::Missing,
            Node::Bool(yes) => Cell::text(if *yes { "yes" } else { "no" }),
            Node::Int(whole) => Cell::number(i64::try_from(*whole).unwrap_or(i64::MAX), 0),
            Node::Decimal(digits) => match digits.parse::<Decimal>() {
                Ok(number) => Cell::number(number, number.scale()),
                Err(_) => Cell::text(digits),
            },
            Node::Text(text) if self.path == "id" => Cell::reference(text),
            Node::Text(text) if self.date => match text.parse::<Date>() {
                Ok(date) => Cell::date(date.0),
                Err(_) => Cell::text(text),
            },
            Node::Text(text) => Cell::text(text),
            Node::List(items) if items.is_empty() => Cell::Missing,
            Node::List(items) => Cell::text(items.iter().map(plain).collect::<Vec<_>>().join(", ")),
            Node::Map(_) => Cell::text(plain(value)),
        }
    }
}

/// The value under a dotted key; missing where there is none.
fn at<'n>(tree: &'n Node, path: &str) -> &'n Node {
    path.split('.').fold(tree, |here, part| match here {
        Node::Map(entries) => entries.iter().find(|(key, _)| key == part).map_or(&Node::Null, |(_, v)| v),
        _ => &Node::Null,
    })
}

/// A value in one line.
fn plain(value: &Node) -> String {
    match value {
        Node::Null => "·".to_owned(),
        Node::Bool(yes) => yes.to_string(),
        Node::Int(whole) => whole.to_string(),
        Node::Decimal(text) | Node::Text(text) => text.clone(),
        Node::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Node::Map(entries) => {
            let entries = entries.iter().filter(|(_, value)| *value != Node::Null);
            entries.map(|(key, value)| format!("{key} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Which of two values comes first; a missing one comes last, whichever way the list runs.
pub(super) fn compare(a: &Node, b: &Node, descending: bool) -> Ordering {
    let order = match (a, b) {
        (Node::Null, Node::Null) => return Ordering::Equal,
        (Node::Null, _) => return Ordering::Greater,
        (_, Node::Null) => return Ordering::Less,
        _ => match (number(a), number(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => plain(a).to_lowercase().cmp(&plain(b).to_lowercase()),
        },
    };
    if descending { order.reverse() } else { order }
}

fn number(value: &Node) -> Option<Decimal> {
    match value {
        Node::Int(whole) => Decimal::try_from_i128_with_scale(*whole, 0).ok(),
        Node::Decimal(text) => text.parse().ok(),
        _ => None,
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_by_size_and_missing_ones_come_last() {
        let mut values = [
            Node::Null,
            Node::Int(9),
            Node::Decimal("10.5".into()),
            Node::Int(100),
            Node::Decimal("9.5".into()),
        ];
        for (descending, expected) in
            [(false, ["9", "9.5", "10.5", "100"]), (true, ["100", "10.5", "9.5", "9"])]
        {
            values.sort_by(|a, b| compare(a, b, descending));
            assert_eq!(values[..4].iter().map(plain).collect::<Vec<_>>(), expected);
            assert_eq!(values[4], Node::Null);
        }
    }

    #[test]
    fn keys_are_those_of_the_kind() {
        let risk = Kind::named("risk").unwrap();
        for good in
            ["id", "probability", "target.chance", "impact.cost", "custom.anything", "programme", "due"]
        {
            assert!(Key::named(risk, good).is_ok(), "{good}");
        }
        assert_eq!(Key::named(risk, "probabilty").unwrap_err().hints, ["did you mean `probability`?"]);
        assert!(Key::named(Kind::named("person").unwrap(), "programme").is_err());
    }
}
