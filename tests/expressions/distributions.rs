//! Distributions.

use detente::scenario::expression::{Expression, Written};
use detente::scenario::problem::Problems;

use crate::support::place;

fn read(text: &str) -> (Option<Written>, Problems) {
    let mut problems = Problems::default();
    let parsed = Expression::parse(text, place(text), &mut problems);
    (parsed.and_then(|parsed| parsed.distribution(&mut problems)), problems)
}

#[test]
fn every_distribution_is_read() {
    let normal = Written::Normal { mean: 0.4, sd: 0.05 };
    for (text, written) in [
        ("normal(0.4, 0.05)", normal.clone()),
        ("uniform(-1, 1)", Written::Uniform { low: -1.0, high: 1.0 }),
        ("beta(2, 5)", Written::Beta { alpha: 2.0, beta: 5.0, low: 0.0, high: 1.0 }),
        ("beta(2, 5, -1, 1)", Written::Beta { alpha: 2.0, beta: 5.0, low: -1.0, high: 1.0 }),
        ("triangular(0, 0.25, 1)", Written::Triangular { low: 0.0, mode: 0.25, high: 1.0 }),
        ("lognormal(-1.2, 0.4)", Written::Lognormal { mu: -1.2, sigma: 0.4 }),
        ("choice(0.1, 0.2)", Written::Choice(vec![(0.1, None), (0.2, None)])),
        ("choice(0.1: 0.5, 1/5: 0.5)", Written::Choice(vec![(0.1, Some(0.5)), (0.2, Some(0.5))])),
        ("truncated(normal(0.4, 0.05), 0, 1)", Written::Truncated(Box::new(normal), 0.0, 1.0)),
    ] {
        let (found, problems) = read(text);
        assert!(problems.is_empty(), "{text}: {problems:?}");
        assert_eq!(found, Some(written), "{text}");
    }
}

#[test]
fn an_expression_tells_a_distribution_from_another() {
    for (text, is) in [("normal(1)", true), ("isolation(PRK)", false), ("0.4", false)] {
        let mut problems = Problems::default();
        let parsed = Expression::parse(text, place(text), &mut problems).expect("it is read");
        assert_eq!(parsed.is_distribution(), is, "{text}");
    }
}
