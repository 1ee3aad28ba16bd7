//! Actions of events: verbs, and what goes with them.

use std::borrow::Cow;

use super::{ANY, Form, Key, Kind, Of, Section, Span, Value, Words};

const TREATY: Kind = Kind::Name(Of::Treaty);
const SANCTION: Kind = Kind::Name(Of::Sanction);
const WAR: Kind = Kind::Name(Of::War);

const fn form(key: Key, with: &'static [Key]) -> Form {
    Form { key, with, groups: &[] }
}

/// A verb: what it takes, an example of that, what it does.
const fn verb(name: &'static str, kind: Kind, example: &'static str, does: &'static str) -> Key {
    Key::required(name, kind, does).example(example)
}

const fn state(meaning: &'static str, example: &'static str) -> Key {
    Key::required("state", Kind::State, meaning).example(example)
}

const FROM: Key =
    Key::required("from", Kind::State, "Who acts: another state than that of the verb.")
        .example("\"KOR\"");

const SHIFT: [Key; 2] = [
    Key::required(
        "by",
        Kind::Uncertain(Span::of(-1.0, 1.0, "1")),
        "How far: the share of the way to the upper end of the scale, or to the lower end if \
         negative.",
    )
    .example("0.1"),
    Key::optional("lasting", Kind::Flag, "Whether the value to which the score returns moves too.")
        .or(Value::Flag(false)),
];

/// The actions of an event.
pub const ACTIONS: Section = Section {
    path: Cow::Borrowed("events.*.actions"),
    meaning: "What an event does: a table with exactly one verb and what goes with it. An action \
              that finds nothing to change changes nothing.",
    entries: None,
    keys: Cow::Borrowed(&[]),
    forms: &FORMS,
    groups: &[],
    provenance: false,
};

const FORMS: [Form; 23] = [
    form(
        verb(
            "sign",
            TREATY,
            "\"comprehensive-partnership\"",
            "The treaty is signed, and in force as its `ratification` says.",
        ),
        &[],
    ),
    form(
        verb(
            "ratify",
            TREATY,
            "\"comprehensive-partnership\"",
            "The treaty comes into force, if it is signed.",
        ),
        &[],
    ),
    form(
        verb(
            "terminate",
            TREATY,
            "\"russia-north-korea-2000\"",
            "The treaty ends, in force or only signed.",
        ),
        &[],
    ),
    form(
        verb("accede", TREATY, "\"camp-david\"", "A state joins the treaty, in force or signed."),
        &[state("Who joins.", "\"GBR\"")],
    ),
    form(
        verb(
            "withdraw",
            TREATY,
            "\"nato\"",
            "A member leaves the treaty; one with a single member left ends.",
        ),
        &[state("Who leaves.", "\"FRA\"")],
    ),
    form(
        verb(
            "denounce",
            TREATY,
            "\"china-north-korea\"",
            "One of the two members of the treaty ends it.",
        ),
        &[state("Who ends it.", "\"CHN\"")],
    ),
    form(
        verb("impose", SANCTION, "\"south-korean-reaction\"", "The sanction comes into force."),
        &[],
    ),
    form(
        verb(
            "join",
            SANCTION,
            "\"on-north-korea\"",
            "A state becomes a sender of the sanction, which is in force.",
        ),
        &[state("Who joins.", "\"GBR\"")],
    ),
    form(verb("lift", SANCTION, "\"on-russia\"", "The sanction is lifted."), &[]),
    form(
        verb(
            "lift_all",
            Kind::State,
            "\"PRK\"",
            "A state lifts everything it has imposed on this one.",
        ),
        &[FROM],
    ),
    form(verb("start_war", WAR, "\"russia-ukraine\"", "The war begins; allies are asked."), &[]),
    form(verb("end_war", WAR, "\"russia-ukraine\"", "The war ends without a winner."), &[]),
    form(
        verb("hold_war", WAR, "\"russia-ukraine\"", "From now on only an event ends the war."),
        &[],
    ),
    form(
        verb("join_war", WAR, "\"russia-ukraine\"", "A state joins the war; its allies are asked."),
        &[
            state("Who joins.", "\"PRK\""),
            Key::required(
                "side",
                Kind::Word(Words::Sides),
                "On whose side: that of `side_a` or of `side_b`.",
            )
            .example("\"a\""),
        ],
    ),
    form(
        verb(
            "invoke",
            WAR,
            "\"russia-ukraine\"",
            "A state that fights in the war calls on its allies.",
        ),
        &[state("Who calls.", "\"UKR\"")],
    ),
    form(
        verb("warn", Kind::State, "\"RUS\"", "A state warns this one: a threat on condition."),
        &[
            FROM,
            Key::optional(
                "years",
                Kind::Uncertain(Span::of(0.01, 100.0, "years")),
                "How long the warning stands.",
            )
            .or(Value::Number(1.0))
            .example("2"),
        ],
    ),
    form(
        verb("arm", Kind::State, "\"RUS\"", "A state begins to deliver arms to this one."),
        &[FROM.example("\"PRK\"")],
    ),
    form(
        verb(
            "dispute",
            Kind::State,
            "\"PRK\"",
            "A state begins a militarised dispute with this one.",
        ),
        &[
            FROM,
            Key::optional("level", Kind::Word(Words::Levels), "How far the dispute goes.")
                .or(Value::Word("force")),
        ],
    ),
    form(
        verb(
            "attack",
            Kind::State,
            "\"KOR\"",
            "A state attacks this one: a dispute with force that becomes a war of the two; allies \
             are asked.",
        ),
        &[FROM.example("\"PRK\"")],
    ),
    form(verb("contact", Kind::Dyad, "\"PRK-RUS\"", "The leaders of the two states meet."), &[]),
    form(
        verb("shift_alignment", Kind::Dyad, "\"PRK-RUS\"", "The alignment of the dyad jumps."),
        &SHIFT,
    ),
    form(
        verb("shift_isolation", Kind::State, "\"PRK\"", "The isolation of the state jumps."),
        &SHIFT,
    ),
    form(
        verb(
            "set",
            Kind::Parameter,
            "\"processes.crisis.delta\"",
            "From now on a parameter of a process has another value.",
        ),
        &[Key::required(
            "to",
            Kind::Uncertain(ANY),
            "The new value, within the range of the parameter.",
        )
        .example("0")],
    ),
];
