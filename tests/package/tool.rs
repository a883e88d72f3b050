//! `fairtracks_package`: data with their whole story in one crate.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;

use crate::support::Outcome;
use crate::support::importing::{Opened, many, sha256};
use crate::support::packaging::{SAID, Story, faults, package};
use fairtracks::archive::packer::{Compression, Packer};
use serde_json::{Value as Json, json};

const DNASE: &str = "tracks/example_cells_dnase.bed";
const SIGNAL: &str = "tracks/example_cells_signal.bigwig";
const RESULT: &str = "results/shared_regions.bed";

/// All ids that an entity or a reference in it has.
fn ids(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Array(values) => values.iter().for_each(|value| ids(value, found)),
        Json::Object(members) => {
            found.extend(members.get("@id").and_then(Json::as_str).map(str::to_owned));
            members.values().for_each(|value| ids(value, found));
        }
        _ => {}
    }
}

fn references(entity: &Json, key: &str) -> Vec<String> {
    let values = many(&entity[key]).into_iter();
    values
        .filter_map(|value| value["@id"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn data_are_under_readable_paths_and_their_metadata_speak_of_these() {
    let story = Story::new();
    let opened = story.packed(&[]).opened();
    let data = story.data();
    for (path, given) in [DNASE, SIGNAL, RESULT].iter().zip(&data) {
        assert_eq!(opened.files[*path], given.bytes);
        let entity = opened.entity(path);
        let sum = sha256(&given.bytes);
        assert_eq!(entity["sha256"], json!(sum));
        assert_eq!(entity["contentSize"], json!(given.bytes.len().to_string()));
        let name = entity["identifier"][0].as_str().unwrap();
        assert!(name.starts_with("ni:///sha-256;"), "{name}");
        let properties = opened.follow(entity, "additionalProperty");
        let datatype = properties
            .iter()
            .find(|property| property["name"] == "Galaxy datatype");
        assert_eq!(
            datatype.expect("a datatype")["value"],
            given.described["extension"]
        );
        // What was known by its content is known by its path alone, wherever it is spoken of.
        let mut all = BTreeSet::new();
        opened
            .graph()
            .iter()
            .for_each(|entity| ids(entity, &mut all));
        for start in ["#track-", "#data-"] {
            assert!(
                !all.contains(&format!("{start}{}", &sum[..16])),
                "{start} {sum}"
            );
        }
    }
    let based: BTreeSet<String> = references(opened.entity(RESULT), "isBasedOn")
        .into_iter()
        .collect();
    assert_eq!(based, [DNASE, SIGNAL].map(str::to_owned).into());
    assert_eq!(
        opened.entity(DNASE)["contentUrl"],
        "https://tracks.example.org/cells/cells_dnase.bed"
    );
}

#[test]
fn the_crate_says_what_people_said_and_all_that_was_done() {
    let opened = Story::new().packed(&[]).opened();
    let root = opened.root();
    assert_eq!(root["name"], SAID[1]);
    assert_eq!(root["description"], SAID[3]);
    assert_eq!(root["keywords"], "K562, chromatin");
    assert_eq!(root["datePublished"], "2026-04-01T08:00:00+00:00");
    assert!(
        root["identifier"]
            .as_str()
            .unwrap()
            .starts_with("ni:///sha-256;")
    );
    let named = |key: &str| -> Vec<String> {
        let entities = opened.follow(root, key).into_iter();
        entities
            .map(|entity| entity["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(named("author"), ["Josiah Carberry", "Ann Other"]);
    assert_eq!(named("publisher"), ["Brown University"]);
    assert_eq!(named("license"), ["CC-BY-4.0"]);
    assert_eq!(named("funder"), ["Research Council of Norway"]);
    assert_eq!(references(root, "funder"), ["https://ror.org/00epmv149"]);
    let mentioned: BTreeSet<String> = references(root, "mentions").into_iter().collect();
    let actions = opened.graph().iter().filter(|entity| {
        let kinds = many(&entity["@type"]);
        kinds
            .iter()
            .any(|kind| kind.as_str().unwrap().ends_with("Action"))
    });
    let actions: BTreeSet<String> = actions
        .map(|action| action["@id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(mentioned, actions);
    for kind in ["#import-", "#step-", "#follow-", "#package-"] {
        assert!(actions.iter().any(|id| id.starts_with(kind)), "{kind}");
    }
}

#[test]
fn the_crate_has_no_fault_and_a_changed_byte_is_one() {
    let packed = Story::new().packed(&[]);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let opened = packed.opened();
    let mut packer = Packer::new(
        Cursor::new(Vec::new()),
        &opened.files["ro-crate-metadata.json"],
    )
    .unwrap();
    for name in &opened.order[1..] {
        if let Some(bytes) = opened.files.get(name).filter(|_| !name.ends_with('/')) {
            let mut bytes = bytes.clone();
            if name == SIGNAL {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }
            packer.add(name, &bytes, Compression::Store).unwrap();
        }
    }
    let path = packed.folder.join("changed.zip");
    fs::write(&path, packer.finish().unwrap().into_inner()).unwrap();
    let faults = faults(&path);
    assert!(!faults.is_empty());
    assert!(
        faults.iter().all(|fault| fault.contains("the SHA-256 of")),
        "{faults:#?}"
    );
}

#[test]
fn each_light_crate_is_inside_as_it_was() {
    let story = Story::new();
    let opened = story.packed(&[]).opened();
    for path in story.crates() {
        let given = Opened::new(&fs::read(path).unwrap());
        let key = sha256(&given.files["ro-crate-metadata.json"])[..16].to_owned();
        for name in given.order.iter().filter(|name| !name.ends_with('/')) {
            // Crates that it was made of are beside it, not in it.
            let place = match name.starts_with("inputs/") {
                true => name.clone(),
                false => format!("inputs/{key}/{name}"),
            };
            assert_eq!(
                opened.files.get(&place),
                Some(&given.files[name]),
                "{place}"
            );
        }
    }
}

#[test]
fn there_is_something_to_read_to_sort_and_to_copy() {
    let packed = Story::new().packed(&[]);
    let opened = packed.opened();
    assert_eq!(opened.order[0], "ro-crate-metadata.json");
    assert_eq!(opened.order.last().unwrap(), "ro-crate-preview.html");
    let text = |path: &str| String::from_utf8(opened.files[path].clone()).unwrap();
    let citation = text("CITATION.cff");
    assert!(
        citation.contains("Carberry") && citation.contains("Other"),
        "{citation}"
    );
    let methods = text("metadata/methods.md");
    for word in ["example:cells_dnase", "sort1", "cat1", "FAIRtracks import"] {
        assert!(methods.contains(word), "{word}: {methods}");
    }
    for name in ["tracks.tsv", "steps.tsv"] {
        assert_eq!(text(&format!("metadata/{name}")), packed.text(name));
    }
    let tracks = packed.text("tracks.tsv");
    assert_eq!(tracks.lines().count(), 3, "{tracks}");
    let steps = packed.text("steps.tsv");
    let tools: Vec<&str> = steps
        .lines()
        .filter(|line| !line.starts_with('#') && line.contains("\ttool\t"))
        .collect();
    assert_eq!(tools.len(), 2, "{steps}");
    assert!(packed.read("picture.png").starts_with(b"\x89PNG"));
    let page = opened.preview();
    for word in ["<svg", "Ann Other", "CC-BY-4.0", RESULT] {
        assert!(page.contains(word), "{word}");
    }
    let report = packed.text("report.md");
    assert!(
        report.contains("1 result from 2 source tracks; 2 tools, 2 jobs"),
        "{report}"
    );
    let ids: Vec<Json> = opened.document()["tracks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| track["local_id"].clone())
        .collect();
    assert_eq!(ids, ["example:cells_dnase", "example:cells_signal"]);
}

#[test]
fn the_same_data_and_crates_give_the_same_bytes_in_whatever_order_the_crates_are() {
    let story = Story::new();
    let bytes = |packed: Outcome| packed.read("crate.zip");
    let first = bytes(story.packed(&[]));
    assert!(first == bytes(story.packed(&[])));
    let mut crates = story.crates();
    crates.reverse();
    assert!(first == bytes(package(&story.data(), &crates, &SAID)));
}

#[test]
fn a_crate_that_refers_to_data_knows_them_by_content_and_address() {
    let story = Story::new();
    let packed = story.packed(&["--payload", "reference"]);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let opened = packed.opened();
    let is_data = |name: &&String| name.starts_with("tracks/") || name.starts_with("results/");
    assert_eq!(opened.order.iter().find(is_data), None);
    let id = |kind: &str, bytes: &[u8]| format!("#{kind}-{}", &sha256(bytes)[..16]);
    let track = opened.entity(&id("track", &story.tracks[0].bytes));
    assert_eq!(
        track["contentUrl"],
        "https://tracks.example.org/cells/cells_dnase.bed"
    );
    let result = opened.entity(&id("data", &story.result.bytes));
    assert_eq!(references(result, "isBasedOn").len(), 2);
}

#[test]
fn a_full_crate_given_again_tells_of_the_same_things() {
    let story = Story::new();
    let full = story.packed(&[]);
    let once = story.packed(&["--payload", "reference"]).opened();
    let options = [&SAID[..], &["--payload", "reference", "--strict"]].concat();
    let again = package(&story.data(), &[full.path()], &options);
    assert_eq!(again.status, 0, "{}", again.stderr);
    assert_eq!(again.faults(), Vec::<String>::new());
    let again = again.opened();
    let about = |opened: &Opened| -> BTreeSet<String> {
        references(opened.root(), "about").into_iter().collect()
    };
    assert_eq!(about(&again), about(&once));
    assert!(about(&again).iter().all(|id| id.starts_with('#')));
    assert_eq!(again.document()["tracks"], once.document()["tracks"]);
    let tools = |opened: &Opened| -> BTreeSet<String> {
        let steps = references(opened.root(), "mentions").into_iter();
        steps.filter(|id| id.starts_with("#step-")).collect()
    };
    assert_eq!(tools(&again), tools(&once));
}

#[test]
fn a_bag_carries_the_crate_and_says_what_is_in_it() {
    let story = Story::new();
    let packed = story.packed(&["--bagit"]);
    let crate_ = story.packed(&[]).opened();
    let mut archive = fairtracks::archive::gate::Archive::open(
        Cursor::new(packed.read("crate.zip")),
        &fairtracks::archive::limits::ArchiveLimits::default(),
    )
    .unwrap();
    let base = "Open_chromatin___histone_marks_of_K562";
    let mut read = |name: &str| archive.read(&format!("{base}/{name}"), 1 << 24).unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert!(text(read("bagit.txt")).starts_with("BagIt-Version: 1.0\n"));
    let manifest = text(read("manifest-sha256.txt"));
    let files: Vec<(&str, &str)> = manifest
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .collect();
    let mut bytes = 0;
    for (sum, path) in &files {
        let content = read(path);
        bytes += content.len();
        assert_eq!(*sum, sha256(&content), "{path}");
        let in_crate = path.strip_prefix("data/").unwrap();
        assert!(content == crate_.files[in_crate], "{path}");
    }
    let is_file = |name: &&String| !name.ends_with('/');
    assert_eq!(files.len(), crate_.order.iter().filter(is_file).count());
    let info = text(read("bag-info.txt"));
    assert!(
        info.contains(&format!("Payload-Oxum: {bytes}.{}\n", files.len())),
        "{info}"
    );
    for line in text(read("tagmanifest-sha256.txt")).lines() {
        let (sum, path) = line.split_once("  ").unwrap();
        assert_eq!(sum, sha256(&read(path)));
    }
}
