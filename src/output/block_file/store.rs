//! Where block files lie.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::engine::experiment::Findings;
use crate::engine::shard::Shard;
use crate::output::block_file::{BlockFile, BlockFileError, Head, format};
use crate::output::file;

/// How the names of block files end.
const SUFFIX: &str = ".blocks";

/// How the name of their directory ends, beside that of the results.
const UNFINISHED: &str = ".part";

/// The block file of a run that is no shard.
pub const NAME: &str = "findings.blocks";

/// A directory of block files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
}

impl Folder {
    /// The one of a result to be: beside it, with `.part` appended.
    pub fn beside(result: &Path) -> Self {
        let mut name = result.file_name().unwrap_or_default().to_owned();
        name.push(UNFINISHED);
        Self { path: result.with_file_name(name) }
    }

    /// The file of a shard, or of a run that is none.
    pub fn file(&self, shard: Option<Shard>) -> PathBuf {
        let name = |Shard { number, of }| format!("shard-{number}-of-{of}{SUFFIX}");
        self.path.join(shard.map_or(NAME.to_owned(), name))
    }

    /// Writes findings in the stead of those that were there.
    ///
    /// # Errors
    /// If the system refuses; what was there is then still there.
    pub fn write(&self, head: &Head, findings: &Findings) -> Result<(), BlockFileError> {
        let path = self.file(head.shard);
        let packed = format::pack(head, findings);
        let (bytes, hash) =
            packed.map_err(|why| BlockFileError::Unusable { path: path.clone(), why })?;
        Ok(file::keep(&path, &[&bytes, &hash])?)
    }

    /// Reads the file of a shard, or of a run that is none; `None` if there is no such file.
    ///
    /// # Errors
    /// If it cannot be read or used.
    pub fn read(&self, shard: Option<Shard>) -> Result<Option<BlockFile>, BlockFileError> {
        let path = self.file(shard);
        match fs::symlink_metadata(&path) {
            Ok(_) => BlockFile::read(&path).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(BlockFileError::Io { path, source }),
        }
    }

    /// The block files in it, and the names of everything else but hidden files, in order.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn files(&self) -> Result<(Vec<PathBuf>, Vec<String>), BlockFileError> {
        let failed = |source| BlockFileError::Io { path: self.path.clone(), source };
        let (mut files, mut others) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if name.ends_with(SUFFIX) {
                files.push(self.path.join(name));
            } else {
                others.push(name);
            }
        }
        files.sort();
        others.sort();
        Ok((files, others))
    }

    /// Of how many shards there are files in it, by their names; none if it is not there.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn shards(&self) -> Result<Vec<Shard>, BlockFileError> {
        if !self.path.exists() {
            return Ok(Vec::new());
        }
        let shard = |path: &PathBuf| -> Option<Shard> {
            let name = path.file_name()?.to_str()?.strip_prefix("shard-")?;
            name.strip_suffix(SUFFIX)?.replace("-of-", "/").parse().ok()
        };
        Ok(self.files()?.0.iter().filter_map(shard).collect())
    }

    /// Removes what a process that was killed while it wrote the file has left.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn clear_aside(&self, shard: Option<Shard>) -> Result<(), BlockFileError> {
        if self.path.is_dir() {
            file::clear_aside(&self.file(shard))?;
        }
        Ok(())
    }

    /// Makes sure that the file of a shard can be written, before anything is computed.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn prepare(&self, shard: Shard) -> Result<(), BlockFileError> {
        file::try_aside(&self.file(Some(shard)))?;
        self.clear_aside(Some(shard))
    }

    /// Removes the file of a shard, or of a run that is none, and the directory if nothing else is in it.
    ///
    /// # Errors
    /// If the system refuses to remove the file.
    pub fn remove(&self, shard: Option<Shard>) -> io::Result<()> {
        // What else stands in it is not ours, and what cannot be cleared may stay.
        let _ = self.clear_aside(shard);
        match fs::remove_file(self.file(shard)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => {
                let _ = fs::remove_dir(&self.path);
                Ok(())
            }
        }
    }
}

impl BlockFile {
    /// Reads a block file, whole.
    ///
    /// # Errors
    /// If it cannot be read or used.
    pub fn read(path: &Path) -> Result<Self, BlockFileError> {
        let (head, findings) = format::unpack(&bytes(path)?).map_err(unusable(path))?;
        Ok(Self { path: path.to_owned(), head, findings })
    }

    /// The bytes of a block file, for whoever hands them on without one.
    ///
    /// # Errors
    /// In words, if they cannot be made.
    pub fn bytes(head: &Head, findings: &Findings) -> Result<Vec<u8>, String> {
        let (mut bytes, hash) = format::pack(head, findings)?;
        bytes.extend(hash);
        Ok(bytes)
    }

    /// What the bytes of a block file say of themselves, and what has been found.
    ///
    /// # Errors
    /// In words, if they are none that could be used.
    pub fn of_bytes(bytes: &[u8]) -> Result<(Head, Findings), String> {
        format::unpack(bytes)
    }

    /// Reads what a block file says of itself, and checks that it is undamaged.
    ///
    /// # Errors
    /// If it cannot be read or used.
    pub fn head(path: &Path) -> Result<Head, BlockFileError> {
        Ok(format::open(&bytes(path)?).map_err(unusable(path))?.0)
    }
}

fn unusable(path: &Path) -> impl Fn(String) -> BlockFileError + use<> {
    let path = path.to_owned();
    move |why| BlockFileError::Unusable { path: path.clone(), why }
}

fn bytes(path: &Path) -> Result<Vec<u8>, BlockFileError> {
    let failed = |source| BlockFileError::Io { path: path.to_owned(), source };
    if !fs::symlink_metadata(path).map_err(failed)?.is_file() {
        return Err(unusable(path)("it is no plain file".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
