//! How the network is drawn: states on a circle, the same in both maps, and a bowed line for each
//! relation.

use plotters::element::DashedPathElement;
use plotters::prelude::{Circle, PathElement, Polygon};
use plotters::style::{Color, RGBColor};

use crate::output::charts::canvas::{Area, Spots, drawing, sheet};
use crate::output::charts::network::bands::{self, Band};
use crate::output::charts::network::circle::Link;
use crate::output::charts::network::ring::{Ring, head};
use crate::output::charts::network::{KEY, Look, Network, Relation};
use crate::output::charts::text::{at, centred, style, width, wrap};
use crate::output::charts::theme::{LABEL, MARGIN, SMALL, Theme, WIDE, WIDTH, units};
use crate::output::charts::{ChartError, Drawing, Picture};

/// Space between the maps.
const GAP: f64 = 24.0;
/// Width of a map, and the most that it is high.
const HALF: f64 = (WIDTH - 2.0 * MARGIN - GAP) / 2.0;
/// For the title of a map.
const TITLE: f64 = 26.0;
/// For the legend below the maps.
const LEGEND: f64 = 58.0;
/// Height of a line of names.
const LINE: f64 = 17.0;

impl Network {
    /// The ring of both maps, and its height.
    fn ring(&self) -> (Ring, f64) {
        let lines = [0, 1].into_iter().flat_map(|which| self.lines(which));
        let lines: Vec<_> = lines.map(|link| (link.ends, link.relation.look().bow)).collect();
        let size = (self.circle.states.len(), bands::tracks(&self.drawn.bands));
        Ring::fitted((HALF, HALF), size, &lines)
    }

    /// The links that are lines of their own.
    fn lines(&self, which: usize) -> impl Iterator<Item = &Link> {
        let told = move |link: &&Link| self.drawn.bands.iter().any(|band| band.tells(which, link));
        self.drawn.links[which].iter().filter(move |link| !told(link))
    }

    /// The arcs of treaties of many; a hairline where one passes by.
    fn arcs(
        &self,
        (area, spots): (&Area<'_>, &mut Spots),
        which: usize,
        ring: &Ring,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        for band in &self.drawn.bands {
            for place in band.passed(self.circle.states.len()) {
                let path =
                    ring.arc(place, band.track).iter().map(|&(x, y)| at(x, y)).collect::<Vec<_>>();
                let line = theme.quiet.stroke_width(units(1.0) as u32);
                area.draw(&PathElement::new(path, line)).map_err(drawing)?;
            }
            for (&place, share) in &band.bound[which] {
                let path = ring.arc(place, band.track);
                stroke(area, &path, band.relation, share[0], theme)?;
                let (x, y) = path[path.len() / 2];
                let values = self.values_of_band(which, band, place);
                spots.within(area, (x - 6.0, y - 6.0), (12.0, 12.0), values);
            }
        }
        Ok(())
    }

    fn values_of_band(&self, which: usize, band: &Band, place: usize) -> String {
        let [p, low, high] = band.bound[which][&place].map(|share| 100.0 * share);
        let others = band.bound[which].keys().filter(|&&other| other != place);
        let others: Vec<_> = others.map(|&other| self.circle.states[other].1.as_str()).collect();
        format!(
            "{} of {} with each of {}, {}\n{p:.1} % of trials, mean of these pairs\n95 % intervals: within {low:.1} \
             to {high:.1} %",
            band.relation.title(),
            self.circle.states[place].1,
            others.join(", "),
            self.dates[which]
        )
    }

    fn map(
        &self,
        (area, spots): (&Area<'_>, &mut Spots),
        which: usize,
        ring: &Ring,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let when = ["At the start", "At the end"][which];
        let title = format!("{when}, {}", self.dates[which]);
        let left = MARGIN + which as f64 * (HALF + GAP);
        let ring = &ring.clone().moved((left, TITLE));
        area.draw_text(&title, &style(LABEL, true, theme.ink), at(left, TITLE / 2.0))
            .map_err(drawing)?;
        for relation in Relation::ALL {
            for link in self.lines(which).filter(|link| link.relation == relation) {
                let path = ring.path(link.ends, relation.look().bow);
                stroke(area, &path, relation, link.share[0], theme)?;
                if let Some(&(x, y)) = path.get(path.len() * 2 / 5) {
                    let values = self.values(which, link);
                    spots.within(area, (x - 5.0, y - 5.0), (10.0, 10.0), values);
                }
            }
        }
        self.arcs((area, spots), which, ring, theme)?;
        let letters = centred(&style((ring.disc * 0.68).min(SMALL), true, theme.ink));
        for (state, (code, name)) in self.circle.states.iter().enumerate() {
            let (x, y) = ring.place(state);
            let radius = units(ring.disc);
            area.draw(&Circle::new(at(x, y), radius, theme.paper.filled())).map_err(drawing)?;
            let edge = theme.quiet.stroke_width(units(1.0) as u32);
            area.draw(&Circle::new(at(x, y), radius, edge)).map_err(drawing)?;
            area.draw_text(code, &letters, at(x, y)).map_err(drawing)?;
            let corner = (x - ring.disc, y - ring.disc);
            spots.within(area, corner, (2.0 * ring.disc, 2.0 * ring.disc), name.clone());
        }
        Ok(())
    }

    fn values(&self, which: usize, link: &Link) -> String {
        let between = self.circle.said(link.relation, link.ends);
        let [p, low, high] = link.share.map(|share| 100.0 * share);
        format!(
            "{between}, {}\n{p:.1} % of trials\n95 % interval: {low:.1} to {high:.1} %",
            self.dates[which]
        )
    }

    /// What lines mean: kinds, then widths.
    fn legend(&self, area: &Area<'_>, top: f64, theme: &Theme) -> Result<(), ChartError> {
        let letters = style(SMALL, false, theme.quiet);
        let sample = |x: f64, y: f64| vec![(x, y), (x + 18.0, y), (x + 36.0, y)];
        let mut x = MARGIN;
        for relation in
            [Relation::Defence, Relation::Consultation, Relation::Sanction, Relation::War]
        {
            stroke(area, &sample(x, top), relation, 1.0, theme)?;
            let title = relation.title();
            area.draw_text(title, &letters, at(x + 44.0, top)).map_err(drawing)?;
            x += 44.0 + width(title, SMALL, false) + 26.0;
        }
        x += 30.0;
        for share in KEY {
            let line = theme.quiet.stroke_width(units(Relation::Defence.width(share)) as u32);
            let path = vec![at(x, top), at(x + 36.0, top)];
            area.draw(&PathElement::new(path, line)).map_err(drawing)?;
            let title = format!("{:.0} %", 100.0 * share);
            area.draw_text(&title, &letters, at(x + 44.0, top)).map_err(drawing)?;
            x += 44.0 + width(&title, SMALL, false) + 22.0;
        }
        Ok(())
    }

    /// The names that belong to the codes, in lines.
    fn names(&self) -> Vec<String> {
        let mut states: Vec<_> = self.circle.states.iter().collect();
        states.sort();
        // A code stays with its name.
        let named =
            |(code, name): &&(String, String)| format!("{code} {name}").replace(' ', "\u{a0}");
        let all: Vec<_> = states.iter().map(named).collect();
        wrap(&all.join(" · "), SMALL, false, WIDTH - 2.0 * MARGIN)
    }
}

impl Picture for Network {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        let names = self.names();
        let (ring, height) = self.ring();
        let map = TITLE + height;
        let height = map + LEGEND + names.len() as f64 * LINE;
        sheet(&self.heading, self.alt.clone(), (WIDE, height), theme, |area, spots| {
            self.map((area, spots), 0, &ring, theme)?;
            self.map((area, spots), 1, &ring, theme)?;
            self.legend(area, map + 22.0, theme)?;
            let letters = style(SMALL, false, theme.quiet);
            for (n, line) in names.iter().enumerate() {
                let y = map + LEGEND - 10.0 + n as f64 * LINE;
                area.draw_text(line, &letters, at(MARGIN, y)).map_err(drawing)?;
            }
            Ok(())
        })
    }
}

/// Draws a relation's line; sanctions have a head at whom they are on, wars a cross in their middle.
fn stroke(
    area: &Area<'_>,
    path: &[(f64, f64)],
    relation: Relation,
    share: f64,
    theme: &Theme,
) -> Result<(), ChartError> {
    let [.., (px, py), end] = *path else { return Ok(()) };
    let Look { curve, dashes, .. } = relation.look();
    let colour = theme.curves[curve].colour;
    let width = relation.width(share);
    let line = colour.stroke_width(units(width) as u32);
    let points: Vec<_> = path.iter().map(|&(x, y)| at(x, y)).collect();
    match dashes {
        None => area.draw(&PathElement::new(points, line)),
        Some((dash, gap)) => {
            area.draw(&DashedPathElement::new(points, units(dash), units(gap), line))
        }
    }
    .map_err(drawing)?;
    match relation {
        Relation::Sanction => {
            let corners = head((px, py), end, width).map(|(x, y)| at(x, y)).to_vec();
            area.draw(&Polygon::new(corners, colour.filled())).map_err(drawing)
        }
        Relation::War => {
            // A rim of the ground keeps it apart from a line of its own colour.
            let at = path[path.len() / 2];
            cross(area, at, (width + 2.0, 3.8), theme.paper)?;
            cross(area, at, (width, 1.4), theme.ink)
        }
        Relation::Defence | Relation::Consultation => Ok(()),
    }
}

fn cross(
    area: &Area<'_>,
    (x, y): (f64, f64),
    (line, stroke): (f64, f64),
    colour: RGBColor,
) -> Result<(), ChartError> {
    let arm = 3.0 + line / 2.0;
    let style = colour.stroke_width(units(stroke) as u32);
    for side in [1.0, -1.0] {
        let path = vec![at(x - arm, y - side * arm), at(x + arm, y + side * arm)];
        area.draw(&PathElement::new(path, style)).map_err(drawing)?;
    }
    Ok(())
}
