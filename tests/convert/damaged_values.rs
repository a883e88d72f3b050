//! Values that people and spreadsheet programs write in other ways than the standard, and what curators read of them.

use crate::support::converting::convert;

#[test]
fn advice_on_a_target_fits_its_text() {
    let table = "track_id,assay,target\nT1,ChIP-seq,CTCF\nT2,ChIP-seq,H3K4me3 (Abcam)\n";
    let found = convert(&[("a.csv", table)], &[]);
    let refused = found.rows_of("not taken over");
    let reason = |value: &str| {
        let row = refused.iter().find(|row| row[3] == value).unwrap();
        row[5].clone()
    };
    assert!(reason("CTCF").ends_with("write the HGNC id of its gene into the column `gene_id`"));
    assert!(reason("H3K4me3 (Abcam)").ends_with("write its name alone, such as `H3K4me3`"));
    let document = found.document();
    let details = |place: usize| &document["experiments"][place]["target"]["target_details"];
    assert_eq!(details(0), "CTCF");
    assert_eq!(details(1), "H3K4me3 (Abcam)");
}

#[test]
fn errors_of_spreadsheet_programs_and_fractions_of_numbers_are_read_as_such() {
    let table = "track_id,sample_id,species,publication\n#NAME?,#N/A,10090.0,22955617.0\n";
    let found = convert(&[("a.csv", table)], &[]);
    let refused = found.rows_of("not taken over");
    let values: Vec<&str> = refused.iter().map(|row| row[3].as_str()).collect();
    assert_eq!(values, ["#NAME?", "#N/A"], "{refused:?}");
    for row in refused {
        assert_eq!(
            row[5],
            "the spreadsheet program stored an error: type the value"
        );
    }
    let document = found.document();
    assert_eq!(document["studies"][0]["publication"], "pubmed:22955617");
    assert_eq!(document["samples"][0]["species_id"], "taxonomy:10090");
}
