//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};

use crate::cli::Failure;
use crate::conversion::metadata_source::MetadataSource;

/// Convert metadata of other sources to a FAIRtracks document: tables, track hubs, answers of portals
///
/// Tables (CSV, TSV or XLSX) are one wide table with one row per track, or one table for each kind of object: files, or sheets of a
/// workbook, with the names tracks, experiments, samples, studies and collection. Titles are the paths of FAIRtracks, such as
/// samples.sample_type.cell_type, or common words, such as `cell type`; upper and lower case, blanks and punctuation do not matter.
/// `--template` writes a blank table. `--source` selects another kind of source. `--to` writes a document as tables; together, these
/// tables are read as they are and give the same document, but for doc_version, doc_date and converted_from.
///
/// A track hub is hub.txt with the files that it refers to. Tracks inherit the settings of their composites and views; metadata come
/// from `metadata`, the table of `metaTab`, the table of a faceted composite and `subGroups`, in this order.
///
/// Rules (TOML) define the meaning of titles and the types of values. Terms are found by id, label or synonym in built-in tables,
/// and never guessed. Species, assemblies, file formats and checksums are recognised in common spellings.
///
/// In a wide table, objects of several rows are one if they have the same id. Without ids each track has an experiment and a
/// sample of its own.
///
/// The outputs are a FAIRtracks v1.0.2 document, which contains its source and the rules in `converted_from`; a table with
/// one line for each value that is missing, was not taken over or was changed; and a report. Without an output option, the table
/// is printed. The tool invents nothing: what a source lacks comes from `--set` or is reported as missing. Without `--url` it works
/// offline.
///
/// Exit status: 0 success, also with missing values; 1 failure, or with `--strict` a missing value; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct ConvertArguments {
    /// Files of the source. Tables: CSV or TSV in UTF-8, or XLSX; the name of a file or sheet tells the objects in it. Hub: its
    /// files, a folder or a zip file of them
    #[arg(required_unless_present_any = ["template", "url", "form"], value_name = "FILE")]
    pub tables: Vec<PathBuf>,

    /// File with the display names of the tables (a JSON list), one per table in the same order
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,

    /// Kind of the source
    #[arg(long, value_enum, value_name = "KIND", default_value_t = SourceOption::Table)]
    pub source: SourceOption,

    /// URL of the source; without files it is downloaded: the hub.txt of a hub, or a search of ENCODE with its experiments. With
    /// the files of a hub, relative URLs of tracks are resolved against it
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Rules (TOML) in place of the built-in ones
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,

    /// Table of terms (id, label and synonyms, separated by tabs; `|` between synonyms) to add to a built-in table such as
    /// cell_types, or under a new name for rules
    #[arg(long, value_name = "TABLE=FILE")]
    pub terms: Vec<String>,

    /// Value for all records without one, such as `tracks.assembly_name=hg38` or `collection_info.short_name=My tracks`
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,

    /// Table of edits with the titles record, field, value and, if wanted, old_value, applied after the mapping
    #[arg(long, value_name = "FILE")]
    pub edits: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// Write a blank table with the titles to fill in: TSV, or with the ending `.xlsx` a workbook with drop-downs and notes
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,

    /// Write the tables of a document, one for each kind of object, in place of a conversion. FILE is the document (JSON)
    #[arg(long, value_enum, value_name = "FORM", requires = "output_tables")]
    pub to: Option<TableForm>,

    /// Place of the tables that `--to` writes: a workbook, or a new folder of files
    #[arg(long, value_name = "PATH", requires = "to")]
    pub output_tables: Option<PathBuf>,

    /// Show how the rules read the titles of the source, in place of a conversion: on standard output, or in `--output-table`
    #[arg(long)]
    pub dry_run: bool,

    /// Write the FAIRtracks document (JSON)
    #[arg(long, value_name = "FILE")]
    pub output_document: Option<PathBuf>,

    /// Write the table of missing, refused and changed values, with a header line
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the Galaxy metadata of the table's columns (`galaxy.json`)
    #[arg(long, value_name = "FILE", requires = "output_table")]
    pub galaxy_metadata: Option<PathBuf>,

    /// Date of the document, for example 2026-01-31; default: SOURCE_DATE_EPOCH, or the current time
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,

    /// Fail if the document breaks a rule of FAIRtracks; the outputs are still written
    #[arg(long)]
    pub strict: bool,
}

/// A form of the tables of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableForm {
    /// A workbook with a sheet for each table
    Xlsx,
    /// A folder with a CSV file for each table
    Csv,
    /// A folder with a JSON file for each table in first normal form, as Omnipy's `flatten_nested_json` gives them
    Omnipy,
}

/// A kind of source as an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourceOption {
    /// Tables of metadata
    Table,
    /// Track hub of the UCSC Genome Browser
    Hub,
    /// Data Hub of IHEC (JSON), and records of EpiRR beside it
    Ihec,
    /// Index of the files of BLUEPRINT (data.index)
    Blueprint,
    /// Answers of the search of ENCODE (JSON)
    Encode,
    /// Reports of the European Nucleotide Archive (TSV or JSON), and its records in XML beside them
    Ena,
    /// Answers of the data portal of FAANG (JSON)
    Faang,
    /// Answers of the Genomic Data Commons on files (JSON or TSV)
    Gdc,
    /// Table of the locations of the files of ICGC (TSV)
    Icgc,
    /// Items of a SEEK (JSON:API): data files, assays, studies, samples
    Seek,
    /// Tables of EPICO (JSON), and a table of tracks beside them
    Epico,
    /// Investigations in ISA-JSON
    Isa,
    /// Family files of GEO (SOFT or MINiML)
    Geo,
}

impl SourceOption {
    /// The kind.
    pub fn kind(self) -> MetadataSource {
        match self {
            SourceOption::Table => MetadataSource::Table,
            SourceOption::Hub => MetadataSource::Hub,
            SourceOption::Ihec => MetadataSource::Ihec,
            SourceOption::Blueprint => MetadataSource::Blueprint,
            SourceOption::Encode => MetadataSource::Encode,
            SourceOption::Ena => MetadataSource::Ena,
            SourceOption::Faang => MetadataSource::Faang,
            SourceOption::Gdc => MetadataSource::Gdc,
            SourceOption::Icgc => MetadataSource::Icgc,
            SourceOption::Seek => MetadataSource::Seek,
            SourceOption::Epico => MetadataSource::Epico,
            SourceOption::Isa => MetadataSource::Isa,
            SourceOption::Geo => MetadataSource::Geo,
        }
    }
}

impl ConvertArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let options = [&self.names, &self.rules, &self.edits, &self.form];
        let options = options.into_iter().flatten();
        let terms = self.terms.iter().filter_map(|text| text.split_once('='));
        let terms = terms.map(|(_, file)| Path::new(file));
        let files = self.tables.iter().chain(options).map(PathBuf::as_path);
        files.chain(terms).collect()
    }

    /// Whether an output is wanted that tables alone give.
    pub fn has_outputs_of_tables(&self) -> bool {
        let outputs = [
            &self.output_document,
            &self.output_table,
            &self.output_report,
        ];
        outputs.iter().any(|output| output.is_some())
    }

    /// The fields and values of `--set`.
    ///
    /// # Errors
    /// A text without `=`.
    pub fn values(&self) -> Result<Vec<(String, String)>, Failure> {
        let expected = "a field, `=` and a value, such as tracks.assembly_name=hg38";
        pairs("--set", &self.set, expected)
    }

    /// The names and files of `--terms`.
    ///
    /// # Errors
    /// A text without `=`.
    pub fn term_files(&self) -> Result<Vec<(String, String)>, Failure> {
        let expected = "a table, `=` and a file, such as cell_types=my_cells.tsv";
        pairs("--terms", &self.terms, expected)
    }
}

/// Texts on both sides of `=`.
fn pairs(option: &str, texts: &[String], expected: &str) -> Result<Vec<(String, String)>, Failure> {
    let pairs = texts.iter().map(|text| {
        let pair = text.split_once('=');
        let pair = pair.filter(|(name, _)| !name.trim().is_empty());
        let (name, value) = pair.ok_or_else(|| {
            Failure::usage(option, format!("found `{text}`, expected {expected}"))
        })?;
        Ok((name.trim().to_owned(), value.trim().to_owned()))
    });
    pairs.collect()
}
