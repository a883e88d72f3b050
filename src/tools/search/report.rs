//! The report of a search, in Galaxy's Markdown: the answer first, without a hit what to try, then the counts and the query.

use std::fmt::Write as _;

use crate::galaxy::markdown::{code, code_block, plain, table};
use crate::query::search_question::SearchQuestion;
use crate::query::words::UnderstoodQuestion;
use crate::text::{counted, shortened};

use super::description::answer;
use super::found::SearchResult;
use super::message::{BLANKS, NOT_IN_GSUITE};
use super::totals::one_line;

/// How many values of a column, and how many tracks that are left out, the report names.
const MOST_SHOWN: usize = 10;
/// How many documents are named.
const MOST_DOCUMENTS: usize = 50;
/// The most characters of a value.
const LONGEST_VALUE: usize = 80;
/// The most characters of a signature, with the `…` at its end.
const LONGEST_SIGNATURE: usize = 13;

/// The context of the report.
#[derive(Clone, Copy)]
pub(super) struct SearchReportContext<'a> {
    pub(super) question: &'a SearchQuestion,
    /// The question in a few words.
    pub(super) short: &'a str,
    /// The tool with its version.
    pub(super) tool: &'a str,
    /// The time of the search, RFC 3339.
    pub(super) time: &'a str,
    /// The output that holds the table.
    pub(super) table: &'a str,
    /// What the output with the tracks to import is called.
    pub(super) hits: &'a str,
}

/// The report.
pub(super) fn markdown(found: &SearchResult, about: SearchReportContext<'_>) -> String {
    let mut text = String::from("# FAIRtracks search\n\n");
    let (count, rest) = answer(found, "", code);
    let question = match about.short {
        "" => String::new(),
        short => format!(": {}", plain(short)),
    };
    let _ = writeln!(text, "**{count}**{rest}{question}");
    if found.hits() == 0 {
        what_to_try(found, about, &mut text);
    }
    understood(found, &mut text);
    terms(found, &mut text);
    if found.hits() > 0 {
        let _ = write!(
            text,
            "\n## Next\n\n- To download the files, give the {} to *FAIRtracks import*.\n- To narrow the hits down, search the {} again.\n",
            about.hits, about.hits
        );
        counts(found, &mut text);
    }
    sources(found, about, &mut text);
    left_out(found, &mut text);
    if !found.remarks.is_empty() {
        list("Remarks", &found.remarks, &mut text);
    }
    let _ = write!(
        text,
        "\n## Query\n\nThe search as an expression, which the form takes in *An expression in the query language*:\n\n{}",
        code_block(&found.asked.query)
    );
    if found.hits() > 0 {
        let _ = write!(text, "\n## All tracks\n\n{}", table(about.table, "Tracks"));
    }
    text
}

fn list(title: &str, sentences: &[String], text: &mut String) {
    let _ = write!(text, "\n## {title}\n\n");
    for sentence in sentences {
        let _ = writeln!(text, "- {}", plain(sentence));
    }
}

/// Why nothing was found, and what may help.
fn what_to_try(found: &SearchResult, about: SearchReportContext<'_>, text: &mut String) {
    let mut sentences: Vec<String> = found.why_empty.iter().cloned().collect();
    sentences.extend(found.hints.iter().cloned());
    if about.question.has_blanks_around_a_value() {
        sentences.push(BLANKS.to_owned());
    }
    if sentences.is_empty() {
        sentences.push("Use fewer conditions, or copy values from FAIRtracks catalog".to_owned());
    }
    list("What to try", &sentences, text);
}

/// What words were understood as, and hints although something was found.
fn understood(found: &SearchResult, text: &mut String) {
    let understood = found.asked.understood.as_ref();
    let sentences = understood.map_or_else(Vec::new, UnderstoodQuestion::sentences);
    if !sentences.is_empty() {
        list("Understood as", &sentences, text);
    }
    if found.hits() > 0 && !found.hints.is_empty() {
        list("Hints", &found.hints, text);
    }
}

/// How many tracks each part of the query matches, where it has several.
fn terms(found: &SearchResult, text: &mut String) {
    if found.terms.len() < 2 {
        return;
    }
    text.push_str(
        "\n## Tracks by condition\n\n| Condition | Tracks | Left after it |\n|---|--:|--:|\n",
    );
    for term in &found.terms {
        let (condition, alone, left) = (plain(&one_line(&term.text)), term.alone, term.left);
        let _ = writeln!(text, "| {condition} | {alone} | {left} |");
    }
}

/// The tracks by document, and by what people ask for.
fn counts(found: &SearchResult, text: &mut String) {
    if found.sources.len() > 1 {
        text.push_str("\n## Tracks by document\n\n| Document | Found | Tracks |\n|---|--:|--:|\n");
        for source in found.sources.iter().take(MOST_DOCUMENTS) {
            let tracks = source
                .tracks
                .map_or("?".to_owned(), |count| count.to_string());
            let _ = writeln!(
                text,
                "| {} | {} | {tracks} |",
                plain(&source.name),
                source.hits
            );
        }
        let others = found.sources.iter().skip(MOST_DOCUMENTS);
        let (count, hits) = others.fold((0, 0), |(count, hits), source| {
            (count + 1, hits + source.hits)
        });
        if count > 0 {
            let _ = writeln!(text, "| *{count} others* | {hits} | |");
        }
    }
    for (title, values) in found.lists.counts.lists() {
        let heading = title.to_lowercase();
        let _ = write!(
            text,
            "\n## Tracks by {heading}\n\n| {title} | Tracks |\n|---|--:|\n"
        );
        for (value, count) in values.iter().take(MOST_SHOWN) {
            let value = match *value {
                "" => "*not known*".to_owned(),
                value => plain(&shortened(value, LONGEST_VALUE)),
            };
            let _ = writeln!(text, "| {value} | {count} |");
        }
        let others = values.get(MOST_SHOWN..).unwrap_or_default();
        if !others.is_empty() {
            let tracks: usize = others.iter().map(|(_, count)| count).sum();
            let _ = writeln!(text, "| *{} others* | {tracks} |", others.len());
        }
    }
}

/// Where the tracks come from.
fn sources(found: &SearchResult, about: SearchReportContext<'_>, text: &mut String) {
    let title = match found.sources.len() {
        1 => "Source",
        _ => "Sources",
    };
    let _ = write!(text, "\n## {title}\n\n");
    for source in found.sources.iter().take(MOST_DOCUMENTS) {
        let stated = source.stated.iter();
        let stated: Vec<String> = stated
            .map(|(title, stated)| format!("{title} {}", plain(&short_version(stated))))
            .collect();
        let stated = match stated.is_empty() {
            true => String::new(),
            false => format!(": {}", stated.join(", ")),
        };
        let _ = writeln!(text, "- {}{stated}", code(&source.name));
    }
    if found.sources.len() > MOST_DOCUMENTS {
        let more = found.sources.len() - MOST_DOCUMENTS;
        let _ = writeln!(text, "- and {}", counted(more, "more document"));
    }
    let _ = writeln!(
        text,
        "- Searched by {} at {}",
        plain(about.tool),
        plain(about.time)
    );
}

/// A signature by its beginning; `subset_of` of the document of hits has the whole.
fn short_version(text: &str) -> String {
    let is_signature = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match is_signature {
        true => shortened(text, LONGEST_SIGNATURE),
        false => text.to_owned(),
    }
}

/// Tracks that could not be searched, and those that the GSuite file cannot hold.
fn left_out(found: &SearchResult, text: &mut String) {
    let not_in_gsuite = &found.lists.gsuite.left_out;
    for (what, tracks) in [
        (
            "not searched because of a dangling reference",
            &found.left_out,
        ),
        (NOT_IN_GSUITE, not_in_gsuite),
    ] {
        if tracks.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {} {what}\n\n", counted(tracks.len(), "track"));
        for track in tracks.iter().take(MOST_SHOWN) {
            let (id, reason) = (code(&track.local_id), plain(&track.reason));
            let _ = writeln!(text, "- {id}: {reason}");
        }
        if tracks.len() > MOST_SHOWN {
            let more = tracks.len() - MOST_SHOWN;
            let _ = writeln!(
                text,
                "- and {more} more; `subset_of` of the document of hits names all"
            );
        }
    }
}
