//! Pages of a service are downloaded one after the other.

use std::collections::{BTreeSet, HashSet};
use std::thread;

use url::Url;

use super::asking::PortalClient;
use crate::conversion::read::data_connect_requests;
use crate::conversion::read::encode_search;
use crate::conversion::read::faang_requests;
use crate::conversion::read::json_source::SourceFile;
use crate::conversion::read::page_value;
use crate::conversion::read::pages::{PageRequest, PageStep, PageWalk};
use crate::conversion::read::portal_api::PortalApi;
use crate::conversion::read::seek_requests;
use crate::text::secrets::redacted;

/// Experiments of ENCODE that one request asks for, so that its URL stays short.
const MOST_IN_REQUEST: usize = 100;
/// With this text FAANG answers to a search of an index that it does not have.
const NO_INDEX: &str = "This index doesn't exist";
/// Items of SEEK that are asked for one by one.
const MOST_ITEMS: usize = 5000;

/// The pages of an answer, and how many items they have together.
pub struct PortalPages {
    pub pages: Vec<SourceFile>,
    pub items: u64,
    /// URLs of what items refer to and that cannot be read, with the problem of each.
    pub left_out: Vec<(String, String)>,
}

/// Downloads all pages of an answer, and what its items refer to.
///
/// # Errors
/// Why a page cannot be used, with its URL.
pub fn download(
    client: &mut PortalClient,
    api: PortalApi,
    start: PageRequest,
) -> Result<PortalPages, String> {
    match api {
        PortalApi::DataConnect => tables(client, start),
        PortalApi::Encode => files(client, start),
        PortalApi::Faang => hits(client, start),
        PortalApi::Seek => items(client, start),
        _ => walk(client, api, start),
    }
}

/// The pages of one answer.
fn walk(
    client: &mut PortalClient,
    api: PortalApi,
    start: PageRequest,
) -> Result<PortalPages, String> {
    let mut walk = PageWalk::new(api.style(&start), start, api.pages());
    let mut pages = Vec::new();
    loop {
        let answer = client.ask_with(walk.request(), api.accept(), |answer| {
            api.is_nothing_found(answer.status, &answer.body)
        })?;
        // A portal without results may have no page at all.
        if answer.body.trim_ascii().is_empty() && api == PortalApi::Ena {
            break;
        }
        let step = walk.step(&answer.body);
        let step = step.map_err(|problem| format!("{}: {problem}", answer.retrieved_from))?;
        pages.push(SourceFile {
            name: answer.retrieved_from,
            bytes: answer.body,
        });
        match step {
            PageStep::Next => {}
            PageStep::Restart => pages.clear(),
            PageStep::Poll => {
                if let Some(page) = pages.pop()
                    && page_value::is_of_use_without_rows(&page.bytes)
                {
                    pages.push(page);
                }
                let pause = client.poll_pause(answer.retry_after)?;
                thread::sleep(pause);
            }
            PageStep::End => break,
        }
        if step != PageStep::Poll {
            client.progressed();
        }
    }
    Ok(PortalPages {
        pages,
        items: walk.items(),
        left_out: Vec::new(),
    })
}

/// The files of ENCODE, and the experiments that they belong to as far as the portal knows them.
fn files(client: &mut PortalClient, start: PageRequest) -> Result<PortalPages, String> {
    let api = PortalApi::Encode;
    let from = start.url.clone();
    let mut all = walk(client, api, start)?;
    let experiments = encode_search::experiments(&all.pages);
    let experiments = experiments.map_err(|problem| problem.to_string())?;
    for ids in experiments.chunks(MOST_IN_REQUEST) {
        let url = encode_search::search_of_experiments(&from, ids);
        let found = walk(client, api, PageRequest::get(url))?;
        if found.items > 0 {
            all.pages.extend(found.pages);
        }
    }
    Ok(all)
}

/// The tables of a server of Data Connect, or the one that the user gives.
fn tables(client: &mut PortalClient, start: PageRequest) -> Result<PortalPages, String> {
    let api = PortalApi::DataConnect;
    if !data_connect_requests::is_list(&start.url) {
        return walk(client, api, start);
    }
    let list = start.url.clone();
    let mut walk_of_list = PageWalk::new(
        data_connect_requests::STYLE_OF_LIST,
        start,
        "a list of tables of Data Connect with `tables`",
    );
    let mut lists = Vec::new();
    loop {
        let answer = client.ask(walk_of_list.request(), api.accept())?;
        let at = |problem: &dyn std::fmt::Display| format!("{}: {problem}", answer.retrieved_from);
        let step = walk_of_list.step(&answer.body);
        let step = step.map_err(|problem| at(&problem))?;
        let value = page_value::value(&answer.body, api.pages());
        lists.push(value.map_err(|problem| at(&problem))?);
        if step == PageStep::End {
            break;
        }
    }
    let chosen = data_connect_requests::tables(&lists, &list)
        .map_err(|problem| format!("{list}: {problem}"))?;
    let mut all = PortalPages {
        pages: Vec::new(),
        items: 0,
        left_out: Vec::new(),
    };
    for url in chosen {
        let table = walk(client, api, PageRequest::get(url))?;
        all.pages.extend(table.pages);
        all.items += table.items;
    }
    Ok(all)
}

/// The hits of FAANG, and what they belong to as far as the portal describes it.
fn hits(client: &mut PortalClient, start: PageRequest) -> Result<PortalPages, String> {
    let api = PortalApi::Faang;
    let from = start.url.clone();
    let mut all = walk(client, api, start).map_err(with_dates)?;
    let mut known = BTreeSet::new();
    let mut next = 0;
    // The specimens of analyses refer to others.
    while let Some(page) = all.pages.get(next) {
        let answer = page_value::value(&page.bytes, api.pages());
        let answer = answer.map_err(|problem| format!("{}: {problem}", page.name))?;
        next += 1;
        for url in faang_requests::requests(&answer, &from, &mut known) {
            match walk(client, api, PageRequest::get(url.clone())) {
                Ok(related) => all.pages.extend(related.pages),
                Err(problem) => {
                    let problem = with_dates(problem);
                    all.left_out.push((redacted(url.as_str()), problem));
                }
            }
        }
    }
    Ok(all)
}

/// The problem with a search of FAANG, and what helps if its index is missing: no request lists the names of the indices.
fn with_dates(problem: String) -> String {
    if !problem.contains(NO_INDEX) {
        return problem;
    }
    format!(
        "{problem}; the portal names some indices with a date, such as 2026_03_26_file: search the index by that name"
    )
}

/// The items of SEEK: a list has their titles alone, and is left out.
fn items(client: &mut PortalClient, start: PageRequest) -> Result<PortalPages, String> {
    let api = PortalApi::Seek;
    let first = start.url.clone();
    let mut all = walk(client, api, start)?;
    let mut asked: HashSet<Url> = HashSet::from([first.clone()]);
    let mut next = 0;
    let mut urls: Vec<Url> = vec![first; all.pages.len()];
    let mut of_titles = HashSet::new();
    while let Some(page) = all.pages.get(next) {
        let answer = page_value::value(&page.bytes, api.pages());
        let answer = answer.map_err(|problem| format!("{}: {problem}", page.name))?;
        let from = urls[next].clone();
        if answer["data"].is_array() && !seek_requests::requests(&answer, &from).is_empty() {
            of_titles.insert(page.name.clone());
        }
        next += 1;
        for url in seek_requests::requests(&answer, &from) {
            if !asked.insert(url.clone()) {
                continue;
            }
            if asked.len() > MOST_ITEMS {
                return Err(format!(
                    "found more than {MOST_ITEMS} items of SEEK, expected fewer: give the URL of a project or of an item"
                ));
            }
            match walk(client, api, PageRequest::get(url.clone())) {
                Ok(item) => {
                    urls.extend(vec![url; item.pages.len()]);
                    all.pages.extend(item.pages);
                }
                Err(problem) => all.left_out.push((redacted(url.as_str()), problem)),
            }
        }
    }
    all.pages.retain(|page| !of_titles.contains(&page.name));
    Ok(all)
}
