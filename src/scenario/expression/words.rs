//! The functions of expressions, as data: checking, suggestions and docs/expressions.md follow
//! from this table.

mod table;

pub use table::WORDS;

/// A function, or a name that stands by itself such as `today`.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// What it is called.
    pub name: &'static str,
    /// Which it is.
    pub function: Function,
    /// What it is given; nothing for a name that stands by itself.
    pub arguments: &'static [Wanted],
    /// What it gives.
    pub gives: Kind,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// An expression in which it occurs.
    pub example: &'static str,
}

impl Word {
    /// The function of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        WORDS.iter().find(|word| word.name == name)
    }

    /// The ways to write it, such as `at_war(S)` and `at_war(S, T)`: with all that must be given,
    /// and with all that may be.
    pub fn forms(&self) -> Vec<String> {
        let form = |least: bool| {
            let given = self.arguments.iter().filter(|a| !least || a.how == How::Needed);
            let given = given.map(|argument| match argument.how {
                How::Keyword => format!("{} = {}", argument.name, argument.shown),
                _ => argument.shown.to_owned(),
            });
            format!("{}({})", self.name, given.collect::<Vec<_>>().join(", "))
        };
        if self.arguments.is_empty() {
            return vec![self.name.to_owned()];
        }
        let mut forms = vec![form(true), form(false)];
        forms.dedup();
        forms
    }

    /// The ways to write it, in a sentence.
    pub fn usage(&self) -> String {
        self.forms().join(" or ")
    }

    /// How many arguments without a name it must and may have.
    pub fn count(&self) -> (usize, usize) {
        let of = |how: &[How]| self.arguments.iter().filter(|a| how.contains(&a.how)).count();
        (of(&[How::Needed]), of(&[How::Needed, How::Optional]))
    }
}

/// An argument of a function.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Its name, by which it is given if `how` is `Keyword`.
    pub name: &'static str,
    /// How the table of functions shows it.
    pub shown: &'static str,
    /// What may be given.
    pub what: What,
    /// Whether and how it is given.
    pub how: How,
}

/// Whether and how an argument is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It must be given.
    Needed,
    /// It may be given.
    Optional,
    /// It may be given, with its name and `=`.
    Keyword,
}

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A state.
    State,
    /// A truth.
    Truth,
    /// A number.
    Number,
    /// A bound variable, a colon and a truth.
    TruthOfEach,
    /// A bound variable, a colon and a number.
    NumberOfEach,
    /// An obligation.
    Obligation,
    /// A type of sanction.
    SanctionType,
    /// The quoted name of a treaty.
    Treaty,
    /// The quoted name of a sanction entry.
    Sanction,
    /// The quoted name of a war.
    War,
    /// The quoted name of an event.
    Event,
    /// The quoted name of a kind of happening.
    Happening,
    /// The quoted name of those it happens to.
    Subject,
}

impl What {
    /// What the names are names of, with its article, if it is a quoted name.
    pub fn quoted(self) -> Option<&'static str> {
        match self {
            Self::Treaty => Some("a treaty"),
            Self::Sanction => Some("a sanction entry"),
            Self::War => Some("a war"),
            Self::Event => Some("an event"),
            Self::Happening => Some("a kind of happening"),
            Self::Subject => Some("those it happens to"),
            _ => None,
        }
    }
}

/// What a part of an expression may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that holds or does not.
    Truth,
    /// Something that has a value.
    Number,
    /// A day.
    Date,
    /// A state.
    State,
    /// A quoted name.
    Text,
}

impl Kind {
    /// What it is, without its article.
    pub fn noun(self) -> &'static str {
        self.name().trim_start_matches("a ")
    }

    /// What it is, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Self::Truth => "a truth",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::State => "a state",
            Self::Text => "a quoted name",
        }
    }
}

/// Which function it is.
#[expect(missing_docs, reason = "the table says what each means")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    AtWar,
    Bound,
    Owes,
    Pledged,
    Sanctioned,
    Warned,
    Supplied,
    Contiguous,
    Signed,
    InForce,
    Member,
    SanctionOn,
    WarOn,
    Fired,
    Ever,
    Any,
    All,
    Isolation,
    Capability,
    Alignment,
    Grievance,
    Tension,
    Distance,
    Count,
    Sum,
    Mean,
    Highest,
    Lowest,
    Max,
    Min,
    Abs,
    Since,
    Times,
    Today,
}
