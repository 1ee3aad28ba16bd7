//! Which numbers of a scenario are uncertain, and what each is a value of.

use crate::model::correlation::Correlation;
use crate::model::entity::Entity;
use crate::model::ids::{EventId, ParameterId, StateId};
use crate::scenario::compile::resolve::Names;
use crate::scenario::document::actions::{Action, Deed};
use crate::scenario::document::events::Timing;
use crate::scenario::document::processes::matters;
use crate::scenario::document::uncertain::{Correlated, How};
use crate::scenario::document::{Document, Named};
use crate::scenario::gather::{has_text, path_of_key};
use crate::scenario::names::suggestion;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Number, Placed};
use crate::scenario::tree::Table;
use crate::scenario::uncertainty::{Group, Ideal, Member, Target, Uncertain, Uncertainty};

/// Everything that is uncertain. Called when everything else is right.
/// `before` is what the scenario says where less is laid over it.
pub fn uncertainty(
    document: &Document,
    names: &Names,
    before: &[Table],
    problems: &mut Problems,
) -> Uncertainty {
    let mut found = Found::default();
    states(document, &mut found);
    dyads(document, names, &mut found);
    let all = &document.processes;
    for (process, entry) in all.iter().enumerate().filter(|(_, entry)| matters(entry, all)) {
        for (place, number) in entry.values.iter().enumerate() {
            let parameter = ParameterId { process, place };
            found.note(
                number,
                &format!("processes.{}", parameter.key()),
                Target::Parameter(parameter),
            );
        }
    }
    for (n, entry) in document.events.iter().enumerate() {
        event(EventId::new(n), entry, &mut found);
    }
    for (n, quantity) in document.quantities.iter().enumerate() {
        if let Some(number) = &quantity.number {
            found.note(number, &format!("quantities.{}", quantity.name), Target::Quantity(n));
        }
    }
    let groups = groups(document, &found.numbers, before, problems);
    let mut ideal = ideal(document, names);
    for (n, number) in found.numbers.iter().enumerate() {
        if let Target::IdealPoint(state) = number.target {
            ideal.numbers[state.index()] = Some(n);
        }
    }
    Uncertainty { numbers: found.numbers, groups, ideal }
}

/// The uncertain numbers found so far.
#[derive(Default)]
struct Found {
    numbers: Vec<Uncertain>,
}

impl Found {
    fn note(&mut self, number: &Number, key: &str, target: Target) {
        let Some(drawn) = &number.drawn else { return };
        self.numbers.push(Uncertain {
            key: key.to_owned(),
            entity: Entity::named("uncertain", key),
            distribution: drawn.distribution.clone(),
            written: drawn.written.clone(),
            target,
        });
    }
}

fn states(document: &Document, found: &mut Found) {
    for (n, entry) in document.states.iter().enumerate() {
        let Some(body) = &entry.body else { continue };
        let (state, key) = (StateId::new(n), |last: &str| format!("states.{}.{last}", entry.name));
        found.note(&body.capability, &key("capability"), Target::Capability(state));
        found.note(&body.isolation, &key("isolation"), Target::Isolation(state));
        if let Some(point) = &body.ideal_point {
            found.note(point, &key("ideal_point"), Target::IdealPoint(state));
        }
    }
}

fn dyads(document: &Document, names: &Names, found: &mut Found) {
    for entry in &*document.dyads {
        let Some(body) = &entry.body else { continue };
        let [a, b] = body.codes.map(|code| names.codes.binary_search(&code).map(StateId::new));
        let (Ok(a), Ok(b)) = (a, b) else { continue };
        let dyad = names.dyads.between(a, b);
        let name = names.dyad_name(a.min(b), a.max(b));
        let key = |last: &str| format!("dyads.{name}.{last}");
        if let Some(alignment) = &body.alignment {
            found.note(alignment, &key("alignment"), Target::Alignment(dyad));
        }
        if let Some(distance) = &body.distance_km {
            found.note(distance, &key("distance_km"), Target::Distance(dyad));
        }
        found.note(&body.grievance, &key("grievance"), Target::Grievance(dyad));
    }
}

fn event(id: EventId, entry: &Named<crate::scenario::document::events::Event>, found: &mut Found) {
    let Some(body) = &entry.body else { return };
    let key = |last: &str| format!("events.{}.{last}", entry.name);
    if let Some(Timing::Rate(rate)) = &body.timing {
        found.note(rate, &key("rate"), Target::Rate(id));
    }
    found.note(&body.terms.probability, &key("probability"), Target::Probability(id));
    found.note(&body.terms.cooldown, &key("cooldown"), Target::Cooldown(id));
    let mut change = 0;
    for (n, action) in body.actions.iter().enumerate() {
        let amount = match action {
            Action::Between(Deed::Warn(years), ..) => Some(("years", years)),
            Action::ShiftAlignment(_, Some(shift)) | Action::ShiftIsolation(_, Some(shift)) => {
                Some(("by", &shift.by))
            }
            Action::Set(_, Some(to)) => Some(("to", to)),
            _ => None,
        };
        if let Some((last, number)) = amount {
            found.note(number, &key(&format!("actions[{n}].{last}")), Target::Amount(id, change));
        }
        // An attack is two changes.
        change += if matches!(action, Action::Between(Deed::Attack, ..)) { 2 } else { 1 };
    }
}

fn ideal(document: &Document, names: &Names) -> Ideal {
    let point = |entry: &Named<_>| {
        let body: Option<&crate::scenario::document::states::State> = entry.body.as_ref();
        body.and_then(|state| state.ideal_point.as_ref()).map(|point| point.value)
    };
    let mut derived = vec![true; names.dyads.len()];
    for body in document.dyads.iter().filter_map(|entry| entry.body.as_ref()) {
        let [a, b] = body.codes.map(|code| names.codes.binary_search(&code).map(StateId::new));
        if let (Ok(a), Ok(b), true) = (a, b, body.alignment.is_some()) {
            derived[names.dyads.between(a, b).index()] = false;
        }
    }
    let points: Vec<_> = document.states.iter().map(point).collect();
    Ideal { numbers: vec![None; points.len()], points, derived }
}

/// The groups of numbers that depend on each other.
fn groups(
    document: &Document,
    numbers: &[Uncertain],
    before: &[Table],
    problems: &mut Problems,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in &*document.correlations {
        let Some(body) = &entry.body else { continue };
        let mut members: Vec<Member> = Vec::new();
        for key in &body.members {
            let was = |path: &[String]| {
                before.iter().any(|table| was_member(key.get_ref(), path, &entry.name, table))
            };
            let Some(member) = member(key, numbers, was, document, problems) else { continue };
            let same = |other: &Member| other.entity == member.entity;
            let group = groups.iter().find(|group| group.members.iter().any(same));
            if members.iter().any(same) || group.is_some() {
                let found = match group {
                    Some(group) => format!("this is one of `{}`", group.name),
                    None => "this stands here again".to_owned(),
                };
                problems.add(key.span(), "a number belongs to one correlation, once", found);
                continue;
            }
            members.push(member);
        }
        let correlation = correlation(body, problems);
        if let Some(correlation) = correlation.filter(|_| members.len() == body.members.len()) {
            groups.push(Group { name: entry.name.clone(), members, correlation });
        }
    }
    // What is drawn for a group in which nothing is uncertain any more changes nothing.
    groups.retain(|group| group.members.iter().any(|member| member.number.is_some()));
    groups
}

/// How the members of a group depend on each other.
fn correlation(body: &Correlated, problems: &mut Problems) -> Option<Correlation> {
    let (place, correlation) = match &body.how {
        How::Common(rho) => (rho.span(), Correlation::common(body.members.len(), *rho.get_ref())),
        How::Matrix(rows) => (rows.span(), Correlation::new(rows.get_ref())),
    };
    match correlation {
        Err(error) => problems.add(place, error.rule(), error.found()),
        Ok(correlation) if correlation.members() != body.members.len() => {
            let rule = "a matrix of correlations has a row and a column for every member";
            let found = format!("{} members, {} rows", body.members.len(), correlation.members());
            problems.add(place, rule, found);
        }
        Ok(correlation) => return Some(correlation),
    }
    None
}

/// The member of a group under this key: an uncertain number, or one that `was` a member before
/// something was laid over the scenario.
fn member(
    key: &Placed<String>,
    numbers: &[Uncertain],
    was: impl Fn(&[String]) -> bool,
    document: &Document,
    problems: &mut Problems,
) -> Option<Member> {
    let asked = path_of_key(key.get_ref());
    let found = numbers.iter().position(|number| {
        number.key == *key.get_ref() || (asked.is_some() && path_of_key(&number.key) == asked)
    });
    if let Some(number) = found {
        return Some(Member { entity: numbers[number].entity, number: Some(number) });
    }
    if let Some(path) = &asked
        && was(path)
    {
        return Some(Member { entity: Entity::named("uncertain", &path.join(".")), number: None });
    }
    let rule = format!("`{}` is the key of an uncertain number", key.get_ref());
    if let Some(process) = asked.as_deref().and_then(|path| idle(path, document)) {
        let found = format!("process `{process}` is off");
        let cure =
            format!("switch it on ([processes.{process}] with on = true), or leave this out");
        problems.add_with_cure(key.span(), rule, found, cure);
        return None;
    }
    let known: Vec<_> = numbers.iter().map(|number| number.key.as_str()).collect();
    let cure = suggestion(key.get_ref(), &known)
        .unwrap_or_else(|| "write a distribution there, such as \"normal(0.4, 0.05)\"".to_owned());
    problems.add_with_cure(key.span(), rule, "none stands there", cure);
    None
}

/// Whether a number was an uncertain member of a group in a scenario over which something has been
/// laid: what made it certain, left it out or switched its process off was meant to.
fn was_member(key: &str, path: &[String], group: &str, table: &Table) -> bool {
    let inner = |table: &Table, key: &str| table.get(key)?.get_ref().as_table().cloned();
    let group = inner(table, "correlations").and_then(|groups| inner(&groups, group));
    let members = group.as_ref().and_then(|group| group.get("members")?.get_ref().as_array());
    let listed =
        members.unwrap_or_default().iter().any(|member| member.get_ref().as_str() == Some(key));
    listed && has_text(table, path)
}

/// The process that is off, if the key is that of an uncertain parameter of one.
fn idle<'k>(path: &'k [String], document: &Document) -> Option<&'k str> {
    let [section, process, parameter] = path else { return None };
    let all = &document.processes;
    let entry = all.iter().find(|entry| entry.entry.about.name == process)?;
    let place = entry.entry.parameters.iter().position(|known| known.name == parameter)?;
    let idle = section == "processes" && !matters(entry, all);
    (idle && entry.values[place].drawn.is_some()).then_some(process)
}
