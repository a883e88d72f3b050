//! The tracks of one source as they are planned: address, checksum, datatype, genome build and provenance of each.

use super::track_source::TrackSource;
use crate::fairtracks::category::Category;
use crate::fairtracks::joined_tracks::JoinedTracks;
use crate::fairtracks::objects::{Checksum, OntologyTerm, filled};
use crate::fairtracks::summary_columns::{HEADLINES, headline};
use crate::fairtracks::track_provenance::TrackProvenance;
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::galaxy::datatype::{DATA, Datatype, Peaks};
use crate::galaxy::file_address;
use crate::galaxy::genome_build::genome_build;
use crate::ro_crate::imported_track::{ExpectedChecksum, FORMAT_NOT_KNOWN, PlannedTrack};
use crate::text::secrets;

/// What the user chose where there is a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// What element identifiers are made of.
    pub names: NameParts,
    /// How peaks come into Galaxy.
    pub peaks: Peaks,
    /// Whether tracks get name tags.
    pub has_name_tags: bool,
}

/// What element identifiers are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameParts {
    /// The track's `local_id`.
    #[default]
    LocalId,
    /// Its label, the short one first.
    Label,
}

/// A source with its experiments, samples and studies by their ids.
pub struct SourceContext<'s> {
    /// The source.
    pub source: &'s TrackSource<'s>,
    joined: JoinedTracks<'s>,
}

impl<'s> SourceContext<'s> {
    /// Looks through the lists of the source once.
    pub fn of(source: &'s TrackSource<'s>) -> Self {
        SourceContext {
            source,
            joined: JoinedTracks::of(source.document),
        }
    }

    /// The track at a position of the list, from 0, as the source of this number; it has no element identifier yet.
    pub fn track(&self, source: usize, position: usize, choices: Choices) -> Option<PlannedTrack> {
        let track = self.source.document.object(Category::Tracks, position)?;
        let hit = self.joined.hit(track);
        let track = hit.track();
        let local_id = filled(track.local_id);
        let url = filled(track.file_url).unwrap_or_default();
        let file_name = match filled(track.file_name) {
            None => file_address::file_name(&secrets::redacted(url)),
            Some(name) => secrets::without(name),
        };
        let mut remarks = Vec::new();
        let datatype = datatype(
            track.file_format,
            [
                &file_name,
                &file_address::file_name(&secrets::redacted(url)),
            ],
            choices.peaks,
            &mut remarks,
        );
        if local_id.is_none() {
            remarks.push("the track has no id (local_id) in the document".to_owned());
        }
        let build = genome_build(
            filled(track.assembly_name).unwrap_or_default(),
            filled(track.assembly_id).unwrap_or_default(),
        );
        if !build.finding.is_empty() {
            remarks.push(build.finding);
        }
        let checksum = wanted_checksum(track.checksum).unwrap_or_else(|remark| {
            remarks.push(remark);
            None
        });
        Some(PlannedTrack {
            source,
            position,
            local_id: secrets::without(local_id.unwrap_or_default()),
            url: url.to_owned(),
            file_name,
            checksum,
            element_identifier: String::new(),
            name_tag: None,
            datatype,
            dbkey: build.dbkey,
            remarks,
            headlines: HEADLINES
                .iter()
                .map(|known| secrets::without(headline(&hit, known.title)))
                .collect(),
            provenance: TrackProvenance::of(&hit),
            packed: None,
        })
    }
}

/// The datatype of a track: by its format, else by the name of its file, with a remark.
fn datatype(
    format: OntologyTerm<'_>,
    names: [&str; 2],
    peaks: Peaks,
    remarks: &mut Vec<String>,
) -> Datatype {
    let [term_id, label] = [format.term_id, format.term_label].map(filled);
    let by_format = Datatype::of_format(
        term_id.unwrap_or_default(),
        label.unwrap_or_default(),
        peaks,
    );
    by_format.unwrap_or_else(|| {
        let format = label.or(term_id);
        let by_name = names
            .iter()
            .find_map(|name| Datatype::of_file_name(name, peaks));
        let datatype = by_name.unwrap_or(DATA);
        match format {
            Some(format) => remarks.push(format!(
                "unknown format `{format}`; datatype `{}` guessed from the file name",
                datatype.extension
            )),
            None if by_name.is_none() => remarks.push(FORMAT_NOT_KNOWN.to_owned()),
            None => {}
        }
        datatype
    })
}

/// The checksum to compare with, none where the document has none.
///
/// # Errors
/// A sentence, where what the document has cannot be a checksum.
pub(super) fn wanted_checksum(checksum: Checksum<'_>) -> Result<Option<ExpectedChecksum>, String> {
    let Some(sum) = filled(checksum.cs_hash) else {
        return Ok(None);
    };
    let method = filled(checksum.cs_method).unwrap_or_default();
    let not_verified = |why: String| Err(format!("not verified: {why}"));
    let method = match method.to_uppercase().replace('-', "").as_str() {
        "MD5" => ChecksumMethod::Md5,
        "SHA256" => ChecksumMethod::Sha256,
        _ => {
            return not_verified(format!(
                "found the checksum method `{method}` in the document, expected MD5 or SHA-256"
            ));
        }
    };
    if sum.len() != method.digits() || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return not_verified(format!(
            "found the checksum `{sum}` in the document, expected {} hexadecimal digits",
            method.digits()
        ));
    }
    Ok(Some(ExpectedChecksum {
        method,
        sum: sum.to_lowercase(),
    }))
}
