//! Which joiner stands below which.

use crate::analysis::cascades::Row;

/// Joiners by the one against whom, those with the likeliest joiner first, each with its depth. `joined`
/// is in order of likelihood; `begun` are the ways in which wars begin.
pub fn groups<'a>(joined: &[&'a Row], begun: &[&Row]) -> Vec<(&'a str, Vec<(usize, &'a Row)>)> {
    let mut groups: Vec<(&str, Vec<&Row>)> = Vec::new();
    for row in joined {
        match groups.iter_mut().find(|(against, _)| *against == row.against) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((&row.against, vec![row])),
        }
    }
    groups.into_iter().map(|(against, rows)| (against, ordered(&rows, begun))).collect()
}

/// Each below the likeliest joiner that is the state it stands beside, in order of likelihood.
fn ordered<'a>(rows: &[&'a Row], begun: &[&Row]) -> Vec<(usize, &'a Row)> {
    let mut above: Vec<Option<usize>> = vec![None; rows.len()];
    for n in 0..rows.len() {
        above[n] = parent(rows, begun, &above, n);
    }
    let mut order = Vec::new();
    let mut open: Vec<_> = (0..rows.len()).rev().filter(|&n| above[n].is_none()).collect();
    let mut depth = vec![0; rows.len()];
    while let Some(n) = open.pop() {
        order.push((depth[n], rows[n]));
        for below in (0..rows.len()).rev().filter(|&below| above[below] == Some(n)) {
            depth[below] = depth[n] + 1;
            open.push(below);
        }
    }
    order
}

/// Below which joiner one stands. Nowhere below if the one beside it is in the war more often because it
/// began with it, or is a joiner more seldom, which explains less; nor below a chain that needs it in the
/// war already: A may join beside B in one trial, and B beside A in another.
fn parent(rows: &[&Row], begun: &[&Row], above: &[Option<usize>], child: usize) -> Option<usize> {
    let row = rows[child];
    let beside = row.beside.as_deref()?;
    let found = rows.iter().position(|other| other.state == beside)?;
    let began = begun.iter().filter(|war| {
        let sides = [war.state.as_str(), war.against.as_str()];
        sides.contains(&beside) && sides.contains(&row.against.as_str())
    });
    let began = began.map(|war| war.trials).max().unwrap_or(0);
    let mut ancestors = std::iter::successors(Some(found), |&n| above[n]);
    let turns_back = ancestors.any(|n| rows[n].beside.as_deref() == Some(row.state.as_str()));
    (rows[found].trials >= began.max(row.trials) && !turns_back).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(state: &str, beside: Option<&str>, against: &str, trials: u64) -> Row {
        Row {
            role: String::new(),
            state: state.to_owned(),
            beside: beside.map(str::to_owned),
            against: against.to_owned(),
            reason: String::new(),
            n: 100,
            trials,
            count: trials,
            probability: trials as f64 / 100.0,
            low: 0.0,
            high: 1.0,
            first_q05: None,
            first_q50: None,
            first_q95: None,
        }
    }

    fn told(joined: &[Row], begun: &[Row]) -> Vec<String> {
        let joined: Vec<_> = joined.iter().collect();
        let begun: Vec<_> = begun.iter().collect();
        let groups = groups(&joined, &begun);
        let rows = groups.iter().flat_map(|(against, rows)| {
            rows.iter().map(move |(depth, row)| format!("{against} {depth} {}", row.state))
        });
        rows.collect()
    }

    #[test]
    fn an_ally_of_an_ally_stands_below_it() {
        let joined = [
            row("RUS", Some("SRB"), "AUH", 100),
            row("DEU", Some("AUH"), "SRB", 70),
            row("BEL", Some("RUS"), "AUH", 40),
            row("FRA", Some("RUS"), "AUH", 40),
            row("GBR", Some("BEL"), "AUH", 20),
        ];
        let begun = [row("AUH", None, "SRB", 100), row("AUH", None, "RUS", 70)];
        let expected = ["AUH 0 RUS", "AUH 1 BEL", "AUH 2 GBR", "AUH 1 FRA", "SRB 0 DEU"];
        assert_eq!(told(&joined, &begun), expected);
    }

    /// The one it stands beside is in the war mostly because it was attacked.
    #[test]
    fn who_joins_one_that_began_stands_below_nobody() {
        let joined = [row("B", Some("A"), "X", 20), row("C", Some("B"), "X", 10)];
        assert_eq!(told(&joined, &[row("X", None, "B", 30)]), ["X 0 B", "X 0 C"]);
        assert_eq!(told(&joined, &[row("B", None, "X", 15)]), ["X 0 B", "X 1 C"]);
    }

    #[test]
    fn nobody_stands_below_itself() {
        let joined = [row("B", Some("A"), "X", 20), row("A", Some("B"), "X", 20)];
        assert_eq!(told(&joined, &[]), ["X 0 B", "X 0 A"]);
        let rarer = [row("B", Some("A"), "X", 20), row("A", Some("B"), "X", 10)];
        assert_eq!(told(&rarer, &[]), ["X 0 B", "X 0 A"]);
        let longer = [
            row("B", Some("A"), "X", 20),
            row("C", Some("B"), "X", 15),
            row("A", Some("C"), "X", 10),
        ];
        assert_eq!(told(&longer, &[]), ["X 0 B", "X 1 C", "X 0 A"]);
    }
}
