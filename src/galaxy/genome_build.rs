//! Galaxy's key of the genome that a track's coordinates are on (`dbkey`): by the name and the accession of its assembly.

use crate::genome::assembly::{self, Named, Naming};

/// Galaxy's key for "not known".
pub const UNKNOWN: &str = "?";

/// A key, and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenomeBuild {
    /// The key, [`UNKNOWN`] where nothing names one.
    pub dbkey: String,
    /// Why it is not known, or in what the track differs from others on it; empty where there is nothing to say.
    pub finding: String,
}

/// The dbkey of an assembly with this name and accession, either of which may be empty or unknown.
///
/// A patch release counts as its assembly (`GRCh38.p14` is `hg38`). Where name and accession contradict each other
/// nothing is guessed.
pub fn genome_build(assembly_name: &str, assembly_id: &str) -> GenomeBuild {
    let name = assembly_name.trim();
    let id = if assembly::says_nothing(assembly_id) {
        ""
    } else {
        assembly_id.trim()
    };
    let accession = id.rsplit(':').next().unwrap_or_default();
    let known = |dbkey: &str, naming| GenomeBuild {
        dbkey: dbkey.to_owned(),
        finding: match naming {
            Naming::NotStated => String::new(),
            Naming::B37 => format!(
                "`{name}` names its chromosomes 1, 2, … and MT, {dbkey} uses chr1, chr2, … and chrM, and the mitochondrial sequences differ: rename the chromosomes and remove the mitochondrial one before comparing with other tracks on {dbkey}"
            ),
        },
    };
    let unknown = |why: String| GenomeBuild {
        dbkey: UNKNOWN.to_owned(),
        finding: format!("genome build not set: {why}"),
    };
    match (assembly::by_name(name), assembly::by_accession(accession)) {
        (Named::Two(one, other), _) => unknown(format!(
            "the assembly name `{name}` is ambiguous: {one} or {other}"
        )),
        (Named::One(by_name, _), Some(by_id)) if by_name != by_id => unknown(format!(
            "the assembly name `{name}` and the accession `{id}` identify different assemblies"
        )),
        (Named::One(key, _), _) | (_, Some(key)) if !assembly::is_dbkey(key) => unknown(format!(
            "Galaxy has no genome build of the assembly `{key}`"
        )),
        (Named::One(dbkey, naming), _) => known(dbkey, naming),
        (_, Some(dbkey)) => known(dbkey, Naming::NotStated),
        (Named::Nothing, None) if id.is_empty() => unknown("no assembly given".to_owned()),
        (named, None) => unknown(format!(
            "no Galaxy genome build matches the assembly `{}`",
            if named == Named::Nothing { id } else { name }
        )),
    }
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
            ("T2T-CHM13v2.0", "insdc.gca:GCA_009914755.4", "hs1"),
            ("unknown", "insdc.gca:GCA_000001635.9", "mm39"),
            ("mm10-minimal", "NA", "mm10"),
        ] {
            assert_eq!(genome_build(name, id).dbkey, dbkey, "{name} {id}");
        }
    }

    #[test]
    fn b37_is_hg19_with_other_names_of_chromosomes() {
        for name in ["b37", "hs37d5"] {
            let build = genome_build(name, "");
            assert_eq!(build.dbkey, "hg19");
            assert!(build.finding.contains("rename the chromosomes"), "{name}");
        }
        assert_eq!(genome_build("GRCh37", "").finding, "");
    }

    #[test]
    fn what_is_unknown_or_contradicts_itself_is_not_guessed() {
        for (name, id) in [
            ("hg19", "insdc.gca:GCF_000001405.26"),
            ("T2T-unknown", "insdc.gca:GCA_999999999.1"),
            ("", ""),
            ("none", "-"),
            ("hg19/hg38", ""),
            ("GRCh38.patch", ""),
            ("GRCg7b", "insdc.gca:GCF_016699485.2"),
            ("", "insdc.gca:GCF_016772045.1"),
        ] {
            let build = genome_build(name, id);
            assert_eq!(build.dbkey, UNKNOWN, "{name} {id}");
            assert!(!build.finding.is_empty());
        }
    }
}
