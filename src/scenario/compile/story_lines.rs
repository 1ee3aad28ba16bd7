//! Which outcomes story lines are made of.

use crate::scenario::compile::questions::{first_date, has_first_date};
use crate::scenario::document::Document;
use crate::scenario::problem::Problems;
use crate::scenario::setup::MOST_OF_STORY_LINES as MOST;

/// The chosen outcomes by number, in the order in which they were chosen; `None` if any cannot be.
pub fn chosen(document: &Document, problems: &mut Problems) -> Option<Vec<usize>> {
    let Some(list) = &document.charts.story_lines else {
        let all = 0..document.outcomes.len();
        return Some(all.filter(|&n| has_first_date(document, n)).take(MOST).collect());
    };
    if let Some(name) = list.get(MOST) {
        let rule = format!("story lines are made of at most {MOST} outcomes");
        problems.add(name.span(), rule, format!("this is number {}", MOST + 1));
        return None;
    }
    let mut chosen = Vec::new();
    for name in list {
        let Some(outcome) = first_date(document, name, problems) else { continue };
        if chosen.contains(&outcome) {
            let rule = "story lines are made of different outcomes";
            let found = format!("`{}` stands here twice", name.get_ref());
            problems.add_with_cure(name.span(), rule, found, "leave one out");
        } else {
            chosen.push(outcome);
        }
    }
    (chosen.len() == list.len()).then_some(chosen)
}
