//! The word that was probably meant.

/// Finds the candidate that a mistyped word most likely stands for, if any is near enough.
///
/// Near are: the same letters in another case or with other separators, the same parts in another
/// order (`cost_forecast`), a few wrong letters (one in three at most, swapped neighbours count
/// once), and a beginning that stands for the whole (`percent` for `percent_complete`). Of equally
/// near candidates the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let length = word.chars().count();
    if length == 0 || length > 100 {
        return None;
    }
    let limit = match length {
        1 | 2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => length / 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = fold(candidate);
        let score = if other == word {
            0
        } else if parts(&other) == parts(&word) {
            1
        } else {
            let distance = strsim::damerau_levenshtein(&word, &other);
            let begins = (length >= 3 && other.starts_with(&word))
                || (other.chars().count() >= 4 && word.starts_with(&other));
            match (distance <= limit, begins) {
                (true, _) => distance,
                (false, true) => limit + 1,
                (false, false) => continue,
            }
        };
        if best.is_none_or(|(least, _)| score < least) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Lowers the case and makes all separators one.
fn fold(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', ' '], "-")
}

fn parts(word: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = word.split('-').collect();
    parts.sort_unstable();
    parts
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typical_slips_are_recognised() {
        let keys = ["percent_complete", "forecast_cost", "forecast_finish", "summary"];
        assert_eq!(nearest("percent_complet", keys), Some("percent_complete"));
        assert_eq!(nearest("percent", keys), Some("percent_complete"));
        assert_eq!(nearest("cost_forecast", keys), Some("forecast_cost"));
        assert_eq!(nearest("sumamry", keys), Some("summary"));
        let words = ["red", "amber", "green", "on-hold"];
        assert_eq!(nearest("Green", words), Some("green"));
        assert_eq!(nearest("gren", words), Some("green"));
        assert_eq!(nearest("on_hold", words), Some("on-hold"));
        assert_eq!(nearest("amber-ish", words), Some("amber"));
    }

    #[test]
    fn far_words_are_not_guessed() {
        assert_eq!(nearest("yellow", ["red", "amber", "green"]), None);
        assert_eq!(nearest("X", ["A", "B", "C"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest(&"x".repeat(5000), ["a"]), None);
    }

    #[test]
    fn the_nearest_wins_over_the_first() {
        assert_eq!(nearest("closd", ["close", "closed"]), Some("close"));
        assert_eq!(nearest("forecast_finis", ["forecast_cost", "forecast_finish"]), Some("forecast_finish"));
    }
}
