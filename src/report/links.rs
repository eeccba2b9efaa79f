//! Links of records, compared with what was there when their owner last looked.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::suspect::{self, Changed, Look, Seen, Substance};
use crate::document::{Block, Cell, Column, Command, Document, Entry, Level, Line, Mark, Rating, Table};
use crate::model::{Date, RecordId, Register, Reports, Scope};
use crate::text;

use super::head::{Asked, Head};
use super::incomplete::Incomplete;

/// Which links are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every link of one record.
    Record(RecordId),
    /// The suspect links of records that this person answers for.
    Owner(String),
    /// The suspect links of every record.
    All,
}

/// Links with what changed of what they lead to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkReview {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// The record whose links are shown; those of all records unless given.
    pub record: Option<String>,
    /// Whose records, by id; everybody's unless given.
    pub owner: Option<String>,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The links.
    pub links: Vec<LinkLine>,
    /// How many links of open records nobody has looked at yet, of those that lead to something that counts.
    pub never: usize,
}

/// A link with what changed of what it leads to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkLine {
    /// The record that links.
    pub record: String,
    /// What people call it.
    pub title: String,
    /// Who answers for it, by id.
    pub owner: Option<String>,
    /// Their name.
    pub owner_name: Option<String>,
    /// The link, as it is written.
    pub link: String,
    /// What a comparison with the last review says.
    pub state: Look,
    /// The fingerprint of what was there when its owner last looked.
    pub seen: Option<String>,
    /// The fingerprint of what is there now.
    pub fingerprint: Option<String>,
    /// What counts of it now.
    pub now: Option<Substance>,
    /// What it was then, where history still knows.
    pub was: Option<Earlier>,
    #[serde(skip)]
    id: RecordId,
    #[serde(skip)]
    source: Seen,
}

/// What was there when the owner last looked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Earlier {
    /// What is another now.
    pub changes: Vec<Changed>,
    /// The first commit after which it was no longer what was seen; none where that is not committed yet.
    pub commit: Option<String>,
    /// The day of that commit.
    pub on: Option<Date>,
    /// Who wrote it.
    pub by: Option<String>,
}

/// What the report reads: every kind that links or is linked to, and the newest reports.
pub fn scope(asked: &Asked) -> Scope {
    let kinds: Vec<&str> = suspect::KINDS.into_iter().chain(["person", "programme"]).collect();
    Scope::kinds(&kinds).with_reports(Reports::Newest(1)).on(asked.day)
}

/// Makes the report; `earlier` asks history what a link led to when it was last reviewed.
pub fn links(
    register: &Register,
    asked: &Asked,
    which: &Which,
    all: bool,
    earlier: &dyn Fn(&Seen) -> Option<Earlier>,
) -> LinkReview {
    let head = Head::new("links", register, asked);
    let mut found = Vec::new();
    let mut never = 0;
    for (id, slot) in register.all() {
        let Some(record) = slot.record() else { continue };
        let is_open =
            !record.is_closed() && register.project(&id.home).is_none_or(|charter| !charter.state.is_over());
        let wanted = match which {
            Which::Record(one) => *one == id,
            Which::Owner(person) => is_open && record.owner() == Some(person),
            Which::All => is_open,
        };
        if !wanted {
            continue;
        }
        for seen in suspect::looks(register, &id, record, asked.day) {
            never += usize::from(seen.look == Look::Never);
            let is_new = all && matches!(seen.look, Look::Never | Look::Unknown);
            if seen.look == Look::Suspect || is_new || matches!(which, Which::Record(_)) {
                found.push(LinkLine {
                    record: id.to_string(),
                    title: record.title().to_owned(),
                    owner: record.owner().map(str::to_owned),
                    owner_name: record.owner().map(|owner| register.person_name(owner).to_owned()),
                    link: seen.link.to_string(),
                    state: seen.look,
                    seen: seen.reviewed.as_ref().map(|(_, seen)| seen.clone()),
                    fingerprint: seen.now.as_ref().map(Substance::fingerprint),
                    was: if seen.look == Look::Suspect { earlier(&seen) } else { None },
                    now: seen.now.clone(),
                    id: id.clone(),
                    source: seen,
                });
            }
        }
    }
    let (record, owner) = match which {
        Which::Record(id) => (Some(id.to_string()), None),
        Which::Owner(person) => (None, Some(person.clone())),
        Which::All => (None, None),
    };
    LinkReview {
        head,
        record,
        owner,
        incomplete: Incomplete::of(register, &scope(asked)),
        links: found,
        never,
    }
}

impl LinkLine {
    /// The record that links.
    pub fn id(&self) -> &RecordId {
        &self.id
    }

    /// The comparison.
    pub fn comparison(&self) -> &Seen {
        &self.source
    }

    /// What is to be told of it: `#go-live: forecast 2027-01-31 → 2027-02-14 (3f2c1a9, Jana Novak, 12 Nov)`.
    pub fn told(&self) -> Line {
        let line = Line::new().strong(self.link.clone()).text(": ");
        let now = || {
            let facts = self.now.as_ref().map(|now| now.facts()).unwrap_or_default();
            let facts = facts.iter().filter(|(name, _)| *name != "kind");
            facts.map(|(name, value)| format!("{name} {}", short(value))).collect::<Vec<_>>().join(", ")
        };
        match (self.state, &self.was) {
            (Look::Suspect, Some(was)) => {
                let line = line.text(was.changes.iter().map(changed).collect::<Vec<_>>().join(", "));
                match (&was.commit, was.on) {
                    (Some(commit), Some(on)) => {
                        let by = was.by.as_deref().unwrap_or_default();
                        let commit = commit.get(..7).unwrap_or(commit);
                        line.dim(format!("  ({commit}, {by}, ")).value(Cell::date(on.0)).dim(")")
                    }
                    _ => line.dim("  (not committed yet)"),
                }
            }
            (Look::Suspect, None) => {
                line.text(format!("changed; now {}", now())).dim("  (what it was, history does not tell)")
            }
            (Look::Never, _) => line.text(format!("never looked at; now {}", now())),
            (Look::Same, _) => line.text(format!("as it was: {}", now())),
            (Look::Unknown, _) => {
                line.text("reviewed with a later version of pmo, which this one cannot compare")
            }
            (Look::Gone, _) => line.text("leads to nothing that can be read").dim("  (pmo check says more)"),
            (Look::Plain, _) => line.text("nothing of it has to be reviewed"),
        }
    }
}

/// `forecast 2027-01-31 → 2027-02-14`.
fn changed(changed: &Changed) -> String {
    let value = |value: &Option<String>| value.as_deref().map_or_else(|| "none".to_owned(), short);
    format!("{} {} → {}", changed.name, value(&changed.from), value(&changed.to))
}

/// The beginning of a long text.
fn short(value: &str) -> String {
    const LONGEST: usize = 60;
    match value.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}

impl LinkReview {
    /// How many of the links are suspect.
    pub fn suspect(&self) -> usize {
        self.links.iter().filter(|line| line.state == Look::Suspect).count()
    }

    /// The report as a page.
    pub fn page(&self) -> Document {
        let suspects = self.suspect();
        let counted = format!(
            "{}{}",
            text::count(suspects, "suspect link"),
            match self.never {
                0 => String::new(),
                never => format!(", {never} never looked at"),
            }
        );
        let title = self.record.clone().unwrap_or_else(|| format!("{} links", self.head.title()));
        let mut page = self.head.page(title).subtitle(counted);
        self.incomplete.tell(&mut page);
        if self.links.is_empty() {
            page.paragraph(match &self.record {
                Some(record) => format!("{record} links to nothing."),
                None => "Nothing that was reviewed has changed since.".to_owned(),
            });
            if self.never > 0 {
                let words = "a first look, from which on what they lead to is watched";
                page.push(Block::Commands(vec![Command::noted("pmo review-links --all --confirm", words)]));
            }
            return page;
        }
        let mut by_record: BTreeMap<&str, Vec<&LinkLine>> = BTreeMap::new();
        for line in &self.links {
            by_record.entry(&line.record).or_default().push(line);
        }
        let entries = by_record.values().filter_map(|lines| {
            let first = lines.first()?;
            let is_suspect = lines.iter().any(|line| line.state == Look::Suspect);
            let mut about = Line::new().text(first.title.clone());
            if let Some(owner) = &first.owner_name {
                about = about.dim(format!("  {owner}"));
            }
            let level = if is_suspect {
                Rating::shape(Level::Amber)
            } else {
                Rating::shape(Level::Grey).marked(Mark::NotReported)
            };
            Some(Entry {
                mark: Some(level),
                subject: first.record.clone(),
                text: about,
                points: lines.iter().map(|line| line.told()).collect(),
            })
        });
        page.push(Block::Entries(entries.collect()));
        page.table(self.table());
        let first = self.links.iter().find(|line| line.state == Look::Suspect).or(self.links.first());
        if let Some(first) = first {
            let edit = Command::noted(format!("pmo edit {}", first.record), "what follows from it");
            let confirm = Command::noted(
                format!("pmo review-links {} --confirm", first.record),
                "when you have looked",
            );
            page.push(Block::Commands(vec![edit, confirm]));
        }
        page
    }

    /// The same for spreadsheets.
    fn table(&self) -> Table {
        let keys = [
            "record",
            "title",
            "owner",
            "link",
            "state",
            "seen",
            "fingerprint",
            "changed",
            "commit",
            "on",
            "by",
        ];
        let columns = keys.into_iter().map(Column::data).collect();
        let mut table = Table::new("links", columns).main();
        let optional = |text: Option<&str>| text.map_or(Cell::Empty, Cell::text);
        for line in &self.links {
            let was = line.was.as_ref();
            let changes = was.map(|was| was.changes.iter().map(changed).collect::<Vec<_>>().join("; "));
            let state = match line.state {
                Look::Suspect => "suspect",
                Look::Never => "never",
                Look::Same => "same",
                Look::Unknown => "unknown",
                Look::Gone => "gone",
                Look::Plain => "plain",
            };
            table.row(vec![
                Cell::reference(&line.record),
                Cell::text(&line.title),
                optional(line.owner.as_deref()),
                Cell::reference(&line.link),
                Cell::text(state),
                optional(line.seen.as_deref()),
                optional(line.fingerprint.as_deref()),
                optional(changes.as_deref()),
                optional(was.and_then(|was| was.commit.as_deref())),
                was.and_then(|was| was.on).map_or(Cell::Empty, |on| Cell::date(on.0)),
                optional(was.and_then(|was| was.by.as_deref())),
            ]);
        }
        table
    }
}
