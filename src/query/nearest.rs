//! "Did you mean": the known word nearest to an unknown one.

use crate::text::letters;

/// The candidate that `wanted` most likely means: equal except for case, spaces or punctuation, or one or two typos away. Of
/// several equally near ones, the first in alphabetical order.
pub fn nearest<'c>(wanted: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = fold(wanted);
    let slips_allowed = match folded.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != wanted)
        .filter(|candidate| candidate.len().abs_diff(wanted.len()) <= 8)
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(slips, _)| *slips <= slips_allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// A word without case, spaces and punctuation.
fn fold(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .map(letters::lower)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_of_case_and_typing() {
        for (wanted, expected) in [
            ("HG38", Some("hg38")),
            ("track", Some("tracks")),
            ("h1-hesc", Some("H1-hESC")),
            ("H3K4 trimethylation", Some("H3K4_trimethylation")),
            ("hg19", None),
            ("tracks", None),
            ("liver", None),
        ] {
            let known = ["hg38", "tracks", "H1-hESC", "H3K4_trimethylation"];
            assert_eq!(nearest(wanted, known), expected, "{wanted}");
        }
    }
}
