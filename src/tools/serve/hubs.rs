//! The documents that are offered, and what they are called.

use std::path::Path;

use crate::cli::{self, Failure};
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::trackfind::hub_name::HubName;
use crate::trackfind::server::HubSource;

use super::arguments::ServeArguments;

/// Reads all documents, those with names given first.
pub fn read(arguments: &ServeArguments) -> Result<Vec<HubSource>, Failure> {
    let mut hubs = Vec::new();
    for given in &arguments.hubs {
        hubs.push(HubSource {
            repository: given.repository.clone(),
            hub: given.hub.clone(),
            document: document(&given.file)?,
        });
    }
    let paths = &arguments.documents;
    let documents: Result<Vec<Document>, Failure> =
        paths.iter().map(|path| document(path)).collect();
    let documents = documents?;
    let file_names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    let names = HubName::of_all(documents.iter().zip(file_names.iter().map(AsRef::as_ref)));
    for (document, name) in documents.into_iter().zip(names) {
        hubs.push(HubSource {
            repository: name.repository,
            hub: name.hub,
            document,
        });
    }
    Ok(hubs)
}

fn document(path: &Path) -> Result<Document, Failure> {
    document_json::read(&cli::read(path)?).map_err(|error| Failure::at(path.display(), error))
}
