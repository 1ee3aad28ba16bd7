//! Every shipped scenario runs in each of its variants, says where it comes from, and has a page.

#[path = "support/shipped.rs"]
mod support;

use std::fs;

use detente::engine::ensemble::{self, Plan};
use detente::scenario::problem::Problems;
use support::{gathered, load, names};

/// Sections whose entries are facts or assumptions. Questions need no source.
const SECTIONS: [&str; 6] = ["states", "dyads", "treaties", "sanctions", "wars", "events"];

/// Scenarios that only vary another one stand on its page.
const ON_THE_PAGE_OF: &[(&str, &str)] = &[("classroom-exercises", "classroom")];

/// Every scenario, by itself and in each of its variants.
fn each() -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    for name in names() {
        let gathered = gathered(&name);
        let variants = gathered.variants.keys().map(|variant| Some(variant.to_owned()));
        all.extend(std::iter::once(None).chain(variants).map(|variant| (name.clone(), variant)));
    }
    all
}

fn page(name: &str) -> String {
    let on = ON_THE_PAGE_OF.iter().find(|(scenario, _)| *scenario == name);
    format!("scenarios/{}.md", on.map_or(name, |(_, page)| page))
}

#[test]
fn each_runs_in_every_variant_without_a_failed_trial() {
    let each = each();
    assert!(each.len() > 30, "scenarios and variants were found: {}", each.len());
    for (name, variant) in each {
        let setup = load(&name, variant.as_deref());
        let tally = ensemble::run(&setup, Plan::new(20), &|_| {}).unwrap();
        assert_eq!(
            (tally.trials, tally.failed),
            (20, 0),
            "{name} {variant:?}: {:?}",
            tally.failures
        );
    }
}

#[test]
fn every_entry_has_a_source_or_a_note() {
    let mut entries = 0;
    for (name, variant) in each() {
        let mut problems = Problems::default();
        let table =
            gathered(&name).table(variant.as_deref(), true, &mut problems).expect("it is right");
        for section in SECTIONS {
            let Some(section_table) = table.get(section) else { continue };
            for (key, entry) in section_table.get_ref().as_table().expect("a section").iter() {
                let entry = entry.get_ref().as_table().expect("an entry is a table");
                let said = entry.get("source").is_some() || entry.get("note").is_some();
                assert!(said, "{name} {variant:?}: {section}.{} has neither", key.get_ref());
                entries += 1;
            }
        }
    }
    assert!(entries > 1000, "the entries were found: {entries}");
}

#[test]
fn every_variant_and_quantity_has_a_source_or_a_note() {
    for name in names() {
        for (variant, table) in gathered(&name).variants.iter() {
            let variant = variant.get_ref();
            let table = table.get_ref().as_table().expect("a variant is a table");
            let said = table.get("note").is_some() || table.get("source").is_some();
            assert!(said, "{name}: variant {variant} has neither");
        }
    }
    for (name, variant) in each() {
        let setup = load(&name, variant.as_deref());
        let said = setup.sources.iter().filter(|entry| entry.entry.starts_with("quantities."));
        assert_eq!(said.count(), setup.quantities.len(), "{name} {variant:?}");
    }
}

#[test]
fn each_has_a_page_that_the_index_links_and_that_names_its_variants() {
    let index = fs::read_to_string("docs/scenarios.md").unwrap();
    for name in names() {
        let page = page(&name);
        assert!(index.contains(&format!("`{name}`")), "docs/scenarios.md names {name}");
        assert!(index.contains(&format!("({page})")), "docs/scenarios.md links to {page}");
        let text = fs::read_to_string(format!("docs/{page}")).unwrap();
        assert!(text.contains(&format!("scenarios/{name}.toml")), "{page} tells how to run {name}");
        for variant in gathered(&name).variants.keys() {
            assert!(text.contains(&format!("`{variant}`")), "{page} says nothing of `{variant}`");
        }
    }
}
