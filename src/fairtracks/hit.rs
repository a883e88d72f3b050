//! One track that a search found, with the objects that belong to it.

use serde::Deserialize;
use serde_json::Value as Json;

use super::category::Category;
use super::document::Document;
use super::objects::{self, CollectionInfo, Experiment, Sample, Study, Track};

/// A track with its experiment, sample, study and the two objects that describe the whole document.
#[derive(Debug, Clone)]
pub struct Hit<'d> {
    objects: Vec<(Category, &'d Json)>,
}

impl<'d> Hit<'d> {
    /// A hit of at most one object for each category.
    pub fn new(objects: Vec<(Category, &'d Json)>) -> Self {
        Hit { objects }
    }

    /// The first track of a document with the first object of each other category, as a closed subset of one track
    /// has them.
    pub fn first_of(document: &'d Document) -> Self {
        let objects = Category::ALL.into_iter();
        Hit::new(
            objects
                .filter_map(|category| Some((category, document.object(category, 0)?)))
                .collect(),
        )
    }

    /// The hit's object of a category; `None` if the search did not look there or found no partner.
    pub fn object(&self, category: Category) -> Option<&'d Json> {
        self.objects
            .iter()
            .find(|(known, _)| *known == category)
            .map(|(_, object)| *object)
    }

    /// The track's properties.
    pub fn track(&self) -> Track<'d> {
        self.typed(Category::Tracks)
    }

    /// The properties of the experiment; none where there is no experiment, as for the following.
    pub fn experiment(&self) -> Experiment<'d> {
        self.typed(Category::Experiments)
    }

    /// The properties of the sample.
    pub fn sample(&self) -> Sample<'d> {
        self.typed(Category::Samples)
    }

    /// The properties of the study.
    pub fn study(&self) -> Study<'d> {
        self.typed(Category::Studies)
    }

    /// The properties of the collection.
    pub fn collection_info(&self) -> CollectionInfo<'d> {
        self.typed(Category::CollectionInfo)
    }

    fn typed<T: Deserialize<'d> + Default>(&self, category: Category) -> T {
        self.object(category).map(objects::read).unwrap_or_default()
    }

    /// The text at `path`, if there is one.
    pub fn text(&self, category: Category, path: &[&str]) -> Option<&'d str> {
        let object = self.object(category)?;
        path.iter()
            .try_fold(object, |value, key| value.get(key))?
            .as_str()
    }

    /// The track's `local_id`.
    pub fn local_id(&self) -> &'d str {
        self.text(Category::Tracks, &["local_id"])
            .unwrap_or_default()
    }
}

/// A track that no search can find because the joins drop it, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// The track's `local_id`.
    pub local_id: String,
    /// Which reference leads nowhere.
    pub reason: String,
}
