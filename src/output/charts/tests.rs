use super::*;
use crate::engine::ensemble::{self, Plan};
use crate::engine::experiment::{Experiment, Findings};
use crate::output::charts::theme::THEMES;

const FLAGSHIP: &str = include_str!("../../../scenarios/russia-north-korea-2024.toml");

mod lines;
mod narrow;
mod series;

const TRIALS: u64 = 40;

/// What is made of a run of a scenario.
fn of_run<T>(text: &str, trials: u64, make: impl Fn(Shown<'_>) -> T) -> T {
    let setup = crate::scenario::parse(text, None).expect("the scenario is right");
    let tally = ensemble::run(&setup, Plan::new(trials), &|_| {}).unwrap();
    make(Shown::Run(&setup, &Results::new(&setup, &tally)))
}

/// Every drawing, in each theme.
fn drawn(shown: Shown<'_>) -> [Vec<Drawn>; 3] {
    THEMES.map(|theme| draw(shown, theme, |_| true).unwrap())
}

/// Every drawing of a scenario, in each theme.
fn drawings(text: &str) -> [Vec<Drawn>; 3] {
    of_run(text, TRIALS, drawn)
}

/// Every drawing of a comparison of a scenario with some of its variants, in each theme.
fn compared(text: &str, variants: &[&str]) -> [Vec<Drawn>; 3] {
    of_comparison(text, variants, TRIALS, drawn)
}

/// What is made of a comparison of a scenario with some of its variants.
fn of_comparison<T>(
    text: &str,
    variants: &[&str],
    trials: u64,
    make: impl Fn(Shown<'_>) -> T,
) -> T {
    let of = |variant| crate::scenario::parse(text, variant).expect("the scenario is right");
    let base = of(None);
    let others: Vec<_> = variants.iter().map(|variant| of(Some(variant))).collect();
    let others: Vec<_> = others.iter().collect();
    let experiment = Experiment::comparison(&base, &others).unwrap();
    let mut findings = Findings::new(&experiment);
    ensemble::extend(&experiment, &mut findings, Plan::new(trials), &|_| {}).unwrap();
    let names: Vec<_> = ["base"].iter().chain(variants).map(ToString::to_string).collect();
    let comparison = Comparison::new(&experiment, &names, &findings);
    make(Shown::Comparison(Compared { setup: &base, comparison: &comparison, names: &names }))
}

fn hold_geometry(text: &str) {
    for (drawings, theme) in drawings(text).iter().zip(THEMES) {
        let of_runs = KINDS.iter().filter(|kind| matches!(kind.of, Of::Run(_)));
        assert_eq!(drawings.len(), of_runs.count());
        hold_geometry_of(drawings, theme);
    }
}

fn hold_geometry_of(drawings: &[Drawn], theme: &Theme) {
    let narrow = drawings.iter().filter_map(|drawn| Some((&drawn.name, drawn.narrow.as_ref()?)));
    let narrow: Vec<_> =
        narrow.map(|(name, drawing)| (format!("narrow {name}"), drawing)).collect();
    assert!(!narrow.is_empty());
    let wide = drawings.iter().map(|drawn| (drawn.name.clone(), &drawn.drawing));
    for (name, drawing) in wide.chain(narrow) {
        let name = format!("{name}, {}", theme.name);
        let (boxes, (width, height)) = png::text_boxes(&drawing.svg);
        assert!(boxes.len() > 8, "{name} has its labels: {}", boxes.len());
        for (n, a) in boxes.iter().enumerate() {
            let inside =
                a.left() >= 0.0 && a.top() >= 0.0 && a.right() <= width && a.bottom() <= height;
            assert!(inside, "{name}: {a:?} leaves the sheet of {width} x {height}");
            for b in &boxes[n + 1..] {
                let apart = a.right() <= b.left()
                    || b.right() <= a.left()
                    || a.bottom() <= b.top()
                    || b.bottom() <= a.top();
                assert!(apart, "{name}: texts overlap: {a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn no_text_of_the_flagship_leaves_its_sheet_or_overlaps_another() {
    hold_geometry(FLAGSHIP);
}

#[test]
fn neither_does_one_of_a_comparison() {
    let several = ["no-pact", "west-does-not-react-no-pact", "no-deterrence"];
    for (variants, sheets) in [(&several[..1], 3), (&several[..], 7)] {
        for (drawings, theme) in compared(FLAGSHIP, variants).iter().zip(THEMES) {
            assert_eq!(drawings.len(), sheets);
            hold_geometry_of(drawings, theme);
        }
    }
}

/// A world of so many states in three blocs, the later the more capable.
fn world(states: usize) -> String {
    let code = |n: usize| {
        format!("X{}{}", (b'A' + (n / 26) as u8) as char, (b'A' + (n % 26) as u8) as char)
    };
    let entries: String = (0..states)
        .map(|n| {
            let (code, capability) = (code(n), 0.001 * (n + 1) as f64);
            let place = [-1.5, 0.2, 1.7][n % 3] + 0.01 * n as f64;
            format!(
                "{code} = {{ name = \"State of Number {n}\", capability = {capability}, isolation = 0.4, \
                 ideal_point = {place} }}\n"
            )
        })
        .collect();
    // Each bloc has a pact of its first three, and imposes sanctions on the next bloc's first.
    let blocs = (0..3.min(states)).map(|bloc| {
        let of = |n: usize| code((bloc + 3 * n) % states);
        let other = code((bloc + 1) % 3.min(states));
        let members: std::collections::BTreeSet<_> = [of(0), of(1), of(2), other.clone()].into();
        let members = members.into_iter().collect::<Vec<_>>().join("\", \"");
        format!(
            "[treaties.t{bloc}]\nmembers = [\"{members}\"]\nobligations = [\"defence\", \"consultation\"]\n\
             signed = 1990-01-01\n[sanctions.s{bloc}]\nsenders = [\"{}\"]\ntargets = [\"{other}\"]\n\
             types = [\"trade\"]\nsince = 1999-01-01\n",
            of(0)
        )
    });
    let relations: String = blocs.collect();
    // Each may attack the next one, whose allies are asked.
    let attacks: String = (0..states)
        .map(|n| {
            let (from, target) = (code(n), code((n + 1) % states));
            format!(
                "[events.attack{n}]\ndate = 2000-04-01\nprobability = 0.3\n\
                 actions = [{{ attack = \"{target}\", from = \"{from}\" }}]\n"
            )
        })
        .collect();
    format!(
        "title = \"{states} states\"\n[run]\nstart = 2000-01-01\nend = 2002-01-01\nstep = \"quarter\"\n\
         [states]\n{entries}[dyads]\ndefault = {{ distance_km = 1000 }}\n{relations}{attacks}[outcomes.pact]\n\
         treaty = \"defence\"\nbetween = \"XAA-XAB\"\nby = 2002-01-01\n"
    )
}

#[test]
fn neither_does_one_of_a_large_world() {
    hold_geometry(&world(3));
    hold_geometry(&world(40));
}

/// The same with a treaty of every other state.
fn world_with_a_treaty_of_many(states: usize) -> String {
    let code = |n: usize| {
        format!("X{}{}", (b'A' + (n / 26) as u8) as char, (b'A' + (n % 26) as u8) as char)
    };
    let members: Vec<_> = (0..states).step_by(2).map(code).collect();
    format!(
        "{}[treaties.many]\nmembers = [\"{}\"]\nobligations = [\"defence\", \"consultation\"]\n\
         signed = 1991-01-01\n",
        world(states),
        members.join("\", \"")
    )
}

#[test]
fn neither_does_one_with_a_treaty_of_many() {
    for states in [13, 16, 40] {
        hold_geometry(&world_with_a_treaty_of_many(states));
    }
}

#[test]
fn a_map_leaves_out_the_least_capable_and_says_so() {
    let map = |states: usize| {
        let [light, ..] = drawings(&world(states));
        light.into_iter().find(|drawn| drawn.name == "alignment-map").expect("a map").drawing
    };
    let (all, most) = (map(40), map(43));
    assert!(!all.svg.contains("most capable"));
    let told = most.svg.replace('\n', " ");
    // The sentence goes over two lines.
    assert!(
        told.contains("The 40 most <") && told.contains("> capable of 43 states. <"),
        "it says so"
    );
    for (code, drawn) in [("XAA", false), ("XAC", false), ("XAD", true), ("XBQ", true)] {
        assert_eq!(told.contains(&format!("> {code} <")), drawn, "{code}");
    }
    // Blocs stand together: of the codes in a row, one in three is of a bloc.
    let row: Vec<_> = all.svg.split("text-anchor=\"end\"").skip(1).collect();
    let codes =
        row.iter().filter_map(|text| text.split(['>', '<']).map(str::trim).find(|t| t.len() == 3));
    let bloc = |code: &str| {
        let letters = code.as_bytes();
        (26 * usize::from(letters[1] - b'A') + usize::from(letters[2] - b'A')) % 3
    };
    let codes = codes.filter(|code| code.starts_with('X'));
    let blocs: Vec<_> = codes.take(40).map(bloc).collect();
    assert_eq!(blocs.len(), 40);
    let changes = blocs.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert_eq!(changes, 2, "{blocs:?}");
}

#[test]
fn neither_does_one_of_long_names() {
    let long = "A very long title of an outcome that goes on and on until nobody reads it any more";
    let outcomes: String = (0..7)
        .map(|n| {
            format!(
                "[outcomes.o{n}]\ntitle = \"{long} {n}\"\ntreaty = \"defence\"\nbetween = \"XAA-XBB\"\n"
            )
        })
        .collect();
    let name = "The Democratic People's Federated Commonwealth of Somewhere";
    hold_geometry(&format!(
        "title = \"{long} {long}\"\n[run]\nstart = 1990-01-01\nend = 2150-01-01\nstep = \"year\"\n\
         [states]\n\
         XAA = {{ name = \"{name}\", capability = 0.02, isolation = 0.0, ideal_point = 0.0 }}\n\
         XBB = {{ name = \"{name} Else\", capability = 0.02, isolation = 1.0, ideal_point = 0.1 }}\n\
         XCC = {{ name = \"{name} Entirely\", capability = 0.02, isolation = 0.5, ideal_point = -2.0 }}\n\
         [dyads]\nXAA-XBB = {{ distance_km = 0 }}\nXAA-XCC = {{ distance_km = 9 }}\n\
         XBB-XCC = {{ distance_km = 9 }}\n\
         [treaties.pact]\nmembers = [\"XAA\", \"XCC\"]\nobligations = [\"defence\"]\nsigned = 1980-01-01\n\
         [events.attack]\ndate = 1991-01-01\nactions = [{{ attack = \"XAA\", from = \"XBB\" }}]\n{outcomes}"
    ));
}

/// The attributes of every element of an SVG are beside the point here; what counts is that it can be
/// read as one picture by whoever does not see it, and that several go into one page.
#[test]
fn every_drawing_says_in_words_what_it_shows() {
    let ([of_run, ..], [of_comparison, ..]) =
        (drawings(FLAGSHIP), compared(FLAGSHIP, &["no-pact"]));
    let all = [of_run, of_comparison].concat();
    for Drawn { name, drawing: Drawing { svg, alt }, .. } in all {
        assert!(alt.ends_with('.') && alt.contains('('), "{name}: {alt}");
        assert!((60..1500).contains(&alt.len()), "{name}: {alt}");
        let told = svg.split_once(" role=\"img\">\n<title>").expect("it is one picture").1;
        assert!(told.contains("</title>\n<desc>"), "{name}");
        assert!(!svg.contains(" id=") && svg.matches("<svg").count() == 1, "{name}");
        let spots = svg.split_once("<g fill=\"none\" pointer-events=\"all\">").expect("spots").1;
        assert!(spots.matches("<title>").count() >= 3, "{name}");
        assert!(spots.contains("interval") || spots.contains('%'), "{name}");
    }
}

#[test]
fn themes_change_colours_and_not_what_is_said() {
    let [light, dark, print] = drawings(FLAGSHIP);
    for ((light, dark), print) in light.iter().zip(&dark).zip(&print) {
        for other in [dark, print] {
            assert_eq!((&other.name, &other.drawing.alt), (&light.name, &light.drawing.alt));
            assert_ne!(other.drawing.svg, light.drawing.svg);
        }
        let colours = print.drawing.svg.split("=\"#").skip(1).map(|rest| &rest[..6]);
        let grey = |colour: &str| colour[..2] == colour[2..4] && colour[2..4] == colour[4..];
        assert!(colours.clone().count() > 8 && colours.clone().all(grey), "{}", print.name);
    }
}

/// Kinds are told apart by what they are drawn of and their name; a file name holds it.
#[test]
fn names_are_unique() {
    let mut seen = std::collections::BTreeSet::new();
    for kind in KINDS {
        assert!(seen.insert((matches!(kind.of, Of::Run(_)), kind.name)), "{}", kind.name);
        assert!(kind.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
    }
}
