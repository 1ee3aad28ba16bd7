//! What an analyst is told about a scenario that is wrong.
//!
//! Every case breaks one small good scenario in one place; `tests/snapshots` holds what is said.

use detente::scenario::{LoadError, Wanted};
use proptest::prelude::*;

const GOOD: &str = r#"title = "Three states"
question = "Who binds whom?"

[run]
start = 2024-01-01
end = 2029-01-01
step = "month"
trials = 1000
seed = 7

[states]
XAA = { name = "Arland", capability = 0.02, isolation = 0.7, ideal_point = -1.0, source = "invented" }
XBB = { name = "Borland", capability = 0.01, isolation = 0.6, ideal_point = -1.1 }
KOR = { capability = 0.02, isolation = 0.3, ideal_point = 1.0 }

[dyads]
XAA-XBB = { distance_km = 0 }
KOR-XAA = { distance_km = 400, grievance = 1.0 }
KOR-XBB = { distance_km = 900, alignment = -0.5 }

[treaties.old]
members = ["XAA", "KOR"]
obligations = ["consultation"]
signed = 2001-05-04

[treaties.pact]
members = ["XAA", "XBB"]
owed_by = ["XAA"]
obligations = ["defence", "consultation"]
dimensions = ["military", "economic"]
source = "invented"

[sanctions.measures]
senders = ["KOR"]
targets = ["XBB"]
types = ["trade", "arms"]
since = 2020-01-01

[wars.border]
side_a = ["XBB"]
side_b = ["KOR"]

[events.signature]
date = 2025-06-19
actions = [{ sign = "pact" }, { shift_alignment = "XAA-XBB", by = 0.1, lasting = true }]

[events.clash]
rate = 0.05
actions = [{ start_war = "border" }]

[variant.no-pact]
without = ["events.clash"]
note = "a quiet border"

[outcomes.bound]
title = "A defence pact"
treaty = "defence"
between = "XAA-XBB"

[outcomes.isolated]
isolation = "XBB"
at = 2029-01-01
above = 0.6

[outcomes.close]
alignment = "XAA-XBB"
at = 2027-01-01
below = 0.9

[processes]
decay = { tau = 4.0 }
isolation = { on = true, w_tot = 8.7 }

[summary]
dyads = ["XAA-XBB", "KOR-XBB"]

[charts]
isolation = ["XBB"]
alignment = ["XAA-XBB"]
first_dates = ["bound"]
"#;

/// The good scenario with each `old` replaced by its `new`; every `old` occurs exactly once.
fn patched(patches: &[(&str, &str)]) -> String {
    patches.iter().fold(GOOD.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "`{old}` occurs once");
        text.replace(old, new)
    })
}

/// What is said about this scenario, which is wrong.
fn told(text: &str) -> String {
    match detente::scenario::parse(text, None) {
        Err(LoadError::Wrong(wrong)) => wrong.report(false).replace("scenario.toml", "broken.toml"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing is wrong with\n{text}"),
    }
}

/// Compares what is said about this scenario with `tests/snapshots`.
fn compare(name: &str, text: &str) {
    compare_told(name, &told(text));
}

fn compare_told(name: &str, told: &str) {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, told);
    });
}

/// A test for each case: its name, and the patches that break the good scenario.
macro_rules! cases {
    ($($name:ident: $($old:literal => $new:literal),+;)+) => {
        $(#[test]
        fn $name() {
            compare(stringify!($name), &patched(&[$(($old, $new)),+]));
        })+
    };
}

#[test]
fn the_good_scenario_is_good() {
    for variant in [None, Some("no-pact")] {
        if let Err(error) = detente::scenario::parse(GOOD, variant) {
            match error {
                LoadError::Wrong(wrong) => panic!("{}", wrong.report(false)),
                other => panic!("{other}"),
            }
        }
    }
}

/// Every verb with every key it takes, and every key of treaties, states, dyads and outcomes that the
/// good scenario does without.
#[test]
fn every_word_is_understood() {
    let actions = [
        "{ sign = \"pact\" }",
        "{ ratify = \"pact\" }",
        "{ terminate = \"old\" }",
        "{ accede = \"old\", state = \"XBB\" }",
        "{ withdraw = \"old\", state = \"XAA\" }",
        "{ impose = \"measures\" }",
        "{ lift = \"measures\" }",
        "{ lift_all = \"XBB\", from = \"KOR\" }",
        "{ start_war = \"border\" }",
        "{ end_war = \"border\" }",
        "{ hold_war = \"border\" }",
        "{ invoke = \"border\", state = \"KOR\" }",
        "{ invoke = \"border\", state = \"XAA\" }",
        "{ join_war = \"border\", state = \"XAA\", side = \"b\" }",
        "{ warn = \"XAA\", from = \"KOR\" }",
        "{ warn = \"XAA\", from = \"KOR\", years = 2.5 }",
        "{ arm = \"XAA\", from = \"XBB\" }",
        "{ dispute = \"XAA\", from = \"KOR\" }",
        "{ dispute = \"XAA\", from = \"KOR\", level = \"threat\" }",
        "{ dispute = \"XAA\", from = \"KOR\", level = \"display\" }",
        "{ dispute = \"XAA\", from = \"KOR\", level = \"force\" }",
        "{ attack = \"XAA\", from = \"KOR\" }",
        "{ contact = \"XBB-XAA\" }",
        "{ shift_alignment = \"KOR-XAA\", by = -0.1 }",
        "{ shift_isolation = \"XBB\", by = 0.1, lasting = true }",
    ];
    let mut patches = vec![(
        "{ start_war = \"border\" }".to_owned(),
        actions.iter().map(|action| format!("\n    {action},")).collect(),
    )];
    for (old, new) in [
        ("ideal_point = 1.0 }", "ideal_point = 1.0, last_force = 2024-01-01 }"),
        ("distance_km = 400", "distance_km = 400, contiguous = true"),
        ("distance_km = 0 }", "distance_km = 0, contiguous = false }"),
        ("signed = 2001-05-04", "signed = 2001-05-04\nopen = true\nratification = \"by chance\""),
        (
            "source = \"invented\"\n\n[sanctions",
            "ratification = \"by event\"\n\
             conditional = false\n\
             articles = { defence = \"article 4\", consultation = \"article 3\" }\n\n[sanctions",
        ),
        ("between = \"XAA-XBB\"", "between = \"XAA-XBB\"\nstage = \"signed\""),
        ("decay = {", "league = { on = true }\npact = { on = false }\ndecay = {"),
    ] {
        patches.push((old.to_owned(), new.to_owned()));
    }
    let patches: Vec<_> = patches.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    let text = patched(&patches);
    if let Err(LoadError::Wrong(wrong)) = detente::scenario::parse(&text, None) {
        panic!("{}", wrong.report(false));
    }
}

// TOML itself.
cases! {
    list_as_text: "senders = [\"KOR\"]" => "senders = \"KOR, XAA\"";
    list_without_brackets: "actions = [{ start_war = \"border\" }]" => "actions = { start_war = \"border\" }";
    toml_unclosed_string: "\"Three states\"" => "\"Three states";
    toml_unquoted_word: "step = \"month\"" => "step = month";
    toml_unclosed_list: "[\"XAA\", \"KOR\"]" => "[\"XAA\", \"KOR\"";
    toml_missing_value: "seed = 7" => "seed =";
    toml_header_unclosed: "[wars.border]" => "[wars.border";
    toml_duplicate_key: "seed = 7" => "seed = 7\nseed = 8";
    toml_duplicate_table: "[treaties.pact]" => "[treaties.old]";
    toml_word_of_another_type: "on = true" => "on = yes";
    toml_duplicate_state: "KOR = {" => "XAA = {";
    toml_date_literal: "start = 2024-01-01" => "start = 2024-02-30";
    toml_curly_quotes:
        "\"Three states\"" => "“Three states”",
        "step = \"month\"" => "step = \"month”",
        "[\"XAA\", \"KOR\"]" => "[“XAA”, “KOR”]",
        "[variant.no-pact]" => "[variant.‘no-pact’]",
        "without = [\"events.clash\"]" => "without = [\"events.clash”]";
    toml_decimal_comma:
        "isolation = 0.7, " => "isolation = 0,7, ",
        "alignment = -0.5 }" => "alignment = -0,5 }",
        "distance_km = 400" => "distance_km = 1,400",
        "rate = 0.05" => "rate = 0,05 # a year",
        "trials = 1000" => "trials = 1,000,000";
    toml_curly_and_open_later: "step = \"month\"" => "step = “month”", "senders = [\"KOR\"]" => "senders = [\"KOR\"";
    toml_not_the_quotes: "question = \"Who binds whom?\"" => "question = \"Who “binds” whom?\" whom?";
}

// Unknown keys, at every level.
cases! {
    key_root: "question =" => "qestion =";
    key_root_far: "question =" => "banana =";
    key_run: "trials =" => "trails =";
    key_run_needed: "start =" => "strat =";
    key_state: "capability = 0.01" => "capabilty = 0.01";
    key_dyad: "distance_km = 0 }" => "distance = 0 }";
    key_treaty: "owed_by" => "owedby";
    key_treaty_date: "signed = 2001" => "singed = 2001";
    key_treaty_obligations: "obligations = [\"consultation\"]" => "obligation = [\"consultation\"]";
    key_sanction: "types =" => "type =";
    key_war: "side_b" => "side_c";
    key_event: "date = 2025" => "dates = 2025";
    key_event_actions: "actions = [{ start_war" => "action = [{ start_war";
    key_action: "lasting = true" => "lastin = true";
    key_variant: "without" => "witout";
    key_outcome: "isolation = \"XBB\"" => "isolatoin = \"XBB\"";
    key_outcome_at: "above = 0.6" => "abov = 0.6";
    key_outcome_of_another_kind: "above = 0.6" => "above = 0.6\nbetween = \"XAA-XBB\"";
    key_process: "tau =" => "tua =";
    key_summary: "dyads = [\"XAA" => "dyad = [\"XAA";
    key_charts: "first_dates" => "first_date";
    section_states: "[states]" => "[state]";
    section_treaties: "[treaties.old]" => "[treaty.old]", "[treaties.pact]" => "[treaty.pact]";
    section_run: "[run]" => "[runs]";
    section_doubled: "[sanctions.measures]" => "[[sanctions]]";
    section_states_doubled: "[states]" => "[[states]]";
    section_without_name: "[wars.border]" => "[wars]";
}

// Missing keys.
cases! {
    missing_title: "title = \"Three states\"\n" => "";
    missing_run: "[run]\nstart = 2024-01-01\nend = 2029-01-01\nstep = \"month\"\ntrials = 1000\nseed = 7\n" => "";
    missing_start: "start = 2024-01-01\n" => "";
    missing_capability: "capability = 0.01, " => "";
    missing_isolation: "isolation = 0.3, " => "";
    missing_members: "members = [\"XAA\", \"KOR\"]\n" => "";
    missing_targets: "targets = [\"XBB\"]\n" => "";
    missing_side: "side_a = [\"XBB\"]\n" => "";
    missing_between: "between = \"XAA-XBB\"\n" => "";
    missing_at: "at = 2029-01-01\n" => "";
}

// Wrong types.
cases! {
    type_number: "capability = 0.01" => "capability = \"small\"";
    string_with_control_character: "title = \"A defence pact\"" => "title = \"A defence \\u0007pact\"";
    type_string: "title = \"Three states\"" => "title = 3";
    type_whole_number: "trials = 1000" => "trials = 10.5";
    type_boolean: "on = true" => "on = \"yes\"";
    type_date: "end = 2029-01-01" => "end = 2029";
    type_list: "targets = [\"XBB\"]" => "targets = \"XBB\"";
    type_list_element: "senders = [\"KOR\"]" => "senders = [82]";
    type_table: "decay = { tau = 4.0 }" => "decay = 4.0";
    type_section: "title = \"Three states\"" => "title = \"Three states\"
summary = 3", "[summary]
dyads = [\"XAA-XBB\", \"KOR-XBB\"]" => "";
    type_states: "[states]" => "[spare]", "title = \"Three states\"" => "title = \"Three states\"
states = 3";
    type_state: "KOR = { capability = 0.02, isolation = 0.3, ideal_point = 1.0 }" => "KOR = 0.02";
    type_actions: "actions = [{ start_war = \"border\" }]" => "actions = { start_war = \"border\" }";
    type_action: "{ start_war = \"border\" }" => "\"start_war border\"";
    type_verb: "start_war = \"border\"" => "start_war = [\"border\"]";
}

// Numbers out of range.
cases! {
    range_capability: "capability = 0.01" => "capability = 1.5";
    range_capability_zero: "capability = 0.01" => "capability = 0";
    range_isolation: "isolation = 0.7" => "isolation = 70";
    range_ideal_point: "ideal_point = -1.1" => "ideal_point = 1e300";
    range_distance: "distance_km = 0 " => "distance_km = -5 ";
    range_grievance: "grievance = 1.0" => "grievance = -1";
    range_alignment: "alignment = -0.5" => "alignment = -1.5";
    range_rate: "rate = 0.05" => "rate = -0.05";
    range_by: "by = 0.1" => "by = 10";
    range_above: "above = 0.6" => "above = 60";
    range_trials: "trials = 1000" => "trials = 0";
    range_seed: "seed = 7" => "seed = -7";
    range_parameter: "tau = 4.0" => "tau = 0";
    number_nan: "tau = 4.0" => "tau = nan";
    number_infinite: "tau = 4.0" => "tau = inf";
    number_huge: "tau = 4.0" => "tau = 99999999999999999999999999999999999999999999";
}

// States and dyads.
cases! {
    state_unknown: "targets = [\"XBB\"]" => "targets = [\"XBC\"]";
    state_foreign: "targets = [\"XBB\"]" => "targets = [\"FRA\"]";
    state_misspelt_code: "targets = [\"XBB\"]" => "targets = [\"RUZ\"]";
    state_lower_case: "targets = [\"XBB\"]" => "targets = [\"xbb\"]";
    state_full_name: "targets = [\"XBB\"]" => "targets = [\"Borland\"]";
    state_entry_lower_case: "KOR = {" => "kor = {";
    state_entry_misspelt: "KOR = {" => "KRO = {";
    state_by_number_and_code: "KOR = {" => "732 = { capability = 0.02, isolation = 0.3, ideal_point = 1.0 }\nKOR = {";
    state_no_such_number: "targets = [\"XBB\"]" => "targets = [\"999\"]";
    state_former_misspelt: "targets = [\"XBB\"]" => "targets = [\"auh\"]";
    state_only_one:
        "XBB = { name = \"Borland\", capability = 0.01, isolation = 0.6, ideal_point = -1.1 }\nKOR = { capability = 0.02, isolation = 0.3, ideal_point = 1.0 }\n" => "";
    dyad_unknown_state: "KOR-XBB = {" => "FRA-XBB = {";
    dyad_of_one: "KOR-XBB = {" => "XBB-XBB = {";
    dyad_no_hyphen: "KOR-XBB = {" => "KORXBB = {";
    dyad_dash: "between = \"XAA-XBB\"" => "between = \"XAA–XBB\"";
    dyad_lower_case: "KOR-XBB = {" => "kor-xbb = {";
    dyad_twice: "KOR-XBB = {" => "XBB-XAA = { distance_km = 1 }\nKOR-XBB = {";
    distance_missing_entry: "XAA-XBB = { distance_km = 0 }\n" => "";
    distance_missing_key: "distance_km = 400, " => "";
    distance_no_section:
        "[dyads]\nXAA-XBB = { distance_km = 0 }\nKOR-XAA = { distance_km = 400, grievance = 1.0 }\nKOR-XBB = { distance_km = 900, alignment = -0.5 }\n" => "";
    alignment_missing: "isolation = 0.3, ideal_point = 1.0" => "isolation = 0.3";
    capabilities_above_one: "capability = 0.01" => "capability = 0.9", "KOR = { capability = 0.02" => "KOR = { capability = 0.2";
    world_weight: "w_tot = 8.7" => "w_tot = 0.3";
    last_force_late: "ideal_point = 1.0 }" => "ideal_point = 1.0, last_force = 2024-01-02 }";
    last_force_no_date: "ideal_point = 1.0 }" => "ideal_point = 1.0, last_force = \"2023\" }";
    last_force_number: "ideal_point = 1.0 }" => "ideal_point = 1.0, last_force = 2023 }";
    last_force_misspelt: "ideal_point = 1.0 }" => "ideal_point = 1.0, lastforce = 2023-05-01 }";
    contiguous_no_boolean: "distance_km = 900" => "distance_km = 900, contiguous = \"yes\"";
    contiguous_number: "distance_km = 900" => "distance_km = 900, contiguous = 1";
    contiguous_misspelt: "distance_km = 900" => "distance_km = 900, contigous = true";
    distance_missing_for_consultation:
        "distance_km = 400, " => "",
        "decay = { tau = 4.0 }" => "decay = { tau = 4.0 }\npact = { on = false }";
    distance_missing_for_non_aggression:
        "distance_km = 400, " => "",
        "decay = { tau = 4.0 }" => "decay = { tau = 4.0 }\npact = { on = false }\nconsultation = { on = false }";
    distance_missing_for_partnership:
        "distance_km = 400, " => "",
        "decay = { tau = 4.0 }" => "decay = { tau = 4.0 }\npact = { on = false }\nconsultation = { on = false }\nnon_aggression = { on = false }";
    distance_missing_for_accession:
        "signed = 2001-05-04" => "signed = 2001-05-04\nopen = true",
        "distance_km = 400, " => "",
        "decay = { tau = 4.0 }" => "decay = { tau = 4.0 }\npact = { on = false }\nconsultation = { on = false }\nnon_aggression = { on = false }\npartnership = { on = false }";
    distance_missing_for_league:
        "XAA-XBB = { distance_km = 0 }\n" => "",
        "decay = { tau = 4.0 }" => "decay = { tau = 4.0 }\npact = { on = false }\nconsultation = { on = false }\nnon_aggression = { on = false }\npartnership = { on = false }\naccession = { on = false }\nleague = { on = true }";
}

// Treaties, sanctions, wars.
cases! {
    treaty_one_member: "[\"XAA\", \"KOR\"]" => "[\"XAA\"]";
    treaty_no_member: "[\"XAA\", \"KOR\"]" => "[]";
    treaty_member_twice: "[\"XAA\", \"KOR\"]" => "[\"XAA\", \"KOR\", \"XAA\"]";
    treaty_unknown_obligation: "[\"consultation\"]" => "[\"consultations\"]";
    treaty_american_spelling: "[\"consultation\"]" => "[\"defense\"]";
    treaty_unknown_dimension: "\"military\", \"economic\"" => "\"military\", \"cultural\"";
    treaty_misspelt_dimension: "\"military\", \"economic\"" => "\"militray\", \"economic\"";
    treaty_owed_by_outsider: "owed_by = [\"XAA\"]" => "owed_by = [\"KOR\"]";
    treaty_owed_by_nobody: "owed_by = [\"XAA\"]" => "owed_by = []";
    treaty_binds_nobody: "obligations = [\"consultation\"]\n" => "";
    treaty_military_unbound: "obligations = [\"defence\", \"consultation\"]\n" => "";
    treaty_not_military: "\"military\", \"economic\"" => "\"economic\"";
    treaty_signed_late: "signed = 2001-05-04" => "signed = 2024-05-04";
    treaty_never: "signed = 2001-05-04\n" => "";
    treaty_named_as_a_pact: "[treaties.old]" => "[treaties.\"pact XAA-XBB\"]";
    treaty_named_as_a_consultation: "[treaties.old]" => "[treaties.\"consultation XAA-XBB\"]";
    treaty_named_as_a_non_aggression: "[treaties.old]" => "[treaties.\"non-aggression KOR-XBB\"]";
    treaty_named_as_a_partnership: "[treaties.old]" => "[treaties.\"partnership KOR-XAA\"]";
    treaty_named_as_an_economic_agreement: "[treaties.old]" => "[treaties.\"economic XAA-XBB\"]";
    treaty_named_as_a_league: "[treaties.old]" => "[treaties.\"league XAA\"]";
    treaty_unknown_ratification: "signed = 2001-05-04" => "signed = 2001-05-04\nratification = \"parliament\"";
    treaty_misspelt_ratification: "signed = 2001-05-04" => "signed = 2001-05-04\nratification = \"at-signature\"";
    treaty_ratification_no_string: "signed = 2001-05-04" => "signed = 2001-05-04\nratification = true";
    treaty_ratified_by_no_event: "source = \"invented\"\n\n[sanctions" => "ratification = \"by event\"\n\n[sanctions";
    treaty_ratified_by_a_misspelt_event:
        "source = \"invented\"\n\n[sanctions" => "ratification = \"by event\"\n\n[sanctions",
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { ratify = \"pcat\" }";
    treaty_ratified_by_an_unreadable_event:
        "source = \"invented\"\n\n[sanctions" => "ratification = \"by event\"\n\n[sanctions",
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { ratfy = \"pact\" }";
    treaty_ratified_and_never_signed: "sign = \"pact\"" => "ratify = \"pact\"";
    treaty_neither_signed_nor_ratified:
        "source = \"invented\"\n\n[sanctions" => "ratification = \"by event\"\n\n[sanctions",
        "{ sign = \"pact\" }, " => "";
    treaty_conditional_no_boolean: "signed = 2001-05-04" => "signed = 2001-05-04\nconditional = \"no\"";
    treaty_open_no_boolean: "signed = 2001-05-04" => "signed = 2001-05-04\nopen = \"to all\"";
    treaty_open_list: "signed = 2001-05-04" => "signed = 2001-05-04\nopen = [\"XBB\"]";
    treaty_misspelt_flag: "signed = 2001-05-04" => "signed = 2001-05-04\nconditonal = false";
    articles_of_another_obligation: "signed = 2001-05-04" => "signed = 2001-05-04\narticles = { defence = \"article 4\" }";
    articles_unknown_key: "signed = 2001-05-04" => "signed = 2001-05-04\narticles = { preamble = \"article 1\" }";
    articles_american_spelling:
        "source = \"invented\"\n\n[sanctions" => "articles = { defense = \"article 4\" }\n\n[sanctions";
    articles_no_table: "signed = 2001-05-04" => "signed = 2001-05-04\narticles = \"article 3\"";
    articles_list: "signed = 2001-05-04" => "signed = 2001-05-04\narticles = [\"article 3\"]";
    articles_number: "signed = 2001-05-04" => "signed = 2001-05-04\narticles = { consultation = 3 }";
    articles_blank: "signed = 2001-05-04" => "signed = 2001-05-04\narticles = { consultation = \" \" }";
    articles_of_two_lines: "signed = 2001-05-04" => "signed = 2001-05-04\narticles = { consultation = \"articles\\n3 and 4\" }";
    sanction_of_oneself: "targets = [\"XBB\"]" => "targets = [\"XBB\", \"KOR\"]";
    sanction_no_types: "types = [\"trade\", \"arms\"]\n" => "";
    sanction_empty_types: "[\"trade\", \"arms\"]" => "[]";
    sanction_unknown_type: "[\"trade\", \"arms\"]" => "[\"trade\", \"weapons\"]";
    sanction_late: "since = 2020-01-01" => "since = 2030-01-01";
    sanction_never: "since = 2020-01-01\n" => "";
    war_both_sides: "side_b = [\"KOR\"]" => "side_b = [\"KOR\", \"XBB\"]";
    war_never: "{ start_war = \"border\" }" => "{ end_war = \"border\" }";
}

// Events and variants.
cases! {
    event_outside: "date = 2025-06-19" => "date = 2035-06-19";
    event_date_and_rate: "rate = 0.05" => "rate = 0.05\ndate = 2025-01-01";
    event_neither: "rate = 0.05\n" => "";
    event_no_actions: "actions = [{ start_war = \"border\" }]\n" => "";
    event_empty_actions: "[{ start_war = \"border\" }]" => "[]";
    event_empty_action: "{ start_war = \"border\" }" => "{}";
    event_unknown_verb: "start_war = \"border\"" => "invade = \"border\"";
    event_misspelt_verb: "start_war = \"border\"" => "startwar = \"border\"";
    event_two_verbs: "{ start_war = \"border\" }" => "{ start_war = \"border\", lift = \"measures\" }";
    event_unknown_treaty: "sign = \"pact\"" => "sign = \"pcat\"";
    event_unknown_sanction: "start_war = \"border\"" => "impose = \"border\"";
    event_unknown_war: "start_war = \"border\"" => "start_war = \"boarder\"";
    event_shift_without_by: "by = 0.1, " => "";
    event_shift_unknown_state: "shift_alignment = \"XAA-XBB\"" => "shift_alignment = \"XAA-FRA\"";
    event_by_for_sign: "sign = \"pact\" }" => "sign = \"pact\", by = 0.1 }";
    event_ratify_unknown: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { ratify = \"pcat\" }";
    event_ratify_sanction: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { ratify = \"measures\" }";
    event_accede_without_state: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { accede = \"old\" }";
    event_accede_unknown_treaty:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { accede = \"odl\", state = \"XBB\" }";
    event_accede_unknown_state:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { accede = \"old\", state = \"FRA\" }";
    event_accede_several_states:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { accede = \"old\", state = [\"XBB\"] }";
    event_accede_misspelt_state:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { accede = \"old\", sate = \"XBB\" }";
    event_withdraw_without_state: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { withdraw = \"old\" }";
    event_withdraw_sanction:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { withdraw = \"measures\", state = \"KOR\" }";
    event_withdraw_war:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { withdraw = \"border\", state = \"KOR\" }";
    event_invoke_unknown_war:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { invoke = \"boarder\", state = \"KOR\" }";
    event_invoke_bystander: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { invoke = \"border\", state = \"XAA\" }";
    event_join_war_belligerent: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { join_war = \"border\", state = \"KOR\", side = \"b\" }";
    event_join_war_without_side: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { join_war = \"border\", state = \"XAA\" }";
    event_join_war_unknown_side: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { join_war = \"border\", state = \"XAA\", side = \"c\" }";
    event_withdraw_bystander: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { withdraw = \"old\", state = \"XBB\" }";
    event_hold_war_before_it_begins:
        "rate = 0.05\nactions = [{ start_war = \"border\" }]" => "date = 2026-01-01\nactions = [{ start_war = \"border\" }]",
        "{ sign = \"pact\" }" => "{ sign = \"pact\" }, { hold_war = \"border\" }";
    event_ratify_before_signature:
        "source = \"invented\"\n\n[sanctions" => "ratification = \"by event\"\n\n[sanctions",
        "rate = 0.05\nactions = [{ start_war = \"border\" }]" => "date = 2024-06-01\nactions = [{ start_war = \"border\" }, { ratify = \"pact\" }]";
    treaty_conditional_without_defence: "signed = 2001-05-04" => "signed = 2001-05-04\nconditional = false";
    war_named_as_one_of_the_models:
        "[wars.border]" => "[wars.\"XBB>KOR\"]",
        "{ start_war = \"border\" }" => "{ start_war = \"XBB>KOR\" }";
    process_levels_beyond_one: "decay = { tau = 4.0 }" => "decay = { tau = 4.0 }\ncrisis = { share_threat = 0.6, share_display = 0.5 }";
    event_invoke_without_state: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { invoke = \"border\" }";
    event_invoke_unknown_state:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { invoke = \"border\", state = \"FRA\" }";
    event_invoke_treaty:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { invoke = \"pact\", state = \"XBB\" }";
    event_hold_war_of_a_treaty: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { hold_war = \"pact\" }";
    event_hold_war_unknown: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { hold_war = \"winter\" }";
    event_lift_all_without_from: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { lift_all = \"XBB\" }";
    event_lift_all_sanction:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { lift_all = \"measures\", from = \"KOR\" }";
    event_contact_unknown_state:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { contact = \"FRA-XAA\" }";
    event_contact_one_state: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { contact = \"XAA\" }";
    event_contact_list:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { contact = [\"XAA\", \"XBB\"] }";
    event_contact_from:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { contact = \"XAA-XBB\", from = \"XAA\" }";
    event_warn_without_from: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\" }";
    event_warn_misspelt_from:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\", form = \"KOR\" }";
    event_warn_dyad: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"KOR-XAA\" }";
    event_warn_oneself:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\", from = \"XAA\" }";
    event_warn_unknown_states:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"FRA\", from = \"DEU\" }";
    event_warn_too_long:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\", from = \"KOR\", years = 101 }";
    event_warn_backwards:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\", from = \"KOR\", years = -1 }";
    event_warn_years_no_number:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\", from = \"KOR\", years = \"two\" }";
    event_arm_without_from: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { arm = \"XAA\" }";
    event_arm_for_years:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { arm = \"XAA\", from = \"XBB\", years = 2 }";
    event_dispute_unknown_level:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { dispute = \"KOR\", from = \"XAA\", level = \"nuclear\" }";
    event_dispute_misspelt_level:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { dispute = \"KOR\", from = \"XAA\", level = \"Threats\" }";
    event_dispute_numbered_level:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { dispute = \"KOR\", from = \"XAA\", level = 4 }";
    event_dispute_with_oneself:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { dispute = \"KOR\", from = \"KOR\" }";
    event_attack_without_from: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { attack = \"XAA\" }";
    event_attack_lower_case:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { attack = \"XAA\", from = \"kor\" }";
    event_attack_by_level:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { attack = \"XAA\", from = \"KOR\", level = \"force\" }";
    event_attack_war: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { attack = \"border\", from = \"KOR\" }";
    event_state_for_sign: "sign = \"pact\" }" => "sign = \"pact\", state = \"XAA\" }";
    event_unknown_companion:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\", from = \"KOR\", reason = \"arms\" }";
    event_companions_only: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { from = \"KOR\" }";
    event_companions_and_nonsense:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { from = \"KOR\", threaten = \"XAA\" }";
    event_misspelt_new_verb: "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { atack = \"XAA\", from = \"KOR\" }";
    event_two_new_verbs:
        "{ start_war = \"border\" }" => "{ start_war = \"border\" }, { warn = \"XAA\", arm = \"XBB\", from = \"KOR\" }";
    event_three_verbs:
        "{ start_war = \"border\" }" => "{ contact = \"XAA-XBB\", sign = \"pact\", ratify = \"pact\" }, { start_war = \"border\" }";
    variant_path: "[variant.no-pact]" => "[variant.\"../../no pact\"]";
    variant_long_name: "[variant.no-pact]" =>
        "[variant.no-pact-0123456789-0123456789-0123456789-0123456789-0123456789-01234]";
    variant_no_letter: "[variant.no-pact]" => "[variant.\"..\"]";
    variant_unknown_event: "without = [\"events.clash\"]" => "without = [\"events.clashes\"]";
    variant_bare_name: "without = [\"events.clash\"]" => "without = [\"clash\"]";
    variant_no_list: "without = [\"events.clash\"]" => "without = \"events.clash\"";
    variant_no_key: "without = [\"events.clash\"]" => "without = [\"events.\", 3]";
    variant_unknown_key: "note = \"a quiet border\"" => "notes = \"a quiet border\"";
    variant_no_table: "[variant.no-pact]\nwithout = [\"events.clash\"]\nnote = \"a quiet border\"" =>
        "[variant]\nno-pact = \"clash\"";
    variant_extends: "note = \"a quiet border\"" => "extends = \"base.toml\"";
    variant_wrong_value: "note = \"a quiet border\"" => "states.XAA.isolation = 1.5";
    variant_both_timings: "without = [\"events.clash\"]" => "events.clash.date = 2025-01-01";
    variant_unused_treaty: "note = \"a quiet border\"" =>
        "treaties.new = { members = [\"XAA\", \"XBB\"], obligations = [\"defence\"] }";
    variant_missing_state: "without = [\"events.clash\"]" => "without = [\"states.KOR\"]";
    without_and_no_extends: "[run]" => "without = [\"events.clash\"]\n[run]";
    extends_as_text: "[run]" => "extends = \"base.toml\"\n[run]";
    default_no_table: "[dyads]" => "[dyads]\ndefault = 3";
    default_wrong_key: "[dyads]" => "[dyads]\ndefault = { distance = 3 }";
}

// Dates and the run.
cases! {
    date_no_such_day: "date = 2025-06-19" => "date = \"2025-02-30\"";
    date_literal_no_such_day: "date = 2025-06-19" => "date = 2025-02-30";
    date_word: "date = 2025-06-19" => "date = \"soon\"";
    date_with_time: "date = 2025-06-19" => "date = 2025-06-19T12:00:00";
    date_text_with_time: "date = 2025-06-19" => "date = \"2025-06-19T12:00\"";
    date_time_only: "date = 2025-06-19" => "date = 12:00:00";
    date_short: "date = 2025-06-19" => "date = \"2025-6-19\"";
    date_short_literal: "date = 2025-06-19" => "date = 2025-6-19";
    date_of_two_readings: "date = 2025-06-19" => "date = \"01/06/2025\"";
    date_slashes_literal: "end = 2029-01-01" => "end = 01/01/2029";
    date_points_literal: "end = 2029-01-01" => "end = 31.12.2029";
    date_in_words: "date = 2025-06-19" => "date = 19 June 2025";
    run_end_between_steps:
        "end = 2029-01-01" => "end = 2028-12-31",
        "date = 2025-06-19" => "date = 2028-12-24",
        "at = 2027-01-01" => "at = 2028-12-31";
    run_backwards: "end = 2029-01-01" => "end = 2019-01-01";
    run_shorter_than_a_step: "end = 2029-01-01" => "end = 2024-01-20";
    run_too_many_steps: "end = 2029-01-01\nstep = \"month\"" => "end = 9999-01-01\nstep = \"week\"";
    run_unknown_step: "step = \"month\"" => "step = \"fortnight\"";
    run_misspelt_step: "step = \"month\"" => "step = \"months\"";
}

// Outcomes, processes, summary and charts.
cases! {
    outcome_nothing: "isolation = \"XBB\"\n" => "";
    outcome_two_things: "isolation = \"XBB\"" => "isolation = \"XBB\"\nalignment = \"XAA-XBB\"";
    outcome_unknown_obligation: "treaty = \"defence\"" => "treaty = \"friendship\"";
    outcome_treaty_by_name: "treaty = \"defence\"" => "treaty = \"pact\"";
    outcome_at_and_by: "treaty = \"defence\"" => "treaty = \"defence\"\nat = 2025-01-01\nby = 2025-01-01";
    outcome_no_test: "above = 0.6\n" => "";
    outcome_both_tests: "above = 0.6" => "above = 0.6\nbelow = 0.9";
    outcome_by_instead_of_at: "at = 2029-01-01" => "by = 2029-01-01";
    outcome_outside: "at = 2029-01-01" => "at = 2029-06-01";
    outcome_unknown_state: "between = \"XAA-XBB\"" => "between = \"XAA-FRA\"";
    outcome_one_state: "between = \"XAA-XBB\"" => "between = \"XAA-XAA\"";
    outcome_no_dyad: "between = \"XAA-XBB\"" => "between = [\"XAA\", \"XBB\"]";
    outcome_list_of_dyad: "close]\nalignment = \"XAA-XBB\"" => "close]\nalignment = [\"xaa\", \"xbb\"]";
    outcome_list_of_strangers: "between = \"XAA-XBB\"" => "between = [\"Arland\", \"Borland\"]";
    outcome_unknown_stage: "treaty = \"defence\"" => "treaty = \"defence\"\nstage = \"planned\"";
    outcome_misspelt_stage: "treaty = \"defence\"" => "treaty = \"defence\"\nstage = \"in-force\"";
    outcome_stage_no_string: "treaty = \"defence\"" => "treaty = \"defence\"\nstage = 2";
    outcome_stage_of_a_score: "above = 0.6" => "above = 0.6\nstage = \"signed\"";
    outcome_stage_of_nothing: "treaty = \"defence\"" => "stage = \"signed\"";
    process_hyphenated: "decay = {" => "non-aggression = { on = false }\ndecay = {";
    process_new_parameter_out_of_range: "decay = {" => "attack = { p_war = 1.7 }\ndecay = {";
    process_new_parameter_misspelt: "decay = {" => "casus_foederis = { h_defense = 0.2 }\ndecay = {";
    process_on_no_boolean: "decay = {" => "league = { on = 1 }\ndecay = {";
    process_unknown: "decay =" => "decline =";
    process_misspelt: "decay =" => "decy =";
    process_unknown_parameter: "tau =" => "half_life =";
    chart_not_in_summary: "alignment = [\"XAA-XBB\"]" => "alignment = [\"KOR-XAA\"]";
    chart_of_two_states: "alignment = [\"XAA-XBB\"]" => "alignment = [\"XAA\", \"XBB\"]";
    chart_unknown_outcome: "first_dates = [\"bound\"]" => "first_dates = [\"bonud\"]";
    chart_with_too_many_curves: "first_dates = [\"bound\"]" =>
        "first_dates = [\"bound\", \"bound\", \"bound\", \"bound\", \"bound\", \"bound\", \"bound\", \"bound\"]";
    story_line_of_a_stranger: "[summary]" => "[summary]\nstory_lines = [\"bonud\"]";
    story_line_without_a_date: "[summary]" => "[summary]\nstory_lines = [\"bound\", \"isolated\"]";
    story_line_twice: "[summary]" => "[summary]\nstory_lines = [\"bound\", \"bound\"]";
    story_lines_no_list: "[summary]" => "[summary]\nstory_lines = \"bound\"";
    story_lines_of_too_many: "[summary]" =>
        "[summary]\nstory_lines = [\"bound\", \"bound\", \"bound\", \"bound\", \"bound\", \"bound\", \"bound\"]";
    score_between_steps: "at = 2027-01-01" => "at = 2027-01-15";
    title_blank: "title = \"A defence pact\"" => "title = \"  \"";
    theta_too_fast: "decay = { tau = 4.0 }" => "decay = { tau = 4.0 }\nalignment = { theta = 2.0 }",
        "step = \"month\"" => "step = \"year\"";
    title_of_two_lines: "title = \"A defence pact\"" => "title = \"A defence\\npact\"";
    run_beyond_memory: "end = 2029-01-01" => "end = 9000-01-01";
    chart_no_first_date: "first_dates = [\"bound\"]" => "first_dates = [\"isolated\"]";
}

// Several at once, and whole files.
cases! {
    many_at_once:
        "seed = 7" => "seed = -7",
        "capability = 0.01" => "capabilty = 0.01",
        "targets = [\"XBB\"]" => "targets = [\"xbb\"]",
        "date = 2025-06-19" => "date = 2025-02-30",
        "sign = \"pact\"" => "sign = \"pcat\"",
        "by = 0.1" => "by = 10",
        "at = 2029-01-01" => "at = 2031-01-01",
        "decay =" => "decy =",
        "first_dates = [\"bound\"]" => "first_dates = [\"close\"]";
}

#[test]
fn an_empty_file() {
    compare("empty_file", "");
}

/// What is said about a file of these bytes.
fn told_of_file(bytes: &[u8]) -> String {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("broken.toml");
    std::fs::write(&path, bytes).unwrap();
    match detente::scenario::load(&path, Wanted::default()) {
        Err(LoadError::Wrong(wrong)) => {
            wrong.report(false).replace(&path.display().to_string(), "broken.toml")
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing is wrong with the file"),
    }
}

#[test]
fn files_that_are_not_utf8() {
    let (before, after) = GOOD.split_once("Arland").unwrap();
    let latin1 = [before.as_bytes(), b"\xc5rland", after.as_bytes()].concat();
    let utf16: Vec<u8> =
        "\u{feff}title = \"x\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
    compare_told("file_latin1", &told_of_file(&latin1));
    compare_told("file_utf16", &told_of_file(&utf16));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert!(detente::scenario::parse(&format!("\u{feff}{GOOD}"), None).is_ok());
    compare("file_mark", &patched(&[("title = \"Three", "\u{feff}titel = \"Three")]));
}

#[test]
fn names_that_are_none() {
    let text = patched(&[
        ("[wars.border]", "[wars.\"\"]"),
        ("start_war = \"border\"", "start_war = \"\""),
        ("[outcomes.close]", "[outcomes.\"two\\nlines\"]"),
    ]);
    compare("names_blank", &text);
}

#[test]
fn json_is_one_problem() {
    compare(
        "json_manifest",
        "{\n  \"program\": \"detente\",\n  \"version\": \"0.1.0\",\n  \"trials\": 9\n}\n",
    );
    compare("json", "\u{feff} {\"states\": {\"XAA\": 1}}");
}

/// Of dates that are not known nothing else is said, and everything else is.
#[test]
fn where_dates_are_wrong_the_rest_is_checked_all_the_same() {
    for start in ["2022-13-01", "\"soon\""] {
        let text = patched(&[
            ("start = 2024-01-01", &format!("start = {start}")),
            ("start_war = \"border\"", "start_war = \"bordre\""),
            ("[outcomes.close]", "[outcomes.none]\never = \"at_war(XAA, XQQ)\"\n[outcomes.close]"),
        ]);
        let shown = told(&text);
        assert!(shown.ends_with("3 problems in broken.toml; nothing was run"), "{shown}");
        assert!(shown.contains("`border`") && shown.contains("XQQ"), "{shown}");
    }
    let folder = std::path::Path::new("scenarios");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let set = ["run.end=\"never\"".to_owned()];
        let wanted = detente::scenario::Wanted { set: &set, ..Default::default() };
        let Err(detente::scenario::LoadError::Wrong(wrong)) =
            detente::scenario::load(&path, wanted)
        else {
            panic!("{} is right", path.display());
        };
        let rules: Vec<_> = wrong.problems.iter().map(|problem| &problem.rule).collect();
        assert_eq!(rules.len(), 1, "{}: {rules:?}", path.display());
    }
}

#[test]
fn more_problems_than_are_shown() {
    let treaties: String = (0..60).map(|n| format!("[treaties.t{n}]\n")).collect();
    let shown = told(&format!("{GOOD}\n{treaties}"));
    assert!(shown.contains("... and 70 more"), "{shown}");
    assert!(shown.ends_with("120 problems in broken.toml; nothing was run"));
}

#[test]
fn a_variant_that_is_not_there() {
    let asked = |text: &str, name| match detente::scenario::parse(text, Some(name)) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("there is no variant {name}"),
    };
    insta::assert_snapshot!(asked(GOOD, "nopact"), @"the scenario has no variant `nopact`; did you mean `no-pact`?");
    insta::assert_snapshot!(asked(GOOD, "winter"), @"the scenario has no variant `winter`; one of: no-pact");
    // What is wrong with the file may be why the variant is not there.
    let misspelt = patched(&[("[variant.no-pact]", "[variants.no-pact]")]);
    insta::assert_snapshot!(asked(&misspelt, "no-pact"), @"1 problem");
}

#[test]
fn hostile_files_do_not_panic() {
    let deep_list = format!("title = {}1{}", "[".repeat(50_000), "]".repeat(50_000));
    let deep_key = format!("{}x = 1", "a.".repeat(50_000));
    let long_name = format!("[treaties.{}]\nmembers = [\"{0}\"]", "a".repeat(200_000));
    let letters = || (b'A'..=b'Z').map(char::from);
    let codes = letters().flat_map(|a| letters().map(move |b| format!("X{a}{b}")));
    let crowd: String = codes.map(|code| format!("{code} = {{ capability = 0.001 }}\n")).collect();
    for text in [
        &deep_list,
        &deep_key,
        &long_name,
        &format!("[states]\n{crowd}"),
        "states = 3",
        "[[states]]\nXAA = 1",
        "events = []",
        "[events]\nx = { actions = [[]] }",
        "[states]\n\"\" = {}\n\"é\" = { capability = 1e999 }\n\"日本\" = 1",
        "[treaties.\"\"]\nmembers = [\"\", \"\u{1f600}\", \"ÄÖÜ\"]",
        "[dyads]\n\"-\" = {}\n\"--\" = {}\n\"é-日\" = {}",
        "[run]\nstart = 0000-01-01\nend = 9999-12-31\nstep = \"week\"\ntrials = 0xffffffffffffffffff",
        "[run]\nstart = 9999-12-31\nend = 9999-12-31\nseed = 0b11",
        "\u{feff}title = \"x\"",
        "\0",
        "\u{1f600}%",
        "x = \u{1f600}80%",
        "title = \"\\uD800\"",
        "a = 1\r\nb\r= 2",
    ] {
        told(text);
    }
    for (old, new) in [
        ("distance_km = 400", "distance_km = 1e-320"),
        ("capability = 0.01", "capability = 4e-324"),
        ("members = [\"XAA\", \"KOR\"]", "members = []"),
        ("start = 2024-01-01", "start = 2028-12-01"),
        ("dyads = [\"XAA-XBB\", \"KOR-XBB\"]", "dyads = []"),
        ("[outcomes.close]", "[outcomes.\"日本 \u{1f600}\"]"),
        ("ideal_point = 1.0 }", "ideal_point = 1.0, last_force = 0000-01-01 }"),
        ("ideal_point = 1.0 }", "ideal_point = 1.0, last_force = 9999-12-31 }"),
        ("signed = 2001-05-04", "signed = 0000-01-01\nopen = true\narticles = {}"),
        ("{ start_war = \"border\" }", "{ from = [], warn = {}, years = {} }"),
        ("{ start_war = \"border\" }", "{ accede = \"\", state = \"\" }"),
        ("{ start_war = \"border\" }", "{ contact = \"é-日\", level = 1 }"),
        ("isolation = [\"XBB\"]", "isolation = []"),
    ] {
        let _ = detente::scenario::parse(&patched(&[(old, new)]), None);
    }
}

/// A random change to the good scenario.
#[derive(Clone, Debug)]
enum Slip {
    DropBytes(usize, usize),
    DropLine(usize),
    Swap(usize, usize),
    Repeat(usize),
}

fn slip() -> impl Strategy<Value = Slip> {
    let place = 0..GOOD.len();
    let lines = 0..GOOD.lines().count();
    prop_oneof![
        (place.clone(), 1..20_usize).prop_map(|(at, n)| Slip::DropBytes(at, n)),
        lines.clone().prop_map(Slip::DropLine),
        (place.clone(), place).prop_map(|(a, b)| Slip::Swap(a, b)),
        lines.prop_map(Slip::Repeat),
    ]
}

fn slipped(text: &str, slip: &Slip) -> String {
    let mut lines: Vec<_> = text.lines().collect();
    let mut bytes = text.as_bytes().to_vec();
    match *slip {
        Slip::DropBytes(at, n) => {
            let at = at.min(bytes.len());
            bytes.drain(at..(at + n).min(bytes.len()));
            return String::from_utf8(bytes).expect("the scenario is ASCII");
        }
        Slip::Swap(a, b) => {
            if a.max(b) < bytes.len() {
                bytes.swap(a, b);
            }
            return String::from_utf8(bytes).expect("the scenario is ASCII");
        }
        Slip::DropLine(n) if n < lines.len() => drop(lines.remove(n)),
        Slip::Repeat(n) if n < lines.len() => lines.insert(n, lines[n]),
        Slip::DropLine(_) | Slip::Repeat(_) => {}
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn slips_do_not_panic(slips in proptest::collection::vec(slip(), 1..5)) {
        let text = slips.iter().fold(GOOD.to_owned(), |text, slip| slipped(&text, slip));
        if let Err(LoadError::Wrong(wrong)) = detente::scenario::parse(&text, None) {
            prop_assert!(!wrong.problems.is_empty());
            wrong.report(true);
        }
    }
}
