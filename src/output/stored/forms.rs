//! What the tables of a result have to look like.

use crate::output::stored::table::{Column, Form, any, count, day, flag, maybe, number, text};

/// A pure number that is a score or the difference of two shares.
const fn signed(name: &'static str) -> Column {
    number(name, -1.0, 1.0)
}

/// A share or a probability.
const fn share(name: &'static str) -> Column {
    number(name, 0.0, 1.0)
}

/// A number from 0.
const fn size(name: &'static str) -> Column {
    number(name, 0.0, f64::MAX)
}

/// A difference of scores.
const fn difference(name: &'static str) -> Column {
    number(name, -2.0, 2.0)
}

/// What the table of a file has to look like, in whichever folder the file is.
pub(crate) fn of(file: &str) -> Option<&'static Form> {
    let (_, name) = file.rsplit_once('/').unwrap_or(("", file));
    Some(match name {
        "summary.csv" => &SUMMARY,
        "outcomes.csv" => &OUTCOMES,
        "measures.csv" => &MEASURES,
        "first_dates.csv" => &FIRST_DATES,
        "events.csv" => &EVENTS,
        "timeline.csv" => &TIMELINE,
        "cascades.csv" => &CASCADES,
        "story_lines.csv" => &STORY_LINES,
        "network.csv" => &NETWORK,
        "variance.csv" => &VARIANCE,
        "blocks.csv" => &BLOCKS,
        "differences.csv" => &DIFFERENCES,
        "difference_series.csv" => &SERIES,
        "difference_events.csv" => &COUNTS,
        "partings.csv" => &PARTINGS,
        _ => return None,
    })
}

const QUANTILES: &[&str] = &["q05", "q25", "q50", "q75", "q95"];
const INTERVAL: &[&str] = &["low", "probability", "high"];
const FIRST: &[&str] = &["first_q05", "first_q50", "first_q95"];

pub(super) const SUMMARY: Form = Form {
    columns: &[
        text("metric"),
        text("subject"),
        day("date"),
        count("n"),
        signed("mean"),
        size("sd"),
        signed("q05"),
        signed("q25"),
        signed("q50"),
        signed("q75"),
        signed("q95"),
    ],
    ascending: &[QUANTILES],
};

pub(super) const OUTCOMES: Form = Form {
    columns: &[
        text("outcome"),
        text("title"),
        count("n"),
        count("yes"),
        share("probability"),
        share("low"),
        share("high"),
        count("failed"),
        maybe(day("first_q05")),
        maybe(day("first_q50")),
        maybe(day("first_q95")),
        signed("scripted"),
    ],
    ascending: &[&["yes", "n"], INTERVAL, FIRST],
};

pub(super) const MEASURES: Form = Form {
    columns: &[
        text("outcome"),
        text("title"),
        count("n"),
        count("missing"),
        maybe(any("mean")),
        maybe(size("se")),
        maybe(size("sd")),
        maybe(any("least")),
        maybe(any("q05")),
        maybe(any("q25")),
        maybe(any("q50")),
        maybe(any("q75")),
        maybe(any("q95")),
        maybe(any("greatest")),
        count("failed"),
    ],
    ascending: &[QUANTILES],
};

pub(super) const FIRST_DATES: Form = Form {
    columns: &[
        text("outcome"),
        day("date"),
        count("n"),
        share("probability"),
        share("low"),
        share("high"),
    ],
    ascending: &[INTERVAL],
};

pub(super) const EVENTS: Form = Form {
    columns: &[
        text("kind"),
        text("subject"),
        count("n"),
        count("trials"),
        share("probability"),
        share("low"),
        share("high"),
        size("mean_count"),
        maybe(day("first_q05")),
        maybe(day("first_q50")),
        maybe(day("first_q95")),
    ],
    ascending: &[&["trials", "n"], INTERVAL, FIRST],
};

pub(super) const TIMELINE: Form = Form {
    columns: &[
        text("kind"),
        text("subject"),
        day("date"),
        flag("scheduled"),
        count("n"),
        count("count"),
        size("mean"),
        maybe(size("se")),
        count("trials"),
        share("probability"),
        share("low"),
        share("high"),
    ],
    ascending: &[&["trials", "n"], &["trials", "count"], INTERVAL],
};

pub(super) const CASCADES: Form = Form {
    columns: &[
        text("role"),
        text("state"),
        text("beside"),
        text("against"),
        text("reason"),
        count("n"),
        count("trials"),
        count("count"),
        share("probability"),
        share("low"),
        share("high"),
        maybe(day("first_q05")),
        maybe(day("first_q50")),
        maybe(day("first_q95")),
    ],
    ascending: &[&["trials", "n"], &["trials", "count"], INTERVAL, FIRST],
};

pub(super) const STORY_LINES: Form = Form {
    columns: &[
        count("rank"),
        text("story_line"),
        count("n"),
        count("trials"),
        share("probability"),
        share("low"),
        share("high"),
        count("trial"),
        maybe(day("date_1")),
        maybe(size("sd_1")),
        maybe(day("date_2")),
        maybe(size("sd_2")),
        maybe(day("date_3")),
        maybe(size("sd_3")),
        maybe(day("date_4")),
        maybe(size("sd_4")),
        maybe(day("date_5")),
        maybe(size("sd_5")),
        maybe(day("date_6")),
        maybe(size("sd_6")),
    ],
    ascending: &[
        &["trials", "n"],
        INTERVAL,
        &["date_1", "date_2", "date_3", "date_4", "date_5", "date_6"],
    ],
};

pub(super) const NETWORK: Form = Form {
    columns: &[
        day("date"),
        text("relation"),
        text("from"),
        text("to"),
        count("n"),
        count("trials"),
        share("probability"),
        share("low"),
        share("high"),
    ],
    ascending: &[&["trials", "n"], INTERVAL],
};

pub(super) const VARIANCE: Form = Form {
    columns: &[
        text("metric"),
        text("subject"),
        maybe(day("date")),
        count("pairs"),
        maybe(any("variance")),
        maybe(any("numbers")),
        maybe(size("chance")),
        maybe(any("share")),
        maybe(share("low")),
        maybe(share("high")),
    ],
    ascending: &[&["low", "high"]],
};

pub(super) const BLOCKS: Form = Form {
    columns: &[count("block"), count("first_trial"), count("trials"), text("sha256")],
    ascending: &[],
};

pub(super) const DIFFERENCES: Form = Form {
    columns: &[
        text("variant"),
        text("outcome"),
        text("title"),
        text("quantity"),
        count("n"),
        count("missing"),
        maybe(any("base")),
        maybe(any("value")),
        maybe(any("difference")),
        maybe(size("se")),
        maybe(any("low")),
        maybe(any("high")),
        maybe(any("low_all")),
        maybe(any("high_all")),
        maybe(count("base_only")),
        maybe(count("variant_only")),
        maybe(size("relative_risk")),
        maybe(size("relative_low")),
        maybe(size("relative_high")),
        maybe(size("variance_reduction")),
        flag("settled"),
    ],
    ascending: &[&["low", "high"], &["low_all", "high_all"], &["relative_low", "relative_high"]],
};

pub(super) const SERIES: Form = Form {
    columns: &[
        text("variant"),
        text("metric"),
        text("subject"),
        day("date"),
        count("n"),
        signed("base"),
        signed("value"),
        difference("difference"),
        number("se", 0.0, 2.0),
        number("low", -6.0, 6.0),
        number("high", -6.0, 6.0),
        difference("q05"),
        difference("q25"),
        difference("q50"),
        difference("q75"),
        difference("q95"),
        maybe(size("variance_reduction")),
    ],
    ascending: &[&["low", "difference", "high"], QUANTILES],
};

pub(super) const COUNTS: Form = Form {
    columns: &[
        text("variant"),
        text("kind"),
        text("subject"),
        count("n"),
        size("base"),
        size("value"),
        any("difference"),
        size("se"),
        any("low"),
        any("high"),
        maybe(size("variance_reduction")),
        count("base_only"),
        count("variant_only"),
        signed("any_difference"),
        signed("any_low"),
        signed("any_high"),
    ],
    ascending: &[&["low", "difference", "high"], &["any_low", "any_high"]],
};

pub(super) const PARTINGS: Form = Form {
    columns: &[
        text("variant"),
        text("level"),
        text("kind"),
        text("subject"),
        text("first_in"),
        count("n"),
        count("parted"),
        share("share"),
        share("low"),
        share("high"),
        maybe(day("date_q05")),
        maybe(day("date_q50")),
        maybe(day("date_q95")),
        maybe(count("trial")),
        maybe(day("date")),
        text("chance"),
        maybe(size("base_rate")),
        maybe(size("variant_rate")),
        maybe(size("draw")),
    ],
    ascending: &[
        &["parted", "n"],
        &["low", "share", "high"],
        &["date_q05", "date_q50", "date_q95"],
    ],
};
