//! The tracks of a genome as a tree: super tracks, composites and views hand settings down to the tracks below them.

use std::collections::{HashMap, HashSet};

use super::loader::PlacedStanza;
use super::stanzas::Setting;
use crate::conversion::error::{HubError, HubProblem};
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};

/// As many levels as a tree may have; browsers know four.
const MOST_LEVELS: usize = 64;

/// Settings that build the tree.
pub(super) const OF_TREE: [&str; 8] = [
    "track",
    "parent",
    "subTrack",
    "superTrack",
    "compositeTrack",
    "container",
    "view",
    "subGroups",
];

/// Further settings that are of one track alone.
const NOT_INHERITED: [&str; 3] = ["shortLabel", "longLabel", "bigDataUrl"];

/// The tracks of a genome.
pub(super) struct TrackTree {
    pub stanzas: Vec<PlacedStanza>,
    parents: Vec<Option<usize>>,
    has_children: Vec<bool>,
}

/// The name of the parent of a track.
fn parent_name(stanza: &PlacedStanza) -> Option<&str> {
    let first = |name: &str| stanza.stanza.value(name)?.split_whitespace().next();
    let of_super = || first("superTrack").filter(|name| *name != "on");
    first("parent")
        .or_else(|| first("subTrack"))
        .or_else(of_super)
}

/// A row of the log for a line of a hub that is not used.
pub(super) fn not_taken(place: String, field: &str, value: &str, reason: &str) -> LogEntry {
    LogEntry {
        outcome: LogOutcome::NotTaken,
        record: place,
        field: field.to_owned(),
        value: value.to_owned(),
        rule: "hub reader".to_owned(),
        reason: reason.to_owned(),
    }
}

impl TrackTree {
    /// The tree of stanzas. Those that are no track, and tracks whose name is taken, are reported and left out.
    ///
    /// # Errors
    /// Two tracks in one stanza, or parents that form a loop.
    pub fn of(stanzas: Vec<PlacedStanza>, log: &mut ConversionLog) -> Result<Self, HubError> {
        let mut names: HashMap<String, usize> = HashMap::new();
        let mut tracks = Vec::new();
        for stanza in stanzas {
            let mut of_name = stanza.stanza.settings.iter();
            let mut named = of_name.by_ref().filter(|setting| setting.name == "track");
            let Some(track) = named.next() else {
                let first = &stanza.stanza.settings[0];
                log.add(not_taken(
                    stanza.place(),
                    &first.name,
                    &first.value,
                    "found a stanza without `track`, expected the name of a track",
                ));
                continue;
            };
            if let Some(second) = named.next() {
                return Err(HubError::Line {
                    file: stanza.file.to_string(),
                    line: second.line,
                    problem: HubProblem::SettingTwice("track"),
                });
            }
            if let Some(first) = names.get(&track.value) {
                let first: &PlacedStanza = &tracks[*first];
                let reason = format!("{} has the same name: left out", first.place());
                log.add(not_taken(stanza.place(), "track", &track.value, &reason));
                continue;
            }
            names.insert(track.value.clone(), tracks.len());
            tracks.push(stanza);
        }
        let mut tree = TrackTree {
            parents: Vec::with_capacity(tracks.len()),
            has_children: vec![false; tracks.len()],
            stanzas: tracks,
        };
        for stanza in &tree.stanzas {
            let name = parent_name(stanza);
            let parent = name.and_then(|name| names.get(name).copied());
            if let (Some(name), None) = (name, parent) {
                let reason = "found no track of this name, expected the parent of the track";
                log.add(not_taken(stanza.place(), "parent", name, reason));
            }
            if let Some(parent) = parent {
                tree.has_children[parent] = true;
            }
            tree.parents.push(parent);
        }
        for track in 0..tree.stanzas.len() {
            if tree.way_up(track).nth(MOST_LEVELS).is_some() {
                let stanza = &tree.stanzas[track];
                let name = stanza.stanza.value("track").unwrap_or_default().to_owned();
                let problem = HubProblem::ParentLoop(name, MOST_LEVELS);
                return Err(stanza.problem("parent", problem));
            }
        }
        Ok(tree)
    }

    /// A track, its parent, and so on.
    pub fn way_up(&self, track: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(track), |track| self.parents[*track])
    }

    /// The nearest setting of a name, on the way up, with the track that has it.
    pub fn nearest(&self, track: usize, name: &str) -> Option<(usize, &Setting)> {
        self.way_up(track)
            .find_map(|track| Some((track, self.stanzas[track].stanza.setting(name)?)))
    }

    /// Whether other tracks are below it.
    pub fn has_children(&self, track: usize) -> bool {
        self.has_children[track]
    }

    /// The settings of a track: its own, then those that it inherits.
    pub fn settings(&self, track: usize) -> Vec<&Setting> {
        let mut seen = HashSet::new();
        let mut settings = Vec::new();
        for level in self.way_up(track) {
            for setting in &self.stanzas[level].stanza.settings {
                let name = setting.name.as_str();
                let is_of_one = OF_TREE.contains(&name) || NOT_INHERITED.contains(&name);
                if (level == track || !is_of_one) && seen.insert(name) {
                    settings.push(setting);
                }
            }
        }
        settings
    }
}
