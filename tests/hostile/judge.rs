//! What each format must never hold, whatever the register says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use pmo::text::width;

use crate::sample::{CLOSE, OPEN, body, is_harmful};

/// What is wrong with an output, in words; empty where nothing is.
pub type Faults = Vec<String>;

fn short(text: &str) -> String {
    let from = text.chars().take(160).collect::<String>();
    format!("{from:?}")
}

/// Text for people: no character that a terminal obeys, hides or reorders; no line wider than the screen.
pub fn terminal(text: &str, columns: Option<usize>) -> Faults {
    let mut faults = Faults::new();
    for line in text.lines() {
        if let Some(c) = line.chars().find(|c| is_harmful(*c)) {
            faults.push(format!("U+{:04X} in {}", u32::from(c), short(line)));
        }
        if columns.is_some_and(|columns| width::width(line) > columns) {
            faults.push(format!("{} columns wide: {}", width::width(line), short(line)));
        }
    }
    faults
}

/// The same in colour: nothing but colours is added.
pub fn coloured(text: &str, plain: &str) -> Faults {
    let mut stripped = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        stripped.push_str(&rest[..at]);
        let sequence = &rest[at + 1..];
        let end = sequence.find('m').filter(|end| {
            sequence[..*end]
                .strip_prefix('[')
                .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit() || b == b';'))
        });
        let Some(end) = end else {
            return vec![format!("a sequence that is no colour: {}", short(&rest[at..]))];
        };
        rest = &sequence[end + 1..];
    }
    stripped.push_str(rest);
    // A blank at the end of a line is not seen in either.
    let seen = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    match seen(&stripped) == seen(plain) {
        true => terminal(&stripped, None),
        false => vec!["colour changes letters".to_owned()],
    }
}

/// GitHub's Markdown: no tag, link or image of the register's, and every table has rows of equal cells.
pub fn markdown(text: &str) -> Faults {
    let mut faults = terminal(text, None);
    let (mut cells, mut is_code) = (None, false);
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if is_code {
            continue;
        }
        let bare = without_code(line);
        if without_escapes(&bare).contains("](") {
            faults.push(format!("a link: {}", short(line)));
        }
        let known = ["<details>", "</details>", "<summary>", "</summary>", "<br>", "<!-- pmo {", " -->"];
        let rest = known.iter().fold(bare.clone(), |rest, tag| rest.replace(tag, ""));
        let quote = rest.strip_prefix("> ").unwrap_or(&rest);
        if quote.contains(['<', '>']) && !line.starts_with("<!-- pmo {") {
            faults.push(format!("a tag: {}", short(line)));
        }
        if let Some(row) = bare.strip_prefix('|') {
            let count = bars(row);
            if *cells.get_or_insert(count) != count {
                faults.push(format!("{count} cells, not {cells:?}: {}", short(line)));
            }
        } else {
            cells = None;
        }
    }
    faults
}

/// The line without what stands between backticks.
fn without_code(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(at) = rest.find('`') {
        if rest[..at].ends_with('\\') {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        let fence = rest[at..].chars().take_while(|c| *c == '`').count();
        let ticks = "`".repeat(fence);
        out.push_str(&rest[..at]);
        let inner = &rest[at + fence..];
        match inner.find(&ticks) {
            Some(end) => rest = &inner[end + fence..],
            None => {
                out.push_str(&ticks);
                rest = inner;
            }
        }
    }
    out + rest
}

/// The line without what a backslash makes plain.
fn without_escapes(line: &str) -> String {
    let (mut out, mut chars) = (String::new(), line.chars());
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else {
            out.push(c);
        }
    }
    out
}

fn bars(row: &str) -> usize {
    let (mut count, mut escaped) = (0, false);
    for c in row.chars() {
        count += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    count
}

/// Which attributes each element of a page has.
pub type Elements = BTreeSet<(String, String)>;

/// Every element with every attribute that it has, and what refers to something outside the page.
pub fn elements(text: &str) -> (Elements, Faults) {
    let page = scraper::Html::parse_document(text);
    let (mut found, mut faults) = (Elements::new(), Faults::new());
    for element in page.tree.nodes().filter_map(|node| node.value().as_element()) {
        found.insert((element.name().to_owned(), String::new()));
        for (name, value) in element.attrs() {
            // Classes are the page's own words, here and there by what a row says.
            if name == "class" && value.chars().all(|c| c.is_ascii_lowercase() || " -0123456789".contains(c))
            {
                continue;
            }
            found.insert((element.name().to_owned(), name.to_owned()));
            let refers = ["href", "src", "action", "srcset", "data", "poster", "formaction"].contains(&name);
            if (refers && !value.starts_with('#')) || name.starts_with("on") {
                faults.push(format!("<{} {name}={}>", element.name(), short(value)));
            }
            if name == "style"
                && !value.chars().all(|c| c.is_ascii_alphanumeric() || " -:;.,%()#".contains(c))
            {
                faults.push(format!("style={}", short(value)));
            }
        }
    }
    faults.extend(terminal(&text.replace('\t', " "), None));
    (found, faults)
}

/// HTML: no element and no attribute that pages of a harmless register lack; this one is made only when that
/// is in doubt.
pub fn html(text: &str, known: &Mutex<Elements>, harmless: impl FnOnce() -> String) -> Faults {
    let (found, mut faults) = elements(text);
    if !found.is_subset(&known.lock().unwrap()) {
        known.lock().unwrap().extend(elements(&harmless()).0);
    }
    // A difference of more lines is folded.
    let folded = ["details", "summary"];
    let known = known.lock().unwrap();
    for (element, attribute) in
        found.difference(&known).filter(|(name, of)| !folded.contains(&name.as_str()) || !of.is_empty())
    {
        faults.push(format!("<{element} {attribute}> is on no harmless page"));
    }
    faults
}

/// CSV: rows of equal cells, of which none is a formula.
pub fn csv(text: &str) -> Faults {
    let mut faults = terminal(&text.replace('\t', " "), None);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => return vec![error.to_string()],
        };
        for cell in row.iter().filter(|cell| cell.parse::<f64>().is_err()) {
            if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
                faults.push(format!("a formula: {}", short(cell)));
            }
        }
    }
    faults
}

/// Every text in a value, the names of its fields too.
pub fn texts(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|one| texts(one, found)),
        serde_json::Value::Object(map) => {
            for (key, one) in map {
                found.push(key.clone());
                texts(one, found);
            }
        }
        _ => {}
    }
}

/// What hostile texts have in the middle is exactly as it was written.
fn exact(text: &str) -> Faults {
    let (mut rest, mut faults, body) = (text, Faults::new(), body());
    // A key in the path of a field is quoted, and what would end the quotes escaped.
    let key = body.replace('\\', "\\\\").replace('"', "\\\"");
    while let Some(at) = rest.find(OPEN) {
        rest = &rest[at + OPEN.len()..];
        if rest.starts_with("\\u{") {
            continue;
        }
        let after = [&body, &key].into_iter().find_map(|one| rest.strip_prefix(one.as_str()));
        match after.filter(|after| after.starts_with(CLOSE)) {
            Some(after) => rest = after,
            None => faults.push(format!("not the exact text: {}", short(rest))),
        }
    }
    faults
}

/// JSON: well formed, nothing in it that a terminal obeys, and every text as it is in the register.
///
/// What was found in a file is quoted as the file has it.
pub fn json(text: &str, is_exact: bool) -> (Faults, Vec<String>) {
    let mut faults = terminal(text, None);
    let mut found = Vec::new();
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => texts(&value, &mut found),
        Err(error) => faults.push(format!("no JSON: {error}")),
    }
    faults.extend(found.iter().filter(|_| is_exact).flat_map(|text| exact(text)));
    (faults, found)
}

/// YAML: read back, it has the same texts as the JSON.
pub fn yaml(text: &str, json: &[String]) -> Faults {
    let mut faults = terminal(text, None);
    let mut found = Vec::new();
    match serde_yaml::from_str::<serde_json::Value>(text) {
        Ok(value) => texts(&value, &mut found),
        Err(error) => faults.push(format!("no YAML: {error}")),
    }
    if found != json {
        let differs = found.iter().zip(json).find(|(one, other)| one != other);
        faults.push(format!("not the texts of the JSON ({} and {}): {differs:?}", found.len(), json.len()));
    }
    faults
}

/// References, one a line.
pub fn ids(text: &str) -> Faults {
    let odd =
        text.lines().filter(|line| !line.chars().all(|c| c.is_ascii_alphanumeric() || "-/#@._".contains(c)));
    odd.map(|line| format!("no reference: {}", short(line))).collect()
}

/// GitHub's workflow commands: each finding is one command on one line.
pub fn github(text: &str) -> Faults {
    let mut faults = terminal(text, None);
    let is_summary = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
    for line in text.lines().filter(|line| !line.is_empty() && !is_summary(line)) {
        let word = line.strip_prefix("::").and_then(|rest| rest.split([' ', ':']).next());
        let known = matches!(word, Some("error" | "warning" | "notice"));
        if !known || line.matches("::").count() < 2 {
            faults.push(format!("no command: {}", short(line)));
        }
        let properties = line.split("::").nth(1).unwrap_or_default();
        if properties.matches("file=").count() > 1 {
            faults.push(format!("a second file: {}", short(line)));
        }
    }
    faults
}

/// JUnit: well-formed XML of the elements that we write.
pub fn junit(text: &str) -> Faults {
    let mut faults = terminal(&text.replace('\t', " "), None);
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)) => {
                let name = tag.name().as_ref().to_owned();
                let known = [
                    "testsuites",
                    "testsuite",
                    "testcase",
                    "failure",
                    "properties",
                    "property",
                    "system-out",
                ];
                if !known.contains(&name.as_str()) {
                    faults.push(format!("<{name}>"));
                }
                faults.extend(tag.attributes().filter_map(Result::err).map(|error| error.to_string()));
            }
            Ok(_) => {}
            Err(error) => {
                faults.push(error.to_string());
                break;
            }
        }
    }
    faults
}

/// A diagram: every label stays between its quotes.
pub fn diagram(text: &str) -> Faults {
    let mut faults = terminal(text, None);
    for line in text.lines() {
        let bare = line.replace("\\\\", "").replace("\\\"", "");
        if bare.matches('"').count() % 2 == 1 {
            faults.push(format!("a label that does not end: {}", short(line)));
        }
    }
    faults
}

/// A message: its head has the lines that we write and no other, and none is longer than mail allows.
pub fn mail(bytes: &str) -> Faults {
    let mut faults = Faults::new();
    let (head, _) = bytes.split_once("\r\n\r\n").unwrap_or((bytes, ""));
    let known = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let name = line.split(':').next().unwrap_or_default();
        *seen.entry(name).or_default() += 1;
        if !known.contains(&name) {
            faults.push(format!("a line of its own: {}", short(line)));
        }
    }
    faults.extend(seen.iter().filter(|(_, count)| **count > 1).map(|(name, _)| format!("{name} twice")));
    faults.extend(terminal(&head.replace('\r', "").replace('\t', " "), None));
    faults.extend(
        bytes.lines().filter(|line| line.len() > 998).map(|line| format!("too long: {}", short(line))),
    );
    faults
}
