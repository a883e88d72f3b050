//! The message about a search on a server.

use std::fmt::Write as _;

use super::message::{BLANKS, NOT_IN_GSUITE, push_left_out};
use crate::fairtracks::category::Category;
use crate::fairtracks::hit::LeftOut;
use crate::query::search_question::SearchQuestion;

/// How much of what was sent is shown, in characters: what was asked stands above it in full.
const LONGEST_SENT: usize = 1000;

/// How many parts of a query are shown.
const MOST_SENT: usize = 3;

/// The input of the message.
#[derive(Debug, Clone, Copy)]
pub struct ServerMessageInput<'s> {
    /// What each condition in words was understood as; empty for other questions.
    pub understood: &'s [String],
    /// What to try.
    pub hints: &'s [String],
    /// Tracks found.
    pub tracks: usize,
    /// Combinations of tracks, experiments, samples and studies found.
    pub combinations: usize,
    /// The address of the server, without user name and query.
    pub address: &'s str,
    /// The repository.
    pub repository: &'s str,
    /// The hub.
    pub hub: &'s str,
    /// The query as it was asked.
    pub query: &'s str,
    /// The query as it was sent, in parts if need be.
    pub sent: &'s [String],
    /// The categories that were searched.
    pub categories: &'s [String],
    /// Remarks on the requests.
    pub notes: &'s [String],
    /// Whether the hub has nothing that any search can find.
    pub is_empty_hub: bool,
    /// How many objects share their id with another one.
    pub repeated_ids: usize,
    /// Tracks that the GSuite file cannot hold.
    pub not_in_gsuite: &'s [LeftOut],
}

/// The message: the result first, then the explanation.
pub fn server_message(input: &ServerMessageInput<'_>, question: &SearchQuestion) -> String {
    let (repository, hub, address) = (input.repository, input.hub, input.address);
    let place = format!("the hub {repository} / {hub} of {address}");
    let mut text = match (input.tracks, input.is_empty_hub) {
        (0, true) => format!("No tracks found: every search of {place} is empty"),
        (0, false) => format!("No tracks found in {place}"),
        (1, _) => format!("Found 1 track in {place}"),
        (tracks, _) => format!("Found {tracks} tracks in {place}"),
    };
    if input.combinations != input.tracks {
        let _ = write!(
            text,
            ", in {} combinations with experiments, samples and studies",
            input.combinations
        );
    }
    for sentence in input.understood {
        let _ = write!(text, "\nunderstood: {sentence}");
    }
    if input.tracks == 0 && question.has_blanks_around_a_value() {
        let _ = write!(text, "\n{BLANKS}");
    }
    for hint in input.hints {
        let _ = write!(text, "\nhint: {hint}");
    }
    for note in input.notes {
        let _ = write!(text, "\n{note}");
    }
    if input.repeated_ids > 0 {
        let _ = write!(
            text,
            "\n{} of the objects found have duplicate ids, which the standard forbids; all are kept",
            input.repeated_ids
        );
    }
    let _ = write!(text, "\n\nQuery:\n{}", input.query);
    let as_asked = format!("( {}\n)", input.query);
    if input.sent != [as_asked] {
        push_sent(&mut text, input.sent);
    }
    let _ = write!(text, "\n\nSearched: {}", input.categories.join(", "));
    push_left_out(&mut text, NOT_IN_GSUITE, input.not_in_gsuite);
    text
}

/// Whether a category is among those that were searched.
pub(super) fn is_searched(category: Category, categories: &[String]) -> bool {
    categories.iter().any(|name| name == category.name())
}

/// What to try where a hub has no track that fits, and the hints of the question say nothing.
pub(super) fn advice(is_empty_hub: bool, searches_samples: bool, is_in_words: bool) -> Vec<String> {
    let advice = if is_empty_hub && searches_samples {
        "the server finds only tracks with an experiment, a sample and a study; --categories tracks, in Galaxy \"Tracks to find\", finds the others"
    } else if is_empty_hub {
        "check the name of the hub, or ask the provider of the server"
    } else if is_in_words {
        "each condition fits values of the hub, but no track has all of them: use fewer conditions"
    } else {
        "values are case-sensitive and must match exactly: copy them from the catalog of the hub (fairtracks_catalog), or use fewer conditions"
    };
    let mut all = vec![advice.to_owned()];
    if !is_empty_hub && searches_samples {
        all.push("a track whose experiment names no sample or study is found only with --categories tracks,experiments, in Galaxy \"Tracks to find\"".to_owned());
    }
    all
}

/// The query in other words than it was asked, and why.
fn push_sent(text: &mut String, sent: &[String]) {
    text.push_str("\n\nSent to the server as:");
    for part in sent.iter().take(MOST_SENT) {
        let _ = match part.char_indices().nth(LONGEST_SENT) {
            Some((end, _)) => write!(text, "\n{}…", &part[..end]),
            None => write!(text, "\n{part}"),
        };
    }
    if sent.len() > MOST_SENT {
        let _ = write!(text, "\nand {} more parts", sent.len() - MOST_SENT);
    }
    if sent.iter().any(|part| part.contains("\\003F")) {
        text.push_str("\n(U&'\\003F' is a question mark, escaped because a TrackFind server doubles a literal one in a value)");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input<'s>(
        tracks: usize,
        sent: &'s [String],
        categories: &'s [String],
    ) -> ServerMessageInput<'s> {
        ServerMessageInput {
            understood: &[],
            hints: &[],
            tracks,
            combinations: tracks,
            address: "https://t.example.org/",
            repository: "R",
            hub: "H",
            query: "a ? 'b'",
            sent,
            categories,
            notes: &[],
            is_empty_hub: tracks == 0,
            repeated_ids: 0,
            not_in_gsuite: &[],
        }
    }

    fn message(input: &ServerMessageInput<'_>) -> String {
        server_message(input, &SearchQuestion::Expression(String::new()))
    }

    #[test]
    fn a_hub_in_which_nothing_can_be_found_differs_from_a_query_that_finds_nothing() {
        let sent = ["( a ? 'b'\n)".to_owned()];
        let categories = ["tracks".to_owned()];
        let hints = advice(true, true, false);
        let empty = message(&ServerMessageInput {
            hints: &hints,
            ..input(0, &sent, &categories)
        });
        assert!(
            empty.starts_with("No tracks found: every search of the hub R / H of https://t.example.org/ is empty\nhint: "),
            "{empty}"
        );
        assert!(
            empty.contains("--categories tracks, in Galaxy \"Tracks to find\", finds the others"),
            "{empty}"
        );
        assert!(advice(true, false, false)[0].contains("check the name of the hub"));
        let other = advice(false, false, false);
        assert!(other[0].contains("values are case-sensitive"), "{other:?}");
        let in_words = advice(false, true, true);
        assert!(in_words[0].contains("use fewer conditions"), "{in_words:?}");
        assert!(
            in_words[1].contains("names no sample or study"),
            "{in_words:?}"
        );
    }

    #[test]
    fn what_was_sent_is_shown_only_where_it_differs_and_not_without_end() {
        let plain = ["( a ? 'b'\n)".to_owned()];
        assert!(!message(&input(1, &plain, &[])).contains("Sent"));
        let parts = (0..9).map(|n| format!("( {n} {}\n)", "x".repeat(5000)));
        let parts: Vec<String> = parts.collect();
        let many = message(&input(2, &parts, &[]));
        assert!(many.contains("Sent to the server as:\n( 0 x"));
        assert!(many.contains("and 6 more parts"));
        assert!(many.len() < 4000, "{}", many.len());
    }
}
