//! Kinds of happenings that nothing can be counted of.

use std::ops::Range;

use super::Checker;
use crate::model::registry;
use crate::scenario::expression::tree::{Node, Tree};

impl Checker<'_, '_, '_> {
    /// Whether nothing of this kind can happen in the scenario; that is noted.
    pub(super) fn impossible(&mut self, tree: &Tree) -> bool {
        let Node::Text(name) = &tree.node else { return false };
        let channels = &self.scope.channels;
        if channels.find(name).is_some() {
            return false;
        }
        let Some(process) = registry::of_kind(name).map(|entry| entry.about.name) else {
            return self.process_for_kind(name, &tree.span);
        };
        if self.scope.off.contains(&process) {
            let rule = format!("`times` counts what can happen, and process `{process}` is off");
            let found = "nothing of this kind happens while it is";
            let cure = format!("switch it on: [processes.{process}] with on = true");
            self.notes.cured(&tree.span, rule, found, cure);
        } else if channels.whole {
            let rule = format!("nothing of kind `{name}` can happen in this scenario");
            let found = format!("process `{process}` is on, but finds nobody to do it");
            let cure = "docs/results.md says to whom or what each kind happens";
            self.notes.cured(&tree.span, rule, found, cure.to_owned());
        } else {
            return false;
        }
        true
    }

    /// Whether the name of a process stands in place of a kind; that is noted.
    fn process_for_kind(&mut self, name: &str, span: &Range<usize>) -> bool {
        let Some(process) = registry::find(name) else { return false };
        let rule = format!("there is no kind of happening `{name}`");
        let cure = match registry::kinds(process.about.name) {
            [] => format!("process `{name}` changes scores and counts nothing"),
            kinds => format!("process `{name}` counts `{}`", kinds.join("`, `")),
        };
        self.notes.cured(span, rule, "this is a process", cure);
        true
    }
}
