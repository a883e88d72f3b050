//! The citation of a crate, from its root and its provenance graph.

use std::collections::BTreeSet;

use crate::galaxy::lineage::is_transfer_tool;
use crate::ro_crate::citation::{Author, Citation, CitedWork};
use crate::ro_crate::entities::{Dataset, Literals, Person, Thing};
use crate::ro_crate::provenance::ProvenanceGraph;
use crate::ro_crate::{Crate, Entity};
use crate::text::first_filled;

/// The most publications and tools that a citation lists.
const MOST_REFERENCES: usize = 500;
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

/// The publications of the studies, then the tools, each once.
fn references(provenance: &ProvenanceGraph) -> Vec<CitedWork> {
    let articles: BTreeSet<(&str, &str, &str)> = provenance
        .tracks
        .iter()
        .flat_map(|track| track.publications.iter().map(move |found| (track, found)))
        .map(|(track, found)| {
            (
                found.address.as_str(),
                found.name.as_str(),
                track.study.as_str(),
            )
        })
        .collect();
    let mut references: Vec<CitedWork> = Vec::new();
    let mut known = BTreeSet::new();
    for (address, name, study) in articles {
        if known.insert(address) {
            let name = first_filled(&[name, address]);
            let title = match study {
                "" => name.to_owned(),
                study => format!("{study} ({name})"),
            };
            references.push(CitedWork {
                is_software: false,
                title,
                version: String::new(),
                address: address.to_owned(),
            });
        }
    }
    for step in &provenance.steps {
        let name = step.tool_label();
        let is_cited = !name.is_empty() && !is_transfer_tool(name);
        if is_cited && known.insert(&step.tool_address) {
            references.push(CitedWork {
                is_software: true,
                title: name.to_owned(),
                version: step.tool_version.clone(),
                address: step.tool_address.clone(),
            });
        }
    }
    references.truncate(MOST_REFERENCES);
    references
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
                "ENCODE phase 3 (pubmed:22955616)",
                "fairtracks_import",
                "sort1"
            ]
        );
    }
}
