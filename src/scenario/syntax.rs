//! From text to TOML, with its errors as problems.

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::scenario::document::Document;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{IS_STRING, dates};

mod causes;

/// Reads a scenario's text. Slips of one value (a date that is no day, a word without quotes) and
/// keys given twice are problems among others. A text that is no TOML for other reasons is not
/// searched for further problems, which would be guesses.
pub fn read(text: &str, problems: &mut Problems) -> Option<Document> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let (mut slips, mut breaks, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        if error.message().starts_with("duplicate key") {
            repeated.push(span);
        } else if let Some(slip) = slip(text, &error, span.clone()) {
            slips.push(slip);
        } else {
            breaks.push((span, error));
        }
    }
    if !breaks.is_empty() {
        breaks.sort_by_key(|(span, _)| span.start);
        broken(text, &breaks, problems);
        return None;
    }
    let document = Document::read(table.get_ref(), problems);
    // What is wrong under a table's second header follows from its being the second.
    let tables: Vec<_> = repeated.iter().filter_map(|span| table_after(text, span)).collect();
    problems.drop_at(|span| tables.iter().any(|table| table.contains(&span.start)));
    for span in repeated.into_iter().filter(|span| !tables.iter().any(|t| t.contains(&span.start)))
    {
        let found = format!("`{}` stands here again", text.get(span.clone()).unwrap_or_default());
        let rule = "a key or name is given once";
        problems.add_with_cure(span, rule, found, "remove or rename one of them");
    }
    // A word without quotes where no string belongs is no string that lacks its quotes.
    slips.retain(|slip| !problems.has_at(&slip.span, IS_STRING));
    // A date written otherwise was noted with its key where a date belongs.
    slips.retain(|slip| !problems.has_at(&slip.span, &slip.found));
    slips.into_iter().for_each(|slip| problems.push(slip));
    Some(document)
}

/// The problem, if the error lies in one value and leaves no doubt about the rest.
fn slip(text: &str, error: &Error, span: Range<usize>) -> Option<Problem> {
    let written = text.get(span.clone())?;
    if let Some(cure) = dates::cure(written) {
        return Some(Problem::new(span, dates::RULE, dates::OTHERWISE).with_cure(cure));
    }
    let date = |c: char| c.is_ascii_digit() || "-:.+TtZz ".contains(c);
    let word = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
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

/// Notes where the text is no TOML, once a line, with the cause where the line shows it. After an
/// open list or table, all the rest would be noted too.
fn broken(text: &str, breaks: &[(Range<usize>, Error)], problems: &mut Problems) {
    let (mut last_line, mut explained) = (None, false);
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
            return;
        }
        problems.push(problem);
    }
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
