//! Typed values and running text. A rating is a shape and a word; where a table has room for the shape only, the
//! word is there for whoever does not see it, and a legend says what the shapes mean.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::document::{Cell, Face, Inline, Level, Line, Mark, Rating, Trend};
use crate::render::figures::{Figures, Short};
use crate::render::marks::{Marks, UNICODE};

use super::Page;
use super::markup::Markup;

/// A marker whose meaning the legend tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Green,
    AmberGreen,
    Amber,
    AmberRed,
    Red,
    Grey,
    NotReported,
    Greener,
    Missing,
}

impl Sign {
    fn of(rating: Rating) -> Self {
        match (rating.mark, rating.level) {
            (Mark::NotReported, _) => Self::NotReported,
            (Mark::GreenerThanFigures, _) => Self::Greener,
            (Mark::Level, Level::Green) => Self::Green,
            (Mark::Level, Level::Red) => Self::Red,
            (Mark::Level, Level::Grey) => Self::Grey,
            (Mark::Level, Level::Amber) => Self::Amber,
            (Mark::Level, Level::AmberRed) => Self::AmberRed,
            (Mark::Level, Level::AmberGreen) => Self::AmberGreen,
        }
    }

    /// How it looks, whose colour it has, and what it means.
    fn look(self) -> (Rating, &'static str) {
        let level = Rating::shape;
        match self {
            Self::Green => (level(Level::Green), "green"),
            Self::Amber => (level(Level::Amber), "amber"),
            Self::AmberRed => (level(Level::AmberRed), "between amber and red"),
            Self::AmberGreen => (level(Level::AmberGreen), "between amber and green"),
            Self::Red => (level(Level::Red), "red"),
            Self::Grey => (level(Level::Grey), "not rated"),
            Self::NotReported => {
                (level(Level::Grey).marked(Mark::NotReported), "not reported, in the last known colour")
            }
            Self::Greener => {
                (level(Level::Grey).marked(Mark::GreenerThanFigures), "reported better than the figures say")
            }
            Self::Missing => (level(Level::Grey), "no value given"),
        }
    }
}

/// What the markers mean, as a line of HTML; nothing where there is none.
pub(super) fn legend(signs: &std::collections::BTreeSet<Sign>) -> String {
    let mut markup = Markup::default();
    // One dot serves for a rating and for a value that nobody gave.
    let both = signs.contains(&Sign::Grey) && signs.contains(&Sign::Missing);
    for sign in signs.iter().filter(|sign| !(both && **sign == Sign::Grey)) {
        let (rating, words) = sign.look();
        markup.element("li", &[], |inner| {
            inner.element("span", &[("class", class(rating)), ("aria-hidden", "true")], |mark| {
                mark.text(&shape(&UNICODE, rating));
            });
            inner.text(" ");
            inner.text(if both && *sign == Sign::Missing { "not rated, or no value given" } else { words });
        });
    }
    markup.finish()
}

/// The class of a rating, which gives it its colour.
fn class(rating: Rating) -> &'static str {
    match rating.level {
        Level::Red => "rag red",
        Level::AmberRed | Level::Amber | Level::AmberGreen => "rag amber",
        Level::Green => "rag green",
        Level::Grey => "rag grey",
    }
}

/// The shape of a rating; one of the five-level scale has a sign more, which way it leans.
fn shape(marks: &Marks, rating: Rating) -> String {
    let leans = match (rating.mark, rating.level) {
        (Mark::Level, Level::AmberRed) => "−",
        (Mark::Level, Level::AmberGreen) => "+",
        _ => "",
    };
    format!("{}{leans}", marks.of(rating))
}

/// A rating in words, for whoever does not see its shape.
fn words(rating: Rating) -> String {
    let level = match rating.level {
        Level::Grey => "not rated",
        level => level.word(),
    };
    match rating.mark {
        Mark::Level => level.to_owned(),
        Mark::NotReported => format!("not reported, last {level}"),
        Mark::GreenerThanFigures => format!("{level}, better than the figures say"),
    }
}

fn movement(trend: Trend) -> &'static str {
    match trend {
        Trend::Better => "better than before",
        Trend::Same => "as before",
        Trend::Worse => "worse than before",
    }
}

impl Page {
    /// Writes running text.
    pub(super) fn line(&mut self, line: &Line) {
        for span in &line.0 {
            match span {
                Inline::Text(text) => self.markup.text(text),
                Inline::Strong(text) => self.markup.wrap("strong", &[], text),
                Inline::Dim(text) => self.markup.wrap("span", &[("class", "dim")], text),
                Inline::Code(text) => self.markup.wrap("code", &[], text),
                Inline::Value(cell) => self.value(cell, None, Short::Sentence),
            }
        }
    }

    /// Writes a typed value; `unit` is what its column says already.
    pub(super) fn value(&mut self, cell: &Cell, unit: Option<&str>, short: Short) {
        let Self { figures, markup, legend, .. } = self;
        match cell {
            Cell::Empty => {}
            Cell::Missing => {
                legend.insert(Sign::Missing);
                markup.element("span", &[("class", "missing")], |inner| {
                    unseen(inner, figures.marks.missing, "not given");
                });
            }
            Cell::Text(text) => markup.text(text),
            Cell::Reference(text) => markup.wrap("span", &[("class", "ref")], text),
            Cell::Date(date) => self::date(markup, figures, *date),
            Cell::Rating(rating) => {
                if rating.face == Face::Shape || rating.mark != Mark::Level {
                    legend.insert(Sign::of(*rating));
                }
                self::rating(markup, figures, *rating);
            }
            Cell::Spark(values) => {
                let shown = figures.cell(cell, unit, short);
                let number = |value: &Option<Decimal>| value.map(|value| value.normalize().to_string());
                let ends = values.iter().find_map(number).zip(values.iter().rev().find_map(number));
                let words = ends.map_or_else(String::new, |(first, last)| format!("from {first} to {last}"));
                markup.element("span", &[("class", "spark")], |inner| unseen(inner, &shown, &words));
            }
            Cell::Span(..)
            | Cell::Flag(_)
            | Cell::Integer(_)
            | Cell::Number { .. }
            | Cell::Money { .. }
            | Cell::Percent { .. }
            | Cell::Days(_) => {
                let text = figures.cell(cell, unit, short);
                // Within a sentence a figure stays on one line by its tied blanks; a column does without the tag.
                match short {
                    Short::Sentence => markup.wrap("span", &[("class", "fig")], &text),
                    Short::Column => markup.text(&text),
                }
            }
        }
    }
}

fn date(markup: &mut Markup, figures: &Figures, date: NaiveDate) {
    let machine = date.format("%Y-%m-%d").to_string();
    // HTML knows no year before 1 or after 9999.
    if machine.len() == 10 && !machine.starts_with("0000") {
        markup.wrap("time", &[("datetime", &machine)], &figures.date(date));
    } else {
        markup.text(&figures.date(date));
    }
}

/// A rating: the shape for the eye, the words for the ear, and how it moved.
fn rating(markup: &mut Markup, figures: &Figures, rating: Rating) {
    markup.element("span", &[("class", class(rating))], |inner| {
        let shape = shape(&figures.marks, rating);
        match rating.face {
            Face::Shape => unseen(inner, &shape, &words(rating)),
            Face::Word => inner.text(rating.level.word()),
            Face::Both => {
                inner.element("span", &[("aria-hidden", "true")], |mark| mark.text(&shape));
                inner.text("\u{a0}");
                match rating.mark {
                    Mark::Level => inner.text(rating.level.word()),
                    _ => unseen(inner, rating.level.word(), &words(rating)),
                }
            }
        }
        if let Some(trend) = rating.trend {
            inner.text("\u{a0}");
            unseen(inner, figures.marks.arrow(trend), movement(trend));
        }
    });
}

/// A sign for the eye, and its meaning for who cannot see it.
fn unseen(markup: &mut Markup, sign: &str, words: &str) {
    markup.element("span", &[("aria-hidden", "true")], |mark| mark.text(sign));
    markup.wrap("span", &[("class", "vh")], words);
}
