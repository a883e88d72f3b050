//! The description of the interface as it is here (OpenAPI 3.1).

use std::collections::BTreeSet;
use std::sync::Arc;

use fairtracks::cli::Failure;
use serde_json::{Value as Json, json};

use crate::cache::Tally;
use crate::page::Hub;
use crate::stored::Stored;

const DESCRIPTION: &str = include_str!("openapi.json");

/// What differs from server to server.
pub struct Described<'h> {
    /// The hubs.
    pub hubs: &'h [Hub],
    /// Whether files are served.
    pub files: bool,
    /// Whether there is a copy of the samples as a category.
    pub copied_samples: bool,
}

/// The description.
///
/// # Errors
/// The description is at fault, which no input can bring about.
pub fn write(described: &Described<'_>, tally: &Arc<Tally>) -> Result<Stored, Failure> {
    let mut description: Json = serde_json::from_str(DESCRIPTION)?;
    set(&mut description, "/info/version", |version| {
        *version = env!("CARGO_PKG_VERSION").into();
    });
    let hubs = described.hubs.iter();
    let repositories: BTreeSet<&str> = hubs.clone().map(|hub| hub.repository.as_str()).collect();
    let names: BTreeSet<&str> = hubs.map(|hub| hub.hub.as_str()).collect();
    for (parameter, names) in [("repository", repositories), ("hub", names)] {
        let pointer = format!("/components/parameters/{parameter}/schema/enum");
        set(&mut description, &pointer, |listed| *listed = json!(names));
    }
    if described.copied_samples {
        set(
            &mut description,
            "/components/parameters/category/schema/enum",
            |listed| {
                if let Json::Array(listed) = listed {
                    listed.push("non_standard_samples".into());
                }
            },
        );
    }
    if !described.files {
        set(&mut description, "/paths", |paths| {
            if let Json::Object(paths) = paths {
                paths.shift_remove("/files/{name}");
            }
        });
    }
    let mut text = serde_json::to_vec_pretty(&description)?;
    text.push(b'\n');
    let stored = Stored::whole(200, "application/json", text);
    stored.prepare(tally);
    Ok(stored)
}

/// Changes what is at a place.
fn set(description: &mut Json, pointer: &str, change: impl FnOnce(&mut Json)) {
    if let Some(place) = description.pointer_mut(pointer) {
        change(place);
    }
}
