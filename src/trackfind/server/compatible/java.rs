//! Observable behaviour of Java: the order of hash maps and the format of numbers.

/// `String.hashCode`: over UTF-16 units.
fn hash(text: &str) -> u32 {
    let hash = text.encode_utf16().fold(0_u32, |hash, unit| {
        hash.wrapping_mul(31).wrapping_add(u32::from(unit))
    });
    hash ^ (hash >> 16)
}

/// The number of buckets of a `HashMap` created for `size` members, such as a copy of another map.
fn buckets_of_copy(size: usize) -> usize {
    // size / 0.75 + 1, rounded down like a float-to-int conversion.
    (size * 4 / 3 + 1).next_power_of_two()
}

/// The number of buckets of a `HashMap` that started with `first` and grew to `size` members.
fn buckets_of_grown(first: usize, size: usize) -> usize {
    let mut buckets = first;
    while size * 4 > buckets * 3 {
        buckets *= 2;
    }
    buckets
}

/// Sorts items in the iteration order of a `HashMap` with this many buckets; items of one bucket keep their order.
fn sort<T>(items: &mut [T], key: impl Fn(&T) -> &str, buckets: usize) {
    let mask = u32::try_from(buckets - 1).unwrap_or(u32::MAX);
    items.sort_by_key(|item| hash(key(item)) & mask);
}

/// Sorts items in the order of a `HashMap` into which they were inserted one by one.
pub(super) fn sort_grown<T>(items: &mut [T], key: impl Fn(&T) -> &str) {
    sort_grown_from(16, items, key);
}

/// Sorts items in the order of a `HashMap` of `first` buckets into which they were inserted one by one.
pub(super) fn sort_grown_from<T>(first: usize, items: &mut [T], key: impl Fn(&T) -> &str) {
    let buckets = buckets_of_grown(first, items.len());
    sort(items, key, buckets);
}

/// Sorts items in the order of a `HashMap` that is the copy of another map.
pub(super) fn sort_copied<T>(items: &mut [T], key: impl Fn(&T) -> &str) {
    let buckets = buckets_of_copy(items.len());
    sort(items, key, buckets);
}

/// The indices of names in the order of a `HashMap` into which they were inserted one by one.
pub(super) fn places<'n>(names: impl Iterator<Item = &'n str>) -> Vec<usize> {
    let places = names.enumerate().map(|(place, name)| (name, place));
    let mut places: Vec<(&str, usize)> = places.collect();
    sort_grown(&mut places, |(name, _)| name);
    places.into_iter().map(|(_, place)| place).collect()
}

/// `Double.toString`, with zero unsigned, as in a database; `None` if out of range.
pub(super) fn double(number: f64) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    if number == 0.0 {
        return Some("0.0".to_owned());
    }
    if (1e-3..1e7).contains(&number.abs()) {
        let plain = number.to_string();
        let point = if plain.contains('.') { "" } else { ".0" };
        return Some(plain + point);
    }
    let scientific = format!("{number:E}");
    let (digits, exponent) = scientific.split_once('E')?;
    let point = if digits.contains('.') { "" } else { ".0" };
    Some(format!("{digits}{point}E{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(names: &str) -> String {
        let mut names: Vec<&str> = names.split(' ').collect();
        sort_grown(&mut names, |name| name);
        names.join(" ")
    }

    #[test]
    fn the_categories_come_as_a_server_shows_them() {
        for (names, shown) in [
            (
                "tracks experiments samples studies collection_info doc_info",
                "doc_info experiments studies tracks samples collection_info",
            ),
            (
                "tracks collection_info doc_info",
                "doc_info tracks collection_info",
            ),
        ] {
            assert_eq!(grown(names), shown);
        }
        let names =
            "tracks experiments samples studies collection_info doc_info non_standard_samples";
        assert!(grown(names).starts_with("doc_info non_standard_samples "));
    }

    #[test]
    fn numbers_are_spelled_as_java_spells_them() {
        for (number, spelled) in [
            (42.0, "42.0"),
            (-0.0, "0.0"),
            (1.5, "1.5"),
            (0.001, "0.001"),
            (0.000_12, "1.2E-4"),
            (1e7, "1.0E7"),
            (-123_456_789.0, "-1.23456789E8"),
            (9_999_999.5, "9999999.5"),
        ] {
            assert_eq!(double(number).as_deref(), Some(spelled));
        }
        assert_eq!(double(f64::INFINITY), None);
    }

    #[test]
    fn maps_grow_when_three_quarters_full() {
        assert_eq!(buckets_of_grown(16, 12), 16);
        assert_eq!(buckets_of_grown(16, 13), 32);
        assert_eq!([5, 6, 11, 12, 23].map(buckets_of_copy), [8, 16, 16, 32, 32]);
    }
}
