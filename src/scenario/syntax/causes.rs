//! Why a text is no TOML, where the offending line shows it.

use std::ops::Range;

use super::line_start;
use crate::scenario::problem::Problem;
use crate::scenario::reader::dates;

/// The cause of an error at `span`, if its line shows one that is known.
pub fn cause(text: &str, span: &Range<usize>) -> Option<Problem> {
    let start = line_start(text, span.start);
    let line = text.get(start..)?.lines().next()?;
    let bare = without_strings(line);
    curly_quote(text, start, &bare, span)
        .or_else(|| quotes_within(start, line))
        .or_else(|| call_without_quotes(start, line, &bare))
        .or_else(|| percent(start, &bare))
        .or_else(|| number_with_comma(start, &bare))
        .or_else(|| date(text, span))
}

/// A text that begins as JSON does and no TOML can: one problem, not one for each of its lines.
pub fn json(text: &str) -> Option<Problem> {
    let start = text.find(|c: char| !c.is_whitespace() && c != '\u{feff}')?;
    let rest = text[start..].strip_prefix('{')?;
    if !rest.trim_start().starts_with(['"', '}']) {
        return None;
    }
    // The first fields of a manifest.
    let mut words = rest.split('"').skip(1).step_by(2);
    let manifest = words.next() == Some("program") && words.next() == Some("detente");
    let (found, cure) = if manifest {
        let cure = "`detente rerun DIR` repeats the result that it belongs to, `detente plot DIR` draws it; \
                    DIR is its folder";
        ("this is the manifest of a result", cure)
    } else {
        ("this is JSON", "give a file such as `detente init` writes")
    };
    let rule = "a scenario is written in TOML";
    Some(Problem::new(start..start + 1, rule, found).with_cure(cure))
}

/// A line without its comment, each string in it replaced by as many quotes. A string that does
/// not end in the line stays.
fn without_strings(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    let (mut open, mut escaped) = (None, false);
    for (at, c) in line.char_indices() {
        match open {
            None if c == '#' => break,
            None if ['"', '\''].contains(&c) => open = Some((c, at)),
            Some((quote, start)) if c == quote && !escaped => {
                bare.truncate(start);
                bare.extend(std::iter::repeat_n('"', at - start));
                open = None;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped && open.is_some_and(|(quote, _)| quote == '"');
        bare.push(c);
    }
    bare
}

fn curly(c: char) -> bool {
    "“”„‟‘’‚‛«»".contains(c)
}

fn curly_quote(text: &str, start: usize, bare: &str, span: &Range<usize>) -> Option<Problem> {
    let (at, quote) = bare.char_indices().find(|&(_, c)| curly(c))?;
    let at = start + at;
    let place = if span.contains(&at) { span.clone() } else { at..at + quote.len_utf8() };
    let content = text.get(place.clone())?.trim_matches(curly);
    let cure = if content.is_empty() || content.contains(['"', '\\']) {
        "write \" in place of each".to_owned()
    } else {
        format!("write \"{content}\"")
    };
    Some(Problem::new(place, "text stands in straight quotes", "curly quotes").with_cure(cure))
}

/// A text such as `"fired("visit")"`: the first quotes within end it.
fn quotes_within(start: usize, line: &str) -> Option<Problem> {
    let (equals, _) =
        line.match_indices("= \"").find(|(at, _)| !line[..*at].contains(['"', '#']))?;
    let open = equals + 3;
    let close = open + line[open..].find('"')?;
    let after = line[close + 1..].chars().next()?;
    if !after.is_alphanumeric() || !line[close + 1..].contains('"') {
        return None;
    }
    let rule = "a text in double quotes has no double quotes within";
    let cure = "write single quotes within: \"fired('visit')\"";
    Some(Problem::new(start + close..start + close + 1, rule, "the text ends here").with_cure(cure))
}

/// A value such as `normal(0.4, 0.1)` or `at_war(RUS, UKR)` without quotes.
fn call_without_quotes(start: usize, line: &str, bare: &str) -> Option<Problem> {
    let equals = bare.find('=')?;
    let value = line.get(equals + 1..)?.trim();
    let name = value.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let called =
        value.starts_with(|c: char| c.is_ascii_alphabetic()) && value[name..].starts_with('(');
    if !called || !value.ends_with(')') || value.contains('"') {
        return None;
    }
    let at = start + equals + 1 + line[equals + 1..].find(value)?;
    let rule = "conditions, values and distributions stand in quotes";
    let cure = format!("write \"{value}\"");
    Some(Problem::new(at..at + value.len(), rule, "no quotes").with_cure(cure))
}

/// A value such as `80%`.
fn percent(start: usize, bare: &str) -> Option<Problem> {
    let sign = bare.find('%')?;
    let number = bare[..sign].trim_end();
    // Digits and points are one byte each, so their number is where they begin.
    let digits = number.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = &number[number.len() - digits..];
    let share = number.parse::<f64>().ok()? / 100.0;
    let at = start + bare[..sign].trim_end().len() - digits;
    let rule = "a share is written as a number from 0 to 1";
    let found = "this is a percentage";
    Some(Problem::new(at..start + sign + 1, rule, found).with_cure(format!("write {share}")))
}

/// A value such as `0,53` or `10,000`.
fn number_with_comma(start: usize, bare: &str) -> Option<Problem> {
    bare.match_indices('=').find_map(|(equals, _)| {
        let rest = bare[equals + 1..].trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit() && !"+-,".contains(c));
        let number = rest[..end.unwrap_or(rest.len())].trim_end_matches(',');
        let after = rest[number.len()..].trim_start();
        // Otherwise its last part begins a key, as in `{ a = 1,2b = 3 }`.
        let whole = after.is_empty() || after.starts_with([',', '}']);
        let cure = without_commas(number).filter(|_| whole)?;
        let at = start + bare.len() - rest.len();
        let place = at..at + number.len();
        Some(Problem::new(place, "a number has no commas", "this has one").with_cure(cure))
    })
}

/// How to write a number with a decimal comma, or with commas between thousands.
fn without_commas(number: &str) -> Option<String> {
    let unsigned = number.strip_prefix(['+', '-']).unwrap_or(number);
    let groups: Vec<_> = unsigned.split(',').collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let (first, rest) = groups.split_first().filter(|_| groups.iter().all(digits))?;
    let decimal = (rest.len() == 1).then(|| number.replace(',', "."));
    let thousands = !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3)
        && first.len() <= 3
        && !first.starts_with('0');
    let whole = thousands.then(|| number.replace(',', ""));
    match (decimal, whole) {
        (Some(decimal), Some(whole)) => {
            Some(format!("write {decimal}, or {whole} if the comma parts thousands"))
        }
        (decimal, whole) => decimal.or(whole).map(|number| format!("write {number}")),
    }
}

/// A date such as `1.6.2026`, without quotes.
fn date(text: &str, span: &Range<usize>) -> Option<Problem> {
    let outside = |c: char| c.is_whitespace() || "=,[]{}\"'#".contains(c);
    let (before, after) = text.split_at_checked(span.start)?;
    let start = before.rfind(outside).map_or(0, |at| at + 1);
    let end = span.start + after.find(outside).unwrap_or(after.len());
    let cure = dates::cure(text.get(start..end)?)?;
    Some(Problem::new(start..end, dates::RULE, dates::OTHERWISE).with_cure(cure))
}
