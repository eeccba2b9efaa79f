//! Which columns a table shows at a width, and how wide each of them is.

use crate::document::Column;

/// What a column would take if there were room.
pub(super) struct Wanted {
    /// Its widest cell or its title.
    pub(super) natural: usize,
    /// Its title.
    pub(super) title: usize,
    /// The blanks behind it.
    pub(super) gap: usize,
}

/// The narrowest that a column of words is cut to before others are dropped for it.
const NARROWEST: usize = 20;

/// Chooses among the columns `kept` for `room`: first words that may be cut give way, then columns drop by priority (of equal
/// ones the rightmost), then whatever is left is cut.
///
/// Gives the columns kept with their widths, and those dropped, both in order.
pub(super) fn choose(
    columns: &[Column],
    wanted: &[Wanted],
    mut kept: Vec<usize>,
    room: usize,
) -> (Vec<(usize, usize)>, Vec<usize>) {
    let mut dropped = Vec::new();
    let least = |at: usize| {
        if columns[at].stretch {
            wanted[at].natural.min(NARROWEST.max(wanted[at].title))
        } else {
            wanted[at].natural
        }
    };
    while total(&kept, wanted, least) > room {
        let last = kept.iter().enumerate().filter(|(_, at)| columns[**at].priority > 0);
        let Some((place, _)) = last.max_by_key(|(_, at)| (columns[**at].priority, **at)) else { break };
        dropped.push(kept.remove(place));
        // A marker without the column that it hugs says nothing.
        if place > 0 && columns[kept[place - 1]].hugs {
            kept.remove(place - 1);
        }
    }
    dropped.sort_unstable();
    let mut widths: Vec<(usize, usize)> = kept.iter().map(|at| (*at, least(*at))).collect();
    let used = total(&kept, wanted, least);
    if used <= room {
        share(&mut widths, wanted, room - used);
    } else {
        squeeze(&mut widths, used - room);
    }
    (widths, dropped)
}

/// What the columns take; the last one needs no blanks behind it.
fn total(kept: &[usize], wanted: &[Wanted], width: impl Fn(usize) -> usize) -> usize {
    let all: usize = kept.iter().map(|at| width(*at) + wanted[*at].gap).sum();
    all - kept.last().map_or(0, |at| wanted[*at].gap)
}

/// Gives free columns to those that want more, evenly.
fn share(widths: &mut [(usize, usize)], wanted: &[Wanted], mut free: usize) {
    while free > 0 {
        let mut gave = false;
        for (at, width) in widths.iter_mut() {
            if free > 0 && *width < wanted[*at].natural {
                *width += 1;
                free -= 1;
                gave = true;
            }
        }
        if !gave {
            break;
        }
    }
}

/// Takes columns from the widest, one by one.
fn squeeze(widths: &mut [(usize, usize)], over: usize) {
    for _ in 0..over {
        let Some((_, width)) =
            widths.iter_mut().max_by_key(|(_, width)| *width).filter(|(_, width)| *width > 1)
        else {
            break;
        };
        *width -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(room: usize) -> Vec<(usize, usize)> {
        let columns = [
            Column::new("project", "Project").stretch(),
            Column::new("phase", "Phase").priority(3),
            Column::figures("cost", "Cost").priority(1),
            Column::figures("slip", "Slip").priority(1),
        ];
        let wanted: Vec<Wanted> = [30, 8, 8, 6]
            .iter()
            .zip(&columns)
            .map(|(natural, column)| Wanted { natural: *natural, title: column.title.len(), gap: 2 })
            .collect();
        choose(&columns, &wanted, (0..columns.len()).collect(), room).0
    }

    #[test]
    fn columns_drop_by_priority_and_from_the_right() {
        let kept = |room| shown(room).iter().map(|(at, _)| *at).collect::<Vec<_>>();
        assert_eq!(kept(58), [0, 1, 2, 3]);
        assert_eq!(kept(39), [0, 2, 3]);
        assert_eq!(kept(31), [0, 2]);
        assert_eq!(kept(13), [0]);
    }

    #[test]
    fn words_are_cut_before_columns_drop() {
        assert_eq!(shown(50), [(0, 22), (1, 8), (2, 8), (3, 6)]);
        assert_eq!(shown(5), [(0, 5)]);
    }
}
