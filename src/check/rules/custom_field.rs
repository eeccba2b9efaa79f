//! `custom-field`: a field of the organisation's own is undeclared, of the wrong type, or missing.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::{key_of, some};
use crate::diag::Problem;
use crate::model::custom::{Custom, Field, FieldType};
use crate::model::scope::Reports;
use crate::model::*;
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "custom-field",
    weight: Weight::Broken,
    kinds: &[
        "person",
        "programme",
        "objective",
        "request",
        "programme-status",
        "actuals",
        "risk",
        "issue",
        "assumption",
        "action",
        "decision",
        "change",
        "review",
        "benefit",
        "lesson",
    ],
    reports: Reports::Newest(1),
    page: include_str!("../pages/custom-field.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let fields = &context.register.config.field;
    for (i, field) in fields.iter().enumerate() {
        let Some(problem) = misdeclared(field) else { continue };
        let key = format!("field[{i}].{}", if Kind::named(&field.kind).is_none() { "kind" } else { "type" });
        out.push(problem.file("pmo.toml").key(key));
    }
    for (id, slot) in context.register.all() {
        let Some(custom) = slot.record().and_then(custom_of) else { continue };
        if context.is_past_report(&id) {
            continue;
        }
        let declared: Vec<&Field> = fields.iter().filter(|f| f.kind == id.kind).collect();
        for (name, value) in custom {
            match declared.iter().find(|f| f.name == *name) {
                None => {
                    let help = match nearest(name, declared.iter().map(|f| f.name.as_str())) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!(
                            "declare it in pmo.toml: [[field]] kind = \"{}\", name = \"{name}\", type = \"text\"",
                            id.kind
                        ),
                    };
                    let text = format!("pmo.toml declares no field `{name}` for a {}", id.kind);
                    out.push(finding(&id, &format!("key:custom.{}", key_of(name)), text).help(help));
                }
                Some(field) if !field.accepts(value) => {
                    let text = format!("`{name}` holds {}", expected(field));
                    out.push(finding(&id, &format!("custom.{}", key_of(name)), text).label("something else"));
                }
                Some(_) => {}
            }
        }
        for field in declared.iter().filter(|f| f.required && !custom.contains_key(&f.name)) {
            if context.is_live(&id) {
                let text = format!(
                    "pmo.toml asks every {} for `{}`, which holds {}",
                    id.kind,
                    field.name,
                    expected(field)
                );
                let help = format!("pmo set {id} custom.{}=…", field.name);
                out.push(finding(&id, "key:custom", text).help(help));
            }
        }
    }
}

/// What is wrong with a declaration itself.
fn misdeclared(field: &Field) -> Option<Problem> {
    if Kind::named(&field.kind).is_none_or(|kind| kind.spec.name != field.kind) {
        let help = match nearest(&field.kind, KINDS.iter().map(|k| k.spec.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`pmo schema` lists the kinds of record".to_owned(),
        };
        return Some(Problem::warning("", format!("there is no kind of record `{}`", field.kind)).help(help));
    }
    (field.holds == FieldType::Word && field.words.is_empty()).then(|| {
        Problem::warning("", format!("`{}` is a word of a list, and the list is empty", field.name))
            .help("say which words it may hold: words = [\"…\", \"…\"]")
    })
}

fn expected(field: &Field) -> String {
    match field.holds {
        FieldType::Text => "a text".to_owned(),
        FieldType::Word => format!("one of {}", some(&field.words, 8)),
        FieldType::Number => "a number".to_owned(),
        FieldType::Date => "a date such as 2026-11-20, without quotes".to_owned(),
        FieldType::Bool => "true or false".to_owned(),
        FieldType::List => "a list of texts".to_owned(),
    }
}

fn custom_of(record: &dyn AnyRecord) -> Option<&Custom> {
    let any = record.as_any();
    macro_rules! first_of {
        ($($kind:ty),*) => { None$(.or_else(|| any.downcast_ref::<$kind>().map(|r| &r.custom)))* };
    }
    first_of!(
        Project,
        Programme,
        Person,
        Objective,
        Request,
        Status,
        ProgrammeStatus,
        Actuals,
        Risk,
        Issue,
        Assumption,
        Action,
        Decision,
        Change,
        Review,
        Benefit,
        Lesson
    )
}
