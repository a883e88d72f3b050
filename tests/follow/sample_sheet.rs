//! Results given back as a sample sheet.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::support::Outcome;
use crate::support::following::{Galaxy, crates};
use crate::support::importing::{gzip, nine, written};
use crate::support::project;
use crate::support::recognised::{URL, follow, track, upload};

const DNASE: &str = "example:cells_dnase";
const H3K4ME3: &str = "example:cells_h3k4me3";
const DNASE_ASSAY: &str = "DNase I hypersensitive sites sequencing assay";
const REGIONS: &str =
    "chr1\t100\t200\tregions that a tool has made\nchr2\t300\t400\tof more than sixty-four bytes\n";

/// A Galaxy with the nine tracks, which have name tags, and the datasets of two of them.
fn galaxy() -> (Galaxy, Outcome, String, String) {
    let came = nine(&["--tags"]);
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(&came);
    let names = came.names("output_tracks");
    let id = |name: &str| ids[names.iter().position(|known| known == name).unwrap()].clone();
    let (dnase, h3k4me3) = (id(DNASE), id(H3K4ME3));
    (galaxy, came, dnase, h3k4me3)
}

/// The sample sheet that a run gave.
struct Sheet(Json);

impl Sheet {
    fn of(followed: &Outcome) -> Self {
        assert_eq!(followed.status, 0, "{}", followed.stderr);
        let galaxy = followed.galaxy();
        let unnamed = galaxy["__unnamed_outputs"].as_array().unwrap();
        assert_eq!(unnamed.len(), 1);
        assert_eq!(unnamed[0]["collection_type"], "sample_sheet");
        Sheet(unnamed[0].clone())
    }

    fn elements(&self) -> &Vec<Json> {
        self.0["elements"].as_array().unwrap()
    }

    fn names(&self) -> Vec<&str> {
        let elements = self.elements().iter();
        elements.map(|it| it["name"].as_str().unwrap()).collect()
    }

    fn cell(&self, element: usize, title: &str) -> &str {
        let columns = self.0["column_definitions"].as_array().unwrap();
        let place = columns.iter().position(|column| column["name"] == title);
        let row = &self.elements()[element]["row"];
        assert_eq!(row.as_array().unwrap().len(), columns.len());
        row[place.unwrap()].as_str().unwrap()
    }
}

#[test]
fn results_come_back_with_the_metadata_of_their_tracks_as_columns() {
    let (mut galaxy, came, dnase, h3k4me3) = galaxy();
    let sorted = galaxy.run("sort1", &[&dnase], REGIONS);
    let both = galaxy.run("cat1", &[&dnase, &h3k4me3], format!("{REGIONS}{REGIONS}"));
    let followed = galaxy.follow(&[&sorted, &both], &crates(&came), &["--sample-sheet"]);
    let sheet = Sheet::of(&followed);
    assert_eq!(sheet.0["name"], "2 results: sample sheet");
    let [first, second] = [&sheet.elements()[0], &sheet.elements()[1]];
    assert_eq!(sheet.cell(0, "local_id"), "example_cells_dnase");
    assert_eq!(sheet.cell(0, "cell_or_tissue"), "K562");
    assert_eq!(sheet.cell(0, "species"), "Homo sapiens");
    assert_eq!(
        sheet.cell(1, "local_id"),
        "example_cells_dnase - example_cells_h3k4me3"
    );
    assert_eq!(sheet.cell(1, "cell_or_tissue"), "K562");
    assert_eq!(followed.bytes(first), REGIONS.as_bytes());
    assert_eq!(
        first["tags"],
        json!(["name:cells_dnase"]),
        "{}",
        first["tags"]
    );
    assert_eq!(
        second["tags"],
        json!(["name:cells_dnase", "name:cells_h3k4me3"])
    );
    assert_eq!(first["dbkey"], "hg38");
    // A workflow takes a sheet only if its columns are those of the import.
    let imported = nine(&["--sample-sheet"]).galaxy();
    assert_eq!(
        sheet.0["column_definitions"],
        imported["__unnamed_outputs"][0]["column_definitions"]
    );
    let row = crate::support::following::row(&followed, "data 9");
    assert_eq!(row["proven_tracks"], DNASE);
}

#[test]
fn a_copy_is_no_link_to_the_dataset() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let sorted = galaxy.run("sort1", &[&dnase], REGIONS);
    let followed = galaxy.follow(&[&sorted], &crates(&came), &["--sample-sheet"]);
    let sheet = Sheet::of(&followed);
    let copy = followed
        .folder
        .join(sheet.elements()[0]["filename"].as_str().unwrap());
    fs::write(&copy, "changed").unwrap();
    assert_eq!(followed.read("results/0000"), REGIONS.as_bytes());
}

#[test]
fn labels_are_made_of_the_metadata_and_unique() {
    let (mut galaxy, came, dnase, h3k4me3) = galaxy();
    let one = galaxy.run("sort1", &[&dnase], REGIONS);
    let other = galaxy.run("sort1", &[&dnase], format!("{REGIONS}x"));
    let third = galaxy.run("sort1", &[&h3k4me3], format!("{REGIONS}y"));
    let own =
        galaxy.uploaded(b"chr1\t1\t2\tregions of my own, of which no crate has ever heard of\n");
    let label = "{cell_or_tissue}  {donor} {assay}";
    let options = ["--sample-sheet", "--label", label];
    let results = [one.as_str(), &other, &third, &own];
    let followed = galaxy.follow(&results, &crates(&came), &options);
    let contents = format!("sample sheet of 4 elements, 3 with metadata: K562 {DNASE_ASSAY}, K562");
    assert!(followed.stderr.contains(&contents), "{}", followed.stderr);
    let sheet = Sheet::of(&followed);
    assert_eq!(
        sheet.names(),
        [
            &*format!("K562 {DNASE_ASSAY}"),
            &format!("K562 {DNASE_ASSAY} (2)"),
            "K562 histone modification identification by ChIP-Seq assay",
            "my own regions"
        ]
    );
}

#[test]
fn a_template_with_an_unknown_name_lists_those_that_are_known() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let sorted = galaxy.run("sort1", &[&dnase], REGIONS);
    for (template, message) in [
        (
            "{cells} {assay}",
            "error: --label: found the name `cells`, expected identifier, local_id, label, cell_or_tissue, assay,",
        ),
        ("{assay", "error: --label: found `{` without its partner"),
        ("assay}", "error: --label: found `}` without its partner"),
        (
            "{a{assay}}",
            "error: --label: found `{` without its partner",
        ),
    ] {
        let options = ["--sample-sheet", "--label", template];
        let followed = galaxy.follow(&[&sorted], &crates(&came), &options);
        assert_eq!(followed.status, 2, "{template}");
        assert!(followed.stderr.contains(message), "{}", followed.stderr);
        assert!(!followed.folder.join("galaxy.json").exists());
    }
}

#[test]
fn the_template_of_the_form_counts_as_well() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let sorted = galaxy.run("sort1", &[&dnase], REGIONS);
    let form = written(
        "form.json",
        json!({"sheet": {"wanted": "yes", "label": "{assay} of {identifier}", "table": null}})
            .to_string(),
    );
    let options = ["--sample-sheet", "--form", form.to_str().unwrap()];
    let sheet = Sheet::of(&galaxy.follow(&[&sorted], &crates(&came), &options));
    assert_eq!(sheet.names(), [format!("{DNASE_ASSAY} of data 9")]);
}

#[test]
fn the_genome_build_is_set_where_the_bytes_prove_the_track() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let copied = galaxy.copy(&dnase);
    galaxy.dataset_mut(&copied)["dbkey"] = "?".into();
    let sorted = galaxy.run("sort1", &[&dnase], REGIONS);
    galaxy.dataset_mut(&sorted)["dbkey"] = "?".into();
    let results = [copied.as_str(), &sorted];
    let sheet = Sheet::of(&galaxy.follow(&results, &crates(&came), &["--sample-sheet"]));
    assert_eq!(sheet.elements()[0]["dbkey"], "hg38");
    assert_eq!(
        sheet.elements()[1]["dbkey"],
        "?",
        "a tool may have lifted it over"
    );
}

#[test]
fn the_genome_build_is_set_where_a_document_identifies_the_track() {
    let packed = gzip(REGIONS.as_bytes());
    let url = format!("{URL}.gz");
    for (served, uploaded, url) in [
        (REGIONS.as_bytes(), REGIONS.as_bytes(), None),
        (REGIONS.as_bytes(), &packed, None),
        (&packed, REGIONS.as_bytes(), Some(url.as_str())),
    ] {
        let mut galaxy = Galaxy::default();
        let id = upload(&mut galaxy, "mine", uploaded, url);
        galaxy.dataset_mut(&id)["dbkey"] = "?".into();
        let name = match url {
            Some(_) => "open_chromatin.bed.gz",
            None => "open_chromatin.bed",
        };
        let tracks = [track("open", name, served)];
        let sheet = Sheet::of(&follow(&galaxy, &id, &tracks, &["--sample-sheet"]));
        assert_eq!(sheet.cell(0, "local_id"), "example_open");
        assert_eq!(sheet.elements()[0]["dbkey"], "hg38");
    }
}

#[test]
fn the_document_in_a_crate_of_others_gives_the_genome_build() {
    let bytes = fs::read(project("test-data/results/monocytes.bed")).unwrap();
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "mine", &bytes, None);
    galaxy.dataset_mut(&id)["dbkey"] = "?".into();
    let crates = [project(
        "test-data/crates/blood_three_tracks.full.crate.zip",
    )];
    let followed = galaxy.follow(&[&id], &crates, &["--sample-sheet"]);
    let row = crate::support::following::row(&followed, "mine");
    assert_eq!(row["genome_builds"], "hg38");
    let sheet = Sheet::of(&followed);
    assert_eq!(sheet.elements()[0]["dbkey"], "hg38");
}

#[test]
fn an_identifier_joins_the_metadata_only_where_the_user_accepts_it() {
    let (mut galaxy, came, _, _) = galaxy();
    let own = galaxy.uploaded(REGIONS.as_bytes());
    galaxy.dataset_mut(&own)["element_identifier"] = DNASE.into();
    let without = galaxy.follow_by(None, &[&own], &crates(&came), &["--sample-sheet"]);
    assert_eq!(Sheet::of(&without).cell(0, "assay"), "");
    let options = ["--sample-sheet", "--accept-identifiers"];
    let with = galaxy.follow_by(None, &[&own], &crates(&came), &options);
    assert_eq!(Sheet::of(&with).cell(0, "assay"), DNASE_ASSAY);
}

/// Follows three results with a table of metadata.
fn with_table(table: &str) -> Outcome {
    with_table_and(table, &[])
}

/// The same with more options.
fn with_table_and(table: &str, more: &[&str]) -> Outcome {
    let (mut galaxy, came, dnase, _) = galaxy();
    let sorted = galaxy.run("sort1", &[&dnase], REGIONS);
    let own = galaxy.uploaded(REGIONS.as_bytes());
    let other = galaxy.uploaded(format!("{REGIONS}{REGIONS}").as_bytes());
    galaxy.dataset_mut(&own)["element_identifier"] = "mine, 1".into();
    galaxy.dataset_mut(&other)["element_identifier"] = "mine 2".into();
    let path = written("metadata.tsv", table);
    let path = path.to_str().unwrap();
    let options = [
        "--sample-sheet",
        "--sheet-table",
        path,
        "--label",
        "{donor}",
    ];
    let options = [&options[..], more].concat();
    galaxy.follow(&[&sorted, &own, &other], &crates(&came), &options)
}

#[test]
fn a_table_fills_what_the_crates_do_not_have() {
    let followed = with_table(
        "Name\tAssay\tCell or tissue\tdonor\tage\nmine, 1\tATAC-seq\tB cell, CD19+\tD1\t30\ndata 9\tRNA-seq\tliver\tD2\t40\n",
    );
    let sheet = Sheet::of(&followed);
    assert_eq!(
        sheet.cell(0, "assay"),
        DNASE_ASSAY,
        "the crate knows better"
    );
    assert_eq!(sheet.cell(0, "donor"), "D2");
    assert_eq!(sheet.cell(1, "assay"), "ATAC-seq");
    assert_eq!(sheet.cell(1, "cell_or_tissue"), "B cell_ CD19_");
    assert_eq!(sheet.cell(2, "assay"), "");
    assert_eq!(sheet.names(), ["D2", "D1", "mine 2"]);
    let unused = "metadata.tsv: not in the sample sheet, whose columns are fixed: `age`";
    let is_remark = |line: &str| line.ends_with(unused) && !line.contains('/');
    assert!(
        followed.stderr.lines().any(is_remark),
        "{}",
        followed.stderr
    );
    let missing = "no line for 1 of 3 element identifiers";
    assert!(followed.stderr.contains(missing), "{}", followed.stderr);
    assert!(followed.report().contains("no line for 1 of 3"));
}

#[test]
fn a_table_has_the_name_that_the_user_knows_it_by() {
    let names = written("names.json", json!(["ages of 'donors'"]).to_string());
    let options = ["--sheet-table-name", names.to_str().unwrap()];
    let followed = with_table_and("id\tdonor\tage\nmine 2\tD1\t30\n", &options);
    let remark = "ages of 'donors': not in the sample sheet, whose columns are fixed: `age`";
    assert!(followed.stderr.contains(remark), "{}", followed.stderr);
    followed.assert_nowhere("metadata.tsv");
    let failed = with_table_and("id\tage\nmine 2\t30\n", &options);
    let error = "error: ages of 'donors': line 1: found none of the titles";
    assert!(failed.stderr.contains(error), "{}", failed.stderr);
}

#[test]
fn credentials_in_a_table_are_not_given_back() {
    let url = "https://ann:hunter2secret@h.example/x";
    let followed = with_table(&format!(
        "element_identifier\tstudy\tdonor\nmine 2\t{url}\t{url}\n"
    ));
    let sheet = Sheet::of(&followed);
    assert_eq!(sheet.cell(2, "study"), "https___h_example_x");
    followed.assert_nowhere("hunter2secret");
}

#[test]
fn a_table_of_outcomes_of_an_import_is_such_a_table() {
    let table = nine(&[]).text("outcomes.tsv");
    let table = table.replace(DNASE, "mine 2");
    let sheet = Sheet::of(&with_table(&table));
    assert_eq!(sheet.cell(2, "local_id"), "mine 2");
    assert_eq!(sheet.cell(2, "assay"), DNASE_ASSAY);
}

#[test]
fn a_table_that_cannot_be_joined_is_refused_with_what_to_do() {
    for (table, message) in [
        (
            "",
            "found an empty file, expected a table with a header line",
        ),
        (
            "id\tage\nmine 2\t30\n",
            "line 1: found none of the titles of the sample sheet, expected at least one of local_id,",
        ),
        (
            "id\tassay\tAssay\nmine 2\ta\tb\n",
            "line 1: found the title `assay` twice",
        ),
        (
            "id\tassay\nyours\ta\n",
            "found no column with element identifiers of the results, expected one, for example with `data 9`",
        ),
        (
            "id\tlabel\tassay\nmine 2\tmine 2\tx\n",
            "found element identifiers of the results in the columns `id` and `label`, expected one such column: name it element_identifier",
        ),
        (
            "element_identifier\tlabel\nyours\tmine 2\n",
            "found no element identifier of the results in the column element_identifier",
        ),
        (
            "id\tassay\nmine 2\ta\nmine 2\tb\n",
            "line 3: found the identifier `mine 2` of line 2 once more",
        ),
    ] {
        let followed = with_table(table);
        assert_eq!(followed.status, 1, "{table}");
        assert!(followed.stderr.contains(message), "{}", followed.stderr);
        assert!(!followed.folder.join("galaxy.json").exists());
        // The table is read before any result is followed.
        assert!(!followed.folder.join("crates").exists(), "{table}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a table holds, cells are what Galaxy takes and names are unique.
    #[test]
    fn laws_cells_are_what_galaxy_takes(values in prop::collection::vec("\\PC{0,8}", 3)) {
        let cell = |text: &str| fairtracks::tables::tsv::escape(text);
        let lines = ["mine, 1", "mine 2", "data 9"].iter().zip(&values);
        let lines: String = lines.map(|(id, value)| format!("{id}\t{}\n", cell(value))).collect();
        let followed = with_table(&format!("element_identifier\tdonor\n{lines}"));
        let sheet = Sheet::of(&followed);
        for place in 0..3 {
            let fits = |c: char| c.is_alphanumeric() || " _-?".contains(c);
            prop_assert!(sheet.cell(place, "donor").chars().all(fits));
        }
        let mut names = sheet.names();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), 3);
    }
}
