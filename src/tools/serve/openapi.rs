//! The description of the interface of this server (OpenAPI 3.1).

use std::collections::BTreeSet;

use crate::cli::Failure;
use serde_json::{Value as Json, json};

use super::page::OfferedHub;
use super::stored::StoredAnswer;

const DESCRIPTION: &str = include_str!("openapi.json");

/// The properties of this server.
pub struct ApiDescription<'h> {
    pub hubs: &'h [OfferedHub],
    /// Whether files are served.
    pub files: bool,
    /// Whether there is a copy of the samples as a category.
    pub copied_samples: bool,
    /// Longest query, in bytes.
    pub longest_query: usize,
    /// Most rows of an answer.
    pub most_rows: usize,
}

/// The description.
///
/// # Errors
/// The description is at fault, which no input can bring about.
pub fn write(described: &ApiDescription<'_>) -> Result<StoredAnswer, Failure> {
    let mut description: Json = serde_json::from_str(DESCRIPTION)?;
    set(&mut description, "/info/version", |version| {
        *version = env!("CARGO_PKG_VERSION").into();
    });
    let hubs = described.hubs.iter();
    let repositories: BTreeSet<&str> = hubs.clone().map(|hub| hub.repository.as_str()).collect();
    let names: BTreeSet<&str> = hubs.map(|hub| hub.hub.as_str()).collect();
    for (parameter, names) in [("repository", repositories), ("hub", names)] {
        let pointer = format!("/components/parameters/{parameter}/schema/enum");
        set(&mut description, &pointer, |listed| *listed = json!(names));
    }
    if described.copied_samples {
        set(
            &mut description,
            "/components/parameters/category/schema/enum",
            |listed| {
                if let Json::Array(listed) = listed {
                    listed.push("non_standard_samples".into());
                }
            },
        );
    }
    if !described.files {
        set(&mut description, "/paths", |paths| {
            if let Json::Object(paths) = paths {
                paths.shift_remove("/files/{name}");
            }
        });
    }
    limits(&mut description, described);
    set(&mut description, "/paths", |paths| {
        if let Json::Object(paths) = paths {
            for (path, methods) in paths {
                add_methods(path, methods);
            }
        }
    });
    let mut text = serde_json::to_vec_pretty(&description)?;
    text.push(b'\n');
    let stored = StoredAnswer::whole(200, "application/json", text);
    stored.prepare();
    Ok(stored)
}

fn limits(description: &mut Json, described: &ApiDescription<'_>) {
    let longest = described.longest_query;
    let parameters = "/paths/~1api~1v1~1values~1{repository}~1{hub}~1{category}/get/parameters";
    let of_values = description.pointer(parameters).and_then(Json::as_array);
    let of_values = of_values.and_then(|parameters| {
        parameters
            .iter()
            .position(|parameter| parameter["name"] == "query")
    });
    let of_values = of_values.map(|place| format!("{parameters}/{place}"));
    let query = "/components/parameters/query".to_owned();
    for parameter in of_values.into_iter().chain([query]) {
        set(description, &parameter, |parameter| {
            let text = parameter["description"].as_str().unwrap_or_default();
            parameter["description"] = format!("{text}; at most {longest} bytes of UTF-8").into();
            parameter["schema"]["maxLength"] = longest.into();
        });
    }
    set(
        description,
        "/components/responses/TooManyRows",
        |response| {
            let text = response["description"].as_str().unwrap_or_default();
            response["description"] =
                format!("{text}; at most {} rows", described.most_rows).into();
        },
    );
}

/// Declares beside `GET` the other methods that each path takes.
fn add_methods(path: &str, methods: &mut Json) {
    let mut head = methods["get"].clone();
    let name = head["operationId"].as_str().unwrap_or_default().to_owned();
    head["operationId"] = format!("{name}Head").into();
    head["summary"] = format!("The headers of `{name}`").into();
    if let Json::Object(responses) = &mut head["responses"] {
        // A response without a body has no ranges.
        for status in ["206", "416"] {
            responses.shift_remove(status);
        }
        for response in responses.values_mut() {
            *response = json!({"description": "As for GET, without the body"});
        }
    }
    methods["head"] = head;
    // These do not depend on the path.
    let names = path
        .split('/')
        .filter_map(|step| step.strip_prefix('{')?.strip_suffix('}'));
    let parameters: Vec<Json> = names
        .map(|name| {
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "minLength": 1}})
        })
        .collect();
    methods["options"] = json!({
        "operationId": format!("{name}Options"),
        "summary": format!("Methods and headers allowed for `{name}`"),
        "parameters": parameters,
        "responses": {"204": {"description": "Listed in the response headers"}},
    });
}

/// Changes what is at a place.
fn set(description: &mut Json, pointer: &str, change: impl FnOnce(&mut Json)) {
    if let Some(place) = description.pointer_mut(pointer) {
        change(place);
    }
}
