//! What the actions of other programs derive from other data.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ro_crate::Crate;
use crate::ro_crate::entities::{CreateAction, EntityId};

/// How many inputs are looked at for all files of a crate. The first inputs of further files are unknown, so that a workflow that
/// made thousands of files of thousands of others is read in little time and memory.
const MOST_LOOKED_AT: usize = 500_000;

/// The actions of other programs that made data of data.
pub(super) struct Derivation<'c> {
    /// The data that each action read.
    inputs: Vec<Vec<&'c str>>,
    /// The actions, by what they made.
    makers: HashMap<&'c str, Vec<usize>>,
    looked_at: Cell<usize>,
}

impl<'c> Derivation<'c> {
    /// Looks through the actions of a crate.
    pub fn of(metadata: &'c Crate) -> Self {
        let mut derivation = Derivation {
            inputs: Vec::new(),
            makers: HashMap::new(),
            looked_at: Cell::new(0),
        };
        for entity in metadata.entities() {
            let action: CreateAction<&str> = entity.read();
            // The actions of this suite say by their ids what they do.
            if action.result.is_none() || EntityId::of(&entity.id).is_some() {
                continue;
            }
            let is_data = |object: &&str| {
                let entity = metadata.get(object);
                entity.is_some_and(|entity| entity.is("File") || entity.is("Dataset"))
            };
            let results: HashSet<&str> = action.result.ids().collect();
            let inputs = action.object.ids().filter(is_data);
            let inputs: Vec<&str> = inputs.filter(|input| !results.contains(input)).collect();
            // What was made of nothing but parameters, such as a download, may be a source.
            if inputs.is_empty() {
                continue;
            }
            for result in results {
                let makers = derivation.makers.entry(result).or_default();
                makers.push(derivation.inputs.len());
            }
            derivation.inputs.push(inputs);
        }
        derivation
    }

    /// Whether a file was made of other data.
    pub fn is_derived(&self, id: &str) -> bool {
        self.makers.contains_key(id)
    }

    /// The data at the beginning of the actions that lead to a file, as far as the crate has them among its `own` files; sorted.
    /// None where the crate has too many.
    pub fn first_inputs(&self, id: &'c str, own: &HashSet<&str>) -> Vec<&'c str> {
        let mut seen: HashSet<&str> = HashSet::from([id]);
        let mut run: HashSet<usize> = HashSet::new();
        let mut next: Vec<&str> = vec![id];
        let mut first: BTreeSet<&str> = BTreeSet::new();
        while let Some(file) = next.pop() {
            let Some(makers) = self.makers.get(file) else {
                if own.contains(file) {
                    first.insert(file);
                }
                continue;
            };
            for maker in makers.iter().filter(|maker| run.insert(**maker)) {
                let inputs = &self.inputs[*maker];
                self.looked_at.set(self.looked_at.get() + inputs.len());
                if self.looked_at.get() > MOST_LOOKED_AT {
                    return Vec::new();
                }
                let new = inputs.iter().copied().filter(|input| seen.insert(input));
                next.extend(new);
            }
        }
        first.into_iter().collect()
    }
}
