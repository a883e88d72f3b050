//! The citation of a crate, from its root and its provenance graph.

use std::collections::BTreeSet;

use crate::ro_crate::citation::{Author, Citation, CitedWork, software};
use crate::ro_crate::entities::{Dataset, Literals, Person, Thing};
use crate::ro_crate::provenance::ProvenanceGraph;
use crate::ro_crate::{Crate, Entity};

const SPDX: &str = "https://spdx.org/licenses/";
const ORCID: &str = "https://orcid.org/";

/// The citation that the root of a crate and its provenance graph give.
pub fn citation(crate_: &Crate, provenance: &ProvenanceGraph) -> Citation {
    let root: Dataset<&str> = crate_.root().map(Entity::read).unwrap_or_default();
    let mut keywords: Vec<String> = Vec::new();
    for text in root.keywords.texts() {
        for word in text.split([',', ';']).map(str::trim) {
            if !word.is_empty() && !keywords.iter().any(|known| known == word) {
                keywords.push(word.to_owned());
            }
        }
    }
    Citation {
        title: text(&root.name),
        description: text(&root.description),
        authors: authors(crate_, &root),
        licence: licence(&root),
        keywords,
        date_released: text(&root.date_published)
            .get(..10)
            .unwrap_or_default()
            .to_owned(),
        version: text(&root.version),
        references: references(provenance),
        publications: publications(provenance),
    }
}

fn text(property: &Literals<&str>) -> String {
    property.text().unwrap_or_default().trim().to_owned()
}

/// The authors, or the publisher if there are none.
fn authors(crate_: &Crate, root: &Dataset<&str>) -> Vec<Author> {
    [&root.author, &root.creator, &root.publisher]
        .into_iter()
        .map(|stated| {
            let stated = stated.ids();
            stated
                .filter_map(|id| author(crate_.get(id)?, crate_))
                .collect()
        })
        .find(|authors: &Vec<Author>| !authors.is_empty())
        .unwrap_or_default()
}

fn author(entity: &Entity, crate_: &Crate) -> Option<Author> {
    let person: Person<&str> = entity.read();
    let name = text(&person.name);
    if entity.is("Organization") {
        let address = Some(entity.id.as_str()).filter(|id| id.starts_with("http"));
        return (!name.is_empty()).then(|| Author::Organisation {
            name,
            address: address.unwrap_or_default().to_owned(),
        });
    }
    let orcid = if entity.id.starts_with(ORCID) {
        entity.id.as_str()
    } else {
        ""
    };
    let mut affiliations = person.affiliation.ids();
    let affiliation = affiliations.find_map(|id| Some(crate_.get(id)?.read::<Thing<&str>>()));
    let affiliation = match affiliation {
        Some(organisation) => text(&organisation.name),
        None => person
            .affiliation
            .text()
            .unwrap_or_default()
            .trim()
            .to_owned(),
    };
    let (given, family) = (text(&person.given_name), text(&person.family_name));
    let name = if family.is_empty() {
        name
    } else {
        format!("{family}, {given}")
    };
    (!name.trim_matches([',', ' ']).is_empty()).then(|| Author::person(&name, orcid, &affiliation))
}

fn licence(root: &Dataset<&str>) -> String {
    let mut stated = root.license.ids_and_texts();
    let stated = stated.find(|licence| !licence.starts_with('#'));
    let stated = stated.unwrap_or_default().trim();
    stated.strip_prefix(SPDX).unwrap_or(stated).to_owned()
}

/// The software and the standard. Crates do not name the authors of other tools.
fn references(provenance: &ProvenanceGraph) -> Vec<CitedWork> {
    let mut references = vec![software::suite()];
    if !provenance.tracks.is_empty() {
        references.push(software::fairtracks());
    }
    if provenance.processing().is_of_galaxy() {
        references.push(software::galaxy());
    }
    references
}

/// The publications of the studies, each once.
fn publications(provenance: &ProvenanceGraph) -> Vec<String> {
    let tracks = provenance.tracks.iter();
    let publications = tracks.flat_map(|track| &track.publications);
    let addresses: BTreeSet<&String> = publications.map(|found| &found.address).collect();
    addresses.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples::Example;

    #[test]
    fn people_licence_and_references_are_those_of_the_crate() {
        let mut example = Example::about("Merged peaks", &["#data-1"]);
        let track = example.track(1);
        example.step("sort1", "1.2.0", &[&track], &["#data-1"]);
        example.result("#data-1", "Sorted", &[&track]);
        let entities = example.0.entities().iter().cloned().map(|entity| {
            if entity.id != "./" {
                return entity;
            }
            let spdx = "https://spdx.org/licenses/CC-BY-4.0";
            entity
                .referring("author", "https://orcid.org/0000-0002-1825-0097")
                .referring("license", spdx)
                .with("keywords", "ChIP-seq, K562; ChIP-seq")
                .with("datePublished", "2026-11-25T00:01:00+00:00")
        });
        let mut crate_ = Crate::new();
        entities.for_each(|entity| drop(crate_.add(entity)));
        let person = Entity::new("https://orcid.org/0000-0002-1825-0097", &["Person"]);
        crate_.add(
            person
                .with("name", "Josiah Carberry")
                .referring("affiliation", "https://ror.org/05gq02987"),
        );
        crate_.add(
            Entity::new("https://ror.org/05gq02987", &["Organization"])
                .with("name", "Brown University"),
        );
        let found = citation(&crate_, &ProvenanceGraph::of(&crate_));
        assert_eq!(
            found.authors,
            [Author::person(
                "Josiah Carberry",
                "https://orcid.org/0000-0002-1825-0097",
                "Brown University"
            )]
        );
        assert_eq!(found.licence, "CC-BY-4.0");
        assert_eq!(found.keywords, ["ChIP-seq", "K562"]);
        assert_eq!(found.date_released, "2026-11-25");
        let titles: Vec<&str> = found
            .references
            .iter()
            .map(|found| found.title.as_str())
            .collect();
        assert_eq!(
            titles,
            [
                "FAIRtracks tools for Galaxy",
                "Recommendations for the FAIRification of genomic track metadata",
                "The Galaxy platform for accessible, reproducible, and collaborative data analyses: 2024 update"
            ]
        );
        assert_eq!(
            found.publications,
            ["https://identifiers.org/pubmed:22955616"]
        );
    }
}
