//! `--set KEY=VALUE` and `--without KEY`: changes of the scenario for one run.

use toml::de::DeTable;

use super::{Gatherer, keys};
use crate::scenario::tree::{Placed, Table, Value, shifted};

impl Gatherer<'_> {
    /// The list that the words of `--without` make: full keys, or names of events.
    pub(super) fn left_out(
        &mut self,
        without: &[String],
        root: Option<&Table>,
    ) -> Option<Placed<Value>> {
        let events = root.and_then(|root| root.get("events")?.get_ref().as_table());
        let mut list = Vec::new();
        for words in without {
            let base = self.sources.add("--without", words);
            let known = events.is_some_and(|events| events.get(words.trim()).is_some());
            let key = if known { format!("events.{}", words.trim()) } else { words.clone() };
            list.push(Placed::new(base..base + words.len(), Value::String(key)));
        }
        let span = list.first()?.span();
        Some(Placed::new(span, Value::Array(list)))
    }

    /// The table that the words of `--set` make.
    pub(super) fn set(&mut self, words: &str) -> Option<Table> {
        let base = self.sources.add("--set", words);
        let key = words.split_once('=').map(|(key, _)| key.trim());
        let Some(path) = key.and_then(keys::path) else {
            let rule = "`--set` takes a full key and its value";
            let cure = "for example: --set processes.crisis.delta=0";
            self.problems.add_with_cure(base..base + words.len(), rule, "this is neither", cure);
            return None;
        };
        if ["extends", "without", "variant"].contains(&path[0].as_str()) {
            let rule = format!("`--set` does not change `{}`", path[0]);
            let cure = "--variant takes a variant; what else differs belongs into a file that extends this one";
            self.problems.add_with_cure(
                base..base + words.len(),
                rule,
                "this would do nothing",
                cure,
            );
            return None;
        }
        // What is no TOML is read as a cell of a table is: its type is what the key asks for.
        match DeTable::parse(words) {
            Ok(table) => Some(Table::of(table.get_ref(), base)),
            Err(_) => Some(cell(&path, words, base)),
        }
    }
}

fn cell(path: &[String], words: &str, base: usize) -> Table {
    let (key, value) = words.split_once('=').unwrap_or((words, ""));
    let start = key.len() + 1 + value.len() - value.trim_start().len();
    let text = value.trim();
    let place = shifted(start..start + text.len(), base);
    let key = shifted(0..key.trim_end().len(), base);
    let mut value = Placed::new(place, Value::Cell(text.to_owned()));
    for (n, part) in path.iter().enumerate().rev() {
        let mut table = Table::default();
        table.insert(part.clone(), key.clone(), value);
        if n == 0 {
            return table;
        }
        value = Placed::new(key.clone(), Value::Table(table));
    }
    Table::default()
}
