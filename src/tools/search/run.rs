//! `fairtracks_search`: find genomic tracks by their metadata.

use std::process::ExitCode;

use crate::cli::{self, Clock, Failure};
use crate::fairtracks::document_json;
use crate::fairtracks::hits_document::{Provenance, hits_document};
use crate::fairtracks::search_source::SearchSource;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::text::secrets;
use crate::tools::search::message::lacking;

use super::arguments::SearchArguments;

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

cli::outputs! {
    SearchOutputs of SearchArguments {
        document: output_document,
        table: output_table,
        gsuite: output_gsuite,
        galaxy_metadata: galaxy_metadata,
    }
}

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: SearchArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let time = Clock::new(arguments.date.as_deref())?.now();
    let (question, source) = arguments.asked()?;
    // An invalid question is reported before anything is read or written.
    let (mut outputs, mut found);
    match &source {
        SearchSource::Document => {
            let scope = super::document::scope(&arguments)?;
            outputs = SearchOutputs::open(&arguments, &[])?;
            found = super::document::search(&arguments, &question, &scope)?;
        }
        SearchSource::Server(hub) => {
            let categories = super::server::categories(&arguments)?;
            outputs = SearchOutputs::open(&arguments, &[])?;
            found = super::server::search(&arguments, &question, hub, &categories)?;
        }
    }
    if !outputs.is_any_wanted() {
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
        query: found.asked.query,
        conditions: found.asked.conditions,
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
    let metadata = GalaxyMetadata::default().with_table(TABLE_IN_GALAXY, &found.table.titles);
    outputs.document.write(document_json::write(&hits))?;
    outputs.table.write(found.table.text)?;
    outputs.gsuite.write(found.gsuite)?;
    outputs.galaxy_metadata.write(metadata.write())?;
    outputs.appear()?;
    cli::say(found.explanation);
    Ok(())
}
