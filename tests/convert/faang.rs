//! Answers of the data portal of FAANG become documents.

use serde_json::json;

use super::ena::{notes, of_files, pair};
use super::portals::{converted, converted_json, file, json_of, refusal, texts};
use crate::support::converting::without_source;

const FAANG: [&str; 4] = [
    "faang_analysis.json",
    "faang_specimen.json",
    "faang_file.json",
    "faang_trackhubs.json",
];

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

/// The e-mail addresses of the contacts of the studies, and of the collection.
fn addresses(files: &[&str]) -> (Vec<String>, String) {
    let document = of_files("faang", files).document();
    let of = |object: &serde_json::Value| {
        let address = object["contact"]["e-mail"].as_str();
        address.unwrap_or_default().to_owned()
    };
    let studies = document["studies"].as_array().unwrap();
    (
        studies.iter().map(of).collect(),
        of(&document["collection_info"]),
    )
}

#[test]
fn the_contact_of_a_hub_is_that_of_its_own_study() {
    let hub = "hub@tracks.example.org".to_owned();
    let (studies, collection) = addresses(&["faang_analysis.json", "faang_trackhubs.json"]);
    // The study of an archive has the contact of the collection.
    assert_eq!(studies, ["desk@tracks.example.org", &hub]);
    assert_eq!(collection, "desk@tracks.example.org");
    assert_eq!(
        addresses(&["faang_trackhubs.json"]),
        (vec![hub.clone()], hub)
    );
}
