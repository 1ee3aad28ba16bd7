//! `[treaties]`, `[sanctions]` and `[wars]`.

use std::borrow::Cow;

use super::{Entries, Group, Key, Kind, Named, Section, Value, Words, plain};

const IN_TABLE: Entries =
    Entries { named: Named::Own, table: Some("name"), default: true, plain: None };

/// `[treaties]`.
pub const TREATIES: Section = Section {
    path: Cow::Borrowed("treaties.*"),
    meaning: "Treaties of two or more states that are in force at the start or may be signed by an \
              event, each under a name of the author's. States also make treaties by themselves.",
    entries: Some(IN_TABLE),
    keys: Cow::Borrowed(&[
        Key::required("members", Kind::States(2), "Who is bound.").example("[\"RUS\", \"PRK\"]"),
        Key::optional("owed_by", Kind::States(1), "Who owes the obligations to all other members.")
            .without("every member owes them to every other")
            .example("[\"RUS\"]"),
        Key::grouped("obligations", Kind::Words(Words::Obligations), "What is owed.")
            .example("[\"defence\", \"consultation\"]"),
        Key::grouped(
            "dimensions",
            Kind::Words(Words::Dimensions),
            "Which sides the treaty has. The obligations are its military side; the political one \
             moves alignment, the economic one ties the members into the world. Without this key a \
             treaty with obligations is military and political.",
        )
        .example("[\"military\", \"political\", \"economic\"]"),
        Key::optional(
            "signed",
            Kind::Date,
            "When it was signed, if before the run; it is then in force at the start.",
        )
        .without("an event signs it")
        .example("1961-07-11"),
        Key::optional(
            "conditional",
            Kind::Flag,
            "Whether defence is owed only to a member that did not choose its war.",
        )
        .or(Value::Flag(true)),
        Key::optional(
            "ratification",
            Kind::Word(Words::Ratifications),
            "How it comes into force once it is signed.",
        )
        .or(Value::Word("at signature"))
        .example("\"by event\""),
        Key::optional(
            "open",
            Kind::Flag,
            "Whether other states of the scenario may accede by themselves.",
        )
        .or(Value::Flag(false)),
        Key::optional("articles", Kind::Table("treaties.*.articles"), OF_ARTICLES)
            .example("{ defence = \"article 4\" }"),
    ]),
    forms: &[],
    groups: &[Group::Some(&["obligations", "dimensions"])],
    provenance: true,
};

const OF_ARTICLES: &str =
    "Which article of the treaty's text holds each obligation; `detente replay` quotes it.";

/// `articles` of a treaty.
pub const ARTICLES: Section = plain(
    "treaties.*.articles",
    OF_ARTICLES,
    &[
        Key::optional("defence", Kind::Line, "The article that obliges to help who is attacked.")
            .example("\"article 4\""),
        Key::optional("offence", Kind::Line, "The article that obliges to join an attack."),
        Key::optional("neutrality", Kind::Line, "The article that obliges to stay out of a war."),
        Key::optional("non-aggression", Kind::Line, "The article that forbids an attack."),
        Key::optional("consultation", Kind::Line, "The article that obliges to consult.")
            .example("\"article 3\""),
    ],
);

/// `[sanctions]`.
pub const SANCTIONS: Section = Section {
    path: Cow::Borrowed("sanctions.*"),
    meaning: "Sanctions that stand at the start or may be imposed by an event, each under a name of \
              the author's: every sender sanctions every target.",
    entries: Some(IN_TABLE),
    keys: Cow::Borrowed(&[
        Key::required("senders", Kind::States(1), "Who sanctions.").example("[\"USA\", \"JPN\"]"),
        Key::required("targets", Kind::States(1), "Who is sanctioned.").example("[\"PRK\"]"),
        Key::required(
            "types",
            Kind::Words(Words::SanctionTypes),
            "By which measures; `travel` alone counts neither for hostility nor for isolation.",
        )
        .example("[\"trade\", \"arms\"]"),
        Key::optional("since", Kind::Date, "Since when it stands, if it does at the start.")
            .without("an event imposes it")
            .example("2016-03-02"),
    ]),
    forms: &[],
    groups: &[],
    provenance: true,
};

/// `[wars]`.
pub const WARS: Section = Section {
    path: Cow::Borrowed("wars.*"),
    meaning: "Wars that are fought at the start or may be begun by an event, each under a name of \
              the author's. States also begin wars by themselves.",
    entries: Some(Entries { named: Named::Own, table: None, default: true, plain: None }),
    keys: Cow::Borrowed(&[
        Key::required("side_a", Kind::States(1), "Those who attack.").example("[\"RUS\"]"),
        Key::required("side_b", Kind::States(1), "Those who are attacked.").example("[\"UKR\"]"),
        Key::optional("since", Kind::Date, "Since when it is fought, if it is at the start.")
            .without("an event begins it")
            .example("2022-02-24"),
    ]),
    forms: &[],
    groups: &[],
    provenance: true,
};
