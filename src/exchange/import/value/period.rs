//! Periods as workbooks write them: `2026-W47`, `Nov 2026`, `11/2026`, `Q4 2026`.

use crate::model::Period;

use super::date;

/// A period as files have it, and a month or quarter as workbooks write it: `Nov 2026`, `11/2026`, `Q4 2026`.
pub fn read(text: &str) -> Option<Period> {
    let bare = text.trim();
    if let Ok(period) = bare.parse::<Period>() {
        return Some(period);
    }
    // A day stands for its month: a workbook keeps a month as its first day.
    if let date::Said::Day(day) = date::read(bare, None) {
        return day.to_string().get(..7)?.parse().ok();
    }
    if bare.contains(char::is_alphabetic)
        && let date::Said::Day(day) = date::read(&format!("1 {bare}"), None)
    {
        return day.to_string().get(..7)?.parse().ok();
    }
    let parts: Vec<&str> = bare.split(['/', '-', ' ', '.']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [month, year] if year.len() == 4 && month.len() <= 2 && month.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{year}-{month:0>2}").parse().ok()
        }
        [first, second] => {
            let (word, year) = if first.len() == 4 { (second, first) } else { (first, second) };
            format!("{year}-{}", word.to_uppercase()).parse().ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_workbooks_write_them() {
        let said = |text: &str| read(text).map(|period| period.to_string()).unwrap_or_default();
        for text in ["2026-11", "Nov 2026", "11/2026", "2026-11-01", "November 2026"] {
            assert_eq!(said(text), "2026-11", "{text}");
        }
        assert_eq!((said("Q4 2026").as_str(), said("2026-w47").as_str()), ("2026-Q4", "2026-W47"));
        assert_eq!((said("soon"), said("13/2026")), (String::new(), String::new()));
    }
}
