//! Each value of a hub that rules read is damaged in turn, and found in the table.

use super::hub::changed;

const DAMAGED: &str = "¿damaged?";

#[test]
fn a_damaged_value_is_reported_and_is_in_no_field() {
    for (name, from, to, field) in [
        (
            "hg38/trackDb.txt",
            "metadata assay=DNase-seq",
            "metadata assay=¿damaged?",
            "experiments.technique",
        ),
        (
            "hg38/trackDb.txt",
            "phenotype=Normal",
            "phenotype=¿damaged?",
            "samples.phenotype",
        ),
        (
            "hg38/trackDb.txt",
            "md5sum=00112233445566778899aabbccddeeff",
            "md5sum=¿damaged?",
            "tracks.checksum",
        ),
        (
            "hg38/trackDb.txt",
            "T_cell=T_cell",
            "T_cell=¿damaged?",
            "samples.sample_type.cell_type",
        ),
        (
            "hg38/trackDb.txt",
            "bigDataUrl T/signal.bw",
            "bigDataUrl mailto:¿damaged?",
            "tracks.file_url",
        ),
        (
            "hg38/trackDb.txt",
            "type bigWig 0 100",
            "type ¿damaged?",
            "tracks.file_format",
        ),
        (
            "hg38/meta.tsv",
            "B cell",
            DAMAGED,
            "samples.sample_type.cell_type",
        ),
        (
            "hg38/facets.tsv",
            "neutrophil",
            DAMAGED,
            "samples.sample_type.cell_type",
        ),
        (
            "hg38/facets.tsv",
            "H3K27ac",
            DAMAGED,
            "experiments.target.sequence_feature",
        ),
        (
            "genomes.txt",
            "genome hg38",
            "genome ¿damaged?",
            "tracks.assembly_name",
        ),
        (
            "hub.txt",
            "descriptionUrl about.html",
            "descriptionUrl mailto:¿damaged?",
            "collection_info.description_url",
        ),
    ] {
        let converted = changed(name, from, to);
        let reported = converted.rows_of("not taken over").into_iter();
        let mut reported = reported.filter(|row| row[3].contains(DAMAGED));
        assert!(
            reported.any(|row| row[2] == field),
            "{from}: {:?} {:?}",
            converted.outcome,
            converted.rows
        );
        let document = converted.document();
        let (category, path) = field.split_once('.').unwrap();
        let pointer = format!("/{}", path.replace('.', "/"));
        let objects = match document[category].as_array() {
            Some(objects) => objects.clone(),
            None => vec![document[category].clone()],
        };
        for object in objects {
            let value = object.pointer(&pointer).map(ToString::to_string);
            assert!(!value.unwrap_or_default().contains(DAMAGED), "{from}");
        }
    }
}
