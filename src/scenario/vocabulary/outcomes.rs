//! `[outcomes]`.

use std::borrow::Cow;

use super::{ANY, Entries, Form, Group, Key, Kind, Named, Section, Span, Value, Words};

const ABOVE_OR_BELOW: &[&str] = &["above", "below"];

const fn form(key: Key, with: &'static [Key], groups: &'static [Group]) -> Form {
    Form { key, with, groups }
}

const fn score(span: Span) -> [Key; 3] {
    [
        Key::required("at", Kind::Date, "The day, on which a step ends.").example("2027-03-01"),
        Key::grouped("above", Kind::Number(span), "Yes if the score lies above this value.")
            .example("0.6"),
        Key::grouped("below", Kind::Number(span), "Yes if the score lies below this value.")
            .example("0.6"),
    ]
}

const ISOLATION: [Key; 3] = score(Span::of(0.0, 1.0, "1"));
const ALIGNMENT: [Key; 3] = score(Span::of(-1.0, 1.0, "1"));

const ABOVE: Key =
    Key::optional("above", Kind::Number(ANY), "Asks whether the number lies above this value.")
        .without("the number itself is asked for")
        .example("2");
const BELOW: Key =
    Key::optional("below", Kind::Number(ANY), "Asks whether the number lies below this value.")
        .without("the number itself is asked for")
        .example("2");

const FROM: Key = Key::optional("from", Kind::Date, "The first day that counts.")
    .without("the start of the run")
    .example("2024-01-01");
const MOMENT: Key =
    Key::required("at", Kind::DateOrEnd, "The day at whose end it is asked; \"end\" is the last.")
        .example("\"end\"");
const GATHERED: [Key; 4] = [
    FROM,
    Key::optional("until", Kind::Date, "The last day that counts.")
        .without("the end of the run")
        .example("2026-12-31"),
    ABOVE,
    BELOW,
];
const TEST: &[Group] = &[Group::AtMostOne(ABOVE_OR_BELOW)];

/// `[outcomes]`.
pub const OUTCOMES: Section = Section {
    path: Cow::Borrowed("outcomes.*"),
    meaning: "What is asked of every trial, each under a name of the author's: questions whose share \
              of yes is a probability, and numbers whose distribution is told. An outcome asks about \
              exactly one thing.",
    entries: Some(Entries { named: Named::Own, table: None, default: true, plain: None }),
    keys: Cow::Borrowed(&[Key::optional(
        "title",
        Kind::Line,
        "What it is called in tables and charts.",
    )
    .without("its name in words")
    .example("\"Russia-North Korea defence pact\"")]),
    forms: &FORMS,
    groups: &[],
    provenance: true,
};

const FORMS: [Form; 9] = [
    form(
        Key::required(
            "ever",
            Kind::Truth,
            "Asks whether this holds at any moment, and on which day it first does.",
        )
        .example("\"at_war(KOR, PRK)\""),
        &[
            FROM,
            Key::optional("by", Kind::Date, "The last day that counts.")
                .without("the end of the run")
                .example("2026-12-31"),
        ],
        &[],
    ),
    form(
        Key::required("holds", Kind::Truth, "Asks whether this holds at the end of a day.")
            .example("\"bound(RUS, PRK, defence)\""),
        &[MOMENT],
        &[],
    ),
    form(
        Key::required("value", Kind::Value, "Asks for this number at the end of a day.")
            .example("\"count(s: at_war(s))\""),
        &[MOMENT, ABOVE, BELOW],
        TEST,
    ),
    form(
        Key::required("maximum", Kind::Value, "Asks for the greatest value over step dates.")
            .example("\"tension(KOR, PRK)\""),
        &GATHERED,
        TEST,
    ),
    form(
        Key::required("minimum", Kind::Value, "Asks for the least value over step dates.")
            .example("\"isolation(PRK)\""),
        &GATHERED,
        TEST,
    ),
    form(
        Key::required("mean", Kind::Value, "Asks for the mean value over step dates.")
            .example("\"isolation(PRK)\""),
        &GATHERED,
        TEST,
    ),
    form(
        Key::required(
            "treaty",
            Kind::Word(Words::Obligations),
            "Asks whether any treaty binds two states to this obligation, in either direction: ever, \
             `by` a day, or `at` the end of a day.",
        )
        .example("\"defence\""),
        &[
            Key::required("between", Kind::Dyad, "Between whom.").example("\"PRK-RUS\""),
            Key::optional(
                "stage",
                Kind::Word(Words::Stages),
                "Whether a signature is enough or the treaty must be in force.",
            )
            .or(Value::Word("in force")),
            Key::optional("at", Kind::Date, "The day at whose end it is asked.")
                .example("2027-03-01"),
            Key::optional("by", Kind::Date, "The last day that counts.").example("2024-06-18"),
        ],
        &[Group::AtMostOne(&["at", "by"])],
    ),
    form(
        Key::required("isolation", Kind::State, "Asks about the isolation of this state.")
            .example("\"PRK\""),
        &ISOLATION,
        &[Group::One(ABOVE_OR_BELOW)],
    ),
    form(
        Key::required("alignment", Kind::Dyad, "Asks about the alignment of this dyad.")
            .example("\"CHN-PRK\""),
        &ALIGNMENT,
        &[Group::One(ABOVE_OR_BELOW)],
    ),
];
