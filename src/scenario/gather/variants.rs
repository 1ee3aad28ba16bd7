//! Variants as such: what they change, and what is wrong with them whatever they say.

use super::{Gathered, Value, keys};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::Entry;
use crate::scenario::setup::Provenance;
use crate::scenario::sources::Sources;
use crate::scenario::tree::{Placed, Table};

/// The longest name of a variant.
const LONGEST_NAME: usize = 64;

/// The most variants: each is compiled whenever the scenario is read.
pub const MOST_VARIANTS: usize = 50;

/// What a variant makes of the scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// The author's note.
    pub note: Option<String>,
    /// Full keys of what it leaves out.
    pub without: Vec<String>,
    /// Full keys of entries that the scenario does not have.
    pub adds: Vec<String>,
    /// Full keys to which it gives values, with the values as written.
    pub sets: Vec<(String, String)>,
}

impl Gathered {
    /// What each variant makes of the scenario.
    pub fn variants(&self) -> Vec<Variant> {
        let tables = self.variants.iter().filter_map(|(name, value)| {
            value.get_ref().as_table().map(|table| (*name.get_ref(), table))
        });
        tables.map(|(name, table)| self.variant(name, table)).collect()
    }

    fn variant(&self, name: &str, table: &Table) -> Variant {
        let text = |key: &str| Some(table.get(key)?.get_ref().as_str()?.to_owned());
        let listed = table.get("without").and_then(|list| list.get_ref().as_array());
        let listed = listed.unwrap_or_default().iter().filter_map(|key| key.get_ref().as_str());
        let mut variant = Variant {
            name: name.to_owned(),
            note: text("note"),
            without: listed.map(str::to_owned).collect(),
            ..Variant::default()
        };
        for (section, value) in table.iter() {
            match (*section.get_ref(), value.get_ref()) {
                ("without" | "note" | "source", _) => {}
                (section, Value::Table(entries)) => {
                    for (entry, value) in entries.iter() {
                        self.change(section, entry.get_ref(), value, &mut variant);
                    }
                }
                (key, _) => leaves(key, value, &self.sources, &mut variant.sets),
            }
        }
        variant
    }

    /// What a variant says of an entry: that there is one, or what is different in it.
    fn change(&self, section: &str, entry: &str, value: &Placed<Value>, variant: &mut Variant) {
        let key = format!("{section}.{entry}");
        let named =
            keys::SECTIONS.contains(&section) || ["quantities", "correlations"].contains(&section);
        let has = |root: &Table| {
            let path = keys::path(&key).map(|path| keys::as_written(root, &path));
            let entry = path.as_ref().and_then(|path| path.last()).map_or(entry, String::as_str);
            let section = root.get(section).and_then(|section| section.get_ref().as_table());
            section.is_some_and(|section| section.get(entry).is_some())
        };
        if named && entry != "default" && !self.root.as_ref().is_some_and(has) {
            variant.adds.push(key);
        } else {
            leaves(&key, value, &self.sources, &mut variant.sets);
        }
    }

    /// Notes variants that are no tables, and names that a directory cannot bear. Gives where the
    /// variants come from.
    pub fn check_variants(&self, problems: &mut Problems) -> Vec<Provenance> {
        let mut sources = Vec::new();
        for (n, (name, value)) in self.variants.iter().enumerate() {
            if n == MOST_VARIANTS {
                let rule = format!("a scenario has at most {MOST_VARIANTS} variants");
                problems.add(name.span(), rule, format!("it has {}", self.variants.keys().count()));
            }
            plain(&name, problems);
            let path = format!("variant.{}", name.get_ref());
            let Some(mut entry) = Entry::of(value, &path, name.span(), problems) else { continue };
            for key in ["variant", "extends"].into_iter().filter(|key| entry.has(key)) {
                let rule = format!("a variant has no `{key}`");
                problems.add(entry.place_of(key), rule, "it stands at the top of a file only");
            }
            sources.extend(entry.provenance(problems));
        }
        sources
    }

    /// Whether a variant of this name can be compiled.
    pub fn has_variant(&self, name: &str) -> bool {
        self.variants.get(name).is_some_and(|value| matches!(value.get_ref(), Value::Table(_)))
    }
}

/// The values under a key, as written.
fn leaves(key: &str, value: &Placed<Value>, sources: &Sources, sets: &mut Vec<(String, String)>) {
    if let Value::Table(table) = value.get_ref() {
        for (name, value) in table.iter() {
            leaves(&format!("{key}.{}", name.get_ref()), value, sources, sets);
        }
        return;
    }
    let text = sources.slice(&value.span()).unwrap_or_default();
    sets.push((key.to_owned(), text.split_whitespace().collect::<Vec<_>>().join(" ")));
}

/// Notes the name of a variant that a directory cannot bear.
fn plain(name: &Placed<&str>, problems: &mut Problems) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let text = name.get_ref();
    if !text.is_empty() && text.chars().all(allowed) && text.len() <= LONGEST_NAME {
        return;
    }
    let rule = format!(
        "variants have names of letters (a to z, A to Z), digits, `-` and `_`, at most {LONGEST_NAME}"
    );
    let words: Vec<_> = text.split(|c| !allowed(c)).filter(|word| !word.is_empty()).collect();
    let near = words.join("-");
    let problem = Problem::new(name.span(), rule, "this becomes part of a directory's name");
    problems.push(match near.get(..near.len().min(LONGEST_NAME)) {
        Some(near) if !near.is_empty() => problem.with_cure(format!("for example `{near}`")),
        _ => problem,
    });
}
