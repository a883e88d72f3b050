//! The chain from source tracks to results that a crate's graph tells of, with typed places for what people ask for.
//!
//! ```text
//! track ──▶ step ──▶ intermediate ──▶ step ──▶ result
//! ```
//!
//! It is read off any graph: of a light crate, of crates folded into one, of a crate for publication, of crates by others.
//! What is not told is empty, what is referred to and not there is left out, and the order of the graph does not matter.

use super::Crate;

mod data;
mod order;
mod stages;
mod steps;
pub mod steps_table;
mod tracks;
pub mod tracks_table;
mod view;

#[cfg(test)]
pub mod examples;
#[cfg(test)]
mod tests;

pub use stages::Stage;

/// Where tracks, steps and results are in a graph, and how they hang together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProvenanceGraph {
    /// The name of the crate; empty where it has none.
    pub title: String,
    /// The source tracks, by `local_id`, label and id.
    pub tracks: Vec<SourceTrack>,
    /// All that was done: as time went on, and never before what it depends on.
    pub steps: Vec<Step>,
    /// What the crate is about, by element identifier, name and id.
    pub results: Vec<ResultFile>,
    /// What tools read or made on the way, by id.
    pub intermediates: Vec<Intermediate>,
    /// What was read by which step, and which step made what; sorted, each once.
    pub edges: Vec<Edge>,
}

/// A track that results are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceTrack {
    /// The id of its entity.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What its document calls it.
    pub local_id: String,
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
    /// The SHA-256 of its bytes, in small hexadecimal digits; empty where nobody has seen them.
    pub sha256: String,
    /// Bytes; none where that is not told.
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

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The id of its entity.
    pub id: String,
    /// What sort of doing it was.
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
    /// When it began, as written; empty where that is not told.
    pub start: String,
    /// When it ended, as written; empty where that is not told.
    pub end: String,
    /// Whether it was done.
    pub status: Status,
    /// What went wrong; empty where nothing did or nobody says.
    pub error: String,
    /// Names and values of what was chosen, in their order.
    pub parameters: Vec<(String, String)>,
    /// The ids of what it worked on.
    pub inputs: Vec<String>,
    /// The ids of what it made.
    pub outputs: Vec<String>,
}

/// What sort of doing a step was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// Tracks were looked for.
    Search,
    /// A track was brought.
    Import,
    /// A track was freed of its compression.
    Unpack,
    /// A track was registered by its address.
    Registration,
    /// A tool ran on data.
    Tool,
    /// A result was matched with its source tracks.
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
            StepKind::Tool => "tool",
            StepKind::Match => "match",
        }
    }
}

/// Whether a step was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// It was.
    Completed,
    /// It was not.
    Failed,
    /// Nobody says.
    #[default]
    Unknown,
}

impl Status {
    /// The word for it; empty where nobody says.
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
    /// The SHA-256 of its bytes, in small hexadecimal digits.
    pub sha256: String,
    /// Bytes; none where that is not told.
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
        let known = [&self.name, &self.element_identifier, &self.id];
        known
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or(&self.id)
    }
}

impl SourceTrack {
    /// What people call it.
    pub fn label(&self) -> &str {
        let known = [&self.label, &self.local_id, &self.file_name];
        known
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or(&self.id)
    }

    /// Whom it comes from, by the shortest name; empty where nobody says.
    pub fn provider(&self) -> &str {
        match self.collection_short_name.as_str() {
            "" => &self.collection,
            short => short,
        }
    }
}

/// Something on the way from tracks to results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intermediate {
    /// The id of its entity.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether a step of the graph made it; what came otherwise has no known source.
    pub is_made: bool,
}

/// Something of a chain, by its position.
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

/// What data go into a step, or come out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Where they are before.
    pub from: GraphNode,
    /// Where they are after.
    pub to: GraphNode,
}

impl ProvenanceGraph {
    /// Reads the chain off a graph, in time that grows with its references.
    pub fn of(crate_: &Crate) -> Self {
        let look = view::GraphView::new(crate_);
        let steps = steps::steps(&look);
        let tracks = tracks::tracks(&look, &steps);
        let (results, intermediates) = data::data(&look, &tracks, &steps);
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

    /// The steps in which tools worked on data: not those that searched, brought and matched.
    pub fn tool_steps(&self) -> impl Iterator<Item = (usize, &Step)> {
        let steps = self.steps.iter().enumerate();
        steps.filter(|(_, step)| step.kind == StepKind::Tool)
    }
}
