//! Options that are short for others: a problem in what they say is told under the option that was
//! typed.

use crate::cli::Failure;
use crate::scenario::{LoadError, Loaded, Wrong};

/// The options that are short for `--set`, and what they put before the words typed.
const RULE: [(&str, &str); 2] = [("--until", UNTIL), ("--max-trials", MAX)];
const UNTIL: &str = "run.trials.until=";
const MAX: &str = "run.trials.max=";

/// Loads a scenario that `rule` changes, as words of `--set`, and that lacks the events of `with` by the
/// option `--with`.
pub fn load(
    rule: &[String],
    with: &[String],
    load: impl Fn(&[String]) -> Result<Loaded, LoadError>,
) -> Result<Loaded, Failure> {
    load(rule).map_err(|error| match error {
        LoadError::Wrong(_) if lacks_rule(rule, &load) => {
            Failure::Usage("--max-trials needs --until or a rule in the scenario".to_owned())
        }
        LoadError::Wrong(wrong) => Failure::loading(LoadError::Wrong(retold(wrong, rule, with))),
        other => Failure::loading(other),
    })
}

/// Whether there is a most number of trials and no rule that could end them before.
fn lacks_rule(rule: &[String], load: impl Fn(&[String]) -> Result<Loaded, LoadError>) -> bool {
    let only_most = !rule.is_empty() && rule.iter().all(|words| words.starts_with(MAX));
    only_most && load(&[]).is_ok_and(|loaded| loaded.setup.stopping.is_none())
}

fn retold(mut wrong: Wrong, rule: &[String], with: &[String]) -> Wrong {
    for words in rule {
        let short = RULE.iter().find(|(_, before)| words.starts_with(before));
        if let Some((option, before)) = short {
            wrong.retell(("--set", words), (option, before.len()));
        }
    }
    for words in with {
        wrong.retell(("--without", words), ("--with", 0));
    }
    wrong
}
