//! `fairtracks_catalog`: list what documents and TrackFind servers can be asked for.

use std::collections::BTreeSet;
use std::process::ExitCode;

use crate::cli::{self, Failure};
use crate::fairtracks::category::Category;
use crate::galaxy::output_metadata::GalaxyMetadata;
use crate::tools::catalog::entries::Catalog;
use crate::tools::catalog::form::{self, CatalogForm};
use crate::tools::catalog::report::{self, CatalogReportContext};
use crate::tools::catalog::{form_table, nothing_listed, table};

use super::arguments::CatalogArguments;
use super::listing::Listing;

/// The outputs of the Galaxy wrapper that hold the tables.
const TABLE_IN_GALAXY: &str = "output_table";
const FORM_TABLE_IN_GALAXY: &str = "output_form_table";

/// The remark on values of a server without counts; names the option and the field of the form.
const NOT_COUNTED: &str = "tracks were not counted, so a search for some of the values may find nothing, for example values of objects in a list or of tracks without a sample; to find out, use \"Count the tracks of each value\" in the Galaxy form, --count on the command line";

cli::outputs! {
    CatalogOutputs of CatalogArguments {
        table: output_table,
        form_table: output_form_table,
        report: output_report,
        galaxy_metadata: galaxy_metadata,
    }
}

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: CatalogArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let asked = match &arguments.form {
        Some(path) => {
            form::read(&cli::read(path)?).map_err(|error| Failure::at("catalog form", error))?
        }
        None => arguments.asked(),
    };
    let vocabulary = arguments.ontologies.vocabulary()?;
    let mut outputs = CatalogOutputs::open(&arguments, &[])?;

    let listing = list(&arguments, &asked)?;
    let mut catalog = Catalog { hubs: listing.hubs };
    catalog.hide_named_secrets();
    refuse_unknown(&asked.wanted.categories, &catalog)?;
    let restricted = catalog.of(&asked.wanted, &vocabulary);
    let form_table = form_table::write(&restricted, &vocabulary, form_table::ROOM);
    let mut remarks = listing.remarks;
    if restricted.rows() == 0 {
        let categories = categories(&catalog);
        let vocabulary = vocabulary.clone();
        remarks.push(nothing_listed::reason(
            &catalog,
            &asked.wanted,
            &categories,
            vocabulary,
        ));
    } else if asked.server.is_some() && !arguments.count {
        remarks.push(NOT_COUNTED.to_owned());
    }
    let about = CatalogReportContext {
        sources: &listing.sources,
        wanted: &asked.wanted,
        rows: restricted.rows(),
        failures: &listing.failures,
        remarks: &remarks,
        left_out: &form_table.left_out,
        table: TABLE_IN_GALAXY,
        vocabulary: &vocabulary,
    };
    let report = report::markdown(&catalog, about);
    let summary = report::summary(&catalog, about);
    let table = table::write(&restricted);
    if !outputs.is_any_wanted() {
        cli::print(&table)?;
        cli::say(summary);
        return Ok(());
    }
    let metadata = GalaxyMetadata::default()
        .with_table(TABLE_IN_GALAXY, &table::TITLES.map(str::to_owned))
        .with_table(FORM_TABLE_IN_GALAXY, &form_table::TITLES.map(str::to_owned));
    outputs.table.write(table)?;
    outputs.form_table.write(form_table.text)?;
    outputs.report.write(report)?;
    outputs.galaxy_metadata.write(metadata.write())?;
    outputs.appear()?;
    cli::say(summary);
    Ok(())
}

/// The hubs that are asked for.
fn list(arguments: &CatalogArguments, asked: &CatalogForm) -> Result<Listing, Failure> {
    match (&asked.server, arguments.document.is_empty()) {
        (Some(server), true) => super::listing::of_server(server, arguments.count),
        (None, false) => super::listing::of_documents(
            &arguments.document,
            arguments.names.as_deref(),
            arguments.augment,
        ),
        (Some(_), false) => Err(Failure::usage(
            "--document",
            "found both documents and a server, expected one or the other",
        )),
        (None, true) => Err(Failure::usage(
            "--document",
            "found neither documents nor a server, expected --document FILE or --server URL",
        )),
    }
}

/// The categories of all hubs, sorted.
fn categories(catalog: &Catalog) -> Vec<&str> {
    let attributes = catalog.hubs.iter().flat_map(|hub| &hub.attributes);
    let categories = attributes.map(|attribute| attribute.category.as_str());
    categories.collect::<BTreeSet<&str>>().into_iter().collect()
}

/// Refuses a category that neither the standard nor a hub has.
fn refuse_unknown(wanted: &[String], catalog: &Catalog) -> Result<(), Failure> {
    let known = categories(catalog);
    let standard = Category::ALL.map(Category::name);
    let is_known = |name: &&String| {
        let name = name.as_str();
        known.contains(&name) || standard.contains(&name)
    };
    match wanted.iter().find(|name| !is_known(name)) {
        Some(name) if !known.is_empty() => {
            let expected = known.join(", ");
            let problem =
                format!("found the unknown category `{name}`, expected one of {expected}");
            Err(Failure::usage("--category", problem))
        }
        _ => Ok(()),
    }
}
