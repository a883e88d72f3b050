//! The columns of the table of hits.

use crate::fairtracks::attribute::Attribute;

/// The columns of the table of hits behind the ten that always come first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HitColumns {
    /// No others.
    #[default]
    Ten,
    /// Every other attribute found, sorted by its path.
    All,
    /// These attributes, in this order.
    Chosen(Vec<Attribute>),
}

impl HitColumns {
    /// Reads `ten`, `all`, or paths separated by commas or line breaks.
    ///
    /// # Errors
    /// A sentence about the first path that names no attribute, or about an empty list.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "ten" => Ok(HitColumns::Ten),
            "all" => Ok(HitColumns::All),
            list => HitColumns::chosen(list),
        }
    }

    /// Reads paths separated by commas or line breaks.
    ///
    /// # Errors
    /// Those of [`HitColumns::parse`].
    pub fn chosen(list: &str) -> Result<Self, String> {
        let mut attributes = Vec::new();
        let paths = list.split([',', '\n']).map(str::trim);
        for path in paths.filter(|path| !path.is_empty()) {
            let attribute = Attribute::parse(path)?;
            if !attributes.contains(&attribute) {
                attributes.push(attribute);
            }
        }
        if attributes.is_empty() {
            return Err(
                "found no attribute, expected paths such as samples->species_name".to_owned(),
            );
        }
        Ok(HitColumns::Chosen(attributes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_separated_by_commas_or_lines_and_count_once() {
        let expected = ["samples->species_name", "tracks->checksum->cs_method"]
            .map(|path| Attribute::parse(path).unwrap());
        for text in [
            "samples->species_name,tracks->checksum->cs_method",
            "samples->species_name\r\n\ntracks->checksum->cs_method\nsamples->species_name",
        ] {
            let expected = HitColumns::Chosen(expected.to_vec());
            assert_eq!(HitColumns::parse(text), Ok(expected), "{text:?}");
        }
        assert_eq!(HitColumns::parse(" all\n"), Ok(HitColumns::All));
        assert_eq!(HitColumns::parse("ten"), Ok(HitColumns::Ten));
    }

    #[test]
    fn a_list_without_a_path_and_a_path_without_a_category_are_refused() {
        let empty = HitColumns::parse(" , \n").unwrap_err();
        assert!(empty.starts_with("found no attribute, expected"), "{empty}");
        let unknown = HitColumns::parse("samples->species_name,donor").unwrap_err();
        assert!(
            unknown.starts_with("found the attribute `donor`"),
            "{unknown}"
        );
    }
}
