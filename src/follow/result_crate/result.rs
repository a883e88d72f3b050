//! The result as an entity of its crate.

use super::{Story, mark};
use crate::model::content_id;
use crate::model::datatype;
use crate::model::ro_crate::frame::{DOCUMENT_FILE, property};
use crate::model::ro_crate::shelf::UUID;
use crate::model::ro_crate::{Crate, Entity};

/// Adds the result with its properties.
pub fn add(story: &Story<'_>, crate_: &mut Crate) {
    let result = story.result;
    let id = result.id_in_crate();
    let mut identifiers = vec![content_id::of_file(&result.digests.sha256)];
    if !result.uuid.is_empty() {
        identifiers.push(format!("{UUID}{}", result.uuid));
    }
    let identifier: serde_json::Value = match identifiers.as_slice() {
        [only] => only.as_str().into(),
        _ => identifiers.into(),
    };
    let mut properties = Vec::new();
    for (name, value) in [
        ("Galaxy datatype", &result.extension),
        ("Galaxy genome build", &result.dbkey),
        ("Galaxy element identifier", &result.element_identifier),
    ] {
        if !value.is_empty() {
            let mark = mark(&[&id, name, value]);
            properties.push(crate_.add(property(&format!("property-{mark}"), name, value)));
        }
    }
    for tag in &result.tags {
        let mark = mark(&[&id, "tag", tag]);
        properties.push(crate_.add(property(&format!("property-{mark}"), "Galaxy tag", tag)));
    }
    let sources: Vec<&String> = story.trace.proven.keys().collect();
    crate_.add(
        Entity::new(id, &["File"])
            .with("name", result.label())
            .with("identifier", identifier)
            .with("encodingFormat", datatype::media_type(&result.extension))
            .with("contentSize", result.digests.bytes.to_string())
            .with("sha256", result.digests.sha256.hexadecimal())
            .with("md5", result.digests.md5.as_deref().unwrap_or_default())
            .referring_to_all("isBasedOn", &sources)
            .referring_to_all("additionalProperty", &properties)
            .referring_to_all(
                "subjectOf",
                story.document.map(|_| DOCUMENT_FILE).as_slice(),
            ),
    );
}
