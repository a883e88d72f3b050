//! A blank workbook to fill in: drop-downs of the values that the rules know, and a note on each title.
//!
//! The lists of the drop-downs are columns of a hidden sheet, which is not read; a list in a cell of its own could have 255 characters.
//! Other values are allowed: synonyms and ids are read too.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Formula, Note, Worksheet, XlsxError,
};

use super::workbook::{dated, text_format, titled};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{BLANK, CHOICES, ROW, Sheet, column_letters};
use crate::conversion::sheet_plan::SheetPlan;
use crate::conversion::terms::TermTables;
use crate::conversion::value_type::ValueType;

/// Rows with drop-downs.
const ROWS_TO_FILL_IN: u32 = 5000;
/// Characters of the title of a message beside a cell, the limit of workbooks.
const MOST_TITLE: usize = 32;
/// Characters of a message beside a cell, the limit of workbooks.
const MOST_MESSAGE: usize = 255;

/// A column of the blank sheet.
struct BlankColumn<'r> {
    title: &'r str,
    note: String,
    choices: Vec<String>,
}

/// The blank workbook of some rules. `date` is its date of creation, in RFC 3339.
///
/// # Errors
/// What the workbook cannot hold.
pub fn blank(
    rules: &ConversionRules,
    terms: &TermTables,
    date: &str,
) -> Result<Vec<u8>, XlsxError> {
    let columns = columns(rules, terms);
    let mut workbook = dated(date)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(BLANK)?;
    let titles: Vec<(&str, usize)> = columns
        .iter()
        .map(|column| (column.title, longest(&column.choices)))
        .collect();
    titled(sheet, &titles)?;
    let lists = lists(&columns);
    for (place, column) in (0..).zip(&columns) {
        let note = Note::new(&column.note)
            .add_author_prefix(false)
            .set_width(260)
            .set_height(120);
        sheet.insert_note(0, place, &note)?;
        if let Some(list) = lists.get(&column.choices) {
            let validation = validation(column, *list)?;
            sheet.add_data_validation(1, place, ROWS_TO_FILL_IN, place, &validation)?;
        }
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(CHOICES)?.set_hidden(true);
    write_lists(sheet, &lists)?;
    workbook.save_to_buffer()
}

fn longest(texts: &[String]) -> usize {
    let lengths = texts.iter().map(|text| text.chars().count());
    lengths.max().unwrap_or_default()
}

fn columns<'r>(rules: &'r ConversionRules, terms: &TermTables) -> Vec<BlankColumn<'r>> {
    let sheet = Sheet {
        name: BLANK.into(),
        category: None,
        row_word: ROW,
        lettered: 0,
        titles: rules.template.clone(),
        rows: Vec::new(),
    };
    let plan = SheetPlan::of(&sheet, rules);
    let titles = rules.template.iter().enumerate();
    let columns = titles.map(|(place, title)| {
        let mut fields = plan.fields.iter();
        let field = fields.find(|field| field.columns.contains(&place));
        let value = field.map_or(&ValueType::Text, |field| &field.rule.value);
        let target = field.map_or(title.clone(), |field| field.rule.target.to_string());
        let expected = field.and_then(|field| field.rule.expected.clone());
        BlankColumn {
            title,
            note: format!(
                "{target}: {}",
                match value {
                    // The drop-down has them, and a message holds few.
                    ValueType::Choice(_) => "a value of the list".to_owned(),
                    _ => expected.unwrap_or_else(|| value.description()),
                }
            ),
            choices: value.values(terms),
        }
    });
    columns.collect()
}

/// The place of each list among the columns of the hidden sheet.
fn lists<'c>(columns: &'c [BlankColumn<'_>]) -> BTreeMap<&'c Vec<String>, u16> {
    let mut lists = BTreeMap::new();
    for column in columns.iter().filter(|column| !column.choices.is_empty()) {
        let next = u16::try_from(lists.len()).unwrap_or(u16::MAX);
        lists.entry(&column.choices).or_insert(next);
    }
    lists
}

fn validation(column: &BlankColumn<'_>, list: u16) -> Result<DataValidation, XlsxError> {
    let letters = column_letters(list.into());
    let range = format!(
        "={CHOICES}!${letters}$1:${letters}${}",
        column.choices.len()
    );
    let beginning = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_style(DataValidationErrorStyle::Information)
        .set_error_title("Not in the list")?
        .set_error_message("Synonyms and ids are read too; what is unknown is reported.")?
        .set_input_title(beginning(column.title, MOST_TITLE))?
        .set_input_message(beginning(&column.note, MOST_MESSAGE))
}

fn write_lists(
    sheet: &mut Worksheet,
    lists: &BTreeMap<&Vec<String>, u16>,
) -> Result<(), XlsxError> {
    let text = text_format();
    for (list, column) in lists {
        for (row, value) in (0..).zip(*list) {
            sheet.write_string_with_format(row, *column, value, &text)?;
        }
    }
    Ok(())
}
