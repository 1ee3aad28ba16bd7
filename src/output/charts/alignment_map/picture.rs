//! How the alignment map is drawn.

use plotters::prelude::{Circle, PathElement, Rectangle};
use plotters::style::{Color, RGBColor};

use crate::output::charts::alignment_map::{Cell, Map};
use crate::output::charts::canvas::{Area, Spots, drawing, sheet};
use crate::output::charts::text::{at, centred, right, style, upright, width};
use crate::output::charts::theme::{LABEL, MARGIN, SMALL, Theme, WIDE, WIDTH, readable_on, units};
use crate::output::charts::{ChartError, Drawing, Picture};

/// Up to how many states cells have room for their values.
const MOST_VALUES: usize = 15;
/// Space between the maps.
const GAP: f64 = 28.0;
/// Width of a map with the labels at its left.
const HALF: f64 = (WIDTH - 2.0 * MARGIN - GAP) / 2.0;
/// The largest cell.
const LARGEST: f64 = 72.0;
/// For the title of a map.
const TITLE: f64 = 24.0;
/// For the scale below the maps.
const SCALE: f64 = 58.0;

/// Where things are on the sheet (nominal pixels).
struct Layout {
    cell: f64,
    /// For the labels at the left.
    labels: f64,
    /// For those above.
    above: f64,
    /// Size of the labels.
    size: f64,
    /// Whether those above lie.
    lying: bool,
    /// Those at the left and those above.
    rows: Vec<String>,
    columns: Vec<String>,
}

impl Layout {
    /// Draws the labels of a map whose left upper corner is given.
    fn draw(
        &self,
        area: &Area<'_>,
        (left, top): (f64, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let letters = style(self.size, false, theme.quiet);
        for (n, (row, column)) in self.rows.iter().zip(&self.columns).enumerate() {
            let middle = (n as f64 + 0.5) * self.cell;
            area.draw_text(row, &right(&letters), at(left - 5.0, top + middle)).map_err(drawing)?;
            let (letters, place) = if self.lying {
                (centred(&letters), at(left + middle, top - 9.0))
            } else {
                (upright(&letters), at(left + middle, top - 4.0))
            };
            area.draw_text(column, &letters, place).map_err(drawing)?;
        }
        Ok(())
    }
}

impl Map {
    /// Names where there is room for them, codes elsewhere, and both where only rows have room for
    /// names.
    fn layout(&self) -> Layout {
        let count = self.states.len() as f64;
        let labels = |label: fn(&(String, String)) -> String| -> Vec<String> {
            self.states.iter().map(label).collect()
        };
        let widest = |labels: &[String], size: f64| {
            labels.iter().map(|label| width(label, size, false)).fold(0.0, f64::max)
        };
        let codes = labels(|state| state.0.clone());
        let names = labels(|state| state.1.clone());
        let both = labels(|state| format!("{} {}", state.1, state.0));
        let cell = ((HALF - widest(&codes, SMALL) - 8.0) / count).min(LARGEST);
        // A line of letters is higher than its size.
        let size = (cell / 1.42).min(SMALL);
        let room = HALF - cell * count - 8.0;
        let fit_above = |labels: &[String]| widest(labels, size) + 4.0 <= cell;
        let fit_beside = |labels: &[String]| widest(labels, size) <= room;
        let (rows, columns) = if fit_above(&names) && fit_beside(&names) {
            (names.clone(), names)
        } else if fit_beside(&both) {
            (both, codes)
        } else {
            (codes.clone(), codes)
        };
        let lying = fit_above(&columns);
        let above = if lying { 18.0 } else { widest(&columns, size) + 8.0 };
        Layout { cell, labels: widest(&rows, size) + 8.0, above, size, lying, rows, columns }
    }

    fn map(
        &self,
        (area, spots): (&Area<'_>, &mut Spots),
        which: usize,
        layout: &Layout,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let left = MARGIN + which as f64 * (HALF + GAP) + layout.labels;
        let top = TITLE + layout.above;
        let when = ["At the start", "At the end"][which];
        let title = format!("{when}, {}", self.dates[which]);
        area.draw_text(&title, &style(LABEL, true, theme.ink), at(left, TITLE / 2.0))
            .map_err(drawing)?;
        layout.draw(area, (left, top), theme)?;
        let count = self.states.len();
        for (place, cell) in self.cells[which].iter().enumerate() {
            let (i, j) = (place / count, place % count);
            let corner = (left + j as f64 * layout.cell, top + i as f64 * layout.cell);
            let size = (layout.cell, layout.cell);
            match cell {
                Some(cell) => {
                    self.cell(area, cell, corner, layout.cell, theme)?;
                    let values = self.values(which, (i, j), cell);
                    spots.within(area, corner, size, values);
                }
                None if i != j => {
                    let [one, other] = corners(corner, size, 1.0);
                    let edge = theme.grid.stroke_width(units(1.0) as u32);
                    area.draw(&Rectangle::new([one, other], edge)).map_err(drawing)?;
                }
                None => {}
            }
        }
        Ok(())
    }

    fn cell(
        &self,
        area: &Area<'_>,
        cell: &Cell,
        corner: (f64, f64),
        size: f64,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let colour = tile(area, cell.mean, corner, (size, size), theme)?;
        let letters = readable_on(colour);
        let valued = self.states.len() <= MOST_VALUES;
        if valued {
            let text = format!("{:.2}", cell.mean + 0.0);
            let text = if text == "-0.00" { "0.00" } else { text.as_str() };
            let font = centred(&style((size * 0.33).min(SMALL), false, letters));
            let middle = at(corner.0 + size / 2.0, corner.1 + size / 2.0);
            area.draw_text(text, &font, middle).map_err(drawing)?;
        }
        if cell.open() {
            let inset = if valued { (size * 0.2).min(9.0) } else { size / 2.0 };
            let place = at(corner.0 + size - inset, corner.1 + inset);
            let radius = if valued { 2.0 } else { (size * 0.14).max(1.2) };
            area.draw(&Circle::new(place, units(radius), letters.filled())).map_err(drawing)?;
        }
        Ok(())
    }

    /// What is shown where a cell is pointed at.
    fn values(&self, which: usize, (i, j): (usize, usize), cell: &Cell) -> String {
        format!(
            "{} and {}, {}\nmean {:.3}\n90 % of trials: {:.3} to {:.3}",
            self.states[i].1, self.states[j].1, self.dates[which], cell.mean, cell.low, cell.high
        )
    }

    /// The scale of colours, and what marks mean.
    fn scale(&self, area: &Area<'_>, top: f64, theme: &Theme) -> Result<(), ChartError> {
        const STEPS: u32 = 40;
        let (left, length, height) = (MARGIN + 60.0, 320.0, 14.0);
        let step = length / f64::from(STEPS);
        for n in 0..STEPS {
            let value = (f64::from(n) + 0.5) * 2.0 / f64::from(STEPS) - 1.0;
            let corner = (left + f64::from(n) * step, top);
            tile(area, value, corner, (step, height), theme)?;
        }
        let letters = style(SMALL, false, theme.quiet);
        let middle = top + height / 2.0;
        area.draw_text("opposed", &right(&letters), at(left - 8.0, middle)).map_err(drawing)?;
        area.draw_text("aligned", &letters, at(left + length + 8.0, middle)).map_err(drawing)?;
        for tick in [-1.0, -0.5, 0.0, 0.5, 1.0] {
            let place = at(left + (tick + 1.0) / 2.0 * length, top + height + 10.0);
            let label = if tick == 0.0 { "0".to_owned() } else { format!("{tick:+}") };
            area.draw_text(&label, &centred(&letters), place).map_err(drawing)?;
        }
        let mut x = left + length + 90.0;
        let cells = || self.cells.iter().flatten().enumerate();
        if cells().any(|(_, cell)| cell.is_some_and(|cell| cell.open())) {
            let dot = Circle::new(at(x, middle), units(2.5), theme.ink.filled());
            area.draw(&dot).map_err(drawing)?;
            let text = "90 % of trials lie on both sides of 0";
            area.draw_text(text, &letters, at(x + 10.0, middle)).map_err(drawing)?;
            x += 250.0;
        }
        let (count, size) = (self.states.len(), self.states.len().pow(2));
        let gap = |place: usize| place / count != place % count;
        if cells().any(|(place, cell)| cell.is_none() && gap(place % size)) {
            let [one, other] = corners((x - 6.0, top), (height, height), 1.0);
            let edge = theme.grid.stroke_width(units(1.0) as u32);
            area.draw(&Rectangle::new([one, other], edge)).map_err(drawing)?;
            area.draw_text("not in the summary", &letters, at(x + 14.0, middle))
                .map_err(drawing)?;
        }
        Ok(())
    }
}

impl Picture for Map {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        let layout = self.layout();
        let map = TITLE + layout.above + self.states.len() as f64 * layout.cell;
        let height = map + SCALE;
        sheet(&self.heading, self.alt.clone(), (WIDE, height), theme, |area, spots| {
            self.map((area, spots), 0, &layout, theme)?;
            self.map((area, spots), 1, &layout, theme)?;
            self.scale(area, map + 18.0, theme)
        })
    }
}

/// The corners of a rectangle that is so much smaller on every side, in drawing units.
fn corners((x, y): (f64, f64), (wide, high): (f64, f64), inset: f64) -> [(i32, i32); 2] {
    [at(x + inset, y + inset), at(x + wide - inset, y + high - inset)]
}

/// Paints a value, and says in which colour.
fn tile(
    area: &Area<'_>,
    value: f64,
    corner: (f64, f64),
    size: (f64, f64),
    theme: &Theme,
) -> Result<RGBColor, ChartError> {
    let colour = theme.on_scale(value);
    let rectangle = Rectangle::new(corners(corner, size, 0.0), colour.filled());
    area.draw(&rectangle).map_err(drawing)?;
    if theme.hatched && value < 0.0 {
        hatch(area, corner, size, theme)?;
    }
    Ok(colour)
}

/// Slanted lines over a rectangle, in step with those of its neighbours.
fn hatch(
    area: &Area<'_>,
    (x, y): (f64, f64),
    (wide, high): (f64, f64),
    theme: &Theme,
) -> Result<(), ChartError> {
    const APART: f64 = 4.0;
    // Lines of equal x + y, every few pixels.
    let first = ((x + y) / APART).ceil() as i64;
    let last = ((x + y + wide + high) / APART).floor() as i64;
    for sum in (first..=last).map(|n| n as f64 * APART) {
        let from = (sum - y).min(x + wide);
        let to = (sum - y - high).max(x);
        let path = [at(from, sum - from), at(to, sum - to)];
        let line = PathElement::new(path, theme.quiet.mix(0.45).stroke_width(units(0.5) as u32));
        area.draw(&line).map_err(drawing)?;
    }
    Ok(())
}
