//! What a key or section is, in words, for a terminal.

use super::{Form, Found, Group, Item, Key, Kind, Named, Need, SECTIONS, Section, Words};
use crate::scenario::prose::{columned, wrapped};

/// How many full keys are named where one meaning has many.
const MOST_PATHS: usize = 6;

/// Everything there is, a line for each section and its keys.
pub fn overview() -> String {
    let mut text = String::new();
    for section in SECTIONS.iter().filter(|s| !s.path.starts_with("processes.")) {
        let title = if section.path.is_empty() { "top of the file" } else { &section.shown() };
        let keys =
            section.beside().chain(section.keys()).chain(section.forms.iter().map(|f| &f.key));
        let keys: Vec<_> = keys.map(|key| key.name).collect();
        text += &format!("{title}\n{}", wrapped("  ", &keys.join(", ")));
    }
    text
}

/// The page of what was found.
pub fn page(found: &Found) -> String {
    match found.item {
        Item::Section(section) => of_section(section),
        item => of_key(found, item),
    }
}

fn of_key(found: &Found, item: Item) -> String {
    let Some(key) = item.key() else { return String::new() };
    let shown = found.paths.iter().take(MOST_PATHS).cloned().collect::<Vec<_>>().join(", ");
    let more = match found.paths.len().saturating_sub(MOST_PATHS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let mut text = wrapped("", &format!("{shown}{more}"));
    text += &format!("\n{}\n", wrapped("  ", &sentence(key.meaning)));
    let mut rows = vec![("type", key.kind.words())];
    let range = key.kind.range();
    rows.extend((!range.is_empty()).then_some(("range", range)));
    rows.extend(key.kind.unit().map(|unit| ("unit", unit.to_owned())));
    rows.push(("given", given(item, key)));
    match key.need {
        Need::Default(value) => rows.push(("default", value.to_string())),
        Need::Without(words) => rows.push(("without it", words.to_owned())),
        _ => {}
    }
    rows.extend(key.mark.map(|mark| ("evidence", mark.to_string())));
    if !key.not_with.is_empty() {
        rows.push(("not with", key.not_with.join(", ")));
    }
    if !found.with.is_empty() {
        rows.push(("goes with", found.with.join(", ")));
    }
    rows.extend(hint(key.kind).map(|hint| ("see", hint.to_owned())));
    if let Some(example) = example(item, key) {
        rows.push(("example", example));
    }
    text += &columned("  ", rows);
    if let Item::Form(_, form) = item
        && !form.with.is_empty()
    {
        text += &format!("\n  With it go\n{}", listed(form.with.iter(), form.groups));
    }
    text
}

/// A meaning as a sentence: those of parameters are phrases.
fn sentence(meaning: &str) -> String {
    let mut letters = meaning.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if meaning.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// Whether the key has to be there.
fn given(item: Item, key: &Key) -> String {
    let groups = match item {
        Item::With(_, form, _) => form.groups,
        _ => item.section().groups,
    };
    let group = groups.iter().find(|group| group.keys().contains(&key.name));
    match (key.need, item, group) {
        (_, _, Some(group)) => format!("{} {}", group.words(), group.keys().join(", ")),
        (_, Item::Form(section, _), _) => format!("{} has one of these keys", one(section)),
        (Need::Required, ..) => "required".to_owned(),
        _ => "optional".to_owned(),
    }
}

fn one(section: &Section) -> &'static str {
    if section.path.ends_with("actions") { "every action" } else { "every outcome" }
}

/// Where more is said of what a key takes.
fn hint(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Truth | Kind::Value => Some("detente explain function"),
        Kind::Parameter | Kind::Process => Some("detente explain process"),
        Kind::Words(Words::Hypotheses) => Some("detente explain hypothesis"),
        _ => None,
    }
}

fn example(item: Item, key: &Key) -> Option<String> {
    let value = |key: &Key| match (key.example, key.need) {
        ("", Need::Default(value)) => Some(value.to_string()),
        ("", _) => None,
        (example, _) => Some(example.to_owned()),
    };
    let pair = |key: &Key| value(key).map(|value| format!("{} = {value}", key.name));
    let own = pair(key)?;
    match item {
        Item::Form(section, form) if section.path.ends_with("actions") => {
            let needed = form.with.iter().filter(|key| key.need == Need::Required);
            let pairs: Vec<_> = std::iter::once(own).chain(needed.filter_map(pair)).collect();
            Some(format!("{{ {} }}", pairs.join(", ")))
        }
        _ => Some(own),
    }
}

fn of_section(section: &'static Section) -> String {
    let mut text =
        format!("[{}]\n\n{}\n", section.shown(), wrapped("  ", &sentence(section.meaning)));
    if let Some(entries) = section.entries {
        let names = match entries.named {
            Named::State => {
                "Entries stand under state codes: ISO 3166 alpha-3 such as PRK, XAA to XZZ for invented states, Correlates of War numbers."
            }
            Named::Dyad => {
                "Entries stand under dyads: two state codes with a hyphen, such as PRK-RUS."
            }
            Named::Own => "Entries stand under names of your own.",
            Named::Quantity => {
                "Names have letters, digits and _, and mean nothing else in expressions."
            }
            Named::Variant => {
                "Names have letters, digits, - and _: they become part of a directory's name."
            }
        };
        text += &format!("{}\n", wrapped("  ", names));
        if let Some(first) = entries.table {
            let said = format!(
                "They may stand in a CSV table, whose first column is `{first}`: table = \"{}.csv\".",
                section.holder()
            );
            text += &format!("{}\n", wrapped("  ", &said));
        }
    }
    // Parts with a blank line between them; the head ends with one.
    let mut rows = rows(section.keys.iter(), section.groups);
    if section.provenance {
        rows.push(("source, note", "Text. Where it comes from, and a remark.".to_owned()));
    }
    let mut parts = vec![columned("    ", rows)];
    if !section.forms.is_empty() {
        let title =
            if section.path.ends_with("actions") { "Verbs" } else { "It asks about one of" };
        let forms = columned("    ", section.forms.iter().map(of_form));
        parts.push(format!("  {title}\n{forms}"));
    }
    let beside: Vec<_> = section.beside().collect();
    if !beside.is_empty() {
        let keys = listed(beside.into_iter(), &[]);
        parts.push(format!("  In [{}] itself\n{keys}", section.holder()));
    }
    parts.retain(|part| !part.is_empty());
    text + &parts.join("\n")
}

fn of_form(form: &Form) -> (&'static str, String) {
    let with: Vec<_> = form.with.iter().map(|key| key.name).collect();
    let with = if with.is_empty() { String::new() } else { format!(" With {}.", with.join(", ")) };
    (form.key.name, format!("{}{with} {}", sentence(&form.key.kind.words()), form.key.meaning))
}

/// Keys with what they take, whether they must be there and what they mean.
fn listed<'a>(keys: impl Iterator<Item = &'a Key>, groups: &[Group]) -> String {
    columned("    ", rows(keys, groups))
}

fn rows<'a>(keys: impl Iterator<Item = &'a Key>, groups: &[Group]) -> Vec<(&'static str, String)> {
    let row = |key: &Key| {
        let group = groups.iter().find(|group| group.keys().contains(&key.name));
        let need = match (key.need, group) {
            (_, Some(group)) => format!("; {} {}", group.words(), group.keys().join(", ")),
            (Need::Required, _) => "; required".to_owned(),
            (Need::Default(value), _) => format!("; default {value}"),
            _ => String::new(),
        };
        let (takes, range) = (key.kind.words(), key.kind.range());
        let range = match key.kind {
            Kind::Number(_) | Kind::Uncertain(_) | Kind::Whole(..) | Kind::WholeOr(..)
                if !range.is_empty() =>
            {
                format!(", {range}")
            }
            Kind::Word(words) | Kind::Words(words) if words != Words::Hypotheses => {
                format!(" of {range}")
            }
            _ => String::new(),
        };
        let unit = key.kind.unit().map(|unit| format!(" ({unit})")).unwrap_or_default();
        let text = format!("{takes}{range}{unit}{need}");
        (key.name, format!("{} {}", sentence(&text), sentence(key.meaning)))
    };
    keys.map(row).collect()
}
