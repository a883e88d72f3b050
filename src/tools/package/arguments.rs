//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use crate::cli::dataset_options::DatasetOptions;
use crate::cli::document_options::DocumentOptions;
use crate::cli::lineage_options::LineageOptions;
use crate::cli::output_name_options::OutputNameOptions;
use clap::{Parser, ValueEnum};

/// Pack datasets and their provenance into one RO-Crate for publication
///
/// The data are any files: results, source tracks, or both. The tool finds the crates of fairtracks_import and
/// fairtracks_follow that describe them by content and merges their provenance: every step with tool, version and
/// parameters, the metadata of the source tracks as one FAIRtracks document, and an unchanged copy of each crate. It adds
/// tables of source tracks and steps, a paragraph for the methods section, CITATION.cff, and a web page with a picture of
/// the provenance.
///
/// Data that no crate describes are traced back to the tracks of the crates as fairtracks_follow does it: by content, and by
/// the lineage (`--lineage`, `--history-export`, `--galaxy`). Each gets a light crate inside the package.
///
/// FAIRtracks documents (`--documents`) identify data, and datasets that they were derived from, as tracks that were not
/// imported, as in fairtracks_follow: by checksum, or by the URL that Galaxy recorded where no checksum can be compared. An
/// identified track gets the same light crate as an imported one, and its metadata become part of the package.
///
/// The crate contains the data as tracks/NAME.ext and results/NAME.ext, verified while they are packed. Crates that
/// describe neither data nor source tracks are not used, and data without any trace are packed without provenance; the
/// report names both. Without a creator there is no CITATION.cff.
///
/// Exit status: 0 success, whatever the findings; 1 failure, or with `--strict` a file without a crate and without confirmed
/// source tracks or an unreadable crate or document; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct PackageArguments {
    /// Data, files or folders of files
    #[arg(required = true, value_name = "DATA")]
    pub data: Vec<PathBuf>,

    #[command(flatten)]
    pub given: DatasetOptions,

    #[command(flatten)]
    pub documents: DocumentOptions,

    #[command(flatten)]
    pub lineage: LineageOptions,

    /// Accept tracks with the same element identifier or name tag as sources of data without a crate
    #[arg(long)]
    pub accept_identifiers: bool,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// Title of the crate
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Summary of the data in a few sentences
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,

    /// Creator, name and ORCID, such as "Josiah Carberry; 0000-0002-1825-0097"; repeat for each creator
    #[arg(long, value_name = "NAME; ORCID")]
    pub creator: Vec<String>,

    /// Name of the publishing organisation
    #[arg(long, value_name = "NAME")]
    pub organisation_name: Option<String>,

    /// ROR id of the organisation
    #[arg(long, value_name = "ROR")]
    pub organisation_ror: Option<String>,

    /// Licence of the data, an SPDX identifier such as CC-BY-4.0 or a URL [default: that of the crates, if they agree]
    #[arg(long, value_name = "LICENCE")]
    pub licence: Option<String>,

    /// Keywords, separated by commas
    #[arg(long, value_name = "WORDS")]
    pub keywords: Option<String>,

    /// Funder, a name and optionally a ROR id or URL, such as "Research Council of Norway; 00epmv149"; repeat for each
    /// funder
    #[arg(long, value_name = "NAME; ROR")]
    pub funding: Vec<String>,

    /// Whether the crate includes the data or only references them by checksum and URL
    #[arg(long, value_enum, default_value = "include")]
    pub payload: PayloadChoice,

    /// Wrap the crate in a BagIt bag (RFC 8493), for archives that require it
    #[arg(long)]
    pub bagit: bool,

    /// Fail if a file has neither a crate nor confirmed source tracks, or a crate or document cannot be read; the outputs are
    /// still written
    #[arg(long)]
    pub strict: bool,

    /// Write the crate (zip)
    #[arg(long, value_name = "FILE")]
    pub output_crate: PathBuf,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the picture of the provenance (PNG)
    #[arg(long, value_name = "FILE")]
    pub output_picture: Option<PathBuf>,

    /// Write the table of source tracks (tab-separated)
    #[arg(long, value_name = "FILE")]
    pub output_tracks: Option<PathBuf>,

    /// Write the table of steps (tab-separated)
    #[arg(long, value_name = "FILE")]
    pub output_steps: Option<PathBuf>,

    /// Write the Galaxy metadata of the outputs (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    #[command(flatten)]
    pub output_names: OutputNameOptions,

    /// Timestamp of the crate, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

impl PackageArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let all = self.data.iter().chain(&self.form);
        let all = all.chain(self.output_names.input());
        let all = all.map(PathBuf::as_path);
        let all = all.chain(self.lineage.inputs());
        let all = all.chain(self.documents.inputs());
        all.chain(self.given.inputs()).collect()
    }
}

/// Where the data files are.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PayloadChoice {
    /// Include the data in the crate
    Include,
    /// Reference the data by checksum and URL
    Reference,
}
