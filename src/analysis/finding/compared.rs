//! What a comparison found.

use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::differences::Row;
use crate::analysis::finding::{Group, Item};
use crate::analysis::interval::Z;
use crate::analysis::wording::difference::Difference;
use crate::analysis::wording::numbers::{counted, decimals, fixed, percents, points, signed};

/// What differs between a scenario and its base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What is compared with the base.
    pub name: String,
    /// A sentence that can stand alone.
    pub lead: String,
    /// The outcomes, those of which the same can be said together.
    pub groups: Vec<Group>,
}

/// What differs in each scenario of a comparison; `names` are those of the arms, the base first.
pub fn compared(comparison: &Comparison, names: &[String]) -> Vec<Compared> {
    let of = |name: &String| {
        let rows = comparison.differences.iter().filter(|row| row.variant == *name);
        one(name, &names[0], &rows.collect::<Vec<_>>(), comparison.differences.len())
    };
    names[1..].iter().map(of).collect()
}

/// One of them; `all` rows hold together.
fn one(name: &str, base: &str, rows: &[&Row], all: usize) -> Compared {
    let mut told: Vec<_> = rows.iter().map(|row| (Difference::of(row), *row)).collect();
    let lead = lead(name, base, &told);
    told.sort_by_key(|(difference, _)| *difference);
    let mut groups: Vec<Group> = Vec::new();
    for (difference, row) in told {
        let heading = difference.heading();
        if groups.last().is_none_or(|group| group.heading != heading) {
            let remark = difference.remark(all);
            groups.push(Group { heading: heading.to_owned(), remark, items: Vec::new() });
        }
        groups.last_mut().expect("one was added").items.push(item(difference, row, [base, name]));
    }
    Compared { name: name.to_owned(), lead, groups }
}

fn lead(name: &str, base: &str, told: &[(Difference, &Row)]) -> String {
    let count = |wanted| told.iter().filter(|(difference, _)| *difference == wanted).count();
    let (differ, supposed) = (count(Difference::Told), count(Difference::Supposed));
    let open = told.len() - supposed;
    let pairs = told.first().map_or(0, |(_, row)| row.n + row.missing);
    let pairs = counted(pairs, "pair");
    if open == 0 {
        return format!(
            "{name} and {base} have no outcome in common that {pairs} of trials leave open, so no \
             difference was found."
        );
    }
    let outcomes = format!("{} that the scenarios leave open", counted(open as u64, "outcome"));
    let differences = match differ {
        0 => "no difference can be told".to_owned(),
        1 => "a difference can be told in one".to_owned(),
        all if all == open => "a difference can be told in each".to_owned(),
        some => format!("a difference can be told in {some}"),
    };
    let first = told.iter().find(|(difference, _)| *difference == Difference::Told);
    let first = first.map(|(_, row)| format!(" {}", sentence(row, [base, name])));
    format!(
        "{name} less {base}, over {pairs} of trials: of {outcomes}, {differences}.{}",
        first.unwrap_or_default()
    )
}

/// A difference that can be told, as a sentence.
fn sentence(row: &Row, [base, name]: [&str; 2]) -> String {
    let Shown { difference, interval, values, unit } = shown(row);
    let up = row.difference.is_some_and(|difference| difference > 0.0);
    let how = match (row.quantity.as_str(), up) {
        ("probability", true) => "likelier",
        ("probability", false) => "less likely",
        (_, true) => "higher on average",
        (_, false) => "lower on average",
    };
    // The word says which way it goes, so sizes have no sign, the smaller first.
    let size = |number: &str| number.trim_start_matches(['+', '\u{2212}']).to_owned();
    let mut ends: Vec<_> = interval.split(" to ").map(size).collect();
    if !up {
        ends.reverse();
    }
    let [old, new] = values;
    format!(
        "“{}” is {how} in {name} by {}{unit} ({}): {new} against {old} in {base}.",
        row.title,
        size(&difference),
        ends.join(" to ")
    )
}

fn item(told: Difference, row: &Row, [base, name]: [&str; 2]) -> Item {
    let Shown { difference, interval, values: [old, new], unit } = shown(row);
    let open = !matches!(told, Difference::Supposed | Difference::Unknown);
    let mut remarks = vec![format!("{old} in {base}, {new} in {name}.")];
    if row.missing > 0 && row.quantity == "mean" {
        remarks.push(format!("{} gave no number.", counted(row.missing, "pair")));
    }
    Item {
        title: row.title.clone(),
        estimate: format!("{difference}{unit}"),
        interval: if open { format!("{interval}{unit}") } else { String::new() },
        remarks,
    }
}

/// A row's figures as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Variant less base.
    pub difference: String,
    /// Its 95 % interval.
    pub interval: String,
    /// The base's and the variant's.
    pub values: [String; 2],
    /// What stands behind a difference.
    pub unit: &'static str,
}

/// The figures of a row.
pub fn shown(row: &Row) -> Shown {
    let none = || "none".to_owned();
    let known = row.difference.zip(row.low.zip(row.high)).zip(row.base.zip(row.value));
    let Some(((difference, (low, high)), (base, value))) = known else {
        return Shown {
            difference: none(),
            interval: String::new(),
            values: [none(), none()],
            unit: "",
        };
    };
    if row.quantity == "probability" {
        let [difference, low, high] = points([difference, low, high]);
        let values = percents([base, value]).map(|value| format!("{value} %"));
        return Shown { difference, interval: format!("{low} to {high}"), values, unit: " points" };
    }
    let places = decimals(2.0 * Z * row.se.unwrap_or_default());
    let [difference, low, high] = [difference, low, high].map(|value| signed(value, places));
    let values = [base, value].map(|value| fixed(value, places));
    Shown { difference, interval: format!("{low} to {high}"), values, unit: "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::comparison::paired::Pairs;

    fn row(title: &str, [both, base_only, other_only]: [u64; 3]) -> Row {
        let n = 10_000;
        let pairs = Pairs { n, both, base_only, other_only };
        let (low, high) = pairs.difference_interval(Z);
        let (low_all, high_all) = pairs.difference_interval(3.0);
        Row {
            variant: "other".into(),
            outcome: title.to_lowercase(),
            title: title.into(),
            quantity: "probability".into(),
            n,
            missing: 0,
            base: Some(pairs.base()),
            value: Some(pairs.other()),
            difference: Some(pairs.difference()),
            se: Some(pairs.error()),
            low: Some(low),
            high: Some(high),
            low_all: Some(low_all),
            high_all: Some(high_all),
            base_only: Some(base_only),
            variant_only: Some(other_only),
            relative_risk: None,
            relative_low: None,
            relative_high: None,
            variance_reduction: None,
            settled: false,
        }
    }

    fn found(rows: Vec<Row>) -> Compared {
        let comparison = Comparison {
            differences: rows,
            series: Vec::new(),
            counts: Vec::new(),
            partings: Vec::new(),
        };
        compared(&comparison, &["base".to_owned(), "other".to_owned()]).remove(0)
    }

    #[test]
    fn the_lead_counts_what_can_be_told_and_names_the_first() {
        let rows = vec![
            row("Same", [2_000, 20, 21]),
            row("Fewer", [2_000, 300, 100]),
            row("Fixed", [0, 0, 10_000]),
        ];
        let Compared { lead, groups, .. } = found(rows);
        assert_eq!(
            lead,
            "other less base, over 10,000 pairs of trials: of 2 outcomes that the scenarios leave open, a \
             difference can be told in one. “Fewer” is less likely in other by 2.00 points (1.61 to \
             2.39): 21.0 % against 23.0 % in base."
        );
        let headings: Vec<_> = groups.iter().map(|group| group.heading.as_str()).collect();
        assert_eq!(
            headings,
            ["Differences that can be told", "No difference can be told", "Fixed by the scenarios"]
        );
        assert_eq!(groups[2].items[0].interval, "", "what is supposed has no interval");
    }

    #[test]
    fn nothing_told_is_said() {
        let lead = found(vec![row("Same", [2_000, 20, 21])]).lead;
        assert!(
            lead.ends_with(
                "of 1 outcome that the scenarios leave open, no difference can be told."
            ),
            "{lead}"
        );
        let lead = found(vec![row("Fixed", [0, 0, 10_000])]).lead;
        assert!(lead.ends_with("so no difference was found."), "{lead}");
    }
}
