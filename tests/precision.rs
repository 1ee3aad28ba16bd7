//! Precision on request: the intervals of runs that end when they are narrow enough hold what they
//! promise. Thousands of runs by the schedule and the decision of the program itself; the figures are
//! in docs/precision.md. `--nocapture` prints them.

use std::convert::Infallible;

use detente::analysis::comparison::paired::Pairs;
use detente::analysis::interval::{Z, wilson};
use detente::analysis::precision::{Estimate, looks, sequence};
use detente::engine::philox;
use detente::scenario::stopping::{DEFAULT_MIN, Width};
use rand::TryRng;
use rand_distr::{Binomial, Distribution, Exp1, LogNormal, StandardUniform};

/// Words of the generator of the engine, one stream for each number.
struct Words {
    stream: u32,
    at: u32,
}

impl TryRng for Words {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.at += 1;
        Ok(philox::block([self.at, 0, 0, self.stream], [20_240_619, 1])[0])
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.at += 1;
        let [low, high, ..] = philox::block([self.at, 1, 0, self.stream], [20_240_619, 1]);
        Ok(u64::from(high) << 32 | u64::from(low))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

/// The least coverage that is taken for that of a 95 % interval.
const LEAST: f64 = 0.93;

/// How many runs are made for each figure; its standard error is then 0.2 %.
const RUNS: u32 = 10_000;

/// More trials than any of these runs needs.
const MOST: u64 = 4_000_000;

/// How often the interval of a run holds the truth, and how many trials a run has.
struct Coverage {
    share: f64,
    trials: f64,
}

impl Coverage {
    /// Over runs with streams of their own.
    fn of(stream: &mut u32, run: impl Fn(&mut Words) -> (bool, u64)) -> Self {
        let (mut held, mut trials) = (0, 0);
        for _ in 0..RUNS {
            *stream += 1;
            let (holds, n) = run(&mut Words { stream: *stream, at: 0 });
            held += u32::from(holds);
            trials += n;
        }
        let runs = f64::from(RUNS);
        Self { share: f64::from(held) / runs, trials: trials as f64 / runs }
    }

    fn shown(&self) -> String {
        format!("{:.1} % ({:.0})", 100.0 * self.share, self.trials)
    }
}

/// A run until its rule is met: whether the interval of the probability holds `p`, and its trials.
fn of_share(p: f64, (width, below): (Width, f64), min: u64, words: &mut Words) -> (bool, u64) {
    let (mut yes, mut n) = (0, 0);
    let run = sequence(looks(min, MOST), |trials| {
        yes += Binomial::new(trials - n, p).expect("a probability").sample(words);
        n = trials;
        Ok::<_, Infallible>(Estimate::Share { yes, n }.meets(width, below))
    });
    let Ok((_, met)) = run;
    assert!(met, "{p} {below}");
    let (low, high) = wilson(yes, n);
    ((low..=high).contains(&p), n)
}

/// The least coverage over probabilities and targets; prints all as rows of a table.
fn shares(grid: &[f64], width: Width, targets: &[f64], min: u64, stream: &mut u32) -> f64 {
    println!("{} below {targets:?}, from {min} trials on", width.name());
    let mut least = 1.0_f64;
    for &p in grid {
        let row = targets.iter().map(|&below| {
            let coverage = Coverage::of(stream, |words| of_share(p, (width, below), min, words));
            least = least.min(coverage.share);
            coverage.shown()
        });
        println!("| {p} | {} |", row.collect::<Vec<_>>().join(" | "));
    }
    least
}

const GRID: [f64; 11] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.98, 0.99];

#[test]
fn intervals_of_probabilities_hold_what_they_promise() {
    let (absolute, relative) = ([0.1, 0.05, 0.02, 0.01, 0.005], [1.0, 0.5, 0.2, 0.1]);
    let mut stream = 0;
    let least = shares(&GRID, Width::Absolute, &absolute, DEFAULT_MIN, &mut stream).min(shares(
        &GRID,
        Width::Relative,
        &relative,
        DEFAULT_MIN,
        &mut stream,
    ));
    println!("least: {least}");
    assert!(least >= LEAST, "{least}");
}

/// As [`of_share`], of the difference of two probabilities over pairs: of all pairs, the shares with a
/// yes in both, in the base only and in the other only.
fn of_difference([both, base, other]: [f64; 3], below: f64, words: &mut Words) -> (bool, u64) {
    let mut pairs = Pairs { n: 0, both: 0, base_only: 0, other_only: 0 };
    let mut draw =
        |n: u64, p: f64| Binomial::new(n, p.min(1.0)).expect("a probability").sample(words);
    let run = sequence(looks(DEFAULT_MIN, MOST), |trials| {
        let more = trials - pairs.n;
        let b = draw(more, base);
        let o = draw(more - b, other / (1.0 - base));
        pairs.both += draw(more - b - o, both / (1.0 - base - other));
        pairs.base_only += b;
        pairs.other_only += o;
        pairs.n = trials;
        Ok::<_, Infallible>(Estimate::Difference(pairs).meets(Width::Absolute, below))
    });
    let Ok((_, met)) = run;
    assert!(met, "{base} {other} {below}");
    let (low, high) = pairs.difference_interval(Z);
    ((low..=high).contains(&(other - base)), pairs.n)
}

#[test]
fn intervals_of_differences_hold_what_they_promise() {
    let (mut stream, mut least) = (3 << 29, 1.0_f64);
    let targets = [0.05, 0.02, 0.01, 0.005];
    println!("ci_width of a difference, below {targets:?}");
    for shares in [[0.2, 0.0, 0.02], [0.2, 0.01, 0.01], [0.05, 0.003, 0.006], [0.3, 0.1, 0.2]] {
        let row = targets.iter().map(|&below| {
            let coverage = Coverage::of(&mut stream, |words| of_difference(shares, below, words));
            least = least.min(coverage.share);
            coverage.shown()
        });
        println!("| {shares:?} | {} |", row.collect::<Vec<_>>().join(" | "));
    }
    println!("least: {least}");
    assert!(least >= LEAST, "{least}");
}

/// As [`of_share`], of the mean of numbers that are drawn so.
fn of_mean(
    draw: impl Fn(&mut Words) -> f64,
    truth: f64,
    below: f64,
    min: u64,
    words: &mut Words,
) -> (bool, u64) {
    let (mut n, mut sum, mut squares) = (0, 0.0, 0.0);
    let (mut mean, mut sd) = (0.0, 0.0);
    let run = sequence(looks(min, MOST), |trials| {
        for _ in n..trials {
            let value = draw(words);
            sum += value;
            squares += value * value;
        }
        n = trials;
        mean = sum / n as f64;
        sd = ((squares - sum * mean) / (n as f64 - 1.0)).max(0.0).sqrt();
        Ok::<_, Infallible>(Estimate::Mean { n, mean, sd }.meets(Width::Absolute, below))
    });
    let Ok((_, met)) = run;
    assert!(met, "{truth} {below}");
    ((mean - truth).abs() <= Z * sd / (n as f64).sqrt(), n)
}

/// A number with a long tail.
fn skewed(words: &mut Words) -> f64 {
    LogNormal::new(0.0, 1.0).expect("it is one").sample(words)
}

/// A number that is 0 in 99 trials of 100.
fn rare(words: &mut Words) -> f64 {
    let uniform: f64 = StandardUniform.sample(words);
    if uniform < 0.01 { Exp1.sample(words) } else { 0.0 }
}

/// The least coverage over targets; prints all as a row of a table.
fn means(
    name: &str,
    (draw, truth): (fn(&mut Words) -> f64, f64),
    targets: &[f64],
    min: u64,
    stream: &mut u32,
) -> f64 {
    let mut least = 1.0_f64;
    let row = targets.iter().map(|&below| {
        let run = |words: &mut Words| of_mean(draw, truth, below * truth, min, words);
        let coverage = Coverage::of(stream, run);
        least = least.min(coverage.share);
        coverage.shown()
    });
    println!("| {name} from {min} on | {} |", row.collect::<Vec<_>>().join(" | "));
    least
}

#[test]
fn intervals_of_skewed_means_hold_what_they_promise() {
    let (targets, mut stream) = ([0.5, 0.2, 0.1, 0.08], 1 << 30);
    println!("ci_width, in shares of the mean, below {targets:?}");
    let exponential: fn(&mut Words) -> f64 = |words| Exp1.sample(words);
    let least = means("exponential", (exponential, 1.0), &targets, DEFAULT_MIN, &mut stream)
        .min(means("lognormal", (skewed, 0.5_f64.exp()), &targets, DEFAULT_MIN, &mut stream));
    println!("least: {least}");
    assert!(least >= LEAST, "{least}");
}

/// Why the first look is not sooner, and what the promise does not cover: docs/precision.md says so.
#[test]
fn the_promise_has_its_limits() {
    let mut stream = 1 << 31;
    let never = shares(&[0.0005], Width::Absolute, &[0.05, 0.01], DEFAULT_MIN, &mut stream);
    let targets = [0.5, 0.2];
    let tail = means("lognormal", (skewed, 0.5_f64.exp()), &targets, 64, &mut stream);
    let rare = means("rare", (rare, 0.01), &targets, DEFAULT_MIN, &mut stream);
    assert!(never < LEAST && tail < LEAST && rare < LEAST, "{never} {tail} {rare}");
}
