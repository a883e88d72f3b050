//! The light crate of a track as a file: metadata, the document of this one track, page, and the metadata of the crates that the
//! track was found in.

use std::io::Cursor;

use super::crate_builder::{CrateBuilder, NestedCrate};
use super::crate_error::CrateZipError;
use super::metadata_file::MetadataFile;
use super::metadata_json;
use super::track_source::TrackSource;
use crate::archive::digest::Digester;
use crate::fairtracks::document_json;
use crate::fairtracks::excerpt::excerpt;
use crate::ro_crate::common_entities::{Ancestor, DOCUMENT_FILE};
use crate::ro_crate::credits::Credited;
use crate::ro_crate::imported_track::PlannedTrack;
use crate::ro_crate::light_crate::{TrackArrival, TrackCrateInput, light_crate, page};
use crate::ro_crate::page::Page;
use crate::ro_crate::page::html::PageTemplates;

/// What the light crates of tracks have in common.
#[derive(Clone, Copy)]
pub struct LightCrates<'w> {
    /// People and licence.
    pub credits: &'w Credited,
    /// The tool and its version.
    pub tool: (&'w str, &'w str),
    /// When it ran, RFC 3339.
    pub time: &'w str,
    /// The templates of the page; none for crates without a page, which are nested in others at once.
    pub templates: Option<&'w PageTemplates>,
}

impl LightCrates<'_> {
    /// The crate of a track of a source as a zip archive, and the content of its page. `found_in` are the metadata of the crates
    /// that the track was found in, the nearest first.
    ///
    /// # Errors
    /// The page cannot be written, or the crate is too large.
    pub fn zip(
        &self,
        track: &PlannedTrack,
        arrival: TrackArrival<'_>,
        source: &TrackSource<'_>,
        found_in: &[MetadataFile],
    ) -> Result<(Vec<u8>, Page), CrateZipError> {
        let document = excerpt(
            source.document,
            &source.referred,
            &[track.position],
            &source.sha256.hexadecimal(),
            self.time,
        );
        let document_bytes = document_json::write(&document);
        let mut digester = Digester::new(false);
        digester.update(&document_bytes);
        let ancestors = found_in.iter().map(|file| Ancestor {
            key: file.key.clone(),
            name: file.name.clone(),
        });
        let ancestors: Vec<Ancestor> = ancestors.collect();
        let input = TrackCrateInput {
            track,
            arrival,
            document: &document,
            document_file: &digester.finish(),
            source_kind: source.kind,
            ancestors: &ancestors,
            credits: self.credits,
            tool: self.tool,
            time: self.time,
        };
        let crate_ = light_crate(&input);
        let page = page(&input);
        let preview = match self.templates {
            Some(templates) => Some(templates.write(&page, &crate_, DOCUMENT_FILE)?),
            None => None,
        };
        let nested: Vec<NestedCrate<'_>> = found_in.iter().map(NestedCrate::of).collect();
        let writer = Cursor::new(Vec::new());
        let mut builder = CrateBuilder::new(writer, &metadata_json::write(&crate_), &nested, None)?;
        builder.add(DOCUMENT_FILE, &document_bytes)?;
        Ok((builder.finish(preview.as_deref())?.into_inner(), page))
    }
}
