//! Names: the nearest valid one to a misspelt one, and which state codes exist.

use crate::model::ids::StateCode;

/// The candidate nearest to `name`, if any is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let near = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (near, candidate)
        })
        .filter(|&(near, candidate)| near <= 1 + candidate.len().min(name.len()) / 4)
        .min_by_key(|&(near, _)| near)
        .map(|(_, candidate)| candidate)
}

/// A cure: the nearest name, or the valid ones when they are few.
pub fn suggestion(name: &str, candidates: &[&str]) -> Option<String> {
    if let Some(near) = nearest(name, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    match candidates {
        [] => None,
        few if few.len() <= 12 => Some(format!("one of: {}", few.join(", "))),
        many => Some(format!("one of: {}, ... ({} in all)", many[..10].join(", "), many.len())),
    }
}

/// The name of the state of this code, if ISO 3166 assigns it.
pub fn iso_name(code: StateCode) -> Option<&'static str> {
    rust_iso3166::from_alpha3(code.as_str()).map(|country| country.name)
}

/// Whether ISO 3166 leaves the code to its users (AAA, QMA-QZZ, XAA-XZZ, ZZA-ZZZ): for invented
/// or former states.
pub fn user_assigned(code: StateCode) -> bool {
    let bytes = code.as_str().as_bytes();
    match bytes {
        b"AAA" => true,
        [b'Q', second, _] => (b'M'..=b'Z').contains(second),
        [b'X', ..] | [b'Z', b'Z', _] => true,
        _ => false,
    }
}

/// The assigned code nearest to a wrong one.
pub fn nearest_iso(code: &str) -> Option<&'static str> {
    nearest(code, rust_iso3166::ALL_ALPHA3.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_nonsense_is_not() {
        let keys = ["capability", "isolation", "ideal_point"];
        assert_eq!(nearest("isolatoin", keys), Some("isolation"));
        assert_eq!(nearest("Capability", keys), Some("capability"));
        assert_eq!(nearest("banana", keys), None);
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
}
