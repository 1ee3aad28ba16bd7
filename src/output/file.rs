//! Single files: written aside, then put in place whole.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is one already.
    #[error("{} exists already; give --force to replace it, or another --out", .0.display())]
    Exists(PathBuf),
    /// The system refused.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// Which path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes a file, and the folders it stands in. Half a file never stands there, and what stands
/// there is replaced only if asked for.
///
/// # Errors
/// If there is one and it is not to be replaced, or the system refuses.
pub fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    if !replace && fs::symlink_metadata(path).is_ok() {
        return Err(FileError::Exists(path.to_owned()));
    }
    let mut aside = aside(path).map_err(failed)?;
    aside.write_all(bytes).map_err(failed)?;
    if replace {
        aside.persist(path).map_err(|error| failed(error.error))?;
        return Ok(());
    }
    // Asked again, as one act with the renaming: it may have come meanwhile.
    match aside.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(FileError::Exists(path.to_owned()))
        }
        Err(error) => Err(failed(error.error)),
    }
}

/// Writes a file in the stead of any that stands there, so that one of the two is there whole, also if
/// the machine loses power meanwhile.
///
/// # Errors
/// If the system refuses.
pub fn keep(path: &Path, parts: &[&[u8]]) -> Result<(), FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    let mut aside = aside(path).map_err(failed)?;
    parts.iter().try_for_each(|part| aside.write_all(part)).map_err(failed)?;
    aside.as_file().sync_all().map_err(failed)?;
    aside.persist(path).map_err(|error| failed(error.error))?;
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
        // The new name is safe only once the folder is. Some file systems cannot do that, and the
        // file is none the worse for it.
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// Makes sure that a file can be written, and the folders it stands in.
///
/// # Errors
/// If the system refuses.
pub fn try_aside(path: &Path) -> Result<(), FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    aside(path).map(drop).map_err(failed)
}

/// Removes what a process that was killed while it wrote this file has left beside it.
///
/// # Errors
/// If the system refuses.
pub fn clear_aside(path: &Path) -> Result<(), FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    let (Some(folder), Some(prefix)) = (path.parent(), prefix(path)) else { return Ok(()) };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let ours = entry.file_name().to_string_lossy().starts_with(&prefix);
        if ours && entry.file_type().map_err(failed)?.is_file() {
            fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

/// How the names of files begin that are to come to stand at a path.
fn prefix(path: &Path) -> Option<String> {
    Some(format!(".{}.partial-", path.file_name()?.to_string_lossy()))
}

/// A file of its own beside the path, hidden and unique, as open as any file the user makes.
fn aside(path: &Path) -> io::Result<NamedTempFile> {
    let prefix = prefix(path).ok_or_else(|| io::Error::other("it names no file"))?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask leaves of it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_if_asked_for_and_leaves_nothing_beside() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("deep/a.toml");
        write(&path, b"one", false).unwrap();
        assert!(matches!(write(&path, b"two", false), Err(FileError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"three", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_directory_is_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("folder");
        fs::create_dir(&path).unwrap();
        assert!(matches!(write(&path, b"x", false), Err(FileError::Exists(_))));
        assert!(matches!(write(&path, b"x", true), Err(FileError::Io { .. })));
        assert!(path.is_dir());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_as_open_as_any() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let (path, plain) = (home.path().join("a"), home.path().join("b"));
        write(&path, b"x", false).unwrap();
        fs::write(&plain, b"x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&plain));
    }
}
