//! Genome assemblies by the names and accessions of archives, portals and browsers.
//!
//! The result is UCSC's name, which FAIRtracks requires for chromosomes such as `chr1`, and which is Galaxy's dbkey; assemblies
//! that UCSC knows by their accessions alone have the name that their authors gave them.

use super::assembly_table::{ASSEMBLIES, KEYS};
pub use super::assembly_table::{Assembly, Naming};
use super::assembly_words::BESIDE;

/// The assembly of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A missing value such as `unknown` or `NA`.
    Nothing,
    /// One assembly, by UCSC's name.
    One(&'static str, Naming),
    /// Two different assemblies, such as in `hg19 and hg38`.
    Two(&'static str, &'static str),
    /// An unknown name.
    Unknown,
}

/// Whether a value means a missing one.
pub fn says_nothing(value: &str) -> bool {
    let value = value.trim().to_lowercase().replace(['_', '-'], " ");
    [
        "",
        "unknown",
        "unspecified",
        "undefined",
        "undetermined",
        "na",
        "n/a",
        "nan",
        "none",
        "null",
        "nil",
        "?",
        ".",
        "..",
        "not known",
        "not available",
        "not applicable",
        "not provided",
        "not specified",
        "not collected",
        "missing",
        "tbd",
    ]
    .contains(&value.trim())
}

/// The assembly of a name: UCSC's name in any case, a synonym, its accession, or several of these, with a patch, a species or a
/// kind of file.
pub fn by_name(name: &str) -> Named {
    if says_nothing(name) {
        return Named::Nothing;
    }
    let text = name.trim().to_lowercase().replace(['_', ' '], "-");
    let mut rest = text.as_str();
    let mut found: Option<(&'static str, Naming)> = None;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() {
            break;
        }
        let Some((one, behind)) = accession(rest).or_else(|| known(rest)) else {
            match word(rest) {
                Some(behind) => rest = behind,
                None => return Named::Unknown,
            }
            continue;
        };
        found = match found {
            Some((key, _)) if key != one.0 => return Named::Two(key, one.0),
            // Of several names, the one that implies the chromosome names counts.
            Some((_, Naming::B37)) => found,
            _ => Some(one),
        };
        rest = behind;
    }
    found.map_or(Named::Unknown, |(key, naming)| Named::One(key, naming))
}

/// UCSC's name of the assembly with an accession of GenBank or RefSeq such as `GCA_000001405.15`.
pub fn by_accession(accession: &str) -> Option<&'static str> {
    let (root, version) = accession.trim().split_once('.')?;
    let version: u32 = version.parse().ok()?;
    let is_it = |(known, first, last): &(&str, u32, u32)| {
        known.eq_ignore_ascii_case(root) && (*first..=*last).contains(&version)
    };
    ASSEMBLIES
        .iter()
        .find(|assembly| assembly.accessions.iter().any(is_it))
        .map(|assembly| assembly.key)
}

/// The names of the Genome Reference Consortium for an assembly, by UCSC's name: `GRCh38` for `hg38`.
pub fn common_names(key: &str) -> Vec<String> {
    let of_key = ASSEMBLIES.iter().filter(|assembly| assembly.key == key);
    let names = of_key.flat_map(|assembly| assembly.names);
    let numbers = names.filter_map(|name| name.strip_prefix("grc"));
    numbers.map(|number| format!("GRC{number}")).collect()
}

/// The species of the assemblies with these letters before their numbers, by the number of the NCBI Taxonomy. Those of strains and
/// subspecies are left out.
const SPECIES: [(&str, u32); 14] = [
    ("hg", 9606),
    ("hs", 9606),
    ("mm", 10090),
    ("rn", 10116),
    ("dm", 7227),
    ("ce", 6239),
    ("danRer", 7955),
    ("galGal", 9031),
    ("susScr", 9823),
    ("bosTau", 9913),
    ("panTro", 9598),
    ("rheMac", 9544),
    ("equCab", 9796),
    ("araTha", 3702),
];

/// The number of the NCBI Taxonomy for the species of an assembly, by UCSC's name, if it is a common one.
pub fn species(key: &str) -> Option<u32> {
    let letters = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut all = SPECIES.iter();
    all.find(|(known, _)| *known == letters)
        .map(|(_, number)| *number)
}

/// Whether Galaxy has a genome build of this name.
pub fn is_dbkey(key: &str) -> bool {
    let mut own = ASSEMBLIES.iter().filter(|assembly| !assembly.is_dbkey);
    own.all(|assembly| assembly.key != key)
}

/// The accession of the first version of an assembly, by UCSC's name; that of RefSeq before that of GenBank, as FAIRtracks
/// prefers it.
pub fn first_accession(key: &str) -> Option<String> {
    let mut of_key = ASSEMBLIES.iter().filter(|assembly| assembly.key == key);
    let known = of_key.find_map(|assembly| {
        let all = assembly.accessions.iter();
        all.max_by_key(|(root, ..)| root.starts_with("GCF"))
    });
    known.map(|(root, first, _)| format!("{root}.{first}"))
}

/// UCSC's names of the assemblies with accessions, in the order of the table.
pub fn keys() -> Vec<&'static str> {
    let mut keys: Vec<&str> = Vec::new();
    for assembly in ASSEMBLIES {
        if !assembly.accessions.is_empty() && !keys.contains(&assembly.key) {
            keys.push(assembly.key);
        }
    }
    keys
}

/// Whether the table has the accession versions of an assembly, by UCSC's name.
pub fn knows_accession(key: &str, accession: &str) -> bool {
    let root = accession.split('.').next().unwrap_or_default();
    ASSEMBLIES
        .iter()
        .filter(|assembly| assembly.key == key)
        .flat_map(|assembly| assembly.accessions)
        .any(|(known, ..)| *known == root)
}

type Found<'t> = ((&'static str, Naming), &'t str);

/// The assembly of the accession at the start of a text, and the rest.
fn accession(text: &str) -> Option<Found<'_>> {
    let number = text
        .strip_prefix("gca-")
        .or_else(|| text.strip_prefix("gcf-"))?;
    let end = number
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(number.len());
    let whole = &text[..text.len() - number.len() + end].trim_end_matches('.');
    let key = by_accession(&whole.replacen('-', "_", 1))?;
    Some(((key, Naming::NotStated), &text[whole.len()..]))
}

/// The assembly of the longest name at the start of a text, and the rest after it and its patch.
fn known(text: &str) -> Option<Found<'_>> {
    let names = ASSEMBLIES.iter().flat_map(|assembly| {
        assembly
            .names
            .iter()
            .chain(std::iter::once(&assembly.key))
            .map(|name| (*name, assembly.key, assembly.naming))
    });
    let keys = KEYS.iter().map(|key| (*key, *key, Naming::NotStated));
    names
        .chain(keys)
        .filter_map(|(name, key, naming)| {
            let start = text.get(..name.len())?;
            let behind = without_patch(&text[name.len()..]);
            let fits =
                start.eq_ignore_ascii_case(name) && !behind.starts_with(char::is_alphanumeric);
            fits.then_some((name.len(), ((key, naming), behind)))
        })
        .max_by_key(|(length, (one, _))| (*length, one.1 == Naming::NotStated))
        .map(|(_, found)| found)
}

/// The rest after a patch, as in `GRCh38p13`, `GRCh38.p13` and `GRCh38-patch13`.
fn without_patch(text: &str) -> &str {
    let bare = text.strip_prefix(['.', '-']).unwrap_or(text);
    let Some(number) = bare
        .strip_prefix("patch")
        .or_else(|| bare.strip_prefix('p'))
    else {
        return text;
    };
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.len() == number.len() || behind.starts_with(char::is_alphanumeric) {
        return text;
    }
    behind
}

/// The rest after a word that does not change the coordinates of an assembly: a known word, a version such as `v29`, a release
/// or a year.
fn word(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let (word, behind) = text.split_at(end);
    let digits = word.strip_prefix('v').unwrap_or(word);
    let is_number =
        (2..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number || BESIDE.contains(&word)).then_some(behind)
}

#[cfg(test)]
mod tests;
