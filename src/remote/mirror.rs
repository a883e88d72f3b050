//! Other places for addresses, as the site decides.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::Url;

use super::fault::Fault;

/// The table of mirrors: what an address starts with, and what takes the place of that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mirrors(Vec<(String, Target)>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Server(Url),
    Folder(PathBuf),
}

/// Where a mirror has a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mirrored {
    /// On a server of the site's choice.
    Server(Url),
    /// In a folder of this machine: the folder, and the path below it.
    Folder(PathBuf, PathBuf),
}

impl Mirrors {
    /// Adds a row: addresses that start with `start` are taken from `target`, the address of a server or, with
    /// `file:`, a folder.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn add(&mut self, start: &str, target: &str) -> Result<(), String> {
        let wrong = |text: &str, expected: &str| {
            Err(format!(
                "found `{}`, expected {expected}",
                crate::model::credentials::redacted(text)
            ))
        };
        let Some(start) = readable(start) else {
            return wrong(
                start,
                "the start of addresses, up to a `/`, such as https://example.org/tracks/",
            );
        };
        let expected = "the address of a mirror, up to a `/`, such as http://10.20.0.5/tracks/ or file:///data/tracks/";
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
            return wrong(
                start.as_str(),
                "an address of a server, without a user name",
            );
        }
        let start = start.to_string();
        if self.0.iter().any(|(other, _)| *other == start) {
            return Err(format!("`{start}` has two mirrors, expected one"));
        }
        self.0.push((start, place));
        // The longest start decides.
        self.0
            .sort_by_key(|(start, _)| std::cmp::Reverse(start.len()));
        Ok(())
    }

    /// Whether there is no mirror at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any mirror is a server.
    pub(super) fn have_servers(&self) -> bool {
        self.0
            .iter()
            .any(|(_, target)| matches!(target, Target::Server(_)))
    }

    /// The place that a mirror has for an address, if one has.
    pub(super) fn find(&self, url: &Url) -> Result<Option<Mirrored>, Fault> {
        // What the provider may know about its user is not the mirror's to know.
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
        let outside = || Fault::Mirror {
            problem: "does not hand out this file, because its address leads out of the mirror",
        };
        let found = match target {
            Target::Server(base) => {
                let text = format!("{base}{rest}");
                let url = Url::parse(&text).map_err(|_| outside())?;
                // Reading an address resolves its `..`; what is left must still lie below.
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

/// The path of a file below a folder, from what stands in the address. Nothing where a part of it is no plain name.
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
