//! Small scenarios and statistics for tests.
#![allow(dead_code, reason = "each test file uses its own part")]

use detente::engine::trial::Simulator;
use detente::model::registry::PROCESSES;
use detente::scenario::setup::Setup;

/// A pact in force from 19 June 2003 to 4 December 2005, and isolation raised on 1 March 2004 from
/// 0.4 to 0.7; nothing else happens.
pub const HISTORY: &str = r#"
[treaties.pact]
members = ["XAA", "XBB"]
obligations = ["defence", "consultation"]
[events.signature]
date = 2003-06-19
actions = [{ sign = "pact" }]
[events.end]
date = 2005-12-04
actions = [{ terminate = "pact" }]
[events.shock]
date = 2004-03-01
actions = [{ shift_isolation = "XBB", by = 0.5, lasting = true }]
"#;

/// The flagship scenario's text.
pub fn flagship() -> String {
    std::fs::read_to_string("scenarios/russia-north-korea-2024.toml").expect("it is in the crate")
}

/// Compiles a scenario that must be right.
pub fn compile(text: &str) -> Setup {
    compile_variant(text, None)
}

/// Compiles a variant of a scenario that must be right.
pub fn compile_variant(text: &str, variant: Option<&str>) -> Setup {
    match detente::scenario::parse(text, variant) {
        Ok(setup) => setup,
        Err(detente::scenario::LoadError::Wrong(wrong)) => panic!("{}", wrong.report(false)),
        Err(other) => panic!("{other}"),
    }
}

/// Two states at alignment `a`, all processes off but those of `processes` (TOML), from 2000.
pub fn pair(years: i32, step: &str, a: f64, processes: &str, more: &str) -> Setup {
    compile(&pair_text(years, step, a, processes, more))
}

/// Their text.
pub fn pair_text(years: i32, step: &str, a: f64, processes: &str, more: &str) -> String {
    let off: String = PROCESSES
        .iter()
        .map(|entry| entry.about.name)
        .filter(|name| !processes.contains(&format!("[processes.{name}]")))
        .map(|name| format!("[processes.{name}]\non = false\n"))
        .collect();
    format!(
        "title = \"pair\"\n\
         [run]\nstart = 2000-01-01\nend = {}-01-01\nstep = \"{step}\"\nseed = 20240619\n\
         [states]\n\
         XAA = {{ capability = 0.02, isolation = 0.5 }}\n\
         XBB = {{ capability = 0.01, isolation = 0.4 }}\n\
         [dyads]\nXAA-XBB = {{ distance_km = 0, alignment = {a}, grievance = 2.0 }}\n\
         {off}{processes}{more}",
        2000 + years
    )
}

/// A constant hazard of a pact: every coefficient zero but the constant.
pub fn constant_pact(hazard: f64) -> String {
    let b0 = (hazard.exp() - 1.0).ln();
    format!(
        "[processes.pact]\nb0 = {b0}\nb_a = 0\nb_e = 0\nb_t = 0\nb_n = 0\nb_d = 0\nb_x = 0\nb_m = 0\nb_k = 0\n"
    )
}

/// What `read` sees after each of `trials` trials.
pub fn each_trial<T>(setup: &Setup, trials: u32, read: impl Fn(&Simulator<'_>) -> T) -> Vec<T> {
    let mut simulator = Simulator::new(setup);
    (0..trials)
        .map(|trial| {
            simulator.run(trial).expect("the trial ends well");
            read(&simulator)
        })
        .collect()
}

/// Mean and sample variance.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    (mean, squares / (n - 1.0))
}

/// Holds an estimate to the rule |estimate - theory| < 4 standard errors.
pub fn within_four_errors(what: &str, estimate: f64, theory: f64, error: f64) {
    let z = (estimate - theory) / error;
    assert!(z.abs() < 4.0, "{what}: {estimate} against {theory}, z = {z:.2}");
}

/// The same for a probability estimated by `yes` of `n`.
pub fn probability(what: &str, yes: usize, n: usize, theory: f64) {
    let (yes, n) = (yes as f64, n as f64);
    within_four_errors(what, yes / n, theory, (theory * (1.0 - theory) / n).sqrt());
}

/// Kolmogorov-Smirnov: holds a sample to a continuous distribution at p > .01.
pub fn kolmogorov_smirnov(what: &str, sample: &mut [f64], cdf: impl Fn(f64) -> f64) {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distance = sample.iter().enumerate().map(|(k, &x)| {
        let f = cdf(x);
        (f - k as f64 / n).abs().max((f - (k + 1) as f64 / n).abs())
    });
    let distance = distance.fold(0.0, f64::max);
    let critical = 1.6276 / n.sqrt();
    assert!(distance < critical, "{what}: D = {distance:.5}, critical at .01 {critical:.5}");
}

/// States of equal capability and pairwise alignment `a`, every process off but those of
/// `processes` (TOML), ten years from 2000 in months.
pub fn peers(codes: &[&str], a: f64, processes: &str, more: &str) -> Setup {
    let off: String = PROCESSES
        .iter()
        .map(|entry| entry.about.name)
        .filter(|name| !processes.contains(&format!("[processes.{name}]")))
        .map(|name| format!("[processes.{name}]\non = false\n"))
        .collect();
    let states: String =
        codes.iter().map(|c| format!("{c} = {{ capability = 0.02, isolation = 0.5 }}\n")).collect();
    let pairs = codes.iter().enumerate().flat_map(|(n, i)| {
        codes[n + 1..]
            .iter()
            .map(move |j| format!("{i}-{j} = {{ distance_km = 100, alignment = {a} }}\n"))
    });
    compile(&format!(
        "title = \"peers\"\n[run]\nstart = 2000-01-01\nend = 2010-01-01\nseed = 20240619\n\
         [states]\n{states}[dyads]\n{}{off}{processes}{more}",
        pairs.collect::<String>()
    ))
}

/// How often the channel of this kind and subject fired in the simulator's last trial.
pub fn count(setup: &Setup, simulator: &Simulator<'_>, kind: &str, subject: &str) -> u32 {
    let channels = setup.processes.iter().flat_map(|process| process.channels(&setup.frame));
    let mut of = channels.zip(&simulator.record().counts);
    let found = of.find(|(channel, _)| channel.kind == kind && channel.subject == subject);
    *found.unwrap_or_else(|| panic!("there is no channel {kind} {subject}")).1
}

/// How often any channel of this kind fired in the simulator's last trial.
pub fn count_kind(setup: &Setup, simulator: &Simulator<'_>, kind: &str) -> u32 {
    let channels = setup.processes.iter().flat_map(|process| process.channels(&setup.frame));
    let of = channels.zip(&simulator.record().counts).filter(|(channel, _)| channel.kind == kind);
    of.map(|(_, count)| count).sum()
}
