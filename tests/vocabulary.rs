//! The vocabulary of scenarios is that of the readers: every key that is asked for is in it, and
//! every key in it is asked for, with the type, the range and the need that it says.

use std::collections::BTreeSet;
use std::fs;

use detente::scenario::problem::Problem;
use detente::scenario::reader::bounds;
use detente::scenario::vocabulary::{
    Form, Group, Key, Kind, Need, SECTIONS, Section, Span, markdown, section,
};
use detente::scenario::{LoadError, Wanted, load, parse};

/// A scenario in which nothing is wrong, to which something is added.
const GOOD: &str = r#"
title = "Three states"
[run]
start = 2024-01-01
end = 2029-01-01
[states]
XAA = { capability = 0.02, isolation = 0.7, ideal_point = -1.0 }
XBB = { capability = 0.01, isolation = 0.6, ideal_point = -1.1 }
[dyads]
XAA-XBB = { distance_km = 0 }
"#;

/// A key that is none and near none.
const NO_KEY: &str = "qqqqqqqqqqqqqqqqqqqqqqqq";

/// A value that no key takes.
const ABSURD: &str = "[[{ absurd = 1 }]]";

fn problems(text: &str) -> Vec<Problem> {
    match parse(text, None) {
        Ok(_) => Vec::new(),
        Err(LoadError::Wrong(wrong)) => wrong.problems,
        Err(other) => panic!("{other}"),
    }
}

/// The good scenario with an entry of this section, in this form, that says this and what it must
/// to be of the form.
fn entry(section: &Section, form: Option<&Form>, says: &str) -> String {
    let form_key = form.map(|form| format!("{} = {}", form.key.name, form.key.example));
    let says: Vec<_> = form_key.iter().map(String::as_str).chain([says]).collect();
    let says: Vec<_> = says.into_iter().filter(|part| !part.is_empty()).collect();
    let (lines, inline) = (says.join("\n"), says.join(", "));
    match &*section.path {
        "" => says.join("\n"),
        "run" => format!("[run]\n{lines}"),
        "treaties.*.articles" => format!("{GOOD}[treaties.zzz]\narticles = {{ {inline} }}"),
        "events.*.actions" => format!("{GOOD}[events.zzz]\nactions = [{{ {inline} }}]"),
        "states.*" => format!("{GOOD}[states.XCC]\n{lines}"),
        "dyads.*" => format!("{GOOD}[dyads.XAA-XCC]\n{lines}"),
        path => format!("{GOOD}[{}]\n{lines}", path.replace('*', "zzz")),
    }
}

/// The full key of such an entry, as problems have it.
fn at(section: &Section, key: &Key) -> String {
    let path = match &*section.path {
        "states.*" => "states.XCC",
        "dyads.*" => "dyads.XAA-XCC",
        "events.*.actions" => "events.zzz.actions[0]",
        path => &path.replace('*', "zzz"),
    };
    if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) }
}

/// Sections with each of their forms; those without forms once.
fn all_forms() -> impl Iterator<Item = (&'static Section, Option<&'static Form>)> {
    SECTIONS.iter().flat_map(|section| {
        let bare = section.forms.is_empty().then_some((section, None));
        bare.into_iter().chain(section.forms.iter().map(move |form| (section, Some(form))))
    })
}

/// Every key with its section and form.
fn all_keys() -> impl Iterator<Item = (&'static Section, Option<&'static Form>, &'static Key)> {
    all_forms().flat_map(|(section, form)| {
        let with = form.into_iter().flat_map(|form| form.with);
        section.keys().chain(with).map(move |key| (section, form, key))
    })
}

#[test]
fn the_readers_ask_for_the_keys_of_the_vocabulary() {
    for (section, form) in all_forms().filter(|(section, _)| section.path != "variant.*") {
        // A process that is no section of its own.
        if section.path == "processes" {
            continue;
        }
        let told = problems(&entry(section, form, &format!("{NO_KEY} = 1")));
        let of = told.iter().find(|p| p.rule.contains(NO_KEY));
        let cure = of.and_then(|p| p.cure.as_deref()).unwrap_or_default();
        let asked = cure.strip_prefix("valid keys: ");
        let asked = asked.unwrap_or_else(|| panic!("{}: {told:?}", section.path));
        let asked: BTreeSet<_> = asked.split(", ").collect();
        let with = form.into_iter().flat_map(|form| form.with.iter().chain([&form.key]));
        let known: BTreeSet<_> = section.keys().chain(with).map(|key| key.name).collect();
        let form = form.map_or("", |form| form.key.name);
        assert_eq!(asked, known, "{} {form}", section.path);
    }
}

#[test]
fn every_process_is_a_section() {
    let holder = section("processes").expect("it is one");
    for key in &*holder.keys {
        assert!(section(&format!("processes.{}", key.name)).is_some(), "{}", key.name);
    }
}

#[test]
fn the_verbs_and_questions_are_those_of_the_readers() {
    let none = problems(&format!("{GOOD}[events.zzz]\nactions = [{{ by = 1 }}]\n[outcomes.zzz]"));
    for path in ["events.*.actions", "outcomes.*"] {
        let forms = section(path).expect("there is one").forms;
        let known: BTreeSet<_> = forms.iter().map(|form| form.key.name).collect();
        let listed = |p: &&Problem| p.cure.as_deref().is_some_and(|c| c.starts_with("one of: "));
        let lists = none.iter().filter(listed).map(|p| p.cure.as_deref().unwrap_or_default());
        let mut lists = lists.map(|cure| cure["one of: ".len()..].split(", ").collect());
        assert!(lists.any(|list: BTreeSet<_>| list == known), "{path}: {none:?}");
    }
}

/// A key that is given something absurd is spoken of; it is never said not to exist.
fn spoken_of(text: &str, key: &Key) {
    let told = problems(text);
    let place = text.find("[[{ absurd").expect("it is there");
    let absurd = place..place + ABSURD.len();
    let about = |p: &&Problem| {
        absurd.contains(&p.span.start) || p.rule.contains(&format!("`{}`", key.name))
    };
    assert!(told.iter().any(|p| about(&p)), "{}: {told:?}\n{text}", key.name);
    for problem in &told {
        assert!(!problem.rule.contains("has no key"), "{}: {problem:?}", key.name);
    }
}

#[test]
fn every_key_of_the_vocabulary_is_known_to_the_readers() {
    for (section, form, key) in all_keys() {
        spoken_of(&entry(section, form, &format!("{} = {ABSURD}", key.name)), key);
    }
    for (section, form) in all_forms() {
        if let Some(form) = form {
            let absurd = Form { key: Key { example: ABSURD, ..form.key }, ..*form };
            spoken_of(&entry(section, Some(&absurd), ""), &form.key);
        }
    }
    for section in &*SECTIONS {
        for key in section.beside() {
            spoken_of(&format!("{}.{} = {ABSURD}", section.holder(), key.name), key);
        }
    }
}

#[test]
fn ranges_are_those_of_the_readers() {
    for (section, form, key) in all_keys() {
        let (Kind::Number(span) | Kind::Uncertain(span)) = key.kind else { continue };
        if span.is_any() {
            continue;
        }
        let Span { low, high, .. } = span;
        let told = problems(&entry(section, form, &format!("{} = 1e300", key.name)));
        let rule = bounds(&at(section, key), &(low..=high));
        assert!(told.iter().any(|p| p.rule == rule), "{rule}: {told:?}");
        for edge in [low, high] {
            let told = problems(&entry(section, form, &format!("{} = {edge:e}", key.name)));
            assert!(told.iter().all(|p| p.rule != rule), "{edge} {told:?}");
        }
    }
    for (run, key) in ["run", "run.trials"]
        .map(section)
        .into_iter()
        .flatten()
        .flat_map(|section| section.keys.iter().map(move |key| (section, key)))
    {
        let (Kind::Whole(low, high) | Kind::WholeOr(low, high, _)) = key.kind else { continue };
        let rule = |value: &str| {
            let told = problems(&entry(run, None, &format!("{} = {value}", key.name)));
            told.iter().any(|p| p.rule.contains(&high.to_string()))
        };
        let (below, above) = (i128::from(low) - 1, i128::from(high) + 1);
        assert!(rule(&below.to_string()) && rule(&above.to_string()), "{}", key.name);
        assert!(!rule(&low.to_string()) && !rule(&high.min(u64::MAX / 2).to_string()));
    }
}

#[test]
fn what_must_be_there_is_what_the_readers_miss() {
    for (section, form, key) in all_keys().filter(|(section, ..)| section.path != "variant.*") {
        let told = problems(&entry(section, form, ""));
        let quoted = [format!("`{}`", key.name), format!("`[{}]`", key.name)];
        let missed = |p: &Problem| {
            let absent = p.found.contains("missing here") || p.found == "it has none";
            let needs = p.rule.contains("needs") || p.rule.contains("asks");
            absent && needs && quoted.iter().any(|name| p.rule.contains(name))
        };
        let missing = told.iter().any(missed);
        assert_eq!(missing, key.need == Need::Required, "{}: {told:?}", at(section, key));
    }
}

#[test]
fn groups_are_those_of_the_readers() {
    let value = |key: &Key| format!("{} = {}", key.name, key.example);
    for (section, form) in all_forms() {
        let with = form.into_iter().flat_map(|form| form.with);
        let keys: Vec<_> = section.keys().chain(with).collect();
        let find = |name: &str| *keys.iter().find(|key| key.name == name).expect("it is a key");
        let groups = section.groups.iter().chain(form.into_iter().flat_map(|form| form.groups));
        for group in groups {
            let [first, second, ..] = *group.keys() else { panic!("a group has two keys") };
            let (first, second) = (find(first), find(second));
            let both = format!("{}\n{}", value(first), value(second));
            let inline = both.replace('\n', ", ");
            let both = if section.path.ends_with("actions") { inline } else { both };
            let told = |says: &str, what: &str| {
                let told = problems(&entry(section, form, says));
                told.iter().any(|p| p.found.starts_with(what))
            };
            let told_both = told(&both, "it has `")
                || told(&both, "it has both")
                || told(&both, "this outcome has both");
            assert_eq!(told_both, !matches!(group, Group::Some(_)), "{both}");
            let told_none = ["it has none", "it has neither", "it binds nobody"];
            let told_none = told_none.iter().any(|what| told("", what));
            assert_eq!(told_none, !matches!(group, Group::AtMostOne(_)), "{both}");
        }
        for key in &keys {
            for other in key.not_with {
                let says = format!("{}\n{} = {}", value(find(other)), key.name, example(key));
                let told = problems(&entry(section, form, &says));
                let rule = format!("`{}` goes with", key.name);
                assert!(told.iter().any(|p| p.rule.starts_with(&rule)), "{says}: {told:?}");
            }
        }
    }
}

fn example(key: &Key) -> String {
    match (key.example, key.need) {
        ("", Need::Default(value)) => value.to_string(),
        (example, _) => example.to_owned(),
    }
}

/// Every example is right where it stands: laid over the scenario of Russia and North Korea.
#[test]
fn every_example_is_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("scenario.toml");
    let flagship = "scenarios/russia-north-korea-2024.toml";
    // The variants are read, too, which takes its time and says nothing about examples.
    let text = fs::read_to_string(flagship).expect("it is there");
    let (before, after) = text.split_once("[variant.").expect("it has variants");
    let (_, after) = after.split_once("[outcomes.").expect("and outcomes after them");
    fs::write(&file, format!("{before}[outcomes.{after}")).expect("it is written");

    for (section, form, key) in with_form_keys() {
        let example = example(key);
        if example.is_empty() || ["extends", "without"].contains(&key.name) {
            continue;
        }
        let set = changes(section, form, key, &example);
        if let Err(LoadError::Wrong(wrong)) = load(&file, Wanted { set: &set, ..Wanted::default() })
        {
            panic!("{set:?}: {}", wrong.report(false));
        }
    }
}

fn with_form_keys() -> impl Iterator<Item = (&'static Section, Option<&'static Form>, &'static Key)>
{
    let forms = all_forms().filter_map(|(section, form)| Some((section, form, &form?.key)));
    all_keys().chain(forms).filter(|(section, ..)| section.path != "variant.*")
}

/// Changes that give `key` its example in an entry that is right without it.
fn changes(section: &Section, form: Option<&Form>, key: &Key, example: &str) -> Vec<String> {
    let own = format!("{} = {example}", key.name);
    let form_key = form.map(|form| format!("{} = {}", form.key.name, form.key.example));
    let with = form.into_iter().flat_map(|form| form.with.iter());
    let needed = with.filter(|other| other.need == Need::Required && other.name != key.name);
    let mut says: Vec<_> =
        needed.map(|other| format!("{} = {}", other.name, other.example)).collect();
    says.extend(form_key.filter(|text| *text != own));
    let groups = form.into_iter().flat_map(|form| form.groups);
    for group in groups.filter(|group| matches!(group, Group::One(_))) {
        if !group.keys().contains(&key.name) {
            says.push(format!("{} = 0.6", group.keys()[0]));
        }
    }
    says.push(own.clone());
    let says = says.join(", ");
    match &*section.path {
        "" => vec![own],
        "run.trials" => {
            let until = "run.trials.until=\"ci_width(rus-prk) < 0.1\"".to_owned();
            vec![until, format!("run.trials.{own}")]
        }
        "summary" => vec![format!("summary.{own}"), "charts.alignment=[\"PRK-RUS\"]".to_owned()],
        "states.*" => vec![format!("states.PRK.{own}")],
        "dyads.*" => vec![format!("dyads.PRK-RUS.{own}")],
        "treaties.*" => vec![format!("treaties.comprehensive-partnership.{own}")],
        "treaties.*.articles" => vec![format!("treaties.nato.articles.{own}")],
        "sanctions.*" => vec![format!("sanctions.on-north-korea.{own}")],
        "wars.*" => vec![format!("wars.russia-ukraine.{own}")],
        "events.*" => vec![format!("events.zzz={{ {} }}", event(key, &own))],
        "events.*.actions" => {
            vec![format!("events.zzz={{ date = 2024-12-31, actions = [{{ {says} }}] }}")]
        }
        "outcomes.*" => vec![format!("outcomes.zzz={{ {says} }}")],
        "quantities.*" if key.name != "value" => {
            vec![format!("quantities.zzz={{ value = 1, {own} }}")]
        }
        "correlations.*" => {
            let (mut members, mut how) = (
                "members = [\"states.PRK.isolation\", \"states.RUS.isolation\"]",
                "correlation = 0.1",
            );
            if key.name == "members" {
                members = &own;
            } else if ["correlation", "matrix"].contains(&key.name) {
                how = &own;
            }
            let mut set = vec![
                "states.PRK.isolation=\"uniform(0.6, 0.7)\"".to_owned(),
                "states.RUS.isolation=\"uniform(0.5, 0.6)\"".to_owned(),
            ];
            let more = if [members, how].contains(&own.as_str()) {
                String::new()
            } else {
                format!(", {own}")
            };
            set.push(format!("correlations.zzz={{ {members}, {how}{more} }}"));
            set
        }
        path => vec![format!("{}.{own}", path.replace('*', "zzz"))],
    }
}

fn event(key: &Key, own: &str) -> String {
    let timing = ["date", "rate", "window", "when"];
    let mut says = vec![own.to_owned()];
    if !timing.contains(&key.name) {
        let when = if key.not_with.is_empty() { "date = 2024-06-19" } else { "rate = 0.5" };
        says.push(when.to_owned());
    }
    if key.name != "actions" {
        says.push("actions = [{ contact = \"PRK-RUS\" }]".to_owned());
    }
    says.join(", ")
}

/// docs/keys.md is generated, so that it cannot drift. Regenerate with
///
///     DETENTE_BLESS=1 cargo test --test vocabulary
#[test]
fn the_page_of_keys_is_that_of_the_code() {
    let (path, text) = ("docs/keys.md", markdown());
    if std::env::var_os("DETENTE_BLESS").is_some() {
        fs::write(path, &text).expect("it is written");
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(written == text, "{path} is not that of the code; see the head of this test");
}
