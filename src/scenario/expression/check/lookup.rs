//! What names stand for.

use std::ops::Range;

use super::{Checker, Part};
use crate::model::expression::{Day, Number, Who};
use crate::model::treaty::Obligation;
use crate::scenario::expression::distribution;
use crate::scenario::expression::scope::Known;
use crate::scenario::expression::tree::{Node, Tree};
use crate::scenario::expression::words::{Function, WORDS, Word};
use crate::scenario::names::{iso_name, known_code, nearest, suggestion};

impl Checker<'_, '_, '_> {
    /// What a name without quotes stands for.
    pub(super) fn name(&mut self, name: &str, span: &Range<usize>) -> Option<Part> {
        if let Some(who) = self.state_named(name) {
            return Some(Part::State(who));
        }
        if let Some(quantity) = self.scope.quantities.find(name) {
            return Some(Part::Number(Number::Quantity(quantity)));
        }
        match Word::find(name) {
            Some(Word { function: Function::Today, .. }) => Some(Part::Date(Day::Today)),
            Some(word) => {
                let rule = format!("`{name}` is told in parentheses what to look at");
                let cure = format!("write {}", word.usage());
                self.notes.cured(span, rule, "no parentheses follow", cure);
                None
            }
            None => {
                self.unknown_name(name, span);
                None
            }
        }
    }

    /// The state that a name stands for by itself or as a bound variable.
    fn state_named(&mut self, name: &str) -> Option<Who> {
        if let Some(binding) = self.bindings.iter_mut().find(|binding| binding.name == name) {
            binding.used = true;
            return Some(Who::Each(binding.variable));
        }
        self.scope.states.find(name).map(Who::State)
    }

    fn unknown_name(&mut self, name: &str, span: &Range<usize>) {
        if let Some(code) = known_code(name) {
            self.unknown_state(code.as_str(), span);
            return;
        }
        if !self.scope.quantities.whole {
            return;
        }
        let rule = format!("there is no `{name}` in this scenario");
        let quoted = [
            ("fired", self.scope.events.find(name).is_some()),
            ("in_force", self.scope.treaties.find(name).is_some()),
            ("war_on", self.scope.wars.find(name).is_some()),
            ("sanction_on", self.scope.sanctions.find(name).is_some()),
        ];
        let cure = if let Some((function, _)) = quoted.iter().find(|(_, known)| *known) {
            Some(format!("write {function}('{name}')"))
        } else if Obligation::from_name(name).is_some() {
            Some(format!("an obligation is asked for as in bound(RUS, PRK, {name})"))
        } else {
            let bindings = self.bindings.iter().map(|binding| binding.name.as_str());
            let named = bindings.chain(self.scope.quantities.list.iter().map(|(name, _)| *name));
            let states = self.scope.states.list.iter().map(|(code, _)| *code);
            let near = nearest(name, named.chain(states));
            let word = || nearest(name, WORDS.iter().map(|word| word.name)).and_then(Word::find);
            near.map(did_you_mean).or_else(|| Some(format!("write {}", word()?.usage())))
        };
        let cure = cure.unwrap_or_else(|| {
            "names without quotes are state codes, quantities and functions".to_owned()
        });
        self.notes.cured(span, rule, "unknown", cure);
    }

    /// A code that exists, of a state that is not in the scenario.
    fn unknown_state(&mut self, code: &str, span: &Range<usize>) {
        if !self.scope.states.whole {
            return;
        }
        let name = known_code(code).and_then(iso_name);
        let shown = name.map_or_else(|| code.to_owned(), |name| format!("{code} ({name})"));
        let rule = format!("{shown} is not among the states of this scenario");
        let cure = suggestion(code, &self.scope.states.names());
        self.notes.note(span, rule, "unknown", cure);
    }

    /// A state, where one belongs.
    pub(super) fn who(&mut self, tree: &Tree, rule: &str) -> Option<Who> {
        match &tree.node {
            Node::Name(name) => {
                if let Some(who) = self.state_named(name) {
                    return Some(who);
                }
                if known_code(name).is_some() {
                    self.unknown_state(name, &tree.span);
                } else if self.scope.quantities.find(name).is_some() {
                    self.notes.add(&tree.span, rule, format!("`{name}` is a quantity"));
                } else if Word::find(name).is_some() {
                    self.notes.add(&tree.span, rule, format!("`{name}` is a function"));
                } else {
                    self.no_state(name, tree, rule);
                }
                None
            }
            Node::Text(text) if self.scope.states.find(text).is_some() => {
                let cure = format!("write {text}");
                self.notes.cured(&tree.span, "a state's code has no quotes", "quotes here", cure);
                None
            }
            _ => match self.part(tree)? {
                Part::State(who) => Some(who),
                other => {
                    self.wrong(&tree.span, rule, other.kind(), None);
                    None
                }
            },
        }
    }

    fn no_state(&mut self, name: &str, tree: &Tree, rule: &str) {
        if !self.scope.states.whole {
            return;
        }
        let bindings = self.bindings.iter().map(|binding| binding.name.as_str());
        let names: Vec<_> = bindings.chain(self.scope.states.names()).collect();
        let cure = if name.len() == 1 {
            let what = "stands for each state only where it is given that meaning, as in";
            Some(format!("`{name}` {what} count({name}: ...)"))
        } else {
            suggestion(name, &names)
        };
        self.notes.note(&tree.span, rule, format!("`{name}` is none"), cure);
    }

    /// What the quoted name of `what`, which has its article, stands for. `list` is where it is looked up.
    pub(super) fn named<'k, T: Copy>(
        &mut self,
        tree: &Tree,
        what: &str,
        list: impl FnOnce(&Self) -> &Known<'k, T>,
    ) -> Option<T> {
        let Node::Text(name) = &tree.node else {
            let kind = self.part(tree)?.kind();
            let rule = format!("the name of {what} stands here, in quotes");
            self.wrong(&tree.span, &rule, kind, None);
            return None;
        };
        let known = list(self);
        let found = known.find(name);
        if found.is_none() && known.whole {
            let mut names = known.names();
            names.dedup();
            let cure = suggestion(name, &names);
            let cure = self.other_kind(name).or(cure);
            let bare = what.split_once(' ').map_or(what, |(_, bare)| bare);
            let rule = format!("there is no {bare} `{name}`");
            let none = || format!("this scenario has no {bare}");
            self.notes.cured(&tree.span, rule, "unknown", cure.unwrap_or_else(none));
        }
        found
    }

    /// How to ask for a name that is one of something else.
    pub(super) fn other_kind(&self, name: &str) -> Option<String> {
        let kinds = [
            ("an event", "fired", self.scope.events.find(name).is_some()),
            ("a treaty", "in_force", self.scope.treaties.find(name).is_some()),
            ("a war", "war_on", self.scope.wars.find(name).is_some()),
            ("a sanction entry", "sanction_on", self.scope.sanctions.find(name).is_some()),
        ];
        let (kind, function, _) = kinds.into_iter().find(|(.., known)| *known)?;
        Some(format!("`{name}` is {kind}: write {function}('{name}')"))
    }

    /// Notes a function that does not exist.
    pub(super) fn unknown_function(&mut self, name: &str, span: &Range<usize>) {
        let (rule, cure) = if distribution::NAMES.contains(&name) {
            let rule = "a distribution stands alone, not within an expression".to_owned();
            let cure = "give it a name in [quantities] and use the name here".to_owned();
            (rule, Some(cure))
        } else {
            let near = nearest(name, WORDS.iter().map(|word| word.name)).and_then(Word::find);
            let rule = format!("there is no function `{name}`");
            (rule, near.map(|word| did_you_mean(word.name)))
        };
        let cure = cure.unwrap_or_else(|| "docs/expressions.md lists every function".to_owned());
        self.notes.cured(span, rule, "unknown", cure);
    }
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}
