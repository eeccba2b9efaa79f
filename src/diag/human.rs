//! Findings for people: the annotated source, the remedy, and where to read more.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Renderer, Snippet, Title};

use rayon::prelude::*;

use super::place::{Excerpt, Found};
use super::report::{Finding, Texts};
use super::{Level, Problem, Report, summary};
use crate::text::terminal;

/// What the screen can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are wanted.
    pub colour: bool,
    /// Whether more than ASCII can be shown.
    pub unicode: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Look {
        Look { colour: false, unicode: true, width: 100 }
    }
}

/// Writes every finding with its place in the file, then the summary.
pub fn render(report: &Report<'_>, look: Look) -> String {
    let written = |finding: &Finding<'_>| {
        let explained = report.rules.iter().any(|rule| rule.code == finding.problem.code);
        one(finding, &report.path(finding.problem), explained, look) + "\n\n"
    };
    let mut out: String = report.findings.par_iter().map(written).collect::<Vec<String>>().concat();
    let bold = if look.colour { anstyle::Style::new().bold() } else { anstyle::Style::new() };
    out.push_str(&format!("{bold}{}{bold:#}\n", summary::line(report)));
    out
}

/// Writes one problem as [`render`] does, without a summary; for commands that refuse something.
pub fn single(problem: &Problem, source: &Texts<'_>, look: Look) -> String {
    let report = Report::new(std::slice::from_ref(problem), source);
    report.findings.iter().map(|finding| one(finding, &report.path(problem), false, look)).collect()
}

fn one(finding: &Finding<'_>, path: &str, explained: bool, look: Look) -> String {
    let problem = finding.problem;
    let path = terminal(path).into_owned();
    let mut group = Group::with_title(title(problem));
    group = match &finding.place {
        Some(Found { excerpt: Some(excerpt), line, .. }) => {
            let (source, annotation) = annotated(excerpt, problem.label.as_deref());
            group.element(Snippet::source(source).line_start(*line).path(path).annotation(annotation))
        }
        Some(place) => group.element(Origin::path(path).line(place.line).char_column(place.column)),
        None => group.element(Origin::path(path)),
    };
    if let Some(help) = &problem.help {
        let lines: Vec<_> = help.lines().map(terminal).collect();
        group = group.element(annotate_snippets::Level::HELP.message(lines.join("\n")));
    }
    if explained {
        let more = format!("pmo explain {}", terminal(problem.code));
        group = group.element(annotate_snippets::Level::NOTE.with_name("more").message(more));
    }
    renderer(look).render(&[group])
}

fn title(problem: &Problem) -> Title<'_> {
    let level = match problem.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
    };
    level.primary_title(terminal(&problem.message)).id(problem.code)
}

/// Makes the line harmless and moves the mark along: escaping changes bytes, not the number of characters.
fn annotated<'a>(excerpt: &'a Excerpt, label: Option<&'a str>) -> (String, Annotation<'a>) {
    let Excerpt { line, marked } = excerpt;
    let before = terminal(&line[..marked.start]);
    let meant = terminal(&line[marked.clone()]);
    let after = terminal(&line[marked.end..]);
    let span = before.len()..before.len() + meant.len();
    let annotation = AnnotationKind::Primary.span(span).label(label.map(terminal));
    (format!("{before}{meant}{after}"), annotation)
}

fn renderer(look: Look) -> Renderer {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let style = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    renderer.decor_style(style).term_width(look.width.max(40))
}
