//! `set`: parameters of processes that an event changes.

use crate::model::change::Change;
use crate::model::ids::ParameterId;
use crate::model::registry::{self, PROCESSES};
use crate::scenario::document::Document;
use crate::scenario::document::processes::matters;
use crate::scenario::names::suggestion;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Number, Placed, bounds, shown};

/// Parameters by which the bonds at the start were weighed: bonds weighed otherwise cannot be
/// compared with them.
const OF_THE_START: [&str; 4] = ["w_eco", "w_con", "trade_left", "w_tot"];

/// The change that sets a parameter.
pub fn change(
    key: &Placed<String>,
    to: Option<&Number>,
    document: &Document,
    problems: &mut Problems,
) -> Option<Change> {
    let parameter = parameter(key, problems)?;
    let process = &document.processes[parameter.process];
    let (name, known) = (process.entry.about.name, parameter.parameter());
    if !matters(process, &document.processes) {
        let rule = format!("`set` changes a process that is on, and `{name}` is off");
        let cure = format!("switch it on: [processes.{name}] with on = true");
        problems.add_with_cure(key.span(), rule, "this would change nothing", cure);
    }
    if name == "isolation" && OF_THE_START.contains(&known.name) {
        let rule = format!("`{}` holds for a whole run", key.get_ref());
        problems.add(key.span(), rule, "bonds at the start were weighed with it");
    }
    let to = to?;
    let (least, greatest) = to.support();
    if least < known.min || greatest > known.max {
        let found =
            format!("{} is out of range", shown(if least < known.min { least } else { greatest }));
        problems.add(key.span(), bounds(key.get_ref(), &(known.min..=known.max)), found);
        return None;
    }
    let dt = document.run.as_ref().map_or(0.0, |run| run.calendar.timeline().dt);
    if name == "alignment" && known.name == "theta" && greatest * dt > 1.0 {
        let rule = "`theta` of process `alignment` times the step may not exceed 1";
        problems.add(
            key.span(),
            rule,
            format!("{} a year times {} years", shown(greatest), shown(dt)),
        );
    }
    if name == "crisis"
        && let Some(other) = other_share(known.name)
        && let Some(place) = process.entry.parameters.iter().position(|p| p.name == other)
        && greatest + process.values[place].support().1 > 1.0
    {
        let rule = "`share_threat` and `share_display` of process `crisis` sum to at most 1";
        problems.add(key.span(), rule, format!("with `{other}` this is more"));
    }
    Some(Change::Set(parameter, to.value))
}

/// The share of levels of disputes that shares what there is with this one.
fn other_share(name: &str) -> Option<&'static str> {
    match name {
        "share_threat" => Some("share_display"),
        "share_display" => Some("share_threat"),
        _ => None,
    }
}

/// The parameter of a full key such as `processes.crisis.delta`.
fn parameter(key: &Placed<String>, problems: &mut Problems) -> Option<ParameterId> {
    let text = key.get_ref();
    let parts: Vec<_> = text.split('.').collect();
    if let ["processes", process, name] = parts[..]
        && let Some(parameter) = ParameterId::of(process, name)
    {
        return Some(parameter);
    }
    let known: Vec<String> = match parts[..] {
        ["processes", process, _] if registry::find(process).is_some() => {
            let names = registry::find(process).into_iter().flat_map(|entry| entry.parameters);
            names.map(|p| format!("processes.{process}.{}", p.name)).collect()
        }
        _ => PROCESSES
            .iter()
            .flat_map(|entry| {
                entry
                    .parameters
                    .iter()
                    .map(|p| format!("processes.{}.{}", entry.about.name, p.name))
            })
            .collect(),
    };
    let rule = "`set` takes the full key of a parameter, such as \"processes.crisis.delta\"";
    let problem = Problem::new(key.span(), rule, format!("there is no `{text}`"));
    let full = format!("processes.{text}");
    let cure = if known.contains(&full) {
        Some(format!("did you mean `{full}`?"))
    } else {
        suggestion(text, &known.iter().map(String::as_str).collect::<Vec<_>>())
    };
    problems.push(match cure {
        Some(cure) => problem.with_cure(cure),
        None => problem,
    });
    None
}
