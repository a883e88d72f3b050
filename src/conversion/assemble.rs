//! Assembling: lists of objects become a document, with the labels and summaries that augmentation gives.

use serde_json::{Map, Value as Json, json};

use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::normalise::ObjectLists;
use super::rules::ConversionRules;
use crate::fairtracks::augment::{Given, augment};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::objects::schema;

/// The members of a document beside its objects.
pub fn schema_member() -> Map<String, Json> {
    Map::from_iter([("@schema".to_owned(), schema::url("fairtracks").into())])
}

/// The document of some objects, not named yet, with the members beside them. Members of objects are taken out of the lists, in which
/// the places stay.
pub fn assemble(
    lists: &mut ObjectLists,
    further: Map<String, Json>,
    rules: &ConversionRules,
    log: &mut ConversionLog,
) -> Document {
    let mut members = further;
    for category in Category::IN_DOCUMENT {
        let objects = lists.lists.entry(category).or_default().iter_mut();
        let mut objects = objects.map(|object| Json::Object(std::mem::take(&mut object.members)));
        let part = match category.is_single() {
            true => objects.next().unwrap_or(json!({})),
            false => objects.collect(),
        };
        members.insert(category.name().to_owned(), part);
    }
    let doc_info = &mut members["doc_info"];
    if doc_info.get("doc_ontology_versions").is_none() && !rules.ontology_versions.is_empty() {
        doc_info["doc_ontology_versions"] = json!(rules.ontology_versions);
    }
    let (document, filled) = augment(Document::from_parts(members), Given::Keep);
    for value in filled {
        let mut keys = value.pointer.split('/').skip(1);
        let category = keys.next().and_then(Category::named);
        let position = keys
            .next()
            .and_then(|position| position.parse::<usize>().ok());
        let object = category.zip(position);
        let object = object.and_then(|(category, position)| lists.list(category).get(position));
        let field: Vec<&str> = keys.collect();
        log.add(LogEntry {
            outcome: LogOutcome::Derived,
            record: object
                .map(|object| object.place.to_string())
                .unwrap_or_default(),
            field: format!(
                "{}.{}",
                category.map(Category::name).unwrap_or_default(),
                field.join(".")
            ),
            // Names of files and summaries differ from record to record.
            value: String::new(),
            rule: "augment".to_owned(),
            reason: value.origin.to_string(),
        });
    }
    document
}
