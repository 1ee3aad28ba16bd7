//! Whether two block files are of one experiment.

use crate::output::binary::Binary;
use crate::output::manifest::{Arm, Manifest, plain};
use crate::output::proof::short;

/// In what a block file is of another experiment than ours, or by another program: `its seed is 1, not 2`.
/// Findings of the two would not go together. Numbers of trials are another matter.
pub fn other(theirs: &Manifest, ours: &Manifest) -> Option<String> {
    let versions = (&theirs.version, &ours.version);
    if versions.0 != versions.1 {
        let [one, two] = [versions.0, versions.1].map(|version| plain(version));
        return Some(format!("it was made by detente {one}, not {two}"));
    }
    if theirs.binary != ours.binary {
        let [one, two] = [&theirs.binary, &ours.binary].map(told);
        return Some(format!("it was made by another binary, {one}, not {two}"));
    }
    if theirs.kind != ours.kind {
        let [one, two] = [&theirs.kind, &ours.kind].map(|kind| plain(kind));
        return Some(format!("it is of a {one}, not of a {two}"));
    }
    if theirs.seed != ours.seed {
        return Some(format!("its seed is {}, not {}", theirs.seed, ours.seed));
    }
    let (one, two) = (theirs.arms.len(), ours.arms.len());
    if one != two {
        return Some(format!("it compares {one} scenarios, not {two}"));
    }
    let mut arms = theirs.arms.iter().zip(&ours.arms);
    arms.find_map(|(theirs, ours)| other_arm(theirs, ours))
}

fn told(binary: &Binary) -> String {
    let hash = short(binary.sha256.as_deref().unwrap_or("of unknown hash"));
    format!("{} ({}, {})", hash, plain(&binary.target), plain(&binary.build))
}

fn other_arm(theirs: &Arm, ours: &Arm) -> Option<String> {
    let name = plain(&ours.name);
    if theirs.name != ours.name {
        return Some(format!("it has scenario `{}`, not `{name}`", plain(&theirs.name)));
    }
    if theirs.variant != ours.variant {
        let variant = |arm: &Arm| match &arm.variant {
            Some(variant) => format!("variant `{}`", plain(variant)),
            None => "no variant".to_owned(),
        };
        return Some(format!("it takes {} of it, not {}", variant(theirs), variant(ours)));
    }
    for (option, one, two) in
        [("--without", &theirs.without, &ours.without), ("--set", &theirs.set, &ours.set)]
    {
        if one != two {
            let words = |words: &[String]| match words {
                [] => "nothing".to_owned(),
                words => format!("`{}`", plain(&words.join(" "))),
            };
            let (one, two) = (words(one), words(two));
            return Some(format!("its {option} for `{name}` is {one}, not {two}"));
        }
    }
    let texts = |arm: &Arm| arm.texts.iter().map(|text| text.text.clone()).collect::<Vec<_>>();
    (texts(theirs) != texts(ours)).then(|| format!("the text of `{name}` has changed"))
}
