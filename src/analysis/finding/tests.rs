//! Tests of `finding.rs`.

use super::*;
use crate::analysis::interval::wilson;
use jiff::civil::date;

fn row(title: &str, yes: u64, n: u64) -> outcomes::Row {
    let (low, high) = wilson(yes, n);
    outcomes::Row {
        outcome: title.to_lowercase(),
        title: title.into(),
        n,
        yes,
        probability: yes as f64 / n as f64,
        low,
        high,
        failed: 0,
        first_q05: None,
        first_q50: None,
        first_q95: None,
        scripted: 0.0,
    }
}

fn results(outcomes: Vec<outcomes::Row>, measures: Vec<measures::Row>) -> Results {
    Results {
        summary: Vec::new(),
        outcomes,
        measures,
        first_dates: Vec::new(),
        events: Vec::new(),
        variance: Vec::new(),
        blocks: Vec::new(),
        timeline: Vec::new(),
        cascades: Vec::new(),
        story_lines: Vec::new(),
        network: Vec::new(),
    }
}

fn setup() -> Setup {
    let text = include_str!("../../../scenarios/classroom.toml");
    crate::scenario::parse(text, None).expect("the scenario is right")
}

fn number(mean: f64, se: f64, [least, greatest]: [f64; 2]) -> measures::Row {
    measures::Row {
        outcome: "m".into(),
        title: "Number".into(),
        n: 900,
        missing: 0,
        mean: Some(mean),
        se: Some(se),
        sd: Some(30.0 * se),
        least: Some(least),
        q05: Some(least),
        q25: Some(least),
        q50: Some(mean),
        q75: Some(greatest),
        q95: Some(greatest),
        greatest: Some(greatest),
        failed: 0,
    }
}

#[test]
fn the_lead_is_the_first_outcome_that_is_open() {
    let rows = vec![row("Fixed", 1_000, 1_000), row("Second", 375, 1_000), row("Third", 1, 1_000)];
    let finding = of_run(&setup(), &results(rows, Vec::new()));
    let expected = "“Second” is unlikely: yes in 37.5 % of 1,000 trials, with a 95 % interval of \
                    34.6 to 40.5 %.";
    assert_eq!(finding.lead, [expected]);
    let headings: Vec<_> = finding.groups.iter().map(|group| group.heading.as_str()).collect();
    assert_eq!(
        headings,
        ["Unlikely (20 to 45 %)", "Almost no chance (below 5 %)", "In every trial"]
    );
}

#[test]
fn what_every_trial_says_is_not_a_finding() {
    let rows = vec![row("Always", 1_000, 1_000), row("Never", 0, 1_000)];
    let finding = of_run(&setup(), &results(rows, Vec::new()));
    assert!(
        finding.lead[0]
            .starts_with("No outcome that the scenario leaves open differs between trials: ")
    );
    assert_eq!(
        finding.groups[0].remark,
        "The scenario supposes it, or its probability is above 99.62 %: more cannot be told from \
         1,000 trials. Not a finding."
    );
    assert!(finding.groups[1].remark.contains("rules it out, or its probability is below 0.38 %"));
    assert!(finding.groups.iter().all(|group| group.remark.ends_with("Not a finding.")));
}

#[test]
fn even_odds_first_dates_and_uncertain_numbers_are_remarks() {
    let mut even = row("Even", 500, 1_000);
    even.first_q05 = Some(date(2025, 3, 1));
    even.first_q50 = Some(date(2026, 4, 2));
    even.first_q95 = Some(date(2027, 5, 3));
    let mut all = results(vec![even], Vec::new());
    let mut share = variance::Row {
        metric: "outcome".to_owned(),
        subject: "even".into(),
        date: None,
        pairs: 100,
        variance: Some(0.25),
        numbers: Some(0.0316),
        chance: Some(0.22),
        share: Some(0.13),
        low: Some(0.1),
        high: Some(0.16),
    };
    all.variance = vec![share.clone()];
    let items = of_run(&setup(), &all).groups.remove(0).items;
    assert_eq!(
        items[0].remarks,
        [
            "It cannot be told apart from 50 %.",
            "The uncertain numbers move this probability by 18 points (one standard deviation), \
             which the interval leaves out.",
            "Where it came, half the time by April 2026, nine times in ten from March 2025 to May 2027.",
        ]
    );
    // As fine as they are known.
    let came = |to, yes| {
        let mut row = row("Came", yes, 1_000);
        (row.first_q05, row.first_q50) = (Some(date(2025, 3, 1)), Some(date(2025, 3, 4)));
        row.first_q95 = Some(to);
        first_dates(&row).unwrap()
    };
    assert_eq!(
        [came(date(2025, 3, 9), 500), came(date(2025, 3, 9), 9), came(date(2025, 3, 1), 500)],
        [
            "Where it came, half the time by 4 March 2025, nine times in ten from 1 March 2025 to \
             9 March 2025.",
            "Where it came, nearly always in March 2025.",
            "Where it came, nearly always on 4 March 2025.",
        ]
    );
    // What may be nothing is not said.
    share.low = Some(0.0);
    all.variance = vec![share];
    let items = of_run(&setup(), &all).groups.remove(0).items;
    assert!(!items[0].remarks.iter().any(|remark| remark.contains("uncertain")));
}

#[test]
fn measures_have_as_many_digits_as_they_are_known_to() {
    let shown = measure(&number(0.630_21, 0.000_2, [0.59, 0.66]));
    assert_eq!(
        (shown.estimate.as_str(), shown.interval.as_str()),
        ("0.63021", "0.62982 to 0.63060")
    );
    let constant = measure(&number(2.0, 0.0, [2.0, 2.0]));
    assert_eq!((constant.estimate.as_str(), constant.interval.as_str()), ("2.0000", ""));
    assert!(constant.remarks[0].starts_with("The same in every trial"));
    let none = measures::Row { mean: None, n: 0, missing: 9, ..number(0.0, 0.0, [0.0, 0.0]) };
    assert_eq!(measure(&none).estimate, "none");
}

#[test]
fn a_scenario_without_outcomes_has_a_finding_too() {
    let finding = of_run(&setup(), &results(Vec::new(), Vec::new()));
    assert!(finding.lead[0].contains("asks for no outcomes"));
    let finding = of_run(&setup(), &results(Vec::new(), vec![number(1.0, 0.1, [0.0, 2.0])]));
    assert_eq!(
        finding.lead,
        ["“Number” is 1.00 on average over 900 trials, with a 95 % interval of 0.80 to 1.20."]
    );
}
