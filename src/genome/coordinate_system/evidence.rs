//! What a file says about the sequences that its coordinates refer to.

/// How far a sequence extends, as seen in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The length in base pairs that the header of the file states.
    Length(u64),
    /// The largest end of an interval (0-based, half-open) in the file; the sequence is at least as long.
    LargestEnd(u64),
}

/// A sequence as seen in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenSequence {
    /// Its name in the file.
    pub name: String,
    /// How far it extends.
    pub extent: Extent,
    /// The MD5 of its bases in upper case (`M5` of `@SQ`, SAM specification, section 1.3), 32 hexadecimal digits in lower case.
    pub md5: Option<String>,
}

/// The sequences that a file names, in the order of the file, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoordinateEvidence {
    sequences: Vec<SeenSequence>,
}

impl CoordinateEvidence {
    /// Evidence from sequences; of a name that occurs more than once, the first counts.
    #[must_use]
    pub fn new(sequences: impl IntoIterator<Item = SeenSequence>) -> Self {
        let mut seen = std::collections::HashSet::new();
        let sequences = sequences.into_iter();
        CoordinateEvidence {
            sequences: sequences
                .filter(|sequence| seen.insert(sequence.name.clone()))
                .collect(),
        }
    }

    /// Evidence from the names and lengths of a header.
    #[must_use]
    pub fn from_lengths<'n>(lengths: impl IntoIterator<Item = (&'n str, u64)>) -> Self {
        let lengths = lengths.into_iter();
        Self::new(lengths.map(|(name, length)| SeenSequence {
            name: name.to_owned(),
            extent: Extent::Length(length),
            md5: None,
        }))
    }

    /// Evidence from the largest end of the intervals on each sequence, 0-based and half-open.
    #[must_use]
    pub fn from_largest_ends<'n>(ends: impl IntoIterator<Item = (&'n str, u64)>) -> Self {
        let ends = ends.into_iter();
        Self::new(ends.map(|(name, end)| SeenSequence {
            name: name.to_owned(),
            extent: Extent::LargestEnd(end),
            md5: None,
        }))
    }

    /// The sequences in the order of the file.
    #[must_use]
    pub fn sequences(&self) -> &[SeenSequence] {
        &self.sequences
    }

    /// Whether the file names no sequence, as an empty one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sequences.is_empty()
    }
}
