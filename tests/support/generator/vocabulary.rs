//! What a document holds, for queries that are meant to find something.

use serde_json::Value as Json;

use super::random::Random;

/// One step of a path into a document.
#[derive(Clone)]
pub enum Step {
    /// A member of an object.
    Key(String),
    /// An element of a list.
    Index(usize),
}

/// A value of a document and where it stands.
#[derive(Clone)]
pub struct Place {
    /// The category of the object.
    pub category: String,
    /// The way from the object to the value; empty for the object itself.
    pub steps: Vec<Step>,
    /// What stands there.
    pub value: Json,
}

/// All the places of a document.
pub struct Vocabulary {
    places: Vec<Place>,
}

impl Vocabulary {
    /// The places of `document`.
    pub fn of(document: &Json) -> Self {
        let mut places = Vec::new();
        for (category, part) in document.as_object().unwrap() {
            let objects = part
                .as_array()
                .map_or_else(|| vec![part], |objects| objects.iter().collect());
            for object in objects {
                collect(category, &[], object, &mut places);
            }
        }
        Vocabulary { places }
    }

    /// Some place.
    pub fn place(&self, random: &mut Random) -> &Place {
        &self.places[random.below(self.places.len())]
    }
}

fn collect(category: &str, steps: &[Step], value: &Json, places: &mut Vec<Place>) {
    places.push(Place {
        category: category.to_owned(),
        steps: steps.to_vec(),
        value: value.clone(),
    });
    let mut below =
        |step: Step, value: &Json| collect(category, &[steps, &[step]].concat(), value, places);
    match value {
        Json::Object(members) => members
            .iter()
            .for_each(|(key, value)| below(Step::Key(key.clone()), value)),
        Json::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, value)| below(Step::Index(at), value)),
        _ => {}
    }
}
