//! Narrow sheets.

use super::*;

/// Whatever is written in a drawing, less the heading and the footer.
fn written(drawing: &Drawing) -> std::collections::BTreeSet<String> {
    let texts = drawing.svg.split("<text ").skip(1).filter_map(|text| text.split_once('>'));
    texts.map(|(_, text)| text.split("</text>").next().unwrap().trim().to_owned()).collect()
}

/// A narrow sheet has every figure of the wide one, and is as wide as a telephone.
#[test]
fn a_narrow_sheet_leaves_no_figure_out() {
    let ([of_run, ..], [of_comparison, ..]) =
        (drawings(FLAGSHIP), compared(FLAGSHIP, &["no-pact", "no-deterrence"]));
    let mut found = 0;
    for Drawn { name, drawing, narrow, .. } in [of_run, of_comparison].concat() {
        let Some(narrow) = narrow else { continue };
        assert!(narrow.svg.contains("width=\"358\""), "{name}");
        assert_eq!(narrow.alt, drawing.alt);
        let (wide, narrow) = (written(&drawing), written(&narrow));
        let fan = !["outcomes", "differences"].contains(&name.as_str());
        // Of fans the names of panels; their axes have other ticks.
        let figure = |text: &&String| match fan {
            true => text.starts_with(char::is_alphabetic) && !text.ends_with('.'),
            false => text.ends_with(" %") || text.contains(" to "),
        };
        let figures: Vec<_> = wide.iter().filter(figure).filter(|text| text.len() < 25).collect();
        assert!(figures.len() >= if fan { 4 } else { 6 }, "{name}: {figures:?}");
        for figure in figures {
            assert!(narrow.contains(figure), "{name}: {figure} in {narrow:?}");
        }
        found += 1;
    }
    assert_eq!(found, 8, "outcomes, differences, and two fans of the run and of each other");
}
