//! Several documents as one, as users meet them: hits of several searches, and collections of several sources.

use crate::support;
use crate::support::documents::{LISTS, ids, target};
use crate::support::searching::{BLOOD, TWIN, answer};
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::fairtracks::document_json;
use fairtracks::fairtracks::merge::{Merged, Renamed, merge};
use fairtracks::fairtracks::signature::signature_without_ids;
use serde_json::{Value as Json, json};

const DATE: &str = "2026-01-31T12:00:00+00:00";

fn read(path: &str) -> Document {
    document_json::read(support::text(path).as_bytes()).unwrap()
}

fn changed(document: Document, change: impl FnOnce(&mut Json)) -> Document {
    let mut json = Json::from(document);
    change(&mut json);
    Document::from_json(json).unwrap()
}

/// The twin under another version, as a source of its own, with another sample.
fn other_twin() -> Document {
    changed(read(TWIN), |json| {
        json["doc_info"]["doc_version"] = "0".repeat(64).into();
        json["samples"][0]["phenotype"]["term_label"] = "Glioma".into();
    })
}

fn merged(documents: Vec<Document>) -> Merged {
    merge(documents, DATE).unwrap()
}

#[test]
fn one_document_comes_back_as_it_is_and_none_gives_none() {
    for documents in [vec![read(TWIN)], vec![read(TWIN), read(TWIN)]] {
        let merged = merged(documents);
        assert_eq!(
            document_json::write(&merged.document),
            document_json::write(&read(TWIN))
        );
    }
    assert_eq!(merge(Vec::new(), DATE), None);
}

#[test]
fn hits_of_two_searches_are_the_hits_of_both() {
    let hits =
        |query: &str| Document::from_json(answer(BLOOD, &["--query", query]).document).unwrap();
    let by_assay = hits("experiments.content->'target'->>'summary' = 'H3K27_acetylation_site'");
    let by_assembly = hits(
        "tracks.content->'assembly_name' ? 'hg19' OR experiments.content->'target'->>'summary' LIKE 'H3K27%'",
    );
    let merged = merged(vec![by_assay.clone(), by_assembly.clone()]);
    assert_eq!((merged.renamed, merged.differing), (vec![], vec![]));
    for list in LISTS {
        assert_eq!(
            merged.document.objects(list),
            by_assembly.objects(list),
            "the one holds the other"
        );
    }
    let message = &merged.document.members()["merged_from"];
    let queries: Vec<&str> = message["sources"][0]["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["subset_of"]["search"]["query"].as_str().unwrap())
        .collect();
    assert_eq!(queries.len(), 2);
    assert_eq!(message["sources"].as_array().unwrap().len(), 1);
    let collection = merged.document.objects(Category::CollectionInfo)[0];
    assert_eq!(
        collection["long_name"],
        by_assay.objects(Category::CollectionInfo)[0]["long_name"]
    );
}

#[test]
fn a_document_and_its_hits_are_one_source() {
    let hits = answer(
        BLOOD,
        &["--query", "tracks.content->'assembly_name' ? 'hg19'"],
    )
    .document;
    let merged = merged(vec![Document::from_json(hits).unwrap(), read(BLOOD)]);
    for list in LISTS {
        assert_eq!(merged.document.objects(list), read(BLOOD).objects(list));
    }
}

#[test]
fn an_object_of_one_source_with_two_descriptions_keeps_the_longer_one() {
    let minimal = "test-data/valid/minimal.json";
    let hits = |more: &[&str]| {
        Document::from_json(answer(minimal, &[&["--query", "true"], more].concat()).document)
            .unwrap()
    };
    let merged = merged(vec![hits(&["--augment"]), hits(&[])]);
    let sample = merged.document.objects(Category::Samples)[0];
    assert_eq!(sample["sample_type"]["summary"], "H1-hESC");
    assert_eq!(merged.differing.len(), 3);
    assert_eq!(merged.renamed, []);
}

#[test]
fn hits_of_one_server_are_one_source() {
    let hits = |query: &str, phenotype: &str| {
        changed(read(TWIN), |json| {
            json["doc_info"]["doc_version"] = query.repeat(64).into();
            json["samples"][0]["phenotype"]["term_label"] = phenotype.into();
            json["subset_of"] = json!({
                "server": {"url": "https://trackfind.example.org", "repository": "r", "hub": "h"},
                "search": {"query": query},
            });
        })
    };
    let merged = merged(vec![hits("a", "Normal"), hits("b", "Not normal")]);
    assert_eq!(merged.renamed, []);
    assert_eq!(ids(&merged.document, Category::Tracks).len(), 4);
    let differing: Vec<&str> = merged
        .differing
        .iter()
        .map(|d| d.local_id.as_str())
        .collect();
    assert_eq!(differing, ["geo:GSM945229"]);
}

#[test]
fn documents_of_two_sources_share_one_heading_and_keep_their_own() {
    let merged = merged(vec![read(TWIN), read(BLOOD)]).document;
    let members = merged.members();
    let (doc_info, collection) = (&members["doc_info"], &members["collection_info"]);
    for key in ["doc_ontology_versions", "doc_version", "doc_date"] {
        assert!(doc_info.get(key).is_some(), "doc_info requires {key}");
    }
    for key in ["source_repo_url", "short_name", "long_name", "contact"] {
        assert!(
            collection.get(key).is_some(),
            "collection_info requires {key}"
        );
    }
    assert_eq!(doc_info["doc_version"], signature_without_ids(&merged));
    assert_eq!(collection["doc_ref"], doc_info["local_id"]);
    for study in merged.objects(Category::Studies) {
        assert_eq!(study["collection_ref"], collection["local_id"]);
    }
    let sources = members["merged_from"]["sources"].as_array().unwrap();
    for (source, path) in sources.iter().zip([BLOOD, TWIN]) {
        let original = read(path);
        for category in [Category::DocInfo, Category::CollectionInfo] {
            assert_eq!(
                &source["documents"][0][category.name()],
                original.objects(category)[0]
            );
        }
        assert_eq!(source["documents"][0].get("tracks"), None);
        assert_eq!(source["studies"], json!(ids(&original, Category::Studies)));
        assert_eq!(source["new_ids"], json!({}));
    }
    for list in LISTS {
        let count = merged.objects(list).len();
        assert_eq!(
            count,
            read(TWIN).objects(list).len() + read(BLOOD).objects(list).len()
        );
    }
}

#[test]
fn of_two_ontology_versions_the_newer_one_counts() {
    let edam = "http://edamontology.org/EDAM.owl";
    let with = |version: &str| {
        changed(other_twin(), |json| {
            json["doc_info"]["doc_version"] = version.into();
            json["doc_info"]["doc_ontology_versions"][edam] =
                format!("http://edamontology.org/EDAM_{version}.owl").into();
        })
    };
    let merged = merged(vec![with("1.9"), with("1.21"), with("1.3")]).document;
    let versions = &merged.members()["doc_info"]["doc_ontology_versions"];
    assert_eq!(versions[edam], "http://edamontology.org/EDAM_1.21.owl");
}

#[test]
fn ids_that_mean_two_things_are_kept_apart_with_all_that_refers_to_them() {
    let merged = merged(vec![read(TWIN), other_twin()]);
    let version = Json::from(read(TWIN))["doc_info"]["doc_version"]
        .as_str()
        .unwrap()[..12]
        .to_owned();
    let new = |id: &str, mark: &str| format!("{id}#{mark}");
    let of_sample = |mark: &str| Renamed {
        category: Category::Samples,
        from: "geo:GSM945229".to_owned(),
        to: new("geo:GSM945229", mark),
    };
    // The sample, and what leads to it: one experiment and four tracks of each. The study is the same.
    assert_eq!(merged.renamed.len(), 2 * (1 + 1 + 4));
    for mark in ["000000000000", &version] {
        assert!(
            merged.renamed.contains(&of_sample(mark)),
            "{:?}",
            merged.renamed
        );
    }
    assert_eq!(ids(&merged.document, Category::Studies), ["UW_ChipSeq"]);
    for (mark, phenotype) in [("000000000000", "Glioma"), (&version, "Normal")] {
        let id = Json::from(new("encode:ENCFF717PIO", mark));
        let track = target(&merged.document, Category::Tracks, Some(&id)).unwrap();
        let experiment = target(
            &merged.document,
            Category::Experiments,
            track.get("experiment_ref"),
        )
        .unwrap();
        let sample = target(
            &merged.document,
            Category::Samples,
            experiment.get("sample_ref"),
        )
        .unwrap();
        assert_eq!(sample["phenotype"]["term_label"], phenotype);
    }
    let message = &merged.document.members()["merged_from"]["sources"];
    let became = message
        .as_array()
        .unwrap()
        .iter()
        .map(|source| &source["new_ids"]["samples"]["geo:GSM945229"]);
    assert_eq!(became.filter(|id| id.is_string()).count(), 2);
}
