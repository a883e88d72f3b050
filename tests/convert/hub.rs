//! Track hubs become documents.

use std::fs;

use serde_json::Value as Json;

use crate::support::converting::{Converted, convert_files, without_source};
use crate::support::running::{CHECK, CONVERT, run_at, run_in};
use crate::support::workbooks::zipped;
use crate::support::{folder, project};

pub const HUB_URL: &str = "https://tracks.example.org/blood/hub.txt";

/// The files of the hub, by name and text.
pub fn hub_files() -> Vec<(&'static str, String)> {
    let names = [
        "hub.txt",
        "genomes.txt",
        "hg38/trackDb.txt",
        "hg38/marks.txt",
        "hg38/meta.tsv",
        "hg38/facets.tsv",
    ];
    let place = project("test-data/conversion/hub");
    let text = |name: &&'static str| (*name, fs::read_to_string(place.join(name)).unwrap());
    names.iter().map(text).collect()
}

/// The options of a hub whose URL is known.
pub fn options() -> [&'static str; 8] {
    [
        "--source",
        "hub",
        "--url",
        HUB_URL,
        "--set",
        "collection_info.contact.name=Desk",
        "--date",
        "2026-01-31",
    ]
}

/// Converts a hub as a zip file.
pub fn convert_hub(files: &[(&str, &str)], options: &[&str]) -> Converted {
    convert_files(&[("hub.zip", &zipped(files))], options)
}

/// The fixture with some texts replaced in one of its files.
pub fn changed(name: &str, from: &str, to: &str) -> Converted {
    let mut files = hub_files();
    let file = files.iter_mut().find(|file| file.0 == name).unwrap();
    assert!(file.1.contains(from), "{from}");
    file.1 = file.1.replace(from, to);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, &text[..]))
        .collect();
    convert_hub(&files, &options())
}

fn whole() -> Converted {
    changed("hub.txt", "hub", "hub")
}

fn texts<'d>(document: &'d Json, list: &str, pointer: &str) -> Vec<&'d str> {
    let objects = document[list].as_array().unwrap().iter();
    objects
        .map(|object| {
            object
                .pointer(pointer)
                .and_then(Json::as_str)
                .unwrap_or("-")
        })
        .collect()
}

#[test]
fn a_hub_becomes_a_document_that_lacks_checksums_alone() {
    let converted = whole();
    assert_eq!(
        converted.outcome.stderr,
        "converted to 6 tracks, 6 experiments, 6 samples, 1 study; 2 values are missing or break a rule of FAIRtracks\n"
    );
    let missing: Vec<&[String]> = converted
        .rows_of("missing")
        .iter()
        .map(|row| &row[1..3])
        .collect();
    assert_eq!(
        missing,
        [
            ["hg38/trackDb.txt, line 20", "tracks.checksum"],
            ["hg38/trackDb.txt, line 44", "tracks.checksum"]
        ]
    );
    assert!(converted.rows_of("breaks a rule").is_empty());
    let document = converted.document();
    assert_eq!(document["collection_info"]["short_name"], "Blood chromatin");
    assert_eq!(
        document["collection_info"]["description_url"],
        "https://tracks.example.org/blood/about.html"
    );
    assert_eq!(
        document["studies"][0]["contact"]["e-mail"],
        "curator@tracks.example.org"
    );
    let from = &document["converted_from"];
    assert_eq!(from["source"]["kind"], "hub");
    assert_eq!(from["source"]["url"], HUB_URL);
    assert_eq!(from["rules"]["name"], "hub");
}

#[test]
fn urls_are_relative_to_the_file_of_tracks() {
    let document = whole().document();
    assert_eq!(
        texts(&document, "tracks", "/file_url"),
        [
            "https://tracks.example.org/blood/hg38/B/peaks.bb",
            "https://tracks.example.org/blood/hg38/T/peaks.bb",
            "https://tracks.example.org/blood/hg38/T/signal.bw",
            "https://tracks.example.org/blood/signal/M1.bw",
            "https://data.tracks.example.org/M1.bb?v=2",
            "https://tracks.example.org/signal/M2.bw",
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/local_id")[3],
        "blood_hub/hg38/marks_M1_signal"
    );
}

#[test]
fn metadata_go_before_tables_and_tables_before_sub_groups() {
    let converted = whole();
    let document = converted.document();
    assert_eq!(
        texts(&document, "samples", "/sample_type/summary"),
        [
            "B cell",
            "T cell",
            "T cell",
            "monocyte",
            "monocyte",
            "neutrophil"
        ]
    );
    // The metadata of a track replace those of its composite; a further phenotype in the table of `metaTab` is reported.
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        [
            "Healthy", "Normal", "Healthy", "Healthy", "Healthy", "Healthy"
        ]
    );
    let refused = converted.rows_of("not taken over");
    assert_eq!(
        refused[0][1..7],
        [
            "hg38/trackDb.txt, line 20",
            "samples.phenotype",
            "Normal",
            "hub samples.phenotype",
            "the column `metadata.disease` has another value",
            "1"
        ]
    );
    assert_eq!(
        texts(&document, "experiments", "/target/summary"),
        [
            "DNaseI_hypersensitive_site",
            "DNaseI_hypersensitive_site",
            "DNaseI_hypersensitive_site",
            "H3K4_trimethylation",
            "H3K4_trimethylation",
            "H3K27_acetylation_site"
        ]
    );
}

#[test]
fn types_views_and_labels_say_what_a_file_holds() {
    let document = whole().document();
    assert_eq!(
        texts(&document, "tracks", "/type_of_condensed_data"),
        [
            "Peaks",
            "Peaks",
            "Read coverage",
            "Signal values (fold change)",
            "Narrow peaks",
            "Signal values (fold change)"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/geometric_track_type"),
        [
            "Segments",
            "Segments",
            "Step function",
            "Step function",
            "Valued segments",
            "Step function"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/label_long")[0],
        "Hotspots of B cells"
    );
    assert_eq!(
        texts(&document, "samples", "/species_id"),
        ["taxonomy:9606"; 6]
    );
}

#[test]
fn a_hub_in_any_form_gives_the_same_document() {
    let first = without_source(&whole().document_bytes);
    let files = hub_files();
    let with_ends: Vec<(String, String)> = files
        .iter()
        .map(|(name, text)| {
            let text = text.trim_end().replace('\n', "\r\n");
            (format!("my hub/{name}"), format!("\u{feff}{text}"))
        })
        .collect();
    let with_ends: Vec<(&str, &str)> = with_ends
        .iter()
        .map(|(name, text)| (&name[..], &text[..]))
        .collect();
    let other = convert_hub(&with_ends, &options());
    let renamed = |bytes: &[u8]| without_source(bytes).replace("my hub/", "");
    assert_eq!(renamed(&other.document_bytes), first);

    let zip = fs::read(project("test-data/conversion/hub.zip")).unwrap();
    let other = convert_files(&[("hub.zip", &zip)], &options());
    assert_eq!(without_source(&other.document_bytes), first);

    // As single files without folders, and as a folder.
    let flat: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.rsplit('/').next().unwrap(), text.as_bytes()))
        .collect();
    let other = convert_files(&flat, &options());
    assert_eq!(without_source(&other.document_bytes), first);
    assert_eq!(other.outcome.status, 0);

    let place = folder();
    let hub = project("test-data/conversion/hub");
    let arguments = [
        &options()[..],
        &[hub.to_str().unwrap(), "--output-document", "out.json"],
    ]
    .concat();
    let outcome = run_in(CONVERT, &place, &arguments);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let bytes = fs::read(place.join("out.json")).unwrap();
    assert_eq!(without_source(&bytes), first);
}

#[test]
fn a_hub_in_one_file_gives_the_same_objects() {
    let files = hub_files();
    let text = |wanted: &str| {
        let file = files.iter().find(|(name, _)| *name == wanted).unwrap();
        file.1.as_str()
    };
    let hub = text("hub.txt").replace("genomesFile genomes.txt", "useOneFile on");
    let tracks = text("hg38/trackDb.txt").replace("include marks.txt", "");
    let marks = text("hg38/marks.txt");
    let one = format!("{hub}\ngenome hg38\nmetaTab meta.tsv\n\n{tracks}\n\n{marks}");
    let url = "https://tracks.example.org/blood/hg38/hub.txt";
    let with_url: Vec<&str> = options()
        .map(|option| if option == HUB_URL { url } else { option })
        .to_vec();
    let converted = convert_hub(
        &[
            ("hub.txt", &one),
            ("meta.tsv", text("hg38/meta.tsv")),
            ("facets.tsv", text("hg38/facets.tsv")),
        ],
        &with_url,
    );
    let (document, whole) = (converted.document(), whole().document());
    for list in ["tracks", "experiments", "samples", "studies"] {
        assert_eq!(document[list], whole[list], "{list}");
    }
}

#[test]
fn a_hub_is_downloaded_with_all_its_files() {
    let place = folder();
    let settings = format!(
        "[mirrors]\n\"https://tracks.example.org/blood/\" = \"file:{}/\"\n",
        project("test-data/conversion/hub").display()
    );
    let site = place.join("site.toml");
    fs::write(&site, settings).unwrap();
    let arguments = [&options()[..], &["--output-document", "out.json"]].concat();
    let outcome = run_at(&site, CONVERT, &place, &arguments);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let bytes = fs::read(place.join("out.json")).unwrap();
    let objects = |bytes: &[u8]| {
        let document: Json = serde_json::from_slice(bytes).unwrap();
        document["tracks"].clone()
    };
    assert_eq!(objects(&bytes), objects(&whole().document_bytes));
    let document: Json = serde_json::from_slice(&bytes).unwrap();
    let files = document["converted_from"]["source"]["files"]
        .as_array()
        .unwrap();
    assert_eq!(files.len(), 6);
    assert_eq!(files[0]["name"], HUB_URL);
    let checked = run_in(CHECK, &place, &["out.json"]);
    assert!(
        !checked.stdout.contains("converted_from"),
        "{}",
        checked.stdout
    );

    // A saved answer of the Track Hub Registry leads to the hub.
    let answer = format!("{{\"items\": [{{\"hub\": {{\"url\": \"{HUB_URL}\"}}}}]}}");
    fs::write(place.join("registry.json"), answer).unwrap();
    let of_registry = [
        "--source",
        "hub",
        "registry.json",
        "--output-document",
        "r.json",
    ];
    let outcome = run_at(&site, CONVERT, &place, &of_registry);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let bytes = fs::read(place.join("r.json")).unwrap();
    assert_eq!(objects(&bytes), objects(&whole().document_bytes));

    // No request goes to a private address.
    let private = [
        "--source",
        "hub",
        "--url",
        "http://127.0.0.1:9/hub.txt",
        "--output-document",
        "no.json",
    ];
    let outcome = run_in(CONVERT, &place, &private);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.stderr.contains("was not contacted"),
        "{}",
        outcome.stderr
    );
    assert!(!place.join("no.json").exists());
}
