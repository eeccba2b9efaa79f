//! What sheets may be called: 31 signs, none of `[]:*?/\`, and no two alike whatever their case.

use std::collections::BTreeSet;

/// The longest name of a sheet, in UTF-16 units as Excel counts.
const LONGEST: usize = 31;

/// The names that are taken.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// A name like this one that a sheet may have and no other has.
    pub fn take(&mut self, wanted: &str) -> String {
        let plain: String =
            wanted.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
        let plain = plain.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        // Excel keeps that name for itself.
        let plain = match plain {
            "" => "Sheet",
            word if word.eq_ignore_ascii_case("history") => "History of",
            word => word,
        };
        let mut name = short(plain, LONGEST);
        let mut turn = 2;
        while !self.taken.insert(name.to_lowercase()) {
            let end = format!(" {turn}");
            name = short(plain, LONGEST - end.len()) + &end;
            turn += 1;
        }
        name
    }
}

/// As much of a text as is so many UTF-16 units long.
fn short(text: &str, longest: usize) -> String {
    let mut units = 0;
    let part: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= longest
        })
        .collect();
    part.trim_end_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_has_a_name_that_excel_allows_and_its_own() {
        let mut names = Names::default();
        let wanted = ["Risks", "risks", "a/b:c", "", "'x'", "History", "programme-status.hold_back"];
        let taken: Vec<String> = wanted.iter().map(|name| names.take(name)).collect();
        assert_eq!(
            taken,
            ["Risks", "risks 2", "a b c", "Sheet", "x", "History of", "programme-status.hold_back"]
        );
        let long = "𝕏".repeat(40);
        let (first, second) = (names.take(&long), names.take(&long));
        assert!(first.encode_utf16().count() <= 31 && second.encode_utf16().count() <= 31 && first != second);
    }
}
