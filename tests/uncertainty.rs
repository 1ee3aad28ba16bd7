//! Numbers that are distributions: drawn once a trial, each from its own stream, put where they
//! belong, and correlated where the scenario says so.

#[path = "support/scenarios.rs"]
mod support;

use detente::engine::ensemble::{self, Plan};
use detente::engine::trial::Simulator;
use detente::scenario::setup::Setup;
use detente::scenario::uncertainty::Group;
use detente::scenario::{Folder, LoadError, Wanted, read};
use support::{compile, count, each_trial, kolmogorov_smirnov, moments, pair, within_four_errors};

/// What was drawn for each uncertain number, trial by trial.
fn drawn(setup: &Setup, trials: u32) -> Vec<Vec<f64>> {
    each_trial(setup, trials, |simulator| simulator.inputs().drawn.clone())
}

/// A scenario of two states in which these keys are uncertain.
fn scenario(states: &str, more: &str) -> Setup {
    compile(&format!(
        "title = \"uncertain\"\n[run]\nstart = 2000-01-01\nend = 2001-01-01\nseed = 20240619\n\
         {more}\n[states]\n{states}\n[dyads.XAA-XBB]\ndistance_km = 100\n"
    ))
}

const PLAIN: &str = "XAA = { capability = 0.02, isolation = \"normal(0.5, 0.05)\", ideal_point = 1.0 }\n\
                     XBB = { capability = 0.01, isolation = 0.4, ideal_point = -1.0 }";

#[test]
fn a_number_is_drawn_once_a_trial_from_its_distribution() {
    let setup = scenario(PLAIN, "");
    let number = &setup.uncertainty.numbers[0];
    assert_eq!(number.key, "states.XAA.isolation");
    let mut all: Vec<_> = drawn(&setup, 2000).iter().map(|values| values[0]).collect();
    let (mean, variance) = moments(&all);
    within_four_errors("mean", mean, 0.5, 0.05 / 2000.0_f64.sqrt());
    within_four_errors("variance", variance, 0.0025, 0.0025 * (2.0_f64 / 2000.0).sqrt());
    kolmogorov_smirnov("the drawn isolations", &mut all, |x| number.distribution.cdf(x));
    // The series starts where the draw is.
    let starts = each_trial(&setup, 50, |s| (s.inputs().drawn[0], s.record().at(0)[0]));
    assert!(starts.iter().all(|(drawn, start)| drawn == start));
}

#[test]
fn every_kind_of_number_finds_its_place() {
    let states = "XAA = { capability = \"uniform(0.01, 0.03)\", isolation = 0.5, ideal_point = \"uniform(0, 1)\" }\n\
                  XBB = { capability = 0.01, isolation = \"uniform(0.2, 0.4)\", ideal_point = \"uniform(-1, 0)\" }\n\
                  XCC = { capability = 0.01, isolation = 0.4, ideal_point = 0.5 }";
    let more = "
[quantities]
bar = \"uniform(2, 3)\"
[dyads]
XAA-XCC = { distance_km = \"uniform(100, 900)\", alignment = \"uniform(-0.5, 0.5)\" }
XBB-XCC = { distance_km = 100, grievance = \"uniform(1, 2)\" }
[processes.crisis]
delta = \"uniform(0, 1)\"
[processes.decay]
on = false
[events.e]
rate = \"uniform(0, 5)\"
probability = \"uniform(0.5, 1)\"
cooldown = \"uniform(0, 0.1)\"
actions = [{ attack = \"XBB\", from = \"XCC\" }, { warn = \"XAA\", from = \"XCC\", years = \"uniform(1, 2)\" }, { shift_isolation = \"XAA\", by = \"uniform(0, 0.1)\" }]
[outcomes.bar]
value = \"bar\"
at = \"end\"
[outcomes.distance]
value = \"distance(XAA, XCC)\"
at = \"end\"
";
    let setup = scenario(states, more);
    let keys: Vec<_> = setup.uncertainty.numbers.iter().map(|n| n.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "states.XAA.capability",
            "states.XAA.ideal_point",
            "states.XBB.isolation",
            "states.XBB.ideal_point",
            "dyads.XAA-XCC.alignment",
            "dyads.XAA-XCC.distance_km",
            "dyads.XBB-XCC.grievance",
            "processes.crisis.delta",
            "events.e.rate",
            "events.e.probability",
            "events.e.cooldown",
            "events.e.actions[1].years",
            "events.e.actions[2].by",
            "quantities.bar",
        ]
    );
    let mut simulator = Simulator::new(&setup);
    for trial in 0..20 {
        simulator.run(trial).unwrap();
        let inputs = simulator.inputs();
        let value = |key: &str| inputs.drawn[keys.iter().position(|k| *k == key).unwrap()];
        let initial = &inputs.initial;
        assert_eq!(initial.capability[0], value("states.XAA.capability"));
        assert_eq!(inputs.frame.weight[0], value("states.XAA.capability").sqrt());
        assert_eq!(initial.isolation[1], value("states.XBB.isolation"));
        let (x, y) = (value("states.XAA.ideal_point"), value("states.XBB.ideal_point"));
        assert_eq!(initial.alignment[0], 1.0 - 2.0 * (x - y).abs() / 4.0);
        assert_eq!(initial.alignment[1], value("dyads.XAA-XCC.alignment"));
        assert_eq!(initial.alignment[2], 1.0 - 2.0 * (y - 0.5).abs() / 4.0);
        assert_eq!(initial.grievance[2], value("dyads.XBB-XCC.grievance"));
        let answer = |n: usize| simulator.record().answers[n].value;
        assert_eq!(answer(0), value("quantities.bar"));
        assert_eq!(answer(1), value("dyads.XAA-XCC.distance_km"));
        let event = &inputs.frame.events[0];
        assert_eq!(event.terms.probability, value("events.e.probability"));
        assert_eq!(event.terms.cooldown, value("events.e.cooldown"));
        let text = format!("{:?} {:?}", event.timing, event.changes);
        for key in ["events.e.rate", "events.e.actions[1].years", "events.e.actions[2].by"] {
            assert!(text.contains(&format!("{:?}", value(key))), "{key} in {text}");
        }
    }
}

#[test]
fn a_drawn_parameter_is_the_parameter_of_its_trial() {
    let noise = |sigma: &str| format!("[processes.alignment]\non = true\nsigma = {sigma}\n");
    let uncertain = pair(10, "month", 0.25, &noise("\"choice(0.1, 0.3)\""), "");
    let certain = ["0.1", "0.3"].map(|sigma| pair(10, "month", 0.25, &noise(sigma), ""));
    let ends = |setup: &Setup| each_trial(setup, 40, |s| s.world().alignment[0].to_bits());
    let (found, [low, high]) = (ends(&uncertain), [ends(&certain[0]), ends(&certain[1])]);
    let values = drawn(&uncertain, 40);
    for (trial, value) in values.iter().enumerate() {
        let theory = if value[0] == 0.1 { low[trial] } else { high[trial] };
        assert_eq!(found[trial], theory, "trial {trial}");
    }
    assert!(values.iter().any(|v| v[0] == 0.1) && values.iter().any(|v| v[0] == 0.3));
}

#[test]
fn one_more_uncertain_number_moves_no_other() {
    let two = PLAIN.replace("isolation = 0.4", "isolation = \"beta(2, 5)\"");
    let (one, two) = (scenario(PLAIN, ""), scenario(&two, ""));
    for (alone, together) in drawn(&one, 50).iter().zip(drawn(&two, 50)) {
        assert_eq!(alone[0], together[0]);
    }
}

#[test]
fn numbers_of_a_group_depend_on_each_other_and_on_no_one_else() {
    let states = PLAIN.replace("isolation = 0.4", "isolation = \"beta(2, 5)\"");
    let group = "[correlations.ties]\nmembers = [\"states.XAA.isolation\", \"states.XBB.isolation\"]\ncorrelation = 0.6\n";
    let setup = scenario(&states, group);
    let n = 3000;
    let ranks = |column: usize| {
        let mut order: Vec<(f64, usize)> =
            drawn(&setup, n).iter().enumerate().map(|(trial, v)| (v[column], trial)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut ranks = vec![0.0; order.len()];
        order.iter().enumerate().for_each(|(rank, (_, trial))| ranks[*trial] = rank as f64);
        ranks
    };
    let (a, b) = (ranks(0), ranks(1));
    let half = f64::from(n - 1) / 2.0;
    let product: f64 = a.iter().zip(&b).map(|(a, b)| (a - half) * (b - half)).sum();
    let square: f64 = a.iter().map(|a| (a - half).powi(2)).sum();
    // Spearman's correlation of a Gaussian copula; its standard error is below 1 / sqrt(n).
    let theory = 6.0 / std::f64::consts::PI * (0.6_f64 / 2.0).asin();
    within_four_errors("rank correlation", product / square, theory, 1.0 / f64::from(n).sqrt());
    // The first of a group is drawn as if it were alone.
    let alone = scenario(&states, "");
    for (alone, together) in drawn(&alone, 50).iter().zip(drawn(&setup, 50)) {
        assert_eq!(alone[0], together[0]);
    }
    let mut second: Vec<_> = drawn(&setup, n).iter().map(|values| values[1]).collect();
    let beta = &setup.uncertainty.numbers[1].distribution;
    kolmogorov_smirnov("the second of a group", &mut second, |x| beta.cdf(x));
}

#[test]
fn threads_and_single_trials_draw_alike() {
    let states = PLAIN.replace("capability = 0.02", "capability = \"lognormal(-4, 0.2)\"");
    let setup = scenario(&states, "[processes.alignment]\nsigma = \"uniform(0.05, 0.25)\"\n");
    let tally = |threads, batch| {
        let plan = Plan { threads: Some(threads), batch, ..Plan::new(200) };
        ensemble::run(&setup, plan, &|_| {}).unwrap()
    };
    assert_eq!(tally(1, 4), tally(2, 1));
    let mut simulator = Simulator::new(&setup);
    simulator.run(150).unwrap();
    let alone = simulator.record().values.clone();
    (0..=150).for_each(|trial| simulator.run(trial).unwrap());
    assert_eq!(alone, simulator.record().values);
}

#[test]
fn what_agreements_hang_on_is_that_of_the_trial() {
    let pact = |b0: &str, b_d: &str| {
        format!("[processes.pact]\nb0 = {b0}\nb_d = {b_d}\nb_a = 0\nb_x = 0\nb_m = 0\n")
    };
    let signs = |setup: &Setup| {
        each_trial(setup, 50, |s| (s.inputs().drawn[0], count(setup, s, "pact", "XAA-XBB") > 0))
    };
    // A constant so low that nobody ever signs, or so high that everybody does at once.
    let setup = pair(1, "month", 0.0, &pact("\"choice(-50, 10)\"", "0"), "");
    let drawn = signs(&setup);
    assert!(drawn.iter().all(|&(b0, signed)| signed == (b0 > 0.0)), "{drawn:?}");
    assert!(drawn.iter().any(|drawn| drawn.1) && drawn.iter().any(|drawn| !drawn.1));
    // ln(1 + 50) is 3.9, ln(5000 + 50) is 8.5.
    let text = "XAA-XBB = { distance_km = 0,";
    let apart = text.replace("0,", "\"choice(1, 5000)\",");
    let setup = support::compile(
        &support::pair_text(1, "month", 0.0, &pact("-50", "10"), "").replace(text, &apart),
    );
    let drawn = signs(&setup);
    assert!(drawn.iter().all(|&(km, signed)| signed == (km > 1.0)), "{drawn:?}");
}

/// Three numbers that go together, on three ways to another scenario in which the second is certain.
fn three(more: &str) -> String {
    format!(
        "title = \"three\"\n[run]\nstart = 2000-01-01\nend = 2001-01-01\nseed = 20240619\n\
         [states]\n\
         XAA = {{ capability = 0.02, isolation = \"normal(0.5, 0.05)\", ideal_point = 1.0 }}\n\
         XBB = {{ capability = 0.01, isolation = \"beta(2, 5)\", ideal_point = -1.0 }}\n\
         [dyads.XAA-XBB]\ndistance_km = 100\n\
         [processes.pact]\nb_a = \"normal(2.26, 0.5)\"\n\
         [correlations.ties]\nmembers = [\"states.XAA.isolation\", \"states.XBB.isolation\", \
         \"processes.pact.b_a\"]\ncorrelation = 0.6\n{more}"
    )
}

/// The scenario in which the command line, or a variant, says something else.
fn changed(text: &str, variant: Option<&str>, set: &[&str], without: &[&str]) -> Setup {
    let owned = |words: &[&str]| words.iter().map(|&words| words.to_owned()).collect::<Vec<_>>();
    let (set, without) = (owned(set), owned(without));
    let wanted = Wanted { variant, set: &set, without: &without, alone: false };
    match read("three.toml", text, &Folder::default(), wanted) {
        Ok(loaded) => loaded.setup,
        Err(LoadError::Wrong(wrong)) => panic!("{}", wrong.report(false)),
        Err(other) => panic!("{other}"),
    }
}

/// What is drawn for a key, trial by trial.
fn column(setup: &Setup, key: &str) -> Vec<f64> {
    let at = setup.uncertainty.numbers.iter().position(|number| number.key == key);
    let at = at.unwrap_or_else(|| panic!("{key} is uncertain"));
    drawn(setup, 50).iter().map(|values| values[at]).collect()
}

#[test]
fn a_number_made_certain_leaves_its_group_and_the_others_stay_as_they_were() {
    let variants = "[variant.certain]\nstates.XBB.isolation = 0.3\n\
                    [variant.usual]\nwithout = [\"processes.pact.b_a\"]\n\
                    [variant.off]\nprocesses.pact.on = false\n";
    let text = three(variants);
    let whole = changed(&text, None, &[], &[]);
    let (first, second, third) =
        ("states.XAA.isolation", "states.XBB.isolation", "processes.pact.b_a");
    let set = changed(&text, None, &["states.XBB.isolation=0.3"], &[]);
    let certain = changed(&text, Some("certain"), &[], &[]);
    for setup in [&set, &certain] {
        assert_eq!(setup.initial.isolation[1], 0.3);
        assert_eq!(setup.uncertainty.numbers.len(), 2);
        let together: Vec<_> = setup.uncertainty.together().map(Group::uncertain).collect();
        assert_eq!(together.len(), 1, "two are left, and go together");
        assert!((setup.uncertainty.groups[0].correlation.between(0, 2) - 0.6).abs() < 1e-12);
        for key in [first, third] {
            assert_eq!(column(setup, key), column(&whole, key), "{key}");
        }
    }
    let usual = changed(&text, Some("usual"), &[], &[]);
    let off = changed(&text, Some("off"), &[], &[]);
    let without = changed(&text, None, &[], &[third]);
    for setup in [&usual, &off, &without] {
        assert_eq!(column(setup, second), column(&whole, second));
    }
    // One by itself goes together with nothing, but is drawn as before.
    let one = changed(&text, Some("usual"), &["states.XAA.isolation=0.5"], &[]);
    assert_eq!((one.uncertainty.numbers.len(), one.uncertainty.together().count()), (1, 0));
    assert_eq!(column(&one, second), column(&whole, second));
    // The last that is made certain takes the group along.
    let none = changed(
        &text,
        Some("usual"),
        &["states.XAA.isolation=0.5", "states.XBB.isolation=0.3"],
        &[],
    );
    assert!(none.uncertainty.numbers.is_empty() && none.uncertainty.groups.is_empty());
}

#[test]
fn a_number_that_was_never_in_the_group_is_refused_in_a_variant_too() {
    let text = three(
        "[variant.wrong]\ncorrelations.ties.members = [\"states.XAA.isolation\", \"states.XBB.capability\", \"processes.pact.b_a\"]\n",
    );
    let wanted = Wanted { variant: Some("wrong"), ..Wanted::default() };
    match read("three.toml", &text, &Folder::default(), wanted) {
        Err(LoadError::Wrong(wrong)) => {
            let told = wrong.report(false);
            assert!(told.contains("none stands there") && told.contains("1 problem"), "{told}");
        }
        _ => panic!("it is refused"),
    }
}
