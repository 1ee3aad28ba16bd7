//! A JSON Schema of scenario files, for editors. It says what the vocabulary says of every key by
//! itself; what holds between entries only `detente check` knows.

use serde_json::{Map, Value, json};

use crate::scenario::vocabulary::{
    Entries, Form, Group, Key, Kind, Named, Need, SECTIONS, Section, section,
};

mod kinds;
mod whole;

/// The schema, in the draft of 2020-12.
///
/// A table of a scenario that extends another, and one of a variant, need not be whole. So what may
/// stand in a table is one thing, and what has to another: the latter is in `$defs/whole` and asked
/// for only where nothing is extended.
pub fn schema() -> Value {
    let mut root = Map::new();
    let mut defs = Map::new();
    for section in &*SECTIONS {
        let table = table(section);
        if section.path.is_empty() {
            root = table;
        } else {
            defs.insert(name(section), Value::Object(table));
        }
    }
    defs.insert("whole".to_owned(), whole::whole());
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".to_owned(), json!("A scenario of detente"));
    root.insert("if".to_owned(), has(&["extends"]));
    root.insert("else".to_owned(), json!({ "$ref": "#/$defs/whole" }));
    root.insert("$defs".to_owned(), Value::Object(defs));
    Value::Object(root)
}

/// What a table of a section is called among the definitions: `events`, `treaties.articles`.
fn name(section: &Section) -> String {
    section.path.replace(".*", "")
}

fn reference(path: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{}", path.replace(".*", "")) })
}

/// What may stand in a table of a section.
fn table(section: &Section) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(section.meaning));
    if !section.path.is_empty() {
        schema.insert("title".to_owned(), json!(format!("[{}]", section.shown())));
    }
    schema.insert("type".to_owned(), json!("object"));
    if section.path.ends_with("actions") {
        let forms: Vec<_> = section.forms.iter().map(|form| action(section, form)).collect();
        schema.insert("oneOf".to_owned(), json!(forms));
        return schema;
    }
    let mut properties: Map<_, _> =
        section.keys().map(|key| (key.name.to_owned(), property(section, key))).collect();
    of_forms(section, &mut properties);
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    let mut all = apart(section.keys(), section.groups);
    all.extend(section.forms.iter().map(|form| when(section, form)));
    together(schema, all)
}

/// A schema with others that hold as well, if there are any.
fn together(mut schema: Map<String, Value>, all: Vec<Value>) -> Map<String, Value> {
    if !all.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(all));
    }
    schema
}

/// A key with what it takes and everything an editor can show of it.
fn property(section: &Section, key: &Key) -> Value {
    let schema = match key.kind {
        Kind::Table(path) => reference(path),
        Kind::Process => reference(&format!("{}.{}", section.path, key.name)),
        Kind::Entries(path) => entries(path),
        Kind::WholeOr(low, high, path) => {
            json!({ "anyOf": [kinds::of(Kind::Whole(low, high)), reference(path)] })
        }
        kind => kinds::of(kind),
    };
    described(section, key, schema)
}

fn described(section: &Section, key: &Key, schema: Value) -> Value {
    let Value::Object(mut schema) = schema else { return schema };
    schema.insert("title".to_owned(), json!(section.key_shown(key)));
    schema.insert("description".to_owned(), json!(description(section, key)));
    if let Need::Default(value) = key.need {
        schema.insert("default".to_owned(), kinds::value(value));
    }
    Value::Object(schema)
}

fn description(section: &Section, key: &Key) -> String {
    let mut parts = vec![key.meaning.trim_end_matches('.').to_owned()];
    let range = match key.kind {
        Kind::Number(_) | Kind::Uncertain(_) | Kind::Whole(..) | Kind::WholeOr(..) => {
            key.kind.range()
        }
        _ => String::new(),
    };
    let unit = key.kind.unit().map(|unit| format!(" ({unit})")).unwrap_or_default();
    let takes = key.kind.words();
    let comma = if range.is_empty() { "" } else { ", " };
    parts.push(format!("Takes {takes}{comma}{range}{unit}"));
    let with = section.forms.iter().filter(|form| form.with.iter().any(|k| k.name == key.name));
    let with: Vec<_> = with.map(|form| form.key.name).collect();
    let of_form = !with.is_empty() || section.forms.iter().any(|form| form.key.name == key.name);
    if !with.is_empty() {
        parts.push(format!("Goes with {}", with.join(", ")));
    }
    let evidence = key.mark.map(|mark| format!(", {mark}")).unwrap_or_default();
    match key.need {
        Need::Required if of_form => {}
        Need::Required => parts.push("Required".to_owned()),
        Need::Default(value) => parts.push(format!("Default: {value}{evidence}")),
        Need::Without(words) => parts.push(format!("Without it: {words}")),
        Need::Grouped | Need::Optional => {}
    }
    let group = section.groups.iter().find(|group| group.keys().contains(&key.name));
    parts.extend(group.map(|group| format!("Give {} {}", group.words(), group.keys().join(", "))));
    if !key.not_with.is_empty() {
        parts.push(format!("Not with {}", key.not_with.join(", ")));
    }
    if !key.example.is_empty() {
        parts.push(format!("Example: {} = {}", key.name, key.example));
    }
    parts.join(".\n\n") + "."
}

/// The tables of a section under their names, or the name of a CSV table of them.
fn entries(path: &str) -> Value {
    let Some((section, entries)) = section(path).and_then(|s| Some((s, s.entries?))) else {
        return json!({ "type": "object" });
    };
    let beside = section.beside().map(|key| {
        let schema = match key.kind {
            Kind::Entry => reference(&section.path),
            kind => kinds::of(kind),
        };
        (key.name.to_owned(), with_text(schema, key.meaning))
    });
    let beside: Map<_, _> = beside.collect();
    let entry = entry(section, entries);
    // One type of two, not one schema of two: what is wrong in an entry is then told of the entry.
    let types = if entries.table.is_some() { json!(["object", "string"]) } else { json!("object") };
    match names(entries.named) {
        Some(pattern) => json!({
            "type": types, "properties": beside,
            "patternProperties": { pattern: entry }, "additionalProperties": false,
        }),
        None => json!({
            "type": types, "properties": beside,
            "propertyNames": { "pattern": "\\S" }, "additionalProperties": entry,
        }),
    }
}

fn entry(section: &Section, entries: Entries) -> Value {
    let table = reference(&section.path);
    match entries.plain {
        Some(kind) => json!({ "anyOf": [kinds::of(kind), table] }),
        None => table,
    }
}

fn with_text(schema: Value, meaning: &str) -> Value {
    let Value::Object(mut schema) = schema else { return schema };
    schema.insert("description".to_owned(), json!(meaning));
    Value::Object(schema)
}

/// What the names of entries look like, where they are not the author's own.
fn names(named: Named) -> Option<String> {
    match named {
        Named::State => Some(format!("^{}$", kinds::CODE)),
        Named::Dyad => Some(format!("^{0}-{0}$", kinds::CODE)),
        Named::Quantity => {
            Some("^[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_\\u0080-\\uffff]*$".to_owned())
        }
        Named::Variant => Some("^[A-Za-z0-9_-]{1,64}$".to_owned()),
        Named::Own => None,
    }
}

/// An action of a verb: a table of its own.
fn action(section: &Section, form: &Form) -> Value {
    let keys = std::iter::once(&form.key).chain(form.with);
    let properties: Map<_, _> =
        keys.clone().map(|key| (key.name.to_owned(), property(section, key))).collect();
    let required = keys.filter(|key| key.need == Need::Required).map(|key| key.name);
    json!({
        "title": form.key.name,
        "description": form.key.meaning,
        "type": "object",
        "properties": properties,
        "required": required.collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

/// Adds the keys of all forms: each takes whatever it takes in any of them.
fn of_forms(section: &Section, properties: &mut Map<String, Value>) {
    let mut kinds: Vec<(&Key, Vec<Value>)> = Vec::new();
    for key in section.forms.iter().flat_map(|form| std::iter::once(&form.key).chain(form.with)) {
        let schema = kinds::of(key.kind);
        match kinds.iter_mut().find(|(known, _)| known.name == key.name) {
            Some((_, schemas)) if !schemas.contains(&schema) => schemas.push(schema),
            Some(_) => {}
            None => kinds.push((key, vec![schema])),
        }
    }
    for (key, mut schemas) in kinds {
        let schema =
            if schemas.len() == 1 { schemas.remove(0) } else { json!({ "anyOf": schemas }) };
        properties.insert(key.name.to_owned(), described(section, key, schema));
    }
}

/// That a table has these keys. It may have others: some editors want to be told.
fn has(keys: &[&str]) -> Value {
    json!({ "required": keys, "additionalProperties": true })
}

/// What holds of a table that has the key of a form.
fn when(section: &Section, form: &Form) -> Value {
    let keys = || std::iter::once(&form.key).chain(form.with);
    let names: Vec<_> = section.keys().chain(keys()).map(|key| key.name).collect();
    let properties: Map<_, _> =
        form.with.iter().map(|key| (key.name.to_owned(), kinds::of(key.kind))).collect();
    let mut then = Map::new();
    then.insert("propertyNames".to_owned(), json!({ "enum": names }));
    then.insert("properties".to_owned(), Value::Object(properties));
    then.insert("additionalProperties".to_owned(), json!(true));
    let then = together(then, apart(form.with.iter(), form.groups));
    json!({ "if": has(&[form.key.name]), "then": then })
}

/// Which keys do not stand together.
fn apart<'a>(keys: impl Iterator<Item = &'a Key>, groups: &[Group]) -> Vec<Value> {
    let mut pairs: Vec<_> =
        keys.flat_map(|key| key.not_with.iter().map(|other| [key.name, *other])).collect();
    for group in groups {
        if let Group::Some(_) = group {
            continue;
        }
        let keys = group.keys();
        let after = |n: usize| keys[n + 1..].iter();
        pairs.extend((0..keys.len()).flat_map(|n| after(n).map(move |other| [keys[n], *other])));
    }
    let apart = |pair: [&str; 2]| json!({ "not": has(&pair), "additionalProperties": true });
    pairs.into_iter().map(apart).collect()
}
