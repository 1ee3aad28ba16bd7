//! How the plane of isolation and capability is drawn.

use plotters::element::{Circle, PathElement};
use plotters::style::{Color, ShapeStyle};

use crate::output::charts::axis::{Axis, Margins, plot};
use crate::output::charts::canvas::{Area, Spots, drawing, sheet};
use crate::output::charts::isolation_capability::{MOST_NAMES, Plane, State, per_cent};
use crate::output::charts::labels::{Extent, place};
use crate::output::charts::text::{at, centred, style, width};
use crate::output::charts::theme::{LABEL, MARGIN, SMALL, Theme, UNIT, WIDE, units};
use crate::output::charts::{ChartError, Drawing, Picture};

const HEIGHT: f64 = 580.0;
/// For the name of the lower axis.
const UNDER: f64 = 22.0;
/// Radius of the mark of an end, and of that of a start.
const END: f64 = 4.0;
const START: f64 = 3.0;
/// Farther from its point than this a label has a line to it.
const NEAR: f64 = 18.0;
/// The smallest place that can be pointed at.
const SPOT: f64 = 14.0;

/// What is drawn of a state, in nominal pixels within the area.
struct Track<'a> {
    state: &'a State,
    path: Vec<(f64, f64)>,
    /// Ends of both ranges of 90 % and of both of 50 %.
    outer: [(f64, f64); 4],
    inner: [(f64, f64); 4],
}

impl Track<'_> {
    fn end(&self) -> (f64, f64) {
        self.path[self.path.len() - 1]
    }

    /// What labels must not lie on.
    fn marks(&self) -> [Extent; 2] {
        let mark = |point, radius: f64| Extent::around(point, (2.0 * radius, 2.0 * radius));
        [mark(self.end(), END + 1.0), mark(self.path[0], START + 1.0)]
    }

    /// What they had better not lie on.
    fn lines(&self) -> impl Iterator<Item = Extent> {
        let [left, right, top, bottom] = self.outer;
        let cross = [(left, right), (top, bottom)];
        let path = self.path.windows(2).map(|step| (step[0], step[1]));
        cross.into_iter().chain(path).map(|(one, other)| Extent::between(one, other))
    }
}

impl Picture for Plane {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        sheet(&self.heading, self.alt.clone(), (WIDE, HEIGHT), theme, |area, spots| {
            self.plot(area, theme, spots)
        })
    }
}

impl Plane {
    fn plot(&self, area: &Area<'_>, theme: &Theme, spots: &mut Spots) -> Result<(), ChartError> {
        let margins = Margins {
            top: 6.0,
            left: MARGIN - 8.0,
            right: MARGIN,
            bottom: UNDER,
            x_labels: 26.0,
            y_labels: 56.0,
        };
        let (low, high) = self.capability;
        let x = Axis::of_shares(low, high, 3);
        let y = Axis::of_numbers(self.isolation.0, self.isolation.1, 4, "");
        let chart = plot(area, margins, x, y, "isolation", theme)?;
        let inside = chart.plotting_area();
        let (left, top) = area.get_base_pixel();
        let pixel = |(x, y): (i32, i32)| (f64::from(x - left) / UNIT, f64::from(y - top) / UNIT);
        let tracks: Vec<_> = self
            .states
            .iter()
            .map(|state| state.track(|(c, i)| pixel(inside.map_coordinate(&(libm::log10(c), i)))))
            .collect();
        let (x, y) = inside.get_pixel_range();
        let frame = [pixel((x.start, y.start)), pixel((x.end, y.end))];
        let name = "capability, share of the world at the start (logarithmic)";
        let under = at(f64::midpoint(frame[0].0, frame[1].0), HEIGHT - UNDER / 2.0);
        area.draw_text(name, &centred(&style(SMALL, false, theme.quiet)), under)
            .map_err(drawing)?;
        tracks.iter().try_for_each(|track| track.ranges(area, theme))?;
        tracks.iter().try_for_each(|track| track.path(area, theme))?;
        self.labels(area, &tracks, &Extent::between(frame[0], frame[1]), theme)?;
        for track in &tracks {
            let [left, right, top, bottom] = track.outer;
            let size = ((right.0 - left.0).max(SPOT), (bottom.1 - top.1).max(SPOT));
            let middle = (f64::midpoint(left.0, right.0), f64::midpoint(top.1, bottom.1));
            let corner = (middle.0 - size.0 / 2.0, middle.1 - size.1 / 2.0);
            spots.within(area, corner, size, self.values(track.state));
        }
        Ok(())
    }

    fn labels(
        &self,
        area: &Area<'_>,
        tracks: &[Track<'_>],
        frame: &Extent,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let named = tracks.len() <= MOST_NAMES;
        let size = if named { LABEL } else { SMALL };
        let text = |track: &Track<'_>| {
            if named { track.state.name.clone() } else { track.state.code.clone() }
        };
        let texts: Vec<_> = tracks.iter().map(text).collect();
        let sizes: Vec<_> =
            texts.iter().map(|text| (width(text, size, false) + 2.0, size * 1.45)).collect();
        let points: Vec<_> = tracks.iter().map(Track::end).collect();
        let marks: Vec<_> = tracks.iter().flat_map(Track::marks).collect();
        let lines: Vec<_> = tracks.iter().flat_map(Track::lines).collect();
        let places = place(&points, &sizes, frame, &marks, &lines);
        for (n, centre) in places.into_iter().enumerate() {
            let Some((x, y)) = centre else { continue };
            let (point, (wide, high)) = (points[n], sizes[n]);
            let nearest = (
                point.0.clamp(x - wide / 2.0, x + wide / 2.0),
                point.1.clamp(y - high / 2.0 + 3.0, y + high / 2.0 - 3.0),
            );
            if libm::hypot(nearest.0 - point.0, nearest.1 - point.1) > NEAR {
                let quiet = theme.quiet.stroke_width(units(0.75) as u32);
                line(area, &[point, nearest], quiet)?;
            }
            let letters = centred(&style(size, false, theme.ink));
            area.draw_text(&texts[n], &letters, at(x, y)).map_err(drawing)?;
        }
        Ok(())
    }

    /// What is shown where a state is pointed at.
    fn values(&self, state: &State) -> String {
        let [capability, isolation] = state.said();
        let (start, end) = (state.path[0], self.dates[1]);
        format!(
            "{}\n{}: capability {} %, isolation {:.3}\n{end}, medians with 90 % of trials\ncapability \
             {capability}\nisolation {isolation}",
            state.name,
            self.dates[0],
            per_cent(100.0 * start.0),
            start.1
        )
    }
}

impl State {
    fn track(&self, place: impl Fn((f64, f64)) -> (f64, f64)) -> Track<'_> {
        let (c, i) = (&self.capability, &self.isolation);
        let ends = |low: usize, high: usize| {
            [(c[low], i[2]), (c[high], i[2]), (c[2], i[high]), (c[2], i[low])].map(&place)
        };
        let path = self.path.iter().map(|&point| place(point)).collect();
        Track { state: self, path, outer: ends(0, 4), inner: ends(1, 3) }
    }
}

impl Track<'_> {
    /// The cross at the end.
    fn ranges(&self, area: &Area<'_>, theme: &Theme) -> Result<(), ChartError> {
        let colour = theme.curves[0].colour;
        for (ends, thick, opacity) in [(self.outer, 1.25, 0.55), (self.inner, 5.0, theme.bands[1])]
        {
            let [left, right, top, bottom] = ends;
            let stroke = colour.mix(opacity).stroke_width(units(thick) as u32);
            line(area, &[left, right], stroke)?;
            line(area, &[top, bottom], stroke)?;
        }
        Ok(())
    }

    fn path(&self, area: &Area<'_>, theme: &Theme) -> Result<(), ChartError> {
        let colour = theme.curves[0].colour;
        line(area, &self.path, theme.ink.stroke_width(units(1.25) as u32))?;
        let start = at(self.path[0].0, self.path[0].1);
        area.draw(&Circle::new(start, units(START), theme.paper.filled())).map_err(drawing)?;
        let edge = theme.ink.stroke_width(units(1.25) as u32);
        area.draw(&Circle::new(start, units(START), edge)).map_err(drawing)?;
        let end = at(self.end().0, self.end().1);
        area.draw(&Circle::new(end, units(END), colour.filled())).map_err(drawing)
    }
}

fn line(area: &Area<'_>, path: &[(f64, f64)], style: ShapeStyle) -> Result<(), ChartError> {
    let path: Vec<_> = path.iter().map(|&(x, y)| at(x, y)).collect();
    area.draw(&PathElement::new(path, style)).map_err(drawing)
}
