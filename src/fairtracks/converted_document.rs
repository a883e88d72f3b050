//! The document of a conversion: its version, date and provenance.

use serde_json::{Map, Value as Json, json};

use super::document::Document;
use super::signature;
pub use super::signature::CONVERTED_FROM;
use crate::archive::digest::Sha256Sum;
use crate::text::secrets;

const CONVERTED_VERSION: u32 = 1;

/// The member of the provenance with the options of the conversion.
pub const OPTIONS: &str = "options";

/// The member of the provenance with the SHA-256 of the table of edits.
pub const EDITS: &str = "edits";

/// The provenance of a converted document, its member `converted_from`.
#[derive(Debug, Clone)]
pub struct ConversionSource {
    /// The kind of the source, such as `table`.
    pub kind: String,
    /// The URL that it has, if known.
    pub url: Option<String>,
    /// The words or the accession that it was searched for.
    pub query: Option<String>,
    /// Name and SHA-256 (hexadecimal) of each of its files.
    pub files: Vec<(String, String)>,
    /// Name and version of the rules.
    pub rules: (String, String),
    /// Values of options for all records: the field and the value.
    pub options: Vec<(String, String)>,
    /// The tables of terms and the ontology files of the user and the site.
    pub terms: Vec<StatedTerms>,
    /// SHA-256 of the table of edits.
    pub edits: Option<String>,
    /// When, RFC 3339 with `+00:00`.
    pub time: String,
    /// The tool.
    pub tool: String,
    /// Its version.
    pub tool_version: String,
}

/// A table of terms or an ontology file in the provenance.
#[derive(Debug, Clone, Default)]
pub struct StatedTerms {
    /// The name of the table or of the file.
    pub name: String,
    /// The SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// The id that an ontology file states.
    pub ontology: Option<String>,
    /// The version that an ontology file states.
    pub ontology_version: Option<String>,
}

/// A document with its provenance, its date, and a version: its signature without date and provenance, so that the same metadata
/// from another file have the same version.
pub fn converted(mut document: Document, source: &ConversionSource) -> Document {
    let members = document.members_mut();
    members.shift_remove(CONVERTED_FROM);
    members.insert(CONVERTED_FROM.to_owned(), stated(source));
    let version = signature::signature_of_conversion(&document);
    if let Some(Json::Object(doc_info)) = document.members_mut().get_mut("doc_info") {
        doc_info.insert("doc_version".to_owned(), version.into());
        doc_info.insert("doc_date".to_owned(), source.time.clone().into());
    }
    document
}

fn stated(source: &ConversionSource) -> Json {
    let mut files = match source.files.as_slice() {
        [(name, sha256)] => json!({"kind": source.kind, "name": name, "sha256": sha256}),
        files => {
            let list: String = files
                .iter()
                .map(|(_, sha256)| format!("{sha256}\n"))
                .collect();
            let each = files
                .iter()
                .map(|(name, sha256)| json!({"name": name, "sha256": sha256}));
            json!({
                "kind": source.kind,
                "name": files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "),
                "sha256": Sha256Sum::of(list.as_bytes()).hexadecimal(),
                "files": each.collect::<Vec<_>>(),
            })
        }
    };
    if let Some(url) = &source.url {
        files["url"] = url.clone().into();
    }
    secrets::take_out(&mut files);
    let (name, version) = &source.rules;
    let mut stated = Map::new();
    stated.insert("version".to_owned(), CONVERTED_VERSION.into());
    stated.insert("source".to_owned(), files);
    let mut query = json!(source.query);
    secrets::take_out(&mut query);
    stated.insert("query".to_owned(), query);
    stated.insert("time".to_owned(), source.time.clone().into());
    stated.insert(
        "rules".to_owned(),
        json!({"name": name, "version": version}),
    );
    if !source.options.is_empty() {
        let options = source.options.iter();
        let options: Map<String, Json> = options
            .map(|(field, value)| (field.clone(), value.clone().into()))
            .collect();
        let mut options = Json::Object(options);
        secrets::take_out(&mut options);
        stated.insert(OPTIONS.to_owned(), options);
    }
    if !source.terms.is_empty() {
        let terms = source.terms.iter();
        let terms = terms.map(|terms| {
            let mut members = json!({"table": terms.name, "sha256": terms.sha256});
            let release = [
                ("ontology", &terms.ontology),
                ("ontology_version", &terms.ontology_version),
            ];
            for (key, text) in release {
                if let Some(text) = text {
                    members[key] = text.as_str().into();
                }
            }
            members
        });
        let mut terms: Json = terms.collect();
        secrets::take_out(&mut terms);
        stated.insert("terms".to_owned(), terms);
    }
    if let Some(sha256) = &source.edits {
        stated.insert(EDITS.to_owned(), json!({"sha256": sha256}));
    }
    stated.insert("tool".to_owned(), source.tool.clone().into());
    stated.insert(
        "tool_version".to_owned(),
        source.tool_version.clone().into(),
    );
    Json::Object(stated)
}
