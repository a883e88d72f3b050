//! A job asks the Galaxy that runs it: which job it is, what its inputs are, and for the crates of the imports before it.

use fairtracks::galaxy::described_datasets::DescribedDataset;
use fairtracks::galaxy::lineage::api::{ApiError, Bounds, CrateCollection, GalaxyApi, OwnJob};
use fairtracks::remote::Settings;
use serde_json::{Value as Json, json};

use crate::support::scripted_server::{Act, Request, Server};

const KEY: &str = "plant0123456789abcdef0123456789ab";

fn send(status: &str, body: &[u8]) -> Vec<Act> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    vec![Act::Send([head.as_bytes(), body].concat())]
}

fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Two jobs of the tool: `newer` made number 9 of the history, `running` number 7, from a collection of eleven datasets, of which
/// the tenth and the eleventh have the same bytes.
fn galaxy(request: &Request) -> Vec<Act> {
    let link = |id: &str, number: u32| json!({"id": id, "src": "hda", "uuid": uuid(number)});
    let answer = match request.path() {
        "/api/version" => json!({"version_major": "26.1", "version_minor": "2"}),
        "/api/users/current" => json!({"id": "u", "is_admin": false}),
        "/api/jobs" => json!([{"id": "newer"}, {"id": "gone"}, {"id": "running"}]),
        "/api/jobs/newer" => {
            json!({"id": "newer", "inputs": {}, "outputs": {"output_report": link("r9", 90)}})
        }
        "/api/jobs/running" => {
            let mut inputs: serde_json::Map<String, Json> = (1..=11)
                .map(|number| {
                    let name = format!("results_0|from|collection{number}");
                    (name, link(&format!("d{number}"), number.min(10)))
                })
                .collect();
            inputs.insert("crates_0|from|collection1".to_owned(), link("c1", 50));
            json!({"id": "running", "inputs": inputs, "outputs": {"output_report": link("r7", 70)}})
        }
        "/api/datasets/r9" => json!({"id": "r9", "hid": 9}),
        "/api/datasets/r7" => json!({"id": "r7", "hid": 7}),
        "/api/dataset_collections/crates" => json!({"elements": [
            {"element_identifier": "track one", "object": {"id": "one", "file_size": 5}},
            {"element_identifier": "private", "object": {"id": "private", "file_size": 5}},
            {"element_identifier": "not asked for", "object": {"id": "other", "file_size": 5}},
        ]}),
        "/api/datasets/one/display" => return send("200 OK", b"crate"),
        "/api/datasets/private/display" => return send("403 Forbidden", b"plant"),
        _ => return send("404 Not Found", b"{}"),
    };
    send("200 OK", answer.to_string().as_bytes())
}

fn connected(server: &Server) -> GalaxyApi {
    let settings = Settings::parse("[limits]\nretry_seconds = 0.001\n").unwrap();
    GalaxyApi::connect(&server.url("/"), KEY, Bounds::default(), &settings).unwrap()
}

fn own(server: &Server, number: u64, history: &str) -> OwnJob {
    OwnJob {
        galaxy: server.url("/"),
        history: history.to_owned(),
        output: "output_report".to_owned(),
        number,
    }
}

fn described(number: u32) -> DescribedDataset {
    DescribedDataset {
        uuid: uuid(number).to_uppercase(),
        ..DescribedDataset::default()
    }
}

#[test]
fn a_job_finds_itself_by_the_number_of_its_output_and_learns_the_ids_of_its_inputs() {
    let server = Server::start(galaxy);
    let job = connected(&server).running_job(&own(&server, 7, "h1"), "fairtracks_follow", &[]);
    // In the order of the form; the last is not an input of this job.
    let mut results: Vec<DescribedDataset> = [2, 1, 10, 10, 99].map(described).to_vec();
    job.unwrap().identify(&mut results);
    let ids: Vec<&str> = results.iter().map(|result| result.id.as_str()).collect();
    assert_eq!(ids, ["d2", "d1", "d10", "d11", ""]);
    let list = server
        .seen()
        .into_iter()
        .find(|request| request.path() == "/api/jobs");
    let target = list.unwrap().target;
    for part in [
        "tool_id_like=fairtracks_follow",
        "%25%2Ffairtracks_follow%2F%25",
        "history_id=h1",
    ] {
        assert!(target.contains(part), "{target}");
    }
}

#[test]
fn without_a_history_all_jobs_of_the_user_are_looked_at() {
    let server = Server::start(galaxy);
    let job = connected(&server).running_job(&own(&server, 9, ""), "fairtracks_follow", &[]);
    assert!(job.is_ok());
    assert!(
        server
            .seen()
            .iter()
            .all(|request| !request.target.contains("history_id"))
    );
}

#[test]
fn a_job_that_the_server_does_not_list_is_told() {
    let server = Server::start(galaxy);
    let job = connected(&server).running_job(&own(&server, 8, "h1"), "fairtracks_follow", &[]);
    let error = job.unwrap_err();
    assert!(matches!(error, ApiError::NoJob { .. }), "{error:?}");
    let message = error.to_string();
    assert!(
        message.contains("does not list the running job"),
        "{message}"
    );
    assert!(!message.contains("plant"), "{message}");
}

/// The running job is one of 250, of which the server lists 100 at a time.
fn busy_galaxy(request: &Request) -> Vec<Act> {
    let answer = match request.path() {
        "/api/jobs" => {
            let offset = request.target.split("offset=").nth(1).unwrap_or("0");
            let offset = offset.split('&').next().unwrap().parse::<usize>().unwrap();
            let jobs = (offset..250.min(offset + 100)).map(|number| match number {
                249 => json!({"id": "running"}),
                other => json!({"id": format!("other{other}")}),
            });
            jobs.collect::<Json>()
        }
        path if path.starts_with("/api/jobs/other") => json!({"id": "other", "outputs": {}}),
        _ => return galaxy(request),
    };
    send("200 OK", answer.to_string().as_bytes())
}

#[test]
fn all_pages_of_the_list_of_jobs_are_looked_at() {
    let server = Server::start(busy_galaxy);
    let galaxy = connected(&server);
    let job = galaxy.running_job(&own(&server, 7, "h1"), "fairtracks_follow", &[]);
    assert!(job.is_ok(), "{job:?}");
    let job = galaxy.running_job(&own(&server, 8, "h1"), "fairtracks_follow", &[]);
    let message = job.unwrap_err().to_string();
    assert!(
        message.contains("jobs listed in the time limit: 250"),
        "{message}"
    );
}

#[test]
fn only_the_crates_of_tracks_in_the_lineage_are_fetched() {
    let server = Server::start(galaxy);
    let collection = CrateCollection {
        id: "crates".to_owned(),
        tracks: ["track one", "private", "deleted"]
            .map(str::to_owned)
            .to_vec(),
    };
    let (crates, missing) = connected(&server).crates(&collection);
    let names: Vec<(&str, &[u8])> = crates
        .iter()
        .map(|fetched| (fetched.name.as_str(), fetched.bytes.as_slice()))
        .collect();
    assert_eq!(names, [("track one", b"crate".as_slice())]);
    assert_eq!(missing, ["private", "deleted"]);
    assert!(
        server
            .seen()
            .iter()
            .all(|request| !request.path().contains("other"))
    );
}

#[test]
fn without_a_number_a_job_that_reads_the_same_datasets_serves() {
    let server = Server::start(galaxy);
    let mut results: Vec<DescribedDataset> = [3, 1].map(described).to_vec();
    let job = connected(&server).running_job(&own(&server, 0, ""), "fairtracks_follow", &results);
    job.unwrap().identify(&mut results);
    let ids: Vec<&str> = results.iter().map(|result| result.id.as_str()).collect();
    assert_eq!(ids, ["d3", "d1"]);
    let others: Vec<DescribedDataset> = [3, 77].map(described).to_vec();
    let job = connected(&server).running_job(&own(&server, 0, ""), "fairtracks_follow", &others);
    assert!(job.is_err());
    let job = connected(&server).running_job(&own(&server, 0, ""), "fairtracks_follow", &[]);
    assert!(job.is_err(), "nothing to compare");
}
