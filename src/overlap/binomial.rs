//! The binomial test.

use super::options::Tail;
use super::ranking::BinomialTest;

impl BinomialTest {
    /// The test of `inside` hits among `points`, each a hit with the same `probability` (0 to 1).
    #[must_use]
    pub fn of(points: u64, inside: u64, probability: f64) -> Self {
        let (p_less, p_more) = tails(points, inside, probability);
        let expected = points as f64 * probability;
        BinomialTest {
            points,
            inside,
            probability,
            fold: (expected > 0.0).then(|| inside as f64 / expected),
            p_more,
            p_less,
            p_two_sided: (2.0 * p_more.min(p_less)).min(1.0),
        }
    }
}

/// A p-value is never 0: what is smaller than the smallest normal number becomes that number.
pub(super) fn positive(p: f64) -> f64 {
    p.clamp(f64::MIN_POSITIVE, 1.0)
}

/// P(X ≤ inside) and P(X ≥ inside). The probabilities are built from the most probable number outwards and divided by their
/// sum, so both tails keep their relative precision.
fn tails(points: u64, inside: u64, probability: f64) -> (f64, f64) {
    let is_certain = if probability <= 0.0 {
        Some(0)
    } else if probability >= 1.0 {
        Some(points)
    } else {
        None
    };
    if let Some(certain) = is_certain {
        let holds = |holds: bool| if holds { 1.0 } else { f64::MIN_POSITIVE };
        return (holds(certain <= inside), holds(certain >= inside));
    }
    let odds = probability / (1.0 - probability);
    let mode = (((points + 1) as f64 * probability) as u64).min(points);
    let (mut less, mut at, mut more) = (0.0, 0.0, 0.0);
    let mut add = |number: u64, weight: f64| match number.cmp(&inside) {
        std::cmp::Ordering::Less => less += weight,
        std::cmp::Ordering::Equal => at = weight,
        std::cmp::Ordering::Greater => more += weight,
    };
    add(mode, 1.0);
    let mut weight = 1.0;
    for number in mode + 1..=points {
        weight *= (points - number + 1) as f64 / number as f64 * odds;
        if weight == 0.0 {
            break;
        }
        add(number, weight);
    }
    weight = 1.0;
    for number in (0..mode).rev() {
        weight *= (number + 1) as f64 / ((points - number) as f64 * odds);
        if weight == 0.0 {
            break;
        }
        add(number, weight);
    }
    let sum = less + at + more;
    (positive((less + at) / sum), positive((at + more) / sum))
}

impl BinomialTest {
    /// The p-value of a tail.
    #[must_use]
    pub fn p(&self, tail: Tail) -> f64 {
        match tail {
            Tail::More => self.p_more,
            Tail::Less => self.p_less,
            Tail::TwoSided => self.p_two_sided,
        }
    }
}
