//! `fairtracks_search`: find genomic tracks by their metadata.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser};
use fairtracks::cli::{self, Failure, Outputs};
use fairtracks::format::{
    conditions_json, fairtracks_json, galaxy_form, galaxy_metadata, gsuite, hits_table,
};
use fairtracks::model::augment::{Given, augment, unlabelled};
use fairtracks::model::condition::Question;
use fairtracks::model::hits_document::{Provenance, hits_document};
use fairtracks::model::signature::sha256_hex;
use fairtracks::query::compile::compile;
use fairtracks::query::{Hub, Query};
use fairtracks::search::message::{augmentation, message};
use fairtracks::search::search;

/// Find genomic tracks in a FAIRtracks document by their metadata
///
/// The question is a condition over the categories tracks, experiments, samples, studies, collection_info and
/// doc_info, in the query language of TrackFind, for example
///
///   samples.content->'sample_type'->>'summary' ILIKE '%monocyte%' AND tracks.content->'assembly_name' ? 'hg38'
///
/// A track is looked at together with its experiment, and that with its sample and study. A track without one of
/// them cannot be found; such tracks are counted and named.
///
/// The answer comes in three forms: a FAIRtracks document with the tracks found and all that belongs to them, a
/// table with one line a track, and a GSuite file. No track found is an answer too: the exit status is 0 and a
/// message says which clause left nothing. Without an output option the table is printed.
///
/// Exit status: 0 done, 1 could not, 2 wrong usage.
#[derive(Parser)]
#[command(name = env!("CARGO_BIN_NAME"), version, max_term_width = 100)]
struct Arguments {
    /// FAIRtracks v1 document (JSON) to search; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    document: PathBuf,

    #[command(flatten)]
    question: QuestionArguments,

    /// Fill in labels, names and summaries that the document lacks before it is searched, as the standard's
    /// augmentation does, from built-in tables and from the document itself; given values stay, and what was
    /// filled in is told and stands in the document of hits
    #[arg(long)]
    augment: bool,

    /// Write the tracks found with their experiments, samples and studies as a FAIRtracks document
    #[arg(long, value_name = "FILE")]
    output_document: Option<PathBuf>,

    /// Write a tab-separated table, one line a track, titles in the first line
    #[arg(long, value_name = "FILE")]
    output_table: Option<PathBuf>,

    /// Write a GSuite file, the track list of the GSuite HyperBrowser
    #[arg(long, value_name = "FILE")]
    output_gsuite: Option<PathBuf>,

    /// Write what Galaxy is to know about the table's columns (`galaxy.json`)
    #[arg(long, value_name = "FILE", requires = "output_table")]
    galaxy_metadata: Option<PathBuf>,

    /// Time to write into the document, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    date: Option<String>,
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
    /// any_of, contains, starts_with, matches, exists, missing
    #[arg(long, value_name = "FILE")]
    conditions: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    form: Option<PathBuf>,
}

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

fn main() -> ExitCode {
    cli::run(work)
}

fn work(arguments: Arguments) -> Result<(), Failure> {
    let time = cli::time(arguments.date.as_deref())?;
    let question = arguments.question.read()?;
    let prints_table = [
        &arguments.output_document,
        &arguments.output_table,
        &arguments.output_gsuite,
    ]
    .iter()
    .all(|o| o.is_none());
    let table_path = if prints_table {
        Some(Path::new("/dev/stdout"))
    } else {
        arguments.output_table.as_deref()
    };
    let paths = [
        arguments.output_document.as_deref(),
        table_path,
        arguments.output_gsuite.as_deref(),
        arguments.galaxy_metadata.as_deref(),
    ];
    let outputs = Outputs::open(&paths.into_iter().flatten().collect::<Vec<_>>())?;

    let bytes = cli::read(&arguments.document)?;
    let document = fairtracks_json::read(&bytes)
        .map_err(|error| Failure::at(arguments.document.display(), error))?;
    let (document, filled) = if arguments.augment {
        augment(document, Given::Keep)
    } else {
        (document, Vec::new())
    };
    let categories = Hub::of(&document).categories().to_vec();
    let (text, conditions) = match &question {
        Question::Expression(text) => (text.clone(), None),
        Question::Conditions(conditions) => (
            compile(conditions),
            Some(conditions_json::to_json(conditions)),
        ),
    };
    let query = Query::new(&text, &categories)?;
    let answer = search(&document, &query);

    let table = hits_table::write(&answer.hits);
    let suite = gsuite::write(&answer.hits);
    let found = hits_document(
        &document,
        &answer.positions,
        &Provenance {
            source_sha256: sha256_hex(&bytes),
            query: text,
            conditions,
            augmented: !filled.is_empty(),
            categories,
            time,
            tool: env!("CARGO_BIN_NAME").to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            left_out: answer.left_out.clone(),
        },
    );
    let metadata = galaxy_metadata::table_columns(TABLE_IN_GALAXY, &table.titles);
    let contents = [
        fairtracks_json::write(&found),
        table.text.into_bytes(),
        suite.text.into_bytes(),
        metadata.into_bytes(),
    ];
    let wanted = paths
        .iter()
        .zip(contents)
        .filter(|(path, _)| path.is_some())
        .map(|(_, content)| content);
    outputs.write(&wanted.collect::<Vec<_>>())?;
    let mut told = message(&query, &question, &answer, &suite.left_out);
    if arguments.augment {
        told += &augmentation(&filled, &unlabelled(&document));
    }
    cli::say(told);
    Ok(())
}

impl QuestionArguments {
    /// What is asked, from whichever option was given.
    fn read(&self) -> Result<Question, Failure> {
        if let Some(path) = &self.form {
            return galaxy_form::read(&cli::read(path)?)
                .map_err(|error| Failure::at("search form", error));
        }
        if let Some(path) = &self.conditions {
            let read = conditions_json::read(&cli::read(path)?);
            return read
                .map(Question::Conditions)
                .map_err(|error| Failure::at(path.display(), error));
        }
        if let Some(path) = &self.query_file {
            let text = String::from_utf8(cli::read(path)?);
            return text
                .map(Question::Expression)
                .map_err(|_| Failure::at(path.display(), "found no UTF-8 text, expected a query"));
        }
        Ok(Question::Expression(self.query.clone().unwrap_or_default()))
    }
}
