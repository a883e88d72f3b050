//! Parts of texts, counted in characters from 1.

use crate::query::types::Scalar;
use crate::query::value::Value;

/// The texts of all values that are not NULL, with `separator` between them; booleans are `t` and `f` here.
pub(super) fn joined<'a>(
    values: impl Iterator<Item = Option<Value<'a>>>,
    separator: &str,
) -> String {
    let texts = values.flatten().filter_map(|value| match value {
        Value::Boolean(truth) => Some(if truth { "t" } else { "f" }.to_owned()),
        other => match other.cast(Scalar::Text)? {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        },
    });
    texts.collect::<Vec<_>>().join(separator)
}

/// The first `count` characters, or all but the last ones if negative.
pub(super) fn left(text: &str, count: i64) -> String {
    text.chars().take(kept(text, count)).collect()
}

/// The last `count` characters, or all but the first ones if negative.
pub(super) fn right(text: &str, count: i64) -> String {
    let length = text.chars().count();
    text.chars().skip(length - kept(text, count)).collect()
}

/// The number of characters that a count keeps; a negative count is the number to drop.
fn kept(text: &str, count: i64) -> usize {
    let length = text.chars().count();
    let far = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if count < 0 {
        length.saturating_sub(far)
    } else {
        length.min(far)
    }
}

/// The characters from this position on; `None` for a negative length.
pub(super) fn substring(text: &str, start: i64, length: Option<i64>) -> Option<String> {
    let end = match length {
        Some(length) if length < 0 => return None,
        Some(length) => start.saturating_add(length),
        None => i64::MAX,
    };
    // Positions before the text count towards the length.
    let first = usize::try_from(start.max(1) - 1).unwrap_or(usize::MAX);
    let end = usize::try_from(end.max(1) - 1).unwrap_or(usize::MAX);
    let count = end.saturating_sub(first);
    Some(text.chars().skip(first).take(count).collect())
}

/// The field of this number, from 1, or from -1 at the end; empty if there is none, `None` for 0.
pub(super) fn split_part<'t>(text: &'t str, separator: &str, field: i64) -> Option<&'t str> {
    if field == 0 {
        return None;
    }
    let parts: Vec<&str> = match separator {
        "" => vec![text],
        // An empty text has no fields.
        _ if text.is_empty() => Vec::new(),
        _ => text.split(separator).collect(),
    };
    let place = if field > 0 {
        field - 1
    } else {
        i64::try_from(parts.len()).ok()?.checked_add(field)?
    };
    Some(
        usize::try_from(place)
            .ok()
            .and_then(|place| parts.get(place))
            .copied()
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_from_either_end() {
        assert_eq!(split_part("a:b:c", ":", 2), Some("b"));
        assert_eq!(split_part("a:b:c", ":", -1), Some("c"));
        assert_eq!(split_part("a:b:c", ":", 9), Some(""));
        assert_eq!(split_part("a:b:c", "", 1), Some("a:b:c"));
        assert_eq!(split_part("a:b:c", ":", 0), None);
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(left("é日x", 2), "é日");
        assert_eq!(left("é日x", -1), "é日");
        assert_eq!(left("x", -5), "");
        assert_eq!(right("é日x", 2), "日x");
        assert_eq!(right("é日x", -1), "日x");
        for (start, length, expected) in [
            (2, Some(1), Some("日")),
            (0, Some(2), Some("é")),
            (-5, None, Some("é日x")),
            (-5, Some(3), Some("")),
            (9, Some(1), Some("")),
            (2, Some(i64::MAX), Some("日x")),
            (1, Some(-1), None),
        ] {
            assert_eq!(substring("é日x", start, length).as_deref(), expected);
        }
    }
}
