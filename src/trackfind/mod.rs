//! TrackFind, the search service over FAIRtracks metadata: a client, the query as it travels, and a server.

pub mod client;
pub mod hub_name;
pub mod server;
pub mod wire;
