//! Being asked to stop: Ctrl-C, and the signal with which schedulers end a job.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// What has been asked for so far. The first signal is only noted; a second one ends the process at
/// once.
#[derive(Clone, Debug)]
pub struct Signals(Arc<AtomicUsize>);

impl Signals {
    /// Notes signals from now on.
    pub fn watch() -> io::Result<Self> {
        let (asked, which) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        for signal in [SIGINT, SIGTERM] {
            let code = 128 + signal;
            // In this order: what the first sets, the second finds.
            flag::register_conditional_shutdown(signal, code, Arc::clone(&asked))?;
            flag::register(signal, Arc::clone(&asked))?;
            flag::register_usize(signal, Arc::clone(&which), usize::try_from(code).unwrap_or(1))?;
        }
        Ok(Self(which))
    }

    /// The exit code of whoever has been asked to stop: 128 and the number of the signal.
    pub fn asked(&self) -> Option<u8> {
        u8::try_from(self.0.load(Ordering::Relaxed)).ok().filter(|&code| code > 0)
    }
}
