//! The arguments, which are the manual.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Parser;

/// Publish FAIRtracks documents: a server with the web interface of TrackFind
///
/// Each document is a hub. `--hub "Example/Blood=blood.json"` offers it as the hub Blood of the repository Example;
/// `--document blood.json` takes both names from the document: the hub is the short name of its collection, else the
/// collection's id, else the name of the file; the repository is the prefix of the collection's id (`example` of
/// `example:blood`), else that of a track's. Characters that are special in an address or a table become -, and a hub whose
/// name is taken gets a number. fairtracks_catalog calls a document the same.
///
/// The first line on standard output is the address that clients ask, such as http://127.0.0.1:8080/api/v1; below it
/// are the routes of TrackFind (repositories, hubs, categories, metamodel, attributes, values, search) and, as TrackFind
/// has not, hubs, count and openapi.json, which describes all of them. At / is a page for people. With `--files` the
/// files in a folder are served below /files/, in parts too, so that genome browsers can read them in place; hidden
/// files, and links that lead out of the folder, are not.
///
/// A faulty request is answered with the reason in JSON. Answers carry an ETag, are compressed for those who ask, and may
/// be read by pages of other sites. With `--faithful` rows found and GSuite files are those of TrackFind 3.4.0 to the
/// byte: its order of rows and keys, its layout. Names of categories, attributes and values are the same in another
/// order. Errors have its status and give no reason; what it passes on of PostgreSQL's words has the exact place and may
/// be worded otherwise. What TrackFind passes on to PostgreSQL and this server does not support, such as sub-queries,
/// arithmetic, `@?`, `@@` and `tracks.id`, is answered with status 501. Where several values cannot be cast, or a
/// condition that cannot fail decides first, TrackFind may end with an error where this server answers, or the other
/// way round.
///
/// Nothing is ever written. On standard error is one line a request: time, status, method, address (its first 200
/// characters), bytes of the answer, milliseconds; who asked is not noted. On SIGTERM or Ctrl-C what is under way is
/// finished, for as long as a search may take; a second signal ends at once.
///
/// Clients share searches, memory and connections: whatever one of them asks, another still finds processors to search
/// with and memory for its answer. Small and kept answers, lists of hubs and /health wait for nothing. A client is an
/// IPv4 address, or the first half of an IPv6 address.
///
/// It speaks plain HTTP on this machine alone. To publish, put a web server that speaks HTTPS in front of it, and name
/// its address with `--proxy`, since all clients would be one otherwise.
///
/// Exit status: 0 ended as it was told to; 1 could not; 2 wrong usage.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
pub struct ServeArguments {
    /// FAIRtracks v1 document (JSON) to offer under these names; may be given many times
    #[arg(long = "hub", value_name = "REPOSITORY/HUB=FILE", value_parser = hub, required_unless_present = "documents")]
    pub hubs: Vec<HubArgument>,

    /// FAIRtracks v1 document (JSON) to offer under names of its own; may be given many times
    #[arg(long = "document", value_name = "FILE")]
    pub documents: Vec<PathBuf>,

    /// Folder whose files are served below /files/
    #[arg(long, value_name = "FOLDER")]
    pub files: Option<PathBuf>,

    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: String,

    /// Answer as TrackFind does, its quirks included
    #[arg(long)]
    pub faithful: bool,

    /// Give each hub the category non_standard_samples too, a copy of its samples, as TrackFind's example has
    #[arg(long)]
    pub copy_samples: bool,

    /// Show tracks.genome_assembly in the metamodel beside tracks.assembly_name, for clients that read it (EPICO)
    #[arg(long)]
    pub genome_assembly_alias: bool,

    /// Most rows of an answer
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub rows: usize,

    /// Longest query, in bytes
    #[arg(long, value_name = "N", default_value_t = 16_384)]
    pub query_bytes: usize,

    /// Seconds that a search may take, its wait for a free processor included
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub seconds: u64,

    /// Seconds that a client may take to send a request, or to take up a piece of an answer
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub client_seconds: u64,

    /// Connections at a time; where all are taken, a client with fewer than another takes one of that client's, and
    /// others get 503 and may ask again
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    pub connections: u32,

    /// MiB of memory for searches that run and answers that clients have not yet received; one client uses at most
    /// half of what the others leave free
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(16..=1 << 24))]
    pub memory: u64,

    /// Address of a proxy in front of this server, which names the client of each request in X-Forwarded-For; may be
    /// given many times
    #[arg(long = "proxy", value_name = "ADDRESS")]
    pub proxies: Vec<IpAddr>,

    /// MiB of answers to keep, so that the same request is answered at once
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub cache: usize,

    /// Write no line for each request
    #[arg(long)]
    pub quiet: bool,
}

/// A document and the names to offer it under.
#[derive(Debug, Clone)]
pub struct HubArgument {
    /// The repository.
    pub repository: String,
    /// The hub in it.
    pub hub: String,
    /// The document.
    pub file: PathBuf,
}

/// Whether a character cannot stand in a segment of a path: some servers refuse it even if it is percent-encoded.
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
                "found `{}` in the name `{}`, expected none of / \\ % ; in it, which cannot stand in an address",
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
