//! What the documents show works, and what they link to is there.

#[path = "support/scenarios.rs"]
mod support;

use std::fs;
use std::path::Path;

use support::{compile, compile_variant};

const PAGES: [&str; 29] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "docs/charts.md",
    "docs/comparison.md",
    "docs/editor.md",
    "docs/expressions.md",
    "docs/gallery.md",
    "docs/glossary.md",
    "docs/guarantees.md",
    "docs/interchange.md",
    "docs/keys.md",
    "docs/model.md",
    "docs/parameters.md",
    "docs/performance.md",
    "docs/precision.md",
    "docs/proof.md",
    "docs/report.md",
    "docs/results.md",
    "docs/scale.md",
    "docs/scenario.md",
    "docs/scenarios.md",
    "docs/scenarios/classroom.md",
    "docs/scenarios/july-1914.md",
    "docs/scenarios/nato-accession-2022.md",
    "docs/scenarios/russia-north-korea-2024.md",
    "docs/scenarios/sanctions-coalition.md",
    "docs/variance.md",
];

fn page(name: &str) -> String {
    fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The blocks of TOML of a page.
fn examples(name: &str) -> Vec<String> {
    let text = page(name);
    let blocks = text.split("```toml\n").skip(1);
    blocks.map(|rest| rest.split_once("```").expect("the example ends").0.to_owned()).collect()
}

/// The first of them.
fn example(name: &str) -> String {
    examples(name).into_iter().next().expect("the page has an example")
}

#[test]
fn the_examples_of_the_scenario_page_build_on_each_other() {
    let blocks = examples("docs/scenario.md");
    assert!(blocks.len() > 5, "the examples were found: {}", blocks.len());
    for n in 1..=blocks.len() {
        compile(&blocks[..n].join("\n"));
    }
}

#[test]
fn the_example_of_the_scenario_page_is_right() {
    let text = example("docs/scenario.md");
    compile(&text);
    let variants = text.lines().filter_map(|line| line.strip_prefix("[variant."));
    let variants: Vec<_> = variants.map(|line| line.trim_end_matches(']')).collect();
    assert!(!variants.is_empty(), "the example has a variant");
    variants.iter().for_each(|variant| drop(compile_variant(&text, Some(variant))));
}

#[test]
fn the_excerpt_of_the_readme_is_right_but_for_title_and_run() {
    let run = "title = \"excerpt\"\n[run]\nstart = 2022-03-01\nend = 2027-03-01\n";
    compile(&format!("{run}{}", example("README.md")));
}

#[test]
fn links_lead_somewhere() {
    let mut links = 0;
    for name in PAGES {
        let text = page(name);
        let folder = Path::new(name).parent().expect("a page is in a folder");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = folder.join(file);
            assert!(path.exists(), "{name} links to {target}");
            links += 1;
            if !heading.is_empty() {
                let there = page(&path.display().to_string());
                let anchors: Vec<_> =
                    there.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
                assert!(anchors.iter().any(|a| a == heading), "{name} links to {target}");
            }
        }
    }
    assert!(links > 20, "the links were found: {links}");
}

/// The anchor of a heading, as the usual renderers make it.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
