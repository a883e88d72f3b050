//! Unique names: each name is given once, and one that is taken gets a number.

use std::collections::HashMap;

/// The most characters of a name that become part of a file name or a tag.
const LONGEST_FILE_NAME: usize = 120;

/// Names that are taken.
#[derive(Debug, Clone, Default)]
pub struct UniqueNames {
    /// Each with the last number that it was given: thousands of equal names are not counted from the start each time.
    taken: HashMap<String, usize>,
}

impl UniqueNames {
    /// Takes a name: cut to `longest` characters, with ` (2)`, ` (3)` … at its end where it is taken.
    pub fn numbered(&mut self, name: &str, longest: usize) -> String {
        self.take(str::to_owned, |number| {
            let end = number.map_or(String::new(), |number| format!(" ({number})"));
            let kept = name.chars().take(longest.saturating_sub(end.len()));
            kept.chain(end.chars()).collect()
        })
    }

    /// Takes a file name or a tag: `name`, with `_2`, `_3` … at its end where it is taken, in whatever case.
    fn file_name(&mut self, name: &str) -> String {
        self.take(str::to_lowercase, |number| match number {
            None => name.to_owned(),
            Some(number) => format!("{name}_{number}"),
        })
    }

    /// Takes the first candidate that is free: the plain one, else the one with the lowest number from 2. Candidates with one
    /// `key` are the same name.
    fn take(
        &mut self,
        key: impl Fn(&str) -> String,
        candidate: impl Fn(Option<usize>) -> String,
    ) -> String {
        let plain = candidate(None);
        let Some(mut number) = self.taken.get(&key(&plain)).copied() else {
            self.taken.insert(key(&plain), 1);
            return plain;
        };
        let free = loop {
            number += 1;
            let numbered = candidate(Some(number));
            if !self.taken.contains_key(&key(&numbered)) {
                break numbered;
            }
        };
        self.taken.insert(key(&plain), number);
        self.taken.insert(key(&free), 1);
        free
    }
}

/// A unique name for each name, cut to `longest` characters. The first of equal names keeps it, and the others get a number that
/// makes none of the given names.
pub fn numbered<'n>(names: impl Iterator<Item = &'n str>, longest: usize) -> Vec<String> {
    let mut unique = UniqueNames::default();
    let cut = names.map(|name| name.chars().take(longest).collect::<String>());
    let cut: Vec<String> = cut.collect();
    let mut is_first = Vec::new();
    for name in &cut {
        let known = unique.taken.insert(name.clone(), 1);
        is_first.push(known.is_none());
    }
    let names = cut.into_iter().zip(is_first);
    let given = names.map(|(name, is_first)| match is_first {
        true => name,
        false => unique.numbered(&name, longest),
    });
    given.collect()
}

/// A file name for each name, unique and valid in a folder of every system; `nameless` where nothing is left of a name.
pub fn file_names<'n>(names: impl Iterator<Item = &'n str>, nameless: &str) -> Vec<String> {
    let mut unique = UniqueNames::default();
    names
        .map(|name| {
            let plain: String = plain(name, "._+-()").take(LONGEST_FILE_NAME).collect();
            match plain.trim_start_matches(['.', '-']) {
                "" => unique.file_name(nameless),
                plain => unique.file_name(plain),
            }
        })
        .collect()
}

/// An identifier for each name, unique and at most `longest` characters long: every character but ASCII letters, digits and
/// `._:+-` becomes `_`; `track` where a name is empty.
pub fn identifiers<'n>(names: impl Iterator<Item = &'n str>, longest: usize) -> Vec<String> {
    let mut unique = UniqueNames::default();
    names
        .map(|name| match name.trim() {
            "" => unique.numbered("track", longest),
            name => unique.numbered(&plain(name, "._:+-").collect::<String>(), longest),
        })
        .collect()
}

/// A tag for each name, unique in whatever case and without blanks: every character but ASCII letters, digits and `._-` becomes
/// `_`; `track` where nothing is left of a name.
pub fn tags<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut unique = UniqueNames::default();
    names
        .map(|name| {
            let plain: String = plain(name, "._-").take(LONGEST_FILE_NAME).collect();
            match plain.trim_matches('_') {
                "" => unique.file_name("track"),
                plain => unique.file_name(plain),
            }
        })
        .collect()
}

/// The name with `_` in place of all characters but ASCII letters, digits and those `allowed`.
fn plain<'n>(name: &'n str, allowed: &'n str) -> impl Iterator<Item = char> + 'n {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || allowed.contains(c);
    name.chars().map(move |c| if is_plain(c) { c } else { '_' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_given_once() {
        let mut unique = UniqueNames::default();
        let given: Vec<String> = ["a", "a (2)", "a", "a", "abcdefg", "abcdefgh"]
            .into_iter()
            .map(|name| unique.numbered(name, 7))
            .collect();
        let expected = ["a", "a (2)", "a (3)", "a (4)", "abcdefg", "abc (2)"];
        assert_eq!(given, expected);
    }

    #[test]
    fn a_given_name_stays_where_it_was_given() {
        let given = [
            "same",
            "same",
            "same (2)",
            "same",
            "abcdefghij",
            "abcdefghijk",
        ];
        let expected = [
            "same",
            "same (3)",
            "same (2)",
            "same (4)",
            "abcdefghij",
            "abcdef (2)",
        ];
        assert_eq!(numbered(given.into_iter(), 10), expected);
    }

    #[test]
    fn no_file_name_leaves_the_folder_or_is_like_another() {
        let names = ["..", ".._etc", "-rf", "a:b", "A_b", "x (2)", "é/ü"];
        let names = file_names(names.into_iter(), "track");
        let expected = ["track", "_etc", "rf", "a_b", "A_b_2", "x_(2)", "___"];
        assert_eq!(names, expected);
        let long = "x".repeat(500);
        let names = file_names([long.as_str()].into_iter(), "track");
        assert_eq!(names[0].len(), LONGEST_FILE_NAME);
    }

    #[test]
    fn tags_are_readable_and_unique() {
        let names = ["BLD000001", "bld000001", "T cell #1", "é", "a.b_c-d"];
        let expected = ["BLD000001", "bld000001_2", "T_cell__1", "track", "a.b_c-d"];
        assert_eq!(tags(names.into_iter()), expected);
    }

    #[test]
    fn long_identifiers_are_cut_and_still_unique() {
        let (one, two) = (
            format!("{}1", "x".repeat(300)),
            format!("{}2", "x".repeat(300)),
        );
        let names = identifiers([one.as_str(), &two].into_iter(), 255);
        assert_eq!(names[0], "x".repeat(255));
        assert_eq!(names[1], format!("{} (2)", "x".repeat(251)));
    }

    #[test]
    fn identifiers_are_plain_and_unique() {
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
            identifiers(names.into_iter(), 255),
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
