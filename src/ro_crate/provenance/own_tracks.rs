//! Data of a crate that are source tracks themselves.

use std::collections::{BTreeMap, HashSet};

use super::tracks::{TrackSteps, track};
use super::upstream::UpstreamIndex;
use super::view::GraphView;
use super::{ProvenanceGraph, data};
use crate::ro_crate::Crate;
use crate::ro_crate::entities::{Dataset, File};

impl ProvenanceGraph {
    /// The graph, read from `crate_`, in which data that are source tracks themselves are results as well, based on themselves:
    /// tracks that were packed for publication and that no result is based on, and files without known sources that have the id
    /// of a track in the document of the crate, which `is_in_document` tells.
    #[must_use]
    pub fn with_own_tracks(
        mut self,
        crate_: &Crate,
        is_in_document: impl Fn(&str) -> bool,
    ) -> Self {
        let view = GraphView::new(crate_);
        self.add_packed_tracks(&view);
        let index = UpstreamIndex::of(&self);
        let described = self.results.iter().enumerate().filter(|(_, result)| {
            let file = crate_
                .get(&result.id)
                .map(|entity| entity.read::<File<&str>>());
            let mut ids = file.iter().flat_map(|file| file.identifier.texts());
            ids.any(&is_in_document) && index.upstream(result).tracks.is_empty()
        });
        let steps = TrackSteps::of(&self.steps);
        let own = described.filter_map(|(place, result)| {
            Some((place, track(crate_.get(&result.id)?, &view, &steps)))
        });
        let own: BTreeMap<usize, _> = own.collect();
        for (place, track) in own {
            self.results[place].based_on = vec![track.id.clone()];
            self.tracks.push(track);
        }
        self
    }

    fn add_packed_tracks(&mut self, view: &GraphView<'_>) {
        if !data::is_publication(view) {
            return;
        }
        let root: Option<Dataset<&str>> = view.crate_.root().map(|root| root.read());
        let about: HashSet<&str> = root.iter().flat_map(|root| root.about.ids()).collect();
        let results = self.results.iter();
        let used: HashSet<&String> = results
            .flat_map(|result| result.based_on.iter().chain([&result.id]))
            .collect();
        let packed = self
            .tracks
            .iter()
            .filter(|track| about.contains(track.id.as_str()) && !used.contains(&track.id));
        let packed = packed.filter_map(|track| {
            let mut result = data::result(view.crate_.get(&track.id)?, view, &HashSet::new());
            result.based_on = vec![track.id.clone()];
            Some(result)
        });
        let packed: Vec<_> = packed.collect();
        self.results.extend(packed);
    }
}
