//! TrackFind: client, queries as they travel, and server.

mod client;
mod client_advice;
mod client_faults;
mod client_pages;
mod client_reasons;
mod client_search;
mod client_waiting;
mod corpus;
mod laws;
mod recorded;
mod server_corpus;
mod server_errors;
mod server_gsuite;
mod server_laws;
mod server_routes;
