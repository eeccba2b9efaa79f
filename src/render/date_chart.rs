//! A chart of dates against dates in characters: later is up, a letter for each thing whose date is forecast, and a
//! dotted diagonal on which a thing is reached.

use chrono::{Days, NaiveDate};

use crate::document::{DateChart, DateLine};
use crate::text;

use super::figures::{Figures, TIED};

/// How many lines the chart has.
const ROWS: usize = 18;

/// Every so many lines have a date beside them.
const LABELLED: usize = 3;

/// No wider than this, whatever the screen.
const WIDEST: usize = 110;

/// Draws the chart in lines of at most `width` columns; nothing where there is nothing to draw, or no room.
pub(super) fn draw(chart: &DateChart, figures: &Figures, width: usize) -> Vec<String> {
    let (Some((first, last)), Some((low, high))) = (chart.across(), chart.upward()) else {
        return Vec::new();
    };
    // At least a week for each line, so that what hardly moved does not look like a cliff.
    let short = (ROWS as i64 - 1) * 7 - days(low, high);
    let high = if short > 0 { high + Days::new(short.unsigned_abs()) } else { high };
    let label = |date: NaiveDate| figures.date(date).replace(TIED, " ");
    let marks: Vec<String> = (0..ROWS).map(|row| label(day_of(row, low, high))).collect();
    let margin = marks.iter().map(|mark| text::width(mark)).max().unwrap_or(0);
    let agreed = baselines(chart, low, high);
    let right = agreed.iter().map(|letters| text::width(letters)).max().unwrap_or(0) + 1;
    let Some(columns) =
        width.min(WIDEST).checked_sub(2 + margin + 2 + right).filter(|columns| *columns >= 20)
    else {
        return Vec::new();
    };
    let mut canvas = Canvas { cells: vec![vec![' '; columns]; ROWS], ascii: figures.marks.ascii };
    canvas.diagonal((first, last), (low, high));
    for line in &chart.lines {
        canvas.line(line, (first, last), (low, high));
    }
    let mut out = Vec::new();
    for row in (0..ROWS).rev() {
        let mark = if row % LABELLED == 0 { marks[row].as_str() } else { "" };
        let mark = text::pad(mark, margin, text::Align::Right);
        let (edge, cells) =
            (if canvas.ascii { '|' } else { '│' }, canvas.cells[row].iter().collect::<String>());
        out.push(format!("  {mark} {edge}{cells} {}", agreed[row]).trim_end().to_owned());
    }
    let rule = if canvas.ascii { '-' } else { '─' };
    let corner = if canvas.ascii { '+' } else { '└' };
    let blank = " ".repeat(2 + margin + 1);
    out.push(format!("{blank}{corner}{}", rule.to_string().repeat(columns)));
    let (from, to) = (label(first), label(last));
    let between = columns.saturating_sub(text::width(&from) + text::width(&to));
    out.push(format!("{blank} {from}{}{to}", " ".repeat(between)));
    out
}

fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// Where a day lies among `count` places from the first day to the last.
fn place(day: NaiveDate, (first, last): (NaiveDate, NaiveDate), count: usize) -> Option<usize> {
    let (whole, passed) = (days(first, last), days(first, day));
    let steps = i64::try_from(count).ok()? - 1;
    let at = if whole == 0 { 0 } else { (passed * steps * 2 + whole).div_euclid(whole * 2) };
    usize::try_from(at).ok().filter(|at| *at < count)
}

/// The day in the middle of a line.
fn day_of(row: usize, low: NaiveDate, high: NaiveDate) -> NaiveDate {
    let at = days(low, high) * row as i64 / (ROWS as i64 - 1);
    low + Days::new(at.unsigned_abs())
}

/// The letters of the agreed dates beside each line of the chart, in small.
fn baselines(chart: &DateChart, low: NaiveDate, high: NaiveDate) -> Vec<String> {
    let mut letters = vec![String::new(); ROWS];
    for line in &chart.lines {
        if let Some(row) = line.baseline.and_then(|day| place(day, (low, high), ROWS)) {
            letters[row].push(line.mark.to_ascii_lowercase());
        }
    }
    letters
}

struct Canvas {
    cells: Vec<Vec<char>>,
    ascii: bool,
}

impl Canvas {
    fn width(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    /// Where the day of reporting is the day of which is reported.
    fn diagonal(&mut self, across: (NaiveDate, NaiveDate), upward: (NaiveDate, NaiveDate)) {
        let (columns, dot) = (self.width(), if self.ascii { '.' } else { '·' });
        for day in across.0.iter_days().take_while(|day| *day <= across.1) {
            if let (Some(column), Some(row)) = (place(day, across, columns), place(day, upward, ROWS)) {
                self.cells[row][column] = dot;
            }
        }
    }

    fn line(&mut self, line: &DateLine, across: (NaiveDate, NaiveDate), upward: (NaiveDate, NaiveDate)) {
        let (columns, dash) = (self.width(), if self.ascii { '-' } else { '─' });
        let at = |(given, day): &(NaiveDate, NaiveDate)| {
            Some((place(*given, across, columns)?, place(*day, upward, ROWS)?))
        };
        let points: Vec<(usize, usize)> = line.points.iter().filter_map(at).collect();
        for pair in points.windows(2) {
            let (row, next) = (pair[0].1, pair[1].0);
            for column in pair[0].0 + 1..next {
                if !self.cells[row][column].is_alphanumeric() && self.cells[row][column] != '*' {
                    self.cells[row][column] = dash;
                }
            }
        }
        for (column, row) in points {
            let cell = &mut self.cells[row][column];
            *cell =
                if cell.is_alphanumeric() && *cell != line.mark || *cell == '*' { '*' } else { line.mark };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::render::locale::Locale;
    use crate::render::marks::{ASCII, UNICODE};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn figures(ascii: bool) -> Figures {
        let marks = if ascii { ASCII } else { UNICODE };
        Figures { exact: false, day: day("2026-11-20"), marks, locale: Locale::of(Language::EnGb) }
    }

    fn chart() -> DateChart {
        let line = |mark, days: &[&str], baseline: &str| DateLine {
            mark,
            name: mark.to_string(),
            baseline: Some(day(baseline)),
            points: (0..)
                .zip(days)
                .map(|(week, to)| (day("2026-10-02") + Days::new(7 * week), day(to)))
                .collect(),
        };
        let slips = [
            "2026-12-01",
            "2026-12-01",
            "2026-12-15",
            "2027-01-05",
            "2027-01-05",
            "2027-01-05",
            "2027-01-19",
        ];
        let lines = vec![
            line('A', &["2026-10-20", "2026-10-20", "2026-10-27", "2026-10-24"], "2026-10-20"),
            line('B', &slips, "2026-12-01"),
        ];
        DateChart { key: "chart".to_owned(), title: "Milestones".to_owned(), lines }
    }

    #[test]
    fn a_slip_rises_and_what_is_reached_ends_on_the_diagonal() {
        let drawn = draw(&chart(), &figures(false), 60);
        assert!(drawn.iter().all(|line| text::width(line) <= 60), "{drawn:#?}");
        snapbox::assert_data_eq!(drawn.join("\n") + "\n", snapbox::file!["tests/date_chart.txt"].raw());
        let plain = draw(&chart(), &figures(true), 60).join("\n");
        assert!(plain.is_ascii(), "{plain}");
    }

    #[test]
    fn one_report_and_a_narrow_screen_are_no_trouble() {
        let mut one = chart();
        one.lines.truncate(1);
        one.lines[0].points.truncate(1);
        assert_eq!(draw(&one, &figures(false), 60).len(), ROWS + 2);
        assert_eq!(draw(&one, &figures(false), 30), [""; 0]);
        one.lines.clear();
        assert_eq!(draw(&one, &figures(false), 60), [""; 0]);
    }
}
