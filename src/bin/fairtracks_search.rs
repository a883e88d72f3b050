//! `fairtracks_search`: find genomic tracks by their metadata.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser};
use fairtracks::cli::{self, Clock, Failure, Outputs};
use fairtracks::format::fairtracks_json::Spelling;
use fairtracks::format::galaxy_metadata::GalaxyMetadata;
use fairtracks::format::{conditions_json, fairtracks_json, galaxy_form, gsuite, hits_table};
use fairtracks::model::augment::{Given, augment, unlabelled};
use fairtracks::model::category::Category;
use fairtracks::model::condition::Question;
use fairtracks::model::digest::Sha256Sum;
use fairtracks::model::hits_document::{Provenance, hits_document};
use fairtracks::query::Query;
use fairtracks::query::compile::compile;
use fairtracks::query::hub::Join;
use fairtracks::search::message::{NO_SAMPLE, UNLABELLED, augmentation, message};
use fairtracks::search::{Scope, search_within};

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
    /// Categories to look in, tracks among them; only references between them join [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    categories: Vec<String>,

    /// Find tracks without an experiment, sample or study too; conditions on what is missing are unknown
    #[arg(long)]
    incomplete: bool,

    /// Print how the query was understood and what each clause keeps, not the table
    #[arg(long)]
    explain: bool,

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
    let time = Clock::new(arguments.date.as_deref())?.now();
    let question = arguments.question.read()?;
    let scope = arguments.scope()?;
    let paths = [
        arguments.output_document.as_deref(),
        arguments.output_table.as_deref(),
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
    let (text, conditions) = match &question {
        Question::Expression(text) => (text.clone(), None),
        Question::Conditions(asked) => (compile(asked), Some(conditions_json::to_json(asked))),
    };
    let query = Query::new(&text, &scope.names())?;
    let answer = search_within(&document, &query, &scope);

    let table = hits_table::write(&answer.hits);
    let suite = gsuite::write(&answer.hits);
    let mut explanation = message(&query, &question, &answer, &suite.left_out);
    if arguments.augment {
        explanation += &augmentation(&filled, &unlabelled(&document));
    } else if answer.hits.is_empty() && !unlabelled(&document).is_empty() {
        explanation += UNLABELLED;
    }
    if paths.iter().all(Option::is_none) {
        let (printed, said) = if arguments.explain {
            (format!("{explanation}\n"), None)
        } else {
            (table.text, Some(explanation))
        };
        cli::print(printed.as_bytes())?;
        said.into_iter().for_each(cli::say);
        return Ok(());
    }
    let provenance = Provenance {
        source_sha256: Sha256Sum::of(&bytes).hexadecimal(),
        query: text,
        conditions,
        augmented: !filled.is_empty(),
        categories: scope.names(),
        incomplete: arguments.incomplete,
        time,
        tool: env!("CARGO_BIN_NAME").to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        left_out: answer.left_out.clone(),
    };
    let found = hits_document(&document, &answer.positions, &provenance);
    if !answer.hits.is_empty() && found.objects(Category::Samples).is_empty() {
        explanation += NO_SAMPLE;
    }
    let metadata = GalaxyMetadata::default()
        .with_table(TABLE_IN_GALAXY, &table.titles)
        .write();
    let contents = [
        fairtracks_json::write(&found, Spelling::of(&bytes)),
        table.text.into_bytes(),
        suite.text.into_bytes(),
        metadata.into_bytes(),
    ];
    let wanted = paths
        .iter()
        .zip(contents)
        .filter(|(path, _)| path.is_some());
    outputs.write(&wanted.map(|(_, content)| content).collect::<Vec<_>>())?;
    cli::say(explanation);
    Ok(())
}

impl Arguments {
    /// Where to look.
    fn scope(&self) -> Result<Scope, Failure> {
        let join = if self.incomplete {
            Join::Left
        } else {
            Join::Inner
        };
        let all = || {
            Category::ALL
                .map(|category| category.name().to_owned())
                .to_vec()
        };
        let names = if self.categories.is_empty() {
            all()
        } else {
            self.categories.clone()
        };
        Scope::new(&names, join).map_err(|problem| Failure::at("--categories", problem))
    }
}

impl QuestionArguments {
    /// What is asked, from whichever option was given.
    fn read(&self) -> Result<Question, Failure> {
        if let Some(path) = &self.form {
            return galaxy_form::read(&cli::read(path)?)
                .map(|asked| asked.question)
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
