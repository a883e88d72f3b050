//! The known queries of TrackFind through the tool, against a server of our own in both of its modes.

use std::path::Path;

use crate::support::corpus::{Gives, TWIN, corpus, letter};
use crate::support::searching::{search_at, site};
use crate::support::serve_process::Server;
use crate::support::{Outcome, project};

const MODES: [&[&str]; 2] = [&[], &["--faithful"]];

fn server(options: &[&str]) -> Server {
    let hub = format!("Example/Example={}", project(TWIN).display());
    Server::start_with(&[&["--hub", &hub, "--quiet"], options].concat())
}

fn ask(server: &Server, site: &Path, query: &str, more: &[&str]) -> Outcome {
    let address = format!("http://{}", server.address);
    let place = [
        "--server",
        &address,
        "--repository",
        "Example",
        "--hub",
        "Example",
    ];
    search_at(site, &[&place[..], &["--query", query], more].concat())
}

/// The letters of the tracks in the table that was printed, in the order of the document.
fn letters(outcome: &Outcome) -> String {
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let ids = outcome
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split('\t').next().unwrap());
    let found: Vec<char> = ids.map(letter).collect();
    "ZEPL"
        .chars()
        .filter(|letter| found.contains(letter))
        .collect()
}

fn in_order(letters: &str) -> String {
    "ZEPL"
        .chars()
        .filter(|letter| letters.contains(*letter))
        .collect()
}

/// What the tool itself does about an entry, whoever answers. Where it differs from a bare TrackFind server on purpose:
///
/// * 29: the query is sent in brackets, so that nothing escapes its hub;
/// * 31 and 32: categories are checked before the search, and must hold the tracks;
/// * 41: the tool sends sub-queries, and a TrackFind server answers them with Z; a server of our own refuses them by name;
/// * 46: an empty query, a second statement and brackets that do not match are refused with their place, unsent.
#[test]
fn the_corpus_has_its_documented_outcomes_in_both_modes() {
    let site = site("");
    for options in MODES {
        let server = server(options);
        for (entry, query, gives) in corpus() {
            let outcome = ask(&server, &site, &query, &[]);
            let about = format!("{entry} {options:?} {query}: {outcome:?}");
            match gives {
                Gives::Tracks(expected) => {
                    assert_eq!(letters(&outcome), in_order(expected), "{about}")
                }
                Gives::Fails(_) => {
                    assert_eq!(outcome.status, 1, "{about}");
                    assert!(
                        outcome.stderr.starts_with("error: query (line 1, column "),
                        "{about}"
                    );
                    assert!(
                        outcome.stderr.contains("\n  ") && outcome.stderr.contains('^'),
                        "{about}"
                    );
                }
                Gives::NotSupported => {
                    assert_eq!(outcome.status, 1, "{about}");
                    assert!(outcome.stderr.contains("not supported"), "{about}");
                }
            }
        }
    }
}

#[test]
fn the_entries_about_categories_are_checked_before_they_are_asked() {
    let site = site("");
    for options in MODES {
        let server = server(options);
        let tracks = ask(
            &server,
            &site,
            "tracks.content->'assembly_name' ? 'hg38'",
            &["--categories", "tracks"],
        );
        assert_eq!(letters(&tracks), "ZEPL", "30");
        assert!(
            !tracks.stdout.contains("H1-hESC\t"),
            "30: rows without samples: {}",
            tracks.stdout
        );
        let other = ask(
            &server,
            &site,
            "samples.content->'species_id' ? 'taxonomy:9606'",
            &["--categories", "tracks"],
        );
        assert_eq!(other.status, 1, "31");
        assert!(
            other
                .stderr
                .contains("the category `samples` is not searched"),
            "{other:?}"
        );
        let samples = ask(&server, &site, "true", &["--categories", "samples"]);
        assert_eq!(samples.status, 1, "32");
        assert!(
            samples
                .stderr
                .contains("--categories: found the categories samples, expected tracks among them"),
            "{samples:?}"
        );
    }
}

#[test]
fn a_question_mark_in_a_value_finds_it_on_a_server_that_doubles_it() {
    let site = site("");
    for options in MODES {
        let server = server(options);
        for query in [
            "tracks.content->>'label_long' ~ 'B cell (peaks|signals?)'",
            "tracks.content->>'label_long' LIKE '%eaks%' OR tracks.content->>'label_long' = 'what?'",
            "'x?y' ~ 'x\\?y' AND tracks.content->'file_format'->'term_label' ? 'bigWig'",
        ] {
            let found = ask(&server, &site, query, &[]);
            let local = search_at(
                &site,
                &[
                    "--document",
                    project(TWIN).to_str().unwrap(),
                    "--query",
                    query,
                ],
            );
            assert_eq!(letters(&found), letters(&local), "{options:?} {query}");
            assert!(
                found.stderr.contains("Sent to the server as:\n( ")
                    && found.stderr.contains("\\003F"),
                "{found:?}"
            );
        }
    }
}
