//! Each title that the rules of a source read has a damaged value in turn: it is reported, or is a text of the document. New rules
//! are in the test as they are written.

use fairtracks::conversion::metadata_source::MetadataSource;
use fairtracks::conversion::rules::ConversionRules;
use fairtracks::conversion::terms::TermTables;

use super::portals::{converted, file};
use crate::support::converting::{Converted, convert};
use crate::support::project;

/// The damaged value of a column.
fn damaged(column: usize) -> String {
    format!("¿damaged {column}?")
}

/// Whether a text is in a value or a reason of the table, or in the document.
fn is_told(converted: &Converted, text: &str) -> bool {
    let mut rows = converted.rows.iter();
    let is_reported = rows.any(|row| row[3].contains(text) || row[5].contains(text));
    let mut document = converted.document();
    document.as_object_mut().unwrap().remove("converted_from");
    is_reported || document.to_string().contains(text)
}

#[test]
fn each_title_of_each_source_is_read_or_reported() {
    let terms = TermTables::built_in().unwrap();
    for kind in MetadataSource::ALL {
        let rules = ConversionRules::of_source(kind, &terms).unwrap();
        let mut titles: Vec<String> = Vec::new();
        for field in &rules.fields {
            for title in field.titles.iter().chain([&field.target.to_string()]) {
                if !titles.contains(title) {
                    titles.push(title.clone());
                }
            }
        }
        assert!(titles.len() > 30, "{kind:?}");
        let mut table = titles.join("\t") + "\n";
        for row in 0..titles.len() {
            let cells = (0..titles.len()).map(|column| match row == column {
                true => damaged(column),
                false => String::new(),
            });
            table += &(cells.collect::<Vec<String>>().join("\t") + "\n");
        }
        let rules = project("src/conversion/rules").join(format!("{}.toml", kind.name()));
        let options = ["--rules", rules.to_str().unwrap()];
        let converted = convert(&[("wide.tsv", &table)], &options);
        assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
        for (column, title) in titles.iter().enumerate() {
            let is_told = is_told(&converted, &damaged(column));
            assert!(is_told, "{kind:?}: {title}");
        }
        assert!(converted.rows_of("not read").is_empty(), "{kind:?}");
    }
}

#[test]
fn each_cell_of_an_index_of_blueprint_is_read_or_reported() {
    let index = file("data.index");
    let lines: Vec<&str> = index.lines().take(2).collect();
    let cells: Vec<&str> = lines[1].split('\t').collect();
    for (column, title) in lines[0].split('\t').enumerate() {
        let mut row = cells.clone();
        let text = damaged(column);
        row[column] = &text;
        let table = format!("{}\n{}\n", lines[0], row.join("\t"));
        let converted = converted("blueprint", &[("data.index", &table)]);
        assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
        let is_told = is_told(&converted, &text);
        assert!(is_told, "{title}: {:?}", converted.rows);
    }
}
