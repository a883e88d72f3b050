//! `fairtracks_import`: bring found tracks into Galaxy with their metadata attached.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::galaxy_metadata::{self, TrackFiles};
use crate::cli::{self, Clock, Failure, Outputs};
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::remote::site_settings;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::imported_track::{ImportStatus, PlannedTrack, TrackOutcome};
use crate::tools::import::plan::plan;
use crate::tools::import::report::{self, ImportReportContext};
use crate::tools::import::{form, table};

use super::arguments::ImportArguments;
use super::download::DownloadedTrack;
use super::folder::Folder;
use super::inputs::{ImportInput, Inputs};
use super::recognition::Terms;

/// The outputs of the Galaxy wrapper.
const TABLE_IN_GALAXY: &str = "output_table";
const TRACKS_IN_GALAXY: &str = "output_tracks";
const CRATES_IN_GALAXY: &str = "output_crates";

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: ImportArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let paths = [
        arguments.output_table.as_deref(),
        arguments.output_report.as_deref(),
        arguments.galaxy_metadata.as_deref(),
    ];
    let given: Vec<&Path> = paths.into_iter().flatten().collect();
    cli::refuse_shared(&arguments.inputs(), &given)?;
    let clock = Clock::new(arguments.date.as_deref())?;
    let time = clock.now();
    let settings = site_settings()?;
    let form = match &arguments.form {
        Some(path) => {
            form::read(&cli::read(path)?).map_err(|error| Failure::at("import form", error))?
        }
        None => form::ImportForm::default(),
    };
    let credits = arguments.credits.clone().or(form.credits);
    let credited = Credited::new(&credits)?;
    let names = super::inputs::names(&arguments)?;
    let outputs = Outputs::open(&given)?;

    let Inputs {
        read: mut inputs,
        unreadable,
    } = super::inputs::read(
        &arguments.sources,
        &names,
        &super::inputs::shown_names(&names, &arguments),
    )?;
    for source in &unreadable {
        cli::say(source);
    }
    let mut tracks = {
        let sources: Vec<_> = inputs.iter().map(ImportInput::source).collect();
        let chosen = super::inputs::chosen(&sources, &arguments, form.choice.picked())?;
        plan(&sources, chosen.as_deref(), arguments.choices())
    };
    let folder = Folder::create(&arguments, &tracks)?;
    let landed = if arguments.register_only {
        super::registering::register(&tracks, &settings.allow_private_hosts)
    } else {
        let terms = Terms {
            limit: settings.limits.bytes_per_file,
            is_strict: arguments.strict,
            peaks: arguments.choices().peaks,
        };
        super::download::fetch(
            &mut tracks,
            &mut inputs,
            &folder,
            &settings,
            (&clock, terms),
        )?
    };
    let (tracks, arrivals) = with_what_came(tracks, landed);
    let outcomes = outcomes(&tracks, arrivals);
    let crates = super::crates::write(
        &outcomes,
        &mut inputs,
        &folder,
        (&credited, !arguments.no_tags),
        &time,
    )
    .inspect_err(|_| {
        // A track is never left without its metadata.
        for (number, outcome) in outcomes.iter().enumerate() {
            if outcome.arrival.stored().is_some() {
                folder.remove_track(number, outcome.track.datatype);
            }
        }
    })?;

    let table = table::write(&outcomes);
    if arguments.output_table.is_none() {
        cli::print(&table)?;
    }
    let tool = format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION"));
    let about = ImportReportContext {
        sources: &super::inputs::shown_names(&names, &arguments),
        tool: &tool,
        time: &time,
        is_credited: inputs
            .iter()
            .all(|input| credited.clone().or_licence(input.licence()).is_complete()),
        unreadable: &unreadable,
        table: TABLE_IN_GALAXY,
    };
    let contents = [
        table,
        report::markdown(&outcomes, about),
        galaxy_metadata(&arguments, &outcomes, &crates, &folder)?,
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
    cli::say(report::summary(&outcomes));
    if outcomes.is_empty()
        && let Some(first) = unreadable.first()
    {
        return Err(Failure::at("import", format!("no track imported: {first}")));
    }
    if let Some(first) = unreadable.first().filter(|_| arguments.strict) {
        let problem = format!(
            "found {} of {} sources unreadable, expected none; the first: {first}",
            unreadable.len(),
            arguments.sources.len()
        );
        return Err(Failure::at("--strict", problem));
    }
    verdict(&outcomes, arguments.strict)
}

/// The tracks as they turned out to be, and what became of each.
fn with_what_came(
    mut tracks: Vec<PlannedTrack>,
    landed: Vec<DownloadedTrack>,
) -> (Vec<PlannedTrack>, Vec<(ImportStatus, Vec<String>)>) {
    let arrivals = tracks
        .iter_mut()
        .zip(landed)
        .map(|(track, landed)| {
            track.datatype = landed.datatype;
            (landed.arrival, landed.remarks)
        })
        .collect();
    (tracks, arrivals)
}

fn outcomes(
    tracks: &[PlannedTrack],
    arrivals: Vec<(ImportStatus, Vec<String>)>,
) -> Vec<TrackOutcome<'_>> {
    let pairs = tracks.iter().zip(arrivals);
    pairs
        .map(|(track, (arrival, remarks))| TrackOutcome {
            track,
            arrival,
            remarks,
        })
        .collect()
}

/// What Galaxy is to know of the outputs.
fn galaxy_metadata(
    arguments: &ImportArguments,
    outcomes: &[TrackOutcome<'_>],
    crates: &[Option<PathBuf>],
    folder: &Folder,
) -> Result<String, Failure> {
    // Where a job runs elsewhere, its files are found by exactly these names.
    let text = |path: &Path| {
        let path = path.strip_prefix(".").unwrap_or(path);
        path.to_string_lossy().into_owned()
    };
    let mut files = Vec::new();
    for (number, (outcome, crate_)) in outcomes.iter().zip(crates).enumerate() {
        if !outcome.arrival.is_here() {
            continue;
        }
        let is_stored = outcome.arrival.stored().is_some();
        let in_sheet = match arguments.sample_sheet && is_stored {
            true => Some(text(&folder.once_more(number, outcome.track.datatype)?)),
            false => None,
        };
        let files_of_track = TrackFiles {
            track: text(&folder.track(number, outcome.track.datatype)),
            in_sheet,
            crate_: crate_.as_deref().map(text),
        };
        files.push((outcome, files_of_track));
    }
    let titles = table::TITLES.map(str::to_owned);
    let tags = !arguments.no_tags;
    let metadata = GalaxyMetadata::default().with_table(TABLE_IN_GALAXY, &titles);
    let outputs = (TRACKS_IN_GALAXY, CRATES_IN_GALAXY);
    let mut metadata = galaxy_metadata::with_tracks(metadata, outputs, &files, tags);
    if arguments.sample_sheet {
        metadata =
            galaxy_metadata::with_sample_sheet(metadata, "FAIRtracks sample sheet", &files, tags);
    }
    if arguments.register_only {
        metadata =
            galaxy_metadata::with_registered(metadata, "FAIRtracks registered tracks", outcomes);
    }
    Ok(metadata.write())
}

/// Whether the work counts as done: a track that failed does not spoil the others, unless all failed or the user is
/// strict.
fn verdict(outcomes: &[TrackOutcome<'_>], strict: bool) -> Result<(), Failure> {
    let missing = outcomes
        .iter()
        .filter(|outcome| !outcome.arrival.is_here())
        .count();
    if missing == 0 {
        return Ok(());
    }
    let verdict = report::verdict(outcomes);
    if missing == outcomes.len() {
        return Err(Failure::at(
            "import",
            format!("no track imported: {verdict}"),
        ));
    }
    if strict {
        return Err(Failure::at(
            "--strict",
            format!("expected all tracks: {verdict}"),
        ));
    }
    Ok(())
}
