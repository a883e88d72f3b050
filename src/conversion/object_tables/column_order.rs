//! The order of the columns of objects: that of the standard, then other members by their keys.

use std::collections::HashMap;

use crate::fairtracks::category::Category;
use crate::fairtracks::standard_fields::STANDARD_FIELDS;

/// The order of the columns of a table.
pub(super) struct ColumnOrder {
    /// The places of the paths of the standard and of the objects above them.
    places: HashMap<&'static str, usize>,
}

impl ColumnOrder {
    /// The order of the columns of the objects of a category, by its name; of any other table by keys alone.
    pub(super) fn of(table: &str) -> Self {
        let mut places = HashMap::new();
        let category = Category::named(table);
        let all = STANDARD_FIELDS.iter();
        let fields = all.filter(|(of, _)| Some(*of) == category);
        for field in fields.flat_map(|(_, fields)| fields.iter()) {
            let ends = field.match_indices('.').map(|(end, _)| end);
            for end in ends.chain([field.len()]) {
                let next = places.len();
                places.entry(&field[..end]).or_insert(next);
            }
        }
        ColumnOrder { places }
    }

    /// What a title is sorted by: at each level its place in the standard, then its key.
    pub(super) fn place(&self, title: &str) -> Vec<(usize, String)> {
        let ends = title.match_indices('.').map(|(end, _)| end);
        let levels = ends.chain([title.len()]).map(|end| {
            let path = &title[..end];
            let place = self.places.get(path).copied().unwrap_or(usize::MAX);
            (place, path.to_owned())
        });
        levels.collect()
    }
}
