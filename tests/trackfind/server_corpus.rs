//! The corpus of queries through the service, in both modes.

use std::collections::BTreeSet;

use crate::support::corpus::{Gives, corpus, letter};
use crate::support::service::{body, empty, faithful, ids, sane, search, twin};
use fairtracks::query::QueryFault;

/// The tracks in the order in which small answers of PostgreSQL have them: by their checksums, which `jsonb` compares
/// first.
fn sorted(tracks: &str) -> String {
    "ZPEL"
        .chars()
        .filter(|track| tracks.contains(*track))
        .collect()
}

fn letters(ids: &[String]) -> String {
    ids.iter().map(|id| letter(id)).collect()
}

#[test]
fn the_sane_mode_answers_as_the_engine_does() {
    let service = twin(sane());
    for (entry, query, expected) in corpus() {
        let answer = search(&service, &[("query", &query)]);
        match expected {
            Gives::Tracks(tracks) => {
                assert_eq!(letters(&ids(&answer, "tracks")), tracks, "entry {entry}");
                let total = ("X-Total-Count", tracks.len().to_string());
                assert_eq!(answer.headers, [total]);
            }
            Gives::Fails(_) | Gives::NotSupported => {
                let reason = match expected {
                    Gives::Fails(QueryFault::Syntax) => "syntax",
                    Gives::Fails(QueryFault::Name) => "name",
                    Gives::Fails(QueryFault::Type) => "type",
                    _ => "not_supported",
                };
                assert_eq!(answer.status, 400, "entry {entry}");
                let error = &body(&answer)["error"];
                assert_eq!(error["reason"], reason, "entry {entry}");
                assert!(error["place"]["column"].as_u64() > Some(0));
            }
        }
    }
}

#[test]
fn the_faithful_mode_answers_as_trackfind_does() {
    let service = twin(faithful());
    for (entry, query, expected) in corpus() {
        let answer = search(&service, &[("query", &query)]);
        match expected {
            // Without brackets its second half looks at everything, so there is more than the four tracks.
            Gives::Tracks(_) if entry.starts_with("29") => {
                let ids = ids(&answer, "tracks");
                assert!(ids.len() > 1000, "{}", ids.len());
                let tracks: BTreeSet<char> = ids.iter().map(|id| letter(id)).collect();
                assert_eq!(tracks, BTreeSet::from(['E', 'L', 'P']));
            }
            Gives::Tracks(tracks) => {
                assert_eq!(
                    letters(&ids(&answer, "tracks")),
                    sorted(tracks),
                    "entry {entry}"
                );
            }
            Gives::Fails(_) => assert_eq!(empty(&answer), 400, "entry {entry}"),
            Gives::NotSupported => assert_eq!(answer.status, 501, "entry {entry}"),
        }
    }
}

#[test]
fn categories_choose_the_aliases_and_the_joins() {
    for options in [sane(), faithful()] {
        let is_faithful = options.faithful;
        let service = twin(options);
        let of = |categories: &str, query: &str| {
            search(&service, &[("query", query), ("categories", categories)])
        };
        // Entries 30, 31 and 32.
        let answer = of("tracks", "tracks.content->'assembly_name' ? 'hg38'");
        let all = if is_faithful { "ZPEL" } else { "ZEPL" };
        assert_eq!(letters(&ids(&answer, "tracks")), all);
        let row = body(&answer)[0].as_object().unwrap().clone();
        let names: BTreeSet<&str> = row.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            BTreeSet::from(["collection_info", "doc_info", "tracks"])
        );
        let answer = of("tracks", "samples.content->'species_id' ? 'taxonomy:9606'");
        assert_eq!(answer.status, 400);
        assert_eq!(answer.body.is_empty(), is_faithful);
        assert_eq!(ids(&of(" samples,", "true"), "samples"), ["geo:GSM945229"]);
    }
}
