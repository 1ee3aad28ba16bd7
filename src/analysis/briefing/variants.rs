//! What variants there are, and what each changes.

use super::{listed, sentence};
use crate::scenario::gather::Variant;
use crate::scenario::prose::wrapped;
use crate::scenario::setup::Setup;

/// How many values of a variant are told.
const SHOWN: usize = 12;

/// The variants, in the order of the scenario.
pub fn text(setup: &Setup, variants: &[Variant]) -> String {
    variants.iter().map(|variant| of(setup, variant)).collect()
}

fn of(setup: &Setup, variant: &Variant) -> String {
    let this = setup.variant.as_ref() == Some(&variant.name);
    let mut text = format!("  {}{}\n", variant.name, if this { " (this one)" } else { "" });
    if let Some(note) = &variant.note {
        text += &wrapped("      ", &sentence(note));
    }
    for (what, keys) in [("leaves out", &variant.without), ("adds", &variant.adds)] {
        if !keys.is_empty() {
            text += &wrapped("      - ", &format!("{what} {}", listed(keys)));
        }
    }
    for (key, value) in variant.sets.iter().take(SHOWN) {
        text += &wrapped("      - ", &format!("{key} = {value}"));
    }
    if variant.sets.len() > SHOWN {
        text += &format!("      - and {} more\n", variant.sets.len() - SHOWN);
    }
    text
}
