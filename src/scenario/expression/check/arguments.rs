//! What a function is given, read as its entry in the table of functions says.

use std::ops::Range;

use super::Checker;
use crate::model::expression::{Number, Truth, Variable, Who};
use crate::model::ids::{EventId, SanctionId, TreatyId, WarId};
use crate::model::sanction::SanctionTypes;
use crate::model::treaty::Obligation;
use crate::scenario::expression::tree::{Argument, Name, Node, Tree};
use crate::scenario::expression::words::{How, Wanted, What, Word};
use crate::scenario::names::suggestion;

/// The most arguments that a function has.
pub(super) const MOST: usize = 3;

/// What stands at the place of an argument.
#[derive(Clone, Debug)]
pub(super) enum Given {
    State(Who),
    Truth(Truth),
    Number(Number),
    TruthOfEach(Variable, Truth),
    NumberOfEach(Variable, Number),
    Obligation(Obligation),
    SanctionType(usize),
    Treaty(TreatyId),
    Sanction(SanctionId),
    War(WarId),
    Event(EventId),
    Happening(String),
    Subject(String),
}

/// What is given for each argument of a function, in the order of the table.
pub(super) type All = [Option<Given>; MOST];

impl Checker<'_, '_, '_> {
    /// What a function is given. Every argument is read; `None` if anything is wrong.
    pub(super) fn arguments(
        &mut self,
        tree: &Tree,
        word: &'static Word,
        arguments: &[Argument],
    ) -> Option<All> {
        if self.mistaken(tree, word, arguments) || self.joined(tree, word, arguments) {
            return None;
        }
        let mut given: All = [const { None }; MOST];
        let mut right = self.counted(tree, word, arguments);
        let mut next = 0;
        for argument in arguments {
            let place = match argument {
                Argument::Keyword(name, _) => self.keyword(word, name, &given),
                _ => {
                    next += 1;
                    self.positional(word, next - 1, argument, right)
                }
            };
            let read = place.and_then(|at| {
                given[at] = Some(self.given(argument, word, &word.arguments[at])?);
                Some(())
            });
            right &= read.is_some();
        }
        right &= self.different(tree, word, &given);
        right.then_some(given)
    }

    /// Whether no state is given twice: nothing is said of a state and itself.
    fn different(&mut self, tree: &Tree, word: &Word, given: &All) -> bool {
        let states = given.iter().filter_map(|given| match given {
            Some(Given::State(who)) => Some(*who),
            _ => None,
        });
        let states: Vec<_> = states.collect();
        let twice = matches!(states[..], [a, b] if a == b);
        if twice {
            let rule = format!("`{}` is about two different states", word.name);
            self.notes.add(&tree.span, rule, "the same state stands here twice");
        }
        !twice
    }

    /// Whether there are as many arguments without a name as there must be.
    fn counted(&mut self, tree: &Tree, word: &Word, arguments: &[Argument]) -> bool {
        let plain = arguments.iter().filter(|a| !matches!(a, Argument::Keyword(..))).count();
        let (least, most) = word.count();
        // A name that does not belong there is noted by itself.
        let belongs = |name: &Name| {
            let mut keywords = word.arguments.iter().filter(|wanted| wanted.how == How::Keyword);
            keywords.any(|wanted| wanted.name == name.text)
        };
        let named = arguments.iter().any(|argument| match argument {
            Argument::Keyword(name, _) => !belongs(name),
            _ => false,
        });
        let nameless = word.arguments.iter().any(|wanted| wanted.how == How::Keyword);
        if (least..=most).contains(&plain) || (plain > most && nameless) || named {
            return (least..=most).contains(&plain) || plain > most;
        }
        let count = if least == most { least.to_string() } else { format!("{least} or {most}") };
        let things = if count == "1" { "thing" } else { "things" };
        let rule = format!("`{}` takes {count} {things} in its parentheses", word.name);
        let found = if plain == 0 { "none here".to_owned() } else { format!("{plain} here") };
        self.notes.cured(&tree.span, rule, found, format!("write {}", word.usage()));
        false
    }

    /// The place of an argument without a name.
    fn positional(
        &mut self,
        word: &Word,
        at: usize,
        argument: &Argument,
        right: bool,
    ) -> Option<usize> {
        let wanted = word.arguments.get(at);
        if wanted.is_some_and(|wanted| wanted.how != How::Keyword) {
            return Some(at);
        }
        if right {
            let text = self.notes.slice(&argument.span()).to_owned();
            let rule = match wanted {
                Some(wanted) => {
                    format!("`{}` takes this with its name, {}", word.name, wanted.name)
                }
                None => format!("`{}` takes nothing further", word.name),
            };
            let cure = wanted.map(|wanted| format!("write {} = {text}", wanted.name));
            let cure = cure.unwrap_or_else(|| "leave it out".to_owned());
            self.notes.cured(&argument.span(), rule, "no name here", cure);
        }
        None
    }

    /// The place of an argument with a name.
    fn keyword(&mut self, word: &Word, name: &Name, given: &All) -> Option<usize> {
        let named = |wanted: &Wanted| wanted.how == How::Keyword && wanted.name == name.text;
        let Some(at) = word.arguments.iter().position(named) else {
            let rule = format!("`{}` takes nothing with the name `{}`", word.name, name.text);
            let named = word.arguments.iter().filter(|wanted| wanted.how == How::Keyword);
            let names: Vec<_> = named.map(|wanted| wanted.name).collect();
            let cure = suggestion(&name.text, &names);
            let cure = cure.unwrap_or_else(|| {
                format!("write {}; to compare two things write ==", word.usage())
            });
            self.notes.cured(&name.span, rule, "unknown", cure);
            return None;
        };
        if given[at].is_some() {
            let rule = format!("`{}` is given once", name.text);
            self.notes.add(&name.span, rule, "it is given a second time");
            return None;
        }
        Some(at)
    }

    /// An argument as what it must be.
    fn given(
        &mut self,
        argument: &Argument,
        word: &'static Word,
        wanted: &Wanted,
    ) -> Option<Given> {
        let name = word.name;
        match wanted.what {
            What::TruthOfEach => {
                let rule = format!("`{name}` asks of each state whether something holds");
                let each = self.each(argument, word, |checker, body| checker.truth(body, &rule));
                return each.map(|(variable, truth)| Given::TruthOfEach(variable, truth));
            }
            What::NumberOfEach => {
                let rule = format!("`{name}` asks of each state for a number");
                let each = self.each(argument, word, |checker, body| checker.number(body, &rule));
                return each.map(|(variable, number)| Given::NumberOfEach(variable, number));
            }
            _ => {}
        }
        let tree = match argument {
            Argument::Plain(tree) | Argument::Keyword(_, tree) => tree,
            Argument::Pair(first, second) => {
                let rule = format!("`{name}` takes no name for each state");
                let span = first.span.start..second.span.end;
                self.notes.cured(&span, rule, "a colon here", format!("write {}", word.usage()));
                return None;
            }
        };
        self.plain(tree, name, wanted.what)
    }

    fn plain(&mut self, tree: &Tree, name: &str, what: What) -> Option<Given> {
        let quoted = what.quoted().unwrap_or_default();
        Some(match what {
            What::State => {
                Given::State(self.who(tree, &format!("`{name}` asks about a state such as RUS"))?)
            }
            What::Truth => {
                let rule = format!("`{name}` asks about something that holds or does not");
                Given::Truth(self.truth(tree, &rule)?)
            }
            What::Number => Given::Number(self.number(tree, &format!("`{name}` takes numbers"))?),
            What::Obligation => Given::Obligation(self.obligation(tree, name)?),
            What::SanctionType => Given::SanctionType(self.sanction_type(tree, name)?),
            What::Treaty => Given::Treaty(self.named(tree, quoted, |c| &c.scope.treaties)?),
            What::Sanction => Given::Sanction(self.named(tree, quoted, |c| &c.scope.sanctions)?),
            What::War => Given::War(self.named(tree, quoted, |c| &c.scope.wars)?),
            What::Event => Given::Event(self.named(tree, quoted, |c| &c.scope.events)?),
            What::Happening => {
                if self.impossible(tree) {
                    return None;
                }
                self.named(tree, quoted, |c| &c.scope.channels)?;
                Given::Happening(text(tree)?)
            }
            What::Subject => Given::Subject(self.subject(tree)?),
            What::TruthOfEach | What::NumberOfEach => return None,
        })
    }

    fn obligation(&mut self, tree: &Tree, word: &str) -> Option<Obligation> {
        let names = Obligation::ALL.map(Obligation::name);
        let at = self.choice(tree, &format!("`{word}` asks about an obligation"), &names)?;
        Some(Obligation::ALL[at])
    }

    fn sanction_type(&mut self, tree: &Tree, word: &str) -> Option<usize> {
        let rule = format!("`{word}` asks about a type of sanction");
        self.choice(tree, &rule, &SanctionTypes::NAMES)
    }

    /// One of a few names, with or without quotes.
    fn choice(&mut self, tree: &Tree, rule: &str, names: &[&str]) -> Option<usize> {
        let written: Range<usize> = tree.span.clone();
        let name = match &tree.node {
            Node::Name(name) | Node::Text(name) => name.as_str(),
            _ => self.notes.slice(&written),
        };
        let found = names.iter().position(|known| *known == name);
        if found.is_none() {
            let cure = suggestion(name, names);
            self.notes.note(&tree.span, rule, format!("`{name}` is none"), cure);
        }
        found
    }

    /// A quoted name of any kind; whether it exists depends on the kind of happening.
    fn subject(&mut self, tree: &Tree) -> Option<String> {
        let name = text(tree);
        if name.is_none() {
            let kind = self.part(tree)?.kind();
            let rule = "to whom something happens stands here, in quotes, as in events.csv";
            self.wrong(&tree.span, rule, kind, None);
        }
        name
    }
}

fn text(tree: &Tree) -> Option<String> {
    match &tree.node {
        Node::Text(text) => Some(text.clone()),
        _ => None,
    }
}
