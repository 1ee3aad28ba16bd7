//! Names: the nearest valid one to a misspelt one, and which state codes exist.

use crate::model::ids::StateCode;
use crate::scenario::cow;

/// The longest name that is compared with others; longer ones are no slip.
const MAX_COMPARED: usize = 64;

/// The candidate nearest to `name`, if any is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_COMPARED {
        return None;
    }
    let lower = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_COMPARED)
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|&((near, _), candidate)| near <= 1 + candidate.len().min(name.len()) / 4)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// A name for whoever reads a chart or a report: words with spaces between them, the first letter large.
/// `arms_RUS-IRN` becomes `Arms RUS IRN`.
pub fn readable(name: &str) -> String {
    let spaced = name.replace(['_', '-'], " ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    match letters.next() {
        // Nothing but marks: there is no other way to say it.
        None => name.to_owned(),
        Some(first) => first.to_uppercase().chain(letters).collect(),
    }
}

/// Puts the candidates first whose names are nearest to `name`, in edits for their length; `of` gives
/// their names. Those equally near stay in their order.
pub fn sort_by_nearness<'a>(
    name: &str,
    candidates: &mut [&'a str],
    of: impl Fn(&'a str) -> &'a str,
) {
    if name.len() > MAX_COMPARED {
        return;
    }
    let lower = name.to_lowercase();
    let likeness = |candidate: &'a str| {
        strsim::normalized_damerau_levenshtein(&lower, &of(candidate).to_lowercase())
    };
    candidates.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
}

/// How far apart two names are: in edits, then in letters. A name and its plural are two edits
/// apart at most, however many letters that takes.
fn distance(a: &str, b: &str) -> (usize, bool) {
    let edits = strsim::damerau_levenshtein(a, b);
    let stem = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    let edits = if stem >= 4 && stem + 1 >= shorter { edits.min(2) } else { edits };
    let letters = |name: &str| {
        let mut letters: Vec<_> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    (edits, letters(a) != letters(b))
}

/// A cure: the nearest name, or the valid ones when they are few.
pub fn suggestion(name: &str, candidates: &[&str]) -> Option<String> {
    if let Some(near) = nearest(name, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    match candidates {
        [] => None,
        few if few.len() <= 16 => Some(format!("one of: {}", few.join(", "))),
        many => Some(format!("one of: {}, ... ({} in all)", many[..10].join(", "), many.len())),
    }
}

/// The name of the state of this code, if ISO 3166 assigns it.
pub fn iso_name(code: StateCode) -> Option<&'static str> {
    rust_iso3166::from_alpha3(code.as_str()).map(|country| country.name)
}

/// Whether ISO 3166 leaves the code to its users (AAA, QMA-QZZ, XAA-XZZ, ZZA-ZZZ): for invented
/// states.
pub fn user_assigned(code: StateCode) -> bool {
    let bytes = code.as_str().as_bytes();
    match bytes {
        b"AAA" => true,
        [b'Q', second, _] => (b'M'..=b'Z').contains(second),
        [b'X', ..] | [b'Z', b'Z', _] => true,
        _ => false,
    }
}

/// The code, if ISO 3166 assigns it or leaves it to its users, or it is that of a former state. The
/// Correlates of War number of a state will do for its code.
pub fn known_code(text: &str) -> Option<StateCode> {
    let known = |code| iso_name(code).is_some() || user_assigned(code) || cow::is_former(code);
    StateCode::new(text).filter(|&code| known(code)).or_else(|| numbered(text))
}

/// The code of the state whose Correlates of War number this is.
fn numbered(text: &str) -> Option<StateCode> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).and_then(cow::code_of)
}

/// The code nearest to a wrong one: the same in capitals, else the nearest assigned one, else the
/// nearest of a former state.
pub fn nearest_code(text: &str) -> Option<String> {
    let capitals = text.trim().to_uppercase();
    if known_code(&capitals).is_some() {
        return Some(capitals);
    }
    let today = rust_iso3166::ALL_ALPHA3.iter().copied();
    nearest(text, today.chain(cow::former_codes())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_words() {
        for (name, words) in [
            ("war", "War"),
            ("pact-by_2027", "Pact by 2027"),
            ("arms_RUS-IRN", "Arms RUS IRN"),
            ("élargissement", "Élargissement"),
            ("--", "--"),
        ] {
            assert_eq!(readable(name), words);
        }
    }

    #[test]
    fn a_slip_is_recognised_and_nonsense_is_not() {
        let keys = ["capability", "isolation", "ideal_point"];
        assert_eq!(nearest("isolatoin", keys), Some("isolation"));
        assert_eq!(nearest("Capability", keys), Some("capability"));
        assert_eq!(nearest("banana", keys), None);
        assert_eq!(nearest("treaty", ["states", "treaties"]), Some("treaties"));
        assert_eq!(nearest("KRO", ["FRO", "KOR"]), Some("KOR"));
    }

    #[test]
    fn the_nearest_come_first() {
        let mut names = ["events.visits", "events.treaty-signed", "events.treaty"];
        sort_by_nearness("ottoman-treaty", &mut names, |key| &key["events.".len()..]);
        assert_eq!(names, ["events.treaty", "events.treaty-signed", "events.visits"]);
    }

    #[test]
    fn codes_are_assigned_or_the_users_own() {
        let code = |text| StateCode::new(text).unwrap();
        assert!(iso_name(code("PRK")).is_some());
        assert!(iso_name(code("PRX")).is_none() && !user_assigned(code("PRX")));
        for own in ["AAA", "QMA", "XXA", "ZZZ"] {
            assert!(user_assigned(code(own)), "{own}");
        }
        assert!(!user_assigned(code("QAT")) && !user_assigned(code("ZAF")));
    }

    #[test]
    fn numbers_and_former_states_are_known() {
        let known = |text| known_code(text).map(|code| code.to_string());
        for (text, code) in
            [("731", "PRK"), ("2", "USA"), ("002", "USA"), ("AUH", "AUH"), ("YUG", "YUG")]
        {
            assert_eq!(known(text).as_deref(), Some(code), "{text}");
        }
        for none in ["", "0", "999", "+731", "-2", "731.0", " 731", "99999999999999", "auh", "DDR"]
        {
            assert_eq!(known(none), None, "{none}");
        }
        assert_eq!(nearest_code("auh").as_deref(), Some("AUH"));
        assert_eq!(nearest_code(" 731 ").as_deref(), Some("731"));
        assert_eq!(nearest_code("GFDR").as_deref(), Some("GDR"));
        assert_eq!(nearest_code("999"), None);
    }
}
