//! Made-up documents as tables, and back.

use fairtracks::conversion::chain::ConversionRequest;
use fairtracks::conversion::log::ConversionLog;
use fairtracks::conversion::metadata_source::MetadataSource;
use fairtracks::conversion::object_tables::{self, ObjectTable};
use fairtracks::conversion::own::file::OwnFiles;
use fairtracks::conversion::read::{delimited, workbook as workbook_reader};
use fairtracks::conversion::rules::ConversionRules;
use fairtracks::conversion::sheet::Sheet;
use fairtracks::conversion::terms::TermTables;
use fairtracks::conversion::write::{delimited as csv_writer, workbook as workbook_writer};
use fairtracks::fairtracks::augment::{Given, augment};
use fairtracks::fairtracks::document::Document;
use fairtracks::fairtracks::document_json;
use serde_json::{Map, Value as Json, json};

use super::object_tables::{DATE, kept};
use crate::support::converting::conversion_source;
use crate::support::generator::documents;
use crate::support::generator::random::Random;

/// The sheets of tables that were written and read again.
fn sheets(tables: &[ObjectTable], is_workbook: bool) -> Vec<Sheet> {
    if is_workbook {
        let bytes = workbook_writer::of_tables(tables, DATE).unwrap();
        return workbook_reader::read("book.xlsx", &bytes).unwrap().sheets;
    }
    let sheets = tables.iter().map(|table| {
        let csv = csv_writer::csv(&table.titles, &table.rows);
        delimited::read(&format!("{}.csv", table.name), csv.as_bytes()).unwrap()
    });
    sheets.collect()
}

/// A made-up document whose objects have ids of their own and at least a member, and that has further members.
fn made_up(random: &mut Random) -> Json {
    let mut document = documents::document(random);
    for (_, part) in document.as_object_mut().unwrap() {
        let mut ids = Vec::new();
        if let Some(objects) = part.as_array_mut() {
            objects.retain(|object| {
                let id = object.get("local_id").cloned();
                let is_new = id.as_ref().is_none_or(|id| !ids.contains(id));
                ids.extend(id);
                is_new && !object.as_object().unwrap().is_empty()
            });
        }
    }
    document["$comment"] = documents::any_text(random).into();
    document["subset_of"] = json!({"hits": 3, "x.y": {"": null}});
    document
}

#[test]
fn laws_made_up_documents_are_the_same_after_the_way_to_tables_and_back() {
    let terms = TermTables::built_in().unwrap();
    let rules = ConversionRules::of_source(MetadataSource::Table, &terms).unwrap();
    let source = conversion_source("table");
    let own_files = OwnFiles::default();
    let request = ConversionRequest {
        rules: &rules,
        terms: &terms,
        defaults: &[],
        edits: &[],
        own_files: &own_files,
        source: &source,
    };
    for seed in 0..300 {
        let original = Document::from_json(made_up(&mut Random::new(seed))).unwrap();
        // What the standard derives is added.
        let (augmented, _) = augment(original.clone(), Given::Keep);
        let expected = kept(&document_json::write(&augmented));
        let tables = object_tables::tables_of(&original, &rules).unwrap();
        for is_workbook in [false, true] {
            let mut log = ConversionLog::default();
            let sheets = sheets(&tables, is_workbook);
            assert!(object_tables::is_object_tables(&sheets));
            let read = object_tables::read(sheets, &rules, &mut log).unwrap();
            assert!(log.rows().is_empty(), "seed {seed}: {:?}", log.rows());
            let result = request.convert_object_tables(read, log, &mut |_, _| {});
            assert_eq!(kept(&result.document), expected, "seed {seed}");
        }
    }
}

#[test]
fn members_that_are_no_titles_are_one_cell_of_json() {
    let members: Map<String, Json> = serde_json::from_value(
        json!({"local_id": "a", "odd key": 1, "b": {"x.y": 2}, "c": {"d": {"e": "f"}}}),
    )
    .unwrap();
    let document = json!({"doc_info": {}, "collection_info": {}, "studies": [], "experiments": [], "samples": [],
        "tracks": [members]});
    let rules = ConversionRules::of_source(MetadataSource::Table, &TermTables::built_in().unwrap())
        .unwrap();
    let tables = object_tables::tables_of(&Document::from_json(document).unwrap(), &rules).unwrap();
    assert_eq!(tables[0].titles, ["local_id", "b", "c.d.e", "{}"]);
    assert_eq!(
        tables[0].rows,
        [["a", "{\"x.y\":2}", "f", "{\"odd key\":1}"]]
    );
    assert_eq!(tables[1].name, "document");
}
