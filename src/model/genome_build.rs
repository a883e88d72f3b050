//! Galaxy's key of the genome that a track's coordinates are on (`dbkey`): by name, synonym or accession.

use super::vocabulary;

/// Galaxy's key for "not known".
pub const UNKNOWN: &str = "?";

/// Other names of assemblies that UCSC has a name for.
const SYNONYMS: [(&str, &str); 16] = [
    ("grch38", "hg38"),
    ("grch37", "hg19"),
    ("b37", "hg19"),
    ("ncbi36", "hg18"),
    ("grcm39", "mm39"),
    ("grcm38", "mm10"),
    ("ncbim37", "mm9"),
    ("mratbn7.2", "rn7"),
    ("rnor_6.0", "rn6"),
    ("grcz11", "danRer11"),
    ("grcz10", "danRer10"),
    ("bdgp6", "dm6"),
    ("wbcel235", "ce11"),
    ("r64-1-1", "sacCer3"),
    ("tair10", "araTha1"),
    ("grcg6a", "galGal6"),
];

/// Further names of UCSC that are keys of Galaxy as they are.
const KEYS: [&str; 14] = [
    "hg18", "mm9", "rn5", "danRer10", "dm3", "ce10", "sacCer2", "galGal6", "panTro6", "susScr11",
    "canFam3", "bosTau9", "hs1", "xenTro10",
];

/// A key, and what there is to say where it is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenomeBuild {
    /// The key, [`UNKNOWN`] where nothing names one.
    pub dbkey: String,
    /// Why it is not known; empty where it is.
    pub problem: String,
}

/// The key of an assembly with this name and this accession, either of which may be empty.
///
/// A patch release counts as its assembly (`GRCh38.p14` is `hg38`). Where name and accession contradict each other
/// nothing is guessed.
pub fn genome_build(assembly_name: &str, assembly_id: &str) -> GenomeBuild {
    let (name, id) = (assembly_name.trim(), assembly_id.trim());
    let known = |dbkey: &str| GenomeBuild {
        dbkey: dbkey.to_owned(),
        problem: String::new(),
    };
    let unknown = |problem: String| GenomeBuild {
        dbkey: UNKNOWN.to_owned(),
        problem,
    };
    match (by_name(name), vocabulary::assembly_name(id)) {
        (Some(by_name), Some(by_id)) if by_name != by_id => unknown(format!(
            "the genome build is not set: the assembly name `{name}` and the accession `{id}` are of different assemblies"
        )),
        (Some(dbkey), _) | (None, Some(dbkey)) => known(dbkey),
        (None, None) if name.is_empty() && id.is_empty() => {
            unknown("the genome build is not set: no assembly is named".to_owned())
        }
        (None, None) => unknown(format!(
            "the genome build is not set: no build of Galaxy is known for the assembly `{}`",
            if name.is_empty() { id } else { name }
        )),
    }
}

fn by_name(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    // A release of patches, as in GRCh38.p14, has the coordinates of its assembly.
    let base = lower
        .rsplit_once(".p")
        .filter(|(_, patch)| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(lower.as_str(), |(base, _)| base);
    vocabulary::assembly_names()
        .chain(KEYS)
        .find(|key| key.to_lowercase() == base)
        .or_else(|| {
            SYNONYMS
                .iter()
                .find(|(synonym, _)| *synonym == base)
                .map(|(_, key)| *key)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_synonyms_patches_and_accessions_lead_to_the_key() {
        for (name, id, dbkey) in [
            ("hg38", "insdc.gca:GCF_000001405.26", "hg38"),
            ("GRCh38.p14", "", "hg38"),
            ("grch37", "", "hg19"),
            ("", "refseq.gcf:GCF_000001635.20", "mm10"),
            ("my assembly", "insdc.gca:GCA_000001405.15", "hg38"),
            ("danrer11", "", "danRer11"),
        ] {
            assert_eq!(genome_build(name, id).dbkey, dbkey, "{name} {id}");
        }
    }

    #[test]
    fn what_is_unknown_or_contradicts_itself_is_not_guessed() {
        for (name, id) in [
            ("hg19", "insdc.gca:GCF_000001405.26"),
            ("T2T-unknown", "insdc.gca:GCA_999999999.1"),
            ("", ""),
            ("GRCh38.patch", ""),
        ] {
            let build = genome_build(name, id);
            assert_eq!(build.dbkey, UNKNOWN, "{name} {id}");
            assert!(!build.problem.is_empty());
        }
    }
}
