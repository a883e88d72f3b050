//! The message about a search.

use std::fmt::Write as _;

use super::found::AskedQuery;
use crate::fairtracks::augment::Filled;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::hit::LeftOut;
use crate::query::search::SearchAnswer;
use crate::query::search_question::SearchQuestion;
use crate::query::{Query, Unusable};
use crate::text::counted;

/// How many of a kind are named. All tracks that were left out are named in the document of hits.
const MOST_NAMED: usize = 20;
/// How much of a clause is shown, in characters.
const LONGEST_CLAUSE: usize = 200;

/// Advice if nothing was found in a document with missing labels.
pub const UNLABELLED: &str = "\n\nThe document has term identifiers without labels, so a search by name misses them; --augment, in Galaxy \"Fill in missing labels\", adds the known labels";

/// The remark on hits that are all aggregated from several experiments: the standard requires a sample.
const NO_SAMPLE: &str =
    "\n\nThe document of hits contains no sample, since none of its experiments refers to one";

/// The remark on hits if only some categories were searched.
const SOME_CATEGORIES: &str = "\n\nThe document of hits contains only objects of the searched categories, so some of its references are dangling: search all categories for a complete document";

/// What a document of hits lacks, where it has tracks; `chosen` are the categories that were asked for, none for all, and
/// `searched` those that were searched.
pub fn lacking(hits: &Document, chosen: &[String], searched: &[String]) -> &'static str {
    let is_searched = |category: &Category| searched.iter().any(|name| name == category.name());
    if hits.count(Category::Tracks) == 0 {
        ""
    } else if !chosen.is_empty() && !Category::ALL.iter().all(is_searched) {
        SOME_CATEGORIES
    } else if hits.count(Category::Samples) == 0 {
        NO_SAMPLE
    } else {
        ""
    }
}

/// The message: the result first, then the explanation.
pub(super) fn message(
    query: &Query,
    asked: &AskedQuery,
    question: &SearchQuestion,
    answer: &SearchAnswer<'_>,
    not_in_gsuite: &[LeftOut],
) -> String {
    let total = answer.searched + answer.left_out.len();
    let mut text = match (&asked.understood, answer.hits.is_empty()) {
        // Hints name the conditions in the words that were asked.
        (Some(_), true) => format!("No tracks found among {total}"),
        _ => answer
            .why_empty()
            .unwrap_or_else(|| format!("Found {} of {total} tracks", answer.hits.len())),
    };
    if let Some(understood) = &asked.understood {
        for sentence in understood.sentences() {
            let _ = write!(text, "\nunderstood: {sentence}");
        }
    }
    if answer.hits.is_empty() && question.has_blanks_around_a_value() {
        text.push_str("\nA value has leading or trailing whitespace, which is significant");
    }
    for sentence in &answer.advice {
        let _ = write!(text, "\nhint: {sentence}");
    }
    for unusable in &answer.unusable {
        let _ = write!(text, "\n{}", unknown_values(query.text(), unusable));
    }
    let _ = write!(text, "\n\nQuery:\n{}", query.text());
    let _ = write!(text, "\n\nUnderstood as:\n{}", query.expression());
    text.push_str("\n\nTracks matched by each clause, and left after it:");
    for term in &answer.terms {
        let _ = write!(
            text,
            "\n{:>7} {:>7}  {}",
            term.alone,
            term.left,
            one_line(&term.text)
        );
    }
    push_left_out(
        &mut text,
        "left out of the search because of a dangling reference",
        &answer.left_out,
    );
    push_left_out(&mut text, "left out of the GSuite file", not_in_gsuite);
    text
}

/// "These values count as unknown", where PostgreSQL would end the search.
fn unknown_values(query: &str, unusable: &Unusable) -> String {
    let place = one_line(&query[unusable.span.clone()]);
    let values = match unusable.count {
        1 => "1 value counts".to_owned(),
        count => format!("{count} values count"),
    };
    format!("{values} as unknown in {place}: {}", unusable.example)
}

pub(super) fn push_left_out(text: &mut String, what: &str, left_out: &[LeftOut]) {
    if left_out.is_empty() {
        return;
    }
    let be = if left_out.len() == 1 { "is" } else { "are" };
    let tracks = counted(left_out.len(), "track");
    let _ = write!(text, "\n\n{tracks} {be} {what}:");
    push_first(text, left_out, |track| {
        format!("{}: {}", track.local_id, track.reason)
    });
}

/// One line for each of the first of many, and how many more there are.
fn push_first<T>(text: &mut String, all: &[T], line: impl Fn(&T) -> String) {
    for one in all.iter().take(MOST_NAMED) {
        let _ = write!(text, "\n  {}", line(one));
    }
    if all.len() > MOST_NAMED {
        let _ = write!(text, "\n  and {} more", all.len() - MOST_NAMED);
    }
}

/// What was filled in to the document before the search, and the ids that stay without a name; belongs behind the
/// [`message`].
pub fn augmentation(filled: &[Filled], unlabelled: &[String]) -> String {
    filled_in(filled, "before the search", unlabelled)
}

/// The same for the hits of a server, which searches what it stores.
pub fn augmentation_after(filled: &[Filled], unlabelled: &[String]) -> String {
    let text = filled_in(
        filled,
        "in the tracks found, after the search, since a server searches the values it stores",
        unlabelled,
    );
    if text.is_empty() {
        "\n\nNothing to fill in for the tracks found".to_owned()
    } else {
        text
    }
}

fn filled_in(filled: &[Filled], when: &str, unlabelled: &[String]) -> String {
    let mut text = String::new();
    if !filled.is_empty() {
        let values = if filled.len() == 1 { "value" } else { "values" };
        let count = filled.len();
        let _ = write!(text, "\n\nFilled in {count} missing {values} {when}:");
        push_first(&mut text, filled, |filled| {
            format!("{}: {} ({})", filled.pointer, filled.value, filled.origin)
        });
    }
    if !unlabelled.is_empty() {
        text.push_str(
            "\n\nNo label is known for these identifiers, so a search by name cannot find them:",
        );
        push_first(&mut text, unlabelled, |id| (*id).to_owned());
    }
    text
}

impl SearchAnswer<'_> {
    /// Why nothing was found, in a sentence or two; `None` if something was.
    pub fn why_empty(&self) -> Option<String> {
        if !self.hits.is_empty() {
            return None;
        }
        if self.searched == 0 {
            return Some(match self.left_out.len() {
                0 => "No tracks found: the document has no tracks".to_owned(),
                _ => "No tracks found: every track of the document lacks its experiment, sample or study".to_owned(),
            });
        }
        let (place, term) = self
            .terms
            .iter()
            .enumerate()
            .find(|(_, term)| term.left == 0)?;
        let text = one_line(&term.text);
        let tracks = |count| counted(count, "track");
        Some(if term.alone == 0 {
            format!("No tracks found: none matches {text}")
        } else {
            let before = self.terms[..place]
                .last()
                .map_or(self.searched, |term| term.left);
            format!(
                "No tracks found: none is left after {text}. The conditions exclude each other: this one matches {}, none of them among the {} matched by those before it",
                tracks(term.alone),
                tracks(before)
            )
        })
    }
}

/// A clause on one line, cut where it is very long.
fn one_line(text: &str) -> String {
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_CLAUSE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_not_chosen_is_told_and_what_a_hub_has_not_is_not() {
        let names =
            |names: &[&str]| -> Vec<String> { names.iter().map(|&name| name.to_owned()).collect() };
        let with = |tracks: serde_json::Value, samples: serde_json::Value| {
            let document = json!({
                "doc_info": {}, "collection_info": {}, "studies": [], "experiments": [],
                "samples": samples, "tracks": tracks,
            });
            Document::from_json(document).unwrap()
        };
        let (none, one) = (json!([]), json!([{"local_id": "example:1"}]));
        let without_studies = names(&["tracks", "experiments", "samples"]);
        let hits = with(one.clone(), one.clone());
        assert_eq!(lacking(&hits, &[], &without_studies), "");
        let found = lacking(&hits, &without_studies, &without_studies);
        assert_eq!(found, SOME_CATEGORIES);
        let found = lacking(&with(one.clone(), none.clone()), &[], &without_studies);
        assert_eq!(found, NO_SAMPLE);
        let nothing = with(none, one);
        assert_eq!(lacking(&nothing, &without_studies, &without_studies), "");
    }
}
