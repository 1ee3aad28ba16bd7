//! `[treaties]`, `[sanctions]` and `[wars]`: what binds and divides states.

use std::collections::BTreeSet;

use jiff::civil::Date;
use toml::Spanned;

use crate::model::ids::StateCode;
use crate::model::sanction::SanctionTypes;
use crate::model::treaty::{Dimension, Obligation, Ratification};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Line, Placed, unknown};

/// A list of states with their places.
pub type Codes = Vec<Placed<StateCode>>;

/// A treaty.
#[derive(Clone, Debug)]
pub struct Treaty {
    /// The members.
    pub members: Codes,
    /// Who owes the obligations, if not every member.
    pub owed_by: Option<Codes>,
    /// What is owed.
    pub obligations: Vec<Obligation>,
    /// The sides of the treaty.
    pub dimensions: Vec<Dimension>,
    /// When it was signed, if before the run.
    pub signed: Option<Placed<Date>>,
    /// Whether defence is owed only to a member that did not choose its war.
    pub conditional: bool,
    /// How it comes into force.
    pub ratification: Ratification,
    /// Whether states may accede by themselves.
    pub open: bool,
    /// The articles that hold the obligations.
    pub articles: [Option<String>; Obligation::ALL.len()],
}

/// A sanction.
#[derive(Clone, Debug)]
pub struct Sanction {
    /// Who sanctions.
    pub senders: Codes,
    /// Who is sanctioned.
    pub targets: Codes,
    /// How.
    pub types: SanctionTypes,
    /// Since when, if before the run.
    pub since: Option<Placed<Date>>,
}

/// A war.
#[derive(Clone, Debug)]
pub struct War {
    /// One side.
    pub side_a: Codes,
    /// The other.
    pub side_b: Codes,
    /// Since when, if before the run.
    pub since: Option<Placed<Date>>,
}

/// Reads an entry of `[treaties]`.
pub fn treaty(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    problems: &mut Problems,
) -> Option<Treaty> {
    let members = states(entry, "members", problems);
    if entry.len_of("members") == 1 {
        let rule = format!("treaty `{}` needs at least two members", name.get_ref());
        problems.add(entry.place_of("members"), rule, "it has one");
    }
    entry.raw("owed_by");
    let owed_by = entry.has("owed_by").then(|| states(entry, "owed_by", problems));
    let obligations = words(entry, "obligations", &Obligation::ALL.map(Obligation::name), problems);
    let obligations = obligations.iter().filter_map(|n| Obligation::from_name(n.get_ref()));
    let obligations: Vec<_> = obligations.collect();
    let dimensions = dimensions(name, entry, problems);
    let signed = entry.get("signed", problems);
    let flag = |key, entry: &mut Entry<'_>, problems: &mut Problems| {
        entry.get::<bool>(key, problems).map(Spanned::into_inner)
    };
    let conditional = flag("conditional", entry, problems);
    let readable = obligations.len() == entry.len_of("obligations");
    if conditional == Some(false) && readable && !obligations.contains(&Obligation::Defence) {
        let rule = "`conditional` says when defence is owed";
        let found = "the treaty does not oblige to defence";
        problems.add(entry.place_of("conditional"), rule, found);
    }
    let ways = &Ratification::NAMES;
    let ratification = entry.choice("ratification", "way of ratification", ways, problems);
    Some(Treaty {
        members,
        owed_by,
        articles: articles(entry, &obligations, problems),
        obligations,
        dimensions,
        signed,
        conditional: conditional.unwrap_or(true),
        ratification: ratification.unwrap_or(Ratification::AtSignature),
        open: flag("open", entry, problems).unwrap_or(false),
    })
}

/// Where the treaty's text has its obligations.
fn articles(
    entry: &mut Entry<'_>,
    obligations: &[Obligation],
    problems: &mut Problems,
) -> [Option<String>; Obligation::ALL.len()] {
    let mut articles = [const { None }; Obligation::ALL.len()];
    let Some(mut table) = entry.table("articles", problems) else { return articles };
    for obligation in Obligation::ALL {
        let name = obligation.name();
        let text = table.get::<Line>(name, problems);
        // Where an obligation is misspelt, that is the problem.
        let readable = obligations.len() == entry.len_of("obligations");
        if text.is_some() && readable && !obligations.contains(&obligation) {
            let rule = format!("`{}` names articles of the treaty's obligations", table.path());
            let found = format!("the treaty does not oblige to {name}");
            problems.add(table.place_of(name), rule, found);
        }
        articles[obligation as usize] = text.map(|line| line.into_inner().0);
    }
    table.end(problems);
    articles
}

/// The sides a treaty names; with obligations and nothing named, military and political.
fn dimensions(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    problems: &mut Problems,
) -> Vec<Dimension> {
    // As written: obligations that are misspelt are obligations.
    let bound = entry.len_of("obligations") > 0;
    let listed = entry.len_of("dimensions") > 0;
    let before = problems.len();
    let named = words(entry, "dimensions", &Dimension::ALL.map(Dimension::name), problems);
    if problems.len() > before {
        return Vec::new();
    }
    if !bound && !listed {
        let rule = format!("treaty `{}` needs `obligations` or `dimensions`", name.get_ref());
        let cure = format!("obligations: {}", Obligation::ALL.map(Obligation::name).join(", "));
        let lack = Problem::new(entry.place(), rule, "it binds nobody to anything").with_cure(cure);
        entry.lack(&["obligations", "dimensions"], lack);
    }
    if bound && !entry.has("dimensions") {
        return vec![Dimension::Military, Dimension::Political];
    }
    let military = named.iter().find(|n| n.get_ref() == Dimension::Military.name());
    if let (Some(side), false) = (military, bound) {
        let rule = format!("the military side of treaty `{}` is its obligations", name.get_ref());
        let cure = format!("one or more of: {}", Obligation::ALL.map(Obligation::name).join(", "));
        let lack = Problem::new(side.span(), rule, "it has no `obligations`").with_cure(cure);
        entry.lack(&["obligations"], lack);
    }
    if military.is_none() && bound {
        let rule =
            format!("treaty `{}` has obligations, so it has a military side", name.get_ref());
        let place = entry.place_of("dimensions");
        problems.add_with_cure(place, rule, "not named here", "add \"military\"");
    }
    named.iter().filter_map(|n| Dimension::from_name(n.get_ref())).collect()
}

/// Reads an entry of `[sanctions]`.
pub fn sanction(
    _name: &Placed<&str>,
    entry: &mut Entry<'_>,
    problems: &mut Problems,
) -> Option<Sanction> {
    let senders = states(entry, "senders", problems);
    let targets = states(entry, "targets", problems);
    let types = words(entry, "types", &SanctionTypes::NAMES, problems);
    let cure = format!("one or more of: {}", SanctionTypes::NAMES.join(", "));
    if !entry.has("types") {
        let rule = format!("`{}` needs `types`", entry.path());
        let lack = Problem::new(entry.place(), rule, "it is missing here").with_cure(cure);
        entry.lack(&["types"], lack);
    } else if empty(entry, "types") {
        let rule = format!("`{}` needs a type of sanction", entry.path_of("types"));
        problems.add_with_cure(entry.place_of("types"), rule, "it is empty", cure);
    }
    let types = types.iter().filter_map(|name| SanctionTypes::from_name(name.get_ref()));
    let types = types.fold(SanctionTypes::default(), SanctionTypes::with);
    let since = entry.get("since", problems);
    both_sides(&senders, &targets, "a state does not sanction itself", problems);
    Some(Sanction { senders, targets, types, since })
}

/// Reads an entry of `[wars]`.
pub fn war(_name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<War> {
    let side_a = states(entry, "side_a", problems);
    let side_b = states(entry, "side_b", problems);
    let since = entry.get("since", problems);
    both_sides(&side_a, &side_b, "a state fights on one side only", problems);
    Some(War { side_a, side_b, since })
}

fn both_sides(a: &Codes, b: &Codes, rule: &str, problems: &mut Problems) {
    let others: BTreeSet<_> = a.iter().map(Placed::get_ref).collect();
    for code in b.iter().filter(|code| others.contains(code.get_ref())) {
        problems.add(code.span(), rule, format!("{} stands on both sides", code.get_ref()));
    }
}

/// A list of different states that must be there and not be empty.
fn states(entry: &mut Entry<'_>, key: &'static str, problems: &mut Problems) -> Codes {
    let codes = entry.need::<Codes>(key, problems).map(Spanned::into_inner).unwrap_or_default();
    let mut seen = BTreeSet::new();
    for code in &codes {
        if !seen.insert(code.get_ref()) {
            let rule = format!("`{}` names each state once", entry.path_of(key));
            problems.add(code.span(), rule, format!("{} stands here again", code.get_ref()));
        }
    }
    if empty(entry, key) {
        let rule = format!("`{}` needs a state", entry.path_of(key));
        problems.add(entry.place_of(key), rule, "it is empty");
    }
    codes
}

/// Whether there is a list under `key`, and nothing in it.
fn empty(entry: &mut Entry<'_>, key: &'static str) -> bool {
    let list = entry.raw(key).and_then(|value| value.get_ref().as_array());
    list.is_some_and(<[_]>::is_empty)
}

/// A list of words out of a fixed vocabulary; unknown words are noted and left out.
fn words(
    entry: &mut Entry<'_>,
    key: &'static str,
    valid: &[&str],
    problems: &mut Problems,
) -> Vec<Placed<String>> {
    let list = entry.get::<Vec<Placed<String>>>(key, problems);
    let mut list = list.map(Spanned::into_inner).unwrap_or_default();
    list.retain(|word| {
        let known = valid.contains(&word.get_ref().as_str());
        if !known {
            let rule = format!("`{}` knows no `{}`", entry.path_of(key), word.get_ref());
            unknown(word.span(), &rule, word.get_ref(), valid, problems);
        }
        known
    });
    list
}
