//! The processes of an MPI job.

use std::panic::{self, AssertUnwindSafe};

use mpi::Threading;
use mpi::environment::{Universe, initialize_with_threading};
use mpi::topology::SimpleCommunicator;
use mpi::traits::{Communicator, CommunicatorCollectives, Root};

use crate::cli::Failure;
use crate::engine::shard::MOST_SHARDS;

/// The most bytes of one message: a count of MPI has 31 bits.
const MOST_BYTES: usize = 1 << 26;

/// The exit code of a process that panics.
const PANICKED: i32 = 101;

pub(super) struct Processes {
    world: SimpleCommunicator,
    /// Ends MPI when it is dropped, which has to be last.
    _universe: Universe,
}

impl Processes {
    /// Joins the job that `mpirun` or a scheduler has started; one process alone is a job of one.
    pub(super) fn join() -> Result<Self, Failure> {
        // Trials have threads of their own, but only this one talks to other processes.
        let (universe, provided) = initialize_with_threading(Threading::Funneled)
            .ok_or_else(|| Failure::Io("MPI has been begun already".to_owned()))?;
        let world = universe.world();
        let processes = Self { world, _universe: universe };
        if provided < Threading::Funneled {
            return Err(Failure::Io("this MPI does not allow for threads".to_owned()));
        }
        if processes.size() > MOST_SHARDS {
            let size = processes.size();
            return Err(Failure::Usage(format!("{size} ranks; {MOST_SHARDS} at the most")));
        }
        Ok(processes)
    }

    pub(super) fn rank(&self) -> u64 {
        u64::try_from(self.world.rank()).expect("ranks count from 0")
    }

    pub(super) fn size(&self) -> u64 {
        u64::try_from(self.world.size()).expect("a job has a process")
    }

    /// The codes of all ranks, in order.
    pub(super) fn codes(&self, code: u8) -> Vec<u8> {
        let mut codes = vec![0; usize::try_from(self.size()).expect("as many as fit in memory")];
        self.world.all_gather_into(&code, &mut codes[..]);
        codes
    }

    /// Gives the bytes of one rank to all.
    pub(super) fn broadcast(&self, rank: u64, bytes: &mut Vec<u8>) {
        let root = i32::try_from(rank).expect("a rank of this job");
        let root = self.world.process_at_rank(root);
        let mut length = bytes.len() as u64;
        root.broadcast_into(&mut length);
        bytes.resize(usize::try_from(length).expect("it is in memory elsewhere"), 0);
        for part in bytes.chunks_mut(MOST_BYTES) {
            root.broadcast_into(part);
        }
    }

    /// Does the work. A panic ends all processes: none of them could know.
    pub(super) fn watched<T>(&self, work: impl FnOnce() -> T) -> T {
        // Nothing of the work is looked at after a panic.
        match panic::catch_unwind(AssertUnwindSafe(work)) {
            Ok(done) => done,
            Err(_) => self.world.abort(PANICKED),
        }
    }
}
