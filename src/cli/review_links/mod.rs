//! `pmo review-links`: what changed of what records link to, and that somebody has looked.

mod confirm;
mod earlier;

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::suspect::{Look, Seen};
use crate::load::Loaded;
use crate::report::Asked;
use crate::report::links::{self, LinkLine, LinkReview, Which};

use super::report::{PageOptions, asked};
use super::status::me;
use super::writing::Writing;
use super::{CliError, Context, Done, Outcome, PageFormat, complete};

/// Show what changed of what records link to since their owners last looked, and confirm that you have
///
/// A link is suspect when what it leads to has changed in substance since its `reviewed` entry was written: a date, a
/// figure, a state, an outcome (docs/dependencies.md has the list). With a record named, every link of it is shown. On
/// a terminal you are asked about each; `--confirm` answers instead.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo review-links                            every suspect link, with what changed, when, and by whom
  pmo review-links --me                       those of records that you answer for
  pmo review-links crm/R-003                  every link of one record
  pmo review-links crm/R-003 --confirm        you have looked: what is there now is what was seen
  pmo review-links crm/R-003 --confirm \"#go-live\" --commit
  pmo review-links --all --confirm            a first look at every link, to begin with
  pmo review-links -O json                    for programs; nothing is asked")]
pub struct ReviewLinks {
    /// The record, such as crm/R-003; every one unless given
    #[arg(value_name = "REF", add = ArgValueCandidates::new(complete::references))]
    reference: Option<String>,
    /// Only records that you answer for, by git's user.email
    #[arg(long, conflicts_with = "reference")]
    me: bool,
    /// Also links that nobody has looked at yet
    #[arg(long, conflicts_with = "reference")]
    all: bool,
    /// Write that they were looked at: of a record its links, or the one that is named; else every suspect one shown
    #[arg(long, value_name = "LINK", num_args = 0..=1)]
    confirm: Option<Option<String>>,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten)]
    page: PageOptions,
}

impl ReviewLinks {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        if self.confirm.is_some() || self.asks(context) {
            return self.review(context);
        }
        let question = Asked::new(context.today, "");
        let loaded = context.load(&links::scope(&question))?;
        let report = self.report(context, &loaded)?;
        self.page.put(context, &report, || report.page())
    }

    /// Whether there is somebody to be asked.
    fn asks(&self, context: &Context) -> bool {
        context.interactive
            && !context.is_past()
            && !self.writing.dry_run
            && context.output.is_none()
            && self.page.format(context) == PageFormat::Terminal
    }

    fn report(&self, context: &Context, loaded: &Loaded) -> Result<LinkReview, CliError> {
        let which = match &self.reference {
            Some(text) => Which::Record(context.resolve(&loaded.register, text)?),
            None if self.me => Which::Owner(me(context, &loaded.register)?),
            None => Which::All,
        };
        let search = earlier::Search::new(context);
        let find = |seen: &Seen| search.of(seen);
        Ok(links::links(&loaded.register, &asked(context, loaded), &which, self.all, &find))
    }

    /// Shows the links, asks or takes the answer, and writes what was confirmed.
    fn review(mut self, context: &Context) -> Outcome {
        if context.is_past() {
            return Err(CliError::new("what was cannot be confirmed anew: --confirm does not go with --at"));
        }
        let before = self.writing.load(context)?;
        // `--confirm crm/R-003` means the record, as nobody could mean anything else.
        if let (None, Some(Some(text))) = (&self.reference, &self.confirm)
            && context.resolve(&before.register, text).is_ok()
        {
            (self.reference, self.confirm) = (Some(text.clone()), Some(None));
        }
        let report = self.report(context, &before)?;
        let confirmed = match &self.confirm {
            Some(only) => self.named(&report, only.as_deref())?,
            None => {
                self.page.put(context, &report, || report.page())?;
                confirm::ask(
                    report.links.iter().filter(|line| is_open(line, self.all || self.reference.is_some())),
                )?
            }
        };
        if confirmed.is_empty() {
            if self.confirm.is_some() {
                context.say("nothing to confirm: every link that somebody looked at is as it was then");
                if report.never > 0 && self.reference.is_none() {
                    let never = crate::text::count(report.never, "link");
                    context.say(&format!("{never} never looked at: pmo review-links --all --confirm"));
                }
            }
            return Ok(Done::Fine);
        }
        confirm::write(context, &self.writing, &before, &confirmed)
    }

    /// The links that `--confirm` means.
    fn named<'r>(&self, report: &'r LinkReview, only: Option<&str>) -> Result<Vec<&'r LinkLine>, CliError> {
        let Some(only) = only else {
            let open = report.links.iter().filter(|line| is_open(line, self.all || self.reference.is_some()));
            return Ok(open.collect());
        };
        let Some(record) = &report.record else {
            return Err(CliError::new("--confirm with a link wants the record that has it")
                .hint(format!("pmo review-links REF --confirm \"{}\"", crate::text::terminal(only))));
        };
        let found: Vec<&LinkLine> = report.links.iter().filter(|line| line.link == only).collect();
        let Some(line) = found.first() else {
            let known: Vec<&str> = report.links.iter().map(|line| line.link.as_str()).collect();
            let error = CliError::new(format!("{record} has no link `{}`", crate::text::terminal(only)));
            return Err(match crate::text::nearest(only, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None if known.is_empty() => error.hint("it links to nothing"),
                None => error.hint(format!("it links to {}", crate::text::list(&known, "and"))),
            });
        };
        match line.state {
            Look::Gone => Err(CliError::new(format!("{only} leads to nothing that can be read"))
                .hint(format!("`pmo check` says why; `pmo edit {record}` opens the file"))),
            Look::Plain => Err(CliError::new(format!("nothing of {only} has to be reviewed"))
                .hint("people, reports and programmes have no fingerprint")),
            Look::Same => Ok(Vec::new()),
            Look::Suspect | Look::Never | Look::Unknown => Ok(found),
        }
    }
}

/// Whether a link wants to be confirmed: a suspect one always, one that nobody looked at where that is asked for.
fn is_open(line: &LinkLine, is_named: bool) -> bool {
    line.state == Look::Suspect || (is_named && matches!(line.state, Look::Never | Look::Unknown))
}
