//! The program that is running: another one may compute other bytes.

use serde::{Deserialize, Serialize};

use crate::output::stored;

/// What is known of a binary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binary {
    /// The hash of the executable; none if it could not be read.
    pub sha256: Option<String>,
    /// Processor, system and the C library it is for.
    pub target: String,
    /// `debug` or `release`.
    pub build: String,
}

impl Binary {
    /// The one that is running.
    pub fn running() -> Self {
        let path = std::env::current_exe().ok();
        let (arch, system) = (std::env::consts::ARCH, std::env::consts::OS);
        let library = if cfg!(target_env = "musl") {
            "-musl"
        } else if cfg!(target_env = "gnu") {
            "-gnu"
        } else if cfg!(target_env = "msvc") {
            "-msvc"
        } else {
            ""
        };
        Self {
            sha256: path.and_then(|path| stored::fingerprint(&path).ok()),
            target: format!("{arch}-{system}{library}"),
            build: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
        }
    }
}
