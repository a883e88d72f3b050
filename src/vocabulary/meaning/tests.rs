use super::*;

#[test]
fn names_in_use_mean_the_terms_of_documents() {
    for (subject, asked, value) in [
        (
            Subject::Assay,
            "DNase-seq",
            "DNase I hypersensitive sites sequencing assay",
        ),
        (
            Subject::Assay,
            "ChIP-seq",
            "histone modification identification by ChIP-Seq assay",
        ),
        (
            Subject::Assay,
            "open chromatin",
            "DNase I hypersensitive sites sequencing assay",
        ),
        (
            Subject::Assay,
            "OBI:0002440",
            "http://purl.obolibrary.org/obo/OBI_0002440",
        ),
        (
            Subject::Assay,
            "WGBS",
            "whole genome bisulfite sequencing assay",
        ),
        (Subject::Target, "h3k4me3", "H3K4_trimethylation"),
        (
            Subject::Target,
            "H3K27 acetylation",
            "H3K27_acetylation_site",
        ),
        (Subject::Assembly, "GRCh38", "hg38"),
        (Subject::Assembly, "human genome build 37", "hg19"),
        (Subject::Assembly, "hg38", "insdc.gca:GCF_000001405.26"),
        (Subject::Species, "human", "Homo sapiens"),
        (Subject::Species, "mice", "taxonomy:10090"),
        (Subject::Cell, "T cell", "CD8-positive, alpha-beta T cell"),
        (Subject::Cell, "lymphocytes", "natural killer cell"),
        (Subject::Class, "primary cells", "Cell"),
        (Subject::Phenotype, "AML", "Acute Myeloid Leukemia"),
    ] {
        assert!(
            Meaning::of(Some(subject), asked, &Vocabulary::default()).matches(value),
            "{asked}: {value}"
        );
        assert!(
            Meaning::of(None, asked, &Vocabulary::default()).matches(value),
            "{asked}: {value}"
        );
    }
}

#[test]
fn false_friends_are_not_found() {
    for (asked, value) in [
        ("H3K4me1", "H3K4_trimethylation"),
        ("H3K27me3", "H3K27_acetylation_site"),
        ("T cell", "mast cell"),
        ("CD4", "CD14-positive monocyte"),
        ("CD14", "CD4-positive, alpha-beta T cell"),
        (
            "RNA-seq",
            "microRNA profiling by high throughput sequencing assay",
        ),
        ("DNase-seq", "RNA-seq assay"),
        ("hg38", "hg19"),
        ("mouse", "Homo sapiens"),
        ("primary cell", "Cell Line"),
        ("acute lymphoblastic leukemia", "not all values"),
    ] {
        assert!(
            !Meaning::of(None, asked, &Vocabulary::default()).matches(value),
            "{asked}: {value}"
        );
    }
}

#[test]
fn pairs_of_a_document_are_synonyms() {
    let mut vocabulary = Vocabulary::default();
    vocabulary.add_pair("hgnc:4170", "GATA1");
    let asked = Meaning::of(Some(Subject::Target), "gata1", &vocabulary);
    assert!(asked.matches("hgnc:4170") && !asked.matches("hgnc:13723"));
}

#[test]
fn names_in_loose_use_are_no_names() {
    let vocabulary = Vocabulary::default();
    for (asked, value) in [
        ("helper T cells", "CD4-positive, alpha-beta T cell"),
        ("cytotoxic T cell", "CD8-positive, alpha-beta T cell"),
        ("K27me3", "H3K27_trimethylation_site"),
    ] {
        assert!(
            !Meaning::of(None, asked, &vocabulary).matches(value),
            "{asked}"
        );
        let loosely = Meaning::loosely(None, asked, &vocabulary).unwrap();
        assert!(loosely.matches(value), "{asked}");
    }
    assert!(Meaning::loosely(None, "monocyte", &vocabulary).is_none());
}

#[test]
fn ontologies_have_their_say_beside_the_tables() {
    let text = "[Term]\nid: CL:1\nname: T cell\n[Term]\nid: CL:2\nname: thymus-leaving lymphocyte\nis_a: CL:1\n\
        [Term]\nid: CL:3\nname: T cell leukemia line\n[Term]\nid: UBERON:1\nname: blood\n[Term]\nid: UBERON:2\nname: venous fluid\nis_a: UBERON:1\n";
    let table = ontology::read("cells.obo", text.as_bytes()).unwrap();
    let vocabulary = Vocabulary::with_ontologies([table]);
    let cell = Meaning::of(Some(Subject::Cell), "T cells", &vocabulary);
    let reason = |value: &str| cell.reason(value, &WordSequence::of(value));
    assert_eq!(
        reason("thymus-leaving lymphocyte"),
        Some(MatchReason::Ontology("cells.obo"))
    );
    assert_eq!(
        reason("CD8-positive, alpha-beta T cell"),
        Some(MatchReason::Words)
    );
    assert_eq!(reason("T cell leukemia line"), None);
    assert!(Meaning::of(Some(Subject::Tissue), "blood", &vocabulary).matches("venous fluid"));
    assert!(!Meaning::of(Some(Subject::Assay), "blood", &vocabulary).is_known());
}
