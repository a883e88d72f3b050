//! The files of an analysis.

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EnaFile {
    /// Its name without its folder.
    pub name: String,
    /// Titles and texts.
    pub values: Vec<(&'static str, String)>,
}

impl EnaFile {
    /// Its type in the archive, such as `bed`; empty where it is not known.
    pub fn kind(&self) -> &str {
        let mut values = self.values.iter();
        let found = values.find(|(title, _)| *title == "content type");
        found.map(|(_, text)| text.as_str()).unwrap_or_default()
    }
}

/// The lists of files that a report may have, and the titles of their columns behind the name of the list.
const LISTS: [&str; 2] = ["submitted", "generated"];
const COLUMNS: [(&str, &str); 4] = [
    ("ftp", "address"),
    ("md5", "MD5 checksum"),
    ("format", "content type"),
    ("bytes", "size"),
];

/// Why a list of a report is not used: the title, its text and the reason.
pub(super) type ListProblem = (String, String, String);

/// Takes the files out of the values of a report. The lists have `;` between their items, and belong together by position.
pub(super) fn take(values: &mut Vec<(String, String)>) -> (Vec<EnaFile>, Vec<ListProblem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for list in LISTS {
        let mut take = |column: &str| {
            let title = format!("{list}_{column}");
            let place = values.iter().position(|(known, _)| *known == title)?;
            let (_, text) = values.remove(place);
            (!text.trim().is_empty()).then_some((title, text))
        };
        let addresses = take("ftp");
        let addresses = addresses.map(|(_, text)| text).unwrap_or_default();
        let addresses = items(&addresses);
        let mut of_list: Vec<EnaFile> = addresses
            .iter()
            .map(|address| EnaFile {
                name: address.rsplit('/').next().unwrap_or(address).to_owned(),
                values: vec![("address", (*address).to_owned())],
            })
            .collect();
        for (column, title) in &COLUMNS[1..] {
            let Some((name, text)) = take(column) else {
                continue;
            };
            let found = items(&text);
            if found.len() != addresses.len() {
                let reason = format!(
                    "found {} values for {} addresses in `{list}_ftp`, expected one for each: none is used",
                    found.len(),
                    addresses.len()
                );
                problems.push((name, text.clone(), reason));
                continue;
            }
            for (file, item) in of_list.iter_mut().zip(found) {
                if !item.is_empty() {
                    file.values.push((title, item.to_owned()));
                }
            }
        }
        of_list.retain(|file| !file.name.is_empty());
        merge(&mut files, of_list);
    }
    (files, problems)
}

/// The items of a list; a separator at its end begins none.
fn items(text: &str) -> Vec<&str> {
    let text = text.trim();
    match text.strip_suffix(';').unwrap_or(text) {
        "" => Vec::new(),
        text => text.split(';').map(str::trim).collect(),
    }
}

/// Adds files to others, and what they say beside a file of the same name.
pub(super) fn merge(files: &mut Vec<EnaFile>, further: Vec<EnaFile>) {
    for file in further {
        match files.iter_mut().find(|known| known.name == file.name) {
            None => files.push(file),
            Some(known) => {
                for (title, text) in file.values {
                    if !known.values.iter().any(|(of, _)| *of == title) {
                        known.values.push((title, text));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn report(values: &[(&str, &str)]) -> Vec<(String, String)> {
        let values = values.iter();
        values
            .map(|(title, text)| ((*title).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn an_empty_item_keeps_its_position() {
        let mut values = report(&[
            ("submitted_ftp", "h/a.bed;h/b.bed;"),
            ("submitted_md5", ";2"),
            ("submitted_format", "BED;BED;BED"),
            ("analysis_title", "t"),
        ]);
        let (files, problems) = take(&mut values);
        assert_eq!(values, report(&[("analysis_title", "t")]));
        let shown: Vec<_> = files
            .iter()
            .map(|file| (&file.name[..], file.values.len()))
            .collect();
        assert_eq!(shown, [("a.bed", 1), ("b.bed", 2)]);
        let [(title, text, reason)] = problems.as_slice() else {
            panic!("{problems:?}")
        };
        assert_eq!((&title[..], &text[..]), ("submitted_format", "BED;BED;BED"));
        assert!(reason.starts_with("found 3 values for 2 addresses"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn laws_a_checksum_stays_with_its_file(count in 1_usize..6, checksums in 0_usize..6) {
            let list = |count: usize, item: fn(usize) -> String| {
                (0..count).map(item).collect::<Vec<_>>().join(";")
            };
            let addresses = list(count, |number| format!("host/{number}.bed"));
            let sums = list(checksums, |number| format!("sum{number}"));
            let mut values = report(&[("submitted_ftp", &addresses), ("submitted_md5", &sums)]);
            let (files, problems) = take(&mut values);
            prop_assert_eq!(files.len(), count);
            let sums: Vec<&str> = files.iter().flat_map(|file| &file.values)
                .filter(|(title, _)| *title == "MD5 checksum").map(|(_, text)| &text[..]).collect();
            if checksums == count {
                for (number, (file, sum)) in files.iter().zip(&sums).enumerate() {
                    prop_assert_eq!(&file.name, &format!("{number}.bed"));
                    prop_assert_eq!(*sum, &format!("sum{number}"));
                }
            } else {
                prop_assert!(sums.is_empty());
                prop_assert_eq!(problems.len(), usize::from(checksums > 0));
            }
        }
    }
}
