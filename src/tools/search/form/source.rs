//! The source of a search: a document, or a hub of a TrackFind server.

use serde::Deserialize;
use thiserror::Error;

use crate::fairtracks::search_source::{SearchSource, ServerHub};

#[derive(Deserialize)]
pub(super) struct SourceFields {
    from: From,
    #[serde(default)]
    server: Server,
    #[serde(default)]
    hub: Hub,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum From {
    /// A document in the history; its path is on the command line.
    Document,
    /// Several of them; likewise.
    Documents,
    /// A document of the administrator; likewise.
    Shared,
    /// Several of them, or all; likewise.
    Offered,
    Server,
}

/// A server that the administrator offers or whose address was typed; both have the address.
#[derive(Default, Deserialize)]
struct Server {
    url: Option<String>,
}

/// A hub that was typed or chosen from a list of the server. A list gives the repository, or `repository/hub`, both
/// percent-encoded.
#[derive(Default, Deserialize)]
struct Hub {
    #[serde(default)]
    from: HubFrom,
    repository: Option<String>,
    name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum HubFrom {
    #[default]
    Typed,
    Listed,
}

/// Why a form names no hub of a server.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum SourceError {
    #[error("found no URL of a TrackFind server, expected one such as https://trackfind.elixir.no")]
    NoAddress,
    #[error(
        "found neither repository nor hub to search on {0}, expected the names of both: FAIRtracks catalog lists those of a server"
    )]
    NoHub(String),
    #[error("found the hub `{0}` without a repository, expected the names of both")]
    NoRepository(String),
    #[error("found the repository `{0}` without a hub, expected the names of both")]
    NoHubName(String),
    #[error(
        "found two hubs, `{typed}` to search and `{picked}` of the catalog, expected one: leave repository and hub empty to search the hub of the catalog, or pick `{typed}` in the catalog"
    )]
    Differ { typed: String, picked: String },
    /// The list names a hub, and the field beside it another.
    #[error(
        "found two hubs, `{listed}` from the list and `{typed}` in the field, expected one: leave the hub field empty"
    )]
    ListedDiffers { listed: String, typed: String },
    /// A hub of a catalog that is not two names.
    #[error(
        "found the hub `{0}` in the catalog, expected a repository and a hub with ` / ` between them: type their names where you choose the server"
    )]
    NotTwoNames(String),
}

/// The separator of repository and hub in a catalog.
const BETWEEN: &str = " / ";

impl SourceFields {
    /// The source; `picked_hub` is the hub whose values were picked from a catalog.
    pub(super) fn source(self, picked_hub: Option<&str>) -> Result<SearchSource, SourceError> {
        match self.from {
            From::Document | From::Documents | From::Shared | From::Offered => {
                Ok(SearchSource::Document)
            }
            From::Server => {
                let url = self.server.url.unwrap_or_default().trim().to_owned();
                if url.is_empty() {
                    return Err(SourceError::NoAddress);
                }
                let (repository, hub) = self.hub.names(&url, picked_hub)?;
                Ok(SearchSource::Server(ServerHub {
                    url,
                    repository,
                    hub,
                }))
            }
        }
    }
}

impl Hub {
    /// Repository and hub, from the fields or else from the catalog.
    fn names(self, url: &str, picked: Option<&str>) -> Result<(String, String), SourceError> {
        let (repository, hub) = self.typed()?;
        match (repository.is_empty(), hub.is_empty(), picked) {
            (false, false, Some(picked)) if format!("{repository}{BETWEEN}{hub}") != picked => {
                Err(SourceError::Differ {
                    typed: format!("{repository}{BETWEEN}{hub}"),
                    picked: picked.to_owned(),
                })
            }
            (false, false, _) => Ok((repository, hub)),
            (_, _, Some(picked)) => completed(&repository, &hub, picked),
            (true, true, None) => Err(SourceError::NoHub(url.to_owned())),
            (true, false, None) => Err(SourceError::NoRepository(hub)),
            (false, true, None) => Err(SourceError::NoHubName(repository)),
        }
    }

    /// What the fields say, each empty where it says nothing.
    fn typed(self) -> Result<(String, String), SourceError> {
        let repository = self.repository.unwrap_or_default();
        let hub = self.name.unwrap_or_default().trim().to_owned();
        if matches!(self.from, HubFrom::Typed) {
            return Ok((repository.trim().to_owned(), hub));
        }
        let Some((repository, listed)) = repository.split_once('/') else {
            return Ok((decoded(&repository), hub));
        };
        let listed = decoded(listed);
        if !hub.is_empty() && hub != listed {
            return Err(SourceError::ListedDiffers { listed, typed: hub });
        }
        Ok((decoded(repository), listed))
    }
}

/// A name of a list.
fn decoded(name: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(name);
    decoded.decode_utf8_lossy().into_owned()
}

/// The hub of a catalog, which one of the names may be given for already.
fn completed(repository: &str, hub: &str, picked: &str) -> Result<(String, String), SourceError> {
    let (first, second) = picked
        .split_once(BETWEEN)
        .filter(|(_, rest)| !rest.contains(BETWEEN))
        .ok_or_else(|| SourceError::NotTwoNames(picked.to_owned()))?;
    let agrees = |typed: &str, name: &str| typed.is_empty() || typed == name;
    if agrees(repository, first) && agrees(hub, second) {
        return Ok((first.to_owned(), second.to_owned()));
    }
    let typed = if repository.is_empty() {
        hub
    } else {
        repository
    };
    Err(SourceError::Differ {
        typed: typed.to_owned(),
        picked: picked.to_owned(),
    })
}
