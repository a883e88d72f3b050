//! Built-in names: terms that the standard fixes, and common formats, cell lines,
//! histone marks and species.
//!
//! The tables are small on purpose: only certain names are listed, and anything else stays unnamed.

use crate::genome::assembly;

/// Terms of one ontology: the beginning of their addresses, and name and label of each.
type Terms = (&'static str, &'static [(&'static str, &'static str)]);

/// Labels as the ontologies have them (EDAM 1.25; OBI, SO, NCIT and EFO as the standard's own documents use them).
#[rustfmt::skip]
const TERMS: [Terms; 3] = [
    (
        "http://edamontology.org/",
        &[
            ("format_1929", "FASTA"),
            ("format_1930", "FASTQ"),
            ("format_1974", "GFF2"),
            ("format_1975", "GFF3"),
            ("format_2305", "GFF"),
            ("format_2306", "GTF"),
            ("format_2572", "BAM"),
            ("format_2573", "SAM"),
            ("format_3003", "BED"),
            ("format_3004", "bigBed"),
            ("format_3005", "WIG"),
            ("format_3006", "bigWig"),
            ("format_3007", "PSL"),
            ("format_3008", "MAF"),
            ("format_3011", "genePred"),
            ("format_3015", "Pileup"),
            ("format_3016", "VCF"),
            ("format_3019", "GVF"),
            ("format_3020", "BCF"),
            ("format_3164", "GTrack"),
            ("format_3462", "CRAM"),
            ("format_3475", "TSV"),
            ("format_3583", "bedgraph"),
            ("format_3584", "bedstrict"),
            ("format_3585", "bed6"),
            ("format_3586", "bed12"),
            ("format_3590", "HDF5"),
            ("format_3612", "ENCODE peak format"),
            ("format_3613", "ENCODE narrow peak format"),
            ("format_3614", "ENCODE broad peak format"),
            ("format_3752", "CSV"),
            ("format_3775", "GSuite"),
            ("topic_3517", "GWAS study"),
        ],
    ),
    (
        "http://purl.obolibrary.org/obo/",
        &[
            ("NCIT_C103199", "Organism Part"),
            ("NCIT_C12508", "Cell"),
            ("NCIT_C12913", "Abnormal Cell"),
            ("NCIT_C13402", "Chromatin Structure"),
            ("NCIT_C14165", "Normal"),
            ("NCIT_C16403", "Cell Line"),
            ("NCIT_C17207", "Transcription Factor"),
            ("NCIT_C25966", "MicroRNA"),
            ("NCIT_C813", "Messenger RNA"),
            ("OBI_0000748", "bisulfite sequencing assay"),
            ("OBI_0001271", "RNA-seq assay"),
            ("OBI_0001853", "DNase I hypersensitive sites sequencing assay"),
            ("OBI_0001922", "microRNA profiling by high throughput sequencing assay"),
            ("OBI_0002017", "histone modification identification by ChIP-Seq assay"),
            ("OBI_0002019", "transcription factor binding site identification by ChIP-Seq assay"),
            ("OBI_0002440", "Hi-C assay"),
            ("SO_0000685", "DNaseI_hypersensitive_site"),
            ("SO_0001705", "H3K4_monomethylation_site"),
            ("SO_0001706", "H3K4_trimethylation"),
            ("SO_0001707", "H3K9_trimethylation_site"),
            ("SO_0001709", "H3K27_trimethylation_site"),
            ("SO_0001747", "open_chromatin_region"),
            ("SO_0002049", "H3K27_acetylation_site"),
        ],
    ),
    (
        "http://www.ebi.ac.uk/efo/",
        &[
            ("EFO_0001187", "HepG2"),
            ("EFO_0001196", "IMR-90"),
            ("EFO_0001203", "MCF-7"),
            ("EFO_0002067", "K562"),
            ("EFO_0002784", "GM12878"),
            ("EFO_0002791", "HeLa-S3"),
            ("EFO_0003042", "H1-hESC"),
        ],
    ),
];

/// NCBI Taxonomy ids and names.
const SPECIES: [(&str, &str); 12] = [
    ("10090", "Mus musculus"),
    ("10116", "Rattus norvegicus"),
    ("3702", "Arabidopsis thaliana"),
    ("559292", "Saccharomyces cerevisiae S288C"),
    ("4932", "Saccharomyces cerevisiae"),
    ("6239", "Caenorhabditis elegans"),
    ("7227", "Drosophila melanogaster"),
    ("7955", "Danio rerio"),
    ("9031", "Gallus gallus"),
    ("9598", "Pan troglodytes"),
    ("9606", "Homo sapiens"),
    ("9823", "Sus scrofa"),
];

/// A biospecimen class: id, label, and the member of `sample_type` that it requires.
pub type BiospecimenClass = (&'static str, &'static str, &'static str);

/// The classes of samples that the standard knows.
#[rustfmt::skip]
pub const BIOSPECIMEN_CLASSES: [BiospecimenClass; 4] = [
    ("http://purl.obolibrary.org/obo/NCIT_C12508", "Cell", "cell_type"),
    ("http://purl.obolibrary.org/obo/NCIT_C12913", "Abnormal Cell", "abnormal_cell_type"),
    ("http://purl.obolibrary.org/obo/NCIT_C16403", "Cell Line", "cell_line"),
    ("http://purl.obolibrary.org/obo/NCIT_C103199", "Organism Part", "organism_part"),
];

/// The label of a term.
pub fn term_label(term_id: &str) -> Option<&'static str> {
    let (name, terms) = TERMS
        .iter()
        .find_map(|(start, terms)| Some((term_id.strip_prefix(start)?, terms)))?;
    look_up(terms, name)
}

/// The name of a species by its `taxonomy:` id.
pub fn species_name(species_id: &str) -> Option<&'static str> {
    look_up(&SPECIES, species_id.strip_prefix("taxonomy:")?.trim())
}

/// UCSC's name of an assembly by its accession, whatever prefix stands before that.
pub fn assembly_name(assembly_id: &str) -> Option<&'static str> {
    assembly::by_accession(assembly_id.split_once(':')?.1)
}

/// The member of `sample_type` that a biospecimen class asks for.
pub fn sample_type_of_class(term_id: &str) -> Option<&'static str> {
    let mut classes = BIOSPECIMEN_CLASSES.into_iter();
    classes.find_map(|(id, _, member)| (id == term_id).then_some(member))
}

fn look_up(table: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Subject;

    #[test]
    fn labels_are_those_of_the_term_tables() {
        let tables = Subject::ALL.into_iter().filter_map(Subject::table);
        let terms = tables.flat_map(|table| table.terms());
        let mut compared = 0;
        for term in terms {
            let label = term_label(&term.id).or_else(|| species_name(&term.id));
            if let Some(label) = label {
                assert_eq!(label, term.label, "{}", term.id);
                compared += 1;
            }
        }
        assert!(compared > 40, "{compared}");
    }
}
