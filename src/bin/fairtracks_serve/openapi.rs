//! The description of the interface as it is here (OpenAPI 3.1).

use std::collections::BTreeSet;
use std::sync::Arc;

use fairtracks::cli::Failure;
use serde_json::{Value as Json, json};

use crate::cache::Tally;
use crate::page::Hub;
use crate::stored::{Manner, Stored};

const DESCRIPTION: &str = include_str!("openapi.json");

/// The description, with the hubs that are offered; none where all is as in TrackFind, which has none.
///
/// # Errors
/// The description is at fault, which no input can bring about.
pub fn write(hubs: &[Hub], manner: Manner, tally: &Arc<Tally>) -> Result<Option<Stored>, Failure> {
    if manner == Manner::Faithful {
        return Ok(None);
    }
    let mut description: Json = serde_json::from_str(DESCRIPTION)?;
    set(
        &mut description,
        "/info/version",
        env!("CARGO_PKG_VERSION").into(),
    );
    let repositories: BTreeSet<&str> = hubs.iter().map(|hub| hub.repository.as_str()).collect();
    let names: BTreeSet<&str> = hubs.iter().map(|hub| hub.hub.as_str()).collect();
    for (parameter, values) in [("repository", repositories), ("hub", names)] {
        let pointer = format!("/components/parameters/{parameter}/schema/enum");
        set(&mut description, &pointer, json!(values));
    }
    let mut text = serde_json::to_vec_pretty(&description)?;
    text.push(b'\n');
    let stored = Stored::whole(200, "application/json", text);
    stored.prepare(tally);
    Ok(Some(stored))
}

/// Replaces what is at a place.
fn set(description: &mut Json, pointer: &str, value: Json) {
    if let Some(place) = description.pointer_mut(pointer) {
        *place = value;
    }
}
