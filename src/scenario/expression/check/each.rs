//! Names that stand for each state, and what looks back.

use super::{Binding, Checker};
use crate::model::expression::{MAX_VARIABLES, Slot, Truth, Variable};
use crate::scenario::expression::scope::unusable;
use crate::scenario::expression::tree::{Argument, Node, Tree};
use crate::scenario::expression::words::Word;

impl Checker<'_, '_, '_> {
    /// `s: ...`, the argument of a function over all states: what `read` makes of the second part
    /// while the first stands for each state.
    pub(super) fn each<T>(
        &mut self,
        argument: &Argument,
        word: &Word,
        read: impl FnOnce(&mut Self, &Tree) -> Option<T>,
    ) -> Option<(Variable, T)> {
        let Argument::Pair(first, body) = argument else {
            let span = argument.span();
            let text = match argument {
                Argument::Keyword(_, value) => self.notes.slice(&value.span),
                _ => self.notes.slice(&span),
            };
            let rule = format!("`{}` asks every state in turn, which it gives a name", word.name);
            let cure = format!("write {}(s: {text}) with s for each state", word.name);
            self.notes.cured(&span, rule, "no name and colon here", cure);
            return None;
        };
        let variable = self.bind(first)?;
        let read = read(self, body);
        let binding = self.bindings.pop();
        let constant = matches!(body.node, Node::Truth(_));
        let read = read?;
        if let Some(binding) = binding.filter(|binding| !binding.used && !constant) {
            let name = &binding.name;
            let rule = format!("what is said of each state mentions it by the name `{name}`");
            let found = format!("`{name}` does not occur here");
            self.notes.add(&body.span, rule, found);
            return None;
        }
        Some((variable, read))
    }

    /// Lets a name stand for each state.
    fn bind(&mut self, tree: &Tree) -> Option<Variable> {
        let rule = "a name for each state stands before the colon, such as s";
        let Node::Name(name) = &tree.node else {
            self.notes.add(&tree.span, rule, "this is no name");
            return None;
        };
        let used = self.bindings.iter().any(|binding| binding.name == *name);
        let taken = if used {
            Some(format!("`{name}` stands for each state of the part around this one"))
        } else if self.scope.states.find(name).is_some() {
            Some(format!("`{name}` is a state of this scenario"))
        } else if self.scope.quantities.find(name).is_some() {
            Some(format!("`{name}` is a quantity of this scenario"))
        } else {
            unusable(name)
        };
        if let Some(why) = taken {
            self.notes.cured(&tree.span, rule, why, "take another name");
            return None;
        }
        let Some(variable) = Variable::new(self.bindings.len()) else {
            let rule = format!("at most {MAX_VARIABLES} names stand for each state at a time");
            self.notes.add(&tree.span, rule, "this is one too many");
            return None;
        };
        self.bindings.push(Binding { name: name.clone(), variable, used: false });
        Some(variable)
    }

    /// The memory of a truth, for `ever` and `since`.
    pub(super) fn remembered(&mut self, tree: &Tree, truth: Truth, word: &Word) -> Option<Slot> {
        if let Some(value) = truth.constant() {
            self.always(&tree.span, value);
            return None;
        }
        let around = self.bindings.iter().filter(|binding| truth.mentions(binding.variable));
        let around: Vec<_> =
            around.map(|binding| (binding.name.as_str(), binding.variable)).collect();
        if let [(a, _), (b, _), ..] = around[..] {
            let rule = format!(
                "what `{}` remembers depends on one name for each state at most",
                word.name
            );
            self.notes.add(&tree.span, rule, format!("this depends on `{a}` and `{b}`"));
            return None;
        }
        let each = around.first().map(|(_, variable)| *variable);
        let states = self.scope.states.list.len();
        Some(self.scope.memory.slot(truth, each, states))
    }
}
