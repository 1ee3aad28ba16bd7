//! Story lines against values worked out by hand and by a second way, and against the trials they name.

#[path = "support/typed.rs"]
mod program;
#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;

use detente::analysis::Results;
use detente::analysis::interval::wilson;
use detente::analysis::story_lines::Row;
use detente::engine::ensemble::{self, Plan};
use detente::scenario::setup::Setup;
use program::typed;
use support::{each_trial, pair, pair_text};

fn rows(setup: &Setup, trials: u64) -> Vec<Row> {
    let tally = ensemble::run(setup, Plan::new(trials), &|_| {}).expect("it runs");
    Results::new(setup, &tally).story_lines
}

/// An outcome that comes when the event of its name first happens.
fn event(name: &str, when: &str) -> String {
    format!(
        "[events.{name}]\n{when}\nactions = [{{ contact = \"XAA-XBB\" }}]\n\
         [outcomes.{name}]\ntitle = \"The {name} comes\"\never = \"fired('{name}')\"\n"
    )
}

/// Two events come at constant rates, independently: five lines, all of known probability.
#[test]
fn two_events_at_constant_rates_have_lines_of_known_shares() {
    let (a, b, years) = (0.6_f64, 0.3_f64, 4.0_f64);
    let more = event("frost", &format!("rate = {a}")) + &event("thaw", &format!("rate = {b}"));
    let setup = pair(4, "month", 0.5, "", &more);
    let n = 8_000;
    let rows = rows(&setup, n);
    let ever = |rate: f64| 1.0 - (-rate * years).exp();
    // The first comes by the end, and the second after it but not by then.
    let before = |first: f64, second: f64| {
        first / (first + second) * ever(first + second) - ever(first) * (1.0 - ever(second))
    };
    let shares = [
        ("none of them", (1.0 - ever(a)) * (1.0 - ever(b))),
        ("frost", ever(a) * (1.0 - ever(b))),
        ("thaw", (1.0 - ever(a)) * ever(b)),
        ("frost > thaw", before(a, b)),
        ("thaw > frost", before(b, a)),
    ];
    assert!((shares.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(rows.len(), shares.len());
    for (line, share) in shares {
        let row = rows.iter().find(|row| row.story_line == line).expect("it occurs");
        support::probability(line, row.trials as usize, n as usize, share);
        let (low, high) = wilson(row.trials, n);
        assert!((row.low - low).abs() < 1e-9 && (row.high - high).abs() < 1e-9);
    }
    assert_eq!(rows.iter().map(|row| row.trials).sum::<u64>(), n);
    // Where the frost comes alone, its day is that of an exponential time cut off at the end.
    let alone = rows.iter().find(|row| row.story_line == "frost").unwrap();
    let (mean, deviation) = alone.dates().next().unwrap();
    let left = (-a * years).exp() / ever(a);
    let theory = (1.0 / a - years * left) * 365.25;
    let spread = (1.0 / (a * a) - years * years * left / ever(a)).sqrt() * 365.25;
    let days = f64::from((mean - setup.calendar.start()).get_days());
    let error = spread / (alone.trials as f64).sqrt();
    support::within_four_errors("mean date", days, theory, error);
    assert!((deviation / spread - 1.0).abs() < 0.05, "{deviation} against {spread}");
}

/// Seven outcomes, of which the last is one too many; some come on one day.
fn seven() -> String {
    [
        ("late", "rate = 0.4"),
        ("fair", "date = 2002-05-05\nprobability = 0.5"),
        ("host", "date = 2002-05-05\nprobability = 0.5"),
        ("rare", "rate = 0.02"),
        ("span", "window = [2001-01-01, 2003-12-31]\nprobability = 0.7"),
        ("heir", "when = \"fired('fair')\"\nprobability = 0.8"),
        ("none", "rate = 1"),
    ]
    .map(|(name, when)| event(name, when))
    .concat()
}

/// Lines as a reader would work them out from the answers of each trial: by line the trials, and by
/// outcome the days.
fn by_hand(setup: &Setup, chosen: &[&str], trials: u32) -> BTreeMap<String, Vec<(u32, Vec<i32>)>> {
    let answers = each_trial(setup, trials, |simulator| simulator.record().answers.clone());
    let mut lines: BTreeMap<String, Vec<(u32, Vec<i32>)>> = BTreeMap::new();
    for (trial, answers) in (0..).zip(answers) {
        let day = |name: &str| {
            let place = setup.outcomes.iter().position(|outcome| outcome.name == name).unwrap();
            answers[place].first_day
        };
        let mut came: Vec<_> = chosen.iter().filter_map(|name| Some((day(name)?, *name))).collect();
        came.sort_by_key(|(day, _)| *day);
        let (days, names): (Vec<_>, Vec<_>) = came.into_iter().unzip();
        let line = if names.is_empty() { "none of them".to_owned() } else { names.join(" > ") };
        lines.entry(line).or_default().push((trial, days));
    }
    lines
}

fn agree(setup: &Setup, chosen: &[&str], n: u32) {
    let mut expected = by_hand(setup, chosen, n);
    let rows = rows(setup, n.into());
    assert_eq!(rows.len(), expected.len());
    for (rank, row) in (1..).zip(&rows) {
        let line = expected.remove(&row.story_line).expect("a trial has it");
        assert_eq!((row.rank, row.n, row.trials), (rank, n.into(), line.len() as u64));
        assert_eq!(row.trial, line[0].0, "{}", row.story_line);
        let dates: Vec<_> = row.dates().collect();
        assert_eq!(dates.len(), line[0].1.len(), "{}", row.story_line);
        for (place, (mean, deviation)) in dates.into_iter().enumerate() {
            let days: Vec<_> = line.iter().map(|(_, days)| f64::from(days[place])).collect();
            let (theory, variance) = support::moments(&days);
            let days = f64::from((mean - setup.calendar.start()).get_days());
            assert!((days - theory).abs() <= 0.5 + 1e-9, "{}", row.story_line);
            let spread = if line.len() == 1 { 0.0 } else { variance.sqrt() };
            assert!((deviation - spread).abs() < 1e-6, "{deviation} against {spread}");
        }
    }
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(row.trials)));
    assert_eq!(rows.iter().map(|row| row.trials).sum::<u64>(), u64::from(n));
}

#[test]
fn lines_are_those_of_the_trials() {
    let setup = pair(5, "month", 0.5, "", &seven());
    agree(&setup, &["late", "fair", "host", "rare", "span", "heir"], 700);
}

#[test]
fn of_those_of_one_day_the_one_listed_first_stands_first() {
    let of = |list: &str| {
        let more = seven() + &format!("[summary]\nstory_lines = {list}\n");
        pair(5, "month", 0.5, "", &more)
    };
    let lines = |setup: &Setup| -> Vec<_> {
        rows(setup, 300).into_iter().map(|row| row.story_line).collect()
    };
    let (one, other) = (of("[\"fair\", \"host\"]"), of("[\"host\", \"fair\"]"));
    agree(&other, &["host", "fair"], 300);
    assert!(lines(&one).contains(&"fair > host".to_owned()));
    assert!(!lines(&one).contains(&"host > fair".to_owned()));
    assert!(lines(&other).contains(&"host > fair".to_owned()));
    assert!(!lines(&other).contains(&"fair > host".to_owned()));
    assert_eq!(lines(&of("[]")), Vec::<String>::new());
}

#[test]
fn ties_of_rank_stand_in_the_order_of_the_outcomes_and_rows_are_read_back() {
    let setup = pair(5, "month", 0.5, "", &seven());
    let rows = rows(&setup, 60);
    let places =
        |row: &Row| detente::analysis::story_lines::outcomes(&setup, &row.story_line).unwrap();
    let tied: Vec<_> = rows.windows(2).filter(|pair| pair[0].trials == pair[1].trials).collect();
    assert!(!tied.is_empty());
    assert!(tied.iter().all(|pair| places(&pair[0]) < places(&pair[1])));
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.serialize(row).unwrap());
    let bytes = writer.into_inner().unwrap();
    let read = csv::Reader::from_reader(&bytes[..]).into_deserialize::<Row>();
    assert_eq!(read.collect::<Result<Vec<_>, _>>().unwrap(), rows);
}

/// The outcomes that a replayed trial tells of, by name, in the order of their first dates.
fn told(out: &str) -> String {
    let (_, answers) = out.split_once("Outcomes of this trial\n").expect("it answers outcomes");
    let mut came: Vec<_> = answers
        .lines()
        .filter_map(|line| {
            let (title, date) = line.strip_prefix("yes  ")?.split_once(", first on ")?;
            let name = title.strip_prefix("The ")?.strip_suffix(" comes")?;
            (name != "none").then_some((date, name))
        })
        .collect();
    // The sort is stable, and dates of ISO 8601 are in order as text.
    came.sort_by_key(|(date, _)| *date);
    let names: Vec<_> = came.into_iter().map(|(_, name)| name).collect();
    if names.is_empty() { "none of them".to_owned() } else { names.join(" > ") }
}

#[test]
fn the_trial_that_a_line_names_tells_it_when_it_is_replayed() {
    let home = tempfile::tempdir().expect("a directory for the test");
    let text = pair_text(5, "month", 0.5, "", &seven());
    fs::write(home.path().join("seven.toml"), text).unwrap();
    let run =
        ["run", "seven.toml", "--trials", "150", "--seed", "7", "--no-charts", "--out", "out"];
    let done = typed(home.path(), &run);
    assert_eq!(done.code, 0, "{}", done.err);
    let table = fs::read(home.path().join("out/story_lines.csv")).unwrap();
    let rows = csv::Reader::from_reader(&table[..]).into_deserialize::<Row>();
    let rows: Vec<_> = rows.collect::<Result<_, _>>().unwrap();
    assert!(rows.len() > 12, "{}", rows.len());
    for row in &rows {
        let trial = row.trial.to_string();
        let done = typed(home.path(), &["replay", "seven.toml", "--seed", "7", "--trial", &trial]);
        assert_eq!(told(&done.out), row.story_line, "{}", done.out);
    }
    // So do the commands that the report gives, for the lines it tells.
    let report = fs::read_to_string(home.path().join("out/report.html")).unwrap();
    let (_, section) = report.split_once("<h2 id=\"story-lines\">").expect("it has the section");
    let (section, _) = section.split_once("</section>").unwrap();
    let commands: Vec<_> = section.split("<code>detente ").skip(1).collect();
    assert_eq!(commands.len(), 8);
    for (command, row) in commands.iter().zip(&rows) {
        let (command, _) = command.split_once("</code>").unwrap();
        let words: Vec<_> = command.split(' ').collect();
        assert_eq!(told(&typed(home.path(), &words).out), row.story_line);
    }
    let rest: u64 = rows[8..].iter().map(|row| row.trials).sum();
    let share = format!("{:.1}\u{a0}%", 100.0 * rest as f64 / 150.0);
    let others = format!("The {} other lines are together those of {share}", rows.len() - 8);
    assert!(section.contains(&others), "{others}: {section}");
}

/// What was kept on the disk in between is what was counted.
#[test]
fn lines_of_merged_shards_are_those_of_one_process() {
    let home = tempfile::tempdir().expect("a directory for the test");
    let text = pair_text(5, "month", 0.5, "", &seven());
    fs::write(home.path().join("seven.toml"), text).unwrap();
    let run = ["run", "seven.toml", "--trials", "330"];
    let shard =
        |which| typed(home.path(), &[&run[..], &["--shard", which, "--out", "shards"]].concat());
    let merge = ["merge", "shards", "--no-charts", "--out", "merged"];
    let whole = typed(home.path(), &[&run[..], &["--no-charts", "--out", "whole"]].concat());
    for done in [whole, shard("1/3"), shard("2/3"), shard("3/3"), typed(home.path(), &merge)] {
        assert_eq!((done.code, done.err.as_str()), (0, ""));
    }
    for name in ["story_lines.csv", "report.html"] {
        let bytes = |folder: &str| fs::read(home.path().join(folder).join(name)).unwrap();
        assert!(bytes("merged") == bytes("whole"), "{name}");
    }
    let table = fs::read_to_string(home.path().join("whole/story_lines.csv")).unwrap();
    assert!(table.lines().count() > 20, "{table}");
}

#[test]
fn without_lines_there_is_a_table_without_rows_and_no_section() {
    let home = tempfile::tempdir().expect("a directory for the test");
    let none = seven() + "[summary]\nstory_lines = []\n";
    fs::write(home.path().join("none.toml"), pair_text(5, "month", 0.5, "", &none)).unwrap();
    let done =
        typed(home.path(), &["run", "none.toml", "--trials", "20", "--no-charts", "--out", "out"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let table = fs::read_to_string(home.path().join("out/story_lines.csv")).unwrap();
    assert_eq!(table.lines().count(), 1, "{table}");
    let report = fs::read_to_string(home.path().join("out/report.html")).unwrap();
    assert!(!report.contains("story-lines\""));
}

/// What comes in every trial in one way is said to be no finding, and what comes on one day to do so.
#[test]
fn a_report_says_what_every_trial_has_and_what_comes_on_one_day() {
    let home = tempfile::tempdir().expect("a directory for the test");
    let fixed = event("fair", "date = 2002-05-05") + &event("host", "date = 2002-05-05");
    fs::write(home.path().join("fixed.toml"), pair_text(5, "month", 0.5, "", &fixed)).unwrap();
    let done =
        typed(home.path(), &["run", "fixed.toml", "--trials", "20", "--no-charts", "--out", "out"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let report = fs::read_to_string(home.path().join("out/report.html")).unwrap();
    assert!(report.contains("Every trial has this line: the scenario supposes it"));
    assert_eq!(report.matches("<li class=\"same-day\">The host comes").count(), 1);
}
