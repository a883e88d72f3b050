//! What is checked: documents, which belong together, and crates, each by itself.

use crate::fairtracks::check::{self as documents, CheckedDocument, unreadable};
use crate::fairtracks::finding::{Finding, Findings, sorted};
use crate::ro_crate::check::{self as crates, CrateSource};

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub enum CheckInput<'d> {
    /// A document.
    Document(CheckedDocument<'d>),
    /// A crate.
    Crate(CrateSource<'d>),
    /// A file that is neither, or cannot be read: its name, and why.
    Unreadable(&'d str, &'d str),
}

/// Finds all that is wrong in documents, which belong together, and in crates, each by itself.
pub fn check_all(inputs: &[CheckInput<'_>]) -> Vec<Finding> {
    let sources = inputs.iter().filter_map(|input| match input {
        CheckInput::Document(source) => Some(*source),
        _ => None,
    });
    let mut of_documents = documents::check(&sources.collect::<Vec<_>>()).into_iter();
    let mut files = Vec::new();
    for input in inputs {
        match input {
            CheckInput::Document(_) => files.extend(of_documents.next()),
            CheckInput::Crate(source) => files.extend(crates::check(source)),
            CheckInput::Unreadable(name, problem) => {
                files.push(findings_of_unreadable(name, problem))
            }
        }
    }
    sorted(files)
}

/// The finding of a file that cannot be read.
fn findings_of_unreadable(name: &str, problem: &str) -> Findings {
    let mut findings = Findings::new(name);
    let expected = "a FAIRtracks document or an RO-Crate";
    unreadable::add(&mut findings, problem, expected, "file not checked");
    findings
}
