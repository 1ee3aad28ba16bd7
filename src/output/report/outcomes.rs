//! The tables of outcomes and measures.

use crate::analysis::finding::spread;
use crate::analysis::interval::Z;
use crate::analysis::wording::dates::Fineness;
use crate::analysis::wording::likelihood::Likelihood;
use crate::analysis::wording::numbers::{decimals, fixed, grouped, percents};
use crate::analysis::{Results, measures, outcomes, variance};
use crate::output::report::ReportError;
use crate::output::report::table::{Cell, Row, Table, numbers, row, words};

/// Both tables, as far as there is anything in them.
pub fn tables(results: &Results) -> Result<String, ReportError> {
    let split = !results.variance.is_empty();
    let mut columns = vec![
        words("Outcome"),
        numbers("Yes, % of trials"),
        numbers("95 % interval"),
        words("In words"),
        numbers("Yes"),
        numbers("Trials"),
        words("Median first date"),
    ];
    let mut of_measures = vec![
        words("Number"),
        numbers("Mean"),
        numbers("95 % interval"),
        numbers("Median"),
        numbers("5 to 95 % of trials"),
        numbers("Trials"),
    ];
    if split {
        columns.push(numbers("Due to uncertain numbers"));
        of_measures.push(numbers("Due to uncertain numbers"));
    }
    let shares = split.then_some(results.variance.as_slice());
    let rows = results.outcomes.iter().map(|row| outcome(row, shares)).collect();
    let html = Table::new("outcomes", "Outcomes that are yes or no", columns, rows).html()?;
    let rows = results.measures.iter().map(|row| measure(row, shares)).collect();
    Ok(html + &Table::new("measures", "Numbers, over trials", of_measures, rows).html()?)
}

fn outcome(known: &outcomes::Row, shares: Option<&[variance::Row]>) -> Row {
    let [p, low, high] = percents([known.probability, known.low, known.high]);
    let said = if known.is_written_down() {
        "written down by the scenario".to_owned()
    } else {
        Likelihood::of(known.yes, known.n, (known.low, known.high)).words()
    };
    let mut cells = vec![
        Cell::text(&known.title),
        Cell::number(p, Some(known.probability)),
        Cell::figures(format!("{low} to {high}")),
        Cell::text(said),
        Cell::number(grouped(known.yes), Some(known.yes as f64)),
        Cell::number(grouped(known.n), Some(known.n as f64)),
        Cell::date(first_date(known)),
    ];
    cells.extend(shares.map(|shares| share(&known.outcome, shares)));
    row(cells)
}

/// The median date in words, no finer than it is known, and what it is sorted by.
fn first_date(known: &outcomes::Row) -> Option<(String, String)> {
    let date = known.first_q50?;
    let fineness = Fineness::of_median(known.first_q05.zip(known.first_q95), known.yes);
    Some((fineness.long(date), date.to_string()))
}

fn measure(known: &measures::Row, shares: Option<&[variance::Row]>) -> Row {
    let error = known.se.map(|se| Z * se).filter(|error| *error > 0.0 && known.n > 1);
    let of_mean = error.map_or(4, |error| decimals(2.0 * error));
    let mean = known.mean.map_or("none".to_owned(), |mean| fixed(mean, of_mean));
    let quantiles = known.q05.zip(known.q50).zip(known.q95);
    let [low, median, high] =
        quantiles.map_or(["none"; 3].map(str::to_owned), |((a, b), c)| spread([a, b, c]));
    let interval = known.mean.zip(error).map_or(String::new(), |(mean, error)| {
        format!("{} to {}", fixed(mean - error, of_mean), fixed(mean + error, of_mean))
    });
    let mut cells = vec![
        Cell::text(&known.title),
        Cell::number(mean, known.mean),
        Cell::figures(interval),
        Cell::number(median, known.q50),
        Cell::figures(format!("{low} to {high}")),
        Cell::number(grouped(known.n), Some(known.n as f64)),
    ];
    cells.extend(shares.map(|shares| share(&known.outcome, shares)));
    row(cells)
}

/// What the uncertain numbers explain of the variance of an outcome, with its interval.
fn share(outcome: &str, shares: &[variance::Row]) -> Cell {
    let known = shares.iter().find(|row| row.metric == "outcome" && row.subject == outcome);
    let known = known.and_then(|row| Some((row.share?, row.low?, row.high?)));
    match known {
        None => Cell::number("not known", None),
        Some((share, low, high)) => {
            let share = share.clamp(0.0, 1.0);
            let [low, high] = [low, high].map(|value| format!("{:.0}", 100.0 * value));
            Cell::number(format!("{:.0} % ({low} to {high})", 100.0 * share), Some(share))
        }
    }
}
