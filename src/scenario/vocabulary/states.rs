//! `[states]` and `[dyads]`.

use std::borrow::Cow;

use super::{Entries, Key, Kind, Named, Section, Span, Value};

/// `[states]`.
pub const STATES: Section = Section {
    path: Cow::Borrowed("states.*"),
    meaning: "Who there is: 2 to 300 states, each under its code.",
    entries: Some(Entries {
        named: Named::State,
        table: Some("code"),
        default: true,
        plain: None,
    }),
    keys: Cow::Borrowed(&[
        Key::optional("name", Kind::Line, "What people call the state; charts have it.")
            .without("the name in ISO 3166, else the code")
            .example("\"North Korea\""),
        Key::required(
            "capability",
            Kind::Uncertain(Span::of(f64::MIN_POSITIVE, 1.0, "share of the world")),
            "Its share of the world's means: people, industry, arms. All together have 1 at most.",
        )
        .example("0.014"),
        Key::required(
            "isolation",
            Kind::Uncertain(Span::of(0.0, 1.0, "1")),
            "How little it is tied into the world at the start, from 0 (connected) to 1 (isolated).",
        )
        .example("\"normal(0.66, 0.05)\""),
        Key::optional(
            "ideal_point",
            Kind::Uncertain(Span::of(-10.0, 10.0, "1")),
            "Where it stands on the scale of votes in the UN General Assembly, about -2 to 3; the \
             alignment of a dyad follows from two of them unless the dyad says otherwise.",
        )
        .example("-1.52"),
        Key::optional(
            "last_force",
            Kind::Date,
            "When it last began a dispute with force, if before the run; sanctions on it are \
             likelier for a while.",
        )
        .example("2022-02-24"),
    ]),
    forms: &[],
    groups: &[],
    provenance: true,
};

/// `[dyads]`.
pub const DYADS: Section = Section {
    path: Cow::Borrowed("dyads.*"),
    meaning: "What stands between two states at the start, under both codes with a hyphen, in \
              either order.",
    entries: Some(Entries { named: Named::Dyad, table: Some("dyad"), default: true, plain: None }),
    keys: Cow::Borrowed(&[
        Key::optional(
            "distance_km",
            Kind::Uncertain(Span::of(0.0, 20_040.0, "km")),
            "The least distance between their borders, 0 for neighbours. Every dyad needs it while \
             a process that forms treaties is on.",
        )
        .example("421"),
        Key::optional(
            "contiguous",
            Kind::Flag,
            "Whether they have a common land border or at most 400 miles of sea between them; \
             neighbours have more disputes.",
        )
        .without("whether distance_km is 0"),
        Key::optional(
            "alignment",
            Kind::Uncertain(Span::of(-1.0, 1.0, "1")),
            "How close their foreign policies are at the start, from -1 (opposed) to 1 (aligned).",
        )
        .without("it follows from the ideal points of both")
        .example("\"uniform(-0.4, 0.1)\""),
        Key::optional(
            "grievance",
            Kind::Uncertain(Span::of(0.0, 1000.0, "recent disputes")),
            "How many disputes they have had lately, each weighted exp(-age / 5 years).",
        )
        .or(Value::Number(0.0))
        .example("2.0"),
    ]),
    forms: &[],
    groups: &[],
    provenance: true,
};
