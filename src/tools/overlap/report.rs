//! The report of a ranking, in Galaxy's Markdown: the first tracks in a sentence, the warnings, the picture, the table, the
//! settings.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::drawing::numbers::{p, value};
use crate::galaxy::markdown::{code, image, plain, table};
use crate::overlap::Ranking;

use super::plain_words::{elements_left_out, is_summed_up};
use super::ranking_table::{RankedTrack, order};

/// How many tracks the report names, and how many warnings.
const MOST_SHOWN: usize = 10;

/// The context of the report.
#[derive(Debug, Clone, Copy)]
pub struct OverlapReportContext<'a> {
    /// The tracks in the order of the ranking's.
    pub tracks: &'a [RankedTrack],
    /// Remarks on inputs and metadata.
    pub remarks: &'a [String],
    /// How the ranking was made, in sentences.
    pub method: &'a [String],
    /// The settings as in their file.
    pub settings: &'a Json,
    /// The outputs that hold the tables and, where there is one, the picture.
    pub table: &'a str,
    /// The output with the groups, if tracks form groups.
    pub groups: Option<&'a str>,
    /// The output with the picture.
    pub picture: Option<&'a str>,
    /// The tool with its version.
    pub tool: &'a str,
    /// When it ran, RFC 3339.
    pub time: &'a str,
}

/// The result in one sentence.
pub fn verdict(ranking: &Ranking, tracks: &[RankedTrack]) -> String {
    let order = order(ranking);
    let Some(first) = order.first() else {
        return "No tracks to rank".to_owned();
    };
    let score = &ranking.tracks[*first];
    let count = ranking.tracks.len();
    let significant = ranking.tracks.iter();
    let significant = significant
        .filter(|score| score.adjusted_p.is_some_and(|q| q < 0.05))
        .count();
    let first = &tracks[*first].title;
    match score.adjusted_p {
        Some(q) => format!(
            "{first} ranks first of {count} tracks (normalised Forbes {}, q = {}); {significant} of them have q < 0.05",
            value(score.measures.normalised_forbes),
            p(Some(q)),
        ),
        None if score.measures.normalised_forbes.is_none() => {
            format!(
                "no track can be ranked ({count} given): the normalised Forbes coefficient is undefined"
            )
        }
        None => format!(
            "{first} ranks first of {count} tracks (normalised Forbes {})",
            value(score.measures.normalised_forbes)
        ),
    }
}

/// What to know before the result is used, the warnings of the run first.
pub fn all_warnings(ranking: &Ranking, about: &OverlapReportContext<'_>) -> Vec<String> {
    let of_run = ranking.warnings.iter().map(ToString::to_string);
    let mut all: Vec<String> = of_run.chain(about.remarks.iter().cloned()).collect();
    all.extend(elements_left_out(ranking));
    // The same warning on many tracks is one line.
    let mut by_text: Vec<(String, Vec<&str>)> = Vec::new();
    for place in order(ranking) {
        let track = &about.tracks[place];
        let of_score = ranking.tracks[place].warnings.iter();
        let of_score = of_score
            .filter(|warning| !is_summed_up(warning))
            .map(ToString::to_string);
        for warning in track.warnings.iter().cloned().chain(of_score) {
            match by_text.iter_mut().find(|(text, _)| *text == warning) {
                Some((_, names)) => names.push(&track.title),
                None => by_text.push((warning, vec![&track.title])),
            }
        }
    }
    all.extend(by_text.into_iter().map(|(warning, names)| {
        let shown = names.len().min(3);
        let more = match names.len() - shown {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}{more}: {warning}", names[..shown].join(", "))
    }));
    all
}

/// The report.
pub fn markdown(ranking: &Ranking, about: OverlapReportContext<'_>) -> String {
    let mut text = format!(
        "# FAIRtracks overlap\n\n**{}**\n",
        plain(&verdict(ranking, about.tracks))
    );
    if let Some(picture) = about.picture {
        let _ = write!(text, "\n{}", image(picture));
    }
    first_tracks(ranking, &about, &mut text);
    let warnings = all_warnings(ranking, &about);
    if !warnings.is_empty() {
        text.push_str("\n## Warnings\n\n");
        for warning in warnings.iter().take(MOST_SHOWN) {
            let _ = writeln!(text, "- {}", plain(warning));
        }
        if warnings.len() > MOST_SHOWN {
            let _ = writeln!(
                text,
                "\nand {} more; see the column `warnings` of the ranking.",
                warnings.len() - MOST_SHOWN
            );
        }
    }
    let _ = write!(
        text,
        "\n## Ranking\n\n{}",
        table(about.table, "Tracks by their overlap with the query")
    );
    if let Some(groups) = about.groups {
        let _ = write!(text, "\n## Groups\n\n{}", table(groups, "Groups of tracks"));
    }
    text.push_str("\n## Method\n\n");
    for sentence in about.method {
        let _ = writeln!(text, "- {}", plain(sentence));
    }
    settings(&about, &mut text);
    let _ = writeln!(
        text,
        "\nMade by {} at {}.",
        plain(about.tool),
        plain(about.time)
    );
    text
}

fn first_tracks(ranking: &Ranking, about: &OverlapReportContext<'_>, text: &mut String) {
    text.push_str(
        "\n| Rank | Track | Overlap (bp) | Hits | Normalised Forbes | p | q |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for place in order(ranking).into_iter().take(MOST_SHOWN) {
        let score = &ranking.tracks[place];
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            score.rank,
            plain(&about.tracks[place].title),
            score.overlap_base_pairs,
            score.query_hits,
            value(score.measures.normalised_forbes),
            p(score.p),
            p(score.adjusted_p)
        );
    }
}

/// The settings, each on a line.
fn settings(about: &OverlapReportContext<'_>, text: &mut String) {
    text.push_str("\n## Settings\n\n| Setting | Value |\n| --- | --- |\n");
    let settings = about.settings.get("settings").and_then(Json::as_object);
    for (name, value) in settings.into_iter().flatten() {
        let value = match value {
            Json::Null => continue,
            Json::String(text) => text.clone(),
            Json::Array(items) => {
                let items = items.iter().filter_map(Json::as_str);
                items.collect::<Vec<_>>().join(", ")
            }
            other => other.to_string(),
        };
        if !value.is_empty() {
            let _ = writeln!(text, "| {} | {} |", plain(name), code(&value));
        }
    }
    let universe = about.settings.get("universe_bp");
    let universe = universe.map(ToString::to_string).unwrap_or_default();
    let _ = writeln!(text, "| universe (bp) | {universe} |");
}
