//! The sweep of all tracks, on several threads, each as soon as it is read.

use rayon::prelude::*;

use crate::cli::{self, Failure};
use crate::genome::coordinate_system::CoordinateVerdict;
use crate::genome::intervals::{IntervalOptions, read_track};
use crate::overlap::{Analysis, MeasuredTrack, SuiteTrack};

use super::contact_table;
use super::genome::{AnalysisGenome, renamed};
use super::query::{PlacedElements, is_bedgraph};
use super::track_file::{TrackFile, TrackRole};

/// A track after its sweep.
#[derive(Debug)]
pub struct SweptTrack {
    pub measured: MeasuredTrack,
    /// How its coordinates relate to the genome.
    pub verdict: CoordinateVerdict,
    /// Lines of the table of contacts, if they are wanted.
    pub contacts: String,
    /// What to know of the file.
    pub warnings: Vec<String>,
}

/// How tracks are read and measured.
#[derive(Clone, Copy)]
pub struct Sweep<'a> {
    pub analysis: &'a Analysis,
    pub genome: &'a AnalysisGenome,
    pub query: &'a PlacedElements,
    pub threshold: Option<f64>,
    pub with_contacts: bool,
}

impl Sweep<'_> {
    /// Reads and measures all tracks.
    pub fn all(
        &self,
        files: &[TrackFile],
        roles: &[TrackRole],
    ) -> Result<Vec<SweptTrack>, Failure> {
        let tracks = files.par_iter().zip(roles).with_max_len(1);
        let swept: Vec<_> = tracks.map(|(file, role)| self.one(file, role)).collect();
        swept.into_iter().collect()
    }

    fn one(&self, file: &TrackFile, role: &TrackRole) -> Result<SweptTrack, Failure> {
        let name = file.identifier();
        let opened = cli::open(&file.path).map_err(|error| Failure::at(name, error))?;
        let options = IntervalOptions {
            threshold: self.threshold,
            is_bedgraph: is_bedgraph(&file.described),
        };
        let read = read_track(opened, options).map_err(|error| Failure::at(name, error))?;
        let judgement = self
            .genome
            .accept(name, &read.extents, read.is_association_table)?;
        let mut warnings = Vec::new();
        if !judgement.mapping.is_empty() {
            warnings.push(format!("{judgement}; mapped"));
        }
        let set = renamed(read.intervals, &judgement.mapping);
        let mut contacts = String::new();
        if self.with_contacts {
            self.analysis.contacts(&set, |contact| {
                contact_table::push(&mut contacts, &contact, &set, self.query, role, name);
            });
        }
        let track = SuiteTrack {
            elements: set,
            group: role.group.clone(),
            is_reference: role.is_reference,
        };
        Ok(SweptTrack {
            measured: self.analysis.measure(track),
            verdict: judgement.verdict,
            contacts,
            warnings,
        })
    }
}
