//! What a file is, by its first bytes and by its name.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use fairtracks::archive::gzip;
use fairtracks::model::arrival::Track;
use fairtracks::model::datatype::{BAM, DATA, Datatype, VCF_BGZIP, is_packed, is_web_page, suffix};

/// How many first bytes of a file are looked at.
const FIRST_BYTES: u64 = 512;

/// The first bytes of a file.
pub fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    File::open(path)?
        .take(FIRST_BYTES)
        .read_to_end(&mut first)?;
    Ok(first)
}

/// What a file turned out to be.
pub struct Recognised {
    /// What Galaxy takes it for.
    pub datatype: Datatype,
    /// Whether gzip has to be unpacked.
    pub unpack: bool,
}

/// What a file is by its first bytes.
pub fn recognise(
    track: &Track,
    first: &[u8],
    remarks: &mut Vec<String>,
) -> Result<Recognised, String> {
    let planned = track.datatype;
    let kept = |datatype| Recognised {
        datatype,
        unpack: false,
    };
    if is_web_page(first) && !["html", "htm"].contains(&suffix(&track.file_name)) {
        return Err("a web page came in place of the file: open its address in a browser, which may ask you to log in or tell where the file is now".to_owned());
    }
    if gzip::is_gzip(first) {
        return Ok(match planned.extension {
            "vcf" if gzip::is_bgzf(first) => kept(VCF_BGZIP),
            _ if planned == BAM || planned == DATA => kept(planned),
            _ => Recognised {
                datatype: planned,
                unpack: true,
            },
        });
    }
    let found = Datatype::sniff(first).filter(|found| *found != planned);
    if let Some(found) = found {
        remarks.push(otherwise(found));
    }
    Ok(kept(found.unwrap_or(planned)))
}

/// What is said of a file that is not what its document says.
pub fn otherwise(found: Datatype) -> String {
    let name = found.extension;
    format!(
        "the file is {name}, although the document calls its format otherwise: its datatype is `{name}`"
    )
}

/// Whether the name of a file, or any part of its address that may be one, says that it is gzip around something else.
pub fn looks_packed(track: &Track) -> bool {
    let inside_is_gzip = track.datatype == BAM || track.datatype == DATA;
    let mut names = track
        .url
        .split(['/', '?', '&', '=', '#'])
        .chain([track.file_name.as_str()]);
    !inside_is_gzip && names.any(is_packed)
}
