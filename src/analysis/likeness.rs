//! Texts that may say the same: suggested to people, never merged.
//!
//! Two texts are alike when the Sørensen–Dice coefficient of the letter pairs of their words, in the order of the
//! alphabet, is at least [`ALIKE`]. Only texts that share one of their rare words are compared, so that the cost grows
//! with the number of texts and not with its square.

use std::collections::{BTreeMap, HashMap};

/// From which share on texts are alike.
pub const ALIKE: f64 = 0.72;

/// A word in more texts than this tells nothing of any of them.
const COMMON: usize = 60;
/// How many of a text's words, the rarest first, lead to others.
const TRACES: usize = 4;
/// Words that say nothing by themselves.
const EMPTY: [&str; 24] = [
    "and", "are", "because", "before", "but", "can", "could", "does", "for", "from", "has", "have", "into",
    "its", "may", "more", "not", "our", "that", "the", "than", "this", "will", "with",
];

/// The groups of texts that are alike, each in the order in which they were given, those with the most first.
///
/// What is alike to one of a group belongs to it. Empty texts are alike to none.
pub fn groups(texts: &[&str]) -> Vec<Vec<usize>> {
    // Texts of the same words are one text, however many there are.
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        let words = words(text);
        if !words.is_empty() {
            same.entry(words.join(" ")).or_default().push(at);
        }
    }
    let kinds: Vec<(&str, &Vec<usize>)> = same.iter().map(|(words, at)| (words.as_str(), at)).collect();
    let mut holding: HashMap<&str, Vec<usize>> = HashMap::new();
    for (kind, (words, _)) in kinds.iter().enumerate() {
        for word in words.split(' ') {
            holding.entry(word).or_default().push(kind);
        }
    }
    let mut joined: Vec<usize> = (0..kinds.len()).collect();
    for (kind, (words, _)) in kinds.iter().enumerate() {
        let mut traces: Vec<&Vec<usize>> = words
            .split(' ')
            .filter_map(|word| holding.get(word))
            .filter(|held| held.len() <= COMMON)
            .collect();
        traces.sort_by_key(|held| held.len());
        for other in traces.into_iter().take(TRACES).flatten().copied() {
            if other > kind
                && root(&mut joined, other) != root(&mut joined, kind)
                && strsim::sorensen_dice(words, kinds[other].0) >= ALIKE
            {
                let (a, b) = (root(&mut joined, kind), root(&mut joined, other));
                joined[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (kind, (_, at)) in kinds.iter().enumerate() {
        groups.entry(root(&mut joined, kind)).or_default().extend(at.iter());
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    groups
}

/// The first of the group to which a text belongs.
fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}

/// The words that say something, each once, in the order of the alphabet.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && !EMPTY.contains(word))
        .map(|word| word.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(word).to_owned())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_for_the_same_are_found_and_other_things_are_not() {
        let texts = [
            "Integration partner leaves",
            "Data-mapping vendor misses the second workshop",
            "The integration partners leave",
            "Works council refuses the roll-out",
            "Vendor of data mapping misses second workshops",
            "Licence price rises",
            "integration PARTNER leaves!",
            "",
            "…",
        ];
        assert_eq!(groups(&texts), [vec![0, 2, 6], vec![1, 4]]);
        assert_eq!(groups(&[]), Vec::<Vec<usize>>::new());
        assert_eq!(groups(&["", "", "--"]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn many_texts_of_common_words_stay_cheap_and_equal_ones_are_still_found() {
        let texts: Vec<String> = (0..6000)
            .map(|at| format!("Supplier number x{}q{} delivers late", at / 2, at / 2 * 7919))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = groups(&texts);
        assert_eq!(found.len(), 3000);
        assert!(found.iter().all(|group| group.len() == 2));
    }
}
