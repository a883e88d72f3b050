//! Asking the service without a network.

use std::fmt::Write as _;

use fairtracks::fairtracks::document::Document;
use fairtracks::trackfind::server::{HubOptions, HubSource, Request, ServerAnswer, Service};
use serde_json::Value as Json;

use super::corpus::TWIN;

/// The options of a server in its own mode.
pub fn sane() -> HubOptions {
    HubOptions {
        faithful: false,
        copy_samples: false,
        epico_alias: false,
        most_rows: 10_000,
        longest_query: 65_536,
    }
}

/// The options of a server that answers as TrackFind does.
pub fn faithful() -> HubOptions {
    HubOptions {
        faithful: true,
        ..sane()
    }
}

/// The JSON of a document of the test data.
pub fn json(path: &str) -> Json {
    serde_json::from_str(&super::text(path)).unwrap()
}

/// A hub of the repository `Example`.
pub fn hub(name: &str, document: Json) -> HubSource {
    HubSource {
        repository: "Example".to_owned(),
        hub: name.to_owned(),
        document: Document::from_json(document).unwrap(),
    }
}

/// A server of one hub, `Example/Example`, which holds the twin of TrackFind's example.
pub fn twin(options: HubOptions) -> Service {
    Service::new(vec![hub("Example", json(TWIN))], options).unwrap()
}

/// The same after a change of its document.
pub fn changed(options: HubOptions, change: impl FnOnce(&mut Json)) -> Service {
    let mut document = json(TWIN);
    change(&mut document);
    Service::new(vec![hub("Example", document)], options).unwrap()
}

/// A parameter, encoded as a browser does not dare to leave out.
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").unwrap();
        }
        encoded
    })
}

/// Asks with the parameters as they are meant, not yet encoded.
pub fn ask(
    service: &Service,
    path: &str,
    parameters: &[(&str, &str)],
    accept: Option<&str>,
) -> ServerAnswer {
    let pairs = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)));
    let query = pairs.collect::<Vec<_>>().join("&");
    raw(service, path, (!query.is_empty()).then_some(&query), accept)
}

/// Asks with the parameters as they are sent.
pub fn raw(
    service: &Service,
    path: &str,
    query: Option<&str>,
    accept: Option<&str>,
) -> ServerAnswer {
    service.answer(&Request {
        method: "GET",
        path,
        query,
        accept,
        goes_on: &|| true,
        reserve: &|_| true,
    })
}

/// A search of `Example/Example`.
pub fn search(service: &Service, parameters: &[(&str, &str)]) -> ServerAnswer {
    ask(service, "/api/v1/search/Example/Example", parameters, None)
}

/// The body as text.
pub fn text(answer: &ServerAnswer) -> &str {
    std::str::from_utf8(&answer.body).unwrap()
}

/// The body as JSON.
pub fn body(answer: &ServerAnswer) -> Json {
    serde_json::from_str(text(answer)).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
}

/// The body as a list of texts.
pub fn listed(answer: &ServerAnswer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_value(body(answer)).unwrap()
}

/// The `local_id` of each row's object of a category.
pub fn ids(answer: &ServerAnswer, category: &str) -> Vec<String> {
    assert_eq!(answer.status, 200, "{answer:?}");
    let rows = body(answer);
    let id = |row: &Json| row[category]["local_id"].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(id).collect()
}

/// The status of an answer without a body.
pub fn empty(answer: &ServerAnswer) -> u16 {
    assert_eq!(text(answer), "", "{answer:?}");
    assert_eq!(answer.content_type, None);
    answer.status
}
