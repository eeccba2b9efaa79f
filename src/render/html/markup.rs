//! Writes HTML of which nothing but tags of our own is markup: text and values of attributes are escaped as they
//! are written, and every element that is opened is closed.

use std::borrow::Cow;

use crate::text;

/// Attributes with fixed names; their values are escaped.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// HTML under the pen.
#[derive(Default)]
pub(super) struct Markup {
    out: String,
}

impl Markup {
    /// Writes an element with what is inside it.
    pub(super) fn element(&mut self, tag: &'static str, with: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.open(tag, with);
        inner(self);
        self.close(tag);
    }

    /// Writes an element that holds text only.
    pub(super) fn wrap(&mut self, tag: &'static str, with: Attributes<'_>, text: &str) {
        self.element(tag, with, |inner| inner.text(text));
    }

    /// Writes text, whatever is in it.
    pub(super) fn text(&mut self, text: &str) {
        self.out.push_str(&safe(text));
    }

    /// Ends the line in the source, where a blank means nothing.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Begins an element, which whoever opens it closes.
    pub(super) fn open(&mut self, tag: &'static str, with: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in with {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.out.push_str(&safe(value));
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Ends the element that was opened last.
    pub(super) fn close(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }
}

/// As [`text::html`], without the code points that are in no HTML document.
fn safe(text: &str) -> Cow<'_, str> {
    let never = |c: char| matches!(u32::from(c), 0xfdd0..=0xfdef) || u32::from(c) & 0xfffe == 0xfffe;
    let escaped = text::html(text);
    if escaped.contains(never) { Cow::Owned(escaped.replace(never, "\u{fffd}")) } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped_and_elements_closed() {
        let mut markup = Markup::default();
        markup.element("p", &[("id", "\"><script>"), ("class", "a")], |inner| {
            inner.text("</p>&\u{fffe}\u{202e}");
            inner.wrap("b", &[], "<");
        });
        let shown =
            "<p id=\"&quot;&gt;&lt;script&gt;\" class=\"a\">&lt;/p&gt;&amp;\u{fffd}\u{fffd}<b>&lt;</b></p>";
        assert_eq!(markup.finish(), shown);
    }
}
