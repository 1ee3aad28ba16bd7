//! What has to stand in a scenario that extends no other.

use serde_json::{Map, Value, json};

use super::{has, together};
use crate::scenario::vocabulary::{Form, Group, Key, Kind, Need, Section, section};

/// What is required of the whole scenario.
pub fn whole() -> Value {
    let Some(top) = section("") else { return json!({}) };
    let mut properties = Map::new();
    for key in top.keys() {
        let schema = match key.kind {
            Kind::Table(path) => section(path).map(table),
            Kind::Entries(path) if path != "variant.*" => section(path).map(entries),
            _ => None,
        };
        properties.extend(schema.map(|schema| (key.name.to_owned(), schema)));
    }
    let mut schema = Map::new();
    schema.insert("required".to_owned(), json!(required(top.keys())));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(true));
    Value::Object(schema)
}

/// What is required of every entry. Where there is a table or a default, an entry need not say all.
fn entries(section: &Section) -> Value {
    let every = json!({ "additionalProperties": table(section) });
    let elsewhere: Vec<_> = section.beside().map(|key| json!({ "required": [key.name] })).collect();
    if elsewhere.is_empty() {
        return every;
    }
    json!({
        "if": { "anyOf": elsewhere, "additionalProperties": true },
        "else": every, "additionalProperties": true,
    })
}

/// What is required of a table.
fn table(section: &Section) -> Value {
    let mut all = groups(section.groups);
    if !section.forms.is_empty() {
        let keys: Vec<_> = section.forms.iter().map(|form| form.key.name).collect();
        all.push(any(&keys));
        all.extend(section.forms.iter().map(form));
    }
    needing(section.keys(), all)
}

fn form(form: &Form) -> Value {
    let then = needing(form.with.iter(), groups(form.groups));
    json!({ "if": has(&[form.key.name]), "then": then })
}

/// What requires the keys that have to be there, and more.
fn needing<'a>(keys: impl Iterator<Item = &'a Key>, all: Vec<Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("required".to_owned(), json!(required(keys)));
    schema.insert("additionalProperties".to_owned(), json!(true));
    Value::Object(together(schema, all))
}

fn required<'a>(keys: impl Iterator<Item = &'a Key>) -> Vec<&'static str> {
    keys.filter(|key| key.need == Need::Required).map(|key| key.name).collect()
}

fn groups(groups: &[Group]) -> Vec<Value> {
    let needed = groups.iter().filter(|group| !matches!(group, Group::AtMostOne(_)));
    needed.map(|group| any(group.keys())).collect()
}

/// At least one of some keys. Of what is no table nothing is required.
fn any(keys: &[&str]) -> Value {
    let each: Vec<_> = keys.iter().map(|key| has(&[key])).collect();
    json!({ "anyOf": each })
}
