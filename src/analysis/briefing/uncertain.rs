//! What is uncertain, and what of it goes together.

use super::events::flat;
use super::figure;
use crate::scenario::prose::wrapped;
use crate::scenario::setup::Setup;
use crate::scenario::uncertainty::Group;

/// Numbers that are drawn, groups of them, and named numbers that are certain.
pub fn text(setup: &Setup) -> String {
    let uncertainty = &setup.uncertainty;
    let mut text = String::new();
    for number in &uncertainty.numbers {
        let [low, median, high] =
            [0.05, 0.5, 0.95].map(|p| figure(number.distribution.quantile(p)));
        let said =
            format!("{}: median {median}, 90 % between {low} and {high}", flat(&number.written));
        text += &format!("  {}\n{}", number.key, wrapped("      ", &said));
    }
    text.extend(uncertainty.together().map(|group| together(setup, group)));
    for (name, value) in setup.quantity_names.iter().zip(&setup.quantities) {
        let key = format!("quantities.{name}");
        if !uncertainty.numbers.iter().any(|number| number.key == key) {
            text += &format!("  {key}\n      {}, in every trial\n", figure(*value));
        }
    }
    text
}

/// A group with its correlation, or the range of its correlations.
fn together(setup: &Setup, group: &Group) -> String {
    let members = group.uncertain();
    let key = |&(_, number): &(usize, usize)| setup.uncertainty.numbers[number].key.clone();
    let keys: Vec<_> = members.iter().map(key).collect();
    let places: Vec<_> = members.iter().map(|&(place, _)| place).collect();
    let pairs = (1..places.len()).flat_map(|n| places[..n].iter().map(move |b| (n, *b)));
    let pairs = pairs.map(|(n, b)| (places[n], b));
    let all: Vec<_> = pairs.map(|(a, b)| rounded(group.correlation.between(a, b))).collect();
    let least = all.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let how = if least == greatest {
        format!("correlation {}", figure(least))
    } else {
        format!("correlations from {} to {}", figure(least), figure(greatest))
    };
    let said = format!("{} go together, {how}", super::listed(&keys));
    format!("  group {}\n{}", group.name, wrapped("      ", &said))
}

/// A correlation without what the arithmetic of its factor leaves behind.
fn rounded(correlation: f64) -> f64 {
    (correlation * 1e6).round() / 1e6
}
