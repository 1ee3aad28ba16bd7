//! What an earlier run has left: gone on with if that is asked for, and never mixed with anything else.

use std::io::{self, Write};

use crate::cli::Failure;
use crate::engine::experiment::Findings;
use crate::engine::shard::Shard;
use crate::output::block_file::{BlockFile, Folder, Head, other};
use crate::output::manifest::{Manifest, plain};

/// What is to be run, and where something of it may lie.
pub struct Wanted<'a> {
    pub folder: &'a Folder,
    pub shard: Option<Shard>,
    /// The stopping rule, if there is one.
    pub rule: Option<&'a str>,
    /// Whether to go on with what is there.
    pub resume: bool,
    /// Whether only warnings and errors are to be said.
    pub quiet: bool,
}

/// What has been found before; `about` is the manifest of the result to be.
pub fn before(
    wanted: &Wanted<'_>,
    about: &dyn Fn() -> Manifest,
) -> Result<Option<Findings>, Failure> {
    let place = wanted.folder.file(wanted.shard).display().to_string();
    let Some(file) = wanted.folder.read(wanted.shard)? else {
        if wanted.resume && wanted.shard.is_none() && !wanted.quiet {
            say(&format!("there is no {place} to go on with: beginning"));
        }
        return Ok(None);
    };
    let BlockFile { head, findings, .. } = file;
    let (trials, ours) = (head.trials(), about());
    if let Some(why) = other(&head.manifest, &ours) {
        let cure = "go on with that one, remove the file, or give another --out";
        let why = format!("{place} is what another run has left: {why}; {cure}");
        return Err(if wanted.resume { Failure::NoResult(why) } else { Failure::Io(why) });
    }
    if !wanted.resume {
        let of = match wanted.shard {
            Some(shard) => shard.to_string(),
            None => "this run".to_owned(),
        };
        return Err(Failure::Io(format!(
            "{place} has {trials} trials of {of}; add --resume to go on with them, or remove it to begin anew"
        )));
    }
    if let Some(why) = goes_on(&head, &ours, wanted) {
        return Err(Failure::NoResult(format!("{place} cannot be gone on with: {why}")));
    }
    wanted.folder.clear_aside(wanted.shard)?;
    if trials > 0 && !wanted.quiet {
        say(&format!("going on after {trials} trials from {place}"));
    }
    Ok(Some(findings))
}

/// Why this run is not one that goes on with that file, of the same experiment.
fn goes_on(head: &Head, ours: &Manifest, wanted: &Wanted<'_>) -> Option<String> {
    if head.shard != wanted.shard {
        let shard = |shard: Option<Shard>| shard.map_or("no shard".to_owned(), |s| s.to_string());
        return Some(format!("it is {}, not {}", shard(head.shard), shard(wanted.shard)));
    }
    let (theirs, trials) = (head.manifest.trials, ours.trials);
    if wanted.shard.is_some() && theirs != trials {
        return Some(format!("it is of {theirs} trials in all shards, not {trials}"));
    }
    if head.trials() > trials {
        return Some(format!("it has {} trials, more than {trials}", head.trials()));
    }
    // A rule may have been met where nobody looked.
    let rule = wanted.rule?;
    match &head.rule {
        Some(theirs) if theirs == rule => None,
        Some(theirs) => Some(format!("it was run until `{}`, not `{rule}`", plain(theirs))),
        None => Some(format!("it was run for a number of trials, not until `{rule}`")),
    }
}

/// A remark: that nobody reads it is no reason not to run.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
