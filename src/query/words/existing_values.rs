//! The values that exist, by attribute.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde_json::Value as Json;

use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::vocabulary::{MatchReason, Meaning, Vocabulary, WordSequence};

use super::listed_object::{ListedPath, PathStep};

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

    /// Why the value has a meaning, if it has. Its words are kept, since each phrase of a question is compared with all values.
    pub fn reason<'v>(&self, meaning: &Meaning<'v>) -> Option<MatchReason<'v>> {
        let words = self.words.get_or_init(|| WordSequence::of(&self.text));
        meaning.reason(&self.text, words)
    }
}

/// The values of a document, or of a hub, by attribute.
#[derive(Debug, Clone, Default)]
pub struct ExistingValues {
    by_attribute: BTreeMap<(Category, Vec<String>), Vec<ExistingValue>>,
    in_lists: BTreeMap<ListedPath, Vec<ExistingValue>>,
    vocabulary: Vocabulary,
}

impl ExistingValues {
    /// The values of a document: texts and numbers, by themselves, in a list, or in the objects of a list.
    pub fn of(document: &Document, vocabulary: Vocabulary) -> Self {
        let mut values = ExistingValues {
            vocabulary,
            ..ExistingValues::default()
        };
        for category in Category::ALL {
            let mut found = Collected::default();
            for (position, object) in document.objects(category).into_iter().enumerate() {
                found.position = position;
                found.collect(object, &mut Vec::new());
                values.add_gene_pair(category, object);
            }
            for (path, counted) in found.texts {
                values
                    .by_attribute
                    .insert((category, path), sorted(counted));
            }
            for (steps, counted) in found.in_lists {
                let path = ListedPath { category, steps };
                values.in_lists.insert(path, sorted(counted));
            }
        }
        values
    }

    /// The values of attributes, as a metamodel lists them, without counts.
    ///
    /// A metamodel does not say which symbol belongs to which id of a gene, nor which attributes are those of objects in lists.
    pub fn of_lists(
        lists: impl IntoIterator<Item = (Attribute, Vec<String>)>,
        vocabulary: Vocabulary,
    ) -> Self {
        let mut values = ExistingValues {
            vocabulary,
            ..ExistingValues::default()
        };
        for (attribute, texts) in lists {
            let listed = texts
                .into_iter()
                .map(|text| ExistingValue::new(text, Vec::new()));
            let key = (attribute.category, attribute.path);
            values.by_attribute.insert(key, listed.collect());
        }
        values.add_written_pairs();
        values
    }

    /// The ids of genes with the symbol that stands in one text with each, such as `CTCF (hgnc:13723)`.
    fn add_written_pairs(&mut self) {
        let key = |keys: &[&str]| {
            let path = keys.iter().map(|key| (*key).to_owned()).collect();
            (Category::Experiments, path)
        };
        let texts = |keys: &[&str]| {
            self.by_attribute
                .get(&key(keys))
                .cloned()
                .unwrap_or_default()
        };
        let ids = texts(&["target", "gene_id"]);
        let places = [
            ["target", "summary"],
            ["target", "target_details"],
            ["target", "details"],
        ];
        for text in places.iter().flat_map(|keys| texts(keys)) {
            let parts = text.text.split([' ', '(', ')', ',', ';']);
            let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            let [one, other] = parts[..] else { continue };
            let is_id = |part: &str| ids.iter().any(|id| id.text == part);
            match (is_id(one), is_id(other)) {
                (true, false) => self.vocabulary.add_pair(one, other),
                (false, true) => self.vocabulary.add_pair(other, one),
                _ => {}
            }
        }
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
        let before = |category| objects_before.get(&category).copied().unwrap_or_default();
        for (key, values) in other.by_attribute {
            let before = before(key.0);
            join(self.by_attribute.entry(key).or_default(), values, before);
        }
        for (path, values) in other.in_lists {
            let before = before(path.category);
            join(self.in_lists.entry(path).or_default(), values, before);
        }
        for (one, pair) in other.vocabulary.pairs() {
            self.vocabulary.add_pair(one, pair);
        }
    }

    /// All attributes that have values.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute> {
        self.by_attribute.keys().map(|(category, path)| Attribute {
            category: *category,
            path: path.clone(),
        })
    }

    /// The attributes of objects in lists, with their values.
    pub fn in_lists(&self) -> impl Iterator<Item = (&ListedPath, &[ExistingValue])> {
        self.in_lists
            .iter()
            .map(|(path, values)| (path, values.as_slice()))
    }

    /// The names that are known: ontologies, and the ids and symbols of genes.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
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
            self.vocabulary.add_pair(id, symbol);
        }
    }
}

/// Adds values of objects that count on from `before` objects.
fn join(known: &mut Vec<ExistingValue>, values: Vec<ExistingValue>, before: usize) {
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

/// The texts of an attribute with the positions of the objects that have each.
type CountedTexts = HashMap<String, Vec<usize>>;

/// The values, the most frequent first.
fn sorted(counted: CountedTexts) -> Vec<ExistingValue> {
    let counted = counted.into_iter();
    let values = counted.map(|(text, objects)| ExistingValue::new(text, objects));
    let mut list: Vec<ExistingValue> = values.collect();
    list.sort_by(|one, other| {
        (other.objects.len(), &one.text).cmp(&(one.objects.len(), &other.text))
    });
    list
}

/// The values of the objects of a category, with the positions of the objects.
#[derive(Default)]
struct Collected {
    /// The position of the object that is read.
    position: usize,
    texts: BTreeMap<Vec<String>, CountedTexts>,
    in_lists: BTreeMap<Vec<PathStep>, CountedTexts>,
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
            Json::Array(items) => {
                let mut texts: Vec<String> = items.iter().filter_map(text).collect();
                texts.sort();
                texts.dedup();
                texts.into_iter().for_each(|text| self.add(path, text));
                if items.iter().any(|item| text(item).is_none()) {
                    let mut steps: Vec<PathStep> =
                        path.iter().cloned().map(PathStep::Key).collect();
                    self.collect_list(items, &mut steps);
                }
            }
            value => {
                if let Some(text) = text(value) {
                    self.add(path, text);
                }
            }
        }
    }

    /// The values of the objects and lists in a list.
    fn collect_list(&mut self, items: &[Json], steps: &mut Vec<PathStep>) {
        steps.push(PathStep::Item);
        for item in items.iter().filter(|item| text(item).is_none()) {
            self.collect_listed(item, steps);
        }
        steps.pop();
    }

    fn collect_listed(&mut self, value: &Json, steps: &mut Vec<PathStep>) {
        match value {
            Json::Object(members) => {
                for (key, member) in members {
                    steps.push(PathStep::Key(key.clone()));
                    self.collect_listed(member, steps);
                    steps.pop();
                }
            }
            Json::Array(items) => {
                self.collect_list(items, steps);
                steps.push(PathStep::Item);
                for text in items.iter().filter_map(text) {
                    self.add_listed(steps, text);
                }
                steps.pop();
            }
            value => {
                if let Some(text) = text(value) {
                    self.add_listed(steps, text);
                }
            }
        }
    }

    fn add(&mut self, path: &[String], text: String) {
        let counted = self.texts.entry(path.to_vec()).or_default();
        counted.entry(text).or_default().push(self.position);
    }

    fn add_listed(&mut self, steps: &[PathStep], text: String) {
        let counted = self.in_lists.entry(steps.to_vec()).or_default();
        let objects = counted.entry(text).or_default();
        if objects.last() != Some(&self.position) {
            objects.push(self.position);
        }
    }
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
