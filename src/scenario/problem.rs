//! What is wrong with a scenario, and how it is shown.

use std::collections::HashSet;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::scenario::sources::Sources;
use crate::scenario::tree::shifted;

/// How many problems are shown; the rest is counted.
const SHOWN: usize = 50;

/// One problem: where, which rule, and the cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The offending text, in bytes of all the scenario's texts.
    pub span: Range<usize>,
    /// The rule that is broken.
    pub rule: String,
    /// What stands there.
    pub found: String,
    /// How to mend it.
    pub cure: Option<String>,
    /// Where else to look: the variant in which it was found.
    pub context: Option<String>,
}

impl Problem {
    /// A problem without a cure. The empty span at the start of a text stands for it as a whole.
    pub fn new(span: Range<usize>, rule: impl Into<String>, found: impl Into<String>) -> Self {
        Self { span, rule: rule.into(), found: found.into(), cure: None, context: None }
    }

    /// The problem with its cure.
    #[must_use]
    pub fn with_cure(self, cure: impl Into<String>) -> Self {
        Self { cure: Some(cure.into()), ..self }
    }

    /// The problem of a text that begins at `base`, found in that text alone.
    #[must_use]
    pub fn shifted(self, base: usize) -> Self {
        Self { span: shifted(self.span, base), ..self }
    }
}

/// The problems of one scenario, in the order found.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
    context: Option<String>,
}

impl Problems {
    /// Notes a problem.
    pub fn push(&mut self, problem: Problem) {
        let context = problem.context.or_else(|| self.context.clone());
        self.list.push(Problem { context, ..problem });
    }

    /// Says in what the problems noted from now on are found.
    pub fn set_context(&mut self, context: Option<String>) {
        self.context = context;
    }

    /// Notes a problem without a cure.
    pub fn add(&mut self, span: Range<usize>, rule: impl Into<String>, found: impl Into<String>) {
        self.push(Problem::new(span, rule, found));
    }

    /// Notes a problem whose cure is known.
    pub fn add_with_cure(
        &mut self,
        span: Range<usize>,
        rule: impl Into<String>,
        found: impl Into<String>,
        cure: impl Into<String>,
    ) {
        self.push(Problem::new(span, rule, found).with_cure(cure));
    }

    /// Forgets the problems at these places.
    pub fn drop_at(&mut self, place: impl Fn(&Range<usize>) -> bool) {
        self.list.retain(|problem| !place(&problem.span));
    }

    /// Whether a problem of this place found this.
    pub fn has_at(&self, span: &Range<usize>, found: &str) -> bool {
        self.list.iter().any(|problem| problem.span == *span && problem.found == found)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, each once, in the order of their places.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        // What stands under a `default` or in a column is read once for each entry.
        let mut seen = HashSet::new();
        self.list.retain(|p| seen.insert((p.span.clone(), general(&p.rule), p.found.clone())));
        self.list.sort_by_key(|p| (p.span.start, p.span.end));
        self.list
    }
}

/// Shows `problems` with file, line, column, the offending text underlined, rule and cure.
pub fn render(sources: &Sources, problems: &[Problem], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems.iter().take(SHOWN) {
        out.push_str(&renderer.render(&[group(sources, problem)]));
        out.push_str("\n\n");
    }
    if problems.len() > SHOWN {
        out.push_str(&format!("... and {} more\n\n", problems.len() - SHOWN));
    }
    out.push_str(&format!("{} in {}; nothing was run", counted(problems.len()), sources.name()));
    out
}

/// A rule without the name of the entry it is about: of `` `states.PRK.isolation` `` what is left is
/// `states.isolation`.
fn general(rule: &str) -> String {
    let quoted = |(n, part): (usize, &str)| {
        let mut parts: Vec<_> = part.split('.').collect();
        if n % 2 == 1 && parts.len() > 1 {
            parts.remove(1);
        }
        parts.join(".")
    };
    rule.split('`').enumerate().map(quoted).collect()
}

fn group<'a>(sources: &'a Sources, problem: &'a Problem) -> Group<'a> {
    let title = Level::ERROR.primary_title(&problem.rule);
    let group = match sources.at(problem.span.start) {
        Some(source) if problem.span != source.whole() => {
            // A place worked out from a text with escapes may lie within a character.
            let text = &source.text;
            let start = text.floor_char_boundary(problem.span.start - source.start);
            let end = problem.span.end.saturating_sub(source.start).max(start);
            let end = text.ceil_char_boundary(end);
            let place = AnnotationKind::Primary.span(start..end).label(&problem.found);
            let snippet = Snippet::source(&source.text).path(&source.name).annotation(place);
            Group::with_title(title).element(snippet)
        }
        source => {
            let name = source.map_or("", |source| &source.name);
            let found = Level::NOTE.message(&problem.found);
            Group::with_title(title).element(Origin::path(name)).element(found)
        }
    };
    let notes = problem.context.iter().map(|context| Level::NOTE.message(context));
    group.elements(notes).elements(problem.cure.iter().map(|cure| Level::HELP.message(cure)))
}

/// How many problems there are, in words.
pub fn counted(problems: usize) -> String {
    if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") }
}
