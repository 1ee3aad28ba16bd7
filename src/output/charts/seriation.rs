//! An order in which those that are alike stand side by side.
//!
//! Agglomerative clustering with average linkage (Sokal and Michener 1958): blocs are what it finds
//! first, and each stays in one piece. The leading eigenvector would put everybody on one line, which
//! is right for two camps and mixes three. A tree of n leaves leaves 2^(n-1) orders open; of each two
//! clusters that are joined, those ends meet that are most alike (Gruvaeus and Wainer 1972).

use kodama::{Method, linkage};

/// The order of `n` things, of which two are the more alike the greater `likeness` of them, a finite
/// number, symmetric. Nothing in it is left to chance: of equals the earlier one comes first.
pub fn order(n: usize, likeness: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    if n < 2 {
        return (0..n).collect();
    }
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let mut unlike: Vec<f64> = pairs.map(|(i, j)| -likeness(i, j)).collect();
    // Linkage takes distances: what counts is their order and their differences.
    let least = unlike.iter().copied().fold(f64::INFINITY, f64::min);
    unlike.iter_mut().for_each(|distance| *distance -= least);
    let tree = linkage(&mut unlike, n, Method::Average);
    let mut clusters: Vec<Vec<usize>> = (0..n).map(|leaf| vec![leaf]).collect();
    for step in tree.steps() {
        let [one, other] = [step.cluster1, step.cluster2].map(|c| std::mem::take(&mut clusters[c]));
        clusters.push(joined(&one, &other, &likeness));
    }
    let mut order = clusters.pop().unwrap_or_default();
    if order.first() > order.last() {
        order.reverse();
    }
    order
}

/// Two clusters side by side, turned so that the ends that meet are most alike.
fn joined(one: &[usize], other: &[usize], likeness: &impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let turned = |cluster: &[usize]| cluster.iter().rev().copied().collect::<Vec<_>>();
    let [one_turned, other_turned] = [turned(one), turned(other)];
    let mut best: Option<(f64, Vec<usize>)> = None;
    for left in [one, &one_turned] {
        for right in [other, &other_turned] {
            let seam = likeness(left[left.len() - 1], right[0]);
            if best.as_ref().is_none_or(|(most, _)| seam > *most) {
                best = Some((seam, [left, right].concat()));
            }
        }
    }
    best.map(|(_, order)| order).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocs_stand_together_whatever_the_order_they_come_in() {
        // Three blocs: 0 3 6, 1 4 7, 2 5 8; the second is nearer to the third than to the first.
        let likeness = |i: usize, j: usize| match (i % 3, j % 3) {
            (a, b) if a == b => 0.8,
            (1, 2) | (2, 1) => 0.1,
            _ => -0.5,
        };
        let order = order(9, likeness);
        let mut blocs: Vec<_> = order.iter().map(|i| i % 3).collect();
        // The one in the middle is nearer to one of the others; which end comes first means nothing.
        if blocs[0] == 2 {
            blocs.reverse();
        }
        assert_eq!(blocs, [0, 0, 0, 1, 1, 1, 2, 2, 2], "{order:?}");
    }

    #[test]
    fn a_line_is_found_again() {
        // Places on a line, told in a mixed order.
        let place = [4.0, 0.0, 7.5, 2.0, 5.5, 1.0];
        let order = order(6, |i, j: usize| -f64::abs(place[i] - place[j]));
        let found: Vec<_> = order.iter().map(|&i| place[i]).collect();
        assert!(found.is_sorted() || found.iter().rev().is_sorted(), "{found:?}");
    }

    #[test]
    fn nothing_is_left_to_chance() {
        assert_eq!(order(0, |_, _| 0.0), [0_usize; 0]);
        assert_eq!(order(1, |_, _| 0.0), [0]);
        assert_eq!(order(2, |_, _| -1.0), [0, 1]);
        let mut all = order(7, |_, _| 0.25);
        assert_eq!(all, order(7, |_, _| 0.25));
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2, 3, 4, 5, 6]);
    }
}
