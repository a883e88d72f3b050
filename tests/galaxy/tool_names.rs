//! The names of tools as Galaxy shows them: asked once a tool, shortened, on one line, and not needed.

use crate::support::scripted_server::{Act, Request, Server};
use fairtracks::galaxy::lineage::{Lineage, lineage_json};
use serde_json::{Value as Json, json};

use super::api::{answer, ask, history, json_answer};

const CUT: &str = "/galaxy/api/tools/Cut1";
const SORT: &str = "/galaxy/api/tools/shed.example/repos/x/y/sort/2.0";
const IMPORT: &str = "/galaxy/api/tools/shed.example/repos/x/fairtracks/fairtracks_import/1.0";

/// The lineage of `sorted`, made of what `Cut1` made of an imported track, where the tool `Cut1` is answered so.
fn asked(of_cut: impl Fn() -> Vec<Act> + Send + Sync + 'static) -> (Lineage, Server) {
    let server = Server::start(move |request: &Request| match request.path() {
        CUT => of_cut(),
        SORT => json_answer(&json!({"id": "sort", "name": "Sort lines", "version": "2.0"})),
        _ => history(request),
    });
    let lineage = ask(&server, &["sorted"]).unwrap();
    assert!(lineage.complete, "{:?}", lineage.stopped);
    (lineage, server)
}

fn name_of(lineage: &Lineage, job: &str) -> String {
    let job = lineage.jobs.iter().find(|known| known.id == job).unwrap();
    job.tool_name.clone()
}

/// The name of `Cut1` where Galaxy says that it is this.
fn shown(name: &Json) -> String {
    let body = json!({"id": "Cut1", "name": name, "version": "1.0.2"});
    let (lineage, _server) = asked(move || json_answer(&body));
    let written = lineage_json::write(&lineage);
    let read = lineage_json::read(written.as_bytes()).unwrap();
    assert_eq!(read.jobs, lineage.jobs);
    // The name of one tool does not depend on that of another.
    assert_eq!(name_of(&lineage, "j5"), "Sort lines");
    name_of(&lineage, "j4")
}

#[test]
fn tools_have_the_names_that_galaxy_shows() {
    assert_eq!(
        shown(&json!("Cut columns from a table")),
        "Cut columns from a table"
    );
}

#[test]
fn each_tool_is_asked_for_once() {
    let (_, server) = asked(|| json_answer(&json!({"name": "Cut"})));
    for tool in [CUT, SORT, IMPORT] {
        let requests = server.seen();
        let requests = requests.iter().filter(|request| request.path() == tool);
        assert_eq!(requests.count(), 1, "{tool}");
    }
}

#[test]
fn without_a_name_the_lineage_is_complete_and_has_the_id() {
    type Script = fn() -> Vec<Act>;
    let refusals: [Script; 8] = [
        || answer("401 Unauthorized", "application/json", "{}"),
        || {
            answer(
                "403 Forbidden",
                "application/json",
                r#"{"err_msg": "Access denied"}"#,
            )
        },
        || answer("404 Not Found", "application/json", "{}"),
        || answer("500 Oh", "text/html", "<html>"),
        || answer("200 OK", "text/html", "<html>Log in</html>"),
        || json_answer(&json!({"name": null})),
        || json_answer(&json!({"name": {"a": 1}})),
        || vec![Act::Reset],
    ];
    for refusal in refusals {
        let (lineage, _server) = asked(refusal);
        assert_eq!(name_of(&lineage, "j4"), "");
        let cut = lineage.jobs.iter().find(|job| job.id == "j4").unwrap();
        assert_eq!(
            (&*cut.tool_id, &*cut.citations[0]),
            ("Cut1", "10.1093/cut/1")
        );
        assert!(lineage_json::write(&lineage).matches("tool_name").count() == 1);
    }
    for nothing in [json!(""), json!(" \n\t")] {
        assert_eq!(shown(&nothing), "");
    }
}

#[test]
fn a_long_name_is_shortened_and_a_longer_response_is_not_read() {
    let name = shown(&json!("Cut ".repeat(10 << 18)));
    assert!(name.starts_with("Cut Cut Cut"), "{name}");
    assert!(name.ends_with('…') && name.chars().count() <= 120, "{name}");
    assert_eq!(shown(&json!("x".repeat(17 << 20))), "");
}

#[test]
fn a_name_is_one_line_of_visible_characters() {
    let name = shown(&json!(
        "  Cut\r\n\u{1b}[31m\u{202e} columns\u{0}\u{7f}\tof <b>tables</b> "
    ));
    assert_eq!(name, "Cut [31m columns of <b>tables</b>");
}

#[test]
fn a_name_with_private_text_is_none() {
    for name in [
        "Cut of ann@plant.example",
        "Cut in /srv/plant/tools",
        "Cut 0123456789abcdef0123456789abcdef",
        "https://ann:plant@h.example/cut",
    ] {
        assert_eq!(shown(&json!(name)), "", "{name}");
    }
}
