//! A TrackFind server is asked: what is sent, in how many questions, and what comes of the answers.

use crate::support::scripted_server::{Request, Server};
use crate::support::trackfind;
use crate::support::trackfind::{QUICK, answer, client, is_route, json_answer, parameter, server};
use fairtracks::remote::Settings;
use fairtracks::trackfind::client::{FoundTracks, Server as Client, ServerError};
use serde_json::json;

fn search(server: &Server, query: &str) -> Result<FoundTracks, ServerError> {
    client(server).search("Example", "Blood", query, &[], None)
}

fn targets(server: &Server) -> Vec<String> {
    server
        .seen()
        .into_iter()
        .map(|request| request.target)
        .collect()
}

fn searches(server: &Server) -> Vec<Request> {
    let seen = server.seen().into_iter();
    seen.filter(|request| is_route(request, "search")).collect()
}

#[test]
fn every_route_is_asked_for_json_with_everything_encoded() {
    let server = Server::start(|request| {
        assert_eq!(request.header("accept"), "application/json");
        assert!(
            request.header("user-agent").contains("+https://"),
            "a link to ask at"
        );
        match request.path().split('/').nth(3).unwrap() {
            "metamodel" => {
                json_answer(&json!({"tracks": {"file_format->term_label": ["bigWig", null, ""]}}))
            }
            _ => json_answer(&json!(["é", "a b"])),
        }
    });
    let client = client(&server);
    assert_eq!(client.repositories().unwrap(), ["é", "a b"]);
    client.hubs("Track Hub (é)").unwrap();
    client.categories("R", "h/x").unwrap();
    let found = client.metamodel("R", "H", "a->b", "%&+").unwrap();
    assert_eq!(found["tracks"]["file_format->term_label"], ["bigWig", ""]);
    client
        .values("R", "H", "tracks", "a->b", "x y", "true")
        .unwrap();
    assert_eq!(
        targets(&server),
        [
            "/api/v1/repositories",
            "/api/v1/hubs/Track%20Hub%20%28%C3%A9%29",
            "/api/v1/categories/R/h%2Fx",
            "/api/v1/metamodel/R/H?flat=true&attributesFilter=a-%3Eb&valuesFilter=%25%26%2B",
            "/api/v1/values/R/H/tracks?path=a-%3Eb&filter=x%20y&query=%28%20true%0A%29",
        ]
    );
}

#[test]
fn a_search_is_checked_wrapped_ordered_and_says_which_categories() {
    let server = server(2, |_| None);
    let found = search(
        &server,
        "tracks.content->'a'->'b' ?| array['c','d'] -- why?",
    )
    .unwrap();
    assert_eq!(found.rows.len(), 2);
    assert_eq!(found.rows[1]["tracks"]["local_id"], "t1");
    assert!(found.notes.is_empty(), "{:?}", found.notes);
    let asked = server.seen();
    let routes: Vec<&str> = asked.iter().map(Request::path).collect();
    assert_eq!(
        routes,
        [
            "/api/v1/repositories",
            "/api/v1/hubs/Example",
            "/api/v1/categories/Example/Blood",
            "/api/v1/search/Example/Blood",
            "/api/v1/values/Example/Blood/doc_info"
        ]
    );
    assert_eq!(
        parameter(&asked[3], "query").unwrap(),
        "( tracks.content->'a'->'b' ?| array['c','d'] -- why.\n) ORDER BY tracks.id, experiments.id, samples.id, studies.id, collection_info.id, doc_info.id"
    );
    assert_eq!(
        parameter(&asked[3], "categories").unwrap(),
        "tracks,experiments,samples,studies,collection_info,doc_info"
    );
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~%=&?/".contains(c);
    assert!(asked[3].target.chars().all(is_plain), "{}", asked[3].target);
}

#[test]
fn chosen_categories_are_sent_and_may_be_those_of_the_hub() {
    let server = server(1, |request| {
        is_route(request, "search").then(|| {
            json_answer(&json!([{"tracks": {"local_id": "t"}, "doc_info": {"local_id": "d"}, "collection_info": {},
                "non_standard_samples": {}}]))
        })
    });
    let chosen = ["tracks", "non_standard_samples"].map(str::to_owned);
    client(&server)
        .search("Example", "Blood", "true", &chosen, Some(5))
        .unwrap();
    let asked = &searches(&server)[0];
    assert_eq!(
        parameter(asked, "categories").unwrap(),
        "tracks,collection_info,doc_info,non_standard_samples"
    );
    assert_eq!(parameter(asked, "limit").unwrap(), "5");
}

#[test]
fn names_are_checked_before_the_search_and_the_nearest_is_told() {
    let server = server(1, |_| None);
    let client = client(&server);
    let chosen = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    for (repository, hub, query, categories, wanted) in [
        (
            "Exmple",
            "Blood",
            "true",
            chosen(&[]),
            "has no repository `Exmple`: did you mean `Example`?",
        ),
        (
            "Zzzz",
            "Blood",
            "true",
            chosen(&[]),
            "expected one of Example, Blueprint",
        ),
        (
            "Example",
            "blood",
            "true",
            chosen(&[]),
            "has no hub `blood`: did you mean `Blood`?",
        ),
        (
            "Example",
            "Blood",
            "true",
            chosen(&["Tracks"]),
            "has no category `Tracks`: did you mean `tracks`?",
        ),
        (
            "Example",
            "Blood",
            "track.content ? 'a'",
            chosen(&[]),
            "found the unknown category `track`",
        ),
        (
            "Example",
            "Blood",
            "true AND\nsamples.content ? 'a'",
            chosen(&["tracks"]),
            "query (line 2, column 1): the category `samples` is not searched",
        ),
        (
            "Example",
            "Blood",
            "samples.content ? 'a'",
            chosen(&["tracks"]),
            "--categories tracks,experiments,samples",
        ),
        (
            "Example",
            "Blood",
            "true) OR (true",
            chosen(&[]),
            "` without an opening bracket",
        ),
        ("..", "Blood", "true", chosen(&[]), "has no repository `..`"),
    ] {
        let error = client
            .search(repository, hub, query, &categories, None)
            .unwrap_err()
            .to_string();
        assert!(error.contains(wanted), "{error}");
    }
    assert!(searches(&server).is_empty());
}

#[test]
fn a_sub_query_may_have_names_of_its_own() {
    let server = server(1, |_| None);
    let query = "EXISTS (SELECT 1 FROM tf_current_objects x WHERE x.content ? 'a') AND tracks.content ? 'b'";
    assert_eq!(search(&server, query).unwrap().rows.len(), 1);
}

#[test]
fn the_server_is_found_by_every_address_of_it_and_by_a_mirror() {
    let server = server(1, |_| None);
    let settings = Settings::parse(QUICK).unwrap();
    for path in [
        "",
        "/",
        "/api/v1",
        "/api/v1/",
        "/api/v1/repositories",
        "/?x=1#y",
    ] {
        let client = Client::new(&server.url(path), &settings).unwrap();
        assert_eq!(
            client.repositories().unwrap(),
            ["Example", "Blueprint"],
            "{path}"
        );
        assert_eq!(client.address(), server.url("/"));
    }
    let mirrors = format!(
        "[mirrors]\n\"https://trackfind.example.org/\" = \"{}\"\n",
        server.url("/")
    );
    let client = Client::new(
        "https://ann:s3cret@trackfind.example.org",
        &Settings::parse(&mirrors).unwrap(),
    )
    .unwrap();
    assert_eq!(client.repositories().unwrap().len(), 2);
    assert_eq!(client.address(), "https://trackfind.example.org/");
}

#[test]
fn numbers_stay_as_the_server_gives_them_and_that_is_told() {
    let server = server(0, |request| {
        let mut row = trackfind::row(1);
        row["samples"]["donor"] = json!({"age": 1});
        is_route(request, "search").then(|| {
            answer(
                "200 OK",
                "application/json",
                &format!("[{row}]").replace("\"age\":1", "\"age\":42.0"),
            )
        })
    });
    let found = search(&server, "true").unwrap();
    assert_eq!(found.rows[0]["samples"]["donor"]["age"].to_string(), "42.0");
    assert!(
        found.notes[0].contains("stores 42 as 42.0"),
        "{:?}",
        found.notes
    );
}

#[test]
fn a_filter_that_keeps_nothing_gives_no_values_although_the_server_fails() {
    let server = server(0, |_| None);
    let found = client(&server).values("Example", "Blood", "tracks", "local_id", "zzz", "");
    assert_eq!(found.unwrap(), Vec::<String>::new());
    let error = client(&server)
        .values("Example", "Blood", "trakcs", "local_id", "", "")
        .unwrap_err();
    assert!(
        error.to_string().contains("did you mean `tracks`?"),
        "{error}"
    );
    let error = client(&server)
        .values("Example", "Nope", "tracks", "local_id", "", "")
        .unwrap_err();
    assert!(matches!(error, ServerError::UnknownHub { .. }), "{error}");
}
