//! Makes text harmless for the place where it is shown. Each destination has one function.

use std::borrow::Cow;

/// Stands for a character that must not be shown and has no picture of its own.
const REPLACEMENT: char = '\u{fffd}';

/// Makes text safe on one line of a terminal.
///
/// Line breaks and tabs become one space; other control characters (ESC among them) become their
/// Unicode picture, such as `␛`; C1 controls, bidirectional overrides and invisible characters
/// become `�`. Text that is already harmless is handed back without a copy.
pub fn terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\t' => out.push(' '),
            _ => out.push(visible(c)),
        }
    }
    Cow::Owned(out)
}

/// Makes text safe as Markdown prose: it reads as written and starts no heading, list, table, link or tag.
///
/// Line breaks and blank lines stay, so that a summary of two paragraphs remains two paragraphs.
pub fn markdown(text: &str) -> Cow<'_, str> {
    let harmless =
        |c: char| (c.is_alphanumeric() && !invisible(c)) || matches!(c, ' ' | ',' | ';' | ':' | '(' | ')');
    let plain = text.chars().all(harmless)
        && !text.starts_with(|c: char| c == ' ' || c.is_ascii_digit())
        && !text.ends_with(' ');
    if plain {
        return Cow::Borrowed(text);
    }
    // A space that does not break was put there on purpose, as where a tree is drawn.
    let blank = |c: char| c.is_whitespace() && c != '\u{a0}';
    let lines: Vec<String> = text.lines().map(|line| markdown_line(line.trim_matches(blank))).collect();
    Cow::Owned(lines.join("\n"))
}

/// Makes text safe in one cell of a Markdown table: as [`markdown`], on one line.
pub fn markdown_cell(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\t']) {
        let joined: Vec<&str> = text.split_whitespace().collect();
        return Cow::Owned(markdown(&joined.join(" ")).into_owned());
    }
    markdown(text)
}

fn markdown_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let mut previous = None;
    let mut chars = line.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) => {
                out.push('_')
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '#' | '-' | '+' | '=' if at == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if digits > 0 && at == digits => {
                out.push('\\');
                out.push(c);
            }
            '\t' => out.push(' '),
            _ => out.push(visible(c)),
        }
        previous = Some(c);
    }
    out
}

/// Makes text safe in HTML, between tags and inside quoted attributes; line breaks stay.
pub fn html(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'');
    if !text.chars().any(|c| special(c) || (c.is_control() && c != '\n') || invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\r' => {}
            _ => out.push(visible(c)),
        }
    }
    Cow::Owned(out)
}

/// Makes text safe inside the quotes of a Mermaid label: whatever is neither letter, digit nor plain punctuation is
/// written as an entity code (`#34;`), so that nothing ends the label, begins a directive or is taken for HTML.
pub fn mermaid(text: &str) -> Cow<'_, str> {
    let plain = |c: char| (c.is_alphanumeric() && !invisible(c)) || matches!(c, ' ' | ',' | '.' | '-' | '/');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let safe = terminal(text);
    let mut out = String::with_capacity(safe.len() + 16);
    for c in safe.chars() {
        if plain(c) {
            out.push(c);
        } else {
            out.push_str(&format!("#{};", u32::from(c)));
        }
    }
    Cow::Owned(out)
}

/// Makes text safe inside a quoted string of Graphviz' DOT that is shown as a label, on one line.
///
/// A backslash is doubled, or it would begin an escape of the label; `&` would begin an entity.
pub fn dot(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '"' | '\\' | '&' | '<' | '>');
    if !text.chars().any(|c| special(c) || c.is_control() || invisible(c)) {
        return Cow::Borrowed(text);
    }
    let safe = terminal(text);
    let mut out = String::with_capacity(safe.len() + 16);
    for c in safe.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Makes a *text* cell safe in a spreadsheet: one that could be taken for a formula gets a leading apostrophe.
///
/// Numbers must not come this way, or `-3` would stop being a number. Quoting is left to the CSV writer.
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    let keep = |c: char| matches!(c, '\n' | '\t');
    let mut safe = Cow::Borrowed(text);
    if text.contains('\r') {
        return Cow::Owned(csv_cell(&text.replace("\r\n", "\n").replace('\r', " ")).into_owned());
    }
    if text.chars().any(|c| (c.is_control() && !keep(c)) || invisible(c)) {
        safe = Cow::Owned(text.chars().map(|c| if keep(c) { c } else { visible(c) }).collect());
    }
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        safe = Cow::Owned(format!("'{safe}"));
    }
    safe
}

/// Tells whether a character must not reach a screen as it is: a control, or one that reorders, hides or is not seen.
pub fn is_obeyed(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_control() } else { c.is_control() || invisible(c) }
}

/// Escapes in finished JSON what a terminal would obey or not show: `\u202e`. Line breaks between values stay.
pub fn json(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c != '\n' && is_obeyed(c);
    if !text.chars().any(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if obeyed(c) {
            let units =
                c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            out.push_str(&units);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Gives a character's visible stand-in: itself, unless it is a control or an invisible character.
fn visible(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(REPLACEMENT),
        '\x7f' => '\u{2421}',
        _ if c.is_control() || invisible(c) => REPLACEMENT,
        _ => c,
    }
}

/// Tells whether a character reorders, breaks or hides the text around it without being seen itself.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{061c}' | '\u{200e}' | '\u{200f}'                 // marks of direction
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'  // embeddings, overrides, isolates
        | '\u{2028}' | '\u{2029}'                            // line and paragraph separators
        | '\u{00ad}' | '\u{200b}' | '\u{feff}'              // soft hyphen, zero-width space, byte order mark
        | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'  // word joiner, signs of sums that are not seen
        | '\u{fff9}'..='\u{fffb}'                            // annotations between the lines
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'  // letters that are blanks
        | '\u{180e}'                                        // a separator of vowels
        | '\u{e0000}'..='\u{e007f}'                          // tags
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_text_cannot_move_the_cursor() {
        assert_eq!(terminal("a\x1b[31mred\x07"), "a␛[31mred␇");
        assert_eq!(terminal("c1 \u{9b}31m and \u{202e}live"), "c1 �31m and �live");
        assert_eq!(terminal("a\u{115f}b\u{3164}\u{2062}"), "a�b��");
        assert_eq!(terminal("two\r\nlines\tand\na half"), "two lines and a half");
        assert!(matches!(terminal("Žluťoučký kůň 👩‍💻"), Cow::Borrowed(_)));
    }

    #[test]
    fn markdown_reads_as_written() {
        assert_eq!(markdown("# not a heading"), "\\# not a heading");
        assert_eq!(markdown("- a\n1. b\n10) c"), "\\- a\n1\\. b\n10\\) c");
        assert_eq!(markdown("2.5 % of *all* [x](y)"), "2\\.5 % of \\*all\\* \\[x\\](y)");
        assert_eq!(markdown("set percent_complete or _this_"), "set percent_complete or \\_this\\_");
        assert_eq!(markdown("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(markdown("    indented\n\nnext"), "indented\n\nnext");
        assert_eq!(markdown("\u{115f}blank"), "�blank");
        assert_eq!(markdown("a \\| b"), "a \\\\\\| b");
    }

    #[test]
    fn a_markdown_cell_is_one_line_without_bare_pipes() {
        assert_eq!(markdown_cell("a | b\nc\td"), "a \\| b c d");
        assert_eq!(markdown_cell("plain"), "plain");
    }

    #[test]
    fn html_is_inert_in_text_and_attributes() {
        assert_eq!(html("<a href='x' title=\"y\">&"), "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;");
        assert_eq!(html("a\nb\x1b\u{202e}"), "a\nb␛�");
    }

    #[test]
    fn json_hides_nothing() {
        assert_eq!(
            json("{\n\"a\": \"\u{202e}b\u{7f}\u{e0041}é\"}"),
            "{\n\"a\": \"\\u202eb\\u007f\\udb40\\udc41é\"}"
        );
    }

    #[test]
    fn a_csv_cell_is_never_a_formula() {
        for start in ["=", "+", "-", "@", "\t"] {
            assert_eq!(csv_cell(&format!("{start}cmd")), format!("'{start}cmd"));
        }
        assert_eq!(csv_cell("a\rb\r\nc"), "a b\nc");
        assert_eq!(csv_cell("plain = text"), "plain = text");
        assert_eq!(csv_cell("a\nb\x1b"), "a\nb␛");
    }
}
