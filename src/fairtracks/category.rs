//! The six categories of objects that a FAIRtracks document holds.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A category: the name of a top-level member of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// One data file each.
    Tracks,
    /// What was measured, how, and on which sample.
    Experiments,
    /// The cells or tissue.
    Samples,
    /// What experiments belong to.
    Studies,
    /// Where all of the document's tracks come from; a single object.
    CollectionInfo,
    /// Which document this is; a single object.
    DocInfo,
}

impl Category {
    /// All of them, tracks first: the order of a row of a search.
    #[rustfmt::skip]
    pub const ALL: [Category; 6] = [
        Category::Tracks, Category::Experiments, Category::Samples, Category::Studies, Category::CollectionInfo,
        Category::DocInfo,
    ];

    /// All of them in the order of the standard's own documents.
    #[rustfmt::skip]
    pub const IN_DOCUMENT: [Category; 6] = [
        Category::DocInfo, Category::CollectionInfo, Category::Studies, Category::Experiments, Category::Samples,
        Category::Tracks,
    ];

    /// The key in the document, which is also the name in queries.
    pub const fn name(self) -> &'static str {
        match self {
            Category::Tracks => "tracks",
            Category::Experiments => "experiments",
            Category::Samples => "samples",
            Category::Studies => "studies",
            Category::CollectionInfo => "collection_info",
            Category::DocInfo => "doc_info",
        }
    }

    /// Whether the document holds one object, not a list of them.
    pub const fn is_single(self) -> bool {
        matches!(self, Category::CollectionInfo | Category::DocInfo)
    }

    /// The category of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.name() == name)
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
