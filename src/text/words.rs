//! Numbers and lists as people say them.

use std::borrow::Cow;

/// Says how many there are: `count(1, "project")` is "1 project", `count(3, "entry")` is "3 entries".
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {}", plural(number, noun))
}

/// Gives the noun in the form that the number needs; of several words the last one changes.
pub fn plural(number: usize, noun: &str) -> Cow<'_, str> {
    if number == 1 {
        return Cow::Borrowed(noun);
    }
    let irregular =
        [("person", "people"), ("analysis", "analyses"), ("is", "are"), ("was", "were"), ("has", "have")];
    for (one, many) in irregular {
        if let Some(rest) = noun.strip_suffix(one)
            && (rest.is_empty() || rest.ends_with(' '))
        {
            return Cow::Owned(format!("{rest}{many}"));
        }
    }
    let vowel_before_y = ["ay", "ey", "oy", "uy"].iter().any(|end| noun.ends_with(end));
    Cow::Owned(match noun.strip_suffix('y') {
        Some(stem) if !vowel_before_y => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh", "z"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    })
}

/// Joins words as in a sentence: `list(&["a", "b", "c"], "and")` is "a, b and c".
pub fn list<S: AsRef<str>>(words: &[S], conjunction: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {conjunction} {}", most.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(count(0, "finding"), "0 findings");
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(2, "entry"), "2 entries");
        assert_eq!(count(2, "day"), "2 days");
        assert_eq!(count(3, "person"), "3 people");
        assert_eq!(count(3, "status report"), "3 status reports");
        assert_eq!(count(3, "status"), "3 statuses");
        assert_eq!(count(2, "branch"), "2 branches");
        assert_eq!(plural(2, "is"), "are");
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(list::<&str>(&[], "and"), "");
        assert_eq!(list(&["red"], "or"), "red");
        assert_eq!(list(&["red", "green"], "or"), "red or green");
        assert_eq!(list(&["red", "amber", "green"], "or"), "red, amber or green");
    }
}
