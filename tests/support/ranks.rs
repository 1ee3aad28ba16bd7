//! Jobs of several processes under MPI.

use std::path::Path;
use std::process::{Command, Stdio};

/// Whether there is an MPI to run jobs with.
pub fn has_mpirun() -> bool {
    Command::new("mpirun").arg("--version").output().is_ok()
}

/// A job of `mpirun` with these arguments, which is not yet started.
pub fn job(home: &Path, arguments: &[&str]) -> Command {
    let mut job = Command::new("mpirun");
    // Words for Open MPI, which others pass over: tests may run as root, on fewer cores than ranks.
    for name in ["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] {
        job.env(name, "1");
    }
    job.env("OMPI_MCA_rmaps_base_oversubscribe", "1").env("OMPI_MCA_mpi_yield_when_idle", "1");
    job.args(arguments).current_dir(home).stdin(Stdio::null());
    job.stdout(Stdio::piped()).stderr(Stdio::piped());
    job
}
