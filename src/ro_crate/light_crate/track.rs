//! The track as an entity of its crate.

use super::TrackCrateInput;
use crate::fairtracks::category::Category::Tracks;
use crate::fairtracks::hit::Hit;
use crate::ro_crate::common_entities::{DOCUMENT_FILE, TRACK, property};
use crate::ro_crate::imported_track::StoredTrack;
use crate::ro_crate::{Crate, Entity};

/// EDAM's word for what an assembly's name is.
const GENOME_BUILD_IDENTIFIER: &str = "http://edamontology.org/data_2340";
/// Where identifiers with a registered prefix lead.
pub(super) const IDENTIFIERS_ORG: &str = "https://identifiers.org/";

/// Adds the track with its properties.
pub fn add(input: &TrackCrateInput<'_>, hit: &Hit<'_>, crate_: &mut Crate) {
    let text = |path: &[&str]| hit.text(Tracks, path).unwrap_or_default().trim();
    let mut identifiers: Vec<String> = input
        .stored()
        .map(StoredTrack::content_id)
        .into_iter()
        .collect();
    identifiers.extend(
        ["local_id", "global_id"]
            .map(|key| text(&[key]).to_owned())
            .into_iter()
            .filter(|id| !id.is_empty()),
    );
    let format = text(&["file_format", "term_id"]);
    let media_type = input.track.datatype.media_type;
    let mut track = Entity::new(input.track_id(), &["File"])
        .with("name", input.track.label())
        .with("alternateName", input.file_name())
        .with("additionalType", TRACK)
        .with("identifier", one_or_list(identifiers));
    track = if format.starts_with("http") {
        crate_.add(
            Entity::new(format, &["WebSite"]).with("name", text(&["file_format", "term_label"])),
        );
        track.with(
            "encodingFormat",
            vec![media_type.into(), serde_json::json!({"@id": format})],
        )
    } else {
        track.with("encodingFormat", media_type)
    };
    track = match input.stored() {
        Some(stored) => {
            let track = track
                .with("contentSize", stored.stored.bytes.to_string())
                .with("sha256", stored.stored.sha256.hexadecimal())
                .with("sdDatePublished", &*stored.times.1);
            match &stored.stored.md5 {
                Some(md5) => track.with("md5", &**md5),
                None => track,
            }
        }
        None => track.with("description", NOT_SEEN),
    };
    let properties = properties(input, &text, crate_);
    // What is at the address are other bytes where gzip was unpacked.
    track = match input.served_id() {
        Some(served) => track.referring("isBasedOn", &served),
        None => track.with("contentUrl", input.address()),
    };
    crate_.add(
        track
            .referring_to_all("additionalProperty", &properties)
            .referring("subjectOf", DOCUMENT_FILE),
    );
}

/// What is said of a track whose bytes did not pass.
const NOT_SEEN: &str =
    "Registered by its URL only; the checksum is the provider's and was not verified.";

/// What the track is by its document, and what Galaxy calls it.
fn properties<'t>(
    input: &TrackCrateInput<'_>,
    text: &impl Fn(&[&str]) -> &'t str,
    crate_: &mut Crate,
) -> Vec<String> {
    let mut ids = Vec::new();
    let mut add = |entity: Entity| {
        if entity.properties.contains_key("value") {
            ids.push(crate_.add(entity));
        }
    };
    add(
        property("assembly", "genome assembly", text(&["assembly_name"]))
            .with("propertyID", GENOME_BUILD_IDENTIFIER)
            .with("identifier", accession(text(&["assembly_id"]))),
    );
    for (key, name) in [
        ("type_of_condensed_data", "type of condensed data"),
        ("geometric_track_type", "geometric track type"),
    ] {
        add(property(key, name, text(&[key])));
    }
    let track = input.track;
    add(property(
        "galaxy-datatype",
        "Galaxy datatype",
        track.datatype.extension,
    ));
    add(property(
        "galaxy-dbkey",
        "Galaxy genome build",
        &track.dbkey,
    ));
    add(property(
        "galaxy-element-identifier",
        "Galaxy element identifier",
        &track.element_identifier,
    ));
    if let Some(stored) = input.stored().filter(|_| input.has_name_tag) {
        add(property(
            "galaxy-name-tag",
            "Galaxy name tag",
            &stored.name_tag(),
        ));
    }
    ids
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

fn one_or_list(mut texts: Vec<String>) -> serde_json::Value {
    match texts.len() {
        0 => String::new().into(),
        1 => texts.remove(0).into(),
        _ => texts.into(),
    }
}
