//! What a newcomer types first: a scenario to begin with, completions, manual pages.

#[path = "support/typed.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;

use detente::scenario::LoadError;
use program::typed;

const TEMPLATE: &str = include_str!("../src/cli/init/template.toml");

#[test]
fn a_first_scenario_is_written_checked_and_run_as_it_says() {
    let home = tempfile::tempdir().unwrap();
    for (arguments, file) in [
        (&["init"][..], "scenario.toml"),
        (&["init", "deep/my region.toml"], "deep/my region.toml"),
    ] {
        let written = typed(home.path(), arguments);
        assert_eq!((written.code, written.err.as_str()), (0, ""));
        assert_eq!(fs::read_to_string(home.path().join(file)).unwrap(), TEMPLATE);
        let commands: Vec<_> =
            written.out.lines().filter_map(|line| line.strip_prefix("  detente ")).collect();
        assert_eq!(commands.len(), 2, "{}", written.out);
        for command in commands {
            let (verb, file) = command.split_once(' ').unwrap();
            let next = typed(home.path(), &[verb, file.trim_matches('\'')]);
            assert_eq!((next.code, next.err.as_str()), (0, ""), "{command}");
        }
    }
    assert!(home.path().join("results/scenario/summary.csv").exists());
    assert!(home.path().join("results/my region/charts/outcomes.png").exists());
}

#[test]
fn a_scenario_that_is_there_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("scenario.toml");
    fs::write(&file, "mine").unwrap();
    let refused = typed(home.path(), &["init"]);
    assert_eq!((refused.code, refused.out.as_str()), (4, ""));
    assert!(refused.err.contains("scenario.toml exists already; give --force"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(typed(home.path(), &["init", "--force"]).code, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), TEMPLATE);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left beside it");

    let below_a_file = typed(home.path(), &["init", "scenario.toml/other.toml"]);
    assert_eq!(below_a_file.code, 4);
    assert!(below_a_file.err.contains("cannot write"), "{}", below_a_file.err);
    let no_file = typed(home.path(), &["init", ".."]);
    assert_eq!(no_file.code, 4, "{}", no_file.err);
    assert_eq!(typed(home.path(), &["init", "..", "--force"]).code, 4);
}

#[test]
fn the_template_has_no_problem() {
    match detente::scenario::parse(TEMPLATE, None) {
        Ok(setup) => {
            assert_eq!((setup.frame.states(), setup.frame.events.len()), (3, 2));
            assert_eq!((setup.outcomes.len(), setup.frame.sanctions.len()), (2, 1));
        }
        Err(LoadError::Wrong(wrong)) => panic!("{}", wrong.report(false)),
        Err(other) => panic!("{other}"),
    }
}

/// A key of a table of its own has a comment above it where it first stands; those of tables in one line are listed in
/// the comment above their section, and those of actions named in the one above them.
#[test]
fn every_key_of_the_template_is_explained() {
    let (mut comment, mut listed, mut explained) =
        (String::new(), BTreeSet::new(), BTreeSet::new());
    for line in TEMPLATE.lines() {
        if let Some(words) = line.strip_prefix('#') {
            comment += words;
            listed.extend(words.split_whitespace().next());
            continue;
        }
        let inline = line.split(['{', ',']).skip(1).filter_map(|part| part.split_once(" = "));
        for key in inline.map(|(key, _)| key.trim()) {
            assert!(listed.contains(key) || comment.contains(key), "`{key}` in: {line}");
        }
        if line.starts_with('[') || line.is_empty() {
            comment.clear();
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('X')) {
            let first = explained.insert(key);
            assert!(!first || !comment.is_empty(), "no comment above: {line}");
        }
    }
    for key in ["name", "capability", "ideal_point", "last_force", "distance_km", "grievance"] {
        assert!(listed.contains(key), "{key} is listed");
    }
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = typed(home.path(), &["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        for word in [
            "init", "run", "rerun", "verify", "plot", "export", "check", "merge", "shards",
            "replay", "explain", "man", "trials",
        ] {
            assert!(script.out.contains(word), "{shell} knows {word}");
        }
    }
    let unknown = typed(home.path(), &["completions", "ksh"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("bash, elvish, fish, powershell, zsh"), "{}", unknown.err);
}

#[cfg(unix)]
#[test]
fn bash_completes_with_the_script() {
    let home = tempfile::tempdir().unwrap();
    let script = home.path().join("script");
    fs::write(&script, typed(home.path(), &["completions", "bash"]).out).unwrap();
    let completed = |words: &str, last: usize, so_far: &str| {
        let command = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={last}; _detente detente {so_far} x; echo ${{COMPREPLY[@]}}",
            script.display()
        );
        let output = std::process::Command::new("bash").args(["-c", &command]).output().ok()?;
        Some(String::from_utf8(output.stdout).expect("it prints text"))
    };
    let Some(commands) = completed("detente re", 1, "re") else {
        eprintln!("skipped: there is no bash");
        return;
    };
    assert_eq!(commands.trim(), "rerun replay");
    let options = completed("detente run --t", 2, "--t").unwrap();
    assert_eq!(options.trim(), "--trials --threads");
}

#[test]
fn there_is_a_manual_page_for_each_command() {
    let home = tempfile::tempdir().unwrap();
    let main = typed(home.path(), &["man"]);
    assert_eq!((main.code, main.err.as_str()), (0, ""));
    assert!(main.out.contains(".TH detente 1"), "{}", main.out);
    assert!(main.out.contains("detente\\-run(1)"), "{}", main.out);

    let folder = home.path().join("share/man1");
    let written = typed(home.path(), &["man", "--out", "share/man1"]);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    assert_eq!(written.out.trim(), "share/man1: 23 pages");
    let mut pages: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|page| page.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    let commands = [
        "check",
        "compare",
        "completions",
        "explain-function",
        "explain-hypothesis",
        "explain-key",
        "explain-process",
        "explain-scenario",
        "explain",
        "export",
        "init",
        "man",
        "merge",
        "plot",
        "replay",
        "rerun",
        "run",
        "schema",
        "shards-plan",
        "shards-status",
        "shards",
        "verify",
    ];
    let mut named: Vec<_> = commands.iter().map(|name| format!("detente-{name}.1")).collect();
    named.push("detente.1".to_owned());
    named.sort();
    assert_eq!(pages, named);
    assert_eq!(fs::read_to_string(folder.join("detente.1")).unwrap(), main.out);
    for page in &pages {
        let text = fs::read_to_string(folder.join(page)).unwrap();
        assert!(text.contains(&format!(".TH {} 1", page.trim_end_matches(".1"))), "{page}");
        assert!(text.contains(".SH DESCRIPTION"), "{page}");
    }
    let run = fs::read_to_string(folder.join("detente-run.1")).unwrap();
    assert!(run.contains("\\-\\-trials"), "{run}");

    fs::write(folder.join("detente.1"), "an old one").unwrap();
    assert_eq!(typed(home.path(), &["man", "--out", "share/man1"]).code, 0);
    assert_eq!(fs::read_to_string(folder.join("detente.1")).unwrap(), main.out);
    fs::write(home.path().join("file"), "x").unwrap();
    let refused = typed(home.path(), &["man", "--out", "file"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("cannot write file/detente.1"), "{}", refused.err);
}
