//! Galaxy: its datatypes and genome builds, the files that pass between it and a tool, its Markdown, and the lineage of its
//! datasets.

pub mod dataset_file;
pub mod datatype;
pub mod described_datasets;
pub mod file_address;
pub mod genome_build;
pub mod input_names;
pub mod lineage;
pub mod markdown;
pub mod output_metadata;
pub mod output_names;
pub mod recognition;
pub mod sample_sheet;
pub mod tool_address;

/// The most characters that Galaxy keeps of an element identifier.
pub const LONGEST_ELEMENT_IDENTIFIER: usize = 255;
