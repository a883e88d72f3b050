//! Objects with their members in the order of the standard, so that one object is always written in one way.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::category::Category;
use super::document::Document;
use super::standard_fields::STANDARD_FIELDS;

/// The places of the members of an object, with those of the members below them.
#[derive(Debug, Default)]
struct MemberOrder {
    places: HashMap<&'static str, (usize, MemberOrder)>,
}

impl MemberOrder {
    fn of(category: Category) -> Self {
        let mut order = MemberOrder::default();
        let all = STANDARD_FIELDS.iter().filter(|(of, _)| *of == category);
        for field in all.flat_map(|(_, fields)| fields.iter()) {
            let mut level = &mut order;
            for key in field.split('.') {
                let next = level.places.len();
                level = &mut level
                    .places
                    .entry(key)
                    .or_insert((next, MemberOrder::default()))
                    .1;
            }
        }
        order
    }

    /// Orders members: those of the standard first, others by their keys.
    fn sort(&self, members: &mut Map<String, Json>) {
        let place = |key: &str| self.places.get(key).map_or(usize::MAX, |(place, _)| *place);
        let is_before = |one: &&String, other: &&String| (place(one), one) <= (place(other), other);
        let keys: Vec<&String> = members.keys().collect();
        if !keys.is_sorted_by(is_before) {
            let mut all: Vec<(String, Json)> = std::mem::take(members).into_iter().collect();
            all.sort_by(|(one, _), (other, _)| (place(one), one).cmp(&(place(other), other)));
            members.extend(all);
        }
        let nothing = MemberOrder::default();
        for (key, value) in members {
            if let Json::Object(members) = value {
                let below = self.places.get(key.as_str());
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
