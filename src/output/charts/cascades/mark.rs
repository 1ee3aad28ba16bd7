//! The marks of the chart of wars: why a state came in.

use plotters::element::{Circle, Polygon, Rectangle};
use plotters::style::{Color, RGBColor};

use crate::output::charts::ChartError;
use crate::output::charts::canvas::{Area, drawing};
use crate::output::charts::text::at;
use crate::output::charts::theme::{Theme, units};

/// How a reason is marked.
pub struct Mark {
    /// The reason, as in `cascades.csv`.
    pub reason: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// The curve whose colour it has; none for that of letters.
    curve: Option<usize>,
    shape: Shape,
}

#[derive(Clone, Copy)]
enum Shape {
    Disc,
    Ring,
    Square,
    Diamond,
}

/// In the order of the legend.
pub const MARKS: [Mark; 4] = [
    Mark {
        reason: "attack",
        meaning: "a dispute became a war",
        curve: Some(1),
        shape: Shape::Disc,
    },
    Mark {
        reason: "defence",
        meaning: "kept a defence pact",
        curve: Some(0),
        shape: Shape::Square,
    },
    Mark {
        reason: "offence",
        meaning: "kept an offence pact",
        curve: Some(2),
        shape: Shape::Diamond,
    },
    Mark { reason: "event", meaning: "an event of the scenario", curve: None, shape: Shape::Ring },
];

impl Mark {
    /// That of a reason; of one that has no mark, that of an event.
    pub fn of(reason: &str) -> &'static Self {
        MARKS.iter().find(|mark| mark.reason == reason).unwrap_or(&MARKS[MARKS.len() - 1])
    }

    /// Draws it around a place.
    ///
    /// # Errors
    /// If the back end refuses.
    pub fn draw(
        &self,
        area: &Area<'_>,
        (x, y): (f64, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let colour = self.colour(theme);
        let corners = |radius: f64, places: [(f64, f64); 4]| {
            places.map(|(dx, dy)| at(x + radius * dx, y + radius * dy)).to_vec()
        };
        let filled = colour.filled();
        match self.shape {
            Shape::Disc => area.draw(&Circle::new(at(x, y), units(4.5), filled)),
            Shape::Ring => {
                area.draw(&Circle::new(at(x, y), units(4.2), theme.paper.filled()))
                    .map_err(drawing)?;
                let edge = colour.stroke_width(units(1.6) as u32);
                area.draw(&Circle::new(at(x, y), units(4.2), edge))
            }
            Shape::Square => {
                let square = [at(x - 4.2, y - 4.2), at(x + 4.2, y + 4.2)];
                area.draw(&Rectangle::new(square, filled))
            }
            Shape::Diamond => {
                let places = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)];
                area.draw(&Polygon::new(corners(5.8, places), filled))
            }
        }
        .map_err(drawing)
    }

    /// Its colour.
    pub fn colour(&self, theme: &Theme) -> RGBColor {
        self.curve.map_or(theme.ink, |curve| theme.curves[curve].colour)
    }
}
