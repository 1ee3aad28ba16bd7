//! Uncertain numbers: quantiles, distribution functions and moments against theory.

#[path = "support/scenarios.rs"]
mod support;

use detente::engine::streams::Streams;
use detente::model::distribution::{Distribution, DistributionError};
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::process::Tag;
use proptest::prelude::*;
use support::{kolmogorov_smirnov, moments, within_four_errors};

fn good(made: Result<Distribution, DistributionError>) -> Distribution {
    made.unwrap_or_else(|error| panic!("{error}"))
}

fn normal(mean: f64, sd: f64) -> Distribution {
    good(Distribution::normal(mean, sd))
}

/// One of each kind, and hard ones: shapes below 1, cuts far out, narrow and wide.
fn continuous() -> Vec<Distribution> {
    let (normal01, wide) = (normal(0.0, 1.0), good(Distribution::lognormal(0.0, 3.0)));
    let cut = |whole: &Distribution, low, high| good(whole.truncated(low, high));
    vec![
        normal(0.4, 0.05),
        good(Distribution::uniform(-2.0, 3.0)),
        good(Distribution::triangular(0.0, 0.2, 1.0)),
        good(Distribution::triangular(0.0, 0.0, 1.0)),
        good(Distribution::triangular(-5.0, 7.0, 7.0)),
        good(Distribution::lognormal(-3.0, 0.5)),
        wide.clone(),
        good(Distribution::beta(2.0, 5.0, 0.0, 1.0)),
        good(Distribution::beta(0.5, 0.5, 0.0, 1.0)),
        good(Distribution::beta(0.1, 3.0, 0.0, 1.0)),
        good(Distribution::beta(1.0, 1.0, -1.0, 1.0)),
        good(Distribution::beta(3000.0, 200.0, 10.0, 20.0)),
        good(Distribution::beta(10_000.0, 10_000.0, 0.0, 1.0)),
        cut(&normal(0.4, 0.2), 0.0, 1.0),
        cut(&normal01, 3.0, f64::INFINITY),
        cut(&normal01, f64::NEG_INFINITY, -3.0),
        cut(&normal01, 0.0, 0.01),
        cut(&wide, 1.0, f64::INFINITY),
        cut(&good(Distribution::beta(2.0, 5.0, 0.0, 1.0)), 0.1, 0.2),
        cut(&cut(&normal01, -1.0, 2.0), 0.0, 3.0),
    ]
}

fn all() -> Vec<Distribution> {
    let mut all = continuous();
    all.push(good(Distribution::equal_choice(&[0.1, 0.4, 0.2])));
    all.push(good(Distribution::choice(&[(3.0, 0.3), (-1.0, 0.5), (2.0, 0.2), (9.0, 0.0)])));
    all.push(good(good(Distribution::equal_choice(&[1.0, 2.0, 3.0])).truncated(1.5, 9.0)));
    all
}

/// The smallest and largest numbers that can be drawn, and some between.
const ENDS: [f64; 8] = [
    0.0,
    1.0 / (1_u64 << 53) as f64,
    1e-12,
    1e-6,
    0.5,
    0.999_999,
    1.0 - 1e-12,
    1.0 - f64::EPSILON / 2.0,
];

#[test]
fn known_quantiles() {
    let beta = |alpha, beta| good(Distribution::beta(alpha, beta, 0.0, 1.0));
    let cut = good(normal(0.0, 1.0).truncated(0.0, f64::INFINITY));
    for (distribution, u, x) in [
        (normal(0.0, 1.0), 0.975, 1.959_963_984_540_054),
        (normal(10.0, 2.0), 0.025, 10.0 - 2.0 * 1.959_963_984_540_054),
        (beta(2.0, 5.0), 0.5, 0.264_449_983_295_66),
        // arcsine: sin(pi u / 2)^2
        (beta(0.5, 0.5), 0.25, 0.146_446_609_406_726_24),
        (good(Distribution::beta(2.0, 5.0, 1.0, 3.0)), 0.5, 1.528_899_966_591_32),
        (good(Distribution::lognormal(1.0, 0.5)), 0.5, std::f64::consts::E),
        (good(Distribution::lognormal(0.0, 1.0)), 0.975, 7.099_071_384_231_335),
        (good(Distribution::uniform(2.0, 6.0)), 0.25, 3.0),
        // 0.5 = x^2 / 2 at the mode; 1 - sqrt(0.5 * 0.75) above it
        (good(Distribution::triangular(0.0, 1.0, 2.0)), 0.125, 0.5),
        (good(Distribution::triangular(0.0, 0.25, 1.0)), 0.5, 0.387_627_564_304_205_5),
        // the half-normal median is the upper quartile of the whole
        (cut, 0.5, 0.674_489_750_196_081_7),
    ] {
        let found = distribution.quantile(u);
        assert!((found - x).abs() < 1e-9, "{distribution} at {u}: {found} against {x}");
    }
}

#[test]
fn a_choice_cumulates_its_probabilities() {
    let choice = good(Distribution::choice(&[(0.4, 0.3), (0.1, 0.5), (0.2, 0.2)]));
    let drawn = [0.0, 0.4999, 0.5, 0.6999, 0.7, 0.9999].map(|u| choice.quantile(u));
    assert_eq!(drawn, [0.1, 0.1, 0.2, 0.2, 0.4, 0.4]);
    assert_eq!((choice.cdf(0.0999), choice.cdf(0.1), choice.cdf(0.3)), (0.0, 0.5, 0.7));
    assert_eq!((choice.mass(0.2, 0.4), choice.mass(0.11, 0.19)), (0.5, 0.0));
    let never = good(Distribution::choice(&[(1.0, 0.0), (2.0, 1.0), (3.0, 0.0)]));
    assert!(ENDS.iter().all(|&u| never.quantile(u) == 2.0));
    assert_eq!(never.support(), (2.0, 2.0));
    let cut = good(choice.truncated(0.15, 1.0));
    assert_eq!([0.0, 0.399, 0.401].map(|u| cut.quantile(u)), [0.2, 0.2, 0.4]);
}

/// Between the distribution function just below and just above the quantile lies its `u`: to ten
/// decimals, whatever the distance of neighbouring numbers there.
fn meets(distribution: &Distribution, u: f64) {
    let x = distribution.quantile(u);
    let (under, over) = (distribution.cdf(x.next_down()), distribution.cdf(x.next_up()));
    let slack = 1e-10;
    assert!(
        under - slack <= u && u <= over + slack,
        "{distribution} at {u}: {x} of {under}..{over}"
    );
}

fn inside(distribution: &Distribution, u: f64) {
    let x = distribution.quantile(u);
    let (low, high) = distribution.support();
    assert!(x.is_finite() && (low..=high).contains(&x), "{distribution} at {u}: {x}");
}

#[test]
fn the_ends_are_numbers_inside_and_in_order() {
    for distribution in all() {
        ENDS.iter().for_each(|&u| inside(&distribution, u));
        let drawn = ENDS.map(|u| distribution.quantile(u));
        assert!(drawn.is_sorted(), "{distribution}: {drawn:?}");
    }
    for distribution in continuous() {
        ENDS.iter().for_each(|&u| meets(&distribution, u));
    }
}

/// Numbers as the engine draws them: multiples of 2^-53 below 1.
fn uniform_numbers() -> impl Strategy<Value = f64> {
    (0_u64..1 << 53).prop_map(|n| n as f64 / (1_u64 << 53) as f64)
}

/// Distributions over many orders of magnitude.
fn any_continuous() -> impl Strategy<Value = Distribution> {
    let size = || (-6.0..6.0_f64).prop_map(|power| 10.0_f64.powf(power));
    let shape = || (-2.0..4.0_f64).prop_map(|power| 10.0_f64.powf(power));
    let place = || -1e3..1e3_f64;
    prop_oneof![
        (place(), size()).prop_map(|(mean, sd)| normal(mean, sd)),
        (place(), size()).prop_map(|(low, way)| good(Distribution::uniform(low, low + way))),
        (-50.0..50.0, 0.001..10.0).prop_map(|(mu, sigma)| good(Distribution::lognormal(mu, sigma))),
        (shape(), shape()).prop_map(|(a, b)| good(Distribution::beta(a, b, 0.0, 1.0))),
        (shape(), shape(), place(), size()).prop_map(|(a, b, low, way)| good(Distribution::beta(
            a,
            b,
            low,
            low + way
        ))),
        (place(), size(), 0.0..=1.0).prop_map(|(low, way, part)| {
            good(Distribution::triangular(low, low + way * part, low + way))
        }),
        (place(), size(), -3.0..3.0_f64, 0.1..5.0_f64).prop_map(|(mean, sd, from, width)| {
            let (low, high) = (mean + from * sd, mean + (from + width) * sd);
            good(normal(mean, sd).truncated(low, high))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn quantile_and_distribution_function_are_inverse(
        distribution in any_continuous(),
        u in uniform_numbers(),
    ) {
        inside(&distribution, u);
        meets(&distribution, u);
    }

    #[test]
    fn more_never_draws_less(
        distribution in any_continuous(),
        (u, v) in (uniform_numbers(), uniform_numbers()),
    ) {
        let (less, more) = (distribution.quantile(u.min(v)), distribution.quantile(u.max(v)));
        prop_assert!(less <= more, "{distribution}: {less} at {}, {more} at {}", u.min(v), u.max(v));
    }

    #[test]
    fn what_is_made_of_any_numbers_draws_numbers_or_is_refused(
        numbers in proptest::array::uniform4(proptest::num::f64::ANY),
        u in uniform_numbers(),
    ) {
        let [a, b, c, d] = numbers;
        let made = [
            Distribution::normal(a, b),
            Distribution::lognormal(a, b),
            Distribution::uniform(a, b),
            Distribution::triangular(a, b, c),
            Distribution::beta(a, b, c, d),
            Distribution::equal_choice(&[a, b, c]),
            Distribution::choice(&[(a, b), (c, d)]),
        ];
        for distribution in made.into_iter().flatten() {
            inside(&distribution, u);
            if let Ok(cut) = distribution.truncated(c, d) {
                inside(&cut, u);
            }
        }
    }
}

#[test]
fn neighbouring_draws_are_in_order() {
    for distribution in all() {
        for start in ENDS.into_iter().chain([0.1, 0.3, 0.7, 0.9]) {
            let step = 1.0 / (1_u64 << 53) as f64;
            let draws = (0..200).map(|n| start + f64::from(n) * step).filter(|&u| u < 1.0);
            let drawn: Vec<_> = draws.map(|u| distribution.quantile(u)).collect();
            let spread = distribution.sd();
            let back = drawn.windows(2).map(|pair| pair[0] - pair[1]).fold(0.0, f64::max);
            assert!(back <= 1e-11 * spread, "{distribution} at {start}: back by {back}");
        }
    }
}

/// The draws of a fixed seed, as the engine makes them.
fn draws(n: u32) -> impl Iterator<Item = f64> {
    let mut streams = Streams::new(20_240_619, 0);
    let entity = Entity::named("state", "XAA");
    (0..n).map(move |occurrence| streams.uniform(Tag(101), entity, occurrence))
}

#[test]
fn moments_of_the_draws() {
    let n = 100_000;
    // Of the widest lognormal ones no sample tells the moments.
    for distribution in all().into_iter().filter(|d| d.sd() < 10.0 * d.mean().abs().max(1.0)) {
        let drawn: Vec<_> = draws(n).map(|u| distribution.quantile(u)).collect();
        let (mean, sd) = (distribution.mean(), distribution.sd());
        let root = f64::from(n).sqrt();
        within_four_errors(&format!("mean of {distribution}"), moments(&drawn).0, mean, sd / root);
        let squares: Vec<_> = drawn.iter().map(|x| ((x - mean) / sd).powi(2)).collect();
        let (variance, of_squares) = moments(&squares);
        let error = (of_squares.sqrt() / root).max(1e-12);
        within_four_errors(&format!("variance of {distribution}"), variance, 1.0, error);
    }
}

#[test]
fn draws_follow_the_distribution_function() {
    for distribution in continuous() {
        let mut drawn: Vec<_> = draws(20_000).map(|u| distribution.quantile(u)).collect();
        let name = distribution.to_string();
        kolmogorov_smirnov(&name, &mut drawn, |x| distribution.cdf(x));
    }
}

#[test]
fn moments_known_exactly() {
    let two_pi: f64 = std::f64::consts::FRAC_2_PI;
    let half = good(normal(0.0, 1.0).truncated(0.0, f64::INFINITY));
    let slice = good(normal(0.0, 1.0).truncated(0.0, 0.001));
    let wide = good(good(Distribution::lognormal(0.0, 3.0)).truncated(1.0, f64::INFINITY));
    let thirds = good(Distribution::uniform(0.0, 3.0));
    for (distribution, mean, sd) in [
        (&half, two_pi.sqrt(), (1.0 - two_pi).sqrt()),
        // almost uniform
        (&slice, 0.000_499_999_958_333, 0.001 / 12.0_f64.sqrt()),
        // exp(9/2) times what lies above 1 of the lognormal moved by 9, over a half
        (&wide, 4.5_f64.exp() * 2.0 * 0.998_650_101_968_369_9, f64::NAN),
        (&good(thirds.truncated(1.0, 2.0)), 1.5, 1.0 / 12.0_f64.sqrt()),
        (&good(Distribution::beta(2.0, 6.0, 1.0, 5.0)), 2.0, 4.0 * (12.0_f64 / 576.0).sqrt()),
        (&good(Distribution::triangular(0.0, 3.0, 6.0)), 3.0, 1.5_f64.sqrt()),
        (&good(Distribution::equal_choice(&[1.0, 2.0, 3.0])), 2.0, (2.0 / 3.0_f64).sqrt()),
    ] {
        let near = |found: f64, theory: f64| (found / theory - 1.0).abs() < 1e-7;
        assert!(near(distribution.mean(), mean), "{distribution}: {}", distribution.mean());
        let right = sd.is_nan() || near(distribution.sd(), sd);
        assert!(right, "{distribution}: {} against {sd}", distribution.sd());
    }
}

#[test]
fn mass_is_what_lies_between() {
    let z = normal(0.0, 1.0);
    for (low, high, mass) in [
        (-1.0, 1.0, 0.682_689_492_137_085_9),
        (8.0, 9.0, 6.219_831_985_865_83e-16),
        (-9.0, -8.0, 6.219_831_985_865_83e-16),
        (f64::NEG_INFINITY, f64::INFINITY, 1.0),
    ] {
        assert!((z.mass(low, high) / mass - 1.0).abs() < 1e-12, "{}", z.mass(low, high));
    }
    assert_eq!(good(Distribution::uniform(0.0, 4.0)).mass(-3.0, 1.0), 0.25);
    assert_eq!(good(Distribution::equal_choice(&[1.0, 2.0])).mass(2.0, 3.0), 0.5);
}

#[test]
fn cutting_what_is_inside_changes_nothing() {
    for distribution in all() {
        let (low, high) = distribution.support();
        if low < high {
            assert_eq!(good(distribution.truncated(low, high)), distribution);
        }
    }
    let twice = good(good(normal(0.0, 1.0).truncated(-1.0, 9.0)).truncated(-2.0, 1.0));
    assert_eq!(twice, good(normal(0.0, 1.0).truncated(-1.0, 1.0)));
}

#[test]
fn they_are_written_as_in_a_scenario() {
    let weighted = [(0.4, 0.3), (0.1, 0.5), (0.2, 0.2)];
    for (distribution, text) in [
        (normal(0.4, 1e-7), "normal(0.4, 1e-7)"),
        (good(Distribution::uniform(-2.0, 3e20)), "uniform(-2, 3e20)"),
        (good(Distribution::triangular(0.0, 0.2, 1.0)), "triangular(0, 0.2, 1)"),
        (good(Distribution::lognormal(-3.0, 0.5)), "lognormal(-3, 0.5)"),
        (good(Distribution::beta(2.0, 5.0, 0.0, 1.0)), "beta(2, 5)"),
        (good(Distribution::beta(2.0, 5.0, 0.0, 0.5)), "beta(2, 5, 0, 0.5)"),
        (good(Distribution::equal_choice(&[0.4, 0.1])), "choice(0.1, 0.4)"),
        (good(Distribution::choice(&weighted)), "choice(0.1: 0.5, 0.2: 0.2, 0.4: 0.3)"),
        (good(normal(0.4, 0.2).truncated(0.0, 1.0)), "truncated(normal(0.4, 0.2), 0, 1)"),
        (
            good(normal(0.4, 0.2).truncated(0.0, f64::INFINITY)),
            "truncated(normal(0.4, 0.2), 0, inf)",
        ),
    ] {
        assert_eq!(distribution.to_string(), text);
    }
    assert_eq!(format!("{:>14}|", normal(0.0, 1.0)), "  normal(0, 1)|");
}

#[test]
fn what_is_none_is_refused_with_the_rule_and_what_stands_there() {
    let nan = f64::NAN;
    let z = normal(0.0, 1.0);
    for (made, text) in [
        (Distribution::normal(nan, 1.0), "the mean must be a finite number; it is NaN"),
        (Distribution::normal(0.0, 0.0), "the standard deviation must be above 0; it is 0"),
        (Distribution::normal(0.0, -0.1), "the standard deviation must be above 0; it is -0.1"),
        (
            Distribution::lognormal(0.0, 0.0),
            "the standard deviation of the logarithm must be above 0; it is 0",
        ),
        (
            Distribution::lognormal(700.0, 10.0),
            "the values and their spread must stay within what a number can hold, about 1e-308 to 1e308; those of lognormal(700, 10) do not",
        ),
        (
            Distribution::uniform(-f64::MAX, f64::MAX),
            "the values and their spread must stay within what a number can hold, about 1e-308 to 1e308; those of uniform(-1.7976931348623157e308, 1.7976931348623157e308) do not",
        ),
        (
            Distribution::uniform(0.6, 0.4),
            "the lower bound must be below the upper one; they are 0.6 and 0.4",
        ),
        (
            Distribution::uniform(0.0, f64::INFINITY),
            "the upper bound must be a finite number; it is inf",
        ),
        (
            Distribution::triangular(0.0, 2.0, 1.0),
            "the most likely value must lie between the two bounds; 2 is not between 0 and 1",
        ),
        (Distribution::beta(0.0, 5.0, 0.0, 1.0), "alpha must lie between 0.01 and 10000; it is 0"),
        (
            Distribution::beta(2.0, 20_000.0, 0.0, 1.0),
            "beta must lie between 0.01 and 10000; it is 20000",
        ),
        (Distribution::equal_choice(&[]), "a choice needs at least one value; there is none"),
        (Distribution::equal_choice(&[1.0, nan]), "a value must be a finite number; it is NaN"),
        (
            Distribution::choice(&[(1.0, 0.33), (2.0, 0.33), (3.0, 0.33)]),
            "the probabilities of a choice must sum to 1; they sum to 0.99",
        ),
        (
            Distribution::choice(&[(1.0, 1.5), (2.0, -0.5)]),
            "a probability must lie between 0 and 1; that of 1 is 1.5",
        ),
        (
            z.truncated(5.0, 6.0),
            "at least 0.01 % of a distribution must lie between the bounds it is cut to; 0.0000286 % of it lies between 5 and 6",
        ),
        (z.truncated(1.0, 1.0), "the lower bound must be below the upper one; they are 1 and 1"),
        (
            Distribution::equal_choice(&[1.0, 2.0]).and_then(|choice| choice.truncated(1.2, 1.8)),
            "at least 0.01 % of a distribution must lie between the bounds it is cut to; 0 % of it lies between 1.2 and 1.8",
        ),
    ] {
        assert_eq!(made.expect_err(text).to_string(), text);
    }
    assert!(Distribution::choice(&[(1.0, 0.1), (2.0, 0.2), (3.0, 0.7)]).is_ok());
}
