//! How this software, the metadata standard and Galaxy ask to be cited.

use super::{Author, CitedWork};

/// The name of this software.
pub const SUITE: &str = "FAIRtracks tools for Galaxy";
/// The authors of this software, as its licence names them.
const SUITE_AUTHORS: &str = "The FAIRtracks Galaxy tools authors";
/// The DOI of the article on the FAIRtracks standard and TrackFind.
pub const FAIRTRACKS_DOI: &str = "10.12688/f1000research.28449.1";
/// The DOI of the article on Galaxy.
pub const GALAXY_DOI: &str = "10.1093/nar/gkae410";

/// This software.
pub fn suite() -> CitedWork {
    CitedWork {
        is_software: true,
        title: SUITE.to_owned(),
        authors: vec![named(SUITE_AUTHORS)],
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..CitedWork::default()
    }
}

/// The article on the FAIRtracks standard.
pub fn fairtracks() -> CitedWork {
    // The first author by name and the others as the team, as the guide of the format has it.
    let first = Author::person("Sveinung Gundersen", "", "");
    CitedWork {
        title: "Recommendations for the FAIRification of genomic track metadata".to_owned(),
        authors: vec![first, named("The FAIRtracks team")],
        journal: "F1000Research".to_owned(),
        year: 2021,
        volume: 10,
        start: "268".to_owned(),
        doi: FAIRTRACKS_DOI.to_owned(),
        ..CitedWork::default()
    }
}

/// The article on Galaxy.
pub fn galaxy() -> CitedWork {
    CitedWork {
        title: "The Galaxy platform for accessible, reproducible, and collaborative data analyses: 2024 update".to_owned(),
        authors: vec![named("The Galaxy Community")],
        journal: "Nucleic Acids Research".to_owned(),
        year: 2024,
        volume: 52,
        start: "W83".to_owned(),
        end: "W94".to_owned(),
        doi: GALAXY_DOI.to_owned(),
        ..CitedWork::default()
    }
}

fn named(name: &str) -> Author {
    Author::Organisation {
        name: name.to_owned(),
        address: String::new(),
    }
}
