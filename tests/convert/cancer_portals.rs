//! Answers of the Genomic Data Commons and the table of locations of ICGC become documents.

use serde_json::{Value as Json, json};

use super::portals::{converted, converted_json, file, json_of, refusal, texts};
use crate::support::converting::{Converted, without_source};

/// How many records a row of the log stands for: its outcome, the start of its field, its value and a part of its reason.
fn noted(converted: &Converted, field: &str, value: &str, reason: &str) -> String {
    let mut rows = converted.rows_of("not read").into_iter();
    let row = rows.find(|row| row[2] == field && row[3] == value && row[5].contains(reason));
    let row = row.unwrap_or_else(|| panic!("{field} {value}: {:?}", converted.rows));
    row[6].clone()
}

fn hits(answer: &mut Json) -> &mut Vec<Json> {
    answer["data"]["hits"].as_array_mut().unwrap()
}

#[test]
fn answers_of_the_gdc_become_a_document() {
    let converted = converted_json("gdc", &json_of("gdc_files.json"));
    assert_eq!(
        converted.outcome.stderr,
        "converted to 4 tracks, 4 experiments, 3 samples, 1 study; 1 value is missing or breaks a rule of FAIRtracks\n"
    );
    let document = converted.document();
    assert_eq!(
        texts(&document, "tracks", "/file_url")[0],
        "https://api.gdc.cancer.gov/data/00000000-0000-4000-8000-000000000001"
    );
    // A MAF of mutations is a table and not the format MAF of alignments.
    assert_eq!(
        texts(&document, "tracks", "/file_format/term_label"),
        ["TSV", "TSV", "TSV", "BAM"]
    );
    assert_eq!(
        texts(&document, "tracks", "/type_of_condensed_data"),
        [
            "Experimentally-derived regions",
            "Individual variants",
            "Signal values (other)",
            "-"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/geometric_track_type"),
        ["Valued segments", "Points", "Valued points", "Segments"]
    );
    assert_eq!(texts(&document, "tracks", "/assembly_name"), ["hg38"; 4]);
    assert_eq!(
        document["tracks"][1]["raw_file_ids"],
        json!([
            "gdc:00000000-0000-4000-8000-000000000021",
            "gdc:00000000-0000-4000-8000-000000000022"
        ])
    );
    // Somatic results are those of the tumour; the blood of a donor with a tumour of the brain is blood, and normal.
    assert_eq!(
        texts(&document, "samples", "/local_id"),
        [
            "gdc:TCGA-ZZ-0001-01A",
            "gdc:TCGA-ZZ-0002-01A",
            "gdc:TCGA-ZZ-0002-10A"
        ]
    );
    assert_eq!(
        texts(
            &document,
            "samples",
            "/sample_type/organism_part/term_label"
        ),
        ["brain", "brain", "blood"]
    );
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        ["Glioblastoma", "Glioblastoma", "Normal"]
    );
    assert_eq!(texts(&document, "studies", "/local_id"), ["gdc:TCGA-GBM"]);
    assert_eq!(noted(&converted, "file.access", "open", "no token"), "3");
    assert_eq!(
        noted(&converted, "file.access", "controlled", "needs a token"),
        "1"
    );
    let tables = "Allele-specific Copy Number Segment: TXT";
    assert_eq!(
        noted(&converted, "file.data_format", tables, "positions from 1"),
        "3"
    );
}

/// The columns that the portal makes of an answer: a title with positions for each text.
fn cells_of(value: &Json, path: &str, cells: &mut Vec<(String, String)>) {
    match value {
        Json::Object(members) => {
            for (key, value) in members {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                cells_of(value, &path, cells);
            }
        }
        Json::Array(items) => {
            for (position, value) in items.iter().enumerate() {
                cells_of(value, &format!("{path}.{position}"), cells);
            }
        }
        Json::Null => {}
        Json::String(text) => cells.push((path.to_owned(), text.clone())),
        other => cells.push((path.to_owned(), other.to_string())),
    }
}

#[test]
fn json_tsv_and_saved_lists_of_the_gdc_give_the_same_document() {
    let mut answer = json_of("gdc_files.json");
    let whole = converted_json("gdc", &answer);
    let list = converted_json("gdc", &Json::Array(hits(&mut answer).clone()));
    assert_eq!(
        without_source(&list.document_bytes),
        without_source(&whole.document_bytes)
    );
    let rows: Vec<Vec<(String, String)>> = hits(&mut answer)
        .iter()
        .map(|hit| {
            let mut cells = Vec::new();
            cells_of(hit, "", &mut cells);
            cells
        })
        .collect();
    let mut titles: Vec<&str> = rows.iter().flatten().map(|(title, _)| &title[..]).collect();
    // The order of columns in an answer means nothing.
    titles.sort_unstable_by(|one, other| other.cmp(one));
    titles.dedup();
    let mut table = titles.join("\t") + "\n";
    for row in &rows {
        let cell = |title: &&str| {
            let mut cells = row.iter();
            cells
                .find(|(known, _)| known == title)
                .map_or("", |(_, text)| text)
        };
        table += &(titles.iter().map(cell).collect::<Vec<_>>().join("\t") + "\n");
    }
    let tsv = converted("gdc", &[("files.tsv", &table)]);
    assert_eq!(
        without_source(&tsv.document_bytes),
        without_source(&whole.document_bytes)
    );
}

#[test]
fn traps_of_the_gdc_are_rows_and_no_values() {
    let mut answer = json_of("gdc_files.json");
    answer["warnings"] = json!({"fields": "unrecognized values: [md5]"});
    let found = hits(&mut answer);
    // A metastasis is not from the site of the tumour, and a diagnosis in other words is no term.
    found[2]["cases"][0]["samples"][0]["sample_type"] = "Metastatic".into();
    found[2]["cases"][0]["diagnoses"][0]["primary_diagnosis"] = "Mixed glioma".into();
    found[3]["access"] = "unknown".into();
    // Two tumours of one file are neither.
    let second = json!({"sample_type": "Primary Tumor", "tissue_type": "Tumor", "submitter_id": "TCGA-ZZ-0009-01A"});
    found[0]["cases"][0]["samples"]
        .as_array_mut()
        .unwrap()
        .push(second);
    answer["data"]["pagination"]["total"] = 40.into();
    let converted = converted_json("gdc", &answer);
    assert_eq!(
        refusal(&converted, "data.pagination.total", "40"),
        "found 4 hits in all answers: request the pages that follow"
    );
    assert!(
        refusal(&converted, "warnings.fields", "unrecognized values: [md5]")
            .starts_with("found a warning about the request")
    );
    assert!(
        refusal(
            &converted,
            "samples.sample_type.organism_part",
            "Metastatic: Brain"
        )
        .starts_with("expected a type of sample with its tissue")
    );
    assert!(
        refusal(&converted, "samples.phenotype", "Tumor: Mixed glioma")
            .contains("found in no table of terms")
    );
    assert_eq!(
        refusal(&converted, "file.access", "unknown"),
        "expected open or controlled"
    );
    assert_eq!(
        refusal(
            &converted,
            "samples.local_id",
            "TCGA-ZZ-0001-01A;TCGA-ZZ-0001-10A;TCGA-ZZ-0009-01A"
        ),
        "expected one id, since several samples are none"
    );
}

#[test]
fn answers_of_the_gdc_without_files_are_errors() {
    let said = |value: &Json| {
        let converted = converted_json("gdc", value);
        assert_eq!(converted.outcome.status, 1);
        assert!(converted.document_bytes.is_empty());
        converted.outcome.stderr
    };
    assert_eq!(
        said(&json!({"data": {"hits": [], "pagination": {"total": 0}}, "warnings": {}})),
        "error: found none in all files, expected a file in the answers: change the filters of the request\n"
    );
    assert_eq!(
        said(&json!({"message": "internal server error"})),
        "error: source.json: found an answer that states an error: internal server error\n"
    );
    let kind = "error: source.json: found another kind of JSON, expected an answer of the Genomic Data Commons on files with `data.hits`\n";
    assert_eq!(said(&json!({"hits": {}})), kind);
    assert_eq!(said(&json!([1])), kind);
    let table = converted("gdc", &[("manifest.tsv", "name\tsize\na\t1\n")]);
    assert!(
        table
            .outcome
            .stderr
            .contains("expected an answer of the Genomic Data Commons")
    );
    let deep = format!("{{\"data\": {}", "[".repeat(100_000));
    let deep = converted("gdc", &[("deep.json", &deep)]);
    assert!(deep.outcome.stderr.starts_with("error: deep.json: "));
}

#[test]
fn the_table_of_icgc_gives_files_with_an_address() {
    let converted = converted("icgc", &[("locations.tsv", &file("icgc_locations.tsv"))]);
    let document = converted.document();
    assert_eq!(
        texts(&document, "tracks", "/file_url"),
        [
            "https://object.genomeinformatics.org/icgc25k-open/release_28/Projects/XXXX-NO/simple_somatic_mutation.open.XXXX-NO.tsv.gz",
            "https://object.genomeinformatics.org/icgc25k-open/release_28/Projects/XXXX-NO/copy_number_somatic_mutation.open.XXXX-NO.tsv.gz",
            "https://api.gdc.cancer.gov/data/00000000-0000-4000-8000-000000000003"
        ]
    );
    // The release is on GRCh37; of a file in the Genomic Data Commons the table does not say it.
    assert_eq!(
        texts(&document, "tracks", "/assembly_name"),
        ["hg19", "hg19", "-"]
    );
    assert_eq!(
        texts(&document, "tracks", "/geometric_track_type"),
        ["Points", "Valued segments", "Segments"]
    );
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        ["Normal", "-", "-"]
    );
    assert_eq!(
        noted(&converted, "file.location EGA", "EGA", "no public address"),
        "1"
    );
    let controlled =
        "/release_28/Projects/XXXX-NO/simple_somatic_mutation.controlled.XXXX-NO.tsv.gz";
    assert_eq!(
        noted(
            &converted,
            "file.location SFTP",
            controlled,
            "no public address"
        ),
        "1"
    );
    assert_eq!(
        noted(&converted, "file.Format", "FASTQ", "reads are no tracks"),
        "1"
    );
}

#[test]
fn a_table_of_icgc_without_addresses_says_what_it_has() {
    let table = file("icgc_locations.tsv");
    let closed: Vec<&str> = table
        .lines()
        .filter(|line| line.contains("File_ID") || line.contains("\tEGA\t"))
        .collect();
    let converted = converted("icgc", &[("locations.tsv", &closed.join("\n"))]);
    assert_eq!(converted.outcome.status, 1);
    assert_eq!(
        converted.outcome.stderr,
        "error: found none in all files, expected a file of the open bucket of ICGC, or with an id of the Genomic Data Commons; 1 such as `EGA`: no public address: ask the committee for data access; left out; 1 such as `FASTQ`: reads are no tracks: left out\n"
    );
    let other = self::converted("icgc", &[("other.tsv", "File_ID\tsize\na\t1\n")]);
    assert!(other.outcome.stderr.contains(
        "expected the table of locations of ICGC with the titles `File_ID` and `location`"
    ));
}
