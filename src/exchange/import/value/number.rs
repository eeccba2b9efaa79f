//! Numbers as people write them: `1.234,50`, `£1.2m`, `(300)`, `12 %`, `1 200 000`.

use rust_decimal::Decimal;

/// What a text says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// One number.
    Number(Written),
    /// One of two: with a point, or with a comma before the fraction.
    Either(Decimal, Decimal),
    /// None.
    Nothing,
}

/// A number, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The number; `12 %` is 12.
    pub number: Decimal,
    /// Whether it had the sign of a percentage.
    pub is_percent: bool,
    /// Whether it had a unit of its own, such as the m of £1.2m.
    pub has_unit: bool,
}

/// Codes and words that stand beside an amount and say nothing of its size.
const CURRENCIES: [&str; 24] = [
    "eur", "usd", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln", "czk", "huf", "aud", "cad", "nzd", "inr",
    "zar", "kr", "fr", "sfr", "euro", "euros", "days", "day", "fte",
];

/// Words for many.
const UNITS: [(&str, i64); 17] = [
    ("k", 1_000),
    ("tsd", 1_000),
    ("thousand", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mm", 1_000_000),
    ("mio", 1_000_000),
    ("mil", 1_000_000),
    ("million", 1_000_000),
    ("millions", 1_000_000),
    ("millionen", 1_000_000),
    ("bn", 1_000_000_000),
    ("b", 1_000_000_000),
    ("mrd", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("milliarden", 1_000_000_000),
    ("t", 1_000),
];

/// Reads a number; `decimal` is the sign before its fraction, where it is known.
pub fn read(text: &str, decimal: Option<char>) -> Said {
    let mut rest = text.trim().replace(['\u{2212}', '\u{2013}'], "-");
    if rest.is_empty() || rest.chars().count() > 60 {
        return Said::Nothing;
    }
    // 1'250.- has no fraction, and is not negative.
    for end in [".--", ",--", ".-", ",-"] {
        if let Some(whole) = rest.strip_suffix(end) {
            rest = whole.to_owned();
            break;
        }
    }
    let mut is_negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (is_negative, rest) = (true, inner.to_owned());
    }
    let lower = rest.to_lowercase();
    let is_percent = lower.contains('%');
    let signs = |c: char| "£$€¥₹₣%".contains(c);
    let mut unit = 1;
    let mut digits = String::new();
    let mut word = String::new();
    let mut has_sign = false;
    for c in lower.chars().filter(|c| !signs(*c)).chain([' ']) {
        if c.is_alphabetic() || (c == '.' && !word.is_empty()) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let Some(found) = unit_of(word.trim_end_matches('.')) else { return Said::Nothing };
            if unit != 1 && found != 1 {
                return Said::Nothing;
            }
            unit = unit.max(found);
            word.clear();
        }
        match c {
            '-' | '+' if !has_sign => {
                has_sign = true;
                is_negative |= c == '-';
            }
            '0'..='9' | '.' | ',' => digits.push(c),
            // Signs between thousands; blanks at the ends fall away.
            '\'' | '’' | '_' => digits.push(' '),
            c if c.is_whitespace() => digits.push(' '),
            _ => return Said::Nothing,
        }
    }
    // A sign stands before the number or behind it, never within.
    if has_sign && !sign_is_outside(&rest) {
        return Said::Nothing;
    }
    let scale = Decimal::from(if is_negative { -unit } else { unit });
    let finished = |plain: Option<Decimal>| plain.and_then(|plain| plain.checked_mul(scale)).map(neat);
    match plain(digits.trim(), decimal) {
        Plain::One(number) => finished(Some(number)).map_or(Said::Nothing, |number| {
            Said::Number(Written { number, is_percent, has_unit: unit != 1 })
        }),
        Plain::Either(point, comma) => match (finished(Some(point)), finished(Some(comma))) {
            (Some(point), Some(comma)) => Said::Either(point, comma),
            _ => Said::Nothing,
        },
        Plain::None => Said::Nothing,
    }
}

/// A number without the zeros that multiplying left behind its point.
fn neat(number: Decimal) -> Decimal {
    if number.fract().is_zero() { number.trunc() } else { number }
}

fn unit_of(word: &str) -> Option<i64> {
    let known = UNITS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit);
    known.or_else(|| CURRENCIES.contains(&word).then_some(1))
}

fn sign_is_outside(text: &str) -> bool {
    let at = text.find(['-', '+']).unwrap_or(0);
    let is_digit = |c: char| c.is_ascii_digit();
    !text[..at].contains(is_digit) || !text[at..].contains(is_digit)
}

enum Plain {
    One(Decimal),
    Either(Decimal, Decimal),
    None,
}

/// Digits with signs between them; a blank is always a sign between thousands.
fn plain(text: &str, decimal: Option<char>) -> Plain {
    let read = |text: String| text.parse::<Decimal>().ok();
    let one = |found: Option<Decimal>| found.map_or(Plain::None, Plain::One);
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let with = |sign: char| {
        let other = if sign == ',' { '.' } else { ',' };
        let (whole, fraction) = text.split_once(sign).unwrap_or((text, ""));
        let sound = !fraction.contains([',', '.', ' ']) && is_grouped(whole, other);
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        if !sound || (digits.is_empty() && fraction.is_empty()) {
            return None;
        }
        let digits = if digits.is_empty() { "0".to_owned() } else { digits };
        read(if fraction.is_empty() { digits } else { format!("{digits}.{fraction}") })
    };
    match (decimal, points, commas) {
        (Some(sign), _, _) => one(with(sign)),
        (None, _, 0) if points <= 1 => one(with('.')),
        (None, 0, 1) => {
            let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
            let may_be_thousands = fraction.len() == 3
                && (1..=3).contains(&whole.len())
                && !whole.starts_with('0')
                && !whole.contains(' ');
            match (with('.'), with(',')) {
                (Some(point), Some(comma)) if may_be_thousands => Plain::Either(point, comma),
                (_, comma) => one(comma),
            }
        }
        (None, _, 0) => one(with(',')),
        (None, 0, _) => one(with('.')),
        (None, _, _) => one(with(if text.rfind('.') > text.rfind(',') { '.' } else { ',' })),
    }
}

/// Whether a whole number has no signs, or signs between groups: three digits at the end, two or three before.
fn is_grouped(whole: &str, sign: char) -> bool {
    let groups: Vec<&str> = whole.split([sign, ' ']).collect();
    match groups.as_slice() {
        [one] => one.bytes().all(|b| b.is_ascii_digit()),
        [first, middle @ .., last] => {
            let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
            (1..=3).contains(&first.len())
                && last.len() == 3
                && middle.iter().all(|group| matches!(group.len(), 2 | 3))
                && groups.iter().all(|group| digits(group))
        }
        [] => false,
    }
}

/// Which sign stands before the fraction, where a number shows it without doubt.
pub fn shows_decimal(text: &str) -> Option<char> {
    let (point, comma) = (text.rfind('.'), text.rfind(','));
    let is_number = text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
    match (is_number, point, comma) {
        (true, Some(point), Some(comma)) if matches!(read(text, None), Said::Number(_)) => {
            Some(if point > comma { '.' } else { ',' })
        }
        (true, None, Some(_)) if matches!(read(text, None), Said::Number(_)) => {
            Some(if text.matches(',').count() > 1 { '.' } else { ',' })
        }
        (true, Some(_), None)
            if text.matches('.').count() > 1 && matches!(read(text, None), Said::Number(_)) =>
        {
            Some(',')
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str, decimal: Option<char>) -> String {
        match read(text, decimal) {
            Said::Number(written) => written.number.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("1200000", "1200000"),
            ("1,234,567.50", "1234567.50"),
            ("1.234.567,50", "1234567.50"),
            ("1 200 000", "1200000"),
            ("1\u{a0}200\u{202f}000,5", "1200000.5"),
            ("1'200'000", "1200000"),
            ("1_200_000", "1200000"),
            ("(300)", "-300"),
            ("(£1,234.00)", "-1234"),
            ("-5", "-5"),
            ("5-", "-5"),
            ("\u{2212}5.5", "-5.5"),
            ("£1.2m", "1200000"),
            ("EUR 12.50", "12.50"),
            ("12 %", "12"),
            ("1.5 bn", "1500000000"),
            ("0,125", "0.125"),
            ("12,5", "12.5"),
            ("CHF 1'250.-", "1250"),
            (".5", "0.5"),
        ] {
            assert_eq!(number(text, None), expected, "{text}");
        }
    }

    #[test]
    fn one_comma_before_three_digits_could_be_either() {
        assert_eq!(read("1,200", None), Said::Either(1200.into(), Decimal::new(1200, 3)));
        assert_eq!(number("1,200", Some('.')), "1200");
        assert_eq!(number("1,200", Some(',')), "1.200");
        assert_eq!(number("1.200", None), "1.200", "a point is a point, as programs write it");
        assert_eq!(number("1.200", Some(',')), "1200");
        assert_eq!(number("1.234,5", Some('.')), "Nothing", "what was said is kept to");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", "abc", "12-34", "1.2.3", "12 34", "5 apples", "1,2,3", "--5", "£", "2026-11-20", "1e9x"]
        {
            assert_eq!(read(text, None), Said::Nothing, "{text}");
        }
    }

    #[test]
    fn some_numbers_show_their_signs() {
        let shown =
            ["1,234.5", "1.234,5", "12,50", "1,200", "1.5", "1.234.567", "31.12.24"].map(shows_decimal);
        assert_eq!(shown, [Some('.'), Some(','), Some(','), None, None, Some(','), None]);
    }
}
