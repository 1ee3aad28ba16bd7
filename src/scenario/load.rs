//! From a file to a [`Setup`].

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::scenario::compile::compile;
use crate::scenario::problem::{Problem, Problems, counted};
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
    #[error("{}", counted(problems.len()))]
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
    let bytes = read(path).map_err(|source| LoadError::Io { path: path.to_owned(), source })?;
    let text = decode(bytes)?;
    let setup = parse(&text, variant)?;
    Ok(Loaded { text, setup })
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    // One byte more than is allowed, so that a file without an end is not read to it.
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("a scenario has at most {MAX_BYTES} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// The file's text. One that is not UTF-8 is a wrong scenario; the problem stands where the text
/// ceases to be, or for the file as a whole if it never was.
fn decode(bytes: Vec<u8>) -> Result<String, LoadError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let end = if at == 0 { 0 } else { at + char::REPLACEMENT_CHARACTER.len_utf8() };
        let problem = Problem::new(at..end, "a scenario is UTF-8 text", "this is not UTF-8")
            .with_cure("save it as UTF-8");
        LoadError::Wrong { text, problems: vec![problem] }
    })
}

/// Compiles the text of a scenario. A byte-order mark before it is passed over.
///
/// # Errors
/// If anything in it is wrong, or it has no such variant.
pub fn parse(text: &str, variant: Option<&str>) -> Result<Setup, LoadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
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
