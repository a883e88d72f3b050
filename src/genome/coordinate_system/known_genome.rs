//! Genomes whose sequences are known: those built in, and others by a chromosome-sizes file.
//!
//! The tables have a line a sequence: name, length, the smallest set that it belongs to, other names, and the MD5 and
//! `sha512t24u` of its bases where they are known. Names, lengths and aliases are those of the package bioframe 0.8.0 (from the
//! reports of NCBI and UCSC); b37 has the sequences of hg19 under the names of the 1000 Genomes Project, with its virus and its
//! decoy. The digests of bases are those of fulcrumgenomics/ref-solver, `catalogs/sources/`, commit b250663. Of hg38, the bases of
//! NCBI's analysis set come first and those of UCSC's `hg38.fa` second, where they differ.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::digest::sorted_name_length_pairs;
use super::verdict::ProvenSet;
use crate::genome::assembly::Naming;

/// The built-in genomes by UCSC's name or the name of the 1000 Genomes Project, with their tables.
const TABLES: [(&str, &str); 15] = [
    ("b37", include_str!("tables/b37.tsv")),
    ("ce10", include_str!("tables/ce10.tsv")),
    ("ce11", include_str!("tables/ce11.tsv")),
    ("danRer10", include_str!("tables/danRer10.tsv")),
    ("danRer11", include_str!("tables/danRer11.tsv")),
    ("dm3", include_str!("tables/dm3.tsv")),
    ("dm6", include_str!("tables/dm6.tsv")),
    ("hg19", include_str!("tables/hg19.tsv")),
    ("hg38", include_str!("tables/hg38.tsv")),
    ("hs1", include_str!("tables/hs1.tsv")),
    ("mm10", include_str!("tables/mm10.tsv")),
    ("mm39", include_str!("tables/mm39.tsv")),
    ("mm9", include_str!("tables/mm9.tsv")),
    ("sacCer3", include_str!("tables/sacCer3.tsv")),
    ("wuhCor1", include_str!("tables/wuhCor1.tsv")),
];

/// The nested sets of a genome: each holds the sequences of those before it.
const SETS: [&str; 5] = [
    "chromosomes",
    "mitochondrion",
    "scaffolds",
    "virus",
    "decoy",
];

/// The lengths of the two human mitochondria that files on GRCh37 have: NC_001807 in UCSC's hg19, the revised Cambridge
/// Reference Sequence elsewhere.
const MITOCHONDRIA_OF_GRCH37: [u64; 2] = [16_571, 16_569];

/// A sequence of a genome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSequence {
    /// Its name.
    pub name: String,
    /// Its length in base pairs.
    pub length: u64,
    /// The length of another molecule that files on this genome have under this name.
    pub(super) other_length: Option<u64>,
    /// The known variants of its bases: MD5 (`M5` of SAM) and `sha512t24u`.
    bases: Vec<(String, String)>,
    /// The number of its set in [`SETS`]; none if it belongs to no set.
    set: Option<usize>,
}

/// A genome with the names and lengths of its sequences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownGenome {
    name: String,
    sequences: Vec<KnownSequence>,
    by_name: HashMap<String, usize>,
    by_alias: HashMap<String, usize>,
}

impl KnownGenome {
    /// The names of the built-in genomes.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        TABLES.iter().map(|(name, _)| *name)
    }

    /// A built-in genome by UCSC's name, or `b37`.
    #[must_use]
    pub fn built_in(name: &str) -> Option<&'static KnownGenome> {
        static READ: [OnceLock<KnownGenome>; TABLES.len()] =
            [const { OnceLock::new() }; TABLES.len()];
        let position = TABLES.iter().position(|(known, _)| *known == name)?;
        let (name, table) = TABLES[position];
        Some(READ[position].get_or_init(|| Self::read_table(name, table)))
    }

    /// The built-in genome of an assembly by UCSC's name and the naming of its chromosomes.
    #[must_use]
    pub fn of_assembly(key: &str, naming: Naming) -> Option<&'static KnownGenome> {
        match naming {
            Naming::B37 => Self::built_in("b37"),
            Naming::NotStated => Self::built_in(key),
        }
    }

    /// A genome of sequences with names and lengths, none twice; the first of a name counts.
    #[must_use]
    pub fn new(name: &str, lengths: impl IntoIterator<Item = (String, u64)>) -> Self {
        let mut genome = KnownGenome {
            name: name.to_owned(),
            sequences: Vec::new(),
            by_name: HashMap::new(),
            by_alias: HashMap::new(),
        };
        for (name, length) in lengths {
            genome.add(name, length, Some(0), "");
        }
        genome
    }

    fn read_table(name: &str, table: &str) -> Self {
        let mut genome = Self::new(name, []);
        for line in table.lines() {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default();
            let (sequence, length, set, aliases) = (next(), next(), next(), next());
            let bases = next().split(',').filter_map(|pair| pair.split_once('='));
            let bases = bases.map(|(md5, digest)| (md5.to_owned(), digest.to_owned()));
            let length = length.parse().unwrap_or_default();
            let set = SETS.iter().position(|known| *known == set);
            genome.add(sequence.to_owned(), length, set, aliases);
            if let Some(last) = genome.sequences.last_mut() {
                last.bases = bases.collect();
            }
        }
        if matches!(name, "hg19" | "b37") {
            for sequence in &mut genome.sequences {
                let [first, second] = MITOCHONDRIA_OF_GRCH37;
                if matches!(sequence.name.as_str(), "chrM" | "MT") {
                    sequence.other_length = Some(first + second - sequence.length);
                }
            }
        }
        genome
    }

    fn add(&mut self, name: String, length: u64, set: Option<usize>, aliases: &str) {
        let place = self.sequences.len();
        if self.by_name.contains_key(&name) {
            return;
        }
        self.by_name.insert(name.clone(), place);
        for alias in aliases.split(',').filter(|alias| !alias.is_empty()) {
            self.by_alias.entry(alias.to_owned()).or_insert(place);
        }
        self.by_alias.entry(folded(&name)).or_insert(place);
        self.sequences.push(KnownSequence {
            name,
            length,
            other_length: None,
            bases: Vec::new(),
            set,
        });
    }

    /// The name of the genome.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All sequences that the genome lists.
    #[must_use]
    pub fn sequences(&self) -> &[KnownSequence] {
        &self.sequences
    }

    /// The sequence of a name.
    #[must_use]
    pub fn sequence(&self, name: &str) -> Option<&KnownSequence> {
        Some(&self.sequences[*self.by_name.get(name)?])
    }

    /// The sequence that another name stands for: an accession, or the name with or without `chr`, in any case, `MT` for `M`.
    #[must_use]
    pub fn by_other_name(&self, name: &str) -> Option<&KnownSequence> {
        let place = self.by_alias.get(name);
        let place = place.or_else(|| self.by_alias.get(&folded(name)))?;
        Some(&self.sequences[*place])
    }

    /// The sets of the genome that differ, from the smallest: their names and sequences.
    pub fn sets(&self) -> impl Iterator<Item = (&'static str, Vec<&KnownSequence>)> {
        let numbers = 0..SETS.len();
        numbers.filter_map(|number| {
            let sequences = self.sequences.iter();
            let is_new = sequences.clone().any(|one| one.set == Some(number));
            let within = |one: &&KnownSequence| one.set.is_some_and(|set| set <= number);
            is_new.then(|| (SETS[number], sequences.filter(within).collect()))
        })
    }

    /// A set by its sequences, with its digest.
    pub(super) fn proven(&self, set: &'static str, sequences: &[&KnownSequence]) -> ProvenSet {
        let pairs = sequences.iter();
        let pairs = pairs.map(|one| (one.name.as_str(), one.length));
        ProvenSet {
            name: set.to_owned(),
            count: sequences.len(),
            sorted_name_length_pairs: sorted_name_length_pairs(pairs),
        }
    }
}

impl KnownSequence {
    /// Whether digests of its bases are known.
    pub(super) fn has_known_bases(&self) -> bool {
        !self.bases.is_empty()
    }

    /// The MD5s of the known variants of its bases.
    pub fn md5s(&self) -> impl Iterator<Item = &str> {
        self.bases.iter().map(|(md5, _)| md5.as_str())
    }

    /// The `sha512t24u` of the bases with an MD5, if these are known.
    pub(super) fn digest_of_bases(&self, md5: &str) -> Option<&str> {
        let mut bases = self.bases.iter();
        let found = bases.find(|(known, _)| known.eq_ignore_ascii_case(md5));
        found.map(|(_, digest)| digest.as_str())
    }
}

/// A name without `chr`, in lower case, with `m` for `mt`.
fn folded(name: &str) -> String {
    let name = name.to_lowercase();
    match name.strip_prefix("chr").unwrap_or(&name) {
        "mt" => "m".to_owned(),
        bare => bare.to_owned(),
    }
}
