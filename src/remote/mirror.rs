//! Mirrors of URLs, configured by the site.

use std::path::{Path, PathBuf};

use percent_encoding::{percent_decode, percent_decode_str};
use unicode_normalization::UnicodeNormalization as _;
use url::Url;

use super::fault::Fault;
use super::ftp_replies;

/// The table of mirrors: URL prefixes and their replacements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mirrors(Vec<(String, Target)>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Server(Url),
    Folder(PathBuf),
}

/// The place of a file in a mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mirrored {
    /// On a server of the site's choice.
    Server(Url),
    /// In a folder of this machine: the folder, and the path below it.
    Folder(PathBuf, PathBuf),
}

impl Mirrors {
    /// Adds a row: URLs that start with `start` are downloaded from `target`, the URL of a server or, with `file:`, a folder.
    ///
    /// # Errors
    /// The fault of one of them.
    pub fn add(&mut self, start: &str, target: &str) -> Result<(), String> {
        let wrong = |text: &str, expected: &str| {
            Err(format!(
                "found `{}`, expected {expected}",
                crate::text::secrets::redacted(text)
            ))
        };
        let Some(start) = readable(start) else {
            return wrong(
                start,
                "a URL prefix that ends in `/`, such as https://example.org/tracks/",
            );
        };
        let expected = "the URL of a mirror that ends in `/`, such as http://10.20.0.5/tracks/ or file:///data/tracks/";
        let Some(url) = readable(target) else {
            return wrong(target, expected);
        };
        let place = match url.scheme() {
            "http" | "https" | "ftp" if url.has_host() => Target::Server(url),
            "file" => match url.to_file_path() {
                Ok(folder) if !url.has_host() => Target::Folder(folder),
                _ => return wrong(target, expected),
            },
            _ => return wrong(target, expected),
        };
        if !start.has_host() || !start.username().is_empty() {
            return wrong(start.as_str(), "the URL of a server, without a user name");
        }
        let start = start.to_string();
        if self.0.iter().any(|(other, _)| *other == start) {
            return Err(format!("found two mirrors for `{start}`, expected one"));
        }
        self.0.push((start, place));
        // The longest start decides.
        self.0
            .sort_by_key(|(start, _)| std::cmp::Reverse(start.len()));
        Ok(())
    }

    /// Whether there are no mirrors.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any mirror is a server.
    pub(crate) fn have_servers(&self) -> bool {
        self.0
            .iter()
            .any(|(_, target)| matches!(target, Target::Server(_)))
    }

    /// The place of a URL in a mirror, if any.
    pub(crate) fn find(&self, url: &Url) -> Result<Option<Mirrored>, Fault> {
        // Credentials for the provider are not sent to a mirror.
        let mut plain = url.clone();
        let _ = plain.set_username("");
        let _ = plain.set_password(None);
        plain.set_fragment(None);
        let Some((start, target)) = self
            .0
            .iter()
            .find(|(start, _)| plain.as_str().starts_with(start))
        else {
            return Ok(None);
        };
        let rest = &plain.as_str()[start.len()..];
        let rest = match plain.scheme() {
            "ftp" => ftp_replies::typed(rest).0,
            _ => rest,
        };
        let outside = || Fault::Mirror {
            problem: "does not serve this file, because its URL leads out of the mirror",
        };
        let found = match target {
            Target::Server(base) => {
                let path = rest.split('?').next().unwrap_or_default();
                if leads_up(path) {
                    return Err(outside());
                }
                let text = format!("{base}{rest}");
                let url = Url::parse(&text).map_err(|_| outside())?;
                // Parsing a URL resolves its `..`; the result must still be below.
                if !url.as_str().starts_with(base.as_str()) {
                    return Err(outside());
                }
                Mirrored::Server(url)
            }
            Target::Folder(folder) => {
                let path = rest.split('?').next().unwrap_or_default();
                Mirrored::Folder(folder.clone(), below(path).ok_or_else(outside)?)
            }
        };
        Ok(Some(found))
    }
}

fn readable(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (url.path().ends_with('/') && url.query().is_none() && url.fragment().is_none()).then_some(url)
}

/// The number of times that a path is decoded: each server in a chain may decode it once.
const MOST_DECODINGS: usize = 5;

/// Whether a part of a path may mean the parent folder to some server: two dots between slashes, in any encoding. Besides
/// `%2e%2e%2f` these are backslashes, nested encodings, overlong UTF-8, `%u002e`, characters that resemble dots and slashes, and
/// dots followed by parameters or zero bytes.
fn leads_up(path: &str) -> bool {
    let mut bytes = path.as_bytes().to_vec();
    for _ in 0..MOST_DECODINGS {
        let text: String = String::from_utf8_lossy(&shortest(&bytes)).nfkc().collect();
        let mut parts = text.split(['/', '\\', '\u{2215}', '\u{2044}', '\u{2216}']);
        if parts.any(|part| part.split([';', '\0']).next().unwrap_or_default().trim() == "..") {
            return true;
        }
        let decoded: Vec<u8> = percent_decode(text_of_u(&bytes).as_slice()).collect();
        if decoded == bytes {
            return false;
        }
        bytes = decoded;
    }
    // No real name is encoded this often.
    true
}

/// Decodes `%u` with four digits, as some servers do.
fn text_of_u(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut rest = bytes;
    while let Some((first, more)) = rest.split_first() {
        let escaped = rest
            .get(..6)
            .filter(|escape| escape.starts_with(b"%u") || escape.starts_with(b"%U"))
            .and_then(|escape| std::str::from_utf8(&escape[2..]).ok())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        if let Some(sign) = escaped {
            plain.extend(sign.to_string().bytes());
            rest = &rest[6..];
        } else {
            plain.push(*first);
            rest = more;
        }
    }
    plain
}

/// Decodes overlong ASCII characters, which UTF-8 forbids but old servers accept.
fn shortest(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut rest = bytes;
    while let Some((first, more)) = rest.split_first() {
        let (length, high, low) = match rest {
            [lead @ (0xC0 | 0xC1), low, ..] => (2, lead & 1, low),
            [0xE0, high @ (0x80 | 0x81), low, ..] => (3, high & 1, low),
            [0xF0, 0x80, high @ (0x80 | 0x81), low, ..] => (4, high & 1, low),
            _ => (1, 0, first),
        };
        if length > 1 {
            plain.push(high << 6 | low & 0x3F);
            rest = &rest[length..];
        } else {
            plain.push(*first);
            rest = more;
        }
    }
    plain
}

/// The path of a file below a folder, from a URL path. `None` if a part of it is not a plain name.
fn below(path: &str) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    for part in path.split('/') {
        let name = percent_decode_str(part).decode_utf8().ok()?;
        let is_plain = !matches!(name.as_ref(), "" | "." | "..")
            && !name.contains(['/', '\\', '\0'])
            && Path::new(name.as_ref()).is_relative();
        if !is_plain {
            return None;
        }
        found.push(name.as_ref());
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_above_is_seen_in_every_spelling() {
        let above = "\
            %2e%2e%2fetc/passwd %2E%2E/etc a/..%2fetc a/%2e.%5cetc a/..\\etc %252e%252e%252fetc \
            %25252e%25252e%25252fetc a/..;/etc a/..;x=1%2fetc a/..%00/etc %c0%ae%c0%ae%c0%afetc \
            %e0%80%ae%e0%80%ae/etc %f0%80%80%ae./etc %u002e%u002e%u2215etc %uff0e%uff0e%uff0fetc \
            %ef%bc%8e%ef%bc%8e/etc %e2%80%a5/etc a/%20..%20/etc a/..%5c..%5cetc a%2f..";
        for path in above.split(' ') {
            assert!(leads_up(path), "{path}");
        }
        let below = "\
            a/b.bed a%2Fb%20c.bed a..b/c...d ... 100%25.bed 50% %e9tude.bed %C3%A9tude.bed a;b=..c";
        for path in below.split(' ') {
            assert!(!leads_up(path), "{path}");
        }
    }
}
