//! Names of assemblies as archives, portals and browsers write them.

use super::*;

#[test]
fn archives_portals_and_browsers_mean_the_same_assembly() {
    for (key, names) in [
        (
            "hg38",
            &[
                "hg38",
                "HG38",
                "GRCh38",
                "GRCh38.p13",
                "GRCh38p14",
                "GRCh38-minimal",
                "GRCh38.d1.vd1",
                "GRCh38_no_alt_analysis_set_GCA_000001405.15",
                "hg38 (GRCh38)",
                "Human Dec. 2013 (GRCh38/hg38)",
                "Homo_sapiens.GRCh38.dna.primary_assembly.fa",
                "GCF_000001405.40",
                "GRCh38.86",
                "GRCh38 V29",
                "hs38DH",
                "GRCh38-2024-A",
            ] as &[&str],
        ),
        (
            "hg19",
            &[
                "hg19",
                "GRCh37.p13",
                "hg19.p13.plusMT",
                "female.hg19",
                "GRCh37/hg19",
                "GCA_000001405.1",
            ],
        ),
        (
            "hs1",
            &[
                "hs1",
                "T2T-CHM13v2.0",
                "T2T CHM13v2.0/hs1",
                "GCA_009914755.4",
                "chm13v2.0",
                "GCF_009914755.1_T2T-CHM13v2.0",
            ],
        ),
        (
            "mm10",
            &[
                "mm10-minimal",
                "GRCm38.p6",
                "mm10_no_alt_analysis_set",
                "GCF_000001635.26",
            ],
        ),
        ("mm9", &["NCBIM37", "MGSCv37", "mm9"]),
        (
            "rn6",
            &["Rnor_6.0", "Rnor_6.0.99", "RGSC 6.0/rn6", "rnor6.0"],
        ),
        (
            "dm6",
            &[
                "BDGP6.32",
                "BDGP6",
                "Release 6 plus ISO1 MT",
                "BDGP Release 6 + ISO1 MT/dm6",
                "dmel_r6.32",
            ],
        ),
        ("dm3", &["BDGP5.25", "BDGP R5/dm3"]),
        ("ce11", &["WBcel235", "ce11"]),
        ("danRer11", &["GRCz11", "danrer11", "GRCz11/danRer11"]),
        (
            "sacCer3",
            &["R64-1-1", "R64-1-1.75", "SacCer_Apr2011/sacCer3", "R64"],
        ),
        ("canFam3", &["CanFam3.1", "Broad CanFam3.1/canFam3"]),
        ("macFas5", &["macFas5"]),
        (
            "GRCg7b",
            &[
                "GRCg7b",
                "bGalGal1.mat.broiler.GRCg7b",
                "GCF_016699485.2_bGalGal1.mat.broiler.GRCg7b_genomic.fna.gz",
                "GCA_016699485.1",
                "Gallus gallus GRCg7b",
            ],
        ),
        ("galGal6", &["GRCg6a", "GCF_000002315.6", "chicken galGal6"]),
        (
            "bosTau9",
            &["ARS-UCD1.2", "Bos_taurus.ARS-UCD1.2.dna.toplevel.fa.gz"],
        ),
        (
            "ARS-UCD2.0",
            &["ARS-UCD2.0", "GCF_002263795.3_ARS-UCD2.0_genomic.fna"],
        ),
        ("ARS-UCD1.3", &["ARS-UCD1.3", "GCA_002263795.3"]),
        (
            "susScr11",
            &[
                "Sscrofa11.1",
                "Sus_scrofa.Sscrofa11.1.110",
                "GCA_000003025.6",
            ],
        ),
        ("equCab3", &["EquCab3.0", "GCF_002863925.1"]),
        (
            "ARS1",
            &[
                "ARS1",
                "Capra_hircus.ARS1",
                "GCF_001704415.1_ARS1_genomic.fna",
            ],
        ),
        ("oviAri3", &["Oar_v3.1", "GCF_000298735.1"]),
        (
            "Oar_rambouillet_v1.0",
            &["Oar_rambouillet_v1.0", "GCA_002742125.1"],
        ),
        (
            "ARS-UI_Ramb_v2.0",
            &["ARS-UI_Ramb_v2.0", "GCF_016772045.1_ARS-UI_Ramb_v2.0"],
        ),
        ("oryCun2", &["OryCun2.0", "GCF_000003625.3"]),
    ] {
        for name in names {
            assert_eq!(by_name(name), Named::One(key, Naming::NotStated), "{name}");
        }
    }
    for name in [
        "b37",
        "hs37d5",
        "human_g1k_v37_decoy",
        "hs37d5 (GRCh37)",
        "GRCh37/b37",
        "GRCh37-lite",
    ] {
        assert_eq!(by_name(name), Named::One("hg19", Naming::B37), "{name}");
    }
}

#[test]
fn what_means_no_assembly_or_several_is_not_guessed() {
    for nothing in [
        "",
        " ",
        "unknown",
        "NA",
        "n/a",
        "-",
        "none",
        "None",
        "?",
        "not provided",
    ] {
        assert_eq!(by_name(nothing), Named::Nothing, "{nothing}");
    }
    for unknown in [
        "yeti1",
        "hg3",
        "hg380",
        "hg38x",
        "GRCh38.patch",
        "T2T-CHM13v1.1",
        "CHM13",
        "mRatBN7.1",
        "canFam3.2",
        "human",
        "GCA_000001405",
        "GCA_999999999.1",
        "hg38 lifted to mouse",
        "ENC001.1",
        "J02459.1",
        "mm10.1",
        "ARS-UCD1.4",
        "ARS1.2",
        "GRCg7",
        "GCF_016699485.1",
        "hg38é",
        "é",
    ] {
        assert_eq!(by_name(unknown), Named::Unknown, "{unknown}");
    }
    assert_eq!(by_name("hg19 and hg38"), Named::Two("hg19", "hg38"));
    assert_eq!(
        by_name("GCA_000001405.15 (hg19)"),
        Named::Two("hg38", "hg19")
    );
}

#[test]
fn no_name_and_no_accession_has_two_meanings() {
    let mut seen = std::collections::HashMap::new();
    for assembly in ASSEMBLIES {
        for name in assembly.names {
            assert_eq!(*name, name.to_lowercase().replace(['_', ' '], "-"));
            assert_eq!(seen.insert(*name, assembly.key), None, "{name}");
        }
        for (root, first, last) in assembly.accessions {
            for version in *first..=*last {
                assert_eq!(
                    by_accession(&format!("{root}.{version}")),
                    Some(assembly.key)
                );
            }
        }
    }
    let keys = ASSEMBLIES.iter().map(|assembly| assembly.key);
    assert!(keys.clone().all(|key| !KEYS.contains(&key)));
    for key in keys.chain(KEYS.iter().copied()) {
        assert!(
            matches!(by_name(key), Named::One(found, _) if found == key),
            "{key}"
        );
    }
}

#[test]
fn species_are_those_of_the_letters_of_the_name() {
    for (key, number) in [
        ("hg38", Some(9606)),
        ("hs1", Some(9606)),
        ("mm39", Some(10090)),
        ("danRer11", Some(7955)),
        ("sacCer3", None),
        ("micMur2", None),
    ] {
        assert_eq!(species(key), number, "{key}");
    }
}
