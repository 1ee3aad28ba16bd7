//! The numbers that a trial drew before it began.

use crate::scenario::setup::Setup;
use crate::scenario::uncertainty::Uncertain;

/// The uncertain numbers of a trial, a line each: key, what was drawn, how it is distributed. `drawn`
/// has a value for each, in the order of the setup. Empty if nothing is uncertain.
pub fn numbers(setup: &Setup, drawn: &[f64]) -> String {
    let rows: Vec<_> = setup.uncertainty.numbers.iter().zip(drawn).collect();
    let keys = rows.iter().map(|(number, _)| number.key.chars().count());
    let width = keys.max().unwrap_or_default();
    let line = |(number, value): (&Uncertain, &f64)| {
        let written = number.written.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("  {:width$}  {} from {written}\n", number.key, digits(*value))
    };
    rows.into_iter().map(line).collect()
}

/// A number in four significant digits or so.
fn digits(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if value == value.trunc() && size < 1e9 => format!("{value:.0}"),
        1e3..1e9 => format!("{value:.0}"),
        1.0..1e3 => format!("{value:.3}"),
        1e-3..1.0 => format!("{value:.4}"),
        _ => format!("{value:.3e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_are_short() {
        let shown = [0.0, -3.0, 12_345.6, -2.345_67, 0.012_345, 1.234_56e-5, 3.5e12].map(digits);
        assert_eq!(shown, ["0", "-3", "12346", "-2.346", "0.0123", "1.235e-5", "3.500e12"]);
    }
}
