//! The arguments, which are the manual.

use std::path::{Path, PathBuf};

use crate::cli::credits::CreditArguments;
use crate::cli::dataset_options::DatasetOptions;
use clap::Parser;

/// Follow results back to their source tracks: give each a crate that tells where it comes from
///
/// Whatever tools a track has gone through, its metadata find their way to the result by proof: by content, when the
/// bytes of the result are those that a crate tells of, and by lineage, Galaxy's own record of which job made which
/// dataset of what. Element identifiers and name tags only suggest a track; they count with `--accept-identifiers`.
///
/// Each result gets a light crate, an RO-Crate (1.1, Process Run Crate 0.5) with its SHA-256, every step with tool,
/// version and parameters, the metadata of its source tracks as one FAIRtracks document, and all crates that these were
/// told of in, byte for byte. Source tracks of different genome builds are a finding on top of table and page.
///
/// Crates to look in are those of fairtracks_import, of an earlier fairtracks_follow or fairtracks_package, or any other
/// RO-Crate: the SHA-256, SHA-512, SHA-1 or MD5 of a file, or the file in the crate, proves, and the table names the checksum. A
/// file that is no crate is a finding. Lineage comes from one of three: a file that the Galaxy wrapper writes, Galaxy's export of a
/// history, or Galaxy itself by its address, with the key in the environment variable GALAXY_API_KEY.
///
/// Exit status: 0 done, whatever was found; 1 could not, or with `--strict` a result is not proven or a crate cannot be read; 2 wrong usage.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct FollowArguments {
    /// Results, files or folders of files
    #[arg(required = true, value_name = "RESULT")]
    pub results: Vec<PathBuf>,

    #[command(flatten)]
    pub given: DatasetOptions,

    /// Lineage of the results (JSON), as the Galaxy wrapper writes it
    #[arg(long, value_name = "FILE")]
    pub lineage: Option<PathBuf>,

    /// Galaxy's export of a history, of any version of Galaxy, to take the lineage from it: of the one that the results are in, and of those that their
    /// sources were copied from
    #[arg(long, value_name = "ARCHIVE", conflicts_with = "lineage")]
    pub history_export: Vec<PathBuf>,

    /// Address of the Galaxy that the results are in, to ask it for the lineage
    #[arg(long, value_name = "URL", conflicts_with_all = ["lineage", "history_export"])]
    pub galaxy: Option<String>,

    /// Id of a result's dataset in that Galaxy, or with `--history-export` its UUID, given once for each result in their order
    #[arg(long, value_name = "ID", conflicts_with = "described")]
    pub dataset: Vec<String>,

    /// Take a track for a source of a result when their element identifiers or name tags are the same
    #[arg(long)]
    pub accept_identifiers: bool,

    #[command(flatten)]
    pub credits: CreditArguments,

    /// Folder for the crates, made if it is not there: crates/NAME.rocrate.zip
    #[arg(long, value_name = "FOLDER")]
    pub output_folder: PathBuf,

    /// Write a tab-separated table, one line a result, the worst findings first; without it the table is printed
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the lineage that was used (JSON)
    #[arg(long, value_name = "FILE")]
    pub output_lineage: Option<PathBuf>,

    /// Write what Galaxy is to know about the outputs (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// Fail if the source tracks of a result are not proven or a crate cannot be read; the outputs are written all the same
    #[arg(long)]
    pub strict: bool,

    /// Time to write into crates, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

impl FollowArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let results = self.results.iter().chain(&self.history_export);
        let all = results.chain(&self.lineage).chain(&self.form);
        let all = all.map(PathBuf::as_path);
        all.chain(self.given.inputs()).collect()
    }
}
