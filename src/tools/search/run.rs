//! `fairtracks_search`: find genomic tracks by their metadata.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::{self, Clock, Failure, Output};
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::fairtracks::search_source::SearchSource;
use crate::galaxy::output_metadata::{GalaxyMetadata, file_of_job};
use crate::galaxy::output_names::OutputNames;
use crate::text::controls::visible;
use crate::text::secrets;
use crate::text::unique_names::file_names;
use serde_json::{Value as Json, json};

use super::arguments::SearchArguments;
use super::description::OutputDescriptions;
use super::documents::SearchedDocuments;
use super::found::{SearchResult, SearchTask};
use super::question;
use super::report::{self, SearchReportContext};

/// The outputs of the Galaxy wrapper.
const TABLE_IN_GALAXY: &str = "output_table";
const REPORT_IN_GALAXY: &str = "output_report";
const GSUITE_IN_GALAXY: &str = "output_gsuite";
const DOCUMENT_IN_GALAXY: &str = "output_document";
const DOCUMENTS_IN_GALAXY: &str = "output_documents";

/// What the output with the tracks to import is called.
const DOCUMENT_OF_HITS: &str = "document of hits";
const DOCUMENTS_OF_HITS: &str = "collection of documents of hits";

cli::outputs! {
    SearchOutputs of SearchArguments {
        document: output_document,
        table: output_table,
        gsuite: output_gsuite,
        report: output_report,
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
    let request = arguments.asked()?;
    let task = SearchTask {
        arguments: &arguments,
        question: &request.question,
        columns: &request.columns,
        time: &time,
    };
    let names = arguments.output_names.read(super::NAME)?;
    // An invalid question is reported before anything is read or written.
    let (mut outputs, found, files);
    match &request.source {
        SearchSource::Document => {
            let scope = super::document::scope(&arguments)?;
            let mut documents = SearchedDocuments::of(&arguments)?;
            arguments.refuse_wrong_outputs()?;
            let mut hits_files = HitsFiles::open(&arguments, &documents.labels)?;
            outputs = SearchOutputs::open(&arguments, &hits_files.paths())?;
            let mut take_hits = |number: usize, hits: &Document| {
                let written = document_json::write(hits);
                match hits_files.outputs.get_mut(number) {
                    Some(file) => file.write(written),
                    None => outputs.document.write(written),
                }
            };
            found = super::document::search(task, &scope, &mut documents, &mut take_hits)?;
            files = hits_files;
        }
        SearchSource::Server(hub) => {
            let categories = super::server::categories(&arguments)?;
            arguments.refuse_documents_of_server()?;
            outputs = SearchOutputs::open(&arguments, &[])?;
            let mut take_hits =
                |_: usize, hits: &Document| outputs.document.write(document_json::write(hits));
            found = super::server::search(task, hub, &categories, &mut take_hits)?;
            files = HitsFiles::default();
        }
    }
    if !arguments.is_any_output_wanted() {
        let (printed, said) = if arguments.explain {
            (format!("{}\n", secrets::without(&found.explanation)), None)
        } else {
            (found.lists.table.text, Some(found.explanation))
        };
        cli::print(&printed)?;
        said.into_iter().for_each(cli::say);
        return Ok(());
    }
    let short = question::in_short(&request.question, found.asked.understood.as_ref());
    let tool = format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION"));
    let about = SearchReportContext {
        question: &request.question,
        short: &short,
        tool: &tool,
        time: &time,
        table: TABLE_IN_GALAXY,
        hits: match arguments.is_list() {
            true => DOCUMENTS_OF_HITS,
            false => DOCUMENT_OF_HITS,
        },
    };
    let metadata = metadata(&arguments, &found, &short, names, &files);
    outputs.table.write(&found.lists.table.text)?;
    outputs.gsuite.write(&found.lists.gsuite.text)?;
    outputs.report.write(report::markdown(&found, about))?;
    outputs.galaxy_metadata.write(metadata.write())?;
    for file in files.outputs {
        Output::appear([file])?;
    }
    outputs.appear()?;
    cli::say(found.explanation);
    Ok(())
}

/// What Galaxy shows of each output.
fn metadata(
    arguments: &SearchArguments,
    found: &SearchResult,
    short: &str,
    names: OutputNames,
    files: &HitsFiles,
) -> GalaxyMetadata {
    let table = &found.lists.table;
    let mut metadata = GalaxyMetadata::of(names).with_table(TABLE_IN_GALAXY, &table.titles);
    let described = OutputDescriptions::new(found, short);
    if arguments.output_report.is_some() {
        metadata = described.describe(metadata, REPORT_IN_GALAXY, "report");
    }
    metadata = described.describe_tracks(metadata, TABLE_IN_GALAXY, "table of hits");
    if arguments.output_gsuite.is_some() {
        metadata = described.describe_tracks(metadata, GSUITE_IN_GALAXY, "GSuite");
    }
    if arguments.output_document.is_some() {
        metadata = described.describe_tracks(metadata, DOCUMENT_IN_GALAXY, DOCUMENT_OF_HITS);
    }
    if files.outputs.is_empty() {
        return metadata;
    }
    let elements = files.places.iter().zip(&found.sources);
    let elements: Vec<Json> = elements
        .map(|(path, source)| {
            let dbkey = source.genome_build.as_deref().unwrap_or("?");
            json!({"filename": file_of_job(path), "name": visible(&source.name), "ext": "json", "dbkey": dbkey})
        })
        .collect();
    metadata.with_elements(DOCUMENTS_IN_GALAXY, elements)
}

/// The documents of hits of several documents: files in a folder.
#[derive(Default)]
struct HitsFiles {
    places: Vec<PathBuf>,
    outputs: Vec<Output>,
}

impl HitsFiles {
    /// Opens a file for each document, named after it; none where no folder is given.
    fn open(arguments: &SearchArguments, labels: &[String]) -> Result<Self, Failure> {
        let Some(folder) = &arguments.output_documents else {
            return Ok(HitsFiles::default());
        };
        fs::create_dir_all(folder).map_err(|error| Failure::at(folder.display(), error))?;
        let stems = labels.iter().map(|label| {
            let stem = label.strip_suffix(".json").unwrap_or(label);
            stem.strip_suffix(".hits").unwrap_or(stem)
        });
        let names = file_names(stems, "document").into_iter();
        let places: Vec<PathBuf> = names
            .map(|name| folder.join(format!("{name}.hits.json")))
            .collect();
        let opened = places.iter().map(|path| {
            let [output] = Output::open([Some(path.as_path())])?;
            Ok(output)
        });
        let outputs = opened.collect::<Result<Vec<Output>, Failure>>()?;
        Ok(HitsFiles { places, outputs })
    }

    fn paths(&self) -> Vec<&Path> {
        self.places.iter().map(PathBuf::as_path).collect()
    }
}
