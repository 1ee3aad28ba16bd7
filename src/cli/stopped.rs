//! Why a run with a rule ended, in words.

use std::io::{self, Write};

use crate::analysis::precision::{Achieved, Reason, Stopped};
use crate::analysis::wording::numbers::counted;
use crate::cli::Failure;

/// The line that says why a run with a rule stopped, if the rule was met.
pub fn why_stopped(stopped: Option<&Stopped>, trials: u64) -> String {
    match stopped {
        Some(Stopped { reason: Reason::Met, clauses, .. }) => {
            format!("stopped after {}: {}\n", counted(trials, "trial"), widths(clauses))
        }
        _ => String::new(),
    }
}

/// What the widths of a rule have become.
fn widths(clauses: &[Achieved]) -> String {
    let width = |clause: &Achieved| match clause.width {
        Some(width) => format!("{} is {}", clause.clause, figure(width)),
        None => format!("{} is not known", clause.clause),
    };
    clauses.iter().map(width).collect::<Vec<_>>().join(", ")
}

/// A width in four significant digits.
fn figure(width: f64) -> String {
    let digits = 3 - width.max(1e-9).log10().floor() as i32;
    format!("{width:.*}", usize::try_from(digits).unwrap_or(0))
}

/// Says which widths of a rule were not reached, if that is so; `same` is what a width of 0 means.
pub fn warn_of_width(stopped: Option<&Stopped>, same: &str) -> Result<(), Failure> {
    let Some(Stopped { reason: Reason::Most, clauses, max, .. }) = stopped else { return Ok(()) };
    let wanting: Vec<_> = clauses.iter().filter(|clause| !clause.met).collect();
    let shown = wanting.iter().map(|clause| match clause.width {
        Some(0.0) => format!("{} is 0: {same}", clause.clause),
        Some(width) => {
            format!("{} is {}, not below {}", clause.clause, figure(width), clause.below)
        }
        None => format!("{} is not known", clause.clause),
    });
    let shown: Vec<_> = shown.collect();
    let mut stderr = io::stderr().lock();
    let most = counted(*max, "trial");
    writeln!(stderr, "warning: the most trials were reached first, {most}: {}", shown.join(", "))?;
    Ok(())
}
