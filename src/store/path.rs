//! Paths in a register: what is refused, and where a link leads.

use super::StoreError;

/// How many links are followed one after another.
pub(crate) const MAX_LINKS: u8 = 8;

/// Refuses a path that could leave the register or that not every system can hold.
///
/// The empty path is the register's root.
pub fn check_path(path: &str) -> Result<(), StoreError> {
    if path.is_empty() {
        return Ok(());
    }
    let why = if path.starts_with('/') {
        "it must be relative to the register's root"
    } else if path.bytes().any(|byte| byte == 0) {
        "it holds a NUL character"
    } else if path.bytes().any(|byte| byte == b'\\') {
        "it holds a backslash; folders are separated by /"
    } else if path.len() > 1024 {
        "it is too long"
    } else {
        let mut why = "";
        for part in path.split('/') {
            match part {
                "" => why = "it has an empty part",
                "." | ".." => why = "it must not contain . or ..",
                ".git" => why = "git's own folder is not part of the register",
                _ if part.len() > 255 => why = "a part of it is longer than 255 bytes",
                _ => {}
            }
        }
        if why.is_empty() {
            return Ok(());
        }
        why
    };
    Err(StoreError::BadPath { path: path.to_owned(), why })
}

/// Splits a path into its folder (`""` for the root) and its name.
pub(crate) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Joins a folder and a name.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Returns where a link leads, as a path in the register.
pub(crate) fn follow(link: &str, target: &str) -> Result<String, StoreError> {
    let out = || StoreError::LeadsOut { path: link.to_owned(), target: target.to_owned() };
    if target.starts_with('/') {
        return Err(out());
    }
    let (folder, _) = split(link);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or_else(out)?;
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    check_path(&path).map_err(|_| out())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_could_leave() {
        for path in
            ["/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\0b", "a\\b", ".git/config", "a/.git"]
        {
            assert!(matches!(check_path(path), Err(StoreError::BadPath { .. })), "{path:?}");
        }
        for path in ["", "pmo.toml", "projects/crm/risks/R-001.toml", "docs/..notes", "ü/é.toml"] {
            assert!(check_path(path).is_ok(), "{path:?}");
        }
    }

    #[test]
    fn links_are_followed_inside_only() {
        assert_eq!(follow("a/b/l", "../c.toml").unwrap(), "a/c.toml");
        assert_eq!(follow("l", "a/./b").unwrap(), "a/b");
        for target in ["../x", "/etc/passwd", "a/../../x", ".git/config"] {
            assert!(matches!(follow("l", target), Err(StoreError::LeadsOut { .. })), "{target}");
        }
    }
}
