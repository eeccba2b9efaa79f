//! The markers, arrows and signs that a destination can show.

use crate::document::{HeatMove, Level, Mark, Rating, Trend};

/// One set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    green: &'static str,
    amber: &'static str,
    red: &'static str,
    grey: &'static str,
    not_reported: &'static str,
    greener: &'static str,
    arrows: [&'static str; 3],
    /// What stands for a value that nobody gave.
    pub missing: &'static str,
    /// What ends a text that was cut.
    pub cut: &'static str,
    /// What a rule is drawn with.
    pub rule: char,
    /// What stands before a point of a list.
    pub bullet: &'static str,
    /// What stands between two things of one rank.
    pub dot: &'static str,
    /// The steps of a chart in one line, the lowest first.
    pub steps: [&'static str; 8],
    /// Whether only ASCII can be shown.
    pub ascii: bool,
}

/// The signs of a terminal that shows UTF-8.
pub const UNICODE: Marks = Marks {
    green: "●",
    amber: "▲",
    red: "■",
    grey: "·",
    not_reported: "○",
    greener: "◐",
    arrows: ["↑", "→", "↓"],
    missing: "·",
    cut: "…",
    rule: '─',
    bullet: "•",
    dot: " · ",
    steps: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    ascii: false,
};

/// The signs of a terminal that shows ASCII only.
pub const ASCII: Marks = Marks {
    green: "G",
    amber: "A",
    red: "R",
    grey: ".",
    not_reported: "-",
    greener: "?",
    arrows: ["^", "=", "v"],
    missing: ".",
    cut: "~",
    rule: '-',
    bullet: "*",
    dot: " | ",
    steps: ["_", ".", ":", "-", "=", "+", "*", "#"],
    ascii: true,
};

impl Marks {
    /// The marker of a rating.
    pub fn of(&self, rating: Rating) -> &'static str {
        match (rating.mark, rating.level) {
            (Mark::NotReported, _) => self.not_reported,
            (Mark::GreenerThanFigures, _) => self.greener,
            (Mark::Level, Level::Red) => self.red,
            (Mark::Level, Level::AmberRed | Level::Amber | Level::AmberGreen) => self.amber,
            (Mark::Level, Level::Green) => self.green,
            (Mark::Level, Level::Grey) => self.grey,
        }
    }

    /// The sign of how something came into its cell.
    pub fn moved(&self, moved: HeatMove) -> &'static str {
        match moved {
            HeatMove::Raised => self.arrows[0],
            HeatMove::Aside if self.ascii => "~",
            HeatMove::Aside => self.arrows[1],
            HeatMove::Lowered => self.arrows[2],
            HeatMove::New => "+",
        }
    }

    /// The arrow of a movement: up is better.
    pub fn arrow(&self, trend: Trend) -> &'static str {
        match trend {
            Trend::Better => self.arrows[0],
            Trend::Same => self.arrows[1],
            Trend::Worse => self.arrows[2],
        }
    }
}

/// The text in ASCII: signs that we write ourselves by their nearest, everything else by `?`.
pub fn to_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if character.is_ascii() => out.push(character),
            '\u{a0}' => out.push(' '),
            '·' => out.push('|'),
            '…' => out.push('~'),
            '–' | '—' | '−' => out.push('-'),
            '→' => out.push_str("->"),
            '±' => out.push_str("+/-"),
            '×' => out.push('x'),
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '≥' => out.push_str(">="),
            '≤' => out.push_str("<="),
            '├' | '│' => out.push('|'),
            '└' => out.push('`'),
            _ => out.push('?'),
        }
    }
    out
}
