//! The content of hubs: attributes, their values, and the number of tracks per value.

mod named_secrets;

use std::cmp::Reverse;

use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::query::words::subject_of;
use crate::tables::tsv;
use crate::text::folding;
use crate::trackfind::hub_name::HubName;
use crate::vocabulary::{Meaning, Vocabulary, WordSequence};

/// Hubs and what each can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalog {
    /// The hubs, in the order in which they were given.
    pub hubs: Vec<HubCatalog>,
}

/// The attributes of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubCatalog {
    /// The name.
    pub name: HubName,
    /// How many tracks it has, if that is known.
    pub tracks: Option<usize>,
    /// Tracks that lack their experiment, sample or study: a search finds them only if it asks for them too.
    pub incomplete: usize,
    /// Its attributes that have a value, the most useful first.
    pub attributes: Vec<CatalogAttribute>,
}

/// An attribute and all values that it has in a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogAttribute {
    /// The category, in general one of a FAIRtracks document's; servers can have others.
    pub category: String,
    /// The keys below the category, joined by `->`.
    pub path: String,
    /// How many tracks have a value of it, where they were counted.
    pub tracks: Option<usize>,
    /// Whether a condition on the attribute finds its values: not those of objects in a list, for example.
    pub is_reachable: bool,
    /// The values, most tracks first, then by their text.
    pub values: Vec<CatalogValue>,
}

/// A value and how many tracks have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogValue {
    /// The value as text; may be empty.
    pub text: String,
    /// How many tracks have it, each counted once; none where they were not counted.
    pub tracks: Option<usize>,
}

/// The attributes that have a plain name, by the words in which a biologist asks, most asked first.
///
/// The form of a search offers the same list.
pub const NAMED: [(Category, &str, &str); 12] = [
    (Samples, "sample_type->summary", "Cell or tissue type"),
    (Experiments, "technique->term_label", "Assay"),
    (Experiments, "target->summary", "Target"),
    (Tracks, "assembly_name", "Genome assembly"),
    (Samples, "phenotype->term_label", "Phenotype"),
    (Samples, "species_name", "Species"),
    (
        Samples,
        "biospecimen_class->term_label",
        "Biospecimen class",
    ),
    (Tracks, "file_format->term_label", "File format"),
    (Tracks, "type_of_condensed_data", "Type of condensed data"),
    (Tracks, "geometric_track_type", "Geometric track type"),
    (Tracks, "label_long", "Track label"),
    (Studies, "study_name", "Study"),
];

use Category::{Experiments, Samples, Studies, Tracks};

/// Last keys, or their endings, of attributes that name one object or say where something is: of little use to
/// choose by.
const ADDRESSES: &str = "\
    _id _ids _ref _url _iri id url aggregated_from cs_hash doc_version doc_date e-mail file_name \
    label_long label_short orcid";

/// From how many values on an attribute that has another one for most tracks counts as a name of them.
const MANY_VALUES: usize = 10;

impl CatalogAttribute {
    /// The name of the attribute, `samples->sample_type->summary`.
    pub fn name(&self) -> String {
        format!("{}->{}", self.category, self.path)
    }

    /// The words in which a biologist asks for it, where there are some.
    pub fn plain_name(&self) -> Option<&'static str> {
        self.named().map(|place| NAMED[place].2)
    }

    fn named(&self) -> Option<usize> {
        NAMED
            .iter()
            .position(|(category, path, _)| category.name() == self.category && *path == self.path)
    }

    /// The attribute as a condition names it, if one can.
    pub fn as_condition(&self) -> Option<Attribute> {
        let attribute = Attribute::parse(&self.name()).ok()?;
        (self.is_reachable && attribute.to_string() == self.name()).then_some(attribute)
    }

    /// Whether each value belongs to one object or few, as ids, addresses and labels do.
    ///
    /// `tracks` is how many the hub has, if that is known.
    pub fn is_address(&self, tracks: Option<usize>) -> bool {
        let last = self.path.rsplit("->").next().unwrap_or_default();
        let is_one =
            |known: &str| last == known || (known.starts_with('_') && last.ends_with(known));
        let is_unique =
            |tracks: usize| self.values.len() > MANY_VALUES && self.values.len() * 2 > tracks;
        ADDRESSES.split(' ').any(is_one)
            || (self.named().is_none() && tracks.is_some_and(is_unique))
    }

    /// How many tracks have another value than the most frequent "value", which may be its absence. Without counts: 1 if there are
    /// two values, else 0.
    fn told_apart(&self, all: Option<usize>) -> usize {
        let largest = self.values.iter().filter_map(|value| value.tracks).max();
        match (all, self.tracks, largest) {
            (Some(all), Some(having), Some(largest)) => {
                all.saturating_sub(largest.max(all.saturating_sub(having)))
            }
            _ => usize::from(self.values.len() > 1),
        }
    }

    /// Puts the values in order.
    pub fn sort(&mut self) {
        self.values.sort_by(|a, b| {
            let by_count = b.tracks.cmp(&a.tracks);
            by_count.then_with(|| a.text.cmp(&b.text))
        });
    }
}

impl HubCatalog {
    /// Puts attributes and values in order: first those that have a plain name, then those that tell most tracks
    /// apart, last those that name single objects or few, those with few values before those with many.
    pub fn sort(&mut self) {
        for attribute in &mut self.attributes {
            attribute.sort();
        }
        let tracks = self.tracks;
        let place_of = |attribute: &CatalogAttribute| {
            let category = Category::ALL
                .iter()
                .position(|known| known.name() == attribute.category);
            let is_address = attribute.is_address(tracks);
            // Of addresses the broadest are the most useful.
            let (named, told_apart) = if is_address {
                (NAMED.len(), usize::from(attribute.values.len() > 1))
            } else {
                let named = attribute.named().unwrap_or(NAMED.len());
                (named, attribute.told_apart(tracks))
            };
            (
                is_address,
                named,
                Reverse(told_apart),
                attribute.values.len(),
                category.unwrap_or(Category::ALL.len()),
                attribute.name(),
            )
        };
        self.attributes.sort_by_cached_key(place_of);
    }

    /// The attribute of this category and path, if it has a value.
    pub fn attribute(&self, category: Category, path: &str) -> Option<&CatalogAttribute> {
        let is_it = |attribute: &&CatalogAttribute| {
            attribute.category == category.name() && attribute.path == path
        };
        self.attributes.iter().find(is_it)
    }
}

/// A filter of a catalog; empty texts and lists match everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogFilter {
    /// Part of the path of an attribute or of its plain name, in upper or lower case.
    pub attribute: String,
    /// Part of a value, in upper or lower case.
    pub value: String,
    /// The categories.
    pub categories: Vec<String>,
}

impl CatalogFilter {
    /// Whether all is wanted.
    pub fn is_everything(&self) -> bool {
        *self == CatalogFilter::default()
    }

    fn has_attribute(&self, attribute: &CatalogAttribute) -> bool {
        let wanted = folding::lower(&self.attribute);
        let holds = |text: &str| folding::lower(text).contains(&wanted);
        let in_category =
            self.categories.is_empty() || self.categories.contains(&attribute.category);
        let in_name = wanted.contains("->") && holds(&attribute.name());
        in_category
            && (in_name || holds(&attribute.path) || attribute.plain_name().is_some_and(holds))
    }
}

impl Catalog {
    /// The filtered catalog. All hubs are kept, possibly without attributes. A value is kept where the wanted text is a part
    /// of it, or a synonym or broader term.
    pub fn of(&self, wanted: &CatalogFilter, vocabulary: &Vocabulary) -> Catalog {
        // The value may be copied from a table.
        let texts = [&wanted.value, &tsv::unescape(&wanted.value)].map(|text| folding::lower(text));
        let has_text = |value: &CatalogValue| {
            let value = folding::lower(&value.text);
            texts.iter().any(|text| value.contains(text))
        };
        let only = |attribute: &CatalogAttribute| {
            let subject = attribute
                .as_condition()
                .and_then(|named| subject_of(&named));
            let subject = subject.filter(|_| !WordSequence::of(&wanted.value).is_empty());
            let meaning = subject.map(|one| Meaning::of(Some(one), &wanted.value, vocabulary));
            let is_meant = |value: &CatalogValue| {
                meaning
                    .as_ref()
                    .is_some_and(|meaning| meaning.matches(&value.text))
            };
            let values = attribute.values.iter();
            let values = values.filter(|value| has_text(value) || is_meant(value));
            let values: Vec<_> = values.cloned().collect();
            (!values.is_empty()).then(|| CatalogAttribute {
                values,
                ..attribute.clone()
            })
        };
        let hubs = self.hubs.iter().map(|hub| HubCatalog {
            attributes: hub
                .attributes
                .iter()
                .filter(|attribute| wanted.has_attribute(attribute))
                .filter_map(only)
                .collect(),
            name: hub.name.clone(),
            ..*hub
        });
        Catalog {
            hubs: hubs.collect(),
        }
    }

    /// How many values it has.
    pub fn rows(&self) -> usize {
        let attributes = self.hubs.iter().flat_map(|hub| &hub.attributes);
        attributes.map(|attribute| attribute.values.len()).sum()
    }
}

#[cfg(test)]
mod tests;
