//! How charts look: sizes shared by all, and the themes that a chart may be drawn in.

use plotters::style::{Color, RGBColor, ShapeStyle};

/// Drawing units in a nominal pixel. The SVG back end places everything on whole units; four to
/// the pixel keep slanted lines smooth.
pub const UNIT: f64 = 4.0;

/// Nominal width of a chart (pixels).
pub const WIDTH: f64 = 960.0;

/// Margin at the left and right edge.
pub const MARGIN: f64 = 24.0;

/// A format of sheets (nominal pixels).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Format {
    /// The width of a sheet.
    pub width: f64,
    /// Its margin at the left and right edge.
    pub margin: f64,
    /// The size of its title.
    pub title: f64,
}

/// That of files.
pub const WIDE: Format = Format { width: WIDTH, margin: MARGIN, title: 21.0 };

/// That of a telephone held upright, on which letters of a wide sheet would be too small to be read.
pub const NARROW: Format = Format { width: 358.0, margin: 10.0, title: 17.0 };

/// Size of subtitles and panel titles.
pub const SUBTITLE: f64 = 14.0;
/// Size of labels.
pub const LABEL: f64 = 12.5;
/// Size of footers and axis numbers.
pub const SMALL: f64 = 11.5;

/// How many curves a theme tells apart.
pub const CURVES: usize = 7;

/// The colours of a chart, and what tells things apart in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// What it is called.
    pub name: &'static str,
    /// Background.
    pub paper: RGBColor,
    /// Titles, labels of curves and values.
    pub ink: RGBColor,
    /// Subtitles, labels of axes and footers.
    pub quiet: RGBColor,
    /// Grid lines.
    pub grid: RGBColor,
    /// What tells curves apart. The first is also that of bands and bars.
    pub curves: [Curve; CURVES],
    /// Opacity of the band of 90 % and, over it, that of 50 %.
    pub bands: [f64; 2],
    /// Opacity of the band of an interval.
    pub interval: f64,
    /// Width of lines (nominal pixels).
    pub line: f64,
    /// Colours of a scale with a middle, at -1, -0.5, 0, 0.5 and 1.
    pub scale: [RGBColor; 5],
    /// Whether what is below the middle of that scale is hatched, because colour does not tell.
    pub hatched: bool,
}

/// What tells a curve apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Its colour.
    pub colour: RGBColor,
    /// Length of dashes and of the gaps between them (nominal pixels); none if it is solid.
    pub dashes: Option<(f64, f64)>,
}

/// All themes, the usual one first.
pub const THEMES: [&Theme; 3] = [&LIGHT, &DARK, &PRINT];

const fn solid(red: u8, green: u8, blue: u8) -> Curve {
    Curve { colour: RGBColor(red, green, blue), dashes: None }
}

const fn dashed(grey: u8, dash: f64, gap: f64) -> Curve {
    Curve { colour: RGBColor(grey, grey, grey), dashes: Some((dash, gap)) }
}

/// On white, in colours of Okabe and Ito (2008), told apart with any colour vision.
pub const LIGHT: Theme = Theme {
    name: "light",
    paper: RGBColor(255, 255, 255),
    ink: RGBColor(34, 34, 34),
    quiet: RGBColor(95, 95, 95),
    grid: RGBColor(226, 226, 226),
    curves: [
        solid(0, 114, 178),
        solid(213, 94, 0),
        solid(0, 158, 115),
        solid(204, 121, 167),
        solid(86, 180, 233),
        solid(230, 159, 0),
        solid(0, 0, 0),
    ],
    bands: [0.18, 0.34],
    interval: 0.4,
    line: 2.0,
    scale: [
        RGBColor(179, 88, 6),
        RGBColor(241, 163, 64),
        RGBColor(247, 247, 247),
        RGBColor(103, 169, 207),
        RGBColor(33, 102, 172),
    ],
    hatched: false,
};

/// On near-black, in the lighter colours of Okabe and Ito.
pub const DARK: Theme = Theme {
    name: "dark",
    paper: RGBColor(24, 26, 30),
    ink: RGBColor(236, 236, 236),
    quiet: RGBColor(172, 177, 184),
    grid: RGBColor(58, 62, 69),
    curves: [
        solid(86, 180, 233),
        solid(240, 134, 60),
        solid(30, 190, 146),
        solid(222, 150, 190),
        solid(240, 228, 66),
        solid(150, 150, 255),
        solid(236, 236, 236),
    ],
    bands: [0.22, 0.38],
    interval: 0.45,
    line: 2.0,
    scale: [
        RGBColor(253, 184, 99),
        RGBColor(160, 92, 20),
        RGBColor(48, 51, 57),
        RGBColor(33, 102, 172),
        RGBColor(146, 197, 222),
    ],
    hatched: false,
};

/// On white in greys: what colour says in the others, dashes and hatching say here.
pub const PRINT: Theme = Theme {
    name: "print",
    paper: RGBColor(255, 255, 255),
    ink: RGBColor(0, 0, 0),
    quiet: RGBColor(70, 70, 70),
    grid: RGBColor(214, 214, 214),
    curves: [
        solid(0, 0, 0),
        dashed(0, 8.0, 4.0),
        dashed(0, 1.5, 3.0),
        solid(140, 140, 140),
        dashed(140, 8.0, 4.0),
        dashed(0, 18.0, 5.0),
        dashed(140, 1.5, 3.0),
    ],
    bands: [0.13, 0.24],
    interval: 0.45,
    line: 1.25,
    scale: [
        RGBColor(150, 150, 150),
        RGBColor(205, 205, 205),
        RGBColor(255, 255, 255),
        RGBColor(205, 205, 205),
        RGBColor(150, 150, 150),
    ],
    hatched: true,
};

impl Theme {
    /// The theme of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        THEMES.into_iter().find(|theme| theme.name == name)
    }

    /// The colours of everything but the scale with a middle, which mixes them.
    pub fn colours(&self) -> Vec<RGBColor> {
        let curves = self.curves.iter().map(|curve| curve.colour);
        [self.paper, self.ink, self.quiet, self.grid].into_iter().chain(curves).collect()
    }

    /// The line of a curve; where there are more curves than styles, they begin anew.
    pub fn stroke(&self, curve: usize) -> ShapeStyle {
        self.curves[curve % CURVES].colour.stroke_width(units(self.line) as u32)
    }

    /// The colour of a value from -1 to 1 on the scale with a middle.
    pub fn on_scale(&self, value: f64) -> RGBColor {
        let place = (value.clamp(-1.0, 1.0) + 1.0) * 2.0;
        let below = (place as usize).min(3);
        let part = place - below as f64;
        let (a, b) = (self.scale[below], self.scale[below + 1]);
        let mix =
            |a: u8, b: u8| (f64::from(a) + part * (f64::from(b) - f64::from(a))).round() as u8;
        RGBColor(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
    }
}

/// Black or white, whichever can be read on this colour: at 4.5 to 1 at the least, on any.
pub fn readable_on(colour: RGBColor) -> RGBColor {
    let [black, white] = [RGBColor(0, 0, 0), RGBColor(255, 255, 255)];
    if contrast(black, colour) >= contrast(white, colour) { black } else { white }
}

/// The contrast of two colours, from 1 (none) to 21, as the Web Content Accessibility Guidelines 2.1
/// define it.
pub fn contrast(one: RGBColor, other: RGBColor) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// Drawing units of a nominal length.
pub fn units(pixels: f64) -> i32 {
    (pixels * UNIT).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_read() {
        for theme in THEMES {
            for (what, colour) in [("ink", theme.ink), ("quiet", theme.quiet)] {
                let contrast = contrast(colour, theme.paper);
                assert!(contrast >= 4.5, "{}: {what} {contrast}", theme.name);
            }
            for step in -100..=100 {
                let cell = theme.on_scale(f64::from(step) / 100.0);
                let contrast = contrast(readable_on(cell), cell);
                assert!(contrast >= 4.5, "{}: {step} {contrast}", theme.name);
            }
        }
        assert!((contrast(RGBColor(0, 0, 0), RGBColor(255, 255, 255)) - 21.0).abs() < 1e-9);
        // A known pair of the guidelines' own examples: #777 on white falls just short.
        assert!((contrast(RGBColor(119, 119, 119), RGBColor(255, 255, 255)) - 4.48).abs() < 0.01);
    }

    #[test]
    fn curves_can_be_seen_and_told_apart() {
        for theme in THEMES {
            for (n, one) in theme.curves.iter().enumerate() {
                let contrast = contrast(one.colour, theme.paper);
                assert!(contrast >= 2.0, "{}: curve {n} {contrast}", theme.name);
                assert!(theme.curves[n + 1..].iter().all(|other| other != one), "{}", theme.name);
            }
        }
        let grey = |RGBColor(red, green, blue)| red == green && green == blue;
        let colours = PRINT.curves.iter().map(|curve| curve.colour).chain(PRINT.scale);
        assert!(colours.chain([PRINT.ink, PRINT.quiet, PRINT.grid]).all(grey));
    }

    /// So that what is drawn in it can be recoloured.
    #[test]
    fn a_colour_of_the_light_theme_says_what_it_is_for() {
        let colours = LIGHT.colours();
        for (n, colour) in colours.iter().enumerate() {
            assert!(!colours[n + 1..].contains(colour), "{colour:?}");
        }
    }

    /// What lies apart on the scale looks apart to those who see no red or no green as well
    /// (simulated after Viénot, Brettel and Mollon 1999).
    #[test]
    fn the_two_sides_of_the_scale_are_told_apart_with_any_colour_vision() {
        for theme in THEMES.into_iter().filter(|theme| !theme.hatched) {
            for step in 3..=10 {
                let value = f64::from(step) / 10.0;
                let sides = [-value, value].map(|value| dichromat(theme.on_scale(value)));
                let apart: f64 = (0..3).map(|n| (sides[0][n] - sides[1][n]).abs()).sum();
                assert!(apart > 60.0, "{}: {value} {apart}", theme.name);
            }
        }
    }

    fn dichromat(RGBColor(red, green, blue): RGBColor) -> [f64; 3] {
        let [red, green, blue] = [red, green, blue].map(|part| (f64::from(part) / 255.0).powf(2.2));
        let yellow = 0.2925 * red + 0.7075 * green;
        let shown = [yellow, yellow, blue + 0.0225 * (red - green)];
        shown.map(|part| 255.0 * part.clamp(0.0, 1.0).powf(1.0 / 2.2))
    }
}
