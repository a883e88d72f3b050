//! Databases, and a CSV for each of their tables.

use std::fs;

use rusqlite::Connection;
use serde_json::json;

use crate::support::converting::{COLLECTION, convert, convert_files};
use crate::support::folder;

/// The bytes of a database that statements make.
pub fn database(statements: &str) -> Vec<u8> {
    let path = folder().join("made.sqlite");
    let connection = Connection::open(&path).unwrap();
    // References that lead to no row are part of the tests.
    connection
        .execute_batch("PRAGMA foreign_keys = OFF")
        .unwrap();
    connection.execute_batch(statements).unwrap();
    drop(connection);
    fs::read(path).unwrap()
}

/// Tables of objects that refer to each other, and a table that samples refer to.
const RELATIONS: &str = "
    CREATE TABLE donor (id INTEGER PRIMARY KEY, organism TEXT, sex TEXT, name TEXT);
    CREATE TABLE samples (id INTEGER PRIMARY KEY, cell_type TEXT, name TEXT, donor INTEGER REFERENCES donor);
    CREATE TABLE experiments (id INTEGER PRIMARY KEY, local_id TEXT, assay TEXT, specimen INTEGER REFERENCES samples(id));
    CREATE TABLE tracks (id INTEGER PRIMARY KEY, url TEXT, genome TEXT, md5 BLOB, experiment INTEGER REFERENCES experiments(id));
    CREATE VIEW doubled AS SELECT * FROM tracks JOIN tracks;
    INSERT INTO donor VALUES (1, 'human', 'male', 'D1');
    INSERT INTO samples VALUES (4, 'B cell', 'S', 1), (5, 'T cell', 'T', 2);
    INSERT INTO experiments VALUES (7, 'exp:7', 'DNase-seq', 4);
    INSERT INTO tracks VALUES (9, 'https://tracks.example.org/9.bigWig', 'hg38', x'00ff', 7);";

#[test]
fn tables_of_a_database_are_joined_by_their_foreign_keys() {
    let converted = convert_files(&[("lab.db", &database(RELATIONS))], &COLLECTION);
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    let document = converted.document();
    assert_eq!(document["tracks"][0]["local_id"], "9");
    assert_eq!(document["tracks"][0]["experiment_ref"], "exp:7");
    assert_eq!(document["experiments"][0]["sample_ref"], "4");
    assert_eq!(document["samples"][0]["local_id"], "4");
    assert_eq!(document["samples"][0]["species_id"], "taxonomy:9606");
    let rows: Vec<(&str, &str, &str, &str)> = converted
        .rows
        .iter()
        .filter(|row| ["not read", "not taken over"].contains(&row[0].as_str()))
        .map(|row| {
            (
                row[0].as_str(),
                row[1].as_str(),
                row[2].as_str(),
                row[3].as_str(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("not taken over", "lab.db!samples, row 2", "donor", "2"),
            ("not taken over", "lab.db!tracks", "md5", ""),
            ("not read", "lab.db!samples", "name", "S"),
            ("not read", "lab.db!samples", "donor", "1"),
            ("not read", "lab.db!samples", "sex", "male"),
            ("not read", "lab.db!samples", "donor.name", "D1"),
            ("not read", "lab.db!experiments", "id", "7"),
        ]
    );
}

#[test]
fn a_csv_for_each_table_of_a_database_is_linked_by_its_ids() {
    let tables = [
        (
            "tracks.csv",
            "id,url,experiment_id\n9,https://tracks.example.org/9.bigWig,7\n",
        ),
        (
            "experiments.csv",
            "id,assay,sample_id,study_id\n7,DNase-seq,4,1\n",
        ),
        ("samples.csv", "id,species\n4,human\n"),
        ("studies.csv", "id,name,study_name\n1,x,A study\n"),
    ];
    let document = convert(&tables, &COLLECTION).document();
    assert_eq!(document["tracks"][0]["experiment_ref"], "7");
    assert_eq!(document["experiments"][0]["sample_ref"], "4");
    assert_eq!(document["experiments"][0]["study_ref"], "1");
    assert_eq!(document["samples"][0]["local_id"], "4");
}

#[test]
fn hostile_and_damaged_databases_are_refused_or_read_without_harm() {
    let refused = |bytes: &[u8]| {
        let converted = convert_files(&[("a.sqlite", bytes)], &[]);
        assert_eq!(converted.outcome.status, 1, "{:?}", converted.outcome);
        converted.outcome.stderr
    };
    let whole = database(RELATIONS);
    assert!(refused(&whole[..100]).starts_with("error: a.sqlite: found a damaged database"));
    assert!(refused(&whole[..5000]).starts_with("error: a.sqlite: found a damaged database"));
    assert!(refused(&database("VACUUM; PRAGMA user_version = 3;")).contains("found no table"));
    let mut scrambled = whole.clone();
    for (position, byte) in scrambled.iter_mut().enumerate().skip(100) {
        *byte ^= u8::try_from(position * 7 % 251).unwrap();
    }
    assert!(refused(&scrambled).starts_with("error: a.sqlite: found"));
    let text = refused(&database(
        "CREATE TABLE tracks (id, url); INSERT INTO tracks VALUES (1, CAST(x'ff' AS TEXT));",
    ));
    assert_eq!(
        text,
        "error: a.sqlite: table `tracks`, row 1, column `url`: found a text that is not UTF-8\n"
    );
    // A log beside the file is not needed for what is in the file.
    let logged = database(
        "PRAGMA journal_mode = WAL; CREATE TABLE tracks (id); INSERT INTO tracks VALUES ('a');",
    );
    let converted = convert_files(&[("a.sqlite", &logged)], &COLLECTION);
    assert_eq!(
        converted.document()["tracks"][0]["local_id"],
        "a",
        "{:?}",
        converted.outcome
    );
    // Computed columns and views are not run.
    let endless = database(
        "CREATE TABLE tracks (id, big AS (length(zeroblob(1000000000))));
         INSERT INTO tracks (id) VALUES ('a');
         CREATE VIEW samples AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n;",
    );
    let converted = convert_files(&[("a.sqlite", &endless)], &COLLECTION);
    assert_eq!(
        converted.document()["tracks"][0],
        json!({"local_id": "a", "label_short": "a", "label_long": "a"})
    );
    assert_eq!(converted.document()["samples"], json!([]));
}
