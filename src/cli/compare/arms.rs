//! Which scenarios are compared: the base first.

use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::output::manifest::MOST_ARMS;
use crate::scenario::{self, Loaded, Wanted};

/// What the command line asks for.
pub struct Wishes<'a> {
    pub files: &'a [PathBuf],
    pub variants: &'a [String],
    pub base: Option<&'a str>,
    pub without: &'a [String],
    pub with: &'a [String],
    pub set: &'a [String],
    /// What changes the base's stopping rule: the others have none of their own.
    pub rule: &'a [String],
}

/// A scenario that takes part.
pub struct Arm {
    /// What it is called in tables, and the folder of its own tables.
    pub name: String,
    /// Its file as given.
    pub file: String,
    pub loaded: Loaded,
}

/// What is still to be loaded.
struct Order<'a> {
    name: String,
    file: &'a Path,
    variant: Option<&'a str>,
    without: Vec<String>,
}

/// Loads the base and everything it is compared with.
pub fn load(wishes: &Wishes<'_>) -> Result<Vec<Arm>, Failure> {
    let orders = orders(wishes);
    for (n, order) in orders.iter().enumerate() {
        if orders[..n].iter().any(|earlier| earlier.name == order.name) {
            let text = format!("`{}` would be compared twice", order.name);
            return Err(Failure::Usage(text));
        }
    }
    if orders.len() > MOST_ARMS {
        let text = format!("at most {MOST_ARMS} scenarios are compared, the base included");
        return Err(Failure::Usage(text));
    }
    let mut arms = Vec::new();
    for (n, order) in orders.into_iter().enumerate() {
        let rule = wishes.rule.iter().filter(|_| n == 0);
        let set: Vec<String> = wishes.set.iter().chain(rule).cloned().collect();
        let wanted =
            Wanted { variant: order.variant, set: &set, without: &order.without, alone: true };
        let loaded = scenario::load(order.file, wanted).map_err(Failure::loading)?;
        arms.push(Arm { name: order.name, file: order.file.display().to_string(), loaded });
    }
    if arms.len() == 1 {
        let variants: Vec<_> =
            arms[0].loaded.variants.iter().map(|variant| variant.name.as_str()).collect();
        let known = match variants.as_slice() {
            [] => "the scenario has no variants".to_owned(),
            names => format!("the scenario's variants are {}", names.join(", ")),
        };
        return Err(Failure::Usage(format!(
            "nothing to compare with: give --variant, --without, --with or a second file; {known}"
        )));
    }
    Ok(arms)
}

fn orders<'a>(wishes: &Wishes<'a>) -> Vec<Order<'a>> {
    let file = wishes.files[0].as_path();
    let base = wishes.base;
    let order =
        |name: String, variant, without: Vec<String>| Order { name, file, variant, without };
    let but = |chosen: &String| -> Vec<String> {
        wishes.with.iter().filter(|event| *event != chosen).cloned().collect()
    };
    let plus = |event: &String| wishes.with.iter().chain([event]).cloned().collect::<Vec<_>>();
    let mut orders = vec![order(base.unwrap_or("base").to_owned(), base, wishes.with.to_vec())];
    let variants = wishes.variants.iter();
    orders.extend(variants.map(|name| order(name.clone(), Some(name), wishes.with.to_vec())));
    let without = wishes.without.iter();
    orders
        .extend(without.map(|event| order(format!("without-{}", plain(event)), base, plus(event))));
    let with = wishes.with.iter();
    orders.extend(with.map(|event| order(format!("with-{}", plain(event)), base, but(event))));
    orders.extend(wishes.files[1..].iter().map(|path| {
        let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
        Order { name: plain(&stem), file: path, variant: None, without: Vec::new() }
    }));
    orders
}

/// A name that a folder can bear.
fn plain(name: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || "-_".contains(c) { c } else { '-' };
    name.chars().map(letter).collect()
}
