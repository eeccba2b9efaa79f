//! Running text of several styles, broken into lines at blanks.

use anstyle::Style;

use crate::text;

/// Words of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) style: Style,
    pub(super) words: String,
}

impl Span {
    pub(super) fn plain(words: String) -> Self {
        Self { style: Style::new(), words }
    }
}

/// How many columns the spans take on one line.
pub(super) fn width(spans: &[Span]) -> usize {
    spans.iter().map(|span| text::width(&span.words)).sum()
}

/// Breaks spans into lines of at most `columns`.
pub(super) fn wrap(spans: &[Span], columns: usize) -> Vec<Vec<Span>> {
    wrap_hanging(spans, columns, 0)
}

/// Breaks spans into lines of which all but the first leave `indent` columns free.
///
/// A word longer than a line begins on one of its own and goes on over the next. Tied blanks do not break.
pub(super) fn wrap_hanging(spans: &[Span], columns: usize, indent: usize) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = Vec::new();
    let mut line: Vec<Span> = Vec::new();
    let mut used = 0;
    let each = columns.saturating_sub(indent);
    for (at, word) in words(spans).into_iter().flat_map(|word| pieces(word, each).into_iter().enumerate()) {
        let room = if lines.is_empty() { columns } else { columns.saturating_sub(indent) };
        let blank = word.iter().take(1).map(|span| leading_blanks(&span.words)).sum::<usize>();
        if used > 0 && used + width(&word) > room && (blank > 0 || at > 0) {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        let mut word = word;
        if used == 0 && !lines.is_empty() {
            trim_start(&mut word);
        }
        used += width(&word);
        line.extend(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Cuts a word that is longer than a line into pieces that fit one.
fn pieces(word: Vec<Span>, columns: usize) -> Vec<Vec<Span>> {
    let blank = word.first().map_or(0, |span| leading_blanks(&span.words));
    if width(&word) <= columns + blank || columns == 0 {
        return vec![word];
    }
    let (mut pieces, mut piece, mut used): (Vec<Vec<Span>>, Vec<Span>, usize) = (Vec::new(), Vec::new(), 0);
    for span in word {
        let mut rest = span.words.as_str();
        while !rest.is_empty() {
            // The blanks before a word are left out where it begins a line.
            let ahead = if pieces.is_empty() && piece.is_empty() { leading_blanks(rest) } else { 0 };
            let mut end = ahead + text::width::fitting(&rest[ahead..], columns.saturating_sub(used));
            if end == ahead && used == 0 {
                end = rest.chars().take(ahead + 1).map(char::len_utf8).sum();
            }
            if end > ahead {
                piece.push(Span { style: span.style, words: rest[..end].to_owned() });
                used += text::width(&rest[ahead..end]);
                rest = &rest[end..];
            }
            if !rest.is_empty() {
                pieces.push(std::mem::take(&mut piece));
                used = 0;
            }
        }
    }
    pieces.push(piece);
    pieces
}

fn leading_blanks(words: &str) -> usize {
    words.len() - words.trim_start_matches(' ').len()
}

fn trim_start(word: &mut Vec<Span>) {
    while let Some(first) = word.first_mut() {
        first.words = first.words.trim_start_matches(' ').to_owned();
        if !first.words.is_empty() {
            break;
        }
        word.remove(0);
    }
}

/// Cuts the spans into words, each with the blanks before it; a word may go on in another style.
fn words(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut words: Vec<Vec<Span>> = Vec::new();
    let mut open = false;
    for span in spans {
        let mut rest = span.words.as_str();
        while !rest.is_empty() {
            let start = leading_blanks(rest);
            let mut end = end_of_word(rest, start);
            // A percent sign stays with its figure.
            while rest[end..].starts_with(" %") {
                end = end_of_word(rest, end + 1);
            }
            let piece = Span { style: span.style, words: rest[..end].to_owned() };
            match words.last_mut() {
                Some(word) if start == 0 && open => word.push(piece),
                // Blanks that ended the span before belong to this word.
                Some(word) if word.iter().all(|part| part.words.trim_matches(' ').is_empty()) => {
                    word.push(piece)
                }
                _ => words.push(vec![piece]),
            }
            open = true;
            rest = &rest[end..];
        }
    }
    words
}

fn end_of_word(text: &str, start: usize) -> usize {
    text[start..].find(' ').map_or(text.len(), |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(spans: &[&str], columns: usize, indent: usize) -> Vec<String> {
        let spans: Vec<Span> = spans.iter().map(|words| Span::plain((*words).to_owned())).collect();
        let join = |line: &Vec<Span>| line.iter().map(|span| span.words.as_str()).collect::<String>();
        wrap_hanging(&spans, columns, indent).iter().map(join).collect()
    }

    #[test]
    fn a_word_may_go_on_in_another_style() {
        assert_eq!(texts(&["red, ", "very", " late", "."], 10, 0), ["red, very", "late."]);
        assert_eq!(texts(&["a ", "bold", "ly b"], 6, 0), ["a", "boldly", "b"]);
    }

    #[test]
    fn later_lines_leave_room_for_the_indent() {
        assert_eq!(texts(&["one two three four"], 9, 4), ["one two", "three", "four"]);
    }

    #[test]
    fn a_word_longer_than_a_line_goes_on_over_the_next() {
        assert_eq!(texts(&["a verylongword b"], 6, 0), ["a", "verylo", "ngword", "b"]);
        assert_eq!(texts(&["日本語日本語"], 5, 0), ["日本", "語日", "本語"]);
        assert_eq!(texts(&["xxxx", "yyyy"], 3, 0), ["xxx", "xyy", "yy"]);
    }

    #[test]
    fn a_tied_blank_does_not_break() {
        assert_eq!(texts(&["about 14.2\u{a0}M now"], 10, 0), ["about", "14.2\u{a0}M now"]);
        assert_eq!(texts(&["cost +14 %, late"], 9, 0), ["cost", "+14 %,", "late"]);
    }
}
