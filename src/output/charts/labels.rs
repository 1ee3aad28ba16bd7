//! Labels beside points of a plane, none over another or over what it must not hide.

/// A rectangle on a sheet, in nominal pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Extent {
    /// Around a centre.
    pub fn around((x, y): (f64, f64), (width, height): (f64, f64)) -> Self {
        let (dx, dy) = (width / 2.0, height / 2.0);
        Self { left: x - dx, top: y - dy, right: x + dx, bottom: y + dy }
    }

    /// Between two corners.
    pub fn between(one: (f64, f64), other: (f64, f64)) -> Self {
        let (left, right) = (one.0.min(other.0), one.0.max(other.0));
        let (top, bottom) = (one.1.min(other.1), one.1.max(other.1));
        Self { left, top, right, bottom }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }
}

/// How far from its point a label may stand.
const DISTANCES: [f64; 10] = [0.0, 6.0, 14.0, 24.0, 36.0, 50.0, 70.0, 95.0, 125.0, 160.0];
/// Directions in which it may, the best first.
const DIRECTIONS: [(f64, f64); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.8, -0.8),
    (0.8, 0.8),
    (-0.8, -0.8),
    (-0.8, 0.8),
    (0.0, -1.0),
    (0.0, 1.0),
];
/// How many pixels of distance it is worth to hide nothing.
const HIDING: f64 = 12.0;
/// Between a point and its label.
const GAP: f64 = 8.0;

/// The centres of labels of these sizes beside their points, the first with the first choice; `None` for one
/// that finds no place. They stay within `sheet`, and off each other and `taken`; `better_not` are what they
/// may hide if all else is far away.
pub fn place(
    points: &[(f64, f64)],
    sizes: &[(f64, f64)],
    sheet: &Extent,
    taken: &[Extent],
    better_not: &[Extent],
) -> Vec<Option<(f64, f64)>> {
    let mut taken = taken.to_vec();
    let mut placed = Vec::new();
    for (&point, &size) in points.iter().zip(sizes) {
        let mut best: Option<(f64, (f64, f64))> = None;
        for (distance, direction) in choices() {
            let centre = beside(point, size, distance, direction);
            let label = Extent::around(centre, size);
            if !sheet.holds(&label) || taken.iter().any(|other| other.meets(&label)) {
                continue;
            }
            let hidden = better_not.iter().filter(|other| other.meets(&label)).count();
            let cost = distance + HIDING * hidden as f64;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, centre));
            }
        }
        let centre = best.map(|(_, centre)| centre);
        taken.extend(centre.map(|centre| Extent::around(centre, size)));
        placed.push(centre);
    }
    placed
}

fn choices() -> impl Iterator<Item = (f64, (f64, f64))> {
    DISTANCES.into_iter().flat_map(|distance| DIRECTIONS.map(|direction| (distance, direction)))
}

/// The centre of a label whose nearest edge or corner lies so far from its point.
fn beside(
    (x, y): (f64, f64),
    (width, height): (f64, f64),
    distance: f64,
    (right, down): (f64, f64),
) -> (f64, f64) {
    let reach = GAP + distance;
    (
        x + right * reach + right.signum() * half(right, width),
        y + down * reach + half(down, height) * down.signum(),
    )
}

/// Half a length in the directions in which a label lies wholly to one side of its point.
fn half(direction: f64, length: f64) -> f64 {
    if direction == 0.0 { 0.0 } else { length / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: Extent = Extent { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };

    fn boxes(placed: &[Option<(f64, f64)>], size: (f64, f64)) -> Vec<Extent> {
        placed.iter().map(|place| Extent::around(place.expect("a place"), size)).collect()
    }

    #[test]
    fn labels_of_a_crowd_stand_apart_and_inside() {
        let points: Vec<_> = (0..25)
            .map(|n| (150.0 + f64::from(n % 5) * 12.0, 120.0 + f64::from(n / 5) * 12.0))
            .collect();
        let size = (30.0, 14.0);
        let marks: Vec<_> = points.iter().map(|&point| Extent::around(point, (6.0, 6.0))).collect();
        let placed = place(&points, &[size; 25], &SHEET, &marks, &[]);
        let labels = boxes(&placed, size);
        for (n, label) in labels.iter().enumerate() {
            assert!(SHEET.holds(label), "{label:?}");
            assert!(!labels[n + 1..].iter().any(|other| other.meets(label)), "{label:?}");
            assert!(!marks.iter().any(|mark| mark.meets(label)), "{label:?}");
        }
    }

    #[test]
    fn one_alone_stands_at_the_right_and_at_an_edge_at_the_left() {
        let size = (30.0, 14.0);
        let alone = |x| place(&[(x, 150.0)], &[size], &SHEET, &[], &[])[0];
        assert_eq!(alone(100.0), Some((100.0 + GAP + 15.0, 150.0)));
        assert_eq!(alone(395.0), Some((395.0 - GAP - 15.0, 150.0)));
    }

    #[test]
    fn what_should_be_seen_is_hidden_only_if_all_else_is_far() {
        let line = Extent::between((110.0, 140.0), (200.0, 160.0));
        let places = place(&[(100.0, 150.0)], &[(30.0, 14.0)], &SHEET, &[], &[line]);
        assert_eq!(places[0], Some((100.0 - GAP - 15.0, 150.0)));
        let all = Extent::between((0.0, 0.0), (400.0, 300.0));
        let places = place(&[(100.0, 150.0)], &[(30.0, 14.0)], &SHEET, &[], &[all]);
        assert_eq!(places[0], Some((100.0 + GAP + 15.0, 150.0)));
        assert_eq!(place(&[(100.0, 150.0)], &[(30.0, 14.0)], &SHEET, &[all], &[]), [None]);
    }
}
