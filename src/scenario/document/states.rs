//! `[states]` and `[dyads]`: who there is, and what stands between them at the start.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::Spanned;

use crate::model::ids::StateCode;
use crate::scenario::names::iso_name;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Line, Number, Placed, dyad_codes, state_code};

/// A state at the start.
#[derive(Clone, Debug)]
pub struct State {
    /// The code.
    pub code: StateCode,
    /// The name for people; that of ISO 3166, or the code, if not given.
    pub name: String,
    /// Capability c, share of the world's.
    pub capability: Number,
    /// Isolation I.
    pub isolation: Number,
    /// Position on the scale of UN votes.
    pub ideal_point: Option<Number>,
    /// When it last began a dispute with force, if before the run.
    pub last_force: Option<Placed<Date>>,
}

/// What the author says of a dyad.
#[derive(Clone, Debug)]
pub struct Dyad {
    /// The two codes.
    pub codes: [StateCode; 2],
    /// Least distance between the borders (km).
    pub distance_km: Option<Number>,
    /// Whether a land border or at most 400 miles of sea lie between them, if said.
    pub contiguous: Option<bool>,
    /// Alignment a, where it is not to follow from the ideal points.
    pub alignment: Option<Number>,
    /// Grievance G.
    pub grievance: Number,
}

/// Capability is a share of the world: above 0, at most 1.
const CAPABILITY: RangeInclusive<f64> = f64::MIN_POSITIVE..=1.0;

/// Reads an entry of `[states]`.
pub fn state(name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<State> {
    let code = state_code(name.get_ref(), name.span(), problems);
    let given = entry.get::<Line>("name", problems).map(|line| line.into_inner().0);
    let capability = entry.need_uncertain("capability", CAPABILITY, problems);
    let isolation = entry.need_uncertain("isolation", 0.0..=1.0, problems);
    let ideal_point = entry.uncertain("ideal_point", -10.0..=10.0, problems);
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
    let distance_km = entry.uncertain("distance_km", 0.0..=20_040.0, problems);
    if let Some(Number { drawn: Some(drawn), .. }) = &distance_km
        && drawn.distribution.support().0 == 0.0
        && !entry.has("contiguous")
    {
        entry.raw("contiguous");
        let rule =
            format!("`{}` needs `contiguous` where its distance may or may not be 0", entry.path());
        let lack = Problem::new(drawn.span.clone(), rule, "this may be 0")
            .with_cure("add `contiguous = true` or `contiguous = false`");
        entry.lack(&["contiguous"], lack);
    }
    let contiguous = entry.get::<bool>("contiguous", problems).map(Spanned::into_inner);
    let alignment = entry.uncertain("alignment", -1.0..=1.0, problems);
    let grievance = entry.uncertain("grievance", 0.0..=1000.0, problems).unwrap_or_default();
    Some(Dyad { codes: codes?, distance_km, contiguous, alignment, grievance })
}
