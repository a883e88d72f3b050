//! The arguments and the manual of the tool.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgGroup, Parser};

/// Serve FAIRtracks documents over HTTP with the web interface of TrackFind
///
/// Each document is a hub. `--hub "Example/Blood=blood.json"` serves it as the hub Blood of the repository Example;
/// `--document blood.json` takes both names from the document: the hub is the short name of its collection, or else the
/// collection id, or else the file name; the repository is the prefix of the collection id (`example` of `example:blood`),
/// or else that of a track id. Characters with a special meaning in a URL or a table become -, and a duplicate hub name gets
/// a number. fairtracks_catalog uses the same names.
///
/// The first line on standard output is the base URL, such as http://127.0.0.1:8080/api/v1. It has the routes of TrackFind
/// (repositories, hubs, categories, metamodel, attributes, values, search) and, in addition, hubs, count and openapi.json,
/// which describes all routes. / is a web page. With `--files` the files in a folder are served below /files/, including
/// byte ranges, so that genome browsers can read them in place; hidden files, and links that lead out of the folder, are
/// not served.
///
/// An invalid request gets the reason as JSON. Responses have an ETag, are compressed on request, and allow cross-origin
/// reads. With `--faithful`, search results and GSuite files are byte for byte those of TrackFind 3.4.0: its order of rows
/// and keys, its layout. Names of categories, attributes and values are the same in another order. Errors have its status
/// and no reason; messages from PostgreSQL have the exact position and may differ in wording. Where TrackFind passes
/// something to PostgreSQL that this server does not support, such as sub-queries, arithmetic, `@?`, `@@` and `tracks.id`,
/// the status is 501. If several values cannot be cast, or a condition that cannot fail decides first, TrackFind may fail
/// where this server responds, or the other way round.
///
/// The server writes no files. It logs one line per request to standard error: time, status, method, URL (its first 200
/// characters), bytes of the response, milliseconds; client addresses are not logged. On SIGTERM or Ctrl-C it finishes the
/// requests in progress, for as long as a search may take; a second signal stops it at once.
///
/// Clients share searches, memory and connections, so that no client can take the processors and the memory from the others.
/// Small and cached responses, lists of hubs and /health never wait. A client is an IPv4 address, or the first half of an
/// IPv6 address.
///
/// The server speaks plain HTTP and listens on the loopback interface by default. To publish, put an HTTPS reverse proxy in
/// front of it and name its address with `--proxy`; otherwise all clients count as one.
///
/// Exit status: 0 stopped by a signal; 1 failure; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
#[command(group = ArgGroup::new("sources").args(["hubs", "documents"]).required(true).multiple(true))]
pub struct ServeArguments {
    /// FAIRtracks v1 document (JSON) to serve under these names; repeatable
    #[arg(long = "hub", value_name = "REPOSITORY/HUB=FILE", value_parser = hub)]
    pub hubs: Vec<HubArgument>,

    /// FAIRtracks v1 document (JSON) to serve under the names it contains; repeatable
    #[arg(long = "document", value_name = "FILE")]
    pub documents: Vec<PathBuf>,

    /// Folder of files to serve below /files/
    #[arg(long, value_name = "FOLDER")]
    pub files: Option<PathBuf>,

    /// Address and port to listen on; 0 chooses a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: String,

    /// Respond as TrackFind does, including its quirks
    #[arg(long)]
    pub faithful: bool,

    /// Add the category non_standard_samples to each hub, a copy of its samples, as in TrackFind's example
    #[arg(long)]
    pub copy_samples: bool,

    /// Add tracks.genome_assembly to the metamodel, an alias of tracks.assembly_name, for clients that read it (EPICO)
    #[arg(long)]
    pub genome_assembly_alias: bool,

    /// Maximum number of rows in a response
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub rows: usize,

    /// Maximum length of a query, in bytes
    #[arg(long, value_name = "N", default_value_t = 16_384)]
    pub query_bytes: usize,

    /// Time limit of a search in seconds, including its wait for a free processor
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub seconds: u64,

    /// Time limit in seconds for a client to send a request, or to receive a part of the response
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub client_seconds: u64,

    /// Maximum number of connections. At the maximum, a client with fewer connections than another takes one of that
    /// client's; others get status 503 and may retry
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    pub connections: u32,

    /// MiB of memory for running searches and responses not yet received; a client uses at most half of what the others
    /// leave free
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(16..=1 << 24))]
    pub memory: u64,

    /// Address of a reverse proxy, which names the client of each request in X-Forwarded-For; repeatable
    #[arg(long = "proxy", value_name = "ADDRESS")]
    pub proxies: Vec<IpAddr>,

    /// MiB of responses to cache
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub cache: usize,

    /// Do not log requests
    #[arg(long)]
    pub quiet: bool,
}

/// A document and the names to serve it under.
#[derive(Debug, Clone)]
pub struct HubArgument {
    /// The repository.
    pub repository: String,
    /// The hub in it.
    pub hub: String,
    /// The document.
    pub file: PathBuf,
}

/// Whether a character is not allowed in a segment of a path: some servers refuse it even if it is percent-encoded.
pub fn is_refused(character: char) -> bool {
    matches!(character, '/' | '\\' | '%' | ';') || character.is_control()
}

/// Takes `REPOSITORY/HUB=FILE` apart.
fn hub(text: &str) -> Result<HubArgument, String> {
    let parts = || {
        let (repository, rest) = text.split_once('/')?;
        let (hub, file) = rest.split_once('=')?;
        let all_there = [repository, hub, file].iter().all(|part| !part.is_empty());
        all_there.then_some((repository, hub, file))
    };
    let (repository, hub, file) = parts()
        .ok_or("expected the repository, /, the hub, =, the file: Example/Blood=blood.json")?;
    for name in [repository, hub] {
        if let Some(found) = name.chars().find(|character| is_refused(*character)) {
            return Err(format!(
                "found `{}` in the name `{}`, expected none of / \\ % ;, which are not allowed in a segment of a URL",
                found.escape_default(),
                name.escape_default()
            ));
        }
        if matches!(name, "." | "..") {
            return Err(format!("found the name `{name}`, expected another one"));
        }
    }
    Ok(HubArgument {
        repository: repository.to_owned(),
        hub: hub.to_owned(),
        file: PathBuf::from(file),
    })
}
