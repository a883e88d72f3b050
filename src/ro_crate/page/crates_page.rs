//! The content of the page of a collection of crates, before it is rendered.

use serde::Serialize;

use super::PageRow;

/// A page that shows all crates of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CratesPage {
    /// The title.
    pub title: String,
    /// The result of the run in one sentence.
    pub subtitle: String,
    /// Findings on the whole, the worst first; shown on top.
    pub findings: Vec<String>,
    /// Facts about the run, one a line.
    pub facts: Vec<PageRow>,
    /// The heading of the picture.
    pub picture_heading: String,
    /// The provenance of all crates as one `svg` element, inserted unescaped: all texts in it must be escaped. Empty for none.
    pub picture: String,
    /// The heading of the list of crates.
    pub heading: String,
}

/// One crate of the collection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CrateSection {
    /// The number, from 1; other sections link to it.
    pub number: usize,
    /// Whether the section is unfolded at first.
    pub is_open: bool,
    /// The name of the crate in its collection.
    pub name: String,
    /// The title of the crate, if it is not the name.
    pub title: String,
    /// What it is, in a few words.
    pub summary: String,
    /// Findings, the worst first.
    pub findings: Vec<String>,
    /// Facts, one a line.
    pub facts: Vec<PageRow>,
    /// The heading of the downloads.
    pub heading: String,
    /// The files that can be downloaded, as far as there is room.
    pub downloads: Vec<DownloadRow>,
    /// How many files more there are.
    pub more_downloads: usize,
    /// The steps, in order, as far as there is room.
    pub steps: Vec<String>,
    /// How many steps more there are.
    pub more_steps: usize,
    /// The crate with the same steps, which shows them and the picture; none where this one does.
    pub same_as: Option<SameSteps>,
    /// The provenance of the crate as one `svg` element, as in [`CratesPage::picture`]. Empty for none.
    pub picture: String,
}

/// A crate with the same steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SameSteps {
    /// The number of its section.
    pub number: usize,
    /// Its name.
    pub name: String,
}

/// A file of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DownloadRow {
    /// What the file is: the label of the track.
    pub label: String,
    /// The id of the track.
    pub id: String,
    /// Cells, assay and genome build.
    pub about: String,
    /// The URL at the provider; the name is the provider's.
    pub url: PageRow,
    /// The content identifier (RFC 6920); empty if the bytes are unknown.
    pub content_id: String,
}
