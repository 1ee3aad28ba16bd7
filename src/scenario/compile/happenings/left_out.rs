//! Events that are left out though others require them.

use std::collections::BTreeSet;

use crate::scenario::document::Document;
use crate::scenario::problem::Problems;

/// Notes events that require one that `base` has and `document` does not: it has been left out, so the
/// name is no slip. What has been noted is no longer required, so that it is noted once.
pub fn left_out(document: &mut Document, base: &Document, problems: &mut Problems) {
    let now: BTreeSet<String> = document.events.iter().map(|entry| entry.name.clone()).collect();
    let before: BTreeSet<&str> = base.events.iter().map(|entry| entry.name.as_str()).collect();
    let gone = |name: &str| before.contains(name) && !now.contains(name);
    for entry in document.events.iter_mut() {
        let Some(body) = &mut entry.body else { continue };
        body.terms.requires.retain(|required| {
            let name = required.get_ref();
            if !gone(name) {
                return true;
            }
            let rule = format!("event `{name}` is left out, and `{}` requires it", entry.name);
            let cure = format!(
                "leave out `events.{}` too (`compare` takes the two together as a variant)",
                entry.name
            );
            problems.add_with_cure(required.span(), rule, "this is left out", cure);
            false
        });
    }
}
