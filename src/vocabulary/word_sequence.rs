//! Texts as words, and the comparison "contains these words in order".

use unicode_normalization::UnicodeNormalization;

use crate::text::letters::{self, LetterKind};

/// The words of a text: letters and digits in lower case, without accents, in the singular and in American spelling.
///
/// Hyphens, spaces and all other signs only separate words. A surface marker and its sign are one word: `CD4-negative` is not
/// `CD4`, and `CD4-positive` is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WordSequence(Vec<String>);

/// British beginnings of words and the American ones.
const SPELLINGS: [(&str, &str); 6] = [
    ("haem", "hem"),
    ("leukaem", "leukem"),
    ("anaem", "anem"),
    ("tumour", "tumor"),
    ("bisulph", "bisulf"),
    ("oestr", "estr"),
];

impl WordSequence {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        for (start, end) in spans(text) {
            let word = normal(&text[start..end]);
            let behind = &text[end..];
            match (word.as_str(), words.last_mut()) {
                ("positive", Some(marker)) if is_marker(marker) => {}
                ("negative", Some(marker)) if is_marker(marker) => marker.push_str("negative"),
                _ if is_marker(&word) && is_minus(behind) => words.push(word + "negative"),
                _ => words.push(word),
            }
        }
        WordSequence(words)
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words.
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The words without anything between them, which is the same for `T-cell`, `T cell` and `Tcell`.
    pub fn joined(&self) -> String {
        self.0.concat()
    }

    /// Whether all words of `phrase` are here, side by side and in order; words may be written as one. Behind a surface marker
    /// other words may stand between: `CD4-positive, alpha-beta T cell` contains `CD4 T cell`.
    pub fn contains(&self, phrase: &WordSequence) -> bool {
        if phrase.is_empty() {
            return false;
        }
        let parts = phrase.0.split_inclusive(|word| is_marker(word));
        let mut from = 0;
        for part in parts {
            // What stands before a marker is side by side with it.
            let wanted = part.concat();
            let found = (from..self.0.len()).find_map(|start| self.end_of(start, &wanted));
            match found {
                Some(end) => from = end,
                None => return false,
            }
        }
        true
    }

    /// Where the words from `start` end that are `wanted` when they are joined.
    fn end_of(&self, start: usize, wanted: &str) -> Option<usize> {
        let mut rest = wanted;
        for (at, word) in self.0.iter().enumerate().skip(start) {
            rest = rest.strip_prefix(word.as_str())?;
            if rest.is_empty() {
                return Some(at + 1);
            }
        }
        None
    }
}

/// The places of the words in a text, in bytes.
pub fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    let is_part =
        |character: char| LetterKind::of(character).is_alphanumeric() || is_accent(character);
    for (at, character) in text.char_indices() {
        match (is_part(character), start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                found.push((first, at));
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|first| (first, text.len())));
    // The `s` of a genitive is no word.
    found.retain(|(first, end)| {
        let is_genitive = &text[*first..*end] == "s" && text[..*first].ends_with(['\'', '’']);
        !is_genitive
    });
    found
}

fn is_accent(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

fn normal(word: &str) -> String {
    let letters = word.nfd().filter(|character| !is_accent(*character));
    let word: String = letters.map(letters::lower).collect();
    let spelled = SPELLINGS
        .iter()
        .find_map(|(british, american)| Some(format!("{american}{}", word.strip_prefix(british)?)));
    let word = singular(spelled.unwrap_or(word));
    match (word.strip_suffix("pos"), word.strip_suffix("neg")) {
        (Some(marker), _) if is_marker(marker) => marker.to_owned(),
        (_, Some(marker)) if is_marker(marker) => format!("{marker}negative"),
        _ => word,
    }
}

fn singular(word: String) -> String {
    let is_plural = word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
        && word.chars().all(char::is_alphabetic);
    if !is_plural {
        return word;
    }
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => word[..word.len() - 1].to_owned(),
    }
}

/// Whether a word is the name of a surface marker, such as `cd4`.
fn is_marker(word: &str) -> bool {
    word.strip_prefix("cd")
        .is_some_and(|number| number.starts_with(|first: char| first.is_ascii_digit()))
        && !word.ends_with("negative")
}

/// Whether a text starts with the sign of a marker that is absent.
fn is_minus(text: &str) -> bool {
    let behind = text.strip_prefix('-').or_else(|| text.strip_prefix('−'));
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', ')', ';']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_contains_its_own_words_however_they_are_written(
            words in prop::collection::vec("[a-z][a-z0-9]{1,6}", 1..6), from in 0usize..6, to in 0usize..6,
        ) {
            let (from, to) = (from.min(to), from.max(to) + 1);
            let phrase = &words[from.min(words.len() - 1)..to.min(words.len()).max(from.min(words.len() - 1) + 1)];
            let text = WordSequence::of(&words.join(" "));
            for written in [phrase.join(" "), phrase.join("-").to_uppercase(), phrase.join("_")] {
                prop_assert!(text.contains(&WordSequence::of(&written)), "{}", written);
            }
        }

        #[test]
        fn a_longer_word_is_another_word(word in "[b-z]{4,8}", more in "[a-r]") {
            let longer = format!("{word}{more}");
            let text = WordSequence::of(&format!("the {longer} area"));
            prop_assert!(!text.contains(&WordSequence::of(&word)));
        }
    }

    fn contains(value: &str, phrase: &str) -> bool {
        WordSequence::of(value).contains(&WordSequence::of(phrase))
    }

    #[test]
    fn whole_words_in_order_are_found_however_they_are_written() {
        for (value, phrase) in [
            ("CD14-positive monocyte", "Monocytes"),
            ("natural killer cell", "Natural-killer cells"),
            ("CD4-positive, alpha-beta T cell", "T-cells"),
            ("CD4-positive, alpha-beta T cell", "CD4+ T cell"),
            ("CD4-positive, alpha-beta T cell", "CD4"),
            ("RNA-seq assay", "RNAseq"),
            ("ENCODE narrow peak format", "narrowPeaks"),
            ("hematopoietic stem cell", "haematopoietic stem cells"),
            ("naive B cell", "naïve B-cell"),
            ("Alzheimer's disease", "Alzheimer disease"),
            ("CD4-negative T cell", "CD4- T cell"),
            ("CD4-negative T cell", "CD4neg T cell"),
            ("CD14-positive monocyte", "CD14pos monocytes"),
        ] {
            assert!(contains(value, phrase), "{phrase} in {value}");
        }
    }

    #[test]
    fn parts_of_words_and_other_words_are_not_found() {
        for (value, phrase) in [
            ("mast cell", "T cell"),
            ("CD45-positive cell", "CD4"),
            ("CD4-positive, alpha-beta T cell", "CD45"),
            ("CD4-positive, alpha-beta T cell", "CD14"),
            ("CD8-positive, CD4-negative T cell", "CD4"),
            ("CD4- T cell", "CD4"),
            ("H3K4me3", "H3K4me1"),
            ("H3K4me3", "H3K4"),
            ("CD4-positive, alpha-beta T cell", "beta cell"),
            ("T cell", "cell T"),
            ("K562", "K56"),
            ("liver", ""),
            ("liver", "-"),
        ] {
            assert!(!contains(value, phrase), "{phrase} in {value}");
        }
    }
}
