//! Questions in the words of biologists that the engine was not made with, against the same document. The answers follow
//! from the columns of the document, not from a search.

use super::words::{found, tracks};
use crate::support::searching::{BLOOD, answer};

/// Free text, and the numbers of the tracks that it means: those of `example:BLD0000NN`.
#[rustfmt::skip]
const QUESTIONS: [(&str, &str); 60] = [
    ("chromatin accessibility in CD8 T cells", "16-17"),
    ("DHS monocytes", "1-2"),
    ("DNase-seq peaks of natural killer cells", "24"),
    ("H3K4 trimethylation in neutrophils", "30"),
    ("H3K4me3 peaks in human B cells", "21"),
    ("H3K4 monomethylation", "5 13 41"),
    ("repressive mark H3K27me3 in liver", "59"),
    ("transcriptome of neutrophils", "31"),
    ("mRNA-seq monocyte", "8"),
    ("RNAseq coverage", "8 31"),
    ("K562 H3K4me3 fold-change signal", "52"),
    ("CTCF binding sites in K-562", "53-54"),
    ("CTCF ChIP-seq peaks", "53"),
    ("GATA-1 in erythroblasts", "38"),
    ("TF ChIP-seq in K562", "53-54"),
    ("chromatin loops GM12878", "57"),
    ("chromosome conformation capture", "57"),
    ("lymphoblastoid cell line DNase", "55-56"),
    ("mouse spleen B lymphocytes", "62"),
    ("murine DNase-seq", "60-61"),
    ("Mus musculus H3K4me3", "62"),
    ("mm10 bigWig", "61"),
    ("GRCm38 erythroblast narrow peaks", "60"),
    ("GRCh37 tracks", "50 56"),
    ("liver tissue on GRCh38", "58-59"),
    ("acute myeloid leukaemia DNase", "46"),
    ("AML blasts", "46-48"),
    ("AML H3K27ac bigwig", "48"),
    ("chronic myeloid leukemia H3K4me3", "51-52"),
    ("RA CD4+", "44-45"),
    ("healthy donors H3K27ac", "6 14 18 34 37"),
    ("cancer DNase narrow peaks", "46 49-50"),
    ("cancer cell lines", "49-54"),
    ("CD14 positive monocytes H3K4me1 broad peaks", "5"),
    ("CD4+ T-cells H3K27ac", "14"),
    ("helper T cells H3K4me3", "11-12"),
    ("cytotoxic T cells", "16-18"),
    ("myeloid cells H3K4me3", "3-4 30"),
    ("leukocytes RNA-seq", "8 31"),
    ("peripheral blood H3K27ac", "6 14 18"),
    ("bone marrow DNase human", "32-33 35-36 39-40 46"),
    ("erythroid cells H3K27ac", "37"),
    ("blood stem cells bigWig", "40"),
    ("NK and CD8 T cells DNase", "16-17 24-25"),
    ("CD8 not DNase", "18"),
    ("H3K4me3 not in mouse, bigWig", "4 12 22 27 52"),
    ("H3K27ac or H3K27me3 in CD4 T cells", "14-15"),
    ("BED files of Hi-C", "57"),
    ("bigBed peaks in megakaryocytes", "34"),
    ("K562 p value bigWig", "54"),
    ("histone ChIP-seq megakaryocytes", "34"),
    ("Homo sapiens neutrophils DNase I", "28-29"),
    ("CL:0000788 DNase", "19-20"),
    ("EFO:0002067 H3K4me3", "51-52"),
    ("hgnc:13723", "53-54"),
    ("OBI:0001271 monocyte", "8"),
    ("DNase monocytes Oslo", "1-2"),
    ("open chromatin of leukemia cell lines", "49-50"),
    ("T lymphocytes from patients with arthritis", "44-45"),
    ("k27me3 b cells", "23"),
];

/// What the document has nothing of, next to something that it has.
const FALSE_FRIENDS: [&str; 34] = [
    "plasma cells",
    "plasmablast",
    "memory B cells",
    "naive T cells",
    "regulatory T cells",
    "NKT cells",
    "mast cells DNase",
    "erythrocytes",
    "macrophages",
    "dendritic cells",
    "beta cell",
    "CD45",
    "CD34",
    "CD19",
    "CD14-negative monocytes",
    "CD8-negative",
    "H3K4me2",
    "H3K36me3",
    "H3K9me3",
    "H4K20me1",
    "H3K27me1",
    "GATA2",
    "CTCFL",
    "GM12891",
    "HepG2",
    "MCF-7",
    "mm9",
    "T2T-CHM13",
    "rat",
    "ATAC-seq monocytes",
    "small RNA-seq",
    "WGBS",
    "chronic lymphocytic leukemia",
    "acute lymphoblastic leukemia",
];

#[test]
fn questions_kept_back_are_answered_at_the_first_try() {
    let wrong: Vec<&str> = QUESTIONS
        .iter()
        .filter(|(question, numbers)| found(&["--find", question]) != tracks(numbers))
        .map(|(question, _)| *question)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn false_friends_kept_back_are_not_found_and_have_a_hint() {
    for question in FALSE_FRIENDS {
        let asked = answer(BLOOD, &["--find", question]);
        assert_eq!(asked.table.len(), 1, "{question}: {}", asked.said);
        assert!(asked.said.contains("hint: "), "{question}: {}", asked.said);
    }
}

#[test]
fn close_names_exclude_each_other() {
    for (one, other) in [
        ("H3K4me1", "H3K4me3"),
        ("H3K27ac", "H3K27me3"),
        ("CD4", "CD14"),
        ("CD4", "CD8"),
        ("T cell", "B cell"),
        ("NK cell", "T cell"),
        ("hg19", "hg38"),
        ("AML", "CML"),
        ("narrow peaks", "broad peaks"),
        ("bigBed", "BED"),
        ("CTCF", "GATA1"),
        ("monocyte", "megakaryocyte"),
    ] {
        let (with_one, with_other) = (found(&["--find", one]), found(&["--find", other]));
        assert!(
            !with_one.is_empty() && !with_other.is_empty(),
            "{one}, {other}"
        );
        assert!(
            !with_one.iter().any(|id| with_other.contains(id)),
            "{one}, {other}"
        );
    }
}
