//! `fairtracks_follow`: find the source tracks of results, and give each result a crate that tells of them.

use std::path::Path;
use std::process::ExitCode;

use crate::cli::dataset_options::CrateDetail;
use crate::cli::{self, Clock, Failure, Outputs};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::lineage_json;
use crate::galaxy::lineage::{Lineage, Producer};
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::known_crate::crate_index;
use crate::ro_crate::proof::trace::{Ancestry, Proof, trace};
use crate::text::numbered::{Taken, numbered};
use crate::tools::follow::form;
use crate::tools::follow::report::{self, FollowReportContext};
use crate::tools::follow::table::{self, FollowRow};

use super::arguments::FollowArguments;

/// The outputs of the Galaxy wrapper.
const TABLE_IN_GALAXY: &str = "output_table";
const CRATES_IN_GALAXY: &str = "output_crates";

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: FollowArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let paths = [
        arguments.output_table.as_deref(),
        arguments.output_report.as_deref(),
        arguments.output_lineage.as_deref(),
        arguments.galaxy_metadata.as_deref(),
    ];
    let given: Vec<&Path> = paths.into_iter().flatten().collect();
    cli::refuse_shared(&arguments.inputs(), &given)?;
    let clock = Clock::new(arguments.date.as_deref())?;
    let time = clock.now();
    let form = match &arguments.form {
        Some(path) => {
            form::read(&cli::read(path)?).map_err(|error| Failure::at("follow form", error))?
        }
        None => form::FollowForm::default(),
    };
    let credited = Credited::new(&arguments.credits.clone().or(form.credits))?;
    let outputs = Outputs::open(&given)?;

    let known = arguments.given.known_crates(CrateDetail::Metadata)?;
    let crate_index = crate_index(&known.read);
    let results = super::inputs::results(&arguments, &crate_index.digest_functions())?;
    let mut remarks = known.findings();
    let lineage = super::lineage::lineage(&arguments, &results, &mut remarks)?;
    let ancestry = lineage.as_ref().map(Ancestry::of);
    let traces: Vec<Proof<'_>> = results
        .iter()
        .map(|result| {
            let leaf = lineage
                .as_ref()
                .and_then(|lineage| super::lineage::leaf(lineage, result));
            trace(
                result,
                leaf,
                ancestry.as_ref(),
                &crate_index,
                arguments.accept_identifiers,
            )
        })
        .collect();
    let producer = lineage.as_ref().map(|lineage| lineage.producer);
    let mut rows = super::rows::rows(&results, &traces, &crate_index, producer);
    let files = super::crates::write(
        &super::crates::FollowCredits {
            results: &results,
            traces: &traces,
            crate_index: &crate_index,
            ancestry: ancestry.as_ref(),
            known: &known.read,
            credited: &credited,
            time: &time,
        },
        &mut rows,
        &arguments,
    )?;

    let table = table::write(&rows);
    if arguments.output_table.is_none() {
        cli::print(&table)?;
    }
    let told = super::lineage::summary(lineage.as_ref());
    let contents = [
        table,
        report::markdown(
            &rows,
            FollowReportContext {
                crates: known.read.len(),
                lineage: &told,
                remarks: &remarks,
                tool: &format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION")),
                time: &time,
                table: TABLE_IN_GALAXY,
            },
        ),
        lineage_text(lineage.as_ref()),
        galaxy_metadata(&results, &files),
    ];
    let wanted = paths
        .iter()
        .zip(contents)
        .filter(|(path, _)| path.is_some());
    outputs.write(
        &wanted
            .map(|(_, content)| content.into_bytes())
            .collect::<Vec<_>>(),
    )?;
    for remark in &remarks {
        cli::say(remark);
    }
    cli::say(told);
    cli::say(report::summary(&rows));
    if arguments.strict {
        known.verdict()?;
    }
    verdict(&rows, arguments.strict)
}

fn lineage_text(lineage: Option<&Lineage>) -> String {
    let none = Lineage {
        complete: false,
        ..Lineage::empty(Producer::Walk)
    };
    lineage_json::write(lineage.unwrap_or(&none))
}

/// What Galaxy is to know of the outputs.
fn galaxy_metadata(results: &[DatasetFile], files: &[std::path::PathBuf]) -> String {
    let text = |path: &Path| {
        path.strip_prefix(".")
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    };
    let mut taken = Taken::default();
    let crates: Vec<(String, String, String)> = results
        .iter()
        .zip(files)
        .map(|(result, file)| {
            let name = numbered(&result.given_identifier, 255, &mut taken);
            (text(file), name, result.dbkey.clone())
        })
        .collect();
    GalaxyMetadata::default()
        .with_table(TABLE_IN_GALAXY, &table::TITLES.map(str::to_owned))
        .with_crates(CRATES_IN_GALAXY, &crates)
        .write()
}

/// Whether the work counts as done.
fn verdict(rows: &[FollowRow], strict: bool) -> Result<(), Failure> {
    let unproven: Vec<&str> = rows
        .iter()
        .filter(|row| row.proven.is_empty())
        .map(|row| row.result.as_str())
        .collect();
    match unproven.first() {
        Some(first) if strict => {
            let problem = format!(
                "found {} of {} results without confirmed source tracks (the first is {first}), expected none; the table gives the reason",
                unproven.len(),
                rows.len()
            );
            Err(Failure::at("--strict", problem))
        }
        _ => Ok(()),
    }
}
