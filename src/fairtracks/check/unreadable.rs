//! An unreadable file as a finding.

use crate::fairtracks::fields::must;
use crate::fairtracks::finding::Findings;

/// Adds the error of a reader to the findings of a file; *found* and *expected* in its sentence become those of the finding.
pub fn add(findings: &mut Findings, problem: &str, expected: &'static str, hint: &'static str) {
    let (place, sentence) = match problem.split_once(": found ") {
        Some((place, rest)) => (place, Some(rest)),
        None => ("", problem.strip_prefix("found ")),
    };
    let (what, own) = match sentence.unwrap_or(problem).split_once(", expected ") {
        Some((what, own)) => (what, sentence.map(|_| own)),
        None => (sentence.unwrap_or(problem), None),
    };
    let what = match place {
        "" => what.to_owned(),
        place => format!("{what} ({place})"),
    };
    let remark = must(own.unwrap_or(expected).to_owned(), hint);
    findings.add_at(String::new(), what, remark);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_and_what_was_expected_are_said_once() {
        #[rustfmt::skip]
        let cases = [
            ("found a list, expected an object, not one", "a list", "an object, not one"),
            ("at /tracks: found 5, expected a list", "5 (at /tracks)", "a list"),
            ("found no zip archive (cut off): get it again", "no zip archive (cut off): get it again", "a crate"),
            ("line 1: invalid JSON, expected a document", "line 1: invalid JSON", "a crate"),
            ("the file is empty", "the file is empty", "a crate"),
        ];
        for (problem, what, expected) in cases {
            let mut findings = Findings::new("x");
            add(&mut findings, problem, "a crate", "");
            let all = crate::fairtracks::finding::sorted(vec![findings]);
            assert_eq!((all[0].what.as_str(), &*all[0].expected), (what, expected));
        }
    }
}
