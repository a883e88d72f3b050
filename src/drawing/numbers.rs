//! Numbers as people read them.

use super::words::count;

/// A number that can be drawn.
pub fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// A value with three significant digits, `NA` where it is undefined.
pub fn value(value: Option<f64>) -> String {
    let Some(value) = finite(value) else {
        return "NA".to_owned();
    };
    let size = value.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    match size {
        _ if !(0.000_95..1e9).contains(&size) => format!("{value:.1e}"),
        _ if size >= 999.5 => {
            let sign = if value < 0.0 { "-" } else { "" };
            format!("{sign}{}", count(size.round() as usize))
        }
        _ if size >= 99.95 => format!("{value:.0}"),
        _ if size >= 9.995 => format!("{value:.1}"),
        _ if size >= 0.0995 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

/// A p-value with two significant digits, empty where it is unknown.
pub fn p(value: Option<f64>) -> String {
    match finite(value) {
        None => String::new(),
        Some(p) if p >= 0.0995 => format!("{p:.2}"),
        Some(p) if p >= 0.00095 => format!("{p:.3}"),
        Some(p) => format!("{p:.0e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_three_digits_and_p_values_two() {
        let texts = [
            6.8412, 12.34, 123.4, 10_549.2, 0.0, 0.25, 0.0123, 1.04e-5, -1.5, 2e12,
        ]
        .map(|number| value(Some(number)));
        assert_eq!(
            texts,
            [
                "6.84", "12.3", "123", "10,549", "0", "0.25", "0.0123", "1.0e-5", "-1.50", "2.0e12"
            ]
        );
        assert_eq!(value(None), "NA");
        assert_eq!(value(Some(f64::INFINITY)), "NA");
        let texts = [1.0, 0.31, 0.0144, 0.0062, 0.0005].map(|number| p(Some(number)));
        assert_eq!(texts, ["1.00", "0.31", "0.014", "0.006", "5e-4"]);
        assert_eq!(p(Some(f64::NAN)), "");
    }
}
