//! A text of CSV as cells, and what is wrong with its commas and quotes.

use std::ops::Range;

use csv_core::{ReadFieldResult, Reader};

use crate::scenario::problem::{Problem, Problems};

/// The most rows of a table: the dyads of the most states a scenario may have, and some.
const MOST_ROWS: usize = 50_000;

/// The most columns.
const MOST_COLUMNS: usize = 100;

/// What spreadsheet programs put between cells where it is not a comma.
const OTHER_SEPARATORS: [(char, &str); 3] =
    [(';', "a semicolon"), ('\t', "a tab"), ('|', "a vertical bar")];

/// How to get a table with commas.
const SAVE_WITH_COMMAS: &str =
    "save it as CSV with commas between cells and points in numbers: 0.02";

/// What is said of a quote that swallows what follows.
const UNCLOSED: &str = "a quote that begins a cell is closed at its end";

/// A cell and its place.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// The cells of a text that begins at `base`, row by row, without rows in which nothing stands.
/// `None` if they cannot be told apart, which is noted.
pub(super) fn rows(text: &str, base: usize, problems: &mut Problems) -> Option<Vec<Vec<Cell>>> {
    if let Some(problem) = other_separator(text) {
        problems.push(problem.shifted(base));
        return None;
    }
    let mut fields = Fields { reader: Reader::new(), bytes: text.as_bytes(), at: 0 };
    let (mut rows, mut row, mut sound) = (Vec::new(), Vec::new(), true);
    let mut field = vec![0; text.len() + 1];
    loop {
        let start = fields.at;
        let Some((filled, record_end)) = fields.next(&mut field) else { break };
        let cell = cell(text, start..fields.at, row.is_empty(), &field[..filled], base);
        if let Some(problem) = misquoted(text, cell.span.start - base..cell.span.end - base) {
            let lost = problem.rule == UNCLOSED;
            problems.push(problem.shifted(base));
            // Nobody knows where the cells after it begin.
            if lost {
                return None;
            }
            sound = false;
        }
        row.push(cell);
        if record_end {
            let row = std::mem::take(&mut row);
            if row.iter().any(|cell: &Cell| !cell.text.is_empty()) {
                rows.push(row);
            }
        }
        if rows.len() > MOST_ROWS || row.len() > MOST_COLUMNS {
            let rule = format!("a table has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns");
            let place = row.last().map_or(base..base, |cell: &Cell| cell.span.clone());
            problems.add(place, rule, "here it has more");
            return None;
        }
    }
    sound.then_some(rows)
}

/// The fields of a text, one after the other.
struct Fields<'t> {
    reader: Reader,
    bytes: &'t [u8],
    at: usize,
}

impl Fields<'_> {
    /// How many bytes of `field` the next one fills, and whether it ends a row.
    fn next(&mut self, field: &mut [u8]) -> Option<(usize, bool)> {
        let mut filled = 0;
        let end = loop {
            let (result, read, written) =
                self.reader.read_field(&self.bytes[self.at..], &mut field[filled..]);
            self.at += read;
            filled += written;
            match result {
                // The reader wants to be told that nothing follows.
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull
                    if self.at < self.bytes.len() => {}
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {
                    let (result, _, written) = self.reader.read_field(&[], &mut field[filled..]);
                    filled += written;
                    break result;
                }
                done => break done,
            }
        };
        match end {
            ReadFieldResult::Field { record_end } => Some((filled, record_end)),
            _ => None,
        }
    }
}

/// A cell without the separator that ends it and without spaces around it. Before the first of a row
/// the end of the row above may stand.
fn cell(text: &str, raw: Range<usize>, first: bool, field: &[u8], base: usize) -> Cell {
    let written = &text[raw.clone()];
    let before: &[char] = if first { &['\n', '\r', ' ', '\t'] } else { &[' ', '\t'] };
    let trimmed = written.trim_start_matches(before);
    let start = raw.end - trimmed.len();
    let trimmed = trimmed.trim_end_matches(['\n', '\r', ' ', '\t']);
    let trimmed = trimmed.strip_suffix(',').unwrap_or(trimmed).trim_end_matches([' ', '\t']);
    let content = String::from_utf8_lossy(field).trim().to_owned();
    Cell { text: content, span: start + base..start + trimmed.len() + base }
}

/// The problem of a header in which something else stands where commas belong.
fn other_separator(text: &str) -> Option<Problem> {
    let blank = text.len() - text.trim_start().len();
    let header = text[blank..].lines().next()?.trim_end();
    if header.contains(',') {
        return None;
    }
    let (at, name) = OTHER_SEPARATORS
        .iter()
        .find_map(|&(separator, name)| header.find(separator).map(|at| (at, name)))?;
    let place = blank + at..blank + at + 1;
    let problem =
        Problem::new(place, "a table has commas between its cells", format!("here stands {name}"));
    Some(problem.with_cure(SAVE_WITH_COMMAS))
}

/// The problem of the cell at `span`, if its quotes do not enclose all of it.
fn misquoted(text: &str, span: Range<usize>) -> Option<Problem> {
    let inner = text[span.clone()].strip_prefix('"')?;
    let spaces = text[..span.start].len() - text[..span.start].trim_end_matches([' ', '\t']).len();
    if spaces > 0 {
        // The reader takes such quotes for text, and commas between them for separators.
        let rule = "the quotes of a cell begin right behind the comma";
        let place = span.start - spaces..span.start + 1;
        let found = "here stands a space before them";
        return Some(Problem::new(place, rule, found).with_cure("remove the space"));
    }
    let line =
        span.start..span.start + 1 + inner.lines().next().unwrap_or_default().trim_end().len();
    let Some(close) = closing_quote(inner) else {
        let cure = "end the cell with a quote, or remove this one";
        return Some(Problem::new(line, UNCLOSED, "this one is not").with_cure(cure));
    };
    let (within, after) = (&inner[..close], inner[close + 1..].trim());
    if after.is_empty() {
        return None;
    }
    if within.contains('\n') {
        let next = 1 + text[..span.start + 1 + close].matches('\n').count();
        let found = format!("the next quote stands in line {next}, in front of other text");
        let cure = "end the cell with a quote in its line, or remove this one";
        return Some(Problem::new(line, UNCLOSED, found).with_cure(cure));
    }
    let rule = "quotes enclose a cell as a whole";
    let cure = if after.contains('"') {
        "write a quote within a cell twice: \"\"".to_owned()
    } else {
        format!("write \"{within} {after}\"")
    };
    let place = span.end - after.len()..span.end;
    Some(Problem::new(place, rule, "this stands behind the closing quote").with_cure(cure))
}

/// The problem of a cell that goes on in the next line where it may not: its quote was closed too late.
pub(super) fn across_lines(cell: &Cell) -> Option<Problem> {
    let (first, _) = cell.text.split_once('\n')?;
    let place = cell.span.start..cell.span.start + 1 + first.trim_end().len();
    let found = "this one is closed in a later line";
    let cure = "end the cell with a quote in its line, or remove this one";
    Some(Problem::new(place, UNCLOSED, found).with_cure(cure))
}

/// Where the quote is that closes a cell: quotes within it are written twice.
fn closing_quote(inner: &str) -> Option<usize> {
    let mut quotes = inner.match_indices('"').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}
