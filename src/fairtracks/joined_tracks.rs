//! The tracks of a document, each joined with the experiment, sample and study that it refers to.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::category::Category;
use super::document::Document;
use super::hit::Hit;
use super::objects::{Experiment, Track, read};

/// A document with its experiments, samples and studies by their ids.
pub struct JoinedTracks<'d> {
    document: &'d Document,
    by_id: HashMap<(Category, String), usize>,
}

impl<'d> JoinedTracks<'d> {
    /// Looks through the lists of a document once. Of two objects with one id the first is meant.
    pub fn of(document: &'d Document) -> Self {
        let mut by_id = HashMap::new();
        for category in [Category::Experiments, Category::Samples, Category::Studies] {
            for (position, object) in document.list(category).iter().enumerate() {
                if let Some(Json::String(id)) = object.member("local_id") {
                    by_id.entry((category, id)).or_insert(position);
                }
            }
        }
        JoinedTracks { document, by_id }
    }

    /// A track of the document with the objects that it refers to, as far as they exist.
    pub fn hit(&self, track: &'d Json) -> Hit<'d> {
        let document = self.document;
        let referred = |category, id: Option<&str>| {
            let position = self.by_id.get(&(category, id?.to_owned()))?;
            document.object(category, *position)
        };
        let experiment_ref = read::<Track<'_>>(track).experiment_ref;
        let experiment = referred(Category::Experiments, experiment_ref);
        let Experiment {
            sample_ref,
            study_ref,
            ..
        } = experiment.map(read).unwrap_or_default();
        let others = [
            (Category::Experiments, experiment),
            (Category::Samples, referred(Category::Samples, sample_ref)),
            (Category::Studies, referred(Category::Studies, study_ref)),
            (
                Category::CollectionInfo,
                document.object(Category::CollectionInfo, 0),
            ),
        ];
        let found = others
            .into_iter()
            .filter_map(|(category, object)| Some((category, object?)));
        Hit::new(
            [(Category::Tracks, track)]
                .into_iter()
                .chain(found)
                .collect(),
        )
    }

    /// All tracks in their order.
    pub fn hits(&self) -> impl Iterator<Item = Hit<'d>> {
        let tracks = self.document.objects(Category::Tracks).into_iter();
        tracks.map(|track| self.hit(track))
    }
}
