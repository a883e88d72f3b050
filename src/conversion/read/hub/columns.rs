//! Values of tracks by title become a sheet, with the most trusted columns first.

use std::collections::HashMap;

use crate::conversion::sheet::SheetCell;

/// Where a value is from, the most trusted first; its word goes before the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ValueOrigin {
    Track,
    Hub,
    Genome,
    TrackDb,
    Metadata,
    Meta,
    Facets,
    SubGroups,
}

impl ValueOrigin {
    fn word(self) -> &'static str {
        match self {
            ValueOrigin::Track => "track",
            ValueOrigin::Hub => "hub",
            ValueOrigin::Genome => "genome",
            ValueOrigin::TrackDb => "trackDb",
            ValueOrigin::Metadata => "metadata",
            ValueOrigin::Meta => "meta",
            ValueOrigin::Facets => "facets",
            ValueOrigin::SubGroups => "subGroups",
        }
    }
}

/// A value with its column.
pub(super) type PlacedValue = (usize, SheetCell);

/// The columns of all tracks, in the order of their first values.
#[derive(Debug, Default)]
pub(super) struct ValueColumns {
    places: HashMap<ValueOrigin, HashMap<String, usize>>,
    columns: Vec<(ValueOrigin, String)>,
}

impl ValueColumns {
    /// The column of a title.
    pub fn place(&mut self, origin: ValueOrigin, title: &str) -> usize {
        let places = self.places.entry(origin).or_default();
        if let Some(place) = places.get(title) {
            return *place;
        }
        let place = self.columns.len();
        places.insert(title.to_owned(), place);
        self.columns.push((origin, title.to_owned()));
        place
    }

    /// As many columns as there are.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// The titles in the order of trust, and the new place of each column.
    pub fn sorted(&self) -> (Vec<String>, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|column| self.columns[*column].0);
        let mut new_places = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            new_places[*old] = new;
        }
        let titles = order.iter().map(|column| {
            let (origin, title) = &self.columns[*column];
            format!("{}.{title}", origin.word())
        });
        (titles.collect(), new_places)
    }
}

/// A row of as many cells as there are columns, of values in any order.
pub(super) fn row(values: Vec<PlacedValue>, new_places: &[usize]) -> Vec<SheetCell> {
    let mut cells = vec![SheetCell::Text(String::new()); new_places.len()];
    for (place, cell) in values {
        cells[new_places[place]] = cell;
    }
    cells
}
