//! The change of one value, and of no other byte.
//!
//! An edit replaces, inserts or deletes one range of the text. Then it is proved: the result parses, the
//! value arrived and everything else says what it said. What cannot be proved is refused. Byte order
//! mark, line ends, indentation, comments and order stay as they were.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::literal::{NewValue, key};
use super::mistake::Mistake;
use super::outline::{Kind, Statement, outline, text_start};
use super::place::{Step, write_path};
use super::prove::Said;
use super::removal::deletions;
use super::scan::{Piece, Scan};

/// Why an edit was refused; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The file does not parse as it stands.
    #[error("the file has a mistake that must be mended first: {}", .0.message)]
    Syntax(Box<Mistake>),
    /// There is nothing at the path.
    #[error("there is no `{0}` in the file")]
    Missing(String),
    /// Something on the way is a plain value.
    #[error("`{0}` is a plain value here, so it can hold no `{1}`: set it as a whole")]
    NotATable(String, String),
    /// The path means a table or a list of tables.
    #[error("`{0}` is a table: set its keys one by one, as in {0}.key=value")]
    ATable(String),
    /// The result would not be what was asked for.
    #[error("`{0}` cannot be changed without changing something else: edit the file by hand")]
    Unproved(String),
}

/// Changes one value, or adds it where there is none, and returns the new text.
pub fn set(text: &str, path: &[Step], value: &NewValue) -> Result<String, EditError> {
    let tree = tree(text)?;
    let path = settled(tree.get_ref(), path)?;
    let statements = outline(text);
    let (at, new) = proposal(text, tree.get_ref(), &statements, &path, value)?;
    let result = spliced(text, at, &new);
    let mut expected = Said::of_table(tree.get_ref());
    let arrived = Said::of_new(value).is_some_and(|said| expected.set(&path, said));
    proved(arrived, expected, result, &path, false)
}

/// Removes a value, a table or an element of an array, with the comment behind it.
pub fn remove(text: &str, path: &[Step]) -> Result<String, EditError> {
    let tree = tree(text)?;
    let path = settled(tree.get_ref(), path)?;
    let statements = outline(text);
    let mut expected = Said::of_table(tree.get_ref());
    if path.is_empty() || !expected.remove(&path) {
        return Err(EditError::Missing(write_path(&path)));
    }
    let mut result = text.to_string();
    // From the end, so that the places before it stay true.
    for at in deletions(text, tree.get_ref(), &statements, &path).into_iter().rev() {
        result.replace_range(at, "");
    }
    proved(true, expected, result, &path, true)
}

/// Adds one more `[[name]]` behind the last one, or at the end of the file.
pub fn append_table(text: &str, name: &str, entries: &[(String, NewValue)]) -> Result<String, EditError> {
    let tree = tree(text)?;
    let base = vec![Step::Key(name.to_string())];
    let existing = tree.get_ref().get(name).map(Spanned::get_ref);
    let index = existing.and_then(DeValue::as_array).map_or(0, |array| array.len());
    let path = [base.clone(), vec![Step::Index(index)]].concat();
    let mut expected = Said::of_table(tree.get_ref());
    let mut known = existing.is_none_or(DeValue::is_array);
    if existing.is_none() {
        known = known && expected.set(&base, Said::List(Vec::new()));
    }
    known = known && expected.set(&path, Said::Table(Default::default()));
    for (entry, value) in entries {
        let place = [path.clone(), vec![Step::Key(entry.clone())]].concat();
        known = known && Said::of_new(value).is_some_and(|said| expected.set(&place, said));
    }
    let statements = outline(text);
    let inline = existing.is_some()
        && !statements.iter().any(|s| s.kind == Kind::Element && s.path.starts_with(&base));
    let result = if inline {
        let (at, new) = proposal(text, tree.get_ref(), &statements, &path, &NewValue::inline_table(entries))?;
        spliced(text, at, &new)
    } else {
        let lines: Vec<String> = entries.iter().map(|(name, value)| line("", &key(name), value)).collect();
        let (at, new) = new_section(text, &statements, &base, &format!("[[{}]]", key(name)), &lines);
        spliced(text, at, &new)
    };
    proved(known, expected, result, &path, false)
}

/// Gives a key another name, in every header and line that writes it.
pub fn rename_key(text: &str, path: &[Step], name: &str) -> Result<String, EditError> {
    let tree = tree(text)?;
    let path = settled(tree.get_ref(), path)?;
    let missing = || EditError::Missing(write_path(&path));
    let Some((Step::Key(old), parent)) = path.split_last() else { return Err(missing()) };
    let mut expected = Said::of_table(tree.get_ref());
    let Some(said) = expected.at(&path).cloned() else { return Err(missing()) };
    let new_path = [parent.to_vec(), vec![Step::Key(name.to_string())]].concat();
    let free = expected.at(&new_path).is_none();
    let known = free && expected.remove(&path) && expected.set(&new_path, said);
    let mut result = text.to_string();
    let holders = outline(text).into_iter().filter(|s| s.path.starts_with(&path)).collect::<Vec<_>>();
    for holder in holders.iter().rev() {
        let head = match holder.kind {
            Kind::Value => holder.start..holder.value.start,
            _ => holder.value.clone(),
        };
        // The last part of that name is the nearest to the end of the path that has it.
        let mut pieces = Scan::new(&text[head.clone()]).filter(|(piece, at)| {
            let raw = &text[head.start + at.start..head.start + at.end];
            matches!(piece, Piece::Bare | Piece::Basic | Piece::Literal)
                && (raw == old || raw.trim_matches(['"', '\'']) == old)
        });
        // A dotted key below a header does not write the header's part again.
        if let Some((_, at)) = pieces.next() {
            result.replace_range(head.start + at.start..head.start + at.end, &key(name));
        }
    }
    proved(known, expected, result, &path, false)
}

pub(super) fn tree(text: &str) -> Result<Spanned<DeTable<'_>>, EditError> {
    super::parse(text).map_err(|mut mistakes| EditError::Syntax(Box::new(mistakes.remove(0))))
}

pub(super) fn proved(
    known: bool,
    mut expected: Said,
    result: String,
    path: &[Step],
    removing: bool,
) -> Result<String, EditError> {
    let mut said = Said::of_text(&result);
    if removing {
        expected = expected.without_empty();
        said = said.map(Said::without_empty);
    }
    if known && said.as_ref() == Some(&expected) {
        return Ok(result);
    }
    Err(EditError::Unproved(write_path(path)))
}

/// Replaces one range, with new lines ending as the file's lines end.
pub(super) fn spliced(text: &str, at: Range<usize>, new: &str) -> String {
    let mut result = text.to_string();
    let crlf = text.find('\n').is_some_and(|newline| text[..newline].ends_with('\r'));
    let new = if crlf { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new.to_string() };
    result.replace_range(at, &new);
    result
}

/// Turns ids into positions, so that a path has one spelling.
fn settled(tree: &DeTable<'_>, path: &[Step]) -> Result<Vec<Step>, EditError> {
    let mut settled: Vec<Step> = Vec::new();
    let mut here: Option<&DeValue<'_>> = None;
    let mut table = Some(tree);
    for step in path {
        let by_id = match step {
            Step::Id(id) => Some(id),
            Step::Key(id) if here.is_some_and(DeValue::is_array) => Some(id),
            _ => None,
        };
        let step = match by_id {
            None => step.clone(),
            Some(id) => {
                let has_id = |element: &Spanned<DeValue<'_>>| {
                    element.get_ref().get("id").and_then(|v| v.get_ref().as_str()) == Some(id.as_str())
                };
                let position =
                    here.and_then(DeValue::as_array).and_then(|array| array.iter().position(has_id));
                let Some(position) = position else {
                    return Err(EditError::Missing(format!("{}[id={id}]", write_path(&settled))));
                };
                Step::Index(position)
            }
        };
        here = match &step {
            Step::Key(key) => table.and_then(|table| table.get(key.as_str())).map(Spanned::get_ref),
            Step::Index(index) => here.and_then(|value| value.get(*index)).map(Spanned::get_ref),
            Step::Id(_) => None,
        };
        table = here.and_then(DeValue::as_table);
        settled.push(step);
    }
    Ok(settled)
}

/// The range to replace, and what to put there.
fn proposal(
    text: &str,
    tree: &DeTable<'_>,
    statements: &[Statement],
    path: &[Step],
    value: &NewValue,
) -> Result<(Range<usize>, String), EditError> {
    if let Some(holder) = statements.iter().find(|s| s.kind == Kind::Value && path.starts_with(&s.path)) {
        if holder.path.len() == path.len() {
            return Ok((holder.value.clone(), value.written()));
        }
        return inside_value(text, tree, holder, path, value);
    }
    let named = |s: &Statement| s.path.starts_with(path);
    let Some((Step::Key(last), parent)) = path.split_last() else {
        return Err(EditError::Missing(write_path(path)));
    };
    if statements.iter().any(named) {
        return Err(EditError::ATable(write_path(path)));
    }
    let header = statements.iter().rposition(|s| s.kind != Kind::Value && s.path == parent);
    if parent.is_empty() || header.is_some() {
        return Ok(into_section(text, statements, header, &line("", &key(last), value)));
    }
    let dotted = statements.iter().rposition(|s| s.kind == Kind::Value && s.path.starts_with(parent));
    if let Some(sibling) = dotted {
        let section =
            statements[..sibling].iter().rfind(|s| s.kind != Kind::Value).map_or(0, |s| s.path.len());
        if parent.len() > section {
            let name = dotted_key(&path[section..]);
            return Ok(behind(text, &statements[sibling], &line("", &name, value)));
        }
    }
    if let Some(index) = parent.iter().rposition(|step| matches!(step, Step::Index(_))) {
        // A table of its own would belong to the last element: dotted keys belong to theirs.
        let element = &parent[..=index];
        let header = statements.iter().rposition(|s| s.kind != Kind::Value && s.path == element);
        if header.is_none() {
            return Err(EditError::Missing(write_path(element)));
        }
        return Ok(into_section(text, statements, header, &line("", &dotted_key(&path[index + 1..]), value)));
    }
    let header = format!("[{}]", dotted_key(parent));
    let family = &parent[..parent.len() - 1];
    let lines = [line("", &key(last), value)];
    Ok(new_section(text, statements, family, &header, &lines))
}

fn dotted_key(path: &[Step]) -> String {
    let keys: Vec<String> =
        path.iter().filter_map(|s| if let Step::Key(k) = s { Some(key(k)) } else { None }).collect();
    keys.join(".")
}

pub(super) fn line(indent: &str, key: &str, value: &NewValue) -> String {
    format!("{indent}{key} = {}\n", value.written())
}

/// Changes or adds within an inline table or a list that is a value.
fn inside_value(
    text: &str,
    tree: &DeTable<'_>,
    holder: &Statement,
    path: &[Step],
    value: &NewValue,
) -> Result<(Range<usize>, String), EditError> {
    let inline = value.on_one_line();
    if let Some(found) = node(tree, path) {
        let span = found.span();
        // Dotted keys within an inline table make a table that is written nowhere as a whole.
        if found.get_ref().is_table() && !text[span.clone()].starts_with('{') {
            return Err(EditError::ATable(write_path(path)));
        }
        return Ok((span, inline));
    }
    // The nearest that exists takes the rest of the path as a dotted key.
    for length in (holder.path.len()..path.len()).rev() {
        let Some(parent) = node(tree, &path[..length]) else { continue };
        let span = parent.span();
        let rest = &path[length..];
        match parent.get_ref() {
            DeValue::Table(table)
                if text[span.clone()].starts_with('{') && matches!(rest[0], Step::Key(_)) =>
            {
                let entry = format!("{} = {inline}", dotted_key(rest));
                return Ok(match table.iter().map(|(_, value)| deepest_end(value)).max() {
                    Some(end) => (end..end, format!(", {entry}")),
                    None => (span, format!("{{ {entry} }}")),
                });
            }
            DeValue::Table(_) => continue,
            DeValue::Array(array) if *rest == [Step::Index(array.len())] => {
                return Ok(match array.iter().last() {
                    Some(last) => (last.span().end..last.span().end, format!(", {inline}")),
                    None => (span, format!("[{inline}]")),
                });
            }
            DeValue::Array(_) => return Err(EditError::Missing(write_path(path))),
            _ => return Err(EditError::NotATable(write_path(&path[..length]), write_path(rest))),
        }
    }
    Err(EditError::Missing(write_path(path)))
}

/// Where a value ends in the text, also when dotted keys spread it over several places.
pub(super) fn deepest_end(value: &Spanned<DeValue<'_>>) -> usize {
    let inner = value.get_ref().as_table().into_iter().flatten().map(|(_, value)| deepest_end(value)).max();
    inner.unwrap_or(0).max(value.span().end)
}

/// The value at a path without ids.
pub(super) fn node<'t, 'i>(tree: &'t DeTable<'i>, path: &[Step]) -> Option<&'t Spanned<DeValue<'i>>> {
    let (Step::Key(first), rest) = path.split_first()? else { return None };
    let mut here = tree.get(first.as_str())?;
    for step in rest {
        here = match step {
            Step::Key(key) => here.get_ref().get(key.as_str())?,
            Step::Index(index) => here.get_ref().get(*index)?,
            Step::Id(_) => return None,
        };
    }
    Some(here)
}

/// A new line in the section that a header begins, or at the top: behind the last key that stands there.
fn into_section(
    text: &str,
    statements: &[Statement],
    header: Option<usize>,
    new: &str,
) -> (Range<usize>, String) {
    let first = header.map_or(0, |header| header + 1);
    let last = statements[first..].iter().take_while(|s| s.kind == Kind::Value).last();
    if let Some(sibling) = last.or(header.map(|header| &statements[header])) {
        return behind(text, sibling, new);
    }
    // A file without keys at the top: behind its first block of comments, which speaks of the file.
    let mut at = text_start(text);
    while text[at..].starts_with('#') {
        at = text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1);
    }
    let gap = if statements.is_empty() || text[at..].starts_with(['\n', '\r']) { "" } else { "\n" };
    let lead = if at > text_start(text) && !text[..at].ends_with('\n') { "\n" } else { "" };
    (at..at, format!("{lead}{new}{gap}"))
}

/// A new line behind a statement, indented as that is.
fn behind(text: &str, sibling: &Statement, new: &str) -> (Range<usize>, String) {
    let at = sibling.lines.end;
    let indent = if sibling.kind == Kind::Value { &text[sibling.lines.start..sibling.start] } else { "" };
    if text[..at].ends_with('\n') {
        (at..at, format!("{indent}{new}"))
    } else {
        (at..at, format!("\n{indent}{}", new.trim_end_matches('\n')))
    }
}

/// A new header with its lines, behind the last section of the same family, or at the end.
fn new_section(
    text: &str,
    statements: &[Statement],
    family: &[Step],
    header: &str,
    lines: &[String],
) -> (Range<usize>, String) {
    let body = format!("{header}\n{}", lines.concat());
    let relatives = |s: &Statement| s.kind != Kind::Value && s.path.starts_with(family);
    let last = statements.iter().rposition(relatives).filter(|_| !family.is_empty());
    let next =
        last.and_then(|last| (last + 1..statements.len()).find(|i| statements[*i].kind != Kind::Value));
    if let Some(next) = next {
        let before = &statements[next - 1];
        return (before.lines.end..before.lines.end, format!("\n{body}"));
    }
    let gap = match text {
        _ if text.len() == text_start(text) || text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let body = if gap == "\n\n" { body.trim_end_matches('\n') } else { &body };
    (text.len()..text.len(), format!("{gap}{body}"))
}

#[cfg(test)]
mod tests;
