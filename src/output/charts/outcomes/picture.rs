//! How outcomes are drawn: the figures beside the bar, or on a narrow sheet above it.

use plotters::prelude::{Circle, PathElement};
use plotters::style::Color;

use crate::analysis::wording::numbers::{counted, percents};
use crate::output::charts::canvas::{Area, drawing, sheet};
use crate::output::charts::outcomes::{Dots, Row};
use crate::output::charts::text::{at, centred, right, shorten, style, wrap};
use crate::output::charts::theme::{Format, LABEL, NARROW, SMALL, Theme, WIDE, units};
use crate::output::charts::{ChartError, Drawing, Picture};

/// Height of a line of a title.
const TITLE: f64 = 18.0;
/// Height of the bar with the space around it, and of figures above it.
const BAR: f64 = 26.0;
const FIGURES: f64 = 20.0;
const AXIS: f64 = 26.0;
/// Room for figures at the right.
const NUMBERS: f64 = 170.0;
const TICKS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// Where things stand on a sheet.
#[derive(Clone, Copy)]
struct Layout {
    format: Format,
    /// Whether figures stand above the bar.
    above: bool,
}

const BESIDE: Layout = Layout { format: WIDE, above: false };
const ABOVE: Layout = Layout { format: NARROW, above: true };

impl Layout {
    /// Where the scale begins and ends.
    fn span(self) -> (f64, f64) {
        let Format { width, margin, .. } = self.format;
        let figures = if self.above { 0.0 } else { NUMBERS };
        // Labels of ticks reach beyond the ends.
        (margin + 6.0, width - margin - figures - if self.above { 12.0 } else { 0.0 })
    }

    fn x(self, probability: f64) -> f64 {
        let (left, end) = self.span();
        left + probability * (end - left)
    }

    /// The title of a row: in one line, or in as many as it takes.
    fn title(self, row: &Row) -> Vec<String> {
        let (left, end) = self.span();
        if self.above {
            wrap(&row.title, LABEL, false, end - left)
        } else {
            vec![shorten(&row.title, LABEL, false, end - left)]
        }
    }

    fn height(self, row: &Row) -> f64 {
        let figures = if self.above { FIGURES } else { 0.0 };
        self.title(row).len() as f64 * TITLE + figures + BAR
    }
}

impl Picture for Dots {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        self.on(BESIDE, theme)
    }

    fn draw_narrow(&self, theme: &Theme) -> Result<Option<Drawing>, ChartError> {
        self.on(ABOVE, theme).map(Some)
    }
}

impl Dots {
    fn on(&self, layout: Layout, theme: &Theme) -> Result<Drawing, ChartError> {
        let Format { width, margin, .. } = layout.format;
        let height = self.rows.iter().map(|row| layout.height(row)).sum::<f64>() + AXIS;
        let size = (layout.format, height);
        sheet(&self.heading, self.alt.clone(), size, theme, |area, spots| {
            for tick in TICKS {
                let label = format!("{:.0} %", 100.0 * tick);
                let place = at(layout.x(tick), height - AXIS + 12.0);
                area.draw_text(&label, &centred(&style(SMALL, false, theme.quiet)), place)
                    .map_err(drawing)?;
            }
            let mut top = 0.0;
            for row in &self.rows {
                row.draw(area, top, layout, theme)?;
                let height = layout.height(row);
                let size = (width - 2.0 * margin, height);
                spots.within(area, (margin, top), size, row.values());
                top += height;
            }
            Ok(())
        })
    }
}

impl Row {
    fn draw(
        &self,
        area: &Area<'_>,
        top: f64,
        layout: Layout,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let (left, end) = layout.span();
        let letters = style(LABEL, false, theme.ink);
        let title = layout.title(self);
        for (n, line) in title.iter().enumerate() {
            let place = at(left, top + n as f64 * TITLE + 12.0);
            area.draw_text(line, &letters, place).map_err(drawing)?;
        }
        let below = top + title.len() as f64 * TITLE;
        let (ink, quiet) = (style(LABEL, true, theme.ink), style(SMALL, false, theme.quiet));
        let [value, low, high] = percents([self.probability, self.low, self.high]);
        let mark = if self.fixed { " *" } else { "" };
        let (value, interval) = (format!("{value} %"), format!("{low} to {high}{mark}"));
        let middle = if layout.above {
            let y = below + 12.0;
            area.draw_text(&value, &ink, at(left, y)).map_err(drawing)?;
            area.draw_text(&interval, &right(&quiet), at(end, y)).map_err(drawing)?;
            below + FIGURES + 9.0
        } else {
            let y = below + 12.0;
            area.draw_text(&value, &right(&ink), at(end + 70.0, y)).map_err(drawing)?;
            area.draw_text(&interval, &quiet, at(end + 80.0, y)).map_err(drawing)?;
            y
        };
        self.bar(area, middle, layout, theme)
    }

    /// The scale, the interval and the dot.
    fn bar(
        &self,
        area: &Area<'_>,
        y: f64,
        layout: Layout,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let x = |probability| layout.x(probability);
        let grid = |width: f64| theme.grid.stroke_width(units(width) as u32);
        let track = [at(x(0.0), y), at(x(1.0), y)];
        area.draw(&PathElement::new(track, grid(2.0))).map_err(drawing)?;
        for tick in TICKS {
            let tick = [at(x(tick), y - 5.0), at(x(tick), y + 5.0)];
            area.draw(&PathElement::new(tick, grid(1.5))).map_err(drawing)?;
        }
        let colour = if self.fixed { theme.quiet } else { theme.curves[0].colour };
        let interval = [at(x(self.low), y), at(x(self.high), y)];
        let bar = colour.mix(0.55).stroke_width(units(6.0) as u32);
        area.draw(&PathElement::new(interval, bar)).map_err(drawing)?;
        area.draw(&Circle::new(at(x(self.probability), y), units(4.5), colour.filled()))
            .map_err(drawing)
    }

    /// What is shown where it is pointed at.
    fn values(&self) -> String {
        let [value, low, high] = percents([self.probability, self.low, self.high]);
        let (title, yes, n) = (&self.title, self.yes, counted(self.n, "trial"));
        let fixed = if self.fixed { "\nwritten down by the scenario" } else { "" };
        format!("{title}\n{value} %: {yes} of {n}\n95 % interval {low} to {high} %{fixed}")
    }
}
