//! A folder, a home and an environment for one test, and what a command printed there.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

/// The day on which every test happens: Friday of week 47.
pub const TODAY: &str = "2026-11-20";

/// What git knows of the person at the keyboard.
const GITCONFIG: &str = "[user]\n\tname = Jana Novak\n\temail = jana.novak@northwind.example\n\
    [init]\n\tdefaultBranch = main\n[core]\n\tautocrlf = false\n[commit]\n\tgpgSign = false\n";

/// Whether tests run in full, as `PMO_FULL=1` asks for, and not in a size for every day.
pub fn is_full() -> bool {
    std::env::var("PMO_FULL").is_ok_and(|full| full == "1")
}

/// A folder of its own, in which commands run with nothing of the user's about them.
pub struct Sandbox {
    /// Holds `home` and `work`; gone when the test ends.
    root: Arc<TempDir>,
    extra: Vec<(String, String)>,
    /// The user that commands run as, where it is not this one.
    user: Option<u32>,
}

/// What one command printed and how it ended.
///
/// Shown (`to_string`) it is the whole of a snapshot: the command, the exit code, both streams.
#[derive(Clone, Debug)]
pub struct Run {
    /// The arguments, as they were written.
    pub line: String,
    /// The exit code; a signal is -1.
    pub code: i32,
    /// Standard output, with the sandbox's path as `[SANDBOX]`.
    pub stdout: String,
    /// Standard error, likewise.
    pub stderr: String,
}

impl Sandbox {
    /// Makes an empty folder.
    pub fn new() -> Sandbox {
        let root = tempfile::Builder::new().prefix("pmo-").tempdir().unwrap();
        std::fs::create_dir(root.path().join("home")).unwrap();
        std::fs::create_dir(root.path().join("work")).unwrap();
        std::fs::write(root.path().join("home/.gitconfig"), GITCONFIG).unwrap();
        Sandbox { root: Arc::new(root), extra: Vec::new(), user: None }
    }

    /// Makes a small register without mistakes: one project, one person, one report for this week.
    pub fn register() -> Sandbox {
        Sandbox::new()
            .with(
                "pmo.toml",
                "[register]\nformat = 1\nname = \"Northwind IT\"\n\n[reporting]\ncadence = \"weekly\"\n",
            )
            .with(
                "people/jana-novak.toml",
                "name = \"Jana Novak\"\nemail = \"jana.novak@northwind.example\"\n",
            )
            .with(
                "projects/crm/project.toml",
                "name = \"CRM migration\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n\n\
                 [schedule]\nstart = 2026-02-02\nfinish = 2027-03-31\n\n[budget]\napproved = 1_200_000\n",
            )
            .with(
                "projects/crm/status/2026-W47.toml",
                "by = \"jana-novak\"\ndate = 2026-11-20\nsummary = \"On course.\"\npercent_complete = 70\n\n\
                 [rag]\noverall = \"green\"\n",
            )
    }

    /// Copies `tests/fixtures/NAME`.
    pub fn fixture(name: &str) -> Sandbox {
        let sandbox = Sandbox::new();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        for (path, bytes) in files_under(&from) {
            sandbox.write_bytes(&path, &bytes);
        }
        sandbox
    }

    /// Copies the example register, without any history.
    pub fn examples() -> Sandbox {
        let sandbox = Sandbox::new();
        for (path, bytes) in files_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")) {
            sandbox.write_bytes(&path, &bytes);
        }
        sandbox
    }

    /// Sets a variable of the environment for every later command.
    pub fn env(mut self, name: &str, value: &str) -> Sandbox {
        self.extra.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same folder with one more variable of the environment.
    pub fn also(&self, name: &str, value: &str) -> Sandbox {
        let extra = self.extra.iter().cloned().chain([(name.to_owned(), value.to_owned())]).collect();
        Sandbox { root: Arc::clone(&self.root), extra, user: self.user }
    }

    /// The same folder for somebody who may read it and not write: another user when this one is root,
    /// otherwise everything is made read-only. `None` where neither keeps a file from being made.
    pub fn as_reader(&self) -> Option<Sandbox> {
        let reader = Sandbox { root: Arc::clone(&self.root), extra: self.extra.clone(), user: Some(65_534) };
        let set = |path: &Path, mode: u32| {
            std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
        };
        set(self.root.path(), 0o755);
        let works = |reader: &Sandbox| {
            let mut touch = reader.process(Path::new("touch"));
            let made = touch.arg("probe").output().is_ok_and(|output| output.status.success());
            let program = snapbox::cmd::cargo_bin!("pmo");
            let runs = reader.process(program).arg("--version").output().is_ok();
            !made && runs
        };
        if works(&reader) {
            return Some(reader);
        }
        let reader = Sandbox { user: None, ..reader };
        for folder in [self.dir(), self.path("projects"), self.path("people")] {
            set(&folder, 0o555);
        }
        works(&reader).then_some(reader)
    }

    /// Writes a file and hands the sandbox on.
    pub fn with(self, path: &str, text: &str) -> Sandbox {
        self.write(path, text);
        self
    }

    /// The folder in which commands run.
    pub fn dir(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// A path in that folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir().join(path)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    /// Writes a file that may be anything but text.
    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Replaces text in a file, and fails where it is not there.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no `{from}`:\n{text}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Tells whether there is such a file or folder.
    pub fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Every file with its text: equal before and after means that nothing was written.
    ///
    /// `.git` is left out, and so is what a writing command keeps to itself while it works.
    pub fn files(&self) -> BTreeMap<String, String> {
        let own = |path: &str| path.ends_with(".pmo/lock") || path.ends_with(".pmo/.gitignore");
        let files = files_under(&self.dir()).into_iter().filter(|(path, _)| !own(path));
        files.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
    }

    /// Makes the folder a git repository with everything in it committed.
    pub fn git_init(&self) -> &Sandbox {
        self.git(&["init", "--quiet"]);
        self.commit("Begin the register")
    }

    /// Commits everything at noon of the fixed day.
    pub fn commit(&self, message: &str) -> &Sandbox {
        self.commit_at(message, "2026-11-20T12:00:00+00:00")
    }

    /// Commits everything at a moment.
    pub fn commit_at(&self, message: &str, when: &str) -> &Sandbox {
        self.git(&["add", "--all"]);
        let mut git = self.process(Path::new("git"));
        git.args(["commit", "--quiet", "--allow-empty", "-m", message]);
        git.env("GIT_AUTHOR_DATE", when).env("GIT_COMMITTER_DATE", when);
        let output = git.output().unwrap();
        assert!(output.status.success(), "git commit: {}", String::from_utf8_lossy(&output.stderr));
        self
    }

    /// Runs git and gives its output; it must succeed.
    pub fn git(&self, args: &[&str]) -> String {
        let output = self.process(Path::new("git")).args(args).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {}: {stderr}", args.join(" "));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a shell script in which `$0` is the given program; it must succeed.
    pub fn sh(&self, script: &str, program: &str) {
        let output = self.process(Path::new("sh")).args(["-c", script, program]).output().unwrap();
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Tells whether a shell script succeeds.
    pub fn sh_is(&self, script: &str) -> bool {
        self.process(Path::new("sh")).args(["-c", script]).output().unwrap().status.success()
    }

    /// Runs `pmo` with arguments split at blanks, in a shell that does something first.
    pub fn pmo_after(&self, first: &str, line: &str) -> Run {
        let mut process = self.process(Path::new("sh"));
        process.arg("-c").arg(format!("{first}; exec \"$0\" \"$@\"")).arg(snapbox::cmd::cargo_bin!("pmo"));
        self.ended(process.args(line.split_whitespace()), line)
    }

    /// Runs a shell script in which `$0` is `pmo`, and another one first; nothing where one of them exits with 77.
    pub fn sh_after(&self, first: &str, script: &str) -> Option<Run> {
        let mut process = self.process(Path::new("sh"));
        process.arg("-c").arg(format!("{first}; {script}")).arg(snapbox::cmd::cargo_bin!("pmo"));
        let run = self.ended(&mut process, script);
        if run.code == 77 {
            eprintln!("SKIPPED on this machine: {script}: {}", run.stderr);
            return None;
        }
        Some(run)
    }

    fn ended(&self, process: &mut Process, line: &str) -> Run {
        let output = process.output().unwrap();
        Run {
            line: line.to_owned(),
            code: output.status.code().unwrap_or(-1),
            stdout: self.neutral(&output.stdout),
            stderr: self.neutral(&output.stderr),
        }
    }

    /// The program, as it would run here.
    pub fn program(&self) -> Process {
        self.process(snapbox::cmd::cargo_bin!("pmo"))
    }

    /// Runs `pmo` with arguments split at blanks.
    pub fn pmo(&self, line: &str) -> Run {
        let args: Vec<&str> = line.split_whitespace().collect();
        self.run(&args, "")
    }

    /// Runs `pmo` with arguments as they are.
    pub fn pmo_args(&self, args: &[&str]) -> Run {
        self.run(args, "")
    }

    /// Runs `pmo` with text on its standard input.
    pub fn pmo_stdin(&self, line: &str, input: &str) -> Run {
        let args: Vec<&str> = line.split_whitespace().collect();
        self.run(&args, input)
    }

    fn run(&self, args: &[&str], input: &str) -> Run {
        let process = self.process(snapbox::cmd::cargo_bin!("pmo"));
        let output = snapbox::cmd::Command::from_std(process)
            .args(args)
            .stdin(input)
            // Longer than a command waits for its turn among others that write.
            .timeout(Duration::from_secs(150))
            .output()
            .unwrap();
        Run {
            line: args.join(" "),
            code: output.status.code().unwrap_or(-1),
            stdout: self.neutral(&output.stdout),
            stderr: self.neutral(&output.stderr),
        }
    }

    /// A process that sees this folder, this home, and nothing else of the machine but `PATH`.
    fn process(&self, program: &Path) -> Process {
        let mut process = Process::new(program);
        process
            .current_dir(self.dir())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.root.path().join("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CEILING_DIRECTORIES", self.root.path())
            .env("GIT_AUTHOR_DATE", format!("{TODAY}T12:00:00+00:00"))
            .env("GIT_COMMITTER_DATE", format!("{TODAY}T12:00:00+00:00"))
            .env("PMO_TODAY", TODAY)
            .env("COLUMNS", "100")
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .envs(self.extra.iter().map(|(name, value)| (name, value)));
        if let Some(user) = self.user {
            std::os::unix::process::CommandExt::uid(&mut process, user);
        }
        process
    }

    fn neutral(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes).replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
        let mut text = text.replace(&*self.dir().to_string_lossy(), "[SANDBOX]");
        if let Ok(real) = self.dir().canonicalize() {
            text = text.replace(&*real.to_string_lossy(), "[SANDBOX]");
        }
        text = text.replace(&*self.root.path().to_string_lossy(), "[ROOT]");
        text
    }
}

impl Run {
    /// Demands an exit code and hands the run on.
    #[track_caller]
    pub fn exits(self, code: i32) -> Run {
        assert_eq!(self.code, code, "{self}");
        self
    }

    /// Demands success.
    #[track_caller]
    pub fn ok(self) -> Run {
        self.exits(0)
    }

    /// Reads standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "$ pmo {}", self.line)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end_matches('\n'))?;
            }
        }
        writeln!(f, "--- exit {}", self.code)
    }
}

impl snapbox::IntoData for Run {
    fn into_data(self) -> snapbox::Data {
        snapbox::Data::text(self.to_string())
    }
}

fn files_under(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let entry = entry.unwrap();
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                if entry.file_name() != ".git" {
                    folders.push(path);
                }
            } else if let Ok(bytes) = std::fs::read(&path) {
                files.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), bytes);
            }
        }
    }
    files
}
