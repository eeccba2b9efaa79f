//! Templates by name: the register's own before the built-in ones.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::measured::measured;
use super::{TemplateError, built_in, escape, field, filter, growth, tidy};
use crate::text;

/// How much a template may do; a layout over ten thousand projects needs a fifth of it.
const FUEL: u64 = 10_000_000;

/// Where a template comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// From the program.
    BuiltIn,
    /// From the register's `templates/`.
    Own,
}

/// What is known of a template without rendering it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// The file's name, such as `charter.md`.
    pub name: String,
    /// What its first line says it is, such as `charter/1`.
    pub version: Option<String>,
    /// What it is for, by its first line.
    pub about: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// The version of the built-in template that it hides, where that is another one.
    pub hides: Option<String>,
}

/// The templates that are at hand.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    own: BTreeMap<String, String>,
}

impl Templates {
    /// Only the built-in ones.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The register's own, by name (`risk.toml`), over the built-in ones.
    pub fn with_own(own: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { own: own.into_iter().collect() }
    }

    /// Every name, once.
    pub fn names(&self) -> BTreeSet<&str> {
        built_in::TEMPLATES.iter().map(|(name, _)| *name).chain(self.own.keys().map(String::as_str)).collect()
    }

    /// What there is, by name.
    pub fn list(&self) -> Vec<Listing> {
        let listing = |name: &str| {
            let (source, origin) = self.lookup(name)?;
            let (version, about) = header(source);
            let built_in = built_in::source(name).and_then(|s| header(s).0);
            let hides =
                if origin == Origin::Own { built_in.filter(|b| Some(b) != version.as_ref()) } else { None };
            Some(Listing { name: name.to_owned(), version, about, origin, hides })
        };
        self.names().into_iter().filter_map(listing).collect()
    }

    /// The full name of a template: as given, or with the only ending that makes it one.
    pub fn resolve<'a>(&'a self, name: &'a str) -> Result<&'a str, TemplateError> {
        let names = self.names();
        if let Some(exact) = names.get(name) {
            return Ok(exact);
        }
        let stem = |full: &str| full.rsplit_once('.').map(|(stem, _)| stem) == Some(name);
        names.iter().find(|full| stem(full)).copied().ok_or_else(|| {
            let stems = names.iter().map(|n| n.rsplit_once('.').map_or(*n, |(stem, _)| stem));
            let has_part = |stem: &&str| stem.split('-').any(|part| part == name);
            let nearest = text::nearest(name, stems.clone()).or_else(|| stems.clone().find(has_part));
            let nearest = nearest.map(str::to_owned);
            TemplateError::Unknown { name: name.to_owned(), nearest }
        })
    }

    /// The text of a template, unrendered.
    pub fn source(&self, name: &str) -> Result<&str, TemplateError> {
        let name = self.resolve(name)?;
        let unknown = || TemplateError::Unknown { name: name.to_owned(), nearest: None };
        self.lookup(name).map(|(source, _)| source).ok_or_else(unknown)
    }

    /// Pours a value into a template.
    pub fn render(&self, name: &str, context: &(impl Serialize + ?Sized)) -> Result<String, TemplateError> {
        let name = self.resolve(name)?;
        let mut env = self.environment();
        let root = Value::from(Serde(context));
        let made = self.add(&mut env, name).and_then(|()| {
            env.get_template(name)
                .and_then(|template| {
                    let mut page = growth::Page::default();
                    template.render_captured_to(root, &mut page)?;
                    // What it was given is text, and so is what it makes.
                    Ok(String::from_utf8_lossy(&page.0).into_owned())
                })
                .map_err(|e| self.explain(name, &e))
        })?;
        // In HTML every blank may be somebody's text.
        Ok(if name.ends_with(".html") { format!("{made}\n") } else { tidy::tidy(name, &made) })
    }

    fn lookup(&self, name: &str) -> Option<(&str, Origin)> {
        let own = self.own.get(name).map(|source| (source.as_str(), Origin::Own));
        own.or_else(|| built_in::source(name).map(|source| (source, Origin::BuiltIn)))
    }

    fn environment(&self) -> Environment<'_> {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL));
        env.set_auto_escape_callback(escape::by_name);
        let room = growth::Room::default();
        room.add_to(&mut env);
        env.set_formatter(move |out, state, value| escape::print(&room, out, state, value));
        env.set_syntax(syntax());
        growth::add_to(&mut env);
        filter::add_to(&mut env);
        field::add_to(&mut env);
        env
    }

    /// Adds a template, and every other that it may include; another's own mistakes count only if it is used.
    fn add<'s>(&'s self, env: &mut Environment<'s>, name: &str) -> Result<(), TemplateError> {
        for other in self.names() {
            let Some((source, origin)) = self.lookup(other) else { continue };
            let needed = other == name;
            if !needed && !self.lookup(name).is_some_and(|(text, _)| text.contains(other)) {
                continue;
            }
            let source = escape::with_prose(other, source);
            let added = match origin {
                Origin::BuiltIn => env.add_template_owned(other.to_owned(), source),
                Origin::Own => measured(other, &source, syntax())
                    .and_then(|source| env.add_template_owned(other.to_owned(), source)),
            };
            added.map_err(|error| self.explain(other, &error))?;
        }
        Ok(())
    }

    fn explain(&self, name: &str, error: &minijinja::Error) -> TemplateError {
        let name = error.name().unwrap_or(name);
        let (source, origin) = self.lookup(name).unwrap_or(("", Origin::Own));
        let file = match origin {
            Origin::Own => format!("templates/{name}"),
            Origin::BuiltIn => format!("built-in template {name}"),
        };
        TemplateError::from_engine(file, source, error)
    }
}

/// How templates are written: lines that hold nothing but a statement leave none behind.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default()
}

/// What the first line says: `{# risk/1: a threat or an opportunity -#}`.
fn header(source: &str) -> (Option<String>, Option<String>) {
    let first = source.lines().next().unwrap_or_default();
    let inner = first.trim().strip_prefix("{#").and_then(|rest| rest.strip_suffix("#}"));
    let Some(inner) = inner.map(|text| text.trim_matches(|c: char| c == '-' || c.is_whitespace())) else {
        return (None, None);
    };
    let (version, about) = inner.split_once(':').map_or((inner, ""), |(v, a)| (v.trim(), a.trim()));
    let is_version = version.rsplit_once('/').is_some_and(|(_, n)| n.parse::<u32>().is_ok());
    let about = (!about.is_empty()).then(|| about.to_owned());
    (is_version.then(|| version.to_owned()), about)
}
