//! Workbooks (XLSX).

use crate::support::converting::{
    COLLECTION, cells, convert, convert_files, laboratory, without_source,
};
use crate::support::workbooks::{workbook, workbook_of_xml, zipped};

/// What is said of a workbook that cannot be converted.
fn refusal(bytes: &[u8]) -> String {
    let converted = convert_files(&[("a.xlsx", bytes)], &[]);
    assert_eq!(converted.outcome.status, 1, "{:?}", converted.outcome);
    let message = converted.outcome.stderr.strip_prefix("error: a.xlsx: ");
    message
        .unwrap_or(&converted.outcome.stderr)
        .trim_end()
        .to_owned()
}

#[test]
fn a_workbook_gives_the_same_document_as_a_table() {
    let table = laboratory();
    let text = convert(&[("laboratory.csv", &table)], &COLLECTION);
    let bytes = workbook("Sheet1", &cells(&table));
    let book = convert_files(&[("laboratory.xlsx", &bytes)], &COLLECTION);
    assert_eq!(book.outcome.status, 0, "{:?}", book.outcome);
    assert_eq!(
        without_source(&book.document_bytes),
        without_source(&text.document_bytes)
    );
    assert_eq!(
        book.document()["converted_from"]["source"]["name"],
        "laboratory.xlsx"
    );
    let unread = book.rows_of("not read");
    assert_eq!(unread[0][1..3], ["laboratory.xlsx!Sheet1", "Freezer"]);
    let row = |rows: &[Vec<String>]| -> Vec<String> {
        rows.iter().map(|row| row[2..].join("\t")).collect()
    };
    assert_eq!(row(&book.rows), row(&text.rows));
}

#[test]
fn sheets_are_objects_by_their_names_and_hidden_ones_are_not_read() {
    let sheet = |cells: &[&[&str]]| {
        let rows = cells.iter().map(|row| {
            let cells = row
                .iter()
                .map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
            format!("<row>{}</row>", cells.collect::<String>())
        });
        format!("<sheetData>{}</sheetData>", rows.collect::<String>())
    };
    let tracks = sheet(&[&["local_id", "experiment_ref"], &["t", "e"]]);
    let experiments = sheet(&[&["local_id", "assay"], &["e", "ATAC-seq"]]);
    let sheets = [
        ("Tracks", "", tracks.as_str()),
        ("Experiments", "", experiments.as_str()),
        ("Notes", "state=\"hidden\"", tracks.as_str()),
        ("Sheet4", "", "<sheetData/>"),
    ];
    let converted = convert_files(
        &[("book.xlsx", &workbook_of_xml(&sheets, &[]))],
        &COLLECTION,
    );
    assert!(
        converted
            .outcome
            .stderr
            .starts_with("book.xlsx!Notes: hidden sheet, not read\n"),
        "{:?}",
        converted.outcome
    );
    let document = converted.document();
    assert_eq!(document["tracks"].as_array().unwrap().len(), 1);
    assert_eq!(document["experiments"][0]["local_id"], "e");
    assert_eq!(
        document["experiments"][0]["technique"]["term_label"],
        "assay for transposase-accessible chromatin using sequencing"
    );
}

#[test]
fn what_a_spreadsheet_program_damaged_is_not_taken_over() {
    let rows = "<sheetData><row r=\"3\"><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>target details</t></is></c>\
        <c t=\"inlineStr\"><is><t>Freezer</t></is></c></row>\
        <row r=\"7\"><c t=\"inlineStr\"><is><t>a</t></is></c><c s=\"1\"><v>45901</v></c><c s=\"1\"><v>45901</v></c></row>\
        <row r=\"8\"><c t=\"inlineStr\"><is><t>b</t></is></c><c t=\"e\"><v>#N/A</v></c></row></sheetData>";
    let book = workbook_of_xml(&[("Sheet1", "", rows)], &[]);
    let converted = convert_files(&[("a.xlsx", &book)], &[]);
    let refused = converted.rows_of("not taken over");
    let shown: Vec<&[String]> = refused.iter().map(|row| &row[1..4]).collect();
    assert_eq!(
        shown,
        [
            [
                "a.xlsx!Sheet1, row 7",
                "experiments.target.target_details",
                "2025-09-01"
            ],
            [
                "a.xlsx!Sheet1, row 8",
                "experiments.target.target_details",
                "#N/A"
            ]
        ]
    );
    assert!(
        refused[0][5].contains("stored a date: format the column as text"),
        "{refused:?}"
    );
}

#[test]
fn faults_of_workbooks_have_their_place() {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let book = |rows: &str| workbook_of_xml(&[("My sheet", "", rows)], &[]);
    let wide = format!(
        "<sheetData><row>{}</row><row r=\"5\"><c r=\"D5\"><v>1</v></c></row></sheetData>",
        text("id")
    );
    assert_eq!(
        refusal(&book(&wide)),
        "sheet `My sheet`: row 5, column D: found `1` in a column without a title, expected as many columns as titles in row 1 (1): put the titles of all columns into this row"
    );
    let merged = format!(
        "<sheetData><row>{0}</row><row>{0}</row><row/></sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>",
        text("id")
    );
    assert_eq!(
        refusal(&book(&merged)),
        "sheet `My sheet`: found the merged cells A2:A3, expected a value in each row: unmerge them and fill in the value"
    );
    assert_eq!(
        refusal(&book("<sheetData/>")),
        "found no sheet with values, expected at least one that is not hidden"
    );
    assert_eq!(
        refusal(&zipped(&[("a.md", "x")])),
        "found a zip file without tables, expected a workbook or files that end with csv, tsv, tabular, txt, json, xlsx, sqlite, sqlite3, db"
    );
    assert_eq!(
        refusal(&zipped(&[("a/xl/workbook.xml", "x")])),
        "found a zip file without `xl/workbook.xml`, expected a workbook (XLSX) or a table (CSV or TSV)"
    );
    let whole = book("<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>");
    assert!(!refusal(&whole[..whole.len() / 2]).contains("panicked"));
}

#[test]
fn sheets_of_cells_far_apart_and_encrypted_workbooks_are_refused() {
    let cell = |place: &str| format!("<c r=\"{place}\"><v>1</v></c>");
    let row = |number: usize| {
        let cells = cell(&format!("A{number}")) + &cell(&format!("XFD{number}"));
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let rows: String = (1..=3053).map(row).collect();
    let rows = format!(
        "<sheetData>{}</sheetData>",
        rows.replacen("<v>1", "<v>2", 1)
    );
    assert_eq!(
        refusal(&workbook_of_xml(&[("S", "", &rows)], &[])),
        "sheet `S`: found 3052 rows of 16384 titles, expected at most 50000000 cells, empty ones included: convert a part"
    );
    let stream = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    let mut container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    container.resize(600, 0);
    assert_eq!(
        refusal(&container),
        "found a workbook of Excel 97, expected a table (CSV or TSV): save the sheet as `CSV UTF-8`"
    );
    container.extend(stream);
    assert_eq!(
        refusal(&container),
        "found an encrypted workbook, expected a table (CSV or TSV): save it without a password"
    );
}
