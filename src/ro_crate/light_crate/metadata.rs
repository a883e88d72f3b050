//! Experiment, sample, study and collection as entities, by the mapping of FAIRtracks to schema.org and Bioschemas.

use serde_json::Value as Json;

use super::TrackCrateInput;
use super::track::IDENTIFIERS_ORG;
use crate::fairtracks::category::Category::{
    self, CollectionInfo, Experiments, Samples, Studies, Tracks,
};
use crate::fairtracks::hit::Hit;
use crate::fairtracks::summary_columns::headline;
use crate::ro_crate::common_entities::property;
use crate::ro_crate::entities::{
    BioSample, Dataset, DefinedTerm, Model as _, Person, PropertyValue, Thing,
};
use crate::ro_crate::{Crate, Entity};
use crate::text::first_filled;

/// Adds what the track comes from.
pub fn add(input: &TrackCrateInput<'_>, hit: &Hit<'_>, crate_: &mut Crate) {
    let collection = collection(hit, crate_);
    let study = study(hit, collection.as_deref(), crate_);
    let sample = sample(hit, crate_);
    experiment(input, hit, study.as_deref(), sample.as_deref(), crate_);
}

/// A text of an object.
fn text<'d>(hit: &Hit<'d>, category: Category, path: &[&str]) -> &'d str {
    hit.text(category, path).unwrap_or_default().trim()
}

/// Where an identifier leads: by identifiers.org, or it is an address itself.
fn address(identifier: &str) -> String {
    let identifier: String = identifier.split_whitespace().collect();
    if identifier.contains("://") {
        identifier
    } else {
        format!("{IDENTIFIERS_ORG}{identifier}")
    }
}

/// The object's `local_id`, and its accession elsewhere as an address.
fn identified(entity: Entity, hit: &Hit<'_>, category: Category) -> Entity {
    let global_id = Some(text(hit, category, &["global_id"])).filter(|id| id.contains(':'));
    entity.set(&Thing {
        identifier: text(hit, category, &["local_id"]).into(),
        same_as: global_id.map(address).into(),
        ..Thing::default()
    })
}

fn collection(hit: &Hit<'_>, crate_: &mut Crate) -> Option<String> {
    hit.object(CollectionInfo)?;
    let of = |key| text(hit, CollectionInfo, &[key]);
    let short = of("short_name");
    let name = first_filled(&[of("long_name"), short]);
    let collection = Dataset {
        additional_type: "track collection".into(),
        name: name.into(),
        alternate_name: (short != name).then_some(short).into(),
        url: of("description_url").into(),
        is_based_on: of("source_repo_url").into(),
        ..Dataset::default()
    };
    let collection = collection.entity("#collection");
    Some(crate_.add(identified(collection, hit, CollectionInfo)))
}

fn study(hit: &Hit<'_>, collection: Option<&str>, crate_: &mut Crate) -> Option<String> {
    hit.object(Studies)?;
    let mut study = Dataset {
        additional_type: "study".into(),
        name: text(hit, Studies, &["study_name"]).into(),
        is_part_of: collection.into(),
        ..Dataset::default()
    };
    let publication = text(hit, Studies, &["publication"]);
    if publication.contains(':') {
        let article = Entity::named(address(publication), "ScholarlyArticle", publication);
        study.citation = crate_.add(article).into();
    }
    if let Some(number) = text(hit, Studies, &["contact", "orcid"]).strip_prefix("orcid:") {
        let address = format!("https://orcid.org/{}", number.trim());
        let name = text(hit, Studies, &["contact", "name"]);
        study.maintainer = crate_
            .add(Entity::named(address, Person::TYPE, name))
            .into();
    }
    Some(crate_.add(identified(study.entity("#study"), hit, Studies)))
}

fn sample(hit: &Hit<'_>, crate_: &mut Crate) -> Option<String> {
    let object = hit.object(Samples)?;
    let species_id = text(hit, Samples, &["species_id"]);
    let mut sample = BioSample {
        name: headline(hit, "cell_or_tissue").into(),
        description: text(hit, Samples, &["sample_type", "details"]).into(),
        ..BioSample::default()
    };
    if species_id.contains(':') {
        let name = text(hit, Samples, &["species_name"]);
        let name = if name.is_empty() { species_id } else { name };
        let taxon = Entity::named(address(species_id), "Taxon", name);
        sample.taxonomic_range = crate_.add(taxon).into();
    }
    let mut properties = Vec::new();
    for path in [&["biospecimen_class"] as &[&str], &["phenotype"]] {
        properties.extend(term_property("sample", object, path, crate_));
    }
    let types = object.get("sample_type").and_then(Json::as_object);
    for key in types.into_iter().flat_map(|types| types.keys()) {
        properties.extend(term_property(
            "sample",
            object,
            &["sample_type", key],
            crate_,
        ));
    }
    let sample = identified(sample.entity("#sample"), hit, Samples).set(&BioSample {
        additional_property: properties.into(),
        ..BioSample::default()
    });
    Some(crate_.add(sample))
}

fn experiment(
    input: &TrackCrateInput<'_>,
    hit: &Hit<'_>,
    study: Option<&str>,
    sample: Option<&str>,
    crate_: &mut Crate,
) -> Option<String> {
    let object = hit.object(Experiments)?;
    let names = [headline(hit, "assay"), headline(hit, "target")];
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let experiment = Dataset {
        additional_type: "assay".into(),
        name: names.join(": ").into(),
        description: text(hit, Experiments, &["target", "target_details"]).into(),
        has_part: input.track_id().into(),
        is_part_of: study.into(),
        ..Dataset::default()
    };
    let mut measured_in = Dataset {
        about: sample.into(),
        ..Dataset::default()
    };
    let technique = text(hit, Experiments, &["technique", "term_id"]);
    if !technique.is_empty() {
        let label = text(hit, Experiments, &["technique", "term_label"]);
        measured_in.measurement_technique = term(technique, label, crate_).into();
    }
    let target = object.get("target").and_then(Json::as_object);
    let mut measured = Vec::new();
    for key in target.into_iter().flat_map(|target| target.keys()) {
        measured.extend(term_property("target", object, &["target", key], crate_));
    }
    let gene = text(hit, Experiments, &["target", "gene_id"]);
    if gene.contains(':') {
        let gene = Entity::named(address(gene), "Gene", gene);
        measured_in.mentions = crate_.add(gene).into();
    }
    let raw = hit
        .object(Tracks)
        .and_then(|track| track.get("raw_file_ids"));
    let raw: Vec<String> = raw
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .map(address)
        .collect();
    let experiment = experiment.entity("#experiment").set(&measured_in);
    let experiment = identified(experiment, hit, Experiments).set(&Dataset {
        variable_measured: measured.into(),
        is_based_on: raw.into(),
        ..Dataset::default()
    });
    Some(crate_.add(experiment))
}

/// A property whose value is a term, if there is a term at the path.
fn term_property(prefix: &str, object: &Json, path: &[&str], crate_: &mut Crate) -> Option<String> {
    let found = path.iter().try_fold(object, |value, key| value.get(key))?;
    let id = found.get("term_id")?.as_str()?.trim();
    if id.is_empty() {
        return None;
    }
    let label = found.get("term_label").and_then(Json::as_str);
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    let key = path.last()?;
    term(id, label.unwrap_or_default(), crate_);
    let name = key.replace('_', " ");
    let property = property(&format!("{prefix}-{key}"), &name, label.unwrap_or(id));
    Some(crate_.add(property.set(&PropertyValue {
        value_reference: id.into(),
        ..PropertyValue::default()
    })))
}

/// A term of an ontology.
fn term(id: &str, label: &str, crate_: &mut Crate) -> String {
    let code = id.rsplit(['/', '#']).next().unwrap_or_default();
    let name = if label.is_empty() { code } else { label };
    let term = DefinedTerm {
        name: name.into(),
        term_code: code.into(),
    };
    crate_.add(term.entity(id))
}
