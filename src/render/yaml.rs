//! YAML that other readers read back as the same values, with exact numbers.
//!
//! The layout is written here, because no YAML crate takes a number as text; each word goes through
//! serde-saphyr, which knows what must be quoted (`no`, `12:30`, `2026-01-02`).

use std::io;

use serde::Serialize;
use serde::ser::Error as _;

use super::tree::{Node, TreeError};

/// Writes a value as YAML that ends in a newline.
///
/// # Errors
/// The value has no tree (see [`Node::of`]).
pub fn yaml<T: Serialize + ?Sized>(value: &T) -> Result<String, TreeError> {
    yaml_of(&Node::of(value)?)
}

/// Writes a value as YAML and below it lists of trees by name, each tree when it is its turn.
///
/// # Errors
/// As [`yaml`], and what the stream says.
pub fn yaml_to<'a, I: Iterator<Item = Result<Node, TreeError>>>(
    head: &impl Serialize,
    key: &str,
    lists: impl Iterator<Item = (&'a str, I)>,
    stream: &mut dyn io::Write,
) -> io::Result<()> {
    let mut text = yaml(head).map_err(io::Error::other)?;
    let mut lists = lists.peekable();
    text.push_str(&format!("{key}:{}\n", if lists.peek().is_some() { "" } else { " {}" }));
    for (name, trees) in lists {
        text.push_str(&format!("  {}:\n", word(name).map_err(io::Error::other)?));
        for tree in trees {
            text.push_str("    -");
            tree.and_then(|tree| write(&mut text, &tree, 3, Place::Dash)).map_err(io::Error::other)?;
            stream.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    stream.write_all(text.as_bytes())
}

/// Writes a tree as YAML that ends in a newline.
///
/// # Errors
/// A text cannot be written.
fn yaml_of(tree: &Node) -> Result<String, TreeError> {
    let mut out = String::new();
    write(&mut out, tree, 0, Place::Line)?;
    Ok(out)
}

/// What stands before a value on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing, at the top of the document.
    Line,
    /// `key:`
    Key,
    /// `-`
    Dash,
}

fn write(out: &mut String, node: &Node, depth: usize, place: Place) -> Result<(), TreeError> {
    let inline = |out: &mut String, text: &str| {
        if place != Place::Line {
            out.push(' ');
        }
        out.push_str(text);
        out.push('\n');
    };
    match node {
        Node::Null => inline(out, "null"),
        Node::Bool(value) => inline(out, if *value { "true" } else { "false" }),
        Node::Int(value) => inline(out, &value.to_string()),
        Node::Decimal(text) => inline(out, text),
        Node::Text(text) => inline(out, &word(text)?),
        Node::List(items) if items.is_empty() => inline(out, "[]"),
        Node::Map(entries) if entries.is_empty() => inline(out, "{}"),
        Node::List(items) => {
            let mut fresh = open(out, place);
            for item in items {
                indent(out, depth, &mut fresh);
                out.push('-');
                write(out, item, depth + 1, Place::Dash)?;
            }
        }
        Node::Map(entries) => {
            let mut fresh = open(out, place);
            for (key, value) in entries {
                indent(out, depth, &mut fresh);
                out.push_str(&word(key)?);
                out.push(':');
                write(out, value, depth + 1, Place::Key)?;
            }
        }
    }
    Ok(())
}

/// Starts a block; tells whether its first entry stands on the line of the dash before it.
fn open(out: &mut String, place: Place) -> bool {
    match place {
        Place::Line => true,
        Place::Dash => {
            out.push(' ');
            true
        }
        Place::Key => {
            out.push('\n');
            false
        }
    }
}

fn indent(out: &mut String, depth: usize, fresh: &mut bool) {
    if !std::mem::take(fresh) {
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

fn word(text: &str) -> Result<String, TreeError> {
    let is_plain = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && text.len() > 5
    };
    // Longer than every word that YAML reads as something else (`false`, `null`, `yes`, `off`).
    if is_plain(text) {
        return Ok(text.to_owned());
    }
    let options = serde_yaml::ser_options! { prefer_block_scalars: false };
    let mut quoted = String::new();
    serde_yaml::to_fmt_writer_with_options(&mut quoted, &text, options).map_err(TreeError::custom)?;
    let quoted = quoted.trim_end_matches('\n');
    if quoted.contains(['\n', '\r']) || quoted.chars().any(crate::text::escape::is_obeyed) {
        return escaped(text);
    }
    Ok(quoted.to_owned())
}

/// A double-quoted scalar in JSON's escapes, all of which YAML reads.
fn escaped(text: &str) -> Result<String, TreeError> {
    Ok(super::json::json(text)?.trim_end().to_owned())
}

#[cfg(test)]
mod tests;
