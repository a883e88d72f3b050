//! The arguments, which are the manual.

use std::path::{Path, PathBuf};

use crate::cli::dataset_options::DatasetOptions;
use clap::{Parser, ValueEnum};

/// Pack datasets with their whole story into one RO-Crate for publication
///
/// Data are any files: results, source tracks, both. The crates that fairtracks_import and fairtracks_follow made of them
/// are found by content; their stories become one: every step with tool, version and parameters, the metadata of the source
/// tracks as one FAIRtracks document, and each crate as it was, byte for byte. Besides that the crate gets what people want
/// to copy and sort: tables of source tracks and steps, a paragraph for the methods section, CITATION.cff, and a page with
/// the lineage as a picture.
///
/// The data are in the crate as tracks/NAME.ext and results/NAME.ext, verified while they are packed. Crates that have
/// nothing to do with the data are left out, data that no crate tells of are packed all the same; the report says so.
///
/// Exit status: 0 done, whatever was found; 1 could not, or with `--strict` no crate describes one of the data or
/// a crate cannot be read; 2 wrong
/// usage.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct PackageArguments {
    /// Data, files or folders of files
    #[arg(required = true, value_name = "DATA")]
    pub data: Vec<PathBuf>,

    #[command(flatten)]
    pub given: DatasetOptions,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// What the crate is called
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// What it is about, in some sentences
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,

    /// Who made it, name and ORCID, such as \"Josiah Carberry; 0000-0002-1825-0097\"; again for each further person
    #[arg(long, value_name = "NAME; ORCID")]
    pub creator: Vec<String>,

    /// Name of the organisation that publishes it
    #[arg(long, value_name = "NAME")]
    pub organisation_name: Option<String>,

    /// ROR id of the organisation
    #[arg(long, value_name = "ROR")]
    pub organisation_ror: Option<String>,

    /// Licence of the data, an SPDX identifier such as CC-BY-4.0 or an address [default: what the crates agree on]
    #[arg(long, value_name = "LICENCE")]
    pub licence: Option<String>,

    /// Words to find it by, with commas between them
    #[arg(long, value_name = "WORDS")]
    pub keywords: Option<String>,

    /// Who paid for it, a name and where there is one the ROR id or an address, such as \"Research Council of Norway;
    /// 00epmv149\"; again for each further one
    #[arg(long, value_name = "NAME; ROR")]
    pub funding: Vec<String>,

    /// Whether the data go into the crate, or it only tells of them by their content and addresses
    #[arg(long, value_enum, default_value = "include")]
    pub payload: PayloadChoice,

    /// Make a BagIt bag (RFC 8493) that carries the crate, for archives that ask for bags
    #[arg(long)]
    pub bagit: bool,

    /// Fail if no crate describes one of the data or a crate cannot be read; the outputs are written all the same
    #[arg(long)]
    pub strict: bool,

    /// The crate (zip)
    #[arg(long, value_name = "FILE")]
    pub output_crate: PathBuf,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the lineage as a picture (PNG)
    #[arg(long, value_name = "FILE")]
    pub output_picture: Option<PathBuf>,

    /// Write the table of source tracks (tab-separated)
    #[arg(long, value_name = "FILE")]
    pub output_tracks: Option<PathBuf>,

    /// Write the table of steps (tab-separated)
    #[arg(long, value_name = "FILE")]
    pub output_steps: Option<PathBuf>,

    /// Write what Galaxy is to know about the outputs (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    /// Time to write into the crate, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

impl PackageArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let all = self.data.iter().chain(&self.form).map(PathBuf::as_path);
        all.chain(self.given.inputs()).collect()
    }
}

/// What becomes of the data.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PayloadChoice {
    /// They are in the crate
    Include,
    /// The crate tells of them
    Reference,
}
