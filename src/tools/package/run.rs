//! `fairtracks_package`: pack data and their provenance into one crate for publication.

use std::collections::BTreeSet;
use std::process::ExitCode;

use crate::cli::{self, Clock, Failure, LargeOutput, dataset_options, document_options};
use crate::drawing::png;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::galaxy::output_names::OutputNames;
use crate::ro_crate::crate_archive::CrateDetail;
use crate::ro_crate::provenance::{steps_table, tracks_table};
use crate::ro_crate::publication::PublicationPlan;
use crate::tools::package::report::{self, PackageReportContext};

use super::arguments::PackageArguments;
use super::inputs::PackageInputs;
use super::packing::CratePacking;

/// The outputs of the Galaxy wrapper.
const CRATE_IN_GALAXY: &str = "output_crate";
const REPORT_IN_GALAXY: &str = "output_report";
const PICTURE_IN_GALAXY: &str = "output_picture";
const TRACKS_IN_GALAXY: &str = "output_tracks";
const STEPS_IN_GALAXY: &str = "output_steps";

cli::outputs! {
    PackageOutputs of PackageArguments {
        report: output_report,
        picture: output_picture,
        tracks: output_tracks,
        steps: output_steps,
        galaxy_metadata: galaxy_metadata,
    }
}

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: PackageArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let clock = Clock::new(arguments.date.as_deref())?;
    let time = clock.now();
    let heading = super::heading::heading(&arguments)?;
    let names = arguments.output_names.read(super::NAME)?;
    let crate_ = arguments.output_crate.as_path();
    let mut outputs = PackageOutputs::open(&arguments, &[crate_])?;
    let output = LargeOutput::open(crate_)?;

    let mut inputs = PackageInputs::of(&arguments)?;
    let (mut known, no_crate) = arguments.given.readable_crates(CrateDetail::Page)?;
    let (documents, no_document) = arguments.documents.read()?;
    let (asked, unread) = inputs.ask(&arguments, &mut known, &documents)?;
    let failures = [no_crate, no_document];
    document_options::refuse_nothing_readable(failures, &known, &documents, asked.as_ref())?;
    let packed = CratePacking {
        arguments: &arguments,
        heading: &heading,
        documents: &documents,
        asked: asked.as_ref(),
        output: &output,
        time: &time,
    }
    .pack(inputs, known, unread)?;
    let plan = &packed.plan;
    if outputs.picture.is_wanted() {
        outputs.picture.write(png::of_svg(&plan.picture.svg)?)?;
    }
    let searched = documents.summary(packed.identified, "dataset");
    outputs.report.write(report(plan, &searched, &time))?;
    outputs.tracks.write(&plan.tracks)?;
    outputs.steps.write(&plan.steps)?;
    outputs
        .galaxy_metadata
        .write(galaxy_metadata(plan, names))?;
    output.appear()?;
    outputs.appear()?;
    for text in [&packed.lineage, &searched] {
        if !text.is_empty() {
            cli::say(text);
        }
    }
    cli::say(report::verdict(&plan.provenance));
    for (strength, text) in &plan.findings {
        cli::say(format!("{strength}: {text}"));
    }
    if arguments.strict {
        let given = packed.known.given().count();
        dataset_options::all_readable("crates", &packed.known.unreadable, given)?;
        documents.all_readable()?;
    }
    verdict(plan, &packed.unproven, arguments.strict)
}

fn report(plan: &PublicationPlan, documents: &str, time: &str) -> String {
    let about = PackageReportContext {
        findings: &plan.findings,
        methods: &plan.methods,
        citation: &plan.citation,
        files: &plan.rows,
        documents,
        tool: &format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION")),
        time,
        picture: PICTURE_IN_GALAXY,
        tracks: TRACKS_IN_GALAXY,
        steps: STEPS_IN_GALAXY,
    };
    report::markdown(&plan.provenance, about)
}

/// What Galaxy is to know of the outputs.
fn galaxy_metadata(plan: &PublicationPlan, names: OutputNames) -> String {
    let (title, content) = (&plan.provenance.title, report::content(&plan.provenance));
    let info = report::verdict(&plan.provenance);
    let named = |what: &str| format!("{title}: {what}");
    GalaxyMetadata::of(names)
        .with_table(TRACKS_IN_GALAXY, &tracks_table::TITLES.map(str::to_owned))
        .with_table(STEPS_IN_GALAXY, &steps_table::TITLES.map(str::to_owned))
        .with_name(REPORT_IN_GALAXY, &named("report"), &info)
        .with_name(PICTURE_IN_GALAXY, &named("picture"), &info)
        .with_name(TRACKS_IN_GALAXY, &named("source tracks"), &info)
        .with_name(STEPS_IN_GALAXY, &named("steps"), &info)
        .with_name(CRATE_IN_GALAXY, &named(&content), &info)
        .write()
}

/// Whether the work counts as done.
fn verdict(
    plan: &PublicationPlan,
    unproven: &BTreeSet<usize>,
    strict: bool,
) -> Result<(), Failure> {
    let has_proof = |number: &usize| plan.is_described[*number] && !unproven.contains(number);
    let undescribed: Vec<&str> = (0..plan.files.len())
        .filter(|number| !has_proof(number))
        .map(|number| plan.files[number].element_identifier.as_str())
        .collect();
    match undescribed.first() {
        Some(first) if strict => {
            let problem = format!(
                "found {} of {} files without a crate and without confirmed source tracks (the first is {first}), expected none; see the report",
                undescribed.len(),
                plan.files.len()
            );
            Err(Failure::at("--strict", problem))
        }
        _ => Ok(()),
    }
}
