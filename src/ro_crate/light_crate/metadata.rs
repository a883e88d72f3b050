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
use crate::ro_crate::{Crate, Entity};

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
    let global_id = text(hit, category, &["global_id"]);
    let entity = entity.with("identifier", text(hit, category, &["local_id"]));
    if global_id.contains(':') {
        entity.with("sameAs", address(global_id))
    } else {
        entity
    }
}

fn collection(hit: &Hit<'_>, crate_: &mut Crate) -> Option<String> {
    hit.object(CollectionInfo)?;
    let of = |key| text(hit, CollectionInfo, &[key]);
    let short = of("short_name");
    let name = if of("long_name").is_empty() {
        short
    } else {
        of("long_name")
    };
    let collection = Entity::new("#collection", &["Dataset"])
        .with("additionalType", "track collection")
        .with("name", name)
        .with("alternateName", if short == name { "" } else { short })
        .with("url", of("description_url"))
        .with("isBasedOn", of("source_repo_url"));
    Some(crate_.add(identified(collection, hit, CollectionInfo)))
}

fn study(hit: &Hit<'_>, collection: Option<&str>, crate_: &mut Crate) -> Option<String> {
    hit.object(Studies)?;
    let mut study = Entity::new("#study", &["Dataset"])
        .with("additionalType", "study")
        .with("name", text(hit, Studies, &["study_name"]))
        .referring_to_all("isPartOf", collection.as_slice());
    let publication = text(hit, Studies, &["publication"]);
    if publication.contains(':') {
        let address = address(publication);
        crate_.add(Entity::new(&*address, &["ScholarlyArticle"]).with("name", publication));
        study = study.referring("citation", &address);
    }
    if let Some(number) = text(hit, Studies, &["contact", "orcid"]).strip_prefix("orcid:") {
        let address = format!("https://orcid.org/{}", number.trim());
        let name = text(hit, Studies, &["contact", "name"]);
        crate_.add(Entity::new(&*address, &["Person"]).with("name", name));
        study = study.referring("maintainer", &address);
    }
    Some(crate_.add(identified(study, hit, Studies)))
}

fn sample(hit: &Hit<'_>, crate_: &mut Crate) -> Option<String> {
    let object = hit.object(Samples)?;
    let species_id = text(hit, Samples, &["species_id"]);
    let mut sample = Entity::new("#sample", &["BioSample"])
        .with("name", headline(hit, "cell_or_tissue"))
        .with(
            "description",
            text(hit, Samples, &["sample_type", "details"]),
        );
    if species_id.contains(':') {
        let address = address(species_id);
        let name = text(hit, Samples, &["species_name"]);
        let taxon = Entity::new(&*address, &["Taxon"]);
        crate_.add(taxon.with("name", if name.is_empty() { species_id } else { name }));
        sample = sample.referring("taxonomicRange", &address);
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
    Some(
        crate_.add(
            identified(sample, hit, Samples).referring_to_all("additionalProperty", &properties),
        ),
    )
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
    let mut experiment = Entity::new("#experiment", &["Dataset"])
        .with("additionalType", "assay")
        .with("name", names.join(": "))
        .with(
            "description",
            text(hit, Experiments, &["target", "target_details"]),
        )
        .referring("hasPart", &input.track_id())
        .referring_to_all("isPartOf", study.as_slice())
        .referring_to_all("about", sample.as_slice());
    let technique = text(hit, Experiments, &["technique", "term_id"]);
    if !technique.is_empty() {
        term(
            technique,
            text(hit, Experiments, &["technique", "term_label"]),
            crate_,
        );
        experiment = experiment.referring("measurementTechnique", technique);
    }
    let target = object.get("target").and_then(Json::as_object);
    let mut measured = Vec::new();
    for key in target.into_iter().flat_map(|target| target.keys()) {
        measured.extend(term_property("target", object, &["target", key], crate_));
    }
    let gene = text(hit, Experiments, &["target", "gene_id"]);
    if gene.contains(':') {
        let address = address(gene);
        crate_.add(Entity::new(&*address, &["Gene"]).with("name", gene));
        experiment = experiment.referring("mentions", &address);
    }
    let raw = hit
        .object(Tracks)
        .and_then(|track| track.get("raw_file_ids"));
    let raw: Vec<String> = raw
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .map(|id| id.split_whitespace().collect())
        .collect();
    Some(
        crate_.add(
            identified(experiment, hit, Experiments)
                .referring_to_all("variableMeasured", &measured)
                .with("isBasedOn", raw_files(&raw)),
        ),
    )
}

/// The raw files as addresses.
fn raw_files(ids: &[String]) -> Json {
    let addresses: Vec<String> = ids.iter().map(|id| address(id)).collect();
    match addresses.as_slice() {
        [] => "".into(),
        [one] => one.as_str().into(),
        _ => addresses.into(),
    }
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
    Some(
        crate_.add(
            property(
                &format!("{prefix}-{key}"),
                &key.replace('_', " "),
                label.unwrap_or(id),
            )
            .referring("valueReference", id),
        ),
    )
}

/// A term of an ontology.
fn term(id: &str, label: &str, crate_: &mut Crate) {
    let code = id.rsplit(['/', '#']).next().unwrap_or_default();
    let name = if label.is_empty() { code } else { label };
    crate_.add(
        Entity::new(id, &["DefinedTerm"])
            .with("name", name)
            .with("termCode", code),
    );
}
