//! SARIF 2.1.0, which code hosts show as alerts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::place::Found;
use super::report::Finding;
use super::{Level, Report, RulePage, fingerprint};

/// Writes one run: every rule that is known or was broken, and a result for each finding.
pub fn render(report: &Report<'_>) -> String {
    let (rules, index) = rules(report);
    let fingerprints = fingerprint::all(report);
    let results: Vec<Value> = report
        .findings
        .iter()
        .zip(fingerprints)
        .map(|(finding, fingerprint)| {
            result(report, finding, index.get(finding.problem.code).copied(), &fingerprint)
        })
        .collect();
    let page = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "pmo",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "originalUriBaseIds": {
                "%SRCROOT%": { "description": { "text": "the root of the repository" } },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    super::json::pretty(&page)
}

fn rules<'a>(report: &Report<'a>) -> (Vec<Value>, BTreeMap<&'a str, usize>) {
    let mut pages: BTreeMap<&str, Option<&RulePage<'_>>> = BTreeMap::new();
    for finding in &report.findings {
        pages.insert(finding.problem.code, None);
    }
    for page in report.rules {
        pages.insert(page.code, Some(page));
    }
    let index = pages.keys().enumerate().map(|(at, code)| (*code, at)).collect();
    (pages.into_iter().map(|(code, page)| rule(code, page)).collect(), index)
}

fn rule(code: &str, page: Option<&RulePage<'_>>) -> Value {
    let Some(page) = page else {
        return json!({
            "id": code,
            "shortDescription": { "text": code.replace('-', " ") },
            "help": { "text": "A mistake in the file itself: the message says what to change." },
        });
    };
    let configuration = match page.level {
        Some(level) => json!({ "level": level.as_str() }),
        None => json!({ "enabled": false }),
    };
    json!({
        "id": code,
        "shortDescription": { "text": page.summary },
        "help": { "text": page.help, "markdown": page.help },
        "defaultConfiguration": configuration,
    })
}

fn result(report: &Report<'_>, finding: &Finding<'_>, rule: Option<usize>, fingerprint: &str) -> Value {
    let problem = finding.problem;
    let artifact = json!({ "uri": uri(&report.path(problem)), "uriBaseId": "%SRCROOT%" });
    let mut physical = json!({ "artifactLocation": artifact });
    if let Some(place) = &finding.place {
        physical["region"] = region(place);
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(record) = &problem.record {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": record }]);
    }
    let text = match &problem.help {
        Some(help) => format!("{}\nhelp: {help}", problem.message),
        None => problem.message.clone(),
    };
    let mut result = json!({
        "ruleId": problem.code,
        "level": match problem.level { Level::Error => "error", Level::Warning => "warning" },
        "message": { "text": text },
        "locations": [location],
        "partialFingerprints": { "pmoFinding/v1": fingerprint },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    if let (Some(fix), Some(place)) = (&problem.fix, &finding.fix) {
        result["fixes"] = json!([{
            "description": { "text": fix.description },
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{ "deletedRegion": region(place), "insertedContent": { "text": fix.text } }],
            }],
        }]);
    }
    result
}

fn region(place: &Found) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// Writes a path as a relative URI reference: what a path segment may not hold is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
