//! From a file to a [`Setup`].

use std::io;
use std::path::{Path, PathBuf};

use crate::scenario::compile::compile;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::setup::Setup;
use crate::scenario::syntax;

/// The largest scenario file read, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Why a scenario was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The scenario is wrong.
    #[error("{} problems", problems.len())]
    Wrong {
        /// The file's text, for showing the places.
        text: String,
        /// Everything that is wrong, in the order of the file.
        problems: Vec<Problem>,
    },
    /// The scenario has no such variant.
    #[error("the scenario has no variant `{asked}`{hint}")]
    NoVariant {
        /// What was asked for.
        asked: String,
        /// The nearest, or those there are.
        hint: String,
    },
}

/// A scenario as loaded: its text and what it compiles to.
pub struct Loaded {
    /// The file's text.
    pub text: String,
    /// The compiled scenario.
    pub setup: Setup,
}

/// Reads and compiles a scenario file.
///
/// # Errors
/// If the file cannot be read, anything in it is wrong, or it has no such variant.
pub fn load(path: &Path, variant: Option<&str>) -> Result<Loaded, LoadError> {
    let text = read(path).map_err(|source| LoadError::Io { path: path.to_owned(), source })?;
    let setup = parse(&text, variant)?;
    Ok(Loaded { text, setup })
}

fn read(path: &Path) -> io::Result<String> {
    let length = std::fs::metadata(path)?.len();
    if length > MAX_BYTES {
        let message = format!("{length} bytes; a scenario has at most {MAX_BYTES}");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    std::fs::read_to_string(path)
}

/// Compiles the text of a scenario.
///
/// # Errors
/// If anything in it is wrong, or it has no such variant.
pub fn parse(text: &str, variant: Option<&str>) -> Result<Setup, LoadError> {
    let mut problems = Problems::default();
    let setup = syntax::read(text, &mut problems)
        .map(|document| compile(document, variant, &mut problems))
        .transpose()?
        .flatten();
    match setup {
        Some(setup) if problems.is_empty() => Ok(setup),
        _ => {
            let (text, problems) = (text.to_owned(), problems.into_sorted());
            debug_assert!(!problems.is_empty(), "a scenario without problems compiles");
            Err(LoadError::Wrong { text, problems })
        }
    }
}
