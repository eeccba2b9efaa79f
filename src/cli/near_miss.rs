//! What was probably meant by a reference that leads nowhere: the same record of another project, or another
//! number of the same kind.

use crate::text;

/// How many references a hint names.
const SHOWN: usize = 6;

/// What to say of a reference with a number or a period that no record has; `known` are those that there are.
pub(super) fn hint(known: &[String], said: &str) -> Option<String> {
    if said.contains('#') {
        return None;
    }
    let Some((home, stem)) = said.split_once('/') else {
        let period = format!("period/{said}");
        if known.contains(&period) {
            return Some(format!("did you mean `{period}`?"));
        }
        let end = format!("/{said}");
        let found: Vec<String> =
            known.iter().filter(|id| id.ends_with(&end)).take(SHOWN).map(|id| format!("`{id}`")).collect();
        return (!found.is_empty()).then(|| format!("did you mean {}?", text::list(&found, "or")));
    };
    if !known.iter().any(|id| id == home) {
        return None;
    }
    let start = format!("{home}/");
    let stems: Vec<&str> = known.iter().filter_map(|id| id.strip_prefix(&start)).collect();
    let prefix = stem.split('-').next().unwrap_or(stem);
    let same: Vec<&str> =
        stems.iter().filter(|other| other.split('-').next() == Some(prefix)).copied().collect();
    let shown = |stems: Vec<&str>| match stems.as_slice() {
        [first, .., last] if stems.len() > SHOWN => format!("{home} has {first} to {last}"),
        stems => format!("{home} has {}", text::list(stems, "and")),
    };
    match (stems.is_empty(), same) {
        (true, _) => Some(format!("{home} has no records of its own yet")),
        (false, same) if same.is_empty() => {
            let kinds: Vec<&str> = stems.iter().take(SHOWN).copied().collect();
            let more = if stems.len() > SHOWN { ", …" } else { "" };
            Some(format!("{home} has no `{}-…`; it has {}{more}", text::terminal(prefix), kinds.join(", ")))
        }
        (false, same) => match text::nearest(stem, same.iter().copied()) {
            Some(near) => Some(format!("did you mean `{home}/{near}`?")),
            None => Some(shown(same)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn a_hint_stays_with_the_project_and_the_kind() {
        let known =
            ["crm", "crm/R-001", "crm/R-003", "crm/A-001", "erp", "erp/R-003", "wifi", "period/2026-W46"]
                .map(str::to_owned);
        let of = |said| hint(&known, said);
        assert_eq!(of("crm/R-120").as_deref(), Some("crm has R-001 and R-003"));
        assert_eq!(of("crm/R-03").as_deref(), Some("did you mean `crm/R-003`?"));
        assert_eq!(of("erp/C-001").as_deref(), Some("erp has no `C-…`; it has R-003"));
        assert_eq!(of("wifi/R-001").as_deref(), Some("wifi has no records of its own yet"));
        assert_eq!(of("R-003").as_deref(), Some("did you mean `crm/R-003` or `erp/R-003`?"));
        assert_eq!(of("2026-W46").as_deref(), Some("did you mean `period/2026-W46`?"));
        assert_eq!((of("crn/R-001"), of("crm#go-liv"), of("crn")), (None, None, None));
    }
}
