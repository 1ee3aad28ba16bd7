//! Which shard is to be run: as typed, or as a scheduler says.

use crate::engine::shard::Shard;

/// A shard as typed: `3/16`, or `auto`.
pub fn shard(text: &str) -> Result<Shard, String> {
    if text == "auto" {
        return of_environment(&|name| std::env::var(name).ok());
    }
    text.parse()
}

/// The shard that an array task of Slurm is to run.
fn of_environment(variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, String> {
    let number = |name: &str| -> Result<Option<u64>, String> {
        let Some(text) = variable(name) else { return Ok(None) };
        let number = text.parse().map_err(|_| format!("{name} is `{text}`, no whole number"));
        number.map(Some)
    };
    let Some(id) = number("SLURM_ARRAY_TASK_ID")? else {
        // PBS tells a task its number, but not how many there are.
        let cure = match variable("PBS_ARRAY_INDEX") {
            Some(index) => {
                format!("write --shard \"$PBS_ARRAY_INDEX/N\" for N tasks; this is {index}")
            }
            None => {
                "it is set in the tasks of `sbatch --array=1-N`; else write --shard i/N".to_owned()
            }
        };
        return Err(format!("auto needs SLURM_ARRAY_TASK_ID, which is not set; {cure}"));
    };
    let count = number("SLURM_ARRAY_TASK_COUNT")?
        .ok_or("auto needs SLURM_ARRAY_TASK_COUNT, which is not set; write --shard i/N")?;
    let step = number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
    let min = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(1);
    let max = number("SLURM_ARRAY_TASK_MAX")?;
    let place = id.checked_sub(min).filter(|place| place.is_multiple_of(step)).map(|p| p / step);
    let whole =
        max.is_none_or(|max| max.checked_sub(min).map(|span| span / step + 1) == Some(count));
    match place {
        Some(place) if whole && place < count => Shard::new(place + 1, count),
        // Some tasks of an array are run once more: which shards they are cannot be told from them.
        _ => Err(format!(
            "auto cannot tell the shard of task {id}: the {count} tasks of the array are no whole range \
             from {min} on; write --shard \"$SLURM_ARRAY_TASK_ID/N\" for N shards"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(variables: &[(&str, &str)]) -> Result<(u64, u64), String> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        of_environment(&variable).map(|shard| (shard.number, shard.of))
    }

    fn array(
        id: &str,
        min: &str,
        max: &str,
        step: &str,
        count: &str,
    ) -> Result<(u64, u64), String> {
        told(&[
            ("SLURM_ARRAY_TASK_ID", id),
            ("SLURM_ARRAY_TASK_MIN", min),
            ("SLURM_ARRAY_TASK_MAX", max),
            ("SLURM_ARRAY_TASK_STEP", step),
            ("SLURM_ARRAY_TASK_COUNT", count),
        ])
    }

    #[test]
    fn tasks_of_an_array_are_its_shards() {
        assert_eq!(array("1", "1", "16", "1", "16"), Ok((1, 16)));
        assert_eq!(array("0", "0", "15", "1", "16"), Ok((1, 16)));
        assert_eq!(array("15", "0", "15", "1", "16"), Ok((16, 16)));
        assert_eq!(array("9", "1", "9", "4", "3"), Ok((3, 3)));
    }

    #[test]
    fn an_array_with_gaps_has_no_shards_of_its_own() {
        for (id, min, max, count) in [("7", "3", "7", "2"), ("3", "3", "9", "3")] {
            let error = array(id, min, max, "1", count).unwrap_err();
            assert!(error.contains("$SLURM_ARRAY_TASK_ID/N"), "{error}");
        }
    }

    #[test]
    fn what_is_not_told_is_asked_for() {
        assert!(told(&[]).unwrap_err().contains("sbatch --array=1-N"));
        assert!(told(&[("PBS_ARRAY_INDEX", "4")]).unwrap_err().contains("$PBS_ARRAY_INDEX/N"));
        let no_count = told(&[("SLURM_ARRAY_TASK_ID", "4")]).unwrap_err();
        assert!(no_count.contains("SLURM_ARRAY_TASK_COUNT"), "{no_count}");
        let no_number = array("four", "1", "16", "1", "16").unwrap_err();
        assert!(no_number.contains("`four`, no whole number"), "{no_number}");
    }
}
