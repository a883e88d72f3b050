//! The fields that options and edits can name: those of the standard, those that rules fill, and those that the source has.

use std::collections::BTreeSet;

use super::field_path::FieldPath;
use super::rules::ConversionRules;
use super::sheet::Sheet;
use crate::fairtracks::category::Category;
use crate::fairtracks::standard_fields::STANDARD_FIELDS;
use crate::query::nearest::nearest;
use crate::text::folding::folded_title;

/// The fields that options and edits can name.
#[derive(Debug, Clone, Default)]
pub struct KnownFields {
    fields: BTreeSet<FieldPath>,
    /// Fields that rules read from one text, also where several fields are below, as those of a term.
    of_one_text: BTreeSet<FieldPath>,
    /// Words for fields in titles, folded, with the field.
    words: Vec<(String, FieldPath)>,
}

/// Fields that a conversion states anew.
const STATED: [&str; 2] = ["doc_info.doc_version", "doc_info.doc_date"];

impl KnownFields {
    /// The fields of the standard and of some rules.
    pub fn of(rules: &ConversionRules) -> Self {
        let mut known = KnownFields::default();
        for (category, fields) in STANDARD_FIELDS {
            for field in fields {
                known
                    .fields
                    .extend(FieldPath::parse(&format!("{category}.{field}")));
            }
        }
        for rule in &rules.fields {
            known.fields.insert(rule.target.clone());
            known.of_one_text.insert(rule.target.clone());
            if let Some((value, label)) = rule.value.members() {
                known
                    .fields
                    .extend([value, label].map(|key| rule.target.member(key)));
            }
            let titles = rule.titles.iter().filter(|_| !rule.is_fallback);
            known
                .words
                .extend(titles.map(|title| (title.clone(), rule.target.clone())));
        }
        known
            .fields
            .extend(rules.implied.iter().map(|rule| rule.target.clone()));
        known
    }

    /// Adds the fields that titles of sheets name; `is_of_document` is for the tables of a document, whose titles have no category.
    pub fn add_titles(&mut self, sheets: &[Sheet], is_of_document: bool) {
        for sheet in sheets {
            for title in &sheet.titles {
                let category = sheet.category.filter(|_| is_of_document);
                self.fields.extend(match category {
                    Some(category) => FieldPath::parse(&format!("{category}.{title}")),
                    None => FieldPath::parse(title),
                });
            }
        }
    }

    /// The field that a text names. Upper and lower case and punctuation do not matter.
    ///
    /// # Errors
    /// The text names none, with the known field that is nearest.
    pub fn field(&self, text: &str) -> Result<FieldPath, String> {
        self.known(text, false)
    }

    /// As [`KnownFields::field`], or an object of several fields, which can be removed as a whole.
    ///
    /// # Errors
    /// The text names none, with the known field that is nearest.
    pub fn removed(&self, text: &str) -> Result<FieldPath, String> {
        self.known(text, true)
    }

    /// Values for all records by the names that their fields have.
    ///
    /// # Errors
    /// The first text that names no field, or the first field with two values.
    pub fn values(&self, values: Vec<(String, String)>) -> Result<Vec<(String, String)>, String> {
        let mut named: Vec<(String, String)> = Vec::with_capacity(values.len());
        for (text, value) in values {
            let field = self.field(&text)?.to_string();
            if let Some((_, first)) = named.iter().find(|(known, _)| *known == field) {
                return Err(format!(
                    "found `{first}` and `{value}` for `{field}`, expected one value"
                ));
            }
            named.push((field, value));
        }
        Ok(named)
    }

    fn known(&self, text: &str, is_object_known: bool) -> Result<FieldPath, String> {
        let found = format!("found the field `{text}`");
        let meant = self.meant(text);
        let Some(path) = FieldPath::parse(text) else {
            let hint = meant
                .map(|path| format!(": did you mean `{path}`?"))
                .unwrap_or_default();
            return Err(format!(
                "{found}, expected a category and a field, such as `samples.species_id`{hint}"
            ));
        };
        if STATED.contains(&path.to_string().as_str()) {
            return Err(format!(
                "{found}, expected another field: the conversion states it itself"
            ));
        }
        let is_below = |known: &&FieldPath| is_within(known, &path);
        let below: Vec<String> = self
            .fields
            .iter()
            .filter(is_below)
            .map(FieldPath::to_string)
            .collect();
        let is_object = !below.is_empty() && !self.of_one_text.contains(&path);
        if is_object && !is_object_known {
            // Details hold any text.
            let details = below.iter().find(|field| field.ends_with("details"));
            let example = details.unwrap_or(&below[0]);
            return Err(format!(
                "{found}, expected a field of it, such as `{example}`"
            ));
        }
        if is_object || self.fields.contains(&path) {
            return Ok(path);
        }
        let folded = folded_title(&path.to_string());
        let mut all = self.fields.iter();
        if let Some(known) = all.find(|known| folded_title(&known.to_string()) == folded) {
            return Ok(known.clone());
        }
        if let Some(meant) = meant {
            return Err(format!(
                "{found}, which is unknown: did you mean `{meant}`?"
            ));
        }
        let expected = self.beside(&path).join(", ");
        Err(format!("{found}, expected one of {expected}"))
    }

    /// The known fields of the deepest object on the way to a field that has some.
    fn beside(&self, path: &FieldPath) -> Vec<String> {
        let mut above = path.clone();
        loop {
            above.keys.pop();
            let fields = self.fields.iter().filter(|known| is_within(known, &above));
            let fields: Vec<String> = fields.map(FieldPath::to_string).collect();
            if !fields.is_empty() || above.keys.is_empty() {
                return fields;
            }
        }
    }

    /// The known field that a text most likely means: by its words in titles, by its last keys, or by its letters.
    fn meant(&self, text: &str) -> Option<FieldPath> {
        let path = FieldPath::parse(text);
        let category: Option<Category> = path.as_ref().map(|path| path.category);
        let fits = |known: &FieldPath| category.is_none_or(|it| it == known.category);
        let within = path.map_or_else(|| text.to_owned(), |path| path.within());
        let folded = folded_title(&within);
        let mut by_word = self.words.iter();
        if let Some((_, field)) = by_word.find(|(word, field)| *word == folded && fits(field)) {
            return Some(field.clone());
        }
        let mut by_key = self.fields.iter().filter(|known| fits(known));
        let ends = |known: &&FieldPath| {
            known
                .keys
                .last()
                .is_some_and(|key| folded_title(key) == folded)
                || folded_title(&known.within()) == folded
        };
        if category.is_none()
            && let Some(field) = by_key.find(ends)
        {
            return Some(field.clone());
        }
        let all: Vec<String> = self.fields.iter().map(FieldPath::to_string).collect();
        nearest(text, all.iter().map(String::as_str)).and_then(FieldPath::parse)
    }
}

/// Whether a field is below another one.
fn is_within(field: &FieldPath, above: &FieldPath) -> bool {
    field.category == above.category
        && field.keys.len() > above.keys.len()
        && field.keys.starts_with(&above.keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion::metadata_source::MetadataSource;
    use crate::conversion::terms::TermTables;

    #[test]
    fn an_unknown_field_is_named_with_the_known_one_that_it_means() {
        let terms = TermTables::built_in().unwrap();
        let rules = ConversionRules::of_source(MetadataSource::Table, &terms).unwrap();
        let known = KnownFields::of(&rules);
        for (text, meant) in [
            ("tracks.asembly_name", "tracks.assembly_name"),
            (
                "collection_info.contact.email",
                "collection_info.contact.e-mail",
            ),
            ("collection_info.shortname", "collection_info.short_name"),
            ("tracks.assembly", "tracks.assembly_name"),
            ("assembly_name", "tracks.assembly_name"),
            ("phenotype", "samples.phenotype"),
        ] {
            let problem = known.field(text).unwrap_err();
            assert!(
                problem.starts_with(&format!("found the field `{text}`")),
                "{problem}"
            );
            assert!(
                problem.ends_with(&format!(": did you mean `{meant}`?")),
                "{problem}"
            );
        }
        let problem = known.field("experiments.target.foo").unwrap_err();
        assert!(
            problem.contains("expected one of experiments.target.gene_id, "),
            "{problem}"
        );
        let problem = known.field("doc_info.doc_version").unwrap_err();
        assert!(
            problem.ends_with("the conversion states it itself"),
            "{problem}"
        );
        for (object, example) in [
            ("experiments.target", "experiments.target.target_details"),
            ("studies.contact", "studies.contact.e-mail"),
        ] {
            let problem = known.field(object).unwrap_err();
            assert_eq!(
                problem,
                format!("found the field `{object}`, expected a field of it, such as `{example}`")
            );
            assert!(known.removed(object).is_ok());
        }
        for term in ["samples.phenotype", "tracks.checksum"] {
            assert!(known.field(term).is_ok(), "{term}");
        }
    }

    #[test]
    fn a_field_has_one_value_for_all_records() {
        let terms = TermTables::built_in().unwrap();
        let rules = ConversionRules::of_source(MetadataSource::Table, &terms).unwrap();
        let known = KnownFields::of(&rules);
        let values = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
            known.values(pairs.collect())
        };
        let assembly = ("tracks.assembly_name", "hg38");
        assert_eq!(
            values(&[assembly, ("tracks.Assembly_Name", "mm10")]),
            Err(
                "found `hg38` and `mm10` for `tracks.assembly_name`, expected one value".to_owned()
            )
        );
        assert_eq!(
            values(&[assembly, ("samples.species_id", "human")])
                .unwrap()
                .len(),
            2
        );
    }

    #[test]
    fn fields_of_the_standard_and_of_rules_are_known() {
        let terms = TermTables::built_in().unwrap();
        for kind in MetadataSource::ALL {
            let rules = ConversionRules::of_source(kind, &terms).unwrap();
            let known = KnownFields::of(&rules);
            for rule in &rules.fields {
                assert_eq!(
                    known.field(&rule.target.to_string()).as_ref(),
                    Ok(&rule.target)
                );
            }
        }
        let rules = "name = \"x\"\nversion = \"1\"\n[[field]]\ntarget = \"tracks.freezer\"\n";
        let rules = ConversionRules::read(rules, &terms).unwrap();
        assert!(KnownFields::of(&rules).field("tracks.freezer").is_ok());
        assert!(
            KnownFields::of(&rules)
                .field("samples.species_name")
                .is_ok()
        );
    }
}
