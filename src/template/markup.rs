//! HTML that is finished: a layout prints it as it is, instead of escaping it once more.

use minijinja::value::Value;
use serde::{Serialize, Serializer};

/// HTML in which whatever came out of a register is escaped already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(pub String);

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The engine knows its own values again when they come through serde.
        Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}
