//! Rows of a TrackFind server → a document: the objects of the rows, each once, in the order in which they come.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};
use thiserror::Error;

use crate::fairtracks::category::Category;
use crate::fairtracks::document::{Document, ShapeError};
use crate::fairtracks::hit::Hit;
use crate::fairtracks::objects::schema;

/// Why rows are not those of one document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegroupError {
    /// Two objects of a category that a document has only one of.
    #[error(
        "found several objects of {0}, expected one per document: the server mixes documents; tell its provider"
    )]
    Several(Category),
    /// Objects of another shape.
    #[error("the response is not that of a FAIRtracks hub: {0}")]
    Shape(#[from] ShapeError),
}

/// Objects that are gathered from rows.
#[derive(Debug, Default)]
pub struct Regrouping {
    gathered: HashMap<Category, Gathered>,
    rows: Vec<Positions>,
}

/// Where the objects of a row stand in the lists of the document; none where the row has none of a category.
type Positions = [Option<usize>; Category::ALL.len()];

/// The objects of one category.
#[derive(Debug, Default)]
struct Gathered {
    objects: Vec<Json>,
    /// Their positions by `local_id`; of those without one, by all that they hold.
    by_id: HashMap<Id, Vec<usize>>,
}

/// What objects are looked up by.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Id {
    Given(String),
    Written(String),
}

/// A document made of rows, and the rows as places in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Regrouped {
    /// The document.
    pub document: Document,
    /// The first row of each track, in the order of the document's tracks.
    rows: Vec<Positions>,
    /// How many objects have an id that another object of their category has too, which the standard does not allow.
    pub repeated_ids: usize,
}

impl Gathered {
    /// The position of an object, which is added if it is new.
    ///
    /// Objects are distinguished by `local_id`; those that share one, against the standard, by their whole content.
    fn place(&mut self, object: Json) -> usize {
        let id = match object.get("local_id").and_then(Json::as_str) {
            Some(id) => Id::Given(id.to_owned()),
            None => Id::Written(object.to_string()),
        };
        let places = self.by_id.entry(id).or_default();
        let known = places
            .iter()
            .copied()
            .find(|place| self.objects[*place] == object);
        known.unwrap_or_else(|| {
            places.push(self.objects.len());
            self.objects.push(object);
            self.objects.len() - 1
        })
    }

    fn repeated_ids(&self) -> usize {
        let named = self.by_id.iter();
        let named = named.filter(|(id, _)| matches!(id, Id::Given(_)));
        named.map(|(_, places)| places.len() - 1).sum()
    }
}

impl Regrouping {
    /// Takes the objects of a row. What is no category of a document is left out.
    pub fn add(&mut self, row: Map<String, Json>) {
        let mut positions = Positions::default();
        for (name, object) in row {
            let place = Category::ALL
                .iter()
                .position(|category| category.name() == name);
            // Null stands where a server has no object.
            if let Some(place) = place.filter(|_| !object.is_null()) {
                let gathered = self.gathered.entry(Category::ALL[place]).or_default();
                positions[place] = Some(gathered.place(object));
            }
        }
        self.rows.push(positions);
    }

    /// Takes what a row says of the whole document, and nothing else of it: what a document without a hit is to have.
    pub fn add_heading(&mut self, mut row: Map<String, Json>) {
        row.retain(|name, _| Category::named(name).is_some_and(Category::is_single));
        for (name, object) in row {
            if let Some(category) = Category::named(&name).filter(|_| !object.is_null()) {
                self.gathered.entry(category).or_default().place(object);
            }
        }
    }

    /// The document. Without any row the two single objects are empty.
    ///
    /// # Errors
    /// Rows of several documents, or of none of version 1.
    pub fn finish(mut self) -> Result<Regrouped, RegroupError> {
        let repeated_ids = self.gathered.values().map(Gathered::repeated_ids).sum();
        let mut members = Map::new();
        members.insert("@schema".to_owned(), schema::url("fairtracks").into());
        for category in Category::IN_DOCUMENT {
            let mut objects = self.gathered.remove(&category).unwrap_or_default().objects;
            let value = if !category.is_single() {
                Json::Array(objects)
            } else if objects.len() > 1 {
                return Err(RegroupError::Several(category));
            } else {
                objects.pop().unwrap_or_else(|| Json::Object(Map::new()))
            };
            members.insert(category.name().to_owned(), value);
        }
        let document = Document::from_json(Json::Object(members))?;
        // Tracks are the first category; they are numbered in the order of their first rows.
        let mut rows: Vec<Positions> = Vec::new();
        for row in self.rows {
            if row[0] == Some(rows.len()) {
                rows.push(row);
            }
        }
        Ok(Regrouped {
            document,
            rows,
            repeated_ids,
        })
    }
}

impl Regrouped {
    /// The tracks with what belongs to each, as objects of a document that has the same objects at the same places.
    pub fn hits<'d>(&self, document: &'d Document) -> Vec<Hit<'d>> {
        let objects = Category::ALL.map(|category| document.objects(category));
        let hit = |row: &Positions| {
            let places = Category::ALL.into_iter().zip(&objects).zip(row);
            let found = places.filter_map(|((category, objects), place)| {
                Some((category, *objects.get((*place)?)?))
            });
            Hit::new(found.collect())
        };
        self.rows.iter().map(hit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn regroup(rows: &[Json]) -> Result<Regrouped, RegroupError> {
        let mut regrouping = Regrouping::default();
        for row in rows {
            regrouping.add(row.as_object().unwrap().clone());
        }
        regrouping.finish()
    }

    fn row(track: &str, sample: &str) -> Json {
        json!({
            "doc_info": {"local_id": "d"}, "tracks": {"local_id": track, "experiment_ref": "e"}, "experiments": {"local_id": "e"},
            "samples": {"local_id": sample}, "non_standard_samples": {"local_id": sample}, "collection_info": {"local_id": "c"}
        })
    }

    #[test]
    fn objects_come_once_in_the_order_of_the_rows() {
        let found = regroup(&[row("t2", "s"), row("t1", "s"), row("t2", "x")]).unwrap();
        let document = Json::from(found.document.clone());
        assert_eq!(document["tracks"][0]["local_id"], "t2");
        assert_eq!(document["tracks"].as_array().unwrap().len(), 2);
        let samples = json!([{"local_id": "s"}, {"local_id": "x"}]);
        assert_eq!(document["samples"], samples);
        assert_eq!(document["studies"], json!([]));
        assert!(document.get("non_standard_samples").is_none());
        let hits = found.hits(&found.document);
        assert_eq!(hits[1].local_id(), "t1");
        assert_eq!(hits[0].text(Category::Samples, &["local_id"]), Some("s"));
        assert!(hits[0].object(Category::Studies).is_none());
    }

    #[test]
    fn different_objects_of_one_id_both_stay() {
        let mut other = row("t1", "s");
        other["tracks"]["label_short"] = "other".into();
        let found = regroup(&[row("t1", "s"), other]).unwrap();
        assert_eq!(found.document.objects(Category::Tracks).len(), 2);
        assert_eq!(found.repeated_ids, 1);
    }

    #[test]
    fn rows_of_two_documents_or_of_something_else_are_refused() {
        let mut other = row("t2", "s");
        other["doc_info"]["local_id"] = "e".into();
        let error = regroup(&[row("t1", "s"), other]).unwrap_err();
        assert_eq!(error, RegroupError::Several(Category::DocInfo));
        let other = json!({"doc_info": "x", "tracks": {"local_id": "t"}});
        assert!(matches!(regroup(&[other]), Err(RegroupError::Shape(_))));
    }

    #[test]
    fn no_row_is_a_document_without_tracks() {
        let mut regrouping = Regrouping::default();
        let row = row("t", "s");
        regrouping.add_heading(row.as_object().unwrap().clone());
        let document = Json::from(regrouping.finish().unwrap().document);
        assert_eq!(document["doc_info"]["local_id"], "d");
        assert_eq!(document["tracks"], json!([]));
        assert!(regroup(&[]).is_ok());
    }
}
