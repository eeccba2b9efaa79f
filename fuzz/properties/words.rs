//! References, dates, periods, numbers and paths: what is read is written so that it is read as the same.

use pmo::model::{Cadence, Date, Number, Period, RecordId, Ref, Target};
use pmo::syntax::{parse_path, write_path};
use pmo::text::escape;

use super::harmless;

/// The input is one word.
pub fn holds(input: &[u8]) {
    let Ok(word) = std::str::from_utf8(input) else { return };
    if let Ok(date) = word.parse::<Date>() {
        assert!(date.to_string().parse() == Ok(date), "{date}");
        for days in [1, -1, 36_500, i64::MAX, i64::MIN] {
            let _ = date.plus_days(days).days_since(date);
        }
        // The weeks of the year 0 may be of a year before it, which nobody writes.
        for cadence in [Cadence::Weekly, Cadence::Monthly, Cadence::Quarterly] {
            if date.year() > 0 {
                period(Period::containing(date, cadence));
            }
        }
    }
    if let Ok(found) = word.parse::<Period>() {
        period(found);
    }
    if let Ok(number) = word.parse::<Number>() {
        let again: Result<Number, _> = number.to_string().parse();
        assert!(again.is_ok_and(|again| again.get() == number.get()), "{number}");
    }
    if let Some(steps) = parse_path(word) {
        assert!(parse_path(&write_path(&steps)) == Some(steps), "{word}");
    }
    if let Some(id) = RecordId::at_path(word) {
        assert!(id.path() == word, "{word} is the place of {id}, whose place is {}", id.path());
        named(&id.reference(), &id);
    }
    for home in [None, Some("crm")] {
        if let Some(Target::Record(id)) = Ref::new(word).target(home) {
            named(&id.reference(), &id);
            assert!(RecordId::at_path(&id.path()) == Some(id.clone()), "{id} is not at {}", id.path());
        }
    }
    harmless(&escape::terminal(word));
}

fn named(reference: &Ref, id: &RecordId) {
    let found = reference.target(None);
    let names_it = match &found {
        Some(Target::Record(found)) => found == id,
        // Projects, programmes and objectives share one set of names.
        Some(Target::Named(name)) => *name == id.stem() || *name == id.home,
        _ => false,
    };
    assert!(names_it, "{id} is called {reference}, which is {found:?}");
}

fn period(period: Period) {
    assert!(period.to_string().parse() == Ok(period), "{period}");
    assert!(period.first() <= period.last(), "{period}");
    let _ = (period.next(), period.previous(), period.spoken());
}
