//! A chart of dates against dates as a picture inside the page.

use chrono::NaiveDate;

use crate::document::{DateChart, DateLine};

use super::Page;

/// The picture in its own units: the field, and the margins for dates and letters.
const WIDTH: i64 = 760;
const HEIGHT: i64 = 360;
const LEFT: i64 = 90;
const RIGHT: i64 = 40;
const TOP: i64 = 14;
const BOTTOM: i64 = 30;

/// How many dates stand beside the chart.
const TICKS: i64 = 6;

/// Dashes that tell lines apart without a colour.
const DASHES: [&str; 4] = ["none", "6 3", "2 3", "8 3 2 3"];

/// From days into the picture.
struct Scale {
    across: (NaiveDate, NaiveDate),
    upward: (NaiveDate, NaiveDate),
}

impl Scale {
    fn x(&self, day: NaiveDate) -> i64 {
        LEFT + share(day, self.across, WIDTH - LEFT - RIGHT)
    }

    fn y(&self, day: NaiveDate) -> i64 {
        HEIGHT - BOTTOM - share(day, self.upward, HEIGHT - TOP - BOTTOM)
    }
}

fn share(day: NaiveDate, (first, last): (NaiveDate, NaiveDate), of: i64) -> i64 {
    let whole = last.signed_duration_since(first).num_days().max(1);
    day.signed_duration_since(first).num_days() * of / whole
}

impl Page {
    /// Draws the chart; those who cannot see it are told what it shows, and find the figures in the table.
    pub(super) fn chart(&mut self, chart: &DateChart) {
        let (Some(across), Some(upward)) = (chart.across(), chart.upward()) else { return };
        let scale = Scale { across, upward };
        let view = format!("0 0 {WIDTH} {HEIGHT}");
        self.lines("figure", &[("class", "chart")], |page| {
            let with = [("viewBox", view.as_str()), ("role", "img"), ("aria-label", chart.title.as_str())];
            page.lines("svg", &with, |page| {
                page.markup.line();
                page.axes(&scale);
                for (at, line) in chart.lines.iter().enumerate() {
                    page.date_line(line, &scale, DASHES[at % DASHES.len()]);
                }
            });
        });
    }

    fn axes(&mut self, scale: &Scale) {
        let ((first, last), (low, high)) = (scale.across, scale.upward);
        let corner =
            [(scale.x(first), scale.y(high)), (scale.x(first), scale.y(low)), (scale.x(last), scale.y(low))];
        self.polyline(&corner, "none", "1", "0.5");
        // On the diagonal the day of reporting is the day of which is reported.
        let (from, to) = (first.max(low), last.min(high));
        if from < to {
            self.polyline(&[(scale.x(from), scale.y(from)), (scale.x(to), scale.y(to))], "1 4", "1", "0.8");
        }
        for tick in 0..=TICKS {
            let days = high.signed_duration_since(low).num_days() * tick / TICKS;
            let day = low + chrono::Days::new(days.unsigned_abs());
            self.words(LEFT - 6, scale.y(day) + 4, "end", &self.figures.date(day));
        }
        self.words(LEFT, HEIGHT - 8, "start", &self.figures.date(first));
        self.words(WIDTH - RIGHT, HEIGHT - 8, "end", &self.figures.date(last));
    }

    fn date_line(&mut self, line: &DateLine, scale: &Scale, dash: &'static str) {
        let points: Vec<(i64, i64)> =
            line.points.iter().map(|(given, day)| (scale.x(*given), scale.y(*day))).collect();
        self.polyline(&points, dash, "2", "1");
        if let Some((x, y)) = points.last() {
            self.words(x + 5, y + 4, "start", &line.mark.to_string());
        }
        if let Some(day) = line.baseline {
            let letter = line.mark.to_ascii_lowercase().to_string();
            self.words(WIDTH - 12, scale.y(day) + 4, "start", &letter);
        }
    }

    fn polyline(&mut self, points: &[(i64, i64)], dash: &str, width: &str, opacity: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let with = [
            ("points", points.join(" ")),
            ("fill", "none".to_owned()),
            ("stroke", "currentColor".to_owned()),
            ("stroke-width", width.to_owned()),
            ("stroke-dasharray", dash.to_owned()),
            ("stroke-opacity", opacity.to_owned()),
        ];
        let with: Vec<(&'static str, &str)> =
            with.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.lines("polyline", &with, |_| {});
    }

    fn words(&mut self, x: i64, y: i64, anchor: &str, text: &str) {
        let (x, y) = (x.to_string(), y.to_string());
        let with = [
            ("x", x.as_str()),
            ("y", y.as_str()),
            ("text-anchor", anchor),
            ("font-size", "12"),
            ("fill", "currentColor"),
        ];
        self.markup.wrap("text", &with, text);
        self.markup.line();
    }
}
