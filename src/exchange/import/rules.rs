//! How the cells of a column are read: what the mapping says, over what the table shows.

use rust_decimal::Decimal;

use crate::exchange::table::folded;

use super::value::date::Order;

/// How a percentage is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PercentForm {
    /// 0.12 is 12 %.
    Share,
    /// 12 is 12 %.
    Whole,
}

/// Words for nothing that are known without a mapping; `*` stands for any rest.
pub const MISSING: [&str; 16] = [
    "n/a",
    "n.a.",
    "#n/a",
    "n. a.",
    "not applicable",
    "not available",
    "-",
    "--",
    "–",
    "—",
    "null",
    "exempt under *",
    "tbc",
    "tbd",
    "?",
    "#value!",
];

/// Words for nothing that may well be a text.
const MAYBE_TEXT: [&str; 4] = ["null", "tbc", "tbd", "?"];

/// How cells are read.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Which of day and month comes first.
    pub order: Option<Order>,
    /// Whether numbers are a workbook's days, and count from 1904.
    pub serials: Option<bool>,
    /// The sign before a fraction.
    pub decimal: Option<char>,
    /// What every number is multiplied with.
    pub unit: Option<Decimal>,
    /// How a percentage is written.
    pub percent: Option<PercentForm>,
    /// Words for nothing, beside those that are known.
    pub missing: Vec<String>,
    /// Words and what they mean; `missing` means nothing.
    pub words: Vec<(String, String)>,
    /// What stands between the elements of a list.
    pub split: Option<String>,
    /// Whether texts are taken as they stand, as `pmo export` wrote them.
    pub keeps_blanks: bool,
}

impl Rules {
    /// What a word means by the word list.
    pub fn word(&self, text: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let text = folded(text);
        self.words.iter().find(|(word, _)| fits(&folded(word), &text)).map(|(_, meaning)| meaning.as_str())
    }

    /// Whether a text is a word for nothing.
    pub fn is_missing(&self, text: &str, in_text: bool) -> bool {
        // Longer ones are only by pattern, and those begin with a letter.
        let text = folded(text);
        if self.missing.iter().any(|word| fits(&folded(word), &text)) {
            return true;
        }
        if in_text && self.keeps_blanks {
            return false;
        }
        MISSING.iter().any(|word| fits(word, &text) && !(in_text && MAYBE_TEXT.contains(word)))
    }

    /// The elements of a list that is written in one cell.
    pub fn split_list<'t>(&self, text: &'t str, at_commas: bool) -> Vec<&'t str> {
        let parts: Vec<&str> = match &self.split {
            Some(sign) if !sign.is_empty() => text.split(sign.as_str()).collect(),
            _ if text.contains(['\n', ';']) => text.split(['\n', ';']).collect(),
            _ if at_commas => text.split(',').collect(),
            _ => vec![text],
        };
        parts
            .into_iter()
            .map(|part| part.trim().trim_start_matches("• "))
            .filter(|part| !part.is_empty())
            .collect()
    }
}

/// Whether a text is the word, or begins as a word that ends in `*` does.
pub fn fits(word: &str, text: &str) -> bool {
    match word.strip_suffix('*').or_else(|| word.strip_suffix('…')) {
        Some(start) => text.starts_with(start),
        None => word == text,
    }
}
