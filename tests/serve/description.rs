//! The description of the interface (OpenAPI) beside the interface.

use std::collections::BTreeSet;
use std::fs;

use crate::support::folder;
use crate::support::serve_process::{Server, argument};

#[test]
fn the_description_is_of_this_server() {
    let server = Server::start(&[]);
    let description = server.get("/api/v1/openapi.json").json();
    assert_eq!(description["info"]["version"], env!("CARGO_PKG_VERSION"));
    let listed =
        |name: &str| description["components"]["parameters"][name]["schema"]["enum"].clone();
    assert_eq!(listed("repository"), serde_json::json!(["Example"]));
    assert_eq!(listed("hub"), serde_json::json!(["Blood"]));
    assert!(description["paths"]["/files/{name}"].is_null());
    let files = argument(&folder());
    let server = Server::start(&["--files", &files, "--copy-samples"]);
    let description = server.get("/api/v1/openapi.json").json();
    assert!(description["paths"]["/files/{name}"]["get"].is_object());
    let categories = &description["components"]["parameters"]["category"]["schema"]["enum"];
    assert!(
        categories
            .as_array()
            .unwrap()
            .contains(&"non_standard_samples".into())
    );
}

#[test]
fn the_description_has_the_routes_of_the_server() {
    let files = folder();
    fs::write(files.join("peaks.bed"), "chr1\t1\t2\n").unwrap();
    let server = Server::start(&["--files", &argument(&files)]);
    let description = server.get("/api/v1/openapi.json").json();
    let declared: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    let values = [
        ("{repository}", "Example"),
        ("{hub}", "Blood"),
        ("{category}", "tracks"),
        ("{name}", "peaks.bed"),
    ];
    for path in &declared {
        let target = values
            .iter()
            .fold((*path).clone(), |target, (name, value)| {
                target.replace(name, value)
            });
        let reply = server.get(&format!("{target}?query=true&path=local_id"));
        assert_ne!(reply.status, 404, "{path}: {reply:?}");
    }
    // The routes of the interface, as a refusal lists them.
    let refusal = server.get("/api/v1/nothing").json();
    let hint = refusal["error"]["hint"].as_str().unwrap();
    let words = hint.split([' ', ',']).filter(|word| word.starts_with('/'));
    let routes = words.map(|route| {
        let steps = route.split('/').map(|step| match step {
            "REPOSITORY" | "HUB" | "CATEGORY" => format!("{{{}}}", step.to_lowercase()),
            step => step.to_owned(),
        });
        format!("/api/v1{}", steps.collect::<Vec<_>>().join("/"))
    });
    let of_interface = declared
        .into_iter()
        .filter(|path| path.starts_with("/api/v1/") && *path != "/api/v1/openapi.json");
    let declared: BTreeSet<String> = of_interface.cloned().collect();
    assert_eq!(routes.collect::<BTreeSet<_>>(), declared);
}
