//! Charts: a pure series from the results, then a drawing. One file each.
//!
//! Every chart is drawn once, as SVG; the PNG is rendered from the same drawing at twice its
//! nominal size with a font that is part of the program, so that both look the same everywhere.

use crate::analysis::Results;
use crate::analysis::comparison::Comparison;
use crate::scenario::setup::Setup;

mod axis;
mod canvas;
mod differences;
mod fan;
mod first_dates;
mod outcomes;
mod png;
mod text;
mod theme;

/// A chart file.
#[derive(Clone, Debug)]
pub struct Chart {
    /// File name within the result directory.
    pub file: String,
    /// What it shows.
    pub about: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why a chart was not drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing failed.
    #[error("cannot draw a chart: {0}")]
    Drawing(String),
    /// The picture could not be rendered.
    #[error("cannot render a chart: {0}")]
    Rendering(String),
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A kind of chart: its name, what it shows, and how it is drawn, if there is anything to draw.
struct Kind {
    name: &'static str,
    about: &'static str,
    draw: fn(&Setup, &Results) -> Option<Result<String, ChartError>>,
}

/// Every kind of chart.
const KINDS: &[Kind] = &[
    Kind {
        name: "isolation",
        about: "isolation of chosen states over time: median, 50 % and 90 % of trials",
        draw: |setup, results| fan::isolation(setup, results).map(|fan| fan.draw()),
    },
    Kind {
        name: "alignment",
        about: "alignment of chosen dyads over time: median, 50 % and 90 % of trials",
        draw: |setup, results| fan::alignment(setup, results).map(|fan| fan.draw()),
    },
    Kind {
        name: "outcomes",
        about: "probability of each outcome with its 95 % Wilson interval",
        draw: |setup, results| outcomes::series(setup, results).map(|dots| dots.draw()),
    },
    Kind {
        name: "first-dates",
        about: "probability that an outcome has come by a date, with 95 % Wilson intervals",
        draw: |setup, results| first_dates::series(setup, results).map(|curves| curves.draw()),
    },
];

/// All charts that have something to show, as SVG and PNG.
///
/// # Errors
/// If a chart cannot be drawn or rendered.
pub fn all(setup: &Setup, results: &Results) -> Result<Vec<Chart>, ChartError> {
    let mut charts = Vec::new();
    for kind in KINDS {
        let Some(svg) = (kind.draw)(setup, results) else { continue };
        let svg = svg?;
        let file = |format| format!("charts/{}.{format}", kind.name);
        charts.push(Chart { file: file("png"), about: kind.about, bytes: png::render(&svg)? });
        charts.push(Chart { file: file("svg"), about: kind.about, bytes: svg.into_bytes() });
    }
    Ok(charts)
}

/// The charts of a comparison; `names` are those of the arms, the base first.
///
/// # Errors
/// If a chart cannot be drawn or rendered.
pub fn of_comparison(
    setup: &Setup,
    comparison: &Comparison,
    names: &[String],
) -> Result<Vec<Chart>, ChartError> {
    let Some(n) = comparison.differences.first().map(|row| row.n) else { return Ok(Vec::new()) };
    let foot =
        || format!("{}. {n} pairs of trials, seed {}. detente {VERSION}", setup.title, setup.seed);
    let mut charts = Vec::new();
    let mut add = |name: String, about: &'static str, svg: Result<String, ChartError>| {
        let svg = svg?;
        let file = |format| format!("charts/{name}.{format}");
        charts.push(Chart { file: file("png"), about, bytes: png::render(&svg)? });
        charts.push(Chart { file: file("svg"), about, bytes: svg.into_bytes() });
        Ok::<_, ChartError>(())
    };
    if let Some(chart) = differences::series(comparison, &names[0], foot()) {
        let about = "difference of each outcome's probability from the base, with 95 % intervals";
        add("differences".to_owned(), about, chart.draw())?;
    }
    for variant in &names[1..] {
        let rows = comparison.series.iter().filter(|row| row.variant == *variant);
        let rows: Vec<_> = rows.collect();
        let names = [names[0].as_str(), variant.as_str()];
        for (metric, about) in [
            ("isolation", "difference of isolation from the base: mean with interval, and pairs"),
            ("alignment", "difference of alignment from the base: mean with interval, and pairs"),
        ] {
            if let Some(fan) = fan::difference((setup, names), &rows, metric, foot()) {
                add(format!("{metric}-{variant}"), about, fan.draw())?;
            }
        }
    }
    Ok(charts)
}

/// The line at the foot of every chart: how many trials, which seed, which program.
fn footer(setup: &Setup, n: u64) -> String {
    let trials = if n == 1 { "trial" } else { "trials" };
    format!("{}. {n} {trials}, seed {}. detente {VERSION}", setup.heading(), setup.seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ensemble::{self, Plan};
    use crate::engine::experiment::{Experiment, Findings};

    /// Every drawing of a scenario.
    fn drawings(text: &str) -> Vec<(&'static str, String)> {
        let setup = crate::scenario::parse(text, None).expect("the scenario is right");
        let tally = ensemble::run(&setup, Plan::new(40), &|_| {}).unwrap();
        let results = Results::new(&setup, &tally);
        let draw = |kind: &Kind| Some((kind.name, (kind.draw)(&setup, &results)?.unwrap()));
        KINDS.iter().filter_map(draw).collect()
    }

    /// Every drawing of a comparison of a scenario with some of its variants.
    fn compared(text: &str, variants: &[&str]) -> Vec<(&'static str, String)> {
        let of = |variant| crate::scenario::parse(text, variant).expect("the scenario is right");
        let base = of(None);
        let others: Vec<_> = variants.iter().map(|variant| of(Some(variant))).collect();
        let others: Vec<_> = others.iter().collect();
        let experiment = Experiment::comparison(&base, &others).unwrap();
        let mut findings = Findings::new(&experiment);
        ensemble::extend(&experiment, &mut findings, Plan::new(40), &|_| {}).unwrap();
        let names: Vec<_> = ["base"].iter().chain(variants).map(ToString::to_string).collect();
        let comparison = Comparison::new(&experiment, &names, &findings);
        let charts = of_comparison(&base, &comparison, &names).unwrap();
        let drawings = charts.into_iter().filter(|chart| chart.file.ends_with(".svg"));
        drawings.map(|chart| ("comparison", String::from_utf8(chart.bytes).unwrap())).collect()
    }

    fn hold_geometry(text: &str) {
        let drawings = drawings(text);
        assert_eq!(drawings.len(), KINDS.len());
        hold_geometry_of(drawings);
    }

    fn hold_geometry_of(drawings: Vec<(&'static str, String)>) {
        for (name, svg) in drawings {
            let (boxes, (width, height)) = png::text_boxes(&svg);
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
        hold_geometry(include_str!("../../scenarios/russia-north-korea-2024.toml"));
    }

    #[test]
    fn neither_does_one_of_a_comparison() {
        let text = include_str!("../../scenarios/russia-north-korea-2024.toml");
        let one = compared(text, &["no-pact"]);
        assert_eq!(one.len(), 3);
        hold_geometry_of(one);
        let three = compared(text, &["no-pact", "west-does-not-react-no-pact", "no-deterrence"]);
        assert_eq!(three.len(), 7);
        hold_geometry_of(three);
    }

    #[test]
    fn neither_does_one_of_long_names() {
        let long =
            "A very long title of an outcome that goes on and on until nobody reads it any more";
        let outcomes: String = (0..7)
            .map(|n| {
                format!("[outcomes.o{n}]\ntitle = \"{long} {n}\"\ntreaty = \"defence\"\nbetween = \"XAA-XBB\"\n")
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
             XBB-XCC = {{ distance_km = 9 }}\n{outcomes}"
        ));
    }
}
