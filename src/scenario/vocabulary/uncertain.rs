//! `[quantities]` and `[correlations]`.

use std::borrow::Cow;

use super::{ANY, Entries, Group, Key, Kind, Named, Section};

/// `[quantities]`.
pub const QUANTITIES: Section = Section {
    path: Cow::Borrowed("quantities.*"),
    meaning: "Named numbers that expressions can use: NAME = a number or a distribution, or a table \
              with `value`.",
    entries: Some(Entries {
        named: Named::Quantity,
        table: None,
        default: false,
        plain: Some(Kind::Uncertain(ANY)),
    }),
    keys: Cow::Borrowed(&[Key::required("value", Kind::Uncertain(ANY), "The number.")
        .example("\"uniform(0.4, 0.7)\"")]),
    forms: &[],
    groups: &[],
    provenance: true,
};

/// `[correlations]`.
pub const CORRELATIONS: Section = Section {
    path: Cow::Borrowed("correlations.*"),
    meaning: "Uncertain numbers that go together, each group under a name of the author's.",
    entries: Some(Entries { named: Named::Own, table: None, default: false, plain: None }),
    keys: Cow::Borrowed(&[
        Key::required(
            "members",
            Kind::Keys,
            "The full keys of the numbers, each of which is a distribution; 50 at most.",
        )
        .example("[\"states.PRK.isolation\", \"states.RUS.isolation\"]"),
        Key::grouped(
            "correlation",
            Kind::Number(ANY),
            "The correlation of every two of them, from -1 to 1 and possible for so many.",
        )
        .example("0.5"),
        Key::grouped(
            "matrix",
            Kind::Matrix,
            "Their correlations, a row and a column for every member, 1 on the diagonal.",
        )
        .example("[[1.0, 0.5], [0.5, 1.0]]"),
    ]),
    forms: &[],
    groups: &[Group::One(&["correlation", "matrix"])],
    provenance: true,
};
