//! A part of a register: some projects, and whatever they name.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Programme, Project, RecordId, Ref, Register, Shelf};

/// Which projects are exported; all unless something is asked for, and all that is asked for must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// These projects, by id.
    pub project: Vec<String>,
    /// Projects of these programmes and of those below them, by id.
    pub programme: Vec<String>,
    /// Projects of these divisions.
    pub division: Vec<String>,
    /// Projects in these states.
    pub state: Vec<String>,
    /// Projects of these managers, by id.
    pub manager: Vec<String>,
}

impl Choice {
    /// Whether every project is exported.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    fn takes(&self, register: &Register, id: &str, charter: Option<&Project>) -> bool {
        let any = |wanted: &[String], has: &[&str]| {
            wanted.is_empty()
                || wanted.iter().any(|word| has.iter().any(|own| own.eq_ignore_ascii_case(word)))
        };
        // Nobody knows of a charter that cannot be read whether it fits; it must be named.
        let Some(charter) = charter else {
            return !self.project.is_empty()
                && *self == Self { project: self.project.clone(), ..Self::default() }
                && any(&self.project, &[id]);
        };
        any(&self.project, &[id])
            && any(&self.programme, &register.programmes_of(charter))
            && any(&self.division, charter.division.as_deref().as_slice())
            && any(&self.state, &[charter.state.word()])
            && any(&self.manager, &[charter.manager.as_str()])
    }
}

/// The register with the chosen projects alone, and of the rest only what they name: their people, programmes,
/// objectives and requests.
pub fn select(register: Register, choice: &Choice) -> Register {
    if choice.is_everything() {
        return register;
    }
    let register = &register;
    let mut left = Register {
        config: Arc::clone(&register.config),
        are_settings_faulty: register.are_settings_faulty,
        withheld: register.withheld.clone(),
        ..Register::default()
    };
    for (id, shelf) in &register.projects {
        if choice.takes(register, id, register.project(id)) {
            left.projects.insert(id.clone(), shelf.clone());
        }
    }
    let named = named(register, &left);
    for id in named {
        let Some(slot) = register.slot(&id) else { continue };
        match id.kind {
            "programme" => {
                let mut shelf = Shelf::default();
                shelf.put(id.kind, id.name.clone(), slot.clone());
                left.programmes.insert(id.home.clone(), shelf);
            }
            _ => left.own.put(id.kind, id.name.clone(), slot.clone()),
        }
    }
    left
}

/// The register's own records and programmes that the projects name, and those that these name.
fn named(register: &Register, part: &Register) -> BTreeSet<RecordId> {
    let mut found: BTreeSet<RecordId> = BTreeSet::new();
    let mut open: Vec<RecordId> = part.all().map(|(id, _)| id).collect();
    while let Some(id) = open.pop() {
        let Some(record) = register.slot(&id).and_then(|slot| slot.record_or_draft()) else { continue };
        let mut links: Vec<Ref> = Vec::new();
        record.links(&mut |_, link| links.push(link));
        if let Some(parent) = record.as_any().downcast_ref::<Programme>().and_then(|own| own.parent.as_ref())
        {
            links.push(Ref::new(parent.as_str()));
        }
        let home = Some(id.home.as_str()).filter(|home| !home.is_empty());
        for target in links.iter().filter_map(|link| register.resolve(link, home)) {
            let is_shared = target.home.is_empty() || target.kind == "programme";
            if is_shared && found.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    found
}
