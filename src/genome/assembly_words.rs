//! Words beside the names of assemblies.

/// Words beside the name of an assembly that do not change its coordinates: species, source, files, patches, and sets of
/// additional sequences.
#[rustfmt::skip]
pub(super) const BESIDE: &[&str] = &[
    "human", "homo", "sapiens", "mouse", "mus", "musculus", "rat", "rattus", "norvegicus", "fly",
    "drosophila", "melanogaster", "worm", "caenorhabditis", "elegans", "zebrafish", "danio", "rerio", "yeast",
    "saccharomyces", "cerevisiae", "chicken", "gallus", "pig", "sus", "scrofa", "cow", "cattle", "bos", "taurus",
    "sheep", "ovis", "aries", "goat", "capra", "hircus", "horse", "equus", "caballus", "rabbit", "oryctolagus",
    "cuniculus", "a", "c", "d", "s", "h", "m", "genome", "assembly", "build", "release",
    "version", "reference", "ref", "refdata", "gex", "primary", "toplevel", "ucsc", "ncbi", "ensembl",
    "gencode", "encode", "grc", "consortium", "broad", "gdc", "1kg", "g1k", "minimal", "analysis", "set",
    "analysisset", "full", "no", "noalt", "alt", "alts", "with", "without", "plus", "and", "decoy", "decoys",
    "d1", "vd1", "hla", "ebv", "mt", "plusmt", "iso1", "viral", "male", "female", "xy", "dna", "rm", "sm",
    "masked", "softmasked", "genomic", "chrom", "sizes", "ens", "fa", "fasta", "fna", "2bit", "gz", "jan",
    "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];
