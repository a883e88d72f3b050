//! `fairtracks_convert` as its users meet it.

use std::fs;

use serde_json::{Value as Json, json};

use crate::support::converting::{
    COLLECTION, Converted, cells, convert, csv, laboratory, without_source,
};
use crate::support::folder;
use crate::support::running::{CHECK, CONVERT, run_in};

fn laboratory_document() -> Converted {
    let converted = convert(&[("laboratory.csv", &laboratory())], &COLLECTION);
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    converted
}

#[test]
fn the_table_of_a_laboratory_becomes_a_valid_document() {
    let converted = laboratory_document();
    assert_eq!(
        converted.outcome.stderr,
        "converted to 4 tracks, 3 experiments, 3 samples, 1 study; the document conforms to FAIRtracks\n"
    );
    let place = &converted.outcome.folder;
    let checked = run_in(CHECK, place, &["out.json", "--strict"]);
    assert_eq!(checked.status, 0, "{checked:?}");
    assert!(!checked.stdout.contains("should\t"), "{}", checked.stdout);

    let document = converted.document();
    let track = &document["tracks"][0];
    assert_eq!(track["local_id"], "lab:T1");
    assert_eq!(track["assembly_name"], "hg38");
    assert_eq!(track["assembly_id"], "insdc.gca:GCF_000001405.26");
    assert_eq!(
        track["file_format"]["term_label"],
        "ENCODE narrow peak format"
    );
    assert_eq!(track["type_of_condensed_data"], "Narrow peaks");
    assert_eq!(
        track["checksum"],
        json!({"cs_method": "MD5", "cs_hash": "0123456789abcdef0123456789abcdef"})
    );
    let samples = document["samples"].as_array().unwrap();
    let summaries: Vec<&Json> = samples
        .iter()
        .map(|sample| &sample["sample_type"]["summary"])
        .collect();
    assert_eq!(summaries, ["B cell (blood)", "K562", "liver"]);
    assert_eq!(
        document["experiments"][1]["target"]["sequence_feature"]["term_label"],
        "DNaseI_hypersensitive_site"
    );
}

#[test]
fn the_document_says_what_it_is_made_of() {
    let document = laboratory_document().document();
    let from = &document["converted_from"];
    assert_eq!(from["version"], 1);
    assert_eq!(from["source"]["kind"], "table");
    assert_eq!(from["source"]["name"], "laboratory.csv");
    assert_eq!(from["source"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(from["time"], "2026-01-31T00:00:00+00:00");
    assert_eq!(from["rules"], json!({"name": "table", "version": "1"}));
    assert_eq!(from["options"]["collection_info.short_name"], "Laboratory");
    assert_eq!(from["tool"], "fairtracks_convert");
    assert!(from.get("edits").is_none());
}

#[test]
fn the_same_records_in_another_file_give_the_same_document() {
    let table = laboratory();
    let first = laboratory_document();
    assert_eq!(first.document_bytes, laboratory_document().document_bytes);
    let mut turned = cells(&table);
    for row in &mut turned {
        row.reverse();
    }
    for (name, text) in [
        ("laboratory.tsv", table.replace(',', "\t")),
        (
            "excel.csv",
            format!("\u{feff}{}", table.replace(',', ";").replace('\n', "\r\n")),
        ),
        (
            "quoted.csv",
            format!(
                "\"{}\"",
                table
                    .trim_end()
                    .replace(',', "\",\"")
                    .replace('\n', "\"\n\"")
            ),
        ),
        ("turned.csv", csv(&turned)),
        ("spaced.csv", table.replace(',', " , ")),
    ] {
        let other = convert(&[(name, &text)], &COLLECTION);
        assert_eq!(
            without_source(&other.document_bytes),
            without_source(&first.document_bytes),
            "{name}"
        );
        assert_ne!(other.document_bytes, first.document_bytes);
    }
}

#[test]
fn a_file_for_each_kind_of_object_gives_the_same_objects() {
    let tracks = "local_id,file_url,md5,assembly,type_of_condensed_data,geometric_track_type,experiment_ref\n\
        lab:T1,https://tracks.example.org/lab/T1.narrowPeak.gz,0123456789abcdef0123456789abcdef,hg38,,,lab:E1\n";
    let experiments = "local_id,technique.term_id,target.sequence_feature,sample_ref\n\
        lab:E1,http://purl.obolibrary.org/obo/OBI_0002017,H3K4me3,lab:S1\n";
    let samples = "local_id,species,cell_type,organism_part,phenotype\n\
        lab:S1,human,CL:0000236,UBERON:0000178,Normal\n";
    let studies = "local_id,study_name\nlab:ST1,Marks in blood\n";
    let tables = [
        ("tracks.csv", tracks),
        ("experiments.csv", experiments),
        ("my samples.csv", samples),
        ("studies.csv", studies),
    ];
    let converted = convert(&tables, &COLLECTION);
    assert!(
        converted.rows_of("not read").is_empty(),
        "{:?}",
        converted.rows
    );
    let (document, wide) = (converted.document(), laboratory_document().document());
    for list in ["tracks", "experiments", "samples", "studies"] {
        assert_eq!(document[list].as_array().unwrap().len(), 1, "{list}");
        assert_eq!(document[list][0], wide[list][0], "{list}");
    }
    assert_eq!(
        document["converted_from"]["source"]["files"]
            .as_array()
            .unwrap()
            .len(),
        4
    );
}

#[test]
fn what_is_missing_or_not_read_is_a_row_with_its_record() {
    let table = laboratory().replace("fedcba9876543210fedcba9876543210", "");
    let converted = convert(
        &[("laboratory.csv", &table)],
        &[&COLLECTION[..], &["--strict"]].concat(),
    );
    assert_eq!(converted.outcome.status, 1);
    assert!(
        converted
            .outcome
            .stderr
            .ends_with("error: --strict: found 1 values missing or against a rule of FAIRtracks, expected none: see the table\n"),
        "{}",
        converted.outcome.stderr
    );
    let missing = converted.rows_of("missing");
    assert_eq!(missing.len(), 1);
    assert_eq!(
        missing[0][1..3],
        ["laboratory.csv, row 3", "tracks.checksum"]
    );
    let unread = converted.rows_of("not read");
    assert_eq!(unread.len(), 1);
    assert_eq!(
        (unread[0][2].as_str(), unread[0][6].as_str()),
        ("Freezer", "3")
    );
}

#[test]
fn edits_are_applied_and_those_that_fit_nothing_are_reported() {
    let edits = "record\tfield\tvalue\told_value\n\
        lab:S1\tsamples.phenotype\tAsthma\tNormal\n\
        lab:T4\tsamples.sample_type.organism_part\tspleen\t\n\
        *\ttracks.label_long\tAn edited label\t\n\
        lab:S9\tsamples.phenotype\tAsthma\t\n\
        lab:S2\tsamples.phenotype\tAsthma\tNormal\n\
        lab:S2\tsamples.phenotype\tsadness\t\n";
    let place = folder();
    fs::write(place.join("edits.tsv"), edits).unwrap();
    let path = place.join("edits.tsv");
    let options = [&COLLECTION[..], &["--edits", path.to_str().unwrap()]].concat();
    let converted = convert(&[("laboratory.csv", &laboratory())], &options);
    let document = converted.document();
    assert_eq!(document["samples"][0]["phenotype"]["term_label"], "Asthma");
    assert_eq!(document["samples"][2]["sample_type"]["summary"], "spleen");
    assert_eq!(document["tracks"][3]["label_long"], "An edited label");
    assert_eq!(
        document["converted_from"]["edits"]["sha256"]
            .as_str()
            .unwrap()
            .len(),
        64
    );
    let refused: Vec<(&str, &str)> = converted
        .rows_of("not taken over")
        .into_iter()
        .map(|row| (row[1].as_str(), row[5].as_str()))
        .collect();
    assert_eq!(refused.len(), 3, "{refused:?}");
    assert_eq!(refused[0].0, "edits, row 5");
    assert!(refused[0].1.starts_with("found no record `lab:S9`, "));
    assert_eq!(
        refused[1],
        (
            "edits, row 6",
            "no record `lab:S2` has the value `Normal` in this field"
        )
    );
    assert!(
        refused[2].1.starts_with("found in no table of terms"),
        "{refused:?}"
    );
}

#[test]
fn a_blank_table_has_titles_that_are_read() {
    let place = folder();
    let outcome = run_in(CONVERT, &place, &["--template", "blank.tsv"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let both = ["--template", "blank.tsv", "--output-table", "table.tsv"];
    assert_eq!(run_in(CONVERT, &place, &both).status, 2);
    assert!(!place.join("table.tsv").exists());
    let blank = fs::read_to_string(place.join("blank.tsv")).unwrap();
    assert_eq!(
        run_in(CONVERT, &place, &["--template", "blank.CSV"]).status,
        0
    );
    let with_commas = fs::read_to_string(place.join("blank.CSV")).unwrap();
    assert_eq!(with_commas, blank.replace('\t', ","));
    let filled: Vec<String> = blank
        .trim_end()
        .split('\t')
        .map(|title| format!("{title}!"))
        .collect();
    let converted = convert(
        &[("filled.tsv", &format!("{blank}{}\n", filled.join("\t")))],
        &[],
    );
    assert!(
        converted.rows_of("not read").is_empty(),
        "{:?}",
        converted.rows
    );
}

#[test]
fn own_rules_replace_the_built_in_ones() {
    let rules = "name = \"freezers\"\nversion = \"7\"\n[[field]]\ntarget = \"tracks.local_id\"\ntitles = [\"freezer\"]\npattern = '[A-Z](\\d)'\nreplacement = \"box:$1\"\n";
    let place = folder();
    let path = place.join("rules.toml");
    fs::write(&path, rules).unwrap();
    let table = "Freezer,Note\nA1,x\n?,y\n";
    let converted = convert(&[("a.csv", table)], &["--rules", path.to_str().unwrap()]);
    let document = converted.document();
    assert_eq!(document["tracks"], json!([{"local_id": "box:1"}]));
    assert_eq!(
        document["converted_from"]["rules"],
        json!({"name": "freezers", "version": "7"})
    );
    let refused = converted.rows_of("not taken over");
    assert_eq!(refused[0][1..4], ["a.csv, row 3", "tracks.local_id", "?"]);

    fs::write(&path, rules.replace("titles", "title")).unwrap();
    let converted = convert(&[("a.csv", table)], &["--rules", path.to_str().unwrap()]);
    assert_eq!(converted.outcome.status, 1);
    assert!(
        converted.outcome.stderr.contains("unknown field `title`"),
        "{:?}",
        converted.outcome
    );
}

#[test]
fn faults_are_errors_with_their_place() {
    let said = |name: &str, bytes: &[u8], options: &[&str]| {
        let place = folder();
        fs::write(place.join(name), bytes).unwrap();
        let outcome = run_in(
            CONVERT,
            &place,
            &[&[name, "--output-document", "out.json"], options].concat(),
        );
        assert!(!place.join("out.json").exists());
        (outcome.status, outcome.stderr)
    };
    let (status, message) = said("tracks.csv", b"id,url\na,M\xfcller\n", &[]);
    assert_eq!(
        (status, message.as_str()),
        (
            1,
            "error: tracks.csv: row 2: found the byte 0xfc, expected UTF-8: save the table as `CSV UTF-8`\n"
        )
    );
    let (status, message) = said(
        "tracks.csv",
        b"id,url\na,b\n",
        &["--set", "tracks.assembly_name=hg99"],
    );
    assert_eq!(status, 2);
    assert!(
        message.starts_with(
            "error: --set: found `hg99` for `tracks.assembly_name`, found an unknown assembly"
        ),
        "{message}"
    );
    let (status, message) = said("tracks.csv", b"id,url\na,b\n", &["--set", "assembly"]);
    assert_eq!(status, 2);
    assert!(
        message.starts_with("error: --set: found `assembly`, expected a field, `=` and a value"),
        "{message}"
    );
    let (status, message) = said("tracks.csv", b"id,url\na,b\n", &["--set", "colour=red"]);
    assert_eq!(status, 2);
    assert!(
        message.starts_with("error: --set: found the field `colour`, expected a category"),
        "{message}"
    );
}

#[test]
fn terms_of_the_user_are_found_first() {
    let place = folder();
    let path = place.join("cells.tsv");
    let odd = "# ours\nhttp://purl.obolibrary.org/obo/CL_0000084\tT cell\tB lymphocyte\n";
    fs::write(&path, odd).unwrap();
    let terms = format!("cell_types={}", path.display());
    let options = [&COLLECTION[..], &["--terms", &terms]].concat();
    let converted = convert(&[("laboratory.csv", &laboratory())], &options);
    let document = converted.document();
    assert_eq!(
        document["samples"][0]["sample_type"]["cell_type"]["term_label"],
        "T cell"
    );
    assert_eq!(
        document["converted_from"]["terms"][0]["table"],
        "cell_types"
    );

    fs::write(&path, "only one column\n").unwrap();
    let converted = convert(&[("laboratory.csv", &laboratory())], &options);
    assert_eq!(
        converted.outcome.stderr,
        format!(
            "error: {}: line 1: found 1 column, expected id, label, synonyms, broader, related, source with tabs between them\n",
            path.display()
        )
    );
}
