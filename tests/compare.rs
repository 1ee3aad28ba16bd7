//! Paired comparisons: what is the same gives exactly nothing, what differs is known by closed form.

#[path = "support/scenarios.rs"]
mod support;

use detente::analysis::Results;
use detente::analysis::comparison::parting::Pair;
use detente::analysis::comparison::{Comparison, differences, partings};
use detente::engine::ensemble::{self, Plan};
use detente::engine::experiment::{Experiment, Findings};
use detente::engine::tally::{Level, Side};
use detente::output::tables;
use detente::scenario::setup::Setup;
use support::{compile_variant, flagship, moments, pair, within_four_errors};

fn find(experiment: &Experiment<'_>, trials: u64, threads: usize) -> Findings {
    let mut findings = Findings::new(experiment);
    let plan = Plan { threads: Some(threads), ..Plan::new(trials) };
    ensemble::extend(experiment, &mut findings, plan, &|_| {}).unwrap();
    findings
}

fn names(others: usize) -> Vec<String> {
    std::iter::once("base".to_owned()).chain((1..=others).map(|n| format!("other{n}"))).collect()
}

/// The comparison of one setup with another.
fn compare(base: &Setup, other: &Setup, trials: u64) -> (Findings, Comparison) {
    let experiment = Experiment::comparison(base, &[other]).unwrap();
    let findings = find(&experiment, trials, 2);
    let comparison = Comparison::new(&experiment, &names(1), &findings);
    (findings, comparison)
}

fn all_tables(base: &Setup, other: &Setup, threads: usize) -> Vec<(String, Vec<u8>)> {
    let experiment = Experiment::comparison(base, &[other]).unwrap();
    let findings = find(&experiment, 200, threads);
    let comparison = Comparison::new(&experiment, &names(1), &findings);
    let results: Vec<_> =
        [base, other].iter().zip(&findings.arms).map(|(s, t)| Results::new(s, t)).collect();
    let blocks = detente::analysis::blocks::rows(&findings.blocks);
    let arms = [("base", &results[0]), ("other1", &results[1])];
    let tables = tables::comparison::all(&comparison, &blocks, &arms).unwrap();
    tables.into_iter().map(|table| (table.name, table.bytes)).collect()
}

#[test]
fn variants_that_share_everything_differ_by_exactly_nothing() {
    let text = format!("{}\n[variant.same]\nnote = \"nothing else\"\n", flagship());
    let (base, same) = (compile_variant(&text, None), compile_variant(&text, Some("same")));
    let tables = all_tables(&base, &same, 2);
    for name in ["summary", "outcomes", "measures", "first_dates", "events"] {
        let of = |arm: &str| {
            let file = format!("{arm}/{name}.csv");
            &tables.iter().find(|(name, _)| *name == file).expect("it is there").1
        };
        assert!(of("base") == of("other1"), "{name}");
        let alone = ensemble::run(&base, Plan::new(200), &|_| {}).unwrap();
        let alone = tables::all(&Results::new(&base, &alone)).unwrap();
        let alone = alone.iter().find(|table| table.name == format!("{name}.csv")).unwrap();
        assert!(*of("base") == alone.bytes, "{name} is that of a run alone");
    }
    let (findings, comparison) = compare(&base, &same, 200);
    let experiment = Experiment::comparison(&base, &[&same]).unwrap();
    assert!(findings.agree(&experiment, 0));
    assert!(!Findings::new(&experiment).agree(&experiment, 0), "of no trials nothing is known");
    assert!(comparison.differences.len() > 10);
    for row in &comparison.differences {
        assert_eq!((row.difference, row.se), (Some(0.0), Some(0.0)), "{}", row.outcome);
        assert_eq!((row.base, row.variance_reduction), (row.value, None), "{}", row.outcome);
        // Of a mean that never differed nothing is known of how far it might.
        let ends = [row.low, row.high, row.low_all, row.high_all].map(|end| end.is_some());
        assert_eq!(ends, [row.quantity == "probability"; 4], "{}", row.outcome);
    }
    assert!(comparison.series.iter().all(|row| row.difference == 0.0 && row.q95 == 0.0));
    assert!(comparison.counts.iter().all(|row| row.difference == 0.0 && row.base > 0.0));
    assert!(comparison.partings.iter().all(|row| row.parted == 0 && row.trial.is_none()));
    assert_eq!(comparison.partings.len(), Level::ALL.len());
}

/// What is due, such as the end of deliveries, fires between what hazards bring about, and is none of it.
#[test]
fn every_hazard_that_parts_a_pair_has_the_threshold_that_it_met() {
    let text = flagship();
    let (base, other) = (compile_variant(&text, None), compile_variant(&text, Some("no-pact")));
    let (_, comparison) = compare(&base, &other, 640);
    let hazards = comparison.partings.iter().filter(|row| row.chance == "hazard");
    let hazards: Vec<_> = hazards.collect();
    assert!(hazards.len() > 5, "{}", hazards.len());
    for row in hazards {
        assert!(row.draw.is_some(), "{} {} {:?}", row.kind, row.subject, row.trial);
    }
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let text = flagship();
    let (base, other) = (compile_variant(&text, None), compile_variant(&text, Some("no-pact")));
    let one = all_tables(&base, &other, 1);
    for threads in [2, 7] {
        for ((name, one), (_, more)) in one.iter().zip(all_tables(&base, &other, threads)) {
            assert!(*one == more, "{name} on {threads} threads");
        }
    }
}

/// A number of events at a rate, and whether any came within two years.
fn rated(rate: f64) -> Setup {
    let events = format!(
        "[events.x]\nrate = {rate}\nactions = [{{ shift_alignment = \"XAA-XBB\", by = 0.0001 }}]\n\
         [outcomes.any]\never = \"times('event', 'x') >= 1\"\nby = 2002-01-01\n\
         [outcomes.count]\nvalue = \"times('event', 'x')\"\nat = \"end\"\n"
    );
    pair(2, "month", 0.1, "", &events)
}

fn outcome<'r>(rows: &'r [differences::Row], name: &str) -> &'r differences::Row {
    rows.iter().find(|row| row.outcome == name).expect("it is there")
}

#[test]
fn differences_of_a_rate_are_those_of_the_closed_form() {
    let (base, other) = (rated(0.3), rated(0.6));
    let n = 20_000;
    let (_, comparison) = compare(&base, &other, n);
    let any = outcome(&comparison.differences, "any");
    let (p, q) = (1.0 - (-0.6_f64).exp(), 1.0 - (-1.2_f64).exp());
    let (difference, se) = (any.difference.unwrap(), any.se.unwrap());
    within_four_errors("difference", difference, q - p, se);
    // The clocks are shared: whatever comes at the lower rate comes at the higher one too.
    assert_eq!(any.base_only, Some(0));
    let parted = any.variant_only.unwrap() as f64;
    assert!((difference - parted / n as f64).abs() < 1e-9);
    let theory = ((q - p) * (1.0 - (q - p)) / n as f64).sqrt();
    assert!((se / theory - 1.0).abs() < 0.03, "{se} against {theory}");
    assert!(any.low.unwrap() < q - p && q - p < any.high.unwrap());
    assert!(any.low_all.unwrap() < any.low.unwrap() && any.high_all.unwrap() > any.high.unwrap());
    within_four_errors("relative risk", any.relative_risk.unwrap().ln(), (q / p).ln(), 0.01);
    assert!(any.relative_low.unwrap() < q / p && q / p < any.relative_high.unwrap());
    // Var of independent runs over that of nested answers.
    let reduction = (p * (1.0 - p) + q * (1.0 - q)) / ((q - p) * (1.0 - (q - p)));
    assert!((any.variance_reduction.unwrap() / reduction - 1.0).abs() < 0.03);

    let count = outcome(&comparison.differences, "count");
    assert_eq!((count.quantity.as_str(), count.n, count.missing), ("mean", n, 0));
    within_four_errors("count", count.difference.unwrap(), 0.6, count.se.unwrap());
    let events = comparison.counts.iter().find(|row| row.subject == "x").unwrap();
    assert!((events.difference - count.difference.unwrap()).abs() < 1e-9);
    let all = comparison.counts.iter().find(|row| row.kind == "event" && row.subject.is_empty());
    assert_eq!(all.unwrap().difference, events.difference);
    assert!((events.se - count.se.unwrap()).abs() < 1e-6);
}

/// The draw that parts two trials is the threshold that one hazard has passed and the other has not.
#[test]
fn the_cause_of_parting_is_the_draw_and_the_two_rates() {
    let (base, other) = (rated(0.3), rated(0.6));
    let (findings, comparison) = compare(&base, &other, 500);
    let story: Vec<&partings::Row> =
        comparison.partings.iter().filter(|row| row.level == "story").collect();
    let [all, cause] = story[..] else { panic!("one thing only can part them: {story:?}") };
    assert_eq!((cause.kind.as_str(), cause.subject.as_str()), ("event", "x"));
    assert_eq!(
        (cause.first_in.as_str(), cause.parted, cause.chance.as_str()),
        ("variant", all.parted, "hazard")
    );
    assert_eq!((cause.base_rate, cause.variant_rate), (Some(0.3), Some(0.6)));
    // A trial parts if the first threshold lies below twice the higher rate.
    let p = 1.0 - (-1.2_f64).exp();
    within_four_errors("share", all.share, p, (p * (1.0 - p) / 500.0).sqrt());
    assert_eq!(all.parted, findings.contrasts[0].partings.at(Level::Story).pairs());

    let experiment = Experiment::comparison(&base, &[&other]).unwrap();
    let pairing = &experiment.pairings()[0];
    for trial in 0..40 {
        let told = Pair::run([&base, &other], pairing, trial).unwrap();
        let Some(why) = told.parts(Level::Story) else { continue };
        let draw = why.draw.expect("an event at a rate has a threshold");
        let day = draw / 0.6 * 365.25;
        assert_eq!(why.side, Side::Other);
        assert!((f64::from(why.day) - day).abs() < 2.0, "{} against {day}", why.day);
    }
}

#[test]
fn what_only_one_has_is_said_and_parts_nothing() {
    let text = flagship();
    let (base, other) = (compile_variant(&text, None), compile_variant(&text, Some("no-pact")));
    let experiment = Experiment::comparison(&base, &[&other]).unwrap();
    let unpaired = &experiment.pairings()[0].unpaired;
    assert!(unpaired[0].contains(&"event treaty-2024".to_owned()), "{unpaired:?}");
    assert!(unpaired[1].is_empty(), "{unpaired:?}");
    let (findings, comparison) = compare(&base, &other, 100);
    assert!(comparison.counts.iter().all(|row| row.subject != "treaty-2024"));
    let first = findings.contrasts[0].partings.causes.values().flat_map(|cause| cause.days.keys());
    let signed = base.frame.events.iter().find(|event| event.name == "treaty-2024").unwrap();
    let detente::model::event::Timing::Day(day) = signed.timing else { panic!("it has a date") };
    assert!(first.min().is_some_and(|&first| first >= day), "nothing parts before the treaty");
}

/// What the scripts write down is no finding: it is told apart from what follows from it.
#[test]
fn an_answer_that_the_scripts_settle_is_marked_and_counted_apart() {
    let text = flagship();
    let (base, other) = (compile_variant(&text, None), compile_variant(&text, Some("no-pact")));
    let (findings, comparison) = compare(&base, &other, 200);
    let settled: Vec<_> = comparison.differences.iter().filter(|row| row.settled).collect();
    let settled: Vec<_> = settled.iter().map(|row| row.outcome.as_str()).collect();
    assert_eq!(settled, ["rus-prk", "rus-prk-at-end", "prk-fights"]);
    let parted = |level| findings.contrasts[0].partings.at(level).pairs();
    let (all, open) = (parted(Level::Answers), parted(Level::OpenAnswers));
    assert!(0 < open && open < all / 2, "{open} of {all}");
    // By hand: pairs in which any other answer differs are at most as many as their sum.
    let others = comparison.differences.iter().filter(|row| !row.settled);
    let differing: Vec<u64> =
        others.filter_map(|row| Some(row.base_only? + row.variant_only?)).collect();
    let (most, sum) = (*differing.iter().max().unwrap(), differing.iter().sum::<u64>());
    assert!(most <= open && open <= sum, "{most} {open} {sum}");
}

/// An event that comes at random settles an answer as well, if it can come at all.
#[test]
fn a_random_event_of_one_script_settles_what_it_answers() {
    let (_, comparison) = compare(&rated(0.0), &rated(0.3), 10);
    assert!(outcome(&comparison.differences, "any").settled);
    assert!(!outcome(&comparison.differences, "count").settled, "a number has no such answer");
    let (_, same) = compare(&rated(0.3), &rated(0.3), 10);
    assert!(same.differences.iter().all(|row| !row.settled));
}

#[test]
fn a_failed_trial_costs_its_pair_and_is_counted() {
    let mut base = rated(0.3);
    let other = rated(0.3);
    // An outcome cannot fail, a score can: isolation that is not a number from the start.
    base.initial.isolation[0] = f64::NAN;
    let experiment = Experiment::comparison(&base, &[&other]).unwrap();
    let findings = find(&experiment, 10, 1);
    assert_eq!((findings.arms[0].failed, findings.arms[1].failed), (10, 0));
    assert_eq!((findings.contrasts[0].pairs, findings.contrasts[0].failed), (0, 10));
    let comparison = Comparison::new(&experiment, &names(1), &findings);
    assert!(comparison.differences.iter().all(|row| row.n == 0 && row.missing == 10));
    assert!(comparison.differences.iter().all(|row| row.difference.is_none()));
    assert!(comparison.series.is_empty() && comparison.counts.is_empty());
}

/// The factor in the table is what one saves: the variance of a difference estimated over and over,
/// from pairs and from runs with seeds of their own.
#[test]
fn the_reduction_of_variance_is_that_of_repeated_experiments() {
    let text = flagship();
    let of = |variant, seed| {
        let mut setup = compile_variant(&text, variant);
        setup.seed = seed;
        setup
    };
    let (trials, repeats) = (16, 40);
    let mean = |setup: &Setup| {
        let tally = ensemble::run(setup, Plan::new(trials), &|_| {}).unwrap();
        let last = setup.frame.timeline.days.len() - 1;
        let prk = setup.frame.codes.iter().position(|code| code.to_string() == "PRK").unwrap();
        tally.series.cell(prk, last).mean()
    };
    let (mut paired, mut independent) = (Vec::new(), Vec::new());
    for seed in 0..repeats {
        let base = mean(&of(None, seed));
        paired.push(mean(&of(Some("no-pact"), seed)) - base);
        independent.push(mean(&of(Some("no-pact"), seed + 1000)) - base);
    }
    let measured = moments(&independent).1 / moments(&paired).1;
    let (_, comparison) = compare(&of(None, 7), &of(Some("no-pact"), 7), 640);
    let row =
        comparison.series.iter().rfind(|row| row.metric == "isolation" && row.subject == "PRK");
    let said = row.unwrap().variance_reduction.unwrap();
    // F of 39 and 39 degrees of freedom: 0.43 to 2.3 at 99 %.
    assert!((0.43..2.3).contains(&(measured / said)), "measured {measured:.2}, said {said:.2}");
}

#[test]
fn other_dates_cannot_be_paired() {
    let base = rated(0.3);
    let longer = pair(3, "month", 0.1, "", "");
    let error = Experiment::comparison(&base, &[&longer]).err().expect("it is refused");
    assert!(error.to_string().contains("the same step dates"), "{error}");
}
