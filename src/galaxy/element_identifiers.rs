//! Element identifiers: what Galaxy calls a track for as long as it goes through tools.

use crate::text::numbered::{Taken, numbered};

/// How many characters Galaxy keeps of an element identifier.
pub const LONGEST: usize = 255;

/// The names with every character outside `A–Z a–z 0–9 . _ : + -` as `_`, and with ` (2)`, ` (3)` … behind those that
/// came before; at most 255 characters each.
pub fn element_identifiers<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = Taken::default();
    names
        .map(|name| numbered(&plain(name), LONGEST, &mut taken))
        .collect()
}

fn plain(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._:+-".contains(c);
    let name = name.trim();
    if name.is_empty() {
        return "track".to_owned();
    }
    name.chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_still_told_apart() {
        let (one, two) = (
            format!("{}1", "x".repeat(300)),
            format!("{}2", "x".repeat(300)),
        );
        let names = element_identifiers([one.as_str(), &two].into_iter());
        assert_eq!(names[0], "x".repeat(255));
        assert_eq!(names[1], format!("{} (2)", "x".repeat(251)));
    }

    #[test]
    fn names_are_plain_and_each_is_there_once() {
        let names = [
            "encode:ENCFF1",
            "T cell/CD4+",
            "../x",
            "",
            "é",
            "è",
            "encode:ENCFF1",
        ];
        assert_eq!(
            element_identifiers(names.into_iter()),
            [
                "encode:ENCFF1",
                "T_cell_CD4+",
                ".._x",
                "track",
                "_",
                "_ (2)",
                "encode:ENCFF1 (2)"
            ]
        );
    }
}
