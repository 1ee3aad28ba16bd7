//! When events happen, against answers known by hand or in closed form.

#[path = "support/scenarios.rs"]
mod support;

use detente::engine::trace::Trace;
use detente::engine::trial::Simulator;
use detente::scenario::setup::Setup;
use jiff::civil::date;
use support::{
    count, each_trial, kolmogorov_smirnov, moments, pair, probability, within_four_errors,
};

/// Actions that do no harm.
const HARMLESS: &str = "actions = [{ contact = \"XAA-XBB\" }]";

/// Ten years from 2000 in months; nothing happens but these events.
fn setup(events: &str) -> Setup {
    pair(10, "month", 0.25, "", &events.replace("HARMLESS", HARMLESS))
}

/// How often an event happens in each trial.
fn counts(setup: &Setup, event: &str, trials: u32) -> Vec<f64> {
    each_trial(setup, trials, |simulator| f64::from(count(setup, simulator, "event", event)))
}

/// What happens in a trial: the day and the event.
fn story(setup: &Setup, trial: u32) -> Vec<(String, String)> {
    let (mut simulator, mut trace) = (Simulator::new(setup), Trace::default());
    simulator.run_traced(trial, &mut trace).expect("the trial ends well");
    let day = |day| setup.calendar.date(day).to_string();
    trace.occurrences.iter().map(|o| (day(o.day), o.channel.subject.clone())).collect()
}

fn days(setup: &Setup, trial: u32) -> Vec<String> {
    story(setup, trial).into_iter().map(|(day, _)| day).collect()
}

#[test]
fn an_event_of_a_window_happens_once_on_any_of_its_days() {
    let setup = setup("[events.x]\nwindow = [2003-03-01, 2003-12-30]\nHARMLESS");
    let day = |year, month, day| f64::from(setup.calendar.day(date(year, month, day)));
    let (first, last) = (day(2003, 3, 1), day(2003, 12, 30));
    let mut days = each_trial(&setup, 4000, |simulator| {
        assert_eq!(count(&setup, simulator, "event", "x"), 1);
        f64::from(simulator.record().first_day[0])
    });
    assert!(days.iter().all(|day| (first..=last).contains(day)));
    // Days are whole: spread over each, they are as uniform as what drew them.
    for (n, day) in days.iter_mut().enumerate() {
        *day += (n as f64 * 0.618_034).fract();
    }
    let uniform = |x: f64| ((x - first) / (last - first + 1.0)).clamp(0.0, 1.0);
    kolmogorov_smirnov("days of a window", &mut days, uniform);
}

#[test]
fn a_window_may_be_one_day_and_may_be_the_first_or_last() {
    let day = |window: &str| days(&setup(&format!("[events.x]\nwindow = {window}\nHARMLESS")), 0);
    assert_eq!(day("[2004-02-29, 2004-02-29]"), ["2004-02-29"]);
    assert_eq!(day("[2000-01-01, 2000-01-01]"), ["2000-01-01"]);
    assert_eq!(day("[2010-01-01, 2010-01-01]"), ["2010-01-01"]);
}

#[test]
fn an_occasion_is_taken_with_its_probability() {
    let dated = setup("[events.x]\ndate = 2001-01-01\nprobability = 0.3\nHARMLESS");
    let yes = counts(&dated, "x", 4000).iter().filter(|&&n| n > 0.0).count();
    probability("a date with probability .3", yes, 4000, 0.3);
    let never = setup("[events.x]\ndate = 2001-01-01\nprobability = 0\nHARMLESS");
    assert_eq!(counts(&never, "x", 50).iter().sum::<f64>(), 0.0);
    // A Poisson process of which each occasion is taken by chance is one of the lower rate.
    let rate = setup("[events.x]\nrate = 1.5\nprobability = 0.4\nHARMLESS");
    let (mean, variance) = moments(&counts(&rate, "x", 2000));
    within_four_errors("mean of a thinned rate", mean, 6.0, (6.0_f64 / 2000.0).sqrt());
    // The variance of a Poisson variable's sample variance: (mu + 2 mu^2) / n.
    within_four_errors("its variance", variance, 6.0, ((6.0_f64 + 72.0) / 2000.0).sqrt());
}

#[test]
fn once_is_the_probability_of_at_least_one() {
    let setup = setup("[events.x]\nrate = 0.2\nonce = true\nHARMLESS");
    let all = counts(&setup, "x", 4000);
    assert!(all.iter().all(|&n| n <= 1.0));
    let yes = all.iter().filter(|&&n| n > 0.0).count();
    probability("at least one of a rate", yes, 4000, 1.0 - (-2.0_f64).exp());
}

/// The time between two is the cooldown and an exponential variable: by the renewal theorem the
/// mean number within t is t / mean + (sd^2 - mean^2) / (2 mean^2) for large t, here with half a
/// year more at the start, where nothing has to cool down.
#[test]
fn a_cooldown_makes_a_renewal_process() {
    let text = format!("[events.x]\nrate = 2\ncooldown = 0.5\n{HARMLESS}");
    let setup = pair(40, "week", 0.25, "", &text);
    let (mean, variance) = moments(&counts(&setup, "x", 2000));
    let theory = 40.5 + (0.25 - 1.0) / 2.0;
    // An occasion within the last week of a cooldown may be a day early or late.
    let error = (variance / 2000.0).sqrt() + 0.02;
    within_four_errors("renewals in forty years", mean, theory, error);
    for trial in 0..20 {
        let days: Vec<_> = days(&setup, trial).iter().map(|day| date_of(day)).collect();
        assert!(days.windows(2).all(|two| (two[1] - two[0]).get_days() >= 182), "{days:?}");
    }
}

fn date_of(day: &str) -> jiff::civil::Date {
    day.parse().expect("a date")
}

#[test]
fn from_and_until_bound_a_rate() {
    let setup = setup("[events.x]\nrate = 3\nfrom = 2002-01-01\nuntil = 2003-12-31\nHARMLESS");
    let (mean, _) = moments(&counts(&setup, "x", 2000));
    within_four_errors("a rate of two years", mean, 6.0, (6.0_f64 / 2000.0).sqrt());
    for day in (0..50).flat_map(|trial| days(&setup, trial)) {
        assert!(("2002-01-01"..="2003-12-31").contains(&day.as_str()), "{day}");
    }
}

#[test]
fn what_is_required_comes_first_and_what_is_excluded_never_after() {
    let setup = setup(
        "[events.a]\nrate = 0.3\nonce = true\nexcludes = [\"b\"]\nHARMLESS\n\
         [events.b]\nrate = 0.1\nonce = true\nHARMLESS\n\
         [events.after-a]\nrate = 5\nrequires = [\"a\"]\nonce = true\nHARMLESS",
    );
    let (mut a_first, mut b_first) = (0, 0);
    for trial in 0..2000 {
        let names: Vec<_> = story(&setup, trial).into_iter().map(|(_, name)| name).collect();
        let at = |name: &str| names.iter().position(|n| n == name);
        match (at("a"), at("b")) {
            (Some(_), Some(_)) => panic!("both happened: {names:?}"),
            (Some(a), None) => {
                a_first += 1;
                assert!(at("after-a").is_none_or(|after| after > a), "{names:?}");
            }
            (None, b) => {
                assert!(at("after-a").is_none(), "{names:?}");
                b_first += usize::from(b.is_some());
            }
        }
    }
    // Competing risks.
    probability("a before b", a_first, a_first + b_first, 0.75);
    probability("neither", 2000 - a_first - b_first, 2000, (-4.0_f64).exp());
}

/// The days of an event `x` with these keys, where a pact is in force from 10 May 2001 to 10 May
/// 2002, and again from 10 May 2003.
fn while_a_pact_comes_and_goes(keys: &str) -> Vec<String> {
    let history = "
[treaties.pact]
members = [\"XAA\", \"XBB\"]
obligations = [\"defence\"]
[events.a1]\ndate = 2001-05-10\nactions = [{ sign = \"pact\" }]
[events.a2]\ndate = 2002-05-10\nactions = [{ terminate = \"pact\" }]
[events.a3]\ndate = 2003-05-10\nactions = [{ sign = \"pact\" }]
";
    let told = story(&setup(&format!("{history}[events.x]\nHARMLESS\n{keys}")), 0);
    told.into_iter().filter(|(_, name)| name == "x").map(|(day, _)| day).collect()
}

#[test]
fn a_condition_sets_off_its_event_each_time_it_comes_to_hold() {
    let with = while_a_pact_comes_and_goes;
    let bound = "when = \"bound(XAA, XBB, defence)\"";
    assert_eq!(with(bound), ["2001-05-10", "2003-05-10"]);
    assert_eq!(with(&format!("{bound}\nonce = true")), ["2001-05-10"]);
    assert_eq!(with(&format!("{bound}\ncooldown = 3")), ["2001-05-10"]);
    assert_eq!(with(&format!("{bound}\nuntil = 2003-01-01")), ["2001-05-10"]);
    // It held when the event was not yet possible: it comes to hold on the first day on which it may.
    assert_eq!(with(&format!("{bound}\nfrom = 2001-06-15")), ["2001-06-15", "2003-05-10"]);
    // What holds at the start happens on the first day.
    assert_eq!(with("when = \"not bound(XAA, XBB, defence)\""), ["2000-01-01", "2002-05-10"]);
}

#[test]
fn conditions_look_at_events_dates_and_the_past() {
    let when = |text: &str| while_a_pact_comes_and_goes(&format!("when = \"{text}\""));
    assert_eq!(when("fired('a2') and not fired('a3')"), ["2002-05-10"]);
    assert_eq!(when("times('event', 'a1') + times('event', 'a3') >= 2"), ["2003-05-10"]);
    let bound = "bound(XAA, XBB, defence)";
    assert_eq!(when(&format!("ever({bound}) and not {bound}")), ["2002-05-10"]);
    // Scores, today and the time since are looked at on step dates.
    assert_eq!(when("today >= 2004-03-15"), ["2004-04-01"]);
    assert_eq!(when(&format!("since({bound}) >= 0.5")), ["2001-12-01", "2003-12-01"]);
}

#[test]
fn conditions_set_each_other_off_on_one_day_in_the_order_of_their_causes() {
    let setup = setup(
        "[events.z-first]\ndate = 2001-02-03\nHARMLESS\n\
         [events.c]\nwhen = \"fired('b')\"\nHARMLESS\n\
         [events.b]\nwhen = \"fired('a')\"\nHARMLESS\n\
         [events.a]\nwhen = \"fired('z-first')\"\nHARMLESS",
    );
    let told = story(&setup, 0);
    let names: Vec<_> = told.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["z-first", "a", "b", "c"]);
    assert!(told.iter().all(|(day, _)| day == "2001-02-03"));
}

#[test]
fn events_without_end_fail_their_trial() {
    let setup = setup(
        "[treaties.pact]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"defence\"]\n\
         [events.off]\nwhen = \"signed('pact')\"\nactions = [{ terminate = \"pact\" }]\n\
         [events.on]\nwhen = \"not signed('pact')\"\nactions = [{ sign = \"pact\" }]",
    );
    let error = Simulator::new(&setup).run(0).expect_err("it has no end");
    assert_eq!(error, "more than 10000 events set each other off on one day");
}

/// Alignment after ten years of noise, with what the scenario says more.
fn drifted(sigma: f64, more: &str) -> u64 {
    let noise = format!("[processes.alignment]\non = true\nsigma = {sigma}\n");
    let setup = pair(10, "month", 0.25, &noise, more);
    let mut simulator = Simulator::new(&setup);
    let mut run = |trial| {
        simulator.run(trial).expect("the trial ends well");
        simulator.world().alignment[0].to_bits()
    };
    // The first trial again after another: nothing of that one is left.
    let (one, _, again) = (run(0), run(1), run(0));
    assert_eq!(one, again);
    one
}

#[test]
fn a_parameter_set_by_an_event_holds_from_then_on_and_in_its_trial_only() {
    let set = |date: &str| {
        let action = "{ set = \"processes.alignment.sigma\", to = 0.3 }";
        format!("[events.unrest]\ndate = {date}\nactions = [{action}]")
    };
    let (calm, wild) = (drifted(0.15, ""), drifted(0.3, ""));
    // From the first day it is as if the scenario had said so; on the last it changes nothing.
    assert_eq!(drifted(0.15, &set("2000-01-01")), wild);
    assert_eq!(drifted(0.15, &set("2010-01-01")), calm);
    let between = drifted(0.15, &set("2005-01-01"));
    assert!(between != calm && between != wild);
}

#[test]
fn a_state_joins_a_sanction_that_is_in_force_and_is_lifted_with_it() {
    let text = r#"
[sanctions.measures]
senders = ["XAA"]
targets = ["XBB"]
types = ["trade"]
[events.early]
when = "today >= 2001-01-01"
once = true
actions = [{ join = "measures", state = "XCC" }]
[events.impose]
date = 2002-01-01
actions = [{ impose = "measures" }]
[events.join]
date = 2003-01-01
actions = [{ join = "measures", state = "XCC" }]
[events.lift]
date = 2005-01-01
actions = [{ lift = "measures" }]
"#;
    let asked = |by: &str, at: &str| {
        format!("[outcomes.\"{by} {at}\"]\nholds = \"sanctioned(XBB, by = {by})\"\nat = {at}\n")
    };
    let dates = ["2001-06-01", "2002-06-01", "2004-06-01", "2005-06-01"];
    let outcomes: String =
        dates.iter().flat_map(|at| ["XAA", "XCC"].map(|by| asked(by, at))).collect();
    let text = format!("{text}{outcomes}");
    let setup = support::peers(&["XAA", "XBB", "XCC"], 0.0, "", &text);
    let answers = each_trial(&setup, 1, |simulator| simulator.record().answers.clone()).remove(0);
    let named = setup.outcomes.iter().zip(&answers).filter(|(_, answer)| answer.yes);
    let yes: Vec<_> = named.map(|(outcome, _)| outcome.name.as_str()).collect();
    assert_eq!(yes, ["XAA 2002-06-01", "XAA 2004-06-01", "XCC 2004-06-01"]);
}

#[test]
fn one_of_two_members_denounces_their_treaty() {
    let setup = setup(
        "[treaties.pact]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"defence\"]\n\
         signed = 1999-01-01\n\
         [events.x]\ndate = 2004-05-06\nactions = [{ denounce = \"pact\", state = \"XBB\" }]\n\
         [outcomes.before]\nholds = \"in_force('pact')\"\nat = 2004-05-05\n\
         [outcomes.after]\nholds = \"in_force('pact')\"\nat = 2004-05-06",
    );
    let answers = each_trial(&setup, 1, |simulator| simulator.record().answers.clone()).remove(0);
    assert_eq!([answers[0].yes, answers[1].yes], [true, false]);
}

#[test]
fn an_event_moves_nobody_elses_draws() {
    let others = "[events.y]\nrate = 1\nprobability = 0.5\nHARMLESS\n\
                  [events.w]\nwindow = [2001-01-01, 2009-01-01]\nprobability = 0.5\nHARMLESS\n";
    let more = "[events.x]\nrate = 2\nprobability = 0.5\ncooldown = 1\nHARMLESS\n\
                [events.v]\nwhen = \"times('event', 'x') > 3\"\nHARMLESS\n";
    let (without, with) = (setup(others), setup(&format!("{others}{more}")));
    for trial in 0..50 {
        let mut told = story(&with, trial);
        told.retain(|(_, name)| ["y", "w"].contains(&name.as_str()));
        assert_eq!(told, story(&without, trial), "trial {trial}");
    }
}

#[test]
fn a_set_constant_of_agreements_and_a_set_boost_hold_at_once() {
    let never = "[processes.pact]\nb0 = -50\nb_d = 0\nb_a = 0\nb_x = 0\nb_m = 0\n";
    let set = "[events.e]\ndate = 2005-01-01\nactions = [{ set = \"processes.pact.b0\", to = 10 }]";
    let setup = pair(10, "month", 0.25, never, set);
    assert_eq!(each_trial(&setup, 1, |s| count(&setup, s, "pact", "XAA-XBB")), [1]);

    let arms = "[processes.arms]\nr0 = 0\ndelivery_years = 9\n";
    let events = "[events.a]\ndate = 2001-01-01\nactions = [{ arm = \"XBB\", from = \"XAA\" }]
[events.b]\ndate = 2002-01-01\nactions = [{ set = \"processes.arms.boost\", to = 2 }]";
    let setup = pair(5, "month", 0.25, arms, events);
    let paid = each_trial(&setup, 1, |s| s.world().capability[1])[0];
    assert!((paid - 0.02).abs() < 1e-15, "{paid}");
}

#[test]
fn what_holds_on_the_day_from_which_it_counts_is_seen_before_it_ends() {
    // The pact ends on the day from which it counts: it is seen if anything else happens before.
    let contact = "[processes.contact]\nr0 = 50\nr_a = 0\n";
    let pact = "[treaties.pact]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"defence\"]\n\
                signed = 1990-01-01\n\
                [events.break]\ndate = 2000-03-15\nactions = [{ terminate = \"pact\" }]\n\
                [events.seen]\nwhen = \"signed('pact')\"\nfrom = 2000-03-15\nHARMLESS\n\
                [outcomes.held]\never = \"signed('pact')\"\nfrom = 2000-03-15\n";
    let setup = pair(1, "month", 0.25, contact, &pact.replace("HARMLESS", HARMLESS));
    let day = setup.calendar.day(date(2000, 3, 15));
    let mut simulator = Simulator::new(&setup);
    simulator.keep_log();
    let mut seen = 0;
    for trial in 0..300 {
        simulator.run(trial).expect("the trial ends well");
        let record = simulator.record();
        // The events are the first channels, and come after all else of their day.
        let before = record.log.iter().any(|noted| noted.day == day && noted.channel > 1);
        assert_eq!(record.answers[0].first_day, before.then_some(day), "trial {trial}");
        assert_eq!(record.counts[1] > 0, before, "trial {trial}");
        seen += u32::from(before);
    }
    // A contact falls on the day in 1 - exp(-50 / 366), 12.8 %, of the trials.
    probability("a contact on the day", seen as usize, 300, 1.0 - (-50.0_f64 / 366.0).exp());
}
