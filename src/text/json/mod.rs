//! Reading JSON (RFC 8259) within limits: how many bytes and how many values a text may have, by what it is.
//!
//! A value is a list, an object, a string, a number, `true`, `false` or `null`. Values are counted while they are read, because a
//! few compressed kilobytes can contain more of them than fit into memory. A site can set the limits.
//!
//! Objects are read literally: the keys that `serde_json` uses internally to mark numbers and raw text are ordinary keys.

mod checked;
mod reader;
mod scan;

use std::fmt;
use std::sync::OnceLock;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _};
use serde_json::{Error, Value as Json};

use super::pointer::Path;
pub use reader::{JsonObject, ValueWithin, member, members, object, value, values};

/// The kind of a text, which decides its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// Metadata of crates, and smaller files: lineage, forms, responses of Galaxy, pages of hits of a TrackFind server.
    Metadata,
    /// An attributes file in a Galaxy history export.
    Export,
    /// A FAIRtracks document.
    Document,
}

/// The limits of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Bytes of the text.
    pub bytes: u64,
    /// Values in it.
    pub values: u64,
}

/// The limits of all kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonLimits {
    /// Those of [`JsonKind::Metadata`].
    pub metadata: Limit,
    /// Those of [`JsonKind::Export`].
    pub export: Limit,
    /// Those of [`JsonKind::Document`].
    pub document: Limit,
}

impl Default for JsonLimits {
    /// 64 MiB of metadata with 4 million values, 64 MiB of an export with 2 million values, documents of 4 GiB with 50
    /// million values:
    /// a document of a million tracks has about 1 GiB with 30 million values.
    fn default() -> Self {
        let limit = |bytes, values| Limit { bytes, values };
        JsonLimits {
            metadata: limit(64 << 20, 4_000_000),
            export: limit(64 << 20, 2_000_000),
            document: limit(4 << 30, 50_000_000),
        }
    }
}

static LIMITS: OnceLock<JsonLimits> = OnceLock::new();

/// Sets the limits of this process, once, before any reading.
pub fn set_limits(limits: JsonLimits) {
    // Only the first call counts: a tool reads the settings of its site once.
    let _ = LIMITS.set(limits);
}

impl JsonKind {
    /// The limit of this kind in this process.
    pub fn limit(self) -> Limit {
        let limits = LIMITS.get().copied().unwrap_or_default();
        match self {
            JsonKind::Metadata => limits.metadata,
            JsonKind::Export => limits.export,
            JsonKind::Document => limits.document,
        }
    }

    /// The prefix of its limits in the settings of a site.
    pub fn name(self) -> &'static str {
        match self {
            JsonKind::Metadata => "metadata",
            JsonKind::Export => "export",
            JsonKind::Document => "document",
        }
    }
}

/// More than a limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch {
    kind: JsonKind,
    /// `bytes` or `values`.
    what: &'static str,
    limit: u64,
}

impl TooMuch {
    /// More bytes than a text of this kind may have.
    pub fn bytes(kind: JsonKind) -> Self {
        TooMuch {
            kind,
            what: "bytes",
            limit: kind.limit().bytes,
        }
    }
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TooMuch { kind, what, limit } = self;
        let json = if *what == "values" { " of JSON" } else { "" };
        let setting = kind.name();
        write!(
            f,
            "found more than {limit} {what}{json}, the limit; a site sets `{setting}_{what}` under [limits] in its settings (FAIRTRACKS_CONFIG)"
        )
    }
}

impl std::error::Error for TooMuch {}

/// How many keys an object of a text may have: an object of a million keys takes far more memory than its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyLimit {
    /// The most keys.
    pub most: usize,
    /// The levels from the top whose objects may have more, because their keys are ids of records.
    pub free_levels: usize,
}

impl KeyLimit {
    /// As many keys as values.
    pub const NONE: KeyLimit = KeyLimit {
        most: usize::MAX,
        free_levels: 0,
    };

    fn check<E: serde::de::Error>(self, found: usize, path: &Path) -> Result<(), E> {
        match found > self.most && path.depth() >= self.free_levels {
            true => Err(E::custom(format_args!(
                "found an object of more than {} keys, the limit",
                self.most
            ))),
            false => Ok(()),
        }
    }
}

/// A parsed value with the information that JSON parsers drop.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonText {
    /// The value; where an object has a key more than once, it has the last one.
    pub value: Json,
    /// The duplicate keys.
    pub repeated: Repeated,
}

/// Duplicate keys of objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeated {
    /// JSON pointers (RFC 6901) to the first of them, one for each repetition.
    pub pointers: Vec<String>,
    /// The number of further ones.
    pub more: u64,
}

/// The most duplicate keys that are reported with pointers.
const MOST_REPEATED: usize = 100;

impl Repeated {
    fn add(&mut self, pointer: impl fmt::Display) {
        match self.pointers.len() < MOST_REPEATED {
            true => self.pointers.push(pointer.to_string()),
            false => self.more += 1,
        }
    }
}

/// Reads a text of a kind.
///
/// # Errors
/// A syntax error with its place, or an exceeded limit (of the category *data*).
pub fn read(text: &str, kind: JsonKind) -> Result<JsonText, Error> {
    read_within(text, kind, KeyLimit::NONE)
}

/// Reads a text of a kind whose objects have a limit of keys.
///
/// # Errors
/// As [`read`], and where an object has more keys.
pub fn read_within(text: &str, kind: JsonKind, keys: KeyLimit) -> Result<JsonText, Error> {
    let limit = kind.limit();
    if text.len() as u64 > limit.bytes {
        return Err(Error::custom(TooMuch::bytes(kind)));
    }
    reader::read(text, kind, limit.values, keys)
}

/// Checks a text of a kind without keeping its values.
///
/// # Errors
/// As [`read`], in the same words and places.
pub fn check_text(text: &str, kind: JsonKind) -> Result<(), Error> {
    let limit = kind.limit();
    if text.len() as u64 > limit.bytes {
        return Err(Error::custom(TooMuch::bytes(kind)));
    }
    checked::check(text, kind, limit.values)
}

/// Reads a small text that is a value somewhere else, within the limits of metadata.
///
/// # Errors
/// As [`read`].
pub fn parse(text: &str) -> Result<Json, Error> {
    read(text, JsonKind::Metadata).map(|text| text.value)
}

/// Reads a text of a kind into a type.
///
/// # Errors
/// As [`read`], and where the text has another shape.
pub fn typed<T: DeserializeOwned>(bytes: &[u8], kind: JsonKind) -> Result<T, Error> {
    check(bytes, kind)?;
    serde_json::from_slice(bytes)
}

/// Reads a text of a kind with a reader that has a state, such as one that passes items on.
///
/// # Errors
/// As [`read`], and where the text has another shape.
pub fn seeded<'de, S: DeserializeSeed<'de>>(
    seed: S,
    bytes: &'de [u8],
    kind: JsonKind,
) -> Result<S::Value, Error> {
    check(bytes, kind)?;
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Whether a text of a kind is within its limits, before it is read into a type.
///
/// # Errors
/// That it is too much, with the place.
pub fn check(bytes: &[u8], kind: JsonKind) -> Result<(), Error> {
    let limit = kind.limit();
    if bytes.len() as u64 > limit.bytes {
        return Err(Error::custom(TooMuch::bytes(kind)));
    }
    match scan::too_many(bytes, limit.values) {
        Some((line, column)) => {
            let (what, limit) = ("values", limit.values);
            let too_much = TooMuch { kind, what, limit };
            // This is how an error of `serde_json` learns its place.
            Err(Error::custom(format!(
                "{too_much} at line {line} column {column}"
            )))
        }
        None => Ok(()),
    }
}

/// The message of an error, without the place at its end.
pub fn problem(error: &Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    said.strip_suffix(&place).unwrap_or(&said).to_owned()
}

/// The message of an error, after its place if it has one.
pub fn located(error: &Error) -> String {
    match (error.line(), error.column()) {
        (0, _) => problem(error),
        (line, column) => format!("line {line}, column {column}: {}", problem(error)),
    }
}

#[cfg(test)]
mod tests;
