//! Faults of light crates, and of the crates that they were made of.

use serde_json::{Value as Json, json};

use super::{Fault, OTHER_SUM, Parts, fault};

/// The folder of the crate that the light crate was made of, with `/` at its end.
fn folder(parts: &Parts) -> String {
    let (name, _) = parts
        .files
        .iter()
        .find(|(name, _)| name.starts_with("inputs/"))
        .unwrap();
    name.trim_end_matches("ro-crate-metadata.json").to_owned()
}

/// Changes the metadata of the crate before, and names its folder after the new bytes.
fn change_ancestor(parts: &mut Parts, change: impl Fn(&mut Json)) {
    let before = folder(parts);
    let name = format!("{before}ro-crate-metadata.json");
    let mut metadata = serde_json::from_slice(parts.file(&name)).unwrap();
    change(&mut metadata);
    put_ancestor(parts, &before, metadata.to_string().into_bytes());
}

fn put_ancestor(parts: &mut Parts, before: &str, bytes: Vec<u8>) {
    let sum = fairtracks::archive::digest::Sha256Sum::of(&bytes).hexadecimal();
    let after = format!("inputs/{}/", &sum[..16]);
    parts.files.retain(|(name, _)| !name.starts_with("inputs/"));
    let name = format!("{after}ro-crate-metadata.json");
    parts.files.push((name, bytes));
    parts.rename(before, &after);
}

/// All of them; the light crate holds one ancestor.
pub fn faults() -> Vec<Fault> {
    vec![
        fault(
            "a track with the sha256 of another",
            |parts| {
                let track = parts.id_that_begins("#track-");
                parts.set(&track, "sha256", OTHER_SUM.into());
            },
            "should",
            "/ro-crate-metadata.json#{#track-3887b1279a172fca}/@id",
            "\"#track-3887b1279a172fca\", which does not match",
        )
        .of(2),
        fault(
            "a file that the crate before does not have",
            |parts| {
                parts.set("#file-in-crate", "sha256", OTHER_SUM.into());
            },
            "must",
            "/ro-crate-metadata.json#{#file-in-crate}/sha256",
            "\"e3b0c442",
        ),
        fault(
            "a file that the crate before has with another sha256",
            |parts| {
                let id = format!("{}tracks/BLD000001.narrowPeak", folder(parts));
                parts.graph().push(
                    json!({"@id": id, "@type": "CreativeWork", "name": "x", "sha256": OTHER_SUM}),
                );
            },
            "must",
            "/ro-crate-metadata.json#{ANCESTORtracks/BLD000001.narrowPeak}/sha256",
            "\"e3b0c442",
        ),
        fault(
            "a crate before that was changed",
            |parts| {
                let name = format!("{}ro-crate-metadata.json", folder(parts));
                parts.file(&name).push(b' ');
            },
            "must",
            "/inputs/KEY/ro-crate-metadata.json#",
            "the folder \"",
        ),
        fault(
            "a crate before whose file was changed in it",
            |parts| {
                change_ancestor(parts, |metadata| {
                    for entity in metadata["@graph"].as_array_mut().unwrap() {
                        if entity["sha256"]
                            .as_str()
                            .is_some_and(|sum| sum.starts_with("3887"))
                        {
                            entity["sha256"] = OTHER_SUM.into();
                        }
                    }
                })
            },
            "must",
            "/ro-crate-metadata.json#{#file-in-crate}/sha256",
            "\"3887b127",
        ),
        fault(
            "a crate before that is no JSON",
            |parts| {
                let before = folder(parts);
                put_ancestor(parts, &before, b"{".to_vec());
            },
            "must",
            "/inputs/KEY/ro-crate-metadata.json#",
            "line 1, column 1",
        ),
        fault(
            "a crate before without root",
            |parts| {
                change_ancestor(parts, |metadata| {
                    metadata["@graph"]
                        .as_array_mut()
                        .unwrap()
                        .retain(|entity| entity["@id"] != "./");
                })
            },
            "should",
            "/inputs/KEY/ro-crate-metadata.json#/@graph",
            "no root",
        ),
        fault(
            "a crate before with an id twice",
            |parts| {
                change_ancestor(parts, |metadata| {
                    let graph = metadata["@graph"].as_array_mut().unwrap();
                    graph.push(graph[2].clone());
                })
            },
            "should",
            "/inputs/KEY/ro-crate-metadata.json#/@graph/24/@id",
            "\"https://w3id.org/ro/wfrun/process/0.5\"",
        ),
        fault(
            "a crate before that is missing",
            |parts| {
                parts.files.retain(|(name, _)| !name.starts_with("inputs/"));
            },
            "must",
            "/ro-crate-metadata.json#{ANCESTOR}/@id",
            "no folder with this name",
        ),
        fault(
            "a crate before that nothing is said of",
            |parts| {
                let folder = folder(parts);
                parts.drop_entity(&folder);
                parts.forget("./", "hasPart", &folder);
                let objects = parts.entity("#import-3887b1279a172fca")["object"]
                    .as_array_mut()
                    .unwrap();
                objects.retain(|object| object["@id"] != folder.as_str());
            },
            "should",
            "/inputs/KEY/ro-crate-metadata.json#",
            "an embedded crate that the metadata do not describe",
        ),
    ]
}

/// The place of a fault, with the key and the id of the crate before in it.
pub fn placed(parts: &Parts, place: &str) -> String {
    let files = parts.files.iter().map(|(name, _)| name.as_str());
    let graph = parts.metadata["@graph"].as_array().unwrap();
    let ids = graph.iter().filter_map(|entity| entity["@id"].as_str());
    let key = files
        .chain(ids)
        .find_map(|name| name.strip_prefix("inputs/"))
        .map_or("", |name| name.split('/').next().unwrap());
    place
        .replace("KEY", key)
        .replace("ANCESTOR", &format!("inputs/{key}/"))
}
