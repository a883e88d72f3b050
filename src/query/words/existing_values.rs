//! The values that exist, by attribute.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde_json::Value as Json;

use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::vocabulary::{Meaning, WordSequence};

/// A value of an attribute and the objects that have it.
#[derive(Debug, Clone)]
pub struct ExistingValue {
    /// The value as text.
    pub text: String,
    /// The positions of the objects of the category that have it; empty where only values are known.
    pub objects: Vec<usize>,
    words: OnceLock<WordSequence>,
}

impl ExistingValue {
    fn new(text: String, objects: Vec<usize>) -> Self {
        ExistingValue {
            text,
            objects,
            words: OnceLock::new(),
        }
    }

    /// Whether the value has a meaning. Its words are kept, since each phrase of a question is compared with all values.
    pub fn has(&self, meaning: &Meaning) -> bool {
        let words = self.words.get_or_init(|| WordSequence::of(&self.text));
        meaning.matches_words(&self.text, words)
    }
}

/// The values of a document, or of a hub, by attribute.
#[derive(Debug, Clone, Default)]
pub struct ExistingValues {
    by_attribute: BTreeMap<(Category, Vec<String>), Vec<ExistingValue>>,
    pairs: Vec<(String, String)>,
}

impl ExistingValues {
    /// The values of a document that a query can compare: texts and numbers, by themselves or in a list.
    pub fn of(document: &Document) -> Self {
        let mut values = ExistingValues::default();
        for category in Category::ALL {
            let mut found = Collected::default();
            for (position, object) in document.objects(category).into_iter().enumerate() {
                found.position = position;
                found.collect(object, &mut Vec::new());
                values.add_gene_pair(category, object);
            }
            for (path, counted) in found.texts {
                let mut list: Vec<ExistingValue> = counted
                    .into_iter()
                    .map(|(text, objects)| ExistingValue::new(text, objects))
                    .collect();
                list.sort_by(|one, other| {
                    (other.objects.len(), &one.text).cmp(&(one.objects.len(), &other.text))
                });
                values.by_attribute.insert((category, path), list);
            }
        }
        values
    }

    /// The values of attributes, as a metamodel lists them, without counts.
    pub fn of_lists(lists: impl IntoIterator<Item = (Attribute, Vec<String>)>) -> Self {
        let mut values = ExistingValues::default();
        for (attribute, texts) in lists {
            let listed = texts
                .into_iter()
                .map(|text| ExistingValue::new(text, Vec::new()));
            let key = (attribute.category, attribute.path);
            values.by_attribute.insert(key, listed.collect());
        }
        values
    }

    /// The values of an attribute, the most frequent first.
    pub fn of_attribute(&self, attribute: &Attribute) -> &[ExistingValue] {
        let key = (attribute.category, attribute.path.clone());
        self.by_attribute.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Adds the values of one more document, whose objects count on from those before.
    pub fn add(&mut self, other: ExistingValues) {
        let mut objects_before: HashMap<Category, usize> = HashMap::new();
        for ((category, _), values) in &self.by_attribute {
            let positions = values.iter().flat_map(|value| &value.objects);
            let count = positions.max().map_or(0, |last| last + 1);
            let before = objects_before.entry(*category).or_default();
            *before = count.max(*before);
        }
        for (key, values) in other.by_attribute {
            let before = objects_before.get(&key.0).copied().unwrap_or_default();
            let known = self.by_attribute.entry(key).or_default();
            let texts = known.iter().map(|value| value.text.clone());
            let places: HashMap<String, usize> = texts.zip(0..).collect();
            for mut value in values {
                let positions = value.objects.iter_mut();
                positions.for_each(|position| *position += before);
                match places.get(&value.text) {
                    Some(place) => known[*place].objects.append(&mut value.objects),
                    None => known.push(value),
                }
            }
            known.sort_by(|one, other| {
                (other.objects.len(), &one.text).cmp(&(one.objects.len(), &other.text))
            });
        }
        for pair in other.pairs {
            if !self.pairs.contains(&pair) {
                self.pairs.push(pair);
            }
        }
    }

    /// All attributes that have values.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute> {
        self.by_attribute.keys().map(|(category, path)| Attribute {
            category: *category,
            path: path.clone(),
        })
    }

    /// Names of one thing: the ids and the symbols of genes.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The id of a gene and the details of the target, where these are one word.
    fn add_gene_pair(&mut self, category: Category, object: &Json) {
        if category != Category::Experiments {
            return;
        }
        let target = &object["target"];
        let details = target["target_details"]
            .as_str()
            .or_else(|| target["details"].as_str());
        if let (Some(id), Some(symbol)) = (target["gene_id"].as_str(), details)
            && !symbol.is_empty()
            && !symbol.contains(char::is_whitespace)
        {
            let pair = (id.to_owned(), symbol.to_owned());
            if !self.pairs.contains(&pair) {
                self.pairs.push(pair);
            }
        }
    }
}

/// The values of the objects of a category, with the positions of the objects.
#[derive(Default)]
struct Collected {
    /// The position of the object that is read.
    position: usize,
    texts: BTreeMap<Vec<String>, HashMap<String, Vec<usize>>>,
}

impl Collected {
    fn collect(&mut self, value: &Json, path: &mut Vec<String>) {
        match value {
            Json::Object(members) => {
                for (key, member) in members {
                    path.push(key.clone());
                    self.collect(member, path);
                    path.pop();
                }
            }
            // The members of objects in lists have no path in a query.
            Json::Array(items) => {
                let mut texts: Vec<String> = items.iter().filter_map(text).collect();
                texts.sort();
                texts.dedup();
                texts.into_iter().for_each(|text| self.add(path, text));
            }
            value => {
                if let Some(text) = text(value) {
                    self.add(path, text);
                }
            }
        }
    }

    fn add(&mut self, path: &[String], text: String) {
        let counted = self.texts.entry(path.to_vec()).or_default();
        counted.entry(text).or_default().push(self.position);
    }
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
