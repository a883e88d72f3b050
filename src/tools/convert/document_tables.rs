//! The way back: a document becomes tables, as a workbook or as a folder of CSV files.

use std::fs;
use std::path::Path;

use super::arguments::{ConvertArguments, TableForm};
use crate::cli::{self, Failure, Output};
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
        TableForm::Csv => None,
    };
    if form == TableForm::Csv {
        open_folder(place)?;
    }
    let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
    let document = document_json::read(&bytes).map_err(|error| Failure::at(name, error))?;
    let at = |error| Failure::at(name, error);
    let tables = object_tables::tables_of(&document, rules).map_err(at)?;
    match &mut file {
        Some([output]) => output.write(workbook::of_tables(&tables, date).map_err(at)?)?,
        None => write_files(place, &tables)?,
    }
    if let Some(file) = file {
        Output::appear(file)?;
    }
    let shown = tables
        .iter()
        .map(|table| format!("{} ({})", table.name, table.rows.len()));
    let shown: Vec<String> = shown.collect();
    cli::say(format_args!("tables and their rows: {}", shown.join(", ")));
    Ok(())
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

/// Writes a CSV file for each table; all of them appear together.
fn write_files(folder: &Path, tables: &[ObjectTable]) -> Result<(), Failure> {
    let mut files = Vec::new();
    for table in tables {
        let path = folder.join(format!("{}.csv", table.name));
        let mut file = Output::open([Some(path.as_path())])?;
        for output in &mut file {
            output.write(delimited::csv(&table.titles, &table.rows))?;
        }
        files.push(file);
    }
    files.into_iter().try_for_each(Output::appear)
}
