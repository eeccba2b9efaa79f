//! Typed values as people read them. The only place that rounds: half to even, once, at the end.

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::document::{Cell, Document, Face, Rating};

use super::locale::Locale;
use super::marks::Marks;

/// How values are written.
pub struct Figures {
    /// Whether money is written with all its digits.
    pub exact: bool,
    /// The day that the page speaks of; its year is left out of dates.
    pub day: NaiveDate,
    /// The markers and signs that the destination can show.
    pub marks: Marks,
    /// How dates and numbers are written.
    pub locale: Locale,
}

/// How amounts of money are shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// By three digits, as in a sentence: `14.2 M`, `640 k`.
    Sentence,
    /// In millions with two decimals wherever possible, so that a column lines up: `0.64 M`.
    Column,
}

/// A space at which no line breaks, so that a figure stays with its unit.
pub const TIED: char = '\u{a0}';

const THOUSAND: Decimal = Decimal::ONE_THOUSAND;
const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
const BILLION: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

impl Figures {
    /// How the values of this page are written where these markers can be shown.
    pub fn new(document: &Document, exact: bool, marks: Marks) -> Self {
        Self { exact, day: document.day, marks, locale: Locale::of(document.language) }
    }

    /// The text of a value, unescaped; `unit` is what its column already says.
    pub fn cell(&self, cell: &Cell, unit: Option<&str>, short: Short) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Missing => self.marks.missing.to_owned(),
            Cell::Text(text) | Cell::Reference(text) => text.clone(),
            Cell::Integer(number) => number.to_string(),
            Cell::Number { value, decimals, unit: own } => {
                let text = self.locale.number(&rounded(*value, *decimals));
                with_unit(text, own.as_deref(), unit)
            }
            Cell::Money { amount, currency, signed } => {
                let amount = if self.exact { minor(*amount, currency) } else { *amount };
                let text = self.money(amount, *signed, short);
                with_unit(text, Some(currency), unit)
            }
            Cell::Percent { value, decimals, signed } => {
                // To the last digit is for money; a share of it is a quotient, and would never end.
                let number = if self.exact {
                    round(*value, 2).normalize().to_string()
                } else {
                    rounded(*value, *decimals)
                };
                let (sign, number) = (plus(*signed, *value, &number), self.locale.short_number(&number));
                format!("{sign}{number}{}%", self.locale.before_percent())
            }
            Cell::Date(date) => self.date(*date),
            Cell::Span(first, last) => self.locale.span(*first, *last),
            Cell::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Cell::Days(days) if *days > 0 => format!("+{days}"),
            Cell::Days(days) => days.to_string(),
            Cell::Rating(rating) => self.rating(*rating),
            Cell::Spark(values) => self.spark(values),
        }
    }

    /// A chart in one line: the lowest value is the lowest step, the highest the highest; values that are
    /// all one stand in the middle.
    fn spark(&self, values: &[Option<Decimal>]) -> String {
        let known = || values.iter().flatten().copied();
        let (Some(low), Some(high)) = (known().min(), known().max()) else { return String::new() };
        let top = self.marks.steps.len() - 1;
        let step = |value: Decimal| {
            let share = value
                .checked_sub(low)?
                .checked_mul(Decimal::from(top))?
                .checked_div(high.checked_sub(low)?)?;
            usize::try_from(round(share, 0).mantissa()).ok()
        };
        let sign = |value: &Option<Decimal>| match value {
            None => self.marks.missing,
            Some(value) => self.marks.steps[step(*value).unwrap_or(top / 2).min(top)],
        };
        values.iter().map(sign).collect()
    }

    /// A date in short: `14 Sep`, with the year when it is not the page's.
    pub fn date(&self, date: NaiveDate) -> String {
        self.locale.date(date, date.year() != self.day.year())
    }

    /// A rating as marker, word or both, and its movement.
    pub fn rating(&self, rating: Rating) -> String {
        let mut text = match rating.face {
            Face::Shape => self.marks.of(rating).to_owned(),
            Face::Word => rating.level.word().to_owned(),
            Face::Both => format!("{}{TIED}{}", self.marks.of(rating), rating.level.word()),
        };
        if let Some(trend) = rating.trend {
            text.push(TIED);
            text.push_str(self.marks.arrow(trend));
        }
        text
    }

    fn money(&self, amount: Decimal, signed: bool, short: Short) -> String {
        let text = match self.exact {
            true => self.locale.number(&amount.to_string()),
            false => shortened(amount, short, &self.locale),
        };
        format!("{}{text}", plus(signed, amount, &text))
    }
}

fn plus(signed: bool, value: Decimal, shown: &str) -> &'static str {
    let shows_nothing = !shown.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if signed && value > Decimal::ZERO && !shows_nothing { "+" } else { "" }
}

fn with_unit(text: String, own: Option<&str>, said: Option<&str>) -> String {
    match own {
        Some(own) if !own.is_empty() && Some(own) != said => format!("{text}{TIED}{own}"),
        _ => text,
    }
}

fn round(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointNearestEven)
}

/// An amount to the smallest coin of its currency, half to even; one whose currency is said elsewhere to the four
/// decimals beyond which no currency goes.
pub(super) fn minor(amount: Decimal, currency: &str) -> Decimal {
    let decimals = if currency.is_empty() { 4 } else { crate::model::finance::minor_units(currency) };
    round(amount, decimals)
}

/// Rounded half to even, with exactly this many decimals and no negative zero.
fn rounded(value: Decimal, decimals: u32) -> String {
    let value = round(value, decimals);
    let value = if value.is_zero() { Decimal::ZERO } else { value };
    format!("{value:.*}", decimals as usize)
}

/// Money in short: `3.20 M`, `640 k`, `850`.
fn shortened(amount: Decimal, short: Short, locale: &Locale) -> String {
    let size = amount.abs();
    let column = short == Short::Column;
    let smallest_million = if column { THOUSAND * Decimal::ONE_HUNDRED } else { MILLION };
    let written = |digits: String, unit: &str| format!("{}{TIED}{unit}", locale.short_number(&digits));
    // The unit is chosen by the rounded figure, so that 999 600 is `1.00 M` and not `1000 k`.
    if round(size, 0) < THOUSAND {
        return rounded(amount, 0);
    }
    let thousands = amount / THOUSAND;
    if size < smallest_million && round(thousands.abs(), 0) < THOUSAND {
        let decimals = if !column && round(thousands.abs(), 1) < Decimal::TEN { 1 } else { 0 };
        return written(rounded(thousands, decimals), locale.thousand());
    }
    let millions = amount / MILLION;
    if round(millions.abs(), if column { 1 } else { 0 }) < THOUSAND {
        return written(three_digits(millions, column), locale.million());
    }
    written(three_digits(amount / BILLION, column), locale.billion())
}

fn three_digits(value: Decimal, column: bool) -> String {
    let size = value.abs();
    let decimals = if round(size, 2) < Decimal::TEN || (column && round(size, 2) < Decimal::ONE_HUNDRED) {
        2
    } else if round(size, 1) < Decimal::ONE_HUNDRED || column {
        1
    } else {
        0
    };
    rounded(value, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Level, Trend};
    use crate::model::Language;
    use crate::render::marks::{ASCII, UNICODE};

    fn figures(exact: bool) -> Figures {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        Figures { exact, day, marks: UNICODE, locale: Locale::of(Language::EnGb) }
    }

    fn show(cell: &Cell) -> String {
        figures(false).cell(cell, None, Short::Sentence).replace(TIED, " ")
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn money_in_a_sentence_has_three_digits() {
        let british = Locale::of(Language::EnGb);
        for (amount, shown) in [
            ("14200000", "14.2 M"),
            ("8900000", "8.90 M"),
            ("999600", "1.00 M"),
            ("999499", "999 k"),
            ("180000", "180 k"),
            ("4200", "4.2 k"),
            ("9960", "10 k"),
            ("999.5", "1.0 k"),
            ("850", "850"),
            ("0", "0"),
            ("-0.2", "0"),
            ("-3200000", "-3.20 M"),
            ("114000000", "114 M"),
            ("1250000000", "1.25 bn"),
            ("0.5", "0"),
            ("1.5", "2"),
            ("2.5", "2"),
        ] {
            assert_eq!(
                shortened(decimal(amount), Short::Sentence, &british).replace(TIED, " "),
                shown,
                "{amount}"
            );
        }
    }

    #[test]
    fn money_in_a_column_lines_up_in_millions() {
        let british = Locale::of(Language::EnGb);
        for (amount, shown) in [
            ("3200000", "3.20 M"),
            ("640000", "0.64 M"),
            ("14200000", "14.20 M"),
            ("214000000", "214.0 M"),
            ("48000", "48 k"),
            ("850", "850"),
        ] {
            assert_eq!(
                shortened(decimal(amount), Short::Column, &british).replace(TIED, " "),
                shown,
                "{amount}"
            );
        }
    }

    #[test]
    fn exact_money_keeps_every_digit_and_its_currency() {
        let cell = Cell::money(decimal("1250000.50"), "EUR");
        let text = figures(true).cell(&cell, None, Short::Sentence);
        assert_eq!(text.replace(TIED, " "), "1 250 000.50 EUR");
        assert_eq!(figures(true).cell(&cell, Some("EUR"), Short::Column).replace(TIED, " "), "1 250 000.50");
    }

    #[test]
    fn another_country_has_its_own_signs() {
        let all = [
            Cell::money(decimal("3200000"), "EUR"),
            Cell::money_change(decimal("-60400"), "EUR"),
            Cell::percent_change(decimal("11.6")),
            Cell::number(decimal("0.954"), 2),
            Cell::date(NaiveDate::from_ymd_opt(2027, 2, 28).unwrap()),
        ];
        let show = |language: Language, exact: bool| {
            let figures = Figures { locale: Locale::of(language), ..figures(exact) };
            all.clone().map(|cell| figures.cell(&cell, None, Short::Sentence).replace(TIED, " ")).join(" | ")
        };
        let german = "3,20 Mio. EUR | -60 Tsd. EUR | +12 % | 0,95 | 28. Feb. 2027";
        assert_eq!(show(Language::DeDe, false), german);
        assert_eq!(show(Language::EnUs, false), "3.20 M EUR | -60 k EUR | +12% | 0.95 | Feb 28, 2027");
        let exact = "3.200.000 EUR | -60.400 EUR | +11,6 % | 0,95 | 28. Feb. 2027";
        assert_eq!(show(Language::DeDe, true), exact);
    }

    #[test]
    fn signs_say_which_way_and_nothing_has_none() {
        assert_eq!(show(&Cell::percent_change(decimal("11.6"))), "+12 %");
        assert_eq!(show(&Cell::percent_change(decimal("-0.4"))), "0 %");
        assert_eq!(show(&Cell::percent_change(decimal("0.4"))), "0 %");
        assert_eq!(show(&Cell::Days(76)), "+76");
        assert_eq!(show(&Cell::Days(-3)), "-3");
        assert_eq!(show(&Cell::money_change(decimal("180000"), "EUR")), "+180 k EUR");
    }

    #[test]
    fn a_chart_in_one_line_runs_from_the_lowest_to_the_highest() {
        let spark = |values: &[&str]| {
            let value = |text: &&str| (*text != "·").then(|| decimal(text));
            Cell::Spark(values.iter().map(value).collect())
        };
        let rising = spark(&["20", "24", "·", "41.5", "58"]);
        assert_eq!(show(&rising), "▁▂·▅█");
        let ascii = Figures { marks: ASCII, ..figures(false) };
        assert_eq!(ascii.cell(&rising, None, Short::Column), "_..=#");
        assert_eq!(show(&spark(&["7", "7"])), "▄▄", "what stays is neither low nor high");
        assert_eq!(show(&spark(&["-1", "-3"])), "█▁");
        assert_eq!(show(&spark(&["79228162514264337593543950335", "-79228162514264337593543950335"])), "▄▄");
        assert_eq!(show(&spark(&["·", "·"])), "", "nothing is known");
    }

    #[test]
    fn a_date_has_its_year_when_it_is_not_this_one() {
        let date = |year, month, day| Cell::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert_eq!(show(&date(2026, 9, 14)), "14 Sep");
        assert_eq!(show(&date(2027, 2, 28)), "28 Feb 2027");
    }

    #[test]
    fn ratings_are_a_shape_and_a_word_before_a_colour() {
        let rating = Rating::both(Level::Red).moved(Some(Trend::Worse));
        assert_eq!(show(&Cell::Rating(rating)), "■ red ↓");
        let ascii = Figures { marks: ASCII, ..figures(false) };
        assert_eq!(ascii.rating(rating).replace(TIED, " "), "R red v");
    }
}
