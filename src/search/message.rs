//! What the user is told about a search.

use std::fmt::Write as _;

use super::Answer;
use crate::model::augment::Filled;
use crate::model::condition::Question;
use crate::model::hit::LeftOut;
use crate::query::{Query, Unusable};

/// How many of a kind are named. All tracks that were left out are named in the document of hits.
const MOST_NAMED: usize = 20;
/// How much of a clause is shown, in characters.
const LONGEST_CLAUSE: usize = 200;

/// What may help where nothing was found in a document that does not name all its terms.
pub const UNLABELLED: &str = "\n\nThe document identifies terms without naming them, so that no search by name finds \
    them; --augment, in Galaxy \"Fill in what the document lacks\", names those that are known";

/// What is to be known of hits that all come from several experiments: the standard asks for a sample.
pub const NO_SAMPLE: &str =
    "\n\nThe document of hits has no sample, as no experiment of its tracks names one";

/// What is to be known of hits for which only some categories were searched.
pub const SOME_CATEGORIES: &str = "\n\nThe document of hits has objects of the categories that were searched only, so references \
    in it lead nowhere: search all categories for a complete document";

/// What the user is told: the result first, then how it came about.
pub fn message(
    query: &Query,
    question: &Question,
    answer: &Answer<'_>,
    not_in_gsuite: &[LeftOut],
) -> String {
    let total = answer.searched + answer.left_out.len();
    let mut text = answer
        .why_empty()
        .unwrap_or_else(|| format!("Found {} of {total} tracks", answer.hits.len()));
    if answer.hits.is_empty() && question.has_blanks_around_a_value() {
        text.push_str("\nA value begins or ends with a blank, which counts");
    }
    for sentence in &answer.advice {
        let _ = write!(text, "\nhint: {sentence}");
    }
    for unusable in &answer.unusable {
        let _ = write!(text, "\n{}", unknown_values(query.text(), unusable));
    }
    let _ = write!(text, "\n\nQuery:\n{}", query.text());
    let _ = write!(text, "\n\nUnderstood as:\n{}", query.expression());
    text.push_str("\n\nTracks that each clause keeps, and that are left after it:");
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
        "left out of the search, as a reference leads nowhere",
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
    let tracks = if left_out.len() == 1 {
        "track is"
    } else {
        "tracks are"
    };
    let _ = write!(text, "\n\n{} {tracks} {what}:", left_out.len());
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
pub fn augmentation(filled: &[Filled], unlabelled: &[&str]) -> String {
    filled_in(filled, "before the search", unlabelled)
}

/// The same for the hits of a server, which searches what it stores.
pub fn augmentation_after(filled: &[Filled], unlabelled: &[&str]) -> String {
    let text = filled_in(
        filled,
        "in the tracks found, after the search, as a server searches what it stores",
        unlabelled,
    );
    if text.is_empty() {
        "\n\nNothing to fill in in the tracks found".to_owned()
    } else {
        text
    }
}

fn filled_in(filled: &[Filled], when: &str, unlabelled: &[&str]) -> String {
    let mut text = String::new();
    if !filled.is_empty() {
        let values = if filled.len() == 1 { "value" } else { "values" };
        let _ = write!(
            text,
            "\n\nFilled in {} missing {values} {when}:",
            filled.len()
        );
        push_first(&mut text, filled, |filled| {
            format!("{}: {} ({})", filled.pointer, filled.value, filled.origin)
        });
    }
    if !unlabelled.is_empty() {
        text.push_str("\n\nNo name is known for these, so a search by name cannot find them:");
        push_first(&mut text, unlabelled, |id| (*id).to_owned());
    }
    text
}

impl Answer<'_> {
    /// Why nothing was found, in a sentence or two; `None` if something was.
    pub fn why_empty(&self) -> Option<String> {
        if !self.hits.is_empty() {
            return None;
        }
        if self.searched == 0 {
            return Some(match self.left_out.len() {
                0 => "No track found: the document has no tracks".to_owned(),
                _ => "No track found: none of the document's tracks has all of its experiment, sample and study".to_owned(),
            });
        }
        let (place, term) = self
            .terms
            .iter()
            .enumerate()
            .find(|(_, term)| term.left == 0)?;
        let text = one_line(&term.text);
        let tracks = |count: usize| {
            if count == 1 {
                "1 track".to_owned()
            } else {
                format!("{count} tracks")
            }
        };
        Some(if term.alone == 0 {
            format!("No track found: no track satisfies {text}")
        } else {
            let before = self.terms[..place]
                .last()
                .map_or(self.searched, |term| term.left);
            format!(
                "No track found: nothing was left after {text}. No single clause did it: that one alone keeps {}, \
                 but none of the {} that the clauses before it had left",
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
