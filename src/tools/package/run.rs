//! `fairtracks_package`: pack data with their whole story into one crate for publication.

use std::path::Path;
use std::process::ExitCode;

use crate::archive::digest::Sha256Sum;
use crate::cli::dataset_options::CrateDetail;
use crate::cli::{self, Clock, Failure, LargeOutput, Outputs};
use crate::fairtracks::finding::Strength;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::ro_crate::full_crate::hash_predictor::{HashPredictor, Unread};
use crate::ro_crate::known_crate::crate_index;
use crate::ro_crate::picture::png;
use crate::ro_crate::provenance::{steps_table, tracks_table};
use crate::tools::package::findings::PackageFinding;
use crate::tools::package::report::{self, PackageReportContext};

use super::arguments::{PackageArguments, PayloadChoice};
use super::inputs::Data;
use super::packing::{PackageCredits, PackingPlan};

/// The outputs of the Galaxy wrapper.
const PICTURE_IN_GALAXY: &str = "output_picture";
const TRACKS_IN_GALAXY: &str = "output_tracks";
const STEPS_IN_GALAXY: &str = "output_steps";

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: PackageArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let paths = [
        arguments.output_report.as_deref(),
        arguments.output_picture.as_deref(),
        arguments.output_tracks.as_deref(),
        arguments.output_steps.as_deref(),
        arguments.galaxy_metadata.as_deref(),
    ];
    let given: Vec<&Path> = paths.into_iter().flatten().collect();
    let crate_ = arguments.output_crate.as_path();
    let all: Vec<&Path> = given.iter().copied().chain([crate_]).collect();
    cli::refuse_shared(&arguments.inputs(), &all)?;
    let clock = Clock::new(arguments.date.as_deref())?;
    let time = clock.now();
    let heading = super::heading::heading(&arguments)?;
    let outputs = Outputs::open(&given)?;
    let output = LargeOutput::open(crate_)?;

    let data = super::inputs::data(&arguments)?;
    let known = arguments.given.known_crates(CrateDetail::Page)?;
    let crate_index = crate_index(&known.read);
    let findings = known.findings().into_iter();
    let findings: Vec<PackageFinding> = findings.map(|text| (Strength::Should, text)).collect();
    let predictor = HashPredictor::new(&crate_index);
    let plan = packed(
        &PackageCredits {
            data: &data,
            known: &known.read,
            crate_index: &crate_index,
            predictor: &predictor,
            heading: &heading,
            remarks: &findings,
            includes_data: arguments.payload == PayloadChoice::Include,
            is_bag: arguments.bagit,
            time: &time,
        },
        &output,
    )?;
    let contents = [
        report(&plan, &time).into_bytes(),
        match arguments.output_picture {
            Some(_) => png::of_svg(&plan.picture.svg)?,
            None => Vec::new(),
        },
        plan.tracks.clone().into_bytes(),
        plan.steps.clone().into_bytes(),
        galaxy_metadata().into_bytes(),
    ];
    let wanted = paths
        .iter()
        .zip(contents)
        .filter(|(path, _)| path.is_some());
    let wanted: Vec<Vec<u8>> = wanted.map(|(_, content)| content).collect();
    output.appear()?;
    outputs.write(&wanted)?;
    cli::say(report::verdict(&plan.provenance));
    for (strength, text) in &plan.findings {
        cli::say(format!("{strength}: {text}"));
    }
    if arguments.strict {
        known.verdict()?;
    }
    verdict(&plan, arguments.strict)
}

/// Packs the data. What crates tell of them is taken to be so until they are packed, so that they are read once; where it
/// is not so all of them are read, and packed again.
fn packed(work: &PackageCredits<'_>, output: &LargeOutput) -> Result<PackingPlan, Failure> {
    let foretold: Vec<Option<Sha256Sum>> = work
        .data
        .iter()
        .map(|data| {
            let unread = Unread {
                element_identifier: &data.described.element_identifier,
                uuid: &data.described.uuid,
                bytes: data.bytes,
            };
            work.predictor
                .predict(&unread)
                .filter(|_| work.includes_data)
        })
        .collect();
    let sums = sums(work.data, &foretold)?;
    let plan = work.plan(&sums)?;
    let Some(other) = work.write(&plan, output)? else {
        return Ok(plan);
    };
    let mut seen = vec![None; work.data.len()];
    for (number, sum) in foretold.iter().enumerate() {
        // What was read before is known, what was foretold is not.
        if sum.is_none() || number < other.number {
            seen[number] = Some(sums[number]);
        }
    }
    seen[other.number] = Some(other.found);
    let plan = work.plan(&self::sums(work.data, &seen)?)?;
    match work.write(&plan, output)? {
        None => Ok(plan),
        Some(other) => {
            let name = &work.data[other.number].described.element_identifier;
            Err(Failure::at(
                name,
                "the file changed while it was packed: try again when nothing writes to it",
            ))
        }
    }
}

/// The SHA-256 of all data; those that are known already are not read.
fn sums(data: &[Data], known: &[Option<Sha256Sum>]) -> Result<Vec<Sha256Sum>, Failure> {
    let read = cli::in_parallel(data.len(), |number| match known[number] {
        Some(sum) => Ok(sum),
        None => data[number].sha256(),
    });
    read.into_iter().collect()
}

fn report(plan: &PackingPlan, time: &str) -> String {
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
fn verdict(plan: &PackingPlan, strict: bool) -> Result<(), Failure> {
    let told = plan.files.iter().zip(&plan.is_told);
    let untold: Vec<&str> = told
        .filter(|(_, is_told)| !**is_told)
        .map(|(file, _)| file.element_identifier.as_str())
        .collect();
    match untold.first() {
        Some(first) if strict => {
            let problem = format!(
                "found {} of {} files that no crate describes (the first is {first}), expected none; see the report",
                untold.len(),
                plan.files.len()
            );
            Err(Failure::at("--strict", problem))
        }
        _ => Ok(()),
    }
}
