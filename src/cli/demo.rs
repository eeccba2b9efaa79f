//! `pmo demo`: a register to look around in, with a history.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::demo::{self, Story};
use crate::store::{self, FileChange, ImportCommit, Source as _, StoreError, WorkTree};

use super::init::machinery;
use super::{CliError, Context, Done, Outcome};

/// Makes a register to look around in: 16 projects, half a year of reports, and a good deal of trouble.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo demo                        make ./pmo-demo, with git history that ends this week
  pmo demo /tmp/northwind         make it elsewhere
  pmo demo --no-git               only the files
  pmo demo --today 2026-11-20     as of another day")]
pub struct Demo {
    /// The folder to make; it must be empty or not exist
    #[arg(value_name = "DIR", default_value = "pmo-demo")]
    folder: PathBuf,
    /// Write the files without a git repository
    #[arg(long)]
    no_git: bool,
}

impl Demo {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let folder = context.directory.join(&self.folder);
        let shown = self.folder.display().to_string();
        if !WorkTree::new(&folder, None).list("")?.is_empty() {
            return Err(occupied(&shown));
        }
        let story = demo::story(demo::weeks_to(context.today.0));
        let machinery = machinery()?;
        let made = store::whole_folder(&folder, |aside| {
            if self.no_git {
                store::make_folder(aside)?;
                return store::apply_unflushed(aside, &files(&story, &machinery));
            }
            import(aside, &story, &machinery)
        });
        made.map_err(|error| match error {
            StoreError::Exists { .. } => occupied(&shown),
            error => error.into(),
        })?;
        context.say(&told(&story, &shown, self.no_git));
        Ok(Done::Fine)
    }
}

fn occupied(folder: &str) -> CliError {
    CliError::new(format!("{folder} is not empty, and nothing in it is overwritten"))
        .hint("name another folder, as in `pmo demo northwind`")
}

fn files(story: &Story, machinery: &[(String, Vec<u8>)]) -> Vec<FileChange> {
    let told = story.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    told.chain(machinery.iter().cloned()).map(|(path, bytes)| FileChange::Create { path, bytes }).collect()
}

/// Plays the story into a new repository; what editors and git need comes with its first commit.
fn import(folder: &Path, story: &Story, machinery: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
    let mut commits: Vec<ImportCommit> = story
        .commits
        .iter()
        .map(|commit| ImportCommit {
            branch: "main".to_owned(),
            author: (commit.author.clone(), commit.email.clone()),
            seconds: commit.date.0,
            offset: commit.date.1,
            message: commit.message.clone(),
            changes: commit
                .changes
                .iter()
                .map(|(path, text)| (path.clone(), text.clone().map(String::into_bytes)))
                .collect(),
            tag: None,
        })
        .collect();
    if let Some(first) = commits.first_mut() {
        first.changes.extend(machinery.iter().map(|(path, bytes)| (path.clone(), Some(bytes.clone()))));
    }
    store::fast_import(folder, &commits)
}

/// What was made, and what to type next.
fn told(story: &Story, folder: &str, no_git: bool) -> String {
    let projects = story.files.keys().filter(|path| path.ends_with("/project.toml")).count();
    let reports =
        story.files.keys().filter(|path| path.starts_with("projects/") && path.contains("/status/")).count();
    let history = if no_git {
        String::new()
    } else {
        let mut authors: Vec<&str> = story.commits.iter().map(|commit| commit.author.as_str()).collect();
        authors.sort_unstable();
        authors.dedup();
        format!(", {} commits by {} people", story.commits.len(), authors.len())
    };
    format!(
        "Made {folder}: Northwind IT, {projects} projects in 4 programmes, {reports} status reports{history}.\n\
         \n\
         \x20 cd {folder}\n\
         \x20 pmo                     the portfolio at a glance\n\
         \x20 pmo check               every mistake and broken promise\n\
         \x20 pmo report portfolio    one line a project\n"
    )
}
