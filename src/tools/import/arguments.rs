//! The arguments, which are the manual.

use std::path::{Path, PathBuf};

use crate::cli::credits::CreditArguments;
use crate::galaxy::datatype::Peaks;
use crate::tools::import::plan::{Choices, NameParts};
use clap::{Parser, ValueEnum};

/// Import genomic tracks: fetch their files, verify them, and give each a crate with its metadata
///
/// The tracks are those of FAIRtracks documents, such as the answer of fairtracks_search, of GSuite files, or of
/// RO-Crates; a crate that holds files gives those, else they are fetched from where it says that they are. Several
/// files are imported one after the other. A list of addresses, such as ENCODE's files.txt, or a tab-separated table
/// with a line of titles and one column of addresses will do; such tracks have no more metadata than it gives.
///
/// Each file is fetched (http, https, ftp), compared with the provider's checksum as served, and stored under its
/// name with the datatype and genome build that Galaxy knows; gzip of a text format is unpacked. Its bytes are compared
/// with the declared format: a file of another known format gets the datatype that it is and a remark; a web page, an
/// error message, or a file that is damaged or cut off fails. Beside each track
/// lies a light crate, an RO-Crate (1.1, Process Run Crate 0.5) with the track's FAIRtracks document, where it came
/// from, what was checked, and how it was found.
///
/// In the output folder are `tracks/` and `crates/`. A track that fails does not stop the others: the table of
/// outcomes says why, failures first. A disk that is full does: nothing is kept of such a job.
///
/// Credentials in addresses are used to fetch, and left out of all that is written: crates, tables, reports, messages,
/// and the texts of documents in crates.
///
/// A site sets mirrors, limits and the hosts that may be reached in the file that FAIRTRACKS_CONFIG names.
///
/// Exit status: 0 done, at least one track came; 1 could not, or with `--strict` a track is missing or a
/// source cannot be read; 2 wrong usage.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct ImportArguments {
    /// FAIRtracks documents (JSON), GSuite files, lists or tables of addresses, or RO-Crates (zip)
    #[arg(required = true, value_name = "FILE")]
    pub sources: Vec<PathBuf>,

    /// Folder for tracks and crates, made if it is not there
    #[arg(long, value_name = "FOLDER")]
    pub output_folder: PathBuf,

    /// Import only the tracks in this table: a table of hits, filtered by any tool, or a list of ids. With a line of
    /// titles the column local_id is taken, else the only column in which every value is the id of a track
    #[arg(long, value_name = "FILE", conflicts_with = "choose_ids")]
    pub choose_table: Option<PathBuf>,

    /// Import only the tracks with these ids
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub choose_ids: Vec<String>,

    /// What element identifiers are made of: the track's local_id or its label; characters outside A-Z a-z 0-9 . _ :
    /// + - become _
    #[arg(long, value_enum, default_value_t)]
    pub identifiers: Identifiers,

    /// Galaxy datatype of narrow, broad and gapped peaks
    #[arg(long, value_enum, default_value_t)]
    pub peaks: PeakDatatype,

    /// Give no name tags (name:ft- and the beginning of the file's SHA-256)
    #[arg(long)]
    pub no_tags: bool,

    /// Give Galaxy the tracks once more as a sample sheet, whose columns are their metadata
    #[arg(long, conflicts_with = "register_only")]
    pub sample_sheet: bool,

    /// Fetch nothing: let Galaxy know where the files are. Text that is packed with gzip is skipped, as it has to be
    /// fetched to be unpacked
    #[arg(long)]
    pub register_only: bool,

    #[command(flatten)]
    pub credits: CreditArguments,

    /// Write a tab-separated table, one line a track, failures first; without it the table is printed
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write what Galaxy is to know about the outputs (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// File with the names that the user knows the sources by (JSON list of texts)
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,

    /// Fail if a track is missing or its file empty, or a source cannot be read; the outputs are written all the same
    #[arg(long)]
    pub strict: bool,

    /// Time to write into crates, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

/// What element identifiers are made of.
#[derive(Clone, Copy, Default, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Identifiers {
    #[default]
    LocalId,
    Label,
}

/// How peaks come into Galaxy.
#[derive(Clone, Copy, Default, ValueEnum)]
#[value(rename_all = "lower")]
pub enum PeakDatatype {
    #[default]
    Bed,
    EncodePeak,
}

impl ImportArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let sources = self.sources.iter().chain(&self.choose_table);
        let all = sources.chain(&self.form).chain(&self.names);
        all.map(PathBuf::as_path).collect()
    }

    /// What the user chose where there is a choice.
    pub fn choices(&self) -> Choices {
        Choices {
            names: match self.identifiers {
                Identifiers::LocalId => NameParts::LocalId,
                Identifiers::Label => NameParts::Label,
            },
            peaks: match self.peaks {
                PeakDatatype::Bed => Peaks::Bed,
                PeakDatatype::EncodePeak => Peaks::EncodePeak,
            },
        }
    }
}
