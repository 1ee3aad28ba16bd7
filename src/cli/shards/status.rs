//! `detente shards status`: which shards are there.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::Failure;
use crate::cli::shards::listed;
use crate::engine::shard::Shard;
use crate::output::block_file::{BlockFile, BlockFileError, Folder, Head, stranger};
use crate::output::manifest::plain;

/// Say which shards are there: complete, unfinished, missing, damaged, of something else.
///
/// Reads every block file in DIR and holds it to its hash. What most files are of is taken for the
/// experiment.
#[derive(Debug, Args)]
#[command(after_help = "Exit code 1 if anything is wanting, 3 if there are no shards.")]
pub struct Status {
    /// The directory of the shards.
    #[arg(value_name = "DIR")]
    place: PathBuf,
}

/// What was found in the directory.
#[derive(Default)]
struct Found {
    /// By number: its head.
    shards: BTreeMap<u64, Head>,
    /// Lines on files that are none of them.
    strange: Vec<(&'static str, String)>,
}

impl Status {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let (paths, others) = Folder { path: self.place.clone() }.files()?;
        let (mut heads, mut found) = (Vec::new(), Found::default());
        for path in paths {
            match BlockFile::head(&path) {
                Ok(head) => heads.push((path, head)),
                Err(BlockFileError::Unusable { path, why }) => {
                    found.strange.push(("damaged", format!("{}: {why}", name(&path))));
                }
                Err(error) => return Err(error.into()),
            }
        }
        let Some(ours) = usual(&heads).cloned() else {
            let place = self.place.display();
            for (what, line) in found.strange {
                writeln!(io::stderr(), "{what}: {line}")?;
            }
            return Err(Failure::NoResult(format!("{place} has no shards")));
        };
        for (path, head) in heads {
            found.sort(&path, head, &ours);
        }
        let logs = others.into_iter().map(|name| ("other", plain(&name)));
        found.strange.extend(logs);
        self.report(&found, &ours)
    }

    fn report(&self, found: &Found, ours: &Head) -> Result<(), Failure> {
        let of = ours.shard.map_or(1, |shard| shard.of);
        let (mut complete, mut failed, mut missing) = (Vec::new(), 0, Vec::new());
        let mut lines = Vec::new();
        for number in 1..=of {
            match found.shards.get(&number) {
                None => missing.push(number),
                Some(head) if head.is_complete() => complete.push(number),
                Some(head) => {
                    let (have, due) = (head.end - head.first, head.due());
                    let due = due.end - due.start;
                    lines.push(("unfinished", format!("{number}: {have} of {due} blocks")));
                }
            }
            failed += found.shards.get(&number).map_or(0, |head| head.failed);
        }
        if !missing.is_empty() {
            lines.push(("missing", listed(&missing)));
        }
        if failed > 0 {
            lines.push(("failed", format!("{failed} trials, which the result will not count")));
        }
        if !complete.is_empty() {
            lines.insert(0, ("complete", listed(&complete)));
        }
        lines.extend(found.strange.iter().cloned());
        let (title, trials, seed) =
            (plain(&ours.manifest.title), ours.manifest.trials, ours.manifest.seed);
        let place = self.place.display();
        let mut text = format!("{place}: {title}, {trials} trials in {of} shards, seed {seed}\n");
        for (what, line) in lines {
            text += &format!("  {what:10} {line}\n");
        }
        let wanting = of - complete.len() as u64;
        text += &match wanting {
            0 => format!("verdict: complete; detente merge {place} --out DIR\n"),
            _ => format!("verdict: {wanting} of {of} shards are wanting\n"),
        };
        let said = io::stdout().lock().write_all(text.as_bytes());
        // That something is wanting counts, also where nobody reads to the end.
        if wanting == 0 { Ok(said?) } else { Err(Failure::Wanting) }
    }
}

impl Found {
    /// Puts a file where it belongs.
    fn sort(&mut self, path: &Path, head: Head, ours: &Head) {
        let name = name(path);
        if let Some(why) = stranger(&head, ours) {
            self.strange.push(("foreign", format!("{name}: {why}")));
            return;
        }
        match (head.shard, ours.shard) {
            (Some(Shard { number, of }), Some(shard)) if of == shard.of => {
                if self.shards.insert(number, head).is_some() {
                    self.strange
                        .push(("twice", format!("{name}: there is another shard {number}")));
                }
            }
            (shard, _) => {
                let what = shard.map_or("no shard".to_owned(), |shard| shard.to_string());
                self.strange.push(("foreign", format!("{name}: it is {what}")));
            }
        }
    }
}

/// One of what most of them are.
fn usual(heads: &[(PathBuf, Head)]) -> Option<&Head> {
    let heads = heads.iter().map(|(_, head)| head).filter(|head| head.shard.is_some());
    let mut kinds: BTreeMap<_, (usize, &Head)> = BTreeMap::new();
    for head in heads {
        let of = head.shard.map(|shard| shard.of);
        let kind = (&head.experiment, head.manifest.trials, of, &head.manifest.binary.sha256);
        kinds.entry(kind).or_insert((0, head)).0 += 1;
    }
    kinds.into_values().max_by_key(|&(count, _)| count).map(|(_, head)| head)
}

fn name(path: &Path) -> String {
    plain(&path.file_name().unwrap_or_default().to_string_lossy())
}
