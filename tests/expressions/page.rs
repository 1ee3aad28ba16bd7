//! docs/expressions.md says what the table of functions says, and its examples are right.

use detente::scenario::expression::words::{Kind, WORDS};

use crate::support::Ground;

fn page() -> String {
    std::fs::read_to_string("docs/expressions.md").expect("the page is there")
}

/// The rows of the table of functions of one kind.
fn rows(kind: Kind) -> String {
    let words = WORDS.iter().filter(|word| word.gives == kind);
    let rows = words.map(|word| {
        let forms = word.forms().join("`, `");
        format!("| `{forms}` | {} | `{}` |\n", word.meaning, word.example)
    });
    format!("| written | meaning | example |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

#[test]
fn every_function_is_in_its_table() {
    let page = page();
    for kind in [Kind::Truth, Kind::Number, Kind::Date] {
        let rows = rows(kind);
        assert!(page.contains(&rows), "docs/expressions.md lacks this table:\n{rows}");
    }
}

#[test]
fn every_example_of_the_page_compiles() {
    let ground = Ground::new();
    let (page, mut examples) = (page(), 0);
    for rest in page.split("```expression\n").skip(1) {
        let block = rest.split_once("```").expect("the example ends").0;
        for text in block.split("\n\n") {
            ground.truth(text.trim());
            examples += 1;
        }
    }
    assert!(examples >= 10, "the examples were found: {examples}");
}
