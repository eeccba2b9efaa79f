//! A template of the register's own with a measure at everything that it makes on the way.
//!
//! The engine counts steps, but not how much a step makes: `{% set x = x ~ x %}` doubles a text each time. So the
//! filter [`MADE`] is put behind every expression that makes a value (`a ~ b` becomes `(a ~ b)|counted_as_made`), and into every
//! loop over plain text, which may stand where its text is gathered; what they see counts against the limit that
//! [`growth`](super::growth) sets. What the template says stays the same, line by line.

use minijinja::machinery::ast::{BinOpKind, CallArg, Expr, Stmt};
use minijinja::machinery::parse;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Error, ErrorKind};

/// The filter that counts a value and hands it on; no template can give another meaning to it.
pub(super) const MADE: &str = "counted_as_made";

/// The same of what a filter makes: what is in a list is new too.
pub(super) const MADE_WHOLE: &str = "counted_as_made_whole";

/// The test of a loop that counts the plain text of one turn.
pub(super) const TURN: &str = "counted_as_turn";

/// The largest template of a register's own.
const MAX_SOURCE: usize = 1024 * 1024;

/// Puts the measure into a template.
///
/// # Errors
/// It does not parse, or is larger than any template is.
pub(super) fn measured(name: &str, source: &str, syntax: SyntaxConfig) -> Result<String, Error> {
    if source.len() > MAX_SOURCE {
        return Err(Error::new(ErrorKind::InvalidOperation, "it is larger than 1 MiB, which no template is"));
    }
    let mut marks = Marks { source, found: Vec::new() };
    if let Stmt::Template(template) = parse(source, name, syntax)? {
        marks.body(&template.children);
    }
    marks.found.sort_by_key(|(at, _)| *at);
    let (mut text, mut from) = (String::with_capacity(source.len() * 2), 0);
    for (at, mark) in marks.found {
        text.push_str(source.get(from..at).unwrap_or_default());
        text.push_str(&mark);
        from = at;
    }
    text.push_str(source.get(from..).unwrap_or_default());
    Ok(text)
}

/// What is put where, in the order in which it stands at one place.
struct Marks<'s> {
    source: &'s str,
    found: Vec<(usize, String)>,
}

impl Marks<'_> {
    fn put(&mut self, at: u32, mark: impl Into<String>) {
        self.found.push((at as usize, mark.into()));
    }

    /// Goes through statements, and counts the plain text among them that no loop of their own repeats.
    fn body(&mut self, statements: &[Stmt<'_>]) -> usize {
        statements.iter().map(|statement| self.statement(statement)).sum()
    }

    fn statement(&mut self, statement: &Stmt<'_>) -> usize {
        match statement {
            Stmt::EmitRaw(raw) => return raw.raw.len(),
            Stmt::EmitExpr(emit) => self.expr(&emit.expr),
            Stmt::ForLoop(one) => {
                self.expr(&one.iter);
                one.filter_expr.iter().for_each(|filter| self.expr(filter));
                let turn = self.body(&one.body);
                if turn > 0 {
                    self.turn(one.iter.span().end_offset, turn, one.filter_expr.is_some());
                }
                return self.body(&one.else_body);
            }
            Stmt::IfCond(one) => {
                self.expr(&one.expr);
                return self.body(&one.true_body).max(self.body(&one.false_body));
            }
            Stmt::WithBlock(with) => {
                with.assignments.iter().for_each(|(_, value)| self.expr(value));
                return self.body(&with.body);
            }
            Stmt::Set(set) => self.expr(&set.expr),
            Stmt::SetBlock(set) => return self.body(&set.body),
            Stmt::AutoEscape(escape) => return self.body(&escape.body),
            Stmt::FilterBlock(filter) => return self.body(&filter.body),
            Stmt::Block(block) => return self.body(&block.body),
            Stmt::Include(include) => self.expr(&include.name),
            Stmt::Macro(one) => {
                one.defaults.iter().for_each(|value| self.expr(value));
                self.body(&one.body);
            }
            Stmt::CallBlock(call) => {
                self.args(&call.call.args);
                return self.body(&call.macro_decl.body);
            }
            Stmt::Do(one) => self.args(&one.call.args),
            Stmt::Template(_) | Stmt::Import(_) | Stmt::FromImport(_) | Stmt::Extends(_) => {}
        }
        0
    }

    /// Counts the plain text of each turn of a loop, in its `if`.
    fn turn(&mut self, end_of_list: u32, length: usize, has_filter: bool) {
        let mut at = end_of_list as usize;
        // The list may stand in brackets.
        let rest = |at: usize| self.source.get(at..).unwrap_or_default();
        let skipped = |at: usize| rest(at).len() - rest(at).trim_start().len();
        while rest(at + skipped(at)).starts_with(')') {
            at += skipped(at) + 1;
        }
        if has_filter {
            at += skipped(at) + if rest(at + skipped(at)).starts_with("if") { 2 } else { 0 };
            self.found.push((at, format!(" {length}|{TURN} and")));
        } else {
            self.found.push((at, format!(" if {length}|{TURN}")));
        }
    }

    fn expr(&mut self, expr: &Expr<'_>) {
        match expr {
            Expr::Var(_) | Expr::Const(_) => {}
            Expr::UnaryOp(one) => self.expr(&one.expr),
            Expr::BinOp(one) => {
                let makes = matches!(one.op, BinOpKind::Add | BinOpKind::Mul | BinOpKind::Concat);
                if makes {
                    self.put(one.span().start_offset, "(");
                }
                self.operand(&one.left, makes);
                self.operand(&one.right, makes);
                if makes {
                    self.put(one.span().end_offset, format!(")|{MADE}"));
                }
            }
            Expr::Compare(one) => {
                self.expr(&one.expr);
                one.ops.iter().for_each(|op| self.expr(&op.expr));
            }
            Expr::IfExpr(one) => {
                self.expr(&one.test_expr);
                self.expr(&one.true_expr);
                one.false_expr.iter().for_each(|value| self.expr(value));
            }
            Expr::Filter(one) => {
                one.expr.iter().for_each(|value| self.expr(value));
                self.args(&one.args);
                self.put(one.span().end_offset, format!("|{MADE_WHOLE}"));
            }
            Expr::Test(one) => {
                self.expr(&one.expr);
                self.args(&one.args);
            }
            Expr::Tuple(one) => one.items.iter().for_each(|item| self.expr(item)),
            Expr::GetAttr(_)
            | Expr::GetItem(_)
            | Expr::Slice(_)
            | Expr::Call(_)
            | Expr::List(_)
            | Expr::Map(_) => {
                if self.chain(expr) {
                    self.put(expr.span().end_offset, format!("|{MADE}"));
                }
            }
        }
    }

    /// An operand; a constant one is measured, so that the engine does not work out `'x' * 1000000` beforehand.
    fn operand(&mut self, expr: &Expr<'_>, makes: bool) {
        match expr {
            Expr::Const(one) if makes => self.put(one.span().end_offset, format!("|{MADE}")),
            _ => self.expr(expr),
        }
    }

    /// What is called, sliced or looked into, one after the other; tells whether that makes a value.
    fn chain(&mut self, expr: &Expr<'_>) -> bool {
        match expr {
            Expr::GetAttr(one) => self.chain(&one.expr),
            Expr::GetItem(one) => {
                self.expr(&one.subscript_expr);
                self.chain(&one.expr)
            }
            Expr::Slice(one) => {
                [&one.start, &one.stop, &one.step].into_iter().flatten().for_each(|part| self.expr(part));
                self.chain(&one.expr);
                true
            }
            Expr::Call(one) => {
                self.args(&one.args);
                self.chain(&one.expr);
                true
            }
            Expr::List(one) => {
                one.items.iter().for_each(|item| self.expr(item));
                true
            }
            Expr::Map(one) => {
                one.keys.iter().chain(&one.values).for_each(|item| self.expr(item));
                true
            }
            inner => {
                self.expr(inner);
                false
            }
        }
    }

    fn args(&mut self, args: &[CallArg<'_>]) {
        for arg in args {
            match arg {
                CallArg::Pos(value)
                | CallArg::Kwarg(_, value)
                | CallArg::PosSplat(value)
                | CallArg::KwargSplat(value) => self.expr(value),
            }
        }
    }
}
