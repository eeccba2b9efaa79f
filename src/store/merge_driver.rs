//! Git's settings that let pmo join the register's files: the lines of `.gitattributes`, and the driver's command.

use super::discover::Location;
use super::{Source as _, StoreError, write};

/// The file that says which files a driver joins.
pub const ATTRIBUTES: &str = ".gitattributes";
/// What the driver is called in git's configuration.
const SECTION: &str = "merge.pmo";
const BEGIN: &str = "# pmo: joined by key; `pmo hook install --merge-driver` wrote it, `pmo hook uninstall --merge-driver` removes it";
const END: &str = "# pmo: end";

/// The driver's command. Where pmo is not installed git's own merge does.
const COMMAND: &str = "if command -v pmo >/dev/null 2>&1; then pmo merge-driver --marker-size=%L %O %A %B %P; \
     else git merge-file --marker-size=%L %A %O %B; fi";

/// The register's files, seen from its root. A team's own files under `docs/` are not among them.
const FILES: &[&str] = &[
    "/pmo.toml",
    "/people/*.toml",
    "/objectives/*.toml",
    "/periods/*.toml",
    "/requests/*.toml",
    "/programmes/**/*.toml",
    "/projects/**/*.toml",
];

/// Writes the register's `.gitattributes` and sets the driver; tells whether something was missing.
pub fn install_merge_driver(location: &Location) -> Result<bool, StoreError> {
    let git = location.repo()?.git();
    let before = attributes(location)?;
    let mut lines = vec![BEGIN.to_owned()];
    lines.extend(FILES.iter().map(|file| format!("{file} merge=pmo")));
    lines.push("/projects/*/docs/** !merge".to_owned());
    lines.push(END.to_owned());
    let rest = without_block(&before);
    let gap = if rest.is_empty() || rest.ends_with('\n') { "" } else { "\n" };
    let after = format!("{rest}{gap}{}\n", lines.join("\n"));
    let driver = git.line(["config", "--local", "--get", &format!("{SECTION}.driver")]).ok();
    if after == before && driver.as_deref() == Some(COMMAND) {
        return Ok(false);
    }
    git.run(["config", "--local", &format!("{SECTION}.name"), "TOML by key (pmo)"], b"")?;
    git.run(["config", "--local", &format!("{SECTION}.driver"), COMMAND], b"")?;
    if after != before {
        write(&location.root, ATTRIBUTES, after.as_bytes())?;
    }
    Ok(true)
}

/// Takes the lines and the driver away again; tells whether there were any.
pub fn uninstall_merge_driver(location: &Location) -> Result<bool, StoreError> {
    let git = location.repo()?.git();
    let before = attributes(location)?;
    let after = without_block(&before);
    let was_set = git.run(["config", "--local", "--remove-section", SECTION], b"").is_ok();
    if after != before {
        if after.is_empty() {
            super::apply(&location.root, &[super::FileChange::Remove { path: ATTRIBUTES.to_owned() }])?;
        } else {
            write(&location.root, ATTRIBUTES, after.as_bytes())?;
        }
    }
    Ok(was_set || after != before)
}

fn attributes(location: &Location) -> Result<String, StoreError> {
    let bytes = location.work_tree().read_if_present(ATTRIBUTES)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The text without our own lines.
fn without_block(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        match line.trim_end() {
            BEGIN => inside = true,
            END if inside => inside = false,
            _ if inside => {}
            _ => kept.push_str(line),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn what_was_installed_can_be_taken_away() {
        let repo = TestRepo::new();
        repo.write("reg/pmo.toml", "");
        repo.write("reg/.gitattributes", "*.pdf binary");
        let location = super::super::location_of(&repo.dir.path().join("reg")).unwrap();
        assert!(install_merge_driver(&location).unwrap());
        assert!(!install_merge_driver(&location).unwrap(), "twice");
        let attribute = |path: &str| repo.git(&["check-attr", "merge", path]);
        for path in ["pmo.toml", "people/a.toml", "projects/crm/risks/R-001.toml", "programmes/c.toml"] {
            assert!(attribute(&format!("reg/{path}")).ends_with("merge: pmo"), "{path}");
        }
        for path in ["pmo.toml", "reg/projects/crm/docs/a.toml", "reg/templates/risk.toml", "reg/Cargo.toml"]
        {
            assert!(attribute(path).ends_with("merge: unspecified"), "{path}");
        }
        assert!(repo.git(&["config", "merge.pmo.driver"]).contains("pmo merge-driver"));
        assert!(uninstall_merge_driver(&location).unwrap());
        assert_eq!(repo.read("reg/.gitattributes"), "*.pdf binary\n");
        assert!(!uninstall_merge_driver(&location).unwrap());
    }
}
