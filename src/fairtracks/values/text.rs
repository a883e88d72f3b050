//! Plain texts: names, labels, ids within a document, and words out of a fixed list.

use crate::fairtracks::fields::must;
use crate::fairtracks::finding::{Reading, Strength, ValueIssue};

/// A `local_id`, or a reference to one. Whitespace around it belongs to it, as the standard compares ids as they are.
pub fn id(text: &str) -> Reading<&str> {
    plain(text).map(|_| text)
}

/// A text without the blanks around it.
pub fn plain(text: &str) -> Reading<&str> {
    let trimmed = text.trim();
    let reading = Reading::good(trimmed);
    if trimmed.is_empty() {
        let remark = ValueIssue::new(Strength::Should, "a non-empty text", "fill it in");
        return reading.with(remark);
    }
    if trimmed != text {
        let remark = ValueIssue::new(
            Strength::Should,
            "a text without leading or trailing whitespace",
            "remove it: a search for the exact text finds nothing",
        );
        return reading.with(remark);
    }
    reading
}

/// A text that is meant to be shown where there is little room; the standard advises a length.
pub fn label(longest: usize) -> impl Fn(&str) -> Reading<&str> {
    move |text| {
        let reading = plain(text);
        match reading.value.map(|text| text.chars().count()) {
            Some(length) if length > longest => reading.with(ValueIssue::new(
                Strength::May,
                format!("at most {longest} characters, as the standard recommends, not {length}"),
                "shorten it if it is truncated on display",
            )),
            _ => reading,
        }
    }
}

/// One of the words of a list; a different case and surrounding blanks are accepted and reported.
pub fn one_of(words: &'static [&'static str]) -> impl Fn(&str) -> Reading<&'static str> {
    move |text| {
        if let Some(word) = words.iter().find(|word| **word == text) {
            return Reading::good(word);
        }
        let alike = |word: &&&str| word.to_lowercase() == text.trim().to_lowercase();
        match words.iter().find(alike) {
            Some(word) => Reading {
                value: Some(word),
                remarks: vec![must(
                    format!("\"{word}\""),
                    "upper and lower case and whitespace are significant",
                )],
            },
            None => Reading::none(must(
                format!("one of: {}", words.join(", ")),
                "write one of the values listed",
            )),
        }
    }
}

/// An e-mail address; FAIRtracks' validators require only an `@`.
pub fn e_mail(text: &str) -> Reading<&str> {
    let reading = plain(text);
    if text.contains('@') {
        reading
    } else {
        reading.with(must("an e-mail address with an @", ""))
    }
}

/// One URL and no other, which the standard fixes for each kind of object.
pub fn exactly(expected: String) -> impl FnOnce(&str) -> Reading<&str> {
    move |text| {
        let reading = Reading::good(text);
        if text == expected {
            reading
        } else {
            reading.with(must(
                expected,
                "write it exactly like this, or omit it below the top level",
            ))
        }
    }
}
