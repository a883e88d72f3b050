//! Every small document of `test-data/`: exactly what is found in it.

use crate::support;
use std::collections::BTreeMap;
use std::fs;

/// File, strength, place and what was found, one line a finding; `-` where nothing is found, and the message where
/// the file cannot be read.
const EXPECTED: &str = r##"
valid/abnormal_cells.json -
valid/bisulfite_sequencing.json -
valid/cells.json -
valid/complete.json -
valid/donor's_($HOME)_é.json -
valid/contact_with_orcid.json -
valid/dnase_seq.json -
valid/document_of_hits.json may #/tracks/0/assembly_id "insdc.gca:GCF_000001405.26", a prefix that FAIRtracks 1.0.2 requires and identifiers.org no longer knows
valid/gwas.json -
valid/hi_c.json -
valid/members_of_other_makers.json -
valid/micro_rna_seq.json -
valid/minimal.json may #/tracks/0/assembly_id "insdc.gca:GCF_000001405.26", a prefix that FAIRtracks 1.0.2 requires and identifiers.org no longer knows
valid/organism_part.json -
valid/rna_seq.json -
valid/schema_of_every_object.json -
valid/successor_of_1_0_2.json should #/doc_info `doc_info.has_augmented_metadata`, the mark of the unreleased successor of 1.0.2
valid/technique_without_rules.json -
valid/track_without_sample.json may #/tracks/0/assembly_id "insdc.gca:GCF_000001405.26", a prefix that FAIRtracks 1.0.2 requires and identifiers.org no longer knows
valid/transcription_factor_chip_seq.json -
valid/with_byte_order_mark.json may #/tracks/0/assembly_id "insdc.gca:GCF_000001405.26", a prefix that FAIRtracks 1.0.2 requires and identifiers.org no longer knows
doubtful/aggregated_from_nothing.json should #/experiments/0/aggregated_from an empty list
doubtful/assembly_with_name_of_another.json may #/tracks/0/assembly_name "hg19" for insdc.gca:GCA_000001405.15
doubtful/cell_type_of_a_cell_line.json may #/samples/0/sample_type/cell_type `cell_type`
doubtful/checksum_cut_off.json should #/tracks/0/checksum/cs_hash "6d2c6c99"
doubtful/checksum_with_blank_in_front.json should #/tracks/0/checksum/cs_hash " 6d2c6c99a7407f1c49ab163e41d9b575"
doubtful/doc_version_of_another_text.json should #/doc_info/doc_version "0000000000000000000000000000000000000000000000000000000000000000"
doubtful/experiment_of_ega.json should #/experiments/0/global_id "ega.experiment:EGAX00001000001"
doubtful/format_not_known.json may #/tracks/0/file_format/term_id "http://edamontology.org/format_9999"
doubtful/format_that_is_no_format.json should #/tracks/0/file_format/term_id "http://edamontology.org/data_3002"
doubtful/format_with_label_of_another.json may #/tracks/0/file_format/term_label "bigWig" for http://edamontology.org/format_3004
doubtful/gene_symbol_as_gene_id.json should #/experiments/0/target/gene_id "hgnc:CTCF"
doubtful/key_twice.json should #/tracks/0/label_short a duplicate key
doubtful/label_of_no_text.json should #/tracks/0/label_long ""
doubtful/label_with_blank_in_front.json should #/tracks/0/label_short " ENCFF718EPO"
doubtful/raw_file_id_with_blank.json should #/tracks/0/raw_file_ids/1 "encode: ENCFF207FGO"
doubtful/species_with_name_of_another.json may #/samples/0/species_name "Mus musculus" for taxonomy:9606
doubtful/term_by_https.json should #/experiments/0/target/sequence_feature/term_id "https://purl.obolibrary.org/obo/SO_0001706"
doubtful/term_of_another_ontology.json may #/samples/0/phenotype/term_id "http://purl.obolibrary.org/obo/DOID_2841"
invalid/aggregated_from_another_prefix.json must #/experiments/0/aggregated_from/0 "encode:ENCSR000DQP"
invalid/assembly_name_as_id.json must #/tracks/0/assembly_id "hg38"
invalid/biospecimen_class_by_https.json must #/samples/0/biospecimen_class/term_id "https://purl.obolibrary.org/obo/NCIT_C16403"
invalid/biospecimen_class_in_small_letters.json must #/samples/0/biospecimen_class/term_label "cell line"
invalid/biospecimen_class_unknown.json must #/samples/0/biospecimen_class/term_id "http://purl.obolibrary.org/obo/NCIT_C12801"
invalid/bisulfite_of_another_feature.json must #/experiments/0/target/sequence_feature/term_id "http://purl.obolibrary.org/obo/SO_0001706"
invalid/cell_line_without_cell_line.json must #/samples/0/sample_type no `cell_line`
invalid/checksum_by_another_method.json must #/tracks/0/checksum/cs_method "SHA-1"
invalid/collection_info_missing.json must # no `collection_info`
invalid/condensed_data_in_small_letters.json must #/tracks/0/type_of_condensed_data "narrow peaks"
invalid/contact_with_url_as_orcid.json must #/studies/0/contact/orcid "https://orcid.org/0000-0002-1825-0097"
invalid/contact_without_address.json must #/studies/0/contact no `e-mail` and no `orcid`
invalid/date_without_time.json must #/doc_info/doc_date "2026-01-15"
invalid/dnase_of_another_feature.json must #/experiments/0/target/sequence_feature/term_id "http://purl.obolibrary.org/obo/SO_0001706"
invalid/doc_info_missing.json must # no `doc_info`
invalid/doc_ref_to_nothing.json must #/collection_info/doc_ref "1"
invalid/draft_of_version_2.json unreadable found a document of the draft of FAIRtracks 2, which was never released, expected a FAIRtracks document (JSON) or an RO-Crate (zip): get the document as FAIRtracks 1.0.2, the version that this suite reads
invalid/experiment_ref_to_nothing.json must #/tracks/0/experiment_ref "ENCSR000DQP"
invalid/experiment_that_is_a_text.json must #/experiments/1 "encode:ENCSR000DQP"
invalid/experiment_without_sample.json must #/experiments/0 no `sample_ref` and no `aggregated_from`
invalid/factor_of_another_product.json must #/experiments/0/target/gene_product_type/term_id "http://purl.obolibrary.org/obo/NCIT_C813"
invalid/factor_without_gene.json must #/experiments/0/target no `gene_id`
invalid/file_name_null.json must #/tracks/0/file_name null
invalid/file_url_of_a_cloud.json must #/tracks/0/file_url "s3://encode-public/ENCFF718EPO.bigBed"
invalid/file_url_with_blank.json must #/tracks/0/file_url "https://tracks.example.org/ENCFF718EPO.big Bed"
invalid/file_url_with_scheme_in_capitals.json must #/tracks/0/file_url "HTTPS://tracks.example.org/ENCFF718EPO.bigBed"
invalid/gwas_without_phenotype.json must #/experiments/0/target no `phenotype`
invalid/half_a_character.json unreadable line 23, column 30: invalid JSON (unexpected end of hex escape), expected a FAIRtracks document
invalid/hi_c_of_another_structure.json must #/experiments/0/target/macromolecular_structure/term_id "http://purl.obolibrary.org/obo/NCIT_C13200"
invalid/histone_without_feature.json must #/experiments/0/target no `sequence_feature`
invalid/latin_1.json unreadable byte 1326: found bytes that are not UTF-8 text, expected a FAIRtracks document (JSON in UTF-8)
invalid/local_id_as_number.json must #/tracks/0/local_id 718
invalid/local_id_twice.json must #/tracks/1/local_id "encode:ENCFF718EPO", also the id of #/tracks/0/local_id
invalid/micro_rna_of_another_product.json must #/experiments/0/target/gene_product_type/term_id "http://purl.obolibrary.org/obo/NCIT_C813"
invalid/not_a_fairtracks_document.json unreadable not a FAIRtracks document: found members type, features, expected tracks, experiments, samples and more
invalid/not_json.json unreadable found plain text ("This file holds a sentence instead of a document."), expected a FAIRtracks document (JSON) or an RO-Crate (zip): download the document again, from the URL of the file, not of a page
invalid/ontology_version_missing.json must #/doc_info/doc_ontology_versions no `http://www.ebi.ac.uk/efo/efo.owl`
invalid/ontology_version_of_the_successor.json must #/doc_info/doc_ontology_versions/http:~1~1www.ebi.ac.uk~1efo~1efo.owl "http://www.ebi.ac.uk/efo/releases/v3.20.0/efo.owl"
invalid/phenotype_missing.json must #/samples/0 no `phenotype`
invalid/pre_v1_shape.json unreadable at /tracks/0: found the key `file_iri` of a draft from before FAIRtracks v1, expected version 1: ask the provider for a v1 document
invalid/publications_as_list.json must #/studies/0/publication a list
invalid/raw_file_ids_as_text.json must #/tracks/0/raw_file_ids "encode:ENCFF207FGO"
invalid/raw_file_ids_empty.json must #/tracks/0/raw_file_ids an empty list
invalid/rna_of_another_product.json must #/experiments/0/target/gene_product_type/term_id "http://purl.obolibrary.org/obo/NCIT_C25966"
invalid/sample_ref_to_nothing.json must #/experiments/0/sample_ref "GSM945229"
invalid/samples_empty.json must #/samples an empty list
invalid/schema_by_version.json must #/@schema "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/1.0.2/json/schema/fairtracks.schema.json"
invalid/schema_missing.json must # no `@schema`
invalid/species_without_prefix.json must #/samples/0/species_id "9606"
invalid/study_name_missing.json must #/studies/0 no `study_name`
invalid/study_ref_to_nothing.json must #/experiments/0/study_ref "UW_ChIPSeq"
invalid/successor_with_flag_as_text.json must #/doc_info/has_augmented_metadata "true"
invalid/successor_with_flag_as_text.json should #/doc_info `doc_info.has_augmented_metadata`, the mark of the unreleased successor of 1.0.2
invalid/successor_without_labels.json must #/experiments/0/technique no `term_label`
invalid/successor_without_labels.json should #/doc_info `doc_info.has_augmented_metadata`, the mark of the unreleased successor of 1.0.2
invalid/technique_as_curie.json must #/experiments/0/technique/term_id "obo:OBI_0002017"
invalid/technique_without_id.json must #/experiments/0/technique no `term_id`
invalid/tracks_not_an_array.json must #/tracks an object
invalid/truncated_document.json unreadable line 71, column 6: the document is truncated: download it again
invalid/utf_16.json unreadable the file is UTF-16 or UTF-32 text, expected UTF-8: save it as UTF-8
"##;

/// The expected lines of each file.
fn expected() -> BTreeMap<String, Vec<String>> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in EXPECTED.trim().lines() {
        let (file, rest) = line.split_once(' ').unwrap();
        files
            .entry(file.to_owned())
            .or_default()
            .push(rest.to_owned());
    }
    files
}

/// What the tool finds in a file, in the same form.
fn found(file: &str) -> Vec<String> {
    let path = support::project(&format!("test-data/{file}"));
    let path = path.to_str().unwrap();
    let outcome = support::run(env!("CARGO_BIN_EXE_fairtracks_check"), &[path]);
    if outcome.status == 1 {
        let message = outcome
            .stderr
            .trim_end()
            .replace(&format!("error: {path}: "), "");
        return vec![format!("unreadable {message}")];
    }
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let table = outcome.stdout.replace(path, "");
    let lines: Vec<String> = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    if lines.is_empty() {
        return vec!["-".to_owned()];
    }
    lines
}

#[test]
fn each_document_has_its_one_fault() {
    for (file, expected) in expected() {
        assert_eq!(found(&file), expected, "{file}");
    }
}

#[test]
fn no_document_is_left_out() {
    let expected = expected();
    for folder in ["valid", "doubtful", "invalid"] {
        for entry in fs::read_dir(support::project(&format!("test-data/{folder}"))).unwrap() {
            let file = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(expected.contains_key(&file), "{file} has no line here");
        }
    }
}

#[test]
fn only_invalid_documents_break_a_rule() {
    for (file, findings) in expected() {
        let breaks = findings
            .iter()
            .any(|finding| finding.starts_with("must ") || finding.starts_with("unreadable "));
        assert_eq!(breaks, file.starts_with("invalid/"), "{file}");
    }
}
