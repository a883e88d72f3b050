//! The files of a hub: saved ones here, downloads elsewhere. Each has a URL, and refers to others by paths relative to it.

use std::rc::Rc;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::conversion::error::HubProblem;

/// The files of a hub by their URLs.
pub trait HubFiles {
    /// The file of a URL; `None` if there is none.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn file(&mut self, url: &Url) -> Result<Option<HubFile>, String>;
}

/// A file of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubFile {
    /// Its name in messages.
    pub name: String,
    /// Its bytes, which may be large.
    pub bytes: Rc<Vec<u8>>,
}

/// The host of a hub whose URL is not known. No public name ends like this (RFC 6761).
const NO_HOST: &str = "hub.invalid";

/// The URL of a saved hub, which stands for the unknown one.
pub fn unknown_url() -> Option<Url> {
    Url::parse(&format!("https://{NO_HOST}/hub.txt")).ok()
}

/// Whether a URL is relative to a hub whose URL is not known.
pub(super) fn is_unknown(url: &Url) -> bool {
    url.host_str() == Some(NO_HOST)
}

/// The URL of a further file of a hub.
///
/// # Errors
/// The path leads out of the folder, or is no path.
pub(super) fn referred(from: &Url, path: &str) -> Result<Url, HubProblem> {
    let folders = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(folders).decode_utf8_lossy();
    if decoded.split(['/', '\\']).any(|part| part == "..") {
        return Err(HubProblem::ParentFolder(path.to_owned()));
    }
    let url = from.join(path).ok();
    let is_file = |url: &Url| ["http", "https", "ftp"].contains(&url.scheme());
    url.filter(is_file)
        .ok_or_else(|| HubProblem::Url(path.to_owned()))
}

/// Saved files of a hub.
#[derive(Debug, Clone, Default)]
pub struct SavedFiles {
    files: Vec<HubFile>,
    /// The URL of the hub.
    url: Option<Url>,
    /// The folder of the saved hub, with `/` at the end, or nothing.
    folder: String,
    /// The name of the saved hub.
    hub: String,
}

impl SavedFiles {
    /// The files of a hub with this URL; `None` if no file starts with the setting `hub`, or several do.
    pub fn new(files: Vec<HubFile>, url: &Url) -> Option<Self> {
        let mut hubs = files.iter().filter(|file| starts_hub(&file.bytes));
        let (Some(hub), None) = (hubs.next(), hubs.next()) else {
            return None;
        };
        let hub = hub.name.clone();
        Some(SavedFiles {
            url: Some(url.clone()),
            folder: folder_of(&hub).to_owned(),
            hub,
            files,
        })
    }
}

impl HubFiles for SavedFiles {
    fn file(&mut self, url: &Url) -> Result<Option<HubFile>, String> {
        let path = percent_decode_str(url.path()).decode_utf8_lossy();
        let hub = self.url.as_ref();
        let name = match hub.is_some_and(|hub| hub == url) {
            true => Some(self.hub.clone()),
            false => hub
                .and_then(|hub| path.strip_prefix(folder_of(hub.path())))
                .map(|relative| format!("{}{relative}", self.folder)),
        };
        if let Some(file) = self
            .files
            .iter()
            .find(|file| Some(&file.name) == name.as_ref())
        {
            return Ok(Some(file.clone()));
        }
        // Saved files may have lost their folders.
        let is_end = |file: &&HubFile| {
            let name = file.name.strip_prefix(&self.folder).unwrap_or(&file.name);
            let rest = path.strip_suffix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let mut ends = self.files.iter().filter(is_end);
        match (ends.next(), ends.next()) {
            (file, None) => Ok(file.cloned()),
            (Some(first), _) => Err(format!(
                "found several files `{0}`, expected names with folders, such as hg38/{0}: rename them",
                first.name
            )),
            (None, _) => Ok(None),
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |end| &path[..=end])
}

/// Whether a file starts with the setting `hub`.
pub fn starts_hub(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1 << 16)];
    let first = super::stanzas::parse(start).into_iter().next();
    first.is_some_and(|stanza| stanza.settings[0].name == "hub")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_folder_of_the_hub() {
        let from = Url::parse("https://h.example.org/a/hub.txt").unwrap();
        assert_eq!(
            referred(&from, "hg38/trackDb.txt").unwrap().path(),
            "/a/hg38/trackDb.txt"
        );
        for path in ["../x.txt", "a/%2e%2e/x.txt", "a\\..\\x.txt"] {
            assert_eq!(
                referred(&from, path).unwrap_err().to_string(),
                format!("found the path `{path}`, expected one without `..`")
            );
        }
        assert!(referred(&from, "file:///etc/passwd").is_err());
    }

    #[test]
    fn saved_files_are_found_with_and_without_their_folders() {
        let url = Url::parse("https://h.example.org/a/hub.txt").unwrap();
        let saved = |names: &[&str]| {
            let file = |name: &&str| HubFile {
                name: (*name).to_owned(),
                bytes: Rc::new(match name.ends_with("hub.txt") {
                    true => b"# mine\n\nhub x\n".to_vec(),
                    false => name.as_bytes().to_vec(),
                }),
            };
            SavedFiles::new(names.iter().map(file).collect(), &url).unwrap()
        };
        let track_db = Url::parse("https://h.example.org/a/hg38/trackDb.txt").unwrap();
        for names in [
            ["my/hub.txt", "my/hg38/trackDb.txt"],
            ["hub.txt", "trackDb.txt"],
        ] {
            let found = saved(&names).file(&track_db).unwrap().unwrap();
            assert_eq!(found.name, names[1]);
        }
        let mut twice = saved(&["hub.txt", "trackDb.txt", "trackDb.txt"]);
        assert!(
            twice
                .file(&track_db)
                .unwrap_err()
                .starts_with("found several files")
        );
        let mut other = saved(&["hub.txt", "mm10/trackDb.txt"]);
        assert_eq!(other.file(&track_db), Ok(None));
    }
}
