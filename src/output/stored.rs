//! Result directories as they stand: the only reader of results. Nothing in them is trusted: what is
//! no plain file is not opened, and nothing is read that could be without end.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::output::directory::{MANIFEST, files, is_result, result_around};
use crate::output::hex;
use crate::output::manifest::{Arm, Manifest, Unusable, plain};
use crate::scenario::Folder;
use crate::scenario::folder;
use crate::scenario::names::nearest;

#[cfg(feature = "parquet")]
mod columns;
pub(crate) mod forms;
mod keys;
mod networks;
mod table;
mod tables;

#[cfg(feature = "parquet")]
pub use columns::{Columns, Values};
pub use networks::Networks;
pub use table::{Cell, Column, Wrong};
pub use tables::{Read, Tables};

/// The largest manifest read, in bytes: room for the texts of the largest scenario, escaped.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The largest table read, in bytes: all of it is held in memory.
const MOST_OF_A_TABLE: u64 = 1024 * 1024 * 1024;

/// Why results were not read.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// There are none that could be used.
    #[error("{} holds no result of detente: {why}", path.display())]
    Unusable {
        /// The directory.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A table is none that this scenario could have left.
    #[error("{}{}: {}", path.display(), place(.wrong), .wrong.rule)]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        wrong: Wrong,
    },
    /// The system refused.
    #[error("cannot read {}: {source}{hint}", path.display())]
    Io {
        /// Which path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// Which result may be meant.
        hint: String,
    },
}

/// A result directory.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Where it is.
    pub path: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Fields of the manifest that this version does not know.
    pub unknown: Vec<String>,
}

/// What stands under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file with this SHA-256.
    File(String),
    /// A link or something else that is no file.
    NoFile,
}

/// What stands in a result directory, beside the manifest.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// What the manifest lists, by name; what is missing is not in it.
    pub listed: BTreeMap<String, Found>,
    /// What it does not list.
    pub foreign: Vec<String>,
}

impl Stored {
    /// Opens a result directory and reads its manifest.
    ///
    /// # Errors
    /// If it cannot be read, or has no manifest that could be used.
    pub fn open(path: &Path) -> Result<Self, StoredError> {
        let unusable =
            |why: &str| StoredError::Unusable { path: path.to_owned(), why: why.to_owned() };
        let known = fs::metadata(path).map_err(|source| {
            let missing = source.kind() == io::ErrorKind::NotFound;
            let hint = if missing { like(path) } else { String::new() };
            StoredError::Io { path: path.to_owned(), source, hint }
        })?;
        if !known.is_dir() {
            return Err(unusable(&format!("it is no directory{}", nearby(path))));
        }
        let file = path.join(MANIFEST);
        let known = match fs::symlink_metadata(&file) {
            Ok(known) => known,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(unusable(&format!("it has no manifest.json{}", nearby(path))));
            }
            Err(error) => return Err(failed(&file)(error)),
        };
        if !known.is_file() {
            return Err(unusable("its manifest.json is no plain file"));
        }
        let mut bytes = Vec::new();
        let read = File::open(&file).map_err(failed(&file))?;
        if known.len() <= MOST_BYTES {
            read.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed(&file))?;
        }
        if known.len().max(bytes.len() as u64) > MOST_BYTES {
            return Err(unusable(&format!("its manifest.json has more than {MOST_BYTES} bytes")));
        }
        let manifest =
            Manifest::read(&bytes).map_err(|why: Unusable| unusable(&why.to_string()))?;
        let unknown = manifest.unknown_fields(&bytes);
        Ok(Self { path: path.to_owned(), manifest, unknown })
    }

    /// What stands in the directory.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn contents(&self) -> Result<Contents, StoredError> {
        let mut contents = Contents::default();
        for name in files(&self.path).map_err(failed(&self.path))? {
            if name == MANIFEST {
                continue;
            }
            if !self.manifest.files.iter().any(|file| file.name == name) {
                contents.foreign.push(plain(&name));
                continue;
            }
            let path = self.path.join(&name);
            let known = fs::symlink_metadata(&path).map_err(failed(&path))?;
            let found = if known.is_file() {
                Found::File(fingerprint(&path).map_err(failed(&path))?)
            } else {
                Found::NoFile
            };
            contents.listed.insert(name, found);
        }
        Ok(contents)
    }

    /// The bytes of a table.
    fn table(&self, name: &str) -> Result<Vec<u8>, StoredError> {
        let path = self.path.join(name);
        let wrong = |rule: String| {
            let wrong = Wrong { line: None, column: None, rule };
            StoredError::Table { path: path.clone(), wrong }
        };
        let known = match fs::symlink_metadata(&path) {
            Ok(known) => known,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(wrong("the table is missing".to_owned()));
            }
            Err(error) => return Err(failed(&path)(error)),
        };
        if !known.is_file() {
            return Err(wrong("expected a plain file, found a link or something else".to_owned()));
        }
        if known.len() > MOST_OF_A_TABLE {
            return Err(wrong(format!("it has more than {MOST_OF_A_TABLE} bytes")));
        }
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(failed(&path))?;
        file.take(MOST_OF_A_TABLE).read_to_end(&mut bytes).map_err(failed(&path))?;
        Ok(bytes)
    }

    /// The first bytes of a file that [`Stored::contents`] has found.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open_file(&self, name: &str, most: u64) -> Result<impl io::Read, StoredError> {
        let path = self.path.join(name);
        Ok(File::open(&path).map_err(failed(&path))?.take(most))
    }
}

/// The result that a path lies in, or the results in it: one of them may be meant.
fn nearby(path: &Path) -> String {
    const NAMED: usize = 5;
    // As it was typed, if it can be told so.
    let mut typed = path.ancestors().skip(1).filter(|folder| *folder != Path::new(""));
    let typed = typed.find(|folder| is_result(folder)).map(Path::to_owned);
    if let Some(around) = typed.or_else(|| result_around(path).ok().flatten()) {
        return format!("; it lies in the result {}", plain(&around.display().to_string()));
    }
    let Ok(entries) = fs::read_dir(path) else { return String::new() };
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let results = folders.filter(|folder| is_result(folder));
    let mut results: Vec<_> = results.map(|folder| plain(&folder.display().to_string())).collect();
    results.sort();
    let more = match results.len() {
        0 => return String::new(),
        n if n > NAMED => format!(" and {} more", n - NAMED),
        _ => String::new(),
    };
    results.truncate(NAMED);
    format!("; there are results in it: {}{more}", results.join(", "))
}

/// The result beside a path at which there is nothing whose name is most like it.
fn like(path: &Path) -> String {
    let parent = path.parent().unwrap_or(Path::new(""));
    let asked = path.file_name().unwrap_or_default().to_string_lossy();
    let around = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let Ok(entries) = fs::read_dir(around) else { return String::new() };
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let results = folders.filter(|folder| is_result(folder));
    let mut names: Vec<_> =
        results.filter_map(|folder| folder.file_name()?.to_str().map(str::to_owned)).collect();
    names.sort();
    let near = nearest(&asked, names.iter().map(String::as_str));
    near.map_or(String::new(), |near| {
        format!("; did you mean {}?", plain(&parent.join(near).display().to_string()))
    })
}

/// What the file of a scenario, and each file beside it, says now, if it can still be read from here.
pub fn originals(arm: &Arm) -> Option<Vec<Option<String>>> {
    let path = Path::new(&arm.file);
    if !path.is_file() {
        return None;
    }
    let main = folder::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let folder = Folder::of(path);
    let beside = arm.files()[1..].iter().map(|text| folder.read(&text.name).ok());
    Some(std::iter::once(main).chain(beside).collect())
}

/// The SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// If the system refuses.
pub fn fingerprint(path: &Path) -> io::Result<String> {
    let mut hash = Hash(Sha256::new());
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hex(&hash.0.finalize()))
}

/// A hash that can be written to.
struct Hash(Sha256);

impl Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where something is wrong, as it follows the name of the file.
fn place(wrong: &Wrong) -> String {
    let line = wrong.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let column = wrong.column.as_ref().map(|name| format!(", column `{name}`"));
    format!("{line}{}", column.unwrap_or_default())
}

fn failed(path: &Path) -> impl Fn(io::Error) -> StoredError + use<> {
    let path = path.to_owned();
    move |source| StoredError::Io { path: path.clone(), source, hint: String::new() }
}
