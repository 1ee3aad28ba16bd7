//! docs/keys.md.

use super::{DEFAULT, Form, Group, Key, Named, Need, PROVENANCE, SECTIONS, Section, TABLE};

const HEAD: &str = "# Keys

Generated from the code: every key of a scenario, section by section. `detente explain key KEY` prints the
same for one of them. How the parts go together is in [scenario.md](scenario.md); `*` marks a key that must
be given. A number or a distribution is a number, or text such as `\"normal(0.4, 0.05)\"`.

`source` and `note` may stand in every entry of `[states]`, `[dyads]`, `[treaties]`, `[sanctions]`, `[wars]`,
`[events]`, `[outcomes]`, `[quantities]`, `[correlations]` and `[variant]`, and in the table of a process.
`table` and `default` stand in a section itself, beside its entries, where its chapter says so.

";

const COLUMNS: &str =
    "| key | takes | range | without it | meaning |\n| --- | --- | --- | --- | --- |\n";

/// The page of all keys.
pub fn markdown() -> String {
    let mut text = format!("{HEAD}{COLUMNS}");
    text.extend(PROVENANCE.iter().chain([&TABLE, &DEFAULT]).map(row));
    for section in SECTIONS.iter().filter(|section| !section.path.starts_with("processes.")) {
        text += &chapter(section);
    }
    text
}

fn chapter(section: &Section) -> String {
    let title = if section.path.is_empty() {
        "Top of a file".to_owned()
    } else {
        format!("`[{}]`", section.shown())
    };
    let mut text = format!("\n## {title}\n\n{}\n", section.meaning);
    text += &names(section);
    if section.path == "variant.*" {
        text += "\nA variant has the keys of a scenario, but for `extends` and `variant`; of these,\n\
                 `without` means something of its own.\n";
    }
    let own = |key: &&Key| section.path != "variant.*" || key.name == "without";
    let keys: Vec<_> = section.keys.iter().filter(own).collect();
    if !keys.is_empty() {
        text += &format!("\n{COLUMNS}");
        text.extend(keys.into_iter().map(row));
    }
    text.extend(section.groups.iter().map(group));
    if section.path == "processes" {
        text += "\nThe table of a process has `on` (true or false), its parameters, which are in\n\
                 [parameters.md](parameters.md), `source` and `note`.\n";
    }
    if !section.forms.is_empty() {
        text += &forms(section);
    }
    text
}

fn names(section: &Section) -> String {
    let Some(entries) = section.entries else { return String::new() };
    let names = match entries.named {
        Named::State => "Entries stand under state codes.",
        Named::Dyad => "Entries stand under dyads.",
        Named::Own => "Entries stand under names of the author's.",
        Named::Quantity => {
            "Names have letters, digits and `_`, and mean nothing else in expressions."
        }
        Named::Variant => "Names have letters, digits, `-` and `_`, at most 64.",
    };
    let table = match (entries.table, entries.default) {
        (Some(first), _) => format!(
            " `table` and `default` may stand beside them; the first column of a table is `{first}`."
        ),
        (None, true) => " `default` may stand beside them.".to_owned(),
        (None, false) => String::new(),
    };
    format!("\n{names}{table}\n")
}

fn row(key: &Key) -> String {
    let star = if key.need == Need::Required { " *" } else { "" };
    let not = match key.not_with {
        [] => String::new(),
        keys => format!(" Not with {}.", quoted(keys)),
    };
    format!(
        "| `{}`{star} | {} | {} | {} | {}{not} |\n",
        key.name,
        key.kind.words(),
        range(key),
        without(key),
        key.meaning
    )
}

fn range(key: &Key) -> String {
    let unit = key.kind.unit().map(|unit| format!(" ({unit})")).unwrap_or_default();
    let text = key.kind.range().replace('"', "`");
    format!("{text}{unit}").trim().to_owned()
}

fn without(key: &Key) -> String {
    match key.need {
        Need::Required | Need::Grouped | Need::Optional => String::new(),
        Need::Default(value) => format!("`{value}`"),
        Need::Without(words) => words.to_owned(),
    }
}

fn quoted(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

fn group(group: &Group) -> String {
    let words = group.words();
    let first = words[..1].to_uppercase();
    format!("\n{first}{} {}.\n", &words[1..], quoted(group.keys()))
}

/// Verbs and subjects, then the keys that go with them.
fn forms(section: &Section) -> String {
    let (what, rule) = if section.path.ends_with("actions") {
        ("verb", "An action has exactly one verb.")
    } else {
        ("question", "An outcome has exactly one of these keys, and those that go with it.")
    };
    let mut text = format!(
        "\n{rule}\n\n| {what} | takes | further keys | meaning |\n| --- | --- | --- | --- |\n"
    );
    for form in section.forms {
        let with = form.with.iter().map(|key| {
            let star = if key.need == Need::Required { " *" } else { "" };
            format!("`{}`{star}", key.name)
        });
        let with = with.collect::<Vec<_>>().join(", ");
        let groups = form.groups.iter().map(|g| format!(" ({} {})", g.words(), quoted(g.keys())));
        let groups: String = groups.collect();
        text += &format!(
            "| `{}` | {} | {with}{groups} | {} |\n",
            form.key.name,
            form.key.kind.words(),
            form.key.meaning
        );
    }
    text + &further(section.forms)
}

fn further(forms: &[Form]) -> String {
    let mut rows: Vec<(&Key, Vec<&str>)> = Vec::new();
    for form in forms {
        for key in form.with {
            let same = |(other, _): &&mut (&Key, _)| {
                (other.name, other.meaning, other.kind) == (key.name, key.meaning, key.kind)
            };
            match rows.iter_mut().find(same) {
                Some((_, verbs)) => verbs.push(form.key.name),
                None => rows.push((key, vec![form.key.name])),
            }
        }
    }
    rows.sort_by_key(|(key, _)| key.name);
    let mut text = "\n| further key | with | takes | range | without it | meaning |\n\
                    | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for (key, verbs) in rows {
        text += &format!(
            "| `{}` | {} | {} | {} | {} | {} |\n",
            key.name,
            quoted(&verbs),
            key.kind.words(),
            range(key),
            without(key),
            key.meaning
        );
    }
    text
}
