//! FAIRtracks tools for Galaxy: no track without its metadata.
//!
//! Each tool is a small binary over this library; in Galaxy each runs as a job of its own, so tools meet only
//! through files. The way of the data, and where each part of it lives:
//!
//! 1. [`format`](mod@format) turns the bytes of a file into a value of [`model`], and back.
//! 2. A step answers with a new value: [`search`] finds tracks by a [`query`].
//! 3. [`cli`] is the only part that talks to people: it prints, and knows exit statuses.
//!
//! ```
//! use fairtracks::format::fairtracks_json;
//! use fairtracks::query::{Hub, Query};
//! use fairtracks::search::search;
//!
//! let bytes = std::fs::read("test-data/h1_h3k4me3.fairtracks.json")?;
//! let document = fairtracks_json::read(&bytes)?;
//! let categories = Hub::of(&document).categories().to_vec();
//! let query = Query::new("tracks.content->'file_format'->'term_label' ? 'bigWig'", &categories)?;
//! let found: Vec<&str> = search(&document, &query).hits.iter().map(|hit| hit.local_id()).collect();
//! assert_eq!(found, ["encode:ENCFF717PIO", "encode:ENCFF955LOC"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod archive;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod follow;
pub mod format;
pub mod import;
pub mod model;
pub mod package;
pub mod query;
pub mod remote;
pub mod search;
pub mod service;
pub mod text;
