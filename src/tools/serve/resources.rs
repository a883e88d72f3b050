//! Resources that requests use.

/// Amounts of each resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resources {
    /// Searches that run at a time.
    pub searches: usize,
    /// Passes over the attributes of hubs that run at a time.
    pub lookups: usize,
    /// Bytes of memory: of work, and of answers on their way to clients.
    pub bytes: usize,
}

impl Resources {
    /// So many bytes and nothing else.
    pub fn of_bytes(bytes: usize) -> Self {
        Resources {
            bytes,
            ..Resources::default()
        }
    }

    /// Combines each amount with that of another.
    pub fn each(self, other: Self, combine: impl Fn(usize, usize) -> usize) -> Self {
        Resources {
            searches: combine(self.searches, other.searches),
            lookups: combine(self.lookups, other.lookups),
            bytes: combine(self.bytes, other.bytes),
        }
    }

    pub fn plus(self, other: Self) -> Self {
        self.each(other, usize::saturating_add)
    }

    pub fn minus(self, other: Self) -> Self {
        self.each(other, usize::saturating_sub)
    }

    /// Whether nothing is left.
    pub fn fits(self, limit: Self) -> bool {
        self.searches <= limit.searches
            && self.lookups <= limit.lookups
            && self.bytes <= limit.bytes
    }
}
