//! `fairtracks_audit`: find the results that use something, or compare two results.

use std::process::ExitCode;

use super::arguments::AuditArguments;
use super::criterion::{Criteria, Criterion};
use super::difference::{self, DifferenceReport, differences, without_checksum};
use super::form::AuditForm;
use super::reading::{ask_all, names, one};
use super::uses::{self, UsesReport};
use crate::cli::{self, Failure};
use crate::galaxy::output_metadata::GalaxyMetadata;

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

cli::outputs! {
    AuditOutputs of AuditArguments {
        table: output_table,
        report: output_report,
        galaxy_metadata: galaxy_metadata,
    }
}

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

/// What a question is answered with.
struct AuditAnswer {
    table: String,
    titles: Vec<String>,
    report: String,
    /// What is said on standard error.
    messages: Vec<String>,
}

fn work(arguments: AuditArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let form: AuditForm = cli::form(arguments.form.as_deref(), "audit form")?;
    let criteria = criteria(&arguments, &form)?;
    let mut outputs = AuditOutputs::open(&arguments, &[])?;
    let answer = match arguments.difference.as_slice() {
        [_, _] => difference_of(&arguments)?,
        _ => uses_of(&arguments, &criteria)?,
    };
    if !outputs.table.is_wanted() && !outputs.report.is_wanted() {
        cli::print(&answer.table)?;
    }
    let metadata = GalaxyMetadata::default().with_table(TABLE_IN_GALAXY, &answer.titles);
    outputs.table.write(answer.table)?;
    outputs.report.write(answer.report)?;
    outputs.galaxy_metadata.write(metadata.write())?;
    outputs.appear()?;
    answer.messages.iter().for_each(cli::say);
    Ok(())
}

/// What results are asked for; nothing where two crates are compared.
fn criteria(arguments: &AuditArguments, form: &AuditForm) -> Result<Criteria, Failure> {
    if !arguments.difference.is_empty() {
        return Ok(Criteria::default());
    }
    let given = arguments.uses.iter().map(|text| Criterion::parse(text));
    let mut criteria = given
        .collect::<Result<Vec<Criterion>, _>>()
        .map_err(|error| Failure::usage("--uses", error))?;
    let of_form = form.criteria();
    criteria.extend(of_form.map_err(|error| Failure::usage("audit form", error))?);
    let criteria = Criteria::new(criteria);
    if criteria.is_empty() {
        let problem = "found none, expected at least one, for example track=ENCFF001ABC";
        return Err(Failure::usage("--uses", problem));
    }
    Ok(criteria)
}

fn uses_of(arguments: &AuditArguments, criteria: &Criteria) -> Result<AuditAnswer, Failure> {
    let paths = cli::files(&arguments.crates)?;
    if paths.is_empty() {
        let folders = arguments
            .crates
            .iter()
            .map(|path| path.display().to_string());
        let folders = folders.collect::<Vec<_>>().join(", ");
        let problem =
            "found no files in this folder, expected crates (zip); subfolders are not read";
        return Err(Failure::at(folders, problem));
    }
    let names = names(arguments.names.as_deref(), &paths)?;
    let (of_crates, remarks) = ask_all(&paths, &names, |crate_| uses::rows(crate_, criteria))?;
    let about = UsesReport {
        criteria,
        crates: of_crates.len(),
        without_results: of_crates.iter().filter(|rows| rows.is_empty()).count(),
        remarks: &remarks,
        table: TABLE_IN_GALAXY,
    };
    let rows = uses::joined(of_crates.into_iter().flatten());
    let verdict = uses::verdict(&rows, about);
    let hints = uses::hints(&rows, criteria);
    Ok(AuditAnswer {
        table: uses::write(&rows),
        titles: uses::TITLES.map(str::to_owned).into(),
        report: uses::markdown(&rows, about),
        messages: remarks
            .iter()
            .cloned()
            .chain([verdict])
            .chain(hints)
            .collect(),
    })
}

fn difference_of(arguments: &AuditArguments) -> Result<AuditAnswer, Failure> {
    let paths = &arguments.difference;
    let names = names(arguments.names.as_deref(), paths)?;
    let first = one(&paths[0], &names[0])?;
    let second = one(&paths[1], &names[1])?;
    let rows = differences(&first.provenance, &second.provenance);
    let without_results = [&first, &second].map(|crate_| crate_.provenance.results.is_empty());
    let without_checksum = without_checksum(&first.provenance, &second.provenance);
    let remarks: Vec<String> = [&first, &second]
        .iter()
        .filter_map(|crate_| crate_.remark())
        .collect();
    let about = DifferenceReport {
        remarks: &remarks,
        without_checksum: &without_checksum,
        without_results,
        names: [&names[0], &names[1]],
        table: TABLE_IN_GALAXY,
    };
    Ok(AuditAnswer {
        table: difference::write(&rows),
        titles: difference::TITLES.map(str::to_owned).into(),
        report: difference::markdown(&rows, about),
        messages: remarks
            .iter()
            .cloned()
            .chain([difference::verdict(&rows, about)])
            .collect(),
    })
}
