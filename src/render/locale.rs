//! Dates and numbers as a country writes them, by the Unicode consortium's data; built once for a page.
//!
//! The default, British English, is written by a style of our own, which keeps columns narrow: three letters a month,
//! thousands apart by a blank. It asks no data and costs nothing.

use chrono::{Datelike, NaiveDate};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MD, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale as Tag;

use crate::model::Language;

use super::figures::TIED;

/// How a country writes dates and numbers.
pub struct Locale {
    signs: &'static Signs,
    /// Nothing for the style of our own.
    data: Option<Data>,
}

/// What the consortium's data say, ready for use.
struct Data {
    day: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    day_of_year: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    number: DecimalFormatter,
}

/// The short words of big amounts, and what stands before a percent sign.
struct Signs {
    thousand: &'static str,
    million: &'static str,
    billion: &'static str,
    before_percent: &'static str,
}

const fn signs(words: [&'static str; 3], before_percent: &'static str) -> Signs {
    let [thousand, million, billion] = words;
    Signs { thousand, million, billion, before_percent }
}

static BRITISH: Signs = signs(["k", "M", "bn"], "\u{a0}");
static ENGLISH: Signs = signs(["k", "M", "bn"], "");
static GERMAN: Signs = signs(["Tsd.", "Mio.", "Mrd."], "\u{a0}");
static SWISS: Signs = signs(["Tsd.", "Mio.", "Mrd."], "");
static FRENCH: Signs = signs(["k", "M", "Md"], "\u{a0}");
static DUTCH: Signs = signs(["dzd.", "mln.", "mld."], "");
static DANISH: Signs = signs(["t", "mio.", "mia."], "\u{a0}");
static SWEDISH: Signs = signs(["tn", "mn", "md"], "\u{a0}");

impl Locale {
    /// Looks up how a language writes.
    pub fn of(language: Language) -> Self {
        let signs = match language {
            Language::EnGb => return Self { signs: &BRITISH, data: None },
            Language::EnIe | Language::EnUs => &ENGLISH,
            Language::DeDe | Language::DeAt => &GERMAN,
            Language::DeCh => &SWISS,
            Language::FrFr => &FRENCH,
            Language::NlNl => &DUTCH,
            Language::DaDk => &DANISH,
            Language::SvSe => &SWEDISH,
        };
        // The data of every language we know are compiled in; a test asks for each.
        Self { signs, data: Data::of(language) }
    }

    /// A date in short: `14 Sep`, `14. Sept.`; with its year where that is wanted.
    pub fn date(&self, date: NaiveDate, with_year: bool) -> String {
        let month = u8::try_from(date.month()).unwrap_or(1);
        let day = u8::try_from(date.day()).unwrap_or(1);
        let known = self.data.as_ref().zip(Date::try_new_gregorian(date.year(), month, day).ok());
        let Some((data, civil)) = known else { return british(date, with_year) };
        let short = data.day.format(&civil).to_string();
        let written = if with_year {
            let long = data.day_of_year.format(&civil).to_string();
            // A month that is a word in one column is not a number in the next.
            if long.contains(char::is_alphabetic) { long } else { format!("{short} {}", date.year()) }
        } else {
            short
        };
        tied(&written)
    }

    /// Several days on end: `16–22 Nov 2026`, `16. Nov. – 22. Nov. 2026`.
    pub fn span(&self, first: NaiveDate, last: NaiveDate) -> String {
        let is_of_one_year = first.year() == last.year();
        if self.data.is_none() && is_of_one_year && first.month() == last.month() {
            return format!("{}–{}", first.day(), self.date(last, true));
        }
        format!("{}{TIED}–{TIED}{}", self.date(first, !is_of_one_year), self.date(last, true))
    }

    /// A number, given in digits with a decimal point, with its thousands apart.
    pub fn number(&self, digits: &str) -> String {
        let parsed = self.data.as_ref().zip(Decimal::try_from_str(digits).ok());
        let Some((data, number)) = parsed else { return grouped(digits) };
        // One minus sign everywhere, the one that a keyboard has.
        tied(&data.number.format(&number).to_string()).replace('\u{2212}', "-")
    }

    /// A number in few digits, which are not grouped by our own style.
    pub fn short_number(&self, digits: &str) -> String {
        if self.data.is_some() { self.number(digits) } else { digits.to_owned() }
    }

    /// A thousand, in short.
    pub fn thousand(&self) -> &'static str {
        self.signs.thousand
    }

    /// A million, in short.
    pub fn million(&self) -> &'static str {
        self.signs.million
    }

    /// A thousand millions, in short.
    pub fn billion(&self) -> &'static str {
        self.signs.billion
    }

    /// What stands between a figure and its percent sign.
    pub fn before_percent(&self) -> &'static str {
        self.signs.before_percent
    }
}

impl Data {
    fn of(language: Language) -> Option<Self> {
        let tag: Tag = language.tag().parse().ok()?;
        Some(Self {
            day: FixedCalendarDateTimeFormatter::try_new((&tag).into(), MD::medium()).ok()?,
            day_of_year: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YMD::medium()).ok()?,
            number: DecimalFormatter::try_new((&tag).into(), Default::default()).ok()?,
        })
    }
}

/// Blanks at which no line breaks, and of one width.
fn tied(written: &str) -> String {
    written.replace([' ', '\u{202f}'], &TIED.to_string())
}

fn british(date: NaiveDate, with_year: bool) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS[date.month0() as usize];
    if with_year {
        format!("{}{TIED}{month}{TIED}{}", date.day(), date.year())
    } else {
        format!("{}{TIED}{month}", date.day())
    }
}

/// The digits with thousands apart: `1 250 000.50`.
fn grouped(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(TIED);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_writes_as_its_country_does() {
        let plain = |text: String| text.replace(TIED, " ");
        for (language, day, long, number, small) in [
            (Language::EnGb, "14 Sep", "14 Sep 2026", "-1 250 000.50", "999.5"),
            (Language::EnIe, "14 Sept", "14 Sept 2026", "-1,250,000.50", "999.5"),
            (Language::EnUs, "Sep 14", "Sep 14, 2026", "-1,250,000.50", "999.5"),
            (Language::DeDe, "14. Sept.", "14. Sept. 2026", "-1.250.000,50", "999,5"),
            (Language::DeAt, "14. Sep.", "14. Sep. 2026", "-1 250 000,50", "999,5"),
            (Language::DeCh, "14. Sept.", "14. Sept. 2026", "-1'250'000.50", "999.5"),
            (Language::FrFr, "14 sept.", "14 sept. 2026", "-1 250 000,50", "999,5"),
            (Language::NlNl, "14 sep", "14 sep 2026", "-1.250.000,50", "999,5"),
            (Language::DaDk, "14. sep.", "14. sep. 2026", "-1.250.000,50", "999,5"),
            (Language::SvSe, "14 sep.", "14 sep. 2026", "-1 250 000,50", "999,5"),
        ] {
            let locale = Locale::of(language);
            assert_eq!(locale.data.is_some(), language != Language::EnGb, "{language:?}");
            let date = NaiveDate::from_ymd_opt(2026, 9, 14).unwrap();
            assert_eq!(plain(locale.date(date, false)), day, "{language:?}");
            assert_eq!(plain(locale.date(date, true)), long, "{language:?}");
            assert_eq!(plain(locale.number("-1250000.50")), number, "{language:?}");
            assert_eq!(plain(locale.number("999.5")), small, "{language:?}");
        }
    }

    #[test]
    fn several_days_on_end_name_what_they_do_not_share() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let span = |language: Language, first: &str, last: &str| {
            Locale::of(language).span(date(first), date(last)).replace(TIED, " ")
        };
        let british = |first: &str, last: &str| span(Language::EnGb, first, last);
        assert_eq!(british("2026-11-16", "2026-11-22"), "16–22 Nov 2026");
        assert_eq!(british("2026-09-28", "2026-10-04"), "28 Sep – 4 Oct 2026");
        assert_eq!(british("2026-12-28", "2027-01-03"), "28 Dec 2026 – 3 Jan 2027");
        assert_eq!(span(Language::DeDe, "2026-11-16", "2026-11-22"), "16. Nov. – 22. Nov. 2026");
        assert_eq!(span(Language::EnUs, "2026-12-28", "2027-01-03"), "Dec 28, 2026 – Jan 3, 2027");
    }

    #[test]
    fn no_digit_is_lost_however_long_the_number() {
        let digits = "79228162514264337593543950335";
        for language in Language::ALL {
            let written = Locale::of(language).number(digits);
            assert_eq!(written.chars().filter(char::is_ascii_digit).collect::<String>(), digits);
        }
    }
}
