//! A TrackFind server that another search keeps busy.

use std::sync::Mutex;

use crate::support::scripted_server::Act;
use crate::support::trackfind::{QUICK, is_route, server};
use fairtracks::remote::Settings;
use fairtracks::trackfind::client::Server as Client;

/// What was told of a wait, of the one test that waits.
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[test]
fn a_server_that_keeps_everybody_waiting_is_given_up_at_the_limit_of_the_site() {
    let server = server(3, |request| {
        is_route(request, "search").then(|| vec![Act::Stall])
    });
    let settings = format!("{QUICK}server_seconds = 1.5");
    let client = Client::new(&server.url(""), &Settings::parse(&settings).unwrap());
    let client = client
        .unwrap()
        .with_notice(|text| TOLD.lock().unwrap().push(text.to_owned()));
    let message = client
        .search("Example", "Blood", "true", &[], None)
        .unwrap_err()
        .to_string();
    assert!(message.contains("within 1.5 seconds"), "{message}");
    assert!(message.contains("`server_seconds`"), "{message}");
    assert!(message.contains("try again later"), "{message}");
    let seen = server.seen();
    let searches = seen.iter().filter(|request| is_route(request, "search"));
    assert_eq!(searches.count(), 1, "it is not asked again while it works");
    let waits = TOLD.lock().unwrap();
    assert_eq!(waits.len(), 1, "{waits:?}");
    assert!(waits[0].contains("waiting for the answer of"), "{waits:?}");
    assert!(waits[0].contains("the limit is 1.5 seconds"), "{waits:?}");
}
