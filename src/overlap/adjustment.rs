//! Adjusted p-values.

use super::max_t::max_t;
use super::options::{Adjustment, OverlapOptions};
use super::track_values::TrackValues;

/// Adjusts p-values for their number, in the order given. [`Adjustment::MaxT`] needs random values and is made elsewhere;
/// its p-values are adjusted by Holm's method here, which needs none.
#[must_use]
pub fn adjust(p_values: &[f64], adjustment: Adjustment) -> Vec<f64> {
    let count = p_values.len() as f64;
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&one, &other| p_values[one].total_cmp(&p_values[other]));
    let mut adjusted = vec![1.0; p_values.len()];
    match adjustment {
        Adjustment::Bonferroni => {
            for (adjusted, p) in adjusted.iter_mut().zip(p_values) {
                *adjusted = (p * count).min(1.0);
            }
        }
        Adjustment::Holm | Adjustment::MaxT => {
            let mut largest: f64 = 0.0;
            for (place, &index) in order.iter().enumerate() {
                largest = largest.max(p_values[index] * (count - place as f64));
                adjusted[index] = largest.min(1.0);
            }
        }
        Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli => {
            let factor = if adjustment == Adjustment::BenjaminiYekutieli {
                (1..=p_values.len()).map(|number| 1.0 / number as f64).sum()
            } else {
                1.0
            };
            let mut smallest: f64 = 1.0;
            for (place, &index) in order.iter().enumerate().rev() {
                let p = p_values[index] * count * factor / (place as f64 + 1.0);
                smallest = smallest.min(p);
                adjusted[index] = smallest;
            }
        }
    }
    adjusted
}

/// The adjusted p-values of those that there are.
pub(super) fn adjusted(
    p_values: &[Option<f64>],
    values: Option<&[TrackValues]>,
    options: &OverlapOptions,
) -> Vec<Option<f64>> {
    let tested: Vec<usize> = (0..p_values.len())
        .filter(|&number| p_values[number].is_some())
        .collect();
    let adjusted = match values {
        Some(values) if options.adjustment == Adjustment::MaxT => {
            let values = tested.iter().map(|&number| values[number].null_values());
            max_t(&values.collect::<Vec<_>>(), options.tail)
        }
        _ => {
            let known: Vec<f64> = p_values.iter().copied().flatten().collect();
            adjust(&known, options.adjustment)
        }
    };
    let mut all = vec![None; p_values.len()];
    for (number, p) in tested.into_iter().zip(adjusted) {
        all[number] = Some(p);
    }
    all
}
