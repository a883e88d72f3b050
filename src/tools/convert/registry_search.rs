//! Hubs that the Track Hub Registry finds are read one after the other.

use url::Url;

use super::asking::PortalClient;
use super::download::SourceDownload;
use super::paging;
use super::source_reading::{SourceReading, SourceSearch};
use crate::cli::Failure;
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome, READER};
use crate::conversion::read::hub;
use crate::conversion::read::portal_api::PortalApi;
use crate::conversion::rules::ConversionRules;

/// Sends a search for hubs, and reads them.
///
/// # Errors
/// Why there is no answer, or why no hub can be read.
pub fn read(search: SourceSearch<'_>, rules: &ConversionRules) -> Result<SourceReading, Failure> {
    let api = PortalApi::TrackHubRegistry;
    let start = api.start(search.url, search.query);
    let start = start.map_err(|problem| Failure::usage("--query", problem))?;
    let mut client = PortalClient::new()?;
    let failed = |problem: String| Failure::at("--query", problem);
    let found = paging::download(&mut client, api, start).map_err(failed)?;
    let download = client.into_download();
    if found.items == 0 {
        return Ok(SourceReading {
            files: download.into_files(),
            no_hits: Some(api.no_hits().to_owned()),
            ..SourceReading::default()
        });
    }
    let mut urls = Vec::new();
    for page in &found.pages {
        let of_page = hub::hubs_of_answer(&page.bytes);
        let of_page = of_page.map_err(|problem| Failure::at(&page.name, problem))?;
        urls.extend(of_page);
    }
    urls.sort();
    urls.dedup();
    if urls.len() > hub::MOST_HUBS {
        let shown: Vec<&str> = urls
            .iter()
            .take(hub::MOST_HUBS / 2)
            .map(Url::as_str)
            .collect();
        let problem = format!(
            "found {} hubs, expected at most {}: use more words, or give the URL of one of them: {}",
            urls.len(),
            hub::MOST_HUBS,
            shown.join(", ")
        );
        return Err(failed(problem));
    }
    hubs(download, &urls, rules)
}

/// Reads hubs. One of several that cannot be read is a row of the log.
///
/// # Errors
/// Why no hub can be read.
pub fn hubs(
    mut download: SourceDownload,
    urls: &[Url],
    rules: &ConversionRules,
) -> Result<SourceReading, Failure> {
    let mut all = SourceReading::default();
    let mut first_problem = None;
    for url in urls {
        match hub::read(&mut download, url, rules) {
            Ok(reading) => {
                all.sheets.extend(reading.sheets);
                merge(&mut all.log, &reading.log);
            }
            Err(problem) => {
                all.log.add(LogEntry {
                    outcome: LogOutcome::NotTaken,
                    record: url.to_string(),
                    field: "hub".to_owned(),
                    value: url.to_string(),
                    rule: READER.to_owned(),
                    reason: format!("the hub cannot be read: {problem}"),
                });
                first_problem.get_or_insert(problem);
            }
        }
    }
    all.files = download.into_files();
    match first_problem {
        Some(problem) if all.sheets.is_empty() => Err(problem.into()),
        _ => Ok(all),
    }
}

fn merge(log: &mut ConversionLog, other: &ConversionLog) {
    for row in other.rows() {
        log.add_many(row.entry.clone(), row.records);
    }
}
