//! Tables in CSV beside a scenario: a row an entry, a column a key.

use super::cells::{self, Cell};
use super::{Gatherer, keys};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::undrawable;
use crate::scenario::tree::{Placed, Table, Value};

/// The sections that may stand in a table, with the name of its first column.
const SECTIONS: [(&str, &str); 4] =
    [("states", "code"), ("dyads", "dyad"), ("treaties", "name"), ("sanctions", "name")];

/// Columns that hold lists.
const LISTS: [&str; 7] =
    ["members", "owed_by", "obligations", "dimensions", "senders", "targets", "types"];

/// Columns whose cells may have several lines.
const OF_LINES: [&str; 2] = ["source", "note"];

impl Gatherer<'_> {
    /// Puts the rows of the tables that a file and its variants name in their place.
    pub(super) fn expand(&mut self, file: &mut Table, path: &str) {
        self.expand_sections(file, path);
        if let Some(variants) = file.table_mut("variant") {
            for variant in variants.values_mut() {
                if let Value::Table(variant) = variant.get_mut() {
                    self.expand_sections(variant, path);
                }
            }
        }
    }

    fn expand_sections(&mut self, file: &mut Table, path: &str) {
        for (section, first) in SECTIONS {
            let Some(value) = file.get_mut(section) else { continue };
            let span = value.span();
            let named = match value.get_mut() {
                Value::Table(table) => table.remove("table"),
                Value::String(_) => Some(value.clone()),
                _ => None,
            };
            let Some(named) = named else { continue };
            let Some(mut rows) = self.table(section, first, &named, path) else {
                self.broken = true;
                continue;
            };
            if let Value::Table(over) = value.get_mut() {
                keys::lay_section(section, &mut rows, std::mem::take(over));
            }
            *value = Placed::new(span, Value::Table(rows));
        }
    }

    /// The entries of the table that `named` names.
    fn table(
        &mut self,
        section: &str,
        first: &str,
        named: &Placed<Value>,
        from: &str,
    ) -> Option<Table> {
        let rule = format!("`{section}.table` names a CSV table in this folder");
        let Value::String(name) = named.get_ref() else {
            let cure = format!("for example: table = \"{section}.csv\"");
            self.problems.add_with_cure(named.span(), rule, "this is no name of a file", cure);
            return None;
        };
        let path = self.path(name, from, named.span(), &rule)?;
        let text = self.read(&path, named.span(), &rule)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let base = self.sources.add(&path, text);
        let rows = cells::rows(text, base, self.problems)?;
        entries(section, first, &rows, base, self.problems)
    }
}

/// Rows as entries; what is wrong with the shape of the table is noted.
fn entries(
    section: &str,
    first: &str,
    rows: &[Vec<Cell>],
    base: usize,
    problems: &mut Problems,
) -> Option<Table> {
    let Some((header, rows)) = rows.split_first() else {
        let rule = format!("a table of {section} has a header and a row for each entry");
        problems.add_with_cure(
            base..base,
            rule,
            "it is empty",
            format!("begin it with `{first},...`"),
        );
        return None;
    };
    sound(section, first, header, problems)?;
    let (mut table, before) = (Table::default(), problems.len());
    for row in rows {
        let of_line =
            row.iter().zip(header).filter(|(_, column)| !OF_LINES.contains(&&*column.text));
        if let Some(problem) = of_line.map(|(cell, _)| cell).find_map(cells::across_lines) {
            problems.push(problem);
            continue;
        }
        if row.len() != header.len() {
            let end = row.last().map_or(base, |cell| cell.span.end);
            let place = row[0].span.start..end;
            let rule = format!("every row has as many cells as the header, {}", header.len());
            let found = format!("this one has {}", row.len());
            let cure = "a cell with a comma in it stands in quotes";
            problems.add_with_cure(place, rule, found, cure);
            continue;
        }
        let name = &row[0];
        if ["default", "table"].contains(&name.text.as_str()) {
            let rule = format!("no entry of {section} is called `{}`", name.text);
            problems.add(name.span.clone(), rule, "this means something else in a section");
            continue;
        }
        if table.get(&name.text).is_some() {
            let rule = format!("a table of {section} has one row for each entry");
            let found = format!("`{}` stands here again", name.text);
            problems.add_with_cure(name.span.clone(), rule, found, "remove one of the rows");
            continue;
        }
        let mut entry = Table::default();
        for (column, cell) in
            header.iter().zip(row).skip(1).filter(|(_, cell)| !cell.text.is_empty())
        {
            put(&mut entry, column, cell);
        }
        let entry = Placed::new(name.span.clone(), Value::Table(entry));
        table.insert(name.text.clone(), name.span.clone(), entry);
    }
    (problems.len() == before).then_some(table)
}

/// Whether the header names what it has to.
fn sound(section: &str, first: &str, header: &[Cell], problems: &mut Problems) -> Option<()> {
    if let Some(problem) = header.iter().find_map(cells::across_lines) {
        problems.push(problem);
        return None;
    }
    let before = problems.len();
    if header[0].text != first {
        let rule = format!("the first column of a table of {section} is `{first}`");
        let found = format!("this is `{}`", header[0].text);
        problems.add(header[0].span.clone(), rule, found);
    }
    for (n, column) in header.iter().enumerate() {
        let rule = "every column has a name";
        let problem = if column.text.is_empty() {
            Problem::new(column.span.clone(), rule, "this one has none")
        } else if column.text.contains(undrawable) {
            let found = "this has a control character";
            Problem::new(column.span.clone(), rule, found)
        } else if header[..n].iter().any(|other| other.text == column.text) {
            let found = format!("`{}` stands here again", column.text);
            Problem::new(column.span.clone(), "every column stands once", found)
        } else {
            continue;
        };
        problems.push(problem);
    }
    (problems.len() == before).then_some(())
}

/// Puts a cell under the key its column names; a dotted name leads into a table.
fn put(entry: &mut Table, column: &Cell, cell: &Cell) {
    let (key, rest) = match column.text.split_once('.') {
        Some((key, rest)) => (key, Some(rest)),
        None => (column.text.as_str(), None),
    };
    let Some(rest) = rest else {
        entry.insert(key.to_owned(), column.span.clone(), value(key, cell));
        return;
    };
    if entry.get(key).is_none() {
        let inner = Placed::new(cell.span.clone(), Value::Table(Table::default()));
        entry.insert(key.to_owned(), column.span.clone(), inner);
    }
    if let Some(inner) = entry.table_mut(key) {
        inner.insert(rest.to_owned(), column.span.clone(), value(rest, cell));
    }
}

fn value(key: &str, cell: &Cell) -> Placed<Value> {
    if !LISTS.contains(&key) {
        return Placed::new(cell.span.clone(), Value::Cell(cell.text.clone()));
    }
    // Inside quotes the text begins one byte later; with quotes inside, the cell stands for all.
    let quotes = cell.span.len().checked_sub(cell.text.len());
    let offset = quotes.filter(|quotes| [0, 2].contains(quotes)).map(|quotes| quotes / 2);
    let separator = |c: char| c.is_whitespace() || [';', ','].contains(&c);
    let words = cell.text.split(separator).filter(|word| !word.is_empty());
    let items = words.map(|word| {
        let within = word.as_ptr() as usize - cell.text.as_ptr() as usize;
        let span = match offset {
            Some(offset) => {
                let start = cell.span.start + offset + within;
                start..start + word.len()
            }
            None => cell.span.clone(),
        };
        Placed::new(span, Value::Cell(word.to_owned()))
    });
    Placed::new(cell.span.clone(), Value::Array(items.collect()))
}
