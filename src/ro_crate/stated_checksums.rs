//! The checksums that a graph states of a file, in all forms that crates have for them.
//!
//! * a property named as its function: `sha256`, `md5`, …
//! * `contentChecksum` or `checksum`: digits with or without the name of the function before them, or a `PropertyValue`
//! * a `PropertyValue` among `identifier` or `additionalProperty`, with the function as its `propertyID` or name
//! * an `identifier` such as `md5:…`, or `ni:///sha-256;…` (RFC 6920)

use super::Crate;
use super::entities::{Entity, PropertyValue};
use crate::archive::content_id;
use crate::archive::digest::DigestFunction;

/// The properties that hold a checksum without its function in their names.
const CHECKSUMS: [&str; 2] = ["contentChecksum", "checksum"];
/// The properties that may refer to a checksum.
const REFERENCES: [&str; 4] = [
    "identifier",
    "additionalProperty",
    CHECKSUMS[0],
    CHECKSUMS[1],
];

/// A function with a digest in lower-case hexadecimal digits.
pub type FunctionAndDigest = (DigestFunction, String);

/// The checksums that a file states itself, without the one in its property `sha256`.
pub fn of_file(file: &Entity, crate_: &Crate) -> Vec<FunctionAndDigest> {
    let mut checksums: Vec<FunctionAndDigest> = file.digests().collect();
    let referred = REFERENCES.iter().flat_map(|name| file.references(name));
    let properties = referred.filter_map(|id| of_property(crate_.get(id)?));
    checksums.extend(properties);
    let bare = CHECKSUMS.iter().flat_map(|name| file.texts(name));
    checksums.extend(bare.filter_map(|text| named(text).or_else(|| by_length(text))));
    let identifiers = file.texts("identifier").into_iter();
    checksums.extend(identifiers.clone().filter_map(named));
    if file.sha256().is_none() {
        // It names the content that is stated otherwise.
        let content = identifiers.filter_map(content_id::sha256_of);
        checksums.extend(content.map(|sum| (DigestFunction::Sha256, sum.hexadecimal())));
    }
    checksums
}

/// The checksum that an entity is, if it is one.
pub fn of_property(entity: &Entity) -> Option<FunctionAndDigest> {
    if !entity.is("PropertyValue") {
        return None;
    }
    let property: PropertyValue<&str> = entity.read();
    let names = [property.property_id.text(), property.name.text()];
    let mut names = names.into_iter().flatten();
    let function = names.find_map(DigestFunction::named)?;
    Some((function, function.parse(property.value.text()?)?))
}

/// A digest with the name of its function and a colon before it.
fn named(text: &str) -> Option<FunctionAndDigest> {
    let (name, digits) = text.rsplit_once(':')?;
    let function = DigestFunction::named(name)?;
    Some((function, function.parse(digits)?))
}

/// A digest whose number of digits names its function.
fn by_length(text: &str) -> Option<FunctionAndDigest> {
    let mut functions = DigestFunction::ALL.into_iter();
    functions.find_map(|function| Some((function, function.parse(text)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::digest::Sha256Sum;

    /// Those of the file `a.bed` in a graph with another entity.
    fn checksums(file: &str, other: &str) -> Vec<FunctionAndDigest> {
        let mut crate_ = Crate::new();
        for text in [file, other] {
            let value = crate::text::json::parse(text).unwrap();
            crate_.add(Entity::from_json(value).unwrap());
        }
        of_file(crate_.get("a.bed").unwrap(), &crate_)
    }

    #[test]
    fn all_forms_of_a_checksum_are_read() {
        let md5 = "d41d8cd98f00b204e9800998ecf8427e";
        let sha256 = Sha256Sum::of(b"").hexadecimal();
        let ni = content_id::of_file(&Sha256Sum::of(b""));
        let (of_md5, of_sha256) = (DigestFunction::Md5, DigestFunction::Sha256);
        for (properties, function, digest) in [
            (format!(r#""md5": "{}""#, md5.to_uppercase()), of_md5, md5),
            (format!(r#""contentChecksum": "{md5}""#), of_md5, md5),
            (format!(r#""checksum": "MD5:{md5}""#), of_md5, md5),
            (
                format!(r#""contentChecksum": "{sha256}""#),
                of_sha256,
                &sha256,
            ),
            (
                r##""contentChecksum": {"@id": "#sum"}"##.to_owned(),
                of_md5,
                md5,
            ),
            (
                r##""identifier": ["x", {"@id": "#sum"}]"##.to_owned(),
                of_md5,
                md5,
            ),
            (
                r##""additionalProperty": {"@id": "#sum"}"##.to_owned(),
                of_md5,
                md5,
            ),
            (format!(r#""identifier": "md5:{md5}""#), of_md5, md5),
            (
                format!(r#""identifier": ["example:1", "{ni}"]"#),
                of_sha256,
                &sha256,
            ),
        ] {
            let file = format!(r#"{{"@id": "a.bed", "@type": "File", {properties}}}"#);
            let sum = format!(
                r##"{{"@id": "#sum", "@type": "PropertyValue", "propertyID": "MD5", "value": "{md5}"}}"##
            );
            let found = checksums(&file, &sum);
            assert_eq!(found, [(function, digest.to_owned())], "{properties}");
        }
    }

    #[test]
    fn other_texts_are_no_checksums() {
        let file = r##"{"@id": "a.bed", "@type": "File", "identifier": ["example:1", "ni:///sha-256;x"],
            "contentChecksum": "none", "additionalProperty": {"@id": "#p"}}"##;
        let score = r##"{"@id": "#p", "@type": "PropertyValue", "name": "score", "value": "d41d8cd98f00b204e9800998ecf8427e"}"##;
        assert_eq!(checksums(file, score), []);
    }
}
