//! `fairtracks_search --server`: the same outputs as for a document.

use crate::support;
use std::fs;

use crate::support::searching::{Answer, BLOOD, answer_at, search_at, site};
use crate::support::serve_process::Server;
use crate::support::{Outcome, folder, project};
use serde_json::{Value as Json, json};

const MONOCYTES: &str = "samples.content->'sample_type'->>'summary' ILIKE '%monocyte%'";

fn at(server: &Server) -> String {
    format!("http://{}", server.address)
}

fn found(server: &Server, more: &[&str]) -> Answer {
    let place = [
        "--server",
        &at(server),
        "--repository",
        "Example",
        "--hub",
        "Blood",
    ];
    answer_at(&site(""), &[&place, more].concat())
}

fn refused(arguments: &[&str]) -> Outcome {
    let outcome = search_at(&site(""), arguments);
    assert_ne!(outcome.status, 0, "{outcome:?}");
    outcome
}

fn ids(objects: &Json) -> Vec<&str> {
    let objects = objects.as_array().unwrap().iter();
    objects
        .map(|object| object["local_id"].as_str().unwrap())
        .collect()
}

#[test]
fn a_server_gives_the_same_outputs_as_the_document_that_it_serves() {
    let server = Server::start(&["--quiet"]);
    let asked = found(&server, &["--query", MONOCYTES]);
    let document = project(BLOOD);
    let read = answer_at(
        &site(""),
        &[
            "--document",
            document.to_str().unwrap(),
            "--query",
            MONOCYTES,
        ],
    );
    assert_eq!(asked.table, read.table);
    assert_eq!(asked.gsuite, read.gsuite);
    for part in ["tracks", "experiments", "samples", "studies"] {
        let sorted = |document: &Json| {
            let mut ids: Vec<String> = ids(&document[part])
                .into_iter()
                .map(str::to_owned)
                .collect();
            ids.sort();
            ids
        };
        assert_eq!(sorted(&asked.document), sorted(&read.document), "{part}");
    }
    let subset = &asked.document["subset_of"];
    assert_eq!(
        subset["server"],
        json!({"url": format!("{}/", at(&server)), "repository": "Example", "hub": "Blood"})
    );
    assert!(subset.get("source").is_none());
    assert_eq!(subset["search"], read.document["subset_of"]["search"]);
    assert_eq!(subset["hits"], 8);
    assert_eq!(
        asked.said,
        format!(
            "Found 8 tracks in the hub Example / Blood of {}/\n\nQuery:\n{MONOCYTES}\n\nSearched: tracks, experiments, samples, studies, collection_info, doc_info\n",
            at(&server)
        )
    );
}

#[test]
fn a_faithful_server_gives_the_same_tracks() {
    let server = Server::start(&["--quiet", "--faithful"]);
    let asked = found(&server, &["--query", MONOCYTES]);
    assert_eq!(ids(&asked.document["tracks"]).len(), 8);
    assert!(asked.said.contains("stores 42 as 42.0"), "{}", asked.said);
}

#[test]
fn the_document_of_hits_can_be_searched_again_and_checked() {
    let server = Server::start(&["--quiet"]);
    let asked = found(&server, &["--query", MONOCYTES]);
    let path = folder().join("hits.json");
    fs::write(&path, asked.document.to_string()).unwrap();
    let again = answer_at(
        &site(""),
        &["--document", path.to_str().unwrap(), "--query", MONOCYTES],
    );
    assert_eq!(again.document["tracks"], asked.document["tracks"]);
    assert_eq!(again.gsuite.lines().count(), asked.gsuite.lines().count());
    let earlier = &again.document["subset_of"]["source"]["subset_of"];
    assert_eq!(earlier["server"]["hub"], "Blood");
    let check = support::run(
        env!("CARGO_BIN_EXE_fairtracks_check"),
        &[path.to_str().unwrap()],
    );
    assert!(!check.stdout.contains("must"), "{check:?}");
}

#[test]
fn nothing_found_is_an_answer_that_says_what_to_do() {
    let server = Server::start(&["--quiet"]);
    let asked = found(
        &server,
        &["--query", "tracks.content->'assembly_name' ? 'HG38'"],
    );
    assert_eq!(asked.document["tracks"], json!([]));
    assert_eq!(asked.document["subset_of"]["hits"], 0);
    assert!(
        asked.document["doc_info"]["local_id"]
            .as_str()
            .unwrap()
            .starts_with("example:blood-document#")
    );
    assert_eq!(asked.table.len(), 1);
    assert!(
        asked
            .said
            .starts_with("No tracks found in the hub Example / Blood"),
        "{}",
        asked.said
    );
    assert!(
        asked.said.contains("hint: values are case-sensitive"),
        "{}",
        asked.said
    );
}

#[test]
fn conditions_and_forms_ask_a_server_too() {
    let server = Server::start(&["--quiet"]);
    let folder = folder();
    let conditions = folder.join("conditions.json");
    let asked = json!({"version": 1, "join": "and", "conditions": [
        {"category": "samples", "path": ["sample_type", "summary"], "operator": "contains", "values": ["monocyte"]}]});
    fs::write(&conditions, asked.to_string()).unwrap();
    let by_conditions = found(&server, &["--conditions", conditions.to_str().unwrap()]);
    assert_eq!(ids(&by_conditions.document["tracks"]).len(), 8);
    assert_eq!(
        by_conditions.document["subset_of"]["search"]["conditions"],
        asked
    );

    let form = folder.join("form.json");
    let source = json!({"from": "server", "server": {"from": "typed", "url": at(&server)},
        "hub": {"from": "typed", "repository": "Example", "name": "Blood"}});
    let named = json!({"source": source, "query": {"mode": "expression", "expression": MONOCYTES}});
    fs::write(&form, named.to_string()).unwrap();
    let by_form = answer_at(&site(""), &["--form", form.to_str().unwrap()]);
    assert_eq!(by_form.document["tracks"], by_conditions.document["tracks"]);
    assert_eq!(by_form.document["subset_of"]["server"]["hub"], "Blood");
}

#[test]
fn labels_are_filled_in_after_the_search() {
    let document: Json =
        serde_json::from_str(&fs::read_to_string(project(BLOOD)).unwrap()).unwrap();
    let mut bare = document.clone();
    for sample in bare["samples"].as_array_mut().unwrap() {
        sample.as_object_mut().unwrap().shift_remove("species_name");
    }
    let path = folder().join("bare.json");
    fs::write(&path, bare.to_string()).unwrap();
    let hub = format!("Example/Blood={}", path.display());
    let server = Server::start_with(&["--hub", &hub, "--quiet"]);
    let asked = found(
        &server,
        &["--query", MONOCYTES, "--augment", "--columns", "all"],
    );
    assert_eq!(asked.document["samples"][0]["species_name"], "Homo sapiens");
    assert_eq!(asked.document["subset_of"]["search"]["augmented"], true);
    assert!(asked.table.concat().contains(&"Homo sapiens".to_owned()));
    assert!(
        asked
            .said
            .contains("after the search, since a server searches the values it stores:"),
        "{}",
        asked.said
    );
    let by_name = found(
        &server,
        &[
            "--query",
            "samples.content->'species_name' ? 'Homo sapiens'",
            "--augment",
        ],
    );
    assert_eq!(by_name.document["subset_of"]["hits"], 0);
}

#[test]
fn tracks_without_a_sample_are_found_with_fewer_categories() {
    let server = Server::start(&["--quiet"]);
    let all = found(&server, &["--query", "true"]);
    let tracks = found(&server, &["--query", "true", "--categories", "tracks"]);
    let (all, tracks) = (
        ids(&all.document["tracks"]).len(),
        ids(&tracks.document["tracks"]).len(),
    );
    assert_eq!((all, tracks), (60, 62));
}

#[test]
fn a_document_of_some_categories_says_so_and_blames_no_track() {
    let server = Server::start(&["--quiet"]);
    let said = found(&server, &["--query", "true", "--categories", "tracks"]).said;
    assert!(
        said.contains("only objects of the searched categories"),
        "{said}"
    );
    assert!(!said.contains("contains no sample"), "{said}");
}

#[test]
fn values_that_cannot_be_used_as_asked_are_told() {
    let server = Server::start(&["--quiet", "--rows", "20"]);
    let query = "tracks.content ? 'local_id' OR (tracks.content->>'label_short')::int > 1";
    let said = found(&server, &["--query", query]).said;
    let none = found(
        &server,
        &["--query", "(tracks.content->>'label_short')::int > 1"],
    )
    .said;
    assert!(!said.contains("cannot be used"), "{said}");
    assert!(
        none.contains("60 values cannot be converted as the query requires"),
        "{none}"
    );
}

#[test]
fn a_category_of_its_own_is_searched_where_the_query_speaks_of_it() {
    let server = Server::start(&["--quiet", "--copy-samples"]);
    let count = |query: &str| ids(&found(&server, &["--query", query]).document["tracks"]).len();
    let copies = count("Non_Standard_Samples.content->'sample_type'->>'summary' = 'K562'");
    assert_eq!(copies, 6);
    assert_eq!(
        count("samples.content->'sample_type'->>'summary' = 'K562'"),
        copies
    );
}

#[test]
fn a_server_that_gives_few_rows_at_a_time_is_asked_more_often() {
    let server = Server::start(&["--quiet", "--rows", "20"]);
    let all = found(&server, &["--query", "true"]);
    assert_eq!(ids(&all.document["tracks"]).len(), 60);
}

#[test]
fn options_that_do_not_fit_a_server_are_refused_with_what_to_do() {
    let place = [
        "--server",
        "http://127.0.0.1:9",
        "--repository",
        "R",
        "--hub",
        "H",
    ];
    let with = |more: &[&'static str]| refused(&[&place[..], more].concat());
    let incomplete = with(&["--query", "true", "--incomplete"]);
    assert_eq!(incomplete.status, 1);
    assert!(
        incomplete.stderr.contains("--categories tracks"),
        "{incomplete:?}"
    );
    let samples = with(&["--query", "true", "--categories", "samples"]);
    assert!(
        samples.stderr.contains("expected tracks among them"),
        "{samples:?}"
    );
    for usage in [
        with(&["--query", "true", "--document", "x.json"]),
        refused(&["--query", "true", "--server", "http://127.0.0.1:9"]),
        refused(&["--query", "true", "--hub", "H", "--document", "x"]),
        refused(&["--query", "true", "--document", "x", "--repository", "R"]),
        refused(&["--query", "true"]),
    ] {
        assert_eq!(usage.status, 2, "{usage:?}");
    }
    let nobody = with(&["--query", "true"]);
    assert!(
        nobody
            .stderr
            .contains("no answer from 127.0.0.1:9 (connection refused)"),
        "{nobody:?}"
    );
    let address = refused(&[
        "--query",
        "true",
        "--server",
        "trackfind",
        "--repository",
        "R",
        "--hub",
        "H",
    ]);
    assert!(
        address
            .stderr
            .contains("expected the URL of a TrackFind server such as https://trackfind.elixir.no"),
        "{address:?}"
    );
}

#[test]
fn no_output_appears_where_a_server_fails() {
    let server = Server::start(&["--quiet"]);
    let folder = folder();
    let table = folder.join("hits.tsv");
    let outcome = refused(&[
        "--server",
        &at(&server),
        "--repository",
        "Example",
        "--hub",
        "Blod",
        "--query",
        "true",
        "--output-table",
        table.to_str().unwrap(),
    ]);
    assert!(
        outcome
            .stderr
            .contains("has no hub `Blod`: did you mean `Blood`?"),
        "{outcome:?}"
    );
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_secret_in_the_address_is_told_nowhere() {
    let server = Server::start(&["--quiet"]);
    let address = format!("http://annuser:s3cret@{}/?token=t0ken", server.address);
    let place = [
        "--server",
        &address,
        "--repository",
        "Example",
        "--hub",
        "Blood",
        "--query",
        MONOCYTES,
    ];
    let asked = answer_at(&site(""), &place);
    let all = format!(
        "{}{:?}{}{}",
        asked.document, asked.table, asked.gsuite, asked.said
    );
    for secret in ["annuser", "s3cret", "t0ken"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn a_mirror_of_the_site_stands_for_the_server() {
    let server = Server::start(&["--quiet"]);
    let mirrors = format!(
        "[mirrors]\n\"https://trackfind.example.org/\" = \"{}/\"\n",
        at(&server)
    );
    let place = [
        "--server",
        "https://trackfind.example.org",
        "--repository",
        "Example",
        "--hub",
        "Blood",
    ];
    let asked = answer_at(
        &site(&mirrors),
        &[&place[..], &["--query", MONOCYTES]].concat(),
    );
    assert_eq!(
        asked.document["subset_of"]["server"]["url"],
        "https://trackfind.example.org/"
    );
    assert!(!asked.said.contains("127.0.0.1"), "{}", asked.said);
}
