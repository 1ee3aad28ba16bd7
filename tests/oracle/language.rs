//! A condition as a tree: read from its text, with what is said of precedence and of when it is
//! looked at in docs/expressions.md.

use super::facts::Name;

#[derive(Clone, Debug)]
pub enum Node {
    Number(f64),
    /// A date, as its author writes it.
    Date(Name),
    Word(Name),
    /// A name of the scenario, without its quotes.
    Quoted(Name),
    /// A function, what it is asked about, what is given with a name, and the text in parentheses.
    Call(Name, Vec<Node>, Vec<(Name, Node)>, Name),
    /// A function over all states, the name for each, and what is said of it.
    Each(Name, Name, Box<Node>),
    Not(Box<Node>),
    Negative(Box<Node>),
    Between(Name, Box<Node>, Box<Node>),
}

/// The signs between two things, those that bind least first; `not` stands after the second.
const SIGNS: [&[Name]; 5] =
    [&["or"], &["and"], &["<=", ">=", "==", "!=", "<", ">"], &["+", "-"], &["*", "/"]];

/// Whose value moves all the time.
const MOVING: [Name; 7] =
    ["isolation", "capability", "alignment", "grievance", "tension", "warned", "since"];

impl Node {
    pub fn read(text: Name) -> Self {
        let mut reader = Reader { text, at: 0 };
        let node = reader.binary(0);
        assert!(reader.rest().is_empty(), "{text}: nothing is known of {}", reader.rest());
        node
    }

    /// Calls `found` with every part, from the inside out.
    pub fn parts<'n>(&'n self, found: &mut dyn FnMut(&'n Self)) {
        match self {
            Self::Call(_, given, named, _) => {
                given.iter().chain(named.iter().map(|(_, node)| node)).for_each(|n| n.parts(found));
            }
            Self::Each(_, _, of) | Self::Not(of) | Self::Negative(of) => of.parts(found),
            Self::Between(_, a, b) => [a, b].into_iter().for_each(|n| n.parts(found)),
            Self::Number(_) | Self::Date(_) | Self::Word(_) | Self::Quoted(_) => {}
        }
        found(self);
    }

    /// Whether it is looked at on step dates only. What stands in `ever` has moments of its own.
    pub fn on_step_dates(&self) -> bool {
        match self {
            Self::Word(word) => *word == "today",
            Self::Call(name, ..) if *name == "ever" => false,
            Self::Call(name, given, named, _) => {
                MOVING.contains(name)
                    || given.iter().chain(named.iter().map(|(_, n)| n)).any(Self::on_step_dates)
            }
            Self::Each(_, _, of) | Self::Not(of) | Self::Negative(of) => of.on_step_dates(),
            Self::Between(_, a, b) => a.on_step_dates() || b.on_step_dates(),
            Self::Number(_) | Self::Date(_) | Self::Quoted(_) => false,
        }
    }
}

struct Reader {
    text: Name,
    at: usize,
}

impl Reader {
    fn rest(&mut self) -> Name {
        let left = &self.text[self.at..];
        self.at += left.len() - left.trim_start().len();
        &self.text[self.at..]
    }

    /// Takes a sign or a word that stands here.
    fn takes(&mut self, sign: Name) -> bool {
        let rest = self.rest();
        let word = sign.starts_with(char::is_alphabetic);
        let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let here = rest.strip_prefix(sign).is_some_and(|rest| !(word && goes_on(rest)));
        self.at += if here { sign.len() } else { 0 };
        here
    }

    fn while_it(&mut self, is: impl Fn(char) -> bool) -> Name {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c| !is(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn binary(&mut self, level: usize) -> Node {
        let Some(signs) = SIGNS.get(level) else { return self.single() };
        if level == 2 && self.takes("not") {
            return Node::Not(Box::new(self.binary(level)));
        }
        let mut left = self.binary(level + 1);
        while let Some(&sign) = signs.iter().find(|sign| self.takes(sign)) {
            left = Node::Between(sign, Box::new(left), Box::new(self.binary(level + 1)));
        }
        left
    }

    fn single(&mut self) -> Node {
        if self.takes("-") {
            return Node::Negative(Box::new(self.single()));
        }
        if self.takes("(") {
            let inside = self.binary(0);
            assert!(self.takes(")"), "{}: a parenthesis is open", self.text);
            return inside;
        }
        if self.takes("'") {
            let from = self.at;
            self.at += self.text[from..].find('\'').expect("a quote is closed") + 1;
            return Node::Quoted(&self.text[from..self.at - 1]);
        }
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return self.digits();
        }
        let word = self.while_it(|c| c.is_alphanumeric() || c == '_');
        assert!(!word.is_empty(), "{}: nothing is known of what stands at {}", self.text, self.at);
        if self.takes("(") { self.call(word) } else { Node::Word(word) }
    }

    fn digits(&mut self) -> Node {
        let rest = self.rest();
        if rest.len() >= 10 && rest.as_bytes()[4] == b'-' && rest.as_bytes()[7] == b'-' {
            self.at += 10;
            return Node::Date(&rest[..10]);
        }
        let written = self.while_it(|c| c.is_ascii_digit() || c == '.');
        Node::Number(written.parse().expect(written))
    }

    fn call(&mut self, name: Name) -> Node {
        let (from, mut given, mut named) = (self.at, Vec::new(), Vec::new());
        while !self.takes(")") {
            let before = self.at;
            let word = self.while_it(|c| c.is_alphanumeric() || c == '_');
            if self.takes(":") {
                let of = Box::new(self.binary(0));
                assert!(self.takes(")"), "{}: a parenthesis is open", self.text);
                return Node::Each(name, word, of);
            }
            if self.rest().starts_with('=') && !self.rest().starts_with("==") {
                self.at += 1;
                named.push((word, self.binary(0)));
            } else {
                self.at = before;
                given.push(self.binary(0));
            }
            self.takes(",");
        }
        Node::Call(name, given, named, &self.text[from..self.at - 1])
    }
}
