//! The plan: which tracks to get, from where, and what each is to be called in Galaxy.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::restoring;
use super::source::TrackSource;
use crate::fairtracks::category::Category;
use crate::fairtracks::flat::flatten;
use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::{HEADLINES, headline};
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::galaxy::datatype::{DATA, Datatype, Peaks};
use crate::galaxy::element_identifiers::{LONGEST, element_identifiers};
use crate::galaxy::file_address;
use crate::galaxy::genome_build::genome_build;
use crate::ro_crate::imported_track::{
    ExpectedChecksum, FORMAT_NOT_KNOWN, PlannedTrack, TrackProvenance,
};
use crate::text::numbered::{Taken, numbered};
use crate::text::secrets;

/// What the user chose where there is a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// What element identifiers are made of.
    pub names: NameParts,
    /// How peaks come into Galaxy.
    pub peaks: Peaks,
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

/// Plans to get tracks: all of every source, or those at the positions chosen for it, each once and in the document's
/// order.
pub fn plan(
    sources: &[TrackSource<'_>],
    chosen: Option<&[Vec<usize>]>,
    choices: Choices,
) -> Vec<PlannedTrack> {
    let mut tracks = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let context = SourceContext::of(source);
        let mut positions = match chosen {
            None => (0..source.tracks()).collect(),
            Some(chosen) => chosen.get(number).cloned().unwrap_or_default(),
        };
        positions.sort_unstable();
        positions.dedup();
        if !source.restorable.is_empty() {
            let is_chosen = chosen.is_some();
            tracks.extend(restoring::tracks(
                &context, number, &positions, is_chosen, choices,
            ));
            continue;
        }
        let planned = positions
            .into_iter()
            .filter_map(|position| context.track(number, position, choices));
        tracks.extend(planned);
    }
    let names = tracks.iter().map(|track| match choices.names {
        NameParts::LocalId if !track.local_id.is_empty() => track.local_id.as_str(),
        NameParts::LocalId => track.label(),
        NameParts::Label => track.label(),
    });
    let identifiers = element_identifiers(names);
    let mut taken = Taken::default();
    for (track, identifier) in tracks.iter_mut().zip(identifiers) {
        // What comes back has the name that it had.
        if track.element_identifier.is_empty() {
            track.element_identifier = identifier;
        }
        track.element_identifier = numbered(&track.element_identifier, LONGEST, &mut taken);
    }
    tracks
}

/// A source with its experiments, samples and studies by their ids.
pub(super) struct SourceContext<'s> {
    pub(super) source: &'s TrackSource<'s>,
    by_id: HashMap<(Category, &'s str), &'s Json>,
}

impl<'s> SourceContext<'s> {
    fn of(source: &'s TrackSource<'s>) -> Self {
        let mut by_id = HashMap::new();
        for category in [Category::Experiments, Category::Samples, Category::Studies] {
            for object in source.document.objects(category) {
                if let Some(id) = object.get("local_id").and_then(Json::as_str) {
                    by_id.entry((category, id)).or_insert(object);
                }
            }
        }
        SourceContext { source, by_id }
    }

    /// The track with the objects that it refers to.
    fn hit(&self, track: &'s Json) -> Hit<'s> {
        let referred = |object: Option<&'s Json>, attribute: &str, category| {
            let id = object?.get(attribute)?.as_str()?;
            self.by_id.get(&(category, id)).copied()
        };
        let experiment = referred(Some(track), "experiment_ref", Category::Experiments);
        let others = [
            (Category::Experiments, experiment),
            (
                Category::Samples,
                referred(experiment, "sample_ref", Category::Samples),
            ),
            (
                Category::Studies,
                referred(experiment, "study_ref", Category::Studies),
            ),
            (
                Category::CollectionInfo,
                self.source.document.object(Category::CollectionInfo, 0),
            ),
        ];
        let found = others
            .into_iter()
            .filter_map(|(category, object)| Some((category, object?)));
        Hit::new(
            [(Category::Tracks, track)]
                .into_iter()
                .chain(found)
                .collect(),
        )
    }

    pub(super) fn track(
        &self,
        source: usize,
        position: usize,
        choices: Choices,
    ) -> Option<PlannedTrack> {
        let track = self.source.document.object(Category::Tracks, position)?;
        let hit = self.hit(track);
        let text = |path: &[&str]| hit.text(Category::Tracks, path).unwrap_or_default().trim();
        let url = text(&["file_url"]);
        let file_name = match text(&["file_name"]) {
            "" => file_address::file_name(&secrets::redacted(url)),
            name => secrets::without(name),
        };
        let mut remarks = Vec::new();
        let datatype = datatype(
            &hit,
            [
                &file_name,
                &file_address::file_name(&secrets::redacted(url)),
            ],
            choices.peaks,
            &mut remarks,
        );
        if text(&["local_id"]).is_empty() {
            remarks.push("the track has no id (local_id) in the document".to_owned());
        }
        let build = genome_build(text(&["assembly_name"]), text(&["assembly_id"]));
        if !build.finding.is_empty() {
            remarks.push(build.finding);
        }
        let checksum = wanted_checksum(
            text(&["checksum", "cs_method"]),
            text(&["checksum", "cs_hash"]),
        )
        .unwrap_or_else(|remark| {
            remarks.push(remark);
            None
        });
        Some(PlannedTrack {
            source,
            position,
            local_id: secrets::without(text(&["local_id"])),
            url: url.to_owned(),
            file_name,
            checksum,
            element_identifier: String::new(),
            datatype,
            dbkey: build.dbkey,
            remarks,
            headlines: HEADLINES
                .iter()
                .map(|known| secrets::without(headline(&hit, known.title)))
                .collect(),
            provenance: provenance(&hit),
            packed: None,
        })
    }
}

/// The datatype of a track: by its format, else by the name of its file, and that is told.
fn datatype(hit: &Hit<'_>, names: [&str; 2], peaks: Peaks, remarks: &mut Vec<String>) -> Datatype {
    let text = |key| hit.text(Category::Tracks, &["file_format", key]);
    let [term_id, label] =
        ["term_id", "term_label"].map(|key| text(key).unwrap_or_default().trim());
    let by_format = Datatype::of_format(term_id, label, peaks);
    by_format.unwrap_or_else(|| {
        let format = [label, term_id].into_iter().find(|text| !text.is_empty());
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

fn provenance(hit: &Hit<'_>) -> TrackProvenance {
    let first = |category, keys: &[&str]| {
        let texts = keys.iter().filter_map(|key| hit.text(category, &[key]));
        let named = texts.map(str::trim).find(|text| !text.is_empty());
        named.map(secrets::without).unwrap_or_default()
    };
    let donor = hit
        .object(Category::Samples)
        .and_then(|sample| sample.get("donor"));
    let donor = donor
        .map(|donor| flatten(&json!({"donor": donor})))
        .unwrap_or_default();
    let donor: Vec<String> = donor
        .into_iter()
        .flat_map(|attribute| attribute.texts)
        .collect();
    TrackProvenance {
        collection: first(
            Category::CollectionInfo,
            &["long_name", "short_name", "source_repo_url"],
        ),
        study: first(Category::Studies, &["study_name", "local_id"]),
        species: first(Category::Samples, &["species_name", "species_id"]),
        sample: first(Category::Samples, &["local_id"]),
        donor: secrets::without(&donor.join(" ")),
    }
}

/// The checksum to compare with, none where the document has none.
///
/// # Errors
/// A sentence, where what the document has cannot be a checksum.
fn wanted_checksum(method: &str, sum: &str) -> Result<Option<ExpectedChecksum>, String> {
    if sum.is_empty() {
        return Ok(None);
    }
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
