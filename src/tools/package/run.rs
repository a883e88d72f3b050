//! `fairtracks_package`: pack data and their provenance into one crate for publication.

use std::process::ExitCode;

use crate::cli::{self, Clock, Failure, LargeOutput, dataset_options};
use crate::drawing::png;
use crate::fairtracks::finding::Strength;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::ro_crate::crate_archive::CrateDetail;
use crate::ro_crate::provenance::{steps_table, tracks_table};
use crate::ro_crate::publication::{PublicationContext, PublicationPlan};
use crate::tools::package::report::{self, PackageReportContext};

use super::arguments::{PackageArguments, PayloadChoice};
use super::files::PackageFiles;

/// The outputs of the Galaxy wrapper.
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
    let crate_ = arguments.output_crate.as_path();
    let mut outputs = PackageOutputs::open(&arguments, &[crate_])?;
    let output = LargeOutput::open(crate_)?;

    let inputs = super::inputs::PackageInputs::of(&arguments)?;
    let known = arguments.given.known_crates(CrateDetail::Page)?;
    let findings = known.findings().into_iter();
    let findings: Vec<_> = findings.map(|text| (Strength::Should, text)).collect();
    let publication = PublicationContext {
        data: &inputs.data,
        known: &known,
        crate_index: &known.index(),
        heading: &heading,
        findings: &findings,
        includes_data: arguments.payload == PayloadChoice::Include,
        is_bag: arguments.bagit,
        tool: (super::NAME, env!("CARGO_PKG_VERSION")),
        time: &time,
    };
    let plan = publication.pack(&PackageFiles {
        inputs: &inputs,
        output: &output,
    })?;
    if outputs.picture.is_wanted() {
        outputs.picture.write(png::of_svg(&plan.picture.svg)?)?;
    }
    outputs.report.write(report(&plan, &time))?;
    outputs.tracks.write(&plan.tracks)?;
    outputs.steps.write(&plan.steps)?;
    outputs.galaxy_metadata.write(galaxy_metadata())?;
    output.appear()?;
    outputs.appear()?;
    cli::say(report::verdict(&plan.provenance));
    for (strength, text) in &plan.findings {
        cli::say(format!("{strength}: {text}"));
    }
    if arguments.strict {
        dataset_options::all_readable(&known)?;
    }
    verdict(&plan, arguments.strict)
}

fn report(plan: &PublicationPlan, time: &str) -> String {
    let about = PackageReportContext {
        findings: &plan.findings,
        methods: &plan.methods,
        citation: Some(&plan.citation),
        files: &plan.rows,
        tool: &format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION")),
        time,
        picture: PICTURE_IN_GALAXY,
        tracks: TRACKS_IN_GALAXY,
        steps: STEPS_IN_GALAXY,
    };
    report::markdown(&plan.provenance, about)
}

/// What Galaxy is to know of the outputs.
fn galaxy_metadata() -> String {
    GalaxyMetadata::default()
        .with_table(TRACKS_IN_GALAXY, &tracks_table::TITLES.map(str::to_owned))
        .with_table(STEPS_IN_GALAXY, &steps_table::TITLES.map(str::to_owned))
        .write()
}

/// Whether the work counts as done.
fn verdict(plan: &PublicationPlan, strict: bool) -> Result<(), Failure> {
    let described = plan.files.iter().zip(&plan.is_described);
    let undescribed: Vec<&str> = described
        .filter(|(_, is_told)| !**is_told)
        .map(|(file, _)| file.element_identifier.as_str())
        .collect();
    match undescribed.first() {
        Some(first) if strict => {
            let problem = format!(
                "found {} of {} files that no crate describes (the first is {first}), expected none; see the report",
                undescribed.len(),
                plan.files.len()
            );
            Err(Failure::at("--strict", problem))
        }
        _ => Ok(()),
    }
}
