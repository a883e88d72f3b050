//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use crate::cli::credits::CreditArguments;
use crate::cli::output_name_options::OutputNameOptions;
use crate::galaxy::datatype::Peaks;
use crate::tools::import::plan::{Choices, NameParts};
use clap::{Parser, ValueEnum};

/// Import genomic tracks: download the files, verify them, and write a crate with the metadata of each
///
/// Sources are FAIRtracks documents, such as the result of fairtracks_search, GSuite files, and RO-Crates; files in a crate
/// are extracted, other files are downloaded from the URLs in the crate. A list of URLs, such as ENCODE's files.txt, or a
/// tab-separated table with a header line and one column of URLs also works; the metadata of such tracks are limited to the
/// table.
///
/// Each file is downloaded (http, https, ftp), verified against the provider's checksum, and stored under its name with the
/// matching Galaxy datatype and genome build; gzip-compressed text is decompressed. The content is compared with the
/// declared format: a file of another known format gets the detected datatype and a remark; a web page, an error message,
/// or a damaged or truncated file fails. Chromosome names, lengths and positions in the file are compared with its assembly:
/// a contradiction is a remark, and the file is kept. For each track the tool writes a light crate, an RO-Crate (1.1, Process Run Crate
/// 0.5) with the FAIRtracks document of the track, its source, the checks made, and the search that found it.
///
/// The output folder contains `tracks/` and `crates/`. A track that fails does not stop the others: the table of outcomes
/// gives the reasons, failures first. A full disk stops the job, and nothing is kept.
///
/// Credentials in URLs are used for the download and removed from all outputs: crates, tables, reports, messages, and the
/// texts of documents in crates.
///
/// The environment variable FAIRTRACKS_CONFIG names the file with the site settings: mirrors, limits and reachable hosts.
///
/// Exit status: 0 success, at least one track was imported; 1 failure, or with `--strict` a track is missing or a source
/// cannot be read; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct ImportArguments {
    /// FAIRtracks documents (JSON), GSuite files, lists or tables of URLs, or RO-Crates (zip)
    #[arg(required = true, value_name = "FILE")]
    pub sources: Vec<PathBuf>,

    /// Folder for tracks and crates, created if missing
    #[arg(long, value_name = "FOLDER")]
    pub output_folder: PathBuf,

    /// Import only the tracks in this table: a table of hits, filtered by any tool, or a list of ids. With a header line
    /// the column local_id is read, otherwise the only column in which every value is the id of a track
    #[arg(long, value_name = "FILE", conflicts_with = "choose_ids")]
    pub choose_table: Option<PathBuf>,

    /// Import only the tracks with these ids
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub choose_ids: Vec<String>,

    /// Source of the element identifiers: the local_id or the label of the track; characters outside A-Z a-z 0-9 . _ : +
    /// - become _
    #[arg(long, value_enum, default_value_t)]
    pub identifiers: Identifiers,

    /// Galaxy datatype of narrow, broad and gapped peaks
    #[arg(long, value_enum, default_value_t)]
    pub peaks: PeakDatatype,

    /// Add a name tag to each track: its id without the prefix, such as name:BLD000001. Galaxy adds the tag to all datasets
    /// derived from the track
    #[arg(long)]
    pub tags: bool,

    /// Also output a sample sheet, a collection of the tracks with their metadata as columns
    #[arg(long, conflicts_with = "register_only")]
    pub sample_sheet: bool,

    /// Table of outcomes of an earlier import of the same tracks: tracks that it imported, and whose dataset and crate are
    /// unchanged, are taken from it; all others are imported. Requires --earlier-tracks and --earlier-crates
    #[arg(long, value_name = "FILE", conflicts_with = "register_only")]
    pub earlier_table: Option<PathBuf>,

    /// Tracks of the earlier import, files or folders of files
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub earlier_tracks: Vec<PathBuf>,

    /// Crates of the earlier import (zip), files or folders of files
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub earlier_crates: Vec<PathBuf>,

    /// Register the URLs in Galaxy without a download. gzip-compressed text is skipped, since it must be decompressed
    /// first
    #[arg(long)]
    pub register_only: bool,

    #[command(flatten)]
    pub credits: CreditArguments,

    /// Write a tab-separated table, one line per track, failures first; without this option the table is printed
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write a picture of the import, from the files of the providers to the tracks (PNG)
    #[arg(long, value_name = "FILE")]
    pub output_picture: Option<PathBuf>,

    /// Write one web page about all crates: what each track is, links to its file, checks, steps (HTML)
    #[arg(long, value_name = "FILE")]
    pub output_page: Option<PathBuf>,

    /// Write the Galaxy metadata of the outputs (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    #[command(flatten)]
    pub output_names: OutputNameOptions,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// File with the display names of the inputs: a JSON list of strings, one for each source, or an object with the lists
    /// sources, earlier_tracks and earlier_crates and the strings choose_table and earlier_table
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,

    /// Fail if a track is missing or empty, or a source cannot be read; the outputs are still written
    #[arg(long)]
    pub strict: bool,

    /// Timestamp of the crates, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
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
        let earlier = self.earlier_table.iter().chain(&self.earlier_tracks);
        let earlier = earlier.chain(&self.earlier_crates);
        let all = sources.chain(earlier).chain(&self.form).chain(&self.names);
        let all = all.chain(self.output_names.input());
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
            has_name_tags: self.tags,
        }
    }
}
