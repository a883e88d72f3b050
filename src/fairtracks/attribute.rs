//! The address of an attribute: a category and a path of keys.

use std::fmt;

use super::category::Category;

/// An attribute of a category, such as `samples->sample_type->summary`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// The category that has it.
    pub category: Category,
    /// The keys that lead to it; never empty.
    pub path: Vec<String>,
}

impl Attribute {
    /// Reads an attribute as people write it: `samples->sample_type->summary`, the form of the column titles of
    /// the table of hits, or `samples.content->'sample_type'->'summary'`, the form of queries.
    ///
    /// # Errors
    /// A sentence that says what is wrong and how an attribute is written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = "expected one such as samples->sample_type->summary";
        let mut parts = text
            .trim()
            .split("->")
            .map(|part| part.strip_prefix('>').unwrap_or(part).trim());
        let first = parts.next().unwrap_or_default();
        let name = first.strip_suffix(".content").unwrap_or(first);
        let category = Category::named(name).ok_or_else(|| {
            let names = Category::ALL.map(Category::name).join(", ");
            format!("found the attribute `{text}`, {expected}: it starts with one of {names}")
        })?;
        let path: Vec<String> = parts.map(unquoted).collect();
        if path.is_empty() || path.iter().any(String::is_empty) {
            return Err(format!("found the attribute `{text}`, {expected}"));
        }
        Ok(Attribute { category, path })
    }
}

/// A key without the single quotes that queries put around it.
fn unquoted(key: &str) -> String {
    match key
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        Some(inner) => inner.replace("''", "'"),
        None => key.to_owned(),
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}->{}", self.category, self.path.join("->"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_spellings() {
        let expected = Attribute {
            category: Category::Samples,
            path: vec!["sample_type".into(), "summary".into()],
        };
        for text in [
            "samples->sample_type->summary",
            " samples -> sample_type -> summary ",
            "samples.content->'sample_type'->'summary'",
            "samples.content->'sample_type'->>'summary'",
        ] {
            assert_eq!(Attribute::parse(text), Ok(expected.clone()), "{text}");
        }
        assert_eq!(expected.to_string(), "samples->sample_type->summary");
    }

    #[test]
    fn refuses_what_leads_nowhere() {
        #[rustfmt::skip]
        let cases = [
            "", "samples", "samples->", "sample->x", "samples->->x", "sample_type->summary",
        ];
        for text in cases {
            assert!(Attribute::parse(text).is_err(), "{text}");
        }
    }
}
