//! Cleaning: blanks around texts, words for missing values, errors of spreadsheet programs, rows that are there twice.

use std::collections::HashMap;

use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::rules::ConversionRules;
use super::sheet::{RecordPlace, STORED_ERROR, Sheet, SheetCell, SheetRow};
use crate::archive::digest::Sha256Sum;

/// The errors of spreadsheet programs as they are in text files.
const ERRORS: [&str; 7] = [
    "#NAME?", "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!",
];

/// A sheet with clean cells, each a text or empty, and without repeated rows.
pub fn clean(sheet: Sheet, rules: &ConversionRules, log: &mut ConversionLog) -> Sheet {
    let shown = sheet.shown_titles();
    let Sheet {
        name,
        category,
        row_word,
        titles,
        lettered,
        rows,
    } = sheet;
    let titles: Vec<String> = titles.iter().map(|title| title.trim().to_owned()).collect();
    let mut known: HashMap<Sha256Sum, usize> = HashMap::new();
    let mut kept = Vec::new();
    for SheetRow { number, cells } in rows {
        let place = RecordPlace {
            sheet: name.clone(),
            row: Some(number),
            word: row_word,
        };
        let entry = |outcome, title: &str, value: &str, reason: String| LogEntry {
            outcome,
            record: place.to_string(),
            field: title.to_owned(),
            value: value.to_owned(),
            rule: format!("{} clean", rules.name),
            reason,
        };
        let mut cleaned = Vec::with_capacity(cells.len());
        for ((cell, title), shown) in cells.into_iter().zip(&titles).zip(&shown) {
            let SheetCell::Text(text) = cell else {
                // Mapping refuses it, if any rule reads it.
                cleaned.push(cell);
                continue;
            };
            // A text without blanks around it is not copied.
            let text = match text.trim().len() == text.len() {
                true => text,
                false => text.trim().to_owned(),
            };
            // A value is compared as a whole, so that `none` inside of a sentence stays.
            let is_short = !text.is_empty() && text.len() < 40;
            if is_short && rules.missing.contains(&text.to_lowercase()) {
                let reason = "means a missing value".to_owned();
                let entry = entry(LogOutcome::Changed, title, &text, reason);
                log.add_titled(shown, entry, 1);
                cleaned.push(SheetCell::Text(String::new()));
            } else if ERRORS.contains(&text.as_str()) {
                cleaned.push(SheetCell::Damaged(text, STORED_ERROR));
            } else {
                cleaned.push(SheetCell::Text(text));
            }
        }
        if cleaned.iter().all(SheetCell::is_empty) {
            continue;
        }
        // Digests take less memory than the texts.
        let texts: Vec<&str> = cleaned.iter().map(SheetCell::shown).collect();
        let texts = Sha256Sum::of(texts.join("\0").as_bytes());
        match known.get(&texts) {
            Some(first) => {
                let reason = format!("the same as {row_word} {first}: left out");
                log.add(entry(LogOutcome::Changed, "", "", reason));
            }
            None => {
                known.insert(texts, number);
                kept.push(SheetRow {
                    number,
                    cells: cleaned,
                });
            }
        }
    }
    Sheet {
        name,
        category,
        row_word,
        titles,
        lettered,
        rows: kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion::log;
    use crate::conversion::metadata_source::MetadataSource;
    use crate::conversion::read::delimited;
    use crate::conversion::terms::TermTables;

    #[test]
    fn errors_of_spreadsheet_programs_are_no_values() {
        let rules =
            ConversionRules::of_source(MetadataSource::Table, &TermTables::built_in().unwrap())
                .unwrap();
        for error in ERRORS {
            let text = format!("id,note\n{error},a {error}\n");
            let sheet = delimited::read("x.csv", text.as_bytes()).unwrap();
            let cleaned = clean(sheet, &rules, &mut ConversionLog::default());
            let damaged = SheetCell::Damaged(error.to_owned(), STORED_ERROR);
            let text = SheetCell::Text(format!("a {error}"));
            assert_eq!(cleaned.rows[0].cells, [damaged, text]);
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        let rules =
            ConversionRules::of_source(MetadataSource::Table, &TermTables::built_in().unwrap())
                .unwrap();
        let text = "id, note \n a ,N/A\nb,none of them\na,\n";
        let sheet = delimited::read("x.csv", text.as_bytes()).unwrap();
        let mut log = ConversionLog::default();
        let once = clean(sheet, &rules, &mut log);
        assert_eq!(once.titles, ["id", "note"]);
        let shown: Vec<Vec<&str>> = once
            .rows
            .iter()
            .map(|row| row.cells.iter().map(SheetCell::shown).collect())
            .collect();
        assert_eq!(shown, [["a", ""], ["b", "none of them"]]);
        let table = log::write(&log);
        assert!(
            table.contains(
                "changed\tx.csv, row 2\tnote\tN/A\ttable clean\tmeans a missing value\t1\tnote (column B)"
            ),
            "{table}"
        );
        assert!(
            table
                .contains("changed\tx.csv, row 4\t\t\ttable clean\tthe same as row 2: left out\t1"),
            "{table}"
        );
        let mut second = ConversionLog::default();
        assert_eq!(clean(once.clone(), &rules, &mut second), once);
        assert!(second.rows().is_empty());
    }
}
