//! The source of a search: documents, or a hub of a TrackFind server.

/// What is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchSource {
    /// Documents, given as files.
    Document,
    /// A hub of a server.
    Server(ServerHub),
}

/// A hub of a TrackFind server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerHub {
    /// The address of the server, as it was given.
    pub url: String,
    /// The repository, such as `Blueprint`.
    pub repository: String,
    /// The name of the hub in it.
    pub hub: String,
}
