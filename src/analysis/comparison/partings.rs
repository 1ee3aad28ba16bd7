//! Rows of `partings.csv`: how often trials of the same number part, when first, and by what.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::comparison::Other;
use crate::analysis::comparison::parting::{self, Reason};
use crate::analysis::interval::wilson;
use crate::analysis::rounded;
use crate::engine::pairing::channels;
use crate::engine::tally::{Cause, Level, Side};
use crate::model::process::{Chance, Reasons};

/// Of how many causes of a level, the most frequent, the draw and the rates are looked up.
const EXPLAINED: usize = 10;

/// Pairs that part, all of a level or those of one cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What is compared with the base.
    pub variant: String,
    /// How closely trials are looked at: `scores`, `anything`, `story`, `answers` or
    /// `open answers`.
    pub level: String,
    /// What happened in one and not, or not then, in the other; empty for all of the level.
    pub kind: String,
    /// To whom or what.
    pub subject: String,
    /// In which of the two it happened first, or at all: `base` or `variant`.
    pub first_in: String,
    /// All pairs.
    pub n: u64,
    /// Those that part.
    pub parted: u64,
    /// Their share.
    pub share: f64,
    /// Lower end of its 95 % Wilson interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// 5 % quantile of the date of parting.
    pub date_q05: Option<Date>,
    /// Its median.
    pub date_q50: Option<Date>,
    /// Its 95 % quantile.
    pub date_q95: Option<Date>,
    /// A typical pair.
    pub trial: Option<u32>,
    /// When it parts.
    pub date: Option<Date>,
    /// What decided there: `hazard` or `probability`.
    pub chance: String,
    /// Its value in the base.
    pub base_rate: Option<f64>,
    /// In the variant.
    pub variant_rate: Option<f64>,
    /// The draw that it met.
    pub draw: Option<f64>,
}

/// The rows: for each level all pairs, then the causes, the most frequent first.
pub(super) fn rows(other: &Other<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for level in Level::ALL {
        let all = other.contrast.partings.at(level);
        rows.push(row(other, level, &all, ["", ""], None));
        let mut causes: Vec<_> = causes(other, level);
        causes.sort_by(|(a, one), (b, two)| two.pairs().cmp(&one.pairs()).then(a.cmp(b)));
        for (n, ((channel, side), cause)) in causes.into_iter().enumerate() {
            let all = channels(other.base.0);
            let what = &all[other.pairing.channels[channel].0];
            let why = (n < EXPLAINED).then(|| explain(other, level, cause)).flatten();
            let first_in = if side == Side::Base { "base" } else { "variant" };
            let names = [what.kind, what.subject.as_str()];
            rows.push(Row {
                first_in: first_in.to_owned(),
                ..row(other, level, cause, names, why.as_ref())
            });
        }
    }
    rows
}

type Known<'a> = ((usize, Side), &'a Cause);

fn causes<'a>(other: &Other<'a>, level: Level) -> Vec<Known<'a>> {
    let causes = other.contrast.partings.causes.iter();
    causes
        .filter(|((l, ..), _)| *l == level)
        .filter_map(|(&(_, side, channel), cause)| Some(((channel?, side), cause)))
        .collect()
}

fn explain(other: &Other<'_>, level: Level, cause: &Cause) -> Option<Reason> {
    parting::pair(other, cause.typical()?.0)?.parts(level)
}

fn row(
    other: &Other<'_>,
    level: Level,
    cause: &Cause,
    [kind, subject]: [&str; 2],
    why: Option<&Reason>,
) -> Row {
    let (n, parted) = (other.contrast.pairs, cause.pairs());
    let (low, high) = wilson(parted, n);
    // An answer is given at the end, so it says nothing of when.
    let dated = !matches!(level, Level::Answers | Level::OpenAnswers);
    let date = |day: i32| other.base.0.calendar.date(day);
    let quantile = |p| cause.day(p).filter(|_| dated).map(date);
    let typical = cause.typical();
    let value = |reasons: &Option<Reasons>| reasons.as_ref().map(|reasons| reasons.chance.value());
    let chance = why.and_then(|why| why.reasons.iter().flatten().next());
    Row {
        variant: other.name.to_owned(),
        level: level.name().to_owned(),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        first_in: String::new(),
        n,
        parted,
        share: rounded(parted as f64 / n.max(1) as f64),
        low: rounded(low),
        high: rounded(high),
        date_q05: quantile(0.05),
        date_q50: quantile(0.50),
        date_q95: quantile(0.95),
        trial: typical.map(|(trial, _)| trial),
        date: typical.filter(|_| dated).map(|(_, day)| date(day)),
        chance: chance.map(said).unwrap_or_default().to_owned(),
        base_rate: why.and_then(|why| value(&why.reasons[0])).map(rounded),
        variant_rate: why.and_then(|why| value(&why.reasons[1])).map(rounded),
        draw: why.and_then(|why| why.draw).map(rounded),
    }
}

/// What decided, in a word.
fn said(reasons: &Reasons) -> &'static str {
    match reasons.chance {
        Chance::Hazard(_) => "hazard",
        Chance::Probability(_) | Chance::Honour(_) => "probability",
    }
}
