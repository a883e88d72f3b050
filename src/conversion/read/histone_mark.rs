//! The histone mark that a text such as the name of an antibody contains.

use std::sync::LazyLock;

use regex::Regex;

/// The only mark in some texts, such as `H3K4me3` in `anti-H3K4me3 (rabbit)`; `None` if there is none or more than one.
pub(super) fn only_mark<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:H[1-4][AB]?K\d{1,3}(?:me[123]?|ac|ub1?|cr)|H2A\.?Z)\b").ok()
    });
    let pattern = MARK.as_ref()?;
    let mut only: Option<&str> = None;
    for text in texts {
        for found in pattern.find_iter(text) {
            match only {
                Some(known) if !known.eq_ignore_ascii_case(found.as_str()) => return None,
                _ => only = Some(found.as_str()),
            }
        }
    }
    only.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mark_counts_and_two_are_none() {
        let mark = |text: &str| only_mark(std::iter::once(text));
        assert_eq!(
            mark("anti-H3K4me3 (rabbit, lot H3)").as_deref(),
            Some("H3K4me3")
        );
        assert_eq!(mark("h3k27ac and H3K27ac").as_deref(), Some("h3k27ac"));
        assert_eq!(mark("H3K4me3 and H3K27me3"), None);
        assert_eq!(mark("CTCF"), None);
        assert_eq!(mark("H3K4me3x"), None);
    }
}
