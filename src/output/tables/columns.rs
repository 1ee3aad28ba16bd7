//! The columns of the tables of a run.

use crate::output::tables::Column;

pub(super) const N: Column =
    ("n", "trials", "trials that ended well; every other number is about these");
pub(super) const LOW: Column =
    ("low", "1", "lower end of the 95 % Wilson interval of the probability");
pub(super) const HIGH: Column =
    ("high", "1", "upper end of the 95 % Wilson interval of the probability");
pub(super) const Q05: Column =
    ("first_q05", "", "date: 5 % quantile of the first date among the trials in which it came");
pub(super) const Q50: Column =
    ("first_q50", "", "date: median of the first date among the trials in which it came");
pub(super) const Q95: Column =
    ("first_q95", "", "date: 95 % quantile of the first date among the trials in which it came");

pub(super) const SUMMARY: &[Column] = &[
    (
        "metric",
        "",
        "isolation (0 connected to 1 isolated), capability (share of the world at the start) or \
         alignment (-1 opposed to 1 aligned)",
    ),
    ("subject", "", "state or dyad"),
    ("date", "", "step date"),
    N,
    ("mean", "1", "mean over trials"),
    ("sd", "1", "standard deviation over trials"),
    ("q05", "1", "5 % quantile"),
    ("q25", "1", "25 % quantile"),
    ("q50", "1", "median"),
    ("q75", "1", "75 % quantile"),
    ("q95", "1", "95 % quantile"),
];

pub(super) const OUTCOMES: &[Column] = &[
    ("outcome", "", "name in the scenario"),
    ("title", "", "title in the scenario"),
    N,
    ("yes", "trials", "trials in which the answer is yes"),
    ("probability", "1", "yes / n"),
    LOW,
    HIGH,
    ("failed", "trials", "further trials that failed and are not counted in n"),
    Q05,
    Q50,
    Q95,
    (
        "scripted",
        "1",
        "share of 64 trials of the script alone (the start and the events, with every process still) with the \
         answer yes, less that of the same trials without the events",
    ),
];

pub(super) const MEASURES: &[Column] = &[
    ("outcome", "", "name in the scenario"),
    ("title", "", "title in the scenario"),
    ("n", "trials", "trials that gave a number; every statistic is about these"),
    (
        "missing",
        "trials",
        "trials that ended well and gave none, such as a time since what never was",
    ),
    ("mean", "of the number", "mean over trials"),
    ("se", "of the number", "standard error of the mean"),
    ("sd", "of the number", "standard deviation over trials"),
    ("least", "of the number", "the least"),
    ("q05", "of the number", "5 % quantile, to a thousandth of itself, as the other quantiles"),
    ("q25", "of the number", "25 % quantile"),
    ("q50", "of the number", "median"),
    ("q75", "of the number", "75 % quantile"),
    ("q95", "of the number", "95 % quantile"),
    ("greatest", "of the number", "the greatest"),
    ("failed", "trials", "further trials that failed and are counted neither in n nor in missing"),
];

pub(super) const FIRST_DATES: &[Column] = &[
    ("outcome", "", "name in the scenario"),
    ("date", "", "step date"),
    N,
    ("probability", "1", "share of trials in which it has come by this date"),
    LOW,
    HIGH,
];

pub(super) const EVENTS: &[Column] = &[
    (
        "kind",
        "",
        "what: event (of the scenario), pact, sanction, dispute and so on (docs/results.md)",
    ),
    ("subject", "", "event, state, dyad, ordered pair (RUS>UKR), treaty, seat, war or clause"),
    N,
    ("trials", "trials", "trials in which it fired at least once"),
    ("probability", "1", "trials / n"),
    LOW,
    HIGH,
    ("mean_count", "1", "mean number of times it fired in a trial"),
    Q05,
    Q50,
    Q95,
];

pub(super) const TIMELINE: &[Column] = &[
    ("kind", "", "what, as in events.csv: event (of the scenario), pact, sanction and so on"),
    ("subject", "", "event; empty for everything of another kind together"),
    (
        "date",
        "",
        "step date: what is counted happened after the one before and up to this one; on the first day, for the first",
    ),
    (
        "scheduled",
        "",
        "true for an event of the scenario with a date of its own, false for all else",
    ),
    N,
    ("count", "1", "how often it happened, in all trials together"),
    ("mean", "1", "mean number of times it happened in a trial: count / n"),
    ("se", "1", "standard error of the mean; empty for a single trial"),
    ("trials", "trials", "trials in which it happened at least once in the step"),
    ("probability", "1", "trials / n"),
    LOW,
    HIGH,
];

pub(super) const CASCADES: &[Column] = &[
    ("role", "", "attacker, who began the war, or joiner"),
    ("state", "", "who entered the war"),
    (
        "beside",
        "",
        "of a joiner: to whom it kept its word; if an event sent it, the first of those who began on its side",
    ),
    (
        "against",
        "",
        "of an attacker: whom it attacked; of a joiner: the first of those who began on the other side",
    ),
    (
        "reason",
        "",
        "attack (a dispute became a war), event (of the scenario), or the obligation it honoured: defence, offence",
    ),
    N,
    ("trials", "trials", "trials in which it happened at least once"),
    ("count", "1", "how often it happened, in all trials together"),
    ("probability", "1", "trials / n"),
    LOW,
    HIGH,
    Q05,
    Q50,
    Q95,
];

pub(super) const STORY_LINES: &[Column] = &[
    ("rank", "1", "from 1, the most frequent first"),
    (
        "story_line",
        "",
        "outcomes in the order in which they came about, by name, as in a > b; none of them if none did",
    ),
    N,
    ("trials", "trials", "trials that have this line"),
    ("probability", "1", "trials / n"),
    LOW,
    HIGH,
    ("trial", "1", "the lowest number of a trial that has it"),
    (
        "date_1",
        "",
        "mean over its trials of the date on which its first outcome came about; empty if it has none",
    ),
    ("sd_1", "days", "standard deviation of that date over its trials; 0 for a single trial"),
    ("date_2", "", "mean date of its second outcome"),
    ("sd_2", "days", "standard deviation of that date"),
    ("date_3", "", "mean date of its third outcome"),
    ("sd_3", "days", "standard deviation of that date"),
    ("date_4", "", "mean date of its fourth outcome"),
    ("sd_4", "days", "standard deviation of that date"),
    ("date_5", "", "mean date of its fifth outcome"),
    ("sd_5", "days", "standard deviation of that date"),
    ("date_6", "", "mean date of its sixth outcome"),
    ("sd_6", "days", "standard deviation of that date"),
];

pub(super) const NETWORK: &[Column] = &[
    ("date", "", "step date; the relation is that at its end"),
    (
        "relation",
        "",
        "defence, offence, neutrality, non-aggression, consultation, economic, political, war, sanction or arms",
    ),
    (
        "from",
        "",
        "who sanctions or supplies; of any other relation the first state in alphabetical order",
    ),
    ("to", "", "the other state"),
    N,
    ("trials", "trials", "trials in which the relation holds"),
    ("probability", "1", "trials / n"),
    LOW,
    HIGH,
];

pub(super) const VARIANCE: &[Column] = &[
    ("metric", "", "outcome, isolation, capability or alignment"),
    ("subject", "", "outcome, state or dyad"),
    ("date", "", "step date; empty for an outcome"),
    ("pairs", "pairs", "pairs of trials that share their uncertain numbers and nothing else"),
    ("variance", "square of the quantity's unit", "variance over trials: numbers + chance"),
    (
        "numbers",
        "square of the quantity's unit",
        "the part that the uncertain numbers explain; below 0 by chance if it is small",
    ),
    ("chance", "square of the quantity's unit", "the part of chance within a trial"),
    ("share", "1", "numbers / variance; empty if nothing varies"),
    (
        "low",
        "1",
        "lower end of the 95 % interval of the share, from a jackknife over 16 groups of pairs",
    ),
    ("high", "1", "upper end of the 95 % interval of the share"),
];

pub(super) const BLOCKS: &[Column] = &[
    ("block", "", "number of the block, from 0"),
    ("first_trial", "", "number of its first trial"),
    ("trials", "trials", "how many trials it has"),
    ("sha256", "", "first half of the SHA-256 of everything recorded of its trials, hexadecimal"),
];
