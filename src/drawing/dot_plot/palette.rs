//! Colours and shapes of groups.
//!
//! The colours follow the palette of Okabe and Ito, which colour-blind readers can tell apart, without yellow and sky blue, which are too
//! light on white, and with orange and purple darkened. Each colour comes in four shapes, so that shape and colour together tell groups apart.

use super::element::Svg;
use super::ranking::Ranked;

const COLOURS: [&str; 6] = [
    "#0072b2", "#d55e00", "#00835f", "#b3548c", "#b87800", "#444444",
];
const SHAPES: [Shape; 4] = [
    Shape::Circle,
    Shape::Diamond,
    Shape::Square,
    Shape::Triangle,
];
/// The colour of lines without a group, and of groups beyond the number of colours and shapes.
const OTHER: Marker = Marker {
    colour: "#8a8a8a",
    shape: Shape::Circle,
};

/// The shape of a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Circle,
    Diamond,
    Square,
    Triangle,
}

/// How the dots of a group look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// The colour.
    pub colour: &'static str,
    /// The shape.
    pub shape: Shape,
}

impl Marker {
    /// Draws a dot; one that is not filled is white inside.
    pub fn draw(self, svg: &mut Svg, at: (f64, f64), radius: f64, is_filled: bool) {
        let (x, y) = at;
        let fill = if is_filled { self.colour } else { "#ffffff" };
        let mut polygon = |points: &[(f64, f64)]| {
            let points = points
                .iter()
                .map(|(right, down)| (x + right * radius, y + down * radius));
            svg.polygon(&points.collect::<Vec<_>>(), fill, self.colour);
        };
        match self.shape {
            Shape::Circle => svg.circle(at, radius, fill, self.colour),
            Shape::Diamond => polygon(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            Shape::Square => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            Shape::Triangle => polygon(&[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)]),
        }
    }
}

/// A group with its look.
#[derive(Debug, Clone, Copy)]
pub struct PaletteGroup<'a> {
    /// The name.
    pub name: &'a str,
    /// How many lines it has.
    pub count: usize,
    /// Its look.
    pub marker: Marker,
}

/// The groups in the order of their best line.
#[derive(Debug)]
pub struct Palette<'a> {
    /// The groups.
    pub groups: Vec<PaletteGroup<'a>>,
}

impl<'a> Palette<'a> {
    /// Gives each group a look, the best group first.
    pub fn of(ranked: &Ranked<'a>) -> Self {
        let mut groups: Vec<PaletteGroup<'a>> = Vec::new();
        for ranked in &ranked.rows {
            let name = ranked.row.group.as_str();
            if name.is_empty() {
                continue;
            }
            if let Some(known) = groups.iter_mut().find(|group| group.name == name) {
                known.count += 1;
                continue;
            }
            let place = groups.len();
            let shape = SHAPES.get(place / COLOURS.len());
            let marker = shape.map_or(OTHER, |shape| Marker {
                colour: COLOURS[place % COLOURS.len()],
                shape: *shape,
            });
            groups.push(PaletteGroup {
                name,
                count: 1,
                marker,
            });
        }
        Self { groups }
    }

    /// The look of a group.
    pub fn marker(&self, name: &str) -> Marker {
        let known = self.groups.iter().find(|group| group.name == name);
        known.map_or(OTHER, |group| group.marker)
    }
}
