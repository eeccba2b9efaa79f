//! A register as an audience may see it: what is withheld is gone before anything is reckoned.
//!
//! Nothing can leak through a total, an order, a link or a count, because no analysis ever meets what was withheld.
//! Where a file does not tell whether its record is confidential (it cannot be read, or is a draft), the record counts
//! as confidential. Free text is not searched for names: `text` withholds it whole.

mod agreed;
mod cut;
mod items;
mod own;
mod reported;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::audience::{Audience, Chosen, Withheld, Withhold};
use crate::model::filing::{Filing, Filings};
use crate::model::{
    Action, Actuals, AnyRecord, Assumption, Benefit, Change, Decision, Issue, Lesson, Objective,
    PeriodRecord, Person, Programme, ProgrammeStatus, Project, Record, RecordId, Ref, Register, Request,
    Review, Risk, Shelf, Slot, Status, Target,
};

use cut::Cut;

/// The word that stands for a name or a text.
pub const WITHHELD: &str = "withheld";

/// The register that an audience may see, with what was withheld from it in [`Register::withheld`].
///
/// `doubtful` are the files with mistakes: what they say of being confidential cannot be relied on.
pub fn withhold(register: &Register, audience: &Audience, doubtful: &BTreeSet<String>) -> Register {
    let has = |what| audience.withhold.contains(&what);
    let mut gone = Gone { people: has(Withhold::People), ..Gone::default() };
    let mut withheld = Withheld {
        audience: audience.name.clone(),
        title: audience.title.clone(),
        withhold: BTreeSet::from_iter(audience.withhold.iter().copied()).into_iter().collect(),
        projects: 0,
        records: 0,
        others: 0,
        sections: audience.sections.clone(),
    };
    for (id, shelf) in &register.projects {
        let charter = RecordId::project(id);
        let slot = shelf.slot("project", &charter.name);
        let is_secret = slot.is_none_or(is_confidential) || doubtful.contains(&charter.path());
        if has(Withhold::Confidential) && is_secret {
            withheld.projects += 1;
        } else {
            // Nobody knows of a charter that was not read whether it fits.
            let is_chosen = match shelf.get(&charter.name) {
                Some(charter) => chosen(register, &audience.projects, id, charter),
                None => audience.projects == Chosen::default(),
            };
            if is_chosen {
                continue;
            }
            withheld.others += 1;
        }
        gone.projects.insert(id.clone());
    }
    if has(Withhold::Confidential) {
        for (home, shelf) in register.projects.iter().filter(|(id, _)| !gone.projects.contains(*id)) {
            for (key, slot) in shelf.all().filter(|(key, _)| CONFIDENTIAL.contains(&key.kind)) {
                let id = RecordId { kind: key.kind, home: home.clone(), name: key.name.clone() };
                if is_confidential(slot) || doubtful.contains(&id.path()) {
                    gone.records.insert(id);
                }
            }
        }
        withheld.records = gone.records.len();
    }
    let rules = Rules {
        gone,
        money: has(Withhold::Money),
        text: has(Withhold::Text),
        any: !audience.withhold.is_empty(),
    };
    let seen = |id: &&String| !rules.gone.projects.contains(*id);
    Register {
        are_settings_faulty: register.are_settings_faulty,
        config: Arc::clone(&register.config),
        own: rules.shelf("", &register.own),
        programmes: register
            .programmes
            .iter()
            .map(|(id, shelf)| (id.clone(), rules.shelf(id, shelf)))
            .collect(),
        projects: register
            .projects
            .iter()
            .filter(|(id, _)| seen(id))
            .map(|(id, shelf)| (id.clone(), rules.shelf(id, shelf)))
            .collect(),
        filings: rules.filings(&register.filings),
        baseline_moves: register
            .baseline_moves
            .iter()
            .filter(|moved| rules.sees(&RecordId::project(&moved.project)))
            .cloned()
            .collect(),
        late_changes: register.late_changes.iter().filter(|late| rules.sees(&late.record)).cloned().collect(),
        withheld: Some(Arc::new(withheld)),
    }
}

/// An earlier register as the audience of `now` may see it: nothing that `now` does not show of what may be confidential.
///
/// What became confidential since is gone from it too.
pub fn withhold_before(before: &Register, now: &Register, audience: &Audience) -> Register {
    let mut seen = withhold(before, audience, &BTreeSet::new());
    seen.projects.retain(|id, _| now.projects.contains_key(id));
    for (home, shelf) in &mut seen.projects {
        let mut left = Shelf::default();
        for (key, slot) in shelf.all() {
            let id = RecordId { kind: key.kind, home: home.clone(), name: key.name.clone() };
            if !CONFIDENTIAL.contains(&key.kind) || now.slot(&id).is_some() {
                left.put(key.kind, key.name.clone(), slot.clone());
            }
        }
        *shelf = left;
    }
    seen
}

/// The kinds whose records may say `confidential = true`, beside projects.
const CONFIDENTIAL: [&str; 4] = ["risk", "issue", "decision", "change"];

/// Whether a record says that it is confidential, or its file does not tell.
fn is_confidential(slot: &Slot) -> bool {
    let Some(record) = slot.record().map(AnyRecord::as_any) else { return true };
    let said = [
        record.downcast_ref::<Project>().map(|record| record.confidential),
        record.downcast_ref::<Risk>().map(|record| record.confidential),
        record.downcast_ref::<Issue>().map(|record| record.confidential),
        record.downcast_ref::<Decision>().map(|record| record.confidential),
        record.downcast_ref::<Change>().map(|record| record.confidential),
    ];
    said.into_iter().flatten().next().unwrap_or(false)
}

/// Whether an audience is meant to see a project.
fn chosen(register: &Register, chosen: &Chosen, id: &str, charter: &Project) -> bool {
    let any = |wanted: &[String], has: &[&str]| {
        wanted.is_empty() || wanted.iter().any(|word| has.contains(&word.as_str()))
    };
    any(&chosen.project, &[id])
        && any(&chosen.programme, &register.programmes_of(charter))
        && any(&chosen.division, charter.division.as_deref().as_slice())
        && (chosen.state.is_empty() || chosen.state.contains(&charter.state))
}

/// What is gone, so that references to it go too.
#[derive(Default)]
struct Gone {
    projects: BTreeSet<String>,
    records: BTreeSet<RecordId>,
    people: bool,
}

impl Gone {
    /// Whether a reference that stands in the files of `home` leads to something that is left.
    fn keeps(&self, reference: &Ref, home: &str) -> bool {
        match reference.target(Some(home)) {
            None => true,
            Some(Target::Named(name)) => !self.projects.contains(&name),
            Some(Target::Milestone { project, .. }) => !self.projects.contains(&project),
            Some(Target::Record(id)) => {
                let person = self.people && id.kind == "person";
                !person && !self.projects.contains(&id.home) && !self.records.contains(&id)
            }
        }
    }
}

/// What is withheld of each record.
struct Rules {
    gone: Gone,
    money: bool,
    text: bool,
    any: bool,
}

impl Rules {
    /// What is left of the records of one place.
    fn shelf(&self, home: &str, shelf: &Shelf) -> Shelf {
        let mut left = Shelf::default();
        for (key, slot) in shelf.all() {
            let id = RecordId { kind: key.kind, home: home.to_owned(), name: key.name.clone() };
            let is_out = self.gone.records.contains(&id)
                || (self.gone.people && key.kind == "person")
                || (self.money && key.kind == "actuals")
                || (key.kind == "request" && self.leads_away(slot));
            if is_out {
                continue;
            }
            let kept = match slot {
                Slot::Read(record) => self.cut(home, record.as_ref()).map(Slot::Read),
                Slot::Draft(record) => {
                    Some(Slot::Draft(record.as_ref().and_then(|r| self.cut(home, r.as_ref()))))
                }
                Slot::Unread => Some(Slot::Unread),
                Slot::Broken => Some(Slot::Broken),
            };
            if let Some(slot) = kept {
                left.put(key.kind, key.name.clone(), slot);
            }
        }
        left.trim();
        left
    }

    /// Whether a record is left.
    fn sees(&self, id: &RecordId) -> bool {
        !self.gone.projects.contains(&id.home) && !self.gone.records.contains(id)
    }

    /// When the reports that are left were filed.
    fn filings(&self, filings: &Filings) -> Filings {
        let mut left = Filings::default();
        for (project, period, filing) in filings.all().filter(|(id, ..)| !self.gone.projects.contains(*id)) {
            let mut filing = filing.clone();
            if let Filing::With(commit) = &mut filing
                && self.gone.people
            {
                cut::hide(&mut commit.author);
            }
            left.put(project, period, filing);
        }
        left
    }

    /// Whether a request became a project that is gone; one that cannot be read may have.
    fn leads_away(&self, slot: &Slot) -> bool {
        let request = slot.record_or_draft().and_then(|record| record.as_any().downcast_ref::<Request>());
        request
            .is_none_or(|request| request.project.as_ref().is_some_and(|id| self.gone.projects.contains(id)))
    }

    /// The record without what is withheld of it; nothing of a kind that is not known here.
    fn cut(&self, home: &str, record: &dyn AnyRecord) -> Option<Arc<dyn AnyRecord>> {
        self.cut_as::<Project>(home, record)
            .or_else(|| self.cut_as::<Status>(home, record))
            .or_else(|| self.cut_as::<Risk>(home, record))
            .or_else(|| self.cut_as::<Issue>(home, record))
            .or_else(|| self.cut_as::<Assumption>(home, record))
            .or_else(|| self.cut_as::<Action>(home, record))
            .or_else(|| self.cut_as::<Decision>(home, record))
            .or_else(|| self.cut_as::<Change>(home, record))
            .or_else(|| self.cut_as::<Review>(home, record))
            .or_else(|| self.cut_as::<Benefit>(home, record))
            .or_else(|| self.cut_as::<Lesson>(home, record))
            .or_else(|| self.cut_as::<Actuals>(home, record))
            .or_else(|| self.cut_as::<Programme>(home, record))
            .or_else(|| self.cut_as::<ProgrammeStatus>(home, record))
            .or_else(|| self.cut_as::<Person>(home, record))
            .or_else(|| self.cut_as::<Objective>(home, record))
            .or_else(|| self.cut_as::<Request>(home, record))
            .or_else(|| self.cut_as::<PeriodRecord>(home, record))
    }

    fn cut_as<T: Record + Cut>(&self, home: &str, record: &dyn AnyRecord) -> Option<Arc<dyn AnyRecord>> {
        let mut record = record.as_any().downcast_ref::<T>()?.clone();
        record.unlink(&|reference| self.gone.keeps(reference, home));
        if self.gone.people {
            record.people();
        }
        if self.money {
            record.money();
        }
        if self.text {
            record.text();
        }
        if self.any {
            record.custom();
        }
        Some(Arc::new(record))
    }
}
