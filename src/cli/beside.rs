//! Files made from a result and written beside it, never into it: what `plot` and `export` share.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::output::directory::result_around;
use crate::output::file::{self, FileError};
use crate::output::manifest::plain;

/// Where to write: what was asked for, or beside the result under its name with `what` appended.
pub fn place(result: &Path, out: Option<&Path>, what: &str) -> Result<PathBuf, Failure> {
    let out = match (out, result.file_name()) {
        (Some(out), _) => out.to_owned(),
        (None, Some(name)) => {
            let mut name = name.to_owned();
            name.push(format!("-{what}"));
            result.with_file_name(name)
        }
        (None, None) => {
            let place = result.display();
            return Err(Failure::Usage(format!("{place} has no name of its own; give --out")));
        }
    };
    match result_around(&out)? {
        None => Ok(out),
        Some(result) => Err(Failure::Usage(format!(
            "{} is in the result {}, which stays as it is; give another --out",
            out.display(),
            result.display()
        ))),
    }
}

/// Says which tables are not as the manifest recorded them.
pub fn warn_of_altered(names: &[String]) -> io::Result<()> {
    for name in names {
        let name = plain(name);
        writeln!(io::stderr(), "warning: {name} is not the one that was recorded")?;
    }
    Ok(())
}

/// Writes files by their names in a folder, all or, if one is in the way, none.
pub fn write(out: &Path, files: &[(String, Vec<u8>)], replace: bool) -> Result<(), Failure> {
    let places: Vec<_> = files.iter().map(|(name, bytes)| (out.join(name), bytes)).collect();
    // All of them first, so that nothing is written if one is in the way.
    let mut standing = places.iter().map(|(path, _)| path);
    if let Some(path) = standing.find(|path| !replace && path.symlink_metadata().is_ok()) {
        return Err(FileError::Exists(path.clone()).into());
    }
    for (path, bytes) in &places {
        file::write(path, bytes, replace)?;
    }
    let names: Vec<_> = files.iter().map(|(name, _)| plain(name)).collect();
    writeln!(io::stdout().lock(), "{}: {}", out.display(), names.join(", "))?;
    Ok(())
}
