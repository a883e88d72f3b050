//! `fairtracks_search`: find genomic tracks by their metadata.

use std::path::Path;
use std::process::ExitCode;

use crate::cli::{self, Clock, Failure, Outputs};
use crate::fairtracks::document_json;
use crate::fairtracks::hits_document::{Provenance, hits_document};
use crate::fairtracks::search_source::SearchSource;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::query::compile::compile;
use crate::query::conditions_json;
use crate::query::form_condition::SearchQuestion;
use crate::text::secrets;
use crate::tools::search::message::lacking;

use super::arguments::SearchArguments;
use super::found::AskedQuery;

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: SearchArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let time = Clock::new(arguments.date.as_deref())?.now();
    let paths = arguments.outputs();
    let given: Vec<&Path> = paths.into_iter().flatten().collect();
    cli::refuse_shared(&arguments.inputs(), &given)?;
    let (question, source) = arguments.asked()?;
    let (query, conditions) = match &question {
        SearchQuestion::Expression(text) => (text.clone(), None),
        SearchQuestion::Conditions(asked) => {
            (compile(asked), Some(conditions_json::to_json(asked)))
        }
    };
    let asked = AskedQuery {
        question,
        query,
        conditions,
    };
    // An invalid question is reported before anything is read or written.
    let found = match &source {
        SearchSource::Document => {
            let scope = super::document::scope(&arguments)?;
            let outputs = Outputs::open(&given)?;
            (
                super::document::search(&arguments, &asked, &scope)?,
                outputs,
            )
        }
        SearchSource::Server(hub) => {
            let categories = super::server::categories(&arguments)?;
            let outputs = Outputs::open(&given)?;
            (
                super::server::search(&arguments, &asked, hub, &categories)?,
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
        tool: super::NAME.to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        left_out: found.left_out,
    };
    let hits = hits_document(&found.document, &found.positions, &provenance);
    found.explanation += lacking(&hits, &arguments.categories, &provenance.categories);
    let metadata = GalaxyMetadata::default()
        .with_table(TABLE_IN_GALAXY, &found.table.titles)
        .write();
    let contents = [
        document_json::write(&hits, found.spelling),
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
