//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use clap::Parser;

/// Find the results that use a track, study, donor, checksum, tool or version, or compare the provenance of two results
///
/// The inputs are RO-Crates (zip) with the provenance of results: those of fairtracks_follow and fairtracks_package, or any
/// other crate of Process Run Crate.
///
/// With `--uses`, the table has a line for each result that matches, with its crates. Values of one kind are alternatives, and all kinds given
/// must match: `track`, `study`, `donor` and `checksum` the same source track, `tool` and `version` the same step. A result
/// without confirmed source tracks or without steps, or with a source track that has no study, donor or checksum to compare,
/// cannot be excluded, and is listed as `unknown`. A track that was packed for publication, or a file that the FAIRtracks document
/// in the crate describes, counts as a result that uses itself, unless a result of the crate uses it.
///
/// With `--difference`, the table has a line for each difference: results, source tracks, input files, steps, versions, parameters. Source
/// tracks are compared by id, input files by name, steps by tool.
///
/// Exit status: 0 success, whatever is found; 1 failure; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct AuditArguments {
    /// Crates (zip), files or folders of files
    #[arg(required_unless_present = "difference", value_name = "CRATE")]
    pub crates: Vec<PathBuf>,

    /// Find the results that use this: `track=ID` (local_id, with or without prefix, or accession), `study=NAME` (name, id or
    /// accession), `donor=TEXT`, `checksum=HEX` (of a track or of its file as served, `MD5:` or the like before it is ignored),
    /// `tool=ID` (short or full) or `tool=NAME` (its name in Galaxy), `version=VERSION` (of a tool)
    #[arg(long, value_name = "KIND=VALUE")]
    pub uses: Vec<String>,

    /// Compare the provenance in two crates
    #[arg(long, num_args = 2, value_names = ["FIRST", "SECOND"], conflicts_with_all = ["crates", "uses"])]
    pub difference: Vec<PathBuf>,

    /// Write a tab-separated table; without an output option, it is printed
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the Galaxy metadata of the table's columns (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// File with the display names of the crates (a JSON list), one per crate in the same order
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,
}

impl AuditArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let crates = self.crates.iter().chain(&self.difference);
        let all = crates.chain(&self.form).chain(&self.names);
        all.map(PathBuf::as_path).collect()
    }
}
