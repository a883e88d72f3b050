//! Workbooks as spreadsheet programs write them, made from parts.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip file of parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// A workbook of sheets, each a name, an attribute such as `state="hidden"`, and the XML of its rows. Style 1 is of dates.
pub fn workbook_of_xml(sheets: &[(&str, &str, &str)], strings: &[String]) -> Vec<u8> {
    let mut listed = String::new();
    let mut relations = format!(
        "<Relationship Id=\"s\" Type=\"{RELATION}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    );
    let mut parts = Vec::new();
    for (number, (name, state, rows)) in (1..).zip(sheets) {
        let name = escaped(name);
        listed +=
            &format!("<sheet name=\"{name}\" sheetId=\"{number}\" {state} r:id=\"r{number}\"/>");
        relations += &format!(
            "<Relationship Id=\"r{number}\" Type=\"{RELATION}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet>{rows}</worksheet>"),
        ));
    }
    let strings: String = strings
        .iter()
        .map(|text| format!("<si><t xml:space=\"preserve\">{}</t></si>", escaped(text)))
        .collect();
    let fixed = [
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{RELATION}\"><workbookPr/><sheets>{listed}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{relations}</Relationships>"),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
        (
            "xl/styles.xml",
            "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
                .to_owned(),
        ),
    ];
    let fixed = fixed.iter().map(|(name, text)| (*name, text.as_str()));
    let parts = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    zipped(&fixed.chain(parts).collect::<Vec<_>>())
}

/// A workbook of one sheet with these cells; whole numbers are stored as numbers with a fraction of zero, others as shared texts.
pub fn workbook(sheet: &str, cells: &[Vec<String>]) -> Vec<u8> {
    let mut strings = Vec::new();
    let mut rows = "<sheetData>".to_owned();
    for (number, row) in (1..).zip(cells) {
        rows += &format!("<row r=\"{number}\">");
        for (column, text) in row.iter().enumerate() {
            let place = format!("{}{number}", letters(column));
            if text.is_empty() {
                rows += &format!("<c r=\"{place}\"/>");
            } else if text.parse::<u32>().is_ok() {
                rows += &format!("<c r=\"{place}\"><v>{text}.0</v></c>");
            } else {
                rows += &format!("<c r=\"{place}\" t=\"s\"><v>{}</v></c>", strings.len());
                strings.push(text.clone());
            }
        }
        rows += "</row>";
    }
    rows += "</sheetData>";
    workbook_of_xml(&[(sheet, "", &rows)], &strings)
}

/// The letters of a column before AAA.
fn letters(column: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place).unwrap());
    match column < 26 {
        true => letter(column).to_string(),
        false => format!("{}{}", letter(column / 26 - 1), letter(column % 26)),
    }
}
