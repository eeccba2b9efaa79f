//! Who refers to a record, and the same references with another name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::load::read_record;
use crate::model::{Kind, Name, RecordId, Ref, Register, Slot, Target};
use crate::store::{Source, StoreError};
use crate::syntax::{self, EditError, NewValue, Step};

use super::Plan;

/// A key that refers to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referrer {
    /// The file that holds the key.
    pub path: String,
    /// The record whose file it is; none for `pmo.toml`.
    pub record: Option<RecordId>,
    /// The key, as a dotted path.
    pub key: String,
}

/// Why references could not be rewritten; nothing was planned.
#[derive(Debug, thiserror::Error)]
pub enum ReferError {
    /// A file cannot be changed by itself.
    #[error("{path}: {cause}")]
    Edit {
        /// The file.
        path: String,
        /// Why.
        cause: EditError,
    },
    /// A file could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Every key of the register that refers to a record or to anything that it holds.
///
/// Keys in the record's own files are left out: they go and move with it.
pub fn referrers(register: &Register, target: &RecordId) -> Vec<Referrer> {
    let mut found = Vec::new();
    each_link(register, &mut |path, record, key, reference| {
        let home = record.and_then(home_of);
        let own = record.is_some_and(|id| belongs(id, target));
        if !own && reference.target(home).is_some_and(|to| means(&to, target)) {
            found.push(Referrer { path: path.to_owned(), record: record.cloned(), key: key.to_owned() });
        }
    });
    found
}

/// Every key of the register that names a milestone, with the milestone's project and its id.
pub fn milestones_named(register: &Register) -> Vec<(Referrer, String, String)> {
    let mut found = Vec::new();
    each_link(register, &mut |path, record, key, reference| {
        if let Some(Target::Milestone { project, id }) = reference.target(record.and_then(home_of)) {
            let referrer = Referrer { path: path.to_owned(), record: record.cloned(), key: key.to_owned() };
            found.push((referrer, project, id));
        }
    });
    found
}

/// Referrers in words, a line each: status reports of one project are counted, so that they hide no other.
pub fn in_words(register: &Register, referrers: &[Referrer]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut reports: BTreeMap<(String, String), usize> = BTreeMap::new();
    for referrer in referrers {
        let key = referrer.key.trim_start_matches("key:").to_owned();
        match &referrer.record {
            Some(id) if id.kind == "status" || id.kind == "programme-status" => {
                let key = key.split('[').next().unwrap_or_default().to_owned();
                *reports.entry((id.home.clone(), key)).or_default() += 1;
            }
            Some(id) => {
                let record = register.slot(id).and_then(Slot::record_or_draft);
                let title = record.map(|record| format!(" {}", record.title())).unwrap_or_default();
                lines.push(format!("{id}{title} ({key})"));
            }
            None => lines.push(format!("{} ({key})", referrer.path)),
        }
    }
    lines.extend(reports.into_iter().map(|((home, key), count)| match count {
        1 => format!("{home}: one status report ({key})"),
        count => format!("{home}: {count} status reports ({key})"),
    }));
    lines
}

/// Plans another name for a record in every key that refers to it, and tells which files could not be read.
pub fn rewrite(
    register: &Register,
    source: &Arc<dyn Source>,
    old: &RecordId,
    new: &RecordId,
    plan: &mut Plan,
) -> Result<Vec<String>, ReferError> {
    rewrite_in(register, source, old, new, plan, &|_| true)
}

/// Plans as [`rewrite`] does, in the files that `is_meant` takes.
pub fn rewrite_in(
    register: &Register,
    source: &Arc<dyn Source>,
    old: &RecordId,
    new: &RecordId,
    plan: &mut Plan,
    is_meant: &dyn Fn(&str) -> bool,
) -> Result<Vec<String>, ReferError> {
    let mut wanted: BTreeMap<String, Vec<(String, Option<RecordId>)>> = BTreeMap::new();
    each_link(register, &mut |path, record, key, reference| {
        if !is_meant(path) {
            return;
        }
        let home = record.and_then(home_of);
        let moves = record == Some(old) && old.home != new.home;
        if moves || reference.target(home).is_some_and(|to| means(&to, old)) {
            wanted.entry(path.to_owned()).or_default().push((key.to_owned(), record.cloned()));
        }
    });
    for (path, keys) in wanted {
        let bytes = source.read_if_present(&path)?.unwrap_or_default();
        let before = String::from_utf8_lossy(&bytes).into_owned();
        let mut text =
            plan.planned(&path).map_or_else(|| before.clone(), |b| String::from_utf8_lossy(b).into_owned());
        // The last of a list first, since one may go.
        for (key, record) in keys.into_iter().rev() {
            text = rewritten(&text, &key, record.as_ref(), old, new)
                .map_err(|cause| ReferError::Edit { path: path.clone(), cause })?;
        }
        plan.rewrite(path, before.as_bytes(), text);
    }
    let broken = register.all().filter(|(_, slot)| matches!(slot, Slot::Broken | Slot::Draft(None)));
    Ok(broken.map(|(id, _)| id.path()).collect())
}

/// One file with another name for a record in each of its keys; `None` where it does not name it or cannot be changed.
pub fn rewritten_file(path: &str, bytes: &[u8], old: &RecordId, new: &RecordId) -> Option<Vec<u8>> {
    let id = RecordId::at_path(path)?;
    let reading = read_record(Kind::named(id.kind)?, bytes);
    let mut keys = Vec::new();
    reading.slot.record_or_draft()?.links(&mut |key, reference| {
        if leads_to(&reference, home_of(&id), old) {
            keys.push(key.to_owned());
        }
    });
    let mut text = std::str::from_utf8(bytes).ok()?.to_owned();
    for key in keys.iter().rev() {
        text = rewritten(&text, key, Some(&id), old, new).ok()?;
    }
    (!keys.is_empty()).then(|| text.into_bytes())
}

/// A reference that leads nowhere: who makes it, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseEnd {
    from: Referrer,
    reference: Ref,
}

impl LooseEnd {
    /// The project or programme in which what it names would be.
    pub fn home(&self) -> Option<String> {
        let target = self.reference.target(self.from.record.as_ref().and_then(home_of))?;
        Some(target.home().to_owned())
    }

    /// The reference as it stands there.
    pub fn reference(&self) -> &str {
        self.reference.as_str()
    }
}

impl std::fmt::Display for LooseEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Referrer { path, key, .. }, reference) = (&self.from, &self.reference);
        write!(f, "note: {path}: `{key}` names `{reference}`, which is not in the register")
    }
}

/// The projects and programmes that the records of one of them refer to.
pub fn homes_named(register: &Register, home: &str) -> BTreeSet<String> {
    let mut homes = BTreeSet::new();
    each_link(register, &mut |_, record, _, reference| {
        if record.is_some_and(|id| id.home == home) {
            homes.extend(reference.target(Some(home)).map(|target| target.home().to_owned()));
        }
    });
    homes
}

/// References of `after` that lead nowhere and were not there `before`.
pub fn loose_ends(before: &Register, after: &Register) -> Vec<LooseEnd> {
    let loose = |register: &Register| {
        // Where nobody is written down, a name is just a name.
        let people = register.own.slots("person").next().is_some();
        let mut found = BTreeMap::new();
        each_link(register, &mut |path, record, key, reference| {
            let skip = !people && reference.as_str().starts_with('@');
            if !skip && register.resolve(&reference, record.and_then(home_of)).is_none() {
                let from = Referrer { path: path.to_owned(), record: record.cloned(), key: key.to_owned() };
                found.insert((record.cloned(), reference.0.clone()), LooseEnd { from, reference });
            }
        });
        found
    };
    let known = loose(before);
    loose(after).into_iter().filter(|(end, _)| !known.contains_key(end)).map(|(_, end)| end).collect()
}

/// Whether a record, or a milestone, was there `before` and is not any more, so that references to it lead nowhere.
pub fn takes_away(before: &Register, after: &Register) -> bool {
    let milestones_go = before.charters().any(|(id, charter, _)| {
        let kept = after.project(id);
        charter
            .milestone
            .iter()
            .any(|old| kept.is_none_or(|new| new.milestone.iter().all(|m| m.id != old.id)))
    });
    milestones_go || before.all().any(|(id, _)| after.slot(&id).is_none())
}

/// Takes the file, record, key and text of a reference.
type See<'a> = dyn FnMut(&str, Option<&RecordId>, &str, Ref) + 'a;

/// Shows every reference of the register: its file, its record, its key.
fn each_link(register: &Register, see: &mut See<'_>) {
    for (id, slot) in register.all() {
        if let Some(record) = slot.record_or_draft() {
            let path = id.path();
            record.links(&mut |key, reference| see(&path, Some(&id), key, reference));
        }
    }
    for (i, exception) in register.config.exception.iter().enumerate() {
        see("pmo.toml", None, &format!("exception[{i}].record"), exception.record.clone());
    }
}

/// The project or programme inside whose files short references are read.
fn home_of(id: &RecordId) -> Option<&str> {
    (!id.home.is_empty()).then_some(id.home.as_str())
}

/// Whether a record is this one or stands in its folder.
fn belongs(id: &RecordId, target: &RecordId) -> bool {
    id == target || (is_home(target) && id.home == target.home)
}

fn is_home(id: &RecordId) -> bool {
    matches!(id.kind, "project" | "programme")
}

/// Whether a reference that stands in the files of `home` names a record, or something in its folder.
pub fn leads_to(reference: &Ref, home: Option<&str>, target: &RecordId) -> bool {
    reference.target(home).is_some_and(|to| means(&to, target))
}

/// Whether a reference names a record, or something in its folder.
fn means(to: &Target, target: &RecordId) -> bool {
    match to {
        Target::Named(name) if is_home(target) => *name == target.home,
        Target::Named(name) => target.kind == "objective" && target.name == Name::Slug(name.clone()),
        Target::Milestone { project, .. } => target.kind == "project" && *project == target.home,
        Target::Record(id) if is_home(target) => id.home == target.home,
        // `customer-360/2026-W47` reads as a project's report until the register says otherwise.
        Target::Record(id) if target.kind == "programme-status" => {
            id.kind == "status" && id.home == target.home && id.name == target.name
        }
        Target::Record(id) => id == target,
    }
}

/// One key with the new name in it; unchanged where it needs none.
fn rewritten(
    text: &str,
    key: &str,
    record: Option<&RecordId>,
    old: &RecordId,
    new: &RecordId,
) -> Result<String, EditError> {
    if let Some(path) = key.strip_prefix("key:") {
        let Some(steps) = syntax::parse_path(path) else { return Ok(text.to_owned()) };
        let Some(Step::Key(name)) = steps.last() else { return Ok(text.to_owned()) };
        return match renamed(name, record, old, new) {
            Some(name) => syntax::rename_key(text, &steps, &name),
            None => Ok(text.to_owned()),
        };
    }
    let (Some(steps), Some(raw)) = (syntax::parse_path(key), syntax::text_at(text, key)) else {
        return Ok(text.to_owned());
    };
    match renamed(&raw, record, old, new) {
        Some(name) if is_listed(text, &steps, &name) => syntax::remove(text, &steps),
        Some(name) => syntax::set(text, &steps, &NewValue::text(name)),
        None => Ok(text.to_owned()),
    }
}

/// Whether a path leads into a list that has the name already: it is not put there twice.
fn is_listed(text: &str, path: &[Step], name: &str) -> bool {
    let Some((Step::Index(own), list)) = path.split_last() else { return false };
    let at =
        |index: usize| syntax::text_at(text, &syntax::write_path(&[list, &[Step::Index(index)]].concat()));
    (0..).map_while(at).enumerate().any(|(index, one)| index != *own && one == name)
}

/// How a reference is written once the record has its new name; `None` where it stays.
fn renamed(raw: &str, record: Option<&RecordId>, old: &RecordId, new: &RecordId) -> Option<String> {
    let text = raw.trim();
    if old.kind == "person" {
        let (mark, id) = text.strip_prefix('@').map_or(("", text), |id| ("@", id));
        return (id == old.stem()).then(|| format!("{mark}{}", new.stem()));
    }
    let named = |id: &RecordId| if is_home(id) { id.home.clone() } else { id.stem() };
    if is_home(old) || old.kind == "objective" {
        let rest = text.strip_prefix(&named(old))?;
        return (rest.is_empty() || rest.starts_with(['/', '#'])).then(|| format!("{}{rest}", named(new)));
    }
    let home = record.and_then(home_of);
    let short = !text.contains('/');
    if Ref::new(text).target(home).is_some_and(|to| means(&to, old)) {
        let home_then = if record == Some(old) { Some(new.home.as_str()) } else { home };
        let stays_short = short && home_then == Some(new.home.as_str());
        return Some(if stays_short { new.stem() } else { new.to_string() });
    }
    // What a moved record says in short form was said of its old project.
    let moves = record == Some(old) && old.home != new.home;
    let is_short_reference = short && !text.starts_with('@') && Ref::new(text).target(None).is_none();
    if moves && is_short_reference && Ref::new(text).target(home).is_some() {
        let joint = if text.starts_with('#') { "" } else { "/" };
        return Some(format!("{}{joint}{text}", old.home));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;
    use crate::model::Scope;
    use crate::store::Memory;

    fn source() -> Arc<dyn Source> {
        Arc::new(Memory::from_iter([
            (
                "pmo.toml",
                "[register]\nformat = 1\nname = \"N\"\n\n[[exception]]\nrule = \"no-sponsor\"\nrecord = \"crm\"\nreason = \"r\"\nuntil = 2026-12-31\n",
            ),
            ("people/jana-novak.toml", "name = \"Jana\"\n"),
            (
                "projects/crm/project.toml",
                "name = \"CRM\"\nmanager = \"jana-novak\" # her\nstate = \"active\"\n\n[[milestone]]\nid = \"go-live\"\n",
            ),
            (
                "projects/crm/risks/R-001.toml",
                "title = \"one\"\nowner = \"jana-novak\"\nlinks = [\"#go-live\", \"R-002\", \"erp\"]\n",
            ),
            ("projects/crm/risks/R-002.toml", "title = \"two\"\nlinks = [\"@jana-novak\", \"R-001\"]\n"),
            (
                "projects/erp/project.toml",
                "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[[dependency]]\non = \"crm#go-live\" # theirs\n",
            ),
            ("projects/erp/issues/I-001.toml", "title = \"i\"\nfrom = \"crm/R-001\"\n"),
            ("programmes/c.toml", "name = \"C\"\n"),
            (
                "programmes/c/status/2026-W47.toml",
                "summary = \"s\"\n[rag]\noverall = \"green\"\n[project.crm]\nnote = \"n\"\n",
            ),
        ]))
    }

    fn id(text: &str) -> RecordId {
        let register = load(source().as_ref(), &Scope::all()).unwrap().register;
        register.resolve(&Ref::new(text), None).unwrap()
    }

    fn rewrites(old: &str, new: RecordId) -> Vec<(String, String)> {
        let source = source();
        let register = load(source.as_ref(), &Scope::all()).unwrap().register;
        let mut plan = Plan::new();
        let unread = rewrite(&register, &source, &id(old), &new, &mut plan).unwrap();
        assert!(unread.is_empty(), "{unread:?}");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        plan.paths().into_iter().map(|path| (path.clone(), text(plan.planned(&path).unwrap()))).collect()
    }

    fn line(files: &[(String, String)], path: &str, start: &str) -> String {
        let (_, text) =
            files.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("{path}: {files:?}"));
        text.lines().find(|line| line.starts_with(start)).unwrap().to_owned()
    }

    #[test]
    fn referrers_are_those_outside() {
        let register = load(source().as_ref(), &Scope::all()).unwrap().register;
        let keys = |text: &str| -> Vec<String> {
            referrers(&register, &id(text)).into_iter().map(|r| format!("{} {}", r.path, r.key)).collect()
        };
        assert_eq!(
            keys("crm/R-001"),
            ["projects/crm/risks/R-002.toml links[1]", "projects/erp/issues/I-001.toml from"]
        );
        assert_eq!(
            keys("crm"),
            [
                "programmes/c/status/2026-W47.toml key:project.crm",
                "projects/erp/issues/I-001.toml from",
                "projects/erp/project.toml dependency[0].on",
                "pmo.toml exception[0].record",
            ]
        );
        assert_eq!(keys("@jana-novak").len(), 4);
    }

    #[test]
    fn a_project_gets_another_name_everywhere() {
        let files = rewrites("crm", RecordId::project("crm-2"));
        assert_eq!(line(&files, "projects/erp/project.toml", "on"), "on = \"crm-2#go-live\" # theirs");
        assert_eq!(line(&files, "projects/erp/issues/I-001.toml", "from"), "from = \"crm-2/R-001\"");
        assert_eq!(line(&files, "pmo.toml", "record"), "record = \"crm-2\"");
        assert_eq!(line(&files, "programmes/c/status/2026-W47.toml", "[project"), "[project.crm-2]");
        assert_eq!(files.len(), 4);
    }

    #[test]
    fn a_person_gets_another_name_with_and_without_the_at() {
        let files = rewrites("@jana-novak", RecordId::person("jana-horak"));
        assert_eq!(line(&files, "projects/crm/project.toml", "manager"), "manager = \"jana-horak\" # her");
        assert_eq!(
            line(&files, "projects/crm/risks/R-002.toml", "links"),
            "links = [\"@jana-horak\", \"R-001\"]"
        );
        assert_eq!(files.len(), 4);
    }

    #[test]
    fn a_record_that_moves_keeps_what_it_said() {
        let new = RecordId { kind: "risk", home: "erp".into(), name: Name::Number(7) };
        let files = rewrites("crm/R-001", new);
        let own = "links = [\"crm#go-live\", \"crm/R-002\", \"erp\"]";
        assert_eq!(line(&files, "projects/crm/risks/R-001.toml", "links"), own);
        assert_eq!(
            line(&files, "projects/crm/risks/R-002.toml", "links"),
            "links = [\"@jana-novak\", \"erp/R-007\"]"
        );
        assert_eq!(line(&files, "projects/erp/issues/I-001.toml", "from"), "from = \"erp/R-007\"");
        let near = RecordId { kind: "risk", home: "crm".into(), name: Name::Number(9) };
        let files = rewrites("crm/R-001", near);
        assert_eq!(
            line(&files, "projects/crm/risks/R-002.toml", "links"),
            "links = [\"@jana-novak\", \"R-009\"]"
        );
        assert_eq!(files.len(), 2);
    }
}
