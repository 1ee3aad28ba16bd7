//! The report as a file: what is in it, what is not, and that it comes out the same anywhere.

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/results.rs"]
mod support;

use std::fs;
use std::path::Path;

use support::{manifest, result, typed, write_scenario};

fn report(out: &Path) -> String {
    fs::read_to_string(out.join("report.html")).expect("there is a report")
}

/// What stands between a mark and another, each time.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

#[test]
fn a_report_is_the_same_from_another_folder_by_another_command() {
    let home = result(&["--seed", "9"]);
    let expected = report(&home.path().join("out"));
    let elsewhere = tempfile::tempdir().unwrap();
    let file = home.path().join("main.toml").display().to_string();
    let set = ["--set", "states.XAA.isolation=0.6", "--set", "title=It's changed"];
    let run = ["run", &file, "--seed=9", "--threads", "1", "--trials=150", "--variant=apart"];
    let done = typed(elsewhere.path(), &[&run[..], &set, &["--out", "other/place"]].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(report(&elsewhere.path().join("other/place")) == expected);
    let place = home.path().display().to_string();
    assert!(!expected.contains(&place), "no path is in it");
    let sha256 = manifest(&home.path().join("out"))["binary"]["sha256"].clone();
    assert!(!expected.contains(sha256.as_str().unwrap()), "a repetition may have another binary");
    // The command that it gives is the one that gives it again.
    let command = between(&expected, "<code>detente run ", "</code>")[0];
    assert_eq!(
        command,
        "main.toml --variant apart --set states.XAA.isolation=0.6 --set &#39;title=It&#39;\\&#39;&#39;s \
         changed&#39; --trials 150 --seed 9"
    );
}

/// From the folder of the scenario, and with a number for K: every command that a comparison's report gives
/// for it works as printed, and tells the same scenarios.
#[test]
fn the_commands_of_a_comparison_work_as_printed() {
    let home = tempfile::tempdir().unwrap();
    write_scenario(home.path());
    let main = home.path().join("main.toml");
    let events = "[events.visit]\ndate = 2000-06-01\nactions = [{ contact = \"XAA-XBB\" }]\n\
                  [events.toast]\ndate = 2000-07-01\nactions = [{ contact = \"XAA-XBB\" }]\n";
    fs::write(&main, fs::read_to_string(&main).unwrap() + events).unwrap();
    fs::write(
        home.path().join("other one.toml"),
        "extends = \"main.toml\"\ntitle = \"Another\"\n[states]\nXAA = { isolation = 0.2 }\n",
    )
    .unwrap();
    let of = |options: &[&str], out: &str| {
        let typed =
            typed(home.path(), &[&["compare", "main.toml"], options, &["--out", out]].concat());
        assert_eq!(typed.code, 0, "{options:?}: {}", typed.err);
        (typed.out, report(&home.path().join(out)))
    };
    let few = ["--trials", "64", "--seed", "3"];
    for (n, options) in [
        vec!["--variant", "apart"],
        vec!["--base", "apart", "other one.toml"],
        vec!["--without", "visit", "--set", "states.XAA.isolation=0.45", "--variant", "apart"],
        vec!["--with", "visit", "--with", "toast"],
        vec!["--variant", "apart", "--until", "ci_width(disputes) < 9", "--max-trials", "1_088"],
        vec![
            "--variant",
            "apart",
            "--set",
            "run.trials.until=ci_width(disputes) < 9",
            "--set",
            "run.trials.max=1_088",
        ],
    ]
    .into_iter()
    .enumerate()
    {
        // A number of trials would take the place of a rule.
        let by_rule = options.iter().any(|word| word.contains("until"));
        let few = if by_rule { &few[2..] } else { &few };
        let (_, text) = of(&[&options[..], few].concat(), &format!("out{n}"));
        let commands = between(&text, "<code>detente compare ", "</code>");
        let words = |command: &str| {
            let command = command.replace("&#39;", "'").replace("&#60;", "<");
            shlex(&command)
        };
        let [again, told] = commands[..] else { panic!("two commands: {commands:?}") };
        let again = words(again);
        let again: Vec<_> = again.iter().map(String::as_str).collect();
        let out = format!("again{n}");
        let typed_again =
            typed(home.path(), &[&["compare"], &again[..], &["--out", &out]].concat());
        assert_eq!(typed_again.code, 0, "{again:?}: {}", typed_again.err);
        let arms = |out: &str| {
            let arms = manifest(&home.path().join(out))["arms"].clone();
            let arms = arms.as_array().unwrap().iter().map(|arm| {
                ["name", "variant", "without", "set"].map(|field| arm[field].to_string())
            });
            arms.collect::<Vec<_>>()
        };
        assert_eq!(arms(&out), arms(&format!("out{n}")), "{again:?}");
        assert!(report(&home.path().join(&out)) == text, "{again:?}");
        let told = words(&told.replace("--trial K", "--trial 7"));
        let told: Vec<_> = told.iter().map(String::as_str).collect();
        let told = typed(home.path(), &[&["compare"], &told[..]].concat());
        assert_eq!(told.code, 0, "{}", told.err);
        assert!(told.out.contains("trial 7, seed 3"), "{}", told.out);
    }
}

/// Names without their folders do not tell files of several folders apart.
#[test]
fn no_command_is_printed_that_would_compare_other_files() {
    let home = tempfile::tempdir().unwrap();
    for folder in ["one", "two"] {
        fs::create_dir(home.path().join(folder)).unwrap();
        write_scenario(&home.path().join(folder));
    }
    let compare = ["compare", "one/main.toml", "two/main.toml", "--trials", "10", "--out", "out"];
    let typed = typed(home.path(), &compare);
    assert_eq!(typed.code, 0, "{}", typed.err);
    let text = report(&home.path().join("out"));
    assert!(text.contains("detente rerun DIR") && !text.contains("<code>detente compare "));
}

/// The words of a command as a shell takes them, quoted as `detente` quotes.
fn shlex(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words
}

#[test]
fn what_a_scenario_says_stays_text() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("hostile.toml"), hostile::SCENARIO).unwrap();
    let done = typed(home.path(), &["run", "hostile.toml", "--trials", "64", "--out", "out"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let text = report(&home.path().join("out"));
    for mark in ["<script", "</script", "<style", "</style", "<title>", "<meta http-equiv"] {
        assert!(text.matches(mark).count() <= 1 || mark == "<title>", "{mark}");
    }
    for mark in ["<img", "<b>", "<u>", "onerror=\"", "onclick=\""] {
        assert!(!text.contains(mark), "{mark}");
    }
    for number in 1..=6 {
        let call = format!("alert({number})");
        for place in text.match_indices(&call).map(|(place, _)| place) {
            let line = &text[text[..place].rfind(['\n', '>']).unwrap() + 1..place];
            assert!(line.contains("&#60;") || line.contains("&lt;"), "{call}: {line}");
        }
    }
}

/// A folder with the result `run`, and the comparison `both`.
fn run_and_both() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    write_scenario(home.path());
    let run = ["run", "main.toml", "--trials", "64", "--out", "run"];
    assert_eq!(typed(home.path(), &run).code, 0);
    let compare = ["compare", "main.toml", "--variant", "apart", "--trials", "64", "--out", "both"];
    assert_eq!(typed(home.path(), &compare).code, 0);
    home
}

#[test]
fn every_heading_drawing_and_table_is_what_it_should_be() {
    let home = run_and_both();
    for out in ["run", "both"] {
        let text = report(&home.path().join(out));
        let mut level = 0;
        for heading in between(&text, "<h", ">") {
            let Some(next) = heading.chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(next <= level + 1, "h{next} after h{level}");
            level = next;
        }
        assert_eq!(text.matches("<h1>").count(), 1);
        let drawings = between(&text, "<svg", ">");
        assert!(drawings.len() > 1, "{out}: {}", drawings.len());
        for drawing in drawings {
            assert!(
                drawing.contains("role=\"img\"") && drawing.contains("aria-label=\""),
                "{drawing}"
            );
        }
        for table in between(&text, "<table", "</table>") {
            assert!(table.contains("<caption") && !table.contains("<th>"), "{table}");
        }
        let ids = between(&text, " id=\"", "\"");
        let once: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{ids:?}");
        // The sections that were filled have headings of their own, and the menu leads to them.
        for link in between(&text, "<li><a href=\"#", "\"") {
            assert!(ids.contains(&link), "{link}");
        }
    }
}

/// On a dark screen nothing of a drawing keeps a colour that was meant for white paper, and its words are
/// those that the drawing itself tells.
#[test]
fn every_colour_of_a_drawing_has_its_dark_one_and_every_chart_its_words() {
    let home = run_and_both();
    for out in ["run", "both"] {
        let text = report(&home.path().join(out));
        let (style, body) = text.split_once("</style>").unwrap();
        let dark = style.rsplit_once("@media screen and (prefers-color-scheme: dark)").unwrap().1;
        let mut colours = 0;
        for attribute in ["fill", "stroke"] {
            for colour in between(body, &format!(" {attribute}=\"#"), "\"") {
                let rule = format!("svg [{attribute}=\"#{colour}\"] {{ {attribute}: #");
                assert!(dark.contains(&rule), "{out}: {attribute} #{colour}");
                colours += 1;
            }
        }
        assert!(colours > 100, "{out}: {colours}");
        let charts = between(body, "<figure class=\"chart\" ", "</figure>");
        assert!(charts.len() > 1, "{out}: {}", charts.len());
        for chart in charts {
            let told = between(chart, "<desc>", "</desc>")[0];
            let alt = between(chart, "<svg aria-label=\"", "\"")[0];
            let bare = |text: &str| text.replace(|c: char| !c.is_alphanumeric(), "");
            assert!(told.len() > 40 && bare(alt) == bare(told), "{alt}: {told}");
        }
    }
}

/// The map of alignment shows what the chart of the same name does: means over trials.
#[test]
fn the_map_shows_means() {
    let home = tempfile::tempdir().unwrap();
    let scenario = std::env::current_dir().unwrap().join("scenarios/classroom.toml");
    let run = ["run", &scenario.display().to_string(), "--trials", "64", "--out", "out"];
    assert_eq!(typed(home.path(), &run).code, 0);
    let out = home.path().join("out");
    let summary = fs::read_to_string(out.join("summary.csv")).unwrap();
    let head: Vec<_> = summary.lines().next().unwrap().split(',').collect();
    let at = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let (subject, mean, median) = (at("subject"), at("mean"), at("q50"));
    let of = |column: usize| {
        let mut all: Vec<Vec<i64>> = Vec::new();
        let mut last = String::new();
        for row in summary.lines().filter(|row| row.starts_with("alignment,")) {
            let cells: Vec<_> = row.split(',').collect();
            if cells[subject] != last {
                last = cells[subject].to_owned();
                all.push(Vec::new());
            }
            let value: f64 = cells[column].parse().unwrap();
            all.last_mut().unwrap().push((100.0 * value).round() as i64);
        }
        let mut ends: Vec<_> = all.iter().map(|of| [of[0], of[of.len() - 1]]).collect();
        ends.sort_unstable();
        ends
    };
    let text = report(&out);
    let cells = between(&text, "<g class=\"cell ", "</g>");
    let mut shown: Vec<_> = cells
        .iter()
        .flat_map(|cell| between(cell, "data-values=\"", "\""))
        .map(|values| {
            let values: Vec<i64> = values.split(' ').map(|value| value.parse().unwrap()).collect();
            [values[0], values[values.len() - 1]]
        })
        .collect();
    shown.sort_unstable();
    assert_eq!(shown, of(mean));
    assert_ne!(of(mean), of(median), "or nothing is told apart here");
    assert!(text.contains("Mean alignment of each pair"));
}

#[test]
fn a_report_without_charts_has_no_drawings_and_all_else() {
    let home = result(&["--no-charts"]);
    let text = report(&home.path().join("out"));
    assert!(!text.contains("<svg") && text.contains("This result was made without charts"));
    assert!(text.contains("What the trials say") && text.contains("How to get it again"));
    let listed = manifest(&home.path().join("out"));
    let last = listed["files"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["name"], "report.html");
    // It lists the hashes of all the others.
    for file in listed["files"].as_array().unwrap().iter().filter(|file| **file != last) {
        assert!(text.contains(file["sha256"].as_str().unwrap()), "{file}");
    }
}

/// Parameters that the scenario sets stand before all others.
#[test]
fn what_was_changed_is_told_first() {
    let home = result(&["--no-charts", "--set", "processes.crisis.delta=0.5"]);
    let text = report(&home.path().join("out"));
    let changed =
        text.split("Parameters that the scenario sets or leaves uncertain").nth(1).unwrap();
    let (changed, rest) = changed.split_once("</table>").unwrap();
    assert!(
        changed.contains("crisis.delta") && changed.contains("set by the scenario"),
        "{changed}"
    );
    assert!(changed.contains("crisis.b0") && changed.contains("uncertain here"), "{changed}");
    assert_eq!(between(changed, "<tr>", "</tr>").len(), 3, "a heading and two rows");
    let usual = rest.split("Parameters at their defaults").nth(1).unwrap();
    let (usual, _) = usual.split_once("</table>").unwrap();
    assert!(usual.contains("crisis.b_a") && !usual.contains("crisis.delta"), "{usual}");
}
