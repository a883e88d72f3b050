//! What is known of a file.

use url::Url;

use crate::archive::content_id;
use crate::archive::digest::Sha256Sum;
use crate::genome::content::TrackLayout;
use crate::genome::coordinate_system::CoordinateEvidence;

/// A file as its bytes, its name and Galaxy describe it.
#[derive(Debug, Clone)]
pub struct OwnFile {
    /// Its name without its folder; within Galaxy the element identifier.
    pub name: String,
    /// The name of its dataset in the history, where it differs: elements of collections often have no suffix.
    pub other_name: Option<String>,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: Sha256Sum,
    /// The MD5 of its bytes, 32 hexadecimal digits in lower case.
    pub md5: String,
    /// Its format; none where it is not one of tracks.
    pub layout: Option<TrackLayout>,
    /// The sequences that it names; none where its format names none, or its header cannot be read.
    pub evidence: Option<CoordinateEvidence>,
    /// Galaxy's key of its genome; empty where it is not known.
    pub dbkey: String,
    /// What a curator should know of its content, in clauses.
    pub remarks: Vec<String>,
}

/// The files of a conversion.
#[derive(Debug, Clone, Default)]
pub struct OwnFiles {
    /// The files, in the order of the user.
    pub files: Vec<OwnFile>,
    /// The URL of the folder where they are published, if known.
    pub base_url: Option<Url>,
}

impl OwnFiles {
    /// The address of a file under a name: within the folder where the files are published, or else its name by its content (RFC 6920).
    pub fn address(&self, file: &OwnFile, name: &str) -> String {
        let published = self.base_url.clone().and_then(|mut url| {
            url.path_segments_mut().ok()?.pop_if_empty().push(name);
            Some(url.into())
        });
        published.unwrap_or_else(|| content_id::of_file(&file.sha256))
    }
}
