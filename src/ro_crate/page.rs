//! The content of a crate's page, before it is rendered.

pub mod crates_page;
pub mod html;
pub mod of_crates;
pub mod of_provenance;
pub mod provenance_page;

use serde::Serialize;

use crate::text::doi;

/// A page that fits one screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The title.
    pub title: String,
    /// One sentence about the crate.
    pub subtitle: String,
    /// Warnings, shown on top.
    pub warnings: Vec<String>,
    /// Facts, one a line.
    pub facts: Vec<PageRow>,
    /// The file and its checksums.
    pub checks: Vec<PageRow>,
    /// The steps, in order.
    pub steps: Vec<String>,
}

/// A row of a table of two columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageRow {
    /// The name of the value.
    pub name: String,
    /// The value.
    pub value: String,
    /// The link; empty if there is none.
    pub link: String,
}

impl PageRow {
    /// A row without a link.
    pub fn new(name: &str, value: &str) -> Self {
        PageRow {
            name: name.to_owned(),
            value: value.to_owned(),
            link: String::new(),
        }
    }

    /// The row with a link, if a page may link to this URL: by http, https or ftp, or a DOI.
    #[must_use]
    pub fn linked(mut self, address: &str) -> Self {
        let may = ["https://", "http://", "ftp://"];
        if may.iter().any(|start| address.starts_with(start)) {
            self.link = address.to_owned();
        } else if let Some(doi) = address
            .strip_prefix("doi:")
            .filter(|doi| doi.starts_with("10."))
        {
            self.link = doi::address(doi);
        }
        self
    }
}
