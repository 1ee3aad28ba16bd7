//! What is wrong with a scenario, and how it is shown.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// How many problems are shown; the rest is counted.
const SHOWN: usize = 50;

/// One problem: where, which rule, and the cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The offending text, in bytes.
    pub span: Range<usize>,
    /// The rule that is broken.
    pub rule: String,
    /// What stands there.
    pub found: String,
    /// How to mend it.
    pub cure: Option<String>,
}

impl Problem {
    /// A problem without a cure. The empty span at 0 stands for the file as a whole.
    pub fn new(span: Range<usize>, rule: impl Into<String>, found: impl Into<String>) -> Self {
        Self { span, rule: rule.into(), found: found.into(), cure: None }
    }

    /// The problem with its cure.
    #[must_use]
    pub fn with_cure(self, cure: impl Into<String>) -> Self {
        Self { cure: Some(cure.into()), ..self }
    }
}

/// The problems of one scenario file, in the order found.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Notes a problem.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
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

    /// The problems, in the order of their places in the file.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|p| (p.span.start, p.span.end));
        self.list
    }
}

/// Shows `problems` with file, line, column, the offending text underlined, rule and cure.
pub fn render(file: &str, text: &str, problems: &[Problem], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems.iter().take(SHOWN) {
        let title = Level::ERROR.primary_title(&problem.rule);
        let mut group = if problem.span == (0..0) {
            Group::with_title(title)
                .element(Origin::path(file))
                .element(Level::NOTE.message(&problem.found))
        } else {
            let start = problem.span.start.min(text.len());
            let end = problem.span.end.clamp(start, text.len());
            let place = AnnotationKind::Primary.span(start..end).label(&problem.found);
            let snippet = Snippet::source(text).path(file).annotation(place);
            Group::with_title(title).element(snippet)
        };
        if let Some(cure) = &problem.cure {
            group = group.element(Level::HELP.message(cure));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    if problems.len() > SHOWN {
        out.push_str(&format!("... and {} more\n\n", problems.len() - SHOWN));
    }
    out.push_str(&format!("{} in {file}; nothing was run", counted(problems.len())));
    out
}

/// How many problems there are, in words.
pub fn counted(problems: usize) -> String {
    if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") }
}
