//! Which scenarios are compared: the base first.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::{Failure, short};
use crate::output::manifest::MOST_ARMS;
use crate::scenario::gather::path_of_key;
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
        let earlier = orders[..n].iter().position(|earlier| earlier.name == order.name);
        let is_base = (order.file, order.variant) == (orders[0].file, orders[0].variant);
        let said = match earlier {
            None => continue,
            Some(0) if is_base => "is the base, and would be compared with itself",
            Some(0) => "is the name of the base",
            Some(_) => "would be compared twice",
        };
        return Err(Failure::Usage(format!("`{}` {said}", order.name)));
    }
    if orders.len() > MOST_ARMS {
        let text = format!("at most {MOST_ARMS} scenarios are compared, the base included");
        return Err(Failure::Usage(text));
    }
    let mut arms = Vec::new();
    for (n, order) in orders.into_iter().enumerate() {
        let rule = if n == 0 { wishes.rule } else { &[] };
        let loaded = short::load(rule, wishes.with, |rule| {
            let set = [wishes.set, rule].concat();
            let wanted =
                Wanted { variant: order.variant, set: &set, without: &order.without, alone: true };
            scenario::load(order.file, wanted)
        })?;
        warn_of_set(wishes.set, order.variant, &loaded)?;
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
    // With an event left out or added, the variant that is the base already is not one more.
    let more = !(wishes.without.is_empty() && wishes.with.is_empty());
    let variants = wishes.variants.iter().filter(|name| !more || base != Some(name.as_str()));
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

/// Says which words of `--set` replace what a variant says: they may be all that sets it apart.
fn warn_of_set(set: &[String], variant: Option<&str>, loaded: &Loaded) -> Result<(), Failure> {
    let Some(variant) = loaded.variants.iter().find(|known| Some(known.name.as_str()) == variant)
    else {
        return Ok(());
    };
    let path = |key: &str| path_of_key(key.trim()).unwrap_or_else(|| vec![key.to_owned()]);
    let said: Vec<_> = variant.sets.iter().map(|(key, _)| path(key)).collect();
    for key in set.iter().filter_map(|words| Some(words.split_once('=')?.0.trim())) {
        let ours = path(key);
        if said.iter().any(|theirs| ours.starts_with(theirs)) {
            let name = &variant.name;
            writeln!(
                io::stderr(),
                "warning: `--set {key}` replaces what variant `{name}` says of `{key}`"
            )?;
        }
    }
    Ok(())
}

/// A name that a folder can bear.
fn plain(name: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || "-_".contains(c) { c } else { '-' };
    name.chars().map(letter).collect()
}
