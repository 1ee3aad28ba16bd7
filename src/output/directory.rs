//! Result directories: written aside, then put in place whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file that makes a directory one of results.
pub const MANIFEST: &str = "manifest.json";

/// Why a result directory was not written.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// There is one already.
    #[error("{} exists already; give --force to replace it, or another --out", .0.display())]
    Exists(PathBuf),
    /// There is something else.
    #[error(
        "{} exists and holds no results of detente, so --force does not replace it; give another --out",
        .0.display()
    )]
    Foreign(PathBuf),
    /// The path names no directory.
    #[error("{} names no directory to write to", .0.display())]
    NoName(PathBuf),
    /// The system refused.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// Which path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A result directory in the making. Dropped before [`ResultDirectory::finish`], it leaves nothing
/// behind.
#[derive(Debug)]
pub struct ResultDirectory {
    target: PathBuf,
    staging: PathBuf,
}

impl ResultDirectory {
    /// Claims `target`: refuses what may not be replaced and makes sure that it can be written,
    /// before anything is computed.
    ///
    /// # Errors
    /// If `target` exists and may not be replaced, or cannot be written.
    pub fn claim(target: &Path, force: bool) -> Result<Self, DirectoryError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            |source| DirectoryError::Io { path, source }
        };
        match fs::symlink_metadata(target) {
            Ok(_) if !force => return Err(DirectoryError::Exists(target.to_owned())),
            Ok(_) if !replaceable(target) => {
                return Err(DirectoryError::Foreign(target.to_owned()));
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(target)(error)),
        }
        let name = target.file_name().ok_or_else(|| DirectoryError::NoName(target.to_owned()))?;
        let parent = match target.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(failed(parent))?;
        let staging = aside(parent, name, "partial");
        fs::create_dir(&staging).map_err(failed(&staging))?;
        Ok(Self { target: target.to_owned(), staging })
    }

    /// Writes a file; `name` may have one folder in front.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), DirectoryError> {
        let path = self.staging.join(name);
        let write = || {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, bytes)
        };
        write().map_err(|source| DirectoryError::Io { path: path.clone(), source })
    }

    /// Puts the directory in place, in the stead of the old one if there was one.
    ///
    /// # Errors
    /// If the system refuses; the old directory is then back in its place.
    pub fn finish(self) -> Result<(), DirectoryError> {
        let failed = |source| DirectoryError::Io { path: self.target.clone(), source };
        let parent = self.staging.parent().unwrap_or(Path::new("."));
        let name = self.target.file_name().expect("checked when claimed");
        let old = aside(parent, name, "old");
        let replaced = match fs::rename(&self.target, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(failed(error)),
        };
        if let Err(error) = fs::rename(&self.staging, &self.target) {
            if replaced {
                fs::rename(&old, &self.target).map_err(failed)?;
            }
            return Err(failed(error));
        }
        if replaced {
            fs::remove_dir_all(&old).map_err(failed)?;
        }
        Ok(())
    }
}

impl Drop for ResultDirectory {
    fn drop(&mut self) {
        // After `finish` there is nothing left to remove; otherwise there is nobody left to tell.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

fn aside(parent: &Path, name: &std::ffi::OsStr, what: &str) -> PathBuf {
    parent.join(format!(".{}.{what}-{}", name.to_string_lossy(), std::process::id()))
}

/// Whether `--force` may replace it: a directory that is empty or holds results.
fn replaceable(target: &Path) -> bool {
    let is_directory = fs::symlink_metadata(target).is_ok_and(|metadata| metadata.is_dir());
    let empty = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    is_directory && (target.join(MANIFEST).is_file() || empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(target: &Path, force: bool, text: &str) -> Result<(), DirectoryError> {
        let directory = ResultDirectory::claim(target, force)?;
        directory.write(MANIFEST, text.as_bytes())?;
        directory.write("charts/a.svg", b"<svg/>")?;
        directory.finish()
    }

    #[test]
    fn results_are_replaced_only_with_force_and_leave_nothing_beside() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("deep/results");
        write(&target, false, "1").unwrap();
        assert!(matches!(write(&target, false, "2"), Err(DirectoryError::Exists(_))));
        assert_eq!(fs::read_to_string(target.join(MANIFEST)).unwrap(), "1");
        write(&target, true, "3").unwrap();
        assert_eq!(fs::read_to_string(target.join(MANIFEST)).unwrap(), "3");
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_not_ours_is_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("thesis");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("chapter1.txt"), "years of work").unwrap();
        assert!(matches!(write(&target, true, "x"), Err(DirectoryError::Foreign(_))));
        let file = home.path().join("notes.txt");
        fs::write(&file, "x").unwrap();
        assert!(matches!(write(&file, true, "x"), Err(DirectoryError::Foreign(_))));
    }

    #[test]
    fn an_abandoned_directory_disappears() {
        let home = tempfile::tempdir().unwrap();
        let directory = ResultDirectory::claim(&home.path().join("results"), false).unwrap();
        directory.write("a.csv", b"x").unwrap();
        drop(directory);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
