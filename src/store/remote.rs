//! The repository that a branch is shared through, and where requests are opened.

use super::StoreError;
use super::git::{self, Git};

/// A remote and the branch there that a local one belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remote {
    /// The remote's name.
    pub name: String,
    /// The branch there, without `refs/heads/`.
    pub branch: String,
}

/// How a push ended.
#[derive(Debug)]
pub(crate) enum Pushed {
    /// The remote has the commit; what it said along the way.
    Done {
        /// Standard error of `git push`.
        said: String,
    },
    /// Others have pushed meanwhile.
    Behind,
}

impl Remote {
    /// Finds where a branch is shared: on the remote asked for, else its upstream, else `origin` or the only one.
    pub fn of_branch(git: &Git, branch: &str, asked: Option<&str>) -> Result<Self, StoreError> {
        if let Some(name) = asked {
            if !git.line(["remote"])?.lines().any(|known| known == name) {
                return Err(StoreError::Push(format!(
                    "this repository has no remote {name}, which pmo.toml names in `[git] remote`; add it with `git remote add {name} URL`"
                )));
            }
            return Ok(Self { name: name.to_owned(), branch: branch.to_owned() });
        }
        let key = |what: &str| git.line(["config", "--get", &format!("branch.{branch}.{what}")]).ok();
        if let (Some(name), Some(merge)) = (key("remote").filter(|name| name != "."), key("merge")) {
            let branch = merge.strip_prefix("refs/heads/").unwrap_or(&merge).to_owned();
            return Ok(Self { name, branch });
        }
        let remotes = git.line(["remote"])?;
        let mut names = remotes.lines();
        let (first, second) = (names.next(), names.next());
        let name = match (first, second) {
            (Some(only), None) => only,
            (Some(_), Some(_)) if remotes.lines().any(|name| name == "origin") => "origin",
            (Some(_), Some(_)) => {
                return Err(StoreError::Push(format!(
                    "this repository has several remotes, and {branch} follows none; choose with `git push --set-upstream REMOTE {branch}`"
                )));
            }
            (None, _) => {
                return Err(StoreError::Push(
                    "this repository has no remote to push to; add it with `git remote add origin URL`, or set `[git] submit = \"commit\"` in pmo.toml"
                        .to_owned(),
                ));
            }
        };
        Ok(Self { name: name.to_owned(), branch: branch.to_owned() })
    }

    /// Pushes a commit to a branch, never by force.
    pub fn push(&self, git: &Git, id: &str, branch: &str) -> Result<Pushed, StoreError> {
        let to = format!("{id}:refs/heads/{branch}");
        let done = git::run(git.command(["push", "--porcelain", &self.name, &to]), b"")?;
        if done.output.status.success() {
            return Ok(Pushed::Done { said: String::from_utf8_lossy(&done.output.stderr).into_owned() });
        }
        let out = String::from_utf8_lossy(&done.output.stdout);
        let refused = out.lines().find(|line| line.starts_with('!')).unwrap_or_default();
        if refused.contains("[rejected]")
            || refused.contains("cannot lock ref")
            || refused.contains("failed to update ref")
        {
            return Ok(Pushed::Behind);
        }
        if refused.contains("[remote rejected]") {
            let why =
                refused.rsplit('\t').next().unwrap_or_default().trim_start_matches("[remote rejected] ");
            let said = String::from_utf8_lossy(&done.output.stderr);
            let lines = said.lines().filter_map(|line| line.strip_prefix("remote:")).map(str::trim);
            let said: Vec<&str> = lines.filter(|line| !line.is_empty()).take(SAID).collect();
            return Err(StoreError::Push(format!(
                "{} refuses pushes to {branch}: {} {why}\nIf the branch is protected, set `[git] submit = \"branch\"` in pmo.toml",
                self.name,
                said.join(" ").trim()
            )));
        }
        Err(StoreError::Push(format!("the push to {} failed: {}", self.name, useful(&done))))
    }

    /// Returns a branch's newest commit at the remote, fetched; none if there is no such branch.
    pub fn tip(&self, git: &Git, branch: &str) -> Result<Option<String>, StoreError> {
        let reference = format!("refs/heads/{branch}");
        let list = git::run(git.command(["ls-remote", &self.name, &reference]), b"")?;
        if !list.output.status.success() {
            return Err(StoreError::Push(format!("{} cannot be reached: {}", self.name, useful(&list))));
        }
        let list = String::from_utf8_lossy(&list.output.stdout).into_owned();
        let Some(id) = list.split('\t').next().map(str::trim).filter(|id| !id.is_empty()) else {
            return Ok(None);
        };
        if !git.is(["cat-file", "-e", &format!("{id}^{{commit}}")])? {
            git.run(["fetch", "--quiet", "--no-tags", &self.name, &reference], b"")?;
        }
        Ok(Some(id.to_owned()))
    }

    /// Returns the address where a request for a branch is opened: as the remote says, else as its host does.
    pub fn request(&self, git: &Git, branch: &str, said: &str) -> Option<String> {
        let lines = said.lines().filter_map(|line| line.strip_prefix("remote:"));
        let mut words = lines.flat_map(str::split_whitespace);
        if let Some(address) = words.find(|word| word.starts_with("https://") || word.starts_with("http://"))
        {
            return Some(address.to_owned());
        }
        let address = git.line(["remote", "get-url", &self.name]).ok()?;
        request_at(&address, &self.branch, branch)
    }
}

/// How many lines of what a remote says are repeated.
const SAID: usize = 3;

/// What git said that helps: without its hints, its general advice, and what only repeats that it failed.
fn useful(done: &git::Done) -> String {
    let said = String::from_utf8_lossy(&done.output.stderr);
    let noise = ["hint:", "Please make sure", "and the repository exists", "error: failed to push some refs"];
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut lines: Vec<&str> =
        lines.filter(|line| !noise.iter().any(|noise| line.starts_with(noise))).collect();
    if lines.len() > 1 {
        lines.retain(|line| !line.contains("Could not read from remote repository"));
    }
    let plain = |line: &&str| {
        let starts = ["fatal: ", "error: ", "remote: ", "ERROR: "];
        starts.iter().find_map(|start| line.strip_prefix(start)).unwrap_or(line).to_owned()
    };
    let kept: Vec<String> = lines.iter().take(SAID).map(plain).collect();
    if kept.is_empty() { done.output.status.to_string() } else { kept.join("; ") }
}

/// Forms the address of a new request from a remote's address, where its host is known.
fn request_at(address: &str, base: &str, branch: &str) -> Option<String> {
    let (host, path) = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None => address.split_once(':')?,
    };
    let host = host.rsplit('@').next()?.split(':').next()?;
    let path = path.trim_matches('/').trim_end_matches(".git");
    let coded: String = branch.replace('%', "%25").replace('/', "%2F").replace('#', "%23");
    if host.contains("github") {
        return Some(format!("https://{host}/{path}/compare/{base}...{branch}?expand=1"));
    }
    if host.contains("gitlab") {
        let query = format!("merge_request%5Bsource_branch%5D={coded}");
        return Some(format!("https://{host}/{path}/-/merge_requests/new?{query}"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_opened_where_the_host_does() {
        let at = |address| request_at(address, "main", "status/crm-2026-W47");
        let github =
            Some("https://github.com/acme/pmo/compare/main...status/crm-2026-W47?expand=1".to_owned());
        assert_eq!(at("git@github.com:acme/pmo.git"), github);
        assert_eq!(at("https://secret@github.com/acme/pmo"), github);
        assert_eq!(at("ssh://git@github.com:22/acme/pmo.git"), github);
        let gitlab = "https://gitlab.acme.org/it/pmo/-/merge_requests/new?merge_request%5Bsource_branch%5D=status%2Fcrm-2026-W47";
        assert_eq!(at("https://gitlab.acme.org/it/pmo.git").as_deref(), Some(gitlab));
        assert_eq!(at("/srv/git/pmo.git"), None);
        assert_eq!(at("https://example.org/pmo.git"), None);
    }
}
