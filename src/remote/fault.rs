//! Why a download failed: one short word for tables, one sentence for the user.

use thiserror::Error;

use super::open_files;

/// Why a download failed. It contains neither text from a server nor any part of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum Fault {
    #[error(
        "found `{address}` ({problem}), expected the URL of a file such as https://example.org/peaks.bed.gz"
    )]
    Address { address: String, problem: String },
    #[error("URLs with `{scheme}:` are not supported: {advice}")]
    Scheme {
        scheme: String,
        advice: &'static str,
    },
    /// A host in a private network: an untrusted document must not make this machine connect to it.
    #[error(
        "{host} is {what} and was not contacted: if this is the right host, ask the administrator to add it to `allow_private_hosts` in the site's settings"
    )]
    Private { host: String, what: &'static str },
    #[error("{host} sent a redirect that was not followed: {problem}")]
    Redirect { host: String, problem: &'static str },
    /// 404 or 410, or the equivalent of ftp.
    #[error(
        "{host} has no such file (status {status}): it was moved or withdrawn; ask the provider of the track for its new URL"
    )]
    NotFound { host: String, status: u16 },
    /// 401, 403 or 407, or the equivalent of ftp.
    #[error(
        "{host} denies access to this file (status {status}): ask the provider of the track for access"
    )]
    Denied { host: String, status: u16 },
    /// 408, 425, 429 and all of 5xx, after all attempts.
    #[error(
        "{host} was overloaded or out of order at every attempt (last status {status}): run the job again later"
    )]
    Busy { host: String, status: u16 },
    #[error(
        "{host} answered with status {status} instead of a file: open the URL in a browser to see what it offers"
    )]
    Answer { host: String, status: u16 },
    /// An answer that contradicts itself or violates the standard.
    #[error(
        "{host} sent an invalid answer ({problem}): inform the provider of the track, or run the job again later"
    )]
    Garbled { host: String, problem: &'static str },
    #[error(
        "the response headers of {host} {problem}: inform the provider of the track, or run the job again later"
    )]
    Head { host: String, problem: &'static str },
    #[error("unknown host {host}: check the URL for a typing error, or run the job again later")]
    UnknownHost { host: String },
    #[error(
        "no connection to {host} ({problem}): run the job again later, or ask the administrator whether a firewall blocks it"
    )]
    Unreachable { host: String, problem: &'static str },
    /// The certificate of a host, or its encryption, is rejected.
    #[error(
        "the certificate of {host} was rejected: inform the provider, or ask the administrator about `extra_ca` in the site's settings"
    )]
    Certificate { host: String },
    /// No data for too long, after all attempts.
    #[error("{host} sent nothing for {seconds} seconds at every attempt: run the job again later")]
    Stalled { host: String, seconds: String },
    /// The connection ended before the file did, after all attempts.
    #[error(
        "{host} closed the connection before the file was complete at every attempt: run the job again later"
    )]
    Interrupted { host: String },
    #[error(
        "the file is larger than {limit} bytes, this site's limit for a file: ask the administrator about `bytes_per_file`"
    )]
    FileTooLarge { limit: u64 },
    #[error(
        "the files of this job are larger than {limit} bytes in total, this site's limit: import fewer tracks at once"
    )]
    JobTooLarge { limit: u64 },
    #[error(
        "this job requests more than {limit} files, this site's limit: import fewer tracks at once"
    )]
    TooManyFiles { limit: u64 },
    /// The disk is full, or a quota reached.
    #[error(
        "the disk of this job is full: import fewer tracks at once, or inform the administrator"
    )]
    DiskFull,
    #[error("the limit of open files is reached: ask the administrator to raise it (`ulimit -n`)")]
    OpenFiles,
    #[error("cannot write the file ({problem}): inform the administrator")]
    Disk { problem: String },
    /// A mirror of the site that lacks the file or does not serve it.
    #[error("this site's mirror {problem}: inform the administrator")]
    Mirror { problem: &'static str },
}

impl Fault {
    /// One short word for tables: the kind of fault.
    pub fn kind(&self) -> &'static str {
        match self {
            Fault::Address { .. } => "address",
            Fault::Scheme { .. } => "scheme",
            Fault::Private { .. } => "private-host",
            Fault::Redirect { .. } => "redirect",
            Fault::NotFound { .. } => "not-found",
            Fault::Denied { .. } => "denied",
            Fault::Busy { .. } => "busy",
            Fault::Answer { .. } => "answer",
            Fault::Garbled { .. } => "garbled",
            Fault::Head { .. } => "head",
            Fault::UnknownHost { .. } => "unknown-host",
            Fault::Unreachable { .. } => "unreachable",
            Fault::Certificate { .. } => "certificate",
            Fault::Stalled { .. } => "stalled",
            Fault::Interrupted { .. } => "interrupted",
            Fault::FileTooLarge { .. } => "file-too-large",
            Fault::JobTooLarge { .. } => "job-too-large",
            Fault::TooManyFiles { .. } => "too-many-files",
            Fault::DiskFull => "disk-full",
            Fault::OpenFiles => "open-files",
            Fault::Disk { .. } => "disk",
            Fault::Mirror { .. } => "mirror",
        }
    }

    /// The same fault with the host of a site's mirror replaced by the mirrored host: the location of a mirror is internal.
    pub(crate) fn of_mirror(mut self, mirror: &str, mirrored: &str) -> Self {
        let host = match &mut self {
            Fault::Private { host, .. }
            | Fault::Redirect { host, .. }
            | Fault::NotFound { host, .. }
            | Fault::Denied { host, .. }
            | Fault::Busy { host, .. }
            | Fault::Answer { host, .. }
            | Fault::Garbled { host, .. }
            | Fault::Head { host, .. }
            | Fault::UnknownHost { host }
            | Fault::Unreachable { host, .. }
            | Fault::Certificate { host }
            | Fault::Stalled { host, .. }
            | Fault::Interrupted { host } => host,
            _ => return self,
        };
        if host == mirror {
            *host = format!("this site's mirror of {mirrored}");
        }
        self
    }

    /// Whether the fault is on the machine of the job rather than a server, so that other downloads fail too.
    pub fn is_of_this_machine(&self) -> bool {
        use Fault::{Disk, DiskFull, OpenFiles};
        matches!(self, DiskFull | Disk { .. } | OpenFiles)
    }

    /// The disk error.
    pub fn disk(error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            _ if open_files::is_exhausted(error) => Fault::OpenFiles,
            StorageFull | QuotaExceeded | FileTooLarge => Fault::DiskFull,
            // The kind, not the text: a text could name a path.
            kind => Fault::Disk {
                problem: kind.to_string(),
            },
        }
    }
}

/// A failed attempt, and whether to retry.
#[derive(Debug)]
pub(crate) struct AttemptError {
    /// The fault to report if no attempt is left.
    pub fault: Fault,
    pub again: bool,
    /// The wait before the next attempt that the server requests.
    pub wait: Option<std::time::Duration>,
}

impl AttemptError {
    /// A retry is pointless.
    pub fn at_last(fault: Fault) -> Self {
        AttemptError {
            fault,
            again: false,
            wait: None,
        }
    }

    /// The next attempt may succeed.
    pub fn passing(fault: Fault) -> Self {
        AttemptError {
            again: true,
            ..AttemptError::at_last(fault)
        }
    }
}

impl From<Fault> for AttemptError {
    fn from(fault: Fault) -> Self {
        AttemptError::at_last(fault)
    }
}
