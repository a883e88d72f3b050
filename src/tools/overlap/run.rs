//! `fairtracks_overlap`: rank tracks by their overlap with a set of regions or variants.

use std::process::ExitCode;

use crate::cli::{self, Clock, Failure};
use crate::drawing::png;
use crate::fairtracks::document_json;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::overlap::{Analysis, MeasuredTrack, OverlapOptions, Ranking, Universe};
use crate::ro_crate::crate_archive::CrateDetail;

use super::arguments::OverlapArguments;
use super::genome::{AnalysisGenome, AssemblyClaim};
use super::labels::{LabelSource, Labels, TrackLabel};
use super::measuring::Sweep;
use super::metadata_column::{MetadataColumn, local_id, title};
use super::query::{PlacedElements, SingleInput, mask};
use super::ranking_table::RankedTrack;
use super::report::{self, OverlapReportContext};
use super::settings::{self, SettingsContext};
use super::track_file::{TrackFile, TrackRole, digests};
use super::{
    contact_table, form, group_table, picture, plain_words, ranking_table, scored_document,
};

/// The outputs of the Galaxy wrapper.
const TABLE_IN_GALAXY: &str = "output_table";
const GROUPS_IN_GALAXY: &str = "output_groups";
const PICTURE_IN_GALAXY: &str = "output_picture";
const CONTACTS_IN_GALAXY: &str = "output_contacts";

cli::outputs! {
    OverlapOutputs of OverlapArguments {
        table: output_table,
        groups: output_groups,
        contacts: output_contacts,
        settings: output_settings,
        document: output_document,
        gsuite: output_gsuite,
        picture: output_picture,
        svg: output_svg,
        report: output_report,
        galaxy_metadata: galaxy_metadata,
    }
}

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(mut arguments: OverlapArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let time = Clock::new(arguments.date.as_deref())?.now();
    take_form(&mut arguments)?;
    let columns = MetadataColumn::all(&arguments.columns)?;
    let group_by = arguments.group_by.as_deref();
    let group_by = group_by.map(|name| MetadataColumn::parse(name, "--group-by"));
    let group_by = group_by.transpose()?;
    let mut outputs = OverlapOutputs::open(&arguments, &[])?;

    let inputs = SingleInput::all(&arguments)?;
    let known = arguments.given.known_crates(CrateDetail::Metadata)?;
    let has_metadata = !known.read.is_empty() || arguments.document.is_some();
    let with_digests = has_metadata || outputs.settings.is_wanted();
    let source = arguments.document.as_deref().map(|path| {
        let name = input(&inputs, "document").map_or("document", SingleInput::identifier);
        LabelSource::read(path, name)
    });
    let source = source.transpose()?;
    let functions = match &source {
        Some(source) => source.digest_functions(),
        None => known.index().digest_functions(),
    };
    let files = TrackFile::all(&arguments, with_digests.then_some(&functions))?;
    let labels = match source {
        Some(source) => Labels::of_document(source, &files),
        None if known.read.is_empty() => Labels::none(files.len()),
        None => Labels::of_crates(&known, &files),
    };
    let claims = claims(&inputs, &files, &labels);
    let sizes = input(&inputs, "chromosome sizes").map_or("", SingleInput::identifier);
    let genome = AnalysisGenome::new(&arguments, sizes, &claims)?;

    let mut remarks = known.findings();
    remarks.extend(labels.findings.iter().cloned());
    let (mask, mask_remarks) = mask(input(&inputs, "mask"), &arguments, &genome)?;
    remarks.extend(mask_remarks);
    let placed = |role| {
        let input = input(&inputs, role);
        let read = input.map(|it| PlacedElements::read(it, &arguments, &genome, arguments.expand));
        read.transpose()
    };
    let query = placed("query")?.unwrap_or_default();
    let candidates = placed("candidates")?;
    let bins = input(&inputs, "bins");
    let bins =
        bins.map(|it| PlacedElements::read(it, &arguments, &genome, 0).map(|read| (it, read)));
    let bins = bins.transpose()?;
    for set in candidates.iter().chain([&query]) {
        remarks.extend(set.remarks.iter().cloned());
    }
    let mut universe = Universe::new(genome.lengths(arguments.all_sequences), &mask);
    if let Some((input, bins)) = &bins {
        remarks.extend(bins.remarks.iter().cloned());
        let within = universe.within(&bins.set());
        universe = within.map_err(|error| Failure::at(input.identifier(), error))?;
    }
    let candidates = candidates.map(|set| set.set());
    let analysis = Analysis::new(universe, query.set(), candidates, options(&arguments))?;

    let roles = roles(&arguments, &files, &labels, group_by.as_ref())?;
    let sweep = Sweep {
        analysis: &analysis,
        genome: &genome,
        query: &query,
        threshold: arguments.threshold,
        with_contacts: outputs.contacts.is_wanted(),
    };
    let swept = sweep.all(&files, &roles)?;
    let mut measured: Vec<MeasuredTrack> = Vec::new();
    let mut tracks = Vec::new();
    let mut contacts = Vec::new();
    for (((swept, file), role), label) in swept
        .into_iter()
        .zip(&files)
        .zip(&roles)
        .zip(&labels.tracks)
    {
        measured.push(swept.measured);
        contacts.push(swept.contacts);
        let label = label.as_ref();
        let mut warnings = swept.warnings;
        warnings.extend(metadata_warning(has_metadata, label));
        tracks.push(RankedTrack {
            name: file.identifier().to_owned(),
            title: role.title.clone(),
            local_id: local_id(label),
            metadata: columns.iter().map(|column| column.value(label)).collect(),
            coordinates: swept.verdict.name(),
            warnings,
        });
    }
    let ranking = analysis.rank(measured)?;

    let column_titles: Vec<String> = columns.iter().map(MetadataColumn::title).collect();
    let tail = arguments.tail.setting();
    let table = ranking_table::write(&ranking, &tracks, &column_titles, tail);
    if !outputs.table.is_wanted() {
        cli::print(&table)?;
    }
    let settings = settings::json(&SettingsContext {
        arguments: &arguments,
        genome: &genome,
        ranking: &ranking,
        coordinates: query.verdict,
        inputs: &hashed(&inputs, with_digests)?,
        tracks: &files,
        columns: &column_titles,
        group_by: group_by.as_ref().map(MetadataColumn::title).as_deref(),
        reference: &arguments.reference,
        time: &time,
    });
    let about = OverlapReportContext {
        tracks: &tracks,
        remarks: &remarks,
        method: &plain_words::method(&ranking, &arguments, genome.known.name()),
        settings: &settings,
        table: TABLE_IN_GALAXY,
        groups: group_by.as_ref().map(|_| GROUPS_IN_GALAXY),
        picture: arguments.output_picture.as_ref().map(|_| PICTURE_IN_GALAXY),
        tool: &format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION")),
        time: &time,
    };
    outputs.table.write(&table)?;
    outputs.groups.write(group_table::write(&ranking.groups))?;
    if outputs.contacts.is_wanted() {
        let lines = contacts.iter().map(String::as_str);
        outputs.contacts.write(contact_table::write(lines))?;
    }
    outputs.settings.write(format!("{settings:#}\n"))?;
    if outputs.document.is_wanted() || outputs.gsuite.is_wanted() {
        let query = inputs.first().map_or("", SingleInput::identifier);
        let scores = ranking.tracks.iter();
        let scores: Vec<_> = scores
            .map(|score| scored_document::scores(score, query))
            .collect();
        let document = scored_document::document(&labels, &scores, &time)?;
        outputs.document.write(document_json::write(&document))?;
        outputs.gsuite.write(scored_document::gsuite(&document))?;
    }
    if outputs.picture.is_wanted() || outputs.svg.is_wanted() {
        let column = group_by.as_ref().unwrap_or(&columns[0]);
        let groups = labels.tracks.iter();
        let groups: Vec<String> = groups.map(|label| column.value(label.as_ref())).collect();
        let svg = picture::svg(&ranking, &tracks, &groups, &column.title(), &arguments);
        if outputs.picture.is_wanted() {
            outputs.picture.write(png::of_svg(&svg)?)?;
        }
        outputs.svg.write(svg)?;
    }
    outputs.report.write(report::markdown(&ranking, about))?;
    outputs
        .galaxy_metadata
        .write(galaxy_metadata(&column_titles, &arguments))?;
    outputs.appear()?;
    say(&ranking, &about);
    Ok(())
}

/// Puts the texts of the form with the arguments.
fn take_form(arguments: &mut OverlapArguments) -> Result<(), Failure> {
    let Some(path) = &arguments.form else {
        return Ok(());
    };
    let form = form::read(&cli::read(path)?).map_err(|error| Failure::at("overlap form", error))?;
    arguments.columns.extend(form.metadata.columns());
    arguments.reference.extend(form.metadata.reference());
    if arguments.group_by.is_none() {
        arguments.group_by = form.metadata.group_by();
    }
    Ok(())
}

fn input<'i>(inputs: &'i [SingleInput], role: &str) -> Option<&'i SingleInput> {
    inputs.iter().find(|input| input.role == role)
}

fn options(arguments: &OverlapArguments) -> OverlapOptions {
    OverlapOptions {
        null: arguments.null.setting(),
        randomised: arguments.randomise.setting(),
        permutations: arguments.permutations,
        seed: arguments.seed,
        statistic: arguments.statistic.setting(),
        tail: arguments.tail.setting(),
        adjustment: arguments.adjust.setting(),
        ranked_by: arguments.rank_by.setting(),
    }
}

/// What metadata say of the assembly of each file.
fn claims(inputs: &[SingleInput], files: &[TrackFile], labels: &Labels) -> Vec<AssemblyClaim> {
    let claim = |file: &str, assembly: &str| AssemblyClaim {
        file: file.to_owned(),
        assembly: assembly.to_owned(),
    };
    let sets = inputs.iter();
    let sets = sets.filter(|input| matches!(input.role, "query" | "candidates" | "mask" | "bins"));
    let of_sets = sets.map(|input| claim(input.identifier(), &input.described.dbkey));
    let of_files = files
        .iter()
        .map(|file| claim(file.identifier(), &file.described.dbkey));
    let assembly = MetadataColumn::Headline("assembly");
    let labelled = files.iter().zip(&labels.tracks);
    let of_labels =
        labelled.map(|(file, label)| claim(file.identifier(), &assembly.value(label.as_ref())));
    of_sets.chain(of_files).chain(of_labels).collect()
}

/// Title, group and reference of each track.
fn roles(
    arguments: &OverlapArguments,
    files: &[TrackFile],
    labels: &Labels,
    group_by: Option<&MetadataColumn>,
) -> Result<Vec<TrackRole>, Failure> {
    let tracks = files.iter().zip(&labels.tracks);
    let is_named = |name: &str, file: &TrackFile, label: Option<&TrackLabel>| {
        name == file.identifier() || name == local_id(label)
    };
    for name in &arguments.reference {
        let mut tracks = tracks.clone();
        if !tracks.any(|(file, label)| is_named(name, file, label.as_ref())) {
            let problem = format!(
                "found the reference track `{name}`, expected the element identifier or local_id of a track"
            );
            return Err(Failure::at("--reference", problem));
        }
    }
    let role = |(file, label): (&TrackFile, &Option<TrackLabel>)| {
        let label = label.as_ref();
        let group = group_by.map(|column| column.value(label));
        let mut references = arguments.reference.iter();
        TrackRole {
            title: title(file, label),
            group: group.filter(|group| !group.is_empty()),
            is_reference: references.any(|name| is_named(name, file, label)),
        }
    };
    Ok(tracks.map(role).collect())
}

/// What to say of the metadata of a track.
fn metadata_warning(has_metadata: bool, label: Option<&TrackLabel>) -> Option<String> {
    let warning = match label {
        None if has_metadata => {
            "no metadata found: neither checksum nor name match; analysed under its file name"
        }
        Some(label) if !label.is_proven => "metadata matched by name, not by checksum",
        _ => return None,
    };
    Some(warning.to_owned())
}

/// The single inputs with their digests; none where checksums are not needed.
fn hashed(
    inputs: &[SingleInput],
    with_digests: bool,
) -> Result<Vec<(SingleInput, crate::archive::digest::Digests)>, Failure> {
    let inputs = inputs.iter().filter(|_| with_digests);
    let hashed = inputs.map(|input| {
        let digests = digests(&input.path, &[]);
        let (own, _) = digests.map_err(|error| Failure::at(input.identifier(), error))?;
        Ok((input.clone(), own))
    });
    hashed.collect()
}

/// What Galaxy is to know of the outputs.
fn galaxy_metadata(columns: &[String], arguments: &OverlapArguments) -> String {
    let titles = ranking_table::titles(columns);
    let mut metadata = GalaxyMetadata::default().with_table(TABLE_IN_GALAXY, &titles);
    if arguments.output_groups.is_some() {
        let titles = group_table::TITLES.map(str::to_owned);
        metadata = metadata.with_table(GROUPS_IN_GALAXY, &titles);
    }
    if arguments.output_contacts.is_some() {
        let titles = contact_table::TITLES.map(str::to_owned);
        metadata = metadata.with_table(CONTACTS_IN_GALAXY, &titles);
    }
    metadata.write()
}

fn say(ranking: &Ranking, about: &OverlapReportContext<'_>) {
    cli::say(report::verdict(ranking, about.tracks));
    for warning in report::all_warnings(ranking, about) {
        cli::say(warning);
    }
}
