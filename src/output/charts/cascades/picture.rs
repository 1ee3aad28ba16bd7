//! How the chart of wars is drawn.

use plotters::element::PathElement;
use plotters::style::{Color, ShapeStyle};

use crate::analysis::wording::numbers::{counted, percents};
use crate::output::charts::axis::{magnitudes, numbers};
use crate::output::charts::canvas::{Area, Spots, drawing, sheet};
use crate::output::charts::cascades::mark::{MARKS, Mark};
use crate::output::charts::cascades::{Cascades, Entry, Group, Scale};
use crate::output::charts::text::{at, centred, right, shorten, style, width};
use crate::output::charts::theme::{LABEL, MARGIN, SMALL, Theme, WIDE, WIDTH, units};
use crate::output::charts::{ChartError, Drawing, Picture};

/// Height of a row, of the title of a part, and of that of a group.
const ROW: f64 = 20.0;
const PART: f64 = 34.0;
const GROUP: f64 = 22.0;
/// For the meaning of the marks above, and space below.
const LEGEND: f64 = 22.0;
const BELOW: f64 = 8.0;
/// Where the scale begins and ends.
const SPAN: (f64, f64) = (MARGIN + 352.0, WIDTH - MARGIN - 272.0);
/// Where after the scale a share ends and its interval begins.
const VALUE: f64 = 76.0;
const INTERVAL: f64 = 88.0;
/// How far a joiner stands to the right of the one it joins, and how deep that goes.
const INDENT: f64 = 15.0;
const DEEPEST: usize = 8;

impl Picture for Cascades {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        sheet(&self.heading, self.alt.clone(), (WIDE, self.height()), theme, |area, spots| {
            let scale = &self.scale;
            self.legend(area, theme)?;
            let mut y = LEGEND;
            if !self.begun.is_empty() {
                scale.part(area, "How wars begin", (y, self.begun_height()), theme)?;
                y += PART;
                for entry in &self.begun {
                    scale.row((area, spots), entry, (MARGIN, y), theme)?;
                    y += ROW;
                }
            }
            if !self.joined.is_empty() {
                scale.part(area, "Who joins", (y, self.joined_height()), theme)?;
                y += PART;
            }
            for group in &self.joined {
                scale.group((area, spots), group, y, theme)?;
                y += group.height();
            }
            Ok(())
        })
    }
}

impl Cascades {
    fn begun_height(&self) -> f64 {
        self.begun.len() as f64 * ROW
    }

    fn joined_height(&self) -> f64 {
        self.joined.iter().map(Group::height).sum()
    }

    fn height(&self) -> f64 {
        let part = |rows: f64| if rows == 0.0 { 0.0 } else { PART + rows };
        LEGEND + part(self.begun_height()) + part(self.joined_height()) + BELOW
    }

    /// What the marks mean of which there are any, and what the numbers at the right are.
    fn legend(&self, area: &Area<'_>, theme: &Theme) -> Result<(), ChartError> {
        let letters = style(SMALL, false, theme.quiet);
        let mut x = MARGIN + 5.0;
        for mark in &MARKS {
            if !self.entries().any(|entry| Mark::of(&entry.reason).reason == mark.reason) {
                continue;
            }
            mark.draw(area, (x, 9.0), theme)?;
            area.draw_text(mark.meaning, &letters, at(x + 11.0, 10.0)).map_err(drawing)?;
            x += 11.0 + width(mark.meaning, SMALL, false) + 22.0;
        }
        Ok(())
    }
}

impl Group {
    fn height(&self) -> f64 {
        GROUP + self.entries.len() as f64 * ROW
    }
}

impl Scale {
    fn x(&self, share: f64) -> f64 {
        let part = match self.low {
            None => share / self.top,
            Some(low) => libm::log10(share.max(low) / low) / libm::log10(self.top / low),
        };
        SPAN.0 + part * (SPAN.1 - SPAN.0)
    }

    fn ticks(&self) -> Vec<(f64, String)> {
        let ticks = match self.low {
            None => {
                let (ticks, decimals) = numbers(0.0, 100.0 * self.top, 4);
                ticks.into_iter().map(|tick| (tick, format!("{tick:.decimals$}"))).collect()
            }
            Some(low) => magnitudes(100.0 * low, 100.0 * self.top, 3),
        };
        let place = |(tick, label): (f64, String)| (self.x(tick / 100.0), label + " %");
        ticks.into_iter().map(place).collect()
    }

    /// The title of a part, what the numbers are, and lines behind its rows, which are so high.
    fn part(
        &self,
        area: &Area<'_>,
        title: &str,
        (top, height): (f64, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let quiet = style(SMALL, false, theme.quiet);
        let place = |x: f64| at(x, top + 21.0);
        area.draw_text(title, &style(LABEL, true, theme.ink), place(MARGIN)).map_err(drawing)?;
        let end = SPAN.1;
        for (text, letters, x) in [
            ("of trials", right(&quiet), end + VALUE),
            ("95 % interval", quiet.clone(), end + INTERVAL),
            ("first date", right(&quiet), WIDTH - MARGIN),
        ] {
            area.draw_text(text, &letters, place(x)).map_err(drawing)?;
        }
        let top = top + PART;
        for (x, label) in self.ticks() {
            area.draw_text(&label, &centred(&quiet), place(x)).map_err(drawing)?;
            let grid = theme.grid.stroke_width(units(1.0) as u32);
            line(area, &[(x, top), (x, top + height)], grid)?;
        }
        Ok(())
    }

    /// Those who join against one state, with lines to whom they join.
    fn group(
        &self,
        (area, spots): (&Area<'_>, &mut Spots),
        group: &Group,
        top: f64,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let title =
            shorten(&format!("Against {}", group.against.name), LABEL, false, SPAN.0 - MARGIN);
        let letters = style(LABEL, false, theme.quiet);
        area.draw_text(&title, &letters, at(MARGIN, top + GROUP / 2.0)).map_err(drawing)?;
        let top = top + GROUP;
        let left = |depth: usize| MARGIN + (depth.min(DEEPEST) + 1) as f64 * INDENT;
        let middle = |n: usize| top + (n as f64 + 0.5) * ROW;
        for (n, (depth, entry)) in group.entries.iter().enumerate() {
            let above = group.entries[..n].iter().rposition(|(above, _)| above < depth);
            if let Some(above) = above {
                let x = left(depth - 1) + 4.0;
                let from = middle(above) + 8.0;
                let path = [(x, from), (x, middle(n)), (left(*depth) - 4.0, middle(n))];
                line(area, &path, theme.quiet.stroke_width(units(1.0) as u32))?;
            }
            self.row((area, spots), entry, (left(*depth), middle(n) - ROW / 2.0), theme)?;
        }
        Ok(())
    }

    fn row(
        &self,
        (area, spots): (&Area<'_>, &mut Spots),
        entry: &Entry,
        (left, top): (f64, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let y = top + ROW / 2.0;
        let [who, whom] = entry.label(SPAN.0 - 14.0 - left);
        let place = left + width(&who, LABEL, false) + 4.0;
        area.draw_text(&who, &style(LABEL, false, theme.ink), at(left, y)).map_err(drawing)?;
        area.draw_text(&whom, &style(LABEL, false, theme.quiet), at(place, y)).map_err(drawing)?;
        let mark = Mark::of(&entry.reason);
        let [value, low, high] = entry.share;
        let bar = mark.colour(theme).mix(theme.interval).stroke_width(units(5.0) as u32);
        // Half-way up the small letters.
        let middle = y - 1.0;
        line(area, &[(self.x(low), middle), (self.x(high), middle)], bar)?;
        mark.draw(area, (self.x(value), middle), theme)?;
        let [value, low, high] = percents(entry.share);
        let (ink, quiet) = (style(SMALL, true, theme.ink), style(SMALL, false, theme.quiet));
        let date = entry.first.clone().unwrap_or_default();
        let end = SPAN.1;
        for (text, letters, x) in [
            (format!("{value} %"), right(&ink), end + VALUE),
            (format!("{low} to {high}"), quiet.clone(), end + INTERVAL),
            (date, right(&quiet), WIDTH - MARGIN),
        ] {
            area.draw_text(&text, &letters, at(x, y)).map_err(drawing)?;
        }
        spots.within(area, (MARGIN, top), (WIDTH - 2.0 * MARGIN, ROW), entry.values());
        Ok(())
    }
}

fn line(area: &Area<'_>, path: &[(f64, f64)], style: ShapeStyle) -> Result<(), ChartError> {
    let path: Vec<_> = path.iter().map(|&(x, y)| at(x, y)).collect();
    area.draw(&PathElement::new(path, style)).map_err(drawing)
}

impl Entry {
    /// Who, and what it does to whom; with the other's code, and then shortened, where there is no room
    /// for names.
    fn label(&self, room: f64) -> [String; 2] {
        let deed = if self.joins { "beside" } else { "attacks" };
        let wide = |who: &str, whom: &str| {
            width(who, LABEL, false) + 4.0 + width(&format!("{deed} {whom}"), LABEL, false) > room
        };
        let (state, other) = (&self.state.name, &self.other);
        let whom = if wide(state, &other.name) { &other.code } else { &other.name };
        let rest = format!("{deed} {whom}");
        let left = room - 4.0 - width(&rest, LABEL, false);
        [shorten(state, LABEL, false, left), rest]
    }

    /// What is shown where it is pointed at.
    fn values(&self) -> String {
        let deed = if self.joins { "joins beside" } else { "attacks" };
        let first = self.first.as_ref().map(|date| format!("\nfirst date, median: {date}"));
        format!(
            "{} {deed} {}: {}\n{}, 95 % interval\n{} of {}, {} in all{}",
            self.state.name,
            self.other.name,
            Mark::of(&self.reason).meaning,
            self.said(),
            counted(self.trials, "trial"),
            self.n,
            counted(self.count, "time"),
            first.unwrap_or_default()
        )
    }
}
