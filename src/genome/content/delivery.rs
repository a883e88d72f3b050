//! The transfer of a file and its response headers.

use super::Packing;

/// The transfer of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivery<'d> {
    /// The media type that the server stated (RFC 9110, section 8.3).
    pub media_type: Option<&'d str>,
    /// The content codings that the server stated (RFC 9110, section 8.4).
    pub content_encoding: Option<&'d str>,
    /// Whether its bytes were compared with a checksum of its provider and found equal.
    pub is_verified: bool,
    /// Whether a server sent it.
    pub from_server: bool,
    /// Its name.
    pub file_name: &'d str,
}

impl Delivery<'_> {
    /// The same after a compression was undone: the outermost coding is gone, if it was that.
    #[must_use]
    pub fn after(self, undone: Packing) -> Self {
        if !self.packings().contains(&undone) {
            return self;
        }
        let others = self
            .content_encoding
            .and_then(|codings| codings.trim_end_matches([',', ' ']).rsplit_once(','));
        Delivery {
            content_encoding: others.map(|(others, _)| others),
            ..self
        }
    }

    /// Whether its name has a gzip suffix.
    pub(super) fn is_named_gzip(&self) -> bool {
        let name = self.file_name.to_ascii_lowercase();
        [".gz", ".bgz", ".gzip", ".tgz"]
            .iter()
            .any(|end| name.ends_with(end))
    }

    /// The compressions that the outermost content coding may mean; empty for any other coding.
    pub fn packings(&self) -> &'static [Packing] {
        match codings(self).last().as_deref() {
            Some("gzip" | "x-gzip") => &[Packing::Gzip],
            Some("deflate") => &[Packing::Zlib, Packing::Deflate],
            _ => &[],
        }
    }
}

/// The content codings other than `identity`, in lower case.
pub(super) fn codings(delivery: &Delivery<'_>) -> impl Iterator<Item = String> {
    delivery
        .content_encoding
        .unwrap_or_default()
        .split(',')
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| {
            !matches!(
                coding.as_str(),
                "" | "identity" | "none" | "utf-8" | "binary" | "aws-chunked"
            )
        })
        .collect::<Vec<_>>()
        .into_iter()
}
