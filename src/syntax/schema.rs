//! A kind's JSON Schema, read for what the walk and `set` need to know of one value.

use serde_json::Value;

/// A schema and the document whose definitions it refers to.
#[derive(Debug, Clone, Copy)]
pub struct Schema<'s> {
    root: &'s Value,
    here: &'s Value,
    /// What is said where nothing is; it stands beside a reference, not behind it.
    default: Option<&'s Value>,
}

/// What a value may be: one alternative of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A string.
    Text,
    /// A date without a time.
    Date,
    /// A number, exact.
    Number,
    /// A number without a fraction.
    Whole,
    /// `true` or `false`.
    Truth,
    /// An array.
    List,
    /// A table.
    Table,
    /// Anything at all.
    Anything,
}

impl<'s> Schema<'s> {
    /// Takes a whole schema document.
    pub fn new(root: &'s Value) -> Schema<'s> {
        Schema { root, here: root, default: None }.resolved()
    }

    fn at(self, here: &'s Value) -> Schema<'s> {
        Schema { root: self.root, here, default: None }.resolved()
    }

    /// Follows `$ref`, and `allOf` of one, which is how draft-07 hangs a description on a reference.
    fn resolved(mut self) -> Schema<'s> {
        for _ in 0..20 {
            self.default = self.default.or_else(|| self.here.get("default"));
            let pointer = self.here.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#'));
            let target = match pointer {
                Some(pointer) => self.root.pointer(pointer),
                None => {
                    self.here.get("allOf").and_then(Value::as_array).filter(|a| a.len() == 1).map(|a| &a[0])
                }
            };
            match target {
                Some(target) => self.here = target,
                None => break,
            }
        }
        self
    }

    /// The schema as a document of its own, with the definitions that it may refer to.
    pub fn alone(self) -> Value {
        let mut alone = self.here.clone();
        if let (Value::Object(alone), Some(definitions)) = (&mut alone, self.root.get("definitions")) {
            alone.insert("definitions".to_owned(), definitions.clone());
        }
        alone
    }

    /// One keyword of the schema.
    pub fn get(self, keyword: &str) -> Option<&'s Value> {
        self.here.get(keyword)
    }

    /// What a file says that does not name the field.
    pub fn default(self) -> Option<&'s Value> {
        self.default
    }

    /// One keyword of the schema that is a text.
    pub fn text(self, keyword: &str) -> Option<&'s str> {
        self.get(keyword)?.as_str()
    }

    /// The alternatives, flattened, without `null`: one where the schema offers no choice.
    pub fn alternatives(self) -> Vec<Schema<'s>> {
        let mut found = Vec::new();
        self.gather(&mut found, 0);
        found
    }

    fn gather(self, found: &mut Vec<Schema<'s>>, depth: usize) {
        let choices = ["anyOf", "oneOf"].iter().find_map(|word| self.get(word)?.as_array());
        match choices {
            Some(choices) if depth < 10 => {
                for choice in choices {
                    self.at(choice).gather(found, depth + 1);
                }
            }
            _ if self.text("type") == Some("null") || self.get("const").is_some_and(Value::is_null) => {}
            _ => found.push(self),
        }
    }

    /// The words that a text may be, where the schema lists them.
    pub fn words(self) -> Option<Vec<&'s str>> {
        let mut words = Vec::new();
        let alternatives = self.alternatives();
        for one in &alternatives {
            if let Some(word) = one.get("const") {
                words.push(word.as_str()?);
            } else {
                let listed = one.get("enum")?.as_array()?;
                words.extend(listed.iter().filter_map(Value::as_str));
            }
        }
        (!words.is_empty()).then_some(words)
    }

    /// What a value may be, for one alternative.
    pub fn shapes(self) -> Vec<Shape> {
        if self.get("const").is_some() || self.get("enum").is_some() {
            return vec![Shape::Text];
        }
        let names: Vec<&str> = match self.get("type") {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ if self.get("properties").is_some() || self.get("additionalProperties").is_some() => {
                vec!["object"]
            }
            _ => return vec![Shape::Anything],
        };
        let date = self.text("format") == Some("date");
        let shape = |name: &str| match name {
            "string" if date => Some(Shape::Date),
            "string" => Some(Shape::Text),
            "number" => Some(Shape::Number),
            "integer" => Some(Shape::Whole),
            "boolean" => Some(Shape::Truth),
            "array" => Some(Shape::List),
            "object" => Some(Shape::Table),
            _ => None,
        };
        names.into_iter().filter_map(shape).collect()
    }

    /// The schema of an array's elements.
    pub fn items(self) -> Option<Schema<'s>> {
        self.get("items").map(|items| self.at(items))
    }

    /// The names of a table's fields, in the order of the schema.
    pub fn fields(self) -> Vec<&'s str> {
        let properties = self.get("properties").and_then(Value::as_object);
        properties.map(|p| p.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    /// The names of the fields that a table must hold.
    pub fn required(self) -> Vec<&'s str> {
        let required = self.get("required").and_then(Value::as_array);
        required.map(|r| r.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
    }

    /// The schema of a table's key; `None` where the key may not stand there.
    pub fn field(self, key: &str) -> Option<Schema<'s>> {
        static ANYTHING: Value = Value::Bool(true);
        if let Some(schema) = self.get("properties").and_then(|properties| properties.get(key)) {
            return Some(self.at(schema));
        }
        if let Some(patterns) = self.get("patternProperties").and_then(Value::as_object) {
            let found = patterns.iter().find(|(pattern, _)| super::pattern::matches(pattern, key));
            if let Some((_, schema)) = found {
                return Some(self.at(schema));
            }
        }
        match self.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(schema @ Value::Object(_)) => Some(self.at(schema)),
            _ => Some(self.at(&ANYTHING)),
        }
    }

    /// Whether this alternative is a table whose keys are names that people choose, not fields.
    pub fn is_map(self) -> bool {
        self.get("properties").is_none() && self.shapes().contains(&Shape::Table)
    }

    /// The least and the greatest whole number, by keyword or by the width of the format.
    pub fn whole_range(self) -> (i128, i128) {
        let (least, most) = match self.text("format") {
            Some("uint8") => (0, i128::from(u8::MAX)),
            Some("uint16") => (0, i128::from(u16::MAX)),
            Some("uint32") => (0, i128::from(u32::MAX)),
            Some("uint64" | "uint") => (0, i128::from(u64::MAX)),
            Some("int8") => (i128::from(i8::MIN), i128::from(i8::MAX)),
            Some("int16") => (i128::from(i16::MIN), i128::from(i16::MAX)),
            Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
            _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
        };
        let bound = |word: &str| {
            self.get(word).and_then(|v| v.as_i64().map(i128::from).or(v.as_u64().map(i128::from)))
        };
        (bound("minimum").unwrap_or(least).max(least), bound("maximum").unwrap_or(most).min(most))
    }

    /// The first sentence of the description, without its full stop.
    pub fn sentence(self) -> Option<String> {
        let text = self.text("description")?.lines().next()?;
        let sentence = text.split(". ").next()?.trim_end_matches(['.', ' ']);
        (!sentence.is_empty()).then(|| sentence.to_string())
    }
}

impl Shape {
    /// What a person calls it.
    pub fn words(self) -> &'static str {
        match self {
            Shape::Text => "text in quotes",
            Shape::Date => "a date",
            Shape::Number => "a number",
            Shape::Whole => "a whole number",
            Shape::Truth => "true or false",
            Shape::List => "a list",
            Shape::Table => "a table",
            Shape::Anything => "a value",
        }
    }
}
