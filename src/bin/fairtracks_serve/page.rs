//! The page for people: what is served, with an address to try for each hub.

use std::sync::Arc;

use fairtracks::cli::Failure;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::cache::Tally;
use crate::stored::{Manner, Stored};

const TEMPLATE: &str = include_str!("page.html");

/// What needs no encoding in an address.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// A query that every hub understands, and its most useful answer.
const EXAMPLE: &str = "tracks.content->'assembly_name' ? 'GRCh38'";

/// A hub that is offered.
#[derive(Debug, Serialize)]
pub struct Hub {
    /// The repository.
    pub repository: String,
    /// The hub in it.
    pub hub: String,
    /// How many tracks it has.
    pub tracks: usize,
    place: String,
}

impl Hub {
    /// A hub of these names.
    pub fn new(repository: &str, hub: &str, tracks: usize) -> Self {
        let encoded = |text| utf8_percent_encode(text, ENCODED);
        Hub {
            repository: repository.to_owned(),
            hub: hub.to_owned(),
            tracks,
            place: format!("{}/{}", encoded(repository), encoded(hub)),
        }
    }

    /// Both names.
    pub fn name(&self) -> String {
        format!("{}/{}", self.repository, self.hub)
    }
}

/// The page.
///
/// # Errors
/// The template is at fault, which no input can bring about.
pub fn write(
    hubs: &[Hub],
    manner: Manner,
    files: bool,
    tally: &Arc<Tally>,
) -> Result<Stored, Failure> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", TEMPLATE)?;
    let text = environment.get_template("page")?.render(context! {
        hubs => Value::from(Serde(hubs)),
        example => EXAMPLE,
        query => utf8_percent_encode(EXAMPLE, ENCODED).to_string(),
        modern => manner == Manner::Modern,
        files => files,
        version => env!("CARGO_PKG_VERSION"),
    })?;
    let stored = Stored::whole(200, "text/html; charset=utf-8", text.into_bytes());
    stored.prepare(tally);
    Ok(stored)
}
