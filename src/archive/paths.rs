//! Paths of files in a crate: which ones mean the same file to everybody, and how they are written as `@id`.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;
use thiserror::Error;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The name of the metadata file in a crate's folder or archive (RO-Crate 1.1, section 2).
pub const METADATA_FILE: &str = "ro-crate-metadata.json";
/// The longest part between two `/`, in bytes, as on most file systems.
const LONGEST_SEGMENT: usize = 255;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 1024;
/// The most characters of a name in a message.
const SHOWN: usize = 100;

/// Why a text is not a valid file name in a crate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NameFault {
    /// An empty name.
    #[error("found an empty name, expected the path of a file such as data/peaks.bed")]
    Empty,
    /// More than 1024 bytes.
    #[error("the name has {0} bytes, expected at most {LONGEST_NAME}: shorten its folders' names")]
    TooLong(usize),
    /// A part of more than 255 bytes.
    #[error("a part of the name has {0} bytes, expected at most {LONGEST_SEGMENT}: shorten it")]
    SegmentTooLong(usize),
    /// A line break, a NUL, or another character that is not shown.
    #[error("the name has the control character U+{:04X}, which is invisible: rename the file", u32::from(*.0))]
    Control(char),
    /// A character that turns the direction of writing.
    #[error("the name has the character U+{:04X}, which changes the text direction and disguises the name: rename the file", u32::from(*.0))]
    Direction(char),
    /// Composed letters are written as several characters.
    #[error("the name has decomposed letters, expected Unicode form NFC: rename the file")]
    NotComposed,
    /// `a\b`.
    #[error("the name has a backslash, expected / between folders")]
    Backslash,
    /// `/a`.
    #[error("the name starts with /, expected a path inside the crate such as data/peaks.bed")]
    Absolute,
    /// `C:a` or `a/C:`.
    #[error("the name has a drive letter with a colon, expected a path inside the crate")]
    Drive,
    /// `a//b`, `./a` or `a/../b`: the part, which may be empty.
    #[error("the name has the part {0:?}, expected only names of folders and files between the /")]
    Segment(String),
}

/// Why an `@id` names no file of the crate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdFault {
    /// An absolute IRI such as `https://…`: not in the crate.
    #[error("found a URL, expected a path in the crate")]
    Elsewhere,
    /// `#…`: an entity, not a file.
    #[error("found a local id, expected a path in the crate")]
    Fragment,
    /// A percent sign without two hexadecimal digits, or encoded bytes that are not UTF-8.
    #[error("found % without a character code, expected %25 for a percent sign")]
    Percent,
    /// `%2F`, which would be read as a folder separator.
    #[error("found %2F, a / within a name, which is invalid in file names")]
    CodedSlash,
    /// `?` or `#` after the path.
    #[error("found {0:?}, which ends a path, expected %3F for ? and %23 for # in a name")]
    AfterPath(char),
    /// The path is not a valid name.
    #[error(transparent)]
    Name(#[from] NameFault),
}

/// Whether a text names a file, and the same file on every computer.
///
/// A folder is given without the final `/`.
pub fn check(name: &str) -> Result<(), NameFault> {
    if name.is_empty() {
        return Err(NameFault::Empty);
    }
    if name.len() > LONGEST_NAME {
        return Err(NameFault::TooLong(name.len()));
    }
    for character in name.chars() {
        match character {
            '\u{2028}' | '\u{2029}' => return Err(NameFault::Control(character)),
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                return Err(NameFault::Direction(character));
            }
            '\\' => return Err(NameFault::Backslash),
            _ if character.is_control() => return Err(NameFault::Control(character)),
            _ => {}
        }
    }
    if !is_nfc(name) {
        return Err(NameFault::NotComposed);
    }
    if name.starts_with('/') {
        return Err(NameFault::Absolute);
    }
    for segment in name.split('/') {
        if matches!(segment, "" | "." | "..") {
            return Err(NameFault::Segment(segment.to_owned()));
        }
        // Windows takes x: for a drive in the middle of a path as well.
        if let [letter, b':', ..] = segment.as_bytes()
            && letter.is_ascii_alphabetic()
        {
            return Err(NameFault::Drive);
        }
        if segment.len() > LONGEST_SEGMENT {
            return Err(NameFault::SegmentTooLong(segment.len()));
        }
    }
    Ok(())
}

/// The form that names share if a file system may treat them as equal: case-folded and decomposed.
///
/// `/` becomes NUL, which no name has, so the content of a folder sorts directly after the folder.
pub fn folded(name: &str) -> String {
    name.nfd()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfd()
        .map(|character| if character == '/' { '\0' } else { character })
        .collect()
}

/// A name in a message: quoted, without hidden characters, truncated.
pub fn shown(name: &str) -> String {
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?} ({} bytes)", format!("{}…", &name[..end]), name.len()),
        None => format!("{name:?}"),
    }
}

/// The `@id` of a file or folder of the crate (RO-Crate 1.1, "Core Metadata for Data Entities"): the path from the root of the
/// crate, with characters that a relative IRI cannot have percent-encoded. Letters outside ASCII stay.
pub fn id_of_path(path: &str) -> String {
    let mut id = String::with_capacity(path.len());
    let first_segment = path.find('/').unwrap_or(path.len());
    for (position, character) in path.char_indices() {
        let encoded = match character {
            // Before the first / a colon would end the scheme of an absolute IRI.
            ':' => position < first_segment,
            ' ' | '%' | '#' | '?' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '['
            | ']' => true,
            _ => character.is_control(),
        };
        if encoded {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(id, "%{byte:02X}");
            }
        } else {
            id.push(character);
        }
    }
    id
}

/// The path in the crate of an `@id`: that of a file, or that of a folder with its final `/`.
///
/// Unencoded characters are read literally.
pub fn path_of_id(id: &str) -> Result<String, IdFault> {
    if id.starts_with('#') {
        return Err(IdFault::Fragment);
    }
    if has_scheme(id) || id.starts_with("//") {
        return Err(IdFault::Elsewhere);
    }
    if let Some(end) = id.find(['?', '#']) {
        return Err(IdFault::AfterPath(char::from(id.as_bytes()[end])));
    }
    let path = decoded(id.strip_prefix("./").unwrap_or(id))?;
    check(path.strip_suffix('/').unwrap_or(&path))?;
    Ok(path)
}

/// Whether a text begins as an absolute IRI does (RFC 3986, section 3.1).
fn has_scheme(id: &str) -> bool {
    let Some((scheme, _)) = id.split_once(':') else {
        return false;
    };
    scheme.starts_with(|character: char| character.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
}

/// The text with percent-encoded bytes decoded.
fn decoded(text: &str) -> Result<String, IdFault> {
    for rest in text.split('%').skip(1) {
        match rest.as_bytes() {
            [b'2', b'F' | b'f', ..] => return Err(IdFault::CodedSlash),
            [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {}
            _ => return Err(IdFault::Percent),
        }
    }
    let text = percent_decode_str(text).decode_utf8();
    text.map(Cow::into_owned).map_err(|_| IdFault::Percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_are_those_of_the_specification() {
        for (path, id) in [
            ("tracks/A.bed", "tracks/A.bed"),
            ("my data/50%.bed", "my%20data/50%25.bed"),
            ("a#b?c", "a%23b%3Fc"),
            ("{x}|[y]^`\"<>", "%7Bx%7D%7C%5By%5D%5E%60%22%3C%3E"),
            ("größe/Δ.bed", "größe/Δ.bed"),
            ("chr1:1-10/ab:c", "chr1%3A1-10/ab:c"),
            ("x/", "x/"),
            ("a@@b+c,(1)", "a@@b+c,(1)"),
        ] {
            assert_eq!(id_of_path(path), id);
            assert_eq!(path_of_id(id).as_deref(), Ok(path), "{id}");
        }
    }

    #[test]
    fn ids_of_others_are_read_as_they_are_meant() {
        assert_eq!(path_of_id("./a b.bed").as_deref(), Ok("a b.bed"));
        assert_eq!(path_of_id("%c3%a9.bed").as_deref(), Ok("é.bed"));
        assert_eq!(path_of_id("./chr1:2").as_deref(), Ok("chr1:2"));
        for (id, fault) in [
            ("https://example.org/A.bed", IdFault::Elsewhere),
            ("file:///etc/passwd", IdFault::Elsewhere),
            ("//example.org/A.bed", IdFault::Elsewhere),
            ("#query-1", IdFault::Fragment),
            ("a.bed?x=1", IdFault::AfterPath('?')),
            ("a.bed#x", IdFault::AfterPath('#')),
            ("50%.bed", IdFault::Percent),
            ("%ff", IdFault::Percent),
            ("a%2Fb", IdFault::CodedSlash),
            ("../a", IdFault::Name(NameFault::Segment("..".to_owned()))),
            (
                "%2e%2e/a",
                IdFault::Name(NameFault::Segment("..".to_owned())),
            ),
            ("/etc/passwd", IdFault::Name(NameFault::Absolute)),
            ("a%00", IdFault::Name(NameFault::Control('\0'))),
            ("./", IdFault::Name(NameFault::Empty)),
        ] {
            assert_eq!(path_of_id(id), Err(fault), "{id}");
        }
    }

    #[test]
    fn names_that_a_file_system_takes_for_the_same_fold_together() {
        assert_eq!(folded("Data/A.BED"), folded("data/a.bed"));
        assert_eq!(folded("\u{e9}"), folded("E\u{301}"));
        assert_eq!(folded("ΑΣ"), folded("ας"));
        assert_ne!(folded("a/b"), folded("ab"));
    }

    #[test]
    fn long_and_hidden_names_are_shown_in_one_short_line() {
        assert_eq!(shown("a\nb\u{202e}"), r#""a\nb\u{202e}""#);
        let long = shown(&"é".repeat(60_000));
        assert!(long.len() < 300, "{long}");
        assert!(long.ends_with("…\" (120000 bytes)"), "{long}");
    }

    proptest! {
        #[test]
        fn what_is_a_name_comes_back_from_its_id(name in "([ -~]|[éäΔ字]|/){1,40}") {
            if check(&name).is_ok() {
                let id = id_of_path(&name);
                prop_assert_eq!(path_of_id(&id), Ok(name));
                prop_assert!(!id.contains(' '));
            }
        }

        #[test]
        fn any_text_is_a_path_or_says_why_not(id in any::<String>()) {
            if let Ok(path) = path_of_id(&id) {
                prop_assert_eq!(path_of_id(&id_of_path(&path)), Ok(path));
            }
        }
    }
}
