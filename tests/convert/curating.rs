//! What curators add to a source: edits, values for all records, terms and ontologies.

use std::fs;

use serde_json::json;

use crate::support::converting::{Converted, convert};
use crate::support::folder;

const TITLES: &str = "Track ID,File URL,Assembly,Sample ID,Species,Cell type,Tissue,Phenotype,Study ID,Study name,Experiment ID,Assay\n";

const RECORDS: &str = "expected the `local_id` of an object or of its track, `*` for all, or a record of this table, such as `samples.csv, row 2`";

/// Two tracks of one experiment, the second with more values.
fn shared() -> String {
    format!(
        "{TITLES}a,https://tracks.example.org/a.bed,hg38,S1,human,,blood,,ST1,,E1,DNase-seq\n\
        b,https://tracks.example.org/b.bed,hg38,S1,human,B cell,blood,Normal,ST1,My real study,E1,DNase-seq\n"
    )
}

/// Converts a table with a table of edits.
fn edited(table: &str, edits: &str) -> Converted {
    let place = folder();
    let path = place.join("edits.tsv");
    let edits = format!("record\tfield\tvalue\told_value\n{edits}");
    fs::write(&path, edits).unwrap();
    convert(&[("a.csv", table)], &["--edits", path.to_str().unwrap()])
}

fn reasons(converted: &Converted, outcome: &str) -> Vec<String> {
    let rows = converted.rows_of(outcome).into_iter();
    let edits = rows.filter(|row| row[4] == "edit");
    edits.map(|row| row[5].clone()).collect()
}

#[test]
fn a_value_that_a_later_row_states_goes_before_what_follows_from_others() {
    let found = convert(&[("late.csv", &shared())], &[]);
    assert_eq!(found.rows_of("not taken over").len(), 0, "{:?}", found.rows);
    let document = found.document();
    assert_eq!(document["studies"][0]["study_name"], "My real study");
    let sample = &document["samples"][0];
    assert_eq!(sample["biospecimen_class"]["term_label"], "Cell");
    assert_eq!(sample["sample_type"]["summary"], "B cell (blood)");

    // Without such a row the name follows from the id, and nothing follows from an id of the tool's making.
    let found = convert(&[("late.csv", &shared().replace("My real study", ""))], &[]);
    assert_eq!(found.document()["studies"][0]["study_name"], "ST1");
    let contact = "Track ID,contact_name\na,Desk\n";
    let study = convert(&[("a.csv", contact)], &[]).document()["studies"][0].clone();
    assert_eq!(study["local_id"], "a/experiment/study");
    assert_eq!(study.get("study_name"), None);
}

#[test]
fn an_edit_of_an_assembly_sets_name_and_accession() {
    for (field, value) in [
        ("assembly_name", "GRCh37"),
        ("assembly_id", "hg19"),
        ("assembly_name", "hg19"),
    ] {
        let found = edited(&shared(), &format!("a\ttracks.{field}\t{value}\thg38\n"));
        let tracks = found.document()["tracks"].clone();
        assert_eq!(tracks[0]["assembly_name"], "hg19", "{field} {value}");
        assert_eq!(tracks[0]["assembly_id"], "insdc.gca:GCF_000001405.13");
        assert_eq!(tracks[1]["assembly_name"], "hg38");
    }
    let edits =
        "*\ttracks.assembly_id\tinsdc.gca:GCA_000001405.15\t\n*\ttracks.assembly_name\thg38\t\n";
    let found = edited(&shared(), edits).document();
    let id = &found["tracks"][0]["assembly_id"];
    assert_eq!(id, "insdc.gca:GCA_000001405.15");
}

#[test]
fn values_of_edits_are_read_as_those_of_the_source() {
    let edits = "ST1\tstudies.publication\tPMID 22955617\t\n\
        S1\tsamples.global_id\tSAMN01731491\t\n\
        S1\tsamples.phenotype.term_id\tAsthma\t\n\
        b\ttracks.checksum\tnot a checksum\t\n\
        b\ttracks.assembly_name\thg99\t\n\
        a\ttracks.file_url\ttracks/a.bed\t\n";
    let found = edited(&shared(), edits);
    let document = found.document();
    assert_eq!(document["studies"][0]["publication"], "pubmed:22955617");
    let sample = &document["samples"][0];
    assert_eq!(sample["global_id"], "biosample:SAMN01731491");
    assert_eq!(sample["phenotype"]["term_label"], "Asthma");
    let refused = reasons(&found, "not taken over");
    assert_eq!(refused.len(), 3, "{refused:?}");
    assert!(refused[1].starts_with("found an unknown assembly"));
    assert_eq!(document["tracks"][1]["assembly_name"], "hg38");
}

#[test]
fn an_edit_by_track_changes_the_object_it_shares_whatever_the_order_of_rows() {
    let table = shared();
    let mut turned: Vec<&str> = table.lines().collect();
    turned[1..].reverse();
    for table in [table.clone(), turned.join("\n")] {
        for track in ["a", "b"] {
            let found = edited(&table, &format!("{track}\tsamples.phenotype\tAsthma\t\n"));
            let samples = found.document()["samples"].clone();
            assert_eq!(samples.as_array().unwrap().len(), 1);
            assert_eq!(samples[0]["phenotype"]["term_label"], "Asthma");
            assert_eq!(
                reasons(&found, "changed"),
                [format!(
                    "edit of the record `{track}`: sample `S1`, which 2 tracks share"
                )]
            );
            assert!(reasons(&found, "not taken over").is_empty());
        }
    }
    let tables = [
        ("tracks.csv", "local_id,experiment_ref\na,E1\n"),
        ("experiments.csv", "local_id,sample_ref\nE1,S1\n"),
        ("samples.csv", "local_id,species\nS1,human\n"),
    ];
    let place = folder();
    let path = place.join("edits.tsv");
    fs::write(
        &path,
        "record\tfield\tvalue\na\tsamples.phenotype\tAsthma\n",
    )
    .unwrap();
    let found = convert(&tables, &["--edits", path.to_str().unwrap()]).document();
    assert_eq!(found["samples"][0]["phenotype"]["term_label"], "Asthma");
}

#[test]
fn an_edit_by_track_adds_an_object_that_it_lacks() {
    let table = "Track ID,Assay\na,\nb,ATAC-seq\n";
    let edits = "a\tsamples.phenotype\tAsthma\t\n\
        b\tsamples.phenotype\tAsthma\t\n\
        b\tsamples.species_id\thuman\t\n\
        a\tstudies.study_name\tMarks\t\n\
        b\tsamples.sample_type.details\t\t\n";
    let found = edited(table, edits);
    let document = found.document();
    assert_eq!(document["tracks"][0]["experiment_ref"], "a/experiment");
    let samples = document["samples"].as_array().unwrap();
    assert_eq!(samples.len(), 2);
    assert_eq!(samples[1]["local_id"], "b/experiment/sample");
    assert_eq!(samples[1]["species_id"], "taxonomy:9606");
    assert_eq!(
        document["experiments"][0]["sample_ref"],
        samples[1]["local_id"]
    );
    assert_eq!(
        document["studies"],
        json!([{"local_id": "Marks", "study_name": "Marks"}])
    );
    assert!(
        reasons(&found, "changed")
            .contains(&"edit of the record `a`: new sample `a/experiment/sample`".to_owned()),
        "{:?}",
        found.rows
    );
}

#[test]
fn objects_are_edited_by_their_old_and_their_new_ids() {
    let edits = "S1\tsamples.phenotype\tAsthma\t\n\
        S1\tsamples.local_id\tS2\t\n\
        S2\tsamples.species_id\tmouse\t\n";
    let document = edited(&shared(), edits).document();
    let sample = &document["samples"][0];
    assert_eq!(sample["local_id"], "S2");
    assert_eq!(sample["phenotype"]["term_label"], "Asthma");
    assert_eq!(sample["species_id"], "taxonomy:10090");
    assert_eq!(document["experiments"][0]["sample_ref"], "S2");
}

#[test]
fn an_edit_of_the_collection_creates_it() {
    let edits = "*\tcollection_info.short_name\tMine\t\n\
        *\tcollection_info.contact.name\tDesk\t\n\
        b\tcollection_info.long_name\tAll of mine\t\n\
        other\tcollection_info.description_url\thttps://tracks.example.org/\t\n";
    let found = edited(&shared(), edits);
    let document = found.document();
    assert_eq!(
        document["collection_info"],
        json!({"short_name": "Mine", "contact": {"name": "Desk"}, "long_name": "All of mine"})
    );
    assert_eq!(document["studies"][0]["contact"]["name"], "Desk");
    assert_eq!(
        reasons(&found, "not taken over"),
        [format!("found no record `other`, {RECORDS}")]
    );
}

#[test]
fn a_missing_value_of_the_collection_is_edited_as_the_table_shows_it() {
    let found = convert(&[("a.csv", &shared())], &[]);
    let missing = found.rows_of("missing").into_iter();
    let row = missing
        .map(|row| (row[1].clone(), row[2].clone()))
        .find(|(_, field)| field == "collection_info.short_name")
        .unwrap();
    let found = edited(&shared(), &format!("{}\t{}\tMine\t\n", row.0, row.1));
    assert_eq!(found.document()["collection_info"]["short_name"], "Mine");
    assert!(reasons(&found, "not taken over").is_empty());
    let missing = found.rows_of("missing").into_iter();
    let other = missing
        .map(|row| (row[1].clone(), row[2].clone()))
        .find(|(_, field)| field == "collection_info.long_name");
    let record = String::new();
    assert_eq!(
        other,
        Some((record, "collection_info.long_name".to_owned()))
    );
}

#[test]
fn a_value_that_is_not_there_cannot_be_removed() {
    let found = edited(&shared(), "a\ttracks.label_long\t\t\n");
    assert_eq!(
        reasons(&found, "not taken over"),
        ["the record `a` has no value in this field"]
    );
}

#[test]
fn fields_that_nothing_knows_are_errors_that_name_the_nearest() {
    for (field, hint) in [
        (
            "tracks.asembly_name",
            "did you mean `tracks.assembly_name`?",
        ),
        (
            "collection_info.contact.email",
            "did you mean `collection_info.contact.e-mail`?",
        ),
        (
            "collection_info.shortname",
            "did you mean `collection_info.short_name`?",
        ),
        ("tracks.assembly", "did you mean `tracks.assembly_name`?"),
        ("assembly_name", "did you mean `tracks.assembly_name`?"),
        (
            "experiments.target.foo",
            "expected one of experiments.target.gene_id, ",
        ),
        ("doc_info.doc_version", "the conversion states it itself"),
    ] {
        let set = format!("{field}=hg38");
        let found = convert(&[("a.csv", &shared())], &["--set", &set]);
        let said = &found.outcome.stderr;
        assert_eq!(found.outcome.status, 2, "{field}: {said}");
        assert!(
            said.starts_with(&format!("error: --set: found the field `{field}`")),
            "{said}"
        );
        assert!(said.contains(hint), "{said}");
        assert!(found.document_bytes.is_empty());

        let found = edited(&shared(), &format!("*\t{field}\thg38\t\n"));
        let said = &found.outcome.stderr;
        assert_eq!(found.outcome.status, 1, "{field}: {said}");
        assert!(
            said.contains(&format!("edits.tsv: row 2: found the field `{field}`")),
            "{said}"
        );
        assert!(said.contains(hint), "{said}");
    }
    // A field of the source can be edited, whatever its name.
    let table = "Track ID,tracks.freezer\na,7\n";
    let document = edited(table, "a\ttracks.freezer\t8\t\n").document();
    assert_eq!(document["tracks"][0]["freezer"], "8");
}

#[test]
fn an_edit_names_a_record_as_the_table_does() {
    // The second row has no id and no URL to make one of; the first describes a sample that both share.
    let table = "track_id,label_short,sample_id,species,cell_type\na,A,S1,human,B cell\n,B,S1,human,B cell\n";
    let edits = "a.csv, row 2\tsamples.phenotype\tNormal\t\na.csv, row 3\ttracks.label_short\tNew\tB\n\
        a.csv, row 3\ttracks.local_id\tb\t\na.csv, row 9\ttracks.label_short\tX\t\n";
    let found = edited(table, edits);
    let document = found.document();
    assert_eq!(document["samples"][0]["phenotype"]["term_label"], "Normal");
    assert_eq!(document["tracks"][1]["local_id"], "b");
    assert_eq!(document["tracks"][1]["label_short"], "New");
    assert_eq!(
        reasons(&found, "not taken over"),
        [format!("found no record `a.csv, row 9`, {RECORDS}")]
    );
}

#[test]
fn an_edit_of_a_reference_wins_over_the_row_that_describes_another_object() {
    let table = format!(
        "{TITLES}a,https://tracks.example.org/a.bed,hg38,S1,human,,,,,,E1,DNase-seq\n\
        b,https://tracks.example.org/b.bed,hg38,S2,human,,,,,,E2,ATAC-seq\n"
    );
    let found = edited(&table, "a\ttracks.experiment_ref\tE2\t\n");
    let document = found.document();
    assert_eq!(document["tracks"][0]["experiment_ref"], "E2");
    assert_eq!(document["experiments"][0]["local_id"], "E1");
    assert_eq!(reasons(&found, "changed"), ["edit of the record `a`"]);
    assert_eq!(found.rows_of("not taken over").len(), 0, "{:?}", found.rows);
}

#[test]
fn an_edit_may_name_a_record_by_the_id_of_an_edit_before_it() {
    let place = folder();
    let path = place.join("edits.tsv");
    let edits = "record\tfield\tvalue\n\
        c\ttracks.local_id\tearly\na\ttracks.local_id\tb\nb\ttracks.local_id\tc\nc\ttracks.local_id\td\n\
        *\ttracks.experiment_ref\te\na\ttracks.local_id\tlate\n";
    fs::write(&path, edits).unwrap();
    let options = ["--edits", path.to_str().unwrap()];
    let found = convert(&[("a.csv", "Track ID\na\nx\n")], &options);
    assert_eq!(found.outcome.status, 0, "{:?}", found.outcome);
    let document = found.document();
    assert_eq!(document["tracks"][0]["local_id"], "d");
    assert_eq!(document["tracks"][1]["local_id"], "x");
    assert_eq!(document["tracks"][1]["experiment_ref"], "e");
    let refused = found.rows_of("not taken over");
    let of_edits = refused.iter().filter(|row| row[4] == "edit");
    let reasons = of_edits.map(|row| row[5].split(',').next().unwrap());
    let reasons: Vec<&str> = reasons.collect();
    assert_eq!(reasons, ["found no record `c`", "found no record `a`"]);
}
