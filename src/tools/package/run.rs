//! `fairtracks_package`: pack data and their provenance into one crate for publication.

use std::collections::BTreeSet;
use std::process::ExitCode;

use crate::cli::{self, Clock, Failure, LargeOutput, dataset_options};
use crate::drawing::png;
use crate::fairtracks::finding::Strength;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::ro_crate::crate_archive::CrateDetail;
use crate::ro_crate::provenance::{steps_table, tracks_table};
use crate::ro_crate::publication::findings::PublicationFinding;
use crate::ro_crate::publication::{PublicationContext, PublicationPlan};
use crate::tools::package::report::{self, PackageReportContext};

use super::arguments::{PackageArguments, PayloadChoice};
use super::files::PackageFiles;
use super::following::{self, Following};
use super::inputs::PackageInputs;

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

    let mut inputs = PackageInputs::of(&arguments)?;
    let mut known = arguments.given.known_crates(CrateDetail::Page)?;
    let of_crates = known.findings().into_iter();
    let mut findings: Vec<PublicationFinding> =
        of_crates.map(|text| (Strength::Should, text)).collect();
    let mut unproven: BTreeSet<usize> = BTreeSet::new();
    let mut lineage = String::new();
    let mut to_follow = following::unpredicted(&inputs, &known.index());
    let mut is_followed = vec![false; inputs.data.len()];
    let plan = loop {
        let following = Following {
            arguments: &arguments,
            inputs: &inputs,
            credits: &heading.credits,
            time: &time,
        };
        let followed = following.follow(&to_follow, &known)?;
        findings.extend(followed.findings);
        unproven.extend(followed.unproven);
        known.read.extend(followed.crates);
        if !followed.lineage.is_empty() {
            lineage = followed.lineage;
        }
        for (number, sum) in followed.sums {
            inputs.sums[number] = Some(sum);
        }
        to_follow
            .iter()
            .for_each(|number| is_followed[*number] = true);
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
        // A file may have the name and size of another one, which is known only when it is read.
        let left = |number: &usize| !plan.is_described[*number] && !is_followed[*number];
        to_follow = (0..inputs.data.len()).filter(left).collect();
        if to_follow.is_empty() {
            break plan;
        }
    };
    if outputs.picture.is_wanted() {
        outputs.picture.write(png::of_svg(&plan.picture.svg)?)?;
    }
    outputs.report.write(report(&plan, &time))?;
    outputs.tracks.write(&plan.tracks)?;
    outputs.steps.write(&plan.steps)?;
    outputs.galaxy_metadata.write(galaxy_metadata())?;
    output.appear()?;
    outputs.appear()?;
    if !lineage.is_empty() {
        cli::say(&lineage);
    }
    cli::say(report::verdict(&plan.provenance));
    for (strength, text) in &plan.findings {
        cli::say(format!("{strength}: {text}"));
    }
    if arguments.strict {
        dataset_options::all_readable(&known)?;
    }
    verdict(&plan, &unproven, arguments.strict)
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
