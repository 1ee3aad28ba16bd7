//! Result directories: written aside, then put in place whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

mod contents;

pub(super) use contents::files;
use contents::replaceable;
pub use contents::{is_result, result_around};

/// The results within the directory they are staged in. That one is closed to other users; the
/// results are as open as any directory the user makes.
const INNER: &str = "results";

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
        "{} exists and is no directory of results of detente, so --force does not replace it; give another --out",
        .0.display()
    )]
    Foreign(PathBuf),
    /// Something stands beside results.
    #[error(
        "{} holds results of detente, but also {stray}, so --force does not replace it; move that away or give another --out",
        path.display()
    )]
    Stray {
        /// The directory.
        path: PathBuf,
        /// The first thing in it that is no result.
        stray: String,
    },
    /// The results could not be put in place.
    #[error("{cause}; the results of this run are kept in {}", kept.display())]
    Kept {
        /// Where they are.
        kept: PathBuf,
        /// Why.
        cause: Box<DirectoryError>,
    },
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

/// A result directory in the making: claimed before a run, written after it. Dropped before
/// [`ResultDirectory::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct ResultDirectory {
    target: PathBuf,
    force: bool,
    /// Where the files are written first; made with the first one.
    staging: Option<TempDir>,
}

impl ResultDirectory {
    /// Claims `target`: refuses what may not be replaced and makes sure that it can be written,
    /// before anything is computed.
    ///
    /// # Errors
    /// If `target` exists and may not be replaced, or cannot be written.
    pub fn claim(target: &Path, force: bool) -> Result<Self, DirectoryError> {
        let directory = Self { target: target.to_owned(), force, staging: None };
        directory.may_stand_here()?;
        fs::create_dir_all(directory.parent()).map_err(failed(directory.parent()))?;
        // Made and removed: that it can be made is all that is asked now.
        drop(directory.aside("partial")?);
        Ok(directory)
    }

    /// Writes a file; `name` may have one folder in front.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), DirectoryError> {
        if self.staging.is_none() {
            self.staging = Some(self.aside("partial")?);
        }
        let Some(staging) = &self.staging else { return Ok(()) };
        let path = staging.path().join(INNER).join(name);
        let write = || {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, bytes)
        };
        write().map_err(failed(&self.target.join(name)))
    }

    /// Puts the directory in place, in the stead of the old one if it was claimed with `force`.
    ///
    /// # Errors
    /// If something that may not be replaced has come to stand there since it was claimed, or the
    /// system refuses. What was written is then kept beside, and the error says where.
    pub fn finish(mut self) -> Result<(), DirectoryError> {
        let Some(staging) = self.staging.take() else { return Ok(()) };
        self.put_in_place(staging.path()).map_err(|cause| {
            let kept = staging.keep().join(INNER);
            DirectoryError::Kept { kept, cause: Box::new(cause) }
        })
    }

    fn put_in_place(&self, staging: &Path) -> Result<(), DirectoryError> {
        self.may_stand_here()?;
        let new = staging.join(INNER);
        if fs::symlink_metadata(&self.target).is_err() {
            return fs::rename(new, &self.target).map_err(failed(&self.target));
        }
        // Removed with the old results in it when it goes out of scope.
        let old = self.aside("old")?;
        let moved = old.path().join(INNER);
        fs::rename(&self.target, &moved).map_err(failed(&self.target))?;
        fs::rename(new, &self.target).map_err(|error| {
            if fs::rename(&moved, &self.target).is_err() {
                // They cannot go back to their place, so they stay where they are.
                let _ = old.keep();
            }
            failed(&self.target)(error)
        })
    }

    /// Whether the target is free, or may be replaced.
    fn may_stand_here(&self) -> Result<(), DirectoryError> {
        match fs::symlink_metadata(&self.target) {
            // What --force would not replace either is told at once.
            Ok(_) => match replaceable(&self.target) {
                Ok(()) if !self.force => Err(DirectoryError::Exists(self.target.clone())),
                judged => judged,
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(&self.target)(error)),
        }
    }

    fn parent(&self) -> &Path {
        match self.target.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        }
    }

    /// A directory of its own beside the target, hidden and unique.
    fn aside(&self, what: &str) -> Result<TempDir, DirectoryError> {
        let name = self.target.file_name();
        let name = name.ok_or_else(|| DirectoryError::NoName(self.target.clone()))?;
        let prefix = format!(".{}.{what}-", name.to_string_lossy());
        let made = tempfile::Builder::new().prefix(&prefix).tempdir_in(self.parent());
        made.map_err(|error| failed(&self.target)(bare(error)))
    }
}

/// What the system said, without the temporary directory that it said it of: its name means nothing to
/// the user. `tempfile` appends it in words and keeps the rest to itself.
fn bare(error: io::Error) -> io::Error {
    match error.to_string().rsplit_once(" at path ") {
        Some((said, _)) => io::Error::new(error.kind(), said.to_owned()),
        None => error,
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> DirectoryError + use<> {
    let path = path.to_owned();
    move |source| DirectoryError::Io { path: path.clone(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn write(target: &Path, force: bool, text: &str) -> Result<(), DirectoryError> {
        let mut directory = ResultDirectory::claim(target, force)?;
        let manifest = format!(
            "{{\"program\":\"detente\",\"seed\":{text},\"files\":[{{\"name\":\"charts/a.svg\"}}]}}"
        );
        directory.write(MANIFEST, manifest.as_bytes())?;
        directory.write("charts/a.svg", b"<svg/>")?;
        directory.finish()
    }

    #[test]
    fn results_are_replaced_only_with_force_and_leave_nothing_beside() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("deep/results");
        write(&target, false, "1").unwrap();
        assert!(matches!(write(&target, false, "2"), Err(DirectoryError::Exists(_))));
        let seed = || {
            let text = fs::read_to_string(target.join(MANIFEST)).unwrap();
            serde_json::from_str::<Value>(&text).unwrap()["seed"].as_u64()
        };
        assert_eq!(seed(), Some(1));
        write(&target, true, "3").unwrap();
        assert_eq!(seed(), Some(3));
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_not_ours_is_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("thesis");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("chapter1.txt"), "years of work").unwrap();
        assert!(matches!(write(&target, true, "x"), Err(DirectoryError::Foreign(_))));
        fs::write(target.join(MANIFEST), "{\"name\":\"my web app\"}").unwrap();
        assert!(matches!(write(&target, true, "1"), Err(DirectoryError::Foreign(_))));
        let file = home.path().join("notes.txt");
        fs::write(&file, "x").unwrap();
        for force in [false, true] {
            assert!(matches!(write(&file, force, "x"), Err(DirectoryError::Foreign(_))));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_place_that_cannot_be_written_is_named_as_it_was_given() {
        let refused = ResultDirectory::claim(Path::new("/proc/nope"), false).unwrap_err();
        let said = refused.to_string();
        assert!(
            said.starts_with("cannot write /proc/nope: ") && !said.contains("partial"),
            "{said}"
        );
        assert!(said.ends_with(')'), "what the system said is kept: {said}");
    }

    #[test]
    fn notes_beside_results_are_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("results");
        write(&target, false, "1").unwrap();
        fs::write(target.join("charts/notes.txt"), "what I saw").unwrap();
        match write(&target, true, "2") {
            Err(DirectoryError::Stray { stray, .. }) => assert_eq!(stray, "charts/notes.txt"),
            other => panic!("{other:?}"),
        }
        assert!(target.join("charts/notes.txt").exists());
    }

    #[test]
    fn a_claim_leaves_nothing_until_something_is_written() {
        let home = tempfile::tempdir().unwrap();
        let directory = ResultDirectory::claim(&home.path().join("results"), false).unwrap();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
        std::mem::forget(directory);
    }

    #[test]
    fn results_that_came_meanwhile_are_not_replaced_and_the_new_ones_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("results");
        let mut late = ResultDirectory::claim(&target, false).unwrap();
        write(&target, false, "1").unwrap();
        late.write("a.csv", b"late").unwrap();
        match late.finish() {
            Err(DirectoryError::Kept { kept, .. }) => {
                assert_eq!(fs::read(kept.join("a.csv")).unwrap(), b"late");
                assert!(kept.starts_with(home.path()));
            }
            other => panic!("{other:?}"),
        }
        assert!(target.join(MANIFEST).exists() && !target.join("a.csv").exists());
    }

    #[cfg(unix)]
    #[test]
    fn results_are_as_open_as_any_directory() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let (target, plain) = (home.path().join("results"), home.path().join("plain"));
        fs::create_dir(&plain).unwrap();
        for force in [false, true] {
            write(&target, force, "1").unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode(&target), mode(&plain));
        }
    }

    #[test]
    fn an_abandoned_directory_disappears() {
        let home = tempfile::tempdir().unwrap();
        let mut directory = ResultDirectory::claim(&home.path().join("results"), false).unwrap();
        directory.write("a.csv", b"x").unwrap();
        drop(directory);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
