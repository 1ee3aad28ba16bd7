//! The page around the sections.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plotters::style::RGBColor;
use sha2::{Digest, Sha256};

use crate::analysis::finding::long;
use crate::analysis::wording::numbers::counted;
use crate::output::charts::theme::{DARK, LIGHT};
use crate::output::manifest::{Manifest, RUN};
use crate::output::report::ReportError;
use crate::scenario::setup::Setup;

const STYLE: &str = include_str!("../../../templates/report/style.css");
const SCRIPT: &str = include_str!("../../../templates/report/script.js");

/// A part of the report under a heading of its own.
pub struct Section {
    /// Where links lead.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What stands under it, as HTML.
    pub body: String,
}

impl Section {
    /// A section from its HTML. A sign of per cent stays with its number.
    pub fn new(id: &'static str, title: &'static str, body: &str) -> Self {
        Self { id, title, body: body.replace(" %", "\u{a0}%") }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "report/page.html")]
pub struct Page<'a> {
    policy: String,
    version: &'static str,
    style: String,
    script: &'static str,
    kind: &'static str,
    heading: String,
    question: Option<&'a str>,
    facts: Vec<String>,
    sections: Vec<Section>,
}

impl<'a> Page<'a> {
    /// The page of these sections; those without a body are left out.
    pub fn new(
        kind: &'static str,
        heading: String,
        setup: &'a Setup,
        manifest: &Manifest,
        sections: Vec<Section>,
    ) -> Self {
        let style = style();
        Self {
            policy: policy(&style),
            version: env!("CARGO_PKG_VERSION"),
            style,
            script: SCRIPT,
            kind,
            heading,
            question: setup.question.as_deref(),
            facts: facts(setup, manifest),
            sections: sections.into_iter().filter(|section| !section.body.is_empty()).collect(),
        }
    }
}

/// The style. Charts are drawn once, on white; on a dark screen the colours of the dark theme take the
/// place of those of the light one.
fn style() -> String {
    let colours = LIGHT.colours().into_iter().zip(DARK.colours());
    let rules = colours.map(|(light, dark)| {
        let [light, dark] = [light, dark].map(hex);
        format!(
            "svg [fill=\"{light}\"] {{ fill: {dark}; }}\nsvg [stroke=\"{light}\"] {{ stroke: {dark}; }}\n"
        )
    });
    format!(
        "{STYLE}\n@media screen and (prefers-color-scheme: dark) {{\n.paper {{ background: {}; }}\n{}}}\n",
        hex(DARK.paper),
        rules.collect::<String>()
    )
}

/// A colour as charts write it.
pub fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// What the browser may load: the style and the script of this page, by their hashes, and nothing else.
/// So a scenario's words could do nothing even if they were not escaped.
fn policy(style: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'",
        hash(style),
        hash(SCRIPT)
    )
}

fn facts(setup: &Setup, manifest: &Manifest) -> Vec<String> {
    let of = if manifest.kind == RUN { "trial" } else { "pair" };
    let mut trials = counted(manifest.trials, of);
    if of == "pair" {
        trials += " of trials";
    }
    let calendar = &setup.calendar;
    let steps = calendar.dates().len() - 1;
    vec![
        trials,
        format!("{} to {}", long(calendar.start()), long(calendar.end())),
        format!("{} of a {}", counted(steps as u64, "step"), calendar.step().name()),
        format!("seed {}", setup.seed),
    ]
}

/// Paragraphs of plain text.
#[derive(Template)]
#[template(path = "report/notes.html")]
pub struct Notes {
    paragraphs: Vec<String>,
}

/// Paragraphs as HTML.
pub fn notes(paragraphs: &[&str]) -> Result<String, ReportError> {
    let paragraphs = paragraphs.iter().map(|text| (*text).to_owned()).collect();
    Ok(Notes { paragraphs }.render()?)
}

#[derive(Template)]
#[template(path = "report/folded.html")]
struct Folded<'a> {
    summary: &'a str,
    body: &'a str,
}

/// HTML that is folded away under a line of text; printed all the same.
pub fn folded(summary: &str, body: &str) -> Result<String, ReportError> {
    Ok(Folded { summary, body }.render()?)
}

#[derive(Template)]
#[template(path = "report/facts.html")]
struct Facts {
    facts: Vec<(&'static str, String, bool)>,
}

/// Names and values; whether a value is set as code.
pub fn listed(facts: Vec<(&'static str, String, bool)>) -> Result<String, ReportError> {
    Ok(Facts { facts }.render()?)
}

#[derive(Template)]
#[template(path = "report/commands.html")]
struct Commands {
    commands: Vec<(&'static str, String)>,
}

/// Commands with what they are for.
pub fn commands(commands: Vec<(&'static str, String)>) -> Result<String, ReportError> {
    Ok(Commands { commands }.render()?)
}
