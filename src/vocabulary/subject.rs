//! The subjects that biologists search by.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::built_in;
use super::term_table::TermTable;

/// A subject of a search: one or more attributes that say the same about a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// How it was measured.
    Assay,
    /// What was measured: a histone mark, a gene product, a structure.
    Target,
    /// The type of cells, the cell line or the tissue that the sample is named after.
    Cell,
    /// The part of the organism that the sample is from.
    Tissue,
    /// The disease, or its absence.
    Phenotype,
    /// The species.
    Species,
    /// The genome assembly.
    Assembly,
    /// The format of the file.
    Format,
    /// The kind of data in the file, such as narrow peaks.
    Data,
    /// The class of the sample, such as cell line.
    Class,
    /// The study.
    Study,
    /// The labels of the track.
    Label,
}

impl Subject {
    /// All of them, in the order of explanations.
    #[rustfmt::skip]
    pub const ALL: [Subject; 12] = [
        Subject::Assay, Subject::Target, Subject::Cell, Subject::Tissue, Subject::Phenotype, Subject::Species,
        Subject::Assembly, Subject::Format, Subject::Data, Subject::Class, Subject::Study, Subject::Label,
    ];

    /// The name, as in `assay=DNase-seq`.
    pub const fn name(self) -> &'static str {
        match self {
            Subject::Assay => "assay",
            Subject::Target => "target",
            Subject::Cell => "cell",
            Subject::Tissue => "tissue",
            Subject::Phenotype => "phenotype",
            Subject::Species => "species",
            Subject::Assembly => "assembly",
            Subject::Format => "format",
            Subject::Data => "data",
            Subject::Class => "class",
            Subject::Study => "study",
            Subject::Label => "label",
        }
    }

    /// The subject of a name or one of its synonyms.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace([' ', '-'], "_");
        let subject = match name.as_str() {
            "technique" | "experiment_type" => Subject::Assay,
            "gene" | "mark" | "histone_mark" | "factor" | "antibody" => Subject::Target,
            "cell_type" | "cell_line" | "cells" | "sample" => Subject::Cell,
            "organ" | "organism_part" => Subject::Tissue,
            "disease" => Subject::Phenotype,
            "organism" => Subject::Species,
            "genome" | "build" | "genome_build" | "dbkey" => Subject::Assembly,
            "file_format" | "file_type" => Subject::Format,
            "condensed_data" | "type_of_condensed_data" | "data_type" => Subject::Data,
            "biospecimen_class" | "sample_class" => Subject::Class,
            name => return Self::ALL.into_iter().find(|known| known.name() == name),
        };
        Some(subject)
    }

    /// The terms of the subject; `None` where values are names of their own. Assemblies are in [`crate::genome::assembly`].
    pub fn table(self) -> Option<&'static TermTable> {
        static READ: LazyLock<Vec<TermTable>> = LazyLock::new(|| {
            // A test reads all tables, so that none is left out here.
            let subjects = Subject::ALL.into_iter();
            let read = |subject: Subject| {
                let texts = built_in::texts(subject.table_names());
                TermTable::read(subject.name(), &texts).ok()
            };
            subjects.filter_map(read).collect()
        });
        let mut tables = READ.iter();
        let table = tables.find(|table| table.name() == self.name());
        table.filter(|_| !self.table_names().is_empty())
    }

    /// The names of the built-in tables with the terms of the subject.
    pub const fn table_names(self) -> &'static [&'static str] {
        match self {
            Subject::Assay => &["assays"],
            Subject::Target => &["sequence_features", "gene_products", "structures"],
            Subject::Cell => &["cell_types", "cell_lines", "abnormal_cells"],
            Subject::Tissue => &["tissues"],
            Subject::Phenotype => &["phenotypes"],
            Subject::Species => &["species"],
            Subject::Format => &["formats"],
            Subject::Data => &["condensed_data"],
            Subject::Class => &["biospecimen_classes"],
            Subject::Assembly | Subject::Study | Subject::Label => &[],
        }
    }

    /// The subjects that the terms of an ontology are about, by the prefix of their ids; none for an ontology that is not known.
    pub fn of_ontology(prefix: &str) -> &'static [Subject] {
        match prefix {
            "CL" | "CLO" | "BTO" => &[Subject::Cell],
            "UBERON" => &[Subject::Tissue, Subject::Cell],
            "EFO" => &[Subject::Cell, Subject::Assay, Subject::Phenotype],
            "OBI" => &[Subject::Assay],
            "SO" => &[Subject::Target],
            "NCIT" => &[
                Subject::Phenotype,
                Subject::Target,
                Subject::Cell,
                Subject::Class,
            ],
            "MONDO" | "DOID" | "HP" | "Orphanet" => &[Subject::Phenotype],
            "NCBITaxon" | "taxonomy" => &[Subject::Species],
            "format" | "topic" => &[Subject::Format, Subject::Assay],
            _ => &[],
        }
    }
}
