//! The provenance that a crate's graph describes: from source tracks over steps to results.
//!
//! ```text
//! track ──▶ step ──▶ intermediate ──▶ step ──▶ result
//! ```
//!
//! It is read from any graph: of a light crate, of merged crates, of a crate for publication, of crates by others. What is
//! not stated is empty, references to missing entities are ignored, and the order of the graph does not matter.

use super::Crate;
use crate::text::first_filled;

mod checksums;
mod data;
pub mod joined;
mod leading;
mod order;
mod own_tracks;
mod processing;
mod stages;
mod steps;
pub mod steps_table;
mod tracks;
pub mod tracks_table;
pub mod upstream;
mod view;

#[cfg(test)]
pub mod examples;
#[cfg(test)]
mod tests;

pub use processing::Processing;
pub use stages::Stage;
pub use steps::{QUESTION, SOURCE};

/// The tracks, steps and results of a graph, and the edges between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProvenanceGraph {
    /// The name of the crate; empty where it has none.
    pub title: String,
    /// The source tracks, by `local_id`, label and id.
    pub tracks: Vec<SourceTrack>,
    /// The steps by time, and never before a step that they depend on.
    pub steps: Vec<Step>,
    /// The results, by element identifier, name and id.
    pub results: Vec<ResultFile>,
    /// What tools read or made between tracks and results, by id.
    pub intermediates: Vec<Intermediate>,
    /// The inputs and outputs of steps; sorted, each once.
    pub edges: Vec<Edge>,
}

/// A track that results are derived from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceTrack {
    /// The id of its entity.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its id in its document; of several tracks with the same bytes, the first.
    pub local_id: String,
    /// All its ids and accessions, with those of other tracks that have the same bytes.
    pub identifiers: Vec<String>,
    /// Its accession elsewhere, as an address.
    pub accession: String,
    /// The name of the genome assembly.
    pub assembly: String,
    /// The address of the assembly's accession.
    pub assembly_accession: String,
    /// How it was measured.
    pub assay: String,
    /// What was measured.
    pub target: String,
    /// The cells or the tissue.
    pub cell_or_tissue: String,
    /// The species.
    pub species: String,
    /// The file format.
    pub format: String,
    /// The name of the file.
    pub file_name: String,
    /// Where the file was served.
    pub source_address: String,
    /// The collection that it belongs to, by its long name.
    pub collection: String,
    /// The short name of the collection; empty where the long one is all there is.
    pub collection_short_name: String,
    /// Where the collection is described.
    pub collection_address: String,
    /// The study.
    pub study: String,
    /// The accession of the study, as an address.
    pub study_accession: String,
    /// What was published about the study.
    pub publications: Vec<Publication>,
    /// The licence by its name; empty where none is stated.
    pub licence: String,
    /// The licence as an address.
    pub licence_address: String,
    /// The provider's checksum.
    pub checksum: Option<StatedChecksum>,
    /// All checksums that are stated of it or of the file as it was served, in hexadecimal digits; sorted, each once.
    pub checksums: Vec<String>,
    /// The SHA-256 of its bytes, in lower-case hexadecimal digits; empty if they were never read.
    pub sha256: String,
    /// Bytes; none if unknown.
    pub size: Option<u64>,
    /// What Galaxy calls the datatype.
    pub datatype: String,
    /// Galaxy's key of the genome build.
    pub dbkey: String,
    /// What collections of Galaxy call it.
    pub element_identifier: String,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Publication {
    /// Its address.
    pub address: String,
    /// What it is called, which may be its accession such as `pubmed:22955617`.
    pub name: String,
}

/// A checksum as a provider gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatedChecksum {
    /// How it is computed, such as `MD5`.
    pub method: String,
    /// Hexadecimal digits.
    pub value: String,
    /// What was done with it, a sentence.
    pub remark: String,
}

/// The run of a tool, or another action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The id of its entity.
    pub id: String,
    /// Its kind.
    pub kind: StepKind,
    /// What it is called.
    pub name: String,
    /// What there is to say of it.
    pub description: String,
    /// The name of the tool.
    pub tool: String,
    /// The version of the tool.
    pub tool_version: String,
    /// The address of the tool in this version, its id in the graph.
    pub tool_address: String,
    /// The addresses of the publications of the tool, in their order.
    pub citations: Vec<String>,
    /// When it began, as written; empty if not stated.
    pub start: String,
    /// When it ended, as written; empty if not stated.
    pub end: String,
    /// Whether it was completed.
    pub status: Status,
    /// The error; empty if there was none or it is not stated.
    pub error: String,
    /// Names and values of the parameters, in their order.
    pub parameters: Vec<(String, String)>,
    /// The ids of its inputs.
    pub inputs: Vec<String>,
    /// The ids of its outputs.
    pub outputs: Vec<String>,
}

impl Step {
    /// The name of the tool, else its address.
    pub fn tool_label(&self) -> &str {
        first_filled(&[&self.tool, &self.tool_address])
    }

    /// When it ended, else when it began, as written.
    pub fn time(&self) -> &str {
        first_filled(&[&self.end, &self.start])
    }
}

/// The kind of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// A search for tracks.
    Search,
    /// The import of a track.
    Import,
    /// The decompression of a track.
    Unpack,
    /// The registration of a track by its address.
    Registration,
    /// The recognition of a dataset as the track of a document.
    Recognition,
    /// The run of a tool on data.
    Tool,
    /// The match of a result with its source tracks.
    Match,
}

impl StepKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            StepKind::Search => "search",
            StepKind::Import => "import",
            StepKind::Unpack => "unpacking",
            StepKind::Registration => "registration",
            StepKind::Recognition => "recognition",
            StepKind::Tool => "tool",
            StepKind::Match => "match",
        }
    }
}

/// Whether a step was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// It was completed.
    Completed,
    /// It failed.
    Failed,
    /// The crate does not state it.
    #[default]
    Unknown,
}

impl Status {
    /// The word for it; empty if unknown.
    pub fn word(self) -> &'static str {
        match self {
            Status::Completed => "completed",
            Status::Failed => "failed",
            Status::Unknown => "",
        }
    }
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResultFile {
    /// The id of its entity, which is its path where its bytes are in the crate.
    pub id: String,
    /// What the history calls it.
    pub name: String,
    /// What its collection calls it.
    pub element_identifier: String,
    /// The SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Bytes; none if unknown.
    pub size: Option<u64>,
    /// What Galaxy calls the datatype.
    pub datatype: String,
    /// Galaxy's key of the genome build.
    pub dbkey: String,
    /// The ids of the tracks that it is proven to be made of.
    pub based_on: Vec<String>,
}

impl ResultFile {
    /// What people call it.
    pub fn label(&self) -> &str {
        first_filled(&[&self.name, &self.element_identifier, &self.id])
    }
}

impl SourceTrack {
    /// What people call it.
    pub fn label(&self) -> &str {
        first_filled(&[&self.label, &self.local_id, &self.file_name, &self.id])
    }

    /// The provider, by the shortest name; empty if unknown.
    pub fn provider(&self) -> &str {
        first_filled(&[&self.collection_short_name, &self.collection])
    }
}

/// Something on the way from tracks to results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intermediate {
    /// The id of its entity.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether a step of the graph made it; else it has no known source.
    pub is_made: bool,
}

/// A node of the graph, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GraphNode {
    /// One of [`ProvenanceGraph::tracks`].
    Track(usize),
    /// One of [`ProvenanceGraph::steps`].
    Step(usize),
    /// One of [`ProvenanceGraph::results`].
    Result(usize),
    /// One of [`ProvenanceGraph::intermediates`].
    Intermediate(usize),
}

/// An input or output of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Where they are before.
    pub from: GraphNode,
    /// Where they are after.
    pub to: GraphNode,
}

impl ProvenanceGraph {
    /// Reads the provenance from a graph, in time that grows with its references.
    pub fn of(crate_: &Crate) -> Self {
        let graph = view::GraphView::new(crate_);
        let steps = steps::steps(&graph);
        let tracks = tracks::tracks(&graph, &steps);
        let (results, intermediates) = data::data(&graph, &tracks, &steps);
        let root = crate_.root();
        let mut provenance = ProvenanceGraph {
            title: root.map(view::name).unwrap_or_default(),
            tracks,
            steps,
            results,
            intermediates,
            edges: Vec::new(),
        };
        provenance.edges = data::edges(&provenance);
        provenance
    }

    /// The graph with the edges that its steps state.
    #[must_use]
    pub fn with_edges(mut self) -> Self {
        self.edges = data::edges(&self);
        self
    }

    /// The runs of tools on data: without searches, imports and matches.
    pub fn tool_steps(&self) -> impl Iterator<Item = (usize, &Step)> {
        let steps = self.steps.iter().enumerate();
        steps.filter(|(_, step)| step.kind == StepKind::Tool)
    }
}
