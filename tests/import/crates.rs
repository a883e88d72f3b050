//! The light crates of `fairtracks_import`: what is in them, by whose rules, and what they say of the track.

use crate::support;
use std::collections::BTreeSet;
use std::fs;

use crate::support::importing::{Opened, many, nine, sha256};
use crate::support::{folder, project, run};
use serde_json::{Value as Json, json};

const BED: &str = "example:cells_dnase";
const PACKED: &str = "example:cells_h3k4me3";

fn all(came: &support::Outcome) -> Vec<(String, Opened)> {
    let names = came.names("output_crates").into_iter();
    names
        .map(|name| (name.clone(), came.crate_of(&name)))
        .collect()
}

#[test]
fn a_crate_has_metadata_first_a_page_and_the_document_of_the_track() {
    for (name, crate_) in all(&nine(&[])) {
        assert_eq!(crate_.order[0], "ro-crate-metadata.json", "{name}");
        let files: BTreeSet<&str> = crate_.order.iter().map(String::as_str).collect();
        let expected = [
            "metadata/fairtracks.json",
            "ro-crate-metadata.json",
            "ro-crate-preview.html",
        ];
        assert_eq!(files, BTreeSet::from(expected), "{name}");
    }
}

#[test]
fn a_crate_is_an_ro_crate_1_1_of_the_process_run_profile() {
    for (_, crate_) in all(&nine(&[])) {
        let descriptor = crate_.entity("ro-crate-metadata.json");
        assert_eq!(descriptor["@type"], "CreativeWork");
        assert_eq!(descriptor["about"], json!({"@id": "./"}));
        assert_eq!(
            descriptor["conformsTo"],
            json!({"@id": "https://w3id.org/ro/crate/1.1"})
        );
        let root = crate_.root();
        assert_eq!(root["@type"], "Dataset");
        assert!(
            many(&root["conformsTo"])
                .contains(&json!({"@id": "https://w3id.org/ro/wfrun/process/0.5"}))
        );
        for property in ["name", "description"] {
            assert!(!root[property].as_str().unwrap().is_empty());
        }
        assert_eq!(root["datePublished"], "2026-02-01T09:30:00+00:00");
        assert!(!crate_.follow(root, "license").is_empty());
    }
}

/// What no validator notices: ids that stand twice or lead nowhere, references inside entities, one value in a list.
#[test]
fn the_graph_is_flat_and_every_reference_leads_to_one_entity() {
    for (name, crate_) in all(&nine(&["--licence", "CC0-1.0", "--creator-name", "Ada"])) {
        let ids: Vec<&str> = crate_
            .graph()
            .iter()
            .map(|entity| entity["@id"].as_str().unwrap())
            .collect();
        let unique: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{name}: {ids:?}");
        for entity in crate_.graph() {
            for (key, value) in entity.as_object().unwrap() {
                if let Json::Array(values) = value {
                    assert!(values.len() > 1, "{name}: {key} of {entity}");
                }
                for one in many(value) {
                    assert_ne!(one, Json::Null, "{name}: {key} of {entity}");
                    assert_ne!(one, "", "{name}: {key} of {entity}");
                    if let Json::Object(reference) = one {
                        assert_eq!(reference.len(), 1, "{name}: {key} of {entity}");
                        let id = reference["@id"].as_str().unwrap();
                        let is_address = key == "url" && id.starts_with("https://");
                        assert!(
                            is_address
                                || id == "https://w3id.org/ro/crate/1.1"
                                || unique.contains(&id),
                            "{name}: {key} leads to {id}"
                        );
                    }
                }
            }
        }
        for part in many(&crate_.root()["hasPart"]) {
            let id = part["@id"].as_str().unwrap();
            assert!(
                id.starts_with("#track-") || crate_.files.contains_key(id),
                "{name}: {id}"
            );
        }
    }
}

#[test]
fn the_track_is_known_by_its_content() {
    let came = nine(&["--tags"]);
    for row in came.rows() {
        let crate_ = came.crate_of(&row["element_identifier"]);
        let track = crate_.track();
        let sum = &row["sha256"];
        assert_eq!(track["@id"], format!("#track-{}", &sum[..16]));
        assert_eq!(track["@type"], "File");
        assert_eq!(track["sha256"], **sum);
        assert_eq!(
            track["contentSize"], *row["bytes"],
            "a text, as RO-Crate has it"
        );
        // What is at the address is the track, or what the track was unpacked from.
        let served = match track.get("isBasedOn") {
            Some(served) => crate_.entity(served["@id"].as_str().unwrap()),
            None => track,
        };
        assert_eq!(served["contentUrl"], *row["source_url"]);
        assert!(many(&crate_.root()["hasPart"]).contains(&json!({"@id": track["@id"]})));
        let identifiers = many(&track["identifier"]);
        assert!(
            identifiers.contains(&json!(row["local_id"])),
            "{identifiers:?}"
        );
        let named = format!("ni:///sha-256;{}", base64url(sum));
        assert!(
            identifiers.contains(&json!(named)),
            "{identifiers:?} without {named}"
        );
        assert!(
            crate_
                .graph()
                .iter()
                .all(|entity| !entity["@id"].as_str().unwrap().starts_with("ni:"))
        );
        let text = crate_.metadata.to_string();
        for given in [
            row["element_identifier"].clone(),
            row["local_id"].replace("example:", "name:"),
            row["dbkey"].clone(),
        ] {
            assert!(
                text.contains(&format!("\"{given}\"")),
                "the crate records {given} as given"
            );
        }
    }
}

/// Base 64 for addresses, of hexadecimal digits, without padding.
fn base64url(digits: &str) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: String = digits
        .chars()
        .map(|digit| format!("{:04b}", digit.to_digit(16).unwrap()))
        .collect();
    let bits = bits
        .as_bytes()
        .chunks(6)
        .map(|six| format!("{:0<6}", String::from_utf8_lossy(six)));
    bits.map(|six| char::from(SIGNS[usize::from_str_radix(&six, 2).unwrap()]))
        .collect()
}

#[test]
fn one_action_brings_a_file_from_its_source_with_the_checksum_compared() {
    let came = nine(&[]);
    let crate_ = came.crate_of(BED);
    let actions = crate_.of_type("CreateAction");
    assert_eq!(actions.len(), 1);
    let action = actions[0];
    assert!(many(&crate_.root()["mentions"]).contains(&json!({"@id": action["@id"]})));
    assert_eq!(action["result"]["@id"], crate_.track()["@id"]);
    assert_eq!(
        action["actionStatus"],
        "http://schema.org/CompletedActionStatus"
    );
    for time in ["startTime", "endTime"] {
        assert!(
            action[time].as_str().unwrap().ends_with("+00:00"),
            "{action}"
        );
    }
    let tool = crate_.follow(action, "instrument")[0];
    assert_eq!(tool["@type"], "SoftwareApplication");
    assert_eq!(tool["name"], "fairtracks_import");
    assert_eq!(tool["version"], env!("CARGO_PKG_VERSION"));
    let objects = crate_.follow(action, "object");
    let source = objects
        .iter()
        .find(|object| many(&object["@type"]).contains(&json!("DataDownload")))
        .unwrap();
    assert_eq!(
        source["@id"],
        "https://tracks.example.org/cells/cells_dnase.bed"
    );
    assert!(!many(&crate_.root()["hasPart"]).contains(&json!({"@id": source["@id"]})));
    let checksum = objects
        .iter()
        .find(|object| object["@type"] == "PropertyValue")
        .unwrap();
    assert_eq!(checksum["value"], "789b93741023c4275153dc99a35eed32");
    assert_eq!(checksum["propertyID"], "MD5");
    assert!(
        checksum["name"].as_str().unwrap().contains("equal"),
        "{checksum}"
    );
    assert_eq!(crate_.track()["md5"], "789b93741023c4275153dc99a35eed32");
}

#[test]
fn a_second_action_unpacks_gzip_and_each_checksum_stays_with_its_bytes() {
    let came = nine(&[]);
    let crate_ = came.crate_of(PACKED);
    let actions = crate_.of_type("CreateAction");
    assert_eq!(actions.len(), 2);
    let unpack = actions
        .iter()
        .find(|action| action["result"]["@id"] == crate_.track()["@id"])
        .unwrap();
    let served = crate_.follow(unpack, "object")[0];
    let import = actions
        .iter()
        .find(|action| action["result"]["@id"] == served["@id"])
        .unwrap();
    assert_ne!(import["@id"], unpack["@id"]);
    for action in &actions {
        assert!(many(&crate_.root()["mentions"]).contains(&json!({"@id": action["@id"]})));
    }
    let packed = fs::read(project("test-data/tracks/cells_h3k4me3.narrowPeak.gz")).unwrap();
    assert_eq!(served["sha256"], sha256(&packed));
    assert_eq!(served["contentSize"], packed.len().to_string());
    assert_eq!(served["md5"], "12a7d0fe4d885267f7864b021c3d60c7");
    assert_ne!(
        crate_.track()["md5"],
        "12a7d0fe4d885267f7864b021c3d60c7",
        "that is for other bytes"
    );
    assert_eq!(crate_.track()["sha256"], came.row(PACKED)["sha256"]);
    assert_eq!(
        came.crate_of("example:cells_variants")
            .of_type("CreateAction")
            .len(),
        1,
        "bgzip stays packed"
    );
}

#[test]
fn the_document_in_the_crate_is_that_of_this_track_alone_and_keeps_the_rules() {
    for (name, crate_) in all(&nine(&[])) {
        let document = crate_.document();
        for part in ["tracks", "experiments", "samples", "studies"] {
            assert_eq!(
                document[part].as_array().unwrap().len(),
                1,
                "{name}: {part}"
            );
        }
        assert_eq!(document["tracks"][0]["local_id"], name);
        assert_eq!(
            document["subset_of"]["source"]["doc_version"]
                .as_str()
                .unwrap()
                .len(),
            64
        );
        let bytes = &crate_.files["metadata/fairtracks.json"];
        let entity = crate_.entity("metadata/fairtracks.json");
        assert_eq!(entity["@type"], "File");
        assert_eq!(entity["sha256"], sha256(bytes));
        assert_eq!(entity["contentSize"], bytes.len().to_string());
        assert_eq!(entity["about"]["@id"], crate_.track()["@id"]);
        let path = folder().join("document.json");
        fs::write(&path, bytes).unwrap();
        let outcome = run(
            env!("CARGO_BIN_EXE_fairtracks_check"),
            &["--strict", path.to_str().unwrap()],
        );
        assert_eq!(outcome.status, 0, "{name}: {}", outcome.stderr);
        assert!(
            !outcome.stdout.contains("should\t"),
            "{name}: {}",
            outcome.stdout
        );
    }
}

#[test]
fn cells_assay_species_assembly_and_study_are_entities_of_their_own() {
    let came = nine(&[]);
    let crate_ = came.crate_of(PACKED);
    let sample = crate_.of_type("BioSample")[0];
    assert_eq!(sample["name"], "K562");
    let species = crate_.follow(sample, "taxonomicRange")[0];
    assert_eq!(
        (&species["@type"], &species["name"]),
        (&json!("Taxon"), &json!("Homo sapiens"))
    );
    assert_eq!(
        crate_.entity("http://www.ebi.ac.uk/efo/EFO_0002067")["name"],
        "K562"
    );
    let technique = crate_.entity("http://purl.obolibrary.org/obo/OBI_0002017");
    assert_eq!(technique["@type"], "DefinedTerm");
    let is_of_technique =
        |entity: &&Json| entity["measurementTechnique"]["@id"] == technique["@id"];
    let assay = crate_.graph().iter().find(is_of_technique).unwrap();
    assert_eq!(assay["identifier"], "example:h3k4me3");
    assert!(
        crate_.of_type("ScholarlyArticle")[0]["@id"]
            .as_str()
            .unwrap()
            .ends_with("pubmed:22955617")
    );
    let properties = crate_.follow(crate_.track(), "additionalProperty");
    let assembly = properties.iter().find(|property| {
        property["value"] == "hg38" && property["propertyID"] == "http://edamontology.org/data_2340"
    });
    assert!(
        assembly.unwrap()["identifier"]
            .to_string()
            .contains("GCF_000001405.26")
    );
    let formats = crate_.follow(crate_.track(), "encodingFormat");
    assert_eq!(formats[0]["@id"], "http://edamontology.org/format_3613");
}
