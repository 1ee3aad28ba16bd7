//! Numbers drawn anew in each trial: u from the stream of the full key, made to go together by a
//! Gaussian copula, then x = F^-1(u).

use detente::engine::streams::Streams;
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::process::Tag;
use detente::scenario::setup::Setup;
use toml::de::{DeTable, DeValue};

use super::facts::{Map, Name};

const TAG: Tag = Tag(101);

/// Numbers that depend on each other, and the matrix of their correlations.
pub struct Group {
    members: Vec<String>,
    matrix: Vec<Vec<f64>>,
}

/// What was drawn in a trial, by full keys.
pub fn draw(setup: &Setup, groups: &[Group], trial: u32) -> Map<String, f64> {
    let mut streams = Streams::new(setup.seed, trial);
    let numbers = &setup.uncertainty.numbers;
    let mut shares: Map<String, f64> = Map::new();
    for number in numbers {
        let u = streams.uniform(TAG, Entity::named("uncertain", &number.key), 0);
        shares.insert(number.key.clone(), u);
    }
    for group in groups {
        let z: Vec<f64> = group.members.iter().map(|key| normal_quantile(shares[key])).collect();
        let factor = cholesky(&group.matrix);
        for (key, row) in group.members.iter().zip(&factor) {
            let mixed = row.iter().zip(&z).map(|(l, z)| l * z).sum();
            shares.insert(key.clone(), phi(mixed));
        }
    }
    let value = |key: &String, written: &str| quantile(written, range(key), shares[key]);
    numbers.iter().map(|n| (n.key.clone(), value(&n.key, &n.written))).collect()
}

/// The range of a key, which cuts what is drawn for it. Parameters and rates are taken to be within
/// theirs; were one not, the comparison would show it.
fn range(key: &str) -> (f64, f64) {
    let within = |ends: &[&str]| ends.iter().any(|end| key.ends_with(end));
    if within(&[".isolation", ".probability"]) {
        (0.0, 1.0)
    } else if within(&[".alignment", ".by"]) {
        (-1.0, 1.0)
    } else if within(&[".rate", ".cooldown"]) && key.starts_with("events.") {
        (0.0, 1000.0)
    } else {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
}

/// The name of a distribution and what stands in its parentheses.
fn parts(written: &str) -> (&str, Vec<&str>) {
    let (name, rest) = written.trim().split_once('(').expect("a distribution has parentheses");
    let inside = rest.strip_suffix(')').expect("they are closed");
    let (mut parts, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, sign) in inside.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(inside[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(inside[from..].trim());
    (name, parts)
}

fn quantile(written: &str, (low, high): (f64, f64), u: f64) -> f64 {
    let (name, parts) = parts(written);
    if name == "truncated" {
        return quantile(parts[0], (number(parts[1]), number(parts[2])), u);
    }
    if name == "choice" {
        return chosen(&parts, u);
    }
    let p: Vec<f64> = parts.iter().map(|part| number(part)).collect();
    let (below, up_to) = (share_below(name, &p, low), share_below(name, &p, high));
    inverse(name, &p, below + u * (up_to - below)).clamp(low, high)
}

fn number(text: &str) -> f64 {
    text.parse().expect(text)
}

/// The first value, in ascending order, that with those before it has more than the share `u`.
fn chosen(parts: &[&str], u: f64) -> f64 {
    let equal = 1.0 / parts.len() as f64;
    let mut weighted: Vec<(f64, f64)> = parts
        .iter()
        .map(|part| match part.split_once(':') {
            Some((value, probability)) => (number(value.trim()), number(probability.trim())),
            None => (number(part), equal),
        })
        .collect();
    weighted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = 0.0;
    for &(value, probability) in &weighted {
        sum += probability;
        if u < sum {
            return value;
        }
    }
    weighted.last().expect("there is a value").0
}

/// F(x).
fn share_below(name: &str, p: &[f64], x: f64) -> f64 {
    if x.is_infinite() {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    match name {
        "normal" => phi((x - p[0]) / p[1]),
        "lognormal" if x <= 0.0 => 0.0,
        "lognormal" => phi((x.ln() - p[0]) / p[1]),
        // Those with bounds of their own are cut by none of the scenarios here.
        _ if x <= p[0].min(0.0) => 0.0,
        _ if x >= p[p.len() - 1].max(1.0) => 1.0,
        _ => panic!("{name} is cut at {x}"),
    }
}

/// F^-1(u).
fn inverse(name: &str, p: &[f64], u: f64) -> f64 {
    match *p {
        [mean, sd] if name == "normal" => mean + sd * normal_quantile(u),
        [mu, sigma] if name == "lognormal" => (mu + sigma * normal_quantile(u)).exp(),
        [low, high] if name == "uniform" => low + u * (high - low),
        [low, mode, high] if name == "triangular" => {
            let width = high - low;
            if u < (mode - low) / width {
                low + (u * width * (mode - low)).sqrt()
            } else {
                high - ((1.0 - u) * width * (high - mode)).sqrt()
            }
        }
        // The beta distributions whose inverse can be written down.
        [1.0, b, low, high] if name == "beta" => {
            low + (high - low) * (1.0 - (1.0 - u).powf(1.0 / b))
        }
        [a, 1.0, low, high] if name == "beta" => low + (high - low) * u.powf(1.0 / a),
        _ => panic!("the oracle does not know {name}({p:?})"),
    }
}

/// Phi(z).
fn phi(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Phi^-1(u) by halving, in the lower half, where no digits are lost.
fn normal_quantile(u: f64) -> f64 {
    if u > 0.5 {
        return -normal_quantile(1.0 - u);
    }
    let (mut low, mut high) = (-40.0, 0.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if phi(middle) < u { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// L with L L' = R.
fn cholesky(r: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = r.len();
    let mut l = vec![vec![0.0; n]; n];
    for j in 0..n {
        let squares: f64 = (0..j).map(|k| l[j][k] * l[j][k]).sum();
        l[j][j] = (r[j][j] - squares).sqrt();
        for i in j + 1..n {
            let products: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            l[i][j] = (r[i][j] - products) / l[j][j];
        }
    }
    l
}

/// The groups that a text asks for.
pub fn groups(text: &str) -> Vec<Group> {
    let whole = DeTable::parse(text).expect("it is TOML").into_inner();
    let Some(groups) = under(&whole, "correlations") else { return Vec::new() };
    groups.as_table().expect("a table").values().map(|group| read(group.get_ref())).collect()
}

fn read(group: &DeValue<'_>) -> Group {
    let group = group.as_table().expect("a table");
    let members = list(under(group, "members").expect("a group has members"));
    let members: Vec<String> =
        members.into_iter().map(|key| key.as_str().expect("a key").to_owned()).collect();
    let matrix = match (under(group, "correlation"), under(group, "matrix")) {
        (Some(common), _) => {
            let entry = |i, j| if i == j { 1.0 } else { decimal(common) };
            let n = members.len();
            (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
        }
        (None, matrix) => {
            let rows = list(matrix.expect("a group has a matrix")).into_iter();
            rows.map(|row| list(row).into_iter().map(decimal).collect()).collect()
        }
    };
    Group { members, matrix }
}

fn list<'v, 't>(value: &'v DeValue<'t>) -> Vec<&'v DeValue<'t>> {
    value.as_array().expect("a list").iter().map(toml::Spanned::get_ref).collect()
}

fn under<'t>(table: &'t DeTable<'_>, key: Name) -> Option<&'t DeValue<'t>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref())
}

fn decimal(value: &DeValue<'_>) -> f64 {
    match value {
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Integer(integer) => number(integer.as_str()),
        other => panic!("{other:?} is no number"),
    }
}
