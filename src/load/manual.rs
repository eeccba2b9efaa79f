//! What each mistake means that can keep a file from being read, for `pmo explain`.

/// A mistake's name, what it means, and what to do about it.
pub type Entry = (&'static str, &'static str, &'static str);

/// Every mistake that reading a file can find and that is not a rule of `check`, by name.
pub const MANUAL: &[Entry] = &[
    (
        "bad-id",
        "A folder or file has a name that no project, programme or person can have, so nothing in it is read.",
        "Rename it: a to z, 0 to 9 and inner `-`, at most 64 of them, and none of the names that Windows keeps \
         for devices (con, nul, com1, …).",
    ),
    (
        "conflict-marker",
        "git left the two sides of a merge conflict in the file.",
        "`pmo resolve` explains the conflict in terms of records and fields and settles what needs no decision. By \
         hand: keep one side or join both, delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`, then `git add` \
         the file.",
    ),
    (
        "duplicate-key",
        "A key or a table stands in the file twice, so that nobody can say which holds.",
        "Keep one of them. Lists of tables have two brackets: `[[milestone]]`.",
    ),
    (
        "empty-file",
        "The file says nothing at all, often because a program stopped while writing it.",
        "Fill it in or remove it; `git log -p FILE` shows what it once said.",
    ),
    (
        "invalid-value",
        "A value is of the right type but cannot be: out of its range, too long, or a number with more digits \
         than are kept exactly.",
        "The message says what is allowed. Percentages are 0 to 100, figures have at most 28 digits.",
    ),
    (
        "linked-folder",
        "A symbolic link stands where a folder is expected. Links are not followed: they may lead out of the \
         register.",
        "Put the folder itself there.",
    ),
    (
        "misnamed-file",
        "A file has a name that no record of its kind can have, so it is not read.",
        "Name it as the message shows: `R-001.toml` for a risk, `2026-W47.toml` for a report.",
    ),
    (
        "missing-charter",
        "A project's folder has records but no `project.toml`.",
        "Write it with `pmo project add`, or move the records to the project that they belong to.",
    ),
    (
        "missing-field",
        "A key that every file of this kind needs is not there.",
        "Add it. `pmo schema KIND` shows what is required.",
    ),
    (
        "not-utf8",
        "The file is in an older encoding, or not text at all.",
        "Save it as UTF-8. Editors offer it under “Save as” or “Encoding”.",
    ),
    (
        "syntax-error",
        "The file is not TOML from the marked place on. Only the first such mistake of a file is shown, because \
         the next may follow from it.",
        "Mend the place and check again. Text stands in quotes, dates do not, and each value has a line of its own.",
    ),
    (
        "too-deep",
        "Lists or tables are nested deeper than any record needs.",
        "Look for brackets or dots that are not meant.",
    ),
    (
        "unknown-key",
        "A key is not one of this kind of file. It is an error, since a misspelt key would otherwise be a missing \
         value that nobody notices.",
        "Correct the spelling, or declare a field of your own with `[[field]]` in `pmo.toml` and write it under \
         `[custom]`.",
    ),
    (
        "unknown-word",
        "A value is not one of the words that are allowed here.",
        "Use one of the words in the message, in small letters.",
    ),
    (
        "unreadable-file",
        "The system did not hand the file out: it is too large, is a link out of the register, or may not be read.",
        "The message says which. Files over 8 MiB belong outside of the register.",
    ),
    (
        "wrong-type",
        "A value is of another type than its key: text for a number, a number for a list.",
        "Dates and numbers stand without quotes, text with them, lists in brackets.",
    ),
];

/// The page of a mistake, as Markdown.
pub fn page(name: &str) -> Option<String> {
    let (name, what, remedy) = MANUAL.iter().find(|(known, ..)| *known == name)?;
    Some(format!(
        "# {name}\n\n{what}\n\nA mistake of this sort is always an error: no policy or exception silences it.\n\n\
         ## How to fix it\n\n{remedy}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_have_a_page() {
        assert!(MANUAL.is_sorted_by_key(|(name, ..)| *name));
        for (name, ..) in MANUAL {
            assert!(page(name).is_some_and(|page| page.starts_with(&format!("# {name}\n"))));
        }
        assert_eq!(page("red-without-plan"), None);
    }
}
