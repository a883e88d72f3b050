//! The texts of the Galaxy form: the collection, and values for all records.

use serde::Deserialize;

/// The parameters of the form that hold texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ConvertForm {
    #[serde(default)]
    task: TaskForm,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct TaskForm {
    #[serde(default)]
    source: SourceForm,
    #[serde(default)]
    collection: CollectionForm,
    #[serde(default)]
    values: Vec<ValueForm>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct SourceForm {
    url: Option<String>,
    /// Words or an accession, or a URL in their place.
    query: Option<String>,
    base_url: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct CollectionForm {
    short_name: Option<String>,
    long_name: Option<String>,
    source_repo_url: Option<String>,
    contact_name: Option<String>,
    contact_email: Option<String>,
    contact_orcid: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct ValueForm {
    field: String,
    value: String,
}

fn filled(text: &Option<String>) -> Option<String> {
    let text = text.as_deref().unwrap_or_default().trim();
    (!text.is_empty()).then(|| text.to_owned())
}

impl ConvertForm {
    /// The URL of the source, if the form has one.
    pub fn url(&self) -> Option<String> {
        let SourceForm { url, query, .. } = &self.task.source;
        filled(url).or_else(|| filled(query).filter(|text| text.contains("://")))
    }

    /// The words or the accession to search for, if the form has some.
    pub fn query(&self) -> Option<String> {
        filled(&self.task.source.query).filter(|text| !text.contains("://"))
    }

    /// The URL of the folder where own files are published, if the form has one.
    pub fn base_url(&self) -> Option<String> {
        filled(&self.task.source.base_url)
    }

    /// The values for all records: the field and the value of each; empty fields of the form are left out.
    pub fn values(&self) -> Vec<(String, String)> {
        let CollectionForm {
            short_name,
            long_name,
            source_repo_url,
            contact_name,
            contact_email,
            contact_orcid,
        } = &self.task.collection;
        let collection = [
            ("short_name", short_name),
            ("long_name", long_name),
            ("source_repo_url", source_repo_url),
            ("contact.name", contact_name),
            ("contact.e-mail", contact_email),
            ("contact.orcid", contact_orcid),
        ];
        let collection = collection.into_iter().map(|(field, value)| {
            let value = value.as_deref().unwrap_or_default();
            (format!("collection_info.{field}"), value.trim().to_owned())
        });
        let values = self.task.values.iter();
        let values =
            values.map(|form| (form.field.trim().to_owned(), form.value.trim().to_owned()));
        collection
            .chain(values)
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_of_the_form_are_no_values() {
        let json = r#"{"task": {"kind": "convert", "collection": {"short_name": " Mine ", "contact_orcid": ""},
            "values": [{"field": "tracks.assembly_name", "value": "hg38"}]}}"#;
        let form: ConvertForm = serde_json::from_str(json).unwrap();
        let expected = [
            ("collection_info.short_name", "Mine"),
            ("tracks.assembly_name", "hg38"),
        ];
        assert_eq!(
            form.values(),
            expected.map(|(field, value)| (field.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn the_field_of_a_search_takes_a_url_too() {
        let of = |json: &str| {
            let form: ConvertForm = serde_json::from_str(json).unwrap();
            (form.url(), form.query())
        };
        let query = |text: &str| {
            of(&format!(
                r#"{{"task": {{"source": {{"query": "{text}"}}}}}}"#
            ))
        };
        assert_eq!(query(" PRJEB1 "), (None, Some("PRJEB1".to_owned())));
        let url = "https://e.example.org/filereport?accession=PRJEB1";
        assert_eq!(query(url), (Some(url.to_owned()), None));
        assert_eq!(query(" "), (None, None));
    }
}
