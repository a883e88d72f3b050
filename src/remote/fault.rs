//! Why a file did not come: one short word for tables, one sentence for the person who waits for it.

use thiserror::Error;

use super::open_files;

/// Why a file did not come. No text of a server and no part of a secret is ever in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum Fault {
    /// Not an address at all.
    #[error(
        "`{address}` is no address of a file ({problem}): expected one such as https://example.org/peaks.bed.gz"
    )]
    Address { address: String, problem: String },
    /// An address of a kind that is not fetched.
    #[error("addresses that start with `{scheme}:` are not fetched: {advice}")]
    Scheme {
        scheme: String,
        advice: &'static str,
    },
    /// A host that a stranger's document must not make this machine talk to.
    #[error(
        "{host} is {what} and is not fetched from: if the file is right there, ask the administrator to name the host in `allow_private_hosts` of the site's settings"
    )]
    Private { host: String, what: &'static str },
    /// A redirect that is not followed.
    #[error("{host} sends on to another place, which was not followed: {problem}")]
    Redirect { host: String, problem: &'static str },
    /// 404 or 410, or the same of ftp.
    #[error(
        "{host} has no such file (it answered {status}): it was moved or withdrawn, so ask the provider of the track where it is now"
    )]
    NotFound { host: String, status: u16 },
    /// 401, 403 or 407, or the same of ftp.
    #[error(
        "{host} does not give this file to everyone (it answered {status}): ask the provider of the track how to get access"
    )]
    Denied { host: String, status: u16 },
    /// 408, 425, 429 and all of 5xx, after all attempts.
    #[error(
        "{host} was too busy or out of order each time (it answered {status} at last): run the job again later"
    )]
    Busy { host: String, status: u16 },
    /// Any other answer that is no file.
    #[error(
        "{host} answered {status}, which is no file: open the address in a browser to see what it offers"
    )]
    Answer { host: String, status: u16 },
    /// An answer that contradicts itself or the standard.
    #[error(
        "{host} gave an answer that makes no sense ({problem}): tell the provider of the track, or run the job again later"
    )]
    Garbled { host: String, problem: &'static str },
    /// An answer whose head cannot be read.
    #[error(
        "the head of the answer of {host} {problem}: tell the provider of the track, or run the job again later"
    )]
    Head { host: String, problem: &'static str },
    /// No address for the name.
    #[error(
        "no host named {host} was found: look for a typing error in the address, or run the job again later"
    )]
    UnknownHost { host: String },
    /// No connection.
    #[error(
        "no connection to {host} ({problem}): run the job again later, or ask the administrator whether this machine may reach it"
    )]
    Unreachable { host: String, problem: &'static str },
    /// The certificate of a host, or the way of encryption, is not accepted.
    #[error(
        "{host} cannot prove that it is {host} (its certificate is not accepted): tell the provider, or ask the administrator about `extra_ca` in the site's settings"
    )]
    Certificate { host: String },
    /// No byte for too long, after all attempts.
    #[error(
        "{host} sent nothing for {seconds} seconds, each time that it was tried: run the job again later"
    )]
    Stalled { host: String, seconds: String },
    /// The connection ended before the file did, after all attempts.
    #[error(
        "{host} ended the connection before the file was complete, each time that it was tried: run the job again later"
    )]
    Interrupted { host: String },
    /// A file above the limit.
    #[error(
        "the file is larger than {limit} bytes, which is this site's limit for a file: ask the administrator about `bytes_per_file`"
    )]
    FileTooLarge { limit: u64 },
    /// All files together above the limit.
    #[error(
        "the files of this job are together larger than {limit} bytes, which is this site's limit: import fewer tracks at once"
    )]
    JobTooLarge { limit: u64 },
    /// More files than the limit.
    #[error(
        "this job asks for more than {limit} files, which is this site's limit: import fewer tracks at once"
    )]
    TooManyFiles { limit: u64 },
    /// The disk is full, or a quota reached.
    #[error("the disk of this job is full: import fewer tracks at once, or tell the administrator")]
    DiskFull,
    /// No file or connection more may be opened.
    #[error(
        "this job may not open more files and connections at a time: ask the administrator to raise the limit of open files (`ulimit -n`)"
    )]
    OpenFiles,
    /// The disk does not work.
    #[error("the file cannot be written ({problem}): tell the administrator")]
    Disk { problem: String },
    /// A mirror of the site that lacks the file or does not hand it out.
    #[error("this site's mirror {problem}: tell the administrator")]
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

    /// The same with the host of a site's mirror called what the user knows of it: where it is, is the site's business.
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

    /// Whether it is the machine of the job that does not work, rather than a server: no other file comes either.
    pub fn is_of_this_machine(&self) -> bool {
        matches!(
            self,
            Fault::DiskFull | Fault::Disk { .. } | Fault::OpenFiles
        )
    }

    /// What went wrong on the disk.
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

/// One attempt that failed, and whether another one makes sense.
#[derive(Debug)]
pub(crate) struct AttemptError {
    /// What is said if no attempt is left.
    pub fault: Fault,
    /// Whether another attempt may succeed.
    pub again: bool,
    /// How long the server asks to wait before the next attempt.
    pub wait: Option<std::time::Duration>,
}

impl AttemptError {
    /// Nothing changes by trying again.
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
            fault,
            again: true,
            wait: None,
        }
    }
}

impl From<Fault> for AttemptError {
    fn from(fault: Fault) -> Self {
        AttemptError::at_last(fault)
    }
}
