//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use crate::cli::credits::CreditArguments;
use crate::cli::dataset_options::DatasetOptions;
use crate::cli::document_options::DocumentOptions;
use crate::cli::lineage_options::LineageOptions;
use clap::Parser;

/// Trace results back to their source tracks, and write a crate with the provenance of each
///
/// A source track is confirmed by content, if the bytes of the result are those of a file that a crate describes, or by
/// lineage, Galaxy's own record of jobs and their datasets. An equal element identifier or name tag only suggests a track;
/// suggestions count with `--accept-identifiers`.
///
/// FAIRtracks documents identify datasets that were not imported: a dataset, or one that the result was derived from, is a
/// track if its bytes, compressed or decompressed, have the checksum that a document gives. The URL that Galaxy recorded
/// identifies it where no checksum can be compared. An id or file name in its name only suggests a track. An identified track
/// gets the same light crate as an imported one.
///
/// Each result gets a light crate, an RO-Crate (1.1, Process Run Crate 0.5) with its SHA-256, every step with tool, version
/// and parameters, the metadata of its source tracks as one FAIRtracks document, and an unchanged copy of the metadata of
/// all crates that describe them. Source tracks on different genome builds are reported first in table and page; a result
/// whose chromosomes or positions contradict its genome build is reported too.
///
/// The crates to search are those of fairtracks_import, of an earlier fairtracks_follow or fairtracks_package, or any other
/// RO-Crate. The SHA-256, SHA-512, SHA-1 or MD5 of a file, or the file in the crate, confirms a track, and the table names
/// the checksum. A file that is not a crate is reported. The lineage is read from one of three sources: the API of a Galaxy
/// server (`--galaxy` and `--dataset`, with the key in the environment variable GALAXY_API_KEY, or `--galaxy-job` in a job of
/// Galaxy), history exports (`--history-export`), or a file of `--output-lineage` (`--lineage`).
///
/// Exit status: 0 success, whatever the findings; 1 failure, or with `--strict` a result without confirmed source tracks, or
/// a crate or document that cannot be read; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct FollowArguments {
    /// Results, files or folders of files
    #[arg(required = true, value_name = "RESULT")]
    pub results: Vec<PathBuf>,

    #[command(flatten)]
    pub given: DatasetOptions,

    #[command(flatten)]
    pub documents: DocumentOptions,

    #[command(flatten)]
    pub lineage: LineageOptions,

    /// Accept tracks with the same element identifier or name tag as sources of a result
    #[arg(long)]
    pub accept_identifiers: bool,

    /// Also output a sample sheet: copies of the results in `sheet/` of the output folder, described in `galaxy.json` with the
    /// metadata of their source tracks in the columns of the sample sheets of fairtracks_import. Cells contain letters,
    /// digits, `_`, `-`, `?` and blanks; other characters become `_`
    #[arg(long, requires = "galaxy_metadata")]
    pub sample_sheet: bool,

    /// Template of the element identifiers in the sample sheet, for example '{cell_or_tissue} {assay} {donor}': titles of its
    /// columns, and `{identifier}`
    #[arg(long, value_name = "TEMPLATE", requires = "sample_sheet")]
    pub label: Option<String>,

    /// Table with a header line (TSV) that fills empty cells of the sample sheet: its titles are those of the sheet, and one
    /// column, `element_identifier` or any other, has the element identifiers of the results
    #[arg(long, value_name = "FILE", requires = "sample_sheet")]
    pub sheet_table: Option<PathBuf>,

    /// File with the display name of that table (a JSON list of one string)
    #[arg(long, value_name = "FILE", requires = "sheet_table")]
    pub sheet_table_name: Option<PathBuf>,

    #[command(flatten)]
    pub credits: CreditArguments,

    /// Folder for the crates (crates/NAME.rocrate.zip), created if missing
    #[arg(long, value_name = "FOLDER")]
    pub output_folder: PathBuf,

    /// Write a tab-separated table, one line per result, the most severe findings first; without this option the table
    /// is printed
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the lineage of all results as a picture (PNG)
    #[arg(long, value_name = "FILE")]
    pub output_picture: Option<PathBuf>,

    /// Write one web page about all crates: sources with links, steps, pictures, findings (HTML)
    #[arg(long, value_name = "FILE")]
    pub output_page: Option<PathBuf>,

    /// Write the lineage that was used (JSON)
    #[arg(long, value_name = "FILE")]
    pub output_lineage: Option<PathBuf>,

    /// Write the Galaxy metadata of the outputs (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// Fail if a result has no confirmed source tracks, or a crate or document cannot be read; the outputs are still written
    #[arg(long)]
    pub strict: bool,

    /// Timestamp of the crates, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

impl FollowArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let own = self.results.iter().chain(&self.form);
        let own = own.chain(&self.sheet_table).chain(&self.sheet_table_name);
        let all = own.map(PathBuf::as_path).chain(self.lineage.inputs());
        let all = all.chain(self.given.inputs());
        all.chain(self.documents.inputs()).collect()
    }
}
