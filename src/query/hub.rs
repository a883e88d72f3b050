//! Which objects a query sees together: the categories of a hub and the references that join them.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::jsonb;
use crate::model::category::Category;
use crate::model::document::Document;

/// "Objects of `from` name an object of `to` by its `to_attribute`": the join that TrackFind adds to each query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The category that holds the reference.
    pub from: String,
    /// Its attribute that names the other object.
    pub from_attribute: String,
    /// The category that is named.
    pub to: String,
    /// The attribute by which it is named.
    pub to_attribute: String,
}

impl Reference {
    /// The reference from `from->from_attribute` to `to->to_attribute`.
    pub fn new(from: &str, from_attribute: &str, to: &str, to_attribute: &str) -> Self {
        let [from, from_attribute, to, to_attribute] =
            [from, from_attribute, to, to_attribute].map(str::to_owned);
        Reference {
            from,
            from_attribute,
            to,
            to_attribute,
        }
    }
}

/// The objects that can be searched, by category.
#[derive(Debug, Clone, Default)]
pub struct Hub<'d> {
    names: Vec<String>,
    objects: Vec<Vec<&'d Json>>,
    references: Vec<Reference>,
}

/// A combination of objects, one of each category, as positions in [`Hub::objects`].
pub type Combination = Vec<usize>;

impl<'d> Hub<'d> {
    /// A document as TrackFind stores it: its four lists and its two single objects, joined by the references of
    /// the standard. The two single objects belong to every row, whatever `collection_ref` says, as there is
    /// only one of each.
    pub fn of(document: &'d Document) -> Self {
        let categories =
            Category::ALL.map(|category| (category.name().to_owned(), document.objects(category)));
        let references = vec![
            Reference::new("tracks", "experiment_ref", "experiments", "local_id"),
            Reference::new("experiments", "sample_ref", "samples", "local_id"),
            Reference::new("experiments", "study_ref", "studies", "local_id"),
        ];
        Hub::new(categories.into(), references)
    }

    /// A hub of these categories, each with its objects, joined by these references.
    ///
    /// Combinations come in the order of the first category, so it should be the one that is searched for.
    pub fn new(categories: Vec<(String, Vec<&'d Json>)>, references: Vec<Reference>) -> Self {
        let (names, objects) = categories.into_iter().unzip();
        Hub {
            names,
            objects,
            references,
        }
    }

    /// The names of the categories, in the order of a row.
    pub fn categories(&self) -> &[String] {
        &self.names
    }

    /// The objects of the category at `place`.
    pub fn objects(&self, place: usize) -> &[&'d Json] {
        &self.objects[place]
    }

    /// The objects of a combination, as a query takes them.
    pub fn row(&self, combination: &[usize]) -> Vec<&'d Json> {
        combination
            .iter()
            .zip(&self.objects)
            .map(|(&at, objects)| objects[at])
            .collect()
    }

    /// All combinations that the references allow: TrackFind's implicit inner joins.
    ///
    /// Two values join if they are equal as `jsonb`; a missing one never does. Categories that no reference
    /// connects are combined each with each.
    pub fn combinations(&self) -> Vec<Combination> {
        let mut combinations = vec![Vec::new()];
        for place in 0..self.names.len() {
            combinations = self.extended(combinations, place);
        }
        combinations
    }

    /// Combinations of one category more.
    fn extended(&self, combinations: Vec<Combination>, place: usize) -> Vec<Combination> {
        let conditions = self.conditions_with_earlier(place);
        let Some((first, others)) = conditions.split_first() else {
            let every = |c: Combination| {
                (0..self.objects[place].len())
                    .map(move |at| c.iter().copied().chain([at]).collect::<Combination>())
            };
            return combinations.into_iter().flat_map(every).collect();
        };
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, object) in self.objects[place].iter().enumerate() {
            if let Some(key) = object.get(first.attribute).map(jsonb::identity) {
                index.entry(key).or_default().push(at);
            }
        }
        let key_of = |combination: &Combination, condition: &Condition<'_>| {
            self.objects[condition.earlier][combination[condition.earlier]]
                .get(condition.earlier_attribute)
                .map(jsonb::identity)
        };
        let mut extended = Vec::new();
        for combination in combinations {
            let Some(matching) = key_of(&combination, first).and_then(|key| index.get(&key)) else {
                continue;
            };
            for &at in matching {
                let agrees = |condition: &Condition<'_>| {
                    let here = self.objects[place][at]
                        .get(condition.attribute)
                        .map(jsonb::identity);
                    here.is_some() && here == key_of(&combination, condition)
                };
                if others.iter().all(agrees) {
                    extended.push(combination.iter().copied().chain([at]).collect());
                }
            }
        }
        extended
    }

    /// The references between the category at `place` and those before it.
    fn conditions_with_earlier(&self, place: usize) -> Vec<Condition<'_>> {
        let position = |name: &str| self.names.iter().position(|known| known == name);
        self.references
            .iter()
            .filter_map(|reference| {
                let (from, to) = (position(&reference.from)?, position(&reference.to)?);
                let (earlier, earlier_attribute, attribute) = if from == place && to < place {
                    (to, &reference.to_attribute, &reference.from_attribute)
                } else if to == place && from < place {
                    (from, &reference.from_attribute, &reference.to_attribute)
                } else {
                    return None;
                };
                Some(Condition {
                    earlier,
                    earlier_attribute,
                    attribute,
                })
            })
            .collect()
    }
}

/// "This attribute equals that attribute of an earlier category."
struct Condition<'h> {
    earlier: usize,
    earlier_attribute: &'h str,
    attribute: &'h str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hub<'d>(tracks: &'d [Json], experiments: &'d [Json], document: &'d [Json]) -> Hub<'d> {
        let all = |objects: &'d [Json]| objects.iter().collect();
        Hub::new(
            vec![
                ("tracks".to_owned(), all(tracks)),
                ("experiments".to_owned(), all(experiments)),
                ("doc_info".to_owned(), all(document)),
            ],
            vec![Reference::new(
                "tracks",
                "experiment_ref",
                "experiments",
                "local_id",
            )],
        )
    }

    #[test]
    fn joins_by_value_and_type_and_drops_what_has_no_partner() {
        let tracks = [
            json!({"experiment_ref": "1"}),
            json!({"experiment_ref": 1}),
            json!({"experiment_ref": ["1"]}),
            json!({}),
        ];
        let experiments = [json!({"local_id": "1"})];
        let document = [json!({})];
        assert_eq!(
            hub(&tracks, &experiments, &document).combinations(),
            [[0, 0, 0]]
        );
    }

    #[test]
    fn duplicate_ids_multiply_rows() {
        let tracks = [json!({"experiment_ref": "1"})];
        let experiments = [json!({"local_id": "1"}), json!({"local_id": "1"})];
        let document = [json!({})];
        assert_eq!(
            hub(&tracks, &experiments, &document).combinations().len(),
            2
        );
    }

    #[test]
    fn a_category_without_objects_leaves_no_row() {
        let tracks = [json!({"experiment_ref": "1"})];
        let experiments = [json!({"local_id": "1"})];
        assert!(hub(&tracks, &experiments, &[]).combinations().is_empty());
    }

    #[test]
    fn joins_whichever_side_comes_first() {
        let (studies, experiments) = (
            [json!({"local_id": "s"})],
            [json!({"study_ref": "s"}), json!({"study_ref": "t"})],
        );
        let categories = vec![
            ("studies".to_owned(), studies.iter().collect()),
            ("experiments".to_owned(), experiments.iter().collect()),
        ];
        let references = vec![Reference::new(
            "experiments",
            "study_ref",
            "studies",
            "local_id",
        )];
        assert_eq!(Hub::new(categories, references).combinations(), [[0, 0]]);
    }
}
