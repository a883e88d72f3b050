//! Recognition of a downloaded file: it is identified, decompressed if needed, and compared with its declared format.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use crate::archive::deflate::{self, DeflateError};
use crate::archive::digest::{DigestFunction, Digests};
use crate::archive::gzip::{self, UnpackError};
use crate::cli;
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::galaxy::datatype::{BAM, DATA, Datatype, Peaks, is_packed};
use crate::genome::content::{
    Claim, Delivery, FileBytes, FileContent, Format, Packing, Verdict, identify, judge, packing,
};
use crate::ro_crate::imported_track::{ExpectedChecksum, PlannedTrack};
use thiserror::Error;

/// The remark on trailing bytes after gzip data with the provider's checksum.
const BYTES_BEHIND: &str =
    "ignored trailing bytes after the gzip data; the checksum matches the provider's";

/// How often a file is unpacked: gzip by its provider, once more on its way, and once more for good measure.
const MOST_LAYERS: usize = 3;

/// A recognised file.
pub struct Recognised {
    /// The datatype in Galaxy.
    pub datatype: Datatype,
    /// The compressions removed, the outermost first.
    pub unpacked: Vec<Packing>,
    /// The digests of what was unpacked, where something was.
    pub digests: Option<Digests>,
    /// The remarks.
    pub remarks: Vec<String>,
}

/// Why a file is not imported.
pub enum RecognitionError {
    /// It is damaged, or not what was declared: the reason.
    Refused(String),
    /// This machine cannot read or write it.
    Storage(io::Error),
}

/// The limits of an import.
#[derive(Clone, Copy)]
pub struct Terms {
    /// How many bytes a file may have.
    pub limit: u64,
    /// Whether an empty file is a failure.
    pub is_strict: bool,
    /// Which datatype peaks get.
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
    found.remarks.extend(layers(&found.unpacked));
    match judge(claim, &content, &delivery) {
        Verdict::AsDeclared => {}
        Verdict::Variant(format) => found.datatype = Datatype::of_content(format),
        Verdict::Other(format) => {
            found.datatype = Datatype::of_content(format);
            found.remarks.push(detected(format, claim, found.datatype));
        }
        Verdict::Doubtful(remark) => found.remarks.push(remark),
        Verdict::Empty(reason) if terms.is_strict => {
            return Err(RecognitionError::Refused(format!("{reason} (--strict)")));
        }
        Verdict::Empty(remark) => found.remarks.push(remark),
        Verdict::Refused(reason) => return Err(RecognitionError::Refused(reason)),
    }
    if let (FileContent::Text(text), true) = (&content, claim != Claim::Anything) {
        found.remarks.extend(text.remarks());
    }
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
        let function = match wanted.method {
            ChecksumMethod::Md5 => DigestFunction::Md5,
            ChecksumMethod::Sha256 => DigestFunction::Sha256,
        };
        let digests = cli::digests(&mut File::open(spare).ok()?, &[function]).ok()?;
        let is_wanted = wanted.found(&digests).as_ref() == Some(&wanted.sum);
        (is_wanted && fs::rename(spare, place).is_ok()).then_some(digests)
    });
    if decoded.is_none() {
        let _ = fs::remove_file(spare);
    }
    decoded
}

/// Why a file is not unpacked.
#[derive(Debug, Error)]
enum UnpackingError {
    /// The gzip data cannot be decompressed.
    #[error(transparent)]
    Gzip(UnpackError),
    /// The content coding that its server stated cannot be undone.
    #[error("cannot decompress the file, sent with {kind}: {error}; download it again")]
    Coding {
        /// The display name of the coding.
        kind: &'static str,
        /// Why not.
        error: DeflateError,
    },
    /// This machine cannot read or write it.
    #[error(transparent)]
    Storage(#[from] io::Error),
}

fn of_gzip(error: UnpackError) -> UnpackingError {
    match error {
        UnpackError::Reading(error) | UnpackError::Writing(error) => error.into(),
        error => UnpackingError::Gzip(error),
    }
}

fn of_deflate(kind: &'static str) -> impl Fn(DeflateError) -> UnpackingError {
    move |error| match error {
        DeflateError::Reading(error) | DeflateError::Writing(error) => error.into(),
        error => UnpackingError::Coding { kind, error },
    }
}

/// Unpacks a file into another, which after an error holds what could be unpacked.
fn unpacked(
    packing: Packing,
    from: &Path,
    to: &Path,
    limit: u64,
) -> Result<Digests, UnpackingError> {
    let from = File::open(from)?;
    let mut writer = BufWriter::new(File::create(to)?);
    let digests = match packing {
        Packing::Gzip => gzip::unpack(from, &mut writer, limit).map_err(of_gzip),
        Packing::Zlib => {
            deflate::unpack(from, &mut writer, limit, true).map_err(of_deflate("zlib"))
        }
        Packing::Deflate => {
            deflate::unpack(from, &mut writer, limit, false).map_err(of_deflate("deflate"))
        }
    };
    writer.flush()?;
    digests
}

/// The remark on unexpected compression.
fn layers(unpacked: &[Packing]) -> Option<String> {
    match unpacked {
        [] | [Packing::Gzip] => None,
        [Packing::Zlib | Packing::Deflate, ..] => Some(
            "the server sent the file compressed with deflate, against the request; decompressed"
                .to_owned(),
        ),
        _ => Some(format!(
            "nested gzip, decompressed {} times",
            unpacked.len()
        )),
    }
}

/// The remark on a file of another format.
fn detected(format: Format, claim: Claim, datatype: Datatype) -> String {
    let declared = match claim {
        Claim::Anything => "",
        _ => ", although the document declares another format",
    };
    let hint = if format.is_package() {
        ": unpack it before use"
    } else {
        ""
    };
    format!(
        "detected {}{declared}; datatype set to `{}`{hint}",
        format.name(),
        datatype.extension
    )
}

/// Whether the name of a file, or any part of its address that may be one, says that it is gzip around something else.
pub fn looks_packed(track: &PlannedTrack) -> bool {
    let inside_is_gzip = track.datatype == BAM || track.datatype == DATA;
    let mut names = track
        .url
        .split(['/', '?', '&', '=', '#'])
        .chain([track.file_name.as_str()]);
    !inside_is_gzip && names.any(is_packed)
}
