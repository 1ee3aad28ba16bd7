//! `detente plot`: the charts of a result once more, from its tables alone.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::cli::again::Again;
use crate::cli::{Failure, beside};
use crate::engine::ensemble::on_threads;
use crate::output::charts::theme::{LIGHT, THEMES, Theme};
use crate::output::charts::{self, Compared, Drawn, Shown};
use crate::output::manifest::plain;
use crate::output::stored::{Stored, Tables};
use crate::scenario::names::nearest;

/// The least and the most pixels to a nominal one.
const SCALES: (f32, f32) = (0.5, 6.0);

/// Draw the charts of a result again, in other formats, sizes or themes.
///
/// Takes the tables in DIR and the scenario in its manifest; nothing is run, and DIR stays as it is.
/// Without options the files are those that the run wrote, byte for byte, also where it was told to
/// write tables only.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente plot results/russia-north-korea-2024 --theme print --format svg\n  \
                  detente plot results/russia-north-korea-2024 --chart outcomes --scale 4\n\n\
                  Exit code 3 if DIR holds no result that could be drawn."
)]
pub struct Plot {
    /// The directory of the result, of `run` or of `compare`.
    #[arg(value_name = "DIR")]
    result: PathBuf,
    /// Draw these charts only, with commas between them, such as outcomes, or isolation-VARIANT of a
    /// comparison. May be given several times.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    chart: Vec<String>,
    /// Formats, with commas between them.
    #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',', default_values = ["png", "svg"])]
    format: Vec<Format>,
    /// Pixels of a PNG to one of the SVG, from 0.5 to 6; 2 if not given.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = scale)]
    scale: Option<f32>,
    /// Themes, with commas between them: light, dark, or print, which needs no colour. Names of files
    /// have the theme appended if it is not light, or if there are several.
    #[arg(long, value_name = "THEME", value_delimiter = ',', default_values = ["light"], value_parser = PossibleValuesParser::new(THEMES.map(|theme| theme.name)))]
    theme: Vec<String>,
    /// Where to write; DIR with -charts appended if not given.
    #[arg(long, value_name = "DIR2")]
    out: Option<PathBuf>,
    /// Replace files of the same names that are in DIR2.
    #[arg(long)]
    force: bool,
}

/// A format of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Pixels.
    Png,
    /// Lines and letters.
    Svg,
}

/// A scale as typed.
fn scale(text: &str) -> Result<f32, String> {
    let (least, most) = SCALES;
    let number = text.parse().ok().filter(|n| (least..=most).contains(n));
    number.ok_or_else(|| format!("a number from {least} to {most}"))
}

impl Plot {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        if self.scale.is_some() && !self.format.contains(&Format::Png) {
            return Err(Failure::Usage("--scale is about PNG, which --format leaves out".into()));
        }
        let stored = Stored::open(&self.result)?;
        let out = beside::place(&self.result, self.out.as_deref(), "charts")?;
        let again = Again::load(&stored.manifest, None)?;
        let experiment = again.experiment()?;
        again.warn_of_texts()?;
        let read = stored.tables(&experiment)?;
        beside::warn_of_altered(&read.altered)?;
        let (setup, names) = (experiment.arms()[0], again.names());
        let shown = match &read.tables {
            Tables::Run(results) => Shown::Run(setup, results),
            Tables::Comparison(comparison) => {
                Shown::Comparison(Compared { setup, comparison, names })
            }
        };
        let files = on_threads(None, || self.files(shown))??;
        beside::write(&out, &files, self.force)
    }

    /// The files that were asked for, with their names.
    fn files(&self, shown: Shown<'_>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let wanted = self.wanted(shown)?;
        let themes = THEMES.into_iter().filter(|theme| self.theme.iter().any(|t| t == theme.name));
        let themes: Vec<_> = themes.collect();
        let mut files = Vec::new();
        for theme in &themes {
            let suffix = if themes[..] == [&LIGHT] { String::new() } else { suffix(theme) };
            for Drawn { name, drawing, .. } in
                charts::draw(shown, theme, |name| wanted.iter().any(|wanted| wanted == name))?
            {
                if self.format.contains(&Format::Png) {
                    let bytes = drawing.png(self.scale.unwrap_or(charts::SCALE))?;
                    files.push((format!("{name}{suffix}.png"), bytes));
                }
                if self.format.contains(&Format::Svg) {
                    files.push((format!("{name}{suffix}.svg"), drawing.svg.into_bytes()));
                }
            }
        }
        Ok(files)
    }

    /// The names of the charts that were asked for, or of all.
    fn wanted(&self, shown: Shown<'_>) -> Result<Vec<String>, Failure> {
        let all = charts::names(shown);
        if all.is_empty() {
            let place = self.result.display();
            return Err(Failure::NoResult(format!("{place} has nothing that a chart could show")));
        }
        let mut wanted = Vec::new();
        for asked in &self.chart {
            let named = all.iter().filter(|(kind, name)| kind == asked || name == asked);
            let before = wanted.len();
            wanted.extend(named.map(|(_, name)| name.clone()));
            if wanted.len() == before {
                return Err(unknown(asked, &all, shown));
            }
        }
        if self.chart.is_empty() {
            wanted = all.into_iter().map(|(_, name)| name).collect();
        }
        Ok(wanted)
    }
}

fn suffix(theme: &Theme) -> String {
    format!("-{}", theme.name)
}

/// Why a chart that was asked for cannot be drawn, and which could be.
fn unknown(asked: &str, all: &[(&'static str, String)], shown: Shown<'_>) -> Failure {
    let mut names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
    let listed = names.join(", ");
    if charts::kinds(shown).any(|kind| kind == asked) {
        let reason = charts::reason(asked, shown).map(|reason| format!(": {reason}"));
        return Failure::Usage(format!(
            "chart `{asked}` has nothing to show in this result{}; it has: {listed}",
            reason.unwrap_or_default()
        ));
    }
    names.extend(all.iter().map(|(kind, _)| kind));
    let near = nearest(asked, names).map(|name| format!("did you mean `{name}`? "));
    let (asked, near) = (plain(asked), near.unwrap_or_default());
    Failure::Usage(format!("there is no chart `{asked}`; {near}this result has: {listed}"))
}
