//! FAIRtracks tools for Galaxy: no track without its metadata.
//!
//! Each tool is a small binary over this library; in Galaxy each runs as a job of its own, so tools meet only
//! through files. The way of the data, and where each part of it lives:
//!
//! 1. [`fairtracks`], [`gsuite`], [`ro_crate`] and [`galaxy`] read the bytes of files as values, and write them.
//! 2. [`query`] and [`trackfind`] find tracks in them.
//! 3. [`tools`] put the parts together; [`cli`] is the only part that prints, and knows exit statuses.
//!
//! ```
//! use fairtracks::fairtracks::document_json;
//! use fairtracks::query::search::search;
//! use fairtracks::query::{Hub, Query};
//!
//! let bytes = std::fs::read("test-data/h1_h3k4me3.fairtracks.json")?;
//! let document = document_json::read(&bytes)?;
//! let categories = Hub::of(&document).categories().to_vec();
//! let query = Query::new("tracks.content->'file_format'->'term_label' ? 'bigWig'", &categories)?;
//! let found: Vec<&str> = search(&document, &query).hits.iter().map(|hit| hit.local_id()).collect();
//! assert_eq!(found, ["encode:ENCFF717PIO", "encode:ENCFF955LOC"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod archive;
pub mod cli;
pub mod fairtracks;
pub mod galaxy;
pub mod genome;
pub mod gsuite;
pub mod query;
pub mod remote;
pub mod ro_crate;
pub mod tables;
pub mod text;
pub mod tools;
pub mod trackfind;
