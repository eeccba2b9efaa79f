//! What was withheld, in words: counts and sorts, never names.

use crate::model::audience::{Withheld, Withhold};
use crate::text;

/// The statement at the top of a report: `For sponsor (Sponsors): 3 projects, money and people's names are withheld.`
pub fn in_words(withheld: &Withheld) -> String {
    let mut things = Vec::new();
    for (count, noun) in [(withheld.projects, "project"), (withheld.records, "record")] {
        if count > 0 {
            things.push(text::count(count, noun));
        }
    }
    let sorts = [(Withhold::People, "people's names"), (Withhold::Money, "money"), (Withhold::Text, "texts")];
    let sorts = sorts.iter().filter(|(sort, _)| withheld.has(*sort));
    things.extend(sorts.map(|(_, words)| (*words).to_owned()));
    let only_one = match things.as_slice() {
        [one] => one.starts_with("1 ") || one == "money",
        _ => false,
    };
    let verb = if only_one { "is" } else { "are" };
    let what = match things.as_slice() {
        [] => "nothing is withheld".to_owned(),
        things => format!("{} {verb} withheld", text::list(things, "and")),
    };
    let title = withheld.title.as_deref().map(|title| format!(" ({title})")).unwrap_or_default();
    let mut said = format!("For {}{title}: {what}", withheld.audience);
    if withheld.others > 0 {
        let verb = text::plural(withheld.others, "is");
        said.push_str(&format!(
            "; {} {verb} not for this audience",
            text::count(withheld.others, "other project")
        ));
    }
    if !withheld.sections.is_empty() {
        let words: Vec<&str> = withheld.sections.iter().map(|section| section.word()).collect();
        said.push_str(&format!("; shown: {}", text::list(&words, "and")));
    }
    said + "."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::audience::Section;

    fn said(projects: usize, records: usize, others: usize, withhold: &[Withhold]) -> String {
        in_words(&Withheld {
            audience: "public".into(),
            title: None,
            withhold: withhold.to_vec(),
            projects,
            records,
            others,
            sections: Vec::new(),
        })
    }

    #[test]
    fn none_one_and_many_read_well() {
        use Withhold::{Confidential, Money, People, Text};
        assert_eq!(said(0, 0, 0, &[Confidential]), "For public: nothing is withheld.");
        assert_eq!(said(1, 0, 0, &[Confidential]), "For public: 1 project is withheld.");
        assert_eq!(said(0, 0, 0, &[Money]), "For public: money is withheld.");
        assert_eq!(said(0, 0, 0, &[People]), "For public: people's names are withheld.");
        assert_eq!(
            said(3, 1, 2, &[Confidential, People, Money, Text]),
            "For public: 3 projects, 1 record, people's names, money and texts are withheld; 2 other projects are not \
             for this audience."
        );
        let withheld = Withheld {
            audience: "board".into(),
            title: Some("The board".into()),
            withhold: Vec::new(),
            projects: 0,
            records: 0,
            others: 1,
            sections: vec![Section::Attention, Section::Decisions],
        };
        assert_eq!(
            in_words(&withheld),
            "For board (The board): nothing is withheld; 1 other project is not for this audience; shown: attention \
             and decisions."
        );
    }
}
