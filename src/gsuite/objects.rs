//! The objects of one track line: a column `samples->species_id` is that member of a sample, a column without a category
//! one of the track.

use serde_json::{Map, Value as Json, json};

use crate::fairtracks::category::Category;

/// The lists of a document, in the order of [`TrackObjects::lists`].
pub(super) const LISTS: [Category; 4] = [
    Category::Studies,
    Category::Experiments,
    Category::Samples,
    Category::Tracks,
];
/// Members with list values, which GSuite joins by commas.
const JOINED: [(Category, &str); 2] = [
    (Category::Tracks, "raw_file_ids"),
    (Category::Experiments, "aggregated_from"),
];

/// The objects that a line describes.
pub(super) struct TrackObjects {
    /// One object of each of [`LISTS`]; empty if the line does not describe it.
    pub lists: [Json; 4],
    pub collection: Json,
}

impl TrackObjects {
    pub fn new() -> Self {
        TrackObjects {
            lists: std::array::from_fn(|_| json!({})),
            collection: json!({}),
        }
    }

    pub fn track(&mut self) -> &mut Json {
        &mut self.lists[3]
    }

    /// Puts the value of a column where it belongs.
    ///
    /// # Errors
    /// The part of the path at which there is a value already.
    pub fn put(&mut self, column: &str, value: String) -> Result<(), String> {
        let (category, path) = attribute(column);
        let place = LISTS.iter().position(|known| *known == category);
        let object = match place {
            Some(place) => &mut self.lists[place],
            None => &mut self.collection,
        };
        put(object, category, path, value)
    }

    /// Gives the track a member that it does not have yet.
    pub fn fill(&mut self, key: &str, value: Option<Json>) {
        let track = self.track();
        if let Some(value) = value
            && track.get(key).is_none()
        {
            track[key] = value;
        }
    }

    /// Lets the objects refer to each other.
    pub fn connect(&mut self) {
        let [study, experiment, sample, track] = &mut self.lists;
        refer(track, "experiment_ref", experiment, "experiment");
        refer(experiment, "sample_ref", sample, "sample");
        refer(experiment, "study_ref", study, "study");
    }
}

/// The attribute that a column holds.
fn attribute(column: &str) -> (Category, &str) {
    let named = column
        .split_once("->")
        .and_then(|(first, rest)| Some((Category::named(first)?, rest)));
    match named {
        Some((Category::DocInfo, _)) | None => (Category::Tracks, column),
        Some(named) => named,
    }
}

fn put(object: &mut Json, category: Category, path: &str, value: String) -> Result<(), String> {
    let keys: Vec<&str> = path.split("->").collect();
    let mut place = object;
    for (depth, key) in keys.iter().enumerate() {
        if !place.is_object() {
            return Err(keys[..depth].join("->"));
        }
        place = &mut place[*key];
        if depth + 1 < keys.len() && place.is_null() {
            *place = json!({});
        }
    }
    if !place.is_null() {
        return Err(path.to_owned());
    }
    *place = if JOINED.contains(&(category, path)) {
        value.split(',').map(str::trim).collect()
    } else {
        value.into()
    };
    Ok(())
}

/// Adds a reference to another object of the row, which gets an id if it has none.
fn refer(from: &mut Json, attribute: &str, to: &mut Json, kind: &str) {
    if to.as_object().is_none_or(Map::is_empty) {
        return;
    }
    let id = [to.get("local_id"), from.get(attribute)]
        .into_iter()
        .flatten()
        .find_map(Json::as_str)
        .map(str::to_owned)
        .unwrap_or_else(|| {
            let of = from.get("local_id").and_then(Json::as_str);
            format!("{}/{kind}", of.unwrap_or_default())
        });
    to["local_id"] = id.clone().into();
    from[attribute] = id.into();
}
