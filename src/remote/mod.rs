//! Downloads over http, https and ftp, and the site's settings for them.
//!
//! Steps of a download: parse the URL ([`Fault::Address`]), apply a mirror of the site ([`Mirrors`]), resolve and check the host
//! ([`refusal`]), count and hash the bytes while they are written to a temporary file, resume an interrupted transfer, and rename
//! the file when it is complete. [`Fetcher::fetch`] does that for one file, [`Fetcher::fetch_all`] for many at a time.
//!
//! Neither messages nor fields contain secrets: user names, passwords, keys in queries, and the targets of redirects except
//! their host.

mod address;
mod ask;
pub(crate) mod body;
pub(crate) mod client;
pub mod content_disposition;
mod error_sources;
pub(crate) mod fault;
mod fetch;
mod file;
mod ftp;
mod ftp_replies;
pub(crate) mod hosts;
pub(crate) mod http;
pub(crate) mod location;
pub(crate) mod mirror;
mod open_files;
mod pace;
mod part_file;
mod pool;
pub(crate) mod range;
pub(crate) mod retry;
pub(crate) mod settings;
mod site;

pub use address::{private_name, refusal};
pub use ask::{RemoteAnswer, RemoteQuestion};
pub use client::SetupError;
pub use fault::Fault;
pub use fetch::{Fetched, Fetcher};
pub use hosts::{AllowedHost, HostNames, SystemNames, refused_unseen};
pub use mirror::Mirrors;
pub use open_files::may_open;
pub use pace::HostPace;
pub use pool::{Download, DownloadOutcome};
pub use settings::{Settings, SettingsError, TransferLimits};
pub use site::{SiteError, set_json_limits, settings as site_settings};
