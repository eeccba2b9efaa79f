//! The last touch on what a template made: trailing comments in one column, blank lines in order.

use crate::text;

/// Stands before a trailing comment until its column is known; a private character that no key has.
pub(super) const COLUMN: char = '\u{e000}';

/// Code that is longer than this does not push the comments of its neighbours to the right.
const WIDEST: usize = 44;

/// Puts trailing comments of neighbouring lines into one column, and ends with one line break.
pub(super) fn tidy(name: &str, made: &str) -> String {
    let mut out = String::with_capacity(made.len() + made.len() / 8);
    let mut block: Vec<&str> = Vec::new();
    let mut blank = 0;
    for line in made.lines().map(|line| line.trim_end_matches([' ', '\t'])).chain([""]) {
        if line.is_empty() {
            flush(&mut block, &mut out);
            blank += 1;
            if blank == 1 || !name.ends_with(".md") {
                out.push('\n');
            }
        } else {
            blank = 0;
            block.push(line);
        }
    }
    let start = out.len() - out.trim_start_matches('\n').len();
    let end = out.trim_end_matches('\n').len();
    format!("{}\n", out.get(start..end).unwrap_or_default())
}

fn flush(block: &mut Vec<&str>, out: &mut String) {
    let code = |line: &str| line.split_once(COLUMN).map(|(code, _)| text::width(code.trim_end()));
    let column = block.iter().filter_map(|l| code(l)).filter(|w| *w <= WIDEST).max().unwrap_or(0) + 2;
    for line in block.drain(..) {
        match line.split_once(COLUMN) {
            Some((code, comment)) => {
                let code = code.trim_end();
                out.push_str(code);
                if !comment.trim().is_empty() {
                    let gap = column.saturating_sub(text::width(code)).max(2);
                    out.extend(std::iter::repeat_n(' ', gap));
                    out.push_str(comment.trim());
                }
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_a_paragraph_share_a_column() {
        let made = "a = 1\u{e000}# one\nlonger = 22\u{e000}# two\nplain = 3\n\nb = 1\u{e000}# own";
        assert_eq!(
            tidy("x.toml", made),
            "a = 1        # one\nlonger = 22  # two\nplain = 3\n\nb = 1  # own\n"
        );
    }
}
