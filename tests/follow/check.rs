//! `fairtracks_check` on the crate of a result of five steps: each fault is found where it is.

use crate::support;
use std::io::Cursor;
use std::sync::OnceLock;

use crate::support::following::{Galaxy, crates};
use crate::support::importing::{CREDITS, Opened, many, nine, written};
use fairtracks::archive::packer::{Compression, Packer};
use serde_json::{Value as Json, json};

const METADATA: &str = "ro-crate-metadata.json";

/// The crate of a result of five tools, two of which read a track.
fn five_steps() -> &'static Opened {
    static CRATE: OnceLock<Opened> = OnceLock::new();
    CRATE.get_or_init(|| {
        let came = nine(&CREDITS);
        let mut galaxy = Galaxy::default();
        let ids = galaxy.imported(&came);
        let mut result = galaxy.run("sort1", &[&ids[0]], "sorted");
        result = galaxy.run("intersect", &[&result, &ids[1]], "both");
        for tool in ["Filter1", "Cut1", "Show_beginning1"] {
            result = galaxy.run(
                tool,
                &[&result],
                format!("made by {tool}, and long enough to be equal to nothing else by chance"),
            );
        }
        let followed = galaxy.follow(&[&result], &crates(&came), &CREDITS);
        followed.crate_of(galaxy.dataset(&result)["name"].as_str().unwrap())
    })
}

/// The findings, `must` or `should`, on the crate with some files changed or left out.
fn findings(change: impl FnOnce(&mut Opened)) -> Vec<String> {
    let good = five_steps();
    let mut opened = Opened {
        order: good.order.clone(),
        files: good.files.clone(),
        metadata: good.metadata.clone(),
    };
    change(&mut opened);
    let metadata = if opened.metadata == good.metadata {
        opened.files[METADATA].clone()
    } else {
        opened.metadata.to_string().into_bytes()
    };
    let mut packer = Packer::new(Cursor::new(Vec::new()), &metadata).unwrap();
    // The page holds the metadata once more, which is another test's business.
    let files = opened
        .order
        .iter()
        .filter(|name| *name != METADATA && !name.ends_with(".html"));
    for name in files.filter(|name| opened.files.contains_key(*name)) {
        packer
            .add(name, &opened.files[name], Compression::Deflate)
            .unwrap();
    }
    let path = written("five.rocrate.zip", packer.finish().unwrap().into_inner());
    let outcome = support::run(
        env!("CARGO_BIN_EXE_fairtracks_check"),
        &[path.to_str().unwrap()],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let place = format!("{}/", path.display());
    let lines = outcome
        .stdout
        .lines()
        .filter(|line| line.starts_with("must") || line.starts_with("should"));
    lines
        .map(|line| line.replace(&place, "").replace('\t', " | "))
        .collect()
}

fn entity<'c>(opened: &'c mut Opened, id: &str) -> &'c mut Json {
    let graph = opened.metadata["@graph"].as_array_mut().unwrap();
    graph
        .iter_mut()
        .find(|entity| entity["@id"] == id)
        .unwrap_or_else(|| panic!("no {id}"))
}

/// The place of an entity in the graph.
fn pointer(id: &str) -> String {
    let place = five_steps()
        .graph()
        .iter()
        .position(|entity| entity["@id"] == id)
        .unwrap();
    format!("{METADATA}#/@graph/{place}")
}

fn result() -> String {
    five_steps().track()["@id"].as_str().unwrap().to_owned()
}

fn ancestor() -> String {
    five_steps()
        .order
        .iter()
        .find(|name| name.starts_with("inputs/"))
        .unwrap()
        .clone()
}

#[test]
fn the_crate_itself_is_good() {
    assert_eq!(findings(|_| {}), Vec::<String>::new());
    let steps = five_steps().of_type("CreateAction");
    let steps = steps
        .iter()
        .filter(|step| step["@id"].as_str().unwrap().starts_with("#step-"));
    assert_eq!(steps.count(), 5);
}

#[test]
fn a_changed_byte_is_found_in_its_file() {
    for name in ["metadata/fairtracks.json".to_owned(), ancestor()] {
        let found = findings(|opened| {
            let bytes = opened.files.get_mut(&name).unwrap();
            let place = bytes
                .windows(4)
                .rposition(|bytes| bytes == b"hg38")
                .unwrap();
            bytes[place] = b'H';
        });
        assert!(found.iter().any(|finding| finding.starts_with("must")));
        let entity = five_steps()
            .graph()
            .iter()
            .find(|entity| entity["@id"] == name.as_str());
        let described = entity.map_or(name.clone(), |_| pointer(&name));
        let is_there = |finding: &String| finding.contains(&name) || finding.contains(&described);
        assert!(found.iter().all(is_there), "{found:#?}");
    }
}

#[test]
fn a_removed_ancestor_is_missed_by_name() {
    let name = ancestor();
    let found = findings(|opened| {
        opened.files.remove(&name);
    });
    assert!(!found.is_empty());
    for finding in &found {
        let folder = name.trim_end_matches(METADATA);
        assert!(
            finding.starts_with("must") && finding.contains(folder),
            "{found:#?}"
        );
    }
}

#[test]
fn a_swapped_hash_is_found_at_the_file_whose_it_is_not() {
    let sources: Vec<String> = many(&five_steps().track()["isBasedOn"])
        .iter()
        .map(|id| id["@id"].as_str().unwrap().to_owned())
        .collect();
    for id in [result(), sources[0].clone()] {
        let other = five_steps().entity(&sources[1])["sha256"].clone();
        let found = findings(|opened| entity(opened, &id)["sha256"] = other.clone());
        assert!(!found.is_empty(), "{id}");
        for finding in &found {
            assert!(finding.contains(&pointer(&id)), "{found:#?}");
        }
    }
}

#[test]
fn a_reference_that_leads_nowhere_is_found_at_its_edge() {
    let steps = five_steps().of_type("CreateAction");
    let step = steps
        .iter()
        .find(|step| step["result"]["@id"] == result().as_str())
        .unwrap();
    let id = step["@id"].as_str().unwrap().to_owned();
    let found = findings(|opened| {
        let object = &mut entity(opened, &id)["object"];
        let at = object
            .as_array()
            .unwrap()
            .iter()
            .position(|value| value["@id"].as_str().unwrap().starts_with("#dataset-"))
            .unwrap();
        object[at] = json!({"@id": "#dataset-0000000000000000"});
    });
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].contains(&format!("{}/object", pointer(&id))),
        "{found:#?}"
    );
    assert!(found[0].contains("#dataset-0000000000000000"), "{found:#?}");
}
