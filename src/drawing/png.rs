//! SVG → PNG, for viewers without SVG, such as Galaxy's reports.
//!
//! The font is embedded, so a picture has the same bytes on every machine.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree};
use thiserror::Error;

/// The font family of all texts, whatever the SVG requests; only its condensed width is embedded.
const FAMILY: &str = "DejaVu Sans";
/// Pixels of the image per pixel of the SVG, for a crisp image on any screen.
const SHARPNESS: f32 = 2.0;
/// The longest side in pixels.
const LONGEST: f32 = 8000.0;
/// The most pixels; each takes four bytes while drawing.
const MOST_PIXELS: f32 = 24_000_000.0;

/// An error while drawing.
#[derive(Debug, Error)]
pub enum PngError {
    /// The text is not SVG.
    #[error("cannot read the picture: {0}")]
    Svg(#[from] usvg::Error),
    /// The size is zero.
    #[error("found a picture of {0} × {1} pixels, expected at least 1 × 1")]
    Size(f32, f32),
    /// The PNG encoder failed.
    #[error("cannot compress the picture: {0}")]
    Packing(String),
}

/// Draws an SVG, whose texts request `sans-serif` among others, at twice its size, or smaller if other programs could not
/// open an image of that size.
///
/// # Errors
/// The text is not SVG, or has no size.
pub fn of_svg(svg: &str) -> Result<Vec<u8>, PngError> {
    let mut options = Options {
        font_family: FAMILY.to_owned(),
        ..Options::default()
    };
    options.fontdb = fonts();
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let (width, height) = (size.width(), size.height());
    let longest = width.max(height);
    let by_area = (MOST_PIXELS / (width * height)).sqrt();
    let scale = SHARPNESS.min(LONGEST / longest).min(by_area);
    let pixels = |length: f32| (length * scale).round().max(1.0) as u32;
    let mut pixmap =
        Pixmap::new(pixels(width), pixels(height)).ok_or(PngError::Size(width, height))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    pixmap
        .encode_png()
        .map_err(|error| PngError::Packing(error.to_string()))
}

/// The fonts, read once.
fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = usvg::fontdb::Database::new();
        for font in [
            dejavu::sans_condensed::regular(),
            dejavu::sans_condensed::bold(),
        ] {
            fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font)));
        }
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    });
    Arc::clone(fonts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Width and height by the header of a PNG.
    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        (number(16), number(20))
    }

    fn svg(width: u32, height: u32, inside: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">{inside}</svg>"
        )
    }

    #[test]
    fn a_picture_is_twice_as_large_and_never_too_large() {
        assert_eq!(size(&of_svg(&svg(300, 40, "")).unwrap()), (600, 80));
        assert_eq!(size(&of_svg(&svg(16_000, 40, "")).unwrap()), (8000, 20));
        let (width, height) = size(&of_svg(&svg(5000, 5000, "")).unwrap());
        assert_eq!((width, height), (4899, 4899));
    }

    #[test]
    fn texts_are_drawn_with_the_font_that_is_in_the_program() {
        let blank = of_svg(&svg(200, 40, "")).unwrap();
        let text = of_svg(&svg(
            200,
            40,
            "<text y=\"20\" font-family=\"Arial,sans-serif\">K562</text>",
        ))
        .unwrap();
        assert!(
            text.len() > blank.len() + 500,
            "{} {}",
            text.len(),
            blank.len()
        );
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(of_svg("K562").is_err());
        assert!(of_svg("").is_err());
    }
}
