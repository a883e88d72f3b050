//! One attempt over ftp, passive and in the clear, resumed with `REST`.
//!
//! The library handles the control connection; the data connection is opened here, because servers send its port in more forms
//! than the library parses, and their address for it is untrusted.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use suppaftp::types::FileType;
use suppaftp::{FtpError, FtpStream, Status};
use url::Url;

use super::fault::{AttemptError, Fault};
use super::ftp_replies::{extended_port, is_too_many_logins, passive_port, typed};
use super::hosts::Hosts;
use super::location::host_of;
use super::open_files;
use super::part_file::{PartFile, TransferError};
use super::settings::TransferLimits;

const PORT: u16 = 21;

const TRANSFER: [Status; 2] = [Status::AlreadyOpen, Status::AboutToSend];
/// Replies that end a transfer successfully.
const COMPLETE: [Status; 2] = [Status::ClosingDataConnection, Status::RequestedFileActionOk];

/// Parses the data port in a reply.
type Port = fn(&str) -> Option<u16>;

/// The commands for a data connection, the preferred one first: command, reply, position of the port.
const PASSIVE: [(&str, Status, Port); 2] = [
    ("EPSV", Status::ExtendedPassiveMode, extended_port),
    ("PASV", Status::PassiveMode, passive_port),
];

/// The state of a download across attempts.
#[derive(Debug)]
pub(super) struct FtpTransfer<'f> {
    /// The permitted hosts.
    pub hosts: &'f Hosts,
    pub limits: &'f TransferLimits,
    pub url: Url,
    /// Its size, if the server sent it.
    pub size: Option<u64>,
    pub resumed: bool,
    /// Whether the server resumed with wrong bytes: then only the whole file is requested.
    pub is_misled: bool,
}

impl FtpTransfer<'_> {
    /// Downloads the file, or the missing part of it.
    pub fn attempt(&mut self, part: &mut PartFile, number: u32) -> Result<(), AttemptError> {
        let path = self.path()?;
        let (mut server, host) = self.connect(number)?;
        let announced = server.size(&path).ok();
        let announced = announced.and_then(|size| u64::try_from(size).ok());
        if part.written() > 0 && (self.is_misled || announced.is_none() || announced != self.size) {
            // Ftp has no entity tag; a changed size means a different file.
            part.restart()?;
        }
        self.size = announced;
        if let Some(size) = announced {
            part.expect(size)?;
            if part.written() == size && size > 0 {
                return Ok(());
            }
        }
        let offset = part.written();
        let mut data = self.open_data(&mut server, host)?;
        let opened = self.ask_for(&mut server, &path, offset);
        if let Err(mut failure) = opened {
            // A server that cannot resume may still send the whole file.
            failure.again |= offset > 0;
            part.restart()?;
            return Err(failure);
        }
        self.resumed |= offset > 0;
        match part.take_all(&mut data) {
            Ok(()) => {}
            Err(TransferError::Local(fault)) => return Err(AttemptError::at_last(fault)),
            Err(TransferError::Source(error)) => return Err(self.broken(&error)),
        }
        drop(data);
        // The next reply belongs to the transfer, even after other commands.
        let completed = server.custom_command("QUIT", &COMPLETE);
        let written = part.written();
        match self.size {
            Some(size) if written > size => {
                self.is_misled |= offset > 0;
                part.restart()?;
                Err(AttemptError::passing(
                    self.garbled("it sent more bytes than announced"),
                ))
            }
            // A server that ignores where to begin may end at the right length by chance, but not in order.
            Some(size) if written == size && offset > 0 && completed.is_err() => {
                self.is_misled = true;
                part.restart()?;
                Err(AttemptError::passing(self.interrupted()))
            }
            Some(size) if written == size => Ok(()),
            Some(_) => Err(AttemptError::passing(self.interrupted())),
            None => completed
                .map(drop)
                .map_err(|error| self.failure(&error, false)),
        }
    }

    fn ask_for(&self, server: &mut FtpStream, path: &str, offset: u64) -> Result<(), AttemptError> {
        let restarted = match offset {
            0 => Ok(()),
            offset => server
                .custom_command(format!("REST {offset}"), &[Status::RequestFilePending])
                .map(drop),
        };
        restarted
            .and_then(|()| server.custom_command(format!("RETR {path}"), &TRANSFER))
            .map(drop)
            .map_err(|error| self.failure(&error, false))
    }

    /// Opens the data connection, to the host of the control connection: `EPSV` (RFC 2428), else `PASV` (RFC 959), whose
    /// address is often internal to the server's network, or another machine.
    fn open_data(&self, server: &mut FtpStream, host: IpAddr) -> Result<TcpStream, AttemptError> {
        let mut outcome = Err(AttemptError::passing(
            self.garbled("it offers no data connection"),
        ));
        for (command, status, port) in PASSIVE {
            if host.is_ipv6() && command == "PASV" {
                break;
            }
            let reply = server.custom_command(command, &[status]);
            outcome = match reply {
                Ok(reply) => match port(&String::from_utf8_lossy(&reply.body)) {
                    Some(port) => open(SocketAddr::new(host, port), self.limits.stall)
                        .map_err(|error| self.unreachable(&error)),
                    None => Err(AttemptError::passing(self.garbled("it gives no data port"))),
                },
                Err(error @ FtpError::UnexpectedResponse(_)) => Err(self.failure(&error, false)),
                // The control connection is gone.
                Err(error) => return Err(self.failure(&error, false)),
            };
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// Connects and logs in; also returns the connected host.
    fn connect(&self, number: u32) -> Result<(FtpStream, IpAddr), AttemptError> {
        if number > 1 {
            self.hosts.forget(&self.url);
        }
        let port = self.url.port().unwrap_or(PORT);
        let mut outcome = Err(AttemptError::passing(Fault::UnknownHost {
            host: self.host(),
        }));
        for address in self.hosts.check(&self.url)? {
            let greeted = self.greet(SocketAddr::new(address, port));
            outcome = greeted.map(|server| (server, address));
            if outcome.is_ok() {
                break;
            }
        }
        let (mut server, host) = outcome?;
        let user = match self.url.username() {
            "" => "anonymous".to_owned(),
            name => self.plain(name)?,
        };
        let password = match self.url.password() {
            None => "anonymous@".to_owned(),
            Some(password) => self.plain(password)?,
        };
        let welcome = server
            .login(user, password)
            .and_then(|()| server.transfer_type(FileType::Binary));
        welcome.map_err(|error| self.failure(&error, true))?;
        Ok((server, host))
    }

    fn greet(&self, address: SocketAddr) -> Result<FtpStream, AttemptError> {
        let stall = self.limits.stall;
        let stream = open(address, stall).map_err(|error| self.unreachable(&error))?;
        FtpStream::connect_with_stream(stream).map_err(|error| self.failure(&error, true))
    }

    /// The path on the server (RFC 1738, 3.2.2): relative to the login folder, unless it starts with an encoded `/` or, as in
    /// common clients, with `//`. A line break in it would be a second command.
    fn path(&self) -> Result<String, AttemptError> {
        let path = self.url.path();
        let path = path.strip_prefix('/').unwrap_or(path);
        let (path, kind) = typed(path);
        let path = self.plain(path)?;
        if kind == Some('d') || path.is_empty() || path.ends_with('/') {
            return Err(self.unreadable("the URL is a folder, expected a file"));
        }
        Ok(path)
    }

    fn plain(&self, text: &str) -> Result<String, AttemptError> {
        match percent_decode_str(text).decode_utf8() {
            Ok(text) if !text.chars().any(char::is_control) => Ok(text.into_owned()),
            _ => Err(self.unreadable("the path has characters that ftp does not support")),
        }
    }

    fn unreadable(&self, problem: &str) -> AttemptError {
        AttemptError::at_last(Fault::Address {
            address: crate::text::secrets::redacted(self.url.as_str()),
            problem: problem.to_owned(),
        })
    }

    fn host(&self) -> String {
        host_of(&self.url)
    }

    fn interrupted(&self) -> Fault {
        Fault::Interrupted { host: self.host() }
    }

    fn garbled(&self, problem: &'static str) -> Fault {
        Fault::Garbled {
            host: self.host(),
            problem,
        }
    }

    fn unreachable(&self, error: &io::Error) -> AttemptError {
        if open_files::is_exhausted(error) {
            return AttemptError::passing(Fault::OpenFiles);
        }
        let problem = match error.kind() {
            io::ErrorKind::ConnectionRefused => "connection refused",
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "connection timed out",
            _ => "host unreachable",
        };
        AttemptError::passing(Fault::Unreachable {
            host: self.host(),
            problem,
        })
    }

    fn broken(&self, error: &io::Error) -> AttemptError {
        AttemptError::passing(match error.kind() {
            // A read timeout of the socket.
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::Stalled {
                host: self.host(),
                seconds: self.limits.stall.as_secs_f64().to_string(),
            },
            _ => self.interrupted(),
        })
    }

    /// The fault of a reply, `at_login` or later. Its text is not shown, because a server may repeat the password.
    fn failure(&self, error: &FtpError, at_login: bool) -> AttemptError {
        let host = self.host();
        let response = match error {
            FtpError::ConnectionError(error) if error.kind() == io::ErrorKind::InvalidData => {
                return AttemptError::passing(
                    self.garbled("its reply is too long or not valid ftp"),
                );
            }
            FtpError::ConnectionError(error) => return self.broken(error),
            FtpError::UnexpectedResponse(response) => response,
            _ => return AttemptError::passing(self.garbled("not a valid ftp reply")),
        };
        let status = u16::try_from(response.status.code()).unwrap_or_default();
        let is_passing = at_login && is_too_many_logins(&String::from_utf8_lossy(&response.body));
        match status {
            120 | 400..=499 => AttemptError::passing(Fault::Busy { host, status }),
            500..=599 if is_passing => AttemptError::passing(Fault::Busy { host, status }),
            550 => AttemptError::at_last(Fault::NotFound { host, status }),
            530 | 532 => AttemptError::at_last(Fault::Denied { host, status }),
            0..=399 => AttemptError::passing(self.garbled("not a valid ftp reply")),
            _ => AttemptError::at_last(Fault::Answer { host, status }),
        }
    }
}

fn open(address: SocketAddr, stall: Duration) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, stall)?;
    stream.set_read_timeout(Some(stall))?;
    stream.set_write_timeout(Some(stall))?;
    Ok(stream)
}
