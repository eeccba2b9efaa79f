//! A file that says some things, brought to say others: only what differs is changed, and each change is told.

use crate::load::tree_of;
use crate::model::field_change::{FieldChange, FieldValue};
use crate::syntax::{self, EditError, Mistake, Step};

use super::compose::{at, literal, put};

/// Sets the values that differ from what the text says, and says which they were.
pub fn adjust(
    text: &str,
    wanted: &[(Vec<Step>, FieldValue)],
) -> Result<(String, Vec<FieldChange>), EditError> {
    let tree = tree_of(text)
        .map_err(|message| EditError::Syntax(Box::new(Mistake::new("syntax", message, 0..0))))?;
    let mut adjusting = Adjusting { text: text.to_owned(), tree, changes: Vec::new() };
    for (path, value) in wanted {
        adjusting.bring(path, value)?;
    }
    Ok((adjusting.text, adjusting.changes))
}

/// Whether two values say the same; line ends and blanks at the end of a text say nothing.
pub fn is_same(one: &FieldValue, other: &FieldValue) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    match (one, other) {
        (FieldValue::Text(one), FieldValue::Text(other)) => one == other || plain(one) == plain(other),
        (FieldValue::List(one), FieldValue::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (FieldValue::Table(one), FieldValue::Table(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    other
                        .iter()
                        .find(|(known, _)| known == key)
                        .is_some_and(|(_, known)| is_same(value, known))
                })
        }
        _ => one == other,
    }
}

struct Adjusting {
    text: String,
    tree: FieldValue,
    changes: Vec<FieldChange>,
}

impl Adjusting {
    fn bring(&mut self, path: &[Step], value: &FieldValue) -> Result<(), EditError> {
        let before = at(&self.tree, path).cloned();
        if before.as_ref().is_some_and(|before| is_same(before, value)) {
            return Ok(());
        }
        match (&before, value) {
            (Some(FieldValue::Table(_)), FieldValue::Table(entries)) => {
                for (key, value) in entries {
                    self.bring(&[path, &[Step::Key(key.clone())]].concat(), value)?;
                }
                return Ok(());
            }
            (None, FieldValue::Table(entries)) if path.len() == 1 => {
                for (key, value) in entries {
                    self.bring(&[path, &[Step::Key(key.clone())]].concat(), value)?;
                }
                return Ok(());
            }
            (None | Some(FieldValue::List(_)), FieldValue::List(items))
                if !items.is_empty() && items.iter().all(|item| matches!(item, FieldValue::Table(_))) =>
            {
                return self.bring_tables(path, items);
            }
            _ => {}
        }
        let missing = path
            .iter()
            .position(|step| matches!(step, Step::Id(_)))
            .filter(|index| at(&self.tree, &path[..=*index]).is_none());
        if let (Some(1), [Step::Key(name), Step::Id(id), ..]) = (missing, path) {
            let own = ("id".to_owned(), syntax::NewValue::text(id.as_str()));
            self.text = syntax::append_table(&self.text, name, &[own])?;
            put(
                &mut self.tree,
                &path[..2],
                FieldValue::Table(vec![("id".into(), FieldValue::Text(id.clone()))]),
            );
        }
        self.text = syntax::set(&self.text, path, &literal(value))?;
        put(&mut self.tree, path, value.clone());
        self.changes.push(FieldChange {
            key: syntax::write_path(path),
            from: before,
            to: Some(value.clone()),
        });
        Ok(())
    }

    /// A list of tables: those of the same place are compared, more are appended, those too many are removed.
    fn bring_tables(&mut self, path: &[Step], items: &[FieldValue]) -> Result<(), EditError> {
        let known = match at(&self.tree, path) {
            Some(FieldValue::List(known)) => known.clone(),
            _ => Vec::new(),
        };
        for index in (items.len()..known.len()).rev() {
            let place = [path, &[Step::Index(index)]].concat();
            self.text = syntax::remove(&self.text, &place)?;
            let from = at(&self.tree, &place).cloned();
            self.changes.push(FieldChange { key: syntax::write_path(&place), from, to: None });
        }
        if let Some(FieldValue::List(list)) = self.at_mut(path) {
            list.truncate(items.len());
        }
        for (index, item) in items.iter().enumerate() {
            let place = [path, &[Step::Index(index)]].concat();
            let FieldValue::Table(entries) = item else { continue };
            if let Some(FieldValue::Table(before)) = known.get(index) {
                let gone = before.iter().filter(|(key, _)| !entries.iter().any(|(own, _)| own == key));
                for (key, value) in gone {
                    let place = [place.as_slice(), &[Step::Key(key.clone())]].concat();
                    self.text = syntax::remove(&self.text, &place)?;
                    let from = Some(value.clone());
                    self.changes.push(FieldChange { key: syntax::write_path(&place), from, to: None });
                }
                for (key, value) in entries {
                    self.bring(&[place.as_slice(), &[Step::Key(key.clone())]].concat(), value)?;
                }
                continue;
            }
            self.append(path, &place, entries, item)?;
        }
        Ok(())
    }

    /// Adds one more table to a list.
    fn append(
        &mut self,
        path: &[Step],
        place: &[Step],
        entries: &[(String, FieldValue)],
        item: &FieldValue,
    ) -> Result<(), EditError> {
        let [Step::Key(name)] = path else {
            return Err(EditError::Unproved(syntax::write_path(path)));
        };
        let written: Vec<_> = entries.iter().map(|(key, value)| (key.clone(), literal(value))).collect();
        self.text = syntax::append_table(&self.text, name, &written)?;
        put(&mut self.tree, place, item.clone());
        self.changes.push(FieldChange { key: syntax::write_path(place), from: None, to: Some(item.clone()) });
        Ok(())
    }

    fn at_mut(&mut self, path: &[Step]) -> Option<&mut FieldValue> {
        let mut here = &mut self.tree;
        for step in path {
            here = match (step, here) {
                (Step::Key(name), FieldValue::Table(entries)) => {
                    &mut entries.iter_mut().find(|(key, _)| key == name)?.1
                }
                _ => return None,
            };
        }
        Some(here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse_path;

    fn wanted(pairs: &[(&str, FieldValue)]) -> Vec<(Vec<Step>, FieldValue)> {
        pairs.iter().map(|(path, value)| (parse_path(path).unwrap(), value.clone())).collect()
    }

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.into())
    }

    #[test]
    fn only_what_differs_is_changed_and_comments_stay() {
        let file = "name = \"CRM\" # ours\nmanager = \"jana\"\n\n[budget]\napproved = 1_200_000 # agreed\n\n\
                    [[milestone]]\nid = \"go-live\" # wave 1\nbaseline = 2027-01-31\n";
        let number = |number: &str| FieldValue::Number(number.parse().unwrap());
        let date = |day: &str| FieldValue::Date(day.parse().unwrap());
        let pairs = wanted(&[
            ("name", text("CRM")),
            ("budget.approved", number("1300000.00")),
            ("division", text("Sales")),
            ("milestone[id=go-live].baseline", date("2027-01-31")),
            ("milestone[id=done].baseline", date("2027-03-31")),
            ("custom.jira", text("PM-1")),
        ]);
        let (after, changes) = adjust(file, &pairs).unwrap();
        let keys: Vec<&str> = changes.iter().map(|change| change.key.as_str()).collect();
        assert_eq!(keys, ["budget.approved", "division", "milestone[id=done].baseline", "custom.jira"]);
        assert!(after.contains("name = \"CRM\" # ours"), "{after}");
        assert!(after.contains("approved = 1_300_000.00 # agreed"), "{after}");
        let (again, none) = adjust(&after, &pairs).unwrap();
        assert_eq!((again, none.len()), (after, 0));
    }

    #[test]
    fn a_list_of_tables_is_compared_place_by_place() {
        let file = "name = \"x\"\n\n[[cost]]\ncategory = \"a\" # first\napproved = 1\n\n[[cost]]\ncategory = \"b\"\n";
        let line = |category: &str| FieldValue::Table(vec![("category".into(), text(category))]);
        let pairs = wanted(&[("cost", FieldValue::List(vec![line("a"), line("c"), line("d")]))]);
        let (after, changes) = adjust(file, &pairs).unwrap();
        assert_eq!(changes.len(), 3, "{changes:?}");
        assert!(
            after.contains(
                "category = \"a\" # first\n\n[[cost]]\ncategory = \"c\"\n\n[[cost]]\ncategory = \"d\""
            ),
            "{after}"
        );
        let fewer = wanted(&[("cost", FieldValue::List(vec![line("a")]))]);
        let (less, _) = adjust(&after, &fewer).unwrap();
        assert_eq!(less.matches("[[cost]]").count(), 1, "{less}");
    }
}
