//! The hubs: of documents, or of a server.

use std::path::{Path, PathBuf};

use super::rows::RowCounter;
use crate::cli::{self, Failure, dataset_options};
use crate::fairtracks::augment::{Given, augment};
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::remote::site_settings;
use crate::tools::catalog::entries::HubCatalog;
use crate::tools::catalog::form::AskedServer;
use crate::tools::catalog::gather::{of_document, of_metamodel};
use crate::trackfind::client::{Server, ServerError};
use crate::trackfind::hub_name::HubName;

/// The hubs, and remarks on them.
#[derive(Default)]
pub struct Listing {
    pub hubs: Vec<HubCatalog>,
    /// Where the hubs are from: one for each, or one for all.
    pub sources: Vec<String>,
    /// Unavailable hubs, with the reason.
    pub failures: Vec<String>,
    /// Remarks on single hubs.
    pub remarks: Vec<String>,
    /// Whether the server did not answer in time, so that no further hub is asked for.
    is_busy: bool,
    /// Whether it did not find the rows of a hub in time, so that no further hub is counted.
    is_counting_slow: bool,
}

pub fn of_documents(
    paths: &[PathBuf],
    names: Option<&Path>,
    fill_in: bool,
) -> Result<Listing, Failure> {
    let sources = dataset_options::names(names, paths, "document")?;
    let mut documents: Vec<Document> = Vec::new();
    let mut filled_in = Vec::new();
    for (path, source) in paths.iter().zip(&sources) {
        let bytes = cli::read_bytes(path).map_err(|error| Failure::at(source, error))?;
        let document = document_json::read(&bytes).map_err(|error| Failure::at(source, error))?;
        let (document, filled) = if fill_in {
            augment(document, Given::Keep)
        } else {
            (document, Vec::new())
        };
        documents.push(document);
        filled_in.push(filled.len());
    }
    let pairs = documents.iter().zip(sources.iter().map(String::as_str));
    let hub_names = HubName::of_all(pairs);
    let mut remarks = Vec::new();
    for (name, count) in hub_names.iter().zip(filled_in) {
        if count > 0 {
            remarks.push(format!(
                "{name}: filled in missing labels, names or summaries ({count}); a search finds these values only if it fills them in too"
            ));
        }
    }
    let hubs = hub_names.into_iter().zip(&documents);
    let hubs = hubs.map(|(name, document)| of_document(name, document));
    Ok(Listing {
        hubs: hubs.collect(),
        sources,
        remarks,
        ..Listing::default()
    })
}

/// The reason for skipping hubs of a busy server.
const NOT_ASKED: &str = "skipped: the server did not respond in time";

/// The hubs of a server that are asked for.
pub fn of_server(asked: &AskedServer, count: bool) -> Result<Listing, Failure> {
    let server = Server::new(&asked.url, &site_settings()?)?.with_notice(|text| cli::say(text));
    let mut listing = Listing {
        sources: vec![server.address()],
        ..Listing::default()
    };
    let repositories = match asked.repository.as_str() {
        // A server names them in no order that it would keep to.
        "" => sorted(server.repositories()?),
        one => vec![one.to_owned()],
    };
    for repository in repositories {
        if listing.is_busy {
            listing.failures.push(format!("{repository}: {NOT_ASKED}"));
            continue;
        }
        let hubs = match (asked.repository.as_str(), asked.hub.as_str()) {
            ("", _) | (_, "") => server.hubs(&repository),
            (_, hub) => Ok(vec![hub.to_owned()]),
        };
        let hubs = match hubs {
            Ok(hubs) => sorted(hubs),
            Err(error) => {
                listing.is_busy = matches!(error, ServerError::Slow { .. });
                listing.failures.push(format!("{repository}: {error}"));
                continue;
            }
        };
        let is_wanted = |hub: &String| asked.hub.is_empty() || *hub == asked.hub;
        for hub in hubs.into_iter().filter(is_wanted) {
            let repository = repository.clone();
            let name = HubName { repository, hub };
            if listing.is_busy {
                listing.failures.push(format!("{name}: {NOT_ASKED}"));
                continue;
            }
            match listing.of_hub(&server, &name, count) {
                Ok(hub) => listing.hubs.push(hub),
                Err(error) => {
                    listing.is_busy = matches!(error, ServerError::Slow { .. });
                    listing.failures.push(format!("{name}: {error}"));
                }
            }
        }
    }
    if !listing.hubs.is_empty() {
        return Ok(listing);
    }
    let problem = match (listing.failures.is_empty(), asked.hub.as_str()) {
        (false, _) => format!("no hub could be listed: {}", listing.failures.join("; ")),
        (true, "") => {
            "found no hub, expected at least one: check the URL, or ask the provider of the server"
                .to_owned()
        }
        (true, hub) => format!(
            "found no hub `{hub}` in any repository of the server, expected an existing hub: leave the hub empty to list all"
        ),
    };
    Err(Failure::at(server.address(), problem))
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

impl Listing {
    fn of_hub(
        &mut self,
        server: &Server,
        name: &HubName,
        count: bool,
    ) -> Result<HubCatalog, ServerError> {
        let HubName { repository, hub } = name;
        let metamodel = server.metamodel(repository, hub, "", "")?;
        if !count {
            return Ok(of_metamodel(name.clone(), metamodel));
        }
        if self.is_counting_slow {
            let problem = "tracks not counted: the server is too busy";
            self.remarks.push(format!("{name}: {problem}"));
            return Ok(of_metamodel(name.clone(), metamodel));
        }
        let mut counter = RowCounter::default();
        let mut take = |row| counter.take(&row);
        let listed = match server.search_each(repository, hub, "true", &[], None, &mut take) {
            Ok(_) => counter.finish(name.clone(), metamodel),
            Err(error) => {
                self.is_counting_slow = matches!(error, ServerError::Slow { .. });
                let remark = format!("{name}: tracks not counted: {error}");
                self.remarks.push(remark);
                return Ok(of_metamodel(name.clone(), metamodel));
            }
        };
        if let (Some(tracks), 1..) = (listed.tracks, listed.incomplete) {
            let found = tracks - listed.incomplete;
            self.remarks.push(format!(
                "{name}: the server finds {found} of its {tracks} tracks, and only these are counted; the others probably lack an experiment, sample or study, and only a search that includes tracks without a sample finds them"
            ));
        }
        Ok(listed)
    }
}
