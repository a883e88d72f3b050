//! Adjusted p-values from p-values alone.

use super::options::Adjustment;

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
