//! Rows of the log that are one row once they are many.

/// As many alike values have rows of their own; more are one row.
pub(super) const MOST_ALIKE: usize = 20;

/// Alike rows of one field.
#[derive(Debug, Clone, Default)]
pub(super) struct AlikeRows {
    /// Their places in the log; the first alone once they are many.
    places: Vec<usize>,
    is_one: bool,
}

impl AlikeRows {
    /// The row that counts all, once they are many.
    pub fn only(&self) -> Option<usize> {
        let first = self.places.first().copied();
        first.filter(|_| self.is_one)
    }

    /// Adds a row; returns the places of all where these are to be one from now on.
    pub fn add(&mut self, place: usize) -> Vec<usize> {
        self.places.push(place);
        if self.places.len() <= MOST_ALIKE {
            return Vec::new();
        }
        self.is_one = true;
        let all = self.places.clone();
        self.places.truncate(1);
        all
    }
}
