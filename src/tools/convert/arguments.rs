//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Parser, ValueEnum};

use crate::cli::Failure;
use crate::conversion::metadata_source::MetadataSource;

/// Convert metadata of other sources to a FAIRtracks document: tables, own files, track hubs, answers of portals
///
/// Tables (CSV, TSV, XLSX, records in JSON, tables that Omnipy exports, or a SQLite database) are one wide table with one row per
/// track, or one table for each kind of object: files, sheets of a workbook or tables of a database, with the names tracks,
/// experiments, samples, studies and collection. Titles are the paths of FAIRtracks, such as
/// samples.sample_type.cell_type, or common words, such as `cell type`; upper and lower case, blanks and punctuation do not matter.
/// `--template` writes a blank table. `--source` selects another kind of source. `--to` writes a document as tables; together, these
/// tables are read as they are and give the same document, but for doc_version, doc_date and converted_from.
///
/// `--files` adds files of your own. Checksum, format and assembly are read from their bytes. Rows of a table of tracks describe them
/// by their names (titles file, file_name or file_url), with or without folder and .gz, or by their checksums. Without such a table
/// each file is a track. A file without a URL gets the name of its bytes (ni:///sha-256;…) until `--base-url` or `--edits` gives one.
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
/// is printed. The tool invents nothing: what a source lacks comes from `--set` or is reported as missing. It works offline, except
/// with `--url`, `--query`, `--resolve-drs` and `--checksums fetch`. Then it sends at most 10 requests per second to a host, asks
/// for all pages of an answer, and refuses private addresses. A search without results gives a document without objects.
///
/// Exit status: 0 success, also with missing values; 1 failure, or with `--strict` a missing value; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct ConvertArguments {
    /// Files of the source. Tables: CSV or TSV in UTF-8, XLSX, JSON or SQLite, or a folder or a zip file of these; the name of a file,
    /// sheet or table determines the objects in it. Hub: its files, a folder or a zip file of them
    #[arg(value_name = "FILE")]
    pub tables: Vec<PathBuf>,

    /// File with the display names of the tables (a JSON list), one per table in the same order
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,

    /// Kind of the source
    #[arg(long, value_enum, value_name = "KIND", default_value_t = MetadataSource::Table)]
    pub source: MetadataSource,

    /// Track files of your own, or folders of them; tables beside them are optional
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub files: Vec<PathBuf>,

    /// File with the Galaxy metadata of each track file, in the same order: a JSON list of objects with element_identifier,
    /// name, extension and dbkey
    #[arg(long, value_name = "FILE", requires = "files")]
    pub described: Option<PathBuf>,

    /// URL of the folder where the track files are published, such as https://tracks.example.org/deposit/
    #[arg(long, value_name = "URL", requires = "files")]
    pub base_url: Option<String>,

    /// URL of the source; without files it is downloaded: the hub.txt of a hub, a search of ENCODE with its experiments, a search
    /// of another portal with all pages, or a server or a table of Data Connect. With the files of a hub, relative URLs of tracks
    /// are resolved against it. With `--query`, the URL of the service to search
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Text to search for, in place of a URL: words for the Track Hub Registry (`--source hub`) and FAANG, an accession such as
    /// PRJEB6370 for ENA, a project such as TCGA-BRCA for GDC
    #[arg(long, value_name = "TEXT")]
    pub query: Option<String>,

    /// Replace `drs://` URIs in columns of URLs by the URL and the checksum that their servers have
    #[arg(long)]
    pub resolve_drs: bool,

    /// Missing checksums: `report` them, or `fetch` each file to compute its SHA-256; the files are not stored
    #[arg(long, value_enum, value_name = "WAY", default_value_t = MissingChecksums::Report)]
    pub checksums: MissingChecksums,

    /// Rules (TOML) in place of the built-in ones
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,

    /// Ontology in OBO format or as an OBO graph in JSON, whose terms are found by label and exact synonym after those of the tables;
    /// may be repeated. A site can name its own with `ontologies`
    #[arg(long, value_name = "FILE")]
    pub ontology: Vec<PathBuf>,

    /// File with the display names of the ontologies (a JSON list), one per ontology in the same order
    #[arg(long, value_name = "FILE", requires = "ontology")]
    pub ontology_names: Option<PathBuf>,

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

    /// Write a blank table with the titles to fill in: TSV, with the ending `.csv` CSV, or with the ending `.xlsx` a workbook with
    /// drop-downs and notes
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

/// What to do about tracks without a checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MissingChecksums {
    /// A row of the table
    Report,
    /// Download each file, and compute its SHA-256
    Fetch,
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

impl ValueEnum for MetadataSource {
    fn value_variants<'a>() -> &'a [Self] {
        &MetadataSource::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.meaning()))
    }
}

impl ConvertArguments {
    /// The kind of the source: tables beside own files have rules of their own.
    ///
    /// # Errors
    /// Own files beside another source, or none where they are the source.
    pub fn kind(&self) -> Result<MetadataSource, Failure> {
        let is_table = matches!(self.source, MetadataSource::Table | MetadataSource::Own);
        let is_own = self.source == MetadataSource::Own;
        match self.files.is_empty() {
            false if is_table => Ok(MetadataSource::Own),
            false => Err(Failure::usage(
                "--files",
                "found track files beside another source, expected tables or no other source: leave out `--source`",
            )),
            true if is_own && self.template.is_none() => Err(Failure::usage(
                "--files",
                "found no track file, expected at least one with `--source own`",
            )),
            true => Ok(self.source),
        }
    }

    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let options = [
            &self.names,
            &self.ontology_names,
            &self.rules,
            &self.edits,
            &self.form,
            &self.described,
        ];
        let options = options.into_iter().flatten();
        let terms = self.terms.iter().filter_map(|text| text.split_once('='));
        let terms = terms.map(|(_, file)| Path::new(file));
        let files = self.tables.iter().chain(&self.files).chain(&self.ontology);
        let files = files.chain(options);
        let files = files.map(PathBuf::as_path);
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
