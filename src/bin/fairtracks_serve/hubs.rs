//! The documents that are offered, and what they are called.

use std::path::Path;

use fairtracks::cli::{self, Failure};
use fairtracks::format::fairtracks_json;
use fairtracks::model::category::Category;
use fairtracks::model::document::Document;
use fairtracks::service::HubSource;

use crate::arguments::{Arguments, is_refused};

/// Reads all documents, those with names given first.
pub fn read(arguments: &Arguments) -> Result<Vec<HubSource>, Failure> {
    let named = arguments.hubs.iter().map(|given| {
        Ok(HubSource {
            repository: given.repository.clone(),
            hub: given.hub.clone(),
            document: document(&given.file)?,
        })
    });
    let unnamed = arguments.documents.iter().map(|path| {
        let document = document(path)?;
        let (repository, hub) = names(&document, path);
        Ok(HubSource {
            repository,
            hub,
            document,
        })
    });
    named.chain(unnamed).collect()
}

fn document(path: &Path) -> Result<Document, Failure> {
    fairtracks_json::read(&cli::read(path)?).map_err(|error| Failure::at(path.display(), error))
}

/// Repository and hub of a document that is given without names.
fn names(document: &Document, path: &Path) -> (String, String) {
    let text = |key: &str| {
        let collection = document.object(Category::CollectionInfo, 0)?;
        let text = collection.get(key)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    };
    let id = text("local_id").map(|id| id.split_once(':').unwrap_or(("", id)));
    let (prefix, rest) = id.unwrap_or_default();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    // Of `blood.fairtracks.json` the first part is the name.
    let stem = stem.split('.').next().unwrap_or_default();
    let first = |candidates: &[&str]| {
        let there = candidates.iter().map(|text| segment(text));
        there.into_iter().find(|text| !text.is_empty())
    };
    let hub = first(&[text("short_name").unwrap_or_default(), rest, stem]);
    let hub = hub.unwrap_or_else(|| "document".to_owned());
    (first(&[prefix]).unwrap_or_else(|| hub.clone()), hub)
}

/// A text as a segment of a path.
fn segment(text: &str) -> String {
    let kept = |character: char| {
        if is_refused(character) {
            '_'
        } else {
            character
        }
    };
    let text: String = text.trim().chars().map(kept).collect();
    if matches!(text.as_str(), "." | "..") {
        return "_".to_owned();
    }
    text
}
