//! Chromosome-sizes files: a line a sequence with its name and its length, as UCSC's `chrom.sizes` and the first columns of `.fai`.

use thiserror::Error;

use super::known_genome::KnownGenome;

/// Why a chromosome-sizes file is not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SizesError {
    /// A line has no name and length.
    #[error(
        "line {line}: found `{found}`, expected a name, a tab and a length in base pairs, such as `chr1` and `248956422`"
    )]
    Line {
        /// The number of the line, from 1.
        line: usize,
        /// The line, shortened.
        found: String,
    },
    /// A name occurs twice.
    #[error("line {line}: found the name `{name}` again, expected each name once")]
    Twice {
        /// The number of the second line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// There is no sequence.
    #[error("found no sequence, expected a line with name and length for each")]
    Empty,
}

/// Reads a genome of this name from a chromosome-sizes file. Empty lines and comments (`#`) are ignored, further columns too.
///
/// # Errors
/// The first line that is not as expected.
pub fn read_sizes(name: &str, text: &str) -> Result<KnownGenome, SizesError> {
    let mut seen = std::collections::HashSet::new();
    let mut lengths = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line_number = number + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut cells = line.split('\t').map(str::trim);
        let sequence = cells.next().filter(|sequence| !sequence.is_empty());
        let length = cells.next().and_then(|length| length.parse::<u64>().ok());
        let Some((sequence, length)) = sequence.zip(length) else {
            return Err(SizesError::Line {
                line: line_number,
                found: line.chars().take(60).collect(),
            });
        };
        if !seen.insert(sequence) {
            return Err(SizesError::Twice {
                line: line_number,
                name: sequence.to_owned(),
            });
        }
        lengths.push((sequence.to_owned(), length));
    }
    if lengths.is_empty() {
        return Err(SizesError::Empty);
    }
    Ok(KnownGenome::new(name, lengths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_lengths_are_read() {
        let genome = read_sizes("yeti1", "# yeti\nchr1\t100\nchrM\t7\textra\r\n\n").unwrap();
        assert_eq!(genome.name(), "yeti1");
        assert_eq!(genome.sequence("chrM").unwrap().length, 7);
        assert_eq!(genome.by_other_name("MT").unwrap().name, "chrM");
        assert_eq!(genome.sequences().len(), 2);
    }

    #[test]
    fn faults_name_their_line() {
        for (text, message) in [
            ("", "found no sequence"),
            ("chr1\t10\nchr2 10\n", "line 2: found `chr2 10`"),
            ("chr1\tten\n", "line 1: found `chr1\tten`"),
            ("chr1\t-1\n", "line 1: found"),
            ("chr1\t5\nchr1\t5\n", "line 2: found the name `chr1` again"),
        ] {
            let error = read_sizes("yeti1", text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
