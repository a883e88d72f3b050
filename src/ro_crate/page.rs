//! What the page of a crate shows, before it is a page.

pub mod html;
pub mod of_provenance;
pub mod provenance_page;

use serde::Serialize;

/// A page that fits one screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// What the crate is about.
    pub title: String,
    /// A sentence about it.
    pub subtitle: String,
    /// What is not as it should be; shown on top.
    pub warnings: Vec<String>,
    /// What is known, a line each.
    pub facts: Vec<PageRow>,
    /// The file and its checksums.
    pub checks: Vec<PageRow>,
    /// What was done, in order.
    pub steps: Vec<String>,
}

/// A line of a table of two columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageRow {
    /// What the line is about.
    pub name: String,
    /// What there is to say.
    pub value: String,
    /// An address to look at; empty where there is none.
    pub link: String,
}

impl PageRow {
    /// A line without a link.
    pub fn new(name: &str, value: &str) -> Self {
        PageRow {
            name: name.to_owned(),
            value: value.to_owned(),
            link: String::new(),
        }
    }

    /// The same with a link, if the address is one that a page may lead to.
    #[must_use]
    pub fn linked(mut self, address: &str) -> Self {
        let may = ["https://", "http://", "ftp://"];
        if may.iter().any(|start| address.starts_with(start)) {
            self.link = address.to_owned();
        }
        self
    }
}
