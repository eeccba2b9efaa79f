//! Conflicts in words: which record, which field, what each side says, and who said it when.

use std::collections::BTreeMap;

use crate::change::settle::Verdict;
use crate::model::natural_key::natural_key;
use crate::store::{Conflicted, Joining, LastChange, Location, SideOf, Version};
use crate::syntax::merge::{self, Conflict, Side};
use crate::text::{self, cut, pad};

use super::{Case, CliError, group, reason};

/// The whole page.
pub(super) fn page(
    location: &Location,
    joining: Option<&Joining>,
    cases: &[Case],
    width: usize,
) -> Result<String, CliError> {
    let mut page = String::new();
    if let Some(joining) = joining {
        let [ours, theirs] = [&joining.ours, &joining.theirs].map(|side| text::terminal(&side.name));
        let files = text::count(cases.len(), "file");
        let (to, here, there) = match joining.what {
            "rebase" => ("onto", "what you rebase onto", "your own commit"),
            _ => ("into", "what is checked out", "what comes in"),
        };
        page += &format!(
            "{files} in conflict: a {} of {theirs} {to} {ours}\n  ours    {ours}: {here}\n  theirs  {theirs}: {there}\n",
            joining.what,
        );
    }
    let mut groups = BTreeMap::new();
    for case in cases {
        *groups.entry(group(case)).or_insert(0_usize) += 1;
    }
    for case in cases {
        if case.places.is_some() {
            if let Some(files) = groups.remove(&group(case)) {
                page += &moved_twice(case, files / 3, kept(cases, case));
            }
            continue;
        }
        let path = if case.name == case.file.path { String::new() } else { format!("  {}", case.file.path) };
        page += &format!("\n{}{}\n", text::terminal(&case.name), text::terminal(&path));
        let is_by_field = matches!(case.verdict, Verdict::Open { .. }) && case.moved.is_none();
        if let Some(joining) = joining.filter(|_| !is_by_field) {
            page += &changed_by(location, joining, &case.file.path)?;
        }
        let authors = match joining.filter(|_| is_by_field) {
            Some(joining) => Authors::of(location, joining, &case.file)?,
            None => Authors::default(),
        };
        for line in told(case, &authors, width) {
            page += &format!("  {line}\n");
        }
    }
    Ok(page)
}

/// The side whose place was chosen for what each side moved.
fn kept(cases: &[Case], moved: &Case) -> Option<Side> {
    let stays = |case: &&Case| {
        matches!(case.verdict, Verdict::Settled { bytes: Some(_), .. }) && group(case) == group(moved)
    };
    let case = cases.iter().find(stays)?;
    let is_ours = case.places.as_ref().is_some_and(|places| places.ours == case.file.path);
    Some(if is_ours { Side::Ours } else { Side::Theirs })
}

/// A file, or a folder, that each side moved to a place of its own.
fn moved_twice(case: &Case, files: usize, kept: Option<Side>) -> String {
    let Some([from, ours, theirs]) = group(case) else { return String::new() };
    let [from, ours, theirs] = [from, ours, theirs].map(|path| text::terminal(&path).into_owned());
    let many = if files > 1 { format!(" ({})", text::count(files, "file")) } else { String::new() };
    let end = match kept {
        None => format!("decide: pmo resolve {} --ours, or --theirs", shell_word(&ours)),
        Some(Side::Ours) => format!("settled as you chose: it is in {ours}"),
        Some(Side::Theirs) => format!("settled as you chose: it is in {theirs}"),
    };
    format!(
        "\n{from}{many}\n  both sides moved it, each to a place of its own\n  ours    {ours}\n  theirs  {theirs}\n  {end}\n"
    )
}

/// Who changed the file last on each side.
fn changed_by(location: &Location, joining: &Joining, path: &str) -> Result<String, CliError> {
    let mut said = Vec::new();
    for (side, name) in [(&joining.ours, "ours"), (&joining.theirs, "theirs")] {
        said.extend(last(location, side, path)?.map(|last| format!("{name} by {last}")));
    }
    Ok(if said.is_empty() { String::new() } else { format!("  {}\n", said.join(" · ")) })
}

/// Who changed a file on each side, and what it held each time, the newest first.
#[derive(Default)]
struct Authors {
    base: Option<Vec<u8>>,
    ours: Vec<Version>,
    theirs: Vec<Version>,
}

impl Authors {
    fn of(location: &Location, joining: &Joining, file: &Conflicted) -> Result<Self, CliError> {
        let on = |side: &SideOf| side.changes(location, &file.path);
        Ok(Self { base: file.base.clone(), ours: on(&joining.ours)?, theirs: on(&joining.theirs)? })
    }

    /// Who gave a field the value that it has on a side: the newest change after which it said something else than
    /// before.
    fn of_field(&self, side: Side, path: &str) -> Option<String> {
        let changes = if side == Side::Ours { &self.ours } else { &self.theirs };
        let said = |bytes: Option<&Vec<u8>>| {
            merge::said_at(&String::from_utf8_lossy(bytes.map_or(b"", Vec::as_slice)), path, &natural_key)
        };
        let before = changes.iter().skip(1).map(|older| older.bytes.as_ref()).chain([self.base.as_ref()]);
        let mut steps = changes.iter().zip(before);
        let (version, _) = steps.find(|(version, before)| said(version.bytes.as_ref()) != said(*before))?;
        let LastChange { author, day, .. } = &version.change;
        Some(format!("{} on {}", text::terminal(author), text::terminal(day)))
    }
}

fn last(location: &Location, side: &SideOf, path: &str) -> Result<Option<String>, CliError> {
    let last = side.last_change(location, path)?;
    Ok(last.map(|last| format!("{} on {}", text::terminal(&last.author), text::terminal(&last.day))))
}

/// What there is to say of one file, line by line.
fn told(case: &Case, authors: &Authors, width: usize) -> Vec<String> {
    if let Some(moved) = &case.moved {
        let new = &moved.new;
        let stays = match moved.side {
            Side::Ours => "theirs",
            Side::Theirs => "ours",
        };
        return vec![
            "two people gave this number to two records:".to_owned(),
            format!("{}  {}", pad(stays, 6, text::Align::Left), title(&moved.stays)),
            format!(
                "{}  {}, which becomes {new}",
                pad(moved.word(), 6, text::Align::Left),
                title(&moved.bytes)
            ),
        ];
    }
    let name = text::terminal(&case.name);
    match &case.verdict {
        Verdict::Settled { why, .. } => vec![reason(*why).to_owned()],
        Verdict::Open { conflicts, .. } => {
            let mut lines = fields(conflicts, authors, width);
            let example = conflicts.first().map(|one| shell_word(&one.path)).unwrap_or_default();
            lines.push(format!(
                "decide: pmo resolve {name} --ours, --theirs, or by field: --field {example}=ours"
            ));
            lines
        }
        Verdict::TwoRecords => vec!["two people gave this number to two records".to_owned()],
        Verdict::Removed { by } => {
            let did = if case.file.is_moved { "moved it here" } else { "changed it" };
            let (gone, changed) = match by {
                Side::Ours => ("ours removed it", format!("theirs {did}")),
                Side::Theirs => ("theirs removed it", format!("ours {did}")),
            };
            let keep = if *by == Side::Ours { "--theirs" } else { "--ours" };
            let drop = if *by == Side::Ours { "--ours" } else { "--theirs" };
            vec![
                format!("{gone}, {changed}"),
                format!("decide: pmo resolve {name} {keep} keeps it, {drop} removes it"),
            ]
        }
        // Told once for all that were moved together.
        Verdict::MovedTwice => Vec::new(),
        Verdict::ByHand(why) => text::wrap(why, width.saturating_sub(2).max(40)),
    }
}

/// The fields in conflict with what each side says, a block each.
fn fields(conflicts: &[Conflict], authors: &Authors, width: usize) -> Vec<String> {
    let room = width.saturating_sub(14).max(20);
    let said = |value: &Option<String>, absent: &str, room: usize| match value {
        Some(value) => cut(&text::terminal(value), room).into_owned(),
        None => absent.to_owned(),
    };
    let mut lines = Vec::new();
    for conflict in conflicts {
        lines.push(format!("{}:", text::terminal(&conflict.path)));
        let absent = if conflict.base.is_some() { "removed" } else { "not there" };
        let sides = [("ours", Side::Ours, &conflict.ours), ("theirs", Side::Theirs, &conflict.theirs)];
        for (word, side, value) in sides {
            let by =
                authors.of_field(side, &conflict.path).map(|by| format!("  (by {by})")).unwrap_or_default();
            let value = said(value, absent, room.saturating_sub(text::width(&by)).max(20));
            lines.push(format!("  {word:<6}  {value}{by}"));
        }
        if conflict.base.is_some() {
            lines.push(format!("  {:<6}  {}", "before", said(&conflict.base, "", room)));
        }
    }
    lines
}

/// What a record's file calls it.
fn title(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let title = crate::syntax::text_at(&text, "title").unwrap_or_else(|| "without a title".to_owned());
    cut(&text::terminal(&title), 60).into_owned()
}

/// A word as the shell takes it.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/@".contains(c);
    let word = text::terminal(word);
    if word.chars().all(plain) { word.into_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
