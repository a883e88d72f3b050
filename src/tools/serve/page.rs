//! The page for people: what is served, with an address to try for each hub.

use crate::cli::Failure;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::ro_crate::page::html;
use crate::trackfind::server::HubSource;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::stored::StoredAnswer;

const TEMPLATE: &str = include_str!("page.html");

/// Characters of a URL that need no encoding.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

#[derive(Debug, Serialize)]
pub struct OfferedHub {
    pub repository: String,
    pub hub: String,
    pub tracks: usize,
    place: String,
    example: String,
    encoded_example: String,
}

impl OfferedHub {
    pub fn new(source: &HubSource) -> Self {
        let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        let example = example(&source.document);
        OfferedHub {
            repository: source.repository.clone(),
            hub: source.hub.clone(),
            tracks: source.document.count(Category::Tracks),
            place: format!("{}/{}", encoded(&source.repository), encoded(&source.hub)),
            encoded_example: encoded(&example),
            example,
        }
    }

    /// Both names.
    pub fn name(&self) -> String {
        format!("{}/{}", self.repository, self.hub)
    }
}

/// A query that finds something in a document.
fn example(document: &Document) -> String {
    let assembly = document
        .object(Category::Tracks, 0)
        .and_then(|track| track.get("assembly_name")?.as_str());
    assembly.map_or_else(
        || "true".to_owned(),
        |assembly| {
            let assembly = assembly.replace('\'', "''");
            format!("tracks.content->>'assembly_name' = '{assembly}'")
        },
    )
}

/// The page.
///
/// # Errors
/// The template is at fault, which no input can bring about.
pub fn write(hubs: &[OfferedHub], faithful: bool, files: bool) -> Result<StoredAnswer, Failure> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(html::write_value);
    environment.add_template("page", TEMPLATE)?;
    let text = environment.get_template("page")?.render(context! {
        hubs => Value::from(Serde(hubs)),
        modern => !faithful,
        files => files,
        version => env!("CARGO_PKG_VERSION"),
    })?;
    let stored = StoredAnswer::whole(200, "text/html; charset=utf-8", text.into_bytes());
    stored.prepare();
    Ok(stored)
}
