//! Letters: the bundled font, its measure, and placing text.

use std::sync::Once;

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, TextStyle, register_font,
};

use crate::output::charts::theme::{UNIT, units};

/// The family as written into the SVG: the bundled font first, for browsers without it the usual.
pub const FAMILY: &str = "Noto Sans, Helvetica, Arial, sans-serif";

static FONTS: Once = Once::new();

/// Plotters writes a font size into SVG divided by this; sizes here are those of the SVG.
const SVG_RATIO: f64 = 1.24;

/// Plotters measures by the height of a line, SVG by the em: a line of Noto Sans is so many ems
/// high.
const LINE_HEIGHT: f64 = 1.362;

/// A font of the family, at a nominal size.
pub fn font(size: f64, bold: bool) -> FontDesc<'static> {
    FONTS.call_once(|| {
        for (style, bytes) in
            [(FontStyle::Normal, notosans::REGULAR_TTF), (FontStyle::Bold, notosans::BOLD_TTF)]
        {
            assert!(register_font(FAMILY, style, bytes).is_ok(), "the bundled font is valid");
        }
    });
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::Name(FAMILY), size * UNIT * SVG_RATIO, style)
}

/// A text style anchored at the left and at the middle of its height.
pub fn style(size: f64, bold: bool, colour: RGBColor) -> TextStyle<'static> {
    let pos = Pos::new(HPos::Left, VPos::Center);
    TextStyle { font: font(size, bold), color: colour.to_backend_color(), pos }
}

/// The same, ending at its place instead of beginning there.
pub fn right(style: &TextStyle<'static>) -> TextStyle<'static> {
    style.pos(Pos::new(HPos::Right, VPos::Center))
}

/// The same, centred on its place.
pub fn centred(style: &TextStyle<'static>) -> TextStyle<'static> {
    style.pos(Pos::new(HPos::Center, VPos::Center))
}

/// The same, turned to read upwards from its place, and centred on it.
pub fn upright(style: &TextStyle<'static>) -> TextStyle<'static> {
    style.pos(Pos::new(HPos::Left, VPos::Center)).transform(FontTransform::Rotate270)
}

/// Nominal width of a text.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let (width, _) = font(size * LINE_HEIGHT / SVG_RATIO, bold).box_size(text).unwrap_or((0, 0));
    f64::from(width) / UNIT
}

/// Breaks a text into lines no wider than `limit`; a word that is wider is shortened.
pub fn wrap(text: &str, size: f64, bold: bool, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // A unit stays with its number.
    let text = text.replace(" %", "\u{1}%");
    let words = text.split(' ').filter(|word| !word.is_empty());
    for word in words.map(|word| word.replace('\u{1}', " ")) {
        let word = word.as_str();
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, bold) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(shorten(word, size, bold, limit)),
        }
    }
    lines
}

/// Shortens a text to `limit`, with an ellipsis.
pub fn shorten(text: &str, size: f64, bold: bool, limit: f64) -> String {
    if width(text, size, bold) <= limit {
        return text.to_owned();
    }
    let mut short: Vec<char> = text.chars().collect();
    while short.pop().is_some() {
        let candidate: String = short.iter().collect::<String>().trim_end().to_owned() + "…";
        if width(&candidate, size, bold) <= limit {
            return candidate;
        }
    }
    String::new()
}

/// A place in drawing units.
pub fn at(x: f64, y: f64) -> (i32, i32) {
    (units(x), units(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_rendered_text() {
        for (text, size, bold) in [
            ("Korea (Democratic People's Republic of)", 14.0, false),
            ("WAVE illi 0.62", 21.0, true),
        ] {
            let weight = if bold { "bold" } else { "normal" };
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='90'><text x='9' y='50' \
                 font-family='{FAMILY}' font-size='{size}' font-weight='{weight}'>{text}</text></svg>"
            );
            let drawn = crate::output::charts::png::text_width(&svg);
            let measured = width(text, size, bold);
            assert!((measured / drawn - 1.0).abs() < 0.03, "{text}: {measured} against {drawn}");
        }
    }

    #[test]
    fn widths_follow_the_letters() {
        let narrow = width("illi", 12.0, false);
        let wide = width("WMWM", 12.0, false);
        assert!(narrow > 5.0 && wide > 2.0 * narrow && wide < 60.0, "{narrow} {wide}");
        let double = width("WMWM", 24.0, false);
        assert!((double / wide - 2.0).abs() < 0.02, "{double} {wide}");
    }

    #[test]
    fn long_texts_are_broken_or_shortened_to_the_limit() {
        let text = "Russia and North Korea bound to defence on 1 March 2027";
        let lines = wrap(text, 12.0, false, 120.0);
        assert!(lines.len() > 1 && lines.iter().all(|l| width(l, 12.0, false) <= 120.0));
        assert_eq!(lines.join(" "), text);
        let lines = wrap(&"x".repeat(300), 12.0, false, 120.0);
        assert!(lines.len() == 1 && lines[0].ends_with('…'));
        let short = shorten(text, 12.0, false, 120.0);
        assert!(short.ends_with('…') && width(&short, 12.0, false) <= 120.0);
        assert_eq!(shorten("short", 12.0, false, 120.0), "short");
    }
}
