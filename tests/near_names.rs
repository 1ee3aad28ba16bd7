//! What was mistyped on the command line is told with the name that may be meant, or with what there is.

#[path = "support/typed.rs"]
mod support;

use support::typed;

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("there is room");
    let done = typed(home.path(), &["init", "first.toml"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let run = ["run", "first.toml", "--trials", "8", "--out", "results/first", "--quiet"];
    assert_eq!(typed(home.path(), &run).code, 0);
    home
}

/// What each command says, below its exit code.
fn said(commands: &[&[&str]]) -> String {
    let home = home();
    let told = commands.iter().map(|arguments| {
        let refused = typed(home.path(), arguments);
        assert_eq!(refused.out, "", "{arguments:?}");
        format!("{} ({})\n{}\n", arguments.join(" "), refused.code, refused.err)
    });
    told.collect()
}

#[test]
fn a_path_that_is_not_there_is_likened_to_those_that_are() {
    insta::assert_snapshot!(said(&[
        &["run", "frist.toml"],
        &["check", "first"],
        &["check", "nothing/like/it.toml"],
        &["plot", "results/frist"],
        &["verify", "results/quite-different"],
    ]));
}

#[test]
fn a_trial_is_a_number_of_one() {
    insta::assert_snapshot!(said(&[
        &["replay", "first.toml", "--trial", "99999999999"],
        &["replay", "first.toml", "--trial", "-1"],
        &["replay", "first.toml", "--trial", "results/first"],
        &["replay", "results/first", "--trial", "3"],
        &["compare", "first.toml", "--without", "x", "--trial", "1.5"],
    ]));
}

#[test]
fn unknown_keys_and_relations_are_told_with_the_nearest_one() {
    insta::assert_snapshot!(said(&[
        &["run", "first.toml", "--set", "processes.crisis.dleta=0"],
        &["run", "first.toml", "--set", "processes.crises.delta=0"],
        &["run", "first.toml", "--set", "process.crisis.delta=0"],
        &["run", "first.toml", "--set", "crisis.delta=0"],
        &["export", "results/first", "--relation", "alliance"],
        &["export", "results/first", "--relation", "defense"],
    ]));
}
