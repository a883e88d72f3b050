//! `fairtracks_check`: validate FAIRtracks documents and RO-Crates.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::content::Content;
use super::inputs::{CheckInput, check_all};
use crate::cli::{self, Failure, dataset_options};
use crate::fairtracks::augment::Filled;
use crate::fairtracks::finding::Strength;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::tools::check::report::{self, CheckedFiles};
use crate::tools::check::table;
use clap::Parser;

/// Validate FAIRtracks documents and RO-Crates: report each problem, its place, and a suggested fix
///
/// Documents are checked against all rules of FAIRtracks v1.0.2: required members, their types and formats, the
/// requirements of an experiment's technique and a sample's class, and identifiers. Ids must be unique and references must
/// resolve across all files given. The tool works offline: it does not check terms in their ontologies or files behind URLs.
///
/// Crates (zip) are checked against the RO-Crate version that they declare (1.0 to 1.3) and the profiles that they claim by
/// `conformsTo` (Process, Workflow and Provenance Run Crate 0.1 to 0.6, Workflow RO-Crate); the hint cites the clause. Other
/// versions and profiles are not checked. The tool also checks what other validators do not: the SHA-256 and size of every
/// file, chromosomes that contradict the stated assembly, duplicate entities, dangling references, files without metadata, and the provenance from sources to results,
/// including earlier crates. The FAIRtracks document in a crate is checked separately. A crate that cannot be read safely is
/// a finding, and so is any other unreadable file among several.
///
/// A finding has one of three strengths: `must`, a rule is broken, or a file is missing or does not match its description;
/// `should`, validators accept it, but it is wrong; `may`, worth a look. The outputs are a table with one line per finding
/// and a report that groups them. Without an output option, the table is printed.
///
/// Documents of the unreleased successor of 1.0.2 are checked against its rules, and reported as such.
///
/// Exit status: 0 success, whatever the findings; 1 failure, or with `--strict` a rule is broken; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
struct CheckArguments {
    /// FAIRtracks v1 documents (JSON) that belong together, and RO-Crates (zip); `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    documents: Vec<PathBuf>,

    /// Report missing labels, names and summaries that `fairtracks_search --augment` would fill in: each is a finding
    /// of strength `may` that states the value
    #[arg(long)]
    augment: bool,

    /// Write a tab-separated table with a header line and one line per finding
    #[arg(long, value_name = "FILE")]
    output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    output_report: Option<PathBuf>,

    /// Write the Galaxy metadata of the table's columns (`galaxy.json`)
    #[arg(long, value_name = "FILE", requires = "output_table")]
    galaxy_metadata: Option<PathBuf>,

    /// File with the display names of the documents (a JSON list), one per document in the same order
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,

    /// Fail on findings of strength `must`; the outputs are still written
    #[arg(long)]
    strict: bool,
}

impl CheckArguments {
    /// All files that are read.
    fn inputs(&self) -> Vec<&Path> {
        let inputs = self.documents.iter().chain(&self.names);
        inputs.map(PathBuf::as_path).collect()
    }
}

cli::outputs! {
    CheckOutputs of CheckArguments {
        table: output_table,
        report: output_report,
        galaxy_metadata: galaxy_metadata,
    }
}

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: CheckArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let names =
        dataset_options::names(arguments.names.as_deref(), &arguments.documents, "document")?;
    let mut outputs = CheckOutputs::open(&arguments, &[])?;

    let pairs = arguments.documents.iter().zip(&names);
    let contents = pairs.map(|(path, name)| Content::read(path, name));
    let contents = Content::all(contents.collect())?;
    let fillable: Vec<Vec<Filled>> = contents
        .iter()
        .map(|content| match content.draft() {
            Some(draft) if arguments.augment => draft.fillable(),
            _ => Vec::new(),
        })
        .collect();
    let inputs = names.iter().zip(&contents).zip(&fillable);
    let inputs: Vec<CheckInput<'_>> = inputs
        .map(|((name, content), fillable)| content.input(name, fillable))
        .collect();
    let findings = check_all(&inputs);
    let is_crate = |content: &&Content| matches!(content, Content::Crate(_));
    let checked = CheckedFiles {
        names: &names,
        crates: contents.iter().filter(is_crate).count(),
        unreadable: contents
            .iter()
            .filter(|content| matches!(content, Content::Unreadable(_)))
            .count(),
    };
    // The process is about to end: giving back a large document piece by piece only takes time.
    std::mem::forget(contents);

    let table = table::write(&findings);
    if !outputs.table.is_wanted() && !outputs.report.is_wanted() {
        cli::print(&table)?;
    }
    let metadata =
        GalaxyMetadata::default().with_table(TABLE_IN_GALAXY, &table::TITLES.map(str::to_owned));
    outputs.table.write(table)?;
    let report = report::markdown(&findings, checked, TABLE_IN_GALAXY);
    outputs.report.write(report)?;
    outputs.galaxy_metadata.write(metadata.write())?;
    outputs.appear()?;
    cli::say(report::summary(&findings, checked));
    let broken = findings
        .iter()
        .filter(|finding| finding.strength == Strength::Must);
    let broken: u64 = broken.map(|finding| finding.count).sum();
    if arguments.strict && broken > 0 {
        let findings = if broken == 1 { "finding" } else { "findings" };
        return Err(Failure::at(
            "--strict",
            format!("found {broken} {findings} of strength must, expected none"),
        ));
    }
    Ok(())
}
