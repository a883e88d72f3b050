//! The report of `fairtracks_search`: the answer first, then where it comes from.

use std::fs;

use crate::support::searching::{BLOOD, TWIN, answer};
use crate::support::{folder, project, text};

/// Whether the parts of a text follow each other in this order.
fn follow_each_other(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let Some((_, behind)) = rest.split_once(part) else {
            panic!("`{part}` is not where it is expected in: {text}");
        };
        rest = behind;
    }
}

#[test]
fn the_answer_comes_first_and_everything_has_its_place() {
    let report = answer(BLOOD, &["--find", "monocyte DNase-seq hg38"]).report;
    assert!(
        report.starts_with(
            "# FAIRtracks search\n\n**2 tracks** of 62 in `blood.fairtracks.json`: monocyte, DNase-seq, hg38\n"
        ),
        "{report}"
    );
    follow_each_other(
        &report,
        &[
            "\n## Understood as\n\n- cell is \"monocyte\": CD14-positive monocyte\n",
            "\n## Next\n",
            "give the document of hits to *FAIRtracks import*",
            "\n## Tracks by cell or tissue type\n\n| Cell or tissue type | Tracks |\n|---|--:|\n| CD14-positive monocyte | 2 |\n",
            "\n## Tracks by assay\n",
            "\n## Tracks by target\n",
            "\n## Tracks by genome assembly\n\n| Genome assembly | Tracks |\n|---|--:|\n| hg38 | 2 |\n",
            "\n## Source\n\n- `blood.fairtracks.json`: ",
            "version 71c6841982ab…, date 2026-01-15T10:00:00Z",
            "\n## 2 tracks not searched because of a dangling reference\n\n- `example:BLD000042`: its experiment",
            "\n## Query\n",
            "\n    samples.content->'sample_type'->'summary' ? 'CD14-positive monocyte'\n    AND ",
            "\n## All tracks\n\n```galaxy\nhistory_dataset_as_table(output=\"output_table\"",
        ],
    );
}

#[test]
fn nothing_found_is_said_first_with_what_to_try() {
    let report = answer(BLOOD, &["--find", "monocyte ATAC-seq"]).report;
    follow_each_other(
        &report,
        &[
            "# FAIRtracks search\n\n**No tracks** of 62 in `blood.fairtracks.json`: monocyte, ATAC-seq\n\n## What to try\n\n- No assay is \"ATAC-seq\"",
            "\n## Understood as\n",
            "\n## Source\n",
        ],
    );
    for missing in ["history_dataset_as_table", "## Next", "## Tracks by cell"] {
        assert!(!report.contains(missing), "{missing}: {report}");
    }
    let of_query = answer(
        BLOOD,
        &["--query", "tracks.content->'assembly_name' ? 'HG38'"],
    );
    follow_each_other(
        &of_query.report,
        &[
            "**No tracks** of 62 in `blood.fairtracks.json`: ",
            "## What to try\n\n- No tracks found: none matches ",
            "did you mean 'hg38'?",
            "## Source",
        ],
    );
}

#[test]
fn each_condition_has_the_number_of_tracks_that_it_matches() {
    let report = answer(BLOOD, &["--find", "K562 liver"]).report;
    let rows = report
        .split_once("| Condition | Tracks | Left after it |\n")
        .unwrap()
        .1;
    let rows: Vec<&str> = rows
        .lines()
        .skip(1)
        .take_while(|row| row.starts_with('|'))
        .collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].ends_with("'K562' | 6 | 6 |"), "{rows:?}");
    assert!(rows[1].ends_with("'liver' | 2 | 0 |"), "{rows:?}");
    let several = answer(BLOOD, &["--find", "K562 or liver"]).report;
    assert!(!several.contains("Tracks by condition"), "{several}");
    // A bar would end the cell.
    let bars = answer(BLOOD, &["--find", "K562 or liver, hg38"]).report;
    assert!(
        bars.contains("' ?\\| array\\['K562', 'liver'\\] | "),
        "{bars}"
    );
}

#[test]
fn the_most_frequent_values_are_shown_and_the_others_counted() {
    let report = answer(BLOOD, &["--query", "true"]).report;
    let table = report
        .split_once("| Cell or tissue type | Tracks |\n")
        .unwrap()
        .1;
    let rows: Vec<&str> = table
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty())
        .collect();
    assert_eq!(rows.len(), 11, "{rows:?}");
    assert_eq!(rows[10], "| *4 others* | 9 |");
    let count = |row: &&str| -> usize {
        let cells: Vec<&str> = row.split('|').collect();
        cells[cells.len() - 2].trim().parse().unwrap()
    };
    let counts: Vec<usize> = rows.iter().map(count).collect();
    assert!(
        counts[..10].is_sorted_by(|one, other| one >= other),
        "{counts:?}"
    );
    assert_eq!(counts.iter().sum::<usize>(), 60);
}

#[test]
fn values_filled_in_and_unknown_values_are_remarks() {
    let minimal = "test-data/valid/minimal.json";
    let report = answer(minimal, &["--query", "true", "--augment"]).report;
    assert!(
        report.contains("\n## Remarks\n\n- Filled in 10 missing values before the search\n"),
        "{report}"
    );
    let query = "(tracks.content->>'label_short')::int > 5";
    let report = answer(TWIN, &["--query", query]).report;
    assert!(report.contains("4 values count as unknown"), "{report}");
}

#[test]
fn a_report_of_the_hits_of_a_search_says_so() {
    let folder = folder();
    let first = folder.join("first.json");
    let hits = answer(BLOOD, &["--find", "monocyte"]).document;
    fs::write(&first, hits.to_string()).unwrap();
    let report = answer(first.to_str().unwrap(), &["--find", "DNase"]).report;
    assert!(
        report.contains("kind document of hits of an earlier search"),
        "{report}"
    );
    let report = answer(project(BLOOD).to_str().unwrap(), &["--find", "DNase"]).report;
    assert!(!report.contains("earlier search"), "{report}");
}

#[test]
fn the_examples_of_the_help_find_as_many_tracks_as_it_says() {
    let help = text("galaxy-tools/fairtracks_search.xml");
    let table = help
        .split_once("| Words to find | Tracks | Understood as |")
        .unwrap()
        .1;
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let rows: Vec<Vec<&str>> = rows
        .map(|row| row.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 6);
    for row in rows {
        let found = answer(BLOOD, &["--find", row[1].trim_matches('`')]);
        let expected: usize = row[2].parse().unwrap_or_default();
        assert_eq!(found.document["subset_of"]["hits"], expected, "{row:?}");
    }
}

#[test]
fn the_examples_of_the_manual_of_the_query_language_find_as_many_tracks_as_it_says() {
    let manual = text("galaxy-tools/help/query_language.md");
    let examples: Vec<(&str, &str)> = manual
        .split("This finds **")
        .skip(1)
        .map(|example| {
            let (count, rest) = example.split_once(" tracks**").unwrap();
            (count, rest.split("```").nth(1).unwrap().trim())
        })
        .collect();
    assert_eq!(examples.len(), 3);
    for (count, expression) in examples {
        let found = answer(BLOOD, &["--query", expression]);
        let expected: usize = count.parse().unwrap();
        assert_eq!(
            found.document["subset_of"]["hits"], expected,
            "{expression}"
        );
    }
}

#[test]
fn the_conditions_that_the_manual_of_the_query_language_lists_are_valid() {
    let manual = text("galaxy-tools/help/query_language.md");
    let table = manual.split_once("| To find | Write |").unwrap().1;
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let conditions = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let mut tried = 0;
    for condition in conditions.filter(|condition| condition.contains(".content->")) {
        answer(BLOOD, &["--query", &condition.replace("\\|", "|")]);
        tried += 1;
    }
    assert_eq!(tried, 13);
}
