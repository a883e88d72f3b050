//! Answers of the data portal of FAANG and reports of the European Nucleotide Archive become documents.

use serde_json::{Value as Json, json};

use super::portals::{converted, converted_json, file, json_of, refusal, texts};
use crate::support::converting::{Converted, without_source};

const FAANG: [&str; 4] = [
    "faang_analysis.json",
    "faang_specimen.json",
    "faang_file.json",
    "faang_trackhubs.json",
];
const ENA: [&str; 3] = ["ena_analysis.tsv", "ena_runs.json", "ena_records.xml"];

/// Converts files of the test data.
fn of_files(source: &str, names: &[&str]) -> Converted {
    let read: Vec<String> = names.iter().map(|name| file(name)).collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .copied()
        .zip(read.iter().map(String::as_str))
        .collect();
    converted(source, &files)
}

fn notes(converted: &Converted, reason: &str) -> Vec<(String, String)> {
    let rows = converted.rows_of("not read").into_iter();
    let rows = rows.filter(|row| row[5].contains(reason));
    rows.map(|row| (row[3].clone(), row[6].clone())).collect()
}

fn pair(value: &str, count: &str) -> (String, String) {
    (value.to_owned(), count.to_owned())
}

#[test]
fn answers_of_faang_become_a_document() {
    let converted = of_files("faang", &FAANG);
    let document = converted.document();
    assert_eq!(
        texts(&document, "tracks", "/local_id"),
        [
            "ena.embl:ERZ9999001/liver.narrowPeak.bed.gz",
            "ena.embl:ERZ9999001/liver.bw",
            "ena.embl:ERZ9999002",
            "faang:invented_pig_hub/liver/liver_signal"
        ]
    );
    // Addresses without a scheme.
    assert_eq!(
        texts(&document, "tracks", "/file_url")[0],
        "https://ftp.sra.ebi.ac.uk/vol1/ERZ999/ERZ9999001/liver.narrowPeak.bed.gz"
    );
    assert_eq!(
        texts(&document, "tracks", "/file_format/term_label"),
        [
            "ENCODE narrow peak format",
            "bigWig",
            "ENCODE broad peak format",
            "bigWig"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/assembly_name"),
        ["susScr11"; 4]
    );
    assert_eq!(
        document["tracks"][2]["raw_file_ids"],
        json!(["ena.embl:ERR9999002", "ena.embl:ERR9999003"])
    );
    // The files of reads say what the target of an experiment is.
    assert_eq!(
        texts(&document, "experiments", "/target/summary")[..2],
        ["open_chromatin_region", "H3K4_trimethylation"]
    );
    assert_eq!(
        texts(&document, "experiments", "/technique/term_id")[1],
        "http://purl.obolibrary.org/obo/OBI_0002017"
    );
    // `normal` of PATO is `Normal` of the NCI Thesaurus; cells have tissue and health of the specimen that they are from.
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        ["Normal", "Normal"]
    );
    assert_eq!(
        texts(&document, "samples", "/sample_type/summary"),
        ["liver", "B cell (blood)"]
    );
    assert_eq!(
        texts(&document, "samples", "/biospecimen_class/term_label"),
        ["Organism Part", "Cell"]
    );
    assert_eq!(
        texts(&document, "samples", "/species_id"),
        ["taxonomy:9823"; 2]
    );
    assert_eq!(
        texts(&document, "studies", "/local_id"),
        ["bioproject:PRJEB999901", "invented_pig_hub"]
    );
    assert!(
        refusal(
            &converted,
            "samples.sample_type.organism_part",
            "http://purl.obolibrary.org/obo/BTO_0000089"
        )
        .starts_with("found in no table of terms (tissues)")
    );
    assert_eq!(
        notes(&converted, "reads are no tracks"),
        [pair("ERR9999001_1.fastq.gz", "2")]
    );
    assert_eq!(
        notes(&converted, "an index is no track"),
        [pair("liver.bam.bai", "1")]
    );
    let breeds: Vec<_> = converted
        .rows_of("not read")
        .into_iter()
        .filter(|row| row[3].contains("LBO_0000377"))
        .collect();
    assert_eq!(breeds.len(), 2);
}

#[test]
fn answers_of_faang_are_joined_in_any_order() {
    let one = of_files("faang", &FAANG);
    let mut turned = FAANG;
    turned.reverse();
    let other = of_files("faang", &turned);
    assert_eq!(
        without_source(&one.document_bytes),
        without_source(&other.document_bytes)
    );
}

#[test]
fn traps_of_faang_are_rows_and_no_values() {
    let mut analysis = json_of("faang_analysis.json");
    let source = &mut analysis["hits"]["hits"][0]["_source"];
    // A pool of specimens is none of them, and an assembly that no table has is none.
    source["sampleAccessions"] = json!(["SAMEA999901", "SAMEA999902"]);
    source["referenceGenome"] = "GRCg99z".into();
    source["files"][0]["checksumMethod"] = "CRC32".into();
    analysis["hits"]["total"]["value"] = 300.into();
    let specimen = file("faang_specimen.json");
    let converted = converted(
        "faang",
        &[("a.json", &analysis.to_string()), ("s.json", &specimen)],
    );
    assert_eq!(
        refusal(&converted, "samples.local_id", "SAMEA999901;SAMEA999902"),
        "expected one sample of BioSamples, since several samples are none"
    );
    assert_eq!(
        refusal(&converted, "hits.total", "300"),
        "found 2 hits in all answers: request the pages that follow"
    );
    assert!(
        refusal(&converted, "tracks.assembly_name", "GRCg99z")
            .starts_with("found an unknown assembly")
    );
    assert!(converted.document()["tracks"][0].get("checksum").is_none());
    assert_eq!(
        notes(&converted, "no track of the answers belongs to it"),
        [pair("SAMEA999901", "1")]
    );
    let alone = converted_json("faang", &json_of("faang_analysis.json"));
    assert_eq!(
        notes(&alone, "no answer describes the specimen"),
        [pair("SAMEA999901", "2")]
    );
}

#[test]
fn errors_of_faang_come_with_the_status_of_a_success() {
    let said = |text: &str| {
        let converted = converted("faang", &[("a.json", text)]);
        assert_eq!(converted.outcome.status, 1);
        assert!(converted.document_bytes.is_empty());
        converted.outcome.stderr
    };
    let expected = "an answer of the data portal of FAANG with `hits.hits` (analysis, trackhubs, file or specimen)";
    assert_eq!(
        said("This index doesn't exist!"),
        format!(
            "error: a.json: found the text `This index doesn't exist!`, expected {expected}: send the request again\n"
        )
    );
    assert_eq!(
        said(" \n"),
        format!("error: a.json: the file is empty, expected {expected}\n")
    );
    assert_eq!(
        said("{\"hits\": 3}"),
        format!("error: a.json: found another kind of JSON, expected {expected}\n")
    );
    let nothing = "error: found none in all files, expected an analysis with files or a track hub: change the search";
    assert_eq!(
        said(r#"{"hits": {"total": {"value": 0}, "hits": []}}"#),
        format!("{nothing}\n")
    );
    assert_eq!(
        said(&file("faang_file.json")),
        format!(
            "{nothing}; 2 such as `ERR9999001_1.fastq.gz`: reads are no tracks: left out; 2 such as `ERX9999001`: no track of the answers belongs to it: left out; 1 such as `PRJEB999901`: no track of the answers belongs to it: left out\n"
        )
    );
}

#[test]
fn reports_of_the_ena_become_a_valid_document() {
    let converted = of_files("ena", &ENA);
    assert_eq!(
        converted.outcome.stderr,
        "converted to 4 tracks, 2 experiments, 2 samples, 1 study; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    assert_eq!(
        texts(&document, "tracks", "/local_id"),
        [
            "ena.embl:ERZ9999101",
            "ena.embl:ERZ9999102/liver.narrowPeak.gz",
            "ena.embl:ERZ9999102/liver.broadPeak.gz",
            "ena.embl:ERZ9999103"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/file_url")[0],
        "https://ftp.sra.ebi.ac.uk/vol1/ERZ999/ERZ9999101/b_cells.hotspots.bed.gz"
    );
    // Each checksum is that of the file at its position.
    assert_eq!(
        texts(&document, "tracks", "/checksum/cs_hash")[1..],
        [
            "00000000000000000000000000005ccd",
            "00000000000000000000000000007bbc",
            "00000000000000000000000000009aab"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/type_of_condensed_data"),
        [
            "Peaks",
            "Narrow peaks",
            "Broad peaks",
            "Mapped paired-end reads"
        ]
    );
    assert_eq!(
        document["tracks"][1]["raw_file_ids"],
        json!(["ena.embl:ERR9999102", "ena.embl:ERR9999103"])
    );
    assert_eq!(
        texts(&document, "experiments", "/target/summary"),
        ["DNaseI_hypersensitive_site", "H3K27_acetylation_site"]
    );
    // Values of the samples are from their XML, with entities resolved.
    assert_eq!(
        texts(&document, "samples", "/sample_type/details"),
        ["B cells of donor 1", "Liver of donor 2 & adult"]
    );
    assert_eq!(
        texts(&document, "studies", "/local_id"),
        ["bioproject:PRJEB999911"]
    );
    assert_eq!(
        notes(&converted, "an index is no track"),
        [pair("b_cells.hotspots.bed.gz.tbi", "2")]
    );
    assert_eq!(
        notes(&converted, "reads are no tracks"),
        [pair("ERR9999104", "1")]
    );
}

/// The rows of a report as JSON.
fn report(table: &str) -> Json {
    let mut lines = table.lines().map(|line| line.split('\t'));
    let titles: Vec<&str> = lines.next().unwrap().collect();
    let rows = lines.map(|cells| {
        let cells = titles.iter().zip(cells);
        let members = cells.map(|(title, cell)| ((*title).to_owned(), Json::from(cell)));
        Json::Object(members.collect())
    });
    rows.collect()
}

#[test]
fn tsv_and_json_of_the_ena_give_the_same_document_in_any_order() {
    let whole = of_files("ena", &ENA);
    let [analyses, runs, records] = ENA.map(file);
    let analyses = report(&analyses).to_string();
    let turned = converted(
        "ena",
        &[
            ("x.xml", &records),
            ("r.json", &runs),
            ("a.json", &analyses),
        ],
    );
    assert_eq!(
        without_source(&turned.document_bytes),
        without_source(&whole.document_bytes)
    );
}

#[test]
fn an_analysis_in_xml_adds_to_its_report() {
    let alone = of_files("ena", &["ena_analysis.xml"]);
    let document = alone.document();
    assert!(document["tracks"][0].get("file_url").is_none());
    assert_eq!(
        texts(&document, "experiments", "/technique/term_id"),
        ["http://purl.obolibrary.org/obo/OBI_0001853"]
    );
    assert_eq!(
        texts(&document, "tracks", "/assembly_id"),
        ["insdc.gca:GCF_000001405.26"]
    );
    let both = of_files("ena", &["ena_analysis.xml", "ena_analysis.tsv"]);
    let document = both.document();
    // One track, with the address of the report and the attributes of the record.
    assert_eq!(document["tracks"].as_array().unwrap().len(), 4);
    assert_eq!(
        texts(&document, "tracks", "/file_url")[0],
        "https://ftp.sra.ebi.ac.uk/vol1/ERZ999/ERZ9999101/b_cells.hotspots.bed.gz"
    );
    assert_eq!(
        texts(&document, "experiments", "/technique/term_id")[0],
        "http://purl.obolibrary.org/obo/OBI_0001853"
    );
}

#[test]
fn traps_of_the_ena_are_rows_and_no_values() {
    let mut analyses = report(&file("ena_analysis.tsv"));
    // Three checksums of two files belong to none of them.
    analyses[1]["submitted_md5"] = "1;2;3".into();
    analyses[0]["sample_accession"] = "SAMEA999911;SAMEA999912".into();
    analyses[0]["submitted_ftp"] =
        "tracks.example.org/a.bed.gz;tracks.example.org/a.bed.gz.tbi".into();
    let contrary = json!([{"analysis_accession": "ERZ9999103", "reference_genome": "GRCh37"}]);
    let converted = converted(
        "ena",
        &[
            ("a.json", &analyses.to_string()),
            ("b.json", &contrary.to_string()),
        ],
    );
    assert_eq!(
        refusal(&converted, "analysis.submitted_md5", "1;2;3"),
        "found 3 values for 2 addresses in `submitted_ftp`, expected one for each: none is used"
    );
    let document = converted.document();
    assert!(document["tracks"][1].get("checksum").is_none());
    assert_eq!(
        refusal(&converted, "samples.local_id", "SAMEA999911;SAMEA999912"),
        "expected one sample, such as SAMEA1234567, since several samples are none"
    );
    // No scheme is invented for a host that may have any.
    assert!(
        refusal(&converted, "tracks.file_url", "tracks.example.org/a.bed.gz")
            .starts_with("expected the address of a file")
    );
    assert_eq!(
        refusal(&converted, "reference_genome", "GRCh37"),
        "a.json, item 3 has another value: `GRCh38`"
    );
}

#[test]
fn reports_of_the_ena_without_tracks_are_errors() {
    let said = |name: &str, text: &str| {
        let converted = converted("ena", &[(name, text)]);
        assert_eq!(converted.outcome.status, 1);
        assert!(converted.document_bytes.is_empty());
        converted.outcome.stderr
    };
    let nothing = "error: found none in all files, expected an analysis with files (result=analysis): change the search";
    assert_eq!(said("a.tsv", ""), format!("{nothing}\n"));
    assert_eq!(
        said("a.tsv", "analysis_accession\tsubmitted_ftp\n"),
        format!("{nothing}\n")
    );
    assert_eq!(said("a.json", "[]"), format!("{nothing}\n"));
    assert!(said("a.json", &file("ena_runs.json")).starts_with(&format!(
        "{nothing}; 4 such as `ERR9999101`: reads are no tracks"
    )));
    let kind = "expected a report of the European Nucleotide Archive with accessions, such as `analysis_accession`\n";
    assert!(said("a.tsv", "Invalid accession\n").ends_with(kind));
    assert!(said("a.json", "{\"x\": 1}").ends_with(kind));
    assert_eq!(
        said("a.json", r#"{"message": "Field x is invalid"}"#),
        "error: a.json: found an answer that states an error: Field x is invalid\n"
    );
    assert!(said("a.xml", "<html><body>503</body></html>").ends_with(
        "expected records of the European Nucleotide Archive, such as ANALYSIS or SAMPLE\n"
    ));
    let deep = "<SAMPLE>".repeat(100_000);
    assert!(said("a.xml", &deep).contains("levels of elements"));
    let entity =
        "<!DOCTYPE x [<!ENTITY a \"b\">]><SAMPLE accession=\"ERS1\"><TITLE>&a;</TITLE></SAMPLE>";
    assert!(said("a.xml", entity).contains("found the entity `a`"));
}
