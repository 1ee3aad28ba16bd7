//! `[states]` and `[dyads]`: who there is, and what stands between them at the start.

use jiff::civil::Date;
use toml::Spanned;

use crate::model::ids::StateCode;
use crate::scenario::names::iso_name;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, Line, Placed, dyad_codes, in_range, shown, state_code};

/// A state at the start.
#[derive(Clone, Debug)]
pub struct State {
    /// The code.
    pub code: StateCode,
    /// The name for people; that of ISO 3166, or the code, if not given.
    pub name: String,
    /// Capability c, share of the world's.
    pub capability: f64,
    /// Isolation I.
    pub isolation: f64,
    /// Position on the scale of UN votes.
    pub ideal_point: Option<f64>,
    /// When it last began a dispute with force, if before the run.
    pub last_force: Option<Placed<Date>>,
}

/// What the author says of a dyad.
#[derive(Clone, Debug)]
pub struct Dyad {
    /// The two codes.
    pub codes: [StateCode; 2],
    /// Least distance between the borders (km).
    pub distance_km: Option<f64>,
    /// Whether a land border or at most 400 miles of sea lie between them, if said.
    pub contiguous: Option<bool>,
    /// Alignment a, where it is not to follow from the ideal points.
    pub alignment: Option<f64>,
    /// Grievance G.
    pub grievance: f64,
}

/// Reads an entry of `[states]`.
pub fn state(name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<State> {
    let code = state_code(name.get_ref(), name.span(), problems);
    let given = entry.get::<Line>("name", problems).map(|line| line.into_inner().0);
    let capability = entry.need::<f64>("capability", problems).and_then(|c| {
        let range = f64::MIN_POSITIVE..=1.0;
        if range.contains(c.get_ref()) {
            return Some(*c.get_ref());
        }
        let rule = format!(
            "`{}` is a share of the world: above 0, at most 1",
            entry.path_of("capability")
        );
        problems.add(c.span(), rule, format!("{} is out of range", shown(*c.get_ref())));
        None
    });
    let isolation = entry.need::<f64>("isolation", problems);
    let isolation =
        isolation.and_then(|i| in_range(&i, &(0.0..=1.0), &entry.path_of("isolation"), problems));
    let ideal_point = entry.number("ideal_point", -10.0..=10.0, problems);
    let last_force = entry.get("last_force", problems);
    let code = code?;
    let name = given.or_else(|| iso_name(code).map(str::to_owned)).unwrap_or(code.to_string());
    Some(State {
        code,
        name,
        capability: capability?,
        isolation: isolation?,
        ideal_point,
        last_force,
    })
}

/// Reads an entry of `[dyads]`.
pub fn dyad(name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Dyad> {
    let codes = dyad_codes(name.get_ref(), name.span(), problems);
    let distance_km = entry.number("distance_km", 0.0..=20_040.0, problems);
    let contiguous = entry.get::<bool>("contiguous", problems).map(Spanned::into_inner);
    let alignment = entry.number("alignment", -1.0..=1.0, problems);
    let grievance = entry.number("grievance", 0.0..=1000.0, problems).unwrap_or(0.0);
    Some(Dyad { codes: codes?, distance_km, contiguous, alignment, grievance })
}
