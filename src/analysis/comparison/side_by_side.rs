//! A trial told twice, side by side: what both have in common, and what only one of them has.

use crate::analysis::comparison::parting::{Pair, Reason};
use crate::analysis::story::{self, phrases};
use crate::engine::tally::{Level, Side};
use crate::engine::trace::Occurrence;
use crate::model::process::{Chance, Reasons, Term, is_routine};

/// Tells a pair: what parts it, then all that happened but routine. Lines of the base begin with
/// `-`, those of the other with `+`, those of both with a blank.
pub fn tell(pair: &Pair<'_>, names: [&str; 2]) -> String {
    let mut text = String::new();
    let story = pair.parts(Level::Story);
    match (&story, pair.parts(Level::Anything)) {
        (_, None) => {
            text += "The two trials do not part but in what only one of the scenarios has.\n";
        }
        (Some(why), _) => {
            text += &format!("The two part in their story {}", why_parted(pair, why, names));
        }
        (None, Some(why)) => {
            text += &format!("The two part in routine only, {}", why_parted(pair, &why, names));
        }
    }
    if pair.pairing.unpaired.iter().any(|alone| !alone.is_empty()) {
        text += "What only one of the scenarios has does not count as parting; it is told below.\n";
    }
    text += &format!("\n- {} only, + {} only\n\n", names[0], names[1]);
    text += &lines(pair);
    text += "\nOutcomes\n";
    text + &answers(pair)
}

/// When and by what a pair parts.
pub fn why_parted(pair: &Pair<'_>, why: &Reason, names: [&str; 2]) -> String {
    let (here, there) = match why.side {
        Side::Base => (0, 1),
        Side::Other => (1, 0),
    };
    let date = story::long(pair.setups[0].calendar.date(why.day));
    let instead = match &why.instead {
        Some(instead) => format!("in {}; {} in {}", names[here], instead.kind, names[there]),
        None => format!("in {} and not then in {}", names[here], names[there]),
    };
    let mut text = format!("on {date}: {} {} {instead}.\n", why.what.kind, why.what.subject);
    if let Some(reasons) = why.reasons.iter().flatten().next() {
        let of = |side: usize| match &why.reasons[side] {
            Some(reasons) => format!("{} in {}", chance(reasons), names[side]),
            None => format!("none in {}", names[side]),
        };
        let what = match reasons.chance {
            Chance::Hazard(_) => "its hazard was",
            Chance::Probability(_) | Chance::Honour(_) => "its probability was",
        };
        text += &format!("    {what} {}, {}", of(0), of(1));
        text += &match (why.draw, reasons.chance) {
            (None, _) => String::new(),
            (Some(draw), Chance::Hazard(_)) => {
                format!("; the threshold drawn was {draw:.4} of a unit-rate clock")
            }
            (Some(draw), _) => format!("; the number drawn was {draw:.4}"),
        };
        text += ".\n";
    }
    if let [Some(base), Some(other)] = &why.reasons {
        for (one, two) in moved(base, other) {
            let value = |term: &Term| story::short(term.value);
            text += &format!(
                "    {}: {} in {}, {} in {}",
                one.what,
                value(one),
                names[0],
                value(two),
                names[1]
            );
            if let (Some(one), Some(two)) = (one.contribution, two.contribution) {
                text += &format!(" ({:+.4} of the log-odds)", two - one);
            }
            text += "\n";
        }
    }
    text
}

/// The terms that differ, those that move the chance most first.
fn moved<'r>(base: &'r Reasons, other: &'r Reasons) -> Vec<(&'r Term, &'r Term)> {
    let pairs = base.terms.iter().zip(&other.terms);
    let mut moved: Vec<_> =
        pairs.filter(|(one, two)| one.what == two.what && one.value != two.value).collect();
    let weight = |(one, two): &(&Term, &Term)| match (one.contribution, two.contribution) {
        (Some(one), Some(two)) => (two - one).abs(),
        _ => 0.0,
    };
    moved.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    moved.truncate(4);
    moved
}

fn chance(reasons: &Reasons) -> String {
    match reasons.chance {
        Chance::Hazard(hazard) => format!("{:.3} % a year", 100.0 * hazard),
        Chance::Probability(p) | Chance::Honour(p) => format!("{:.2} %", 100.0 * p),
    }
}

/// Everything but routine, by day. What happened in both in the same way has its headline only.
fn lines(pair: &Pair<'_>) -> String {
    let [ours, theirs] = [0, 1].map(|side: usize| {
        let occurrences = pair.traces[side].occurrences.iter();
        occurrences.filter(|o| !is_routine(o.channel.kind)).collect::<Vec<_>>()
    });
    let mut lines: Vec<(i32, String)> = Vec::new();
    let mut met = vec![false; theirs.len()];
    for occurrence in ours {
        let twin = theirs.iter().enumerate().find(|(n, other)| {
            !met[*n] && other.day == occurrence.day && other.channel == occurrence.channel
        });
        let told = match twin {
            Some((n, other)) => {
                met[n] = true;
                if same(pair, occurrence, other) {
                    let entry = story::entry(pair.setups[0], occurrence);
                    marked(' ', entry.lines().take(1))
                } else {
                    entry(pair, 0, occurrence) + &entry(pair, 1, other)
                }
            }
            None => entry(pair, 0, occurrence),
        };
        lines.push((occurrence.day, told));
    }
    let alone = theirs.iter().zip(&met).filter(|(_, met)| !**met);
    lines.extend(alone.map(|(other, _)| (other.day, entry(pair, 1, other))));
    lines.sort_by_key(|(day, _)| *day);
    let common = lines.iter().take_while(|(_, text)| text.starts_with(' ')).count();
    let rest: String = lines[common..].iter().map(|(_, text)| text.as_str()).collect();
    match lines.get(common) {
        None => "Nothing but routine happened in one and not in the other.\n".to_owned(),
        Some((day, _)) if common > 0 => {
            let until = story::long(pair.setups[0].calendar.date(*day));
            let plural = if common == 1 { "" } else { "s" };
            format!(
                "  (until {until} the same in both: {common} occurrence{plural}, left out)\n{rest}"
            )
        }
        Some(_) => rest,
    }
}

/// Whether the same followed from it.
fn same(pair: &Pair<'_>, one: &Occurrence, other: &Occurrence) -> bool {
    // In words: in another scenario the same state may have another number.
    let made = |setup, o: &Occurrence| -> Vec<_> {
        o.effects.iter().map(|made| phrases::of(setup, made)).collect()
    };
    made(pair.setups[0], one) == made(pair.setups[1], other)
}

fn entry(pair: &Pair<'_>, side: usize, occurrence: &Occurrence) -> String {
    let text = story::entry(pair.setups[side], occurrence);
    marked(if side == 0 { '-' } else { '+' }, text.lines())
}

fn marked<'t>(mark: char, lines: impl Iterator<Item = &'t str>) -> String {
    lines.map(|line| format!("{mark} {line}\n")).collect()
}

/// The answers, those that differ marked.
fn answers(pair: &Pair<'_>) -> String {
    let [ours, theirs] = [0, 1].map(|side: usize| {
        story::answers(pair.setups[side], &pair.records[side].answers)
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let mut text = String::new();
    for &(one, two) in &pair.pairing.outcomes {
        let (one, two) = (&ours[one], &theirs[two]);
        if one == two {
            text += &format!("  {one}\n");
        } else {
            text += &format!("- {one}\n+ {two}\n");
        }
    }
    text
}
