//! A value as it will stand in a file.

use toml::de::DeValue;

/// A value to be written: a text, or a literal that is TOML already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// A text, quoted and escaped on writing.
    Text(String),
    /// A number, date, truth, list or inline table, as its TOML text, on one line.
    Literal(String),
}

impl NewValue {
    /// Makes a text.
    pub fn text(text: impl Into<String>) -> NewValue {
        NewValue::Text(text.into())
    }

    /// Takes TOML text for one value; `None` where it is none, or would not fit on one line.
    pub fn literal(toml: &str) -> Option<NewValue> {
        let toml = toml.trim();
        let value = DeValue::parse(toml).ok()?;
        let fits = !toml.contains(['\n', '\r']) && has_sound_figures(value.get_ref());
        fits.then(|| NewValue::Literal(toml.to_string()))
    }

    /// Makes a list of texts.
    pub fn texts<S: AsRef<str>>(texts: &[S]) -> NewValue {
        let quoted: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
        NewValue::Literal(format!("[{}]", quoted.join(", ")))
    }

    /// Makes an inline table.
    pub fn inline_table(entries: &[(String, NewValue)]) -> NewValue {
        let entries: Vec<String> =
            entries.iter().map(|(name, value)| format!("{} = {}", key(name), value.on_one_line())).collect();
        NewValue::Literal(if entries.is_empty() {
            "{}".into()
        } else {
            format!("{{ {} }}", entries.join(", "))
        })
    }

    /// Writes the value for a line of its own: a text with line breaks stands in three quotes.
    pub fn written(&self) -> String {
        match self {
            NewValue::Text(text) if text.trim_end_matches('\n').contains('\n') => {
                let escaped: Vec<String> =
                    text.split('\n').map(|line| escaped(line).replace("\\t", "\t")).collect();
                format!("\"\"\"\n{}\"\"\"", escaped.join("\n"))
            }
            _ => self.on_one_line(),
        }
    }

    /// Writes the value so that it fits into a list or an inline table.
    pub fn on_one_line(&self) -> String {
        match self {
            NewValue::Text(text) => quoted(text),
            NewValue::Literal(literal) => literal.clone(),
        }
    }
}

/// Whether every figure in the value is one: the parser takes whatever begins like a figure for one.
fn has_sound_figures(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Integer(whole) => {
            let digits = whole.as_str().strip_prefix(['+', '-']).unwrap_or(whole.as_str());
            !digits.is_empty() && digits.chars().all(|c| c.is_digit(whole.radix()))
        }
        DeValue::Float(float) => float.as_str().parse::<f64>().is_ok(),
        DeValue::Array(list) => list.iter().all(|one| has_sound_figures(one.get_ref())),
        DeValue::Table(table) => table.values().all(|one| has_sound_figures(one.get_ref())),
        _ => true,
    }
}

/// Writes a key: bare where TOML allows it, else in quotes.
pub fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_string() } else { quoted(name) }
}

/// Writes a text in double quotes, on one line.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
