//! The folder of a scenario: what may be read beside it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// The largest file read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The folder of a scenario; nothing outside it is read.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    holds: Holds,
    main: String,
}

/// Where the files of a folder are.
#[derive(Clone, Debug, Default)]
enum Holds {
    /// There is no folder.
    #[default]
    Nothing,
    /// On disk.
    Disk(PathBuf),
    /// In memory, by their paths.
    Texts(BTreeMap<String, String>),
}

impl Folder {
    /// The folder of the scenario at `path`.
    pub fn of(path: &Path) -> Self {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let main = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { holds: Holds::Disk(parent.unwrap_or(Path::new(".")).to_owned()), main }
    }

    /// A folder in memory: the name of the scenario's own file, and the texts beside it by their
    /// paths.
    pub fn of_texts(main: &str, texts: BTreeMap<String, String>) -> Self {
        Self { holds: Holds::Texts(texts), main: main.to_owned() }
    }

    /// The name of the scenario's own file.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// The path, from this folder, of what a file in it calls `name`; says why if there is none.
    pub fn resolve(&self, name: &str, from: &str) -> Result<String, String> {
        if matches!(self.holds, Holds::Nothing) {
            return Err("a scenario given as text has no folder".to_owned());
        }
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for component in Path::new(name).components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir if parts.pop().is_some() => {}
                Component::Normal(part) => {
                    parts.push(part.to_str().ok_or("this is no name of a file")?);
                }
                _ => return Err("this leads out of the scenario's folder".to_owned()),
            }
        }
        if parts.is_empty() {
            return Err("this is no name of a file".to_owned());
        }
        Ok(parts.join("/"))
    }

    /// The text of a file; says why if it cannot be read.
    pub fn read(&self, path: &str) -> Result<String, String> {
        let root = match &self.holds {
            Holds::Nothing => return Err("a scenario given as text has no folder".to_owned()),
            Holds::Texts(texts) => {
                return texts.get(path).cloned().ok_or("there is no such file".to_owned());
            }
            Holds::Disk(root) => root,
        };
        let full = root.join(path);
        let inside =
            root.canonicalize().and_then(|root| Ok(full.canonicalize()?.starts_with(root)));
        match inside {
            Ok(true) => {}
            Ok(false) => return Err("this leads out of the scenario's folder".to_owned()),
            Err(error) => return Err(format!("cannot read it: {error}")),
        }
        // A pipe beside the scenario would be waited for.
        if !full.metadata().is_ok_and(|known| known.is_file()) {
            return Err("this is no file".to_owned());
        }
        let bytes = read(&full).map_err(|error| format!("cannot read it: {error}"))?;
        String::from_utf8(bytes).map_err(|_| "this file is not UTF-8 text".to_owned())
    }

    /// The files in the folder of `path`.
    pub fn beside(&self, path: &str) -> Vec<String> {
        let root = match &self.holds {
            Holds::Nothing => return Vec::new(),
            Holds::Texts(texts) => return texts.keys().cloned().collect(),
            Holds::Disk(root) => root,
        };
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<_> = names
            .map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
            .collect();
        names.sort();
        names
    }
}

/// The names of the scenario files in a folder, as far as they can be told by their ending.
pub fn scenarios(path: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> =
        names.filter(|name| name.ends_with(".toml") && !name.contains(char::is_control)).collect();
    names.sort();
    names
}

/// The bytes of a file, if they are no more than a scenario may have.
///
/// # Errors
/// If it cannot be read, or is too large.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    // One byte more than is allowed, so that a file without an end is not read to it.
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES {
        let message = format!("a scenario has at most {MAX_BYTES} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_the_folder() {
        let folder = Folder::of(Path::new("some/where/main.toml"));
        let resolve = |name: &str, from: &str| folder.resolve(name, from).ok();
        assert_eq!(folder.main(), "main.toml");
        assert_eq!(resolve("base.toml", "main.toml").as_deref(), Some("base.toml"));
        assert_eq!(resolve("./a/base.toml", "main.toml").as_deref(), Some("a/base.toml"));
        assert_eq!(resolve("../b.toml", "a/base.toml").as_deref(), Some("b.toml"));
        for out in ["../base.toml", "/etc/passwd", "a/../../b.toml", "", ".", "a/.."] {
            assert_eq!(resolve(out, "main.toml"), None, "{out}");
        }
        assert!(Folder::default().resolve("base.toml", "").is_err());
    }
}
