//! The templates at hand: the register's own `templates/` over the built-in ones.

use crate::store::{EntryKind, Source, StoreError};
use crate::template::Templates;

use super::{CliError, Context};

/// The folder of the organisation's own templates.
pub const FOLDER: &str = "templates";

impl Context {
    /// The built-in templates and the register's own over them; outside of a register only the built-in ones.
    pub fn templates(&self) -> Result<Templates, CliError> {
        let source = match self.source() {
            Ok(source) => source,
            Err(error) if is_absent(&error) => return Ok(Templates::built_in()),
            Err(error) => return Err(error),
        };
        let mut own = Vec::new();
        for within in ["", "ci/"] {
            for entry in source.list(format!("{FOLDER}/{within}").trim_end_matches('/'))? {
                if !matches!(entry.kind, EntryKind::File | EntryKind::Link) || entry.name.starts_with('.') {
                    continue;
                }
                let name = format!("{within}{}", entry.name);
                let path = format!("{FOLDER}/{name}");
                let Some(bytes) = source.read_if_present(&path)? else { continue };
                let text = String::from_utf8(bytes).map_err(|_| {
                    CliError::new(format!("{path} is not UTF-8 text")).hint("save it as UTF-8")
                })?;
                own.push((name, text));
            }
        }
        Ok(Templates::with_own(own))
    }
}

fn is_absent(error: &CliError) -> bool {
    matches!(error.source.downcast_ref(), Some(StoreError::NoRegister { .. }))
}
