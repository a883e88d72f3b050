//! File names for user-defined names.

use std::collections::HashMap;

/// The most characters of a name in a file name.
const LONGEST: usize = 120;

/// A unique file name for each identifier, valid on every system; `nameless` if no valid character is left.
pub fn file_names<'n>(identifiers: impl Iterator<Item = &'n str>, nameless: &str) -> Vec<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._+-()".contains(c);
    // Each with the last number that was tried: thousands of equal names are not counted from the start each time.
    let mut taken: HashMap<String, usize> = HashMap::new();
    identifiers
        .map(|identifier| {
            let plain = identifier
                .chars()
                .map(|c| if is_plain(c) { c } else { '_' });
            let plain: String = plain.take(LONGEST).collect();
            let plain = plain.trim_start_matches(['.', '-']);
            let base = if plain.is_empty() { nameless } else { plain };
            let key = base.to_lowercase();
            let Some(mut number) = taken.get(&key).copied() else {
                taken.insert(key, 1);
                return base.to_owned();
            };
            let name = loop {
                number += 1;
                let name = format!("{base}_{number}");
                if !taken.contains_key(&name.to_lowercase()) {
                    break name;
                }
            };
            taken.insert(key, number);
            taken.insert(name.to_lowercase(), 1);
            name
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_folder_or_is_like_another() {
        let names = ["..", ".._etc", "-rf", "a:b", "A_b", "x (2)", "é/ü"];
        let names = file_names(names.into_iter(), "track");
        assert_eq!(
            names,
            ["track", "_etc", "rf", "a_b", "A_b_2", "x_(2)", "___"]
        );
        let long = "x".repeat(500);
        assert_eq!(
            file_names([long.as_str()].into_iter(), "track")[0].len(),
            LONGEST
        );
    }
}
