//! Texts that mean harm, and what each destination must not be found to hold.

/// How a hostile text begins, one after the other from field to field: what a spreadsheet takes for a formula,
/// what Markdown takes for a block, what a terminal takes for a command.
pub const STARTS: [&str; 18] = [
    "=cmd|'/C calc'!A0 ",
    "+1+1 ",
    "-1 ",
    "@SUM(1) ",
    "\t=1 ",
    "\r=1 ",
    "\n=1 ",
    "＝1 ",
    "# heading ",
    "> quote ",
    "1. list ",
    "| a | b | ",
    "``` ",
    "--- ",
    "::error file=a.toml::owned ",
    "\u{1b}]0;title\u{7} ",
    "<script>alert(1)</script> ",
    "\u{301}\u{200d} ",
];

/// Begins and ends what every hostile text has in the middle, so that it is found again in what a program reads.
pub const OPEN: &str = "HS(";
pub const CLOSE: &str = ")HE";

/// What stands between the two: each sort of harm once.
pub const BODY: &[&str] = &[
    // What a terminal obeys: CSI, a title, a link, the clipboard, a device string, and the same as C1 controls.
    "\u{1b}[2J\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;https://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{9b}31m\u{9d}0;x\u{9c}\u{90}q\u{9c}\u{85}",
    "a\u{8}\u{8}b\u{7f}\u{c}\u{b}c\rd\0e",
    // What reorders or hides.
    "\u{202e}live\u{202c}\u{2066}iso\u{2069}\u{200e}\u{200f}\u{61c}",
    "z\u{200b}w\u{feff}j\u{2060}s\u{ad}t\u{2028}l\u{2029}p\u{180e}m\u{2062}i\u{fff9}a\u{fffb}\u{e0041}",
    "\u{115f}\u{3164}\u{ffa0}",
    // What is wider or narrower than it is long.
    "e\u{301}\u{301}\u{301} 日本語 👩\u{200d}👩\u{200d}👧\u{200d}👦 ❤\u{fe0f}❤\u{fe0f}❤\u{fe0f} 1\u{fe0f}\u{20e3} 🇨🇿 ﷽ ꙮ",
    // What a browser runs or fetches.
    "<script>alert(1)</script><img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">x</a>",
    "\" onmouseover=\"alert(1)\" x=\"' onfocus='alert(1)' y='",
    "</title></style></script></textarea><!-- --> ]]> <svg/onload=alert(1)> &lt;b&gt; &#x3c;i&#x3e;",
    // What Markdown makes of it.
    "[link](https://evil.example) ![image](https://evil.example/x.png) <https://evil.example> | a | b \\| c",
    "**bold** _it_ `code` ~~gone~~ $x$ [ref]: https://evil.example [^1] \\",
    "\n\n## heading\n\n- list\n\n    code\n\n| a | b |\n| - | - |\n| c | d |\n\n===\n```\n</details>\n",
    // What a template engine, a workflow runner, a mail program or a calendar obeys.
    "{{ 7 * 7 }}{% include 'x' %}{# no #}${{ github.token }}",
    "\n::error file=a::owned\n##vso[task.complete]%0A::warning::%0D%25\n",
    "\r\nBcc: everyone@evil.example\r\n\r\n--_=boundary\r\nBEGIN:VEVENT\r\n",
    // A word that no line has room for.
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
];

/// The whole middle.
pub fn body() -> String {
    BODY.join(" ")
}

/// The hostile text of the field with this number.
pub fn hostile(number: usize) -> String {
    format!("{}{OPEN}{}{CLOSE} end", STARTS[number % STARTS.len()], body())
}

/// Whether a character can reorder, hide or move what stands around it.
pub fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}'
        | '\u{2028}'..='\u{202e}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// Whether a character must not be printed: a control other than a line break, or one that is not seen.
pub fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n') || is_unseen(c)
}
