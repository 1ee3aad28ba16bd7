//! `[events]`.

use std::borrow::Cow;

use super::{Entries, Group, Key, Kind, Named, Of, Section, Span, Value};

/// Keys of events that have a date of their own.
const FIXED: &[&str] = &["date", "window"];

/// `[events]`.
pub const EVENTS: Section = Section {
    path: Cow::Borrowed("events.*"),
    meaning: "What the author lets happen: on a date, on some day of a window, at random at a rate, \
              or when a condition comes to hold.",
    entries: Some(Entries { named: Named::Own, table: None, default: true, plain: None }),
    keys: Cow::Borrowed(&[
        Key::grouped("date", Kind::Date, "The day on which it happens.").example("2024-06-19"),
        Key::grouped(
            "rate",
            Kind::Uncertain(Span::of(0.0, 1000.0, "1/year")),
            "How often it happens, in a year on average; it happens at random, any number of times.",
        )
        .example("0.5"),
        Key::grouped(
            "window",
            Kind::Window,
            "It happens on one day from the first to the last, all equally likely.",
        )
        .example("[2024-01-01, 2024-12-31]"),
        Key::grouped(
            "when",
            Kind::Truth,
            "It happens each time this comes to hold; what holds at the start counts as coming to \
             hold on the first day.",
        )
        .example("\"at_war(RUS, UKR) and isolation(PRK) < 0.6\""),
        Key::optional(
            "probability",
            Kind::Uncertain(Span::of(0.0, 1.0, "1")),
            "The probability with which it takes an occasion.",
        )
        .or(Value::Number(1.0))
        .example("0.5"),
        Key::optional("once", Kind::Flag, "Whether it happens once in a trial at most.")
            .or(Value::Flag(false))
            .not_with(FIXED),
        Key::optional(
            "cooldown",
            Kind::Uncertain(Span::of(0.0, 1000.0, "years")),
            "How long after it has happened it cannot happen again.",
        )
        .or(Value::Number(0.0))
        .example("0.5")
        .not_with(FIXED),
        Key::optional("from", Kind::Date, "The first day on which it can happen.")
            .without("the start of the run")
            .example("2024-01-01")
            .not_with(FIXED),
        Key::optional("until", Kind::Date, "The last day on which it can happen.")
            .without("the end of the run")
            .example("2025-12-31")
            .not_with(FIXED),
        Key::optional(
            "requires",
            Kind::Names(Of::Event),
            "Events all of which must have happened before.",
        )
        .example("[\"treaty-2024\"]"),
        Key::optional(
            "excludes",
            Kind::Names(Of::Event),
            "Events of which, together with this one, one at most happens.",
        )
        .example("[\"north-korean-troops\"]"),
        Key::required(
            "actions",
            Kind::Actions,
            "What happens, one after the other: each action is a table with exactly one verb.",
        )
        .example("[{ contact = \"PRK-RUS\" }, { sign = \"comprehensive-partnership\" }]"),
    ]),
    forms: &[],
    groups: &[Group::One(&["date", "rate", "window", "when"])],
    provenance: true,
};
