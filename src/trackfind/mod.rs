//! TrackFind, the search service for FAIRtracks metadata: client, query encoding, and server.

pub mod client;
pub mod hub_name;
pub mod server;
pub mod wire;
