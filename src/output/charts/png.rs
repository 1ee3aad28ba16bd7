//! From SVG to PNG.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::output::charts::ChartError;

fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
        fonts.load_font_data(notosans::BOLD_TTF.to_vec());
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}

/// Renders a drawing at `scale` pixels to a nominal one, with the bundled font and no other.
///
/// # Errors
/// If the drawing is no SVG or too large for memory.
pub fn render(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let failed = |what: String| ChartError::Rendering(what);
    let options = Options { fontdb: fonts(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(error.to_string()))?;
    let size = tree.size().to_int_size().scale_by(scale);
    let size = size.ok_or_else(|| failed("the chart has no size".into()))?;
    let mut pixmap = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| failed("the chart is too large".into()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| failed(error.to_string()))
}

/// Width of everything in a drawing, as rendered; for tests of our own measure.
#[cfg(test)]
pub fn text_width(svg: &str) -> f64 {
    let options = Options { fontdb: fonts(), ..Options::default() };
    f64::from(Tree::from_str(svg, &options).unwrap().root().abs_bounding_box().width())
}

/// The boxes of all texts of a drawing, as rendered, with the size of the sheet; for tests.
#[cfg(test)]
pub fn text_boxes(svg: &str) -> (Vec<resvg::usvg::Rect>, (f32, f32)) {
    fn collect(group: &resvg::usvg::Group, boxes: &mut Vec<resvg::usvg::Rect>) {
        for node in group.children() {
            match node {
                resvg::usvg::Node::Group(group) => collect(group, boxes),
                resvg::usvg::Node::Text(text) => boxes.push(text.abs_bounding_box()),
                _ => {}
            }
        }
    }
    let options = Options { fontdb: fonts(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).unwrap();
    let mut boxes = Vec::new();
    collect(tree.root(), &mut boxes);
    (boxes, (tree.size().width(), tree.size().height()))
}
