//! The axis: the range of the values, its ticks, and the place of a value.

use super::element::{GRID, REFERENCE, SOFT_INK, Svg};
use super::ranking::Ranked;
use super::{DotPlot, TEXT};
use crate::drawing::numbers::finite;
use crate::drawing::words::count;

/// About how many ticks an axis has.
const TICKS: f64 = 7.0;
/// Pixels between the ends of the axis and the first and the last value, so that no dot is cut.
const INSET: f64 = 10.0;

/// An axis from left to right.
#[derive(Debug, Clone)]
pub struct Axis {
    low: f64,
    high: f64,
    left: f64,
    right: f64,
    ticks: Vec<(f64, String)>,
}

impl Axis {
    /// An axis for all values, intervals, the reference, and zero where no value is far from it.
    pub fn of(plot: &DotPlot<'_>, ranked: &Ranked<'_>, left: i64, right: i64) -> Self {
        let of_rows = ranked
            .rows
            .iter()
            .flat_map(|ranked| [ranked.row.value, ranked.row.low, ranked.row.high]);
        let values: Vec<f64> = of_rows
            .chain([plot.reference.map(|(value, _)| value)])
            .filter_map(finite)
            .collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut low, mut high) = match least <= most {
            true => (least.min(0.0), most.max(0.0)),
            false => (0.0, 1.0),
        };
        // All values are zero, or the range is beyond the numbers.
        if low >= high || !(high - low).is_finite() {
            (low, high) = (0.0, 1.0);
        }
        let step = step(high - low);
        let first = (low / step).floor();
        let last = (high / step).ceil();
        let ticks = (0..=(last - first) as usize)
            .map(|place| (first + place as f64) * step)
            .map(|tick| (tick, tick_label(tick, step)))
            .collect();
        Self {
            low: first * step,
            high: last * step,
            left: left as f64 + INSET,
            right: right as f64 - INSET,
            ticks,
        }
    }

    /// The place of a value, none if it is not on the axis.
    pub fn place(&self, value: f64) -> Option<f64> {
        let share = (value - self.low) / (self.high - self.low);
        let place = self.left + share * (self.right - self.left);
        (place.is_finite() && (0.0..=1.0).contains(&share)).then_some(place)
    }

    /// The grid behind lines, and the reference.
    pub fn draw_grid(&self, svg: &mut Svg, reference: Option<(f64, &str)>, top: i64, bottom: i64) {
        let (top, bottom) = (top as f64, bottom as f64);
        for (tick, _) in &self.ticks {
            if let Some(x) = self.place(*tick) {
                svg.line((x, top), (x, bottom), GRID, 1.0, "");
            }
        }
        if let Some(x) = reference.and_then(|(value, _)| self.place(value)) {
            svg.line((x, top - 2.0), (x, bottom), REFERENCE, 1.2, "4 3");
        }
    }

    /// The labels of the ticks below a place.
    pub fn draw_ticks_below(&self, svg: &mut Svg, y: i64) {
        self.draw_ticks(svg, y as f64, 5.0, 18.0);
    }

    /// The labels of the ticks above a place.
    pub fn draw_ticks_above(&self, svg: &mut Svg, y: i64) {
        self.draw_ticks(svg, y as f64 + 4.0, -5.0, -8.0);
    }

    fn draw_ticks(&self, svg: &mut Svg, y: f64, length: f64, base: f64) {
        svg.line((self.left, y), (self.right, y), SOFT_INK, 1.0, "");
        for (tick, label) in &self.ticks {
            if let Some(x) = self.place(*tick) {
                svg.line((x, y), (x, y + length), SOFT_INK, 1.0, "");
                svg.text_at((x, y + base), label, TEXT, SOFT_INK, "middle");
            }
        }
    }
}

/// A step of 1, 2 or 5 times a power of ten, found without logarithms, whose last digits differ between machines.
fn step(range: f64) -> f64 {
    let wanted = range / TICKS;
    let mut power = 1.0;
    while power > wanted && power > f64::MIN_POSITIVE * 10.0 {
        power /= 10.0;
    }
    while power * 10.0 <= wanted {
        power *= 10.0;
    }
    let times = [1.0, 2.0, 5.0].into_iter();
    let fitting = times
        .map(|times| times * power)
        .find(|step| *step >= wanted);
    fitting.unwrap_or(10.0 * power)
}

/// A tick with as many decimals as the step has.
fn tick_label(tick: f64, step: f64) -> String {
    if tick.abs() < step / 2.0 {
        return "0".to_owned();
    }
    if !(1e-6..1e9).contains(&step) {
        return format!("{tick:e}");
    }
    let mut decimals = 0;
    let mut scaled = step;
    while decimals < 7 && (scaled - scaled.round()).abs() > 1e-6 * scaled {
        scaled *= 10.0;
        decimals += 1;
    }
    if decimals == 0 {
        let sign = if tick < 0.0 { "-" } else { "" };
        return format!("{sign}{}", count(tick.abs().round() as usize));
    }
    format!("{tick:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (range, expected) in [
            (7.0, 1.0),
            (3.1, 0.5),
            (1.0, 0.2),
            (0.03, 0.005),
            (10_549.0, 2000.0),
        ] {
            let found = step(range);
            assert!(
                (found - expected).abs() < expected * 1e-9,
                "{range}: {found}"
            );
        }
    }

    #[test]
    fn ticks_show_the_decimals_of_their_step() {
        assert_eq!(tick_label(1.5, 0.5), "1.5");
        assert_eq!(tick_label(2.0, 0.5), "2.0");
        assert_eq!(tick_label(-4000.0, 2000.0), "-4,000");
        assert_eq!(tick_label(1e-17, 0.2), "0");
        assert_eq!(tick_label(0.015, 0.005), "0.015");
    }
}
