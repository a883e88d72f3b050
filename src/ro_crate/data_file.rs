//! A dataset of Galaxy as an entity of a crate.

use super::common_entities::{property, short_hash};
use super::crate_index::UUID;
use super::{Crate, Entity};
use crate::archive::content_id;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::datatype;

/// The File of a dataset, whose further properties are added to the crate; it is not added itself.
pub fn data_file(id: &str, file: &DatasetFile, crate_: &mut Crate) -> Entity {
    let mut identifiers = vec![content_id::of_file(&file.digests.sha256)];
    if !file.uuid.is_empty() {
        identifiers.push(format!("{UUID}{}", file.uuid));
    }
    let identifier: serde_json::Value = match identifiers.as_slice() {
        [only] => only.as_str().into(),
        _ => identifiers.into(),
    };
    let mut properties = Vec::new();
    for (name, value) in [
        ("Galaxy datatype", &file.extension),
        ("Galaxy genome build", &file.dbkey),
        ("Galaxy element identifier", &file.element_identifier),
    ] {
        if !value.is_empty() {
            let short_hash = short_hash(&[id, name, value]);
            properties.push(crate_.add(property(&format!("property-{short_hash}"), name, value)));
        }
    }
    for tag in &file.tags {
        let short_hash = short_hash(&[id, "tag", tag]);
        properties.push(crate_.add(property(
            &format!("property-{short_hash}"),
            "Galaxy tag",
            tag,
        )));
    }
    Entity::new(id, &["File"])
        .with("name", file.label())
        .with("identifier", identifier)
        .with("encodingFormat", datatype::media_type(&file.extension))
        .with("contentSize", file.digests.bytes.to_string())
        .with("sha256", file.digests.sha256.hexadecimal())
        .with("md5", file.digests.md5.as_deref().unwrap_or_default())
        .referring_to_all("additionalProperty", &properties)
}
