//! `pmo export sqlite`: a database, where the program was built with it.

use clap::Args;

use super::super::{Context, Outcome};
use super::part::Part;

/// A database.
#[derive(Debug, Args)]
pub(super) struct Sqlite {
    #[command(flatten)]
    part: Part,
}

#[cfg(feature = "sqlite")]
impl Sqlite {
    pub(super) fn run(self, context: &Context) -> Outcome {
        use crate::exchange::export;
        use crate::text;

        context.allow_bytes("pmo export sqlite -o register.db")?;
        let loaded = self.part.load(context)?;
        let gathered = export::gather(&loaded.register);
        // Every table, also an empty one: the views need them, and so does whoever writes a query.
        let tables = export::tables(&gathered, &|_| true)?;
        context.put_bytes(&export::database(&tables)?)?;
        super::tell_left_out(context, &gathered);
        if let Some(path) = &context.output {
            let (records, tables) =
                (text::count(gathered.count(), "record"), text::count(tables.len(), "table"));
            context.say(&format!("wrote {records} in {tables} to {}", path.display()));
        }
        Ok(super::super::Done::Fine)
    }
}

#[cfg(not(feature = "sqlite"))]
impl Sqlite {
    pub(super) fn run(self, _: &Context) -> Outcome {
        let Self { part: _ } = self;
        Err(super::super::CliError::new("this pmo was built without SQLite")
            .hint("cargo install --path . --features sqlite   builds it with SQLite")
            .hint("`pmo export csv` writes the same tables as files"))
    }
}
