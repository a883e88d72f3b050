//! Where data are in a crate: readable paths.

use crate::galaxy::dataset_file::DatasetFile;
use crate::text::first_filled;
use crate::text::unique_names::file_names;

/// How many characters of a datatype's name go into a path.
const LONGEST_EXTENSION: usize = 24;

/// A path for each file: `tracks/NAME.ext` for source tracks, `results/NAME.ext` for all else; `is_source` says which.
pub fn paths(files: &[DatasetFile], is_source: impl Fn(usize) -> bool) -> Vec<String> {
    let mut paths = vec![String::new(); files.len()];
    for (folder, nameless, sources) in [("tracks", "track", true), ("results", "result", false)] {
        let here: Vec<usize> = (0..files.len())
            .filter(|number| is_source(*number) == sources)
            .collect();
        let parts: Vec<(&str, String)> = here.iter().map(|number| parts(&files[*number])).collect();
        let names = file_names(parts.iter().map(|(stem, _)| *stem), nameless);
        for ((number, name), (_, extension)) in here.into_iter().zip(names).zip(parts) {
            paths[number] = match extension.as_str() {
                "" => format!("{folder}/{name}"),
                extension => format!("{folder}/{name}.{extension}"),
            };
        }
    }
    paths
}

/// A file's name without and its extension: that of its datatype, else what its name has.
fn parts(file: &DatasetFile) -> (&str, String) {
    let name = first_filled(&[&file.element_identifier, &file.name]);
    let extension = extension(file);
    if extension.is_empty() {
        return (name, extension);
    }
    let cut = name.len().checked_sub(extension.len() + 1);
    let ends = |at: &usize| {
        name.get(*at..)
            .is_some_and(|end| end.starts_with('.') && end[1..].eq_ignore_ascii_case(&extension))
    };
    match cut.filter(ends) {
        Some(at) if at > 0 => (&name[..at], extension),
        _ => (name, extension),
    }
}

/// The datatype as an extension; empty where it says nothing.
pub fn extension(file: &DatasetFile) -> String {
    let is_plain = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            && !text.starts_with('.')
            && text.len() <= LONGEST_EXTENSION
    };
    let datatype = file.extension.as_str();
    if ["", "data", "auto", "_sniff_"].contains(&datatype) || !is_plain(datatype) {
        let name = file
            .element_identifier
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let (stem, last) = name.rsplit_once('.').unwrap_or_default();
        let is_suffix = !stem.is_empty() && !last.is_empty() && is_plain(last) && last.len() <= 8;
        return if is_suffix {
            last.to_owned()
        } else {
            String::new()
        };
    }
    datatype.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::digest::{Digests, Sha256Sum};

    fn file(element_identifier: &str, extension: &str) -> DatasetFile {
        DatasetFile {
            element_identifier: element_identifier.to_owned(),
            given_identifier: String::new(),
            name: String::new(),
            extension: extension.to_owned(),
            dbkey: String::new(),
            tags: Vec::new(),
            id: String::new(),
            uuid: String::new(),
            digests: Digests::of_sha256(0, Sha256Sum::of(b"")),
            unpacked: None,
        }
    }

    #[test]
    fn files_are_called_as_their_users_call_them() {
        let files = [
            file("peaks of K562", "bed"),
            file("signal.bigWig", "bigwig"),
            file("peaks of K562", "bed"),
            file("../../etc/passwd", "data"),
            file("a.bed", "bed"),
            file("reads.fastq.gz", ""),
            file("", "../x"),
        ];
        assert_eq!(
            paths(&files, |number| number == 1),
            [
                "results/peaks_of_K562.bed",
                "tracks/signal.bigwig",
                "results/peaks_of_K562_2.bed",
                "results/_.._etc_passwd",
                "results/a.bed",
                "results/reads.fastq.gz",
                "results/result",
            ]
        );
    }
}
