//! One suite that every source passes: five ways to the same files give the same answers.

use std::sync::Arc;

use super::discover::location_of;
use super::git_program::GitProgram;
use super::libgit::LibGit;
use super::test_repo::TestRepo;
use super::{EntryKind, FileChange, Memory, Overlay, Revision, Source, StoreError, WorkTree};

const FILES: &[(&str, &[u8])] = &[
    ("pmo.toml", b"[register]\nformat = 1\n"),
    ("projects/a-b/project.toml", b"name = \"first\"\n"),
    ("projects/a.toml", b""),
    ("projects/a/project.toml", b"name = \"CRM\"\r\n"),
    ("projects/a/risks/R-001.toml", b"\xff\xfe not text"),
    ("projects/a/risks/R-002.toml", b"title = \"\xc3\xbc\"\n"),
    ("projects/ü/x y.toml", b"1"),
];
const LINKS: &[(&str, &str)] = &[
    ("in.toml", "projects/a/project.toml"),
    ("loop.toml", "loop.toml"),
    ("out.toml", "../../etc/passwd"),
    ("abs.toml", "/etc/passwd"),
    ("folder", "projects"),
];

/// The same files behind each source, with what keeps them alive.
fn sources() -> Vec<(&'static str, Box<dyn Source>, Option<TestRepo>)> {
    let mut memory = Memory::new();
    let (root, inside) = (TestRepo::new(), TestRepo::new());
    for (path, bytes) in FILES {
        memory.insert(*path, *bytes);
        root.write(path, bytes);
        inside.write(&format!("registers/it/{path}"), bytes);
    }
    for (path, target) in LINKS {
        memory.insert_link(*path, *target);
        std::os::unix::fs::symlink(target, root.dir.path().join(path)).unwrap();
        std::os::unix::fs::symlink(target, inside.dir.path().join("registers/it").join(path)).unwrap();
    }
    root.commit_all("all");
    inside.commit_all("all");
    let register = location_of(&inside.dir.path().join("registers/it")).unwrap();
    let repo = register.repo.as_ref().unwrap();
    let mut below = memory.clone();
    let mut changes = Vec::new();
    for (path, bytes) in FILES.iter().step_by(2) {
        below.remove(path);
        changes.push(FileChange::Create { path: (*path).to_owned(), bytes: bytes.to_vec() });
    }
    below.insert("projects/a/old.toml", FILES[1].1);
    below.remove(FILES[1].0);
    changes.push(FileChange::Rename { from: "projects/a/old.toml".into(), to: FILES[1].0.into() });
    below.insert("projects/gone.toml", "gone");
    changes.push(FileChange::Remove { path: "projects/gone.toml".into() });
    let libgit = Revision::with(Arc::new(LibGit::open(repo).unwrap()), repo, "HEAD").unwrap();
    let program = Revision::with(Arc::new(GitProgram::open(repo).unwrap()), repo, "main").unwrap();
    let tree = WorkTree::new(root.root(), None);
    vec![
        ("memory", Box::new(memory), None),
        ("overlay", Box::new(Overlay::new(Arc::new(below), &changes)), None),
        ("work tree", Box::new(tree), Some(root)),
        ("libgit2", Box::new(libgit), None),
        ("git program", Box::new(program), Some(inside)),
    ]
}

#[test]
fn every_source_lists_the_same() {
    use EntryKind::{File, Folder, Link};
    for (name, source, _keep) in sources() {
        let list = |folder: &str| {
            let entries = source.list(folder).unwrap_or_else(|error| panic!("{name}: {folder}: {error}"));
            entries.into_iter().map(|entry| (entry.name, entry.kind)).collect::<Vec<_>>()
        };
        let expected = |entries: &[(&str, EntryKind)]| -> Vec<(String, EntryKind)> {
            entries.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
        };
        let root = [
            ("abs.toml", Link),
            ("folder", Link),
            ("in.toml", Link),
            ("loop.toml", Link),
            ("out.toml", Link),
            ("pmo.toml", File),
            ("projects", Folder),
        ];
        assert_eq!(list(""), expected(&root), "{name}");
        let projects = [("a", Folder), ("a-b", Folder), ("a.toml", File), ("ü", Folder)];
        assert_eq!(list("projects"), expected(&projects), "{name}");
        assert_eq!(
            list("projects/a/risks"),
            expected(&[("R-001.toml", File), ("R-002.toml", File)]),
            "{name}"
        );
        assert_eq!(list("projects/none"), [], "{name}");
        assert_eq!(list("none/at/all"), [], "{name}");
        let error = source.list("pmo.toml").unwrap_err();
        assert!(matches!(error, StoreError::NotAFolder { .. }), "{name}: {error}");
        let error = source.list("folder/a").unwrap_err();
        assert!(matches!(error, StoreError::LinkedFolder { .. }), "{name}: {error}");
        for path in ["..", "projects/../..", "/", "a//b", "a\\b", ".git"] {
            assert!(matches!(source.list(path), Err(StoreError::BadPath { .. })), "{name}: {path}");
        }
    }
}

#[test]
fn every_source_reads_the_same() {
    for (name, source, _keep) in sources() {
        let mut bytes = b"left over from before".to_vec();
        for (path, expected) in FILES {
            source.read(path, &mut bytes).unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
            assert_eq!(&bytes, expected, "{name}: {path}");
        }
        source.read("in.toml", &mut bytes).unwrap();
        assert_eq!(bytes, FILES[3].1, "{name}");
        for path in ["none.toml", "none/none.toml", "projects/gone.toml", "projects/a/old.toml"] {
            let error = source.read(path, &mut bytes).unwrap_err();
            assert!(matches!(&error, StoreError::NotFound { path: at } if at == path), "{name}: {error}");
            assert_eq!(source.read_if_present(path).unwrap(), None, "{name}");
        }
        for path in ["out.toml", "abs.toml", "loop.toml"] {
            let error = source.read(path, &mut bytes).unwrap_err();
            assert!(matches!(error, StoreError::LeadsOut { .. }), "{name}: {path}: {error}");
        }
        let error = source.read("folder/a/project.toml", &mut bytes).unwrap_err();
        assert!(matches!(error, StoreError::LinkedFolder { .. }), "{name}: {error}");
        let error = source.read("projects/a", &mut bytes).unwrap_err();
        assert!(matches!(error, StoreError::IsFolder { .. }), "{name}: {error}");
        let error = source.read("pmo.toml/x", &mut bytes).unwrap_err();
        assert!(matches!(error, StoreError::NotAFolder { .. }), "{name}: {error}");
        for path in ["../x", "/etc/passwd", "a\0b", ".git/config", "projects\\a"] {
            let error = source.read(path, &mut bytes).unwrap_err();
            assert!(matches!(error, StoreError::BadPath { .. }), "{name}: {path}: {error}");
        }
    }
}

#[test]
fn every_source_refuses_ten_megabytes() {
    let large = vec![b'#'; 10 * 1024 * 1024];
    let repo = TestRepo::new();
    repo.write("large.toml", &large);
    repo.write("small.toml", "x");
    repo.commit_all("large");
    let location = repo.location();
    let inside = location.repo.as_ref().unwrap();
    let memory: Memory = [("large.toml", large.clone()), ("small.toml", b"x".to_vec())].into_iter().collect();
    let change = FileChange::Write { path: "large.toml".into(), bytes: large };
    let libgit = Revision::with(Arc::new(LibGit::open(inside).unwrap()), inside, "HEAD").unwrap();
    let program = Revision::with(Arc::new(GitProgram::open(inside).unwrap()), inside, "HEAD").unwrap();
    let sources: [Box<dyn Source>; 5] = [
        Box::new(Overlay::new(Arc::new(memory.clone()), &[change])),
        Box::new(memory),
        Box::new(location.work_tree()),
        Box::new(libgit),
        Box::new(program),
    ];
    for source in sources {
        let mut bytes = Vec::new();
        let error = source.read("large.toml", &mut bytes).unwrap_err();
        assert!(matches!(error, StoreError::TooLarge { .. }), "{}: {error}", source.describe());
        source.read("small.toml", &mut bytes).unwrap();
        assert_eq!(bytes, b"x", "{}", source.describe());
    }
}

#[test]
fn sources_say_where_they_come_from() {
    let repo = TestRepo::new();
    repo.write("pmo.toml", "");
    assert_eq!(repo.location().work_tree().describe(), "work tree (no commit yet)");
    let id = repo.commit_all("first");
    repo.git(&["tag", "v1"]);
    let short = &id[..7];
    let location = repo.location();
    let at = |rev: &str| Revision::open(&location, rev).unwrap().describe();
    assert_eq!(location.work_tree().describe(), format!("work tree on {short}"));
    assert_eq!(at("HEAD"), format!("commit {short}"));
    assert_eq!(at("main"), format!("commit {short} (branch main)"));
    assert_eq!(at("v1"), format!("commit {short} (tag v1)"));
    assert_eq!(at(&id), format!("commit {short}"));
    let inside = location.repo.as_ref().unwrap();
    let program = Revision::with(Arc::new(GitProgram::open(inside).unwrap()), inside, "v1").unwrap();
    assert_eq!(program.describe(), format!("commit {short} (tag v1)"));
}

#[test]
fn reads_what_libgit_cannot_open() {
    let repo = TestRepo { dir: tempfile::tempdir().unwrap() };
    repo.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    for (key, value) in [("user.name", "J"), ("user.email", "j@example.org")] {
        repo.git(&["config", key, value]);
    }
    repo.write("projects/a/project.toml", "name = \"x\"");
    let id = repo.commit_all("first");
    let location = repo.location();
    assert_eq!(location.repo.as_ref().unwrap().head.commit(), Some(id.as_str()));
    let revision = Revision::open(&location, "main").unwrap();
    assert_eq!(revision.read_if_present("projects/a/project.toml").unwrap().unwrap(), b"name = \"x\"");
}

#[test]
fn revisions_that_are_not_there_are_refused() {
    let repo = TestRepo::new();
    repo.write("it/pmo.toml", "");
    let register = || location_of(&repo.dir.path().join("it")).unwrap();
    let error = Revision::open(&register(), "HEAD").err().unwrap();
    assert!(matches!(error, StoreError::Unborn { .. }), "{error}");
    repo.git(&["commit", "-q", "--allow-empty", "-m", "empty"]);
    let location = register();
    let error = Revision::open(&location, "HEAD").err().unwrap();
    assert!(matches!(error, StoreError::NotAtRevision { .. }), "{error}");
    let inside = location.repo.as_ref().unwrap();
    for rev in ["nope", "--output=x", "a b", "HEAD\nHEAD", ""] {
        let error = Revision::open(&location, rev).err().unwrap();
        assert!(matches!(error, StoreError::NoRevision { .. }), "{rev:?}: {error}");
        let error = Revision::with(Arc::new(GitProgram::open(inside).unwrap()), inside, rev).err().unwrap();
        assert!(matches!(error, StoreError::NoRevision { .. }), "{rev:?}: {error}");
    }
}
