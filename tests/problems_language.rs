//! What an analyst is told about conditions, distributions, quantities, correlations, hypotheses and
//! the terms of events that are wrong. Every case breaks one good scenario in one place.

use detente::scenario::{LoadError, parse};

const GOOD: &str = r#"title = "Three states"
hypotheses = ["isolation_net"]

[run]
start = 2024-01-01
end = 2029-01-01

[states]
default = { isolation = 0.5 }
PRK = { capability = 0.014, ideal_point = -1.5, isolation = "normal(0.66, 0.02)" }
RUS = { capability = 0.038, ideal_point = "normal(-1.4, 0.1)" }
USA = { capability = 0.124, ideal_point = 2.1 }

[dyads]
default = { distance_km = 1000 }
PRK-RUS = { distance_km = 0, grievance = "uniform(0, 0.5)" }

[treaties.pact]
members = ["PRK", "RUS"]
obligations = ["defence"]

[treaties.league]
members = ["PRK", "RUS", "USA"]
obligations = ["consultation"]
signed = 2001-01-01

[sanctions.measures]
senders = ["USA"]
targets = ["PRK"]
types = ["trade"]
since = 2006-10-14

[wars.clash]
side_a = ["RUS"]
side_b = ["USA"]

[quantities]
bar = "uniform(0.55, 0.65)"
line = { value = 0.4, note = "assumed" }

[correlations.pair]
members = ["states.PRK.isolation", "quantities.bar"]
correlation = 0.5

[events.signature]
when = "isolation(PRK) < bar and not at_war(RUS, USA)"
once = true
actions = [{ sign = "pact" }]

[events.war]
rate = "uniform(0.01, 0.1)"
probability = 0.5
cooldown = 2
from = 2025-01-01
until = 2028-01-01
requires = ["signature"]
excludes = ["peace"]
actions = [{ start_war = "clash" }, { join = "measures", state = "RUS" }]

[events.peace]
window = [2026-01-01, 2026-12-31]
actions = [{ set = "processes.crisis.delta", to = 0.3 }, { denounce = "pact", state = "RUS" }]

[outcomes.bound]
ever = "bound(PRK, RUS, defence)"
from = 2024-06-01
by = 2028-06-01

[outcomes.fighting]
holds = "at_war(RUS)"
at = 2028-06-15

[outcomes.isolation]
value = "isolation(PRK)"
at = "end"

[outcomes.worst]
maximum = "isolation(PRK)"
until = 2028-01-01
above = 0.7

[variant.hot]
processes.crisis.b0 = -5
"#;

fn told(text: &str) -> String {
    match parse(text, None) {
        Err(LoadError::Wrong(wrong)) => wrong.report(false),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing is wrong with\n{text}"),
    }
}

#[test]
fn the_good_scenario_is_good() {
    for variant in [None, Some("hot")] {
        if let Err(LoadError::Wrong(wrong)) = parse(GOOD, variant) {
            panic!("{}", wrong.report(false));
        }
    }
}

/// A test for each case: its name, and the patches that break the good scenario.
macro_rules! cases {
    ($($name:ident: $($old:literal => $new:literal),+;)+) => {
        $(#[test]
        fn $name() {
            let mut text = GOOD.to_owned();
            for (old, new) in [$(($old, $new)),+] {
                assert!(text.contains(old), "{old} is not in the scenario");
                text = text.replacen(old, new, 1);
            }
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(stringify!($name), told(&text));
            });
        })+
    };
}

// Distributions in the place of numbers.
cases! {
    distribution_unknown: "normal(0.66, 0.02)" => "norml(0.66, 0.02)";
    distribution_no_spread: "normal(0.66, 0.02)" => "normal(0.66, 0)";
    distribution_one_number: "normal(0.66, 0.02)" => "normal(0.66)";
    distribution_no_number: "normal(0.66, 0.02)" => "normal(high, 0.02)";
    distribution_backwards: "uniform(0, 0.5)" => "uniform(0.5, 0)";
    distribution_outside: "normal(0.66, 0.02)" => "normal(0.66, 0.4)";
    distribution_far_outside: "uniform(0, 0.5)" => "uniform(-3, -2)";
    distribution_no_sum: "uniform(0, 0.5)" => "choice(0: 0.5, 1: 0.6)";
    distribution_no_mode: "uniform(0, 0.5)" => "triangular(0, 3, 1)";
    distribution_shape: "uniform(0, 0.5)" => "beta(0, 2)";
    distribution_truncated_to_nothing: "normal(0.66, 0.02)" => "truncated(normal(0.66, 0.02), 0.9, 1)";
    distribution_unclosed: "normal(0.66, 0.02)" => "normal(0.66, 0.02";
    distribution_is_a_condition: "normal(0.66, 0.02)" => "at_war(RUS, USA)";
    distribution_word: "normal(0.66, 0.02)" => "high";
    distribution_of_a_test: "above = 0.7" => "above = \"normal(0.7, 0.1)\"";
    distribution_of_trials: "end = 2029-01-01" => "end = 2029-01-01\ntrials = \"uniform(1, 9)\"";
    distribution_joint_theta: "hypotheses" => "processes.alignment.theta = \"uniform(1, 20)\"\nhypotheses";
}

// Slips that make a text no TOML.
cases! {
    toml_quotes_within: "\"isolation(PRK) < bar and not at_war(RUS, USA)\"" => "\"fired(\"peace\")\"";
    toml_condition_without_quotes: "\"isolation(PRK) < bar and not at_war(RUS, USA)\"" => "at_war(RUS, USA)";
    toml_distribution_without_quotes: "b0 = -5" => "b0 = normal(-5, 0.1)";
    toml_percent: "probability = 0.5" => "probability = 80%";
}

// What the processes count.
cases! {
    process_switched_by_a_word: "processes.crisis.b0 = -5" => "processes.crisis = off";
    times_of_a_process_that_is_off: "bound(PRK, RUS, defence)" => "times('league') > 0";
    times_of_one_switched_off: "ever = \"bound(PRK, RUS, defence)\"\n" => "ever = \"times('dispute', 'RUS>USA') > 0\"\n[processes.crisis]\non = false\n[outcomes.again]\never = \"at_war(RUS)\"\n";
    times_of_a_process_by_name: "bound(PRK, RUS, defence)" => "times('crisis') > 0";
    times_of_a_process_that_counts_nothing: "bound(PRK, RUS, defence)" => "times('alignment') > 0";
    times_of_what_nobody_can_do: "bound(PRK, RUS, defence)" => "times('accession') > 0";
}

// Quantities, correlations, hypotheses.
cases! {
    quantity_code: "bar = \"uniform" => "RUS = 1\nbar = \"uniform";
    quantity_of_the_language: "line = {" => "count = {";
    quantity_no_name: "line = {" => "\"a b\" = {";
    quantity_no_value: "value = 0.4, " => "";
    quantity_unknown_key: "note = \"assumed\" }" => "notes = \"assumed\" }";
    quantity_of_words: "bar = \"uniform(0.55, 0.65)\"" => "bar = \"between 0.55 and 0.65\"";
    quantity_of_two_ends: "bar = \"uniform(0.55, 0.65)\"" => "bar = [0.55, 0.65]";
    quantity_with_a_comma: "bar = \"uniform(0.55, 0.65)\"" => "bar = \"0,6\"";
    quantity_text: "{ value = 0.4, note = \"assumed\" }" => "\"much\"";
    correlation_unknown_key: "\"quantities.bar\"]" => "\"quantities.baz\"]";
    correlation_of_a_certain_number: "\"quantities.bar\"]" => "\"quantities.line\"]";
    correlation_too_high: "correlation = 0.5" => "correlation = 1.5";
    correlation_perfect: "correlation = 0.5" => "correlation = 1";
    correlation_neither: "correlation = 0.5\n" => "";
    correlation_both: "correlation = 0.5" => "correlation = 0.5\nmatrix = [[1, 0], [0, 1]]";
    correlation_matrix_shape: "correlation = 0.5" => "matrix = [[1, 0.5]]";
    correlation_matrix_asymmetric: "correlation = 0.5" => "matrix = [[1, 0.5], [0.4, 1]]";
    correlation_matrix_of_others: "correlation = 0.5" => "matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]";
    correlation_member_twice: "\"quantities.bar\"]" => "\"states.731.isolation\"]";
    correlation_of_a_process_that_is_off: "\"quantities.bar\"]\ncorrelation = 0.5" => "\"processes.pact.b_a\"]\ncorrelation = 0.5\n[processes.pact]\non = false\nb_a = \"normal(2, 0.1)\"";
    correlation_of_one: ", \"quantities.bar\"]" => "]";
    hypothesis_unknown: "isolation_net" => "isolation_nett";
    hypothesis_two_of_one: "\"isolation_net\"" => "\"isolation_net\", \"isolation_raw\"";
    hypothesis_no_list: "[\"isolation_net\"]" => "\"isolation_net\"";
}

// Events.
cases! {
    event_two_timings: "once = true" => "date = 2025-01-01";
    event_no_timing: "window = [2026-01-01, 2026-12-31]\n" => "";
    event_window_of_one: "[2026-01-01, 2026-12-31]" => "[2026-01-01]";
    event_window_backwards: "[2026-01-01, 2026-12-31]" => "[2026-12-31, 2026-01-01]";
    event_window_outside: "2026-12-31]" => "2036-12-31]";
    event_window_once: "window = [2026-01-01, 2026-12-31]" => "window = [2026-01-01, 2026-12-31]\nonce = true";
    event_probability: "probability = 0.5" => "probability = 50";
    event_cooldown: "cooldown = 2" => "cooldown = -2";
    event_from_after_until: "from = 2025-01-01" => "from = 2028-06-01";
    event_from_outside: "from = 2025-01-01" => "from = 2015-01-01";
    event_requires_unknown: "requires = [\"signature\"]" => "requires = [\"signatur\"]";
    event_requires_itself: "requires = [\"signature\"]" => "requires = [\"war\"]";
    event_requires_in_a_circle: "once = true" => "once = true\nrequires = [\"war\"]";
    event_requires_what_it_excludes: "excludes = [\"peace\"]" => "excludes = [\"signature\"]";
    event_excludes_itself: "excludes = [\"peace\"]" => "excludes = [\"war\"]";
    event_requires_a_later_one: "once = true" => "until = 2025-01-01\nrequires = [\"peace\"]";
    event_join_a_war: "{ join = \"measures\"" => "{ join = \"clash\"";
    event_join_unknown: "{ join = \"measures\"" => "{ join = \"measure\"";
    event_set_unknown: "processes.crisis.delta" => "processes.crisis.dleta";
    event_set_short: "processes.crisis.delta" => "crisis.delta";
    event_set_no_process: "processes.crisis.delta" => "processes.crises.delta";
    event_set_out_of_range: "to = 0.3" => "to = 30";
    event_set_off: "hypotheses" => "processes.crisis.on = false\nhypotheses";
    event_set_of_the_start: "processes.crisis.delta" => "processes.isolation.w_eco";
    event_set_no_value: ", to = 0.3" => "";
    event_denounce_of_three: "{ denounce = \"pact\"" => "{ denounce = \"league\"";
    event_denounce_no_member: "denounce = \"pact\", state = \"RUS\"" => "denounce = \"pact\", state = \"USA\"";
    event_join_its_target: "state = \"RUS\" }]\n\n[events.peace]" => "state = \"PRK\" }]\n\n[events.peace]";
    event_join_its_sender: "state = \"RUS\" }]\n\n[events.peace]" => "state = \"USA\" }]\n\n[events.peace]";
}

// What is acted on before it has begun.
cases! {
    early_accession: "when = \"isolation(PRK) < bar and not at_war(RUS, USA)\"\nonce = true" => "date = 2026-01-01",
        "[events.war]" => "[events.early]\ndate = 2024-06-01\nactions = [{ accede = \"pact\", state = \"USA\" }]\n\n[events.war]";
    early_denunciation_in_a_window: "when = \"isolation(PRK) < bar and not at_war(RUS, USA)\"\nonce = true" => "date = 2027-06-01",
        "requires = [\"signature\"]\n" => "";
    early_peace: "[events.war]" => "[events.early]\ndate = 2024-06-01\nactions = [{ end_war = \"clash\" }]\n\n[events.war]";
    early_joiner: "since = 2006-10-14" => "",
        "[events.war]" => "[events.imposed]\ndate = 2028-06-01\nactions = [{ impose = \"measures\" }]\n\n[events.war]";
}

// Conditions, where they stand in a scenario.
cases! {
    when_unknown_name: "isolation(PRK) < bar" => "isolation(PRK) < baar";
    when_unknown_state: "isolation(PRK) < bar" => "isolation(PKR) < bar";
    when_missing_state: "isolation(PRK) < bar" => "isolation(JPN) < bar";
    when_no_truth: "isolation(PRK) < bar and not at_war(RUS, USA)" => "isolation(PRK)";
    when_no_text: "\"isolation(PRK) < bar and not at_war(RUS, USA)\"" => "true";
    when_always: "isolation(PRK) < bar and not at_war(RUS, USA)" => "1 < 2";
    when_never: "isolation(PRK) < bar" => "isolation(PRK) > 60";
    when_nothing_but_a_keyword: "isolation(PRK) < bar" => "supplied(by = PRK)";
    when_single_equals: "isolation(PRK) < bar" => "isolation(PRK) = bar";
    when_several: "isolation(PRK) < bar and not at_war(RUS, USA)" => "isolatoin(PRK) < baar && at_war(RUS, RUS)";
    when_of_an_unknown_event: "not at_war(RUS, USA)" => "fired('signatures')";
    ever_a_number: "ever = \"bound(PRK, RUS, defence)\"" => "ever = \"count(s: bound(s, RUS, defence))\"";
    ever_at: "by = 2028-06-01" => "at = 2028-06-01";
    ever_backwards: "from = 2024-06-01" => "from = 2028-12-01";
    holds_no_date: "at = 2028-06-15\n" => "";
    holds_between_steps: "holds = \"at_war(RUS)\"" => "holds = \"isolation(RUS) > 0.5\"";
    value_a_truth: "value = \"isolation(PRK)\"" => "value = \"at_war(PRK)\"";
    value_two_tests: "at = \"end\"" => "at = \"end\"\nabove = 1\nbelow = 2";
    maximum_no_dates: "until = 2028-01-01" => "from = 2028-01-02\nuntil = 2028-01-20";
    maximum_at: "until = 2028-01-01" => "at = 2028-01-01";
    outcome_two_subjects: "holds = \"at_war(RUS)\"" => "holds = \"at_war(RUS)\"\nvalue = \"isolation(RUS)\"";
}

// Rules for the number of trials.
cases! {
    until_unknown_outcome: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fihgting) < 0.01\" }";
    until_unknown_function: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_widht(fighting) < 0.01\" }";
    until_several: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"width(fighting) < 0.01 and ci_width(bnd) < 0.1\" }";
    until_no_number: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting)\" }";
    until_not_above_zero: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 0\" }";
    until_negative: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < -0.01\" }";
    until_at_most: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) <= 0.01\" }";
    until_above: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) > 0.01\" }";
    until_turned: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"0.01 > ci_width(fighting)\" }";
    until_percent: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 1%\" }";
    until_in_percent: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 2\" }";
    until_or: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 0.1 or ci_width(bound) < 0.1\" }";
    until_ampersands: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 0.1 && ci_width(bound) < 0.1\" }";
    until_of_the_world: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"isolation(PRK) < 0.5\" }";
    until_no_width: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"fighting < 0.5\" }";
    until_two_outcomes: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting, bound) < 0.5\" }";
    until_no_outcome: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width() < 0.5\" }";
    until_nested: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(max(fighting)) < 0.5\" }";
    until_twice: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"0 < ci_width(fighting) < 0.5\" }";
    until_unclosed: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting < 0.5\" }";
    until_empty: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"\" }";
    until_missing: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { max = 1000 }";
    until_misspelt: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { untill = \"ci_width(fighting) < 0.1\", maximum = 10 }";
    until_no_text: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = 0.01 }";
    until_no_table: "end = 2029-01-01" => "end = 2029-01-01\ntrials = \"ci_width(fighting) < 0.1\"";
    until_min_above_max: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 0.1\", min = 2_000, max = 1_000 }";
    until_max_out_of_range: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 0.1\", max = 0, min = 2_000_000_000 }";
    until_outcome_of_a_variant: "end = 2029-01-01" => "end = 2029-01-01\ntrials = { until = \"ci_width(fighting) < 0.1\" }",
        "processes.crisis.b0 = -5" => "without = [\"outcomes.fighting\"]";
}
