//! `fairtracks_check`: say what is wrong in FAIRtracks documents.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use fairtracks::check::{Source, check};
use fairtracks::cli::{self, Failure, Outputs};
use fairtracks::format::galaxy_metadata::GalaxyMetadata;
use fairtracks::format::{check_report, fairtracks_json, findings_table, input_names};
use fairtracks::model::augment::Filled;
use fairtracks::model::draft::Draft;
use fairtracks::model::finding::Strength;

/// Check FAIRtracks documents: say what is wrong in them, where, and what to do
///
/// All rules of FAIRtracks v1.0.2 are checked: what must be there, of which kind and form, what an experiment's
/// technique and a sample's class require, and identifiers. Ids must be unique and references lead somewhere
/// across all files given. Whether a term stands in its ontology, or a file behind its URL, is not looked up.
///
/// A finding has one of three strengths: `must`, a rule of the standard is broken; `should`, the standard's own
/// validators let it pass, yet it is wrong; `may`, it is worth a look. The answer is a table with one line a
/// finding, and a report that groups them. Without an output option the table is printed.
///
/// Documents of the unreleased successor of 1.0.2 are checked by its rules, and named.
///
/// Exit status: 0 done, whatever was found; 1 could not, or with `--strict` a rule is broken; 2 wrong usage.
#[derive(Parser)]
#[command(name = env!("CARGO_BIN_NAME"), version, max_term_width = 100)]
struct Arguments {
    /// FAIRtracks v1 documents (JSON) that belong together; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    documents: Vec<PathBuf>,

    /// Tell which labels, names and summaries a document lacks that `fairtracks_search --augment` would fill in:
    /// each is a finding of strength `may` that gives the value
    #[arg(long)]
    augment: bool,

    /// Write a tab-separated table, one line a finding, titles in the first line
    #[arg(long, value_name = "FILE")]
    output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    output_report: Option<PathBuf>,

    /// Write what Galaxy is to know about the table's columns (`galaxy.json`)
    #[arg(long, value_name = "FILE", requires = "output_table")]
    galaxy_metadata: Option<PathBuf>,

    /// File with the names that the user knows the documents by (a JSON list), one for each document, in their order
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,

    /// Fail if a rule of the standard is broken; the outputs are written all the same
    #[arg(long)]
    strict: bool,
}

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

fn main() -> ExitCode {
    cli::run(work)
}

fn work(arguments: Arguments) -> Result<(), Failure> {
    let names = arguments.names()?;
    let paths = [
        arguments.output_table.as_deref(),
        arguments.output_report.as_deref(),
        arguments.galaxy_metadata.as_deref(),
    ];
    let outputs = Outputs::open(&paths.into_iter().flatten().collect::<Vec<_>>())?;

    let drafts: Vec<(Draft, Vec<Filled>)> = arguments
        .documents
        .iter()
        .zip(&names)
        .map(|(path, name)| {
            let read = fairtracks_json::read_draft(&cli::read(path)?);
            let draft = read.map_err(|error| Failure::at(name, error))?;
            let fillable = if arguments.augment {
                draft.fillable()
            } else {
                Vec::new()
            };
            Ok((draft, fillable))
        })
        .collect::<Result<_, Failure>>()?;
    let sources: Vec<Source<'_>> = names
        .iter()
        .zip(&drafts)
        .map(|(name, (draft, fillable))| Source {
            name,
            draft,
            fillable,
        })
        .collect();
    let findings = check(&sources);
    // The process is about to end: giving back a large document piece by piece only takes time.
    std::mem::forget(drafts);

    let table = findings_table::write(&findings);
    if arguments.output_table.is_none() && arguments.output_report.is_none() {
        cli::print(table.as_bytes())?;
    }
    let contents = [
        table,
        check_report::markdown(&findings, &names, TABLE_IN_GALAXY),
        GalaxyMetadata::default()
            .with_table(TABLE_IN_GALAXY, &findings_table::TITLES.map(str::to_owned))
            .write(),
    ];
    let wanted = paths
        .iter()
        .zip(contents)
        .filter(|(path, _)| path.is_some())
        .map(|(_, content)| content.into_bytes());
    outputs.write(&wanted.collect::<Vec<_>>())?;
    cli::say(check_report::summary(&findings, names.len()));
    let broken = findings
        .iter()
        .filter(|finding| finding.strength == Strength::Must)
        .count();
    if arguments.strict && broken > 0 {
        let findings = if broken == 1 { "finding" } else { "findings" };
        return Err(Failure::at(
            "--strict",
            format!("found {broken} {findings} of strength must, expected none"),
        ));
    }
    Ok(())
}

impl Arguments {
    /// The names of the documents: those given, else their paths.
    fn names(&self) -> Result<Vec<String>, Failure> {
        let Some(file) = &self.names else {
            let name = |path: &PathBuf| path.display().to_string();
            return Ok(self.documents.iter().map(name).collect());
        };
        let names = input_names::read(&cli::read(file)?)
            .map_err(|error| Failure::at(file.display(), error))?;
        if names.len() == self.documents.len() {
            return Ok(names);
        }
        Err(Failure::at(
            file.display(),
            format!(
                "found {} names, expected {}, one for each document",
                names.len(),
                self.documents.len()
            ),
        ))
    }
}
