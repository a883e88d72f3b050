//! The query, the candidates, the mask and the bins, read and placed on the genome.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use crate::cli::{Failure, open, read};
use crate::galaxy::described_datasets::{self, DescribedDataset};
use crate::genome::coordinate_system::CoordinateVerdict;
use crate::genome::intervals::{
    Interval, IntervalFile, IntervalOptions, IntervalSet, QueryElement, read_query,
};

use super::arguments::OverlapArguments;
use super::genome::{AnalysisGenome, MHC};

/// A single input: its path, and what Galaxy knows of it.
#[derive(Debug, Clone)]
pub struct SingleInput {
    pub role: &'static str,
    pub path: std::path::PathBuf,
    pub described: DescribedDataset,
}

impl SingleInput {
    /// The inputs that are single files: query, candidates, mask, bins, chromosome sizes and document.
    pub fn all(arguments: &OverlapArguments) -> Result<Vec<Self>, Failure> {
        let given = [
            ("query", Some(&arguments.query_set)),
            ("candidates", arguments.candidates.as_ref()),
            ("mask", arguments.mask.as_ref()),
            ("bins", arguments.bins.as_ref()),
            ("chromosome sizes", arguments.chromosome_sizes.as_ref()),
            ("document", arguments.document.as_ref()),
        ];
        let given: Vec<(&str, &std::path::PathBuf)> = given
            .into_iter()
            .filter_map(|(role, path)| Some((role, path?)))
            .collect();
        let described = match &arguments.described_inputs {
            Some(file) => {
                let described = described_datasets::read(&read(file)?)
                    .map_err(|error| Failure::at(file.display(), error))?;
                if described.len() != given.len() {
                    let problem = format!(
                        "found descriptions of {} datasets, expected {}, one for each single input",
                        described.len(),
                        given.len()
                    );
                    return Err(Failure::at(file.display(), problem));
                }
                described
            }
            None => given
                .iter()
                .map(|(_, path)| DescribedDataset {
                    element_identifier: file_name(path),
                    ..DescribedDataset::default()
                })
                .collect(),
        };
        let inputs = given.into_iter().zip(described);
        let inputs = inputs.map(|((role, path), described)| SingleInput {
            role,
            path: path.clone(),
            described,
        });
        Ok(inputs.collect())
    }

    /// The name that its user knows it by.
    pub fn identifier(&self) -> &str {
        &self.described.element_identifier
    }

    fn open(&self) -> Result<File, Failure> {
        open(&self.path).map_err(|error| Failure::at(self.identifier(), error))
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Whether a file is bedGraph, by its datatype in Galaxy or by its name.
pub fn is_bedgraph(described: &DescribedDataset) -> bool {
    if !described.extension.is_empty() {
        return described.extension == "bedgraph";
    }
    let name = described.element_identifier.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".bedgraph", ".bdg", ".bg"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// The elements of a set, each as it was analysed, in the order of [`IntervalSet::on`].
#[derive(Debug, Default)]
pub struct PlacedElements {
    pub by_chromosome: BTreeMap<String, Vec<QueryElement>>,
    /// What to tell the user.
    pub remarks: Vec<String>,
    /// How the coordinates relate to the genome.
    pub verdict: Option<CoordinateVerdict>,
}

impl PlacedElements {
    /// Reads a file, checks its coordinates, and expands its elements.
    pub fn read(
        input: &SingleInput,
        arguments: &OverlapArguments,
        genome: &AnalysisGenome,
        expand: u32,
    ) -> Result<Self, Failure> {
        let options = IntervalOptions {
            threshold: arguments.threshold,
            is_bedgraph: is_bedgraph(&input.described),
        };
        let read = read_query(input.open()?, options)
            .map_err(|error| Failure::at(input.identifier(), error))?;
        let judgement =
            genome.accept(input.identifier(), &read.extents, read.is_association_table)?;
        let mut placed = PlacedElements {
            remarks: remarks(&read, input, &judgement),
            verdict: Some(judgement.verdict),
            ..PlacedElements::default()
        };
        for mut element in read.intervals {
            if let Some(name) = judgement.mapping.renamed(&element.chromosome) {
                name.clone_into(&mut element.chromosome);
            }
            let length = genome.length_of(&element.chromosome);
            element.interval = element.interval.expanded(expand, length);
            let elements = placed.by_chromosome.entry(element.chromosome.clone());
            elements.or_default().push(element);
        }
        for elements in placed.by_chromosome.values_mut() {
            elements.sort_by_key(|element| element.interval);
        }
        Ok(placed)
    }

    /// Their coordinates.
    pub fn set(&self) -> IntervalSet {
        let chromosomes = self.by_chromosome.iter();
        let coordinates = chromosomes.map(|(name, elements)| {
            let intervals = elements.iter().map(|element| element.interval);
            (name.clone(), intervals.collect())
        });
        IntervalSet::new(coordinates.collect())
    }
}

/// What was left out, and which names were mapped.
fn remarks(
    read: &IntervalFile<Vec<QueryElement>>,
    input: &SingleInput,
    judgement: &crate::genome::coordinate_system::CoordinateJudgement,
) -> Vec<String> {
    let mut remarks = Vec::new();
    let name = input.identifier();
    if read.left_out > 0 {
        let why = match read.is_association_table {
            true => "without a position",
            false => "without an alternative allele, or at a telomere",
        };
        remarks.push(format!("{name}: {} rows left out: {why}", read.left_out));
    }
    if read.repeated > 0 {
        let repeated = read.repeated;
        remarks.push(format!(
            "{name}: {repeated} associations name a position that an earlier row has; each position counts once"
        ));
    }
    if !judgement.mapping.is_empty() {
        remarks.push(format!("{name}: {judgement}; mapped"));
    }
    remarks
}

/// The masked bases: those of a file, and the MHC.
pub fn mask(
    input: Option<&SingleInput>,
    arguments: &OverlapArguments,
    genome: &AnalysisGenome,
) -> Result<(IntervalSet, Vec<String>), Failure> {
    let mut remarks = Vec::new();
    let mut by_chromosome: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
    if let Some(input) = input {
        let placed = PlacedElements::read(input, arguments, genome, 0)?;
        for (name, elements) in &placed.by_chromosome {
            let intervals = elements.iter().map(|element| element.interval);
            by_chromosome
                .entry(name.clone())
                .or_default()
                .extend(intervals);
        }
        remarks = placed.remarks;
    }
    if arguments.exclude_mhc {
        if !genome.has_mhc() {
            let problem = format!(
                "found the genome {}, expected hg19 or hg38: mask the region by --mask",
                genome.known.name()
            );
            return Err(Failure::at("--exclude-mhc", problem));
        }
        let (name, start, end) = MHC;
        let intervals = by_chromosome.entry(name.to_owned()).or_default();
        intervals.push(Interval { start, end });
    }
    Ok((IntervalSet::new(by_chromosome), remarks))
}
