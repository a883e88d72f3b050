//! A dataset of Galaxy as an entity of a crate.

use super::common_entities::{property, property_name, short_hash};
use super::crate_index::UUID;
use super::entities::{File, Model as _};
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
    let mut properties = Vec::new();
    let tags = file.tags.iter().map(|tag| ("tag", property_name::TAG, tag));
    let known = [
        (property_name::DATATYPE, &file.extension),
        (property_name::GENOME_BUILD, &file.dbkey),
        (property_name::ELEMENT_IDENTIFIER, &file.element_identifier),
    ];
    let known = known.map(|(name, value)| (name, name, value)).into_iter();
    for (kind, name, value) in known.filter(|(.., value)| !value.is_empty()).chain(tags) {
        let key = short_hash(&[id, kind, value]);
        properties.push(crate_.add(property(&format!("property-{key}"), name, value)));
    }
    File {
        name: file.label().into(),
        identifier: identifiers.into(),
        encoding_format: datatype::media_type(&file.extension).into(),
        content_size: file.digests.bytes.to_string().into(),
        sha256: file.digests.sha256.hexadecimal().into(),
        md5: file.digests.md5.as_ref().into(),
        additional_property: properties.into(),
        ..File::default()
    }
    .entity(id)
}
