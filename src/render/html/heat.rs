//! A heat map as a table whose cells have the colour of their band, and its shape for whoever sees no colour.

use serde::Serialize;

use crate::document::{Block, Document, Heat, HeatCell, HeatLevel, Level, Rating};
use crate::render::marks::UNICODE;

use super::Page;

/// A colour that the register gives a band, for the template's style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct BandColour {
    /// The place of the band.
    at: usize,
    /// The colour, `#rrggbb`.
    colour: String,
    /// Black or white, whichever can be read on it.
    ink: &'static str,
}

/// The colours that the register gives its bands; anything that is no colour is left out.
pub(super) fn colours(document: &Document) -> Vec<BandColour> {
    let heats = document.blocks.iter().filter_map(|block| match block {
        Block::Heat(heat) => Some(heat),
        _ => None,
    });
    let bands = heats.flat_map(|heat| heat.bands.iter().enumerate());
    let mut colours: Vec<BandColour> = Vec::new();
    for (at, band) in bands {
        let Some((colour, ink)) = band.colour.as_deref().and_then(|colour| Some((colour, ink(colour)?)))
        else {
            continue;
        };
        if !colours.iter().any(|known| known.at == at) {
            colours.push(BandColour { at, colour: colour.to_owned(), ink });
        }
    }
    colours
}

/// Black or white on this colour: the one of higher contrast, by relative luminance (WCAG 2).
fn ink(colour: &str) -> Option<&'static str> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    let linear = |part: u8| {
        let share = f64::from(part) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(part(0)?) + 0.7152 * linear(part(2)?) + 0.0722 * linear(part(4)?);
    // Where both contrasts are equal: sqrt(1.05 × 0.05) − 0.05.
    Some(if luminance > 0.179 { "#000000" } else { "#ffffff" })
}

/// The class of a band's cells.
fn tint(level: Level) -> &'static str {
    match level {
        Level::Red => "tint-red",
        Level::AmberRed | Level::Amber | Level::AmberGreen => "tint-amber",
        Level::Green => "tint-green",
        Level::Grey => "tint-grey",
    }
}

impl Page {
    pub(super) fn heat(&mut self, heat: &Heat) {
        let id = self.name(&heat.title);
        let region = [("class", "scroll"), ("aria-labelledby", id.as_str()), ("tabindex", "0")];
        self.lines("section", &region, |page| {
            page.lines("table", &[("class", "heat")], |page| {
                page.lines("caption", &[("id", &id), ("class", "vh")], |page| page.markup.text(&heat.title));
                page.lines("thead", &[], |page| page.heat_titles(heat));
                page.lines("tbody", &[], |page| {
                    for (level, cells) in &heat.rows {
                        page.lines("tr", &[], |page| {
                            page.level(level, "row");
                            cells.iter().for_each(|cell| page.heat_cell(heat, cell));
                        });
                    }
                });
            });
        });
    }

    fn heat_titles(&mut self, heat: &Heat) {
        let count = heat.columns.len().to_string();
        self.lines("tr", &[], |page| {
            page.around("th", &[("scope", "col"), ("rowspan", "2")], |page| page.markup.text(&heat.upward));
            let with = [("scope", "colgroup"), ("colspan", count.as_str()), ("class", "group")];
            page.around("th", &with, |page| page.markup.text(&heat.across));
        });
        self.lines("tr", &[], |page| heat.columns.iter().for_each(|level| page.level(level, "col")));
    }

    fn level(&mut self, level: &HeatLevel, scope: &'static str) {
        self.around("th", &[("scope", scope)], |page| {
            page.markup.wrap("span", &[("class", "dim")], &level.number.to_string());
            page.markup.text(&format!(" {}", level.name));
        });
    }

    fn heat_cell(&mut self, heat: &Heat, cell: &HeatCell) {
        let Some(band) = heat.band(cell) else { return };
        let class = format!("{} band-{}", tint(band.level), cell.band);
        self.around("td", &[("class", &class)], |page| {
            page.around("div", &[("class", "score")], |page| {
                page.markup.wrap("span", &[("aria-hidden", "true")], UNICODE.of(Rating::shape(band.level)));
                page.markup.text(&format!(" {}{}", cell.score, if cell.outside { " !" } else { "" }));
                let outside = if cell.outside { ", outside appetite" } else { "" };
                page.markup.wrap("span", &[("class", "vh")], &format!(" {}{outside}", band.name));
            });
            for mark in &cell.marks {
                page.around("div", &[("class", "ref")], |page| {
                    page.markup.text(&mark.reference);
                    if let Some(moved) = mark.moved {
                        page.markup.text("\u{a0}");
                        page.markup.wrap("span", &[("aria-hidden", "true")], UNICODE.moved(moved));
                        page.markup.wrap("span", &[("class", "vh")], moved.word());
                    }
                });
            }
            if cell.more > 0 {
                page.lines("div", &[], |page| page.markup.text(&format!("+{}", cell.more)));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ink;

    #[test]
    fn text_on_a_colour_can_be_read() {
        let on = ["#ffffff", "#ffd24d", "#b3261e", "#000000", "red", "#é1234"].map(ink);
        assert_eq!(on, [Some("#000000"), Some("#000000"), Some("#ffffff"), Some("#ffffff"), None, None]);
    }
}
