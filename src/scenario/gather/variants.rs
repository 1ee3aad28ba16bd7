//! What is wrong with variants as such, whatever they say.

use super::{Gathered, Value};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::Entry;
use crate::scenario::setup::Provenance;
use crate::scenario::tree::Placed;

/// The longest name of a variant.
const LONGEST_NAME: usize = 64;

/// The most variants: each is compiled whenever the scenario is read.
pub const MOST_VARIANTS: usize = 50;

impl Gathered {
    /// Notes variants that are no tables, and names that a directory cannot bear. Gives where the
    /// variants come from.
    pub fn check_variants(&self, problems: &mut Problems) -> Vec<Provenance> {
        let mut sources = Vec::new();
        for (n, (name, value)) in self.variants.iter().enumerate() {
            if n == MOST_VARIANTS {
                let rule = format!("a scenario has at most {MOST_VARIANTS} variants");
                problems.add(name.span(), rule, format!("it has {}", self.variants.keys().count()));
            }
            plain(&name, problems);
            let path = format!("variant.{}", name.get_ref());
            let Some(mut entry) = Entry::of(value, &path, name.span(), problems) else { continue };
            for key in ["variant", "extends"].into_iter().filter(|key| entry.has(key)) {
                let rule = format!("a variant has no `{key}`");
                problems.add(entry.place_of(key), rule, "it stands at the top of a file only");
            }
            sources.extend(entry.provenance(problems));
        }
        sources
    }

    /// Whether a variant of this name can be compiled.
    pub fn has_variant(&self, name: &str) -> bool {
        self.variants.get(name).is_some_and(|value| matches!(value.get_ref(), Value::Table(_)))
    }
}

/// Notes the name of a variant that a directory cannot bear.
fn plain(name: &Placed<&str>, problems: &mut Problems) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let text = name.get_ref();
    if !text.is_empty() && text.chars().all(allowed) && text.len() <= LONGEST_NAME {
        return;
    }
    let rule = format!(
        "variants have names of letters (a to z, A to Z), digits, `-` and `_`, at most {LONGEST_NAME}"
    );
    let words: Vec<_> = text.split(|c| !allowed(c)).filter(|word| !word.is_empty()).collect();
    let near = words.join("-");
    let problem = Problem::new(name.span(), rule, "this becomes part of a directory's name");
    problems.push(match near.get(..near.len().min(LONGEST_NAME)) {
        Some(near) if !near.is_empty() => problem.with_cure(format!("for example `{near}`")),
        _ => problem,
    });
}
