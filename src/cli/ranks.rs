//! The processes that run an experiment together. Without `--mpi` there is one.
//!
//! Every process (rank) goes the same way and stops at the same places, [`Ranks::agree`], where each says
//! whether it has failed. So none waits for one that has ended: whatever makes a rank return, it comes by
//! there once more, and the others leave with the same exit code. There are collectives and nothing else:
//! no rank is started by another, and none sends to another alone.

use std::cell::Cell;

use crate::cli::{self, Failure};
use crate::engine::shard::Shard;

#[cfg_attr(not(feature = "mpi"), path = "ranks/absent.rs")]
mod processes;

use processes::Processes;

/// The ranks of an experiment, seen from one of them.
pub struct Ranks {
    /// None if it is run by this process alone.
    processes: Option<Processes>,
    /// Whether all have been told that one has failed.
    ended: Cell<bool>,
}

impl Ranks {
    /// Does the work at every rank, if it is to be run by several, or here.
    pub fn together(
        mpi: bool,
        work: impl FnOnce(&Self) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let processes = if mpi { Some(Processes::join()?) } else { None };
        let ranks = Self { processes, ended: Cell::new(false) };
        let done = match &ranks.processes {
            Some(processes) => processes.watched(|| work(&ranks)),
            None => work(&ranks),
        };
        let done = done.or_else(Failure::unless_enough);
        if ranks.ended.get() { done } else { ranks.told(done) }
    }

    /// Whether it is the one that writes and tells.
    pub fn is_first(&self) -> bool {
        self.processes.as_ref().is_none_or(|processes| processes.rank() == 0)
    }

    /// What this rank has to run, if it is one of several.
    pub fn shard(&self) -> Option<Shard> {
        let processes = self.processes.as_ref()?;
        Some(Shard { number: processes.rank() + 1, of: processes.size() })
    }

    /// Goes on if every rank does.
    ///
    /// # Errors
    /// If another has failed.
    pub fn agree(&self) -> Result<(), Failure> {
        self.told(Ok(()))
    }

    /// Tells all others how it went here, and goes on if it went well everywhere. Of several failures the
    /// one of the lowest rank counts, which has the lowest trials.
    fn told(&self, done: Result<(), Failure>) -> Result<(), Failure> {
        let Some(processes) = &self.processes else { return done };
        let code = done.as_ref().map_or_else(Failure::code, |()| 0);
        let codes = processes.codes(code);
        let Some(rank) = codes.iter().position(|&code| code > 0) else { return done };
        self.ended.set(true);
        if let (Err(failure), true) = (&done, rank as u64 == processes.rank()) {
            cli::tell(failure);
        }
        // The first process that ends with a code may have the others killed: none does before it is told.
        processes.codes(code);
        Err(Failure::Elsewhere { code: codes[rank] })
    }

    /// Hands what every rank but the first has found to the first, in order of rank.
    ///
    /// # Errors
    /// If a rank has failed before, or the first cannot take it.
    pub fn hand_over(
        &self,
        mut ours: Vec<u8>,
        mut take: impl FnMut(u64, &[u8]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Some(processes) = &self.processes else { return Ok(()) };
        self.agree()?;
        // One after the other, so that the first never holds more than one beside its own.
        for rank in 1..processes.size() {
            let mut bytes =
                if rank == processes.rank() { std::mem::take(&mut ours) } else { Vec::new() };
            processes.broadcast(rank, &mut bytes);
            let taken = if self.is_first() { take(rank, &bytes) } else { Ok(()) };
            self.told(taken)?;
        }
        Ok(())
    }
}
