//! The structure of the tool: read, convert, write, report.

use std::path::Path;
use std::process::ExitCode;

use super::arguments::{ConvertArguments, MissingChecksums};
use super::document_tables;
use super::drs_resolving;
use super::form::ConvertForm;
use super::missing_checksums::ChecksumFetcher;
use super::own_reading;
use super::reading;
use super::report;
use super::source_names;
use super::source_reading::{SourceReading, SourceSearch};
use crate::archive::digest::Sha256Sum;
use crate::cli::ontologies::{OntologyArguments, OntologyFile};
use crate::cli::{self, Clock, Failure, dataset_options};
use crate::conversion::chain::ConversionRequest;
use crate::conversion::edits::{self, CuratorEdit};
use crate::conversion::known_fields::KnownFields;
use crate::conversion::known_titles;
use crate::conversion::log::{self as conversion_log, ConversionLog, LogOutcome};
use crate::conversion::metadata_source::MetadataSource;
use crate::conversion::normalise::ObjectLists;
use crate::conversion::object_tables::{self, StatedOptions};
use crate::conversion::read::delimited;
use crate::conversion::rules::ConversionRules;
use crate::conversion::template;
use crate::conversion::terms::TermTables;
use crate::conversion::title_readings::{self, TitleReading};
use crate::conversion::write::blank_workbook;
use crate::conversion::write::delimited::csv;
use crate::fairtracks::converted_document::{ConversionSource, StatedTerms};
use crate::galaxy::output_metadata::GalaxyMetadata;

cli::outputs! {
    ConvertOutputs of ConvertArguments {
        template: template,
        document: output_document,
        table: output_table,
        report: output_report,
        galaxy_metadata: galaxy_metadata,
    }
}

/// The output of the Galaxy wrapper that holds the table.
const TABLE_IN_GALAXY: &str = "output_table";

/// The output of the Galaxy wrapper that holds the readings of titles.
const TITLES_IN_GALAXY: &str = "output_titles";

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: ConvertArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let clock = Clock::new(arguments.date.as_deref())?;
    let form: ConvertForm = cli::form(arguments.form.as_deref(), "convert form")?;
    let mut defaults = arguments.values()?;
    defaults.extend(form.values());
    let names = dataset_options::names(arguments.names.as_deref(), &arguments.tables, "table")?;
    let mut terms = TermTables::built_in()?;
    let mut own_terms = add_terms(&mut terms, &arguments.term_files()?)?;
    let kind = arguments.kind()?;
    let mut names = match kind {
        MetadataSource::Hub => source_names::in_common_folder(&names),
        _ => source_names::told_apart(&names),
    };
    let rules = read_rules(arguments.rules.as_deref(), kind, &terms)?;
    check_terms(&own_terms, &rules)?;
    for file in ontologies(&arguments)? {
        own_terms.push(StatedTerms {
            name: file.terms.name().to_owned(),
            sha256: file.sha256,
            ontology: file.release.id,
            ontology_version: file.release.version,
        });
        terms.add_ontology(file.terms);
    }
    if arguments.to.is_some() {
        if arguments.has_outputs_of_tables() || arguments.template.is_some() {
            let problem = "found another output, expected `--output-tables` alone";
            return Err(Failure::usage("--to", problem));
        }
        return document_tables::write(&arguments, &names, &rules, &clock.now());
    }
    let url = arguments.url.clone().or_else(|| form.url());
    let query = arguments.query.clone().or_else(|| form.query());
    check_search(&arguments, kind, url.is_some(), query.is_some())?;
    if arguments.dry_run
        && (arguments.output_document.is_some() || arguments.output_report.is_some())
    {
        let problem = "found another output, expected `--output-table` alone or none";
        return Err(Failure::usage("--dry-run", problem));
    }
    let has_files = !arguments.files.is_empty();
    let has_source = !arguments.tables.is_empty() || url.is_some() || query.is_some() || has_files;
    if !has_source && (arguments.has_outputs_of_tables() || arguments.template.is_none()) {
        let problem = "found no source, expected at least one file, `--url` or `--query`";
        return Err(Failure::usage("FILE", problem));
    }
    let mut outputs = ConvertOutputs::open(&arguments, &[])?;
    if let Some(path) = &arguments.template {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let blank = match ending.to_ascii_lowercase().as_str() {
            "xlsx" => blank_workbook::blank(&rules, &terms, &clock.now())?,
            "csv" => csv(&rules.template, []).into_bytes(),
            _ => template::blank(&rules).into_bytes(),
        };
        outputs.template.write(blank)?;
    }
    if !has_source {
        return outputs.appear();
    }

    let service = url.as_deref().map(reading::url_of).transpose()?;
    let search = SourceSearch {
        url: service.as_ref(),
        query: query.as_deref(),
    };
    let mut reading = reading::read(kind, &arguments.tables, &names, search, &rules)?;
    if arguments.resolve_drs {
        drs_resolving::resolve(&mut reading, &rules)?;
    }
    let base_url = arguments.base_url.clone().or_else(|| form.base_url());
    let own_files = own_reading::read(&arguments, base_url.as_deref())?;
    let SourceReading {
        sheets,
        mut log,
        mut files,
        no_hits,
    } = reading;
    for file in &own_files.files {
        names.push(file.name.clone());
        files.push((file.name.clone(), file.sha256.hexadecimal()));
    }
    let is_of_document = kind == MetadataSource::Table && object_tables::is_object_tables(&sheets);
    if arguments.dry_run {
        let readings = title_readings::of(&sheets, &log, &rules, is_of_document);
        return write_readings(outputs, &readings);
    }
    let mut known = KnownFields::of(&rules);
    known.add_titles(&sheets, is_of_document);
    let defaults = known.values(defaults);
    let defaults = defaults.map_err(|problem| Failure::usage("--set", problem))?;
    let is_files_alone = has_files && sheets.is_empty();
    if !is_of_document && !is_files_alone && no_hits.is_none() {
        let problem = known_titles::check(&sheets, &log, &rules);
        problem.map_err(|problem| Failure::at(names.join(", "), problem))?;
    }
    let checksums = match arguments.checksums {
        MissingChecksums::Fetch => Some(ChecksumFetcher::new()?),
        MissingChecksums::Report => None,
    };
    let (edits, edits_sha256) = read_edits(arguments.edits.as_deref(), &known)?.unzip();
    let edits = edits.unwrap_or_default();
    let source = ConversionSource {
        kind: kind.name().to_owned(),
        url,
        query,
        files,
        rules: (rules.name.clone(), rules.version.clone()),
        options: stated_options(&defaults, &arguments, base_url),
        terms: own_terms,
        edits: edits_sha256,
        time: clock.now(),
        tool: super::NAME.to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let request = ConversionRequest {
        rules: &rules,
        terms: &terms,
        defaults: &defaults,
        edits: &edits,
        own_files: &own_files,
        source: &source,
    };
    request
        .check_defaults()
        .map_err(|problem| Failure::usage("--set", problem))?;
    let mut complete = |lists: &mut ObjectLists, log: &mut ConversionLog| {
        if let Some(checksums) = &checksums {
            checksums.fill(lists, log);
        }
    };
    let conversion = match is_of_document {
        true => {
            let tables = object_tables::read(sheets, &rules, &mut log)?;
            let source = with_earlier_options(&source, &tables.options);
            let request = ConversionRequest {
                source: &source,
                ..request
            };
            request.convert_object_tables(tables, log, &mut complete)
        }
        false => request.convert_and_complete(sheets, log, &mut complete)?,
    };

    let table = conversion_log::write(&conversion.log);
    if !outputs.is_any_wanted() {
        cli::print(&table)?;
    }
    outputs.document.write(&conversion.document)?;
    outputs.table.write(table)?;
    let rules = format!("{} {}", rules.name, rules.version);
    outputs.report.write(report::markdown(
        &conversion,
        &names,
        &rules,
        TABLE_IN_GALAXY,
        no_hits.as_deref(),
    ))?;
    let metadata = GalaxyMetadata::default()
        .with_table(TABLE_IN_GALAXY, &conversion_log::TITLES.map(str::to_owned));
    outputs.galaxy_metadata.write(metadata.write())?;
    outputs.appear()?;
    if let Some(sentence) = &no_hits {
        cli::say(format!("{sentence}: change the search"));
    }
    cli::say(report::verdict(&conversion));
    let broken =
        conversion.log.count(LogOutcome::Missing) + conversion.log.count(LogOutcome::Broken);
    if arguments.strict && broken > 0 {
        let problem = format!(
            "found {broken} values missing or against a rule of FAIRtracks, expected none: see the table"
        );
        return Err(Failure::at("--strict", problem));
    }
    Ok(())
}

/// The provenance with the options of the conversion that the tables of a document are from; new ones go before.
fn with_earlier_options(source: &ConversionSource, earlier: &StatedOptions) -> ConversionSource {
    let mut source = source.clone();
    let new = std::mem::take(&mut source.options);
    let is_new = |field: &str| new.iter().any(|(known, _)| known == field);
    let kept = earlier.values.iter().filter(|(field, _)| !is_new(field));
    source.options = kept.cloned().collect();
    source.options.extend(new);
    source.edits = source.edits.or_else(|| earlier.edits.clone());
    source
}

/// Writes how titles are read, in place of what a conversion writes.
fn write_readings(mut outputs: ConvertOutputs, readings: &[TitleReading]) -> Result<(), Failure> {
    let table = title_readings::write(readings);
    if !outputs.table.is_wanted() {
        cli::print(&table)?;
    }
    outputs.table.write(table)?;
    let metadata = GalaxyMetadata::default()
        .with_table(TITLES_IN_GALAXY, &title_readings::TITLES.map(str::to_owned));
    outputs.galaxy_metadata.write(metadata.write())?;
    outputs.appear()
}

/// Checks that the source can be searched.
fn check_search(
    arguments: &ConvertArguments,
    kind: MetadataSource,
    has_url: bool,
    has_query: bool,
) -> Result<(), Failure> {
    let is_of_files = matches!(kind, MetadataSource::Table | MetadataSource::Own);
    let (option, problem) = match (has_url, has_query) {
        (true, _) if is_of_files => (
            "--url",
            "found a URL for tables, expected files: select another `--source`",
        ),
        (_, true) if is_of_files => (
            "--query",
            "found a search for tables, expected files: select another `--source`",
        ),
        (_, true) if !arguments.tables.is_empty() => {
            ("--query", "found a search and files, expected one of them")
        }
        _ => return Ok(()),
    };
    Err(Failure::usage(option, problem))
}

/// The options that the provenance states: values for all records, and what was asked of servers.
fn stated_options(
    defaults: &[(String, String)],
    arguments: &ConvertArguments,
    base_url: Option<String>,
) -> Vec<(String, String)> {
    let base_url = base_url.map(|url| ("base_url".to_owned(), url));
    let mut options: Vec<(String, String)> = defaults.iter().cloned().chain(base_url).collect();
    let asked = [
        (
            "checksums",
            "fetch",
            arguments.checksums == MissingChecksums::Fetch,
        ),
        ("resolve_drs", "true", arguments.resolve_drs),
    ];
    for (name, value, is_set) in asked {
        if is_set {
            options.push((name.to_owned(), value.to_owned()));
        }
    }
    options
}

/// The ontology files of the user and the site.
fn ontologies(arguments: &ConvertArguments) -> Result<Vec<OntologyFile>, Failure> {
    let files = arguments.ontology.clone();
    let names = match &arguments.ontology_names {
        Some(list) => dataset_options::names(Some(list), &files, "ontology")?,
        None => Vec::new(),
    };
    OntologyArguments { files }.tables(&names)
}

/// Adds tables of terms of the user; the name and SHA-256 of each.
fn add_terms(
    terms: &mut TermTables,
    files: &[(String, String)],
) -> Result<Vec<StatedTerms>, Failure> {
    let added = files.iter().map(|(table, file)| {
        let bytes = cli::read(Path::new(file))?;
        let text = std::str::from_utf8(&bytes).map_err(|error| Failure::at(file, error))?;
        terms
            .add(table, text)
            .map_err(|error| Failure::at(file, error))?;
        Ok(StatedTerms {
            name: table.clone(),
            sha256: Sha256Sum::of(&bytes).hexadecimal(),
            ..StatedTerms::default()
        })
    });
    added.collect()
}

/// Checks that rules read the tables of terms of the user.
fn check_terms(added: &[StatedTerms], rules: &ConversionRules) -> Result<(), Failure> {
    let read = rules.tables();
    let mut names = added.iter().map(|terms| &terms.name);
    match names.find(|name| !read.contains(name.as_str())) {
        None => Ok(()),
        Some(name) => {
            let read = Vec::from_iter(read).join(", ");
            let problem =
                format!("found the table `{name}`, which no rule reads, expected one of {read}");
            Err(Failure::usage("--terms", problem))
        }
    }
}

fn read_rules(
    path: Option<&Path>,
    kind: MetadataSource,
    terms: &TermTables,
) -> Result<ConversionRules, Failure> {
    let Some(path) = path else {
        return Ok(ConversionRules::of_source(kind, terms)?);
    };
    let at = |problem: &dyn std::fmt::Display| Failure::at(path.display(), problem);
    let bytes = cli::read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| at(&error))?;
    ConversionRules::read(text, terms).map_err(|error| at(&error))
}

/// The edits of a table, and its SHA-256.
fn read_edits(
    path: Option<&Path>,
    known: &KnownFields,
) -> Result<Option<(Vec<CuratorEdit>, String)>, Failure> {
    let Some(path) = path else {
        return Ok(None);
    };
    let at = |problem: &dyn std::fmt::Display| Failure::at(path.display(), problem);
    let bytes = cli::read(path)?;
    let sheet = delimited::read("edits", &bytes).map_err(|error| at(&error))?;
    let edits = edits::read(&sheet, known).map_err(|problem| at(&problem))?;
    Ok(Some((edits, Sha256Sum::of(&bytes).hexadecimal())))
}
