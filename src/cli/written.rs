//! What a command has written, in a line.

use std::collections::BTreeSet;
use std::path::Path;

use crate::analysis::wording::numbers::counted;

/// How many tables and charts there are, in which formats, and what else; `names` are paths within `out`.
pub fn summary(out: &Path, names: &[String]) -> String {
    let (mut tables, mut charts) = (0, BTreeSet::new());
    let (mut formats, mut others) = (BTreeSet::new(), Vec::new());
    for name in names {
        match name.rsplit_once('.') {
            Some((_, "csv")) => tables += 1,
            Some((chart, format)) if name.starts_with("charts/") => {
                charts.insert(chart);
                formats.insert(format.to_uppercase());
            }
            _ => others.push(name.clone()),
        }
    }
    let mut parts = Vec::new();
    if tables > 0 {
        parts.push(counted(tables, "table"));
    }
    if !charts.is_empty() {
        let formats: Vec<_> = formats.into_iter().collect();
        parts.push(format!("{} ({})", counted(charts.len() as u64, "chart"), formats.join(", ")));
    }
    parts.extend(others);
    format!("{}: {}", out.display(), parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_by_what_they_are() {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let of = |all: &[&str]| summary(Path::new("out"), &names(all));
        let two = ["charts/a.png", "charts/a.svg", "charts/b-c.png", "charts/b-c.svg"];
        assert_eq!(
            of(&[&["manifest.json", "summary.csv", "x/summary.csv"], &two[..], &["report.html"]]
                .concat()),
            "out: 2 tables, 2 charts (PNG, SVG), manifest.json, report.html"
        );
        assert_eq!(
            of(&["manifest.json", "a.csv", "report.html"]),
            "out: 1 table, manifest.json, report.html"
        );
    }
}
