//! Starting scores of states and dyads.

use std::ops::Range;

use crate::scenario::compile::resolve::Names;
use crate::scenario::document::Document;
use crate::scenario::document::processes::ProcessEntry;
use crate::scenario::document::states::{Dyad, State};
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Placed, shown};
use crate::scenario::uncertainty;

/// Starting scores by state and dyad.
pub struct Scores {
    pub names: Vec<String>,
    pub capability: Vec<f64>,
    pub isolation: Vec<f64>,
    pub alignment: Vec<f64>,
    pub grievance: Vec<f64>,
    pub distance_km: Vec<f64>,
    pub contiguous: Vec<bool>,
    /// When each state last began a dispute with force (years since the start), if ever.
    pub last_force: Vec<Option<f64>>,
}

/// The scores of `[states]` and `[dyads]`. `None` if something that they need is missing.
pub fn scores(document: &Document, names: &Names, problems: &mut Problems) -> Option<Scores> {
    let before = problems.len();
    let given = given_dyads(document, names, problems);
    // What a broken entry does not say may be what is missing.
    if names.whole() && document.dyads.whole() && problems.len() == before {
        distances(document, names, &given, problems);
    }
    let states: Vec<_> = document.states.iter().map(|s| s.body.as_ref()).collect();
    let states = states.into_iter().collect::<Option<Vec<_>>>()?;
    if !document.states.whole() || states.len() != names.codes.len() {
        return None;
    }
    if document.dyads.whole() {
        alignments(document, names, &states, &given, problems);
    }
    world_weight(document, &states, problems);
    let last_force = last_force(document, &states, problems);

    let of_dyads = |score: &dyn Fn(Option<&Dyad>, &State, &State) -> f64| {
        let dyads = names.dyads.iter();
        dyads
            .map(|(d, i, j)| score(given[d.index()], states[i.index()], states[j.index()]))
            .collect()
    };
    Some(Scores {
        names: states.iter().map(|s| s.name.clone()).collect(),
        capability: states.iter().map(|s| s.capability.value).collect(),
        isolation: states.iter().map(|s| s.isolation.value).collect(),
        alignment: of_dyads(&|dyad, i, j| alignment(dyad, i, j).unwrap_or(0.0)),
        grievance: of_dyads(&|dyad, _, _| dyad.map_or(0.0, |d| d.grievance.value)),
        distance_km: of_dyads(&|dyad, _, _| {
            dyad.and_then(|d| d.distance_km.as_ref()).map_or(0.0, |km| km.value)
        }),
        contiguous: given.iter().map(|dyad| dyad.is_some_and(touching)).collect(),
        last_force,
    })
}

/// What the author says, or whether the borders meet.
fn touching(dyad: &Dyad) -> bool {
    dyad.contiguous
        .unwrap_or(dyad.distance_km.as_ref().is_some_and(|km| km.support() == (0.0, 0.0)))
}

/// When states last began a dispute with force; a date after the start is a problem.
fn last_force(document: &Document, states: &[&State], problems: &mut Problems) -> Vec<Option<f64>> {
    let calendar = document.run.as_ref().map(|run| &run.calendar);
    let years = |state: &&State| {
        let (date, calendar) = (state.last_force.as_ref()?, calendar?);
        if *date.get_ref() > calendar.start() {
            let rule = "`last_force` is the date of a dispute before the run";
            let found = format!("the run starts on {}", calendar.start());
            let cure = "let an event begin the dispute: { dispute = \"XXX\", from = \"YYY\" }";
            problems.add_with_cure(date.span(), rule, found, cure);
        }
        Some(calendar.years(*date.get_ref()))
    };
    states.iter().map(years).collect()
}

/// What the author gives, or what follows from ideal points.
fn alignment(dyad: Option<&Dyad>, i: &State, j: &State) -> Option<f64> {
    let derived = || {
        let (x, y) = i.ideal_point.as_ref().zip(j.ideal_point.as_ref())?;
        Some(uncertainty::alignment(x.value, y.value))
    };
    dyad.and_then(|d| d.alignment.as_ref()).map(|a| a.value).or_else(derived)
}

/// What `[dyads]` says, by dyad.
fn given_dyads<'d>(
    document: &'d Document,
    names: &Names,
    problems: &mut Problems,
) -> Vec<Option<&'d Dyad>> {
    let mut given = vec![None; names.dyads.len()];
    let mut first = vec![""; names.dyads.len()];
    for entry in &*document.dyads {
        let Some(body) = &entry.body else { continue };
        let codes = Placed::new(entry.span.clone(), body.codes);
        let Some(dyad) = names.dyad(&codes, problems) else { continue };
        if given[dyad.index()].replace(body).is_some() {
            let rule = "a dyad is described once, in either order";
            let found = format!("`{}` is the same dyad", first[dyad.index()]);
            problems.add_with_cure(entry.span.clone(), rule, found, "join the two entries");
        }
        first[dyad.index()] = &entry.name;
    }
    given
}

/// The processes that hang on distance.
const NEED_DISTANCE: [&str; 6] =
    ["pact", "consultation", "non_aggression", "partnership", "accession", "league"];

/// Notes distances that a process needs and the file does not give.
fn distances(document: &Document, names: &Names, given: &[Option<&Dyad>], problems: &mut Problems) {
    let open = document.treaties.iter().any(|t| t.body.as_ref().is_some_and(|body| body.open));
    let needs = |p: &&ProcessEntry| {
        let name = p.entry.about.name;
        p.on && NEED_DISTANCE.contains(&name) && (open || name != "accession")
    };
    let Some(process) = document.processes.iter().find(needs) else { return };
    let name = process.entry.about.name;
    let rule = format!("process `{name}` needs the `distance_km` of every dyad");
    let rule = rule.as_str();
    for entry in &*document.dyads {
        if entry.body.as_ref().is_some_and(|dyad| dyad.distance_km.is_none()) {
            problems.add(entry.span.clone(), rule, "it is missing here");
        }
    }
    let absent = names.dyads.iter().filter(|(d, ..)| given[d.index()].is_none());
    let absent: Vec<_> = absent.map(|(_, i, j)| names.dyad_name(i, j)).collect();
    let Some(example) = absent.first() else { return };
    let place = [&document.dyads.place, &document.states.place].into_iter().find(|p| !p.is_empty());
    let found = format!("not in `[dyads]`: {}", few(&absent));
    let cure = format!("for example: {example} = {{ distance_km = 500 }}");
    problems.add_with_cure(place.cloned().unwrap_or_default(), rule, found, cure);
}

/// Notes states without ideal point that have dyads without alignment.
fn alignments(
    document: &Document,
    names: &Names,
    states: &[&State],
    given: &[Option<&Dyad>],
    problems: &mut Problems,
) {
    let mut unaligned = vec![Vec::new(); states.len()];
    for (d, i, j) in names.dyads.iter() {
        if alignment(given[d.index()], states[i.index()], states[j.index()]).is_none() {
            // Of two states without ideal point, the dyad is noted at the first.
            let without = if states[i.index()].ideal_point.is_none() { i } else { j };
            unaligned[without.index()].push(names.dyad_name(i, j));
        }
    }
    for (entry, dyads) in document.states.iter().zip(unaligned).filter(|(_, d)| !d.is_empty()) {
        let rule = "alignment needs the `ideal_point` of both states, or `alignment` in `[dyads]`";
        let found = format!("no `ideal_point`, and no `alignment` of {}", few(&dyads));
        problems.add(entry.span.clone(), rule, found);
    }
}

/// The first of many names.
fn few(names: &[String]) -> String {
    match names {
        few if few.len() <= 6 => few.join(", "),
        many => format!("{}, ... ({} in all)", many[..5].join(", "), many.len()),
    }
}

/// The states of a scenario cannot weigh more than the world they are part of.
fn world_weight(document: &Document, states: &[&State], problems: &mut Problems) {
    let total: f64 = states.iter().map(|s| s.capability.value).sum();
    if total > 1.0 + 1e-9 {
        let rule = "capabilities are shares of the world, so they sum to at most 1";
        let found = format!("the sum over these states is {total:.4}");
        let cure = "divide by the total of the whole world, not of these states";
        problems.add_with_cure(document.states.place.clone(), rule, found, cure);
    }
    let weight: f64 = states.iter().map(|s| s.capability.value.sqrt()).sum();
    let isolation = document.processes.iter().find(|p| p.on && p.entry.about.name == "isolation");
    let Some((w_tot, place)) = isolation.and_then(|p| parameter(p, "w_tot")) else { return };
    if w_tot < weight * (1.0 - 1e-9) {
        let rule = "`w_tot` of process `isolation` sums sqrt(capability) over the whole world";
        let found = format!("{} is less than the sum over these states alone", shown(w_tot));
        let least = (weight * 1000.0).ceil() / 1000.0;
        let cure = format!("set `w_tot` in `[processes.isolation]` to at least {least:.3}");
        let place = place.unwrap_or_else(|| document.states.place.clone());
        problems.add_with_cure(place, rule, found, cure);
    }
}

/// The Euler scheme of alignment overshoots its mean if a step covers more than the way there.
pub fn stable(document: &Document, problems: &mut Problems) {
    let alignment = document.processes.iter().find(|p| p.on && p.entry.about.name == "alignment");
    let Some((theta, place)) = alignment.and_then(|p| parameter(p, "theta")) else { return };
    let Some(run) = &document.run else { return };
    let dt = run.calendar.timeline().dt;
    if theta * dt > 1.0 {
        let rule = "`theta` of process `alignment` times the step may not exceed 1";
        let found = format!("{} a year times {} years", shown(theta), shown(dt));
        let cure = "choose shorter steps or a smaller `theta`";
        problems.add_with_cure(place.unwrap_or_else(|| run.end.clone()), rule, found, cure);
    }
}

/// The levels of a dispute share what there is.
pub fn levels(document: &Document, problems: &mut Problems) {
    let crisis = document.processes.iter().find(|p| p.on && p.entry.about.name == "crisis");
    let Some(crisis) = crisis else { return };
    let shares = ["share_threat", "share_display"].map(|name| parameter(crisis, name));
    let [Some((threat, one)), Some((display, other))] = shares else { return };
    if threat + display > 1.0 {
        let rule = "`share_threat` and `share_display` of process `crisis` sum to at most 1";
        let found = format!("they sum to {}", shown(threat + display));
        let place = other.or(one).unwrap_or_default();
        problems.add_with_cure(place, rule, found, "the rest is the share that uses force");
    }
}

/// The greatest value a parameter can have, and its place if the file gives it.
fn parameter(process: &ProcessEntry, name: &str) -> Option<(f64, Option<Range<usize>>)> {
    let position = process.entry.parameters.iter().position(|p| p.name == name)?;
    Some((process.values[position].support().1, process.places[position].clone()))
}
