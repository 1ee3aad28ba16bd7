//! What conditions say of the world, by the definitions of docs/expressions.md. A truth is 1 or 0,
//! and what is no number is NaN, with which no comparison holds.

use super::Oracle;
use super::facts::{Name, dyad};
use super::language::Node;

/// What is remembered of a truth: whether it held when last looked at, and when it last came to.
#[derive(Clone, Copy, Default)]
pub struct Remembered {
    pub held: bool,
    pub since: Option<f64>,
}

/// What each name for a state stands for.
type Bound = Vec<(Name, Name)>;

impl Oracle {
    pub fn holds(&self, node: &Node) -> bool {
        self.value(node, &Bound::new()) == 1.0
    }

    fn value(&self, node: &Node, bound: &Bound) -> f64 {
        match node {
            Node::Number(number) => *number,
            Node::Date(date) => f64::from(self.facts.day_of(date)),
            Node::Word("today") => f64::from(self.day),
            Node::Word("true") => 1.0,
            Node::Word(word) => *self.facts.quantities.get(word).expect("a quantity"),
            Node::Quoted(name) => panic!("'{name}' is no truth and no number"),
            Node::Not(of) => truth(self.value(of, bound) != 1.0),
            Node::Negative(of) => -self.value(of, bound),
            Node::Between(sign, a, b) => self.between(sign, (a, b), bound),
            Node::Each(fold, variable, of) => self.each(fold, variable, of, bound),
            Node::Call(name, given, named, text) => {
                let with = |key| named.iter().find(|(name, _)| *name == key).map(|(_, node)| node);
                match *name {
                    "ever" => truth(self.remembered(text).since.is_some()),
                    "since" => self.remembered(text).since.map_or(f64::NAN, |at| self.moment - at),
                    "max" => self.value(&given[0], bound).max(self.value(&given[1], bound)),
                    "min" => self.value(&given[0], bound).min(self.value(&given[1], bound)),
                    "abs" => self.value(&given[0], bound).abs(),
                    "sanctioned" | "warned" | "supplied" => {
                        let on = self.named(&given[0], bound);
                        let by = with("by").map(|node| self.named(node, bound));
                        let kind = with("type").map(|node| self.named(node, bound));
                        let all = self.facts.others(&[on]);
                        let does = |s: &&Name| self.does_to(name, s, on, kind);
                        truth(
                            all.iter().filter(|s| by.is_none_or(|by| by == **s)).any(|s| does(&s)),
                        )
                    }
                    _ => {
                        let names: Vec<_> = given.iter().map(|n| self.named(n, bound)).collect();
                        self.fact(name, &names)
                    }
                }
            }
        }
    }

    fn remembered(&self, text: Name) -> Remembered {
        self.remembered.get(text).copied().unwrap_or_default()
    }

    /// A state, an obligation, a type, or what stands in quotes.
    fn named(&self, node: &Node, bound: &Bound) -> Name {
        match node {
            Node::Word(word) => {
                bound.iter().rev().find(|(name, _)| name == word).map_or(*word, |(_, state)| *state)
            }
            Node::Quoted(name) => name,
            other => panic!("{other:?} is no name"),
        }
    }

    fn between(&self, sign: &str, (a, b): (&Node, &Node), bound: &Bound) -> f64 {
        if let (Node::Word(x), "==" | "!=") = (a, sign)
            && (bound.iter().any(|(name, _)| name == x) || self.facts.states.contains(x))
        {
            return truth((self.named(a, bound) == self.named(b, bound)) == (sign == "=="));
        }
        let (x, y) = (self.value(a, bound), self.value(b, bound));
        match sign {
            "or" => truth(x == 1.0 || y == 1.0),
            "and" => truth(x == 1.0 && y == 1.0),
            "<" => truth(x < y),
            "<=" => truth(x <= y),
            ">" => truth(x > y),
            ">=" => truth(x >= y),
            "==" => truth(x == y),
            "!=" => truth(x.partial_cmp(&y).is_some_and(std::cmp::Ordering::is_ne)),
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            _ => panic!("{sign} is no sign"),
        }
    }

    fn each(&self, fold: &str, variable: Name, of: &Node, bound: &Bound) -> f64 {
        let value = |&state: &Name| {
            let inner: Bound = bound.iter().copied().chain([(variable, state)]).collect();
            self.value(of, &inner)
        };
        let all: Vec<f64> = self.facts.states.iter().map(value).collect();
        let numbers: Vec<f64> = all.iter().copied().filter(|x| !x.is_nan()).collect();
        let sum: f64 = numbers.iter().sum();
        match fold {
            "any" => truth(all.contains(&1.0)),
            "all" => truth(all.iter().all(|x| *x == 1.0)),
            "count" | "sum" => sum,
            "mean" => sum / numbers.len() as f64,
            "highest" => numbers.into_iter().fold(f64::NAN, f64::max),
            "lowest" => numbers.into_iter().fold(f64::NAN, f64::min),
            _ => panic!("{fold} is no function over states"),
        }
    }

    fn does_to(&self, what: &str, by: Name, on: Name, kind: Option<Name>) -> bool {
        match (what, kind) {
            ("sanctioned", Some(kind)) => self.world.sanctions_by(by, on, kind),
            ("sanctioned", None) => self.world.sanctions(by, on),
            ("warned", _) => self.world.warned((by, on), self.moment),
            _ => self.world.delivers_until.contains_key(&(by, on)),
        }
    }

    fn fact(&self, name: &str, of: &[Name]) -> f64 {
        let world = &self.world;
        // Nothing holds, and no number is, between a state and itself.
        if let ("bound" | "owes" | "pledged" | "at_war" | "contiguous", [a, b, ..]) = (name, of)
            && a == b
        {
            return 0.0;
        }
        match (name, of) {
            ("alignment" | "grievance" | "tension" | "distance", [a, b]) if a == b => f64::NAN,
            ("alignment", [a, b]) => world.alignment[&dyad(a, b)],
            ("grievance", [a, b]) => world.grievance[&dyad(a, b)],
            ("tension", [a, b]) => world.tension(a, b),
            ("distance", [a, b]) => self.facts.distance[&dyad(a, b)],
            ("isolation", [a]) => world.isolation[a],
            ("capability", [a]) => world.capability(a),
            ("times", [kind]) => f64::from(
                self.counts.iter().filter(|((k, _), _)| k == kind).map(|(_, n)| n).sum::<u32>(),
            ),
            ("times", [kind, subject]) => {
                f64::from(*self.counts.get(&(*kind, (*subject).to_owned())).unwrap_or(&0))
            }
            ("at_war", [a]) => truth(world.fights(a)),
            ("at_war", [a, b]) => truth(world.at_war(a, b)),
            ("bound", [a, b, obligation]) => truth(world.bound(a, b, obligation)),
            ("owes", [a, b, obligation]) => truth(world.owes(a, b, obligation)),
            ("pledged", [a, b, obligation]) => truth(world.pledged(a, b, obligation)),
            ("contiguous", [a, b]) => truth(self.facts.contiguous.contains(&dyad(a, b))),
            ("signed", [treaty]) => truth(world.treaties.contains_key(treaty)),
            ("in_force", [treaty]) => truth(world.treaties.get(treaty).is_some_and(|t| t.in_force)),
            ("member", [state, treaty]) => {
                truth(world.treaties.get(treaty).is_some_and(|t| t.members.contains(state)))
            }
            ("sanction_on", [entry]) => truth(world.entry_on(entry)),
            ("war_on", [war]) => truth(world.wars.contains_key(war)),
            ("fired", [event]) => truth(self.happened.contains_key(event)),
            _ => panic!("the oracle does not know {name} of {of:?}"),
        }
    }
}

fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}
