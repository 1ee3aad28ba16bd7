//! `[treaties]`, `[sanctions]` and `[wars]`: what binds and divides states.

use jiff::civil::Date;
use toml::Spanned;

use crate::model::frame::SanctionTypes;
use crate::model::ids::StateCode;
use crate::model::treaty::{Dimension, Obligation};
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, Placed, unknown};

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
    if let Some(members) = &members
        && members.get_ref().len() < 2
    {
        let rule = format!("treaty `{}` needs at least two members", name.get_ref());
        problems.add(members.span(), rule, "too few states");
    }
    let owed_by = entry.raw("owed_by").is_some().then(|| states(entry, "owed_by", problems));
    let obligations = words(entry, "obligations", &Obligation::ALL.map(Obligation::name), problems);
    let obligations: Option<Vec<_>> = obligations
        .map(|list| list.iter().filter_map(|n| Obligation::from_name(n.get_ref())).collect());
    let dimensions = dimensions(name, entry, obligations.as_deref(), problems);
    let signed = entry.get("signed", problems);
    Some(Treaty {
        members: members?.into_inner(),
        owed_by: match owed_by {
            None => None,
            Some(list) => Some(list?.into_inner()),
        },
        obligations: obligations.unwrap_or_default(),
        dimensions: dimensions?,
        signed,
    })
}

/// The sides a treaty names; with obligations and nothing named, military and political.
fn dimensions(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    obligations: Option<&[Obligation]>,
    problems: &mut Problems,
) -> Option<Vec<Dimension>> {
    let bound = obligations.is_some_and(|list| !list.is_empty());
    let named = words(entry, "dimensions", &Dimension::ALL.map(Dimension::name), problems);
    let Some(named) = named else {
        if !bound {
            let rule = format!("treaty `{}` needs `obligations` or `dimensions`", name.get_ref());
            problems.add(entry.span(), rule, "it binds nobody to anything");
            return None;
        }
        return Some(vec![Dimension::Military, Dimension::Political]);
    };
    let sides: Vec<_> = named.iter().filter_map(|n| Dimension::from_name(n.get_ref())).collect();
    let military = named.iter().find(|n| n.get_ref() == Dimension::Military.name());
    match military {
        Some(side) if !bound => {
            let rule =
                format!("the military side of treaty `{}` is its obligations", name.get_ref());
            problems.add(side.span(), rule, "the treaty has none");
            None
        }
        None if bound => {
            let rule =
                format!("treaty `{}` has obligations, so it has a military side", name.get_ref());
            let place = named.first().map_or(entry.span(), Placed::span);
            problems.add_with_cure(place, rule, "not named here", "add \"military\"");
            None
        }
        _ => Some(sides),
    }
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
    if types.as_ref().is_none_or(Vec::is_empty) {
        let rule = format!("`{}` says how", entry.path_of("types"));
        let cure = format!("one or more of: {}", SanctionTypes::NAMES.join(", "));
        problems.add_with_cure(entry.span(), rule, "no type of sanction", cure);
    }
    let types = types?.into_iter().filter_map(|name| SanctionTypes::from_name(name.get_ref()));
    let types = types.fold(SanctionTypes::default(), SanctionTypes::with);
    let since = entry.get("since", problems);
    let (senders, targets) = (senders?.into_inner(), targets?.into_inner());
    both_sides(&senders, &targets, "a state does not sanction itself", problems);
    Some(Sanction { senders, targets, types, since })
}

/// Reads an entry of `[wars]`.
pub fn war(_name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<War> {
    let side_a = states(entry, "side_a", problems);
    let side_b = states(entry, "side_b", problems);
    let since = entry.get("since", problems);
    let (side_a, side_b) = (side_a?.into_inner(), side_b?.into_inner());
    both_sides(&side_a, &side_b, "a state fights on one side only", problems);
    Some(War { side_a, side_b, since })
}

fn both_sides(a: &Codes, b: &Codes, rule: &str, problems: &mut Problems) {
    for code in b.iter().filter(|code| a.iter().any(|other| other.get_ref() == code.get_ref())) {
        problems.add(code.span(), rule, format!("{} stands on both sides", code.get_ref()));
    }
}

/// A list of different states that must be there and not be empty.
fn states(
    entry: &mut Entry<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<Placed<Codes>> {
    let list = entry.need::<Codes>(key, problems)?;
    let codes = list.get_ref();
    for (n, code) in codes.iter().enumerate() {
        if codes[..n].iter().any(|earlier| earlier.get_ref() == code.get_ref()) {
            let rule = format!("`{}` names each state once", entry.path_of(key));
            problems.add(code.span(), rule, format!("{} stands here again", code.get_ref()));
        }
    }
    if codes.is_empty() {
        problems.add(list.span(), format!("`{}` needs a state", entry.path_of(key)), "it is empty");
    }
    Some(list)
}

/// A list of words out of a fixed vocabulary; unknown words are noted and left out.
fn words(
    entry: &mut Entry<'_>,
    key: &'static str,
    valid: &[&str],
    problems: &mut Problems,
) -> Option<Vec<Placed<String>>> {
    let list = entry.get::<Vec<Placed<String>>>(key, problems)?;
    for word in list.get_ref().iter().filter(|word| !valid.contains(&word.get_ref().as_str())) {
        let rule = format!("`{}` knows no `{}`", entry.path_of(key), word.get_ref());
        unknown(word.span(), &rule, word.get_ref(), valid, problems);
    }
    Some(Spanned::into_inner(list))
}
