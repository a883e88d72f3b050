//! The arguments, which are the manual.

use std::path::{Path, PathBuf};

use crate::tools::catalog::entries::CatalogFilter;
use crate::tools::catalog::form::{AskedServer, CatalogForm};
use clap::Parser;

/// List what FAIRtracks documents and TrackFind servers can be asked for
///
/// The answer is a table with one line for each value of each attribute: repository, hub, category, attribute, value, and
/// how many tracks have the value. The attributes that biologists ask for first come first, ids and addresses last; the
/// values with most tracks stand first.
///
/// Each document is a hub: the prefix of its collection's id is the repository, the collection's short name the hub. A
/// track has its own values, those of its experiment, sample and study, and those of the whole document; it does not have
/// those of the experiments that its experiment is aggregated from.
///
/// A server tells values and no numbers; with `--count` it is asked for all its tracks, which takes a while, and then counts
/// the tracks that it can find. A hub that does not answer is told, and the others are listed.
///
/// The table for forms holds the same for the drop-downs of the search form. It stays below 1,000,000 bytes; what it has
/// no room for is told. The report shows at a glance what each hub holds. Without an output option the table is printed.
///
/// Exit status: 0 done, at least one hub could be listed; 1 could not; 2 wrong usage.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct CatalogArguments {
    /// FAIRtracks v1 documents (JSON); `-` reads standard input
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "server")]
    pub document: Vec<PathBuf>,

    /// File with the names that the user knows the documents by (a JSON list), one for each document, in their order
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,

    /// Fill in labels, names and summaries that a document lacks before it is listed, as `fairtracks_search --augment`
    /// does
    #[arg(long, conflicts_with = "server")]
    pub augment: bool,

    /// TrackFind server, by its address: https://trackfind.elixir.no
    #[arg(long, value_name = "URL")]
    server: Option<String>,

    /// Repository of the server [default: all]
    #[arg(long, value_name = "NAME", requires = "server", conflicts_with_all = ["document", "form"])]
    repository: Option<String>,

    /// Hub of the server [default: all]
    #[arg(long, value_name = "NAME", requires = "server", conflicts_with_all = ["document", "form"])]
    hub: Option<String>,

    /// Ask the server for all its tracks and count them
    #[arg(long)]
    pub count: bool,

    /// Only attributes with this text in their path or plain name, in upper or lower case
    #[arg(long, value_name = "TEXT")]
    attribute: Option<String>,

    /// Only values with this text in them, in upper or lower case
    #[arg(long, value_name = "TEXT")]
    value: Option<String>,

    /// Only these categories, such as samples,experiments [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    category: Vec<String>,

    /// File with the inputs of the Galaxy form (JSON): server and filters
    #[arg(long, value_name = "FILE", conflicts_with_all = ["server", "attribute", "value", "category"])]
    pub form: Option<PathBuf>,

    /// Write a tab-separated table, one line a value, titles in the first line
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write the table that drop-downs of the search form are filled from
    #[arg(long, value_name = "FILE")]
    pub output_form_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write what Galaxy is to know about the tables' columns (`galaxy.json`)
    #[arg(long, value_name = "FILE", requires = "output_table")]
    pub galaxy_metadata: Option<PathBuf>,
}

impl CatalogArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let documents = self.document.iter();
        let all = documents.chain(&self.names).chain(&self.form);
        all.map(PathBuf::as_path).collect()
    }

    /// What the options say, in the way of a form.
    pub fn asked(&self) -> CatalogForm {
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        CatalogForm {
            server: self.server.as_ref().map(|url| AskedServer {
                url: url.clone(),
                repository: text(&self.repository),
                hub: text(&self.hub),
            }),
            wanted: CatalogFilter {
                attribute: text(&self.attribute),
                value: text(&self.value),
                categories: self.category.clone(),
            },
        }
    }
}
