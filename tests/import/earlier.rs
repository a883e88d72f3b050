//! An import goes on where an earlier one ended: it gets what is missing, and gives the whole collection.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::importing::{NINE, changed, import_into};
use crate::support::{Outcome, folder, project};
use serde_json::json;

/// Settings of a site whose mirror has these of the files of the nine tracks, and no others.
fn mirror_of(files: &[&str]) -> String {
    let mirror = folder();
    for file in files {
        fs::copy(project("test-data/tracks").join(file), mirror.join(file)).unwrap();
    }
    let mirror = mirror.display();
    format!(
        "[mirrors]\n\"https://tracks.example.org/cells/\" = \"file:{mirror}/\"\n\
         \"ftp://ftp.example.org/cells/\" = \"file:{mirror}/\"\n"
    )
}

/// Files of four of the nine tracks, one of them compressed, and of the others.
const FIRST: [&str; 4] = [
    "cells_dnase.bed",
    "cells_h3k4me3.narrowPeak.gz",
    "cells_signal.bigWig",
    "cells_scores.wig",
];
const OTHERS: [&str; 5] = [
    "cells_h3k27me3.broadPeak",
    "cells_peaks.bigBed",
    "cells_coverage.bedGraph.gz",
    "cells_variants.vcf.gz",
    "cells_genes.gff3.gz",
];

fn id(file: &str) -> String {
    format!("example:{}", file.split('.').next().unwrap())
}

/// An import of which four tracks came.
fn first(options: &[&str]) -> Outcome {
    let came = import_into(&folder(), &mirror_of(&FIRST), &[&project(NINE)], options);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(came.names("output_tracks").len(), 4);
    came
}

/// What Galaxy hands over of an import: its table, and its collections with the names of their elements.
struct Given {
    place: PathBuf,
    names: PathBuf,
}

impl Given {
    fn of(earlier: &Outcome) -> Self {
        Given::without(earlier, &[], &[])
    }

    /// The same without the tracks and the crates of some names.
    fn without(earlier: &Outcome, tracks: &[&str], crates: &[&str]) -> Self {
        let place = folder();
        fs::write(place.join("outcomes.tsv"), earlier.read("outcomes.tsv")).unwrap();
        let mut names = json!({"sources": ["My tracks"], "earlier_table": "My outcomes"});
        for (output, part, deleted) in [
            ("output_tracks", "earlier_tracks", tracks),
            ("output_crates", "earlier_crates", crates),
        ] {
            fs::create_dir(place.join(part)).unwrap();
            let mut of_part = Vec::new();
            for element in earlier.elements(output) {
                let name = element["name"].as_str().unwrap();
                if deleted.contains(&name) {
                    continue;
                }
                let link = place.join(part).join(format!("{:06}", of_part.len() + 1));
                fs::write(link, earlier.bytes(&element)).unwrap();
                of_part.push(name.to_owned());
            }
            names[part] = json!(of_part);
        }
        let path = place.join("names.json");
        fs::write(&path, names.to_string()).unwrap();
        Given { place, names: path }
    }

    fn part(&self, name: &str) -> String {
        self.place.join(name).to_str().unwrap().to_owned()
    }

    /// Goes on with it, where the mirror has these files.
    fn continued(&self, files: &[&str], source: &Path, options: &[&str]) -> Outcome {
        self.continued_at(&mirror_of(files), source, options)
    }

    fn continued_at(&self, site: &str, source: &Path, options: &[&str]) -> Outcome {
        let [table, tracks, crates] =
            ["outcomes.tsv", "earlier_tracks", "earlier_crates"].map(|part| self.part(part));
        let mut all = vec!["--earlier-table", &table, "--earlier-tracks", &tracks];
        all.extend(["--earlier-crates", &crates]);
        all.extend(["--names", self.names.to_str().unwrap()]);
        all.extend(options);
        import_into(&folder(), site, &[source], &all)
    }
}

#[test]
fn only_what_is_missing_is_fetched_and_the_whole_collection_comes() {
    let earlier = first(&["--tags"]);
    // The mirror no longer has the files that came.
    let came = Given::of(&earlier).continued(&OTHERS, &project(NINE), &["--tags"]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(came.names("output_tracks").len(), 9);
    assert_eq!(came.names("output_tracks"), came.names("output_crates"));
    for file in FIRST {
        let id = id(file);
        for output in ["output_tracks", "output_crates"] {
            let (before, after) = (earlier.element(output, &id), came.element(output, &id));
            assert!(
                earlier.bytes(&before) == came.bytes(&after),
                "{output}: {id}"
            );
            for key in ["ext", "dbkey", "tags", "hashes", "sources"] {
                assert_eq!(before[key], after[key], "{key} of {id} in {output}");
            }
            assert_eq!(
                before["created_from_basename"],
                after["created_from_basename"]
            );
        }
        let (before, mut after) = (earlier.row(&id), came.row(&id));
        assert_eq!(after["reason"], "taken from the earlier import");
        for title in ["reason", "described_in"] {
            after.insert(title.to_owned(), before[title].clone());
        }
        assert_eq!(before, after);
    }
    for file in OTHERS {
        let row = came.row(&id(file));
        assert_eq!((&*row["status"], &*row["reason"]), ("imported", ""));
    }
    let report = came.report();
    assert!(
        report.contains("**All 9 tracks were imported, 4 taken from the earlier import**"),
        "{report}"
    );
    assert!(report.contains("9 tracks: checksum matches the provider's"));
    assert_eq!(
        came.galaxy()["output_report"]["name"],
        "9 tracks imported: report"
    );
}

#[test]
fn a_complete_import_is_taken_whole_and_again() {
    let source = project(NINE);
    let all = [&FIRST[..], &OTHERS].concat();
    let mut came = import_into(&folder(), &mirror_of(&all), &[&source], &[]);
    let mut tables = Vec::new();
    for _ in 0..2 {
        came = Given::of(&came).continued(&[], &source, &["--strict", "--sample-sheet"]);
        assert_eq!(came.status, 0, "{}", came.stderr);
        tables.push(came.text("outcomes.tsv"));
        let sheet = &came.galaxy()["__unnamed_outputs"][0];
        assert_eq!(sheet["elements"].as_array().unwrap().len(), 9);
    }
    assert_eq!(tables[0], tables[1]);
}

#[test]
fn what_failed_again_is_missing_and_what_was_taken_is_there() {
    let came = Given::of(&first(&[])).continued(&["cells_genes.gff3.gz"], &project(NINE), &[]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    let report = came.report();
    let verdict = "**5 of 9 tracks imported, 4 failed, 4 taken from the earlier import**";
    assert!(report.contains(verdict), "{report}");
    assert!(report.contains("## Missing tracks (4)"), "{report}");
}

#[test]
fn what_was_deleted_or_changed_since_is_imported_again_and_said_so() {
    let earlier = first(&[]);
    let given = Given::without(
        &earlier,
        &["example:cells_dnase"],
        &["example:cells_scores"],
    );
    // The second of the tracks that are left has the same number of bytes, and others.
    let changed = PathBuf::from(given.part("earlier_tracks")).join("000002");
    let mut bytes = fs::read(&changed).unwrap();
    bytes[0] ^= 1;
    fs::write(&changed, bytes).unwrap();
    let came = given.continued(&FIRST, &project(NINE), &[]);
    for (track, reason) in [
        (
            "dnase",
            "imported again: the dataset `example:cells_dnase` was deleted or renamed",
        ),
        (
            "signal",
            "imported again: the dataset `example:cells_signal` was changed",
        ),
        (
            "scores",
            "imported again: no crate describes the dataset `example:cells_scores`",
        ),
        ("h3k4me3", "taken from the earlier import"),
    ] {
        let row = came.row(&format!("example:cells_{track}"));
        assert_eq!((&*row["status"], &*row["reason"]), ("imported", reason));
    }
    for file in FIRST {
        let id = id(file);
        let [before, after] =
            [&earlier, &came].map(|came| came.bytes(&came.element("output_tracks", &id)));
        assert!(before == after, "{id}");
    }
}

#[test]
fn what_the_form_or_the_document_has_otherwise_is_imported_again() {
    let given = Given::of(&first(&[]));
    let came = given.continued(&FIRST, &project(NINE), &["--identifiers", "label"]);
    let reason = &came.row("example:cells_dnase")["reason"];
    assert_eq!(
        reason,
        "imported again: its element identifier was `example:cells_dnase`"
    );
    let came = given.continued(&FIRST, &project(NINE), &["--peaks", "encodepeak"]);
    let reason = &came.row("example:cells_h3k4me3")["reason"];
    assert_eq!(reason, "imported again: its datatype was `bed`");
    assert_eq!(
        came.row("example:cells_scores")["reason"],
        "taken from the earlier import"
    );
    let moved = changed(|document| {
        document["tracks"][0]["file_url"] = "https://tracks.example.org/cells/moved.bed".into();
    });
    let came = given.continued(&FIRST, &moved, &[]);
    let row = came.row("example:cells_dnase");
    assert_eq!(row["status"], "failed");
    assert!(
        row["reason"].ends_with("; imported again: the document has another URL or checksum"),
        "{}",
        row["reason"]
    );
}

#[test]
fn tracks_in_a_crate_are_taken_too() {
    let source = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let earlier = import_into(&folder(), "", &[&source], &[]);
    assert_eq!(earlier.names("output_tracks").len(), 3);
    let given = Given::without(&earlier, &["example:BLD000001"], &[]);
    let came = given.continued(&[], &source, &[]);
    let verdict = "All 3 tracks were imported, 2 taken from the earlier import";
    assert!(came.stderr.contains(verdict), "{}", came.stderr);
    for element in earlier.elements("output_tracks") {
        let again = came.element("output_tracks", element["name"].as_str().unwrap());
        assert!(earlier.bytes(&element) == came.bytes(&again));
    }
}

#[test]
fn where_no_download_can_begin_nothing_is_left() {
    let given = Given::of(&first(&[]));
    let site = "extra_ca = \"/no/such/certificates.pem\"\n";
    let came = given.continued_at(site, &project(NINE), &[]);
    assert_eq!(came.status, 1, "{}", came.stderr);
    assert!(came.stderr.contains("certificates.pem"), "{}", came.stderr);
    assert!(
        came.stderr.contains("taken from the earlier import"),
        "{}",
        came.stderr
    );
    assert!(came.files().is_empty(), "{:?}", came.files().keys());
}

#[test]
fn a_table_alone_or_of_other_tracks_is_refused() {
    let given = Given::of(&first(&[]));
    let table = given.part("outcomes.tsv");
    let only = ["--earlier-table", &table];
    let came = import_into(&folder(), &mirror_of(&[]), &[&project(NINE)], &only);
    assert_eq!(came.status, 1);
    assert!(
        came.stderr.contains(
            "earlier import: found only its table of outcomes, expected its table of outcomes, its tracks and its crates: select all three or none"
        ),
        "{}",
        came.stderr
    );
    let other = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let came = given.continued(&[], &other, &[]);
    assert_eq!(came.status, 1);
    assert!(
        came.stderr
            .contains("error: My outcomes: found none of the tracks to import, expected"),
        "{}",
        came.stderr
    );
    fs::write(given.part("outcomes.tsv"), "#local_id\tlabel\nx\ty\n").unwrap();
    let came = given.continued(&[], &project(NINE), &[]);
    assert!(
        came.stderr.contains(
            "error: My outcomes: line 1: found no column `status`, expected the table of outcomes"
        ),
        "{}",
        came.stderr
    );
    assert!(
        came.files().is_empty(),
        "nothing is written: {:?}",
        came.files().keys()
    );
}
