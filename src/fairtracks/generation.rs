//! The generations of FAIRtracks that a document can follow.

use serde_json::{Map, Value as Json};

/// A generation of the standard. All of them call themselves v1 in their schema URLs, so the shape has to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Version 1.0.2, the released standard.
    Released,
    /// The unreleased successor of 1.0.2, known by `doc_info.has_augmented_metadata`.
    Master {
        /// Whether the document says that labels and summaries are filled in, which makes them required.
        augmented: bool,
    },
}

impl Generation {
    /// The generation of a document with these members.
    pub fn of(members: &Map<String, Json>) -> Self {
        let flag = members
            .get("doc_info")
            .and_then(|doc_info| doc_info.get("has_augmented_metadata"));
        match flag {
            Some(flag) => Generation::Master {
                augmented: *flag == Json::Bool(true),
            },
            None => Generation::Released,
        }
    }

    /// Whether it is the unreleased successor of 1.0.2.
    pub fn is_master(self) -> bool {
        matches!(self, Generation::Master { .. })
    }

    /// Whether what augmentation fills in is required.
    pub fn requires_augmented(self) -> bool {
        self == Generation::Master { augmented: true }
    }
}
