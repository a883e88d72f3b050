//! Searches: checks names, sends the query in parts, collects the rows in pages, and checks that they belong to the hub.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value as Json};

use super::error::ServerError;
use super::reply::{Counts, one_line};
use super::request::Answered;
use super::route::ServerRequest;
use super::{FoundTracks, LONGEST_HEAD, Server};
use crate::archive::digest::Sha256Sum;
use crate::fairtracks::category::Category;
use crate::text::{counted, json};
use crate::trackfind::wire::{NotSplit, Wire, split};

/// Rows of a page. A server holds a whole answer in memory, several times over, and its rows have some KiB each: a page is
/// a few MiB, and a hub of ten thousand tracks takes ten requests.
const PAGE: u64 = 1000;
/// The most rows of a search, over all pages and parts: what fits into a job and is fair use of a public server.
const MOST_ROWS: u64 = 50_000;
/// The most repeated rows before a server is assumed to ignore the offset, unless a page is longer: a few rows may be equal.
const MOST_REPEATED: u64 = 10;
/// The largest size of the paging clause of a query, in bytes.
const LONGEST_OFFSET: u64 = MOST_ROWS;

/// The scope of a search.
struct Place<'s> {
    server: &'s Server,
    repository: &'s str,
    hub: &'s str,
    categories: String,
    order: String,
}

type Page = (Vec<Map<String, Json>>, Counts);

struct Found<'v> {
    visit: &'v mut dyn FnMut(Map<String, Json>),
    /// The rows, each once over all parts and pages.
    seen: HashSet<Sha256Sum>,
    limit: u64,
    /// The page size: reduced after a page exceeded the limit of the server or of memory.
    page: u64,
    /// The longest page of the requested size.
    full: u64,
    /// Whether the server silently cuts pages.
    cuts: bool,
    documents: BTreeSet<String>,
    with_point_zero: u64,
    /// The number of values that the query cannot use.
    unusable: u64,
}

impl Server {
    /// The same as [`Server::search`], with the rows shown one after the other.
    ///
    /// # Errors
    /// The same.
    pub fn search_each(
        &self,
        repository: &str,
        hub: &str,
        query: &str,
        categories: &[String],
        limit: Option<u64>,
        visit: &mut dyn FnMut(Map<String, Json>),
    ) -> Result<FoundTracks, ServerError> {
        // Before any request.
        Wire::new(query)?;
        let known = self.checked_categories(repository, hub)?;
        let selected = self.selected(hub, &known, categories, query)?;
        self.known_aliases(query, &selected, &known)?;
        let place = Place::new(self, repository, hub, &selected);
        let parts = place.parts(query)?;
        let mut found = Found {
            visit,
            seen: HashSet::new(),
            limit: limit.unwrap_or(u64::MAX),
            page: PAGE,
            full: 0,
            cuts: false,
            documents: BTreeSet::new(),
            with_point_zero: 0,
            unusable: 0,
        };
        for part in &parts {
            place.pages(part, &mut found)?;
        }
        place.check_whose(&found.documents)?;
        let mut notes = Vec::new();
        let has = |category: Category| selected.iter().any(|name| name == category.name());
        let is_apart = has(Category::Samples) || has(Category::Studies);
        if has(Category::Tracks) && is_apart && !has(Category::Experiments) {
            notes.push("The category experiments, which joins tracks to samples and studies, is not searched: each track was combined with all objects of the others".to_owned());
        }
        if parts.len() > 1 {
            notes.push(format!(
                "The query is too long for one request; it was split into {} requests and their results were merged",
                parts.len()
            ));
        }
        if found.unusable > 0 {
            notes.push(format!(
                "{} cannot be converted as the query requires, such as a word to a number; conditions on them are unknown",
                counted(found.unusable as usize, "value")
            ));
        }
        if found.with_point_zero > 0 {
            notes.push(format!(
                "{} in `.0`: a TrackFind server stores 42 as 42.0, so integers cannot be distinguished, and the numbers are kept as received",
                match found.with_point_zero {
                    1 => "1 number of the answer ends".to_owned(),
                    count => format!("{count} numbers of the answer end"),
                }
            ));
        }
        Ok(FoundTracks {
            rows: Vec::new(),
            notes,
            sent: parts.iter().map(|part| part.text().to_owned()).collect(),
            categories: selected,
        })
    }
}

impl<'s> Place<'s> {
    fn new(server: &'s Server, repository: &'s str, hub: &'s str, selected: &[String]) -> Self {
        // The ids determine the row, so the order is the same for each page.
        let is_plain = |name: &&String| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let ids = selected.iter().filter(is_plain);
        let ids: Vec<String> = ids.map(|name| format!("{name}.id")).collect();
        Place {
            server,
            repository,
            hub,
            categories: selected.join(","),
            order: format!(" ORDER BY {}", ids.join(", ")),
        }
    }

    fn question<'q>(&'q self, query: &'q str, limit: &'q str) -> ServerRequest<'q> {
        let about = format!("the search in {}", self.hub);
        ServerRequest::new(&["search", self.repository, self.hub], about)
            .with("query", query)
            .with("categories", &self.categories)
            .with("limit", limit)
    }

    /// The query in parts that fit into requests.
    fn parts(&self, query: &str) -> Result<Vec<Wire>, ServerError> {
        let length = |wire: &Wire| {
            let page = format!("{}{} OFFSET {LONGEST_OFFSET}", wire.text(), self.order);
            let limit = PAGE.to_string();
            let question = self.question(&page, &limit);
            let url = question.url(&self.server.base);
            url.map_or(0, |url| self.server.head_length(&url))
        };
        match split(query, &|wire| length(wire) <= LONGEST_HEAD) {
            Ok(parts) => Ok(parts),
            Err(NotSplit::Query(error)) => Err(error.into()),
            Err(NotSplit::TooLong) => Err(ServerError::QueryTooLong {
                server: self.server.name.clone(),
                asked: query.chars().count(),
                bytes: length(&Wire::new(query)?),
                most: LONGEST_HEAD,
            }),
        }
    }

    /// All rows of a part, page by page: `ORDER BY` all ids, `OFFSET` the number of rows received.
    /// A server that states the total may return fewer rows than requested. Without a total, as on TrackFind,
    /// a full page has a next one, and a page that is not full is the last one, unless the server silently cuts pages:
    /// * that is possible if no longer page was full and [`may_be_cut`] suspects it from the length: then the next page is
    ///   requested;
    /// * if that page has rows, the server cuts, and from then on only a page without rows is the last one.
    ///
    /// So most small results need one request, and a result that starts with a full page needs no superfluous one.
    fn pages(&self, part: &Wire, found: &mut Found<'_>) -> Result<(), ServerError> {
        let mut offset = 0;
        // The rows of this part, as another may have given them before.
        let mut seen = HashSet::new();
        // The number of repeated rows since the last new one.
        let mut repeated = 0;
        let mut was_short = false;
        loop {
            let left = found.limit.saturating_sub(found.seen.len() as u64);
            if left == 0 {
                return Ok(());
            }
            // One row more than the limit detects an excess.
            let page = found
                .page
                .min(left)
                .min(MOST_ROWS + 1 - offset.min(MOST_ROWS));
            let Some((rows, counts)) = self.page(part, offset, page)? else {
                found.page = (page / 10).max(1);
                continue;
            };
            let total = counts.total;
            // Pages of a part have the same totals, and parts share most of their conditions.
            found.unusable = found.unusable.max(counts.unusable);
            let length = rows.len() as u64;
            let mut is_new = false;
            for row in rows {
                if (found.seen.len() as u64) < found.limit {
                    is_new |= seen.insert(self.take(row, found)?);
                }
            }
            if found.seen.len() as u64 > MOST_ROWS
                || total.is_some_and(|total| total > MOST_ROWS && found.limit > MOST_ROWS)
            {
                return Err(ServerError::TooManyRows {
                    server: self.server.name.clone(),
                    most: MOST_ROWS,
                });
            }
            offset += length;
            repeated = if is_new { 0 } else { repeated + length };
            found.cuts |= was_short && length > 0;
            if length >= page {
                found.full = found.full.max(length);
            }
            let is_last = match total {
                Some(total) => offset >= total || length == 0,
                None if length == 0 => true,
                None if length >= page || found.cuts => false,
                None => length < found.full || !may_be_cut(length),
            };
            if is_last {
                return Ok(());
            }
            was_short = length < page;
            if repeated >= length.max(MOST_REPEATED) {
                return Err(ServerError::NotTrackFind {
                    server: self.server.name.clone(),
                    found: "it repeats the same rows".to_owned(),
                });
            }
        }
    }

    /// One page and the server's totals; `None` if a smaller page may help: the server limits the rows, or they exceed the
    /// memory limit, because each row repeats the document and the study.
    fn page(&self, part: &Wire, offset: u64, length: u64) -> Result<Option<Page>, ServerError> {
        let mut query = format!("{}{}", part.text(), self.order);
        if offset > 0 {
            query.push_str(&format!(" OFFSET {offset}"));
        }
        let limit = length.to_string();
        let question = self.question(&query, &limit);
        let answered = match self.server.json(&question) {
            Err(ServerError::AnswerTooLarge { .. }) if length > 1 => return Ok(None),
            answered => answered?,
        };
        match answered {
            Answered::Read(rows, counts) => {
                let rows: Vec<json::JsonObject> = rows;
                let rows = rows.into_iter().map(|row| row.0).collect();
                Ok(Some((rows, counts)))
            }
            Answered::Other(reply) if reply.status == 413 && length > 1 => Ok(None),
            Answered::Other(reply) => {
                let reason = self.server.reason(&reply, self.repository, self.hub, part);
                Err(reason.unwrap_or_else(|| self.server.failure(&question, &reply)))
            }
        }
    }

    /// Adds a row unless it is a repetition; returns its digest.
    fn take(
        &self,
        row: Map<String, Json>,
        found: &mut Found<'_>,
    ) -> Result<Sha256Sum, ServerError> {
        let asked = || self.categories.split(',');
        if let Some(missing) = asked().find(|name| !row.get(*name).is_some_and(Json::is_object)) {
            return Err(ServerError::NotTrackFind {
                server: self.server.name.clone(),
                found: format!("a row of its answer has no `{missing}`"),
            });
        }
        let written = serde_json::to_vec(&row).unwrap_or_default();
        let sum = Sha256Sum::of(&written);
        if !found.seen.insert(sum) {
            return Ok(sum);
        }
        let document = row["doc_info"].get("local_id").and_then(Json::as_str);
        found.documents.extend(document.map(str::to_owned));
        found.with_point_zero += row.values().map(with_point_zero).sum::<u64>();
        (found.visit)(row);
        Ok(sum)
    }

    /// Refuses rows of other documents than the hub's.
    fn check_whose(&self, documents: &BTreeSet<String>) -> Result<(), ServerError> {
        let other = |found: String, advice| ServerError::OtherHub {
            server: self.server.name.clone(),
            hub: self.hub.to_owned(),
            found,
            advice,
        };
        let shown: Vec<String> = documents.iter().take(3).map(|id| one_line(id)).collect();
        if documents.len() > 1 {
            return Err(other(
                format!(
                    "tracks of {} documents ({})",
                    documents.len(),
                    shown.join(", ")
                ),
                "a hub should hold one document; inform the server's provider",
            ));
        }
        let Some(document) = documents.first() else {
            return Ok(());
        };
        let values = self.server.documents(self.repository, self.hub);
        // If the server does not name the hub, its rows are accepted.
        let Ok(values) = values else {
            return Ok(());
        };
        if values.is_empty() || values.contains(document) {
            return Ok(());
        }
        Err(other(
            format!("tracks of the document {}", shown.join("")),
            "a proxy or cache may mix up answers: try again later, or inform the server's provider",
        ))
    }
}

/// Whether a page of this many rows, which is not full, may have been cut. Servers cut at a round number of rows, or at a number of
/// bytes, which means many rows; one more request is cheap then.
fn may_be_cut(length: u64) -> bool {
    length >= 100 || length.is_multiple_of(5) || (length >= 8 && length.is_power_of_two())
}

/// The number of numbers in a value that end in `.0`.
fn with_point_zero(value: &Json) -> u64 {
    match value {
        Json::Number(number) => u64::from(number.to_string().ends_with(".0")),
        Json::Array(items) => items.iter().map(with_point_zero).sum(),
        Json::Object(members) => members.values().map(with_point_zero).sum(),
        _ => 0,
    }
}
