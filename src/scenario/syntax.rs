//! From text to TOML, with its errors as problems.

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{IS_STRING, dates};
use crate::scenario::tree::{Table, shifted};

mod causes;

/// A text of TOML as read.
#[derive(Debug)]
pub struct Parsed {
    /// What it says; `None` if it is no TOML, which was noted.
    pub table: Option<Table>,
    /// What is to be noted once more is known of the rest.
    pub remarks: Remarks,
}

/// What is wrong with single values and keys of a text, and leaves no doubt about the rest. Whether
/// it is noted depends on what else is found where it stands.
#[derive(Debug, Default)]
pub struct Remarks {
    slips: Vec<Problem>,
    repeated: Vec<(Range<usize>, String)>,
    /// What stands under a table's second header.
    seconds: Vec<Range<usize>>,
}

/// Reads a text that begins at `base`. Slips of one value (a date that is no day, a word without
/// quotes) and keys given twice are problems among others. A text that is no TOML for other reasons
/// is not searched for further problems, which would be guesses.
pub fn read(text: &str, base: usize, problems: &mut Problems) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(text);
    let (mut remarks, mut breaks) = (Remarks::default(), Vec::new());
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        if error.message().starts_with("duplicate key") {
            remarks.repeats(text, base, span);
        } else if let Some(slip) = slip(text, &error, span.clone()) {
            remarks.slips.push(slip.shifted(base));
        } else {
            breaks.push((span, error));
        }
    }
    if breaks.is_empty() {
        return Parsed { table: Some(Table::of(table.get_ref(), base)), remarks };
    }
    if let Some(problem) = causes::json(text) {
        problems.push(problem.shifted(base));
        return Parsed { table: None, remarks: Remarks::default() };
    }
    breaks.sort_by_key(|(span, _)| span.start);
    broken(text, &breaks).into_iter().for_each(|problem| problems.push(problem.shifted(base)));
    Parsed { table: None, remarks: Remarks::default() }
}

impl Remarks {
    fn repeats(&mut self, text: &str, base: usize, span: Range<usize>) {
        let second = table_after(text, &span);
        self.seconds.extend(second.map(|table| shifted(table, base)));
        let name = text.get(span.clone()).unwrap_or_default().to_owned();
        self.repeated.push((shifted(span, base), name));
    }

    /// Adds those of another text.
    pub fn extend(&mut self, other: Self) {
        self.slips.extend(other.slips);
        self.repeated.extend(other.repeated);
        self.seconds.extend(other.seconds);
    }

    /// Notes what is still to be noted, now that everything has been read.
    pub fn settle(mut self, problems: &mut Problems) {
        // What is wrong under a table's second header follows from its being the second.
        self.seconds.sort_by_key(|table| table.start);
        let seconds = std::mem::take(&mut self.seconds);
        let second = |at: usize| {
            // Tables do not overlap: only the last that begins before a place can hold it.
            let after = seconds.partition_point(|table| table.start <= at);
            after > 0 && seconds[after - 1].contains(&at)
        };
        problems.drop_at(|span| second(span.start));
        for (span, name) in self.repeated.iter().filter(|(span, _)| !second(span.start)) {
            let found = format!("`{name}` stands here again");
            let rule = "a key or name is given once";
            problems.add_with_cure(span.clone(), rule, found, "remove or rename one of them");
        }
        // A word without quotes where no string belongs is no string that lacks its quotes.
        self.slips.retain(|slip| !problems.has_at(&slip.span, IS_STRING));
        // A date written otherwise was noted with its key where a date belongs.
        self.slips.retain(|slip| !problems.has_at(&slip.span, &slip.found));
        self.slips.into_iter().for_each(|slip| problems.push(slip));
    }
}

/// The problem, if the error lies in one value and leaves no doubt about the rest.
fn slip(text: &str, error: &Error, span: Range<usize>) -> Option<Problem> {
    let written = text.get(span.clone())?;
    if let Some(cure) = dates::cure(written) {
        return Some(Problem::new(span, dates::RULE, dates::OTHERWISE).with_cure(cure));
    }
    let date = |c: char| c.is_ascii_digit() || "-:.+TtZz ".contains(c);
    // Names of files have dots.
    let word = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if written.starts_with(|c: char| c.is_ascii_digit())
        && written.contains(['-', ':'])
        && written.chars().all(date)
    {
        let rule = format!("`{written}` is no day of the calendar");
        return Some(Problem::new(span, rule, error.message()));
    }
    let unquoted = error.message().starts_with("string values must be quoted");
    if unquoted
        && written.starts_with(|c: char| c.is_ascii_alphabetic())
        && written.chars().all(word)
    {
        let cure = format!("write \"{written}\"");
        return Some(Problem::new(span, "text stands in quotes", "no quotes").with_cure(cure));
    }
    None
}

/// Says where the text is no TOML, once a line, with the cause where the line shows it. After an
/// open list or table, all the rest would be noted too.
fn broken(text: &str, breaks: &[(Range<usize>, Error)]) -> Vec<Problem> {
    let (mut last_line, mut explained) = (None, false);
    let mut problems = Vec::new();
    for (span, error) in breaks {
        let line = line_start(text, span.start);
        if last_line.replace(line) == Some(line) {
            continue;
        }
        if let Some(problem) = causes::cause(text, span) {
            problems.push(problem);
            explained = true;
            continue;
        }
        let nothing = span.is_empty() && error.message().starts_with("string values must be");
        let found = if nothing { "a value is missing here" } else { error.message() };
        let problem = Problem::new(span.clone(), "this is not TOML", found);
        if ["array", "inline table", "comma"].iter().any(|open| error.message().contains(open)) {
            // What was explained may be what left it open.
            if !explained {
                let cure = "mend this, or close the list or table that began before it";
                problems.push(problem.with_cure(cure));
            }
            break;
        }
        problems.push(problem);
    }
    problems
}

/// What stands under a table's header, if `name` is in one.
fn table_after(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let line = text.get(line_start(text, name.start)..)?;
    if !line.trim_start().starts_with('[') {
        return None;
    }
    let end = text.get(name.end..)?.find("\n[").map_or(text.len(), |end| name.end + end);
    Some(name.end..end)
}

fn line_start(text: &str, place: usize) -> usize {
    text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}
