//! How the timeline is drawn.

use jiff::civil::Date;
use plotters::prelude::{PathElement, Polygon, Rectangle};
use plotters::style::Color;

use crate::output::charts::axis::{dates, days};
use crate::output::charts::canvas::{Area, Spots, drawing, sheet};
use crate::output::charts::text::{at, centred, right, shorten, style};
use crate::output::charts::theme::{LABEL, MARGIN, SMALL, Theme, WIDE, WIDTH, units};
use crate::output::charts::timeline::{Cell, Strip, Timeline, number};
use crate::output::charts::{ChartError, Drawing, Picture};

/// Height of a strip with the space below it.
const ROW: f64 = 19.0;
/// Height of the strip itself.
const STRIP: f64 = 14.0;
/// For the title of a part.
const PART: f64 = 26.0;
/// For names at the left.
const NAMES: f64 = 190.0;
/// For numbers at the right, and where they end or, the intervals, begin.
const NUMBERS: f64 = 232.0;
const TOTAL: f64 = 56.0;
const PEAK: f64 = 124.0;
const INTERVAL: f64 = 134.0;
/// For the labels of dates.
const AXIS: f64 = 26.0;
const TITLES: [&str; 2] = ["Events of the scenario", "What processes do"];
/// Opacity of the rarest thing that happens at all.
const FAINTEST: f64 = 0.06;

impl Timeline {
    /// The place of a date across the sheet.
    fn x(&self, date: Date) -> f64 {
        let (first, last) = self.span;
        let (left, end) = (MARGIN + NAMES, WIDTH - MARGIN - NUMBERS);
        left + (end - left) * days(first, date) / days(first, last)
    }

    fn strip(
        &self,
        (area, spots): (&Area<'_>, &mut Spots),
        strip: &Strip,
        top: f64,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let middle = top + STRIP / 2.0;
        let name = shorten(&strip.name, LABEL, false, NAMES - 14.0);
        let letters = right(&style(LABEL, false, theme.ink));
        area.draw_text(&name, &letters, at(MARGIN + NAMES - 10.0, middle)).map_err(drawing)?;
        let [left, end] = [self.span.0, self.span.1].map(|date| self.x(date));
        let edge = theme.grid.stroke_width(units(1.0) as u32);
        let frame = [at(left, top), at(end, top + STRIP)];
        area.draw(&Rectangle::new(frame, edge)).map_err(drawing)?;
        let peak = &strip.peak;
        let mut from = left;
        for cell in &strip.cells {
            let to = self.x(cell.date);
            if cell.mean[0] > 0.0 && strip.scheduled.is_none() {
                let opacity = FAINTEST + (1.0 - FAINTEST) * cell.mean[0] / peak.mean[0];
                let colour = theme.curves[0].colour.mix(opacity).filled();
                // What happens on the first day has a date and no step before it.
                let to = to.max(from + 2.0);
                let tile = [at(from, top + 1.0), at(to, top + STRIP - 1.0)];
                area.draw(&Rectangle::new(tile, colour)).map_err(drawing)?;
                spots.within(area, (from, top), (to - from, STRIP), values(strip, cell));
            }
            from = to;
        }
        if let Some(date) = strip.scheduled {
            self.mark(area, (date, top), theme)?;
            let [share, interval] = peak.percents();
            let values =
                format!("{}, {date}\n{share} of trials\n95 % interval: {interval} %", strip.name);
            spots.within(area, (left, top), (end - left, STRIP), values);
        }
        let (total, [value, interval]) = match strip.scheduled {
            Some(_) => (String::new(), peak.percents()),
            None => (number(strip.total()), peak.times()),
        };
        let (ink, quiet) = (style(SMALL, true, theme.ink), style(SMALL, false, theme.quiet));
        for (text, letters, x) in
            [(total, right(&ink), TOTAL), (value, right(&ink), PEAK), (interval, quiet, INTERVAL)]
        {
            area.draw_text(&text, &letters, at(end + x, middle)).map_err(drawing)?;
        }
        Ok(())
    }

    /// A triangle on the day of an event.
    fn mark(
        &self,
        area: &Area<'_>,
        (date, top): (Date, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let x = self.x(date);
        let corners =
            vec![at(x, top + STRIP - 1.0), at(x - 5.0, top + 2.0), at(x + 5.0, top + 2.0)];
        area.draw(&Polygon::new(corners, theme.curves[1].colour.filled())).map_err(drawing)
    }

    /// What the numbers at the right are; where all strips are events with a date, they are shares.
    fn heads(
        &self,
        area: &Area<'_>,
        (dated, y): (bool, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let (heads, end) = (style(SMALL, false, theme.quiet), self.x(self.span.1));
        for (text, letters, x) in [
            (if dated { "" } else { "a trial" }, right(&heads), TOTAL),
            (if dated { "of trials" } else { "in its peak" }, right(&heads), PEAK),
            ("95 % interval", heads.clone(), INTERVAL),
        ] {
            area.draw_text(text, &letters, at(end + x, y)).map_err(drawing)?;
        }
        Ok(())
    }

    fn axis(&self, area: &Area<'_>, top: f64, theme: &Theme) -> Result<(), ChartError> {
        let letters = centred(&style(SMALL, false, theme.quiet));
        for (date, label) in dates(self.span.0, self.span.1, 8) {
            let x = self.x(date);
            let tick = [at(x, top), at(x, top + 4.0)];
            let line = theme.quiet.stroke_width(units(1.0) as u32);
            area.draw(&PathElement::new(tick, line)).map_err(drawing)?;
            area.draw_text(&label, &letters, at(x, top + 13.0)).map_err(drawing)?;
        }
        Ok(())
    }
}

impl Picture for Timeline {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        let parts = || TITLES.iter().zip(&self.parts).filter(|(_, strips)| !strips.is_empty());
        let height: f64 =
            parts().map(|(_, strips)| PART + strips.len() as f64 * ROW).sum::<f64>() + AXIS;
        sheet(&self.heading, self.alt.clone(), (WIDE, height), theme, |area, spots| {
            let mut top = 0.0;
            for (title, strips) in parts() {
                let letters = style(LABEL, true, theme.ink);
                area.draw_text(title, &letters, at(MARGIN, top + 12.0)).map_err(drawing)?;
                let dated = strips.iter().all(|strip| strip.scheduled.is_some());
                self.heads(area, (dated, top + 12.0), theme)?;
                top += PART;
                for strip in strips {
                    self.strip((area, spots), strip, top, theme)?;
                    top += ROW;
                }
            }
            self.axis(area, top, theme)
        })
    }
}

/// What is shown where a step is pointed at.
fn values(strip: &Strip, cell: &Cell) -> String {
    let ([mean, interval], [share, of_share]) = (cell.times(), cell.percents());
    format!(
        "{}, in the step to {}\n{mean} times in a trial, 95 % interval: {interval}\n\
         in {share} of trials, 95 % interval: {of_share} %",
        strip.name, cell.date
    )
}
