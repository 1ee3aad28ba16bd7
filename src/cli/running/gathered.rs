//! What the ranks of an experiment have found, brought together at the first.

use crate::cli::Failure;
use crate::cli::ranks::Ranks;
use crate::cli::running::{Ran, Running, Wish};
use crate::engine::digest::BLOCK;
use crate::engine::experiment::Findings;
use crate::engine::shard::Shard;
use crate::output::block_file::{BlockFile, Head, stranger};

impl Running {
    /// Adds what other ranks have found to what the first has. It comes as the bytes of a block file, behind
    /// the number of trials that had been run before, and is held to what these are held to: to its own
    /// hash, and to the experiment and the binary of the first.
    pub(super) fn gather(
        &self,
        wish: &Wish<'_, '_>,
        ran: &mut Ran,
        ranks: &Ranks,
    ) -> Result<(), Failure> {
        let Some(shard) = ranks.shard() else { return Ok(()) };
        let manifest = (wish.about)(self.trials(wish.experiment));
        let first = shard.blocks(manifest.trials.div_ceil(BLOCK)).start;
        let ours = Head::new(manifest, (None, Some(shard)), (first, &ran.findings));
        let mut bytes = Vec::new();
        if !ranks.is_first() {
            bytes.extend(ran.before.to_le_bytes());
            bytes.extend(BlockFile::bytes(&ours, &ran.findings).map_err(Failure::Io)?);
        }
        ranks.hand_over(bytes, |rank, bytes| {
            let theirs = Shard { number: rank + 1, ..shard };
            let (before, found) = checked(bytes, theirs, &ours)
                .map_err(|why| Failure::NoResult(format!("what rank {rank} has found: {why}")))?;
            ran.before += before;
            ran.findings.merge(found);
            Ok(())
        })
    }
}

/// How many trials of a shard had been run before, and its findings, if they go with ours.
fn checked(bytes: &[u8], shard: Shard, ours: &Head) -> Result<(u64, Findings), String> {
    let (before, bytes) = bytes.split_first_chunk().ok_or("it is too short")?;
    let (head, findings) = BlockFile::of_bytes(bytes)?;
    if head.shard != Some(shard) || !head.is_complete() {
        return Err(format!("it is not all of {shard}"));
    }
    stranger(&head, ours).map_or(Ok((u64::from_le_bytes(*before), findings)), Err)
}
