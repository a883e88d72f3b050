//! Errors of the TrackFind client, one sentence each.

use std::borrow::Cow;

use thiserror::Error;

use crate::query::QueryError;
use crate::remote::client::SetupError;
use crate::remote::fault::Fault;

/// Why a request failed. Text from a server is included only if it concerns the request, truncated and on one line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ServerError {
    #[error(
        "found `{address}` ({problem}), expected the URL of a TrackFind server such as https://trackfind.elixir.no"
    )]
    Address { address: String, problem: String },
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// A host inside a network.
    #[error(
        "{server} is {what} and was not contacted: if this is the right server, ask the administrator to add the host to `allow_private_hosts` in the site's settings"
    )]
    Private { server: String, what: &'static str },
    /// No connection, or one that ends too early, at each attempt.
    #[error("no answer from {server} ({problem}): {advice}")]
    Unreachable {
        server: String,
        problem: String,
        advice: &'static str,
    },
    /// No answer within the limit of the site.
    #[error(
        "{server} did not answer the request for {about} within {seconds} seconds, the limit of this site (`server_seconds` in its settings): a TrackFind server answers one search at a time, so another user's search may keep it busy; try again later, or narrow the search"
    )]
    Slow {
        server: String,
        about: String,
        seconds: String,
    },
    #[error("{server} sent a redirect that was not followed: {problem}")]
    Redirect { server: String, problem: String },
    /// 401, 403 or 407.
    #[error(
        "{server} denies access (status {status}), expected a public TrackFind server: check the URL, or ask the server's provider for access"
    )]
    Denied { server: String, status: u16 },
    /// 408, 425, 429, 502, 503 or 504 at each attempt.
    #[error(
        "{server} was overloaded or out of order at every attempt (last status {status}): try again later"
    )]
    Busy { server: String, status: u16 },
    #[error(
        "{server} does not answer like a TrackFind server ({found}): open the URL in a browser, and enter the base URL of TrackFind, such as https://trackfind.elixir.no"
    )]
    NotTrackFind { server: String, found: String },
    /// The server failed, or reports a reason.
    #[error("{server} failed to answer the request for {about} ({problem}): {advice}")]
    Failed {
        server: String,
        about: String,
        problem: String,
        /// The advice, from the server if it gives any.
        advice: Cow<'static, str>,
    },
    /// More than is held in memory.
    #[error(
        "the answer of {server} to the request for {about} exceeds {most} MiB: narrow the request, for example to one category or by a filter"
    )]
    AnswerTooLarge {
        server: String,
        about: String,
        most: u64,
    },
    /// A repository that the server does not have.
    #[error("{server} has no repository `{name}`: {advice}")]
    UnknownRepository {
        server: String,
        name: String,
        advice: String,
    },
    /// A hub that the repository does not have.
    #[error("the repository `{repository}` of {server} has no hub `{name}`: {advice}")]
    UnknownHub {
        server: String,
        repository: String,
        name: String,
        advice: String,
    },
    /// A category that the hub does not have.
    #[error("the hub {hub} of {server} has no category `{name}`: {advice}")]
    UnknownCategory {
        server: String,
        hub: String,
        name: String,
        advice: String,
    },
    #[error(
        "the hub {hub} of {server} has no category `{category}` and was not searched, because a TrackFind server would mix in objects of other hubs: choose a hub made from a FAIRtracks document"
    )]
    NotFairtracks {
        server: String,
        hub: String,
        category: String,
    },
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The query, in the words of the server's database.
    #[error("{error}\n(message of the database of {server})")]
    Refused {
        server: String,
        error: Box<QueryError>,
    },
    /// A query that does not fit into a request.
    #[error(
        "the query has {asked} characters and takes {bytes} bytes in the request to {server}, expected at most about {most}; it cannot be split, because it has no long list of alternatives (`?| array[…]`, `IN (…)` or `OR`, without NOT before it): remove values or conditions, or run several searches and merge the results"
    )]
    QueryTooLong {
        server: String,
        asked: usize,
        bytes: usize,
        most: usize,
    },
    /// More rows than are taken.
    #[error(
        "{server} found more than {most} combinations of tracks, experiments, samples and studies, the limit: add a condition, or split the search by assembly, assay or cell type"
    )]
    TooManyRows { server: String, most: u64 },
    /// Rows of another hub, or of several.
    #[error(
        "{server} answered with {found} instead of the hub {hub}; the answer was not used: {advice}"
    )]
    OtherHub {
        server: String,
        hub: String,
        found: String,
        advice: &'static str,
    },
}

/// The advice for network faults.
const LATER: &str = "try again later";

impl ServerError {
    /// A transfer fault with the server `server`. `asked` is the name of the contacted host in messages: the same, or its mirror.
    pub(super) fn of_fault(fault: Fault, server: &str, asked: &str) -> Self {
        let server = server.to_owned();
        let unreachable = |problem: &str, advice| ServerError::Unreachable {
            server: server.clone(),
            problem: problem.to_owned(),
            advice,
        };
        match fault {
            Fault::Address { address, problem } => ServerError::Address { address, problem },
            // The user did not choose this host, so the advice is not to allow it: an external server must not redirect inside.
            Fault::Private { host, what } if host != asked => ServerError::Redirect {
                server: asked.to_owned(),
                problem: format!(
                    "{host} is {what}, and a redirect to it is not allowed; check the URL for a typing error, or inform the server's provider"
                ),
            },
            Fault::Private { host, what } => ServerError::Private { server: host, what },
            Fault::Redirect { host, problem } => ServerError::Redirect {
                server: host,
                problem: problem.to_owned(),
            },
            Fault::Busy { host, status } => ServerError::Busy {
                server: host,
                status,
            },
            Fault::UnknownHost { host } => ServerError::Unreachable {
                server: host,
                problem: "unknown host".to_owned(),
                advice: "check the URL for a typing error, or try again later",
            },
            Fault::Unreachable { host, problem } => ServerError::Unreachable {
                server: host,
                problem: problem.to_owned(),
                advice: "try again later, or ask the administrator whether a firewall blocks it",
            },
            Fault::Certificate { host } => ServerError::Unreachable {
                server: host,
                problem: "its certificate was rejected".to_owned(),
                advice: "inform its provider, or ask the administrator about `extra_ca` in the site's settings",
            },
            Fault::Interrupted { host } => ServerError::Unreachable {
                server: host,
                problem: "the connection was interrupted at every attempt".to_owned(),
                advice: LATER,
            },
            Fault::Mirror { problem } => ServerError::Failed {
                server,
                about: "any data".to_owned(),
                problem: format!("this site's mirror {problem}"),
                advice: "inform the administrator".into(),
            },
            other => unreachable(other.kind(), LATER),
        }
    }
}
