//! FAIRtracks tools for Galaxy: no track without its metadata.
//!
//! Nine small programs over this library. In Galaxy each runs as a job of its own, so they meet only through files. The
//! modules are rooms, one for each subject; a room uses only rooms below it:
//!
//! ```text
//! tools      one room a tool: convert · search · catalog · import · overlap · follow · package · check · serve
//!   cli        messages, exit status, outputs that appear whole, the clock
//!     ro_crate   entities, graph, merge, index, provenance, proof, zip, page, methods, rules
//!     trackfind  client · wire · server          gsuite   reader, writer
//!     conversion tables of metadata become documents, by rules
//!       galaxy     datatypes, genome builds, lineage        query   the query language
//!         fairtracks   documents, objects, values, rules
//!           vocabulary  words of users, synonyms
//!           overlap  measures, tests, null models, ranking
//!           genome  formats, assemblies    remote  downloads    tables    archive  zip, digests    drawing    text
//! ```
//!
//! The data flow through them from left to right, and every arrow is a file:
//!
//! ```text
//! tables of metadata ─ convert ─▶ document
//! document, server ─ search ─▶ document of hits ─ import ─▶ datasets + light crates ─ any Galaxy tools ─▶ results
//!    results + crates + lineage ─ follow ─▶ result crates ─ package ─▶ full crate ─ check ─▶ findings
//! ```
//!
//! The same way in code: a document is read ([`fairtracks`]) and searched ([`query`]), the hits are listed for other
//! programs ([`gsuite`]) and get a datatype ([`galaxy`]); a crate that was made of them is read ([`ro_crate`]), and says in
//! one paragraph where its result comes from.
//!
//! ```
//! use fairtracks::fairtracks::document_json;
//! use fairtracks::galaxy::datatype::{Datatype, Peaks};
//! use fairtracks::query::search::search;
//! use fairtracks::query::{Hub, Query};
//! use fairtracks::ro_crate::crate_archive::{CrateArchive, CrateDetail};
//! use fairtracks::ro_crate::metadata_json;
//! use fairtracks::ro_crate::methods::paragraph;
//! use fairtracks::ro_crate::provenance::ProvenanceGraph;
//!
//! let document = document_json::read(&std::fs::read("test-data/h1_h3k4me3.fairtracks.json")?)?;
//! let categories = Hub::of(&document).categories().to_vec();
//! let query = Query::new("tracks.content->'file_format'->'term_label' ? 'bigWig'", &categories)?;
//! let hits = search(&document, &query).hits;
//! let ids: Vec<&str> = hits.iter().map(|hit| hit.local_id()).collect();
//! assert_eq!(ids, ["encode:ENCFF717PIO", "encode:ENCFF955LOC"]);
//!
//! let suite = fairtracks::gsuite::write(&hits);
//! assert!(suite.text.starts_with("##"));
//! let name = hits[0].track().file_name.unwrap_or_default();
//! let datatype = Datatype::of_file_name(name, Peaks::Bed).map(|datatype| datatype.extension);
//! assert_eq!(datatype, Some("bigwig"));
//!
//! let file = std::fs::File::open("test-data/version_0_1_0/result.crate.zip")?;
//! let archive = CrateArchive::read(file, CrateDetail::Metadata)?;
//! let (metadata, _) = metadata_json::read_entities(&archive.metadata_files[0].bytes)?;
//! let provenance = ProvenanceGraph::of(&metadata);
//! assert!(paragraph(&provenance).starts_with("One genomic track"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod archive;
pub mod cli;
pub mod conversion;
pub mod drawing;
pub mod fairtracks;
pub mod galaxy;
pub mod genome;
pub mod gsuite;
pub mod overlap;
pub mod query;
pub mod remote;
pub mod ro_crate;
pub mod tables;
pub mod text;
pub mod tools;
pub mod trackfind;
pub mod vocabulary;
