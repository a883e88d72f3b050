//! Whether bytes are those of the track that a FAIRtracks document or a crate describes.

use thiserror::Error;

use super::imported_track::ExpectedChecksum;
use super::tracks::TrackPayload;
use crate::archive::digest::Digests;

/// Bytes that are not those of the track.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum VerificationError {
    /// A provider served bytes with another checksum than the document has.
    #[error(
        "checksum mismatch: found the {method} {found}, expected {expected} as in the document; the file was changed or damaged, ask its provider"
    )]
    NotOfDocument {
        method: &'static str,
        found: String,
        expected: String,
    },
    /// A crate holds bytes with another digest than its metadata state.
    #[error(
        "checksum mismatch of {path} in the crate: found the {method} {found}, expected {expected} as in its metadata"
    )]
    NotOfCrate {
        path: String,
        method: &'static str,
        found: String,
        expected: String,
    },
}

/// Compares bytes as they were served with the checksum in the document. Returns whether there was one to compare with.
///
/// # Errors
/// The checksums differ.
pub fn against_document(
    expected: Option<&ExpectedChecksum>,
    served: &Digests,
) -> Result<bool, VerificationError> {
    let compared = expected.and_then(|expected| Some((expected, expected.found(served)?)));
    match compared {
        Some((expected, found)) if found != expected.sum => Err(VerificationError::NotOfDocument {
            method: expected.method.name(),
            found,
            expected: expected.sum.clone(),
        }),
        compared => Ok(compared.is_some()),
    }
}

/// Compares a file out of a crate with the SHA-256 and the MD5 in the metadata of the crate. Returns whether the metadata state
/// any.
///
/// # Errors
/// A digest that differs.
pub fn against_crate(payload: &TrackPayload, copied: &Digests) -> Result<bool, VerificationError> {
    let sha256 = payload.sha256.map(|sum| sum.hexadecimal());
    for (method, expected, found) in [
        ("SHA-256", &sha256, Some(copied.sha256.hexadecimal())),
        ("MD5", &payload.md5, copied.md5.clone()),
    ] {
        if let (Some(expected), Some(found)) = (expected, found)
            && *expected != found
        {
            return Err(VerificationError::NotOfCrate {
                path: payload.path.clone(),
                method,
                found,
                expected: expected.clone(),
            });
        }
    }
    Ok(payload.sha256.is_some() || payload.md5.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::digest::{Digester, Sha256Sum};
    use crate::fairtracks::values::checksum::ChecksumMethod;

    fn digests(bytes: &[u8]) -> Digests {
        let mut digester = Digester::new(true);
        digester.update(bytes);
        digester.finish()
    }

    #[test]
    fn served_bytes_have_the_checksum_of_the_document_if_there_is_one() {
        let expected = ExpectedChecksum {
            method: ChecksumMethod::Sha256,
            sum: Sha256Sum::of(b"track").hexadecimal(),
        };
        assert_eq!(against_document(None, &digests(b"track")), Ok(false));
        assert_eq!(
            against_document(Some(&expected), &digests(b"track")),
            Ok(true)
        );
        let error = against_document(Some(&expected), &digests(b"page")).unwrap_err();
        assert!(error.to_string().contains("found the SHA-256"), "{error}");
        assert!(error.to_string().contains(&expected.sum), "{error}");
    }

    #[test]
    fn a_file_of_a_crate_has_every_digest_that_its_metadata_state() {
        let payload = |sha256, md5: Option<&str>| TrackPayload {
            path: "tracks/a.bed".to_owned(),
            sha256,
            md5: md5.map(str::to_owned),
        };
        let found = digests(b"track");
        let right = Some(Sha256Sum::of(b"track"));
        assert_eq!(against_crate(&payload(None, None), &found), Ok(false));
        assert_eq!(against_crate(&payload(right, None), &found), Ok(true));
        for wrong in [
            payload(Some(Sha256Sum::of(b"page")), found.md5.as_deref()),
            payload(right, Some("00000000000000000000000000000000")),
        ] {
            let error = against_crate(&wrong, &found).unwrap_err().to_string();
            assert!(
                error.starts_with("checksum mismatch of tracks/a.bed in the crate"),
                "{error}"
            );
        }
    }
}
