//! Why a TrackFind server has no answer: a sentence for the person who asked.

use std::borrow::Cow;

use thiserror::Error;

use crate::query::QueryError;
use crate::remote::client::SetupError;
use crate::remote::fault::Fault;

/// Why there is no answer. What a server said is in it only where it says something of the question, cut and on one line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ServerError {
    /// Not an address of a server.
    #[error(
        "`{address}` is no address of a TrackFind server ({problem}): expected one such as https://trackfind.elixir.no"
    )]
    Address { address: String, problem: String },
    /// The client cannot be made.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// A host inside a network.
    #[error(
        "{server} is {what} and is not asked: if the server is right there, ask the administrator to name the host in `allow_private_hosts` of the site's settings"
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
        "{server} did not answer about {about} within {seconds} seconds, the limit of this site (`server_seconds` in its settings): a TrackFind server answers one search at a time, so a long search of someone else may keep it busy; try again later, or ask for less"
    )]
    Slow {
        server: String,
        about: String,
        seconds: String,
    },
    /// The server sends on to a place that is not followed.
    #[error("{server} sends on to another place, which was not followed: {problem}")]
    Redirect { server: String, problem: String },
    /// 401, 403 or 407.
    #[error(
        "{server} does not answer everyone (status {status}): a TrackFind server does, so look at the address, or ask the server's provider how to get access"
    )]
    Denied { server: String, status: u16 },
    /// 408, 425, 429, 502, 503 or 504 at each attempt.
    #[error(
        "{server} was too busy or out of order each time (status {status} at last): try again later"
    )]
    Busy { server: String, status: u16 },
    /// Something else answers.
    #[error(
        "{server} does not answer as a TrackFind server does ({found}): open the address in a browser, and give the one where TrackFind begins, such as https://trackfind.elixir.no"
    )]
    NotTrackFind { server: String, found: String },
    /// The server failed, or says why it does not answer.
    #[error("{server} has no answer about {about} ({problem}): {advice}")]
    Failed {
        server: String,
        about: String,
        problem: String,
        /// What the server advises, where it does.
        advice: Cow<'static, str>,
    },
    /// More than is held in memory.
    #[error(
        "the answer of {server} about {about} is larger than {most} MiB: ask for less, such as one category or a narrower filter"
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
    /// A hub in which nothing can be found.
    #[error(
        "the hub {hub} of {server} has no category `{category}`, without which a TrackFind server mixes what other hubs hold into its answers, so it is not searched: choose a hub that was made of a FAIRtracks document"
    )]
    NotFairtracks {
        server: String,
        hub: String,
        category: String,
    },
    /// The query.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The query, in the words of the server's database.
    #[error("{error}\n(this is what the database of {server} says)")]
    Refused {
        server: String,
        error: Box<QueryError>,
    },
    /// A query that does not fit into a request.
    #[error(
        "the query has {asked} characters, which take {bytes} bytes on their way to {server}; a TrackFind server takes about {most}, and the query cannot be asked in parts (that takes a list of alternatives that is long enough: `?| array[…]`, `IN (…)` or `OR`, without NOT in front): leave out some values or conditions, or search with fewer at a time and put the results together"
    )]
    QueryTooLong {
        server: String,
        asked: usize,
        bytes: usize,
        most: usize,
    },
    /// More rows than are taken.
    #[error(
        "{server} finds more than {most} combinations of tracks, experiments, samples and studies, which is the limit: add a condition, or split the search by assembly, assay or cell type"
    )]
    TooManyRows { server: String, most: u64 },
    /// Rows of another hub, or of several.
    #[error(
        "{server} answers with {found} where the hub {hub} was asked, so its answer is not used: {advice}"
    )]
    OtherHub {
        server: String,
        hub: String,
        found: String,
        advice: &'static str,
    },
}

/// What to do where the network may be at fault.
const LATER: &str = "try again later";

impl ServerError {
    /// A fault of the way to the server `server`. `asked` is what messages call the host that was asked: the same, or a
    /// mirror of it.
    pub(super) fn of_fault(fault: Fault, server: &str, asked: &str) -> Self {
        let server = server.to_owned();
        let unreachable = |problem: &str, advice| ServerError::Unreachable {
            server: server.clone(),
            problem: problem.to_owned(),
            advice,
        };
        match fault {
            Fault::Address { address, problem } => ServerError::Address { address, problem },
            // Nobody typed this host, so that allowing it is no advice: a server outside must not lead to what is inside.
            Fault::Private { host, what } if host != asked => ServerError::Redirect {
                server: asked.to_owned(),
                problem: format!(
                    "{host} is {what}, to which no other server may lead; look for a typing error in the address, or tell the server's provider"
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
                problem: "there is no host of this name".to_owned(),
                advice: "look for a typing error in the address, or try again later",
            },
            Fault::Unreachable { host, problem } => ServerError::Unreachable {
                server: host,
                problem: problem.to_owned(),
                advice: "try again later, or ask the administrator whether this machine may reach it",
            },
            Fault::Certificate { host } => ServerError::Unreachable {
                server: host,
                problem: "its certificate is not accepted, so that it cannot prove what it is"
                    .to_owned(),
                advice: "tell its provider, or ask the administrator about `extra_ca` in the site's settings",
            },
            Fault::Interrupted { host } => ServerError::Unreachable {
                server: host,
                problem: "its answer broke off, each time that it was asked".to_owned(),
                advice: LATER,
            },
            Fault::Mirror { problem } => ServerError::Failed {
                server,
                about: "anything".to_owned(),
                problem: format!("this site's mirror {problem}"),
                advice: "tell the administrator".into(),
            },
            other => unreachable(other.kind(), LATER),
        }
    }
}
