//! The key that is meant by what somebody typed.

use super::{Form, Key, Kind, SECTIONS, Section};

/// A part of the language.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// A table, or tables under names.
    Section(&'static Section),
    /// A key of a section.
    Key(&'static Section, &'static Key),
    /// The key that tells the form of a table, such as the verb of an action.
    Form(&'static Section, &'static Form),
    /// A key that goes with such a key.
    With(&'static Section, &'static Form, &'static Key),
}

/// What was found: an item, and where else the same stands.
#[derive(Clone, Debug)]
pub struct Found {
    /// The item.
    pub item: Item,
    /// The full keys under which it stands, that of the item first.
    pub paths: Vec<String>,
    /// The keys it goes with, if it goes with any.
    pub with: Vec<&'static str>,
}

impl Item {
    /// The key, if it is one.
    pub fn key(self) -> Option<&'static Key> {
        match self {
            Self::Section(_) => None,
            Self::Form(_, form) => Some(&form.key),
            Self::Key(_, key) | Self::With(_, _, key) => Some(key),
        }
    }

    /// The section it belongs to.
    pub fn section(self) -> &'static Section {
        match self {
            Self::Section(section)
            | Self::Key(section, _)
            | Self::Form(section, _)
            | Self::With(section, ..) => section,
        }
    }

    /// Whether it stands beside the entries of its section: `states.table`.
    fn is_beside(self) -> bool {
        let beside = |key: &Key| self.section().beside().any(|other| std::ptr::eq(other, key));
        matches!(self, Self::Key(_, key) if beside(key))
    }

    /// The parts of its path; `*` stands for any name.
    pub(super) fn parts(self) -> Vec<&'static str> {
        let section = self.section();
        let of_entry = self.key().is_some() && !self.is_beside();
        let path = if of_entry { &*section.path } else { section.holder() };
        let parts = path.split('.').filter(|part| !part.is_empty());
        parts.chain(self.key().map(|key| key.name)).collect()
    }

    /// The full key, with what stands for a name.
    pub fn shown(self) -> String {
        match (self, self.key()) {
            (Self::Section(section), _) if section.path.is_empty() => "a scenario".to_owned(),
            (_, Some(key)) if self.is_beside() => {
                format!("{}.{}", self.section().holder(), key.name)
            }
            (_, Some(key)) => self.section().key_shown(key),
            (_, None) => self.section().shown(),
        }
    }

    fn same(self, other: Self) -> bool {
        match (self.key(), other.key()) {
            (Some(a), Some(b)) => {
                let alike = |a: &Key, b: &Key| {
                    (a.name, a.meaning, a.kind, a.need) == (b.name, b.meaning, b.kind, b.need)
                };
                alike(a, b)
            }
            _ => false,
        }
    }
}

/// Every part of the language. What stands at the top and is a section counts as that.
fn items() -> impl Iterator<Item = Item> {
    SECTIONS.iter().filter(|section| !section.path.is_empty()).flat_map(|section| {
        let form = move |form: &'static Form| {
            let with = form.with.iter().map(move |key| Item::With(section, form, key));
            std::iter::once(Item::Form(section, form)).chain(with)
        };
        std::iter::once(Item::Section(section))
            .chain(section.beside().map(move |key| Item::Key(section, key)))
            .chain(keys(section))
            .chain(section.forms.iter().flat_map(form))
    })
}

/// The keys of a section that are no sections and stand nowhere else.
fn keys(section: &'static Section) -> impl Iterator<Item = Item> {
    let own = |key: &&Key| {
        section.path != "variant.*" || ["without", "source", "note"].contains(&key.name)
    };
    let plain = |key: &&Key| !matches!(key.kind, Kind::Table(_) | Kind::Process | Kind::Entries(_));
    section.keys().filter(plain).filter(own).map(move |key| Item::Key(section, key))
}

/// Every part of the language, with the keys at the top of a file.
pub(super) fn all() -> impl Iterator<Item = Item> {
    SECTIONS.iter().filter(|section| section.path.is_empty()).flat_map(keys).chain(items())
}

/// What `text` may mean: `events.rate`, `events.some-event.rate`, `states`, `sign`, `rate`.
pub fn find(text: &str) -> Vec<Found> {
    let asked = parts(text);
    let asked: Vec<_> = asked.iter().map(String::as_str).collect();
    // A variant has the keys of a scenario.
    let asked = match asked[..] {
        ["variant", _, ref rest @ ..] if rest.len() > 1 || is_top(rest) => rest,
        ref whole => whole,
    };
    if asked.is_empty() {
        return Vec::new();
    }
    let whole = best(all().filter_map(|item| Some((whole(item, asked)?, item))));
    let found = if whole.is_empty() {
        best(all().filter_map(|item| Some((end(item, asked)?, item))))
    } else {
        whole
    };
    gathered(&found)
}

fn is_top(rest: &[&str]) -> bool {
    let own = ["without", "source", "note"];
    matches!(rest, [key] if !own.contains(key))
}

/// The parts of a key as typed, without numbers of actions and quotes.
pub(super) fn parts(text: &str) -> Vec<String> {
    let text = text.trim().trim_start_matches('[');
    let (mut parts, mut quoted, mut bracket) = (vec![String::new()], false, false);
    for c in text.chars() {
        match c {
            '"' | '\'' => quoted = !quoted,
            '[' | ']' if !quoted => bracket = c == '[',
            '.' if !quoted => parts.push(String::new()),
            _ if bracket => {}
            _ => parts.last_mut().expect("there is one").push(c),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The items that take the fewest names to fit.
fn best(fits: impl Iterator<Item = (usize, Item)>) -> Vec<Item> {
    let fits: Vec<_> = fits.collect();
    let least = fits.iter().map(|(names, _)| *names).min();
    fits.into_iter().filter(|(names, _)| Some(*names) == least).map(|(_, item)| item).collect()
}

/// How many names what is asked has, if it is the item's path; names may be left out.
fn whole(item: Item, asked: &[&str]) -> Option<usize> {
    let parts = item.parts();
    let entry = matches!(item, Item::Section(section) if section.entries.is_some());
    fits(&parts, asked).or_else(|| {
        let named: Vec<_> = parts.iter().copied().chain(["*"]).collect();
        if entry { fits(&named, asked) } else { None }
    })
}

/// The same for the end of the item's path.
fn end(item: Item, asked: &[&str]) -> Option<usize> {
    let parts = item.parts();
    let ends = (1..parts.len()).filter(|&at| parts[at] != "*");
    ends.filter_map(|at| fits(&parts[at..], asked)).min()
}

fn fits(parts: &[&str], asked: &[&str]) -> Option<usize> {
    match (parts, asked) {
        ([], []) => Some(0),
        (["*", rest @ ..], _) => {
            let named = asked.split_first().and_then(|(_, after)| fits(rest, after));
            // A name that is left out is no name only where something follows it.
            let bare = if rest.is_empty() { None } else { fits(rest, asked) };
            bare.or(named.map(|names| names + 1))
        }
        ([part, rest @ ..], [first, after @ ..]) if part == first => fits(rest, after),
        _ => None,
    }
}

/// One for each meaning, with all paths of it.
fn gathered(items: &[Item]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for &item in items {
        let path = item.shown();
        let with = if let Item::With(_, form, _) = item { Some(form.key.name) } else { None };
        match found.iter_mut().find(|other| other.item.same(item)) {
            Some(other) => {
                if !other.paths.contains(&path) {
                    other.paths.push(path);
                }
                other.with.extend(with);
            }
            None => found.push(Found { item, paths: vec![path], with: with.into_iter().collect() }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        find(text).into_iter().map(|found| found.paths[0].clone()).collect()
    }

    #[test]
    fn a_key_is_found_with_and_without_names() {
        for (asked, path) in [
            ("title", "title"),
            ("run", "run"),
            ("[run]", "run"),
            ("events", "events.NAME"),
            ("events.some-event", "events.NAME"),
            ("events.rate", "events.NAME.rate"),
            ("events.some-event.rate", "events.NAME.rate"),
            ("events.\"a.b\".rate", "events.NAME.rate"),
            ("rate", "events.NAME.rate"),
            ("sign", "events.NAME.actions.sign"),
            ("events.x.actions[2].sign", "events.NAME.actions.sign"),
            ("by", "events.NAME.actions.by"),
            ("states.PRK", "states.CODE"),
            ("states.PRK.isolation", "states.CODE.isolation"),
            ("states.table", "states.table"),
            ("treaties.x.articles.defence", "treaties.NAME.articles.defence"),
            ("processes.crisis.delta", "processes.crisis.delta"),
            ("crisis.delta", "processes.crisis.delta"),
            ("crisis", "processes.crisis"),
            ("variant.x.without", "variant.NAME.without"),
            ("variant.x.title", "title"),
            ("variant.x.events.y.date", "events.NAME.date"),
            ("outcomes.ever", "outcomes.NAME.ever"),
        ] {
            assert_eq!(paths(asked).first().map(String::as_str), Some(path), "{asked}");
        }
        assert_eq!(
            paths("isolation"),
            [
                "states.CODE.isolation",
                "outcomes.NAME.isolation",
                "processes.isolation",
                "charts.isolation"
            ]
        );
        for nothing in ["", ".", "events.x.y.z", "rtae", "[["] {
            assert!(paths(nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn what_means_the_same_is_one() {
        let from = &find("actions.from")[..];
        assert_eq!(from.len(), 1);
        assert!(from[0].with.contains(&"warn"), "{from:?}");
        assert_eq!(find("table")[0].paths.len(), 4);
    }
}
