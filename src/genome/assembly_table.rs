//! The known assemblies by UCSC's names, which are Galaxy's dbkeys; where UCSC knows an assembly by its accession alone, by the name
//! that its authors gave it.
//!
//! Names and accessions are listed only if they are unambiguous. `NCBI37`, for example, is human or mouse build 37, and
//! `T2T-CHM13` has had several versions.

/// An assembly and what it is called.
#[derive(Debug, PartialEq, Eq)]
pub struct Assembly {
    /// UCSC's name, or the name of its authors.
    pub key: &'static str,
    /// Whether UCSC and Galaxy have it under the key.
    pub(super) is_dbkey: bool,
    pub(super) names: &'static [&'static str],
    pub(super) accessions: &'static [(&'static str, u32, u32)],
    /// How files on it name their chromosomes.
    pub naming: Naming,
}

/// The chromosome names of files on an assembly, as far as its name implies them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// The name is used for files of either kind.
    NotStated,
    /// As the 1000 Genomes Project's b37: `1` to `22`, `X`, `Y` and `MT`, and a mitochondrion of 16,569 bases where that of
    /// UCSC's hg19, `chrM`, has 16,571.
    B37,
}

/// An assembly with UCSC's chromosome names, or with names that its own name does not imply.
const fn assembly(
    key: &'static str,
    names: &'static [&'static str],
    accessions: &'static [(&'static str, u32, u32)],
) -> Assembly {
    Assembly {
        key,
        is_dbkey: true,
        names,
        accessions,
        naming: Naming::NotStated,
    }
}

/// An assembly without a name of UCSC.
const fn own_name(
    key: &'static str,
    names: &'static [&'static str],
    accessions: &'static [(&'static str, u32, u32)],
) -> Assembly {
    Assembly {
        is_dbkey: false,
        ..assembly(key, names, accessions)
    }
}

/// Names in lower case, with `-` for every space and underscore. Accessions with their first and last version, because patches
/// increase the version.
pub(super) const ASSEMBLIES: &[Assembly] = &[
    // Human
    assembly(
        "hg38",
        &[
            "grch38",
            "hs38",
            "hs38dh",
            "hs38d1",
            "b38",
            "homo-sapiens-assembly38",
            "ncbi38",
        ],
        &[("GCF_000001405", 26, 40), ("GCA_000001405", 15, 29)],
    ),
    assembly(
        "hg19",
        &["grch37"],
        &[("GCF_000001405", 13, 25), ("GCA_000001405", 1, 14)],
    ),
    Assembly {
        key: "hg19",
        is_dbkey: true,
        names: &[
            "b37",
            "hs37",
            "hs37d5",
            "g1k-v37",
            "1kg-v37",
            "human-g1k-v37",
            "humang1kv37",
            "hg-g1k-v37",
            "homo-sapiens-assembly19",
            "grch37-lite",
            "grch37d5",
        ],
        accessions: &[],
        naming: Naming::B37,
    },
    assembly("hg18", &["ncbi36", "b36"], &[("GCF_000001405", 12, 12)]),
    assembly("hg17", &["ncbi35"], &[("GCF_000001405", 11, 11)]),
    assembly("hg16", &["ncbi34"], &[("GCF_000001405", 10, 10)]),
    assembly("hg15", &["ncbi33"], &[]),
    assembly(
        "hs1",
        &[
            "t2t-chm13v2.0",
            "t2t-chm13v2",
            "t2t-chm13-v2.0",
            "t2t-chm13-v2",
            "t2t-chm13.v2.0",
            "chm13v2.0",
            "chm13v2",
            "chm13-v2.0",
            "chm13-v2",
            "chm13.v2.0",
            "chm13.v2",
        ],
        &[("GCA_009914755", 4, 4), ("GCF_009914755", 1, 1)],
    ),
    // Mouse
    assembly(
        "mm39",
        &["grcm39"],
        &[("GCF_000001635", 27, 27), ("GCA_000001635", 9, 9)],
    ),
    assembly(
        "mm10",
        &["grcm38"],
        &[("GCF_000001635", 20, 26), ("GCA_000001635", 2, 8)],
    ),
    assembly(
        "mm9",
        &["ncbim37", "mgscv37", "grcm37"],
        &[("GCF_000001635", 18, 18), ("GCA_000001635", 1, 1)],
    ),
    assembly("mm8", &["ncbim36", "mgscv36"], &[("GCF_000001635", 15, 15)]),
    assembly("mm7", &["ncbim35", "mgscv35"], &[("GCF_000001635", 14, 14)]),
    // Rat
    assembly(
        "rn7",
        &["mratbn7.2"],
        &[("GCF_015227675", 2, 2), ("GCA_015227675", 2, 2)],
    ),
    assembly(
        "rn6",
        &["rnor-6.0", "rnor6.0", "rgsc-6.0", "rgsc6.0"],
        &[("GCF_000001895", 5, 5), ("GCA_000001895", 4, 4)],
    ),
    assembly(
        "rn5",
        &["rnor-5.0", "rnor5.0", "rgsc-5.0", "rgsc5.0"],
        &[("GCF_000001895", 4, 4), ("GCA_000001895", 3, 3)],
    ),
    assembly(
        "rn4",
        &["rgsc-3.4", "rgsc3.4", "rgsc-v3.4"],
        &[("GCF_000001895", 3, 3)],
    ),
    assembly("rn3", &["rgsc-3.1", "rgsc3.1", "rgsc-v3.1"], &[]),
    // Fly
    assembly(
        "dm6",
        &[
            "bdgp6",
            "bdgp-6",
            "bdgp-r6",
            "bdgp-release-6",
            "dmel-r6",
            "dmel6",
            "release-6-plus-iso1-mt",
        ],
        &[("GCF_000001215", 4, 4), ("GCA_000001215", 4, 4)],
    ),
    assembly(
        "dm3",
        &[
            "bdgp5",
            "bdgp5.25",
            "bdgp-5",
            "bdgp-r5",
            "bdgp-release-5",
            "dmel-r5",
            "dmel5",
        ],
        &[("GCF_000001215", 2, 2), ("GCA_000001215", 2, 2)],
    ),
    assembly(
        "dm2",
        &["bdgp4", "bdgp-r4", "bdgp-release-4", "dmel-r4"],
        &[],
    ),
    assembly("dm1", &["bdgp3", "bdgp-r3", "bdgp-release-3"], &[]),
    // Worm
    assembly(
        "ce11",
        &["wbcel235", "ws235"],
        &[("GCF_000002985", 6, 6), ("GCA_000002985", 3, 3)],
    ),
    assembly(
        "ce10",
        &["wbcel215", "ws215", "ws220"],
        &[("GCA_000002985", 2, 2)],
    ),
    assembly("ce6", &["ws190"], &[]),
    assembly("ce4", &["ws170"], &[]),
    assembly("ce2", &["ws120"], &[]),
    // Zebrafish
    assembly(
        "danRer11",
        &["grcz11"],
        &[("GCF_000002035", 6, 6), ("GCA_000002035", 4, 4)],
    ),
    assembly(
        "danRer10",
        &["grcz10"],
        &[("GCF_000002035", 5, 5), ("GCA_000002035", 3, 3)],
    ),
    assembly(
        "danRer7",
        &["zv9"],
        &[("GCF_000002035", 4, 4), ("GCA_000002035", 2, 2)],
    ),
    assembly("danRer6", &["zv8"], &[("GCA_000002035", 1, 1)]),
    assembly("danRer5", &["zv7"], &[("GCF_000002035", 1, 1)]),
    assembly("danRer4", &["zv6"], &[]),
    assembly("danRer3", &["zv5"], &[]),
    // Yeast
    assembly(
        "sacCer3",
        &[
            "r64",
            "r64-1-1",
            "r64-2-1",
            "r64-3-1",
            "r64-4-1",
            "r64-5-1",
            "saccer-apr2011",
            "ef4",
        ],
        &[("GCF_000146045", 2, 2), ("GCA_000146045", 2, 2)],
    ),
    // Plants, birds and other mammals
    assembly("araTha1", &["tair10"], &[("GCA_000001735", 1, 1)]),
    own_name(
        "GRCg7b",
        &["bgalgal1.mat.broiler.grcg7b"],
        &[("GCF_016699485", 2, 2), ("GCA_016699485", 1, 1)],
    ),
    assembly(
        "galGal6",
        &["grcg6a"],
        &[("GCF_000002315", 6, 6), ("GCA_000002315", 5, 5)],
    ),
    assembly(
        "galGal5",
        &["gallus-gallus-5.0"],
        &[("GCF_000002315", 4, 4), ("GCA_000002315", 3, 3)],
    ),
    assembly(
        "galGal4",
        &["gallus-gallus-4.0", "galgal4.0"],
        &[("GCF_000002315", 3, 3), ("GCA_000002315", 2, 2)],
    ),
    assembly(
        "galGal3",
        &["washuc2", "gallus-gallus-2.1"],
        &[("GCA_000002315", 1, 1)],
    ),
    assembly(
        "panTro6",
        &["clint-ptrv2"],
        &[("GCF_002880755", 1, 1), ("GCA_002880755", 3, 3)],
    ),
    assembly("panTro5", &["pan-tro-3.0"], &[("GCA_000001515", 5, 5)]),
    assembly(
        "panTro4",
        &["pan-troglodytes-2.1.4", "chimp2.1.4", "cgsc-2.1.4"],
        &[("GCA_000001515", 4, 4)],
    ),
    assembly(
        "panTro3",
        &["pan-troglodytes-2.1.3", "cgsc-2.1.3"],
        &[("GCA_000001515", 3, 3)],
    ),
    assembly(
        "susScr11",
        &["sscrofa11.1"],
        &[("GCF_000003025", 6, 6), ("GCA_000003025", 6, 6)],
    ),
    assembly(
        "susScr3",
        &["sscrofa10.2"],
        &[("GCF_000003025", 5, 5), ("GCA_000003025", 4, 4)],
    ),
    own_name(
        "ARS-UCD2.0",
        &["ars-ucd-2.0"],
        &[("GCF_002263795", 3, 3), ("GCA_002263795", 4, 4)],
    ),
    own_name(
        "ARS-UCD1.3",
        &["ars-ucd-1.3"],
        &[("GCF_002263795", 2, 2), ("GCA_002263795", 3, 3)],
    ),
    assembly(
        "bosTau9",
        &["ars-ucd1.2", "ars-ucd-1.2"],
        &[("GCF_002263795", 1, 1), ("GCA_002263795", 2, 2)],
    ),
    assembly(
        "bosTau8",
        &["umd3.1.1", "umd-3.1.1", "bos-taurus-umd-3.1.1"],
        &[("GCF_000003055", 6, 6), ("GCA_000003055", 5, 5)],
    ),
    assembly(
        "bosTau6",
        &["umd3.1", "umd-3.1", "bos-taurus-umd-3.1"],
        &[("GCA_000003055", 3, 3)],
    ),
    assembly("bosTau7", &["btau-4.6.1"], &[("GCA_000003205", 4, 4)]),
    assembly(
        "canFam3",
        &["canfam3.1"],
        &[("GCF_000002285", 3, 3), ("GCA_000002285", 2, 2)],
    ),
    assembly("canFam2", &["canfam2.0"], &[("GCA_000002285", 1, 1)]),
    assembly("canFam4", &["uu-cfam-gsd-1.0"], &[("GCA_011100685", 1, 1)]),
    assembly(
        "canFam6",
        &["dog10k-boxer-tasha"],
        &[("GCA_000002285", 4, 4)],
    ),
    assembly(
        "equCab3",
        &["equcab3.0"],
        &[("GCF_002863925", 1, 1), ("GCA_002863925", 1, 1)],
    ),
    assembly("equCab2", &["equcab2.0"], &[("GCA_000002305", 1, 1)]),
    own_name(
        "ARS1",
        &[],
        &[("GCF_001704415", 1, 1), ("GCA_001704415", 1, 1)],
    ),
    own_name(
        "ARS-UI_Ramb_v2.0",
        &["ars-ui-ramb-v2.0"],
        &[("GCF_016772045", 1, 1), ("GCA_016772045", 1, 1)],
    ),
    own_name(
        "Oar_rambouillet_v1.0",
        &["oar-rambouillet-v1.0"],
        &[("GCF_002742125", 1, 1), ("GCA_002742125", 1, 1)],
    ),
    assembly(
        "oviAri4",
        &["oar-v4.0"],
        &[("GCF_000298735", 2, 2), ("GCA_000298735", 2, 2)],
    ),
    assembly(
        "oviAri3",
        &["oar-v3.1"],
        &[("GCF_000298735", 1, 1), ("GCA_000298735", 1, 1)],
    ),
    assembly(
        "oryCun2",
        &["orycun2.0"],
        &[("GCF_000003625", 3, 3), ("GCA_000003625", 1, 1)],
    ),
    assembly(
        "rheMac10",
        &["mmul-10"],
        &[("GCF_003339765", 1, 1), ("GCA_003339765", 3, 3)],
    ),
    assembly("rheMac8", &["mmul-8.0.1"], &[("GCA_000772875", 3, 3)]),
    assembly("rheMac2", &["mmul-051212"], &[("GCA_000002255", 1, 1)]),
    assembly("felCat5", &["felis-catus-6.2"], &[("GCA_000181335", 2, 2)]),
    assembly("cavPor3", &["cavpor3.0"], &[("GCA_000151735", 1, 1)]),
    assembly("loxAfr3", &["loxafr3.0"], &[("GCA_000001905", 1, 1)]),
    assembly("gorGor3", &["gorgor3.1"], &[("GCA_000151905", 1, 1)]),
    assembly("monDom5", &[], &[("GCF_000002295", 2, 2)]),
    assembly("anoCar2", &["anocar2.0"], &[("GCA_000090745", 1, 1)]),
    assembly("xenTro10", &["ucb-xtro-10.0"], &[("GCA_000004195", 4, 4)]),
    assembly("xenTro3", &["jgi-4.2"], &[("GCA_000004195", 1, 1)]),
    assembly("fr3", &["fugu5"], &[("GCA_000180615", 2, 2)]),
];

/// Further names of UCSC that are also Galaxy's dbkeys.
pub(super) const KEYS: &[&str] = &[
    "ailMel1", "anoCar1", "anoGam1", "anoGam3", "apiMel2", "apiMel3", "apiMel4", "aplCal1",
    "bosTau2", "bosTau3", "bosTau4", "braFlo1", "calJac1", "calJac3", "calJac4", "canFam1",
    "canFam5", "cb1", "cb3", "cb4", "ce1", "ce7", "ce8", "ci1", "ci2", "ci3", "criGri1", "danRer1",
    "danRer2", "dp3", "dp4", "droAna3", "droEre2", "droGri2", "droMoj3", "droPer1", "droSec1",
    "droSim1", "droVir3", "droYak2", "droYak3", "equCab1", "felCat3", "felCat4", "felCat8",
    "felCat9", "fr1", "fr2", "galGal2", "gasAcu1", "gorGor4", "gorGor5", "gorGor6", "hetGla1",
    "hetGla2", "macFas5", "melGal1", "melGal5", "mm5", "mm6", "monDom4", "myoLuc2", "nomLeu1",
    "nomLeu3", "ornAna1", "ornAna2", "oryLat2", "oviAri1", "panPan1", "panPan2", "panPan3",
    "panTro1", "panTro2", "papAnu2", "papAnu4", "papHam1", "petMar1", "petMar2", "ponAbe2",
    "ponAbe3", "priPac1", "rheMac3", "sacCer1", "sacCer2", "strPur1", "strPur2", "susScr1",
    "susScr2", "taeGut1", "taeGut2", "tetNig1", "tetNig2", "triCas2", "wuhCor1", "xenLae2",
    "xenTro1", "xenTro2", "xenTro7", "xenTro9",
];
