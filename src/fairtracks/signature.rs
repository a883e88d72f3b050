//! The signature of a document, which FAIRtracks documents give as their `doc_version`.
//!
//! SHA-256 of the document as Python's `json.dumps` prints it (keys in order, `", "` and `": "`, ASCII only)
//! after `doc_info.doc_version`, `doc_info.doc_date` and a top-level `$comment` are taken out.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::document::Document;
use super::document_object::DocumentObject;
use crate::archive::digest::hexadecimal;

/// The member that says what a document was converted from.
pub const CONVERTED_FROM: &str = "converted_from";

/// What is signed: a document, or a draft of one.
pub trait Signable {
    /// The members in their order.
    fn members(&self) -> &Map<String, Json>;

    /// The objects of the list at a key, where they are kept apart from the members.
    fn list(&self, key: &str) -> Option<&[Arc<DocumentObject>]>;
}

impl Signable for Document {
    fn members(&self) -> &Map<String, Json> {
        self.members()
    }

    fn list(&self, key: &str) -> Option<&[Arc<DocumentObject>]> {
        self.list_at(key)
    }
}

impl Signable for Map<String, Json> {
    fn members(&self) -> &Map<String, Json> {
        self
    }

    fn list(&self, _: &str) -> Option<&[Arc<DocumentObject>]> {
        None
    }
}

/// The signature of a document as the standard's own files carry it, 64 hexadecimal digits.
pub fn signature(document: &impl Signable) -> String {
    signed(document, &["$comment"], &["doc_version", "doc_date"], &[])
}

/// The signature of a converted document: without its provenance, so that the same metadata from another file have the same one.
pub fn signature_of_conversion(document: &impl Signable) -> String {
    let without = ["$comment", CONVERTED_FROM];
    signed(document, &without, &["doc_version", "doc_date"], &[])
}

/// The signature of a document whose own id is made from it: `doc_info.local_id` and `collection_info.doc_ref`
/// are taken out as well.
pub fn signature_without_ids(document: &impl Signable) -> String {
    signed(
        document,
        &["$comment"],
        &["doc_version", "doc_date", "local_id"],
        &["doc_ref"],
    )
}

fn signed(
    document: &impl Signable,
    without: &[&str],
    without_doc: &[&str],
    without_collection: &[&str],
) -> String {
    let mut text = Signed::default();
    text.push('{');
    for (position, (key, value)) in document
        .members()
        .iter()
        .filter(|(key, _)| !without.contains(&key.as_str()))
        .enumerate()
    {
        text.push_str(if position == 0 { "" } else { ", " });
        print_text(key, &mut text);
        text.push_str(": ");
        if let Some(objects) = document.list(key) {
            print_items(objects.iter().map(|object| object.read()), &mut text);
            continue;
        }
        match key.as_str() {
            "doc_info" => print_without(value, without_doc, &mut text),
            "collection_info" => print_without(value, without_collection, &mut text),
            _ => print(value, &mut text),
        }
    }
    text.push('}');
    text.digest()
}

/// How much text is kept before it is hashed, in bytes.
const BLOCK: usize = 1 << 16;

/// A text that is hashed while it is written, as a whole document would take much memory.
#[derive(Default)]
struct Signed {
    hasher: Sha256,
    block: String,
}

impl Signed {
    fn push(&mut self, character: char) {
        self.block.push(character);
    }

    fn push_str(&mut self, text: &str) {
        self.block.push_str(text);
        if self.block.len() >= BLOCK {
            self.hasher.update(self.block.as_bytes());
            self.block.clear();
        }
    }

    fn digest(mut self) -> String {
        self.hasher.update(self.block.as_bytes());
        hexadecimal(&self.hasher.finalize())
    }
}

fn print_without(value: &Json, keys: &[&str], text: &mut Signed) {
    match value {
        Json::Object(members) => print_object(
            members
                .iter()
                .filter(|(key, _)| !keys.contains(&key.as_str())),
            text,
        ),
        other => print(other, text),
    }
}

fn print_object<'m>(members: impl Iterator<Item = (&'m String, &'m Json)>, text: &mut Signed) {
    text.push('{');
    for (position, (key, value)) in members.enumerate() {
        text.push_str(if position == 0 { "" } else { ", " });
        print_text(key, text);
        text.push_str(": ");
        print(value, text);
    }
    text.push('}');
}

fn print(value: &Json, text: &mut Signed) {
    match value {
        Json::Null => text.push_str("null"),
        Json::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Json::Number(number) => text.push_str(&number_text(number.as_str())),
        Json::String(string) => print_text(string, text),
        Json::Array(items) => print_items(items.iter().map(Cow::Borrowed), text),
        Json::Object(members) => print_object(members.iter(), text),
    }
}

fn print_items<'i>(items: impl Iterator<Item = Cow<'i, Json>>, text: &mut Signed) {
    text.push('[');
    for (position, item) in items.enumerate() {
        text.push_str(if position == 0 { "" } else { ", " });
        print(&item, text);
    }
    text.push(']');
}

/// A string in JSON's ASCII form, characters outside the first plane as two surrogates.
fn print_text(string: &str, text: &mut Signed) {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b'"' && *byte != b'\\';
    text.push('"');
    let mut rest = string;
    while !rest.is_empty() {
        let end = rest.as_bytes().iter().position(|byte| !is_plain(byte));
        let (plain, other) = rest.split_at(end.unwrap_or(rest.len()));
        text.push_str(plain);
        let mut characters = other.chars();
        if let Some(character) = characters.next() {
            print_character(character, text);
        }
        rest = characters.as_str();
    }
    text.push('"');
}

/// A character that JSON or ASCII has no plain form for.
fn print_character(character: char, text: &mut Signed) {
    match character {
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\x08' => text.push_str("\\b"),
        '\x0c' => text.push_str("\\f"),
        other => {
            for unit in other.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(text.block, "\\u{unit:04x}");
            }
        }
    }
}

/// A number as Python prints it after reading it: whole numbers as written, others by their shortest digits.
fn number_text(written: &str) -> String {
    if !written.contains(['.', 'e', 'E']) {
        return if written == "-0" {
            "0".to_owned()
        } else {
            written.to_owned()
        };
    }
    let Ok(value) = written.parse::<f64>() else {
        return written.to_owned();
    };
    if value.is_infinite() {
        return if value > 0.0 {
            "Infinity".to_owned()
        } else {
            "-Infinity".to_owned()
        };
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if value == 0.0 || (-4..16).contains(&exponent) {
        let plain = value.to_string();
        return if plain.contains('.') {
            plain
        } else {
            format!("{plain}.0")
        };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_numbers_as_python_does() {
        for (written, expected) in [
            ("42", "42"),
            ("1.50", "1.5"),
            ("1e3", "1000.0"),
            ("1e16", "1e+16"),
            ("123456789012345680.0", "1.2345678901234568e+17"),
            ("1.5e-5", "1.5e-05"),
            ("0.0001", "0.0001"),
            ("-0.0", "-0.0"),
            ("1e999", "Infinity"),
        ] {
            assert_eq!(number_text(written), expected, "{written}");
        }
    }

    #[test]
    fn leaves_out_what_the_signature_cannot_cover() {
        let with = |version: &str| -> Map<String, Json> {
            serde_json::from_str(&format!(
                r#"{{"$comment":"x","doc_info":{{"local_id":"é😀","doc_version":"{version}","doc_date":"d"}},"tracks":[]}}"#
            ))
            .unwrap()
        };
        assert_eq!(signature(&with("a")), signature(&with("b")));
        // python3 -c 'import json,hashlib;print(hashlib.sha256(json.dumps({"doc_info":{"local_id":"é😀"},"tracks":[]}).encode()).hexdigest())'
        assert_eq!(
            signature(&with("a")),
            "8d75802a68a610d68d1c884b249d99f04268c5b868498b4ed93dd5d20b22bee9"
        );
    }
}
