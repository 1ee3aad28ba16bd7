//! How to write a value of another type than belongs where it stands.

use crate::scenario::tree::Value;

/// How to write `found` as what is `expected` of the key `at`, where that is plain.
pub(super) fn cure(at: &str, expected: &str, found: &Value) -> Option<String> {
    match found {
        Value::String(text) if expected.ends_with("number") => {
            number(text).or_else(|| Some(format!("write {} without quotes", plain(text)?)))
        }
        Value::Cell(text) if expected.ends_with("number") => number(text),
        Value::String(text) if expected.starts_with("a list") => {
            Some(format!("write {}", list(text)?))
        }
        Value::Table(_) if expected.starts_with("a list") => {
            Some("put brackets around it: [{ ... }]".to_owned())
        }
        Value::Boolean(on) => switch(at, *on),
        Value::String(text) => match text.as_str() {
            "on" => switch(at, true),
            "off" => switch(at, false),
            _ => None,
        },
        _ => None,
    }
}

/// A number with a decimal comma, with a point.
fn number(text: &str) -> Option<String> {
    let (whole, decimals) = text.trim().split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let sound = digits(whole.trim_start_matches(['+', '-'])) && digits(decimals);
    sound.then(|| format!("write {whole}.{decimals}"))
}

/// The number that a text is, as written.
fn plain(text: &str) -> Option<&str> {
    let text = text.trim();
    text.parse::<f64>().is_ok_and(f64::is_finite).then_some(text)
}

/// The words of a text as a list.
fn list(text: &str) -> Option<String> {
    let words = text.split([',', ';', ' ']).filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(|word| format!("\"{word}\"")).collect();
    let sound = !words.is_empty() && !text.contains(['"', '\\', '(']);
    sound.then(|| format!("[{}]", words.join(", ")))
}

/// How to switch a process.
fn switch(at: &str, on: bool) -> Option<String> {
    let process = at.strip_prefix("processes.")?;
    (!process.contains('.')).then(|| format!("write {at}.on = {on}"))
}
