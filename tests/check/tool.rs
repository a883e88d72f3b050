//! `fairtracks_check` as its users meet it.

use crate::support;
use std::fs;
use std::path::PathBuf;

use crate::support::{Outcome, folder, project};

fn check(arguments: &[&str]) -> Outcome {
    support::run(env!("CARGO_BIN_EXE_fairtracks_check"), arguments)
}

fn document(name: &str) -> String {
    project(&format!("test-data/{name}"))
        .to_str()
        .unwrap()
        .to_owned()
}

/// A file with these bytes.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// What is said of a file that cannot be read.
fn refusal(bytes: &[u8]) -> String {
    let path = file("document.json", bytes);
    let outcome = check(&[path.to_str().unwrap()]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (1, ""));
    outcome
        .stderr
        .replace(&format!("error: {}: ", path.display()), "")
        .trim_end()
        .to_owned()
}

/// The cells of the findings in a document made of a small one by replacing a text.
fn findings(name: &str, from: &str, to: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(document(name)).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    let path = file("document.json", text.replacen(from, to, 1).as_bytes());
    let outcome = check(&[path.to_str().unwrap()]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let lines = outcome.stdout.lines().skip(1);
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn findings_fail_only_if_that_is_asked_for() {
    let faulty = document("invalid/phenotype_missing.json");
    let doubtful = document("doubtful/checksum_cut_off.json");
    assert_eq!(check(&[&faulty]).status, 0);
    assert_eq!(check(&[&doubtful, "--strict"]).status, 0);
    let table = folder().join("findings.tsv");
    let outcome = check(&[
        &faulty,
        "--strict",
        "--output-table",
        table.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome
            .stderr
            .ends_with("error: --strict: found 1 finding of strength must, expected none\n")
    );
    assert_eq!(fs::read_to_string(table).unwrap().lines().count(), 2);
}

#[test]
fn a_finding_says_where_what_instead_of_what_and_what_to_do() {
    let path = document("invalid/rna_of_another_product.json");
    let outcome = check(&[&path]);
    let place = format!("{path}#/experiments/0/target/gene_product_type/term_id");
    let expected = [
        "must",
        &place,
        "\"http://purl.obolibrary.org/obo/NCIT_C25966\"",
        "http://purl.obolibrary.org/obo/NCIT_C813 (Messenger RNA) for the technique RNA-seq assay",
        "write this term, the only one that the standard allows here, or choose another technique",
    ];
    assert_eq!(
        outcome.stdout,
        format!(
            "#strength\tplace\twhat\texpected\thint\n{}\n",
            expected.join("\t")
        )
    );
}

#[test]
fn the_worst_comes_first_and_then_the_order_of_the_files() {
    let one = document("doubtful/label_with_blank_in_front.json");
    let two = document("invalid/file_name_null.json");
    let outcome = check(&[&one, &two]);
    let strengths: Vec<&str> = outcome
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    let mut sorted = strengths.clone();
    sorted.sort_by_key(|strength| ["must", "should", "may"].iter().position(|s| s == strength));
    assert_eq!(strengths, sorted);
    assert_eq!(strengths.last(), Some(&"should"));
}

#[test]
fn ids_are_unique_and_references_lead_across_all_files() {
    let text = fs::read_to_string(document("valid/rna_seq.json")).unwrap();
    let other = text
        .replace("encode:ENCFF718EPO", "encode:ENCFF717PIO")
        .replace("encode_example", "other_example")
        .replace("UW_ChipSeq", "UW_RnaSeq")
        .replace("\"0\"", "\"1\"")
        .replace("encode:ENCSR000DQP", "encode:ENCSR000DQQ")
        .replace(
            "\"local_id\": \"geo:GSM945229\"",
            "\"local_id\": \"geo:GSM945230\"",
        );
    let other = file("other.json", other.as_bytes());
    let other = other.to_str().unwrap();
    let alone = check(&[other]).stdout;
    assert!(
        alone.contains("#/experiments/0/sample_ref\t\"geo:GSM945229\"\t"),
        "{alone}"
    );
    let together = check(&[&document("valid/complete.json"), other]).stdout;
    assert!(!together.contains("must\t"), "{together}");
}

#[test]
fn galaxy_names_stand_in_places_and_report() {
    let report = folder().join("report.md");
    let names = file("names.json", br#"["B cells `${now}` | <b>"]"#);
    let outcome = check(&[
        &document("invalid/species_without_prefix.json"),
        "--names",
        names.to_str().unwrap(),
        "--output-report",
        report.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let report = fs::read_to_string(report).unwrap();
    assert!(report.starts_with("# FAIRtracks check\n\n**The document breaks the rules of FAIRtracks: 1 finding must be fixed**\n"));
    let finding = "- `B cells '$ {now}' | <b>#/samples/0/species_id`: found `\"9606\"`, \
                   expected a CURIE, such as taxonomy:9606";
    assert!(report.contains(finding), "{report}");
    assert!(report.contains("```galaxy\nhistory_dataset_as_table(output=\"output_table\""));
}

#[test]
fn each_document_needs_its_name() {
    let complete = document("valid/complete.json");
    for (names, complaint) in [
        (r#"["one", "two"]"#, "found 2 names, expected 1"),
        (
            r#"{"documents": []}"#,
            "found JSON that is no list, expected a list of names",
        ),
    ] {
        let names = file("other_names.json", names.as_bytes());
        let outcome = check(&[&complete, "--names", names.to_str().unwrap()]);
        assert_eq!(outcome.status, 1, "{outcome:?}");
        assert!(outcome.stderr.contains("other_names.json: "), "{outcome:?}");
        assert!(outcome.stderr.contains(complaint), "{outcome:?}");
    }
}

#[test]
fn alike_findings_are_told_together() {
    let mut text = fs::read_to_string(project("test-data/h1_h3k4me3.fairtracks.json")).unwrap();
    text = text.replace("\"cs_method\": \"MD5\"", "\"cs_method\": \"md5\"");
    let path = file("document.json", text.as_bytes());
    let outcome = check(&[path.to_str().unwrap()]);
    assert!(
        outcome.stderr.contains(
            "#/tracks/0/checksum/cs_method: found \"md5\", expected \"MD5\" (and 3 similar)"
        ),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_document_of_no_hits_is_worth_a_look_and_no_more() {
    let answer = folder().join("hits.json");
    let twin = document("h1_h3k4me3.fairtracks.json");
    let search = support::run(
        env!("CARGO_BIN_EXE_fairtracks_search"),
        &[
            "--document",
            &twin,
            "--query",
            "tracks.content->'assembly_name' ? 'hg19'",
            "--output-document",
            answer.to_str().unwrap(),
        ],
    );
    assert_eq!(search.status, 0, "{search:?}");
    let outcome = check(&[answer.to_str().unwrap()]);
    let found: Vec<String> = outcome
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split('\t').take(3).collect::<Vec<_>>().join(" "))
        .map(|line| line.replace(answer.to_str().unwrap(), ""))
        .collect();
    let empty = ["experiments", "samples", "studies", "tracks"]
        .map(|part| format!("may #/{part} an empty list"));
    assert_eq!(found, empty);
}

#[test]
fn hits_of_a_search_break_no_rule() {
    let outcome = check(&[&document("valid/document_of_hits.json"), "--strict"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
}

#[test]
fn json_that_is_too_deep_is_refused_at_once() {
    let brackets = vec![b'['; 30_000_000];
    assert_eq!(
        refusal(&brackets),
        "line 1, column 128: invalid JSON (more than 127 nested lists and objects), expected a FAIRtracks document"
    );
    let deep = format!("{{\"tracks\": {}{}}}", "[".repeat(200), "]".repeat(200));
    assert!(refusal(deep.as_bytes()).contains("more than 127"));
}

#[test]
fn bytes_of_other_encodings_are_named() {
    assert!(refusal(b"").starts_with("the file is empty"));
    assert!(refusal(b"\xef\xbb\xbf \n").starts_with("the file is empty"));
    assert!(refusal(b"\0{\0}\0").starts_with("the file is UTF-16"));
    assert!(
        refusal(b"{\"tracks\": \"\xe9\"}").starts_with("byte 13: found bytes that are not UTF-8")
    );
    assert!(refusal(br#"{"tracks": "\ud800x"}"#).starts_with("line 1, column 19: invalid JSON"));
}

#[test]
fn numbers_of_any_length_are_numbers() {
    let number = "7".repeat(10_000);
    let found = findings("valid/complete.json", "\"r1.narrowPeak.bb\"", &number);
    assert_eq!(found[0][0], "must");
    assert!(found[0][1].ends_with("#/tracks/0/file_name"));
    assert_eq!(found[0][2], format!("{}…", "7".repeat(120)));
    assert_eq!(found[0][4], "write it in double quotes");
}

#[test]
fn parts_of_another_kind_are_findings() {
    let outcome = check(
        &[file("document.json", b"{\"tracks\": 5, \"doc_info\": []}")
            .to_str()
            .unwrap()],
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    for expected in [
        "#\tno `@schema`\t",
        "#\tno `samples`\t",
        "#/doc_info\tan empty list\tan object\t",
        "#/tracks\t5\tan array of objects\t",
    ] {
        assert!(outcome.stdout.contains(expected), "{}", outcome.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_leads_to_the_output() {
    let folder = folder();
    let (file, link) = (folder.join("table.tsv"), folder.join("link.tsv"));
    fs::write(&file, "before").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let outcome = check(&[
        &document("valid/complete.json"),
        "--output-table",
        link.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        "#strength\tplace\twhat\texpected\thint\n"
    );
}

#[test]
fn what_is_missing_and_known_is_told_where_asked_for() {
    let minimal = document("valid/minimal.json");
    let plain = check(&[&minimal]).stdout;
    let message = check(&[&minimal, "--augment"]).stdout;
    assert!(!plain.contains("\tnothing\t"), "{plain}");
    let summary =
        "#/samples/0/sample_type/summary\tnothing\t\"H1-hESC\" (from the object's other values)\t";
    assert!(message.contains(summary), "{message}");
    assert!(plain.lines().all(|line| message.contains(line)));
    assert_eq!(
        check(&[&document("valid/complete.json"), "--augment"])
            .stdout
            .lines()
            .count(),
        1
    );
}

#[test]
fn one_file_that_cannot_be_read_does_not_stop_the_others() {
    let good = document("blood.fairtracks.json");
    for (name, bytes) in [
        ("empty.crate.zip", &b""[..]),
        ("text.crate.zip", b"chr1\t1\t2\n"),
        ("half.json", b"{\"doc_info\": "),
    ] {
        let bad = file(name, bytes);
        let bad = bad.to_str().unwrap();
        let outcome = check(&[&good, bad]);
        assert_eq!(outcome.status, 0, "{outcome:?}");
        let row = outcome.stdout.lines().find(|row| row.contains(name));
        let row = row.unwrap_or_else(|| panic!("{}", outcome.stdout));
        assert!(row.starts_with("must\t"), "{row}");
        assert!(row.contains("file not checked"), "{row}");
        assert_eq!(check(&[&good, bad, "--strict"]).status, 1);
        // Alone it is no answer but an error.
        assert_eq!(check(&[bad]).status, 1);
    }
}
