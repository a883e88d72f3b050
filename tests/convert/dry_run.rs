//! How titles are read, and the blank workbook.

use std::fs;

use crate::support::converting::{COLLECTION, convert_files, laboratory};
use crate::support::folder;
use crate::support::running::{CONVERT, run_in};

/// The rows of a dry run: cells by title.
fn readings(name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    let place = folder();
    fs::write(place.join(name), bytes).unwrap();
    let outcome = run_in(CONVERT, &place, &[name, "--dry-run"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let mut lines = outcome.stdout.lines();
    assert_eq!(
        lines.next(),
        Some("#sheet\tcolumn\ttitle\tfield\tvalues\tfilled\tfirst_value\tfollows_from")
    );
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn each_title_has_its_field_and_what_its_values_can_be() {
    let rows = readings("laboratory.csv", laboratory().as_bytes());
    let of = |title: &str| rows.iter().find(|row| row[2] == title).unwrap();
    let titles = laboratory().lines().next().unwrap().split(',').count();
    assert_eq!(rows.len(), titles);
    assert_eq!(
        of("Track ID")[..4],
        ["laboratory.csv", "A", "Track ID", "tracks.local_id"]
    );
    let cell = of("Cell type");
    assert_eq!(
        cell[3..5],
        [
            "samples.sample_type.cell_type",
            "a label, a synonym or an id of CL"
        ]
    );
    assert_eq!(cell[6], "B lymphocyte");
    assert_eq!(of("Freezer")[3..6], ["", "not read", "3"]);
}

#[test]
fn columns_that_repeat_with_others_are_named() {
    let table = "Track ID,Sample ID,Species,Cell type\n\
        t1,s1,human,B cell\nt2,s1,human,B cell\nt3,s2,mouse,T cell\nt4,s2,mouse,T cell\nt5,s3,human,B cell\n";
    let rows = readings("a.csv", table.as_bytes());
    let follows: Vec<&str> = rows
        .iter()
        .map(|row| row.get(7).map_or("", String::as_str))
        .collect();
    assert_eq!(
        follows,
        [
            "",
            "",
            "Sample ID (3 values in 5 rows)",
            "Species (2 values in 5 rows)"
        ]
    );
}

#[test]
fn a_dry_run_writes_no_document() {
    let place = folder();
    fs::write(place.join("a.csv"), laboratory()).unwrap();
    let with_document = ["a.csv", "--dry-run", "--output-document", "out.json"];
    let outcome = run_in(CONVERT, &place, &with_document);
    assert_eq!(
        (outcome.status, outcome.stderr.as_str()),
        (
            2,
            "error: --dry-run: found another output, expected `--output-table` alone or none\n"
        )
    );
    assert!(!place.join("out.json").exists());
    let nested = r#"[{"id": "a", "sample": {"species": "human", "rack": 7}}]"#;
    let rows = readings("tracks.json", nested.as_bytes());
    let shown: Vec<[&str; 3]> = rows
        .iter()
        .map(|row| [&row[2][..], &row[3], &row[4]])
        .collect();
    assert_eq!(
        shown,
        [
            ["id", "tracks.local_id", "a text"],
            [
                "samples.species_id",
                "samples.species_id",
                "a name or an id (species)"
            ],
            ["sample.rack", "", "not read"]
        ]
    );
}

/// The parts of a workbook by their names.
fn parts(bytes: &[u8]) -> std::collections::BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    names
        .into_iter()
        .map(|name| {
            let text = std::io::read_to_string(archive.by_name(&name).unwrap()).unwrap();
            (name, text)
        })
        .collect()
}

#[test]
fn a_blank_workbook_has_lists_notes_and_columns_of_text() {
    let place = folder();
    let blank = |name: &str| {
        let outcome = run_in(
            CONVERT,
            &place,
            &["--template", name, "--date", "2026-01-31"],
        );
        assert_eq!(outcome.status, 0, "{outcome:?}");
        fs::read(place.join(name)).unwrap()
    };
    let bytes = blank("blank.xlsx");
    assert_eq!(blank("again.XLSX"), bytes);
    let parts = parts(&bytes);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("state=\"frozen\""), "{sheet}");
    assert!(sheet.contains("<formula1>choices!$A$1:$A$"), "{sheet}");
    assert!(sheet.contains("<cols><col min=\"1\""), "{sheet}");
    assert!(parts["xl/styles.xml"].contains("numFmtId=\"49\""));
    assert!(parts["xl/workbook.xml"].contains("name=\"choices\" sheetId=\"2\" state=\"hidden\""));
    assert!(parts["xl/sharedStrings.xml"].contains("<t>H3K4_trimethylation</t>"));
    let notes = &parts["xl/comments1.xml"];
    assert!(
        notes.contains("samples.sample_type.cell_type: a label, a synonym or an id of CL"),
        "{notes}"
    );
    assert!(parts["docProps/core.xml"].contains("2026-01-31T00:00:00Z"));
}

#[test]
fn a_filled_blank_workbook_is_converted_whatever_its_name() {
    use rust_xlsxwriter::{Workbook, Worksheet};
    // The titles of the blank table, in a workbook with the sheets of the blank one.
    let place = folder();
    assert_eq!(
        run_in(CONVERT, &place, &["--template", "blank.tsv"]).status,
        0
    );
    let titles = fs::read_to_string(place.join("blank.tsv")).unwrap();
    let mut sheet = Worksheet::new();
    sheet.set_name("metadata").unwrap();
    for (column, title) in (0..).zip(titles.trim_end().split('\t')) {
        sheet.write(0, column, title).unwrap();
        let value = match title {
            "track_id" => "t:1",
            "species" => "Homo sapiens",
            "cell_type" => "B cell",
            "assembly" => "hg38",
            _ => continue,
        };
        sheet.write(1, column, value).unwrap();
    }
    let mut choices = Worksheet::new();
    choices.set_name("choices").unwrap().set_hidden(true);
    choices.write(0, 0, "B cell").unwrap();
    let mut workbook = Workbook::new();
    workbook.push_worksheet(sheet);
    workbook.push_worksheet(choices);
    let bytes = workbook.save_to_buffer().unwrap();
    let converted = convert_files(&[("my_tracks.xlsx", &bytes)], &COLLECTION);
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    let document = converted.document();
    assert_eq!(
        document["samples"][0]["sample_type"]["cell_type"]["term_label"],
        "B cell"
    );
    assert_eq!(document["samples"][0]["species_id"], "taxonomy:9606");
    assert!(
        !converted.outcome.stderr.contains("hidden sheet"),
        "{:?}",
        converted.outcome
    );
}

#[test]
fn each_value_of_a_list_is_read_as_itself() {
    use fairtracks::conversion::metadata_source::MetadataSource;
    use fairtracks::conversion::rules::ConversionRules;
    use fairtracks::conversion::terms::TermTables;
    use fairtracks::conversion::value_type::ValueType;
    let terms = TermTables::built_in().unwrap();
    let rules = ConversionRules::of_source(MetadataSource::Table, &terms).unwrap();
    let mut lists = 0;
    for rule in &rules.fields {
        for value in rule.value.values(&terms) {
            let read = rule.value.read(&value, &terms).unwrap();
            match rule.value {
                ValueType::Term { .. } => assert_eq!(read.json["term_label"], value.as_str()),
                ValueType::Choice(_) => assert_eq!(read.json, value.as_str()),
                _ => {}
            }
            lists += 1;
        }
    }
    assert!(lists > 100);
}
