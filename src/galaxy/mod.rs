//! Galaxy: its datatypes and genome builds, the files that pass between it and a tool, its Markdown, and the lineage of its
//! datasets.

pub mod dataset_file;
pub mod datatype;
pub mod described_datasets;
pub mod element_identifiers;
pub mod file_address;
pub mod genome_build;
pub mod input_names;
pub mod lineage;
pub mod markdown;
pub mod output_metadata;
pub mod tool_address;
