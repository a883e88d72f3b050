//! URIs of DRS in columns of URLs are resolved: each becomes the URL of a file, with its checksum.

use std::collections::HashMap;

use url::Url;

use super::asking::PortalClient;
use super::source_reading::SourceReading;
use crate::cli::Failure;
use crate::conversion::log::{LogEntry, LogOutcome};
use crate::conversion::read::drs;
use crate::conversion::read::drs_address::{self, DrsAddress};
use crate::conversion::read::drs_join::{self, DrsObject};
use crate::conversion::read::page_value;
use crate::conversion::read::pages::PageRequest;
use crate::conversion::rules::ConversionRules;

const ACCEPT: &str = "application/json";
const OBJECT: &str = "an object of DRS";
/// Objects of one job.
const MOST_OBJECTS: usize = 5000;

/// Resolves all URIs of a source. One that cannot be resolved is a row of the log.
///
/// # Errors
/// The settings of the site cannot be used, or there are too many URIs.
pub fn resolve(reading: &mut SourceReading, rules: &ConversionRules) -> Result<(), Failure> {
    let sheets = reading.sheets.iter();
    let uris: Vec<(String, String)> = sheets
        .flat_map(|sheet| {
            let uris = drs_join::uris(sheet, rules).into_iter();
            uris.map(|uri| (sheet.name.to_string(), uri))
        })
        .collect();
    if uris.is_empty() {
        return Ok(());
    }
    let mut client = PortalClient::new()?;
    // `None` for one that cannot be resolved.
    let mut objects: HashMap<String, Option<DrsObject>> = HashMap::new();
    for (sheet, uri) in uris {
        if objects.contains_key(&uri) {
            continue;
        }
        if objects.len() >= MOST_OBJECTS {
            let problem = format!(
                "found more than {MOST_OBJECTS} URIs of DRS, expected fewer: convert a part of the tables"
            );
            return Err(Failure::at("--resolve-drs", problem));
        }
        let found = object(&mut client, &uri);
        if let Err(problem) = &found {
            reading.log.add(LogEntry {
                outcome: LogOutcome::NotTaken,
                record: sheet,
                field: "tracks.file_url".to_owned(),
                value: uri.clone(),
                rule: "DRS".to_owned(),
                reason: format!("not resolved: {problem}"),
            });
        }
        objects.insert(uri, found.ok());
    }
    for sheet in &mut reading.sheets {
        let mut find = |uri: &str| objects.get(uri).cloned().flatten();
        drs_join::join(sheet, rules, &mut find, &mut reading.log);
    }
    reading.files.extend(client.into_download().into_files());
    Ok(())
}

/// The object of a URI.
fn object(client: &mut PortalClient, uri: &str) -> Result<DrsObject, String> {
    let url = match DrsAddress::parse(uri)? {
        DrsAddress::Object(url) => url,
        DrsAddress::Compact(resolver) => {
            let answer = json(client, &resolver)?;
            drs_address::resolved(&answer).ok_or_else(|| {
                "identifiers.org has no server for this prefix: check the identifier".to_owned()
            })?
        }
    };
    let answer = json(client, &url)?;
    if let Some(problem) = drs::bundle(&answer) {
        return Err(problem);
    }
    if answer["id"].as_str().is_none() {
        return Err(format!(
            "{url}: found JSON of another shape, expected {OBJECT}"
        ));
    }
    let mut object = DrsObject::of(&answer);
    if object.url.is_none()
        && let Some(access) = &object.access_id
        && let Some(access) = drs_address::access_url(&url, access)
    {
        let answer = json(client, &access)?;
        let needs_headers = answer["headers"]
            .as_array()
            .is_some_and(|headers| !headers.is_empty());
        if needs_headers {
            return Err("the file needs credentials: ask the provider for a public URL".to_owned());
        }
        object.url = answer["url"].as_str().map(str::to_owned);
    }
    match &object.url {
        Some(_) => Ok(object),
        None => Err(format!(
            "found no URL of https, http or ftp ({}), expected one",
            object.other_access.join(", ")
        )),
    }
}

fn json(client: &mut PortalClient, url: &Url) -> Result<serde_json::Value, String> {
    let answer = client.ask(&PageRequest::get(url.clone()), ACCEPT)?;
    client.progressed();
    page_value::value(&answer.body, OBJECT)
        .map_err(|problem| format!("{}: {problem}", answer.retrieved_from))
}
