//! Recognition of a downloaded file: it is identified, decompressed if needed, and compared with its declared format.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

use crate::archive::digest::Digests;
use crate::archive::gzip::UnpackError;
use crate::cli;
use crate::galaxy::datatype::{Datatype, Peaks};
use crate::galaxy::recognition;
use crate::genome::content::{
    Delivery, FileBytes, FileContent, Packing, UnpackingError, identify, packing, unpack,
};
use crate::ro_crate::imported_track::{ExpectedChecksum, PlannedTrack};

/// The remark on trailing bytes after gzip data with the provider's checksum.
const BYTES_BEHIND: &str =
    "ignored trailing bytes after the gzip data; the checksum matches the provider's";

/// How often a file is unpacked: gzip by its provider, once more on its way, and once more for good measure.
const MOST_LAYERS: usize = 3;

pub struct Recognised {
    pub datatype: Datatype,
    /// The compressions removed, the outermost first.
    pub unpacked: Vec<Packing>,
    /// The digests of what was unpacked, where something was.
    pub digests: Option<Digests>,
    /// What the user should know, in sentences.
    pub remarks: Vec<String>,
}

/// Why a file is not imported.
pub enum RecognitionError {
    /// It is damaged, or not what was declared: the reason.
    Refused(String),
    /// This machine cannot read or write it.
    Storage(io::Error),
}

#[derive(Clone, Copy)]
pub struct Terms {
    /// How many bytes a file may have.
    pub limit: u64,
    pub is_strict: bool,
    pub peaks: Peaks,
}

/// Finds out what the file at a place is. What is unpacked takes its place; `spare` is a place beside it.
pub fn recognise(
    track: &PlannedTrack,
    (place, spare): (&Path, &Path),
    delivery: &Delivery<'_>,
    terms: Terms,
) -> Result<Recognised, RecognitionError> {
    let mut found = Recognised {
        datatype: track.datatype,
        unpacked: Vec::new(),
        digests: None,
        remarks: Vec::new(),
    };
    if track.packed.is_some() {
        // Galaxy had these bytes before, as this datatype.
        return Ok(found);
    }
    let claim = track.datatype.claim();
    let mut delivery = *delivery;
    let content = loop {
        let content = identified(place).map_err(RecognitionError::Storage)?;
        let packing = packing(claim, &content, &delivery);
        let Some(packing) = packing.filter(|_| found.unpacked.len() < MOST_LAYERS) else {
            break content;
        };
        match unpacked(packing, place, spare, terms.limit) {
            Ok(digests) => found.digests = Some(digests),
            Err(UnpackingError::Gzip(UnpackError::Garbage { digests, .. }))
                if delivery.is_verified =>
            {
                found.remarks.push(BYTES_BEHIND.to_owned());
                found.digests = Some(*digests);
            }
            Err(error) => {
                // Partial content is discarded.
                let _ = fs::remove_file(spare);
                match error {
                    UnpackingError::Storage(error) => return Err(RecognitionError::Storage(error)),
                    _ if packing == Packing::Deflate => break content,
                    UnpackingError::Gzip(UnpackError::TooLarge { limit }) => {
                        return Err(RecognitionError::Refused(format!(
                            "found more than {limit} bytes after decompression, expected at most the limit of this site: ask the administrator to raise `bytes_per_file` in the site settings"
                        )));
                    }
                    error if delivery.is_verified => {
                        return Err(RecognitionError::Refused(format!(
                            "{error}. The checksum matches the provider's, so the file is damaged at the source: tell the provider"
                        )));
                    }
                    error => return Err(RecognitionError::Refused(error.to_string())),
                }
            }
        }
        fs::rename(spare, place).map_err(RecognitionError::Storage)?;
        found.unpacked.push(packing);
        delivery = delivery.after(packing);
    };
    let (datatype, remarks) = recognition::recognise(
        track.datatype,
        &content,
        &delivery,
        &found.unpacked,
        terms.is_strict,
    )
    .map_err(RecognitionError::Refused)?;
    found.datatype = datatype;
    found.remarks.extend(remarks);
    Ok(found)
}

fn identified(place: &Path) -> io::Result<FileContent> {
    identify(&mut FileBytes::new(File::open(place)?)?)
}

/// Undoes the content coding that a server stated, where what comes out has the checksum of the provider; else the file stays
/// as it is, and nothing is given back.
pub fn undo_coding(
    wanted: &ExpectedChecksum,
    (place, spare): (&Path, &Path),
    delivery: &Delivery<'_>,
    limit: u64,
) -> Option<Digests> {
    let decoded = delivery.packings().iter().find_map(|packing| {
        unpacked(*packing, place, spare, limit).ok()?;
        let functions = [wanted.method.function()];
        let digests = cli::digests(&mut File::open(spare).ok()?, &functions).ok()?;
        let is_wanted = wanted.found(&digests).as_ref() == Some(&wanted.sum);
        (is_wanted && fs::rename(spare, place).is_ok()).then_some(digests)
    });
    if decoded.is_none() {
        let _ = fs::remove_file(spare);
    }
    decoded
}

/// Unpacks a file into another, which after an error holds what could be unpacked.
fn unpacked(
    packing: Packing,
    from: &Path,
    to: &Path,
    limit: u64,
) -> Result<Digests, UnpackingError> {
    let from = File::open(from)?;
    unpack(packing, from, &mut BufWriter::new(File::create(to)?), limit)
}
