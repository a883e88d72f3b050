//! The services that the tool asks itself: the first request of a search, and how their answers are divided into pages.

use regex::Regex;
use serde_json::json;
use url::Url;

use super::data_connect_requests;
use super::encode_search;
use super::page_value;
use super::pages::{OffsetStyle, PageItems, PageRequest, PagingStyle};
use crate::conversion::error::SearchError;

/// A service with answers in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortalApi {
    /// GA4GH Data Connect.
    DataConnect,
    /// The portal of the European Nucleotide Archive.
    Ena,
    /// The portal of ENCODE.
    Encode,
    /// The portal of FAANG, an Elasticsearch.
    Faang,
    /// The Genomic Data Commons.
    Gdc,
    /// SEEK, by JSON:API.
    Seek,
    /// The Track Hub Registry.
    TrackHubRegistry,
}

/// The columns of reports of ENA that describe files.
const OF_ENA: &str = "analysis_accession,analysis_title,analysis_type,study_accession,sample_accession,tax_id,scientific_name,submitted_ftp,submitted_md5,submitted_bytes,submitted_format";
/// The parts of files of GDC that describe them.
const OF_GDC: &str = "cases,cases.project,cases.samples,cases.diagnoses,analysis";

impl PortalApi {
    /// All of them.
    pub const ALL: [PortalApi; 7] = [
        PortalApi::DataConnect,
        PortalApi::Ena,
        PortalApi::Encode,
        PortalApi::Faang,
        PortalApi::Gdc,
        PortalApi::Seek,
        PortalApi::TrackHubRegistry,
    ];

    /// The service of a kind of source, by the name of the kind. A search for hubs asks the Track Hub Registry.
    pub fn of_kind(name: &str) -> Option<Self> {
        Some(match name {
            "data-connect" => PortalApi::DataConnect,
            "ena" => PortalApi::Ena,
            "encode" => PortalApi::Encode,
            "faang" => PortalApi::Faang,
            "gdc" => PortalApi::Gdc,
            "hub" => PortalApi::TrackHubRegistry,
            "seek" => PortalApi::Seek,
            _ => return None,
        })
    }

    /// The media types that it is asked for.
    pub fn accept(self) -> &'static str {
        match self {
            PortalApi::Seek => "application/vnd.api+json, application/json",
            PortalApi::Ena => "application/json, text/tab-separated-values, text/plain",
            _ => "application/json",
        }
    }

    /// What its pages are, in messages.
    pub fn pages(self) -> &'static str {
        match self {
            PortalApi::DataConnect => "a page of a table of Data Connect with `data`",
            PortalApi::Ena => "a report of ENA (TSV or JSON)",
            PortalApi::Encode => "an answer of the search of ENCODE with `@graph`",
            PortalApi::Faang => "an answer of FAANG with `hits`",
            PortalApi::Gdc => "an answer of GDC with `data.hits`",
            PortalApi::Seek => "an answer of SEEK (JSON:API) with `data`",
            PortalApi::TrackHubRegistry => "an answer of the Track Hub Registry with `items`",
        }
    }

    /// The sentence for a search without results.
    pub fn no_hits(self) -> &'static str {
        match self {
            PortalApi::DataConnect => "the table has no rows",
            PortalApi::Ena => "ENA has no analysis with files for this search",
            PortalApi::Encode => "ENCODE has no file for this search",
            PortalApi::Faang => "FAANG has no result for this search",
            PortalApi::Gdc => "GDC has no open file for this search",
            PortalApi::Seek => "SEEK has no public data file here",
            PortalApi::TrackHubRegistry => "the Track Hub Registry has no hub for these words",
        }
    }

    /// Whether an answer with an error status states that nothing was found: ENCODE sends its usual answer with 404.
    pub fn is_nothing_found(self, status: u16, body: &[u8]) -> bool {
        let has_list = || {
            page_value::value(body, self.pages()).is_ok_and(|answer| answer["@graph"].is_array())
        };
        self == PortalApi::Encode && status == 404 && has_list()
    }

    /// How the answers to a request are divided.
    pub fn style(self, start: &PageRequest) -> PagingStyle {
        let has = |name: &str| start.url.query_pairs().any(|(known, _)| known == name);
        match self {
            PortalApi::DataConnect => PagingStyle::NextUrl {
                next: "/pagination/next_page_url",
                items: PageItems::List("/data"),
                polls: true,
            },
            PortalApi::TrackHubRegistry => PagingStyle::NextUrl {
                next: "/next",
                items: PageItems::List("/items"),
                polls: false,
            },
            PortalApi::Seek => PagingStyle::NextUrl {
                next: "/links/next",
                items: PageItems::ListOrItem("/data"),
                polls: false,
            },
            PortalApi::Ena => {
                let style = OffsetStyle {
                    first: "offset",
                    size: "limit",
                    page: 10_000,
                    items: PageItems::Rows,
                    total: None,
                    most: None,
                    whole: None,
                };
                by_offset(style, has("offset") || has("limit"))
            }
            PortalApi::Encode => {
                let style = OffsetStyle {
                    first: "from",
                    size: "limit",
                    page: 500,
                    items: PageItems::Encode,
                    total: Some("/total"),
                    // The last items of a window of 10,000 are refused with some sizes of pages.
                    most: Some(9_500),
                    whole: Some("all"),
                };
                by_offset(style, has("from") || has("limit"))
            }
            PortalApi::Gdc => {
                let style = OffsetStyle {
                    first: "from",
                    size: "size",
                    page: 500,
                    items: PageItems::List("/data/hits"),
                    total: Some("/data/pagination/total"),
                    most: None,
                    whole: None,
                };
                by_offset(style, has("from") || has("size"))
            }
            PortalApi::Faang => {
                let style = OffsetStyle {
                    first: "from_",
                    size: "size",
                    page: 500,
                    items: PageItems::List("/hits/hits"),
                    total: Some("/hits/total"),
                    most: Some(10_000),
                    whole: None,
                };
                by_offset(style, has("from_") || has("size"))
            }
        }
    }

    /// The first request: of a URL as it is, or of a search at the service with this URL, by default the public one.
    ///
    /// # Errors
    /// The text is no search of this service, or a URL is missing.
    pub fn start(self, url: Option<&Url>, query: Option<&str>) -> Result<PageRequest, SearchError> {
        let Some(query) = query else {
            let url = url.ok_or(SearchError::NoUrl {
                expected: self.expected(),
            })?;
            return Ok(PageRequest::get(match self {
                PortalApi::DataConnect => data_connect_requests::first(url),
                PortalApi::Ena => all_rows(url),
                PortalApi::Encode => encode_search::search_of_files(url),
                _ => url.clone(),
            }));
        };
        let base = url.cloned().or_else(|| Url::parse(self.public()).ok());
        let at = |path: &str| {
            let base = base.as_ref().map(with_slash);
            base.and_then(|base| base.join(path).ok())
        };
        let wrong = || SearchError::Query {
            found: query.to_owned(),
            expected: self.expected(),
        };
        let with = |path: &str, pairs: &[(&str, &str)]| {
            let mut url = at(path).ok_or_else(wrong)?;
            url.query_pairs_mut().extend_pairs(pairs);
            Ok(PageRequest::get(url))
        };
        match self {
            PortalApi::Ena
                if is_like("(?:PRJ|SAM)[A-Z]{1,3}[0-9]+|[EDS]R[APSXRZ][0-9]+", query) =>
            {
                let fields = [
                    ("accession", query),
                    ("result", "analysis"),
                    ("fields", OF_ENA),
                    ("format", "json"),
                    ("limit", "0"),
                ];
                with("filereport", &fields)
            }
            PortalApi::Gdc if is_like("[A-Z0-9]+(?:[-_.][A-Za-z0-9]+)*", query) => {
                let is = |field: &str, value: &str| json!({"op": "in", "content": {"field": field, "value": [value]}});
                let of = [is("cases.project.project_id", query), is("access", "open")];
                let filters = json!({"op": "and", "content": of}).to_string();
                let fields = [
                    ("filters", &filters[..]),
                    ("expand", OF_GDC),
                    ("format", "json"),
                ];
                with("files", &fields)
            }
            PortalApi::Faang => with("analysis/_search/", &[("q", query)]),
            PortalApi::TrackHubRegistry => {
                let pages = [("page", "1"), ("entries_per_page", "50")];
                let request: PageRequest = with("api/search", &pages)?;
                Ok(PageRequest {
                    body: Some(json!({"query": query}).to_string()),
                    ..request
                })
            }
            _ => Err(wrong()),
        }
    }

    /// What a user gives.
    fn expected(self) -> &'static str {
        match self {
            PortalApi::DataConnect => {
                "the URL of a server or a table, such as https://data.example.org/table/tracks/data"
            }
            PortalApi::Ena => "an accession such as PRJEB6370, or the URL of a report of ENA",
            PortalApi::Encode => {
                "the URL of a search of ENCODE, such as https://www.encodeproject.org/search/?type=File&file_format=bigWig"
            }
            PortalApi::Faang => "words, or the URL of a search of FAANG",
            PortalApi::Gdc => {
                "a project such as TCGA-BRCA, or the URL of a search for files of GDC"
            }
            PortalApi::Seek => {
                "the URL of data files, such as https://seek.example.org/projects/1/data_files"
            }
            PortalApi::TrackHubRegistry => "words, such as the name of a species or a project",
        }
    }

    /// The URL of the public service.
    fn public(self) -> &'static str {
        match self {
            PortalApi::DataConnect | PortalApi::Encode | PortalApi::Seek => "",
            PortalApi::Ena => "https://www.ebi.ac.uk/ena/portal/api/",
            PortalApi::Faang => "https://data.faang.org/api/",
            PortalApi::Gdc => "https://api.gdc.cancer.gov/",
            PortalApi::TrackHubRegistry => "https://www.trackhubregistry.org/",
        }
    }
}

/// The part that a user asks for is one page.
fn by_offset(style: OffsetStyle, is_part: bool) -> PagingStyle {
    match is_part {
        true => PagingStyle::Whole(style.items),
        false => PagingStyle::Offset(style),
    }
}

/// A report of files is whole with `limit=0`; a search has pages.
fn all_rows(url: &Url) -> Url {
    let mut url = url.clone();
    let has_limit = url.query_pairs().any(|(name, _)| name == "limit");
    if url.path().ends_with("/filereport") && !has_limit {
        url.query_pairs_mut().append_pair("limit", "0");
    }
    url
}

fn with_slash(url: &Url) -> Url {
    let mut url = url.clone();
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    url
}

fn is_like(pattern: &str, text: &str) -> bool {
    Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|pattern| pattern.is_match(text))
}
