//! Items of SEEK, tables of EPICO and investigations in ISA-JSON become documents.

use serde_json::{Value as Json, json};

use super::portals::{converted, converted_json, file, refusal, texts};
use crate::support::converting::{Converted, without_source};

fn json_of(name: &str) -> Json {
    serde_json::from_str(&file(name)).unwrap()
}

pub fn seek(files: &Json, related: &Json) -> Converted {
    let (files, related) = (files.to_string(), related.to_string());
    converted(
        "seek",
        &[("files.json", &files), ("related.json", &related)],
    )
}

fn epico(tables: &str, tracks: &str) -> Converted {
    converted("epico", &[("tables.json", tables), ("tracks.tsv", tracks)])
}

fn failure(source: &str, files: &[(&str, &str)]) -> String {
    let converted = converted(source, files);
    assert_eq!(converted.outcome.status, 1);
    assert!(converted.document_bytes.is_empty());
    converted.outcome.stderr
}

#[test]
fn items_of_seek_become_a_valid_document() {
    let (files, related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    let converted = seek(&files, &related);
    assert_eq!(
        converted.outcome.stderr,
        "converted to 3 tracks, 2 experiments, 1 sample, 1 study; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    // Each content blob of a data file is a track; one of another server keeps its address.
    assert_eq!(
        texts(&document, "tracks", "/file_url"),
        [
            "https://seek.example.org/data_files/42/content_blobs/701/download",
            "https://seek.example.org/data_files/42/content_blobs/702/download",
            "https://tracks.example.org/seek/B_RNA.bw"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/local_id"),
        ["data_files/42/1", "data_files/42/2", "data_files/43"]
    );
    assert_eq!(
        texts(&document, "experiments", "/technique/term_label"),
        [
            "histone modification identification by ChIP-Seq assay",
            "RNA-seq assay"
        ]
    );
    assert_eq!(
        document["studies"][0]["contact"],
        json!({"name": "Ada Invented", "orcid": "orcid:0000-0002-1825-0097"})
    );
}

#[test]
fn items_of_seek_may_be_in_any_order_and_number() {
    let (files, related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    let whole = without_source(&seek(&files, &related).document_bytes);
    let mut turned = related.clone();
    turned["data"].as_array_mut().unwrap().reverse();
    assert_eq!(without_source(&seek(&files, &turned).document_bytes), whole);
    // A file for each item, and a list with titles alone.
    let all = files["data"].as_array().unwrap().iter();
    let all = all.chain(related["data"].as_array().unwrap());
    let mut single: Vec<(String, String)> = all
        .enumerate()
        .map(|(number, item)| (format!("{number}.json"), json!({"data": item}).to_string()))
        .collect();
    let titles =
        json!({"data": [{"id": "42", "type": "data_files", "attributes": {"title": "a"}}]});
    single.push(("list.json".to_owned(), titles.to_string()));
    let single: Vec<(&str, &str)> = single
        .iter()
        .map(|(name, text)| (&name[..], &text[..]))
        .collect();
    assert_eq!(
        without_source(&converted("seek", &single).document_bytes),
        whole
    );
    // Related items may stand in `included`.
    let included = json!({"data": files["data"], "included": related["data"]});
    assert_eq!(
        without_source(&converted_json("seek", &included).document_bytes),
        whole
    );
}

#[test]
fn traps_of_seek_are_rows_and_no_values() {
    let (mut files, mut related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    let assays = json!({"data": [{"id": "3", "type": "assays"}, {"id": "4", "type": "assays"}]});
    files["data"][0]["relationships"]["assays"] = assays;
    related["data"].as_array_mut().unwrap().remove(6);
    let converted = seek(&files, &related);
    assert_eq!(
        refusal(&converted, "experiments.local_id", "3;4"),
        "found several assays, expected one: the data file has none"
    );
    let rows = converted.rows_of("not read");
    let person = rows.iter().find(|row| row[2] == "studies.contact").unwrap();
    assert_eq!(
        person[5],
        "found no item of people with this id: save it beside the data files"
    );
    let document = converted.document();
    // A contact without its item is that of the collection.
    assert_eq!(document["studies"][0]["contact"]["name"], "Laboratory desk");
    assert!(document["tracks"][0].get("experiment_ref").is_none());
}

#[test]
fn terms_of_jerm_are_looked_up_and_others_reported() {
    let (files, mut related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    let jerm = |name: &str| {
        Json::from(format!(
            "http://jermontology.org/ontology/JERMOntology#{name}"
        ))
    };
    related["data"][1]["attributes"]["technology_type"] =
        json!({"label": "Technology Type", "uri": jerm("Technology_type")});
    let document = seek(&files, &related).document();
    assert_eq!(
        document["experiments"][1]["technique"]["term_label"],
        "transcription profiling assay"
    );
    related["data"][1]["attributes"]["assay_type"]["uri"] = jerm("Proteomics");
    let converted = seek(&files, &related);
    let uri = jerm("Proteomics");
    assert!(
        refusal(&converted, "experiments.technique", uri.as_str().unwrap())
            .starts_with("found in no table of terms")
    );
}

#[test]
fn other_json_is_no_answer_of_seek() {
    assert_eq!(
        failure("seek", &[("a.json", "{\"data\": {\"title\": 1}}")]),
        "error: a.json: found another kind of JSON, expected items of a SEEK (JSON:API) with `data`, `type` and `id`\n"
    );
    let error =
        json!({"errors": [{"title": "Not found", "detail": "no such data file", "status": "404"}]});
    assert_eq!(
        failure("seek", &[("a.json", &error.to_string())]),
        "error: a.json: found an answer that states an error: Not found: no such data file\n"
    );
    let list = json!({"data": [{"id": "1", "type": "data_files", "attributes": {"title": "a"}}]});
    assert_eq!(
        failure("seek", &[("a.json", &list.to_string())]),
        "error: found none in all files, expected a data file with `content_blobs`: save the item of each data file, since a list has titles alone\n"
    );
}

#[test]
fn tables_of_epico_and_a_table_of_tracks_become_a_valid_document() {
    let converted = epico(&file("epico_tables.json"), &file("epico_tracks.tsv"));
    assert_eq!(
        converted.outcome.stderr,
        "converted to 2 tracks, 2 experiments, 2 samples, 2 studies; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    assert_eq!(
        texts(&document, "samples", "/sample_type/cell_type/term_label"),
        ["B cell", "monocyte"]
    );
    // EFO_0000761 is the term of EPICO for no disease.
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        ["Healthy", "Acute Myeloid Leukemia"]
    );
    assert_eq!(
        texts(
            &document,
            "experiments",
            "/target/sequence_feature/term_label"
        ),
        ["DNaseI_hypersensitive_site", "H3K27_acetylation_site"]
    );
    // Lists by kind and records one by one are the same.
    let tables = json_of("epico_tables.json");
    let lists = tables.as_object().unwrap().values();
    let records: Vec<&Json> = lists.flat_map(|list| list.as_array().unwrap()).collect();
    let other = epico(&json!(records).to_string(), &file("epico_tracks.tsv"));
    assert_eq!(
        without_source(&other.document_bytes),
        without_source(&converted.document_bytes)
    );
}

#[test]
fn epico_alone_gives_samples_and_experiments_and_says_that_tracks_are_missing() {
    let converted = converted_json("epico", &json_of("epico_tables.json"));
    assert!(
        converted
            .outcome
            .stderr
            .starts_with("converted to 0 tracks, 2 experiments, 2 samples, 2 studies;")
    );
    let broken = converted.rows_of("breaks a rule");
    assert_eq!(broken[0][2], "tracks");
    let document = converted.document();
    assert_eq!(
        texts(&document, "experiments", "/local_id"),
        ["ERX9990001", "ERX9990002"]
    );
}

#[test]
fn a_track_of_an_unknown_experiment_has_a_row() {
    let tracks = file("epico_tracks.tsv").replacen("ERX9990001", "ERX9990009", 1);
    let converted = epico(&file("epico_tables.json"), &tracks);
    assert_eq!(
        refusal(&converted, "experiment_id", "ERX9990009"),
        "found no experiment of this id in the tables of EPICO"
    );
    let rows = converted.rows_of("not read");
    let unused = rows.iter().find(|row| row[2] == "experiment").unwrap();
    assert_eq!((&unused[3][..], &unused[6][..]), ("ERX9990001", "1"));
    let without_id = "track_id\tfile_url\nt\thttps://tracks.example.org/a.bb\n";
    let converted = epico(&file("epico_tables.json"), without_id);
    assert_eq!(
        refusal(&converted, "sample_id", ""),
        "found neither `sample_id` nor `experiment_id`, expected one of them"
    );
}

#[test]
fn other_json_is_no_table_of_epico() {
    assert_eq!(
        failure("epico", &[("a.json", "{\"count\": 1}")]),
        "error: a.json: found another kind of JSON, expected records of EPICO with `experiment_id`, `sample_id`, `specimen_id` or `donor_id`\n"
    );
    assert_eq!(
        failure("epico", &[("a.tsv", &file("epico_tracks.tsv"))]),
        "error: found none in all files, expected records of EPICO with `sample_id` or `experiment_id`\n"
    );
}

#[test]
fn an_investigation_becomes_a_valid_document() {
    let converted = converted_json("isa", &json_of("isa_investigation.json"));
    assert_eq!(
        converted.outcome.stderr,
        "converted to 3 tracks, 2 experiments, 2 samples, 1 study; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    // A data file may be named by its URL, and a checksum is of one of two methods.
    assert_eq!(
        texts(&document, "tracks", "/file_url"),
        [
            "https://tracks.example.org/isa/S1_peaks.bed.gz",
            "https://tracks.example.org/isa/S1.bw",
            "https://tracks.example.org/isa/S2.narrowPeak.gz"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/checksum/cs_method"),
        ["MD5", "SHA-256", "MD5"]
    );
    // The raw file on the way from the sample to this track.
    assert_eq!(
        document["tracks"][2]["raw_file_ids"],
        json!(["ena.embl:ERR9990002"])
    );
    // An empty type of measurement leaves the strategy of the library.
    assert_eq!(
        texts(&document, "experiments", "/technique/term_label"),
        [
            "DNase I hypersensitive sites sequencing assay",
            "histone modification identification by ChIP-Seq assay"
        ]
    );
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        ["Healthy", "Acute Myeloid Leukemia"]
    );
    assert_eq!(
        document["studies"][0]["contact"],
        json!({"name": "Ada Invented", "e-mail": "ada@tracks.example.org", "orcid": "orcid:0000-0002-1825-0097"})
    );
}

#[test]
fn an_investigation_needs_no_object_around_it() {
    let whole = json_of("isa_investigation.json");
    let bare = converted_json("isa", &whole["investigation"]);
    assert_eq!(
        without_source(&bare.document_bytes),
        without_source(&converted_json("isa", &whole).document_bytes)
    );
}

#[test]
fn traps_of_isa_are_rows_and_no_values() {
    let mut whole = json_of("isa_investigation.json");
    let study = &mut whole["investigation"]["studies"][0];
    // A pool of two samples, and a file that no process puts out.
    let pool = json!([{"@id": "#sample/1"}, {"@id": "#sample/2"}]);
    study["assays"][0]["processSequence"][0]["inputs"] = pool;
    study["assays"][1]["processSequence"][2]["outputs"] = json!([]);
    let converted = converted_json("isa", &whole);
    assert_eq!(
        refusal(&converted, "samples.local_id", "#sample/1;#sample/2"),
        "found several samples, expected one: the file has none"
    );
    assert_eq!(
        refusal(&converted, "samples.local_id", ""),
        "found no sample on the way back from the file, expected one: the file has none"
    );
    assert!(
        converted.document()["samples"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_label_that_contradicts_its_term_is_reported() {
    let mut whole = json_of("isa_investigation.json");
    let sample = &mut whole["investigation"]["studies"][0]["materials"]["samples"][0];
    sample["characteristics"][0]["value"]["annotationValue"] = "monocyte".into();
    let converted = converted_json("isa", &whole);
    assert_eq!(
        refusal(&converted, "samples.sample_type.cell_type", "monocyte"),
        "the field has a value already: `B cell`"
    );
    let document = converted.document();
    assert_eq!(
        texts(&document, "samples", "/sample_type/cell_type/term_label")[0],
        "B cell"
    );
}

#[test]
fn other_json_is_no_investigation() {
    assert_eq!(
        failure("isa", &[("a.json", "{\"datasets\": {}}")]),
        "error: a.json: found another kind of JSON, expected an investigation in ISA-JSON with `studies`: select the source `ihec`\n"
    );
    assert_eq!(
        failure("isa", &[("a.json", "{\"studies\": []}")]),
        "error: found none in all files, expected a data file of the type `Derived Data File` in an assay\n"
    );
}
