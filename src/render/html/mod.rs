//! A document as one HTML file that needs nothing else: no script, no font, no picture is fetched.
//!
//! What stands on the page is written here, element by element through [`markup::Markup`], so that no text of a
//! register can become markup. What stands around it (head, colours, print) is the template `report.html`, which a
//! register may replace by its own.

mod chart;
mod heat;
mod markup;
mod sections;
mod table;
mod value;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::document::{Block, Document, Line};
use crate::template::{Markup as Finished, TemplateError, Templates};

use super::figures::Figures;
use super::marks::UNICODE;
use markup::{Attributes, Markup};

/// The template that a page is poured into.
pub const LAYOUT: &str = "report.html";

/// From how many sections on a page has links to them.
const LINKED: usize = 3;

/// Writes a page as HTML; `exact` keeps all digits.
///
/// # Errors
/// The template cannot be rendered.
pub fn html(document: &Document, exact: bool, templates: &Templates) -> Result<String, TemplateError> {
    let mut page = Page {
        figures: Figures::new(document, exact, UNICODE),
        markup: Markup::default(),
        names: BTreeSet::new(),
        section: None,
        sheet: None,
        legend: BTreeSet::new(),
    };
    let sections = page.sections(document);
    let subtitle = document.subtitle.as_ref().map(|subtitle| page.inner(subtitle));
    let legend = std::mem::take(&mut page.legend);
    let layout = Layout {
        lang: document.language.of_words(),
        title: &document.title,
        subtitle,
        source: document.source.as_deref(),
        day: document.day.to_string(),
        sections: if sections.len() < LINKED { Vec::new() } else { sections },
        imprint: document
            .imprint
            .iter()
            .map(|item| Stated { key: item.key, label: item.label, value: &item.value })
            .collect(),
        colours: heat::colours(document),
        legend: Finished(value::legend(&legend)),
        body: Finished(page.markup.finish()),
    };
    templates.render(LAYOUT, &layout)
}

/// What the template gets.
#[derive(Serialize)]
struct Layout<'a> {
    /// The language of the page's words.
    lang: &'a str,
    title: &'a str,
    subtitle: Option<Finished>,
    source: Option<&'a str>,
    /// The day that the page speaks of, as `2026-11-20`.
    day: String,
    /// The sections to link to; none on a short page.
    sections: Vec<Section>,
    /// How the page was made.
    imprint: Vec<Stated<'a>>,
    /// The register's own colours of bands.
    colours: Vec<heat::BandColour>,
    /// What the markers on the page mean.
    legend: Finished,
    /// All blocks of the page.
    body: Finished,
}

/// A section of the page.
#[derive(Serialize)]
struct Section {
    id: String,
    title: String,
}

/// One thing that the page says of its own making.
#[derive(Serialize)]
struct Stated<'a> {
    key: &'a str,
    label: &'a str,
    value: &'a str,
}

/// A page under the pen.
struct Page {
    figures: Figures,
    markup: Markup,
    /// The ids that are taken.
    names: BTreeSet<String>,
    /// The heading that stands above what is written now.
    section: Option<String>,
    /// The page of paper that is written now, by its title.
    sheet: Option<String>,
    /// The markers that stand on the page without their word.
    legend: BTreeSet<value::Sign>,
}

impl Page {
    /// Writes all blocks, each heading with what follows it as a section, each new page of paper with its sections;
    /// tells what there is to link to.
    fn sections(&mut self, document: &Document) -> Vec<Section> {
        // What to type next closes the page, not its last section.
        let (blocks, last) = match document.blocks.split_last() {
            Some((last @ Block::Commands(_), before)) => (before, Some(last)),
            _ => (document.blocks.as_slice(), None),
        };
        let is_sheet = |block: &Block| matches!(block, Block::NewPage(_));
        let first = blocks.iter().position(is_sheet).unwrap_or(blocks.len());
        let mut links = self.parts(&blocks[..first], "h2");
        let mut rest = &blocks[first..];
        while let Some((Block::NewPage(title), after)) = rest.split_first() {
            let end = after.iter().position(is_sheet).unwrap_or(after.len());
            let id = self.name(title);
            (self.section, self.sheet) = (None, Some(title.clone()));
            self.lines("section", &[("class", "sheet")], |page| {
                page.markup.line();
                page.title_of_part("h2", &id, title);
                page.parts(&after[..end], "h3");
            });
            links.push(Section { id, title: title.clone() });
            rest = &after[end..];
        }
        if let Some(last) = last {
            self.block(last);
        }
        links
    }

    /// Writes blocks, each heading, on this level, with what follows it as a section; tells the sections.
    fn parts(&mut self, mut blocks: &[Block], level: &'static str) -> Vec<Section> {
        let mut sections = Vec::new();
        while let Some((first, rest)) = blocks.split_first() {
            let Block::Heading(title) = first else {
                self.block(first);
                blocks = rest;
                continue;
            };
            let end = rest.iter().position(|block| matches!(block, Block::Heading(_))).unwrap_or(rest.len());
            let id = self.name(title);
            self.section = Some(title.clone());
            self.part(level, &id, title, &rest[..end]);
            self.section = None;
            sections.push(Section { id, title: title.clone() });
            blocks = &rest[end..];
        }
        sections
    }

    /// Running text by itself, for a place that the template has for it.
    fn inner(&mut self, line: &Line) -> Finished {
        let around = std::mem::take(&mut self.markup);
        self.line(line);
        Finished(std::mem::replace(&mut self.markup, around).finish())
    }

    /// Writes an element around what the rest of the page writes.
    fn around(&mut self, tag: &'static str, with: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.markup.open(tag, with);
        inner(self);
        self.markup.close(tag);
    }

    /// As [`Page::around`], and ends the line in the source.
    fn lines(&mut self, tag: &'static str, with: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.around(tag, with, inner);
        self.markup.line();
    }

    /// An id of its own for something on the page, readable in a link.
    fn name(&mut self, title: &str) -> String {
        let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let slug = words.take(8).collect::<Vec<_>>().join("-").to_ascii_lowercase();
        // A letter first, so that no id can be taken for one of the template's own.
        let slug = if slug.is_empty() { "s".to_owned() } else { format!("s-{slug}") };
        let mut id = slug.clone();
        let mut number = 1;
        while !self.names.insert(id.clone()) {
            number += 1;
            id = format!("{slug}-{number}");
        }
        id
    }
}

#[cfg(test)]
mod tests;
