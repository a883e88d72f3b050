//! The way through the pages of a service, against services that are functions.

use std::collections::HashMap;

use fairtracks::conversion::read::pages::{PageRequest, PageStep, PageWalk};
use fairtracks::conversion::read::portal_api::PortalApi;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use url::Url;

/// The URLs that a walk asks for, and the items of all pages, or what is wrong.
pub fn walked(
    api: PortalApi,
    url: &str,
    mut service: impl FnMut(&Url) -> String,
) -> Result<(Vec<String>, u64), String> {
    let start = api.start(Some(&Url::parse(url).unwrap()), None).unwrap();
    let mut walk = PageWalk::new(api.style(&start), start, api.pages());
    let mut asked = Vec::new();
    loop {
        let url = walk.request().url.clone();
        asked.push(url[url::Position::BeforePath..].to_owned());
        let step = walk.step(service(&url).as_bytes());
        match step.map_err(|problem| problem.to_string())? {
            PageStep::End => return Ok((asked, walk.items())),
            PageStep::Next | PageStep::Poll | PageStep::Restart => {}
        }
    }
}

fn parameter(url: &Url, name: &str) -> Option<usize> {
    let pairs: HashMap<String, String> = url.query_pairs().into_owned().collect();
    pairs.get(name)?.parse().ok()
}

/// Items from `first`, at most `size` of `total`.
pub fn part(url: &Url, first: &str, size: &str, total: usize) -> Vec<Json> {
    let first = parameter(url, first).unwrap_or(0);
    let size = parameter(url, size).unwrap_or(10);
    (first..total.min(first + size))
        .map(|id| json!({"id": id}))
        .collect()
}

fn gdc(url: &Url, total: usize) -> String {
    let hits = part(url, "from", "size", total);
    json!({"data": {"hits": hits, "pagination": {"total": total}}, "warnings": {}}).to_string()
}

fn faang(url: &Url, total: usize) -> String {
    let hits = part(url, "from_", "size", total);
    json!({"hits": {"total": {"value": total, "relation": "eq"}, "hits": hits}}).to_string()
}

fn ena(url: &Url, total: usize) -> String {
    let rows = part(url, "offset", "limit", total);
    let rows = rows.iter().map(|row| format!("{}\n", row["id"]));
    format!("analysis_accession\n{}", rows.collect::<String>())
}

#[test]
fn all_items_of_offset_services_are_asked_for_once() {
    let of_gdc = |total| {
        walked(
            PortalApi::Gdc,
            "https://g.example.org/files?expand=cases",
            move |url| gdc(url, total),
        )
    };
    let (asked, items) = of_gdc(1001).unwrap();
    assert_eq!(items, 1001);
    assert_eq!(
        asked,
        [
            "/files?expand=cases&from=0&size=500",
            "/files?expand=cases&from=500&size=500",
            "/files?expand=cases&from=1000&size=500"
        ]
    );
    assert_eq!(of_gdc(0).unwrap().1, 0);
    assert_eq!(of_gdc(500).unwrap().0.len(), 1);
    let of_faang = |total| {
        walked(
            PortalApi::Faang,
            "https://f.example.org/api/analysis/_search/?q=liver",
            move |url| faang(url, total),
        )
    };
    assert_eq!(of_faang(10_000).unwrap().1, 10_000);
    assert_eq!(
        of_faang(10_001).unwrap_err(),
        "found 10001 results, expected at most 10000, more than the portal gives: narrow the search"
    );
    let of_ena = |total| {
        walked(
            PortalApi::Ena,
            "https://e.example.org/search?result=analysis",
            move |url| ena(url, total),
        )
    };
    assert_eq!(of_ena(20_000).unwrap().1, 20_000);
    assert_eq!(of_ena(20_000).unwrap().0.len(), 3);
    assert_eq!(of_ena(3).unwrap().1, 3);
}

#[test]
fn a_part_that_the_user_asks_for_is_one_page() {
    let once = |api, url: &str, service: fn(&Url, usize) -> String| {
        walked(api, url, |url| service(url, 5000)).unwrap()
    };
    let (asked, items) = once(
        PortalApi::Gdc,
        "https://g.example.org/files?from=20&size=7",
        gdc,
    );
    assert_eq!((asked.len(), items), (1, 7));
    let (asked, items) = once(
        PortalApi::Faang,
        "https://f.example.org/_search/?size=9",
        faang,
    );
    assert_eq!((asked.len(), items), (1, 9));
    let (asked, items) = once(
        PortalApi::Ena,
        "https://e.example.org/search?limit=4&offset=2",
        ena,
    );
    assert_eq!((asked.len(), items), (1, 4));
    let url = "https://e.example.org/filereport?accession=PRJEB1&result=analysis";
    let (asked, _) = walked(PortalApi::Ena, url, |_| "a\n1\n".to_owned()).unwrap();
    assert_eq!(
        asked,
        ["/filereport?accession=PRJEB1&result=analysis&limit=0"]
    );
}

#[test]
fn elasticsearch_that_has_more_results_than_it_counts_is_refused() {
    let answer = |_: &Url| {
        let hits = vec![json!({"_id": "1"})];
        json!({"hits": {"total": {"value": 10_000, "relation": "gte"}, "hits": hits}}).to_string()
    };
    let problem = walked(PortalApi::Faang, "https://f.example.org/_search/", answer).unwrap_err();
    assert!(
        problem.starts_with("found more than 10000 results"),
        "{problem}"
    );
    // Older versions have a number.
    let old = |_: &Url| json!({"hits": {"total": 1, "hits": [{"_id": "1"}]}}).to_string();
    assert_eq!(
        walked(PortalApi::Faang, "https://f.example.org/_search/", old)
            .unwrap()
            .1,
        1
    );
}

#[test]
fn the_next_page_is_absolute_or_relative_to_its_own() {
    let pages = |url: &Url| {
        let next = match parameter(url, "page") {
            None => json!("data?page=2"),
            Some(2) => json!("https://i.example.org/t/data?page=3"),
            Some(3) => json!(""),
            _ => panic!("{url}"),
        };
        json!({"data": [{"page": url.as_str()}], "pagination": {"next_page_url": next}}).to_string()
    };
    let (asked, items) = walked(
        PortalApi::DataConnect,
        "https://h.example.org/table/t/data",
        pages,
    )
    .unwrap();
    assert_eq!(
        asked,
        ["/table/t/data", "/table/t/data?page=2", "/t/data?page=3"]
    );
    assert_eq!(items, 3);
}

#[test]
fn pages_without_an_end_are_an_error() {
    let of = |next: fn(usize) -> Json, row: fn(usize) -> Json| {
        walked(
            PortalApi::DataConnect,
            "https://h.example.org/table/t/data",
            move |url| {
                let page = parameter(url, "page").unwrap_or(1);
                json!({"data": [row(page)], "pagination": {"next_page_url": next(page)}})
                    .to_string()
            },
        )
        .unwrap_err()
    };
    let loop_of_urls = of(
        |page| json!(format!("data?page={}", 3 - page.min(2))),
        |page| json!({"x": page}),
    );
    assert_eq!(
        loop_of_urls,
        "found the page https://h.example.org/table/t/data?page=1 a second time, expected a new one: the pages have no end; inform the provider of the service"
    );
    let endless = of(
        |page| json!(format!("data?page={}", page + 1)),
        |page| json!({"x": page}),
    );
    assert_eq!(
        endless,
        "found more than 10000 pages, expected fewer: narrow the search"
    );
    for (next, said) in [
        (
            json!("file:///etc/passwd"),
            "found the next page `file:///etc/passwd`, expected a URL of http or https",
        ),
        (
            json!(7),
            "found the next page `7`, expected a URL of http or https",
        ),
        (
            json!("http://h.example.org/x"),
            "found the next page http://h.example.org/x of http after one of https, expected https",
        ),
    ] {
        let problem = walked(
            PortalApi::DataConnect,
            "https://h.example.org/table/t/data",
            |_| json!({"data": [{"x": 1}], "pagination": {"next_page_url": next}}).to_string(),
        );
        assert_eq!(problem.unwrap_err(), said);
    }
}

#[test]
fn a_service_that_ignores_the_offset_is_noticed() {
    let same = |_: &Url| {
        let hits: Vec<Json> = (0..500).map(|id| json!({"id": id})).collect();
        json!({"data": {"hits": hits, "pagination": {"total": 1500}}}).to_string()
    };
    let problem = walked(PortalApi::Gdc, "https://g.example.org/files", same).unwrap_err();
    assert!(problem.contains("a second time"), "{problem}");
}

#[test]
fn answers_that_are_no_pages_say_what_they_are() {
    let of = |api, body: &str| {
        let body = body.to_owned();
        walked(api, "https://h.example.org/table/x/data", move |_| {
            body.clone()
        })
        .unwrap_err()
    };
    assert_eq!(
        of(PortalApi::Gdc, "<!DOCTYPE html>"),
        "found a web page (HTML), expected an answer of GDC with `data.hits`: check the URL"
    );
    assert_eq!(
        of(PortalApi::Faang, "This index doesn't exist!"),
        "found text that is not JSON (`This index doesn't exist!`), expected an answer of FAANG with `hits`: check the URL"
    );
    assert_eq!(
        of(PortalApi::Gdc, "{\"message\": \"bad filter\"}"),
        "found an answer that states an error: bad filter"
    );
    assert_eq!(
        of(
            PortalApi::Seek,
            "{\"errors\": [{\"title\": \"Not found\"}]}"
        ),
        "found an answer that states an error: Not found"
    );
    assert_eq!(
        of(PortalApi::Seek, "{}"),
        "found JSON of another shape, expected an answer of SEEK (JSON:API) with `data`: check the URL"
    );
    assert!(of(PortalApi::Gdc, "{\"data\": {\"hits\": [").contains("line 1"));
    assert_eq!(
        of(PortalApi::Ena, "<html>"),
        "found a web page (HTML), expected a report of ENA (TSV or JSON): check the URL"
    );
}

#[test]
fn searches_become_requests_of_their_services() {
    let of = |api: PortalApi, query: &str| api.start(None, Some(query));
    let url = |api, query: &str| of(api, query).unwrap().url.to_string();
    assert!(url(PortalApi::Ena, "PRJEB6370").starts_with(
        "https://www.ebi.ac.uk/ena/portal/api/filereport?accession=PRJEB6370&result=analysis&fields=analysis_accession%2C"
    ));
    let gdc = Url::parse(&url(PortalApi::Gdc, "TCGA-BRCA")).unwrap();
    let filters = gdc
        .query_pairs()
        .find(|(name, _)| name == "filters")
        .unwrap()
        .1;
    let filters: Json = serde_json::from_str(&filters).unwrap();
    assert_eq!(
        filters["content"][0]["content"]["value"],
        json!(["TCGA-BRCA"])
    );
    assert_eq!(filters["content"][1]["content"]["value"], json!(["open"]));
    assert_eq!(
        url(PortalApi::Faang, "pig liver & x"),
        "https://data.faang.org/api/analysis/_search/?q=pig+liver+%26+x"
    );
    let registry = of(PortalApi::TrackHubRegistry, "blood \"DNase\"").unwrap();
    assert_eq!(
        registry.url.as_str(),
        "https://www.trackhubregistry.org/api/search?page=1&entries_per_page=50"
    );
    assert_eq!(
        registry.body.as_deref(),
        Some("{\"query\":\"blood \\\"DNase\\\"\"}")
    );
    for (api, query) in [
        (PortalApi::Ena, "blood"),
        (PortalApi::Ena, "PRJEB1&fields=x"),
        (PortalApi::Gdc, "breast cancer"),
        (PortalApi::Seek, "x"),
        (PortalApi::DataConnect, "x"),
        (PortalApi::Encode, "x"),
    ] {
        let problem = of(api, query).unwrap_err().to_string();
        assert!(
            problem.starts_with(&format!("found `{query}`, expected ")),
            "{problem}"
        );
    }
    for api in PortalApi::ALL {
        assert!(api.start(None, None).is_err());
        assert!(!api.no_hits().is_empty());
    }
    let own = Url::parse("http://127.0.0.1:8/gdc").unwrap();
    let request: PageRequest = PortalApi::Gdc.start(Some(&own), Some("A")).unwrap();
    assert_eq!(request.url.path(), "/gdc/files");
}

proptest! {
    #[test]
    fn laws_all_items_come_once_however_many_there_are(total in 0_usize..3000, cap in 1_usize..500) {
        // A service that gives fewer items than it is asked for.
        let mut seen = Vec::new();
        let outcome = walked(PortalApi::Gdc, "https://g.example.org/files", |url| {
            let mut hits = part(url, "from", "size", total);
            hits.truncate(cap);
            seen.extend(hits.iter().map(|hit| hit["id"].as_u64().unwrap()));
            json!({"data": {"hits": hits, "pagination": {"total": total}}}).to_string()
        });
        prop_assert_eq!(outcome.unwrap().1, total as u64);
        prop_assert_eq!(seen, (0..total as u64).collect::<Vec<_>>());
    }
}
