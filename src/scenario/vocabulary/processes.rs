//! `[processes]`: one section for each process, from the model's own tables.

use std::borrow::Cow;

use super::{Key, Kind, Need, Section, Span, Value};
use crate::model::parameters::Parameter;
use crate::model::registry::{Entry, PROCESSES};

/// What `[processes]` is for.
pub const MEANING: &str = "Which mechanisms of the model are on and with which parameters; what is \
                           not mentioned has its defaults.";

/// The sections, that which holds them first.
pub fn all() -> impl Iterator<Item = Section> {
    std::iter::once(holder()).chain(PROCESSES.iter().map(section))
}

fn holder() -> Section {
    let key = |entry: &Entry| {
        let on = if entry.usual { "on" } else { "off" };
        Key::optional(entry.about.name, Kind::Process, entry.about.summary).without(on)
    };
    of(Cow::Borrowed("processes"), MEANING, PROCESSES.iter().map(key).collect(), false)
}

fn section(entry: &Entry) -> Section {
    let on =
        Key::optional("on", Kind::Flag, "Whether the process runs.").or(Value::Flag(entry.usual));
    let keys = std::iter::once(on).chain(entry.parameters.iter().map(parameter)).collect();
    let path = Cow::Owned(format!("processes.{}", entry.about.name));
    of(path, entry.about.summary, keys, true)
}

fn of(
    path: Cow<'static, str>,
    meaning: &'static str,
    keys: Cow<'static, [Key]>,
    provenance: bool,
) -> Section {
    Section { path, meaning, entries: None, keys, forms: &[], groups: &[], provenance }
}

fn parameter(parameter: &Parameter) -> Key {
    Key {
        need: Need::Default(Value::Number(parameter.default)),
        mark: Some(parameter.mark),
        ..Key::optional(
            parameter.name,
            Kind::Uncertain(Span::of(parameter.min, parameter.max, parameter.unit)),
            parameter.meaning,
        )
    }
}
