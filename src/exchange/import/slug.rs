//! Ids made of names: `Ümlaut & Co.` is `uemlaut-co`.

use crate::model::place::is_slug;

/// Letters that ASCII lacks, as they are spelt without their marks.
const SPELT: [(&str, &str); 24] = [
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("ß", "ss"),
    ("æ", "ae"),
    ("ø", "oe"),
    ("å", "a"),
    ("œ", "oe"),
    ("àáâãāăą", "a"),
    ("çćčĉ", "c"),
    ("ďđð", "d"),
    ("èéêëēėęě", "e"),
    ("ğģĝ", "g"),
    ("ìíîïīįı", "i"),
    ("ķ", "k"),
    ("łļľĺ", "l"),
    ("ñńňņ", "n"),
    ("òóôõōő", "o"),
    ("řŕ", "r"),
    ("śšşș", "s"),
    ("ťţțþ", "t"),
    ("ùúûūůűų", "u"),
    ("ýÿ", "y"),
    ("źżž", "z"),
];

/// A text in small letters and digits with single `-` between; letters with marks lose them.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if let Some((_, spelt)) = SPELT.iter().find(|(letters, _)| letters.contains(c)) {
            out.push_str(spelt);
        } else if !matches!(c, '\'' | '’') && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// The id that a name makes, where it makes one.
pub fn slug(name: &str) -> Option<String> {
    let mut slug = plain(name);
    if slug.len() > 64 {
        // At the end of a word, where there is one near.
        let end = slug[..64].rfind('-').filter(|end| *end > 40).unwrap_or(64);
        slug.truncate(end);
    }
    let slug = slug.trim_matches('-').to_owned();
    is_slug(&slug).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_make_ids() {
        for (name, id) in [
            ("CRM Migration", Some("crm-migration")),
            ("Ümlaut & Co.", Some("uemlaut-co")),
            ("Jana Nováková", Some("jana-novakova")),
            ("O'Brien, Liam", Some("obrien-liam")),
            ("…", None),
            ("CON", None),
        ] {
            assert_eq!(slug(name).as_deref(), id, "{name}");
        }
        assert!(slug(&"long words ".repeat(20)).is_some_and(|id| id.len() <= 64));
    }
}
