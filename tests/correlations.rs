//! Uncertain numbers that go together, against theory.

#[path = "support/scenarios.rs"]
mod support;

use std::f64::consts::PI;

use detente::engine::streams::Streams;
use detente::model::correlation::{Correlation, CorrelationError};
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::process::Tag;
use proptest::prelude::*;
use support::{kolmogorov_smirnov, moments, within_four_errors};

fn good(made: Result<Correlation, CorrelationError>) -> Correlation {
    made.unwrap_or_else(|error| panic!("{error}"))
}

/// Correlated numbers of `n` trials of a fixed seed, for each member.
fn drawn(correlation: &Correlation, n: u32) -> Vec<Vec<f64>> {
    let members = correlation.members();
    let entities: Vec<_> =
        (0..members).map(|member| Entity::named("event", &member.to_string())).collect();
    let mut columns = vec![Vec::new(); members];
    let mut out = vec![0.0; members];
    for trial in 0..n {
        let mut streams = Streams::new(20_240_619, trial);
        let independent: Vec<_> =
            entities.iter().map(|&entity| streams.uniform(Tag(101), entity, 0)).collect();
        correlation.correlate(&independent, &mut out);
        columns.iter_mut().zip(&out).for_each(|(column, &u)| column.push(u));
    }
    columns
}

/// Holds the rank correlation of two members to the closed form. The ranks of uniform numbers are
/// these numbers, so it is 12 times their covariance.
fn ranks(what: &str, a: &[f64], b: &[f64], entry: f64) {
    let products: Vec<_> = a.iter().zip(b).map(|(a, b)| 12.0 * (a - 0.5) * (b - 0.5)).collect();
    let (estimate, variance) = moments(&products);
    let error = (variance / products.len() as f64).sqrt();
    within_four_errors(what, estimate, 6.0 / PI * (entry / 2.0).asin(), error);
}

#[test]
fn rank_correlations_are_those_of_theory() {
    for correlation in [-0.9, -0.3, 0.3, 0.7, 0.99] {
        let columns = drawn(&good(Correlation::common(2, correlation)), 40_000);
        ranks(&format!("two at {correlation}"), &columns[0], &columns[1], correlation);
    }
    for correlation in [-0.3, 0.5] {
        let columns = drawn(&good(Correlation::common(4, correlation)), 40_000);
        for (a, b) in [(0, 1), (0, 3), (1, 2), (2, 3)] {
            ranks(&format!("{a} and {b} at {correlation}"), &columns[a], &columns[b], correlation);
        }
    }
    let rows = [vec![1.0, 0.6, -0.2], vec![0.6, 1.0, 0.3], vec![-0.2, 0.3, 1.0]];
    let columns = drawn(&good(Correlation::new(&rows)), 40_000);
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        ranks(&format!("matrix {a}, {b}"), &columns[a], &columns[b], rows[a][b]);
    }
}

#[test]
fn each_number_alone_stays_uniform() {
    for correlation in [-0.3, 0.5, 0.95] {
        let columns = drawn(&good(Correlation::common(4, correlation)), 20_000);
        for (member, mut column) in columns.into_iter().enumerate() {
            assert!(column.iter().all(|u| (0.0..1.0).contains(u)));
            let what = format!("member {member} at {correlation}");
            kolmogorov_smirnov(&what, &mut column, |u| u.clamp(0.0, 1.0));
        }
    }
}

#[test]
fn without_correlation_nothing_changes() {
    let none = good(Correlation::common(3, 0.0));
    let u = [0.0, 0.123_456_789, 1.0 - f64::EPSILON / 2.0];
    let mut out = [9.0; 3];
    none.correlate(&u, &mut out);
    assert_eq!(out, u);
    // Almost none goes the way through the normal numbers.
    good(Correlation::common(3, 1e-14)).correlate(&u, &mut out);
    out.iter().zip(u).for_each(|(out, u)| assert!((out - u).abs() < 1e-12, "{out} of {u}"));
}

#[test]
fn a_member_apart_keeps_its_number_to_the_bit() {
    let rows = [vec![1.0, 0.0, 0.5], vec![0.0, 1.0, 0.0], vec![0.5, 0.0, 1.0]];
    let mut out = [9.0; 3];
    good(Correlation::new(&rows)).correlate(&[0.3, 0.7, 0.2], &mut out);
    assert_eq!((out[0], out[1]), (0.3, 0.7));
    assert_ne!(out[2], 0.2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn every_number_is_one_the_engine_could_draw(
        members in 2_usize..7,
        part in 0.001..0.999_f64,
        drawn in proptest::array::uniform6(0_u64..1 << 53),
    ) {
        let least = -1.0 / (members - 1) as f64;
        let correlation = good(Correlation::common(members, least + part * (1.0 - least)));
        let u = drawn.map(|n| n as f64 / (1_u64 << 53) as f64);
        let mut out = [9.0; 6];
        correlation.correlate(&u[..members], &mut out[..members]);
        prop_assert!(out[..members].iter().all(|u| (0.0..1.0).contains(u)), "{out:?}");
    }
}

#[test]
fn what_is_no_correlation_is_refused_with_the_rule_and_what_stands_there() {
    let matrix = |rows: &[&[f64]]| {
        let rows: Vec<_> = rows.iter().map(|row| row.to_vec()).collect();
        Correlation::new(&rows)
    };
    let nan = f64::NAN;
    for (made, text) in [
        (matrix(&[&[1.0]]), "a correlation needs at least two members; it has 1"),
        (
            matrix(&[&[1.0, 0.2], &[0.2]]),
            "a matrix of correlations needs a row and a column for every member; row 2 has 1 of 2 entries",
        ),
        (
            matrix(&[&[1.0, 1.2], &[1.2, 1.0]]),
            "a correlation must lie between -1 and 1; row 1, column 2 is 1.2",
        ),
        (
            matrix(&[&[1.0, nan], &[0.2, 1.0]]),
            "a correlation must lie between -1 and 1; row 1, column 2 is NaN",
        ),
        (
            matrix(&[&[1.0, 0.2], &[0.2, 0.9]]),
            "the correlation of a member with itself is 1; row 2, column 2 is 0.9",
        ),
        (
            matrix(&[&[1.0, 0.2], &[0.3, 1.0]]),
            "two members have one correlation, whichever is named first; row 2, column 1 is 0.3, but row 1, column 2 is 0.2",
        ),
        (
            matrix(&[&[1.0, 0.9, -0.9], &[0.9, 1.0, 0.9], &[-0.9, 0.9, 1.0]]),
            "there must be variables that are correlated like this; no such variables exist: row 3 contradicts those before it",
        ),
        (
            matrix(&[&[1.0, 0.6, 0.8], &[0.6, 1.0, 0.96], &[0.8, 0.96, 1.0]]),
            "no member may follow from the others; that of row 3 would follow from those before it",
        ),
        (
            Correlation::common(2, 1.0),
            "the correlation of two members must lie above -1 and below 1; it is 1",
        ),
        (
            Correlation::common(5, -0.25),
            "the common correlation of 5 members must lie above -1/4 and below 1; it is -0.25",
        ),
        (
            Correlation::common(5, nan),
            "the common correlation of 5 members must lie above -1/4 and below 1; it is NaN",
        ),
        (Correlation::common(0, 0.5), "a correlation needs at least two members; it has 0"),
    ] {
        assert_eq!(made.expect_err(text).to_string(), text);
    }
}
