//! The way back: a document becomes tables, as a workbook or as a folder of files.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use super::arguments::{ConvertArguments, TableForm};
use crate::cli::{self, Failure, Output};
use crate::conversion::normal_form::nested::FlatTable;
use crate::conversion::object_tables::{self, ObjectTable};
use crate::conversion::rules::ConversionRules;
use crate::conversion::write::{delimited, workbook};
use crate::fairtracks::document_json;

/// Writes the tables of the only document. `date` is the date of creation of a workbook.
///
/// # Errors
/// What is wrong in the arguments, the document or the place of the tables.
pub fn write(
    arguments: &ConvertArguments,
    names: &[String],
    rules: &ConversionRules,
    date: &str,
) -> Result<(), Failure> {
    let (Some(form), Some(place)) = (arguments.to, arguments.output_tables.as_deref()) else {
        return Ok(());
    };
    let ([path], [name]) = (arguments.tables.as_slice(), names) else {
        let problem = format!("found {} files, expected one document", names.len());
        return Err(Failure::usage("--to", problem));
    };
    cli::refuse_shared(&arguments.inputs(), &[place])?;
    let mut file = match form {
        TableForm::Xlsx => Some(Output::open([Some(place)])?),
        TableForm::Csv | TableForm::Omnipy => None,
    };
    if file.is_none() {
        open_folder(place)?;
    }
    let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
    let document = document_json::read(&bytes).map_err(|error| Failure::at(name, error))?;
    let at = |error| Failure::at(name, error);
    let (written, shown) = match form {
        TableForm::Omnipy => of_flat(object_tables::flat_tables_of(&document).map_err(at)?),
        TableForm::Csv => of_csv(object_tables::tables_of(&document, rules).map_err(at)?),
        TableForm::Xlsx => {
            let tables = object_tables::tables_of(&document, rules).map_err(at)?;
            for output in file.iter_mut().flatten() {
                output.write(workbook::of_tables(&tables, date).map_err(at)?)?;
            }
            (
                Vec::new(),
                tables
                    .iter()
                    .map(|table| (table.name.to_owned(), table.rows.len()))
                    .collect(),
            )
        }
    };
    write_files(place, written)?;
    if let Some(file) = file {
        Output::appear(file)?;
    }
    let shown = shown.iter().map(|(name, rows)| format!("{name} ({rows})"));
    let shown: Vec<String> = shown.collect();
    cli::say(format_args!("tables and their rows: {}", shown.join(", ")));
    Ok(())
}

/// Files by their names, and the tables in them with their numbers of rows.
type WrittenTables = (Vec<(String, Vec<u8>)>, Vec<(String, usize)>);

fn of_csv(tables: Vec<ObjectTable>) -> WrittenTables {
    let tables = tables.into_iter().map(|table| {
        let csv = delimited::csv(&table.titles, &table.rows).into_bytes();
        let rows = (table.name.to_owned(), table.rows.len());
        ((format!("{}.csv", table.name), csv), rows)
    });
    tables.unzip()
}

fn of_flat(tables: Vec<FlatTable>) -> WrittenTables {
    let tables = tables.into_iter().map(|table| {
        let name = format!("{}.json", table.name);
        let count = (table.name, table.rows.len());
        let rows = table.rows.into_iter().map(Json::Object);
        let json = format!("{:#}\n", rows.collect::<Json>());
        ((name, json.into_bytes()), count)
    });
    tables.unzip()
}

/// Makes a folder, which has no other tables that would be read together with those of the document.
fn open_folder(folder: &Path) -> Result<(), Failure> {
    let at = |error| Failure::at(folder.display(), error);
    fs::create_dir_all(folder).map_err(at)?;
    let mut inside = fs::read_dir(folder).map_err(at)?;
    match inside.next() {
        None => Ok(()),
        Some(_) => {
            let problem = "found a folder with files, expected an empty or a new one";
            Err(Failure::at(folder.display(), problem))
        }
    }
}

/// Writes files into a folder; all of them appear together.
fn write_files(folder: &Path, files: Vec<(String, Vec<u8>)>) -> Result<(), Failure> {
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        let mut file = Output::open([Some(path.as_path())])?;
        for output in &mut file {
            output.write(&bytes)?;
        }
        written.push(file);
    }
    written.into_iter().try_for_each(Output::appear)
}
