//! What keys take, as schemas.

use serde_json::{Value, json};

use crate::model::registry::PROCESSES;
use crate::scenario::expression::MAX_CHARACTERS;
use crate::scenario::expression::distribution::NAMES;
use crate::scenario::vocabulary::{self, Kind, Span};

/// A state code: three capitals, or a number of the Correlates of War project.
pub const CODE: &str = "([A-Z]{3}|[0-9]+)";

const DAY: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

/// The schema of what a key takes.
pub fn of(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Line => json!({
            "type": "string", "minLength": 1, "maxLength": 200,
            "pattern": "^[^\\n\\r\\t]*[^\\s][^\\n\\r\\t]*$",
        }),
        Kind::File(_) | Kind::Name(_) => json!({ "type": "string", "minLength": 1 }),
        Kind::Names(_) | Kind::Keys => list(&json!({ "type": "string", "minLength": 1 })),
        Kind::Date => date(),
        Kind::DateOrEnd => json!({ "anyOf": [date(), { "type": "string", "enum": ["end"] }] }),
        Kind::Window => json!({ "type": "array", "items": date(), "minItems": 2, "maxItems": 2 }),
        Kind::Number(span) => number(span),
        Kind::Uncertain(span) => uncertain(span),
        Kind::Whole(low, high) | Kind::WholeOr(low, high, _) => {
            json!({ "type": "integer", "minimum": low, "maximum": high })
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Word(words) => json!({ "type": "string", "enum": words.list() }),
        Kind::Words(words) => list(&json!({ "type": "string", "enum": words.list() })),
        Kind::State => state(),
        Kind::States(0) => list(&state()),
        Kind::States(least) => json!({
            "type": "array", "items": state(), "minItems": least, "uniqueItems": true,
        }),
        Kind::Dyad => dyad(),
        Kind::Dyads => list(&dyad()),
        Kind::Truth | Kind::Value | Kind::Rule => {
            json!({ "type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS })
        }
        Kind::Parameter => json!({ "type": "string", "enum": parameters() }),
        Kind::Matrix => list(&list(&json!({ "type": "number", "minimum": -1, "maximum": 1 }))),
        Kind::Table(_) | Kind::Process | Kind::Entries(_) | Kind::Entry => {
            json!({ "type": "object" })
        }
        Kind::Actions => json!({
            "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/events.actions" },
        }),
    }
}

/// A default.
pub fn value(value: vocabulary::Value) -> Value {
    match value {
        vocabulary::Value::Number(number) => json!(number),
        vocabulary::Value::Whole(number) => json!(number),
        vocabulary::Value::Flag(flag) => json!(flag),
        vocabulary::Value::Word(word) => json!(word),
    }
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A date of TOML, which validators see as text, or the same in quotes.
fn date() -> Value {
    json!({ "type": "string", "format": "date", "pattern": format!("^{DAY}$") })
}

fn number(span: Span) -> Value {
    let mut schema = json!({ "type": "number" });
    if span.above_zero() {
        schema["exclusiveMinimum"] = json!(0);
    } else if span.low > -f64::MAX {
        schema["minimum"] = json!(span.low);
    }
    if span.high < f64::MAX {
        schema["maximum"] = json!(span.high);
    }
    schema
}

/// A number, or text that is a distribution. One type of two: what is wrong with a number is then
/// told of the number.
fn uncertain(span: Span) -> Value {
    let mut schema = number(span);
    schema["type"] = json!(["number", "string"]);
    schema["pattern"] = json!(format!("^\\s*({})\\s*\\([\\s\\S]*\\)\\s*$", NAMES.join("|")));
    schema["maxLength"] = json!(MAX_CHARACTERS);
    schema
}

fn state() -> Value {
    json!({
        "type": ["string", "integer"], "pattern": format!("^{CODE}$"), "minimum": 1, "maximum": 999,
    })
}

fn dyad() -> Value {
    json!({ "type": "string", "pattern": format!("^{CODE}-{CODE}$") })
}

fn parameters() -> Vec<String> {
    let of = |entry: &'static crate::model::registry::Entry| {
        let name = entry.about.name;
        entry.parameters.iter().map(move |p| format!("processes.{name}.{}", p.name))
    };
    PROCESSES.iter().flat_map(of).collect()
}
