//! The fifteen geometric track types of GSuite, those of FAIRtracks in lower case.

/// The properties of a type: gaps between elements, lengths, values and links.
type Traits = [bool; 4];

const TYPES: [(&str, Traits); 15] = [
    ("points", [true, false, false, false]),
    ("valued points", [true, false, true, false]),
    ("segments", [true, true, false, false]),
    ("valued segments", [true, true, true, false]),
    ("genome partition", [false, true, false, false]),
    ("step function", [false, true, true, false]),
    ("function", [false, false, true, false]),
    ("linked points", [true, false, false, true]),
    ("linked valued points", [true, false, true, true]),
    ("linked segments", [true, true, false, true]),
    ("linked valued segments", [true, true, true, true]),
    ("linked genome partition", [false, true, false, true]),
    ("linked step function", [false, true, true, true]),
    ("linked function", [false, false, true, true]),
    ("linked base pairs", [false, false, false, true]),
];

/// The names of the types.
pub const NAMES: &[&str] = &{
    let mut names = [""; TYPES.len()];
    let mut number = 0;
    while number < names.len() {
        names[number] = TYPES[number].0;
        number += 1;
    }
    names
};

/// The GSuite name of a FAIRtracks `geometric_track_type`, or `unknown`.
pub fn name(geometric_track_type: &str) -> &'static str {
    let lower = geometric_track_type.to_lowercase();
    TYPES
        .iter()
        .find(|(name, _)| *name == lower)
        .map_or("unknown", |(name, _)| name)
}

/// The one type for several tracks: what they share, the simplest that describes them all, or `multiple`.
pub fn summary(kinds: &[&str]) -> &'static str {
    let traits: Option<Vec<Traits>> = kinds
        .iter()
        .map(|kind| {
            TYPES
                .iter()
                .find(|(name, _)| name == kind)
                .map(|(_, traits)| *traits)
        })
        .collect();
    let Some((first, rest)) = traits.as_deref().and_then(<[Traits]>::split_first) else {
        return "unknown";
    };
    let shared = rest
        .iter()
        .try_fold(*first, |[gaps, lengths, values, links], other| {
            (gaps == other[0] && lengths == other[1]).then_some([
                gaps,
                lengths,
                values && other[2],
                links && other[3],
            ])
        });
    shared
        .and_then(|shared| TYPES.iter().find(|(_, traits)| *traits == shared))
        .map_or("multiple", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_simplest_type_for_all() {
        assert_eq!(summary(&[]), "unknown");
        assert_eq!(summary(&["segments", "segments"]), "segments");
        assert_eq!(summary(&["valued segments", "linked segments"]), "segments");
        assert_eq!(summary(&["segments", "step function"]), "multiple");
        assert_eq!(summary(&["function", "linked base pairs"]), "multiple");
        assert_eq!(summary(&["segments", "unknown"]), "unknown");
    }

    #[test]
    fn knows_the_names_of_the_standard() {
        assert_eq!(name("Linked valued points"), "linked valued points");
        assert_eq!(name("Blobs"), "unknown");
    }
}
