//! What is wrong with scales that can be read: chance bands that overlap, a matrix of another size, limits out of order.

use rust_decimal::Decimal;

use super::super::Percent;
use super::{Band, ProbabilityLevel, RiskConfig, letters};

/// Something in `[risk]` that cannot be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands, such as `risk.red_from`.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

fn fault(key: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault { key: key.into(), message: message.into(), help: help.into() }
}

impl RiskConfig {
    /// Everything that cannot be meant.
    pub fn faults(&self, categories: &[String]) -> Vec<Fault> {
        let mut all = chances(&self.probability);
        all.extend(self.limit_faults());
        all.extend(self.matrix_faults());
        all.extend(self.word_faults(categories));
        all
    }

    fn limit_faults(&self) -> Vec<Fault> {
        let mut all = Vec::new();
        let ((amber, red), highest) = (self.limits(), self.highest());
        if amber >= red && (self.amber_from.is_some() || self.red_from.is_some()) {
            let key = if self.amber_from.is_some() { "amber_from" } else { "red_from" };
            let message = format!("the amber band begins at {amber} and the red band at {red}");
            all.push(fault(format!("risk.{key}"), message, "the red band begins above the amber band"));
        } else if let Some(red) = self.red_from.filter(|red| *red > highest) {
            let message = format!("the red band begins at {red}, and the highest score is {highest}");
            all.push(fault("risk.red_from", message, format!("write a score from 1 to {highest}")));
        }
        all
    }

    fn matrix_faults(&self) -> Vec<Fault> {
        if self.matrix.is_empty() {
            return Vec::new();
        }
        let (rows, columns) = (self.probability.len(), self.impact.len());
        let help = format!(
            "write {rows} lines of {columns} letters (G, A, R): the highest probability first, the lowest impact first"
        );
        if self.matrix.len() != rows {
            let message = format!(
                "the matrix has {} lines, and there are {rows} levels of probability",
                self.matrix.len()
            );
            return vec![fault("risk.matrix", message, help)];
        }
        let mut all = Vec::new();
        for (at, line) in self.matrix.iter().enumerate() {
            let key = format!("risk.matrix[{at}]");
            let count = letters(line).count();
            if let Some(other) = letters(line).find(|letter| Band::of_letter(*letter).is_none()) {
                all.push(fault(key, format!("`{other}` is no band"), help.clone()));
            } else if count != columns {
                let message =
                    format!("the line has {count} letters, and there are {columns} levels of impact");
                all.push(fault(key, message, help.clone()));
            }
        }
        all
    }

    /// Words that name nothing: a dimension of an anchor, a category of the appetite; a colour that is none.
    fn word_faults(&self, categories: &[String]) -> Vec<Fault> {
        let mut all = Vec::new();
        for (at, level) in self.impact.iter().enumerate() {
            let unknown = level.anchor.keys().filter(|word| !self.knows_dimension(word));
            all.extend(unknown.map(|word| {
                let message = format!("`{word}` is no dimension of impact here");
                fault(format!("risk.impact[{at}].anchor"), message, "name it in `dimensions` under [risk]")
            }));
        }
        let unknown =
            self.appetite.category.keys().filter(|word| !categories.is_empty() && !categories.contains(word));
        all.extend(unknown.map(|word| {
            let message = format!("`{word}` is no risk category of this organisation");
            fault("risk.appetite.category", message, "[vocabulary] risk_category has the categories")
        }));
        for band in Band::ALL {
            let Some(colour) = &self.band.look(band).colour else { continue };
            let digits = colour.strip_prefix('#').unwrap_or("");
            if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                let key = format!("risk.band.{}.colour", band.word());
                all.push(fault(
                    key,
                    "this is no colour",
                    "write it like \"#b3261e\": # and six digits from 0 to f",
                ));
            }
        }
        all
    }

    /// Whether impacts may be judged in this; any word will do where none is listed.
    pub fn knows_dimension(&self, word: &str) -> bool {
        self.dimensions.is_empty() || self.dimensions.iter().any(|known| known == word)
    }
}

/// Chance bands that run backwards, overlap, or leave a gap; whole percents that follow each other (10, 11) meet.
fn chances(levels: &[ProbabilityLevel]) -> Vec<Fault> {
    let mut all = Vec::new();
    for (at, level) in levels.iter().enumerate() {
        if level.from > level.to {
            let message = format!("{} runs from {} down to {} %", named(level), level.from, level.to);
            all.push(fault(format!("risk.probability[{at}].to"), message, "`to` is the higher end"));
        }
    }
    if !all.is_empty() {
        return all;
    }
    for (at, pair) in levels.windows(2).enumerate() {
        let (below, above) = (&pair[0], &pair[1]);
        let Some(what) = between(below.to, above.from) else { continue };
        let message = format!(
            "the chances of {} (to {} %) and {} (from {} %) {what}",
            named(below),
            below.to,
            named(above),
            above.from
        );
        let help = "each band begins where the one before it ends";
        all.push(fault(format!("risk.probability[{}].from", at + 1), message, help));
    }
    all
}

/// What is wrong between the end of a band and the beginning of the next.
fn between(to: Percent, from: Percent) -> Option<&'static str> {
    let follow = to.0.is_integer() && from.0.is_integer() && from.0 - to.0 == Decimal::ONE;
    match from.cmp(&to) {
        std::cmp::Ordering::Less => Some("overlap"),
        std::cmp::Ordering::Greater if !follow => Some("leave a gap between them"),
        _ => None,
    }
}

fn named(level: &ProbabilityLevel) -> String {
    format!("`{}`", level.name)
}
