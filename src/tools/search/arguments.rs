//! What the tool is given, which is its manual.

use std::path::{Path, PathBuf};

use crate::cli::{self, Failure};
use crate::fairtracks::search_source::{SearchSource, ServerHub};
use crate::query::conditions_json;
use crate::query::form_condition::SearchQuestion;
use crate::tools::search::form;
use clap::{Args, Parser};

/// Find genomic tracks by their metadata, in a FAIRtracks document or on a TrackFind server
///
/// The question is a condition over the categories tracks, experiments, samples, studies, collection_info and
/// doc_info, in the query language of TrackFind, for example
///
///   samples.content->'sample_type'->>'summary' ILIKE '%monocyte%' AND tracks.content->'assembly_name' ? 'hg38'
///
/// A track is looked at together with its experiment, and that with its sample and study. A track without one of
/// them cannot be found; in a document such tracks are counted and named.
///
/// The answer comes in three forms: a FAIRtracks document with the tracks found and all that belongs to them, a
/// table with one line a track, and a GSuite file. No track found is an answer too: the exit status is 0 and a
/// message says which clause left nothing. Without an output option the table is printed.
///
/// Upper and lower case, and what a letter is, are those of a PostgreSQL database in the locale C.UTF-8: ILIKE, ~*,
/// lower() and the conditions of a form take É for é, letter by letter, so that ß is not ss; \w, \m and [[:alpha:]] know
/// all letters. A server whose database is in the locale C folds a to z only and takes é for no letter; one in another
/// language's locale may fold single letters otherwise (the i of Turkish) and orders texts by that language.
///
/// The document and the GSuite file keep addresses as they are, credentials included, since fairtracks_import fetches
/// from them; the table, the messages and what the document says of the search have none.
///
/// A server is asked over the internet. It answers one search at a time; a search that waits says so after ten seconds
/// and gives up 300 seconds after it was asked, unless the site sets `server_seconds`. The settings of the site (proxy, mirrors, limits) stand in the file that
/// FAIRTRACKS_CONFIG names.
///
/// Exit status: 0 done, 1 could not, 2 wrong usage.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct SearchArguments {
    /// FAIRtracks v1 document (JSON) to search; `-` reads standard input
    #[arg(long, value_name = "FILE", required_unless_present_any = ["server", "form"])]
    pub document: Option<PathBuf>,

    /// File with the name that the user knows the document by (a JSON list of one text), for messages
    #[arg(long, value_name = "FILE", requires = "document")]
    pub names: Option<PathBuf>,

    /// TrackFind server to search in place of a document, such as https://trackfind.elixir.no
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

    /// Fill in labels, names and summaries that the document lacks before it is searched, as the standard's
    /// augmentation does, from built-in tables and from the document itself; given values stay, and what was
    /// filled in is told and stands in the document of hits. A server searches what it stores, so there they are
    /// filled in after the search
    #[arg(long)]
    pub augment: bool,

    /// Categories to look in, tracks among them; only references between them join [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub categories: Vec<String>,

    /// Find tracks without an experiment, sample or study too; conditions on what is missing are unknown. Not for a
    /// server: there, --categories tracks finds them
    #[arg(long)]
    pub incomplete: bool,

    /// Print how the query was understood and what each clause keeps, not the table; of a server, what it was asked
    #[arg(long)]
    pub explain: bool,

    /// Write the tracks found with their experiments, samples and studies as a FAIRtracks document
    #[arg(long, value_name = "FILE")]
    pub output_document: Option<PathBuf>,

    /// Write a tab-separated table, one line a track, titles in the first line
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a GSuite file, the track list of the GSuite HyperBrowser
    #[arg(long, value_name = "FILE")]
    pub output_gsuite: Option<PathBuf>,

    /// Write what Galaxy is to know about the table's columns (`galaxy.json`)
    #[arg(long, value_name = "FILE", requires = "output_table")]
    pub galaxy_metadata: Option<PathBuf>,

    /// Time to write into the document, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct QuestionArguments {
    /// The query
    #[arg(long, value_name = "TEXT")]
    query: Option<String>,

    /// File with the query
    #[arg(long, value_name = "FILE")]
    query_file: Option<PathBuf>,

    /// File with conditions: {"version": 1, "join": "and", "conditions": [{"category": "samples",
    /// "path": ["sample_type", "summary"], "operator": "is", "values": ["K562"]}]}; operators are is, is_not,
    /// any_of, contains, starts_with, matches, exists, missing. A value may be copied from a table: `\\`, `\t`, `\n`
    /// and `\r` in it also mean what they stand for there
    #[arg(long, value_name = "FILE")]
    conditions: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON), which may name the server
    #[arg(long, value_name = "FILE")]
    form: Option<PathBuf>,
}

impl SearchArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let question = &self.question;
        let all = self.document.iter().chain(&question.query_file);
        let all = all.chain(&question.conditions).chain(&question.form);
        let all = all.chain(&self.names);
        all.map(PathBuf::as_path).collect()
    }

    /// What is asked, and where it is looked for; what the command line says of that goes before what a form says.
    pub fn asked(&self) -> Result<(SearchQuestion, SearchSource), Failure> {
        let (question, named) = self.question.read()?;
        let source = match (&self.server, &self.document) {
            (Some(url), _) => SearchSource::Server(ServerHub {
                url: url.clone(),
                repository: self.repository.clone().unwrap_or_default(),
                hub: self.hub.clone().unwrap_or_default(),
            }),
            (None, Some(_)) => SearchSource::Document,
            (None, None) => named,
        };
        Ok((question, source))
    }
}

impl QuestionArguments {
    /// What is asked, from whichever option was given, and where it is looked for if a form says it.
    fn read(&self) -> Result<(SearchQuestion, SearchSource), Failure> {
        if let Some(path) = &self.form {
            let asked =
                form::read(&cli::read(path)?).map_err(|error| Failure::at("search form", error))?;
            return Ok((asked.question, asked.source));
        }
        Ok((self.typed()?, SearchSource::Document))
    }

    fn typed(&self) -> Result<SearchQuestion, Failure> {
        if let Some(path) = &self.conditions {
            let read = conditions_json::read(&cli::read(path)?);
            return read
                .map(SearchQuestion::Conditions)
                .map_err(|error| Failure::at(path.display(), error));
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
}
