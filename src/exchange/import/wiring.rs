//! A mapping laid over a table: for each column what it says, and how its cells are read.

use std::collections::BTreeMap;

use crate::exchange::table::{Form, Table, folded};
use crate::model::Config;
use crate::model::custom::CustomValue;
use crate::model::field_change::FieldValue;
use crate::syntax::{self, Mistake, Step};
use crate::text::{cut, list, nearest, terminal};

use super::mapping::{ColumnRules, Mapping, Reading, mistake_at};
use super::milestones;
use super::rejects::is_reason;
use super::rules::Rules;
use super::shown;
use super::slug;
use super::takes;
use super::target::{Aim, Target};
use super::value::{FieldType, date};

/// What a column, or a part of its cells, says.
#[derive(Clone, Debug)]
pub struct Wire {
    /// The column of the table.
    pub column: usize,
    /// What it says.
    pub aim: Aim,
    /// The path of the field, in steps.
    pub path: Vec<Step>,
    /// What the field takes.
    pub takes: FieldType,
    /// How cells are read.
    pub rules: Rules,
    /// Which part of a cell, where it has several.
    pub part: Option<Piece>,
    /// A name for the element of a list that the path leads into: the part of the header that `*` stood for.
    pub named: Option<String>,
}

/// Which part of a cell, and the sign between the parts.
pub type Piece = (usize, String);

/// How rows become records.
#[derive(Clone, Debug, Default)]
pub struct Wiring {
    /// What the columns say.
    pub wires: Vec<Wire>,
    /// Values of new records where the row says nothing.
    pub constants: Vec<(String, FieldValue)>,
    /// The columns that say nothing, by name.
    pub left_out: Vec<String>,
    /// What was found out of the table, one sentence each.
    pub notes: Vec<String>,
    /// By what a row finds its record: `id`, `name`, or a field.
    pub by: Option<String>,
    /// The column that ids are made of.
    pub id_from: Option<usize>,
    /// What stands before an id.
    pub id_prefix: String,
    /// Whether ids are numbered.
    pub id_numbered: bool,
}

/// Lays a mapping over a table.
pub fn with_mapping(
    target: &Target,
    table: &Table,
    config: &Config,
    mapping: &Mapping,
    text: &str,
) -> Result<Wiring, Vec<Mistake>> {
    let (mistakes, wiring) = (Vec::new(), Wiring::default());
    let mut laying = Laying { target, table, config, mistakes, text, is_export: false, wiring };
    laying.lay(mapping);
    if laying.mistakes.is_empty() { Ok(laying.wiring) } else { Err(laying.mistakes) }
}

/// Takes the columns that have the names of fields, as `pmo export` writes them.
pub fn by_names(target: &Target, table: &Table, config: &Config) -> Wiring {
    named(target, table, config, false)
}

/// Takes the columns of a table of an export: what a register said comes back, also words that `[vocabulary]` lacks.
pub fn of_export(target: &Target, table: &Table, config: &Config) -> Wiring {
    named(target, table, config, true)
}

fn named(target: &Target, table: &Table, config: &Config, is_export: bool) -> Wiring {
    let mut laying = Laying {
        target,
        table,
        config,
        mistakes: Vec::new(),
        text: "",
        is_export,
        wiring: Wiring::default(),
    };
    for (at, column) in table.columns.iter().enumerate() {
        let name = folded(&column.name).replace(' ', "_");
        let aim = target.aim(&column.name).or_else(|_| target.aim(&name));
        match aim {
            Ok(aim) => {
                let rules = laying.rules(&Reading::default(), &Reading::default(), true);
                laying.wire(at, aim, rules, None, None);
            }
            Err(_) if is_reason(&column.name) => {}
            Err(_) => laying.wiring.left_out.push(column.name.clone()),
        }
    }
    laying.wiring
}

struct Laying<'a> {
    target: &'a Target,
    table: &'a Table,
    config: &'a Config,
    mistakes: Vec<Mistake>,
    text: &'a str,
    /// Whether the table is one of a whole export.
    is_export: bool,
    wiring: Wiring,
}

impl Laying<'_> {
    fn lay(&mut self, mapping: &Mapping) {
        self.mistakes.extend(mapping.mistakes_of_signs(self.text));
        let mut used = vec![false; self.table.columns.len()];
        for (name, rules) in mapping.column.iter().filter(|(name, _)| !name.contains('*')) {
            match self.table.column(name) {
                Some(column) => {
                    used[column] = true;
                    self.column(column, name, None, mapping, rules);
                }
                None if rules.optional => {}
                None => self.no_column(name),
            }
        }
        for (name, rules) in mapping.column.iter().filter(|(name, _)| name.contains('*')) {
            let found: Vec<(usize, String)> = self
                .table
                .columns
                .iter()
                .enumerate()
                .filter(|(at, _)| !used[*at])
                .filter_map(|(at, column)| Some((at, between(name, &column.name)?)))
                .collect();
            if found.is_empty() && !rules.optional {
                self.no_column(name);
            }
            for (column, part) in found {
                used[column] = true;
                self.column(column, name, Some(part), mapping, rules);
            }
        }
        let left = self
            .table
            .columns
            .iter()
            .enumerate()
            .filter(|(at, column)| !used[*at] && !is_reason(&column.name));
        self.wiring.left_out = left.map(|(_, column)| column.name.clone()).collect();
        self.constants(mapping);
        self.ids(mapping);
    }

    fn no_column(&mut self, name: &str) {
        let steps = [Step::Key("column".into()), Step::Key(name.to_owned())];
        let at = syntax::locate(self.text, &format!("key:{}", syntax::write_path(&steps))).unwrap_or(0..0);
        let mistake = Mistake::new(
            "unknown-column",
            format!("the table has no column `{}`", terminal(&cut(name, 60))),
            at,
        );
        let names: Vec<&str> = self.table.columns.iter().map(|column| column.name.as_str()).collect();
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{}`?", terminal(near)),
            None => {
                let named: Vec<String> =
                    names.iter().take(12).map(|name| format!("`{}`", terminal(&cut(name, 30)))).collect();
                format!("it has {}; `optional = true` lets a table lack it", list(&named, "and"))
            }
        };
        self.mistakes.push(mistake.help(help));
    }

    fn column(
        &mut self,
        column: usize,
        name: &str,
        part: Option<String>,
        mapping: &Mapping,
        rules: &ColumnRules,
    ) {
        if rules.ignore {
            return;
        }
        if rules.field.is_none() && rules.also.is_empty() && rules.into.is_empty() {
            self.mistakes.push(
                mistake_at(
                    self.text,
                    &["column", name],
                    format!("column `{}` has no `field`", terminal(name)),
                )
                .help("say  field = \"…\", or  ignore = true  to leave it out"),
            );
            return;
        }
        let cells = self.rules(&mapping.read, &rules.read, false);
        let fields = rules
            .field
            .iter()
            .map(|field| ("field", field))
            .chain(rules.also.iter().map(|field| ("also", field)));
        let mut all: Vec<(&str, String, Option<Piece>)> =
            fields.map(|(key, field)| (key, field.clone(), None)).collect();
        let sign = rules.read.split.clone().unwrap_or_else(|| ";".to_owned());
        all.extend(
            rules
                .into
                .iter()
                .enumerate()
                .map(|(index, field)| ("into", field.clone(), Some((index, sign.clone())))),
        );
        for (key, field, piece) in all {
            let path = match &part {
                Some(part) => field.replace('*', &slug::slug(part).unwrap_or_default()),
                None => field.clone(),
            };
            let named = match &part {
                Some(part) => Some(part.clone()),
                None => self.name_of_element(mapping, &path, &self.table.columns[column].name),
            };
            match self.target.aim(&path) {
                Ok(aim) => self.wire(column, aim, cells.clone(), piece, named),
                Err(mistake) => {
                    let mut told = mistake_at(self.text, &["column", name, key], mistake.message);
                    told.code = "unknown-field";
                    told.help = mistake.help;
                    self.mistakes.push(told);
                }
            }
        }
    }

    /// What a header calls the element of a list into which its field leads, where nothing else names it.
    fn name_of_element(&self, mapping: &Mapping, path: &str, header: &str) -> Option<String> {
        let (element, key) = path.rsplit_once("].")?;
        let name = format!("{element}].name");
        let is_said = mapping.constant.contains_key(&name)
            || mapping.column.values().any(|rules| {
                rules.field.iter().chain(&rules.also).chain(&rules.into).any(|field| *field == name)
            });
        (key != "name" && !is_said && self.target.aim(&name).is_ok()).then(|| milestones::called(header))
    }

    fn wire(&mut self, column: usize, aim: Aim, rules: Rules, part: Option<Piece>, named: Option<String>) {
        let (path, takes) = match &aim {
            Aim::Field(path) => {
                let (mut takes, note) = takes::of_field(self.target, self.config, path);
                note.into_iter().for_each(|note| self.note(note));
                if self.is_export
                    && let Some(word) =
                        takes::loosen(&mut takes, self.target, self.config, self.table, column)
                {
                    self.note(word);
                }
                (syntax::parse_path(path).unwrap_or_default(), takes)
            }
            _ => (Vec::new(), takes::text()),
        };
        let rules = self.with_what_is_shown(rules, column, part.as_ref(), &takes);
        self.wiring.wires.push(Wire { column, aim, path, takes, rules, part, named });
    }

    /// What the mapping leaves open and the column shows without doubt.
    fn with_what_is_shown(
        &mut self,
        mut rules: Rules,
        column: usize,
        part: Option<&Piece>,
        takes: &FieldType,
    ) -> Rules {
        // What the mapping says of a word goes before the register's own scale.
        rules.words.extend(takes::level_words(self.target, self.config, &takes.path));
        let mut notes = Vec::new();
        if rules.order.is_none() && takes.takes_date && !takes.takes_text {
            let shown = shown::order(self.table, column, part);
            rules.order = shown.value;
            notes.extend(shown.note);
        }
        if rules.decimal.is_none() && takes.takes_number {
            let shown = shown::decimal(self.table, column, part);
            rules.decimal = shown.value;
            notes.extend(shown.note);
        }
        for note in notes {
            self.note(note);
        }
        rules
    }

    /// Says something once.
    fn note(&mut self, note: String) {
        if !self.wiring.notes.contains(&note) {
            self.wiring.notes.push(note);
        }
    }

    /// How the cells of a column are read, as the mapping says.
    fn rules(&self, all: &Reading, own: &Reading, keeps_blanks: bool) -> Rules {
        let dates = if own.dates.is_empty() { &all.dates } else { &own.dates };
        let order = dates.iter().find_map(|form| date::order_of(form));
        let serials = dates.iter().find_map(|form| match form.to_lowercase().as_str() {
            "excel" | "excel-1900" => Some(false),
            "excel-1904" => Some(true),
            _ => None,
        });
        let sign = own.decimal.as_ref().or(all.decimal.as_ref()).and_then(|sign| sign.chars().next());
        let thousands =
            own.thousands.as_ref().or(all.thousands.as_ref()).and_then(|sign| sign.chars().next());
        let other = thousands.and_then(|sign| match sign {
            '.' => Some(','),
            ',' => Some('.'),
            _ => None,
        });
        let words = own.words.iter().chain(&all.words).map(|(word, meaning)| (word.clone(), meaning.clone()));
        Rules {
            order,
            serials: serials
                .or_else(|| (self.table.form == Form::Sheet).then_some(self.table.counts_from_1904)),
            decimal: sign.or(other),
            unit: own.unit.or(all.unit).map(|unit| unit.0),
            percent: own.percent.or(all.percent),
            missing: own.missing.iter().chain(&all.missing).cloned().collect(),
            words: words.collect(),
            split: own.split.clone().or_else(|| all.split.clone()),
            keeps_blanks,
        }
    }

    fn constants(&mut self, mapping: &Mapping) {
        for (path, value) in &mapping.constant {
            match self.target.aim(path) {
                Ok(aim) => {
                    // What a row says goes before the constant, also where nothing need be said of it.
                    for wire in self.wiring.wires.iter_mut().filter(|wire| wire.aim == aim) {
                        wire.takes.default = None;
                    }
                    self.wiring.constants.push((path.clone(), plain(value)));
                }
                Err(mistake) => {
                    let mut told = mistake_at(self.text, &["constant", path], mistake.message);
                    told.help = mistake.help;
                    self.mistakes.push(told);
                }
            }
        }
    }

    fn ids(&mut self, mapping: &Mapping) {
        self.wiring.id_prefix = mapping.id.prefix.clone().unwrap_or_default();
        self.wiring.id_numbered = mapping.id.number;
        if let Some(from) = &mapping.id.from {
            match self.table.column(from) {
                Some(column) => self.wiring.id_from = Some(column),
                None => self.mistakes.push(mistake_at(
                    self.text,
                    &["id", "from"],
                    format!("the table has no column `{}`", terminal(from)),
                )),
            }
        }
        self.wiring.by.clone_from(&mapping.matching.by);
        if let Some(by) = &mapping.matching.by
            && !matches!(by.as_str(), "id" | "name" | "title")
        {
            let is_wired = self.wiring.wires.iter().any(|wire| wire.aim == Aim::Field(by.clone()));
            if !by.starts_with("custom.") || !is_wired {
                self.mistakes.push(
                    mistake_at(self.text, &["match", "by"], format!("rows cannot be matched by `{}`", terminal(by)))
                        .help("by `id`, by `name`, or by a field under custom that a column is mapped to, such as `custom.jira`"),
                );
            }
        }
    }
}

/// The part of a header that the `*` of a pattern stands for, as the header writes it.
fn between(pattern: &str, name: &str) -> Option<String> {
    let (start, end) = pattern.split_once('*')?;
    let (start, end, lower) = (folded(start), folded(end), folded(name));
    let rest = lower.strip_prefix(start.as_str())?;
    let part = rest.strip_suffix(end.as_str())?.trim();
    if part.is_empty() {
        return None;
    }
    // The same place in the header, where letters are as they were.
    let spaced = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let same: String = spaced.chars().skip(start.chars().count()).collect();
    let room = same.chars().count().checked_sub(end.chars().count())?;
    let same: String = same.chars().take(room).collect();
    let same = same.trim();
    Some(if folded(same) == part { same } else { part }.to_owned())
}

fn plain(value: &CustomValue) -> FieldValue {
    match value {
        CustomValue::Text(text) => FieldValue::Text(text.clone()),
        CustomValue::Number(number) => FieldValue::Number(*number),
        CustomValue::Date(date) => FieldValue::Date(*date),
        CustomValue::Bool(truth) => FieldValue::Bool(*truth),
        CustomValue::List(items) => FieldValue::List(items.iter().map(plain).collect()),
    }
}

/// The columns of a table by what they say, for messages.
pub fn columns_of(wiring: &Wiring) -> BTreeMap<String, usize> {
    let named = |wire: &Wire| match &wire.aim {
        Aim::Field(path) => path.clone(),
        Aim::Id => "id".to_owned(),
        Aim::Home => "project".to_owned(),
        Aim::Period => "period".to_owned(),
        Aim::Gate => "gate".to_owned(),
        Aim::Key => "key".to_owned(),
    };
    wiring.wires.iter().rev().map(|wire| (named(wire), wire.column)).collect()
}
