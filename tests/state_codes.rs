//! States by number, and states that are no more.

#[path = "support/scenarios.rs"]
mod support;

use support::{compile, each_trial};

/// Four states of 1914 and a treaty, under these names.
fn scenario(names: [&str; 4]) -> String {
    let [a, b, c, d] = names;
    format!(
        "title = \"July\"\n\
         [run]\nstart = 1914-01-01\nend = 1919-01-01\nseed = 7\n\
         [states]\n\
         {a} = {{ capability = 0.045, isolation = 0.3 }}\n\
         {b} = {{ capability = 0.145, isolation = 0.3 }}\n\
         {c} = {{ capability = 0.115, isolation = 0.4, last_force = 1913-05-01 }}\n\
         {d} = {{ capability = 0.006, isolation = 0.6, name = \"Serbia\" }}\n\
         [dyads]\n\
         {a}-{b} = {{ distance_km = 0, alignment = 0.6 }}\n\
         {a}-{c} = {{ distance_km = 0, alignment = -0.3 }}\n\
         {d}-{a} = {{ distance_km = 0, alignment = -0.5, grievance = 2 }}\n\
         {b}-{c} = {{ distance_km = 0, alignment = -0.2 }}\n\
         {b}-{d} = {{ distance_km = 400, alignment = 0.0 }}\n\
         {c}-{d} = {{ distance_km = 600, alignment = 0.5 }}\n\
         [treaties.dual]\nmembers = [\"{a}\", \"{b}\"]\nobligations = [\"defence\"]\nsigned = 1879-10-07\n\
         [events.ultimatum]\ndate = 1914-07-28\nactions = [{{ attack = \"{d}\", from = \"{a}\" }}]\n\
         [outcomes.war]\nisolation = \"{d}\"\nat = 1919-01-01\nabove = 0.6\n"
    )
}

#[test]
fn numbers_are_the_states_they_stand_for() {
    let codes = compile(&scenario(["AUH", "DEU", "RUS", "SRB"]));
    let numbers = compile(&scenario(["300", "255", "365", "345"]));
    assert_eq!(codes.frame.codes, numbers.frame.codes);
    let isolation = |setup| each_trial(setup, 20, |simulator| simulator.world().isolation.clone());
    assert_eq!(isolation(&codes), isolation(&numbers));
}

#[test]
fn a_former_state_is_called_by_its_code_unless_it_has_a_name() {
    let setup = compile(&scenario(["AUH", "GFR", "RUS", "YUG"]));
    let names: Vec<_> = setup.frame.names.iter().map(String::as_str).collect();
    assert_eq!(names, ["AUH", "GFR", "Russian Federation", "Serbia"]);
}
