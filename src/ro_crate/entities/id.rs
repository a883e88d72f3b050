//! The ids that this suite gives to what has no address: `#<kind>-<key>`.

use std::fmt;

/// How many hexadecimal digits a key has.
pub const KEY_DIGITS: usize = 16;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal,)*) => {
        /// An id of this suite. Its key is mostly made of content: 16 hexadecimal digits, after which the key of a crate may
        /// follow where two crates disagree.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EntityId<'i> {
            $($(#[$doc])* $kind(&'i str),)*
        }

        impl<'i> EntityId<'i> {
            /// Takes an id apart; `None` for an id of another form.
            pub fn of(id: &'i str) -> Option<Self> {
                let (word, key) = id.strip_prefix('#')?.split_once('-')?;
                match word {
                    $($word => Some(EntityId::$kind(key)),)*
                    _ => None,
                }
            }

            fn parts(self) -> (&'static str, &'i str) {
                match self {
                    $(EntityId::$kind(key) => ($word, key),)*
                }
            }
        }
    };
}

kinds! {
    /// A track, by the SHA-256 of its bytes or of its address.
    Track = "track",
    /// A file that was made of tracks, by the SHA-256 of its bytes.
    Data = "data",
    /// Bytes as they were served, by their SHA-256.
    Served = "served",
    /// A FAIRtracks document, by the SHA-256 of its file.
    Document = "document",
    /// A dataset of Galaxy whose bytes are not known.
    Dataset = "dataset",
    /// A job of Galaxy.
    Step = "step",
    /// A search for tracks.
    Search = "search",
    /// The import of a track.
    Import = "import",
    /// The decompression of a track.
    Unpack = "unpack",
    /// The registration of a track by its address.
    Register = "register",
    /// The recognition of a dataset as the track of a document.
    Recognition = "recognition",
    /// The match of a result with its source tracks.
    Follow = "follow",
    /// The packaging of data for publication.
    Package = "package",
    /// A parameter of a job.
    Parameter = "parameter",
    /// A property of a file.
    Property = "property",
    /// A proof that a track is a source of a result.
    Evidence = "evidence",
}

impl EntityId<'_> {
    /// Whether the key is made of content.
    pub fn is_made_of_content(self) -> bool {
        self.parts().1.splitn(2, '-').all(is_key)
    }

    /// Whether the key identifies the thing itself: its content, or the dataset or job of Galaxy.
    pub fn is_certain(self) -> bool {
        matches!(
            self,
            EntityId::Track(_)
                | EntityId::Data(_)
                | EntityId::Served(_)
                | EntityId::Document(_)
                | EntityId::Dataset(_)
                | EntityId::Step(_)
        )
    }
}

impl fmt::Display for EntityId<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, key) = self.parts();
        write!(formatter, "#{word}-{key}")
    }
}

impl From<EntityId<'_>> for String {
    fn from(id: EntityId<'_>) -> Self {
        id.to_string()
    }
}

/// Whether a text is a key: 16 hexadecimal digits in lower case.
fn is_key(text: &str) -> bool {
    text.len() == KEY_DIGITS
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_kind_and_its_key() {
        let id = EntityId::of("#step-0123456789abcdef").unwrap();
        assert_eq!(id, EntityId::Step("0123456789abcdef"));
        assert_eq!(String::from(id), "#step-0123456789abcdef");
        assert!(id.is_made_of_content());
        for id in ["#step", "step-0123456789abcdef", "#galaxy-dbkey", "./"] {
            assert_eq!(EntityId::of(id), None, "{id}");
        }
        let is_made_of_content = |id| EntityId::of(id).unwrap().is_made_of_content();
        assert!(is_made_of_content(
            "#data-0123456789abcdef-fedcba9876543210"
        ));
        assert!(!is_made_of_content("#data-0123456789abcdef-2"));
        assert!(!is_made_of_content("#data-x"));
    }
}
