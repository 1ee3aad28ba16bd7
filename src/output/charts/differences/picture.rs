//! How differences are drawn: names and figures beside the bars, or on a narrow sheet above them.

use plotters::prelude::{Circle, PathElement, Polygon};
use plotters::style::{Color, RGBColor};

use crate::output::charts::axis::numbers;
use crate::output::charts::canvas::{Area, drawing, sheet};
use crate::output::charts::differences::{Differences, Group, Line, signed};
use crate::output::charts::text::{at, centred, right, shorten, style, width, wrap};
use crate::output::charts::theme::{Format, LABEL, NARROW, SMALL, Theme, WIDE, units};
use crate::output::charts::{ChartError, Drawing, Picture};

/// Height of a line of a title, of a bar with the space around it, and of names and figures above it.
const TITLE: f64 = 18.0;
const BAR: f64 = 22.0;
const FIGURES: f64 = 18.0;
/// Above a title, and between the last bar of a group and the next title.
const ABOVE: f64 = 5.0;
const GAP: f64 = 9.0;
const AXIS: f64 = 26.0;
/// The most room for the variants' names at the left, if there are several: the longest there may be
/// that leaves half of the sheet to the values.
const MOST_NAMES: f64 = 260.0;
/// Room for the numbers at the right.
const NUMBERS: f64 = 190.0;

/// Where things stand on a sheet.
#[derive(Clone, Copy)]
struct Layout {
    format: Format,
    /// Whether names and figures stand above the bars.
    above: bool,
    /// Where the scale begins and ends on the sheet (nominal pixels), and in percentage points.
    span: (f64, f64),
    range: (f64, f64),
}

impl Layout {
    fn x(&self, value: f64) -> f64 {
        let ((left, end), (low, high)) = (self.span, self.range);
        left + (value - low) / (high - low) * (end - left)
    }

    fn title(&self, group: &Group) -> Vec<String> {
        let room = self.format.width - 2.0 * self.format.margin;
        if self.above {
            wrap(&group.title, LABEL, true, room)
        } else {
            vec![shorten(&group.title, LABEL, true, room)]
        }
    }

    /// Of a bar with what stands above it.
    fn line(&self) -> f64 {
        if self.above { FIGURES + BAR } else { BAR }
    }

    fn height(&self, group: &Group) -> f64 {
        let title = self.title(group).len() as f64 * TITLE;
        ABOVE + title + group.lines.len() as f64 * self.line() + GAP
    }

    fn ticks(&self) -> (Vec<f64>, usize) {
        numbers(self.range.0, self.range.1, if self.above { 4 } else { 5 })
    }
}

impl Picture for Differences {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        let span = (WIDE.margin + 6.0 + self.names(), WIDE.width - WIDE.margin - NUMBERS);
        self.on(&Layout { format: WIDE, above: false, span, range: self.range }, theme)
    }

    fn draw_narrow(&self, theme: &Theme) -> Result<Option<Drawing>, ChartError> {
        let span = (NARROW.margin + 6.0, NARROW.width - NARROW.margin - 6.0);
        self.on(&Layout { format: NARROW, above: true, span, range: self.range }, theme).map(Some)
    }
}

impl Differences {
    fn on(&self, layout: &Layout, theme: &Theme) -> Result<Drawing, ChartError> {
        let Format { width, margin, .. } = layout.format;
        let height = self.groups.iter().map(|group| layout.height(group)).sum::<f64>() + AXIS;
        let size = (layout.format, height);
        sheet(&self.heading, self.alt.clone(), size, theme, |area, spots| {
            labels(area, layout, theme)?;
            let mut y = AXIS;
            for group in &self.groups {
                y += ABOVE;
                for line in layout.title(group) {
                    let letters = style(LABEL, true, theme.ink);
                    area.draw_text(&line, &letters, at(margin, y + TITLE / 2.0))
                        .map_err(drawing)?;
                    y += TITLE;
                }
                for line in &group.lines {
                    let size = (width - 2.0 * margin, layout.line());
                    spots.within(area, (margin, y), size, line.values(&group.title));
                    let name = self.several.then_some(line.variant.as_str());
                    line.draw(area, name, y, layout, theme)?;
                    y += layout.line();
                }
                y += GAP;
            }
            Ok(())
        })
    }

    /// Room for the variants' names.
    fn names(&self) -> f64 {
        let lines = self.groups.iter().flat_map(|group| &group.lines).filter(|_| self.several);
        let widths = lines.map(|line| 14.0 + width(&line.variant, SMALL, false));
        widths.fold(0.0, f64::max).min(MOST_NAMES)
    }
}

fn labels(area: &Area<'_>, layout: &Layout, theme: &Theme) -> Result<(), ChartError> {
    let (ticks, decimals) = layout.ticks();
    let letters = style(SMALL, false, theme.quiet);
    for tick in ticks {
        let label = if is_zero(tick) { "0".to_owned() } else { format!("{tick:+.decimals$}") };
        // Within the sheet: the scale of a narrow one ends near its edge.
        let (edge, half) = (2.0, width(&label, SMALL, false) / 2.0);
        let x = layout.x(tick).clamp(edge + half, layout.format.width - edge - half);
        area.draw_text(&label, &centred(&letters), at(x, 10.0)).map_err(drawing)?;
    }
    Ok(())
}

/// Lines behind bars, not through the titles.
fn grid(
    area: &Area<'_>,
    (top, bottom): (f64, f64),
    layout: &Layout,
    theme: &Theme,
) -> Result<(), ChartError> {
    for tick in layout.ticks().0 {
        let colour = if is_zero(tick) { theme.quiet } else { theme.grid };
        let line = [at(layout.x(tick), top), at(layout.x(tick), bottom)];
        let stroke = colour.stroke_width(units(1.0) as u32);
        area.draw(&PathElement::new(line, stroke)).map_err(drawing)?;
    }
    Ok(())
}

impl Line {
    /// Its name, if there are several, its figures and its bar.
    fn draw(
        &self,
        area: &Area<'_>,
        name: Option<&str>,
        top: f64,
        layout: &Layout,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let Format { width: sheet, margin, .. } = layout.format;
        let bar = top + layout.line() - BAR;
        grid(area, (bar, bar + BAR), layout, theme)?;
        let middle = bar + BAR / 2.0;
        let [value, low, high] = self.numbers();
        let interval = format!("{low} to {high}{}", if self.settled { " *" } else { "" });
        let (ink, bold) = (style(SMALL, false, theme.ink), style(LABEL, true, theme.ink));
        let quiet = style(SMALL, false, theme.quiet);
        let end = layout.span.1;
        let (y, of_value, of_interval, room) = if layout.above {
            let from = sheet - margin - width(&interval, SMALL, false);
            let room = from - 10.0 - width(&value, LABEL, true) - 10.0 - margin;
            (top + FIGURES / 2.0 + 1.0, from - 10.0, from, room)
        } else {
            (middle, end + 64.0, end + 74.0, layout.span.0 - margin - 14.0)
        };
        if let Some(name) = name {
            let name = shorten(name, SMALL, false, room);
            area.draw_text(&name, &ink, at(margin + 6.0, y)).map_err(drawing)?;
        }
        area.draw_text(&value, &right(&bold), at(of_value, y)).map_err(drawing)?;
        area.draw_text(&interval, &quiet, at(of_interval, y)).map_err(drawing)?;
        let colour = if self.settled { theme.quiet } else { theme.curves[0].colour };
        self.bar(area, middle, layout, colour)
    }

    /// The intervals and the dot, or an arrow towards where they lie.
    fn bar(
        &self,
        area: &Area<'_>,
        y: f64,
        layout: &Layout,
        colour: RGBColor,
    ) -> Result<(), ChartError> {
        let (first, last) = layout.range;
        let span = |(low, high): (f64, f64)| {
            [low, high].map(|value| at(layout.x(value.clamp(first, last)), y))
        };
        if (first..=last).contains(&self.difference) {
            let thin = colour.stroke_width(units(1.0) as u32);
            area.draw(&PathElement::new(span(self.of_all), thin)).map_err(drawing)?;
            let bar = colour.mix(0.55).stroke_width(units(6.0) as u32);
            area.draw(&PathElement::new(span(self.interval), bar)).map_err(drawing)?;
            let place = at(layout.x(self.difference), y);
            return area.draw(&Circle::new(place, units(4.0), colour.filled())).map_err(drawing);
        }
        let (tip, back) =
            if self.difference < first { (layout.x(first), 9.0) } else { (layout.x(last), -9.0) };
        let corners = vec![at(tip, y), at(tip + back, y - 5.0), at(tip + back, y + 5.0)];
        area.draw(&Polygon::new(corners, colour.filled())).map_err(drawing)
    }

    /// What is shown where it is pointed at.
    fn values(&self, title: &str) -> String {
        let [value, low, high] = self.numbers();
        let [low_all, high_all] = [self.of_all.0, self.of_all.1].map(|value| signed(value, 2));
        let settled = if self.settled { "\nfixed by the scenarios" } else { "" };
        format!(
            "{title}, {}\n{value} percentage points, from {} pairs\n95 % interval {low} to {high}\n\
             together with all others {low_all} to {high_all}{settled}",
            self.variant, self.n
        )
    }
}

fn is_zero(tick: f64) -> bool {
    tick.abs() < 1e-9
}
