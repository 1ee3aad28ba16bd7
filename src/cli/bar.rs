//! A share drawn in a line of text, with its interval.

use anstyle::{AnsiColor, Style};

/// What a share is drawn with: up to the interval's lower end, within it, and beyond.
const CELLS: [char; 3] = ['█', '▒', '·'];

/// A bar of `cells` characters: full up to `low`, shaded up to `high`, dots up to 1.
///
/// Whatever is above 0 shows: an interval too narrow or too low for a cell has one all the same.
pub fn bar((low, high): (f64, f64), cells: usize, coloured: bool) -> String {
    let place = |share: f64| ((share * cells as f64).round() as usize).min(cells);
    let full = place(low);
    let shaded = place(high).max(usize::from(high > 0.0)).max(full);
    let part = |cell: usize, from: usize, to: usize| -> String {
        std::iter::repeat_n(CELLS[cell], to - from).collect()
    };
    let colour = Style::new().fg_color(Some(AnsiColor::Cyan.into()));
    let quiet = Style::new().dimmed();
    let (colour, quiet) = if coloured { (colour, quiet) } else { (Style::new(), Style::new()) };
    format!(
        "{colour}{}{}{colour:#}{quiet}{}{quiet:#}",
        part(0, 0, full),
        part(1, full, shaded),
        part(2, shaded, cells)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_shaded_in_the_interval() {
        let drawn = |low, high| bar((low, high), 10, false);
        assert_eq!(drawn(0.0, 0.0), "··········");
        assert_eq!(drawn(0.0, 0.002), "▒·········");
        assert_eq!(drawn(0.41, 0.62), "████▒▒····");
        assert_eq!(drawn(0.42, 0.43), "████······");
        assert_eq!(drawn(0.998, 1.0), "██████████");
    }

    #[test]
    fn colours_change_nothing_else() {
        let coloured = bar((0.2, 0.4), 10, true);
        assert!(coloured.contains("\u{1b}["), "{coloured:?}");
        let mut plain = String::new();
        let mut within = false;
        for letter in coloured.chars() {
            match letter {
                '\u{1b}' => within = true,
                'm' if within => within = false,
                _ if !within => plain.push(letter),
                _ => {}
            }
        }
        assert_eq!(plain, bar((0.2, 0.4), 10, false));
    }
}
