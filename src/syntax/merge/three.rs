//! Three sequences into one: what each of two sides changed of a base, as far as they do not meet.

use std::ops::Range;

/// Sequences whose product of lengths is over this are taken as replaced as a whole between their equal ends.
const LARGEST: usize = 9_000_000;

/// A piece of the merged sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Taken from our side: what nobody changed, or what we did.
    Ours(Range<usize>),
    /// Taken from their side.
    Theirs(Range<usize>),
    /// Both put something in at one place: ours, then theirs.
    Both(Range<usize>, Range<usize>),
    /// Both changed the same in different ways.
    Conflict {
        /// What stood there.
        base: Range<usize>,
        /// What stands there on our side.
        ours: Range<usize>,
        /// What stands there on their side.
        theirs: Range<usize>,
    },
}

/// What one side made of a stretch of the base.
#[derive(Debug, Clone)]
struct Hunk {
    base: Range<usize>,
    side: Range<usize>,
}

/// Merges two changed sequences; changes that only touch each other do not meet.
pub(super) fn merge<T: PartialEq>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<Piece> {
    let (mine, others) = (hunks(base, ours), hunks(base, theirs));
    let mut pieces = Vec::new();
    let (mut i, mut j, mut at, mut here) = (0, 0, 0, 0);
    // Unchanged stretches are taken from our side, where `here` follows `at` of the base.
    let keep = |pieces: &mut Vec<Piece>, at: &mut usize, here: &mut usize, upto: usize| {
        let length = upto.saturating_sub(*at);
        if length > 0 {
            pieces.push(Piece::Ours(*here..*here + length));
            (*at, *here) = (*at + length, *here + length);
        }
    };
    while i < mine.len() || j < others.len() {
        let (o, t) = (mine.get(i), others.get(j));
        if let (Some(o), Some(t)) = (o, t)
            && meet(&o.base, &t.base)
        {
            // Whatever meets what is in the cluster belongs to it.
            let mut whole = o.base.start.min(t.base.start)..o.base.end.max(t.base.end);
            let (mut i_end, mut j_end) = (i + 1, j + 1);
            loop {
                if let Some(more) = mine.get(i_end).filter(|hunk| meet(&hunk.base, &whole)) {
                    whole.end = whole.end.max(more.base.end);
                    i_end += 1;
                } else if let Some(more) = others.get(j_end).filter(|hunk| meet(&hunk.base, &whole)) {
                    whole.end = whole.end.max(more.base.end);
                    j_end += 1;
                } else {
                    break;
                }
            }
            keep(&mut pieces, &mut at, &mut here, whole.start);
            let (left, right) = (spread(&mine[i..i_end], &whole), spread(&others[j..j_end], &whole));
            pieces.push(if ours[left.clone()] == theirs[right.clone()] {
                Piece::Ours(left.clone())
            } else if whole.is_empty() {
                Piece::Both(left.clone(), right)
            } else {
                Piece::Conflict { base: whole.clone(), ours: left.clone(), theirs: right }
            });
            (i, j, at, here) = (i_end, j_end, whole.end, left.end);
            continue;
        }
        let is_ours = match (o, t) {
            (Some(o), Some(t)) => (o.base.start, o.base.end) <= (t.base.start, t.base.end),
            (o, _) => o.is_some(),
        };
        let Some(next) = (if is_ours { o } else { t }) else { break };
        keep(&mut pieces, &mut at, &mut here, next.base.start);
        at = next.base.end;
        if is_ours {
            pieces.push(Piece::Ours(next.side.clone()));
            here = next.side.end;
            i += 1;
        } else {
            pieces.push(Piece::Theirs(next.side.clone()));
            here += next.base.len();
            j += 1;
        }
    }
    keep(&mut pieces, &mut at, &mut here, base.len());
    pieces
}

/// Whether two stretches of the base share an element, or are two insertions at one place.
fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => a.start == b.start,
        (true, false) => b.start < a.start && a.start < b.end,
        (false, true) => a.start < b.start && b.start < a.end,
        (false, false) => a.start < b.end && b.start < a.end,
    }
}

/// What a side has in place of a stretch of the base that holds these of its changes.
fn spread(hunks: &[Hunk], whole: &Range<usize>) -> Range<usize> {
    match (hunks.first(), hunks.last()) {
        (Some(first), Some(last)) => {
            let start = first.side.start - (first.base.start - whole.start);
            start..last.side.end + (whole.end - last.base.end)
        }
        _ => 0..0,
    }
}

/// Finds what a side changed of the base.
fn hunks<T: PartialEq>(base: &[T], side: &[T]) -> Vec<Hunk> {
    let start = base.iter().zip(side).take_while(|(a, b)| a == b).count();
    let (b, s) = (&base[start..], &side[start..]);
    let end = b.iter().rev().zip(s.iter().rev()).take_while(|(a, b)| a == b).count();
    let (b, s) = (&b[..b.len() - end], &s[..s.len() - end]);
    let mut found = Vec::new();
    if b.is_empty() && s.is_empty() {
        return found;
    }
    let mut put = |base: Range<usize>, side: Range<usize>| {
        found.push(Hunk {
            base: start + base.start..start + base.end,
            side: start + side.start..start + side.end,
        });
    };
    if b.len().saturating_mul(s.len()) > LARGEST {
        put(0..b.len(), 0..s.len());
        return found;
    }
    // The length of the longest common part of what is left, for every pair of places.
    let width = s.len() + 1;
    let mut common = vec![0u32; (b.len() + 1) * width];
    for i in (0..b.len()).rev() {
        for j in (0..s.len()).rev() {
            common[i * width + j] = if b[i] == s[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut from) = (0, 0, None::<(usize, usize)>);
    while i < b.len() || j < s.len() {
        if i < b.len() && j < s.len() && b[i] == s[j] {
            if let Some((b0, s0)) = from.take() {
                put(b0..i, s0..j);
            }
            (i, j) = (i + 1, j + 1);
            continue;
        }
        from.get_or_insert((i, j));
        if j == s.len() || (i < b.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            i += 1;
        } else {
            j += 1;
        }
    }
    if let Some((b0, s0)) = from {
        put(b0..i, s0..j);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Merges letters; a conflict is shown as {ours|theirs}, insertions at one place as (ours+theirs).
    fn merged(base: &str, ours: &str, theirs: &str) -> String {
        let [b, o, t] = [base, ours, theirs].map(|text| text.chars().collect::<Vec<char>>());
        let text = |side: &[char], at: &Range<usize>| side[at.clone()].iter().collect::<String>();
        merge(&b, &o, &t)
            .iter()
            .map(|piece| match piece {
                Piece::Ours(at) => text(&o, at),
                Piece::Theirs(at) => text(&t, at),
                Piece::Both(left, right) => format!("({}+{})", text(&o, left), text(&t, right)),
                Piece::Conflict { ours, theirs, .. } => {
                    format!("{{{}|{}}}", text(&o, ours), text(&t, theirs))
                }
            })
            .collect()
    }

    #[test]
    fn changes_that_do_not_meet_are_both_taken() {
        for (base, ours, theirs, expected) in [
            ("abcdef", "abcdef", "abcdef", "abcdef"),
            ("abcdef", "aXcdef", "abcdYf", "aXcdYf"),
            ("abcdef", "aXcdef", "abYdef", "aXYdef"),
            ("abcdef", "acdef", "abcde", "acde"),
            ("abc", "abcX", "abcX", "abcX"),
            ("abc", "abcX", "abcY", "abc(X+Y)"),
            ("abc", "aXbc", "abYc", "aXbYc"),
            ("abc", "aXc", "aYc", "a{X|Y}c"),
            ("abc", "ac", "aYc", "a{|Y}c"),
            ("abcd", "aXXd", "abYd", "a{XX|bY}d"),
            ("abcd", "d", "abc", ""),
            ("", "a", "b", "(a+b)"),
            ("abc", "Xabc", "abcY", "XabcY"),
        ] {
            assert_eq!(merged(base, ours, theirs), expected, "{base} {ours} {theirs}");
        }
    }
}
