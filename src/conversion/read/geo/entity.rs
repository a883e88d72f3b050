//! The entities of a family file, as both of its formats have them.

/// What an entity describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntityKind {
    /// A series, which is a study.
    Series,
    /// A sample, with the assay and the files made of it.
    Sample,
    /// A platform: an instrument, or an array with a table of its probes.
    Platform,
    /// The database itself.
    Database,
    /// Anything else, such as a curated data set.
    Other,
}

impl EntityKind {
    /// The kind of a word of SOFT or of an element of MINiML.
    pub fn named(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "series" => EntityKind::Series,
            "sample" => EntityKind::Sample,
            "platform" => EntityKind::Platform,
            "database" => EntityKind::Database,
            _ => EntityKind::Other,
        }
    }
}

/// An entity with its values in the order of the file; a key may occur several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GeoEntity {
    /// What it describes.
    pub kind: EntityKind,
    /// Its accession.
    pub id: String,
    /// Its values.
    pub values: Vec<EntityValue>,
}

/// A value under the key that SOFT has for it, without the word for its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EntityValue {
    /// Such as `characteristics_ch1`.
    pub key: String,
    /// Without blanks around it.
    pub text: String,
    /// Whether its bytes are not UTF-8.
    pub is_damaged: bool,
}

/// Values of one entity: more are no description of a track.
pub(super) const MOST_VALUES: usize = 1_000_000;

impl GeoEntity {
    /// Adds a value.
    ///
    /// # Errors
    /// The entity has too many.
    pub fn add(&mut self, key: String, text: &str, is_damaged: bool) -> Result<(), String> {
        if self.values.len() == MOST_VALUES {
            let id = &self.id;
            return Err(format!(
                "found more than {MOST_VALUES} values of {id}, expected fewer"
            ));
        }
        let text = text.trim();
        if !text.is_empty() {
            self.values.push(EntityValue {
                key,
                text: text.to_owned(),
                is_damaged,
            });
        }
        Ok(())
    }
}
