//! `fairtracks_follow`: find the source tracks of results, and give each result a crate that describes them.

use std::process::ExitCode;

use crate::cli::{
    self, Clock, Failure, GalaxyQuestion, dataset_files, dataset_options, document_options,
    lineage_options,
};
use crate::drawing::png;
use crate::fairtracks::finding::Strength;
use crate::galaxy::LONGEST_ELEMENT_IDENTIFIER;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::lineage_json;
use crate::galaxy::lineage::{Lineage, Producer};
use crate::galaxy::output_metadata::{GalaxyMetadata, file_of_job};
use crate::ro_crate::crate_archive::CrateDetail;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::light_crate_zip::LightCrates;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::of_crates::CratesOverview;
use crate::ro_crate::proof::SearchedSources;
use crate::ro_crate::proof::trace::{Ancestry, TraceOptions, trace_all};
use crate::ro_crate::result_crate_zip::ResultCrates;
use crate::text::unique_names::UniqueNames;
use crate::tools::follow::form::FollowForm;
use crate::tools::follow::report::{self, FollowReportContext};
use crate::tools::follow::table::{self, FollowRow};

use super::arguments::FollowArguments;
use super::sample_sheet::{FollowedResults, SampleSheet};

/// The outputs of the Galaxy wrapper.
const TABLE_IN_GALAXY: &str = "output_table";
const CRATES_IN_GALAXY: &str = "output_crates";
const PICTURE_IN_GALAXY: &str = "output_picture";

cli::outputs! {
    FollowOutputs of FollowArguments {
        table: output_table,
        report: output_report,
        picture: output_picture,
        page: output_page,
        lineage: output_lineage,
        galaxy_metadata: galaxy_metadata,
    }
}

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: FollowArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let clock = Clock::new(arguments.date.as_deref())?;
    let time = clock.now();
    let form: FollowForm = cli::form(arguments.form.as_deref(), "follow form")?;
    let credited = Credited::new(&arguments.credits.clone().or(form.credits))?;
    let mut outputs = FollowOutputs::open(&arguments, &[])?;
    let paths = cli::files(&arguments.results)?;
    let mut described = arguments.given.described(&paths)?;
    let sheet = SampleSheet::new(&arguments, &form.sheet, &described)?;

    let (mut known, no_crate) = arguments.given.readable_crates(CrateDetail::Metadata)?;
    let (documents, no_document) = arguments.documents.read()?;
    arguments.lineage.add_ids(&mut described)?;
    let mut unread = Vec::new();
    let asked = arguments.lineage.ask(GalaxyQuestion {
        tool: super::NAME,
        detail: CrateDetail::Metadata,
        described: &mut described,
        known: &mut known,
        documents: &documents,
        findings: &mut unread,
    })?;
    let failures = [no_crate, no_document];
    document_options::refuse_nothing_readable(failures, &known, &documents, asked.as_ref())?;
    let mut functions = known.index().digest_functions();
    functions.extend(documents.digest_functions());
    let results = dataset_files::hashed_files(described, &paths, &functions)?;
    let mut remarks = known.findings();
    remarks.extend_from_slice(documents.unreadable());
    remarks.append(&mut unread);
    let lineage = match asked {
        Some(lineage) => Some(lineage),
        None => arguments.lineage.read(&results, &mut remarks)?,
    };
    let crates_searched = known.read.len();
    let light_crates = LightCrates {
        credits: &credited,
        tool: (super::NAME, env!("CARGO_PKG_VERSION")),
        time: &time,
        templates: None,
    };
    let recognitions = documents.recognise(&results, lineage.as_ref(), &mut known, light_crates)?;
    let crate_index = known.index();
    let ancestry = lineage.as_ref().map(Ancestry::of);
    let options = TraceOptions {
        accept_identifiers: arguments.accept_identifiers,
        recognitions: &recognitions,
    };
    let traces = trace_all(&results, ancestry.as_ref(), &crate_index, options);
    let searched_sources = SearchedSources {
        producer: lineage.as_ref().map(|lineage| lineage.producer),
        has_documents: !documents.is_empty(),
    };
    let mut rows = super::rows::rows(&results, &traces, &crate_index, searched_sources);
    for (number, row) in rows.iter_mut().enumerate() {
        let found = recognitions.contradictions(number).iter();
        let found = found.map(|found| (Strength::Should, found.to_string()));
        row.findings.extend(found);
    }
    let contradictions = dataset_files::contradicted_builds(&paths, &results)?;
    for (row, contradiction) in rows.iter_mut().zip(contradictions) {
        let finding = contradiction.map(|found| (Strength::Should, found));
        row.findings.extend(finding);
        row.findings.sort_by_key(|(strength, _)| *strength);
    }
    let crates = ResultCrates {
        crate_index: &crate_index,
        to_nest: known.to_nest(),
        ancestry: ancestry.as_ref(),
        credits: &credited,
        tool: (super::NAME, env!("CARGO_PKG_VERSION")),
        time: &time,
        templates: PageTemplates::new()?,
    };
    let has_page = outputs.page.is_wanted();
    let mut overview = CratesOverview::new(&crates.templates, results.len(), has_page);
    let files = super::crates::write(
        &crates,
        (&results, &traces),
        &mut rows,
        &arguments,
        &mut overview,
    )?;

    let mut metadata = galaxy_metadata(&results, &files.paths);
    if let Some(sheet) = sheet {
        let followed = FollowedResults {
            results: &results,
            paths: &paths,
            proofs: &traces,
            crate_index: &crate_index,
            time: &time,
        };
        metadata = sheet.add(&followed, &arguments, &mut remarks, metadata)?;
    }
    let table = table::write(&rows);
    if !outputs.table.is_wanted() {
        cli::print(&table)?;
    }
    let summary = lineage_options::summary(lineage.as_ref());
    let searched = documents.summary(recognitions.counts(), "result");
    let about = FollowReportContext {
        crates: crates_searched,
        documents: &searched,
        lineage: &summary,
        remarks: &remarks,
        tool: &format!("{} {}", super::NAME, env!("CARGO_PKG_VERSION")),
        time: &time,
        table: TABLE_IN_GALAXY,
        picture: match outputs.picture.is_wanted() {
            true => PICTURE_IN_GALAXY,
            false => "",
        },
        shown: &files.shown,
    };
    if outputs.picture.is_wanted() || has_page {
        let (picture, sections) = overview.finish("");
        if outputs.picture.is_wanted() {
            outputs.picture.write(png::of_svg(&picture.svg)?)?;
        }
        if has_page {
            let page = super::page::page(&rows, about, picture);
            outputs.page.write(sections.page(&page)?)?;
        }
    }
    outputs.table.write(table)?;
    outputs.report.write(report::markdown(&rows, about))?;
    outputs.lineage.write(lineage_text(lineage.as_ref()))?;
    outputs.galaxy_metadata.write(metadata.write())?;
    outputs.appear()?;
    for remark in &remarks {
        cli::say(remark);
    }
    cli::say(summary);
    if !searched.is_empty() {
        cli::say(&searched);
    }
    cli::say(report::summary(&rows));
    if arguments.strict {
        dataset_options::all_readable("crates", &known.unreadable, crates_searched)?;
        documents.all_readable()?;
    }
    verdict(&rows, arguments.strict)
}

fn lineage_text(lineage: Option<&Lineage>) -> String {
    let none = Lineage {
        complete: false,
        ..Lineage::empty(Producer::Api)
    };
    lineage_json::write(lineage.unwrap_or(&none))
}

/// What Galaxy is to know of the outputs.
fn galaxy_metadata(results: &[DatasetFile], files: &[std::path::PathBuf]) -> GalaxyMetadata {
    let mut names = UniqueNames::default();
    let crates: Vec<(String, String, String)> = results
        .iter()
        .zip(files)
        .map(|(result, file)| {
            let name = names.numbered(&result.given_identifier, LONGEST_ELEMENT_IDENTIFIER);
            (file_of_job(file), name, result.dbkey.clone())
        })
        .collect();
    GalaxyMetadata::default()
        .with_table(TABLE_IN_GALAXY, &table::TITLES.map(str::to_owned))
        .with_crates(CRATES_IN_GALAXY, &crates)
}

/// Whether the work counts as done.
fn verdict(rows: &[FollowRow], strict: bool) -> Result<(), Failure> {
    let unproven = rows.iter().filter(|row| row.proven.is_empty());
    let unproven: Vec<&str> = unproven.map(|row| row.result.as_str()).collect();
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
