//! Objects with their members in the order of the standard, so that one object is always written in one way.

use serde_json::{Map, Value as Json};

use super::category::Category;
use super::document::Document;
use super::standard_fields::STANDARD_FIELDS;

/// The keys of an object in their order, with those of the objects below them.
#[derive(Debug, Default)]
struct MemberOrder {
    keys: Vec<(&'static str, MemberOrder)>,
}

impl MemberOrder {
    fn of(category: Category) -> Self {
        let mut order = MemberOrder::default();
        let all = STANDARD_FIELDS.iter().filter(|(of, _)| *of == category);
        for field in all.flat_map(|(_, fields)| fields.iter()) {
            let mut level = &mut order;
            for key in field.split('.') {
                let place = level.place(key);
                if place == level.keys.len() {
                    level.keys.push((key, MemberOrder::default()));
                }
                level = &mut level.keys[place].1;
            }
        }
        order
    }

    /// The place of a key; behind all others where the standard does not know it. Keys are few, so that comparing is faster than
    /// hashing.
    fn place(&self, key: &str) -> usize {
        let found = self.keys.iter().position(|(known, _)| *known == key);
        found.unwrap_or(self.keys.len())
    }

    /// Orders members: those of the standard first, others by their keys.
    fn sort(&self, members: &mut Map<String, Json>) {
        let mut places: Vec<(usize, &str)> = Vec::with_capacity(members.len());
        places.extend(members.keys().map(|key| (self.place(key), key.as_str())));
        if !places.is_sorted() {
            let mut all: Vec<(usize, String, Json)> = std::mem::take(members)
                .into_iter()
                .map(|(key, value)| (self.place(&key), key, value))
                .collect();
            all.sort_by(|(one, key, _), (other, next, _)| (one, key).cmp(&(other, next)));
            members.extend(all.into_iter().map(|(_, key, value)| (key, value)));
        }
        let nothing = MemberOrder::default();
        for (key, value) in members {
            if let Json::Object(members) = value {
                let below = self.keys.get(self.place(key));
                below.map_or(&nothing, |(_, below)| below).sort(members);
            }
        }
    }
}

/// The document with the members of each object in the order of the standard; members that it does not know follow by their keys.
#[must_use]
pub fn in_standard_order(mut document: Document) -> Document {
    for category in Category::IN_DOCUMENT {
        let order = MemberOrder::of(category);
        if category.is_single() {
            let object = document.members_mut().get_mut(category.name());
            if let Some(Json::Object(members)) = object {
                order.sort(members);
            }
            continue;
        }
        document = document.changed(category, |_, object| match object {
            Json::Object(members) => {
                order.sort(members);
                true
            }
            _ => false,
        });
    }
    document
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_have_the_order_of_the_standard_and_others_follow_by_their_keys() {
        let document = json!({
            "doc_info": {}, "collection_info": {"short_name": "x", "local_id": "c"}, "studies": [], "experiments": [],
            "samples": [{"zebra": 1, "ape": {"b": 1, "a": 2}, "sample_type": {"summary": "x", "cell_type": {"term_label": "B cell", "term_id": "CL:0000236"}},
                "species_id": "taxonomy:9606", "local_id": "s"}],
            "tracks": [],
        });
        let ordered = in_standard_order(Document::from_json(document).unwrap());
        let sample = ordered.list(Category::Samples)[0].read().to_string();
        assert_eq!(
            sample,
            r#"{"local_id":"s","species_id":"taxonomy:9606","sample_type":{"cell_type":{"term_id":"CL:0000236","term_label":"B cell"},"summary":"x"},"ape":{"a":2,"b":1},"zebra":1}"#
        );
        let collection = ordered.members()["collection_info"].to_string();
        assert_eq!(collection, r#"{"local_id":"c","short_name":"x"}"#);
    }
}
