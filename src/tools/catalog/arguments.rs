//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use crate::cli::ontologies::OntologyArguments;
use crate::tools::catalog::entries::CatalogFilter;
use crate::tools::catalog::form::{AskedServer, CatalogForm};
use clap::Parser;

/// List the attributes and values of FAIRtracks documents and TrackFind servers
///
/// The catalog is a table with one line per value of each attribute: repository, hub, category, attribute, value, and the
/// number of tracks with the value. Attributes in the list of the search form come first, ids and URLs last; values are
/// sorted by their number of tracks.
///
/// Each document is a hub: the prefix of the collection id is the repository, the short name of the collection the hub. A
/// track has its own values and those of its experiment, sample and study, and of the whole document; it does not have the
/// values of experiments that its experiment is aggregated from.
///
/// A server lists values without counts. With `--count` the tool downloads the metadata of all tracks that the server
/// finds, which takes time, and counts them. Hubs that do not respond are reported, and the others are listed.
///
/// The catalog for forms has the same content for the lists of the search form, where values also show the names in use,
/// such as DNase-seq. It stays below 1,000,000 bytes; omissions
/// are reported. The report gives an overview of each hub. Without an output option, the table is printed.
///
/// Exit status: 0 success, at least one hub was listed; 1 failure; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct CatalogArguments {
    /// FAIRtracks v1 documents (JSON); `-` reads standard input
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "server")]
    pub document: Vec<PathBuf>,

    /// File with the display names of the documents (a JSON list), one per document in the same order
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,

    /// Fill in missing labels, names and summaries before listing, as `fairtracks_search --augment` does
    #[arg(long, conflicts_with = "server")]
    pub augment: bool,

    /// URL of a TrackFind server, such as https://trackfind.elixir.no
    #[arg(long, value_name = "URL")]
    server: Option<String>,

    /// Repository of the server [default: all]
    #[arg(long, value_name = "NAME", requires = "server", conflicts_with_all = ["document", "form"])]
    repository: Option<String>,

    /// Hub of the server [default: all]
    #[arg(long, value_name = "NAME", requires = "server", conflicts_with_all = ["document", "form"])]
    hub: Option<String>,

    /// Download the metadata of all tracks of the server and count the tracks per value
    #[arg(long)]
    pub count: bool,

    /// List only attributes whose path or plain name contains this text; not case-sensitive
    #[arg(long, value_name = "TEXT")]
    attribute: Option<String>,

    /// List only values that contain this text, or of which it is a synonym or a broader term, such as DNase-seq; not
    /// case-sensitive
    #[arg(long, value_name = "TEXT")]
    value: Option<String>,

    #[command(flatten)]
    pub ontologies: OntologyArguments,

    /// List only these categories, such as samples,experiments [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    category: Vec<String>,

    /// File with the inputs of the Galaxy form (JSON): server and filters
    #[arg(long, value_name = "FILE", conflicts_with_all = ["server", "attribute", "value", "category"])]
    pub form: Option<PathBuf>,

    /// Write a tab-separated table with a header line and one line per value
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write the catalog for forms, which fills the lists of the search form
    #[arg(long, value_name = "FILE")]
    pub output_form_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the Galaxy metadata of the tables' columns (`galaxy.json`)
    #[arg(long, value_name = "FILE", requires = "output_table")]
    pub galaxy_metadata: Option<PathBuf>,
}

impl CatalogArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let documents = self.document.iter();
        let all = documents.chain(&self.names).chain(&self.form);
        let all = all.chain(&self.ontologies.files);
        all.map(PathBuf::as_path).collect()
    }

    /// The options, in the structure of the form.
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
