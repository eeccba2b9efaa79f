//! A heat map without boxes: a line a level, the shape of its band and the score in each cell, references below.

use anstyle::Style;

use crate::document::{Heat, HeatCell, HeatLevel, HeatMark};
use crate::render::marks::Marks;
use crate::text;

use super::{Page, Pen};

const INDENT: usize = 2;
const GAP: usize = 2;
/// The widest that the names of levels stand beside the map.
const LABEL: usize = 18;
/// How many lines of references a cell has at most; the last of them counts those that do not fit.
const LINES: usize = 5;

/// Where the columns stand, and how wide they are.
struct Grid {
    label: usize,
    cell: usize,
}

impl Page {
    pub(super) fn heat(&mut self, heat: &Heat) {
        let grid = self.pen.grid(heat);
        self.blanks(INDENT + grid.label + GAP);
        let across = self.pen.cut(&self.pen.plain(&heat.across), self.pen.width / 2);
        self.pen.paint.put(&mut self.out, self.pen.paint.dim(), &across);
        self.end_line();
        let titles = heat.columns.iter().map(|level| (self.pen.named(level), self.pen.paint.dim())).collect();
        let upward = self.pen.plain(&heat.upward).into_owned();
        self.heat_line(&grid, (&upward, self.pen.paint.dim()), titles);
        self.blanks(INDENT);
        let ruled = grid.label + heat.columns.len() * (GAP + grid.cell);
        let rule: String = std::iter::repeat_n(self.pen.figures.marks.rule, ruled).collect();
        self.pen.paint.put(&mut self.out, self.pen.paint.dim(), &rule);
        self.end_line();
        for (level, cells) in &heat.rows {
            let scores = cells.iter().map(|cell| self.pen.score(heat, cell)).collect();
            let name = self.pen.named(level);
            self.heat_line(&grid, (&name, Style::new()), scores);
            let listed: Vec<Vec<String>> =
                cells.iter().map(|cell| self.pen.references(cell, grid.cell)).collect();
            for line in 0..listed.iter().map(Vec::len).max().unwrap_or(0) {
                let words = |cell: &Vec<String>| (cell.get(line).cloned().unwrap_or_default(), Style::new());
                self.heat_line(&grid, ("", Style::new()), listed.iter().map(words).collect());
            }
        }
    }

    fn heat_line(&mut self, grid: &Grid, (label, style): (&str, Style), cells: Vec<(String, Style)>) {
        self.blanks(INDENT);
        let label = text::pad(&self.pen.cut(label, grid.label), grid.label, text::Align::Left);
        self.pen.paint.put(&mut self.out, style, &label);
        for (words, style) in cells {
            self.blanks(GAP);
            let words = self.pen.cut(&words, grid.cell);
            self.pen.paint.put(&mut self.out, style, &words);
            self.blanks(grid.cell - text::width(&words));
        }
        self.end_line();
    }
}

impl Pen {
    fn named(&self, level: &HeatLevel) -> String {
        self.plain(&format!("{} {}", level.number, level.name)).into_owned()
    }

    /// As wide as the longest needs, and no wider than there is room.
    fn grid(&self, heat: &Heat) -> Grid {
        let levels = heat.rows.iter().map(|(level, _)| text::width(&self.named(level)));
        let label = levels.chain([text::width(&heat.upward)]).max().unwrap_or(0).min(LABEL);
        let columns = heat.columns.len().max(1);
        let free = self.width.saturating_sub(INDENT + label + GAP * columns) / columns;
        let marks = heat.rows.iter().flat_map(|(_, cells)| cells).flat_map(|cell| &cell.marks);
        let marks = marks.map(|mark| text::width(&self.plain(&mark.reference)) + 1);
        let titles = heat.columns.iter().map(|level| text::width(&self.named(level)));
        let natural = marks.chain(titles).chain([6]).max().unwrap_or(0);
        Grid { label, cell: natural.min(free).max(6) }
    }

    /// The shape of the band, the score, and a sign where it is more than is to be carried.
    fn score(&self, heat: &Heat, cell: &HeatCell) -> (String, Style) {
        let Some(band) = heat.band(cell) else { return (cell.score.to_string(), Style::new()) };
        let sign = self.figures.marks.of(crate::document::Rating::shape(band.level));
        let outside = if cell.outside { " !" } else { "" };
        (format!("{sign} {}{outside}", cell.score), self.paint.level(band.level))
    }

    fn references(&self, cell: &HeatCell, columns: usize) -> Vec<String> {
        let marks: &[HeatMark] = &cell.marks;
        let all = marks.len() + cell.more;
        let shown = if all > LINES { LINES - 1 } else { marks.len() };
        let mut lines: Vec<String> = marks[..shown]
            .iter()
            .map(|mark| {
                let arrow = mark.moved.map_or("", |moved| self.figures.marks.moved(moved));
                let room = columns.saturating_sub(text::width(arrow));
                let name = short(&self.plain(&mark.reference), room, &self.figures.marks);
                format!("{name}{arrow}")
            })
            .collect();
        if shown < all {
            lines.push(format!("+{}", all - shown));
        }
        lines
    }
}

/// A reference in so many columns: of `erp-rollout/R-004` the project is cut, never the number.
fn short(reference: &str, columns: usize, marks: &Marks) -> String {
    let ascii = |words: String| if marks.ascii { words.replace('…', marks.cut) } else { words };
    if text::width(reference) <= columns {
        return reference.to_owned();
    }
    match reference.split_once('/') {
        Some((home, name)) if text::width(name) + 3 <= columns => {
            ascii(format!("{}/{name}", text::cut(home, columns - text::width(name) - 1)))
        }
        _ => ascii(text::cut(reference, columns).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::short;
    use crate::render::marks::{ASCII, UNICODE};

    #[test]
    fn the_number_of_a_record_is_never_cut() {
        let cut = |columns| short("erp-rollout/R-004", columns, &UNICODE);
        assert_eq!(["erp-rollout/R-004", "erp-r…/R-004", "e…/R-004"], [17, 12, 8].map(cut)[..]);
        assert_eq!(short("erp-rollout/R-004", 12, &ASCII), "erp-r~/R-004");
        assert_eq!(cut(5), "erp-…");
    }
}
