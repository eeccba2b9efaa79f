//! Files that each side moved to a place of its own, as git leaves them: three files in conflict for one.

use crate::store::Conflicted;

/// One file that is in three places: where it was, and where each side moved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedTwice {
    /// Where it was before both sides.
    pub from: String,
    /// Where ours moved it.
    pub ours: String,
    /// Where theirs moved it.
    pub theirs: String,
}

impl MovedTwice {
    /// Whether a path is one of the three.
    pub fn holds(&self, path: &str) -> bool {
        [&self.from, &self.ours, &self.theirs].iter().any(|held| *held == path)
    }

    /// The folders that were renamed, where the file kept its name: from, ours, theirs.
    pub fn folders(&self) -> Option<[&str; 3]> {
        let [from, ours, theirs] = [&self.from, &self.ours, &self.theirs];
        let ends = from.match_indices('/').map(|(at, _)| &from[at..]);
        let kept = ends.into_iter().find(|end| ours.ends_with(end) && theirs.ends_with(end))?;
        Some([from, ours, theirs].map(|path| &path[..path.len() - kept.len()]))
    }
}

/// More are not looked at one by one: somebody has to, by hand.
const MOST: usize = 2_000;

/// Finds the files that each side moved to a place of its own.
///
/// Git has the same text in both new places: what both sides made of it. Of several that say the same, those that
/// kept their name belong together, else those of one folder.
pub fn moved_twice(files: &[Conflicted]) -> Vec<MovedTwice> {
    let left = |base: bool, ours: bool, theirs: bool| -> Vec<&Conflicted> {
        let has = |file: &&Conflicted| {
            (file.base.is_some(), file.ours.is_some(), file.theirs.is_some()) == (base, ours, theirs)
        };
        files.iter().filter(has).collect()
    };
    let (gone, ours, mut theirs) =
        (left(true, false, false), left(false, true, false), left(false, false, true));
    let mut gone: Vec<&str> = gone.into_iter().map(|file| file.path.as_str()).collect();
    if gone.len() > MOST || ours.len() > MOST || theirs.len() > MOST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for one in ours {
        let other = nearest(&theirs, |other| {
            let same = one.ours == other.theirs;
            (same || name(&one.path) == name(&other.path)).then(|| (!same, distance(&one.path, &other.path)))
        });
        let Some(other) = other else { continue };
        let to = &theirs[other].path;
        let from = nearest(&gone, |from| Some(distance(from, &one.path) + distance(from, to)));
        let Some(from) = from else { continue };
        found.push(MovedTwice {
            from: gone.swap_remove(from).to_owned(),
            ours: one.path.clone(),
            theirs: theirs.swap_remove(other).path.clone(),
        });
    }
    found
}

/// The place of the candidate that is least far away, of those that count.
fn nearest<T, D: Ord>(candidates: &[T], far: impl Fn(&T) -> Option<D>) -> Option<usize> {
    let counted = (0..).zip(candidates).filter_map(|(at, one)| Some((far(one)?, at)));
    counted.min().map(|(_, at)| at)
}

/// How unlike two paths are: another name counts for more than another folder.
fn distance(one: &str, other: &str) -> usize {
    let folder = |path: &str| path.rsplit_once('/').map_or(0, |(folder, _)| folder.len());
    let is_elsewhere = one[..folder(one)] != other[..folder(other)];
    usize::from(name(one) != name(other)) * 2 + usize::from(is_elsewhere)
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_places_of_a_file_are_found() {
        let file = |path: &str, at: usize, text: &str| {
            let mut sides = [None, None, None];
            sides[at] = Some(text.as_bytes().to_vec());
            let [base, ours, theirs] = sides;
            Conflicted { path: path.into(), base, ours, theirs, ..Conflicted::default() }
        };
        let files: Vec<Conflicted> = [("a", 0), ("b", 1), ("c", 2)]
            .into_iter()
            .flat_map(|(home, at)| {
                [("project.toml", "name"), ("risks/R-001.toml", "same"), ("risks/R-002.toml", "same")]
                    .map(|(path, text)| file(&format!("projects/{home}/{path}"), at, text))
            })
            .collect();
        let found = moved_twice(&files);
        assert_eq!(found.len(), 3);
        assert!(
            found.iter().all(|moved| moved.folders() == Some(["projects/a", "projects/b", "projects/c"]))
        );

        // One record that got two new numbers.
        let files =
            [file("r/R-001.toml", 0, "x"), file("r/R-002.toml", 1, "x"), file("r/R-003.toml", 2, "x")];
        let found = moved_twice(&files);
        assert_eq!(found[0].from, "r/R-001.toml");
        assert_eq!(found[0].folders(), None);
        assert_eq!(moved_twice(&files[..2]), []);
    }
}
