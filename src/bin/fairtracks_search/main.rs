//! `fairtracks_search`: find genomic tracks by their metadata.

mod arguments;
mod document;
mod server;

use std::path::Path;
use std::process::ExitCode;

use fairtracks::cli::{self, Clock, Failure, Outputs};
use fairtracks::format::fairtracks_json::{self, Spelling};
use fairtracks::format::galaxy_metadata::GalaxyMetadata;
use fairtracks::format::{conditions_json, gsuite, hits_table};
use fairtracks::model::condition::Question;
use fairtracks::model::document::Document;
use fairtracks::model::hit::LeftOut;
use fairtracks::model::hits_document::{Provenance, Searched, hits_document};
use fairtracks::model::source::Source;
use fairtracks::query::compile::compile;
use fairtracks::search::message::lacking;
use fairtracks::text::secrets;
use serde_json::Value as Json;

use arguments::Arguments;

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

/// What is asked.
struct Asked {
    /// As it was asked.
    question: Question,
    /// As a query.
    query: String,
    /// The conditions that the query was made from, in the shape of a conditions file.
    conditions: Option<Json>,
}

/// What a search found, wherever it looked.
struct Found {
    /// The document that holds the tracks found.
    document: Document,
    /// Their positions in it.
    positions: Vec<usize>,
    table: hits_table::Table,
    gsuite: String,
    /// What the user is told.
    explanation: String,
    searched: Searched,
    categories: Vec<String>,
    augmented: bool,
    left_out: Vec<LeftOut>,
    spelling: Spelling,
}

fn main() -> ExitCode {
    cli::run(work)
}

fn work(arguments: Arguments) -> Result<(), Failure> {
    fairtracks::remote::set_json_limits()?;
    let time = Clock::new(arguments.date.as_deref())?.now();
    let paths = arguments.outputs();
    let given: Vec<&Path> = paths.into_iter().flatten().collect();
    cli::refuse_shared(&arguments.inputs(), &given)?;
    let (question, source) = arguments.asked()?;
    let (query, conditions) = match &question {
        Question::Expression(text) => (text.clone(), None),
        Question::Conditions(asked) => (compile(asked), Some(conditions_json::to_json(asked))),
    };
    let asked = Asked {
        question,
        query,
        conditions,
    };
    // What cannot be asked is told before anything is read or written.
    let found = match &source {
        Source::Document => {
            let scope = document::scope(&arguments)?;
            let outputs = Outputs::open(&given)?;
            (document::search(&arguments, &asked, &scope)?, outputs)
        }
        Source::Server(hub) => {
            let categories = server::categories(&arguments)?;
            let outputs = Outputs::open(&given)?;
            (
                server::search(&arguments, &asked, hub, &categories)?,
                outputs,
            )
        }
    };
    let (mut found, outputs) = found;
    if paths.iter().all(Option::is_none) {
        let (printed, said) = if arguments.explain {
            (format!("{}\n", secrets::without(&found.explanation)), None)
        } else {
            (found.table.text, Some(found.explanation))
        };
        cli::print(&printed)?;
        said.into_iter().for_each(cli::say);
        return Ok(());
    }
    let provenance = Provenance {
        searched: found.searched,
        query: asked.query,
        conditions: asked.conditions,
        augmented: found.augmented,
        categories: found.categories,
        incomplete: arguments.incomplete,
        time,
        tool: env!("CARGO_BIN_NAME").to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        left_out: found.left_out,
    };
    let hits = hits_document(&found.document, &found.positions, &provenance);
    found.explanation += lacking(&hits, &arguments.categories, &provenance.categories);
    let metadata = GalaxyMetadata::default()
        .with_table(TABLE_IN_GALAXY, &found.table.titles)
        .write();
    let contents = [
        fairtracks_json::write(&hits, found.spelling),
        found.table.text.into_bytes(),
        found.gsuite.into_bytes(),
        metadata.into_bytes(),
    ];
    let wanted = paths
        .iter()
        .zip(contents)
        .filter(|(path, _)| path.is_some());
    outputs.write(&wanted.map(|(_, content)| content).collect::<Vec<_>>())?;
    cli::say(found.explanation);
    Ok(())
}

/// The table and the GSuite file of some hits, with the tracks that the latter cannot hold.
fn lists(hits: &[fairtracks::model::hit::Hit<'_>]) -> (hits_table::Table, gsuite::Suite) {
    (hits_table::write(hits), gsuite::write(hits))
}
