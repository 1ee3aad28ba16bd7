//! Whether a stored result is what its manifest says, and comes out the same again.

use std::fmt::Write;

use crate::output::manifest::plain;
use crate::output::stored::Stored;

pub mod blocks;
pub mod records;
pub mod whole;

/// The most lines about things of one kind that differ.
const MOST_LINES: usize = 6;

/// The widest name of a check that the column of names makes room for: that of a chart in a
/// comparison with a variant of a long name.
const WIDEST: usize = 48;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It held.
    Agrees,
    /// It did not hold.
    Differs,
    /// Worth knowing, but no fault of the result.
    Remark,
}

/// A check.
#[derive(Clone, Debug)]
pub struct Line {
    /// How it ended.
    pub level: Level,
    /// What was checked.
    pub what: String,
    /// What was found.
    pub found: String,
    /// How many more things it stands for, which have no line of their own.
    more: usize,
}

/// Everything that was checked of a result.
#[derive(Clone, Debug)]
pub struct Report {
    heading: String,
    lines: Vec<Line>,
    /// Why this program may compute something else, if it is not the one of the result.
    other: Option<&'static str>,
    /// Whether something that was computed again differs.
    computed: bool,
}

impl Report {
    /// Nothing has been checked but that there is a manifest.
    pub fn new(stored: &Stored) -> Self {
        let manifest = &stored.manifest;
        let (title, trials) = (plain(&manifest.title), manifest.trials);
        let variant = match &manifest.arms[..] {
            [arm] => arm.variant.as_ref().map(|name| format!(", variant {}", plain(name))),
            arms => {
                let names: Vec<_> = arms.iter().map(|arm| plain(&arm.name)).collect();
                Some(format!(", {} less {}", names[1..].join(", "), names[0]))
            }
        };
        let variant = variant.unwrap_or_default();
        let trials = format!("{trials} {}", if trials == 1 { "trial" } else { "trials" });
        let place = stored.path.display();
        let heading = format!("{place}: {title}{variant}, {trials}, seed {}", manifest.seed);
        Self { heading, lines: Vec::new(), other: None, computed: false }
    }

    /// Notes a check that held.
    pub fn agrees(&mut self, what: &str, found: impl Into<String>) {
        self.note(Level::Agrees, what, found.into());
    }

    /// Notes something worth knowing.
    pub fn remark(&mut self, what: &str, found: impl Into<String>) {
        self.note(Level::Remark, what, found.into());
    }

    /// Notes what does not hold.
    pub fn differs(&mut self, what: &str, found: impl Into<String>) {
        self.note(Level::Differs, what, found.into());
    }

    /// Notes what does not hold of several things of one kind, if any.
    pub fn differ(&mut self, kind: &str, all: &[(String, String)]) {
        for (what, found) in all.iter().take(MOST_LINES) {
            self.differs(what, found.clone());
        }
        if let Some(more @ 1..) = all.len().checked_sub(MOST_LINES) {
            self.note(Level::Differs, kind, format!("{more} more"));
            if let Some(line) = self.lines.last_mut() {
                line.more = more;
            }
        }
    }

    /// Notes that what was computed again differs.
    fn computed_anew_differ(&mut self, kind: &str, all: &[(String, String)]) {
        self.computed |= !all.is_empty();
        self.differ(kind, all);
    }

    fn note(&mut self, level: Level, what: &str, found: String) {
        self.lines.push(Line { level, what: plain(what), found, more: 0 });
    }

    /// Whether everything agrees.
    pub fn holds(&self) -> bool {
        self.lines.iter().all(|line| line.level != Level::Differs)
    }

    /// Every check, a line each.
    pub fn list(&self) -> String {
        let width = self.lines.iter().map(|line| line.what.chars().count()).max().unwrap_or(0);
        let width = width.min(WIDEST);
        let mut text = format!("{}\n", self.heading);
        for Line { level, what, found, .. } in &self.lines {
            let level = match level {
                Level::Agrees => "agrees",
                Level::Differs => "differs",
                Level::Remark => "remark",
            };
            // Writing to a text does not fail.
            let _ = writeln!(text, "  {level:7}  {what:width$}  {found}");
        }
        text
    }

    /// What follows, in a line; `tried` says what was computed again.
    pub fn verdict(&self, tried: &str) -> String {
        if self.holds() {
            return format!("verdict: agrees; {tried}");
        }
        let differing = self.lines.iter().filter(|line| line.level == Level::Differs);
        let mut names: Vec<&str> = Vec::new();
        let mut more = 0;
        for line in differing {
            more += line.more;
            if line.more == 0 && !names.contains(&line.what.as_str()) {
                names.push(&line.what);
            }
        }
        more += names.len().saturating_sub(MOST_LINES);
        names.truncate(MOST_LINES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let reason = match self.other {
            Some(other) if self.computed => format!("; the likely reason is {other}"),
            _ => String::new(),
        };
        format!("verdict: differs in {}{more}{reason}", names.join(", "))
    }
}

/// The beginning of a hash, which is enough to tell two apart by eye.
pub(super) fn short(hash: &str) -> String {
    plain(hash).chars().take(16).collect()
}

/// The hash that was recorded and the one that was found.
fn hashes(expected: &str, found: &str) -> String {
    format!("expected SHA-256 {}, found {}", short(expected), short(found))
}
