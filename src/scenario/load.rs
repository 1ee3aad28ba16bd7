//! From a file to a [`Setup`].

use std::io;
use std::path::{Path, PathBuf};

use crate::scenario::compile::{Of, compile};
use crate::scenario::document::Document;
use crate::scenario::folder::{self, Folder};
use crate::scenario::gather::{Gathered, MOST_VARIANTS, Variant, gather};
use crate::scenario::names::{nearest, suggestion};
use crate::scenario::problem::{Problem, Problems, counted, render};
use crate::scenario::setup::Setup;
use crate::scenario::sources::Sources;

/// What a scenario given as text is called.
const TEXT: &str = "scenario.toml";

/// Why a scenario was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}{hint}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// Which scenario file may be meant.
        hint: String,
    },
    /// It is a folder.
    #[error("{} is a folder, not a scenario file{hint}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Which scenario files are in it.
        hint: String,
    },
    /// The scenario is wrong.
    #[error("{}", counted(.0.problems.len()))]
    Wrong(Wrong),
    /// The scenario has no such variant.
    #[error("the scenario has no variant `{asked}`{hint}")]
    NoVariant {
        /// What was asked for.
        asked: String,
        /// The nearest, or those there are.
        hint: String,
    },
}

/// What is wrong with a scenario.
#[derive(Debug)]
pub struct Wrong {
    /// The scenario's texts, for showing the places.
    pub sources: Sources,
    /// Everything that is wrong, in the order of its places.
    pub problems: Vec<Problem>,
}

impl Wrong {
    /// Calls the last text of this name and these words otherwise, and leaves out as many bytes at its
    /// start. What is wrong with those is wrong with the text as a whole.
    pub fn retell(&mut self, (name, words): (&str, &str), (called, skipped): (&str, usize)) {
        let Some(cut) = self.sources.retell((name, words), (called, skipped)) else { return };
        let within = |problem: &&mut Problem| cut.contains(&problem.span.start);
        for problem in self.problems.iter_mut().filter(within) {
            problem.span = cut.end..cut.end;
        }
    }

    /// Shows the problems to a person.
    pub fn report(&self, colour: bool) -> String {
        render(&self.sources, &self.problems, colour)
    }
}

/// What is wanted of a scenario.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The variant; the scenario itself if none is named.
    pub variant: Option<&'a str>,
    /// Changes, each a full key and its value: `processes.crisis.delta=0`.
    pub set: &'a [String],
    /// What is left out: full keys, or names of events.
    pub without: &'a [String],
    /// Whether nothing else is to be checked: neither other variants nor the scenario itself.
    pub alone: bool,
}

/// A scenario as loaded: its texts and what it compiles to.
pub struct Loaded {
    /// The texts it was made from.
    pub sources: Sources,
    /// The compiled scenario.
    pub setup: Setup,
    /// The variants of the scenario.
    pub variants: Vec<Variant>,
}

/// Reads and compiles a scenario file, with what it extends and the tables beside it.
///
/// # Errors
/// If the file cannot be read, anything in it is wrong, or it has no such variant.
pub fn load(path: &Path, wanted: Wanted<'_>) -> Result<Loaded, LoadError> {
    if path.is_dir() {
        return Err(LoadError::Folder { path: path.to_owned(), hint: in_folder(path) });
    }
    let bytes = folder::read(path).map_err(|source| {
        let hint =
            if source.kind() == io::ErrorKind::NotFound { like(path) } else { String::new() };
        LoadError::Io { path: path.to_owned(), source, hint }
    })?;
    let name = path.display().to_string();
    let text = decode(&name, bytes)?;
    read(&name, &text, &Folder::of(path), wanted)
}

/// The scenario file beside a path at which there is none whose name is most like it.
fn like(path: &Path) -> String {
    let parent = path.parent().unwrap_or(Path::new(""));
    let asked = path.file_name().unwrap_or_default().to_string_lossy();
    let around = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let files = folder::scenarios(around);
    let without = |file: &str| file.trim_end_matches(".toml").to_owned();
    // Its ending, which is the same of all, says nothing of how much alike two are.
    let names: Vec<_> = files.iter().map(|file| without(file)).collect();
    let near = nearest(&without(&asked), names.iter().map(String::as_str));
    near.map_or(String::new(), |near| {
        format!("; did you mean {}?", parent.join(format!("{near}.toml")).display())
    })
}

/// The scenario files in a folder, as they may be given in its stead.
fn in_folder(path: &Path) -> String {
    const NAMED: usize = 5;
    let mut files = folder::scenarios(path);
    if files.is_empty() && path.join("manifest.json").is_file() {
        return "; if it is a result, `detente rerun` repeats it, and `detente replay FILE --trial K` tells a \
                trial of the scenario's own file, which its manifest.json names"
            .to_owned();
    }
    let more = files.len().saturating_sub(NAMED);
    files.truncate(NAMED);
    let files: Vec<_> = files.iter().map(|name| path.join(name).display().to_string()).collect();
    match (files.is_empty(), more) {
        (true, _) => "; there is no *.toml in it".to_owned(),
        (false, 0) => format!("; give one of the files in it: {}", files.join(", ")),
        (false, more) => {
            format!("; give one of the files in it: {} and {more} more", files.join(", "))
        }
    }
}

/// Compiles the text of a scenario that needs no other files. A byte-order mark before it is passed
/// over.
///
/// # Errors
/// If anything in it is wrong, or it has no such variant.
pub fn parse(text: &str, variant: Option<&str>) -> Result<Setup, LoadError> {
    let wanted = Wanted { variant, ..Wanted::default() };
    read(TEXT, text, &Folder::default(), wanted).map(|loaded| loaded.setup)
}

/// The file's text. One that is not UTF-8 is a wrong scenario; the problem stands where the text
/// ceases to be, or for the file as a whole if it never was.
fn decode(name: &str, bytes: Vec<u8>) -> Result<String, LoadError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let mut sources = Sources::default();
        sources.add(name, String::from_utf8_lossy(error.as_bytes()));
        let end = if at == 0 { 0 } else { at + char::REPLACEMENT_CHARACTER.len_utf8() };
        let problem = Problem::new(at..end, "a scenario is UTF-8 text", "this is not UTF-8")
            .with_cure("save it as UTF-8");
        LoadError::Wrong(Wrong { sources, problems: vec![problem] })
    })
}

/// Compiles the text of a scenario that is called `name`, with what `folder` has beside it, and, to
/// check them, all its variants.
///
/// # Errors
/// If anything in it is wrong, or it has no such variant.
pub fn read(
    name: &str,
    text: &str,
    folder: &Folder,
    wanted: Wanted<'_>,
) -> Result<Loaded, LoadError> {
    let mut problems = Problems::default();
    let mut gathered = gather(name, text, folder, (wanted.set, wanted.without), &mut problems);
    let mut setup = compiled(&gathered, wanted, &mut problems);
    if let Some(setup) = &mut setup {
        setup.set = wanted.set.to_vec();
        setup.without = wanted.without.to_vec();
    }
    std::mem::take(&mut gathered.remarks).settle(&mut problems);
    let described = gathered.variants();
    let Gathered { sources, variants, .. } = gathered;
    if !problems.is_empty() {
        return Err(LoadError::Wrong(Wrong { sources, problems: problems.into_sorted() }));
    }
    match (setup, wanted.variant) {
        (Some(setup), _) => Ok(Loaded { sources, setup, variants: described }),
        (None, asked) => {
            let names: Vec<_> = variants.keys().collect();
            let asked = asked.unwrap_or_default().to_owned();
            let hint = match suggestion(&asked, &names) {
                Some(hint) => format!("; {hint}"),
                None => "; it has none at all".to_owned(),
            };
            Err(LoadError::NoVariant { asked, hint })
        }
    }
}

/// The setup that is wanted. The scenario itself and every variant are compiled all the same, unless
/// it is wanted alone: whatever is wrong with any of them is noted.
fn compiled(gathered: &Gathered, wanted: Wanted<'_>, problems: &mut Problems) -> Option<Setup> {
    let itself = wanted.variant.is_none();
    // A variant that runs alone is compared with the scenario, whatever is wrong with that.
    let mut unheard = Problems::default();
    let heard = if itself || !wanted.alone { &mut *problems } else { &mut unheard };
    let table = gathered.table(None, itself, heard)?;
    let document = Document::read(&table, heard);
    let mut found = None;
    if itself || !wanted.alone {
        // What the command line leaves out may leave something idle, as in a variant.
        let whole = (itself && !wanted.without.is_empty())
            .then(|| gathered.table(None, false, &mut Problems::default()))
            .flatten()
            .map(|table| Document::read(&table, &mut Problems::default()));
        let before = gathered.before(None, itself);
        let of = Of { variant: None, base: whole.as_ref(), before: &before };
        found = compile(document.clone(), of, heard).filter(|_| itself);
    }
    let variants = gathered.check_variants(problems);
    let readable = gathered.variants.keys().filter(|name| gathered.has_variant(name));
    for name in readable.take(MOST_VARIANTS) {
        let chosen = wanted.variant == Some(name);
        if wanted.alone && !chosen {
            continue;
        }
        problems.set_context(Some(format!("in variant `{name}`")));
        let Some(table) = gathered.table(Some(name), chosen, problems) else { continue };
        let varied = Document::read(&table, problems);
        let before = gathered.before(Some(name), chosen);
        let of = Of { variant: Some(name), base: Some(&document), before: &before };
        let setup = compile(varied, of, problems);
        if chosen {
            found = setup;
        }
    }
    problems.set_context(None);
    if let Some(setup) = &mut found {
        setup.sources.extend(variants);
    }
    found
}
