//! What a track comes from: donor, sample, species, study and collection.

use serde_json::json;

use super::category::Category;
use super::flat::flatten;
use super::hit::Hit;
use super::objects::filled;
use crate::text::secrets;

/// What a track comes from, in the words of its document and without secrets; what is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrackProvenance {
    /// The name of the collection that it is part of: whom the track is from.
    pub collection: String,
    /// The name of the study.
    pub study: String,
    /// The species.
    pub species: String,
    /// The id of the sample.
    pub sample: String,
    /// What is said of the donor, who has no place in FAIRtracks v1 but stands in documents all the same.
    pub donor: String,
}

impl TrackProvenance {
    /// Of a track with the objects that it refers to.
    pub fn of(hit: &Hit<'_>) -> Self {
        let first = |texts: &[Option<&str>]| {
            let named = texts.iter().find_map(|text| filled(*text));
            named.map(secrets::without).unwrap_or_default()
        };
        let (collection, study, sample) = (hit.collection_info(), hit.study(), hit.sample());
        TrackProvenance {
            collection: first(&[
                collection.long_name,
                collection.short_name,
                collection.source_repo_url,
            ]),
            study: first(&[study.study_name, study.local_id]),
            species: first(&[sample.species_name, sample.species_id]),
            sample: first(&[sample.local_id]),
            donor: secrets::without(&donor(hit).join(" ")),
        }
    }
}

/// The texts about the donor of a track, in the order of the document.
pub fn donor(hit: &Hit<'_>) -> Vec<String> {
    let sample = hit.object(Category::Samples);
    let donor = sample.and_then(|sample| sample.get("donor"));
    let attributes = donor.map(|donor| flatten(&json!({"donor": donor})));
    let attributes = attributes.unwrap_or_default().into_iter();
    attributes.flat_map(|attribute| attribute.texts).collect()
}
