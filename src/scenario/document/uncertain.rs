//! `[quantities]` and `[correlations]`: named numbers, and what depends on what.

use toml::Spanned;

use crate::scenario::expression::unusable;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Number, Placed};
use crate::scenario::setup::Provenance;
use crate::scenario::tree::Value;

/// A named number for expressions.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: std::ops::Range<usize>,
    /// The number, if it could be read.
    pub number: Option<Number>,
}

/// Uncertain numbers that depend on each other.
#[derive(Clone, Debug)]
pub struct Correlated {
    /// The keys of the numbers.
    pub members: Vec<Placed<String>>,
    /// How they depend on each other.
    pub how: How,
}

/// How numbers depend on each other.
#[derive(Clone, Debug)]
pub enum How {
    /// Every two alike.
    Common(Placed<f64>),
    /// A row for each member.
    Matrix(Placed<Vec<Vec<f64>>>),
}

/// The most members of a group.
const MOST_MEMBERS: usize = 50;

/// Reads `[quantities]`.
pub fn quantities(
    file: &mut Entry<'_>,
    sources: &mut Vec<Provenance>,
    problems: &mut Problems,
) -> Vec<Quantity> {
    let Some(table) = file.table("quantities", problems) else { return Vec::new() };
    let range = -f64::MAX..=f64::MAX;
    let read = |(name, value): (Placed<&str>, &Placed<Value>)| {
        let path = table.path_of(name.get_ref());
        if let Some(found) = unusable(name.get_ref()) {
            let rule = "a quantity has a name that expressions can use";
            problems.add(name.span(), rule, found);
        }
        let number = if let Value::Table(_) = value.get_ref() {
            let mut entry = Entry::of(value, &path, name.span(), problems)?;
            let number = entry.need_uncertain("value", range.clone(), problems);
            sources.extend(entry.provenance(problems));
            entry.end(problems);
            number
        } else {
            crate::scenario::reader::numbers::number(value, &path, &range, problems)
        };
        Some(Quantity { name: (*name.get_ref()).to_owned(), span: name.span(), number })
    };
    table.named().filter_map(read).collect()
}

/// Reads an entry of `[correlations]`.
pub fn correlated(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    problems: &mut Problems,
) -> Option<Correlated> {
    let members = entry.need::<Vec<Placed<String>>>("members", problems);
    let common = entry.get::<f64>("correlation", problems);
    let matrix = entry.get::<Vec<Placed<Vec<Placed<f64>>>>>("matrix", problems);
    let rule = format!("correlation `{}` has either `correlation` or `matrix`", name.get_ref());
    match (entry.has("correlation"), entry.has("matrix")) {
        (true, true) => problems.add(entry.place_of("matrix"), rule, "it has both"),
        (false, false) => {
            let lack = Problem::new(entry.place(), rule, "it has neither");
            entry.lack(&["correlation", "matrix"], lack);
        }
        _ => {}
    }
    let members = members?;
    if members.get_ref().len() > MOST_MEMBERS {
        let rule = format!("a correlation has at most {MOST_MEMBERS} members");
        problems.add(members.span(), rule, format!("it has {}", members.get_ref().len()));
        return None;
    }
    let rows = |matrix: Placed<Vec<Placed<Vec<Placed<f64>>>>>| {
        let row = |row: Placed<Vec<Placed<f64>>>| {
            row.into_inner().into_iter().map(Spanned::into_inner).collect()
        };
        Placed::new(matrix.span(), matrix.into_inner().into_iter().map(row).collect())
    };
    let how = common.map(How::Common).or_else(|| matrix.map(|matrix| How::Matrix(rows(matrix))))?;
    Some(Correlated { members: members.into_inner(), how })
}
