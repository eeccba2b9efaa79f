//! A register in memory, made of files as text, for tests.

use std::collections::BTreeMap;

use crate::model::{Config, Date, Kind, RecordId, Register, Slot, Status};
use crate::syntax;

/// Reads files as the loader would, and fails on anything that it would report.
pub(crate) fn register(files: &[(&str, &str)]) -> Register {
    let mut register = Register::default();
    let mut programmes = BTreeMap::new();
    for (path, text) in files {
        let mut table = syntax::parse(text).unwrap_or_else(|wrong| panic!("{path}: {wrong:?}"));
        assert_eq!(syntax::wrap_numbers(table.get_mut()), [], "{path}");
        if *path == "pmo.toml" {
            let read: Config = serde::Deserialize::deserialize(toml::de::Deserializer::from(table)).unwrap();
            register.config = read.into();
            continue;
        }
        let id = RecordId::at_path(path).unwrap_or_else(|| panic!("{path} is no record"));
        let kind = Kind::named(id.kind).unwrap();
        let slot = match (kind.read)(table) {
            Ok(record) => Slot::Read(record),
            Err(wrong) => panic!("{path}: {wrong}"),
        };
        let shelf = match id.kind {
            "programme" | "programme-status" => programmes.entry(id.home).or_default(),
            _ if id.home.is_empty() => &mut register.own,
            _ => register.projects.entry(id.home).or_default(),
        };
        let shelf: &mut crate::model::Shelf = shelf;
        shelf.put(id.kind, id.name, slot);
    }
    register.programmes = programmes;
    register
}

/// A day, from its text.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The newest report of the project `crm` on a day.
pub(crate) fn status<'a>(register: &'a Register, on: &str) -> Option<&'a Status> {
    super::calendar::newest(register, "crm", day(on)).map(|(_, status)| status)
}
