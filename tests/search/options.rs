//! Where `fairtracks_search` looks, how it explains itself, and the hints that it gives.

use crate::support::project;
use crate::support::searching::{BLOOD, TWIN, answer, search};

/// What `--explain` prints for a query on a document.
fn explained(document: &str, query: &str) -> String {
    let document = project(document);
    let outcome = search(&[
        "--document",
        document.to_str().unwrap(),
        "--query",
        query,
        "--explain",
    ]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    outcome.stdout
}

#[test]
fn tracks_without_a_sample_are_found_where_asked_for() {
    let all = answer(BLOOD, &["--query", "true", "--incomplete"]);
    assert!(
        all.said.starts_with("Found 62 of 62 tracks\n"),
        "{}",
        all.said
    );
    assert_eq!(all.document["subset_of"]["left_out"], serde_json::json!([]));
    assert_eq!(all.document["subset_of"]["search"]["incomplete"], true);
    let without = answer(
        BLOOD,
        &["--query", "samples.content IS NULL", "--incomplete"],
    );
    assert_eq!(without.table.len(), 3);
    assert!(
        without
            .said
            .contains("The document of hits contains no sample"),
        "{}",
        without.said
    );
    assert!(
        !all.said.contains("document of hits contains no sample"),
        "{}",
        all.said
    );
    assert_eq!(
        without.table[1][..3],
        ["example:BLD000042", without.table[1][1].as_str(), ""]
    );
}

#[test]
fn categories_choose_what_a_query_may_name_and_what_joins() {
    let tracks = answer(BLOOD, &["--query", "true", "--categories", "tracks"]);
    assert!(
        tracks.said.starts_with("Found 62 of 62 tracks\n"),
        "{}",
        tracks.said
    );
    let chain = [
        "--query",
        "true",
        "--categories",
        "tracks,experiments,samples",
    ];
    assert!(
        answer(BLOOD, &chain)
            .said
            .starts_with("Found 60 of 62 tracks\n")
    );
    for (categories, query, status, problem) in [
        (
            "tracks",
            "samples.content ? 'local_id'",
            1,
            "found the unknown category `samples`",
        ),
        (
            "samples",
            "true",
            2,
            "--categories: found the categories samples, expected tracks among them",
        ),
        (
            "tracks,sample",
            "true",
            2,
            "--categories: found the unknown category `sample`",
        ),
    ] {
        let document = project(BLOOD);
        let arguments = [
            "--document",
            document.to_str().unwrap(),
            "--query",
            query,
            "--categories",
            categories,
        ];
        let outcome = search(&arguments);
        assert_eq!(outcome.status, status, "{}", outcome.stderr);
        assert!(outcome.stderr.contains(problem), "{}", outcome.stderr);
    }
}

#[test]
fn explain_shows_the_brackets_and_what_each_clause_keeps() {
    let query =
        "NOT tracks.content->'assembly_name' ? 'hg19' AND tracks.content->>'label_short' LIKE 'x%'";
    let said = explained(TWIN, query);
    let understood = "Understood as:\n((NOT (tracks.content->'assembly_name' ? 'hg19')) AND \
                      (tracks.content->>'label_short' LIKE 'x%'))\n";
    assert!(said.contains(understood), "{said}");
    assert!(
        said.contains("\n      4       4  NOT tracks.content->'assembly_name' ? 'hg19'\n"),
        "{said}"
    );
    assert!(
        said.contains("\n      0       0  tracks.content->>'label_short' LIKE 'x%'"),
        "{said}"
    );
}

#[test]
fn hints_name_what_was_probably_meant() {
    for (query, hint) in [
        (
            "tracks.content->'assembly_name' ? 'HG38'",
            "No tracks->assembly_name is 'HG38': did you mean 'hg38'?",
        ),
        (
            "tracks.content->'Assembly_name' ? 'hg38'",
            "tracks->Assembly_name does not exist; tracks->assembly_name has the value 'hg38'",
        ),
        (
            "tracks.content->'term_label' ? 'bigWig'",
            "tracks->term_label does not exist; tracks->file_format->term_label has the value 'bigWig'",
        ),
        (
            "experiments.content->'technique'->'term_id' ? 'histone modification identification by ChIP-Seq assay'",
            "but experiments->technique->term_label has this value",
        ),
        (
            "NOT samples.content->'sample_type'->'cell_line'->'term_label' ? 'K562'",
            "14 of 16 samples have no samples->sample_type->cell_line->term_label and are excluded by NOT",
        ),
    ] {
        let said = explained(BLOOD, query);
        assert!(
            said.contains("\nhint: ") && said.contains(hint),
            "{query}: {said}"
        );
    }
    assert!(!explained(BLOOD, "tracks.content->'assembly_name' ? 'hg38'").contains("hint:"));
}

#[test]
fn values_that_are_no_numbers_count_as_unknown_and_are_told() {
    let said = explained(TWIN, "(tracks.content->>'label_short')::int > 5");
    let note = "4 values count as unknown in (tracks.content->>'label_short')::int: `ENCFF625ZYB` is not a valid integer";
    assert!(said.contains(note), "{said}");
}

#[test]
fn a_search_by_name_in_a_document_without_names_says_what_may_help() {
    let query = "samples.content->'sample_type'->'summary' ? 'H1-hESC'";
    let said = explained("test-data/valid/minimal.json", query);
    assert!(said.contains("--augment"), "{said}");
    assert!(!explained(TWIN, "false").contains("--augment"));
}
