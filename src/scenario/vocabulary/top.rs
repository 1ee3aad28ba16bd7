//! The top of a file, `[run]`, `[summary]`, `[charts]` and `[variant]`.

use std::borrow::Cow;

use super::{Entries, Key, Kind, Named, Need, Of, Section, Value, Words, plain};
use crate::scenario::document::run::MAX_TRIALS;
use crate::scenario::stopping::{DEFAULT_MAX, DEFAULT_MIN};

/// The keys at the top of a file.
fn keys() -> [Key; 19] {
    [
    Key::optional(
        "extends",
        Kind::File(".toml"),
        "Another scenario in the same folder or below it; this file then says only what differs.",
    )
    .example("\"base.toml\""),
    Key::optional(
        "without",
        Kind::Keys,
        "Full keys of what the extended scenario has and this one leaves out; a state takes what is \
         said of its dyads along.",
    )
    .example("[\"events.treaty-2024\"]"),
    Key::required(
        "title",
        Kind::Line,
        "What the scenario is about; it stands at the foot of every chart.",
    )
    .example("\"Russia and North Korea, 2022-2027\""),
    Key::optional("question", Kind::Text, "The question it asks; it is kept with the results.")
        .example("\"Who is drawn in, and who balances?\""),
    Key::optional(
        "hypotheses",
        Kind::Words(Words::Hypotheses),
        "Named structural hypotheses that the scenario supposes: each sets parameters of processes.",
    )
    .example("[\"no_deterrence\"]"),
    Key::required("run", Kind::Table("run"), RUN.meaning),
    Key::required("states", Kind::Entries("states.*"), super::states::STATES.meaning),
    Key::optional("dyads", Kind::Entries("dyads.*"), super::states::DYADS.meaning),
    Key::optional("treaties", Kind::Entries("treaties.*"), super::agreements::TREATIES.meaning),
    Key::optional("sanctions", Kind::Entries("sanctions.*"), super::agreements::SANCTIONS.meaning),
    Key::optional("wars", Kind::Entries("wars.*"), super::agreements::WARS.meaning),
    Key::optional("events", Kind::Entries("events.*"), super::events::EVENTS.meaning),
    Key::optional("outcomes", Kind::Entries("outcomes.*"), super::outcomes::OUTCOMES.meaning),
    Key::optional("quantities", Kind::Entries("quantities.*"), super::uncertain::QUANTITIES.meaning),
    Key::optional(
        "correlations",
        Kind::Entries("correlations.*"),
        super::uncertain::CORRELATIONS.meaning,
    ),
    Key::optional("processes", Kind::Table("processes"), super::processes::MEANING),
    Key::optional("summary", Kind::Table("summary"), SUMMARY.meaning),
    Key::optional("charts", Kind::Table("charts"), CHARTS.meaning),
    Key::optional("variant", Kind::Entries("variant.*"), OF_VARIANT),
    ]
}

/// The top of a file.
pub fn top() -> Section {
    Section { keys: keys().into_iter().collect(), ..plain("", "A scenario: a TOML file.", &[]) }
}

/// `[run]`.
pub const RUN: Section = plain(
    "run",
    "When the run begins and ends, in which steps, how often it is lived through.",
    &[
        Key::required("start", Kind::Date, "The first day.").example("2022-03-01"),
        Key::required(
            "end",
            Kind::Date,
            "The last day, at least a step after the first; the last step ends on or before it.",
        )
        .example("2027-03-01"),
        Key::optional("step", Kind::Word(Words::Steps), "How long a step is.")
            .or(Value::Word("month")),
        Key::optional(
            "trials",
            Kind::WholeOr(1, MAX_TRIALS, "run.trials"),
            "How many trials are run, unless the command line says otherwise; or a table with the \
             rule that ends the run.",
        )
        .or(Value::Whole(10_000)),
        Key::optional(
            "seed",
            Kind::Whole(0, u64::MAX),
            "The key of the random numbers: another one gives other chances, the same one the same \
             results to the last digit.",
        )
        .or(Value::Whole(0)),
    ],
);

/// `[run.trials]`.
pub const TRIALS: Section = plain(
    "run.trials",
    "A rule in place of a number of trials: the run ends when some intervals are narrow enough.",
    &[
        Key::required(
            "until",
            Kind::Rule,
            "What ends the run: one or more clauses joined by `and`, each ci_width(NAME) < NUMBER, the \
             width of the 95 % interval of an outcome's probability or mean, or \
             relative_ci_width(NAME) < NUMBER, that width divided by the estimate.",
        )
        .example("\"ci_width(rus-prk) < 0.01\""),
        Key::optional("max", Kind::Whole(1, MAX_TRIALS), "The most trials, rule or not.")
            .or(Value::Whole(DEFAULT_MAX)),
        Key::optional(
            "min",
            Kind::Whole(1, MAX_TRIALS),
            "From how many trials on the rule is looked at.",
        )
        .or(Value::Whole(DEFAULT_MIN)),
    ],
);

/// `[summary]`.
pub const SUMMARY: Section = plain(
    "summary",
    "What is summarised, beside isolation and capability of every state: alignments date by date in summary.csv, and \
     the order in which outcomes come about in story_lines.csv.",
    &[
        Key::optional("dyads", Kind::Dyads, "Whose alignment is summarised.")
            .without("all dyads")
            .example("[\"PRK-RUS\", \"KOR-PRK\"]"),
        Key::optional(
            "story_lines",
            Kind::Names(Of::Outcome),
            "The outcomes whose order story lines tell, 6 at most, each once: outcomes about a treaty, \
             ever or by a date, and outcomes with `ever`. Of those of one day the one listed first \
             stands first. An empty list leaves story lines out.",
        )
        .without("the first six that qualify")
        .example("[\"rus-prk\", \"kor-jpn\"]"),
    ],
);

/// `[charts]`.
pub const CHARTS: Section = plain(
    "charts",
    "What the charts show; an empty list leaves a chart out.",
    &[
        Key::optional("isolation", Kind::States(0), "Whose isolation is drawn; the first 12 are.")
            .without("the six most isolated states at the start")
            .example("[\"PRK\", \"RUS\"]"),
        Key::optional(
            "alignment",
            Kind::Dyads,
            "Whose alignment is drawn; the first 12 of the dyads that are summarised are.",
        )
        .without("up to six dyads, those of outcomes first")
        .example("[\"PRK-RUS\"]"),
        Key::optional(
            "first_dates",
            Kind::Names(Of::Outcome),
            "For which outcomes the chart of first dates has a curve, 7 at most: outcomes about a \
             treaty, ever or by a date, and outcomes with `ever`.",
        )
        .without("the first six that qualify")
        .example("[\"rus-prk\"]"),
    ],
);

const OF_VARIANT: &str = "Named variants of the scenario: each is a partial scenario that is laid \
                          over the file when it is run with --variant NAME.";

/// `[variant.NAME]`: everything that may stand at the top, but for what stands there only.
pub fn variant() -> Section {
    let without = Key::optional(
        "without",
        Kind::Keys,
        "Full keys of what the scenario has and the variant leaves out; a state takes what is said \
         of its dyads along.",
    )
    .example("[\"events.treaty-2024\"]");
    let top =
        keys().into_iter().filter(|key| !["extends", "without", "variant"].contains(&key.name));
    let partial = |key: Key| Key { need: Need::Without("as in the scenario"), ..key };
    Section {
        path: Cow::Borrowed("variant.*"),
        meaning: OF_VARIANT,
        entries: Some(Entries { named: Named::Variant, table: None, default: false, plain: None }),
        keys: std::iter::once(without).chain(top.map(partial)).collect(),
        forms: &[],
        groups: &[],
        provenance: true,
    }
}
