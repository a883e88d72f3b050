//! The models, one for each type.

use serde::{Deserialize, Serialize};

use super::Entity;
use super::values::{Literals, OneOrMany, References, Values};

/// A model of the entities of one type, to be written.
pub trait Model: Serialize + Sized {
    /// The `@type`.
    const TYPE: &'static str;

    /// An entity of this type alone with these properties.
    fn entity(self, id: impl Into<String>) -> Entity {
        Entity::new(id, &[Self::TYPE]).set(&self)
    }
}

/// What a property means; it means the same in all models.
#[rustfmt::skip]
macro_rules! meaning {
    (name) => { "What people call it." };
    (alternate_name) => { "Further names; of a file the name that it has outside of the crate." };
    (additional_type) => { "What it is, in the terms of another vocabulary." };
    (description) => { "A sentence about it." };
    (identifier) => { "Identifiers: texts, and of a file checksums as properties." };
    (url) => { "A page about it, or where it is." };
    (same_as) => { "The address of the same thing elsewhere." };
    (date_published) => { "When it was published, ISO 8601." };
    (license) => { "The licence." };
    (author) => { "Who made it." };
    (creator) => { "Who made it, in crates of other makers." };
    (publisher) => { "The organisation that publishes it." };
    (conforms_to) => { "Profiles and standards that it conforms to." };
    (keywords) => { "Words to find it by, separated by commas." };
    (funder) => { "Who paid for it." };
    (about) => { "What it describes." };
    (has_part) => { "Files and folders in it." };
    (is_part_of) => { "What it belongs to." };
    (measurement_technique) => { "The terms of the assay." };
    (mentions) => { "Actions, and other entities that it leads to." };
    (citation) => { "Publications about it." };
    (maintainer) => { "The contact." };
    (variable_measured) => { "What was measured, as properties." };
    (is_based_on) => { "What it was made of." };
    (version) => { "The version." };
    (date_modified) => { "When it was changed, ISO 8601." };
    (encoding_format) => { "The media type, and an entity that describes the format." };
    (content_size) => { "Bytes, as a text of digits." };
    (sha256) => { "The SHA-256 of its bytes in hexadecimal digits." };
    (sd_date_published) => { "When its bytes were fetched, ISO 8601." };
    (md5) => { "The MD5 of its bytes in hexadecimal digits." };
    (content_url) => { "Where the bytes can be downloaded." };
    (additional_property) => { "Further properties." };
    (subject_of) => { "Documents about it." };
    (software_version) => { "The version, in crates of other makers." };
    (given_name) => { "The given name." };
    (family_name) => { "The family name." };
    (affiliation) => { "The organisation that the person works for." };
    (value) => { "The value." };
    (property_id) => { "What kind of property it is." };
    (value_reference) => { "The entity that the value stands for." };
    (start_time) => { "When it began, ISO 8601." };
    (end_time) => { "When it ended, ISO 8601." };
    (action_status) => { "Whether it was completed or failed, an address of schema.org." };
    (error) => { "Why it failed." };
    (agent) => { "The person who ran it." };
    (instrument) => { "The tool." };
    (object) => { "The inputs, or the searched data." };
    (result) => { "The outputs." };
    (step) => { "Its steps." };
    (work_example) => { "The tool that carries out the step." };
    (query) => { "What was searched for." };
    (taxonomic_range) => { "The species." };
    (term_code) => { "Its code in the ontology." };
}

macro_rules! models {
    ($(
        $(#[$doc:meta])* $name:ident = $kind:literal {
            $($(#[$attribute:meta])* $field:ident: $value:ident,)*
        }
    )*) => {$(
        $(#[$doc])*
        ///
        /// `T` is the form of texts: `&str` when read from an entity, `String` when written.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        #[serde(bound(deserialize = "T: Default + From<&'de str>"))]
        pub struct $name<T = String> {
            $(
                #[doc = meaning!($field)]
                $(#[$attribute])*
                #[serde(skip_serializing_if = "OneOrMany::is_none")]
                pub $field: $value<T>,
            )*
        }

        impl Model for $name {
            const TYPE: &'static str = $kind;
        }
    )*};
}

models! {
    /// What all entities can have.
    Thing = "Thing" {
        name: Literals, alternate_name: Literals, additional_type: Values, description: Literals,
        identifier: Literals, url: Literals, same_as: Literals,
    }

    /// A folder of data, the crate itself among them; also a study, an experiment or a collection of tracks.
    Dataset = "Dataset" {
        additional_type: Values, name: Literals, alternate_name: Literals, description: Literals, url: Literals,
        date_published: Literals, license: Values, author: References, creator: References, publisher: References,
        conforms_to: References, identifier: Literals, keywords: Literals, funder: References, about: References,
        has_part: References, is_part_of: References, measurement_technique: References, mentions: References,
        citation: References, maintainer: References, same_as: Literals, variable_measured: References,
        is_based_on: Values, version: Literals,
    }

    /// A file: in the crate, or known by its content or address.
    File = "File" {
        name: Literals, alternate_name: Literals, additional_type: Values, identifier: Values, version: Literals,
        date_modified: Literals, encoding_format: Values, content_size: Literals, sha256: Literals,
        sd_date_published: Literals, md5: Literals, description: Literals, content_url: Values, url: Values,
        conforms_to: Values, about: References, license: Values, additional_property: References, is_based_on: Values,
        subject_of: References, same_as: Values,
    }

    /// Something that was written or made, and is not in the crate.
    CreativeWork = "CreativeWork" {
        name: Literals, description: Literals, identifier: Literals, version: Literals, date_modified: Literals,
        url: Literals, encoding_format: Values, content_url: Values, content_size: Literals, sha256: Literals,
        md5: Literals, conforms_to: References, about: References,
    }

    /// A file on a server; its id is its address.
    DataDownload = "DataDownload" {
        name: Literals, content_size: Literals, sha256: Literals, sd_date_published: Literals,
    }

    /// A tool in one version.
    SoftwareApplication = "SoftwareApplication" {
        name: Literals, version: Literals, software_version: Literals, identifier: Literals, url: References,
        citation: References,
    }

    /// A person; the id is an ORCID where one is known.
    Person = "Person" {
        name: Literals, given_name: Literals, family_name: Literals, affiliation: Values,
    }

    /// An organisation; the id is a ROR id where one is known.
    Organization = "Organization" {
        name: Literals, url: Literals,
    }

    /// A property of something, with a name and a value.
    PropertyValue = "PropertyValue" {
        name: Literals, value: Literals, #[serde(rename = "propertyID")] property_id: Literals, identifier: Literals,
        value_reference: References,
    }

    /// The run of a tool (Process Run Crate 0.5); an `ActivateAction` or `UpdateAction` has the same properties.
    CreateAction = "CreateAction" {
        name: Literals, description: Literals, start_time: Literals, end_time: Literals, action_status: Values,
        error: Literals, agent: References, instrument: References, object: References, result: References,
    }

    /// A workflow with its tools, or one of its steps.
    HowTo = "HowTo" {
        name: Literals, has_part: References, step: References, work_example: References,
    }

    /// A search.
    SearchAction = "SearchAction" {
        name: Literals, query: Literals, end_time: Literals, instrument: References, object: References,
        result: References, description: Literals,
    }

    /// A biological sample (Bioschemas).
    BioSample = "BioSample" {
        name: Literals, description: Literals, taxonomic_range: References, additional_property: References,
    }

    /// A term of an ontology; its id is its address.
    DefinedTerm = "DefinedTerm" {
        name: Literals, term_code: Literals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::entities::{Literal, Reference};

    fn entity(properties: &str) -> Entity {
        let value = crate::text::json::parse(properties).unwrap();
        Entity::from_json(value).unwrap()
    }

    #[test]
    fn a_view_takes_what_fits_and_keeps_the_text_of_numbers() {
        let run = entity(
            r##"{"@id": "#run", "@type": "CreateAction", "name": ["a", 1.50, 1e-9, true, null, [7], {"@id": "x"}],
            "object": [{"@id": "a"}, "text", {"@value": 1}, {"@id": 7}], "result": {"@id": "b", "more": []}, "endTime": null, "x": {}}"##,
        );
        let action: CreateAction<&str> = run.read();
        let names: Vec<String> = action.name.shown().collect();
        assert_eq!(names, ["a", "1.50", "1e-9", "true"]);
        assert_eq!(action.name.text(), None);
        assert_eq!(action.object.ids().collect::<Vec<_>>(), ["a"]);
        assert_eq!(action.result, OneOrMany::One(Reference { id: "b" }));
        assert!(action.agent.is_none() && !action.end_time.is_none());
    }

    #[test]
    fn what_is_written_keeps_the_other_properties_and_their_order() {
        let file = entity(r#"{"@id": "a", "@type": "File", "x": 1.50, "name": "old", "y": []}"#);
        let file = file.set(&File {
            encoding_format: "text/plain".into(),
            name: "new".into(),
            md5: "".into(),
            is_based_on: References::from(vec!["b".to_owned()]).into(),
            identifier: vec!["c".to_owned(), "d".to_owned()].into(),
            ..File::default()
        });
        assert_eq!(
            serde_json::to_string(&file).unwrap(),
            r#"{"@id":"a","@type":"File","x":1.50,"name":"new","y":[],"identifier":["c","d"],"encodingFormat":"text/plain","isBasedOn":{"@id":"b"}}"#
        );
        let known: File<&str> = file.read();
        assert_eq!(known.name, OneOrMany::One(Literal::Text("new")));
    }
}
