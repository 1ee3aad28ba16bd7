//! docs/parameters.md is generated from the code's own tables, so that it cannot drift. Regenerate
//! with
//!
//!     DETENTE_BLESS=1 cargo test --test parameters

use std::collections::BTreeSet;

use detente::model::registry::{PROCESSES, header, kinds, of_kind, table};
use detente::scenario::{Folder, Wanted, read};

#[test]
fn the_table_of_parameters_is_that_of_the_code() {
    let mut text = "# Parameters\n\n\
                    Generated from the code; `detente explain process NAME` prints the same. What the\n\
                    evidence marks mean is in [model.md](model.md).\n"
        .to_owned();
    for entry in PROCESSES {
        let title = header(entry).lines().next().expect("a header has a line").to_owned();
        text += &format!("\n## {title}\n\n{}", table(entry));
    }
    let path = "docs/parameters.md";
    if std::env::var_os("DETENTE_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == text, "{path} is not that of the code; see the head of this test");
}

#[test]
fn what_a_process_counts_is_what_it_is_said_to() {
    let text = include_str!("support/rich.toml");
    let set: Vec<_> =
        PROCESSES.iter().map(|entry| format!("processes.{}.on=true", entry.about.name)).collect();
    let wanted = Wanted { set: &set, ..Wanted::default() };
    let Ok(loaded) = read("rich.toml", text, &Folder::default(), wanted) else {
        panic!("it is right with everything on");
    };
    let mut counted = BTreeSet::new();
    for process in loaded.setup.processes.iter().filter(|p| p.about().name != "events") {
        let name = process.about().name;
        let found: BTreeSet<_> =
            process.channels(&loaded.setup.frame).iter().map(|channel| channel.kind).collect();
        assert_eq!(found, kinds(name).iter().copied().collect(), "{name}");
        for kind in found {
            assert_eq!(of_kind(kind).map(|entry| entry.about.name), Some(name), "{kind}");
            assert!(counted.insert(kind), "{kind} is counted once");
        }
    }
    assert!(counted.len() > 25, "{counted:?}");
}
