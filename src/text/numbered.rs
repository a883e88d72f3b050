//! Names that are there already get a number.

use std::collections::HashMap;

/// The names that are taken.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Each with the last number that it was given: thousands of equal names are not counted from the start each time.
    names: HashMap<String, usize>,
}

/// The name, cut to `longest` characters, with ` (2)`, ` (3)` … at its end where others have it already; takes it.
pub fn numbered(name: &str, longest: usize, taken: &mut Taken) -> String {
    let ending_in = |end: &str| {
        let kept = name.chars().take(longest.saturating_sub(end.len()));
        kept.chain(end.chars()).collect::<String>()
    };
    let plain = ending_in("");
    let Some(mut number) = taken.names.get(&plain).copied() else {
        taken.names.insert(plain.clone(), 1);
        return plain;
    };
    let free = loop {
        number += 1;
        let candidate = ending_in(&format!(" ({number})"));
        if !taken.names.contains_key(&candidate) {
            break candidate;
        }
    };
    taken.names.insert(plain, number);
    taken.names.insert(free.clone(), 1);
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_given_once() {
        let mut taken = Taken::default();
        let given: Vec<String> = ["a", "a (2)", "a", "a", "abcdefg", "abcdefgh"]
            .into_iter()
            .map(|name| numbered(name, 7, &mut taken))
            .collect();
        let expected = ["a", "a (2)", "a (3)", "a (4)", "abcdefg", "abc (2)"];
        assert_eq!(given, expected);
    }
}
