//! The few regular expressions that a schema holds, matched without a crate for it.
//!
//! Known are literals, `.`, classes, `\d`, `\w`, groups, `|`, `?`, `*`, `+`, `{m,n}`, `^` and `$`: what the
//! patterns of ids, periods and references need. A pattern that uses anything else matches everything, so
//! that a schema never refuses what serde would take.

/// Longer texts are no ids, and backtracking over them would be slow.
const LONGEST: usize = 512;

/// Tells whether a text matches a pattern.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parser = Parser { pattern: pattern.chars().collect(), at: 0 };
    let Some(node) = parser.alternatives().filter(|_| parser.at == parser.pattern.len()) else {
        return true;
    };
    let text: Vec<char> = text.chars().take(LONGEST + 1).collect();
    if text.len() > LONGEST {
        return false;
    }
    let anchored = pattern.starts_with('^');
    let starts = if anchored { 0..=0 } else { 0..=text.len() };
    starts.into_iter().any(|start| run(&node, &text, start, &mut |_| true))
}

enum Node {
    Begin,
    End,
    One(bool, Vec<(char, char)>),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat(Box<Node>, usize, usize),
}

struct Parser {
    pattern: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        self.at += 1;
        self.pattern.get(self.at - 1).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn alternatives(&mut self) -> Option<Node> {
        let mut either = vec![self.sequence()?];
        while self.eat('|') {
            either.push(self.sequence()?);
        }
        Some(Node::Either(either))
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            self.at += 1;
            let node = match c {
                '^' => Node::Begin,
                '$' => Node::End,
                '.' => Node::One(true, vec![('\n', '\n')]),
                '(' => {
                    if self.eat('?') && !self.eat(':') {
                        return None;
                    }
                    let inner = self.alternatives()?;
                    if !self.eat(')') {
                        return None;
                    }
                    inner
                }
                '[' => self.class()?,
                '\\' => Node::One(false, escape(self.next()?)?),
                '*' | '+' | '?' | '{' => return None,
                c => Node::One(false, vec![(c, c)]),
            };
            nodes.push(self.repeated(node)?);
        }
        Some(Node::Sequence(nodes))
    }

    fn repeated(&mut self, node: Node) -> Option<Node> {
        let (least, most) = match self.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('{') => {
                let length = self.pattern[self.at..].iter().position(|c| *c == '}')?;
                let inner: String = self.pattern[self.at + 1..self.at + length].iter().collect();
                self.at += length;
                match inner.split_once(',') {
                    None => (inner.parse().ok()?, inner.parse().ok()?),
                    Some((least, "")) => (least.parse().ok()?, usize::MAX),
                    Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
                }
            }
            _ => return Some(node),
        };
        self.at += 1;
        Some(Node::Repeat(Box::new(node), least, most))
    }

    fn class(&mut self) -> Option<Node> {
        let negated = self.eat('^');
        let mut ranges = Vec::new();
        loop {
            match self.next()? {
                ']' => return Some(Node::One(negated, ranges)),
                '\\' => ranges.extend(escape(self.next()?)?),
                from if self.peek() == Some('-') && self.pattern.get(self.at + 1) != Some(&']') => {
                    self.at += 1;
                    ranges.push((from, self.next()?));
                }
                c => ranges.push((c, c)),
            }
        }
    }
}

fn escape(c: char) -> Option<Vec<(char, char)>> {
    match c {
        'd' => Some(vec![('0', '9')]),
        'w' => Some(vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]),
        's' => Some(vec![(' ', ' '), ('\t', '\t'), ('\n', '\n'), ('\r', '\r')]),
        c if c.is_alphanumeric() => None,
        c => Some(vec![(c, c)]),
    }
}

fn run(node: &Node, text: &[char], at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
    match node {
        Node::Begin => at == 0 && then(at),
        Node::End => at == text.len() && then(at),
        Node::One(negated, ranges) => {
            let fits = |c: &char| ranges.iter().any(|(from, to)| from <= c && c <= to) != *negated;
            text.get(at).is_some_and(fits) && then(at + 1)
        }
        Node::Sequence(nodes) => match nodes.split_first() {
            None => then(at),
            Some(_) => run_all(nodes, text, at, then),
        },
        Node::Either(nodes) => nodes.iter().any(|node| run(node, text, at, then)),
        Node::Repeat(node, least, most) => run_repeat(node, *least, *most, text, at, then),
    }
}

fn run_all(nodes: &[Node], text: &[char], at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
    match nodes.split_first() {
        None => then(at),
        Some((first, rest)) => run(first, text, at, &mut |at| run_all(rest, text, at, then)),
    }
}

fn run_repeat(
    node: &Node,
    least: usize,
    most: usize,
    text: &[char],
    at: usize,
    then: &mut dyn FnMut(usize) -> bool,
) -> bool {
    let more = most > 0
        && run(node, text, at, &mut |next| {
            // An empty round would go on for ever.
            next > at && run_repeat(node, least.saturating_sub(1), most.saturating_sub(1), text, next, then)
        });
    more || (least == 0 && then(at))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_of_the_register_match() {
        let slug = "^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$";
        for (pattern, fits, fails) in [
            (slug, "crm-migration", "CRM"),
            (slug, "a", "-a"),
            (slug, "a1", "a-"),
            (r"^\d{4}-(W\d{2}|Q[1-4]|\d{2})$", "2026-W47", "2026-47-1"),
            (r"^REQ-\d{4,}$", "REQ-00071", "REQ-071"),
            ("b+", "abbc", "ac"),
            ("^[^/]*$", "a b", "a/b"),
            (r"^a\.b?$", "a.", "axb"),
            ("^(ab|a)(bc)?$", "abc", "abb"),
        ] {
            assert!(matches(pattern, fits), "{pattern} {fits}");
            assert!(!matches(pattern, fails), "{pattern} {fails}");
        }
    }

    #[test]
    fn what_is_not_known_refuses_nothing_and_long_texts_end() {
        assert!(matches("(?=x)", "y") && matches("[a", "y") && matches("*", "y") && matches(r"\p{L}", "y"));
        assert!(!matches("^(a*)*$", &"a".repeat(100_000)));
    }
}
