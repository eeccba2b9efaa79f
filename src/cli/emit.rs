//! What a command produces goes to standard output or a file; everything else to standard error.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use crate::document::Document;
use crate::load;
use crate::model::RecordId;
use crate::render;
use crate::store;
use crate::text::escape;

use super::{CliError, Context};

/// The formats of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For people, on a terminal
    #[default]
    Terminal,
    /// For a README, a wiki or a pull request
    Markdown,
    /// One file for a browser or for print
    Html,
    /// For programs, with raw numbers
    Json,
    /// For programs and people
    Yaml,
    /// For a spreadsheet
    Csv,
    /// A workbook for Excel and its like, with real numbers and dates
    Xlsx,
}

/// The formats of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people, on a terminal
    #[default]
    Table,
    /// For programs, with raw numbers
    Json,
    /// For programs and people
    Yaml,
    /// For a spreadsheet
    Csv,
    /// A workbook for Excel and its like, with real numbers and dates
    Xlsx,
    /// One reference a line, for other commands
    Ids,
}

impl Context {
    /// Writes what the command was asked for: to `--output`, or to standard output.
    pub fn put(&self, text: &str) -> Result<(), CliError> {
        if self.keep(text) {
            return Ok(());
        }
        match &self.output {
            Some(path) => self.write_file(path, text.as_bytes()),
            None => {
                let mut out = io::stdout().lock();
                out.write_all(text.as_bytes())?;
                out.flush()?;
                Ok(())
            }
        }
    }

    /// Writes what is no text, such as a workbook.
    pub fn put_bytes(&self, bytes: &[u8]) -> Result<(), CliError> {
        match &self.output {
            Some(path) => self.write_file(path, bytes),
            None => {
                let mut out = io::stdout().lock();
                out.write_all(bytes)?;
                Ok(out.flush()?)
            }
        }
    }

    /// Writes what is made piece by piece, to `--output` or to standard output; a terminal gets it without what it
    /// would obey.
    pub(super) fn put_by(&self, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CliError> {
        match &self.output {
            Some(path) => self.write_file_by(path, make),
            None => {
                let out = io::stdout().lock();
                if !out.is_terminal() && !self.keeps() {
                    let mut out = io::BufWriter::new(out);
                    make(&mut out)?;
                    return Ok(out.flush()?);
                }
                let mut whole = Vec::new();
                make(&mut whole)?;
                self.put_as_it_is(&String::from_utf8_lossy(&whole))
            }
        }
    }

    /// Writes a file that the command line names; one that holds a record, or the settings, is left alone.
    pub(super) fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
        self.write_file_by(path, |stream| stream.write_all(bytes))
    }

    /// As [`Context::write_file`], what is made piece by piece.
    pub(super) fn write_file_by(
        &self,
        path: &Path,
        make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), CliError> {
        // Without a register there is no record to be harmed.
        let inside = self.location().ok().and_then(|location| store::path_within(&location.root, path));
        if inside.is_some_and(|path| path == load::CONFIG || RecordId::at_path(&path).is_some()) {
            let shown = path.display();
            return Err(CliError::new(format!(
                "{shown} is a file of the register: nothing was written over it"
            ))
            .hint("name another file; `pmo set` and `pmo edit` change a record"));
        }
        Ok(store::write_output_by(path, make)?)
    }

    /// Makes a folder for many files; the register's own folder would be hidden among them.
    pub(super) fn make_folder(&self, folder: &Path) -> Result<(), CliError> {
        if folder.join(load::CONFIG).exists() {
            return Err(CliError::new(format!("{} is the folder of a register", folder.display()))
                .hint("name a folder for these files alone, such as `-o out`"));
        }
        Ok(store::make_folder(folder)?)
    }

    /// Refuses to write what is no text to a terminal; `example` is what to type instead.
    pub(super) fn allow_bytes(&self, example: &str) -> Result<(), CliError> {
        if self.output.is_some() || !io::stdout().is_terminal() {
            return Ok(());
        }
        Err(CliError::new("this is a file that no terminal can show").hint(format!("name one: {example}")))
    }

    /// Says how many texts a workbook could not hold whole.
    pub(super) fn tell_cut(&self, cut: usize) {
        if cut > 0 {
            self.say(&format!(
                "{} cut at 32,767 signs, which is all that a cell of Excel holds; CSV and JSON have them whole",
                crate::text::count(cut, "text")
            ));
        }
    }

    /// Writes a file as it is; a terminal gets it without what it would obey.
    pub fn put_as_it_is(&self, text: &str) -> Result<(), CliError> {
        if self.output.is_none() && io::stdout().is_terminal() {
            return self.put(&harmless(text));
        }
        self.put(text)
    }

    /// Writes a text to the file or stream that `--output` names, if it was given, and says whether it was.
    pub fn to_output(&self, text: &str) -> Result<bool, CliError> {
        if self.asked_output {
            self.put(text)?;
        }
        Ok(self.asked_output)
    }

    /// Writes a report in one of its formats: the page for people, the typed value for programs.
    pub fn page<T: Serialize>(
        &self,
        format: PageFormat,
        value: &T,
        page: impl FnOnce() -> Document,
    ) -> Result<(), CliError> {
        self.page_on(&self.screen, format, value, page)
    }

    /// As [`Context::page`], for a screen of one's own, such as one with exact figures.
    pub fn page_on<T: Serialize>(
        &self,
        screen: &render::Screen,
        format: PageFormat,
        value: &T,
        page: impl FnOnce() -> Document,
    ) -> Result<(), CliError> {
        if format == PageFormat::Xlsx {
            return self.workbook("… -O xlsx -o report.xlsx", page);
        }
        if format == PageFormat::Json && self.output.is_none() && !self.keeps() {
            let mut out = io::stdout().lock();
            render::json_to(value, &mut out)?;
            return Ok(out.flush()?);
        }
        let text = match format {
            PageFormat::Terminal => render::terminal(&page(), screen),
            PageFormat::Markdown => render::markdown(&page(), screen.exact),
            PageFormat::Html => render::html(&page(), screen.exact, &self.templates()?)?,
            PageFormat::Csv => render::csv(&page())?,
            PageFormat::Json | PageFormat::Xlsx => render::json(value)?,
            PageFormat::Yaml => render::yaml(value)?,
        };
        self.put(&text)
    }

    /// Writes a list in one of its formats: the page for people, the typed value for programs, references for commands.
    ///
    /// A file whose name ends like one of the formats gets that one, unless another was asked for.
    pub fn list<T: Serialize>(
        &self,
        format: ListFormat,
        value: impl FnOnce() -> T,
        ids: impl IntoIterator<Item = String>,
        page: impl FnOnce(ListFormat) -> Document,
    ) -> Result<(), CliError> {
        let format = match (format, super::report::by_name(self)) {
            (ListFormat::Table, PageFormat::Xlsx) => ListFormat::Xlsx,
            (ListFormat::Table, PageFormat::Csv) => ListFormat::Csv,
            (ListFormat::Table, PageFormat::Json) => ListFormat::Json,
            (ListFormat::Table, PageFormat::Yaml) => ListFormat::Yaml,
            (said, _) => said,
        };
        let text = match format {
            ListFormat::Xlsx => return self.workbook("… -O xlsx -o list.xlsx", || page(format)),
            ListFormat::Ids => ids.into_iter().map(|id| id + "\n").collect(),
            ListFormat::Json => render::json(&value())?,
            ListFormat::Yaml => render::yaml(&value())?,
            ListFormat::Csv => render::csv(&page(format))?,
            ListFormat::Table => render::terminal(&page(format), &self.screen),
        };
        self.put(&text)
    }

    /// Writes the tables of a page as a workbook; `example` is what to type where there would be nobody to open it.
    fn workbook(&self, example: &str, page: impl FnOnce() -> Document) -> Result<(), CliError> {
        self.allow_bytes(example)?;
        let written = render::xlsx(&page())?;
        self.put_bytes(&written.bytes)?;
        self.tell_cut(written.cut);
        Ok(())
    }

    /// Says something beside the product, unless it is to be quiet.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            aside(&harmless(text));
        }
    }
}

/// Lines without what a terminal would obey.
fn harmless(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(escape::terminal).collect();
    lines.join("\n") + "\n"
}

/// Tells the user that the command line was not understood, or prints the help that it asks for.
pub(super) fn misunderstood(wrong: &clap::Error) {
    let text = wrong.render().to_string();
    if text.contains(|c: char| c.is_control() && c != '\n') {
        // Words of the command line are repeated as they are; a script may have them from anywhere.
        aside(&harmless(&text));
    } else {
        // Nothing can be done when even the help cannot be printed.
        let _ = wrong.print();
    }
}

/// Tells the user what went wrong and what to do.
pub(super) fn complain(error: &CliError, colour: bool) {
    let paint = |style: anstyle::Style| if colour { style } else { anstyle::Style::new() };
    let red = paint(anstyle::AnsiColor::Red.on_default().bold());
    let strong = paint(anstyle::Style::new().bold());
    // Causes that only repeat what was said are left out, and so is the system's own wording, which our
    // errors have translated; a backtrace never helps a user.
    let mut said = error.source.to_string();
    let mut text = said.clone();
    for cause in error.source.chain().skip(1).filter(|c| !c.is::<io::Error>()).map(ToString::to_string) {
        if !said.contains(&cause) {
            text.push_str(&format!("\n  because {cause}"));
            said.push_str(&cause);
        }
    }
    let mut lines = text.lines().map(escape::terminal);
    let first = lines.next().unwrap_or_default();
    let mut out = format!("{red}error{red:#}{strong}:{strong:#} {first}\n");
    for line in lines {
        out.push_str(&format!("{line}\n"));
    }
    for hint in &error.hints {
        out.push_str(&format!("{strong}help:{strong:#} {}\n", escape::terminal(hint)));
    }
    aside(&out);
}

/// Writes to standard error; when nobody reads it any more, there is nobody to tell.
fn aside(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
