//! Lines of the network as they are drawn.

use super::*;

/// Blended with the ground, as the eye sees them: 3 to 1 at the least (WCAG 2.1, 1.4.11), and a pixel wide.
#[test]
fn every_line_of_a_network_can_be_seen() {
    let attribute = |element: &str, name: &str| {
        let rest = element.split_once(&format!(" {name}=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    for text in [FLAGSHIP, &world(3), &world(40), &world_with_a_treaty_of_many(40)] {
        for (drawings, theme) in drawings(text).iter().zip(THEMES) {
            let network = drawings.iter().find(|drawn| drawn.name == "network").expect("a network");
            let mut lines = 0;
            for element in network.drawing.svg.split('<').filter(|e| e.starts_with("polyline")) {
                let colour = attribute(element, "stroke").expect("a colour");
                let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
                let opacity =
                    attribute(element, "opacity").map_or(1.0, |o| o.parse::<f64>().unwrap());
                let ground = theme.paper;
                let seen = |front: u8, back: u8| {
                    (opacity * f64::from(front) + (1.0 - opacity) * f64::from(back)).round() as u8
                };
                let seen = plotters::style::RGBColor(
                    seen(part(1), ground.0),
                    seen(part(3), ground.1),
                    seen(part(5), ground.2),
                );
                // The rim around the cross of a war is of the ground's own colour.
                if seen == ground {
                    continue;
                }
                let contrast = theme::contrast(seen, ground);
                assert!(contrast >= 3.0, "{}: {colour} at {opacity}: {contrast}", theme.name);
                let width: f64 = attribute(element, "stroke-width").unwrap().parse().unwrap();
                assert!(width >= theme::UNIT, "{}: {width}", theme.name);
                lines += 1;
            }
            assert!(lines > 8, "{}: {lines}", theme.name);
        }
    }
}

/// An arc stands for every pair of its states, so that there are fewer elements, and tells its members.
#[test]
fn a_treaty_of_many_is_an_arc_instead_of_its_pairs() {
    let [drawings, ..] = drawings(&world_with_a_treaty_of_many(16));
    let network = drawings.iter().find(|drawn| drawn.name == "network").expect("a network");
    let Drawing { svg, alt } = &network.drawing;
    let members = (0..16).step_by(2).map(|n| format!("State of Number {n}")).collect::<Vec<_>>();
    for (n, member) in members.iter().enumerate() {
        let others: Vec<_> = members.iter().enumerate().filter(|(m, _)| *m != n).collect();
        let pact = format!("defence pact of {member} with each of ");
        let told: Vec<_> = svg.split("<title>").filter(|text| text.starts_with(&pact)).collect();
        assert_eq!(told.len(), 2, "{pact}: in both maps");
        for (told, (_, other)) in told.iter().flat_map(|t| others.iter().map(move |o| (t, o))) {
            assert!(told.contains(other.as_str()) && told.contains(" % of trials"), "{told}");
            assert!(!svg.contains(&format!("<title>defence pact of {member} and {other},")));
        }
    }
    assert!(alt.contains("By defence pact all bound to each other: "), "{alt}");
    assert!(svg.contains("An arc outside"), "it says how to read it");
}
