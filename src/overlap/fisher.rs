//! Fisher's exact test.

use super::binomial::positive;
use super::options::Tail;
use super::ranking::FisherTest;

/// R counts tables as equally probable within this relative difference.
const TIE: f64 = 1.0 + 1e-7;

/// All tables with the margins of one: the number of chosen candidates inside lies between two bounds.
#[derive(Clone, Copy, Debug)]
struct Margins {
    chosen: u64,
    inside: u64,
    /// Candidates neither chosen nor inside, less those chosen inside; may be negative.
    slack: i128,
    fewest: u64,
    most: u64,
}

impl Margins {
    /// The probability of one more chosen inside, divided by that of `number`, at an odds ratio of 1.
    fn step(self, number: u64) -> f64 {
        let up = (self.chosen - number) as f64 * (self.inside - number) as f64;
        let down = (number + 1) as f64 * (self.slack + i128::from(number) + 1) as f64;
        up / down
    }

    /// The most probable number at an odds ratio.
    fn mode(self, odds_ratio: f64) -> u64 {
        let (mut low, mut high) = (self.fewest, self.most);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.step(middle) * odds_ratio >= 1.0 {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Calls a function with each number and its weight at an odds ratio, the most probable first with weight 1, until
    /// weights fall under the least weight.
    fn visit(self, odds_ratio: f64, least: f64, mut visit: impl FnMut(u64, f64)) {
        let mode = self.mode(odds_ratio);
        visit(mode, 1.0);
        let mut weight = 1.0;
        for number in mode + 1..=self.most {
            weight *= self.step(number - 1) * odds_ratio;
            if weight <= least {
                break;
            }
            visit(number, weight);
        }
        weight = 1.0;
        for number in (self.fewest..mode).rev() {
            weight /= self.step(number) * odds_ratio;
            if weight <= least {
                break;
            }
            visit(number, weight);
        }
    }

    /// The mean and the variance at an odds ratio.
    fn moments(self, odds_ratio: f64) -> (f64, f64) {
        let origin = self.mode(odds_ratio) as f64;
        let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
        self.visit(odds_ratio, 1e-20, |number, weight| {
            let distance = number as f64 - origin;
            sum += weight;
            first += weight * distance;
            second += weight * distance * distance;
        });
        let mean = first / sum;
        (origin + mean, second / sum - mean * mean)
    }

    /// The odds ratio at which `number` is the mean: Newton's method on its logarithm, within bounds that close in.
    fn conditional_odds_ratio(self, number: u64, start: f64) -> f64 {
        let target = number as f64;
        let (mut low, mut high) = (-700.0_f64, 700.0_f64);
        let mut at = start.ln().clamp(low, high);
        for _ in 0..200 {
            let (mean, variance) = self.moments(at.exp());
            if mean < target {
                low = at;
            } else {
                high = at;
            }
            let next = at + (target - mean) / variance;
            let next = if next > low && next < high {
                next
            } else {
                f64::midpoint(low, high)
            };
            let is_done = (next - at).abs() <= 1e-13 * at.abs().max(1.0);
            at = next;
            if is_done {
                break;
            }
        }
        at.exp()
    }
}

impl FisherTest {
    /// The test of a table: chosen candidates inside and outside of the track, other candidates inside and outside.
    #[must_use]
    pub fn of(
        chosen_inside: u64,
        chosen_outside: u64,
        other_inside: u64,
        other_outside: u64,
    ) -> Self {
        let chosen = chosen_inside + chosen_outside;
        let inside = chosen_inside + other_inside;
        let slack = i128::from(other_outside) - i128::from(chosen_inside);
        let margins = Margins {
            chosen,
            inside,
            slack,
            fewest: u64::try_from(-slack).unwrap_or(0),
            most: chosen.min(inside),
        };
        let (mut less, mut at, mut more) = (0.0, 0.0, 0.0);
        let mut others = Vec::new();
        margins.visit(1.0, 0.0, |number, weight| {
            match number.cmp(&chosen_inside) {
                std::cmp::Ordering::Less => less += weight,
                std::cmp::Ordering::Equal => at = weight,
                std::cmp::Ordering::Greater => more += weight,
            }
            others.push(weight);
        });
        let sum = less + at + more;
        let no_more_probable = others.iter().filter(|weight| **weight <= at * TIE);
        let two_sided: f64 = no_more_probable.sum();
        let odds = (chosen_inside as f64 * other_outside as f64)
            / (chosen_outside as f64 * other_inside as f64);
        let conditional = if margins.fewest == margins.most || chosen_inside == margins.most {
            None
        } else if chosen_inside == margins.fewest {
            Some(0.0)
        } else {
            Some(margins.conditional_odds_ratio(chosen_inside, odds))
        };
        FisherTest {
            chosen_inside,
            chosen_outside,
            other_inside,
            other_outside,
            p_more: positive((at + more) / sum),
            p_less: positive((less + at) / sum),
            p_two_sided: positive(two_sided / sum),
            sample_odds_ratio: Some(odds).filter(|odds| odds.is_finite()),
            conditional_odds_ratio: conditional,
        }
    }
}

impl FisherTest {
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
