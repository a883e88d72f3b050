//! The track as an entity of its crate.

use super::actions::{CHECKSUM, is_verified};
use super::{TrackArrival, TrackCrateInput};
use crate::archive::content_id;
use crate::fairtracks::category::Category::Tracks;
use crate::fairtracks::hit::Hit;
use crate::genome::coordinate_system::{ComparedClaim, digest};
use crate::ro_crate::common_entities::{DOCUMENT_FILE, TRACK, property, property_name};
use crate::ro_crate::entities::{
    File, Model as _, OneOrMany, PropertyValue, Reference, References,
};
use crate::ro_crate::imported_track::RecognisedBy;
use crate::ro_crate::{Crate, Entity};

/// EDAM's word for what an assembly's name is.
const GENOME_BUILD_IDENTIFIER: &str = "http://edamontology.org/data_2340";
/// The standard of the digests of coordinate systems and sequence collections.
const SEQUENCE_COLLECTIONS: &str = "https://ga4gh.github.io/refget/seqcols/";
/// Where identifiers with a registered prefix lead.
pub(super) const IDENTIFIERS_ORG: &str = "https://identifiers.org/";

/// Adds the track with its properties.
pub fn add(input: &TrackCrateInput<'_>, hit: &Hit<'_>, crate_: &mut Crate) {
    let text = |path: &[&str]| hit.text(Tracks, path).unwrap_or_default().trim();
    let bytes = input.bytes();
    let content_id = bytes.map(|bytes| content_id::of_file(&bytes.sha256));
    let mut identifiers: Vec<String> = content_id.into_iter().collect();
    identifiers.extend(
        ["local_id", "global_id"]
            .map(|key| text(&[key]).to_owned())
            .into_iter()
            .filter(|id| !id.is_empty()),
    );
    let format = text(&["file_format", "term_id"]);
    let media_type = input.track.datatype.media_type;
    let mut encoding_format = OneOrMany::from(media_type);
    if format.starts_with("http") {
        let label = text(&["file_format", "term_label"]);
        crate_.add(Entity::named(format, "WebSite", label));
        let id = format.to_owned();
        encoding_format.push(Reference { id }.into());
    }
    let stored = input.stored();
    // The bytes at the address are other ones where they were decompressed or changed on their way in.
    let recognised = input.recognised();
    let at_address = recognised.filter(|file| file.is_changed);
    let at_address = at_address.map(|_| input.address());
    let unpacked_from = input.served_id().or(at_address);
    let track = File {
        name: input.track.label().into(),
        alternate_name: input.file_name().into(),
        additional_type: TRACK.into(),
        identifier: identifiers.into(),
        encoding_format,
        content_size: bytes.map(|bytes| bytes.bytes.to_string()).into(),
        sha256: bytes.map(|bytes| bytes.sha256.hexadecimal()).into(),
        sd_date_published: stored.map(|stored| &stored.times.1).into(),
        md5: bytes.and_then(|bytes| bytes.md5.as_ref()).into(),
        description: match input.arrival {
            TrackArrival::Registered => Some(NOT_SEEN),
            TrackArrival::Recognised(file) if file.is_contradicted => Some(CONTRADICTED),
            TrackArrival::Recognised(file) if file.by == RecognisedBy::Name => Some(NAME_ONLY),
            TrackArrival::Recognised(_) if bytes.is_none() => Some(NOT_READ),
            _ => None,
        }
        .into(),
        content_url: unpacked_from.is_none().then(|| input.address()).into(),
        is_based_on: References::from(unpacked_from).into(),
        ..File::default()
    }
    .entity(input.track_id())
    .set(&File {
        additional_property: properties(input, &text, crate_).into(),
        subject_of: DOCUMENT_FILE.into(),
        ..File::default()
    });
    crate_.add(track);
}

/// What is said of a track whose bytes did not pass.
const NOT_SEEN: &str =
    "Registered by its URL only; the checksum is the provider's and was not verified.";

/// What is said of a dataset whose bytes were not read.
const NOT_READ: &str =
    "Identified by what Galaxy recorded of the dataset; its bytes were not read.";

/// What is said of a track that only the name of a dataset suggests.
const NAME_ONLY: &str =
    "Suggested by the name of a dataset, whose bytes are not known to be those of the track.";

/// What is said of such a track where the checksums differ.
const CONTRADICTED: &str = "Suggested by the name of a dataset, whose checksum is not that of the track: it has other bytes.";

/// What the track is by its document, and what Galaxy calls it.
fn properties<'t>(
    input: &TrackCrateInput<'_>,
    text: &impl Fn(&[&str]) -> &'t str,
    crate_: &mut Crate,
) -> Vec<String> {
    let mut ids = Vec::new();
    let mut add = |entity: Entity| {
        if !entity.read::<PropertyValue<&str>>().value.is_none() {
            ids.push(crate_.add(entity));
        }
    };
    add(property(
        "assembly",
        property_name::ASSEMBLY,
        text(&["assembly_name"]),
    )
    .set(&PropertyValue {
        property_id: GENOME_BUILD_IDENTIFIER.into(),
        identifier: accession(text(&["assembly_id"])).into(),
        ..PropertyValue::default()
    }));
    for (key, name) in [
        ("type_of_condensed_data", "type of condensed data"),
        ("geometric_track_type", "geometric track type"),
    ] {
        add(property(key, name, text(&[key])));
    }
    let stored = input.stored();
    if let Some(compared) = stored.and_then(|stored| stored.coordinates.as_deref()) {
        coordinates(compared).into_iter().for_each(&mut add);
    }
    let track = input.track;
    add(property(
        "galaxy-datatype",
        property_name::DATATYPE,
        track.datatype.extension,
    ));
    add(property(
        "galaxy-dbkey",
        property_name::GENOME_BUILD,
        &track.dbkey,
    ));
    add(property(
        "galaxy-element-identifier",
        property_name::ELEMENT_IDENTIFIER,
        &track.element_identifier,
    ));
    if let Some(tag) = track.name_tag.as_deref().filter(|_| stored.is_some()) {
        add(property("galaxy-name-tag", property_name::NAME_TAG, tag));
    }
    // No action that made the file states it.
    if input.recognised().is_some() && is_verified(input) {
        ids.push(CHECKSUM.to_owned());
    }
    ids
}

/// What the bytes prove of the assembly, as CURIEs of the GA4GH namespace, and what contradicts it.
fn coordinates(compared: &ComparedClaim) -> Vec<Entity> {
    let judgement = &compared.judgement;
    let identifier = |id, name, prefix, digest: Option<&String>| {
        let curie = digest.map(|digest| format!("{prefix}{digest}"));
        let entity = property(id, name, curie.as_deref().unwrap_or_default());
        entity.set(&PropertyValue {
            property_id: SEQUENCE_COLLECTIONS.into(),
            ..PropertyValue::default()
        })
    };
    let proven = judgement.proven.as_ref();
    let mut entities = vec![
        identifier(
            "coordinate-system",
            property_name::COORDINATE_SYSTEM,
            digest::UNORDERED_COORDINATE_SYSTEM,
            proven.map(|set| &set.sorted_name_length_pairs),
        ),
        identifier(
            "sequence-collection",
            property_name::SEQUENCE_COLLECTION,
            digest::COLLECTION,
            judgement.top_digest.as_ref(),
        ),
        property(
            "assembly-contradiction",
            property_name::CONTRADICTION,
            compared.contradiction.as_deref().unwrap_or_default(),
        ),
    ];
    entities.retain(|entity| entity.text("value").is_some_and(|value| !value.is_empty()));
    entities
}

/// The address of an assembly, whose accessions of RefSeq have had a prefix of their own since FAIRtracks 1.0.2.
fn accession(assembly_id: &str) -> String {
    match assembly_id.split_once(':') {
        Some((_, accession)) if accession.trim().starts_with("GCF_") => {
            format!("{IDENTIFIERS_ORG}refseq.gcf:{}", accession.trim())
        }
        Some((prefix, accession)) => {
            format!("{IDENTIFIERS_ORG}{}:{}", prefix.trim(), accession.trim())
        }
        None => assembly_id.to_owned(),
    }
}
