//! One attempt over ftp, passive and in the clear, resumed with `REST`.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use suppaftp::types::FileType;
use suppaftp::{FtpError, FtpStream, Mode};
use url::Url;

use super::fault::{Fault, Setback};
use super::hosts::Hosts;
use super::location::host_of;
use super::settings::Limits;
use super::sink::{Broken, Sink};

/// The usual port of ftp.
const PORT: u16 = 21;

/// A file on its way, from one attempt to the next.
#[derive(Debug)]
pub(super) struct Journey<'f> {
    /// The hosts that may be connected to.
    pub hosts: &'f Hosts,
    /// How long is waited.
    pub limits: &'f Limits,
    /// Where the file is.
    pub url: Url,
    /// Its size, if the server told it.
    pub size: Option<u64>,
    /// Whether a part of the file came by resuming.
    pub resumed: bool,
}

impl Journey<'_> {
    /// Fetches the file, or what is missing of it.
    pub fn attempt(&mut self, sink: &mut Sink, number: u32) -> Result<(), Setback> {
        let path = self.path()?;
        let mut server = self.connect(number)?;
        let told = server
            .size(&path)
            .ok()
            .and_then(|size| u64::try_from(size).ok());
        if sink.written() > 0 && (told.is_none() || told != self.size) {
            // Ftp has no tag for a file; one whose size changed is another one.
            sink.restart()?;
        }
        self.size = told;
        if let Some(size) = told {
            sink.expect(size)?;
            if sink.written() == size && size > 0 {
                return Ok(());
            }
        }
        let offset = sink.written();
        if offset > 0 {
            let offset = usize::try_from(offset).map_err(|_| self.interrupted())?;
            server
                .resume_transfer(offset)
                .map_err(|error| self.setback(&error))?;
        }
        let opened = server.retr_as_stream(&path);
        let mut stream = match opened {
            Ok(stream) => stream,
            Err(error) => {
                let mut setback = self.setback(&error);
                // A server that cannot resume says so here, and may well give the whole file.
                setback.again |= offset > 0;
                sink.restart()?;
                return Err(setback);
            }
        };
        self.resumed |= offset > 0;
        match sink.take_all(&mut stream) {
            Ok(()) => {}
            Err(Broken::Sink(fault)) => return Err(Setback::at_last(fault)),
            Err(Broken::Source(error)) => return Err(self.broken(&error)),
        }
        // Without a size, the reply after the file is all that tells that it is complete.
        let completed = stream.finish();
        match self.size {
            Some(size) if sink.written() > size => {
                sink.restart()?;
                Err(Setback::passing(self.garbled("it sent more than it said")))
            }
            Some(size) if sink.written() == size => Ok(()),
            Some(_) => Err(Setback::passing(self.interrupted())),
            None => completed.map_err(|error| self.setback(&error)),
        }
    }

    fn connect(&self, number: u32) -> Result<FtpStream, Setback> {
        if number > 1 {
            self.hosts.forget(&self.url);
        }
        let port = self.url.port().unwrap_or(PORT);
        let mut outcome = Err(Setback::passing(Fault::UnknownHost { host: self.host() }));
        for address in self.hosts.check(&self.url)? {
            outcome = self.greet(SocketAddr::new(address, port));
            if outcome.is_ok() {
                break;
            }
        }
        let mut server = outcome?;
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
        welcome.map_err(|error| self.setback(&error))?;
        Ok(server)
    }

    fn greet(&self, address: SocketAddr) -> Result<FtpStream, Setback> {
        let stall = self.limits.stall;
        let stream = open(address, stall).map_err(|error| self.unreachable(&error))?;
        let server = FtpStream::connect_with_stream(stream);
        let mut server = server.map_err(|error| self.setback(&error))?;
        // EPSV gives a port only, PASV also an address: the data come from the host that was checked, whatever the
        // server says.
        let host: IpAddr = address.ip();
        server.set_mode(if host.is_ipv6() {
            Mode::ExtendedPassive
        } else {
            Mode::Passive
        });
        Ok(server.passive_stream_builder(move |told: SocketAddr| {
            open(SocketAddr::new(host, told.port()), stall).map_err(FtpError::ConnectionError)
        }))
    }

    /// The path on the server, as its bytes stand for. A line break in it would be a second command.
    fn path(&self) -> Result<String, Setback> {
        let path = self.plain(self.url.path())?;
        match path.strip_prefix('/') {
            Some(below) if !below.is_empty() && !below.ends_with('/') => Ok(path),
            _ => Err(self.unreadable("it names a folder, not a file")),
        }
    }

    fn plain(&self, text: &str) -> Result<String, Setback> {
        match percent_decode_str(text).decode_utf8() {
            Ok(text) if !text.chars().any(char::is_control) => Ok(text.into_owned()),
            _ => Err(self.unreadable("it stands for characters that ftp does not know")),
        }
    }

    fn unreadable(&self, problem: &str) -> Setback {
        Setback::at_last(Fault::Address {
            address: crate::model::credentials::redacted(self.url.as_str()),
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

    fn unreachable(&self, error: &io::Error) -> Setback {
        let problem = match error.kind() {
            io::ErrorKind::ConnectionRefused => "nothing answers there",
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "it does not answer",
            _ => "it cannot be reached",
        };
        Setback::passing(Fault::Unreachable {
            host: self.host(),
            problem,
        })
    }

    fn broken(&self, error: &io::Error) -> Setback {
        Setback::passing(match error.kind() {
            // A socket says so when its time for reading is over.
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::Stalled {
                host: self.host(),
                seconds: self.limits.stall.as_secs_f64().to_string(),
            },
            _ => self.interrupted(),
        })
    }

    /// What a reply means. Its text is not used: a server may repeat the password.
    fn setback(&self, error: &FtpError) -> Setback {
        let host = self.host();
        match error {
            FtpError::ConnectionError(error) => self.broken(error),
            FtpError::UnexpectedResponse(response) => {
                let status = u16::try_from(response.status.code()).unwrap_or_default();
                match status {
                    550 => Setback::at_last(Fault::NotFound { host, status }),
                    530 | 532 => Setback::at_last(Fault::Denied { host, status }),
                    0..=399 => Setback::passing(self.garbled("it is not what ftp says")),
                    400..=499 => Setback::passing(Fault::Busy { host, status }),
                    _ => Setback::at_last(Fault::Answer { host, status }),
                }
            }
            _ => Setback::passing(self.garbled("it is not what ftp says")),
        }
    }
}

fn open(address: SocketAddr, stall: Duration) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, stall)?;
    stream.set_read_timeout(Some(stall))?;
    stream.set_write_timeout(Some(stall))?;
    Ok(stream)
}
