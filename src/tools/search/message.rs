//! The message about a search.

use std::fmt::Write as _;

use super::found::SearchedSource;
use super::totals::{SearchTotals, one_line};
use crate::fairtracks::augment::Filled;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::hit::LeftOut;
use crate::query::search_question::SearchQuestion;
use crate::query::words::UnderstoodQuestion;
use crate::query::{Query, Unusable};
use crate::text::counted;

/// How many of a kind are named. All tracks that were left out are named in the document of hits.
const MOST_NAMED: usize = 20;

/// Why tracks are left out of a search, and of the GSuite file.
const DANGLING: &str = "left out of the search because of a dangling reference";
pub(super) const NOT_IN_GSUITE: &str = "left out of the GSuite file";

/// The remark on a value that nothing has.
pub(super) const BLANKS: &str = "A value has leading or trailing whitespace, which is significant";

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

/// The input of the message.
pub(super) struct MessageInput<'s> {
    pub(super) query: &'s Query,
    /// What words were understood as.
    pub(super) understood: Option<&'s UnderstoodQuestion>,
    pub(super) question: &'s SearchQuestion,
    pub(super) totals: &'s SearchTotals,
    /// What to try.
    pub(super) hints: &'s [String],
    pub(super) sources: &'s [SearchedSource],
    /// Tracks that the GSuite file cannot hold.
    pub(super) not_in_gsuite: &'s [LeftOut],
}

/// The message: the result first, then the explanation.
pub(super) fn message(input: &MessageInput<'_>) -> String {
    let (query, totals, sources) = (input.query, input.totals, input.sources);
    let is_empty = totals.hits == 0;
    let of_all = match sources {
        [_] => totals.tracks().to_string(),
        several => format!(
            "{} in {}",
            totals.tracks(),
            counted(several.len(), "document")
        ),
    };
    let mut text = match (input.understood, totals.why_empty()) {
        (None, Some(reason)) => reason,
        // Hints name the conditions in the words that were asked.
        (Some(_), _) if is_empty => format!("No tracks found among {of_all}"),
        _ => match sources {
            [_] => format!("Found {} of {of_all} tracks", totals.hits),
            several => format!(
                "Found {} of {} tracks in {}",
                totals.hits,
                totals.tracks(),
                counted(several.len(), "document")
            ),
        },
    };
    if sources.len() > 1 {
        push_first(&mut text, sources, |source| {
            let tracks = source.tracks.unwrap_or_default();
            format!("{} of {tracks}: {}", source.hits, source.name)
        });
    }
    if let Some(understood) = input.understood {
        for sentence in understood.sentences() {
            let _ = write!(text, "\nunderstood: {sentence}");
        }
    }
    if is_empty && input.question.has_blanks_around_a_value() {
        let _ = write!(text, "\n{BLANKS}");
    }
    for sentence in input.hints {
        let _ = write!(text, "\nhint: {sentence}");
    }
    for unusable in &totals.unusable {
        let _ = write!(text, "\n{}", unknown_values(query.text(), unusable));
    }
    let _ = write!(text, "\n\nQuery:\n{}", query.text());
    let _ = write!(text, "\n\nUnderstood as:\n{}", query.expression());
    text.push_str("\n\nTracks matched by each clause, and left after it:");
    for term in &totals.terms {
        let _ = write!(
            text,
            "\n{:>7} {:>7}  {}",
            term.alone,
            term.left,
            one_line(&term.text)
        );
    }
    push_left_out(&mut text, DANGLING, &totals.left_out);
    push_left_out(&mut text, NOT_IN_GSUITE, input.not_in_gsuite);
    text
}

/// "These values count as unknown", where PostgreSQL would end the search.
pub(super) fn unknown_values(query: &str, unusable: &Unusable) -> String {
    let place = one_line(&query[unusable.span.clone()]);
    let values = match unusable.count {
        1 => "1 value counts".to_owned(),
        count => format!("{count} values count"),
    };
    format!("{values} as unknown in {place}: {}", unusable.example)
}

/// The remark on chosen columns of the table without a value.
pub(super) fn empty_columns(columns: &[String]) -> Option<String> {
    match columns {
        [] => None,
        [column] => Some(format!("No track has a value in the column {column}")),
        columns => Some(format!(
            "No track has a value in the columns {}",
            columns.join(", ")
        )),
    }
}

/// How many values were filled in, for the report; `place` names the document where there are several.
pub(super) fn filled_in_short(filled: &[Filled], place: &str) -> Option<String> {
    if filled.is_empty() {
        return None;
    }
    let values = counted(filled.len(), "missing value");
    Some(format!("Filled in {values} before the search{place}"))
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
/// [`message`]. `place` names the document where there are several.
pub(super) fn augmentation(filled: &[Filled], unlabelled: &[String], place: &str) -> String {
    filled_in(filled, &format!("before the search{place}"), unlabelled)
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
