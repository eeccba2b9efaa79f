//! A mapping proposed from the headers of a table and the look of its cells, as a commented file to correct.

use std::fmt::Write as _;

use crate::exchange::table::{Raw, Table, folded, trimmed};
use crate::model::Config;
use crate::syntax::literal::quoted;
use crate::text::{cut, terminal};

use super::milestones::{self, Proposed};
use super::rules::MISSING;
use super::target::Target;
use super::value::date::Order;
use super::value::{date, number};
use super::{headers, shown, slug, takes};

/// What a mapping is proposed for.
pub struct Asked<'a> {
    /// The kind, as the command line has it.
    pub kind: &'a str,
    /// The file, as the command line has it.
    pub file: &'a str,
    /// The sign between cells and the encoding, where the command line says them.
    pub delimiter: Option<&'a str>,
    /// The encoding likewise.
    pub encoding: Option<&'a str>,
    /// The settings, with the fields of the organisation's own.
    pub config: &'a Config,
}

/// Proposes a mapping.
pub fn guess(target: &Target, table: &Table, asked: &Asked<'_>) -> String {
    let file = terminal(&cut(asked.file, 80)).into_owned();
    let mut out = format!(
        "# A mapping proposed for {file}: correct it, then\n#   pmo import {} {file} --map THIS-FILE\n# It was read as {}; {}.\n",
        asked.kind, table.described, table.header,
    );
    for note in &table.notes {
        let _ = writeln!(out, "# - {}", terminal(note));
    }
    let _ = writeln!(out, "\nkind = {}", quoted(asked.kind));
    place(table, asked, &mut out);
    let headers: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let mut guesses = headers::fields(target, &headers);
    for (guess, header) in guesses.iter_mut().zip(&headers) {
        // A number of another program is no id, and finds the record again all the same.
        if guess.as_deref() == Some("id") && *header != "id" {
            *guess = key_field(target, header);
        }
    }
    let config = asked.config;
    let milestones = milestones::propose(target, table, &mut guesses);
    let used: Vec<String> = guesses.iter().flatten().cloned().collect();
    matching(target, &used, &mut out);
    missing(table, &mut out);
    undeclared(target, &used, asked.config, &mut out);
    required(target, &used, &mut out);
    for (at, (column, guess)) in table.columns.iter().zip(&guesses).enumerate() {
        let milestone = milestones.get(at).and_then(Option::as_ref);
        match milestone {
            Some(Proposed::Pattern { pattern, columns }) => {
                by_pattern(target, config, table, pattern, columns, &mut out);
                continue;
            }
            Some(Proposed::Taken) => continue,
            _ => {}
        }
        let _ = write!(out, "\n[column.{}]", quoted(&column.name));
        let samples = samples(table, at);
        let _ = writeln!(
            out,
            "{}",
            if samples.is_empty() { "   # always empty".to_owned() } else { format!("   # {samples}") }
        );
        match (guess, milestone) {
            (Some(field), _) => {
                let _ = writeln!(out, "field = {}", quoted(field));
                details(target, config, table, at, field, &column.name, &mut out);
            }
            (None, Some(Proposed::Field(field))) => {
                line(&mut out, &format!("field = {}", quoted(field)), "a milestone; or: ignore = true");
                details(target, config, table, at, field, &column.name, &mut out);
            }
            (None, Some(Proposed::Perhaps(field))) => {
                line(&mut out, "ignore = true", &format!("or, as a milestone: field = {}", quoted(field)));
            }
            (None, Some(Proposed::Reported)) => {
                line(&mut out, "ignore = true", "what is expected or reached comes with status reports");
            }
            (None, _) if target.aim("custom.any").is_ok() => {
                line(&mut out, "ignore = true", "or: field = \"custom.…\", declared in pmo.toml");
            }
            (None, _) => out.push_str("ignore = true\n"),
        }
    }
    out
}

/// Columns that are milestones by a pattern, and how their cells are read.
fn by_pattern(
    target: &Target,
    config: &Config,
    table: &Table,
    pattern: &str,
    columns: &[usize],
    out: &mut String,
) {
    let start = pattern.trim_end_matches('*').chars().count();
    let names: Vec<String> = columns
        .iter()
        .take(6)
        .map(|at| table.columns[*at].name.chars().skip(start).collect::<String>())
        .map(|name| cut(&name, 24).into_owned())
        .collect();
    let rest = columns.len() - names.len();
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let _ = writeln!(
        out,
        "\n[column.{}]   # milestones, called as the * says: {}{rest}\nfield = \"milestone[id=*].baseline\"\noptional = true",
        quoted(pattern),
        terminal(&names.join(", "))
    );
    let of_column = |at: &usize| {
        let mut said = String::new();
        let header = &table.columns[*at].name;
        details(target, config, table, *at, "milestone[id=any].baseline", header, &mut said);
        Some(said).filter(|said| !said.is_empty())
    };
    out.extend(columns.iter().find_map(of_column));
}

/// Where the table stands in its file, as it was found.
fn place(table: &Table, asked: &Asked<'_>, out: &mut String) {
    let mut lines = Vec::new();
    lines.extend(table.sheet.as_ref().map(|sheet| format!("sheet = {}", quoted(sheet))));
    if table.header_at > 1 || table.sheet.is_some() {
        lines.push(format!("header = {}", table.header_at));
    }
    if table.header_rows > 1 {
        lines.push(format!("header_rows = {}", table.header_rows));
    }
    lines.extend(asked.delimiter.map(|sign| format!("delimiter = {}", quoted(sign))));
    lines.extend(asked.encoding.map(|name| format!("encoding = {}", quoted(name))));
    if !lines.is_empty() {
        let _ = writeln!(out, "\n[table]\n{}", lines.join("\n"));
    }
}

/// The field of one's own that keeps the number of another program, where the kind has such fields.
fn key_field(target: &Target, header: &str) -> Option<String> {
    let field = format!("custom.{}", slug::slug(header)?.replace('-', "_"));
    (is_named(target) && target.aim(&field).is_ok()).then_some(field)
}

/// Whether rows find their records by name or key; others are found by their project and period, or by who and when.
fn is_named(target: &Target) -> bool {
    use crate::model::record::Place;
    let place = target.kind.spec.place;
    target.part.is_none() && !matches!(place, Place::Period | Place::ProgrammePeriod | Place::Gate)
}

/// How a row finds its record again.
fn matching(target: &Target, used: &[String], out: &mut String) {
    if !is_named(target) {
        let by = match target.part.as_deref() {
            Some("milestone") => "its project and name, or id",
            Some("allocation") => "its project, who it is, and from when",
            Some(_) => "whose list it belongs to",
            None if target.kind.spec.name == "actuals" => "its project and month",
            None if target.aim("gate").is_ok() => "its project and gate",
            None if target.aim("project").is_ok() => "its project and period",
            None => "what it is for, and its period",
        };
        let _ = writeln!(out, "\n# A row finds its record again by {by}.");
        return;
    }
    let key = used.iter().find(|field| field.starts_with("custom."));
    let (by, or) = match key {
        Some(key) => (key.as_str(), "or \"name\""),
        None if used.iter().any(|field| field == "id") => ("id", "or \"name\""),
        None => ("name", "or \"id\", or a key that you keep: \"custom.key\" (map a column to it)"),
    };
    let line = format!("by = {}", quoted(by));
    let _ =
        writeln!(out, "\n[match]                      # how a row finds its record again\n{line:<29}# {or}");
}

/// Words of the table that mean nothing.
fn missing(table: &Table, out: &mut String) {
    let mut words: Vec<String> = Vec::new();
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    for cell in cells {
        if let Raw::Text(text) = cell {
            let text = folded(text);
            let known = MISSING.iter().find(|word| super::rules::fits(word, &text));
            if let Some(word) = known
                && !words.iter().any(|known| known == word)
            {
                words.push((*word).to_owned());
            }
        }
    }
    if !words.is_empty() {
        let list: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let _ = writeln!(out, "\n[read]\nmissing = [{}]   # words that mean nothing", list.join(", "));
    }
}

/// The lines that pmo.toml needs for fields of one's own.
fn undeclared(target: &Target, used: &[String], config: &Config, out: &mut String) {
    let kind = target.kind.spec.name;
    let names = used.iter().filter_map(|field| field.strip_prefix("custom."));
    let is_known = |name: &str| config.field.iter().any(|field| field.kind == kind && field.name == name);
    for name in names.filter(|name| !is_known(name)) {
        let _ = writeln!(
            out,
            "\n# custom.{name} is a field of your own. pmo.toml must declare it, or `pmo check` refuses it:\n#\n\
             #   [[field]]\n#   kind = {}\n#   name = {}\n#   type = \"text\"",
            quoted(kind),
            quoted(name)
        );
    }
}

/// Fields that must be there and that no column says.
fn required(target: &Target, used: &[String], out: &mut String) {
    let lacking: Vec<String> = target
        .required()
        .into_iter()
        .filter(|field| field != "state" && field != "id")
        .filter(|field| !used.iter().any(|known| known == field || known.starts_with(&format!("{field}."))))
        .collect();
    if !lacking.is_empty() {
        out.push_str("\n[constant]                     # no column says it, and every record needs it\n");
        for field in lacking {
            let _ = writeln!(out, "# {} = \"…\"", if field.contains('.') { quoted(&field) } else { field });
        }
    }
}

/// The first different cells of a column.
fn samples(table: &Table, column: usize) -> String {
    let mut seen: Vec<String> = Vec::new();
    for row in &table.rows {
        let cell = row.cells.get(column).map(Raw::shown).unwrap_or_default();
        let shown = cut(&cell.split_whitespace().collect::<Vec<_>>().join(" "), 24).into_owned();
        if !shown.is_empty() && !seen.contains(&shown) {
            seen.push(shown);
        }
        if seen.len() == 3 {
            break;
        }
    }
    terminal(&seen.join(" · ")).into_owned()
}

/// What the cells of a column show of how they are to be read.
fn details(
    target: &Target,
    config: &Config,
    table: &Table,
    column: usize,
    field: &str,
    header: &str,
    out: &mut String,
) {
    let (takes, _) = takes::of_field(target, config, field);
    if takes.is_open {
        return;
    }
    let texts: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|row| {
            if let Some(Raw::Text(text)) = row.cells.get(column) { Some(trimmed(text)) } else { None }
        })
        .filter(|text| !text.is_empty())
        .collect();
    if takes.takes_date && !takes.takes_text {
        let is_either = texts.iter().any(|text| matches!(date::read(text, None), date::Said::Either(..)));
        let shown = shown::order(table, column, None);
        match (shown.value, shown.note) {
            (Some(Order::MonthFirst), Some(_)) => {
                line(out, "dates = [\"MM/DD/YYYY\"]", "as other cells of it show")
            }
            (Some(_), Some(_)) => line(out, "dates = [\"DD/MM/YYYY\"]", "as other cells of it show"),
            (None, Some(note)) => line(out, "dates = [\"DD/MM/YYYY\"]", &note),
            (None, None) if is_either => {
                line(out, "dates = [\"DD/MM/YYYY\"]", "or MM/DD/YYYY: some could be either");
            }
            _ => {}
        }
    }
    if takes.takes_number {
        let lower = header.to_lowercase();
        if ["£m", "(m)", "€m", "$m", "m€", "mio", "million", "in m"].iter().any(|unit| lower.contains(unit))
        {
            out.push_str("unit = 1_000_000             # the header speaks of millions\n");
        } else if ["£k", "€k", "$k", "k€", "t€", "teur", "tchf", "tsd", "(k)", "000s", "'000", "thousand"]
            .iter()
            .any(|unit| lower.contains(unit))
        {
            out.push_str("unit = 1_000                 # the header speaks of thousands\n");
        }
        let is_either = texts.iter().any(|text| matches!(number::read(text, None), number::Said::Either(..)));
        let shown = shown::decimal(table, column, None);
        match (shown.value, shown.note) {
            (Some(sign), Some(_)) => {
                line(out, &format!("decimal = \"{sign}\""), "as other cells of it show");
            }
            (None, Some(note)) => {
                let _ = writeln!(out, "# {}", terminal(&note));
            }
            (None, None) if is_either => {
                line(out, "decimal = \".\"", "or \",\": some numbers could be either")
            }
            _ => {}
        }
        if takes.is_percent && shares(table, column) {
            out.push_str("percent = \"share\"            # 0.12 is 12 %\n");
        }
    }
    if takes.is_whole && takes.words.is_none() && takes.most.is_some_and(|most| most <= 10.into()) {
        let levels = takes::level_words(target, config, field);
        let is_level = |text: &str| levels.iter().any(|(name, _)| folded(name) == folded(text));
        let is_missing = |text: &str| MISSING.iter().any(|word| super::rules::fits(word, &folded(text)));
        let mut odd: Vec<&str> = texts.iter().copied().filter(|text| !is_missing(text)).collect();
        odd.retain(|text| number::read(text, None) == number::Said::Nothing && !is_level(text));
        odd.sort_unstable();
        odd.dedup();
        let odd: Vec<String> = odd.iter().take(12).map(|text| format!("{} = \"…\"", quoted(text))).collect();
        if let Some(most) = takes.most.filter(|_| !odd.is_empty()) {
            let _ = writeln!(out, "# a number from 1 to {most}\nwords = {{ {} }}", odd.join(", "));
        }
    }
    if let Some(words) = &takes.words {
        let known =
            |text: &str| words.iter().any(|word| super::slug::plain(word) == super::slug::plain(text));
        let mut odd: Vec<&str> = texts.iter().copied().filter(|text| !known(text)).collect();
        odd.sort_unstable();
        odd.dedup();
        let odd: Vec<String> = odd.iter().take(12).map(|text| format!("{} = \"…\"", quoted(text))).collect();
        if !odd.is_empty() {
            let _ = writeln!(out, "# one of {}\nwords = {{ {} }}", words.join(", "), odd.join(", "));
        }
    }
}

/// A line, and why.
fn line(out: &mut String, line: &str, why: &str) {
    let _ = writeln!(out, "{line:<28} # {}", terminal(why));
}

/// Whether a column of percentages is written as shares: all from 0 to 1, and one between.
fn shares(table: &Table, column: usize) -> bool {
    let numbers: Vec<f64> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(column).map(Raw::shown))
        .filter_map(|text| text.trim().replace(',', ".").parse().ok())
        .collect();
    !numbers.is_empty()
        && numbers.iter().all(|number| (0.0..=1.0).contains(number))
        && numbers.iter().any(|number| *number > 0.0 && *number < 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::mapping::Mapping;
    use super::*;
    use crate::exchange::table::{Hints, read};

    #[test]
    fn a_guess_is_a_mapping_that_can_be_read() {
        let target = Target::named("projects").unwrap();
        let text = "Project name;PM;Status;Budget (£m);Start date;% Complete;Notes \"x\"\n\
                    CRM;Jana;In Flight;1.2;03/04/2026;0.5;n/a\n";
        let table = read("a.csv", text.as_bytes(), &Hints::default()).unwrap();
        let config = Config::default();
        let (kind, file) = ("projects", "a.csv");
        let asked = Asked { kind, file, delimiter: None, encoding: None, config: &config };
        let guessed = guess(&target, &table, &asked);
        for expected in [
            "[column.\"Project name\"]   # CRM\nfield = \"name\"",
            "field = \"manager\"",
            "words = { \"In Flight\" = \"…\" }",
            "unit = 1_000_000",
            "dates = [\"DD/MM/YYYY\"]",
            "missing = [\"n/a\"]",
            "ignore = true",
        ] {
            assert!(guessed.contains(expected), "{expected} is not in\n{guessed}");
        }
        assert!(Mapping::read(&guessed).is_ok(), "{guessed}\n{:?}", Mapping::read(&guessed));
    }
}
