//! The table and the mapping of an import: found, read, and laid over each other.

use std::path::Path;

use crate::diag::{Problem, human};
use crate::exchange::import::target::Aim;
use crate::exchange::import::{Mapping, Target, Wiring, headers, rejects, wiring};
use crate::exchange::table::{self, Hints, LARGEST, Table, Unreadable};
use crate::load::Loaded;
use crate::model::KINDS;
use crate::store;
use crate::syntax::Mistake;
use crate::text;

use super::super::CliError;
use super::Import;

/// A mapping, as its file says it.
pub(super) struct Mapped {
    pub mapping: Mapping,
    text: String,
    /// What the file is called.
    path: String,
}

impl Import {
    /// Reads the table.
    pub(super) fn table(
        &self,
        target: &Target,
        file: &Path,
        mapping: Option<&Mapped>,
    ) -> Result<Table, CliError> {
        let rules = mapping.map(|mapped| mapped.mapping.table.clone()).unwrap_or_default();
        let delimiter =
            self.delimiter.clone().or(rules.delimiter).map(|sign| delimiter(&sign)).transpose()?;
        // A header of two rows is named by both: each of them may be found.
        let known = match mapping {
            Some(Mapped { mapping, .. }) => mapping
                .column
                .keys()
                .flat_map(|name| name.split(" / ").chain([name.as_str()]).map(str::to_owned))
                .collect(),
            None => headers::known_headers(target),
        };
        let bytes = store::read_large(file, LARGEST)?;
        let mut hints = Hints {
            sheet: self.sheet.clone().or(rules.sheet),
            header: self.header.or(rules.header.map(|row| row as usize)),
            header_rows: rules.header_rows.map(usize::from),
            delimiter,
            encoding: self.encoding.clone().or(rules.encoding),
            totals: rules.totals,
            known,
            kind: target.kind.spec.name.to_owned(),
        };
        if rejects::is_rejects(&bytes) {
            // Written by this program: what a mapping says of the file that the rows come from is not true of it.
            hints.encoding.clone_from(&self.encoding);
            hints.delimiter = rejects::delimiter(&bytes).or(hints.delimiter);
        }
        let name = file.to_string_lossy();
        table::read(&name, &bytes, &hints).map_err(|error| unreadable(&name, error))
    }

    /// Lays the mapping over the table, or takes the columns by their names.
    pub(super) fn wiring(
        &self,
        target: &Target,
        table: &Table,
        before: &Loaded,
        mapping: Option<&Mapped>,
    ) -> Result<Wiring, CliError> {
        let config = &before.register.config;
        let kind = self.kind.clone().unwrap_or_default();
        let wired = match mapping {
            None => wiring::by_names(target, table, config),
            Some(Mapped { mapping, text, path }) => {
                if let Some(own) = &mapping.kind
                    && !Target::named(own)
                        .is_ok_and(|own| own.kind.spec == target.kind.spec && own.part == target.part)
                {
                    return Err(CliError::new(format!(
                        "the mapping {path} is for `{}`",
                        text::terminal(own)
                    ))
                    .hint(format!("`pmo import {own} …`, or another mapping")));
                }
                wiring::with_mapping(target, table, config, mapping, text)
                    .map_err(|mistakes| mistaken(path, text, mistakes))?
            }
        };
        let title = target.title_key();
        let is_named =
            wired.wires.iter().any(|wire| wire.aim == Aim::Id || wire.aim == Aim::Field(title.to_owned()));
        let needs_name = target.part.is_none() && target.required().iter().any(|field| field == title);
        if wired.wires.is_empty() || (mapping.is_none() && needs_name && !is_named) {
            let names: Vec<String> = table
                .columns
                .iter()
                .take(8)
                .map(|column| format!("`{}`", text::terminal(&text::cut(&column.name, 30))))
                .collect();
            return Err(CliError::new(format!(
                "there is no column `{title}`, as {} needs it; there are {}",
                target.one(),
                text::list(&names, "and")
            ))
            .hint(format!("`pmo import {kind} FILE --guess -o map.toml` proposes a mapping")));
        }
        Ok(wired)
    }
}

/// Reads a mapping.
pub(super) fn read_mapping(path: &Path) -> Result<Mapped, CliError> {
    let shown = path.display().to_string();
    let bytes = store::read_input(path)?;
    let text = match crate::syntax::read::decode(&bytes) {
        Ok(text) => text.to_owned(),
        Err(mistake) => return Err(mistaken(&shown, "", vec![mistake])),
    };
    match Mapping::read(&text) {
        Ok(mapping) => Ok(Mapped { mapping, text, path: shown }),
        Err(mistakes) => Err(mistaken(&shown, &text, mistakes)),
    }
}

/// The mistakes of a mapping, each at its place.
fn mistaken(path: &str, text: &str, mistakes: Vec<Mistake>) -> CliError {
    let texts = |_: &str| Some(text.to_owned());
    let told: Vec<String> = mistakes
        .into_iter()
        .map(|mistake| human::single(&Problem::of_mistake(path, mistake), &texts, human::Look::default()))
        .collect();
    CliError::new(format!("the mapping cannot be used:\n{}", told.join("\n")))
}

pub(super) fn unknown_kind(kind: &str, near: Option<&'static str>) -> CliError {
    let error = CliError::new(format!("`{}` is no kind of record", text::terminal(kind)));
    match near {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => {
            let kinds: Vec<&str> =
                KINDS.iter().map(|kind| kind.spec.plural).chain(["milestones", "allocations"]).collect();
            error.hint(format!("there are {}", text::list(&kinds, "and")))
        }
    }
}

pub(super) fn unreadable(file: &str, error: Unreadable) -> CliError {
    let told = CliError::new(format!("{}: {}", text::terminal(file), error.message));
    error.help.into_iter().fold(told, CliError::hint)
}

fn delimiter(sign: &str) -> Result<u8, CliError> {
    match sign {
        "tab" | "\\t" => Ok(b'\t'),
        _ if sign.len() == 1 && !sign.contains(['"', '\n', '\r']) => Ok(sign.as_bytes()[0]),
        _ => Err(CliError::new(format!("`{}` cannot stand between cells", text::terminal(sign)))
            .hint("one character, such as ; or |, or the word tab")),
    }
}
