//! How many columns text takes on a screen, and how to make it take fewer or more.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Which side of a column text keeps to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Text: blanks follow it.
    #[default]
    Left,
    /// Numbers: blanks precede them.
    Right,
}

/// Tells how many columns a line of text takes.
///
/// Control characters have no honest width: escape first, measure after, colour last.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Fills text with blanks up to `columns`; longer text is left as it is.
pub fn pad(text: &str, columns: usize, align: Align) -> String {
    let blanks = " ".repeat(columns.saturating_sub(width(text)));
    match align {
        Align::Left => format!("{text}{blanks}"),
        Align::Right => format!("{blanks}{text}"),
    }
}

/// Shortens text to at most `columns`, ending in `…` where something was left out.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    let kept =
        text[..fitting(text, columns - 1)].trim_end_matches(|c: char| c == '\u{200d}' || c.is_whitespace());
    Cow::Owned(format!("{kept}…"))
}

/// How many bytes of the text fit into the columns; none if not even the first character does.
pub fn fitting(text: &str, columns: usize) -> usize {
    let (mut used, mut end, mut before) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        let mut wide = c.width().unwrap_or(0);
        // A sign such as ❤ or 1 that is to be shown as a picture is as wide as one.
        if c == '\u{fe0f}' {
            wide = 2_usize.saturating_sub(before);
        }
        used += wide;
        if used > columns {
            break;
        }
        before = wide;
        end = at + c.len_utf8();
    }
    end
}

/// Breaks text into lines of at most `columns` at blanks; a longer word has a line of its own.
///
/// Line breaks in the text stay; an empty line is handed back as an empty string.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && width(&line) + 1 + width(word) > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_combining_characters_are_counted_as_shown() {
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(pad("日", 4, Align::Left), "日  ");
        assert_eq!(pad("12", 4, Align::Right), "  12");
        assert_eq!(pad("longer", 3, Align::Right), "longer");
    }

    #[test]
    fn a_cut_never_exceeds_the_columns() {
        assert_eq!(cut("erp-rollout", 11), "erp-rollout");
        assert_eq!(cut("erp-rollout", 10), "erp-rollo…");
        assert_eq!(cut("two words", 5), "two…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("abc", 1), "…");
        assert_eq!(cut("abc", 0), "");
        for n in 0..12 {
            assert!(width(&cut("❤\u{fe0f}1\u{fe0f}\u{20e3}❤\u{fe0f}❤\u{fe0f}❤\u{fe0f}🇨🇿", n)) <= n, "at {n}");
            assert!(width(&cut("a日e\u{301}👩\u{200d}💻 tail", n)) <= n, "at {n}");
        }
    }

    #[test]
    fn wrapping_keeps_paragraphs_and_long_words() {
        assert_eq!(wrap("one two three\n\nfour", 8), ["one two", "three", "", "four"]);
        assert_eq!(wrap("a verylongword b", 6), ["a", "verylongword", "b"]);
    }
}
