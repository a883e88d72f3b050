//! The names of files in messages, in the log and in the provenance: as much of their paths as tells them apart.

use std::collections::HashMap;

/// The name of each file without its folders; with as many of them as tell it apart from other files of this name.
pub fn told_apart(names: &[String]) -> Vec<String> {
    let paths: Vec<Vec<&str>> = names.iter().map(|name| parts(name)).collect();
    let mut lengths = vec![1; paths.len()];
    loop {
        let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, path) in paths.iter().enumerate() {
            let end = ending(path, lengths[place]);
            alike.entry(end).or_default().push(place);
        }
        let mut is_done = true;
        for places in alike.values() {
            // A file may be given twice.
            if places.iter().all(|place| paths[*place] == paths[places[0]]) {
                continue;
            }
            for place in places {
                if lengths[*place] < paths[*place].len() {
                    lengths[*place] += 1;
                    is_done = false;
                }
            }
        }
        if is_done {
            let ends = paths.iter().zip(lengths);
            return ends.map(|(path, length)| ending(path, length)).collect();
        }
    }
}

/// The path of each file in the folder that all of them are in. Files of a hub refer to each other by such paths.
pub fn in_common_folder(names: &[String]) -> Vec<String> {
    let paths: Vec<Vec<&str>> = names.iter().map(|name| parts(name)).collect();
    let folders = paths.iter().map(|path| &path[..path.len().max(1) - 1]);
    let common = folders.reduce(|one, other| {
        let alike = one
            .iter()
            .zip(other)
            .take_while(|(one, other)| one == other);
        &one[..alike.count()]
    });
    let above = common.map_or(0, <[&str]>::len);
    paths.iter().map(|path| path[above..].join("/")).collect()
}

fn parts(name: &str) -> Vec<&str> {
    let parts = name
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".");
    parts.collect()
}

fn ending(path: &[&str], length: usize) -> String {
    path[path.len().saturating_sub(length)..].join("/")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_file_has_its_name_and_the_folders_that_tell_it_apart() {
        for (given, shown) in [
            (&["/data/lab/tracks.csv"][..], &["tracks.csv"][..]),
            (&["/data/a.csv", "other/b.csv"], &["a.csv", "b.csv"]),
            (
                &["/d/one/x.csv", "/d/two/x.csv"],
                &["one/x.csv", "two/x.csv"],
            ),
            (
                &["/d/one/s/x.csv", "/d/two/s/x.csv", "/d/two/y.csv"],
                &["one/s/x.csv", "two/s/x.csv", "y.csv"],
            ),
            (&["x.csv", "a/x.csv"], &["x.csv", "a/x.csv"]),
            (&["x.csv", "./x.csv"], &["x.csv", "x.csv"]),
            (&["folder/"], &["folder"]),
            (&[""], &[""]),
        ] {
            assert_eq!(told_apart(&owned(given)), owned(shown), "{given:?}");
        }
    }

    #[test]
    fn files_of_a_hub_keep_the_folders_below_that_of_all() {
        for (given, shown) in [
            (
                &["/d/h/hub.txt", "/d/h/hg38/trackDb.txt"][..],
                &["hub.txt", "hg38/trackDb.txt"][..],
            ),
            (
                &["hub.txt", "hg38/trackDb.txt"],
                &["hub.txt", "hg38/trackDb.txt"],
            ),
            (&["/d/h/hub.txt"], &["hub.txt"]),
            (&["", "a/b"], &["", "a/b"]),
        ] {
            assert_eq!(in_common_folder(&owned(given)), owned(shown), "{given:?}");
        }
    }

    proptest! {
        #[test]
        fn laws_names_are_endings_that_differ_where_paths_do(
            names in prop::collection::vec("(/?[ab]){1,4}", 0..8)
        ) {
            let shown = told_apart(&names);
            for (name, end) in names.iter().zip(&shown) {
                let path = parts(name).join("/");
                let rest = path.strip_suffix(end.as_str());
                prop_assert!(rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/')));
            }
            for (one, other) in (0..names.len()).flat_map(|one| (0..one).map(move |other| (one, other))) {
                let is_same = parts(&names[one]) == parts(&names[other]);
                prop_assert_eq!(shown[one] == shown[other], is_same);
            }
            prop_assert_eq!(in_common_folder(&names).len(), names.len());
        }
    }
}
