//! The files of a new register.

use std::path::Path;

use serde::Serialize;

use crate::load::{config_schema, schema_of_kind};
use crate::model::policy::OfficeKind;
use crate::model::{Cadence, KINDS};
use crate::store;
use crate::template::Templates;

use super::{Choice, CliError};

/// A path in the register and its bytes.
pub(super) type File = (String, Vec<u8>);

/// Where the guide for project managers goes when there is a README already.
const SECOND_GUIDE: &str = "REPORTING.md";

/// Folders that begin empty.
const FOLDERS: [&str; 5] = ["objectives", "people", "programmes", "projects", "requests"];

/// How git treats the files.
const ATTRIBUTES: &str = "\
# Records have one kind of line end everywhere, so that changing a value changes one line.
*.toml text eol=lf
# Written by pmo for editors.
.pmo/schema/*.json text eol=lf linguist-generated
";

/// What `pmo.toml` and the guide are filled with.
#[derive(Serialize)]
struct Filling<'a> {
    schema: &'a str,
    name: &'a str,
    kind: OfficeKind,
    currency: &'a str,
    cadence: Cadence,
    due_spoken: &'a str,
}

/// Every file of a new register, in the order in which people should meet them.
pub(super) fn files(choice: &Choice) -> Result<Vec<File>, CliError> {
    let templates = Templates::built_in();
    let filling = Filling {
        schema: "#:schema .pmo/schema/pmo.json",
        name: &choice.name,
        kind: choice.kind,
        currency: &choice.currency,
        cadence: choice.cadence,
        due_spoken: match choice.cadence {
            Cadence::Weekly => "every Friday",
            Cadence::Fortnightly => "every other Friday",
            Cadence::Monthly => "on the last Friday of the month",
            Cadence::Quarterly => "on the last Friday of the quarter",
        },
    };
    let mut files: Vec<File> = Vec::new();
    let mut add = |path: &str, text: String| files.push((path.to_owned(), text.into_bytes()));
    add("pmo.toml", templates.render("pmo.toml", &filling)?);
    add("README.md", templates.render("README.md", &filling)?);
    add(".gitattributes", ATTRIBUTES.to_owned());
    for folder in FOLDERS {
        add(&format!("{folder}/.gitkeep"), String::new());
    }
    if choice.templates {
        // The two that only this command uses would never be read again.
        for name in templates.names().into_iter().filter(|name| !["pmo.toml", "README.md"].contains(name)) {
            add(&format!("templates/{name}"), templates.source(name)?.to_owned());
        }
    }
    files.extend(machinery()?);
    Ok(files)
}

/// The files under `.pmo/`: the schemas that editors look for, and what git leaves out.
pub(in crate::cli) fn machinery() -> Result<Vec<File>, CliError> {
    let mut files = vec![
        (".pmo/.gitignore".to_owned(), store::IGNORE.as_bytes().to_vec()),
        (".pmo/schema/pmo.json".to_owned(), schema_text(config_schema())?.into_bytes()),
    ];
    for kind in KINDS {
        let path = format!(".pmo/schema/{}.json", kind.spec.name);
        files.push((path, schema_text(schema_of_kind(kind))?.into_bytes()));
    }
    Ok(files)
}

fn schema_text(schema: &serde_json::Value) -> Result<String, CliError> {
    Ok(serde_json::to_string_pretty(schema)? + "\n")
}

/// Puts the guide for project managers elsewhere when another README stands in its place.
pub(super) fn settle_guide(dir: &Path, mut new: Vec<File>, old: Vec<File>) -> (Vec<File>, Vec<File>) {
    let theirs = |path: &str| {
        let text = store::read_input(&dir.join(path)).unwrap_or_default();
        !String::from_utf8_lossy(&text).contains("pmo status submit")
    };
    let guide = old.iter().find(|(path, _)| path == "README.md").filter(|_| theirs("README.md"));
    if let Some((_, bytes)) = guide
        && dir.join(SECOND_GUIDE).symlink_metadata().is_err()
    {
        new.push((SECOND_GUIDE.to_owned(), bytes.clone()));
    }
    (new, old)
}
