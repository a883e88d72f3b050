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

macro_rules! models {
    ($(
        $(#[$doc:meta])* $name:ident = $kind:literal {
            $($(#[$field_doc:meta])* $field:ident: $value:ident,)*
        }
    )*) => {$(
        $(#[$doc])*
        ///
        /// `T` is the form of texts: `&str` when read from an entity, `String` when written.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        #[serde(bound(deserialize = "T: Default + From<&'de str>"))]
        pub struct $name<T = String> {
            $($(#[$field_doc])* #[serde(skip_serializing_if = "OneOrMany::is_none")] pub $field: $value<T>,)*
        }

        impl Model for $name {
            const TYPE: &'static str = $kind;
        }
    )*};
}

models! {
    /// What all entities can have.
    Thing = "Thing" {
        /// What people call it.
        name: Literals,
        /// Further names; of a file the name that it has outside of the crate.
        alternate_name: Literals,
        /// What it is, in the terms of another vocabulary.
        additional_type: Values,
        /// A sentence about it.
        description: Literals,
        /// Identifiers, as texts.
        identifier: Literals,
        /// A page about it.
        url: Literals,
        /// The address of the same thing elsewhere.
        same_as: Literals,
    }

    /// A folder of data, the crate itself among them; also a study, an experiment or a collection of tracks.
    Dataset = "Dataset" {
        /// What it is, in the terms of another vocabulary.
        additional_type: Values,
        /// What people call it.
        name: Literals,
        /// Further names; of a file the name that it has outside of the crate.
        alternate_name: Literals,
        /// A sentence about it.
        description: Literals,
        /// A page about it.
        url: Literals,
        /// When it was published, ISO 8601.
        date_published: Literals,
        /// The licence.
        license: Values,
        /// Who made it.
        author: References,
        /// Who made it, in crates of other makers.
        creator: References,
        /// The organisation that publishes it.
        publisher: References,
        /// Profiles and standards that it conforms to.
        conforms_to: References,
        /// Identifiers, as texts.
        identifier: Literals,
        /// Words to find it by, separated by commas.
        keywords: Literals,
        /// Who paid for it.
        funder: References,
        /// What it describes.
        about: References,
        /// Files and folders in it.
        has_part: References,
        /// What it belongs to.
        is_part_of: References,
        /// The terms of the assay.
        measurement_technique: References,
        /// Actions, and other entities that it leads to.
        mentions: References,
        /// Publications about it.
        citation: References,
        /// The contact.
        maintainer: References,
        /// The address of the same thing elsewhere.
        same_as: Literals,
        /// What was measured, as properties.
        variable_measured: References,
        /// What it was made of.
        is_based_on: Values,
        /// The version.
        version: Literals,
    }

    /// A file: in the crate, or known by its content or address.
    File = "File" {
        /// What people call it.
        name: Literals,
        /// Further names; of a file the name that it has outside of the crate.
        alternate_name: Literals,
        /// What it is, in the terms of another vocabulary.
        additional_type: Values,
        /// Identifiers: texts, and checksums as properties.
        identifier: Values,
        /// The version.
        version: Literals,
        /// When it was changed, ISO 8601.
        date_modified: Literals,
        /// The media type, and an entity that describes the format.
        encoding_format: Values,
        /// Bytes, as a text of digits.
        content_size: Literals,
        /// The SHA-256 of its bytes in hexadecimal digits.
        sha256: Literals,
        /// When its bytes were fetched, ISO 8601.
        sd_date_published: Literals,
        /// The MD5 of its bytes in hexadecimal digits.
        md5: Literals,
        /// A sentence about it.
        description: Literals,
        /// Where the bytes can be downloaded.
        content_url: Values,
        /// A page about it, or where it is.
        url: Values,
        /// Profiles and standards that it conforms to.
        conforms_to: Values,
        /// What it describes.
        about: References,
        /// The licence.
        license: Values,
        /// Further properties.
        additional_property: References,
        /// What it was made of.
        is_based_on: Values,
        /// Documents about it.
        subject_of: References,
    }

    /// Something that was written or made, and is not in the crate.
    CreativeWork = "CreativeWork" {
        /// What people call it.
        name: Literals,
        /// A sentence about it.
        description: Literals,
        /// Identifiers, as texts.
        identifier: Literals,
        /// The version.
        version: Literals,
        /// When it was changed, ISO 8601.
        date_modified: Literals,
        /// A page about it.
        url: Literals,
        /// The media type, and an entity that describes the format.
        encoding_format: Values,
        /// Where the bytes can be downloaded.
        content_url: Values,
        /// Bytes, as a text of digits.
        content_size: Literals,
        /// The SHA-256 of its bytes in hexadecimal digits.
        sha256: Literals,
        /// The MD5 of its bytes in hexadecimal digits.
        md5: Literals,
        /// Profiles and standards that it conforms to.
        conforms_to: References,
        /// What it describes.
        about: References,
    }

    /// A file on a server; its id is its address.
    DataDownload = "DataDownload" {
        /// What people call it.
        name: Literals,
        /// Bytes, as a text of digits.
        content_size: Literals,
        /// The SHA-256 of its bytes in hexadecimal digits.
        sha256: Literals,
        /// When its bytes were fetched, ISO 8601.
        sd_date_published: Literals,
    }

    /// A tool in one version.
    SoftwareApplication = "SoftwareApplication" {
        /// What people call it.
        name: Literals,
        /// The version.
        version: Literals,
        /// The version, in crates of other makers.
        software_version: Literals,
        /// Identifiers, as texts.
        identifier: Literals,
        /// Where it is developed or run.
        url: References,
    }

    /// A person; the id is an ORCID where one is known.
    Person = "Person" {
        /// What people call it.
        name: Literals,
        /// The given name.
        given_name: Literals,
        /// The family name.
        family_name: Literals,
        /// The organisation that the person works for.
        affiliation: Values,
    }

    /// An organisation; the id is a ROR id where one is known.
    Organization = "Organization" {
        /// What people call it.
        name: Literals,
        /// A page about it.
        url: Literals,
    }

    /// A property of something, with a name and a value.
    PropertyValue = "PropertyValue" {
        /// What people call it.
        name: Literals,
        /// The value.
        value: Literals,
        /// What kind of property it is.
        #[serde(rename = "propertyID")]
        property_id: Literals,
        /// Identifiers, as texts.
        identifier: Literals,
        /// The entity that the value stands for.
        value_reference: References,
    }

    /// The run of a tool (Process Run Crate 0.5); an `ActivateAction` or `UpdateAction` has the same properties.
    CreateAction = "CreateAction" {
        /// What people call it.
        name: Literals,
        /// A sentence about it.
        description: Literals,
        /// When it began, ISO 8601.
        start_time: Literals,
        /// When it ended, ISO 8601.
        end_time: Literals,
        /// Whether it was completed or failed, an address of schema.org.
        action_status: Values,
        /// Why it failed.
        error: Literals,
        /// Who did it.
        agent: References,
        /// The tool.
        instrument: References,
        /// What went in.
        object: References,
        /// Its results.
        result: References,
    }

    /// A search.
    SearchAction = "SearchAction" {
        /// What people call it.
        name: Literals,
        /// What was searched for.
        query: Literals,
        /// When it ended, ISO 8601.
        end_time: Literals,
        /// The tool.
        instrument: References,
        /// What was searched.
        object: References,
        /// Its results.
        result: References,
        /// A sentence about it.
        description: Literals,
    }

    /// A biological sample (Bioschemas).
    BioSample = "BioSample" {
        /// What people call it.
        name: Literals,
        /// A sentence about it.
        description: Literals,
        /// The species.
        taxonomic_range: References,
        /// Further properties.
        additional_property: References,
    }

    /// A term of an ontology; its id is its address.
    DefinedTerm = "DefinedTerm" {
        /// What people call it.
        name: Literals,
        /// Its code in the ontology.
        term_code: Literals,
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
