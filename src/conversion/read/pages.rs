//! The pages of an answer: which request follows a page, and when there is none left. Requests are sent elsewhere.

use std::collections::HashSet;

use serde_json::{Value as Json, json};
use url::Url;

use super::encode_answer;
use super::page_value::{check_is_json, has_errors, is_json, is_web_page, stated_error, value};
use crate::archive::digest::Sha256Sum;
use crate::conversion::error::PageError;
use crate::text::secrets::redacted;

/// Pages of one answer.
const MOST_PAGES: usize = 10_000;

/// A request for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// The URL.
    pub url: Url,
    /// JSON to send with POST; `None` for GET.
    pub body: Option<String>,
}

impl PageRequest {
    /// A request with GET.
    pub fn get(url: Url) -> Self {
        PageRequest { url, body: None }
    }
}

/// How a service divides an answer into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagingStyle {
    /// It does not.
    Whole(PageItems),
    /// Each page has the URL of the next one at a JSON pointer, absolute or relative to its own.
    NextUrl {
        /// The pointer of the URL.
        next: &'static str,
        /// Where the items are.
        items: PageItems,
        /// Whether an empty page with a next one means that the service is not ready, so that the client waits.
        polls: bool,
    },
    /// A request names the first item and the number of items.
    Offset(OffsetStyle),
}

/// Parameters of pages that are counted in items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffsetStyle {
    /// The parameter of the first item, from 0.
    pub first: &'static str,
    /// The parameter of the number of items.
    pub size: &'static str,
    /// Items of a page.
    pub page: usize,
    /// Where the items are.
    pub items: PageItems,
    /// The pointer of the number of all items, if pages have one.
    pub total: Option<&'static str>,
    /// The most items that the service gives.
    pub most: Option<u64>,
    /// The number of items with which the service gives more than those, in one answer.
    pub whole: Option<&'static str>,
}

/// Where the items of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageItems {
    /// A list at a JSON pointer.
    List(&'static str),
    /// A list at a JSON pointer, or one item in its place.
    ListOrItem(&'static str),
    /// Rows below a row of titles (TSV), or a list of objects (JSON).
    Rows,
    /// The items of an answer of ENCODE, which may be so large that it is read item by item.
    Encode,
}

/// What follows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStep {
    /// The next request, at once.
    Next,
    /// The next request, after a pause.
    Poll,
    /// A request for what all pages so far hold, in one answer.
    Restart,
    /// Nothing: it was the last page.
    End,
}

/// The way through the pages of an answer.
#[derive(Debug)]
pub struct PageWalk {
    style: PagingStyle,
    /// In messages: what pages are.
    expected: &'static str,
    request: PageRequest,
    first: u64,
    asked: HashSet<String>,
    digests: HashSet<Sha256Sum>,
    items: u64,
}

impl PageWalk {
    /// The way from the first request. `expected` names the pages in messages.
    pub fn new(style: PagingStyle, start: PageRequest, expected: &'static str) -> Self {
        let mut walk = PageWalk {
            style,
            expected,
            request: start,
            first: 0,
            asked: HashSet::new(),
            digests: HashSet::new(),
            items: 0,
        };
        if let PagingStyle::Offset(style) = style {
            walk.request.url = with_offset(&walk.request.url, &style, 0);
        }
        walk.asked.insert(walk.request.url.to_string());
        walk
    }

    /// The request to send now.
    pub fn request(&self) -> &PageRequest {
        &self.request
    }

    /// The items of all pages so far.
    pub fn items(&self) -> u64 {
        self.items
    }

    /// Reads a page, and finds the next request.
    ///
    /// # Errors
    /// The page has another shape or states an error, or the pages have no end.
    pub fn step(&mut self, page: &[u8]) -> Result<PageStep, PageError> {
        let content = self.content(page)?;
        self.after(&content)
    }

    fn content(&self, page: &[u8]) -> Result<PageContent, PageError> {
        let (places, is_counted) = match self.style {
            PagingStyle::Whole(items) => (items, false),
            PagingStyle::NextUrl { items, .. } => (items, false),
            PagingStyle::Offset(style) => (style.items, true),
        };
        let whole = Sha256Sum::of(page);
        if places == PageItems::Encode {
            return self.of_encode(page);
        }
        if places == PageItems::Rows && !is_json(page) {
            return Ok(PageContent {
                items: self.rows(page)?,
                digest: whole,
                answer: Json::Null,
            });
        }
        let answer = value(page, self.expected)?;
        let list = match places {
            PageItems::List(pointer) | PageItems::ListOrItem(pointer) => answer.pointer(pointer),
            _ => Some(&answer),
        };
        let items = match list {
            Some(Json::Array(items)) => items.len() as u64,
            Some(Json::Object(_)) if matches!(places, PageItems::ListOrItem(_)) => 1,
            _ => return Err(self.no_items(&answer)),
        };
        // The page says which items were asked for; a service that ignores that has the same items on each.
        let digest = match list {
            Some(list) if is_counted => Sha256Sum::of(list.to_string().as_bytes()),
            _ => whole,
        };
        Ok(PageContent {
            items,
            digest,
            answer,
        })
    }

    fn of_encode(&self, page: &[u8]) -> Result<PageContent, PageError> {
        let expected = self.expected;
        check_is_json(page, expected)?;
        let (mut items, mut ids) = (0, String::new());
        let members = encode_answer::members(page, &mut |item| {
            items += 1;
            ids.push_str(item.get("@id").and_then(Json::as_str).unwrap_or_default());
            ids.push('\n');
        });
        let members = members.map_err(PageError::Json)?;
        match members.error {
            Some(said) => return Err(PageError::Stated(said)),
            None if !members.has_items => return Err(PageError::Shape { expected }),
            None => {}
        }
        Ok(PageContent {
            items,
            digest: Sha256Sum::of(ids.as_bytes()),
            answer: json!({"total": members.summary.total}),
        })
    }

    fn rows(&self, page: &[u8]) -> Result<u64, PageError> {
        if is_web_page(page) {
            let expected = self.expected;
            return Err(PageError::WebPage { expected });
        }
        let lines = page.split(|byte| *byte == b'\n');
        let lines = lines.filter(|line| !line.trim_ascii().is_empty()).count();
        Ok(lines.saturating_sub(1) as u64)
    }

    fn no_items(&self, answer: &Json) -> PageError {
        match stated_error(answer) {
            Some(said) => PageError::Stated(said),
            None => PageError::Shape {
                expected: self.expected,
            },
        }
    }

    /// The step after a page.
    fn after(&mut self, page: &PageContent) -> Result<PageStep, PageError> {
        let PageContent { items, answer, .. } = page;
        // Empty pages may be alike.
        if *items > 0 && !self.digests.insert(page.digest) {
            return Err(PageError::SeenBefore(redacted(self.request.url.as_str())));
        }
        self.items += items;
        let next = match self.style {
            PagingStyle::Whole(_) => None,
            PagingStyle::NextUrl { next, .. } => self.next_url(answer, next)?,
            PagingStyle::Offset(style) => match self.next_offset(&style, *items, answer)? {
                OffsetStep::Request(next) => next,
                OffsetStep::Whole(whole) => {
                    let url = with_pairs(&self.request.url, &style, &[(style.size, whole)]);
                    *self = PageWalk::new(
                        PagingStyle::Whole(style.items),
                        PageRequest::get(url),
                        self.expected,
                    );
                    return Ok(PageStep::Restart);
                }
            },
        };
        let Some(next) = next else {
            let is_error = self.items == 0 && has_errors(answer);
            return match stated_error(answer).filter(|_| is_error) {
                Some(said) => Err(PageError::Stated(said)),
                None => Ok(PageStep::End),
            };
        };
        if !self.asked.insert(next.to_string()) {
            return Err(PageError::SeenBefore(redacted(next.as_str())));
        }
        if self.asked.len() > MOST_PAGES {
            return Err(PageError::TooManyPages(MOST_PAGES));
        }
        self.request.url = next;
        let polls = matches!(self.style, PagingStyle::NextUrl { polls: true, .. });
        Ok(match polls && *items == 0 {
            true => PageStep::Poll,
            false => PageStep::Next,
        })
    }

    fn next_url(&self, answer: &Json, pointer: &str) -> Result<Option<Url>, PageError> {
        let text = match answer.pointer(pointer) {
            None | Some(Json::Null) => return Ok(None),
            Some(Json::String(text)) if text.trim().is_empty() => return Ok(None),
            Some(Json::String(text)) => text.trim(),
            Some(other) => return Err(PageError::NextUrl(other.to_string())),
        };
        let from = &self.request.url;
        let next = from.join(text).ok();
        let next = next.filter(|url| matches!(url.scheme(), "http" | "https"));
        let mut next = next.ok_or_else(|| PageError::NextUrl(redacted(text)))?;
        if from.scheme() == "https" && next.scheme() == "http" {
            return Err(PageError::Insecure(redacted(next.as_str())));
        }
        next.set_fragment(None);
        Ok(Some(next))
    }

    fn next_offset(
        &mut self,
        style: &OffsetStyle,
        items: u64,
        answer: &Json,
    ) -> Result<OffsetStep, PageError> {
        let total = style.total.and_then(|pointer| answer.pointer(pointer));
        // Elasticsearch has an object since version 7.
        let is_more = total.is_some_and(|total| total["relation"] == "gte");
        let total = total.and_then(|total| total.as_u64().or_else(|| total["value"].as_u64()));
        if let (Some(total), Some(most)) = (total, style.most)
            && (total > most || is_more)
        {
            if let Some(whole) = style.whole {
                return Ok(OffsetStep::Whole(whole));
            }
            let found = match is_more {
                true => format!("more than {total}"),
                false => total.to_string(),
            };
            return Err(PageError::TooManyResults { found, most });
        }
        self.first += items;
        // A page may have fewer items than were asked for only if it is the last one, unless the service says how many there are.
        let is_last = match total {
            Some(total) => self.first >= total,
            None => items < style.page as u64,
        };
        let next =
            (items > 0 && !is_last).then(|| with_offset(&self.request.url, style, self.first));
        Ok(OffsetStep::Request(next))
    }
}

/// What a page has.
struct PageContent {
    items: u64,
    /// The same for a page that repeats.
    digest: Sha256Sum,
    /// The answer, as far as the next page depends on it.
    answer: Json,
}

enum OffsetStep {
    /// The request for the next page, if there is one.
    Request(Option<Url>),
    /// A request for all items, with this number of them.
    Whole(&'static str),
}

/// A URL with the parameters of a page in place of those that it has.
fn with_offset(url: &Url, style: &OffsetStyle, first: u64) -> Url {
    let (first, page) = (first.to_string(), style.page.to_string());
    with_pairs(url, style, &[(style.first, &first), (style.size, &page)])
}

fn with_pairs(url: &Url, style: &OffsetStyle, pairs: &[(&str, &str)]) -> Url {
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != style.first && name != style.size)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut url = url.clone();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(kept).extend_pairs(pairs);
    drop(query);
    url
}
