//! `pmo edit REF`: a record in the user's editor, checked when it is saved.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use clap::Args;

use crate::change::{ChangeError, Plan};
use crate::load::Loaded;
use crate::model::RecordId;
use crate::store::{self, FileChange, Source as _};
use crate::syntax::merge::{Marks, lines};

use super::writing::{Deed, Writing};
use super::{CliError, Context, Done, Outcome, complete, environment};

/// Where texts that were refused are kept until they are mended.
const KEPT: &str = ".pmo/kept";

/// Opens a record in your editor and checks it when you save.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo edit crm/2026-W47            this week's report
  pmo edit crm                     the project's charter
  pmo edit crm/R-003 --commit      commit it as well
  VISUAL=\"code --wait\" pmo edit crm

The editor is $VISUAL, then $EDITOR. A text with mistakes is not written: it is kept aside, and the next
`pmo edit` of the same record goes on with it, joined with what was changed in the file since.")]
pub struct Edit {
    /// The record, such as crm, crm/R-003 or crm/2026-W47
    #[arg(value_name = "REF", add = clap_complete::ArgValueCandidates::new(complete::references))]
    reference: String,
    /// Begin with the file as it stands, and forget a text that was kept aside
    #[arg(long)]
    afresh: bool,
    #[command(flatten)]
    writing: Writing,
}

impl Edit {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        // An editor may stay open for hours: nobody waits for it, and a change meanwhile is noticed at the end.
        let before = context.load_around(&self.reference, &[])?;
        let id = context.resolve(&before.register, &self.reference)?;
        let editor = editor().map_err(|error| {
            error
                .hint(format!("EDITOR=nano pmo edit {id}"))
                .hint(format!("or change one value: pmo set {id} key=value"))
        })?;
        let path = id.path();
        let mut bytes = Vec::new();
        let source = context.source()?;
        source.read(&path, &mut bytes)?;
        let kept_at = kept_path(&path);
        let kept = source.read_if_present(&kept_at)?.filter(|_| !self.afresh);
        let begin = match kept {
            Some(kept) => going_on(context, kept, source.read_if_present(&base_of(&kept_at))?, &bytes),
            None => bytes.clone(),
        };
        let text = in_editor(&editor, &id, &begin)?;
        let mut plan = Plan::new();
        plan.rewrite(path.as_str(), &bytes, text.as_slice());
        if plan.is_empty() {
            forget(context, &kept_at)?;
            context.say(&format!("{id} is as it was"));
            return Ok(Done::Fine);
        }
        match self.finish(context, &before, &id, &plan) {
            Ok(done) => {
                if !self.writing.dry_run {
                    forget(context, &kept_at)?;
                }
                Ok(done)
            }
            // Whatever kept the text from being written, the work in it is not lost.
            Err(error) => {
                let keep = [(kept_at.clone(), &text), (base_of(&kept_at), &bytes)];
                let keep = keep.map(|(path, bytes)| FileChange::Write { path, bytes: bytes.clone() });
                store::apply(&context.location()?.root, &keep)?;
                Err(error.hint(format!("your text is kept in {kept_at}; `pmo edit {id}` goes on with it")))
            }
        }
    }

    fn finish(&self, context: &Context, before: &Loaded, id: &RecordId, plan: &Plan) -> Outcome {
        if let Some(path) = plan.stale(&context.source()?)? {
            return Err(ChangeError::Stale { path }.into());
        }
        let deed = Deed {
            done: format!("wrote {}", id.path()),
            message: format!("{id}: edited"),
            next: vec![format!("pmo show {id}")],
        };
        self.writing.carry_out(context, before, plan, deed)
    }
}

/// The text that was kept aside, joined with what was changed since in the file that it was made from.
fn going_on(context: &Context, kept: Vec<u8>, base: Option<Vec<u8>>, now: &[u8]) -> Vec<u8> {
    context.say("going on with the text that was kept aside (--afresh begins with the file)");
    let changed = base.filter(|base| base != now);
    let texts = changed.as_deref().map(|base| {
        Some((str::from_utf8(base).ok()?, str::from_utf8(&kept).ok()?, str::from_utf8(now).ok()?))
    });
    let Some(Some((base, ours, theirs))) = texts else { return kept };
    let marks = Marks { ours: "your text", theirs: "the file as it is now", ..Marks::default() };
    let (joined, is_clean) = lines(base, ours, theirs, &marks);
    context.say(if is_clean {
        "what was changed in the file since is in it"
    } else {
        "the file was changed in the same lines since: both stand in it, between <<<<<<< and >>>>>>>"
    });
    joined.into_bytes()
}

/// The user's editor.
fn editor() -> Result<String, CliError> {
    let known = environment::variable("VISUAL").or_else(|| environment::variable("EDITOR"));
    known.ok_or_else(|| CliError::new("no editor is known: neither VISUAL nor EDITOR is set"))
}

/// Lets the user fill in the text of a record that is not written yet.
pub(super) fn by_hand(id: &RecordId, text: &str) -> Result<Vec<u8>, CliError> {
    in_editor(&editor()?, id, text.as_bytes())
}

/// Keeps the text of a new record that was refused, and says where.
pub(super) fn keep(
    context: &Context,
    id: &RecordId,
    text: &[u8],
    error: CliError,
) -> Result<CliError, CliError> {
    let kept_at = kept_path(&id.path());
    store::write(&context.location()?.root, &kept_at, text)?;
    Ok(error.hint(format!("your text is kept in {kept_at}")))
}

/// Where a refused text is kept; the name says which file it is of.
fn kept_path(path: &str) -> String {
    format!("{KEPT}/{}", path.replace('/', "--"))
}

/// Where the file's text is kept from which the kept one was made.
fn base_of(kept_at: &str) -> String {
    format!("{kept_at}.before")
}

fn forget(context: &Context, kept_at: &str) -> Result<(), CliError> {
    let source = context.source()?;
    let mut gone = Vec::new();
    for path in [kept_at.to_owned(), base_of(kept_at)] {
        if source.read_if_present(&path)?.is_some() {
            gone.push(FileChange::Remove { path });
        }
    }
    if !gone.is_empty() {
        store::apply(&context.location()?.root, &gone)?;
    }
    Ok(())
}

/// Opens a copy in the editor and returns what was saved.
fn in_editor(editor: &str, id: &RecordId, bytes: &[u8]) -> Result<Vec<u8>, CliError> {
    let prefix = format!("{}-", id.to_string().replace(['/', '@'], "-").trim_matches('-'));
    let mut copy = tempfile::Builder::new().prefix(&prefix).suffix(".toml").tempfile()?;
    copy.write_all(bytes)?;
    // The path and not the open file is kept: editors replace files.
    let copy = copy.into_temp_path();
    let ended = process(editor, &copy).status();
    let ended = ended.map_err(|error| {
        CliError::from(anyhow::Error::new(error).context(format!("the editor `{editor}` did not start")))
    })?;
    if !ended.success() {
        return Err(CliError::new(format!(
            "the editor `{editor}` ended with an error, so nothing was changed"
        )));
    }
    let path: PathBuf = copy.to_path_buf();
    Ok(store::read_input(&path)?)
}

/// The editor as the user's shell would start it, so that `code --wait` and quoted paths work.
fn process(editor: &str, file: &Path) -> Process {
    if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut process = Process::new(words.next().unwrap_or(editor));
        process.args(words).arg(file);
        return process;
    }
    let mut process = Process::new("sh");
    process.arg("-c").arg(format!("{editor} \"$@\"")).arg("sh").arg(file);
    process
}
