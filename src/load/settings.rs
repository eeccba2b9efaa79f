//! `pmo.toml`: read with every mistake; what cannot be used falls back to the defaults.

use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

use crate::diag::Problem;
use crate::model::Config;
use crate::model::config::FORMAT;
use crate::model::record::schema_of;
use crate::store::Source;
use crate::syntax;

use super::{CONFIG, LoadError};

/// The draft-07 schema of `pmo.toml`.
pub fn config_schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut schema: Value = schema_of::<Config>().into();
        schema["x-noun"] = CONFIG.into();
        schema
    })
}

/// Reads `pmo.toml`, with what is wrong in it.
///
/// Errors when there is none, when it cannot be reached, or when its format is newer than this program.
pub fn read_config(source: &dyn Source) -> Result<(Config, Vec<Problem>), LoadError> {
    let bytes = source.read_if_present(CONFIG)?.ok_or(LoadError::NoRegister)?;
    let failed = |mistakes: Vec<syntax::Mistake>| {
        let problems = mistakes.into_iter().map(|m| Problem::of_mistake(CONFIG, m)).collect();
        Ok((Config::default(), problems))
    };
    let text = match syntax::read::decode(&bytes) {
        Ok(text) => text,
        Err(mistake) => return failed(vec![mistake]),
    };
    let mut table = match syntax::parse(text) {
        Ok(table) => table,
        Err(mistakes) => return failed(mistakes),
    };
    let mut mistakes = syntax::wrap_numbers(table.get_mut());
    mistakes.extend(syntax::walk(&mut table, config_schema()));
    let read = |table| Config::deserialize(toml::de::Deserializer::from(table));
    let read = read(table).or_else(|error| {
        // Where a part cannot be used, the others are.
        let Ok(mut rest) = syntax::parse(text) else { return Err(error) };
        syntax::wrap_numbers(rest.get_mut());
        let named = |mistake: &syntax::Mistake| mistake.path.split(['.', '[']).next().map(str::to_owned);
        for part in mistakes.iter().filter_map(named) {
            rest.get_mut().remove(part.as_str());
        }
        read(rest).map_err(|_| error)
    });
    let (config, problems) = match read {
        Ok(config) => (config, mistakes),
        Err(error) => {
            if mistakes.is_empty() {
                mistakes.push(syntax::Mistake::new(
                    "invalid-value",
                    error.message(),
                    error.span().unwrap_or(0..0),
                ));
            }
            return failed(mistakes);
        }
    };
    if config.register.format > FORMAT {
        return Err(LoadError::NewerFormat { found: config.register.format, known: FORMAT });
    }
    let mut problems: Vec<Problem> = problems.into_iter().map(|m| Problem::of_mistake(CONFIG, m)).collect();
    if config.register.format < 1 {
        problems.push(
            Problem::error("invalid-value", format!("there is no format {}", config.register.format))
                .file(CONFIG)
                .key("register.format")
                .help(format!("this pmo reads format {FORMAT}: write `format = {FORMAT}`")),
        );
    }
    for fault in config.risk.faults(&config.vocabulary.risk_category) {
        let problem = Problem::error("invalid-value", fault.message).file(CONFIG).key(fault.key);
        problems.push(problem.help(fault.help));
    }
    Ok((config, problems))
}
