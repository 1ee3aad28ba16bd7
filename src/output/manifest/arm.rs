//! A scenario as a manifest keeps it: with every text it was made from, so that it can be compiled
//! again without its files.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::output::hex;
use crate::output::manifest::plain;
use crate::scenario::folder::MAX_BYTES;
use crate::scenario::setup::Setup;
use crate::scenario::sources::{Source, Sources};
use crate::scenario::{self, Folder, LoadError, Loaded, Wanted};

/// The longest name of a text, in bytes: that of a path on most systems.
const MOST_OF_A_NAME: usize = 4096;

/// A scenario that was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// What it is called: by its variant, or by its file.
    pub name: String,
    /// The variant that was taken.
    pub variant: Option<String>,
    /// The scenario's file as given.
    pub file: String,
    /// What `--set` changed, in the order given.
    pub set: Vec<String>,
    /// What `--without` left out.
    #[serde(default)]
    pub without: Vec<String>,
    /// The text of that file, of what it extends and of the tables beside it, then the words of
    /// `--without` and of `--set`.
    pub texts: Vec<Text>,
}

/// A text of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// What it is called: a path, `--without` or `--set`.
    pub name: String,
    /// The hash of what it says.
    pub sha256: String,
    /// What it says.
    pub text: String,
}

impl Arm {
    /// A scenario that has been loaded from `file`.
    pub fn of(setup: &Setup, file: &str, sources: &Sources) -> Self {
        let stem = || Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        Self {
            name: setup.variant.clone().unwrap_or_else(|| stem().into_owned()),
            variant: setup.variant.clone(),
            file: file.to_owned(),
            set: setup.set.clone(),
            without: setup.without.clone(),
            texts: sources.iter().map(Text::of).collect(),
        }
    }

    /// Compiles the scenario from its texts alone.
    ///
    /// # Errors
    /// If anything in it is wrong, or it has no such variant.
    pub fn load(&self) -> Result<Loaded, LoadError> {
        let (main, beside) = self.files().split_first().expect("a checked arm has a text");
        let mut texts = BTreeMap::new();
        for text in beside {
            texts.entry(text.name.clone()).or_insert_with(|| text.text.clone());
        }
        let name = Path::new(&self.file).file_name().unwrap_or_default().to_string_lossy();
        let folder = Folder::of_texts(&name, texts);
        let wanted = Wanted {
            variant: self.variant.as_deref(),
            set: &self.set,
            without: &self.without,
            alone: true,
        };
        scenario::read(&self.file, &main.text, &folder, wanted)
    }

    /// The texts that were files: that of the scenario first.
    pub fn files(&self) -> &[Text] {
        let words = self.words().count();
        &self.texts[..self.texts.len().saturating_sub(words)]
    }

    /// The words of the command line, in the order of their texts.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.without.iter().chain(&self.set)
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if self.files().is_empty() {
            return Err("`texts` lacks the text of the scenario".to_owned());
        }
        // They stand in messages. A name with control characters is an attempt at something.
        let names = self.texts.iter().map(|text| &text.name).chain([&self.file, &self.name]);
        for name in names.chain(&self.variant) {
            if name.len() > MOST_OF_A_NAME || name.contains(char::is_control) {
                return Err(format!("`{}` is no name of a text or variant", plain(name)));
            }
        }
        match self.texts.iter().find(|text| text.text.len() > MAX_BYTES) {
            None => Ok(()),
            Some(text) => Err(format!("`{}` has more than {MAX_BYTES} bytes", plain(&text.name))),
        }
    }
}

impl Text {
    fn of(source: &Source) -> Self {
        let sha256 = hex(&Sha256::digest(&source.text));
        Self { name: source.name.clone(), sha256, text: source.text.clone() }
    }

    /// The hash of what it says now.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(&self.text))
    }
}
