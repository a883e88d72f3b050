//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use crate::cli::ontologies::OntologyArguments;
use crate::cli::output_name_options::OutputNameOptions;
use crate::cli::{self, Failure};
use crate::fairtracks::search_source::{SearchSource, ServerHub};
use crate::query::search_question::SearchQuestion;
use crate::query::words::{WordCondition, WordConditions, WordPlace, conditions_file};
use crate::tools::search::columns::HitColumns;
use crate::tools::search::form::{self, SearchRequest};
use crate::vocabulary::WordSequence;
use clap::{ArgGroup, Args, Parser};

/// Find genomic tracks by their metadata, in a FAIRtracks document or on a TrackFind server
///
/// The query is a condition over the categories tracks, experiments, samples, studies, collection_info and doc_info, in
/// the query language of TrackFind, for example
///
///   samples.content->'sample_type'->>'summary' ILIKE '%monocyte%' AND tracks.content->'assembly_name' ? 'hg38'
///
/// A track is joined with its experiment, and the experiment with its sample and study. A track that lacks one of them is
/// not found; for a document, such tracks are counted and named.
///
/// The result is a FAIRtracks document with the tracks found and their experiments, samples and studies, a table with one
/// line per track, a report, and a GSuite file. Several documents are searched one after the other: the table and the report
/// cover all of them, and each has a document of hits of its own. A search without hits is not an error: the exit status is 0,
/// and a message names the clause that left no track. Without an output option, the table is printed.
///
/// Case folding and character classes are those of PostgreSQL in the locale C.UTF-8: ILIKE, ~*, lower() and the
/// conditions of a form match É with é, character by character, so ß does not match ss; \w, \m and [[:alpha:]] include all
/// letters. A server in the locale C folds only a to z and does not treat é as a letter; a server with a language-specific
/// locale may fold single letters differently (such as the Turkish i) and order texts differently.
///
/// The document and the GSuite file keep URLs unchanged, including credentials, because fairtracks_import needs them. The
/// table, the messages and the provenance in the document contain no credentials.
///
/// A server is queried over the network. It runs one search at a time; a waiting search reports so after ten seconds and
/// stops 300 seconds after its start, unless the site sets `server_seconds`. The environment variable FAIRTRACKS_CONFIG
/// names the file with the site settings (proxy, mirrors, limits).
///
/// Exit status: 0 success, 1 failure, 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
#[command(group = ArgGroup::new("source").args(["document", "server", "form"]).required(true).multiple(true))]
pub struct SearchArguments {
    /// FAIRtracks v1 documents (JSON) to search; `-` reads a single one from standard input
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub document: Vec<PathBuf>,

    /// File with the display names of the documents (a JSON list), one per document in the same order, for messages, the
    /// table and the report
    #[arg(long, value_name = "FILE", requires = "document")]
    pub names: Option<PathBuf>,

    /// TrackFind server to search instead of a document, such as https://trackfind.elixir.no
    #[arg(long, value_name = "URL", conflicts_with = "document", requires_all = ["repository", "hub"])]
    server: Option<String>,

    /// Repository of the server, such as Blueprint
    #[arg(
        long,
        value_name = "NAME",
        requires = "server",
        conflicts_with = "document"
    )]
    repository: Option<String>,

    /// Hub of the repository
    #[arg(
        long,
        value_name = "NAME",
        requires = "server",
        conflicts_with = "document"
    )]
    hub: Option<String>,

    #[command(flatten)]
    question: QuestionArguments,

    #[command(flatten)]
    pub ontologies: OntologyArguments,

    /// Fill in missing labels, names and summaries before the search, as in the augmentation of the standard, from
    /// built-in tables and from the document itself. Existing values are kept; the values filled in are reported and
    /// stored in the document of hits. For a server they are filled in after the search, since a server searches the
    /// values it stores
    #[arg(long)]
    pub augment: bool,

    /// Categories to search, including tracks; only references between them are joined [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub categories: Vec<String>,

    /// Also find tracks without an experiment, sample or study; conditions on missing objects are unknown. Not for
    /// a server: use --categories tracks there
    #[arg(long)]
    pub incomplete: bool,

    /// Print the parsed query and the number of tracks each clause matches instead of the table; for a server, the
    /// request
    #[arg(long)]
    pub explain: bool,

    /// Columns of the table behind the first ten: `all` other attributes, or paths separated by commas, such as
    /// samples->species_name,tracks->checksum->cs_method [default: none]
    #[arg(long, value_name = "all|PATHS")]
    columns: Option<String>,

    /// Write the tracks found with their experiments, samples and studies as a FAIRtracks document
    #[arg(long, value_name = "FILE")]
    pub output_document: Option<PathBuf>,

    /// Write the tracks found in each document as a FAIRtracks document of its own into a folder; the table then has the
    /// column `document`
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["output_document", "server"])]
    pub output_documents: Option<PathBuf>,

    /// Write a tab-separated table with a header line and one line per track
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write a GSuite file, the track list of the GSuite HyperBrowser
    #[arg(long, value_name = "FILE")]
    pub output_gsuite: Option<PathBuf>,

    /// Write the Galaxy metadata of the outputs (`galaxy.json`): columns, names, genome builds
    #[arg(long, value_name = "FILE", requires = "output_table")]
    pub galaxy_metadata: Option<PathBuf>,

    #[command(flatten)]
    pub output_names: OutputNameOptions,

    /// Timestamp of the document, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

/// The options with exact questions.
const EXACT: [&str; 4] = ["query", "query_file", "conditions", "form"];

#[derive(Args)]
#[group(required = true, multiple = true)]
struct QuestionArguments {
    /// Condition in words, such as assay=DNase-seq, cell="B cell" or assembly=GRCh38; may be repeated. Names are assay, target,
    /// cell, tissue, phenotype, species, assembly, format, data, class, study, label, anywhere, or a path such as
    /// samples->sample_type->summary. Words are compared as whole words in order, ignoring case, hyphens and the plural, with
    /// synonyms and narrower terms: "T cell" finds "CD4-positive, alpha-beta T cell" and not "mast cell". Conditions of one
    /// name are alternatives, all others must hold together; NAME!=WORDS excludes
    #[arg(long = "where", value_name = "NAME=WORDS", conflicts_with_all = EXACT)]
    wheres: Vec<String>,

    /// Free text, such as "monocyte DNase hg38 narrow peaks". The message explains the conditions that it is understood as;
    /// the document of hits contains them
    #[arg(long, value_name = "TEXT", conflicts_with_all = EXACT)]
    find: Option<String>,

    /// The query
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["query_file", "conditions", "form"])]
    query: Option<String>,

    /// File with the query
    #[arg(long, value_name = "FILE", conflicts_with_all = ["conditions", "form"])]
    query_file: Option<PathBuf>,

    /// File with conditions: {"version": 1, "join": "and", "conditions": [{"category": "samples", "path": ["sample_type",
    /// "summary"], "operator": "is", "values": ["K562"]}]}; operators are is, is_not, any_of, contains, starts_with,
    /// matches, exists, missing. A value may be copied from a table: `\\`, `\t`, `\n` and `\r` also match what they stand
    /// for there. Version 2 also has words: {"about": ["assay"], "operator": "contains_words", "values": ["DNase-seq"]}, or a
    /// category and a path instead of `about`, and contains_no_words
    #[arg(long, value_name = "FILE", conflicts_with = "form")]
    conditions: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON), which may include the server
    #[arg(long, value_name = "FILE")]
    form: Option<PathBuf>,
}

impl SearchArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let question = &self.question;
        let all = self.document.iter().chain(&question.query_file);
        let all = all.chain(&question.conditions).chain(&question.form);
        let all = all.chain(&self.names).chain(self.output_names.input());
        let all = all.chain(&self.ontologies.files);
        all.map(PathBuf::as_path).collect()
    }

    /// Whether a file is to be written, instead of the table on standard output.
    pub fn is_any_output_wanted(&self) -> bool {
        let outputs = [
            &self.output_document,
            &self.output_documents,
            &self.output_table,
            &self.output_report,
            &self.output_gsuite,
        ];
        outputs.into_iter().any(Option::is_some)
    }

    /// Whether the answer covers a list of documents, each with a document of hits of its own.
    pub fn is_list(&self) -> bool {
        self.document.len() > 1 || self.output_documents.is_some()
    }

    /// Refuses one document of hits for several documents.
    pub fn refuse_wrong_outputs(&self) -> Result<(), Failure> {
        if self.document.len() < 2 || self.output_document.is_none() {
            return Ok(());
        }
        let count = self.document.len();
        let problem =
            format!("found {count} documents, expected one: use --output-documents FOLDER");
        Err(Failure::usage("--output-document", problem))
    }

    /// Refuses a list of documents of hits for a server.
    pub fn refuse_documents_of_server(&self) -> Result<(), Failure> {
        if self.output_documents.is_none() {
            return Ok(());
        }
        let problem = "found a TrackFind server, expected documents: use --output-document FILE";
        Err(Failure::usage("--output-documents", problem))
    }

    /// The question, its source and the columns of the table; the command line takes precedence over the form.
    pub fn asked(&self) -> Result<SearchRequest, Failure> {
        let mut request = self.question.read()?;
        if let Some(url) = &self.server {
            request.source = SearchSource::Server(ServerHub {
                url: url.clone(),
                repository: self.repository.clone().unwrap_or_default(),
                hub: self.hub.clone().unwrap_or_default(),
            });
        } else if !self.document.is_empty() {
            request.source = SearchSource::Document;
        }
        if let Some(columns) = &self.columns {
            let columns = HitColumns::parse(columns);
            request.columns = columns.map_err(|problem| Failure::usage("--columns", problem))?;
        }
        Ok(request)
    }
}

impl QuestionArguments {
    /// The question from the option given, with source and columns if the form names them.
    fn read(&self) -> Result<SearchRequest, Failure> {
        if let Some(path) = &self.form {
            let asked = form::read(&cli::read(path)?);
            return asked.map_err(|error| Failure::at("search form", error));
        }
        Ok(SearchRequest {
            question: self.typed()?,
            source: SearchSource::Document,
            columns: HitColumns::Ten,
        })
    }

    fn typed(&self) -> Result<SearchQuestion, Failure> {
        if self.find.is_some() || !self.wheres.is_empty() {
            return self.words().map(SearchQuestion::Words);
        }
        if let Some(path) = &self.conditions {
            let read = conditions_file::read(&cli::read(path)?);
            return read.map_err(|error| Failure::at(path.display(), error));
        }
        if let Some(path) = &self.query_file {
            let text = String::from_utf8(cli::read(path)?);
            return text
                .map(SearchQuestion::Expression)
                .map_err(|_| Failure::at(path.display(), "found no UTF-8 text, expected a query"));
        }
        Ok(SearchQuestion::Expression(
            self.query.clone().unwrap_or_default(),
        ))
    }

    /// The conditions in words; those of one name are alternatives.
    fn words(&self) -> Result<WordConditions, Failure> {
        let mut conditions: Vec<WordCondition> = Vec::new();
        for text in &self.wheres {
            let one =
                where_condition(text).map_err(|problem| Failure::usage("--where", problem))?;
            let mut others = conditions.iter_mut();
            let same =
                others.find(|known| known.place == one.place && known.is_negated == one.is_negated);
            match same {
                Some(known) => known.values.extend(one.values),
                None => conditions.push(one),
            }
        }
        if let Some(text) = &self.find
            && WordSequence::of(text).is_empty()
        {
            return Err(Failure::usage(
                "--find",
                "found no words, expected some such as \"monocyte DNase hg38\"",
            ));
        }
        Ok(WordConditions {
            conditions,
            find: self.find.clone(),
            ..WordConditions::default()
        })
    }
}

/// Reads `NAME=WORDS` or `NAME!=WORDS`.
fn where_condition(text: &str) -> Result<WordCondition, String> {
    let expected = "expected NAME=WORDS such as assay=DNase-seq";
    let (name, words) = text
        .split_once('=')
        .ok_or_else(|| format!("found `{text}`, {expected}"))?;
    let (name, is_negated) = match name.strip_suffix('!') {
        Some(name) => (name, true),
        None => (name, false),
    };
    if WordSequence::of(words).is_empty() {
        return Err(format!("found no words in `{text}`, {expected}"));
    }
    Ok(WordCondition {
        place: WordPlace::named(name)?,
        values: vec![words.trim().to_owned()],
        is_negated,
    })
}
