//! `fairtracks_import`: bring found tracks into Galaxy with their metadata attached.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::galaxy_metadata::{self, TABLE_IN_GALAXY};
use crate::cli::{self, Clock, Failure};
use crate::drawing::png;
use crate::remote::site_settings;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::imported_track::{ImportStatus, PlannedTrack, TrackOutcome};
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::of_crates::CratesOverview;
use crate::tools::import::form::ImportForm;
use crate::tools::import::page;
use crate::tools::import::plan::plan;
use crate::tools::import::report::{self, ImportReportContext};
use crate::tools::import::table;

use super::arguments::ImportArguments;
use super::download::DownloadedTrack;
use super::earlier::{EarlierImport, TakenTracks};
use super::folder::Folder;
use super::inputs::{ImportInput, Inputs};
use super::names::ImportNames;
use super::recognition::Terms;

/// The output of the Galaxy wrapper.
const PICTURE_IN_GALAXY: &str = "output_picture";

cli::outputs! {
    ImportOutputs of ImportArguments {
        table: output_table,
        report: output_report,
        picture: output_picture,
        page: output_page,
        galaxy_metadata: galaxy_metadata,
    }
}

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: ImportArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let clock = Clock::new(arguments.date.as_deref())?;
    let time = clock.now();
    let settings = site_settings()?;
    let form: ImportForm = cli::form(arguments.form.as_deref(), "import form")?;
    let credits = arguments.credits.clone().or(form.credits);
    let credited = Credited::new(&credits)?;
    let names = ImportNames::read(&arguments)?;
    let output_names = arguments.output_names.read(super::NAME)?;
    let mut outputs = ImportOutputs::open(&arguments, &[])?;

    let Inputs {
        read: mut inputs,
        unreadable,
    } = super::inputs::read(&arguments.sources, &names)?;
    for source in &unreadable {
        cli::say(source);
    }
    let mut tracks = {
        let sources: Vec<_> = inputs.iter().map(ImportInput::source).collect();
        let chosen = super::inputs::chosen(&sources, (&arguments, &names), form.choice.picked())?;
        plan(&sources, chosen.as_deref(), arguments.choices())
    };
    let earlier = EarlierImport::read(&arguments, &names, &tracks)?;
    let folder = Folder::create(&arguments, &tracks)?;
    let mut taken = TakenTracks::default();
    let landed = if arguments.register_only {
        super::registering::register(&tracks, &settings.allow_private_hosts)
    } else {
        let terms = Terms {
            limit: settings.limits.bytes_per_file,
            is_strict: arguments.strict,
            peaks: arguments.choices().peaks,
        };
        if let Some(earlier) = &earlier {
            let strictness = (&clock, arguments.strict);
            taken = super::earlier::take(earlier, &mut tracks, &folder, strictness)?;
        }
        super::download::fetch(
            &mut tracks,
            &mut inputs,
            &folder,
            &settings,
            (&clock, terms),
            std::mem::take(&mut taken.landed),
        )
        .inspect_err(|_| taken.remove(&tracks, &folder))?
    };
    let (tracks, mut arrivals) = with_what_came(tracks, landed);
    for (number, why) in taken.remarks {
        arrivals[number].1.push(why);
    }
    let described_in: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    let outcomes = outcomes(&tracks, &described_in, arrivals);
    let templates = PageTemplates::new()?;
    let here = outcomes.iter();
    let here = here.filter(|outcome| outcome.arrival.is_here()).count();
    let mut overview = CratesOverview::new(&templates, here, outputs.page.is_wanted());
    let crates = super::crates::write(
        &outcomes,
        &mut inputs,
        &folder,
        &taken.crates,
        (&credited, &time),
        (&templates, &mut overview),
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
    if !outputs.table.is_wanted() {
        cli::print(&table)?;
    }
    let tool = format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION"));
    let inputs = inputs.iter();
    let missing_credits: BTreeSet<&str> = inputs
        .flat_map(|input| credited.clone().or_licence(input.licence()).missing())
        .collect();
    let about = ImportReportContext {
        sources: &names.shown_sources,
        tool: &tool,
        time: &time,
        missing_credits: &missing_credits,
        unreadable: &unreadable,
        table: TABLE_IN_GALAXY,
        picture: match outputs.picture.is_wanted() {
            true => PICTURE_IN_GALAXY,
            false => "",
        },
    };
    let metadata = galaxy_metadata::write(&arguments, &outcomes, &crates, &folder, output_names)?;
    if outputs.picture.is_wanted() || outputs.page.is_wanted() {
        let picture = page::picture(&outcomes);
        if outputs.picture.is_wanted() {
            outputs.picture.write(png::of_svg(&picture.svg)?)?;
        }
        if outputs.page.is_wanted() {
            let page = page::page(&outcomes, about, picture);
            outputs.page.write(overview.into_sections().page(&page)?)?;
        }
    }
    outputs.table.write(table)?;
    outputs.report.write(report::markdown(&outcomes, about))?;
    outputs.galaxy_metadata.write(metadata)?;
    outputs.appear()?;
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

fn outcomes<'p>(
    tracks: &'p [PlannedTrack],
    described_in: &'p [String],
    arrivals: Vec<(ImportStatus, Vec<String>)>,
) -> Vec<TrackOutcome<'p>> {
    let pairs = tracks.iter().zip(arrivals);
    pairs
        .map(|(track, (arrival, remarks))| TrackOutcome {
            track,
            described_in: &described_in[track.source],
            arrival,
            remarks,
        })
        .collect()
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
        let counts = verdict
            .split_once(", ")
            .map_or(&*verdict, |(_, counts)| counts);
        return Err(Failure::at(
            "import",
            format!("no track imported: {counts}; see the table"),
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
