//! docs/parameters.md is generated from the code's own tables, so that it cannot drift. Regenerate
//! with
//!
//!     DETENTE_BLESS=1 cargo test --test parameters

use detente::model::registry::{PROCESSES, header, table};

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
