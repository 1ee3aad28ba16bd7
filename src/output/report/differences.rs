//! What a comparison has in place of outcomes: differences, partings, and what was compared.

use crate::analysis::comparison::{Comparison, partings};
use crate::analysis::finding::shown;
use crate::analysis::wording::dates::Fineness;
use crate::analysis::wording::difference::Difference;
use crate::analysis::wording::numbers::{counted, grouped, percents};
use crate::output::manifest::Manifest;
use crate::output::report::ReportError;
use crate::output::report::page::notes;
use crate::output::report::table::{Cell, Table, numbers, row, words};

/// Outcomes in each variant and in the base.
pub fn tables(comparison: &Comparison, names: &[String]) -> Result<String, ReportError> {
    let mut html = String::new();
    for (n, name) in names.iter().enumerate().skip(1) {
        let columns = vec![
            words("Outcome"),
            numbers("Base"),
            numbers("Variant"),
            numbers("Difference"),
            numbers("95 % interval"),
            words("In words"),
            numbers("Pairs"),
        ];
        let known = comparison.differences.iter().filter(|known| known.variant == *name);
        let rows = known.map(|known| {
            let text = shown(known);
            let [base, value] = text.values;
            row(vec![
                Cell::text(&known.title),
                Cell::number(base, known.base),
                Cell::number(value, known.value),
                Cell::number(format!("{}{}", text.difference, text.unit), known.difference),
                Cell::figures(text.interval),
                Cell::text(Difference::of(known).heading()),
                Cell::number(grouped(known.n), Some(known.n as f64)),
            ])
        });
        let caption = format!("Outcomes in {name} (the variant) and in {} (the base)", names[0]);
        let rows = rows.collect();
        html += &Table::new(&format!("differences-{n}"), &caption, columns, rows).html()?;
    }
    Ok(html)
}

/// How many causes of parting are shown.
const CAUSES: usize = 10;

/// How often pairs part, and by what.
pub fn partings(comparison: &Comparison, names: &[String]) -> Result<String, ReportError> {
    let mut html = String::new();
    for (n, name) in names.iter().enumerate().skip(1) {
        let known: Vec<_> =
            comparison.partings.iter().filter(|known| known.variant == *name).collect();
        let share = |known: &partings::Row| {
            let [p, low, high] = percents([known.share, known.low, known.high]);
            format!("{p} % ({low} to {high} %)")
        };
        let whole = |level: &str| known.iter().find(|k| k.level == level && k.kind.is_empty());
        if let (Some(story), Some(answers)) = (whole("story"), whole("answers")) {
            html += &notes(&[&format!(
                "Of {} of {name} and {}, {} part in their story: something happens in the one and not, \
                 or not on that day, in the other. {} part in the answer to an outcome.",
                counted(story.n, "pair"),
                names[0],
                share(story),
                share(answers)
            )])?;
        }
        let causes = known.iter().filter(|k| k.level == "story" && !k.kind.is_empty());
        let rows = causes.take(CAUSES).map(|known| {
            let [p, low, high] = percents([known.share, known.low, known.high]);
            let place = if known.first_in == "base" { &names[0] } else { name };
            row(vec![
                Cell::text(format!("{} {}", known.kind, known.subject)),
                Cell::text(place),
                Cell::number(p, Some(known.share)),
                Cell::figures(format!("{low} to {high}")),
                Cell::date(known.date_q50.map(|date| {
                    let quantiles = known.date_q05.zip(known.date_q95);
                    let fineness = Fineness::of_median(quantiles, known.parted);
                    (fineness.long(date), date.to_string())
                })),
                Cell::number(
                    known.trial.map_or(String::new(), |t| t.to_string()),
                    known.trial.map(f64::from),
                ),
            ])
        });
        let columns = vec![
            words("First thing that differs"),
            words("Happens in"),
            numbers("% of pairs"),
            numbers("95 % interval"),
            words("Median date"),
            numbers("A typical trial"),
        ];
        let caption = format!("By what trials of {name} and {} part most often", names[0]);
        let rows = rows.collect();
        html += &Table::new(&format!("partings-{n}"), &caption, columns, rows).html()?;
    }
    Ok(html)
}

/// The scenarios of the comparison, and what only one of two has.
pub fn arms(manifest: &Manifest) -> Result<String, ReportError> {
    let columns = vec![
        words("Name"),
        words("Role"),
        words("Variant"),
        words("Left out"),
        words("Changed"),
        words("Only in the base"),
        words("Only here"),
    ];
    let listed =
        |words: &[String]| if words.is_empty() { "nothing".to_owned() } else { words.join(", ") };
    let rows = manifest.arms.iter().enumerate().map(|(n, arm)| {
        let compared = n.checked_sub(1).and_then(|n| manifest.compared.get(n));
        let only = |of: fn(&crate::output::manifest::Compared) -> &Vec<String>| {
            compared.map_or(String::new(), |compared| listed(of(compared)))
        };
        row(vec![
            Cell::text(&arm.name),
            Cell::text(if n == 0 { "base" } else { "compared with it" }),
            Cell::text(arm.variant.as_deref().unwrap_or("none")),
            Cell::text(listed(&arm.without)),
            Cell::text(listed(&arm.set)),
            Cell::text(only(|compared| &compared.only_in_base)),
            Cell::text(only(|compared| &compared.only_here)),
        ])
    });
    let caption = "The scenarios, and what only one of two has: that is left out of differences";
    Table { data: false, ..Table::new("arms", caption, columns, rows.collect()) }.html()
}
