//! Tables as an SQLite database: typed, with keys between them and views on the main figures.
//!
//! Tables are `STRICT`, so that a column holds what it says. Whole numbers are `INTEGER`, dates are `TEXT` as ISO 8601
//! writes them, flags are 0 and 1. A decimal number is exact: whole amounts are integers, others the binary number
//! that gives back every digit, and one that has no such number is text.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::tree::TreeError;

use super::super::cell::list;
use super::form::{Form, Holds, forms};
use super::table::{Column, Table};
use super::value::Value;

/// Why there is no database.
#[derive(Debug, thiserror::Error)]
#[error("the database could not be written: {0}")]
pub enum DatabaseError {
    /// SQLite failed.
    Sqlite(#[from] rusqlite::Error),
    /// A record cannot be written at all, which no record of the format can.
    Tree(#[from] TreeError),
}

/// One view: its name, and what it selects.
const VIEWS: [(&str, &str); 5] = [
    (
        "newest_status",
        "SELECT s.* FROM \"status\" s WHERE s.\"date\" = (SELECT max(t.\"date\") FROM \"status\" t WHERE t.project = s.project)",
    ),
    (
        "portfolio",
        "SELECT p.id AS project, p.name, p.manager, p.programme, p.division, p.state, n.period, \
         n.\"rag.overall\" AS declared, p.\"schedule.finish\" AS finish, n.forecast_finish, \
         CAST(julianday(n.forecast_finish) - julianday(p.\"schedule.finish\") AS INTEGER) AS slip_days, \
         p.\"budget.approved\" AS budget, n.forecast_cost, n.forecast_cost - p.\"budget.approved\" AS variance, \
         n.percent_complete FROM project p LEFT JOIN newest_status n ON n.project = p.id",
    ),
    (
        "milestones",
        "SELECT m.project, m.id AS milestone, m.name, m.baseline, m.\"key\", s.forecast, s.actual, \
         CAST(julianday(coalesce(s.actual, s.forecast)) - julianday(m.baseline) AS INTEGER) AS slip_days \
         FROM \"project.milestone\" m LEFT JOIN newest_status n ON n.project = m.project \
         LEFT JOIN \"status.milestone\" s ON s.project = n.project AND s.period = n.period AND s.milestone = m.id",
    ),
    (
        "open_risks",
        "SELECT project, id, title, kind, category, owner, probability, chance, response, review_by, raised \
         FROM risk WHERE state IN ('open', 'accepted')",
    ),
    (
        "spent",
        "SELECT project, count(*) AS months, sum(cost) AS cost, max(period) AS until FROM actuals GROUP BY project",
    ),
];

/// Writes tables as a database file, its bytes.
///
/// # Errors
/// SQLite failed.
pub fn database(tables: &[Table<'_>]) -> Result<Vec<u8>, DatabaseError> {
    let mut connection = Connection::open_in_memory()?;
    // A table may name one that comes after it, and a name may lead nowhere: `PRAGMA foreign_key_check` lists those.
    connection.execute_batch("PRAGMA foreign_keys = OFF;")?;
    let change = connection.transaction()?;
    for table in tables {
        change.execute_batch(&declared(table))?;
        let marks = vec!["?"; table.columns.len() + usize::from(table.form.part.is_some())].join(", ");
        let mut insert = change.prepare(&format!("INSERT INTO {} VALUES ({marks})", name(&table.name())))?;
        let mut place = Place::default();
        for row in table.rows() {
            let row = row?;
            let numbered = table.form.part.is_some().then(|| place.of(table, &row));
            insert.execute(params_from_iter(row.iter().map(sql).chain(numbered)))?;
        }
    }
    for (view, select) in VIEWS {
        // An export of a part may lack the columns of a view; then nobody needs it.
        change.execute_batch(&format!("CREATE VIEW {} AS {select};", name(view)))?;
    }
    change.commit()?;
    // Pages as a fresh file has them, the same for the same rows.
    connection.execute_batch("VACUUM;")?;
    let bytes = connection.serialize("main")?.to_vec();
    Ok(bytes)
}

/// The place of a row among those of its record, from 1: the order of a list is part of what it says.
#[derive(Default)]
struct Place {
    of: Vec<Value>,
    at: i64,
}

impl Place {
    fn of(&mut self, table: &Table<'_>, row: &[Value]) -> Sql {
        let names = &row[..table.form.identity.len().min(row.len())];
        if self.of != names {
            self.of = names.to_vec();
            self.at = 0;
        }
        self.at += 1;
        Sql::Integer(self.at)
    }
}

/// The statement that makes a table.
fn declared(table: &Table<'_>) -> String {
    let form = table.form;
    let mut parts: Vec<String> = table.columns.iter().map(column).collect();
    let identity: Vec<String> = form.identity.iter().map(|own| name(own)).collect();
    let mut key = identity.clone();
    if form.part.is_some() {
        parts.push("\"place\" INTEGER NOT NULL".to_owned());
        key.push("\"place\"".to_owned());
    }
    parts.push(format!("PRIMARY KEY ({})", key.join(", ")));
    parts.extend(foreign(form, &identity));
    format!("CREATE TABLE {} (\n  {}\n) STRICT;", name(&table.name()), parts.join(",\n  "))
}

fn column(column: &Column) -> String {
    let sort = match column.holds {
        Holds::Text | Holds::Date | Holds::List | Holds::Json if is_open(&column.name) => "ANY",
        Holds::Text | Holds::Date | Holds::List | Holds::Json => "TEXT",
        Holds::Whole | Holds::Flag => "INTEGER",
        Holds::Decimal => "ANY",
    };
    let needed = if column.identifies { " NOT NULL" } else { "" };
    format!("{} {sort}{needed}", name(&column.name))
}

/// Whether a column is one of the organisation's own fields, of which each value has its own type.
fn is_open(column: &str) -> bool {
    column == "custom" || column.starts_with("custom.")
}

/// The keys to other tables: of a part to its record, of a record to its project or programme.
fn foreign(form: &Form, identity: &[String]) -> Vec<String> {
    let to = |columns: &[String], table: &str, theirs: &[String]| {
        format!("FOREIGN KEY ({}) REFERENCES {} ({})", columns.join(", "), name(table), theirs.join(", "))
    };
    let mut keys = Vec::new();
    if form.part.is_some() {
        if let Some(own) = forms().iter().find(|own| own.kind == form.kind && own.part.is_none()) {
            let theirs: Vec<String> = own.identity.iter().map(|column| name(column)).collect();
            keys.push(to(identity, form.kind.name, &theirs));
        }
        return keys;
    }
    let id = [name("id")];
    let first = &identity[..1];
    if form.identity.len() > 1 {
        let home = form.identity[0];
        keys.push(to(first, home, &id));
    }
    // Who and what a record names; a name that leads nowhere is kept, and `PRAGMA foreign_key_check` lists it.
    for (column, table) in [
        ("manager", "person"),
        ("sponsor", "person"),
        ("owner", "person"),
        ("by", "person"),
        ("programme", "programme"),
        ("parent", form.kind.name),
    ] {
        if form.fields.iter().any(|field| field.path == column) {
            keys.push(to(&[name(column)], table, &id));
        }
    }
    keys
}

/// A name as SQL quotes it.
fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', ""))
}

fn sql(value: &Value) -> Sql {
    match value {
        Value::Missing => Sql::Null,
        Value::Text(text) | Value::Json(text) => Sql::Text(text.clone()),
        Value::Whole(whole) => Sql::Integer(*whole),
        Value::Decimal(number) => decimal(*number),
        Value::Date(date) => Sql::Text(date.to_string()),
        Value::Flag(flag) => Sql::Integer((*flag).into()),
        Value::List(texts) => Sql::Text(list(texts)),
    }
}

/// A decimal as a number of SQLite that gives back every digit, or as text where there is none.
fn decimal(number: Decimal) -> Sql {
    if let (true, Some(whole)) = (number.fract().is_zero(), number.to_i64()) {
        return Sql::Integer(whole);
    }
    let digits = number.normalize().mantissa().unsigned_abs().to_string();
    match number.to_f64() {
        Some(binary) if digits.len() <= 15 => Sql::Real(binary),
        _ => Sql::Text(number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_kept() {
        let decimal = |text: &str| super::decimal(text.parse().unwrap());
        assert_eq!(decimal("1250000.00"), Sql::Integer(1_250_000));
        assert_eq!(decimal("80000.50"), Sql::Real(80000.5));
        assert_eq!(decimal("12345678901234567.89"), Sql::Text("12345678901234567.89".into()));
    }

    #[test]
    fn a_name_cannot_end_its_quotes() {
        assert_eq!(name("x\"; DROP TABLE risk; --"), "\"x\"\"; DROP TABLE risk; --\"");
    }
}
